"""Profiles on the wire: rows to build them from, and the check of a written value against them."""

from collections.abc import Iterable, Mapping, Sequence
import math
from typing import Any, Final, TypeIs

from .refusal import ControlRefused, Refusal

type Wire = dict[str, Any]

# Keys that pick one element of a resource instead of being written themselves.
SELECTORS: Final = ("locationName", "unit", "switchName")


def enum(*members: str, write: Sequence[str] | None = None) -> Wire:
    """Describe an enum that can be read and written; `write` when fewer can be written."""
    return {
        "mode": ["r", "w"],
        "type": "enum",
        "value": {"r": list(members), "w": list(members if write is None else write)},
    }


def read_enum(*members: str) -> Wire:
    """Describe an enum that can only be read."""
    return {"mode": ["r"], "type": "enum", "value": {"r": list(members)}}


def write_enum(*members: str) -> Wire:
    """Describe an enum that can only be written."""
    return {"mode": ["w"], "type": "enum", "value": {"w": list(members)}}


def flag() -> Wire:
    """Describe a boolean that can be read and written."""
    return {"mode": ["r", "w"], "type": "boolean", "value": {"r": [True, False], "w": [True, False]}}


def read_flag() -> Wire:
    """Describe a boolean that can only be read."""
    return {"mode": ["r"], "type": "boolean", "value": {"r": [True, False]}}


def number() -> Wire:
    """Describe a number of any size that can only be read."""
    return {"mode": ["r"], "type": "number"}


def open_number() -> Wire:
    """Describe a number of any size that can be read and written."""
    return {"mode": ["r", "w"], "type": "number"}


def text() -> Wire:
    """Describe a free text that can only be read."""
    return {"mode": ["r"], "type": "string"}


def domain(low: float, high: float, step: float = 1, excluded: Iterable[float] = ()) -> Wire:
    """Return the allowed values of a range."""
    return {"min": low, "max": high, "step": step, "except": list(excluded)}


def span(low: float, high: float, step: float = 1, excluded: Iterable[float] = ()) -> Wire:
    """Describe a range that can be read and written."""
    values = domain(low, high, step, excluded)
    return {"mode": ["r", "w"], "type": "range", "value": {"r": values, "w": dict(values)}}


def read_span(low: float, high: float, step: float = 1) -> Wire:
    """Describe a range that can only be read."""
    return {"mode": ["r"], "type": "range", "value": {"r": domain(low, high, step)}}


def write_span(low: float, high: float, step: float = 1) -> Wire:
    """Describe a range that can only be written."""
    return {"mode": ["w"], "type": "range", "value": {"w": domain(low, high, step)}}


def is_writable(descriptor: object) -> bool:
    """Tell whether a property can be written; a mode may be a list or a string ("rw")."""
    return isinstance(descriptor, Mapping) and "w" in (descriptor.get("mode") or ())


def is_readable(descriptor: object) -> bool:
    """Tell whether a property can be read; a bare constant can."""
    return not isinstance(descriptor, Mapping) or "r" in (descriptor.get("mode") or ())


def domain_of(descriptor: Mapping[str, Any], access: str) -> Any:
    """Return the values a property takes when read ("r") or written ("w"), or None."""
    values = descriptor.get("value")
    if not isinstance(values, Mapping):
        return None
    other = "r" if access == "w" else "w"
    return values.get(access, values.get(other))


def check_written(name: str, descriptor: object, value: object) -> None:
    """Raise ControlRefused unless the profile allows writing this value."""
    if not isinstance(descriptor, Mapping) or not is_writable(descriptor):
        raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, f"{name} cannot be written")
    kind = descriptor.get("type")
    if kind is not None and not _has_kind(str(kind), value):
        raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{name} must be of type {kind}")
    allowed = domain_of(descriptor, "w")
    if allowed is not None and not _is_allowed(allowed, value):
        raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{name} does not take {value!r}")


def _is_number(value: object) -> TypeIs[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _has_kind(kind: str, value: object) -> bool:
    match kind:
        case "boolean":
            return isinstance(value, bool)
        case "number" | "range":
            return _is_number(value)
        case "enum" | "string":
            return isinstance(value, str | bool) or _is_number(value)
        case _:
            return value is None or isinstance(value, str | int | float | list)


def _is_allowed(allowed: object, value: object) -> bool:
    if isinstance(allowed, Mapping):
        return _in_range(allowed, value)
    if isinstance(allowed, list):
        wanted = value if isinstance(value, list) else [value]
        # A boolean is an integer to Python, and 1 is no answer to [true, false].
        return all(any(item == member and type(item) is type(member) for member in allowed) for item in wanted)
    return True


def _in_range(allowed: Mapping[str, Any], value: object) -> bool:
    if not _is_number(value):
        return False
    low, high, step = allowed.get("min"), allowed.get("max"), allowed.get("step")
    if _is_number(low) and value < low:
        return False
    if _is_number(high) and value > high:
        return False
    if value in (allowed.get("except") or ()):
        return False
    if not _is_number(step) or step <= 0:
        return True
    steps = (value - (low if _is_number(low) else 0)) / step
    return abs(steps - round(steps)) < 1e-6
