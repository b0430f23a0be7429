"""A mock ThinQ cloud with two captured appliances, and a caller of it."""

from collections.abc import AsyncGenerator
from pathlib import Path

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud

from .captured import write_folders
from .thinq_caller import ThinqCaller


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def captured_home(tmp_path: Path) -> HomeSpec:
    return HomeSpec(thinq_folders=tuple(write_folders(tmp_path / "captured")))


@pytest.fixture
async def cloud(socket_enabled: None, clock: ManualClock, captured_home: HomeSpec) -> AsyncGenerator[ThinqCloud]:
    cloud = ThinqCloud(captured_home, clock=clock, seed=7)
    await cloud.start()
    yield cloud
    await cloud.close()


@pytest.fixture
async def http(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def caller(cloud: ThinqCloud, http: aiohttp.ClientSession) -> ThinqCaller:
    return ThinqCaller(http, cloud.connection())
