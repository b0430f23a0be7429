"""Water heaters and the hot water of boilers, from the action to the wire and back."""

from collections.abc import AsyncGenerator
from dataclasses import replace

from homeassistant.components.water_heater import WaterHeaterEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from custom_components.dongju.model.device import Attribute
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind

from .cloud_house import CloudHouse, thinq_house
from .described_house import make_device, set_up

pytestmark = pytest.mark.usefixtures("socket_enabled")

HEATER = "Heater"
BOILER = "Boiler"


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    rows = ({"type": "water_heater", "name": HEATER}, {"type": "system_boiler", "name": BOILER, "power_on": True})
    async with thinq_house(hass, rows) as made:
        yield made


async def test_a_heater_and_its_operations(house: CloudHouse) -> None:
    heater = house.entity_id("water_heater", HEATER, "water_heater")
    state = house.state(heater)
    assert state.state == "auto"
    assert state.attributes["operation_list"] == ["heat_pump", "auto", "performance", "vacation"]
    assert (state.attributes["min_temp"], state.attributes["max_temp"]) == (35, 60)
    assert (state.attributes["temperature"], state.attributes["current_temperature"]) == (50, 48)

    await house.call("water_heater.set_operation_mode", heater, operation_mode="performance")
    await house.until_state(heater, "performance")
    await house.call("water_heater.set_temperature", heater, temperature=54.6, operation_mode="heat_pump")
    state = await house.until_state(heater, "heat_pump")
    assert state.attributes["temperature"] == 55
    assert await house.commands(HEATER) == [
        {"waterHeaterJobMode": {"currentJobMode": "TURBO"}},
        {"waterHeaterJobMode": {"currentJobMode": "HEAT_PUMP"}},
        {"temperatureInUnits": {"targetTemperature": 55, "unit": "C"}},
    ]


async def test_a_heater_that_is_switched_on_by_hand_only(house: CloudHouse) -> None:
    heater = house.entity_id("water_heater", HEATER, "water_heater")
    await house.set_state(HEATER, {"operation": {"waterHeaterOperationMode": "POWER_OFF"}})
    await house.until_state(heater, "off")
    with pytest.raises(ServiceValidationError):
        await house.call("water_heater.set_operation_mode", heater, operation_mode="off")
    assert await house.commands(HEATER) == []


async def test_hot_water_of_a_boiler(house: CloudHouse) -> None:
    water = house.entity_id("water_heater", BOILER, "hot_water")
    state = house.state(water)
    assert state.state == "heat_pump"
    assert (state.attributes["min_temp"], state.attributes["max_temp"]) == (30, 80)

    await house.call("water_heater.set_temperature", water, temperature=45)
    await house.until(water, lambda state: state.attributes["temperature"] == 45)
    await house.call("water_heater.turn_off", water)
    await house.until_state(water, "off")
    await house.call("water_heater.set_operation_mode", water, operation_mode="heat_pump")
    await house.until_state(water, "heat_pump")
    await house.call("water_heater.set_operation_mode", water, operation_mode="off")
    await house.until_state(water, "off")
    await house.call("water_heater.turn_on", water)
    await house.until_state(water, "heat_pump")
    hot_water = [{"operation": {"hotWaterMode": word}} for word in ("OFF", "ON", "OFF", "ON")]
    assert await house.commands(BOILER) == [
        {"hotWaterTemperatureInUnits": {"targetTemperature": 45, "unit": "C"}},
        *hot_water,
    ]


async def test_what_changes_nothing_is_not_sent(house: CloudHouse) -> None:
    water = house.entity_id("water_heater", BOILER, "hot_water")
    await house.call("water_heater.set_operation_mode", water, operation_mode="heat_pump")
    assert await house.commands(BOILER) == []
    await house.call("water_heater.set_temperature", water, temperature=45, operation_mode="off")
    await house.until_state(water, "off")
    assert len(await house.commands(BOILER)) == 1, "what is to be off needs no target"


async def test_a_heater_with_nothing_but_a_target(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Attribute(key=Attr.TARGET_TEMPERATURE, kind=Kind.NUMBER, writable=True, minimum=35, maximum=60, step=1)
    described = await set_up(hass, monkeypatch, make_device(DeviceType.WATER_HEATER, [target]))
    shown = described.state("water_heater", "water_heater")
    assert shown.state == "heat_pump"
    assert shown.attributes["supported_features"] == WaterHeaterEntityFeature.TARGET_TEMPERATURE
    await hass.services.async_call(
        "water_heater", "set_temperature", {"entity_id": shown.entity_id, "temperature": 41.4}, blocking=True
    )
    assert [dict(command.values) for command in described.commands] == [{"target_temperature": 41}]
    # A firmware that names no limits leaves the usual ones.
    described.store.set_device(make_device(DeviceType.WATER_HEATER, [replace(target, minimum=None, maximum=None)]))
    await hass.async_block_till_done()
    attributes = described.state("water_heater", "water_heater").attributes
    assert (attributes["min_temp"], attributes["max_temp"]) == (30, 80)
