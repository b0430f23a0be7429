"""LG U+ devices as entities, from the list to Home Assistant and from an action to the wire."""

from collections.abc import AsyncGenerator
import json
import time
from typing import Any

from homeassistant.components.climate import HVACMode
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceNotSupported, ServiceValidationError
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.entity import Entity
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model import bus
from custom_components.dongju.simulator.home import HomeSpec

from .cloud_house import CloudHouse
from .uplus_house import (
    AIR,
    BOILER,
    CURTAIN,
    DOOR,
    GAS,
    LAMP,
    LIGHT,
    LOCK,
    MOTION,
    PLUG,
    Time,
    set_status,
    status,
    until_status,
    uplus_house,
)

pytestmark = pytest.mark.usefixtures("socket_enabled")

PIN = "1379"


@pytest.fixture
async def house(hass: HomeAssistant, passing: Time) -> AsyncGenerator[CloudHouse]:
    async with uplus_house(hass) as made:
        yield made


@pytest.fixture
def passing(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(hass, monkeypatch)


async def test_every_entity(
    hass: HomeAssistant, passing: Time, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion
) -> None:
    """What is off by default is seen too."""
    monkeypatch.setattr(Entity, "entity_registry_enabled_default", True)
    async with uplus_house(hass) as house:
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)
        assert {str(device.name): [device.manufacturer, device.model, area_of(hass, device)] for device in devices} == (
            snapshot(name="devices")
        )
        entries = er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
        assert {
            entry.entity_id: shown(hass, entry) for entry in sorted(entries, key=lambda entry: entry.entity_id)
        } == snapshot(name="entities")


def area_of(hass: HomeAssistant, device: dr.AnyDeviceEntry) -> str | None:
    """Return the name of a device's area."""
    area = ar.async_get(hass).async_get_area(device.area_id) if device.area_id else None
    return area.name if area else None


def shown(hass: HomeAssistant, entry: er.RegistryEntry) -> dict[str, Any]:
    """Return what there is to see of an entity."""
    state = hass.states.get(entry.entity_id)
    assert state is not None
    lines = {
        "unique_id": entry.unique_id,
        "category": entry.entity_category and str(entry.entity_category),
        "state": state.state,
        "attributes": dict(sorted(state.attributes.items())),
    }
    plain: dict[str, Any] = json.loads(json.dumps({key: value for key, value in lines.items() if value}, default=str))
    return plain


async def test_a_light(house: CloudHouse) -> None:
    light = house.entity_id("light", LIGHT, "light")
    await house.call("light.turn_on", light, brightness_pct=40)
    assert house.state(light).state == "on"
    assert house.state(light).attributes["brightness"] == 102
    await until_status(house, LIGHT, PWR="Y", BRT="40")
    await house.call("light.turn_off", light)
    await house.until_state(light, "off")


async def test_a_plug(house: CloudHouse) -> None:
    plug = house.entity_id("switch", PLUG, "on_off")
    power = house.entity_id("sensor", PLUG, "power")
    assert house.state(power).state == "85"
    await house.call("switch.turn_off", plug)
    await house.until_state(power, "0")
    assert house.state(plug).state == "off"


async def test_a_gas_valve_closes_and_never_opens(house: CloudHouse) -> None:
    valve = house.entity_id("valve", GAS, "valve")
    assert house.state(valve).state == "open"
    await house.call("valve.close_valve", valve)
    await until_status(house, GAS, VALVE="N")
    assert house.state(valve).state == "closed"
    with pytest.raises(ServiceNotSupported):
        await house.call("valve.open_valve", valve)
    assert status(house, GAS)["VALVE"] == "N"


async def test_a_boiler(house: CloudHouse) -> None:
    boiler = house.entity_id("climate", BOILER, "climate")
    attributes = house.state(boiler).attributes
    assert (attributes["min_temp"], attributes["max_temp"], attributes["target_temp_step"]) == (5, 40, 0.5)
    await house.call("climate.set_temperature", boiler, temperature=24.5)
    await until_status(house, BOILER, SET_TEMP="245")
    await house.call("climate.set_preset_mode", boiler, preset_mode="away")
    await until_status(house, BOILER, MODE="A")
    await house.call("climate.set_hvac_mode", boiler, hvac_mode=HVACMode.OFF)
    await until_status(house, BOILER, PWR="N")
    assert house.state(boiler).state == HVACMode.OFF


async def test_a_lock_needs_its_pin(house: CloudHouse) -> None:
    lock = house.entity_id("lock", LOCK, "lock")
    for code, key in ((None, "pin_required"), ("9999", "pin_refused")):
        with pytest.raises(ServiceValidationError) as caught:
            await house.call("lock.unlock", lock, **({"code": code} if code else {"code": ""}))
        assert caught.value.translation_key == key
    assert house.state(lock).state == "locked"
    await house.call("lock.unlock", lock, code=PIN)
    await until_status(house, LOCK, LOCK="N")
    await house.call("lock.lock", lock, code="")
    await until_status(house, LOCK, LOCK="Y")


async def test_a_curtain(house: CloudHouse) -> None:
    curtain = house.entity_id("cover", CURTAIN, "cover")
    assert house.state(curtain).attributes["current_position"] == 50
    await house.call("cover.set_cover_position", curtain, position=80)
    await until_status(house, CURTAIN, POS="80", MOVE="STOP")
    await house.call("cover.close_cover", curtain)
    await house.until_state(curtain, "closed")


async def test_what_happens_in_the_house_shows_at_the_next_poll(house: CloudHouse, passing: Time) -> None:
    await set_status(house, MOTION, DETECT="Y")
    await set_status(house, DOOR, OPEN="Y")
    await set_status(house, GAS, LEAK="Y")
    await set_status(house, AIR, PM25="88", GRADE="4", TEMP="-35")
    await passing.advance()
    shown = {
        (device, key): house.state(house.entity_id(platform, device, key)).state
        for platform, device, key in (
            ("binary_sensor", MOTION, "motion"),
            ("binary_sensor", DOOR, "open"),
            ("binary_sensor", GAS, "gas_leak"),
            ("sensor", AIR, "air_quality"),
            ("sensor", AIR, "current_temperature"),
        )
    }
    assert list(shown.values()) == ["on", "on", "on", "very_bad", "-3.5"]


async def test_devices_come_and_go_without_a_reload(hass: HomeAssistant, house: CloudHouse, passing: Time) -> None:
    await house.control("add_device", deviceSn="UP2", typeCd="L01", nickNm="새 조명", room="balcony")
    await house.control("remove_device", deviceSn="UP10000003")
    await passing.advance()
    light = house.entity_id("light", "새 조명", "light")
    await house.call("light.turn_on", light)
    plug = house.entity_id("switch", PLUG, "on_off")
    await passing.advance()
    assert house.state(plug).state == STATE_UNAVAILABLE
    await passing.advance()
    assert hass.states.get(plug) is None
    assert er.async_get(hass).async_get(plug) is None


async def test_missed_polls_and_back(house: CloudHouse, passing: Time) -> None:
    light = house.entity_id("light", LIGHT, "light")
    house.cloud.faults.set("html_body")
    for _time in range(2):
        await passing.advance(601)
        assert house.state(light).state == "off"
    await passing.advance(601)
    assert house.state(light).state == STATE_UNAVAILABLE
    house.cloud.faults.clear()
    await passing.advance(601)
    assert house.state(light).state == "off"


async def test_a_control_that_did_nothing_is_taken_back(house: CloudHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus, "CONFIRM_SECONDS", 0.5)
    light = house.entity_id("light", LIGHT, "light")
    house.cloud.faults.set("ignored_control", count=1)
    await house.call("light.turn_on", light)
    assert house.state(light).state == "on"
    await house.until_state(light, "off")


async def test_the_end_of_the_token_is_a_repair_issue(hass: HomeAssistant, house: CloudHouse, passing: Time) -> None:
    await house.control("expire_token", days=2)
    await passing.advance()
    issue_id = f"token_expires_{house.entry.entry_id}_uplus"
    issue = ir.async_get(hass).async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_key == "token_expires"
    assert issue.translation_placeholders is not None
    assert set(issue.translation_placeholders) == {"account", "date"}
    await house.control("expire_token", days=29)
    await passing.advance()
    assert ir.async_get(hass).async_get_issue(DOMAIN, issue_id) is None


async def test_unloading_leaves_nothing(hass: HomeAssistant, house: CloudHouse) -> None:
    light = house.entity_id("light", LAMP, "light")
    await house.call("light.turn_off", light)  # leaves the session looking
    runtime = house.entry.runtime_data
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert house.entry.state is ConfigEntryState.NOT_LOADED
    assert runtime.store.subscriber_count == 0
    assert not runtime.coordinator.sessions
    assert not list(house.entry._background_tasks)
    assert {state.state for state in hass.states.async_all() if state.entity_id == light} == {STATE_UNAVAILABLE}
    assert await hass.config_entries.async_setup(house.entry.entry_id)


async def test_removing_leaves_nothing(
    hass: HomeAssistant, house: CloudHouse, passing: Time, hass_storage: dict[str, Any]
) -> None:
    await house.control("expire_token", days=2)
    await passing.advance()
    key = f"{DOMAIN}.{house.entry.entry_id}.uplus"
    assert str(house.cloud.connection()["token"]) not in json.dumps(hass_storage.get(key, {}))
    assert await hass.config_entries.async_remove(house.entry.entry_id)
    await hass.async_block_till_done()
    assert not er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
    assert not dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)
    assert key not in hass_storage
    assert not [known for known in ir.async_get(hass).issues if house.entry.entry_id in known[1]]
    house.entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(house.entry.entry_id)


@pytest.mark.parametrize("count", [11, 200])
async def test_the_way_from_the_list_to_entities(hass: HomeAssistant, passing: Time, count: int) -> None:
    """Prints how long it takes; machines differ, so that nothing is asserted of it."""
    types = ("L01", "P01", "G01", "B01", "D01", "C01", "S01", "S02", "A01")
    rows = [{"deviceSn": f"T{n}", "typeCd": types[n % 9], "nickNm": f"기기 {n}"} for n in range(count)]
    began = time.perf_counter()
    async with uplus_house(hass, HomeSpec(uplus=rows)) as house:
        ready = time.perf_counter()
        for number in range(0, count, 9):
            await house.control("set_status", deviceSn=f"T{number}", status={"PWR": "Y"})
        changed = time.perf_counter()
        await house.entry.runtime_data.coordinator.session("uplus").async_refresh("uplus_T0")
        shown = time.perf_counter()
        lights = [state for state in hass.states.async_all("light") if state.state == "on"]
        assert len(lights) == len(range(0, count, 9))
        print(f"\n{count} devices, {len(hass.states.async_all())} entities: ready in {ready - began:.3f} s; ", end="")  # noqa: T201
        print(f"{len(lights)} changes from list to states in {(shown - changed) * 1000:.1f} ms")  # noqa: T201
