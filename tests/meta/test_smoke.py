"""The Demo home from set-up to removal: the tests that must also pass on the newest Home Assistant."""

import asyncio
from collections.abc import AsyncIterator, Callable

from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON, STATE_UNAVAILABLE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest

pytestmark = pytest.mark.smoke

DOMAIN = "dongju"
PATIENCE = 30


@pytest.fixture
async def demo(hass: HomeAssistant, socket_enabled: None) -> AsyncIterator[ConfigEntry]:
    """Return the entry of a Demo home that was added as a user adds it."""
    hass.config.language = "ko"
    assert await async_setup_component(hass, "homeassistant", {})
    menu = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert menu["type"] is FlowResultType.MENU
    form = await hass.config_entries.flow.async_configure(menu["flow_id"], {"next_step_id": "demo"})
    assert form["type"] is FlowResultType.FORM
    done = await hass.config_entries.flow.async_configure(form["flow_id"], {})
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    entry = done["result"]
    yield entry
    if hass.config_entries.async_get_entry(entry.entry_id):
        await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what a mock cloud answers or pushes."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110 - the other end is a real socket
            await asyncio.sleep(0.02)


def entity_of(hass: HomeAssistant, platform: Platform, state: str) -> str:
    """Return an entity of ours in a state."""
    registry = er.async_get(hass)
    return next(
        entry.entity_id
        for entry in registry.entities.values()
        if entry.platform == DOMAIN and entry.domain == platform and hass.states.is_state(entry.entity_id, state)
    )


async def test_every_vendor_comes_up(hass, demo):
    entries = hass.config_entries.async_entries(DOMAIN)
    assert {entry.state for entry in entries} == {ConfigEntryState.LOADED}
    assert len(entries) == 2
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), demo.entry_id)
    assert {"LG", "KT"} <= {device.manufacturer for device in devices}
    entities = er.async_entries_for_config_entry(er.async_get(hass), demo.entry_id)
    unavailable = [
        entity.entity_id
        for entity in entities
        if entity.disabled_by is None and hass.states.is_state(entity.entity_id, STATE_UNAVAILABLE)
    ]
    assert len(entities) > 100
    assert len(unavailable) < len(entities) / 2


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("platform", [Platform.LIGHT, Platform.SWITCH])
async def test_a_command_reaches_the_cloud_and_comes_back(hass, platform):
    entity_id = entity_of(hass, platform, STATE_OFF)
    await hass.services.async_call(platform, "turn_on", {ATTR_ENTITY_ID: entity_id}, blocking=True)
    await until(lambda: hass.states.is_state(entity_id, STATE_ON))


async def test_survives_a_reload(hass, demo):
    before = {state.entity_id for state in hass.states.async_all() if state.state != STATE_UNAVAILABLE}
    assert await hass.config_entries.async_reload(demo.entry_id)
    await hass.async_block_till_done()
    assert demo.state is ConfigEntryState.LOADED
    after = {state.entity_id for state in hass.states.async_all() if state.state != STATE_UNAVAILABLE}
    assert before == after


async def test_removal_leaves_nothing(hass, demo):
    assert await hass.config_entries.async_remove(demo.entry_id)
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == []
    assert not [entry for entry in er.async_get(hass).entities.values() if entry.platform == DOMAIN]
