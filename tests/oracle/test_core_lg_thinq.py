"""Home Assistant core's own lg_thinq, unmodified but for the addresses, on the mock ThinQ cloud."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

import aiohttp
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_ACCESS_TOKEN, CONF_COUNTRY, STATE_OFF, STATE_ON
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
import pytest

from tests.simulator.program import RunningSimulator

pytestmark = pytest.mark.usefixtures("sdk_addresses")

DOMAIN = "lg_thinq"


@pytest.fixture
async def entry(hass: HomeAssistant, simulator: RunningSimulator) -> AsyncGenerator[ConfigEntry]:
    """Set lg_thinq up as a user does."""
    thinq = simulator.connection["thinq"]
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    answers = {CONF_ACCESS_TOKEN: thinq["token"], CONF_COUNTRY: thinq["country"]}
    created = await hass.config_entries.flow.async_configure(form["flow_id"], answers)
    assert created["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


def entity_of(hass: HomeAssistant, entry: ConfigEntry, domain: str, part: str) -> str:
    """Return the one entity of a domain whose unique id holds a text."""
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    (found,) = [item.entity_id for item in entities if item.domain == domain and part in item.unique_id]
    return found


async def until(hass: HomeAssistant, entity_id: str, wanted: Callable[[str], bool]) -> str:
    """Wait until an entity's state is as wanted, and return it."""
    reached = asyncio.Event()

    @callback
    def changed(_event: Event[EventStateChangedData] | None = None) -> None:
        state = hass.states.get(entity_id)
        if state is not None and wanted(state.state):
            reached.set()

    stop = async_track_state_change_event(hass, entity_id, changed)
    changed()
    try:
        await asyncio.wait_for(reached.wait(), 20)
    finally:
        stop()
    state = hass.states.get(entity_id)
    assert state is not None
    return state.state


def fridge_target(answer: dict[str, Any]) -> float:
    """Return the target temperature of the refrigerator's own compartment."""
    (compartment,) = [item for item in answer["state"]["temperatureInUnits"] if item["locationName"] == "FRIDGE"]
    return compartment["targetTemperatureC"]


async def test_sets_up_every_device(hass: HomeAssistant, entry: ConfigEntry, simulator: RunningSimulator) -> None:
    names = {coordinator.device_name for coordinator in entry.runtime_data.coordinators.values()}
    assert names == {"세탁기", "냉장고", "에어컨", "거실 에어컨", "오븐"}


async def test_service_call_moves_the_virtual_appliance(
    hass: HomeAssistant, entry: ConfigEntry, simulator: RunningSimulator, http: aiohttp.ClientSession
) -> None:
    number = entity_of(hass, entry, "number", "fridge")
    before = fridge_target(await simulator.control(http, "thinq/state", {"device": "냉장고"}))
    wanted = before + 1
    await hass.services.async_call("number", "set_value", {"entity_id": number, "value": wanted}, blocking=True)
    await simulator.control(http, "clock/advance", {"seconds": 5})
    assert fridge_target(await simulator.control(http, "thinq/state", {"device": "냉장고"})) == wanted
    # And the appliance's report comes back.
    assert float(await until(hass, number, lambda state: float(state) == wanted)) == wanted


async def test_push_changes_the_state(
    hass: HomeAssistant, entry: ConfigEntry, simulator: RunningSimulator, http: aiohttp.ClientSession
) -> None:
    door = entity_of(hass, entry, "binary_sensor", "door")
    assert await until(hass, door, lambda state: state == STATE_OFF)
    await simulator.control(http, "thinq/open_door", {"device": "냉장고"})
    assert await until(hass, door, lambda state: state == STATE_ON)
    await simulator.control(http, "thinq/close_door", {"device": "냉장고"})
    assert await until(hass, door, lambda state: state == STATE_OFF)
