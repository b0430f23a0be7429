"""Numbers, times of day and buttons, from the action to the wire and back."""

from collections.abc import AsyncGenerator

from homeassistant.components.number import ATTR_VALUE
from homeassistant.const import ATTR_TIME
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest

from .cloud_house import CloudHouse, thinq_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

FRIDGE = "Fridge"
WASHER = "Washer"
PURIFIER = "Purifier"
ROBOT = "Robot"
OVEN = "Oven"
ROWS = (
    {"type": "refrigerator", "name": FRIDGE},
    {"type": "washer", "name": WASHER},
    {"type": "air_purifier", "name": PURIFIER},
    {"type": "robot_cleaner", "name": ROBOT},
    {"type": "oven", "name": OVEN, "cookable": True},
)


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with thinq_house(hass, ROWS) as made:
        yield made


async def test_a_compartments_temperature(house: CloudHouse) -> None:
    freezer = house.entity_id("number", f"{FRIDGE}/freezer", "target_temperature")
    state = house.state(freezer)
    assert (state.attributes["min"], state.attributes["max"], state.attributes["step"]) == (-23, -15, 1)
    assert (state.attributes["device_class"], state.attributes["unit_of_measurement"]) == ("temperature", "°C")

    await house.call("number.set_value", freezer, **{ATTR_VALUE: -20})
    await house.until_state(freezer, "-20")
    assert await house.commands(FRIDGE) == [
        {"temperatureInUnits": {"locationName": "FREEZER", "targetTemperatureC": -20}}
    ]
    for wrong in (-30, -20.5):
        with pytest.raises(ServiceValidationError):
            await house.call("number.set_value", freezer, **{ATTR_VALUE: wrong})
    assert len(await house.commands(FRIDGE)) == 1


async def test_excluded_fahrenheit_degrees_are_refused(hass: HomeAssistant) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    async with thinq_house(hass, (), ("refrigerator_fahrenheit",)) as house:
        (device,) = house.entry.runtime_data.store.devices.values()
        attributes = {part.id: part.attributes.get("target_temperature") for part in device.parts.values()}
        excluding = {part: attribute for part, attribute in attributes.items() if attribute and attribute.excluded}
        assert excluding
        for part, attribute in excluding.items():
            number = house.entity_id("number", f"{device.name}/{part}", "target_temperature")
            with pytest.raises(ServiceValidationError) as refused:
                await house.call("number.set_value", number, **{ATTR_VALUE: attribute.excluded[0]})
            assert refused.value.translation_key == "out_of_range"
        assert await house.commands(device.name) == []


async def test_a_delayed_start_is_told_in_minutes(house: CloudHouse) -> None:
    await house.control("act", device=WASHER, do="press_power", data={})
    await house.control("act", device=WASHER, do="press_remote_start", data={})
    delay = house.entity_id("number", WASHER, "delay_start")
    state = house.state(delay)
    assert (state.attributes["min"], state.attributes["step"], state.attributes["unit_of_measurement"]) == (
        60,
        60,
        "min",
    )
    await house.call("number.set_value", delay, **{ATTR_VALUE: 180})
    await house.until_state(delay, "180")
    assert (await house.commands(WASHER))[-1]["timer"] == {"relativeHourToStart": 3}


async def test_a_sleep_timer_of_the_purifier(house: CloudHouse) -> None:
    timer = house.entity_id("number", PURIFIER, "sleep_timer")
    await house.call("number.set_value", timer, **{ATTR_VALUE: 120})
    await house.until_state(timer, "120")
    await house.call("number.set_value", timer, **{ATTR_VALUE: 0})
    await house.until_state(timer, "0")
    assert await house.commands(PURIFIER) == [
        {"sleepTimer": {"relativeHourToStop": 2}},
        {"sleepTimer": {"relativeStopTimer": "UNSET"}},
    ]


async def test_a_time_of_day_is_set_and_cleared(hass: HomeAssistant, house: CloudHouse) -> None:
    start = house.entity_id("time", PURIFIER, "start_time")
    clear = house.entity_id("button", PURIFIER, "clear_start_time")
    assert house.state(start).state == "unknown"
    await house.call("time.set_value", start, **{ATTR_TIME: "07:30:00"})
    await house.until_state(start, "07:30:00")
    assert er.async_get(hass).entities[clear].disabled_by is er.RegistryEntryDisabler.INTEGRATION
    er.async_get(hass).async_update_entity(clear, disabled_by=None)
    await hass.config_entries.async_reload(house.entry.entry_id)
    await hass.async_block_till_done()
    await house.call("button.press", clear)
    await house.until_state(start, "unknown")
    assert await house.commands(PURIFIER) == [
        {"timer": {"absoluteHourToStart": 7, "absoluteMinuteToStart": 30}},
        {"timer": {"absoluteStartTimer": "UNSET"}},
    ]


async def test_start_says_why_it_is_refused(house: CloudHouse) -> None:
    await house.control("act", device=WASHER, do="press_power", data={})
    start = house.entity_id("button", WASHER, "operation_start")
    with pytest.raises(ServiceValidationError) as refused:
        await house.call("button.press", start)
    assert refused.value.translation_key == "remote_start_off"

    await house.control("act", device=WASHER, do="press_remote_start", data={})
    await house.call("button.press", start)
    state = house.entity_id("sensor", WASHER, "run_state")
    await house.until(state, lambda state: state.state not in {"initial", "power_off"})
    await house.call("button.press", house.entity_id("button", WASHER, "operation_stop"))
    body = (await house.commands(WASHER))[-1]
    assert body["operation"] == {"washerOperationMode": "STOP"}


async def test_a_robot_has_no_button_for_what_its_vacuum_entity_does(hass: HomeAssistant, house: CloudHouse) -> None:
    assert house.entity_id("button", ROBOT, "operation_wake_up")
    entries = er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
    robot = next(device.id for device in house.entry.runtime_data.store.devices.values() if device.name == ROBOT)
    buttons = [entry.unique_id for entry in entries if entry.domain == "button" and entry.unique_id.startswith(robot)]
    assert buttons == [f"{robot}-operation_wake_up"]


async def test_an_ovens_temperature_goes_out_with_the_start_it_belongs_to(house: CloudHouse) -> None:
    target = house.entity_id("number", OVEN, "target_temperature")
    await house.control("act", device=OVEN, do="press_remote_start", data={})
    await house.call("number.set_value", target, **{ATTR_VALUE: 180})
    (body,) = await house.commands(OVEN)
    assert body["temperature"]["targetTemperature"] == 180
    assert body["operation"] == {"ovenOperationMode": "START"}
