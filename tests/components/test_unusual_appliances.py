"""Appliances that lack what others have: what they can do stays reachable, and nothing is sent that they cannot."""

from datetime import time
from typing import Any

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.dongju.discovery import discover
from custom_components.dongju.model.device import Attribute, Device, Value
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Unit
from custom_components.dongju.platforms import ROWS

from .described_house import House, make_device, set_up


def switch(key: str = Attr.ON_OFF, *, writable: bool = True) -> Attribute:
    return Attribute(key=key, kind=Kind.BOOLEAN, writable=writable)


def words(key: str, *options: str, writable: bool = True) -> Attribute:
    return Attribute(
        key=key, kind=Kind.ENUM, writable=writable, options=options, write_options=options if writable else ()
    )


def commands(key: str, *options: str) -> Attribute:
    return Attribute(key=key, kind=Kind.COMMAND, readable=False, writable=True, write_options=options)


def number(key: str, low: float | None, high: float | None, **more: Any) -> Attribute:
    return Attribute(key=key, kind=Kind.NUMBER, **{"writable": True, "step": 1, "minimum": low, "maximum": high} | more)


def sent(house: House) -> list[dict[str, Value]]:
    return [dict(command.values) for command in house.commands]


async def call(house: House, action: str, entity_id: str, **data: Any) -> None:
    domain, service = action.split(".")
    await house.hass.services.async_call(domain, service, {ATTR_ENTITY_ID: entity_id, **data}, blocking=True)


def platforms(device: Device) -> list[tuple[str, str]]:
    return [(found.row.platform, found.description.key) for found in discover(device, ROWS)]


async def test_an_air_conditioner_without_modes(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(
        DeviceType.AIR_CONDITIONER,
        [
            switch(),
            number(Attr.TARGET_TEMPERATURE, 18, 30, unit=Unit.CELSIUS),
            number(Attr.FAN_STEP, 1, 3),
            words(Attr.SWING_VERTICAL, "upper", "lower", "swing"),
        ],
    )
    house = await set_up(hass, monkeypatch, device)
    climate = house.entity_id("climate", "climate")
    assert house.state("climate", "climate").state == "unknown"
    await house.report(Attr.ON_OFF, value=True)
    await house.report(Attr.FAN_STEP, 2)
    attributes = house.state("climate", "climate").attributes
    assert house.state("climate", "climate").state == "auto"
    assert attributes["hvac_modes"] == ["off", "auto"]
    assert (attributes["fan_modes"], attributes["fan_mode"]) == (["1", "2", "3"], "2")
    assert attributes["swing_modes"] == ["upper", "lower", "swing"]
    await call(house, "climate.set_fan_mode", climate, fan_mode="3")
    await call(house, "climate.set_swing_mode", climate, swing_mode="swing")
    await call(house, "climate.set_hvac_mode", climate, hvac_mode="auto")
    await call(house, "climate.turn_off", climate)
    await call(house, "climate.turn_on", climate)
    assert sent(house) == [
        {Attr.FAN_STEP: 3},
        {Attr.SWING_VERTICAL: "swing"},
        {Attr.ON_OFF: False},
        {Attr.ON_OFF: True},
    ]


async def test_an_air_conditioner_without_a_switch(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(DeviceType.AIR_CONDITIONER, [words(Attr.MODE, "off", "cool", "sleep_wind")])
    house = await set_up(hass, monkeypatch, device)
    climate = house.entity_id("climate", "climate")
    await house.report(Attr.MODE, "sleep_wind")
    state = house.state("climate", "climate")
    assert (state.state, state.attributes["preset_mode"]) == ("fan_only", "sleep_wind")
    await call(house, "climate.set_preset_mode", climate, preset_mode="none")
    await call(house, "climate.turn_off", climate)
    assert house.state("climate", "climate").state == "off"
    await call(house, "climate.turn_on", climate)
    assert sent(house) == [{Attr.MODE: "cool"}, {Attr.MODE: "off"}, {Attr.MODE: "cool"}]


async def test_a_thermostat_without_steps_takes_any_temperature(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = number(Attr.TARGET_TEMPERATURE, 5, 40, step=None, unit=Unit.CELSIUS)
    house = await set_up(hass, monkeypatch, make_device(DeviceType.BOILER, [switch(), target]))
    climate = house.entity_id("climate", "climate")
    await house.report(Attr.ON_OFF, value=True)
    assert house.state("climate", "climate").state == "heat"
    await call(house, "climate.set_temperature", climate, temperature=21.3)
    await call(house, "climate.set_temperature", climate, temperature=22, hvac_mode="off")
    assert sent(house) == [{Attr.TARGET_TEMPERATURE: 21.3}, {Attr.ON_OFF: False}]


async def test_what_cannot_be_set_is_left_to_sensors(hass: HomeAssistant) -> None:
    device = make_device(
        DeviceType.AIR_CONDITIONER,
        [switch(writable=False), words(Attr.MODE, "cool", writable=False), words(Attr.FAN_SPEED, "low", "high")],
    )
    assert platforms(device) == [
        ("select", "fan_speed"),
        ("binary_sensor", "on_off"),
        ("sensor", "mode"),
    ]
    humidifier = make_device(
        DeviceType.HUMIDIFIER,
        [switch(), words(Attr.TARGET_HUMIDITY, "40", "50"), words(Attr.MODE, "a", writable=False)],
    )
    assert platforms(humidifier) == [("humidifier", "humidifier"), ("select", "target_humidity"), ("sensor", "mode")]


async def test_a_fan_without_a_switch(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(DeviceType.CEILING_FAN, [words(Attr.FAN_SPEED, "off", "high", "low", "breeze")])
    house = await set_up(hass, monkeypatch, device)
    fan = house.entity_id("fan", "fan")
    assert house.state("fan", "fan").state == "unknown"
    await house.report(Attr.FAN_SPEED, "high")
    assert house.state("fan", "fan").attributes["percentage"] == 100
    await call(house, "fan.turn_off", fan)
    assert house.state("fan", "fan").state == "off"
    await call(house, "fan.turn_on", fan)
    await call(house, "fan.turn_on", fan, percentage=0)
    await call(house, "fan.set_preset_mode", fan, preset_mode="breeze")
    assert sent(house) == [
        {Attr.FAN_SPEED: "off"},
        {Attr.FAN_SPEED: "low"},
        {Attr.FAN_SPEED: "off"},
        {Attr.FAN_SPEED: "breeze"},
    ]


async def test_a_fan_with_steps_and_a_gap(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(DeviceType.VENTILATOR, [switch(), number(Attr.FAN_STEP, 0, 4, excluded=(3,))])
    house = await set_up(hass, monkeypatch, device)
    fan = house.entity_id("fan", "fan")
    await call(house, "fan.set_percentage", fan, percentage=100)
    await call(house, "fan.set_percentage", fan, percentage=40)
    assert sent(house) == [{Attr.ON_OFF: True, Attr.FAN_STEP: 4}, {Attr.FAN_STEP: 2}]
    unbounded = make_device(DeviceType.VENTILATOR, [switch(), number(Attr.FAN_STEP, None, None)])
    assert platforms(unbounded) == [("fan", "fan")]


async def test_covers_by_position_by_command_and_by_switch(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    curtains = [
        make_device(DeviceType.CURTAIN, [number(Attr.POSITION, 0, 100)], number=1, name="Position"),
        make_device(DeviceType.CURTAIN, [words(Attr.OPERATION, "open", "close", "pause")], number=2, name="Words"),
        make_device(DeviceType.CURTAIN, [switch(Attr.OPERATION)], number=3, name="Flag"),
        make_device(DeviceType.CURTAIN, [switch(Attr.OPEN)], number=4, name="Open"),
        make_device(
            DeviceType.CURTAIN,
            [number(Attr.POSITION, 0, 100, writable=False), commands(Attr.OPERATION, "up", "down")],
            number=5,
            name="Up",
        ),
    ]
    house = await set_up(hass, monkeypatch, *curtains)
    for device in range(1, 6):
        cover = house.entity_id("cover", "cover", number=device)
        assert house.state("cover", "cover", number=device).state == "unknown"
        await call(house, "cover.open_cover", cover)
        await call(house, "cover.close_cover", cover)
    await call(house, "cover.stop_cover", house.entity_id("cover", "cover", number=2))
    assert sent(house) == [
        *({Attr.POSITION: position} for position in (100, 0)),
        *({Attr.OPERATION: word} for word in ("open", "close")),
        *({Attr.OPERATION: flag} for flag in (True, False)),
        *({Attr.OPEN: flag} for flag in (True, False)),
        *({Attr.OPERATION: word} for word in ("up", "down")),
        {Attr.OPERATION: "pause"},
    ]
    shown = [house.state("cover", "cover", number=device).state for device in range(1, 6)]
    assert shown == ["closed", "open", "closed", "closed", "unknown"]


async def test_numbers_without_bounds_and_without_a_value(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(
        DeviceType.UNKNOWN,
        [
            number(Attr.POWER_LEVEL, None, None, step=None),
            number("air.filter.days", 1, 9.5, step=0.5, known=False, readable=False),
            Attribute(key="air.timer.at", kind=Kind.TIME, writable=True, known=False),
            commands("air.flush", "flush"),
        ],
    )
    house = await set_up(hass, monkeypatch, device)
    level = house.entity_id("number", "power_level")
    attributes = house.state("number", "power_level").attributes
    assert (attributes["min"], attributes["max"], attributes["step"], attributes["mode"]) == (0, 65535, 1, "box")
    await call(house, "number.set_value", level, value=1200)

    registry = er.async_get(hass)
    generic = {
        platform: house.entity_id(platform, key)
        for platform, key in (("number", "air.filter.days"), ("time", "air.timer.at"), ("button", "air.flush"))
    }
    for entity_id in generic.values():
        assert registry.entities[entity_id].disabled_by is er.RegistryEntryDisabler.INTEGRATION
        registry.async_update_entity(entity_id, disabled_by=None)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await hass.async_block_till_done()
    named = hass.states.get(generic["number"])
    assert named is not None
    assert named.attributes["friendly_name"].endswith("Air filter days")
    await call(house, "number.set_value", generic["number"], value=2.5)
    await call(house, "time.set_value", generic["time"], time="06:15:30")
    await call(house, "button.press", generic["button"])
    assert sent(house) == [
        {Attr.POWER_LEVEL: 1200},
        {"air.filter.days": 2.5},
        {"air.timer.at": time(6, 15)},
        {"air.flush": "flush"},
    ]


async def test_an_entrance_with_a_plain_switch(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(DeviceType.ENTRANCE, [switch(Attr.ENTRANCE_OPEN)])
    house = await set_up(hass, monkeypatch, device)
    await call(house, "button.press", house.entity_id("button", "entrance_open"))
    assert sent(house) == [{Attr.ENTRANCE_OPEN: True}]


async def test_a_robot_that_can_stop(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(
        DeviceType.ROBOT_CLEANER,
        [words(Attr.RUN_STATE, "working", "pause", writable=False), commands(Attr.OPERATION, "resume", "stop", "home")],
    )
    house = await set_up(hass, monkeypatch, device)
    vacuum = house.entity_id("vacuum", "vacuum")
    assert house.state("vacuum", "vacuum").state == "unknown"
    await house.report(Attr.RUN_STATE, "pause")
    for action in ("start", "stop", "return_to_base"):
        await call(house, f"vacuum.{action}", vacuum)
    assert sent(house) == [{Attr.OPERATION: word} for word in ("resume", "stop", "home")]


async def test_a_light_without_range_or_switch(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = make_device(DeviceType.LIGHT, [switch(), number(Attr.BRIGHTNESS, None, None)], number=1)
    house = await set_up(hass, monkeypatch, plain)
    assert house.state("light", "light").attributes["supported_color_modes"] == ["onoff"]
    assert house.state("number", "brightness").state == "unknown"


async def test_new_limits_are_shown_at_once(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    device = make_device(DeviceType.COMPARTMENT, [number(Attr.TARGET_TEMPERATURE, 1, 7, unit=Unit.CELSIUS)])
    house = await set_up(hass, monkeypatch, device)
    assert house.state("number", "target_temperature").attributes["max"] == 7
    house.store.set_device(
        make_device(DeviceType.COMPARTMENT, [number(Attr.TARGET_TEMPERATURE, 34, 46, unit=Unit.FAHRENHEIT)])
    )
    await hass.async_block_till_done()
    # 46 °F, shown in Celsius.
    assert house.state("number", "target_temperature").attributes["max"] == 8
