"""Frames into values for our own devices: words become what the device's profile knows, or are refused."""

from typing import Any

import pytest

from custom_components.dongju.assist.own import View, wishes
from custom_components.dongju.model import errors
from custom_components.dongju.model.device import MAIN, Attribute, Device, Part, Value
from custom_components.dongju.model.store import Store
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Unit, Vendor
from custom_components.dongju.voice.frames import Frame

POWER = Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True)
TARGET = Attribute(key=Attr.TARGET_TEMPERATURE, kind=Kind.NUMBER, writable=True, minimum=18, maximum=30, step=1)
HUMIDITY = Attribute(key=Attr.TARGET_HUMIDITY, kind=Kind.NUMBER, writable=True, minimum=30, maximum=70, step=5)
MODES = ("cool", "air_dry", "fan", "auto", "energy_saving")
MODE = Attribute(key=Attr.MODE, kind=Kind.ENUM, writable=True, options=MODES, write_options=MODES)
SPEEDS = ("low", "mid", "high", "power", "auto")
SPEED = Attribute(key=Attr.FAN_SPEED, kind=Kind.ENUM, writable=True, options=SPEEDS, write_options=SPEEDS)
STEPS = Attribute(key=Attr.FAN_STEP, kind=Kind.NUMBER, writable=True, minimum=0, maximum=5, step=1)
RUN = Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, writable=True, write_options=("start", "stop", "power_off"))
DELAY = Attribute(key=Attr.DELAY_START, kind=Kind.NUMBER, writable=True, unit=Unit.HOURS, minimum=1, maximum=19)
MINUTES = Attribute(key=Attr.DELAY_START, kind=Kind.NUMBER, writable=True, unit=Unit.MINUTES)
POSITION = Attribute(key=Attr.POSITION, kind=Kind.NUMBER, writable=True, minimum=0, maximum=100)
COVER = Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, writable=True, write_options=("open", "close", "stop"))
ROBOT = Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, writable=True, write_options=("start", "pause", "homing"))
GAS = Attribute(key=Attr.OPEN, kind=Kind.BOOLEAN, writable=True)
LOCK = Attribute(key=Attr.LOCKED, kind=Kind.BOOLEAN, writable=True)
LIGHT = Attribute(key=Attr.BRIGHTNESS, kind=Kind.NUMBER, writable=True, minimum=1, maximum=100, step=1)
EXPRESS = Attribute(key=Attr.RAPID_FREEZE, kind=Kind.BOOLEAN, writable=True)
SLEEP = Attribute(key=Attr.SLEEP_MODE, kind=Kind.BOOLEAN, writable=True)
COURSE = Attribute(key=Attr.COURSE, kind=Kind.ENUM, writable=True, write_options=("standard",))


def view(*attributes: Attribute, values: dict[str, Value] | None = None) -> View:
    """Return a view of a device with these attributes."""
    part = Part(type=DeviceType.UNKNOWN, attributes={attribute.key: attribute for attribute in attributes})
    device = Device(
        id="d1",
        vendor=Vendor.THINQ,
        vendor_id="1",
        type=DeviceType.UNKNOWN,
        name="x",
        manufacturer="LG",
        parts={MAIN: part},
    )
    store = Store()
    store.set_device(device)
    store.apply({("d1", MAIN, key): value for key, value in (values or {}).items()})
    return View(store, device, (MAIN,))


def wanted(seen: View, action: str, value: Any = None, **rest: Any) -> dict[str, Value]:
    """Return what is written to the main part."""
    return wishes(seen, Frame(action=action, value=value, **rest))[MAIN]


@pytest.mark.parametrize(
    ("attributes", "values", "action", "value", "written"),
    [
        ((POWER,), {}, "turn_on", None, {"on_off": True}),
        ((RUN,), {}, "turn_off", None, {"operation": "power_off"}),
        ((RUN,), {}, "start", None, {"operation": "start"}),
        ((POWER,), {}, "start", None, {"on_off": True}),
        ((RUN,), {}, "stop", None, {"operation": "stop"}),
        ((TARGET, POWER), {"on_off": True}, "set_temperature", 24, {"target_temperature": 24}),
        ((TARGET, POWER), {"on_off": False}, "set_temperature", 24, {"on_off": True, "target_temperature": 24}),
        ((TARGET,), {"target_temperature": 24}, "adjust_temperature", "up", {"target_temperature": 25}),
        ((TARGET,), {"target_temperature": 24}, "adjust_temperature", -2, {"target_temperature": 22}),
        ((HUMIDITY,), {}, "set_humidity", 50, {"target_humidity": 50}),
        ((HUMIDITY,), {"target_humidity": 50}, "set_humidity", "down", {"target_humidity": 45}),
        ((MODE,), {}, "set_mode", "dry", {"mode": "air_dry"}),
        ((MODE, POWER), {"on_off": False}, "set_mode", "cool", {"on_off": True, "mode": "cool"}),
        ((SLEEP,), {}, "set_mode", "sleep", {"sleep_mode": True}),
        ((SPEED,), {}, "set_fan_speed", "medium", {"fan_speed": "mid"}),
        ((SPEED,), {}, "set_fan_speed", "turbo", {"fan_speed": "power"}),
        ((SPEED,), {"fan_speed": "low"}, "set_fan_speed", "up", {"fan_speed": "mid"}),
        ((SPEED,), {"fan_speed": "auto"}, "set_fan_speed", "down", {"fan_speed": "high"}),
        ((STEPS,), {}, "set_fan_speed", "high", {"fan_step": 5}),
        ((STEPS,), {}, "set_fan_speed", "low", {"fan_step": 1}),
        ((STEPS,), {"fan_step": 2}, "set_fan_speed", "up", {"fan_step": 3}),
        ((POSITION,), {}, "open", None, {"position": 100}),
        ((POSITION,), {}, "set_position", 40, {"position": 40}),
        ((POSITION,), {"position": 100}, "set_position", "down", {"position": 75}),
        ((POSITION,), {"position": 90}, "set_position", "up", {"position": 100}),
        ((COVER,), {}, "close", None, {"operation": "close"}),
        ((ROBOT,), {}, "stop", None, {"operation": "pause"}),
        ((ROBOT,), {}, "turn_off", None, {"operation": "homing"}),
        ((GAS,), {}, "close", None, {"open": False}),
        ((LOCK,), {}, "lock", None, {"locked": True}),
        ((LIGHT,), {"brightness": 50}, "set_brightness", "up", {"brightness": 70}),
        ((LIGHT,), {"brightness": 90}, "set_brightness", "up", {"brightness": 100}),
        ((LIGHT, POWER), {"on_off": False}, "set_brightness", 30, {"on_off": True, "brightness": 30}),
    ],
)
def test_an_action_becomes_values(
    attributes: tuple[Attribute, ...], values: dict[str, Value], action: str, value: Any, written: dict[str, Value]
) -> None:
    assert wanted(view(*attributes, values=values), action, value) == written


@pytest.mark.parametrize(
    ("attributes", "values", "action", "value", "error"),
    [
        ((), {}, "turn_on", None, errors.NotSupportedError),
        ((POWER,), {}, "fly", None, errors.NotSupportedError),
        ((POWER,), {}, "set_temperature", 20, errors.NotSupportedError),
        ((TARGET,), {}, "set_temperature", "warm", errors.NotSupportedError),
        ((POWER,), {}, "adjust_temperature", "up", errors.NotSupportedError),
        ((TARGET,), {}, "adjust_temperature", "up", errors.NotSupportedError),
        ((TARGET,), {"target_temperature": 30}, "adjust_temperature", "up", errors.OutOfRangeError),
        ((POWER,), {}, "set_humidity", 50, errors.NotSupportedError),
        ((POWER,), {}, "set_mode", "cool", errors.NotSupportedError),
        ((MODE, SPEED), {}, "set_mode", "romantic", errors.NotSupportedError),
        ((SPEED,), {"fan_speed": "power"}, "set_fan_speed", "up", errors.OutOfRangeError),
        ((STEPS,), {}, "set_fan_speed", "auto", errors.NotSupportedError),
        ((POWER,), {}, "set_brightness", 20, errors.NotSupportedError),
        ((COVER,), {}, "set_position", 20, errors.NotSupportedError),
        ((POSITION,), {"position": 100}, "set_position", "up", errors.WrongStateError),
        ((RUN,), {}, "pause", None, errors.NotSupportedError),
        ((RUN,), {}, "start", "wool", errors.CourseNotRemoteError),
        ((POWER,), {}, "lock", None, errors.NotSupportedError),
        ((RUN,), {}, "preheat", "hot", errors.NotSupportedError),
    ],
)
def test_what_a_device_cannot_do_is_refused(
    attributes: tuple[Attribute, ...],
    values: dict[str, Value],
    action: str,
    value: Any,
    error: type[errors.HubError],
) -> None:
    with pytest.raises(error):
        wanted(view(*attributes, values=values), action, value)


def test_switches_have_names_of_their_own() -> None:
    assert wanted(view(EXPRESS), "enable", attribute="express_freeze") == {"rapid_freeze": True}
    assert wanted(view(EXPRESS), "disable", attribute="express_freeze") == {"rapid_freeze": False}
    with pytest.raises(errors.NotSupportedError):
        wanted(view(EXPRESS), "enable", attribute="turbo_wash")


def test_a_delay_is_the_vendors_own_where_there_is_one() -> None:
    assert wanted(view(RUN, DELAY), "start", delay_min=100) == {"delay_start": 2}
    assert wanted(view(RUN, MINUTES), "start", delay_min=100) == {"delay_start": 100}


def test_a_course_that_can_be_chosen_is_chosen() -> None:
    assert wanted(view(RUN, COURSE), "start", "standard") == {"course": "standard", "operation": "start"}


def test_preheating_starts_and_sets() -> None:
    assert wanted(view(RUN, TARGET), "preheat", 25) == {"operation": "start", "target_temperature": 25}
    assert wanted(view(RUN), "preheat") == {"operation": "start"}
