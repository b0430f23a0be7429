"""Fixtures of the Genie vendor's tests: the mock cloud with the Demo home and a second household, and a session."""

from collections.abc import AsyncGenerator

import pytest

from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from tests.simulator.genie.home import two_households

from .living import Living, hook, living


@pytest.fixture
def clock() -> RealClock:
    return RealClock()


@pytest.fixture
async def cloud(socket_enabled: None, clock: RealClock) -> AsyncGenerator[GenieCloud]:
    mock = GenieCloud(two_households(), clock=clock, seed=7)
    await mock.start()
    yield mock
    await mock.close()


@pytest.fixture
async def home(cloud: GenieCloud, clock: RealClock) -> AsyncGenerator[Living]:
    """Yield a session that is not started yet."""
    async with living(cloud, clock) as lived:
        yield lived


@pytest.fixture
async def live(home: Living) -> Living:
    """Return a running session."""
    await home.start()
    return home


@pytest.fixture
async def voiced(home: Living) -> AsyncGenerator[Living]:
    """Yield a running session whose webhook the cloud can call."""
    async with hook(home):
        await home.start()
        yield home
