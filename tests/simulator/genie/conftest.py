"""A mock Genie cloud with the Demo home and a paired client."""

from collections.abc import AsyncGenerator

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push
from .home import two_households


@pytest.fixture
async def cloud(socket_enabled: None, clock: ManualClock) -> AsyncGenerator[GenieCloud]:
    cloud = GenieCloud(two_households(), clock=clock, seed=7)
    await cloud.start()
    yield cloud
    await cloud.close()


@pytest.fixture
async def account(cloud: GenieCloud, http: aiohttp.ClientSession) -> Account:
    account = Account(http, cloud.connection())
    await account.pair()
    return account


@pytest.fixture
async def push(account: Account) -> AsyncGenerator[Push]:
    push = await account.listen()
    yield push
    await push.socket.close()
