"""Fans, from the action to the wire and back."""

from collections.abc import AsyncGenerator

from homeassistant.components.fan import FanEntityFeature
from homeassistant.core import HomeAssistant
import pytest

from .cloud_house import CloudHouse, genie_house, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

CEILING = "Ceiling"
VENT = "Vent"
PURIFIER_FAN = "Purifier fan"
PLAIN = "Test air purifier"
HOOD = "Hood"
ROWS = (
    {"type": "ceiling_fan", "name": CEILING},
    {"type": "ventilator", "name": VENT},
    {"type": "air_purifier_fan", "name": PURIFIER_FAN},
    {"type": "hood", "name": HOOD},
)


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with thinq_house(hass, ROWS, ("air_purifier_plain",)) as made:
        yield made


async def test_words_are_percentages_in_their_order(house: CloudHouse) -> None:
    fan = house.entity_id("fan", CEILING, "fan")
    assert (house.state(fan).state, house.state(fan).attributes["percentage"]) == ("off", 0)
    assert house.state(fan).attributes["percentage_step"] == 25

    await house.call("fan.turn_on", fan, percentage=60)
    state = await house.until_state(fan, "on")
    assert state.attributes["percentage"] == 75
    await house.call("fan.set_percentage", fan, percentage=100)
    await house.until(fan, lambda state: state.attributes["percentage"] == 100)
    await house.call("fan.set_percentage", fan, percentage=0)
    state = await house.until_state(fan, "off")
    assert state.attributes["percentage"] == 0
    assert await house.commands(CEILING) == [
        {"operation": {"ceilingfanOperationMode": "POWER_ON"}},
        {"airFlow": {"windStrength": "HIGH"}},
        {"airFlow": {"windStrength": "TURBO"}},
        {"operation": {"ceilingfanOperationMode": "POWER_OFF"}},
    ]


async def test_words_that_are_no_speed_are_presets(house: CloudHouse) -> None:
    fan = house.entity_id("fan", VENT, "fan")
    state = house.state(fan)
    assert (state.state, state.attributes["preset_modes"]) == ("on", ["auto"])
    assert (state.attributes["percentage"], state.attributes["preset_mode"]) == (33, None)

    await house.call("fan.set_preset_mode", fan, preset_mode="auto")
    state = await house.until(fan, lambda state: state.attributes["preset_mode"] == "auto")
    assert (state.state, state.attributes["percentage"]) == ("on", None)
    await house.call("fan.turn_on", fan, percentage=100)
    await house.until(fan, lambda state: state.attributes["percentage"] == 100)
    assert (await house.commands(VENT))[-1] == {"airFlow": {"windStrength": "POWER"}}


async def test_numbered_winds(house: CloudHouse) -> None:
    fan = house.entity_id("fan", PURIFIER_FAN, "fan")
    await house.call("fan.turn_on", fan)
    state = await house.until_state(fan, "on")
    assert state.attributes["percentage"] == 27
    assert state.attributes["percentage_step"] == pytest.approx(100 / 11)
    await house.call("fan.set_percentage", fan, percentage=90)
    assert (await house.commands(PURIFIER_FAN))[-1] == {"airFlow": {"windStrength": "WIND_10"}}
    await house.call("fan.turn_off", fan)
    await house.until_state(fan, "off")
    await house.call("fan.set_preset_mode", fan, preset_mode="auto")
    await house.until(fan, lambda state: state.attributes["preset_mode"] == "auto")


async def test_a_fan_that_only_goes_on_and_off(house: CloudHouse) -> None:
    (alias,) = {device.name for device in house.entry.runtime_data.store.devices.values()} - {
        row["name"] for row in ROWS
    }
    fan = house.entity_id("fan", alias, "fan")
    state = house.state(fan)
    assert state.attributes["supported_features"] == FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF
    await house.call("fan.turn_off" if state.state == "on" else "fan.turn_on", fan)
    await house.until(fan, lambda now: now.state != state.state)


async def test_a_hood_has_steps_and_0_is_off(house: CloudHouse) -> None:
    fan = house.entity_id("fan", HOOD, "fan")
    highest = 100 / house.state(fan).attributes["percentage_step"]
    assert house.state(fan).state == "off"
    await house.call("fan.turn_on", fan)
    await house.until_state(fan, "on")
    await house.call("fan.set_percentage", fan, percentage=100)
    await house.until(fan, lambda state: state.attributes["percentage"] == 100)
    await house.call("fan.turn_off", fan)
    await house.until_state(fan, "off")
    speeds = [body["ventilation"]["fanSpeed"] for body in await house.commands(HOOD)]
    assert speeds == [1, highest, 0]


async def test_a_wallpads_ventilation(hass: HomeAssistant) -> None:
    async with genie_house(hass, {"id": "vent", "kind": "ventilation", "name": VENT}) as genie:
        fan = genie.entity_id("fan", VENT, "fan")
        await genie.call("fan.turn_on", fan, percentage=50)
        state = await genie.until_state(fan, "on")
        assert state.attributes["percentage"] == 66
        await genie.call("fan.turn_on", fan, preset_mode="auto")
        await genie.until(fan, lambda state: state.attributes["preset_mode"] == "auto")
