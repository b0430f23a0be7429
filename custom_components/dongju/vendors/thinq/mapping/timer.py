"""Codecs of times: hour and minute (and second) as minutes, absolute hour and minute as a time of day."""

from collections.abc import Collection
from datetime import time
from typing import Final

from ....model.device import Attribute, Value
from ....model.errors import UnknownOptionError
from ....model.vocabulary import Kind, Unit
from ..profile import Property, PropertyType
from .plain import number
from .row import Binding, Reader, Row, Scope, Write

_UNSET: Final = "UNSET"
_NO_TIMER: Final = -1
"""How LG's own library switches a timer off where the profile has no word for it."""

_MINUTES: Final = {"hour": 60.0, "minute": 1.0, "second": 1 / 60}
_HOURS_OF_DAY: Final = 24
_MINUTES_OF_HOUR: Final = 60


def _pieces(row: Row, scope: Scope) -> dict[str, Property]:
    """Return the numeric properties of a row by the piece of time they are."""
    found: dict[str, Property] = {}
    for prop in scope.present(row.paths):
        piece = next((piece for piece in _MINUTES if piece in prop.name.lower()), None)
        if piece and prop.type in {PropertyType.NUMBER, PropertyType.RANGE}:
            found[piece] = prop
    return found


def _flag(row: Row, scope: Scope) -> Property | None:
    return scope.free.get(row.flag) if row.flag else None


def duration(row: Row, scope: Scope) -> Binding | None:
    """Bind hour, minute and second, as many of them as there are, as minutes."""
    pieces = _pieces(row, scope)
    if not pieces:
        return None
    flag = _flag(row, scope)
    writable = {piece: prop for piece, prop in pieces.items() if prop.writable}
    cancellable = bool(flag and flag.writable) or _takes_anything(writable.values())
    low, high, step = _bounds(row, writable, cancellable=cancellable)
    known = [*pieces.values(), *([flag] if flag else [])]
    paths = {piece: prop.path for piece, prop in pieces.items()}

    def decode(reader: Reader) -> Value:
        values = {piece: number(reader.get(path)) for piece, path in paths.items()}
        if all(value is None for value in values.values()):
            return 0 if row.flag and reader.get(row.flag) == _UNSET else None
        minutes = sum(_MINUTES[piece] * max(0, value or 0) for piece, value in values.items())
        return int(minutes) if float(minutes).is_integer() else round(minutes, 2)

    def encode(value: Value, _reader: Reader) -> tuple[Write, ...]:
        minutes = number(value)
        if minutes is None:
            raise UnknownOptionError(row.attr, value=str(value))
        if minutes <= 0 and (cancel := _cancel(row, flag, writable.values())):
            return cancel
        return _spread(minutes, writable)

    return Binding(
        attribute=Attribute(
            key=row.attr,
            kind=Kind.NUMBER,
            readable=any(prop.readable for prop in pieces.values()),
            writable=bool(writable),
            unit=Unit.MINUTES,
            minimum=low,
            maximum=high,
            step=step,
            sources=tuple(prop.source for prop in known),
        ),
        paths=frozenset({*(prop.path for prop in pieces.values()), *([row.flag] if row.flag else [])}),
        claims=frozenset(prop.path for prop in known),
        decode=decode,
        encode=encode if writable else None,
    )


def clock(row: Row, scope: Scope) -> Binding | None:
    """Bind an absolute hour and minute as a time of day; writing None switches the timer off."""
    pieces = _pieces(row, scope)
    if "hour" not in pieces:
        return None
    flag = _flag(row, scope)
    writable = {piece: prop for piece, prop in pieces.items() if prop.writable}
    known = [*pieces.values(), *([flag] if flag else [])]

    def decode(reader: Reader) -> Value:
        if row.flag and reader.get(row.flag) == _UNSET:
            return None
        hour = number(reader.get(pieces["hour"].path))
        minute = number(reader.get(pieces["minute"].path)) if "minute" in pieces else 0
        if hour is None or not 0 <= hour < _HOURS_OF_DAY or not 0 <= (minute or 0) < _MINUTES_OF_HOUR:
            return None
        return time(int(hour), int(minute or 0))

    def encode(value: Value, _reader: Reader) -> tuple[Write, ...]:
        if value is None:
            return _cancel(row, flag, writable.values())
        if not isinstance(value, time):
            raise UnknownOptionError(row.attr, value=str(value))
        parts = {"hour": value.hour, "minute": value.minute}
        return tuple(Write(property=prop, value=parts[piece]) for piece, prop in writable.items() if piece in parts)

    return Binding(
        attribute=Attribute(
            key=row.attr,
            kind=Kind.TIME,
            readable=any(prop.readable for prop in pieces.values()),
            writable="hour" in writable,
            sources=tuple(prop.source for prop in known),
        ),
        paths=frozenset({*(prop.path for prop in pieces.values()), *([row.flag] if row.flag else [])}),
        claims=frozenset(prop.path for prop in known),
        decode=decode,
        encode=encode if "hour" in writable else None,
    )


def _takes_anything(writable: Collection[Property]) -> bool:
    """Tell whether plain numbers without a range are written: those take -1 for "no timer"."""
    return bool(writable) and all(prop.type is PropertyType.NUMBER and prop.write.minimum is None for prop in writable)


def _bounds(
    row: Row, writable: dict[str, Property], *, cancellable: bool
) -> tuple[float | None, float | None, float | None]:
    """Return least, most and step in minutes of what may be written; Nones for what is only read."""
    if not writable:
        return None, None, None
    coarse = next(piece for piece in _MINUTES if piece in writable)
    fine = [piece for piece in _MINUTES if piece in writable][-1]
    domain = writable[coarse].write
    low = 0.0 if cancellable or len(writable) > 1 or domain.minimum is None else domain.minimum * _MINUTES[coarse]
    high = row.longest if domain.maximum is None else domain.maximum * _MINUTES[coarse]
    rest = [piece for piece in writable if piece != coarse]
    for piece in rest:
        most = writable[piece].write.maximum
        if domain.maximum is not None and most is not None:
            high += most * _MINUTES[piece]
    step = (writable[fine].write.step or 1.0) * _MINUTES[fine]
    return low, high, round(step, 4)


def _spread(minutes: float, writable: dict[str, Property]) -> tuple[Write, ...]:
    """Spread minutes over hour, minute and second."""
    seconds = round(minutes * _MINUTES_OF_HOUR)
    writes = []
    for piece, prop in writable.items():
        size = round(_MINUTES[piece] * _MINUTES_OF_HOUR)
        share, seconds = divmod(seconds, size)
        writes.append(Write(property=prop, value=int(share)))
    return tuple(writes)


def _cancel(row: Row, flag: Property | None, writable: Collection[Property]) -> tuple[Write, ...]:
    """Return how to switch a timer off: the profile's own word where it has one."""
    if flag and flag.writable and row.flag:
        return (Write(property=flag, value=_UNSET),)
    if _takes_anything(writable):
        return tuple(Write(property=prop, value=_NO_TIMER) for prop in writable)
    return ()
