"""Fixtures of the ThinQ tests: a small mock home and a session on it."""

import asyncio
from collections.abc import AsyncGenerator
import contextlib

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud

from .living import Living, living

SMALL_HOME: list[dict[str, object]] = [
    {"type": "washer", "name": "세탁기", "remote_start": True},
    {"type": "refrigerator", "name": "냉장고"},
    {"type": "air_conditioner", "name": "에어컨", "heat": True, "wind": "detail"},
]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def appliances() -> list[dict[str, object]]:
    """Return the appliances of the home; tests override this."""
    return SMALL_HOME


@pytest.fixture
async def cloud(
    socket_enabled: None, clock: ManualClock, appliances: list[dict[str, object]]
) -> AsyncGenerator[ThinqCloud]:
    mock = ThinqCloud(HomeSpec(thinq=appliances), clock=clock, seed=3)
    await mock.start()
    yield mock
    await mock.close()


@pytest.fixture
async def home(cloud: ThinqCloud, clock: ManualClock) -> AsyncGenerator[Living]:
    """Yield a session that is not started yet."""
    async with living(cloud, clock) as lived:
        yield lived


@pytest.fixture
async def passing_time(clock: ManualClock) -> AsyncGenerator[None]:
    """Let the virtual home live ten seconds in one: confirmations and programs come by themselves."""

    async def pass_time() -> None:
        while True:
            clock.advance(0.1)
            await asyncio.sleep(0.01)

    task = asyncio.create_task(pass_time())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
