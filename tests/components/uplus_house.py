"""The Demo home's U+ devices as an account in Home Assistant, and time that can be moved on."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
import time
from types import SimpleNamespace

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.dongju import session_host
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.home import DEMO_HOME, HomeSpec, load_home

from .cloud_house import PATIENCE_SECONDS, CloudHouse, cloud_house

LIGHT, LAMP, PLUG, GAS, BOILER = "서재 조명", "아이방 조명", "서재 콘센트", "다용도실 가스 차단기", "아이방 난방"
LOCK, CURTAIN, MOTION, DOOR, AIR = "다용도실 도어락", "서재 커튼", "아이방 동작 센서", "다용도실 문", "서재 공기질"
POLL_S = 34


class Time:
    """Home Assistant's clocks, ahead of the real ones by what was passed."""

    def __init__(self, hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = 0.0
        self._hass = hass
        monkeypatch.setattr(session_host, "time", SimpleNamespace(monotonic=lambda: time.monotonic() + self.ahead))

    async def advance(self, seconds: float = POLL_S) -> None:
        """Let seconds pass for Home Assistant; what becomes due is done when this returns."""
        self.ahead += seconds
        async_fire_time_changed(self._hass, dt_util.utcnow() + timedelta(seconds=self.ahead))
        await self._hass.async_block_till_done(wait_background_tasks=True)


def demo_devices() -> HomeSpec:
    """Return the U+ part of the Demo home."""
    rooms = load_home(Path(DEMO_HOME) / "rooms.yaml").rooms
    return HomeSpec(rooms=rooms, uplus=load_home(Path(DEMO_HOME) / "uplus.yaml").uplus)


@asynccontextmanager
async def uplus_house(hass: HomeAssistant, home: HomeSpec | None = None) -> AsyncGenerator[CloudHouse]:
    """Set up a U+ account, in Korean; the virtual house lives twenty times as fast as Home Assistant."""
    hass.config.language = "ko"
    async with cloud_house(hass, Vendor.UPLUS, home or demo_devices()) as made:
        await made.simulator.control("clock", "rate", {"rate": 20})
        yield made


def serial(house: CloudHouse, device: str) -> str:
    """Return the serial number of a device by its name."""
    return next(known.vendor_id for known in house.entry.runtime_data.store.devices.values() if known.name == device)


async def set_status(house: CloudHouse, device: str, **status: str) -> None:
    """Change a device as someone in the house does it."""
    await house.control("set_status", deviceSn=serial(house, device), status=status)


def status(house: CloudHouse, device: str) -> dict[str, str]:
    """Return what a device itself says."""
    shown = house.cloud.describe()["state"]["devices"]
    item = next(item for item in shown if item["nickNm"] == device)
    return {row["code"]: row["val"] for row in item["statusList"]}


async def until_status(house: CloudHouse, device: str, **wanted: str) -> None:
    """Wait until a device itself says something."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not wanted.items() <= status(house, device).items():  # noqa: ASYNC110 - the mock cloud has no event for it
            await asyncio.sleep(0.01)
