"""Wishes that a device's own description rules out."""

from datetime import time

import pytest

from custom_components.dongju.model.device import Attribute, Value
from custom_components.dongju.model.errors import NotSupportedError, OutOfRangeError, UnknownOptionError
from custom_components.dongju.model.limits import check
from custom_components.dongju.model.vocabulary import Kind, Unit


def attribute(kind: Kind, **more: object) -> Attribute:
    return Attribute(key="wish", kind=kind, writable=True, **more)  # type: ignore[arg-type]


SWITCH = attribute(Kind.BOOLEAN)
MODE = attribute(Kind.ENUM, options=("cool", "heat", "off"), write_options=("cool", "heat"))
DAYS = attribute(Kind.LIST, options=("monday", "tuesday"))
START = attribute(Kind.TIME)
TARGET = attribute(Kind.NUMBER, minimum=16.5, maximum=30.5, step=0.5, excluded=(20.0,), unit=Unit.CELSIUS)


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (SWITCH, True),
        (MODE, "heat"),
        (DAYS, ("monday", "tuesday")),
        (DAYS, "monday"),
        (DAYS, ()),
        (START, time(7, 30)),
        (START, None),
        (TARGET, 16.5),
        (TARGET, 30.5),
        (TARGET, 17),
        (attribute(Kind.NUMBER), -1000),
        (attribute(Kind.NUMBER, step=5.0), 3),
    ],
)
def test_what_may_be_written(wanted: Attribute, value: Value) -> None:
    check(wanted, "wish", value)


@pytest.mark.parametrize(
    ("wanted", "value", "told"),
    [
        (SWITCH, 1, "1"),
        (MODE, "off", "off"),
        (DAYS, ("monday", "sunday"), "sunday"),
        (DAYS, "someday", "someday"),
        (START, "07:30", "07:30"),
        (TARGET, True, "True"),
        (TARGET, "warm", "warm"),
        (TARGET, None, "None"),
    ],
)
def test_what_is_no_option(wanted: Attribute, value: Value, told: str) -> None:
    with pytest.raises(UnknownOptionError) as refused:
        check(wanted, "wish", value)
    assert refused.value.placeholders["value"] == told


@pytest.mark.parametrize("value", [16.0, 31.0, 17.2, 20.0])
def test_what_is_out_of_range(value: float) -> None:
    with pytest.raises(OutOfRangeError) as refused:
        check(TARGET, "wish", value)
    assert float(refused.value.placeholders["minimum"]) == 16.5
    assert float(refused.value.placeholders["maximum"]) == 30.5


def test_a_range_with_one_end_names_only_that_one() -> None:
    with pytest.raises(OutOfRangeError) as refused:
        check(attribute(Kind.NUMBER, maximum=10.0), "wish", 11)
    assert refused.value.placeholders["minimum"] == ""


@pytest.mark.parametrize("wanted", [None, Attribute(key="wish", kind=Kind.BOOLEAN)])
def test_what_cannot_be_written_at_all(wanted: Attribute | None) -> None:
    with pytest.raises(NotSupportedError):
        check(wanted, "wish", value=True)
