"""Humidifiers and dehumidifiers, from the action to the wire and back."""

from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest

from .cloud_house import CloudHouse, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

MOIST = "Moist"
DRY = "Dry"


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    rows = ({"type": "humidifier", "name": MOIST}, {"type": "dehumidifier", "name": DRY})
    async with thinq_house(hass, rows) as made:
        yield made


async def test_a_dehumidifier(house: CloudHouse) -> None:
    dry = house.entity_id("humidifier", DRY, "dehumidifier")
    state = house.state(dry)
    assert (state.state, state.attributes["device_class"]) == ("off", "dehumidifier")
    assert (state.attributes["min_humidity"], state.attributes["max_humidity"]) == (30, 70)
    assert (state.attributes["humidity"], state.attributes["current_humidity"]) == (50, 58)
    assert "clothes_dry" in state.attributes["available_modes"]

    await house.call("humidifier.turn_on", dry)
    await house.until_state(dry, "on")
    await house.call("humidifier.set_humidity", dry, humidity=42)
    await house.until(dry, lambda state: state.attributes["humidity"] == 40)
    await house.call("humidifier.set_mode", dry, mode="clothes_dry")
    await house.until(dry, lambda state: state.attributes["mode"] == "clothes_dry")
    await house.call("humidifier.turn_off", dry)
    await house.until_state(dry, "off")
    assert await house.commands(DRY) == [
        {"operation": {"dehumidifierOperationMode": "POWER_ON"}},
        {"humidity": {"targetHumidity": 40}},
        {"dehumidifierJobMode": {"currentJobMode": "CLOTHES_DRY"}},
        {"operation": {"dehumidifierOperationMode": "POWER_OFF"}},
    ]


async def test_choosing_a_mode_switches_on(house: CloudHouse) -> None:
    moist = house.entity_id("humidifier", MOIST, "humidifier")
    assert house.state(moist).attributes["device_class"] == "humidifier"
    await house.call("humidifier.set_mode", moist, mode="humidify_and_air_clean")
    await house.until_state(moist, "on")
    assert await house.commands(MOIST) == [
        {"operation": {"humidifierOperationMode": "POWER_ON"}},
        {"humidifierJobMode": {"currentJobMode": "HUMIDIFY_AND_AIR_CLEAN"}},
    ]


async def test_a_humidity_out_of_range_is_refused(house: CloudHouse) -> None:
    dry = house.entity_id("humidifier", DRY, "dehumidifier")
    with pytest.raises(ServiceValidationError):
        await house.call("humidifier.set_humidity", dry, humidity=90)
    assert await house.commands(DRY) == []
