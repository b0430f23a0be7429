"""Lights, from the action to the wire and back."""

from collections.abc import AsyncGenerator

from homeassistant.components.light import ColorMode
from homeassistant.core import HomeAssistant
import pytest

from .cloud_house import CloudHouse, genie_house, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

BULB = "Bulb"
WALL = "Wall"
HOOD = "Hood"


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    rows = (
        {"type": "bulb", "name": BULB},
        {"type": "light_switch", "name": WALL, "switches": 2},
        {"type": "hood", "name": HOOD},
    )
    async with thinq_house(hass, rows) as made:
        yield made


async def test_a_bulb(house: CloudHouse) -> None:
    bulb = house.entity_id("light", BULB, "light")
    state = house.state(bulb)
    assert (state.state, state.attributes["supported_color_modes"]) == ("off", [ColorMode.COLOR_TEMP])
    assert (state.attributes["min_color_temp_kelvin"], state.attributes["max_color_temp_kelvin"]) == (3000, 6500)

    await house.call("light.turn_on", bulb, brightness_pct=40, color_temp_kelvin=5000)
    state = await house.until_state(bulb, "on")
    assert state.attributes["color_temp_kelvin"] == 5000
    assert state.attributes["brightness"] == pytest.approx(102, abs=2)
    appliance = await house.appliance(BULB)
    assert appliance["whiteLight"] == {"brightness": 40, "colorTemperature": 5000}
    assert (await house.commands(BULB))[0] == {"runState": {"currentState": "POWER_ON"}}

    await house.call("light.turn_on", bulb, brightness=1)
    await house.until(bulb, lambda state: (state.attributes["brightness"] or 255) < 10)
    assert (await house.appliance(BULB))["whiteLight"]["brightness"] == 1
    await house.call("light.turn_off", bulb)
    await house.until_state(bulb, "off")
    assert (await house.appliance(BULB))["runState"]["currentState"] == "POWER_OFF"


async def test_each_rocker_of_a_wall_switch_is_a_light(house: CloudHouse) -> None:
    first, second = (house.entity_id("light", f"{WALL}/switch_{number}", "light") for number in (1, 2))
    assert house.state(first).attributes["supported_color_modes"] == [ColorMode.ONOFF]
    await house.call("light.turn_on", second)
    await house.until_state(second, "on")
    assert house.state(first).state == "off"
    assert await house.commands(WALL) == [{"switchState": {"switchName": "SWITCH_2", "currentSwitch": "ON"}}]
    await house.control("act", device=WALL, do="press_switch", data={"switch": "SWITCH_1"})
    await house.until_state(first, "on")


async def test_a_hoods_lamp_has_levels_and_0_is_off(house: CloudHouse) -> None:
    lamp = house.entity_id("light", HOOD, "lamp_brightness")
    assert house.state(lamp).state == "off"
    await house.call("light.turn_on", lamp)
    state = await house.until_state(lamp, "on")
    assert state.attributes["brightness"] == 255
    await house.call("light.turn_on", lamp, brightness=1)
    await house.until(lamp, lambda state: (state.attributes["brightness"] or 255) < 255)
    await house.call("light.turn_off", lamp)
    await house.until_state(lamp, "off")
    levels = [body["lamp"]["lampBrightness"] for body in await house.commands(HOOD)]
    assert levels == [max(levels), 1, 0]
    assert len(set(levels)) == 3


async def test_a_genie_light(hass: HomeAssistant) -> None:
    async with genie_house(hass, {"id": "lamp", "kind": "light", "name": BULB}) as genie:
        lamp = genie.entity_id("light", BULB, "light")
        await genie.call("light.turn_on", lamp, color_temp_kelvin=2749, brightness_pct=30)
        await genie.pass_time(1)
        state = await genie.until_state(lamp, "on")
        assert state.attributes["color_temp_kelvin"] == 2700
        assert state.attributes["brightness"] == pytest.approx(77, abs=2)
        await genie.control("wall_switch", deviceId="lamp", on=False)
        await genie.until_state(lamp, "off")
