"""Checks a wish against what the device's own description allows, before a call is spent on it."""

from datetime import time
from typing import Final

from .device import Attribute, Value
from .errors import NotSupportedError, OutOfRangeError, UnknownOptionError
from .vocabulary import Kind

_TOLERANCE: Final = 1e-6


def check(attribute: Attribute | None, key: str, value: Value) -> None:
    """Raise NotSupportedError, UnknownOptionError or OutOfRangeError when `value` cannot be written."""
    if attribute is None or not attribute.writable:
        raise NotSupportedError(key)
    _CHECKS.get(attribute.kind, _accept)(attribute, value)


def _accept(_attribute: Attribute, _value: Value) -> None:
    """Leave it to the vendor."""


def _check_boolean(attribute: Attribute, value: Value) -> None:
    if not isinstance(value, bool):
        raise UnknownOptionError(attribute.key, value=str(value))


def _check_option(attribute: Attribute, value: Value) -> None:
    if value not in (attribute.write_options or attribute.options):
        raise UnknownOptionError(attribute.key, value=str(value))


def _check_list(attribute: Attribute, value: Value) -> None:
    allowed = attribute.write_options or attribute.options
    for item in value if isinstance(value, tuple) else (value,):
        if item not in allowed:
            raise UnknownOptionError(attribute.key, value=str(item))


def _check_time(attribute: Attribute, value: Value) -> None:
    if value is not None and not isinstance(value, time):
        raise UnknownOptionError(attribute.key, value=str(value))


def _check_number(attribute: Attribute, value: Value) -> None:
    """Check range, excluded values and step (the step counts from the minimum, as in LG's profiles)."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnknownOptionError(attribute.key, value=str(value))
    low, high = attribute.minimum, attribute.maximum
    outside = (low is not None and value < low - _TOLERANCE) or (high is not None and value > high + _TOLERANCE)
    if not outside and attribute.step and low is not None:
        steps = (value - low) / attribute.step
        outside = abs(steps - round(steps)) > _TOLERANCE
    if outside or value in attribute.excluded:
        raise OutOfRangeError(
            f"{attribute.key}={value}",
            minimum=float(low) if low is not None else "",
            maximum=float(high) if high is not None else "",
            unit=attribute.unit or "",
        )


_CHECKS: Final = {
    Kind.BOOLEAN: _check_boolean,
    Kind.ENUM: _check_option,
    Kind.COMMAND: _check_option,
    Kind.LIST: _check_list,
    Kind.NUMBER: _check_number,
    Kind.TIME: _check_time,
}
