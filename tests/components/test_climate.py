"""Air conditioners and boilers as climate entities, from the action to the wire and back."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.components.climate import HVACMode
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest

from .cloud_house import CloudHouse, genie_house, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

HEATING = "Heating"
CLEANING = "Cleaning"
BOILER = "Boiler"
ROWS = (
    {"type": "air_conditioner", "name": HEATING, "heat": True, "two_set": True, "wind": "detail"},
    {"type": "air_conditioner", "name": CLEANING, "air_quality": True, "wind": "plain", "power_on": True},
    {"type": "system_boiler", "name": BOILER, "power_on": True},
)
POWER_ON = {"operation": {"airConOperationMode": "POWER_ON"}}
POWER_OFF = {"operation": {"airConOperationMode": "POWER_OFF"}}


def mode(word: str) -> dict[str, Any]:
    return {"airConJobMode": {"currentJobMode": word}}


def target(kind: str, degrees: float, unit: str = "C") -> dict[str, Any]:
    return {"temperatureInUnits": {f"{kind}TargetTemperature": degrees, "unit": unit}}


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with thinq_house(hass, ROWS) as made:
        yield made


async def test_off_to_cool_at_23_is_one_wish(house: CloudHouse) -> None:
    climate = house.entity_id("climate", HEATING, "climate")
    assert (await house.until_state(climate, HVACMode.OFF)).attributes["temperature"] == 26

    await house.call("climate.set_temperature", climate, hvac_mode=HVACMode.COOL, temperature=23)

    assert await house.commands(HEATING) == [POWER_ON, mode("COOL"), target("cool", 23)]
    state = await house.until_state(climate, HVACMode.COOL)
    assert state.attributes["temperature"] == 23
    assert (await house.appliance(HEATING))["temperatureInUnits"][0]["targetTemperature"] == 23


async def test_modes_are_those_the_profile_can_write(house: CloudHouse) -> None:
    heating = house.state(house.entity_id("climate", HEATING, "climate")).attributes
    assert heating["hvac_modes"] == ["off", "cool", "dry", "fan_only", "heat", "auto"]
    assert "preset_modes" not in heating
    cleaning = house.state(house.entity_id("climate", CLEANING, "climate")).attributes
    assert cleaning["hvac_modes"] == ["off", "cool", "dry", "fan_only"]
    assert cleaning["preset_modes"] == ["none", "air_clean"]
    assert (heating["min_temp"], heating["max_temp"], heating["target_temp_step"]) == (16, 30, 1)
    assert (cleaning["min_temp"], cleaning["max_temp"]) == (18, 30)
    assert cleaning["current_humidity"] == pytest.approx(50, abs=50)


async def test_presets_and_the_way_back(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    await house.call("climate.set_preset_mode", climate, preset_mode="air_clean")
    state = await house.until(climate, lambda state: state.attributes["preset_mode"] == "air_clean")
    assert state.state == HVACMode.FAN_ONLY

    await house.call("climate.set_preset_mode", climate, preset_mode="none")
    state = await house.until(climate, lambda state: state.attributes["preset_mode"] == "none")
    assert state.state == HVACMode.FAN_ONLY

    await house.call("climate.set_preset_mode", climate, preset_mode="none")
    assert await house.commands(CLEANING) == [mode("AIR_CLEAN"), mode("FAN")]


async def test_fan_modes_have_home_assistants_names(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    assert house.state(climate).attributes["fan_modes"] == ["low", "medium", "high", "auto"]
    assert house.state(climate).attributes["fan_mode"] == "medium"
    await house.call("climate.set_fan_mode", climate, fan_mode="high")
    await house.until(climate, lambda state: state.attributes["fan_mode"] == "high")
    await house.call("climate.set_fan_mode", climate, fan_mode="medium")
    await house.until(climate, lambda state: state.attributes["fan_mode"] == "medium")
    assert await house.commands(CLEANING) == [
        {"airFlow": {"windStrength": "HIGH"}},
        {"airFlow": {"windStrength": "MID"}},
    ]
    with pytest.raises(ServiceValidationError):
        await house.call("climate.set_fan_mode", climate, fan_mode="hurricane")


async def test_swings(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    await house.call("climate.set_swing_mode", climate, swing_mode="on")
    await house.call("climate.set_swing_horizontal_mode", climate, swing_horizontal_mode="on")
    await house.call("climate.set_swing_mode", climate, swing_mode="off")
    assert (await house.appliance(CLEANING))["windDirection"] == {"rotateUpDown": False, "rotateLeftRight": True}
    state = await house.until(climate, lambda state: state.attributes["swing_horizontal_mode"] == "on")
    assert state.attributes["swing_mode"] == "off"


async def test_switching_on_and_off(house: CloudHouse) -> None:
    climate = house.entity_id("climate", HEATING, "climate")
    await house.call("climate.turn_on", climate)
    await house.until_state(climate, HVACMode.COOL)
    await house.call("climate.set_hvac_mode", climate, hvac_mode=HVACMode.OFF)
    await house.until_state(climate, HVACMode.OFF)
    await house.call("climate.set_hvac_mode", climate, hvac_mode=HVACMode.HEAT)
    await house.until_state(climate, HVACMode.HEAT)
    await house.call("climate.turn_off", climate)
    await house.until_state(climate, HVACMode.OFF)
    commands = await house.commands(HEATING)
    assert commands[:2] == [POWER_ON, POWER_OFF]
    assert commands[-3:] == [POWER_ON, mode("HEAT"), POWER_OFF]


async def test_half_a_degree_becomes_the_nearest_whole_one(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    await house.call("climate.set_temperature", climate, temperature=22.6)
    assert await house.commands(CLEANING) == [target("cool", 23)]


async def test_what_the_present_mode_is_named_again_is_not_sent_again(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    await house.call("climate.set_temperature", climate, hvac_mode=HVACMode.COOL, temperature=22)
    assert await house.commands(CLEANING) == [target("cool", 22)]


async def test_a_temperature_while_off_is_refused_with_the_reason(house: CloudHouse) -> None:
    climate = house.entity_id("climate", HEATING, "climate")
    with pytest.raises(ServiceValidationError) as refused:
        await house.call("climate.set_temperature", climate, temperature=20)
    assert refused.value.translation_key == "powered_off"
    assert house.state(climate).attributes["temperature"] == 26


async def test_a_remote_control_is_heard(house: CloudHouse) -> None:
    climate = house.entity_id("climate", CLEANING, "climate")
    await house.set_state(CLEANING, mode("AIR_DRY"))
    await house.until_state(climate, HVACMode.DRY)
    await house.set_state(CLEANING, POWER_OFF)
    assert (await house.until_state(climate, HVACMode.OFF)).attributes["preset_mode"] == "none"


async def test_a_range_in_automatic_changeover(house: CloudHouse) -> None:
    climate = house.entity_id("climate", HEATING, "climate")
    assert house.state(climate).attributes["target_temp_low"] is None

    await house.call(
        "climate.set_temperature", climate, hvac_mode=HVACMode.AUTO, target_temp_low=19, target_temp_high=25
    )

    state = await house.until(climate, lambda state: state.attributes["target_temp_high"] == 25)
    assert (state.state, state.attributes["target_temp_low"], state.attributes["temperature"]) == ("auto", 19, None)
    appliance = await house.appliance(HEATING)
    assert appliance["twoSetTemperature"]["twoSetEnabled"] is True
    assert appliance["twoSetTemperatureInUnits"][0] == {
        "heatTargetTemperature": 19,
        "coolTargetTemperature": 25,
        "unit": "C",
    }

    await house.call("climate.set_temperature", climate, temperature=22)
    state = await house.until(climate, lambda state: state.attributes["temperature"] == 22)
    assert state.attributes["target_temp_high"] is None


async def test_fahrenheit_is_the_appliances_own(hass: HomeAssistant) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    async with thinq_house(hass, ROWS) as house:
        climate = house.entity_id("climate", CLEANING, "climate")
        state = house.state(climate).attributes
        assert (state["min_temp"], state["max_temp"], state["target_temp_step"]) == (64, 86, 2)
        await house.call("climate.set_temperature", climate, temperature=73)
        assert await house.commands(CLEANING) == [target("cool", 72, "F")]


async def test_the_boilers_limits_follow_mode_and_circuit(house: CloudHouse) -> None:
    climate = house.entity_id("climate", BOILER, "climate")
    state = await house.until_state(climate, HVACMode.HEAT)
    assert state.attributes["hvac_modes"] == ["off", "heat", "cool", "auto"]
    assert (state.attributes["min_temp"], state.attributes["max_temp"]) == (16, 30)
    await house.call("climate.set_temperature", climate, temperature=24)
    assert await house.commands(BOILER) == [{"roomTemperatureInUnits": {"airHeatTargetTemperature": 24, "unit": "C"}}]

    await house.control("act", device=BOILER, do="set_room_mode", data={"mode": "WATER"})
    state = await house.until(climate, lambda state: state.attributes["max_temp"] == 57)
    assert state.attributes["min_temp"] == 14


@pytest.fixture
async def genie(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    boiler = {"id": "boiler", "kind": "boiler", "name": BOILER}
    aircon = {"id": "aircon", "kind": "aircon", "name": HEATING}
    async with genie_house(hass, boiler, aircon) as made:
        yield made


async def test_a_wallpads_boiler(genie: CloudHouse) -> None:
    climate = genie.entity_id("climate", BOILER, "climate")
    state = await genie.until_state(climate, HVACMode.HEAT)
    assert state.attributes["hvac_modes"] == ["off", "heat"]
    assert state.attributes["preset_modes"] == ["none", "away", "hot_water"]
    assert (state.attributes["temperature"], state.attributes["target_temp_step"]) == (22, 0.5)

    await genie.call("climate.set_temperature", climate, temperature=23.4)
    await genie.until(climate, lambda state: state.attributes["temperature"] == 23.5)
    await genie.call("climate.set_preset_mode", climate, preset_mode="away")
    state = await genie.until(climate, lambda state: state.attributes["preset_mode"] == "away")
    assert state.state == HVACMode.HEAT
    await genie.call("climate.set_preset_mode", climate, preset_mode="none")
    await genie.until(climate, lambda state: state.attributes["preset_mode"] == "none")
    await genie.call("climate.turn_off", climate)
    await genie.until_state(climate, HVACMode.OFF)


async def test_a_wallpads_air_conditioner(genie: CloudHouse) -> None:
    climate = genie.entity_id("climate", HEATING, "climate")
    await genie.call("climate.set_temperature", climate, hvac_mode=HVACMode.DRY, temperature=20)
    state = await genie.until_state(climate, HVACMode.DRY)
    assert (state.attributes["temperature"], state.attributes["fan_modes"]) == (20, ["low", "medium", "high", "auto"])
