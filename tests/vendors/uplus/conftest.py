"""Fixtures of the U+ tests: the Demo home's U+ devices and a session on them."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import DEMO_HOME, HomeSpec, load_home
from custom_components.dongju.simulator.uplus.cloud import UplusCloud

from .living import Living


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def cloud(socket_enabled: None, clock: ManualClock) -> AsyncGenerator[UplusCloud]:
    rooms = load_home(Path(DEMO_HOME) / "rooms.yaml").rooms
    devices = load_home(Path(DEMO_HOME) / "uplus.yaml").uplus
    mock = UplusCloud(HomeSpec(rooms=rooms, uplus=devices), clock=clock, seed=3)
    await mock.start()
    yield mock
    await mock.close()


@pytest.fixture
async def idle(cloud: UplusCloud, clock: ManualClock) -> AsyncGenerator[Living]:
    """Yield a session that is not started yet."""
    async with aiohttp.ClientSession() as http:
        lived = Living(vendor=Vendor.UPLUS, cloud=cloud, http=http, clock=clock)
        yield lived
        await lived.close()


@pytest.fixture
async def home(idle: Living) -> Living:
    """Return a session that has read its first list."""
    await idle.session.async_start()
    return idle
