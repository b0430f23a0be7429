"""Accounts of every vendor on mock clouds in this process, for tests of what happens to an account as a whole."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, DOMAIN, EntryKind
from custom_components.dongju.model.device import Device
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.simulator import Simulator
from custom_components.dongju.vendors.registry import VENDORS

PATIENCE_SECONDS = 20

THINQ_ROWS: list[dict[str, Any]] = [
    {"type": "refrigerator", "name": "냉장고", "room": "kitchen"},
    {"type": "washer", "name": "세탁기", "room": "balcony"},
    {"type": "air_conditioner", "name": "에어컨", "room": "living_room"},
]
GENIE_ROWS: list[dict[str, Any]] = [
    {"id": "light", "kind": "light", "name": "거실 조명", "room": "living_room"},
    # Its id begins as the other one's: a hyphen must not make it a part of that.
    {"id": "light-2", "kind": "light", "name": "안방 조명", "room": "master_bedroom"},
    {"id": "speaker", "kind": "speaker", "name": "기가지니", "room": "living_room"},
]
UPLUS_ROWS: list[dict[str, Any]] = [
    {"deviceSn": "UP1", "typeCd": "L01", "nickNm": "서재 조명", "room": "study"},
    {"deviceSn": "UP2", "typeCd": "P01", "nickNm": "서재 콘센트", "room": "study"},
]


def home() -> HomeSpec:
    """Return a small home with something of every vendor."""
    household = {"id": "h1", "name": "우리집", "type": "home", "devices": [dict(row) for row in GENIE_ROWS]}
    return HomeSpec(
        thinq=[dict(row) for row in THINQ_ROWS],
        genie={"households": [household]},
        uplus=[dict(row) for row in UPLUS_ROWS],
    )


@dataclass
class Clouds:
    """Running mock clouds, and the accounts that were made on them."""

    hass: HomeAssistant
    simulator: Simulator

    def entry(self, vendor: Vendor, unique_id: str | None = None, **data: Any) -> MockConfigEntry:
        """Return an account that knows its way to the cloud; changed `data` may lead it astray."""
        known = VENDORS[vendor].demo_data(self.simulator.clouds[vendor].connection())
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=f"{vendor} 계정",
            unique_id=unique_id or f"{vendor}_account",
            data={CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: vendor, **known, **data},
        )
        entry.add_to_hass(self.hass)
        return entry

    async def loaded(self, vendor: Vendor, unique_id: str | None = None, **data: Any) -> MockConfigEntry:
        """Return an account that is set up."""
        entry = self.entry(vendor, unique_id, **data)
        assert await self.hass.config_entries.async_setup(entry.entry_id)
        await self.hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        return entry

    async def control(self, vendor: Vendor, action: str, **data: Any) -> dict[str, Any]:
        """Do something in the virtual home or to a cloud."""
        return await self.simulator.control(vendor, action, data)

    def faults(self, vendor: Vendor) -> Any:
        """Return the fault knobs of a cloud."""
        return self.simulator.clouds[vendor].faults

    def described(self, vendor: Vendor) -> dict[str, Any]:
        """Return what a cloud says of itself."""
        return dict(self.simulator.clouds[vendor].describe()["state"])


@asynccontextmanager
async def mock_clouds(hass: HomeAssistant, spec: HomeSpec | None = None) -> AsyncGenerator[Clouds]:
    """Run mock clouds; what is still set up at the end is unloaded before they close."""
    # Conversation, which the integration depends on, takes this for granted.
    assert await async_setup_component(hass, "homeassistant", {})
    simulator = Simulator(spec or home(), seed=5)
    await simulator.start()
    try:
        yield Clouds(hass, simulator)
        for entry in hass.config_entries.async_entries(DOMAIN):
            if entry.state is ConfigEntryState.LOADED:
                assert await hass.config_entries.async_unload(entry.entry_id)
    finally:
        await simulator.close()


async def until(condition: Callable[[], object]) -> None:
    """Wait for what comes over a real socket."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - the other end is a real socket
            await asyncio.sleep(0.01)


def device_of(entry: MockConfigEntry, name: str) -> Device:
    """Return a device of an account by its vendor's name for it."""
    (found,) = [device for device in entry.runtime_data.store.devices.values() if device.name == name]
    return found


def registered(hass: HomeAssistant, entry: MockConfigEntry) -> Mapping[str, dr.AnyDeviceEntry]:
    """Return an account's devices in the registry by their identifier."""
    entries = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    return {key: device for device in entries for _domain, key in device.identifiers}


def entity_id(hass: HomeAssistant, platform: str, device: Device, key: str, part: str = "") -> str:
    """Return an entity by its platform, device and key."""
    unique_id = f"{device.id}-{part}-{key}" if part else f"{device.id}-{key}"
    found = er.async_get(hass).async_get_entity_id(platform, DOMAIN, unique_id)
    assert found, f"no {platform} {unique_id}"
    return found
