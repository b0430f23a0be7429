"""Sensors show any value a vendor may report, and none makes them fail."""

from datetime import UTC, datetime, time
import logging
from typing import Any

from homeassistant.const import STATE_UNAVAILABLE, STATE_UNKNOWN, UnitOfTemperature
from homeassistant.core import HomeAssistant
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest

from custom_components.dongju.model.device import Attribute, Value
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Unit

from .described_house import make_device, set_up


def washer(*attributes: Attribute) -> Any:
    return make_device(DeviceType.WASHER, attributes, name="세탁기")


RUN_STATE = Attribute(key=Attr.RUN_STATE, kind=Kind.ENUM, options=("running", "end"))


async def test_a_word_that_nobody_described_is_unknown(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    house = await set_up(hass, monkeypatch, washer(RUN_STATE))
    await house.report(Attr.RUN_STATE, "running")
    assert house.state("sensor", "run_state").state == "running"
    assert house.state("sensor", "run_state").attributes["options"] == ["running", "end"]
    await house.report(Attr.RUN_STATE, "levitating")
    assert house.state("sensor", "run_state").state == STATE_UNKNOWN
    await house.report(Attr.RUN_STATE, "end")
    assert house.state("sensor", "run_state").state == "end"
    assert "Traceback" not in caplog.text


async def test_a_device_out_of_reach_is_unavailable(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, washer(RUN_STATE))
    await house.report(Attr.RUN_STATE, "running")
    house.store.set_available(["uplus_1"], available=False)
    assert house.state("sensor", "run_state").state == STATE_UNAVAILABLE
    house.store.set_available(["uplus_1"], available=True)
    assert house.state("sensor", "run_state").state == "running"


MOMENT = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("attribute", "value", "shown"),
    [
        (Attribute(key=Attr.FINISH_TIME, kind=Kind.TIMESTAMP), MOMENT, "2026-11-22T12:30:00+00:00"),
        (Attribute(key=Attr.FINISH_TIME, kind=Kind.TIMESTAMP), MOMENT.replace(tzinfo=None), STATE_UNKNOWN),
        (Attribute(key=Attr.FINISH_TIME, kind=Kind.TIMESTAMP), "soon", STATE_UNKNOWN),
        (Attribute(key=Attr.START_TIME, kind=Kind.TIME), time(7, 5), "07:05"),
        (Attribute(key=Attr.START_TIME, kind=Kind.TIME), None, STATE_UNKNOWN),
        (Attribute(key=Attr.FLOOR, kind=Kind.TEXT), "B1", "B1"),
        (Attribute(key=Attr.FLOOR, kind=Kind.TEXT), 3, "3"),
        (Attribute(key=Attr.VISITOR, kind=Kind.TEXT), "가" * 300, "가" * 255),
        (Attribute(key=Attr.HOP_OIL, kind=Kind.LIST, options=("cascade",)), ("cascade", "chinook"), "cascade, chinook"),
        (Attribute(key=Attr.HOP_OIL, kind=Kind.LIST, options=("cascade",)), "cascade", STATE_UNKNOWN),
        (Attribute(key=Attr.CYCLE_COUNT, kind=Kind.NUMBER), 12, "12"),
        (Attribute(key=Attr.CYCLE_COUNT, kind=Kind.NUMBER), "many", STATE_UNKNOWN),
        (Attribute(key=Attr.CYCLE_COUNT, kind=Kind.NUMBER), float("nan"), STATE_UNKNOWN),
        (Attribute(key=Attr.CYCLE_COUNT, kind=Kind.NUMBER), True, STATE_UNKNOWN),
        (Attribute(key=Attr.RUN_STATE, kind=Kind.ENUM), "anything", "anything"),
        (Attribute(key=Attr.RUN_STATE, kind=Kind.TEXT), "anything", "anything"),
    ],
)
async def test_each_kind_of_value(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, attribute: Attribute, value: Value, shown: str
) -> None:
    house = await set_up(hass, monkeypatch, washer(attribute))
    await house.report(attribute.key, value)
    assert house.state("sensor", attribute.key).state == shown


@pytest.mark.parametrize(
    ("key", "unit", "device_class", "shown_unit"),
    [
        (Attr.PM2_5, Unit.MICROGRAMS_PER_CUBIC_METER, "pm25", "μg/m³"),
        (Attr.PM2_5, None, None, None),
        (Attr.VOC, Unit.PARTS_PER_MILLION, "volatile_organic_compounds_parts", "ppm"),
        (Attr.VOC, Unit.MICROGRAMS_PER_CUBIC_METER, "volatile_organic_compounds", "μg/m³"),
        (Attr.CO2, Unit.PARTS_PER_MILLION, "carbon_dioxide", "ppm"),
        (Attr.WATER_FILTER_USED_TIME, Unit.MONTHS, None, "months"),
        (Attr.FILTER_USED_TIME, Unit.HOURS, "duration", "h"),
        (Attr.ENERGY_TODAY, Unit.WATT_HOUR, "energy", "kWh"),
        (Attr.ENERGY_TODAY, None, None, None),
        (Attr.POWER, Unit.WATT, "power", "W"),
        (Attr.BATTERY, Unit.PERCENT, "battery", "%"),
    ],
)
async def test_a_device_class_only_with_a_unit_that_fits(
    hass: HomeAssistant,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    key: Attr,
    unit: Unit | None,
    device_class: str | None,
    shown_unit: str | None,
) -> None:
    house = await set_up(hass, monkeypatch, washer(Attribute(key=key, kind=Kind.NUMBER, unit=unit)))
    await house.report(key, 1500)
    attributes = house.state("sensor", key).attributes
    assert attributes.get("device_class") == device_class
    assert attributes.get("unit_of_measurement") == shown_unit
    complaints = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record for record in complaints if record.name == "homeassistant.components.sensor"] == []


async def test_energy_suits_the_energy_dashboard(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    today = Attribute(key=Attr.ENERGY_TODAY, kind=Kind.NUMBER, unit=Unit.WATT_HOUR)
    house = await set_up(hass, monkeypatch, washer(today))
    await house.report(Attr.ENERGY_TODAY, 1234)
    state = house.state("sensor", "energy_today")
    assert float(state.state) == pytest.approx(1.234)
    assert state.attributes["state_class"] == "total_increasing"


async def test_temperatures_are_shown_in_the_house_unit(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    attribute = Attribute(key=Attr.CURRENT_TEMPERATURE, kind=Kind.NUMBER, unit=Unit.CELSIUS)
    house = await set_up(hass, monkeypatch, washer(attribute))
    await house.report(Attr.CURRENT_TEMPERATURE, 20)
    state = house.state("sensor", "current_temperature")
    assert (float(state.state), state.attributes["unit_of_measurement"]) == (68, UnitOfTemperature.FAHRENHEIT)


async def test_a_changed_description_changes_the_sensor(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, washer(RUN_STATE))
    await house.report(Attr.RUN_STATE, "drying")
    assert house.state("sensor", "run_state").state == STATE_UNKNOWN
    wider = Attribute(key=Attr.RUN_STATE, kind=Kind.ENUM, options=("running", "end", "drying"))
    house.store.set_device(washer(wider))
    await hass.async_block_till_done()
    assert house.state("sensor", "run_state").state == "drying"
