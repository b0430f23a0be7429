"""A house whose appliances are real to Home Assistant: mock clouds over loopback, the integration's own clients."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, DOMAIN, EntryKind
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.cloud import MockCloud
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.simulator import Simulator
from custom_components.dongju.vendors.registry import VENDORS

FIXTURES = Path(__file__).parents[1] / "fixtures" / "thinq"
PATIENCE_SECONDS = 20


class CloudHouse:
    """One vendor's account in Home Assistant, and the virtual appliances behind it."""

    def __init__(self, hass: HomeAssistant, entry: MockConfigEntry, simulator: Simulator, cloud: MockCloud) -> None:
        """Look at Home Assistant on one side and at the cloud on the other."""
        self.hass = hass
        self.entry = entry
        self.simulator = simulator
        self.cloud = cloud

    def entity_id(self, platform: str, device: str, key: str) -> str:
        """Return the entity of a device (or of its part, "name/part") by the key of its description."""
        name, _, part = device.partition("/")
        registry = er.async_get(self.hass)
        (found,) = [known for known in self.entry.runtime_data.store.devices.values() if known.name == name]
        unique_id = f"{found.id}-{part}-{key}" if part else f"{found.id}-{key}"
        entity_id = registry.async_get_entity_id(platform, DOMAIN, unique_id)
        assert entity_id, f"no {platform} {key} of {device}"
        return entity_id

    def state(self, entity_id: str) -> State:
        """Return what Home Assistant shows."""
        state = self.hass.states.get(entity_id)
        assert state, entity_id
        return state

    async def call(self, action: str, entity_id: str, **data: Any) -> None:
        """Call an action ("climate.set_temperature") as an automation does."""
        domain, service = action.split(".")
        await self.hass.services.async_call(domain, service, {ATTR_ENTITY_ID: entity_id, **data}, blocking=True)

    async def control(self, action: str, **data: Any) -> dict[str, Any]:
        """Do something in the virtual house."""
        return await self.cloud.control(action, data)

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in the virtual house; Home Assistant's own goes on as ever."""
        await self.simulator.control("clock", "advance", {"seconds": seconds})
        await asyncio.sleep(0.01)  # what became due runs on the loop's next rounds

    async def set_state(self, device: str, state: Mapping[str, Any], part: str | None = None) -> None:
        """Change an appliance by hand; it reports the change."""
        await self.control(
            "act", device=device, do="set_state", data={"state": state} | ({"part": part} if part else {})
        )

    async def appliance(self, device: str) -> dict[str, Any]:
        """Return the state of an appliance as its cloud has it."""
        state: dict[str, Any] = (await self.control("state", device=device))["state"]
        return state

    async def commands(self, device: str) -> list[dict[str, Any]]:
        """Return the bodies of the commands the cloud was sent for a device, oldest first."""
        requests = (await self.control("requests", kind="control", device=device))["requests"]
        return [request["body"] for request in requests]

    async def until(self, entity_id: str, shown: Callable[[State], bool]) -> State:
        """Wait until Home Assistant shows something."""
        changed = asyncio.Event()

        @callback
        def note(_event: Event[EventStateChangedData]) -> None:
            changed.set()

        unsubscribe = async_track_state_change_event(self.hass, entity_id, note)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not shown(state := self.state(entity_id)):
                    await changed.wait()
                    changed.clear()
        finally:
            unsubscribe()
        return state

    async def until_state(self, entity_id: str, wanted: str) -> State:
        """Wait until Home Assistant shows a state."""
        return await self.until(entity_id, lambda state: state.state == wanted)


@asynccontextmanager
async def thinq_house(
    hass: HomeAssistant, rows: Sequence[Mapping[str, Any]] = (), fixtures: Sequence[str] = ()
) -> AsyncGenerator[CloudHouse]:
    """Set up a ThinQ account with virtual appliances (`rows` of a home) and captured ones (by their folder)."""
    home = HomeSpec(thinq=[dict(row) for row in rows], thinq_folders=tuple(FIXTURES / name for name in fixtures))
    async with cloud_house(hass, Vendor.THINQ, home) as made:
        await made.control("rate_limit", per_hour=None)
        for device in made.entry.runtime_data.store.devices.values():
            await made.control("device_options", device=device.vendor_id, confirm_seconds=[0, 0])
        yield made


@asynccontextmanager
async def genie_house(hass: HomeAssistant, *devices: Mapping[str, Any]) -> AsyncGenerator[CloudHouse]:
    """Set up a GiGA Genie account with these devices in its home."""
    rows = [{"room": "living_room", **device} for device in devices]
    household = {"id": "h1", "name": "Home", "type": "home", "devices": rows}
    async with cloud_house(hass, Vendor.GENIE, HomeSpec(genie={"households": [household]})) as made:
        yield made


@asynccontextmanager
async def cloud_house(hass: HomeAssistant, vendor: Vendor, home: HomeSpec) -> AsyncGenerator[CloudHouse]:
    """Set up an account of one vendor, and take it away again."""
    # Conversation, which the integration depends on, takes this for granted.
    assert await async_setup_component(hass, "homeassistant", {})
    simulator = Simulator(home, seed=1)
    cloud = simulator.clouds[vendor]
    await cloud.start()
    try:
        data = VENDORS[vendor].demo_data(cloud.connection())
        entry = MockConfigEntry(
            domain=DOMAIN, data={CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: vendor, **data}, unique_id="account"
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
        yield CloudHouse(hass, entry, simulator, cloud)
        assert await hass.config_entries.async_unload(entry.entry_id)
    finally:
        await cloud.close()
