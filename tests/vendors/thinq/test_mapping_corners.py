"""Profiles and commands that are rare: what is bound, and what is refused before anything is sent."""

from datetime import time
from typing import Any

import pytest

from custom_components.dongju.model.command import Command
from custom_components.dongju.model.device import Value
from custom_components.dongju.model.errors import NotSupportedError, OutOfRangeError, UnknownOptionError
from custom_components.dongju.vendors.thinq.commands import plan
from custom_components.dongju.vendors.thinq.device import ThinQDevice

from .living import Living
from .profiles import device_of, number, read_words, span, value, words
from .test_bad_days import start

CLOCK = {"timer": {"absoluteHourToStart": span(0, 23), "absoluteMinuteToStart": span(0, 59)}}

ONE_MODE = {
    "airConJobMode": {"currentJobMode": words("COOL", "FAN")},
    "temperature": {"targetTemperature": number(), "autoTargetTemperature": span(18, 30, mode="w")},
}


def bodies(device: ThinQDevice, part: str = "", **values: Value) -> list[dict[str, Any]]:
    return plan(device, Command(device_id=device.device_id, part=part, values=values))


def test_a_target_that_the_present_mode_does_not_have() -> None:
    device = device_of("AIR_CONDITIONER", ONE_MODE, {"airConJobMode": {"currentJobMode": "FAN"}})
    with pytest.raises(NotSupportedError):
        bodies(device, target_temperature=20)


def test_a_target_outside_the_range_of_the_present_mode() -> None:
    device = device_of("AIR_CONDITIONER", ONE_MODE, {"airConJobMode": {"currentJobMode": "AUTO"}})
    assert bodies(device, target_temperature=20) == [{"temperature": {"autoTargetTemperature": 20}}]
    with pytest.raises(OutOfRangeError):
        bodies(device, target_temperature=31)


def test_a_target_that_is_only_written_by_mode() -> None:
    """The common target is a free text here, so the one of the mode stands for it."""
    properties = {
        "airConJobMode": {"currentJobMode": words("COOL")},
        "temperature": {"targetTemperature": {"mode": ["r"], "type": "string"}, "coolTargetTemperature": span(18, 30)},
    }
    state = {"airConJobMode": {"currentJobMode": "COOL"}, "temperature": {"coolTargetTemperature": 21}}
    device = device_of("AIR_CONDITIONER", properties, state)
    attribute = device.description.attribute("", "target_temperature")
    assert attribute is not None
    assert (attribute.minimum, attribute.maximum, attribute.writable) == (18, 30, True)
    assert value(device, "target_temperature") == 21
    assert bodies(device, target_temperature=22) == [{"temperature": {"coolTargetTemperature": 22}}]


def test_a_kimchi_word_that_the_profile_does_not_have() -> None:
    properties = {"temperature": [{"locationName": "TOP", "targetTemperature": read_words("KIMCHI", "OFF")}]}
    state = {"temperature": [{"locationName": "TOP", "targetTemperature": "MEAT"}]}
    device = device_of("KIMCHI_REFRIGERATOR", properties, state)
    assert value(device, "target_temperature_state", "top") == "meat"
    attribute = device.description.attribute("top", "target_temperature_state")
    assert attribute is not None
    assert attribute.options == ("kimchi", "off", "meat")


@pytest.mark.parametrize("wanted", ["soon", None, True])
def test_a_duration_that_is_no_number(wanted: Value) -> None:
    device = device_of("WASHER", {"timer": {"relativeHourToStart": span(1, 19)}}, {})
    with pytest.raises(UnknownOptionError):
        bodies(device, delay_start=wanted)


@pytest.mark.parametrize("wanted", ["07:30", 7, True])
def test_a_time_of_day_that_is_none(wanted: Value) -> None:
    with pytest.raises(UnknownOptionError):
        bodies(device_of("AIR_PURIFIER", CLOCK, {}), start_time=wanted)


def test_a_time_of_day_without_an_hour_is_not_one() -> None:
    device = device_of("AIR_PURIFIER", {"timer": {"absoluteMinuteToStart": span(0, 59)}}, {})
    assert device.description.attribute("", "start_time") is None


def test_a_time_of_day_that_cannot_be_switched_off() -> None:
    device = device_of("AIR_PURIFIER", CLOCK, {})
    assert bodies(device, start_time=time(7, 30)) == [
        {"timer": {"absoluteHourToStart": 7, "absoluteMinuteToStart": 30}}
    ]
    with pytest.raises(NotSupportedError):
        bodies(device, start_time=None)


async def test_topics_the_broker_refuses_are_replaced_with_the_certificate(home: Living) -> None:
    await start(home)
    topics = list(home.data["topics"])
    home.data["topics"] = ["app/clients/somebody-else/push"]
    await home.restart()
    await home.connected()
    assert home.data["topics"] == topics
    assert home.session.diagnostics()["push"]["certificates"] == 1
