"""Rows: where an attribute is in a device's state, how it is read, and how it is described."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
import math
import re
from typing import Any, Final

from ...model.device import Attribute, Value
from ...model.vocabulary import Attr, Kind, Unit

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_A_KEY: Final = re.compile(r"[^a-z0-9]+")


def same(value: Any) -> Value:
    """Return a plain JSON value; anything nested, or no number at all, is not known."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, bool | int | float | str) else None


def moment(value: Any) -> Value:
    """Return an aware datetime from ISO 8601 text."""
    if not isinstance(value, str) or not value:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo else None


def words(table: Mapping[str, str]) -> Callable[[Any], Value]:
    """Return a reader that translates words; one it does not know stays as it is, in lower case."""

    def read(value: Any) -> Value:
        return table.get(str(value), str(value).lower()) if isinstance(value, str | int) else None

    return read


def number(value: Any) -> float | None:
    """Return a finite number, or None."""
    plain = same(value)
    return float(plain) if isinstance(plain, int | float) and not isinstance(plain, bool) else None


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_FITS: Final[Mapping[Kind, Callable[[Value], bool]]] = {
    Kind.BOOLEAN: lambda value: isinstance(value, bool),
    Kind.NUMBER: _is_number,
    Kind.ENUM: lambda value: isinstance(value, str),
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.TIMESTAMP: lambda value: isinstance(value, datetime),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One attribute of a kind: where it is in the state, and how it is read.

    `argument` is its name in the `set` command; `limits` are the state keys of minimum, maximum and step.
    """

    attr: str
    kind: Kind
    path: str = ""
    read: Callable[[Any], Value] = same
    argument: str | None = None
    write: Mapping[str, str] | None = None
    unit: Unit | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    limits: tuple[str, str, str] | None = None
    options: tuple[str, ...] = ()
    writable: bool | None = None
    readable: bool = True
    known: bool = True

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys of the state that this row is made of."""
        first = {self.path.split(".", 1)[0]} if self.path else set()
        return frozenset(first.union(self.limits or ()))

    def describe(self, state: Mapping[str, Any]) -> Attribute:
        """Return the attribute as this device has it."""
        low, high, step = self.minimum, self.maximum, self.step
        if self.limits:
            low, high, step = (number(state.get(key)) for key in self.limits)
        writable = self.argument is not None if self.writable is None else self.writable
        return Attribute(
            key=self.attr,
            kind=self.kind,
            readable=self.readable and self.kind not in {Kind.COMMAND, Kind.EVENT},
            writable=writable,
            unit=self.unit,
            minimum=low,
            maximum=high,
            step=step,
            options=self.options,
            write_options=self.options if writable else (),
            sources=(self.path,) if self.path else (),
            known=self.known,
        )

    def value(self, state: Mapping[str, Any]) -> Value:
        """Return the value in a state; one of another type than the row's kind is not known."""
        found: Any = state
        for name in self.path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        value = self.read(found)
        fits = _FITS.get(self.kind)
        return value if fits is None or fits(value) else None


def flag(attr: Attr, path: str, *, argument: str | None = None) -> StateRow:
    """Return the row of something that is so or not."""
    return StateRow(attr=attr, kind=Kind.BOOLEAN, path=path, argument=argument)


def percent(attr: Attr, path: str, **extra: Any) -> StateRow:
    """Return the row of a percentage."""
    return StateRow(attr=attr, kind=Kind.NUMBER, path=path, unit=Unit.PERCENT, **extra)


def sensor(attr: Attr, path: str, unit: Unit | None) -> StateRow:
    """Return the row of a measured number."""
    return StateRow(attr=attr, kind=Kind.NUMBER, path=path, unit=unit)


def text(attr: Attr, path: str) -> StateRow:
    """Return the row of a text."""
    return StateRow(attr=attr, kind=Kind.TEXT, path=path)


def remaining_rows(state: Mapping[str, Any], rows: tuple[StateRow, ...]) -> tuple[StateRow, ...]:
    """Return rows for the values that no row knows, so that nothing of a device is lost."""
    taken = frozenset[str]().union(*(row.keys for row in rows))
    names = {row.attr for row in rows}
    found: dict[str, StateRow] = {}
    for path, value in state.items():
        key = _NOT_A_KEY.sub("_", _CAMEL.sub("_", path).lower()).strip("_")
        kind = _kind_of(value)
        if path in taken or kind is None or not key or key in names or "." in path:
            continue
        read = moment if kind is Kind.TIMESTAMP else same
        found.setdefault(key, StateRow(attr=key, kind=kind, path=path, read=read, known=False))
    return tuple(found.values())


def _kind_of(value: Any) -> Kind | None:
    """Return the kind of a value that no row describes; None for what is nested or empty."""
    plain = same(value)
    if plain is None:
        return None
    if isinstance(plain, bool):
        return Kind.BOOLEAN
    if isinstance(plain, int | float):
        return Kind.NUMBER
    return Kind.TIMESTAMP if moment(plain) is not None else Kind.TEXT
