"""What entities make of a value: only what is of the expected type counts, everything else is unknown."""

from math import isfinite

from .model.device import Attribute, Value


def as_number(value: Value) -> float | None:
    """Return a number, or None."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else None


def as_word(value: Value) -> str | None:
    """Return a word, or None."""
    return value if isinstance(value, str) else None


def as_flag(value: Value) -> bool | None:
    """Return a boolean, or None."""
    return value if isinstance(value, bool) else None


def snapped(attribute: Attribute | None, value: float) -> float:
    """Return the nearest value on the attribute's steps, whole where it is whole; its range is not looked at.

    Thermostats, sliders and voices ask for 22.5 where an appliance knows whole degrees only.
    """
    step = attribute.step if attribute else None
    if attribute is None or not step:
        return _whole(value)
    origin = attribute.minimum or 0
    return _whole(round(origin + round((value - origin) / step) * step, 4))


def _whole(value: float) -> float:
    return int(value) if float(value).is_integer() else value
