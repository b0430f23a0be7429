"""Values of the U+ dialect, all of them strings: how they are read, and how they are written."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
import re
from typing import Final

from ...model.device import Value
from ...model.errors import UnsafeError
from ...model.vocabulary import Kind

type Reader = Callable[[str], Value]
"""Returns the value of a text, None where it says that there is none; raises ValueError for an impossible one."""

type Writer = Callable[[Value], str]

YES: Final = "Y"
NO: Final = "N"
KST: Final = timezone(timedelta(hours=9), "KST")
_FLAGS: Final = {YES: True, NO: False}
_WHOLE: Final = re.compile(r"-?[0-9]{1,9}")
_MOMENT: Final = re.compile(r"[0-9]{14}")


def flag(text: str) -> Value:
    """Read "Y" or "N"."""
    return word(_FLAGS)(text)


def number(low: float, high: float, divisor: int = 1) -> Reader:
    """Return a reader of whole numbers, divided; what lies outside of low..high cannot be."""

    def read(text: str) -> Value:
        value = whole(text) / divisor if divisor != 1 else whole(text)
        if not low <= value <= high:
            raise ValueError(text)
        return value

    return read


def word(table: Mapping[str, Value]) -> Reader:
    """Return a reader of the words of a table."""

    def read(text: str) -> Value:
        if text not in table:
            raise ValueError(text)
        return table[text]

    return read


def moment(text: str) -> datetime | None:
    """Read a Korean local time `yyyyMMddHHmmss`; an empty text is no time."""
    if not text:
        return None
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=KST)


def whole(text: str) -> int:
    """Read a whole number; raise ValueError for anything else, "1_0" included, which Python would take."""
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def write_flag(value: Value) -> str:
    """Write a boolean."""
    return YES if value is True else NO


def write_closed(value: Value) -> str:
    """Write what may only be closed; raise UnsafeError for anything but a plain False."""
    if value is not False:
        raise UnsafeError("opening")
    return NO


def write_number(multiplier: int = 1) -> Writer:
    """Return a writer of whole numbers, multiplied."""

    def write(value: Value) -> str:
        if not isinstance(value, int | float):
            raise TypeError(value)
        return str(round(value * multiplier))

    return write


def write_word(table: Mapping[str, Value]) -> Writer:
    """Return a writer of the words of a table that is read the other way round."""
    reverse = {str(canonical): theirs for theirs, canonical in table.items()}
    return lambda value: reverse[str(value)]


def kind_of(text: str) -> Kind:
    """Guess what a code that no row knows may hold, from one value of it."""
    if text in _FLAGS:
        return Kind.BOOLEAN
    if _WHOLE.fullmatch(text):
        return Kind.NUMBER
    return Kind.TEXT


GUESSED: Final[Mapping[Kind, Reader]] = {
    Kind.BOOLEAN: flag,
    Kind.NUMBER: whole,
    Kind.TEXT: str,
}
"""How a value of a guessed kind is read."""
