"""The Demo home's GiGA Genie household in Home Assistant, as an account."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant

from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.home import DEMO_HOME, HomeSpec, load_home

from .cloud_house import PATIENCE_SECONDS, CloudHouse, cloud_house


def demo_flat() -> HomeSpec:
    rooms = load_home(Path(DEMO_HOME) / "rooms.yaml").rooms
    return HomeSpec(rooms=rooms, genie=load_home(Path(DEMO_HOME) / "genie.yaml").genie)


@asynccontextmanager
async def genie_flat(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    """Set up the flat, and take it away again."""
    async with cloud_house(hass, Vendor.GENIE, demo_flat()) as made:
        await pushed(made)
        yield made


async def pushed(house: CloudHouse) -> None:
    """Wait until the cloud tells what happens: what happened before is read, but its events are not heard."""
    await until(lambda: house.entry.runtime_data.coordinator.session(Vendor.GENIE).health()["connected"])


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so that Home Assistant has no event for."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.01)


def virtual(house: CloudHouse, device: str) -> dict[str, Any]:
    """Return the state of a device as the virtual home has it."""
    (found,) = [row for row in house.cloud.describe()["state"]["devices"] if row["id"] == device]
    return dict(found["state"])
