"""The list of devices as the cloud sends it, made sense of: rows that fit, and how far the list can be believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from ...model.errors import UnexpectedAnswerError
from ..base import JsonDict
from .values import NO, moment

_NOT_CONNECTED: Final = NO


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One device of a list. `doubtful` are the codes that the list gives several values."""

    serial: str
    type: str
    name: str
    model: str | None
    room: str | None
    online: bool
    status: Mapping[str, str]
    doubtful: frozenset[str] = frozenset()

    def as_item(self) -> JsonDict:
        """Return the device as a list has it."""
        return {
            "deviceSn": self.serial,
            "typeCd": self.type,
            "nickNm": self.name,
            "modelCd": self.model,
            "roomNm": self.room,
            "statusList": [{"code": code, "val": value} for code, value in self.status.items()],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of devices. What a `whole` one misses is not there; of any other list that cannot be said."""

    devices: tuple[Listed, ...]
    whole: bool
    malformed: int
    answered: datetime | None
    token_expires: datetime | None


def parse(body: Mapping[str, Any]) -> Listing:
    """Return the list in an answer; raise UnexpectedAnswerError when there is none."""
    items = body.get("items")
    if not isinstance(items, list):
        raise UnexpectedAnswerError("no items")
    rows = [_listed(item) for item in items]
    good = [row for row in rows if row is not None]
    devices, clashing = _combine(good)
    malformed = len(rows) - len(good) + clashing
    return Listing(
        devices=tuple(devices),
        whole=malformed == 0 and str(body.get("totalCnt", len(items))) == str(len(items)),
        malformed=malformed,
        answered=_moment(body.get("respDt")),
        token_expires=_moment(body.get("tokenExpDt")),
    )


def _listed(item: Any) -> Listed | None:
    """Return a row of the list, None when it makes no sense."""
    if not isinstance(item, Mapping):
        return None
    serial, type_code, statuses = (item.get(name) for name in ("deviceSn", "typeCd", "statusList"))
    if not (isinstance(serial, str) and serial and isinstance(type_code, str) and isinstance(statuses, list)):
        return None
    status, doubtful = _statuses(statuses)
    return Listed(
        serial=serial,
        type=type_code,
        name=_text(item.get("nickNm")) or serial,
        model=_text(item.get("modelCd")),
        room=_text(item.get("roomNm")),
        online=item.get("connYn") != _NOT_CONNECTED,
        status=status,
        doubtful=doubtful,
    )


def _statuses(rows: Iterable[Any]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the values by code, and the codes that have several; a row that makes no sense is left out."""
    values: dict[str, str] = {}
    doubtful = set()
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        code, value = row.get("code"), row.get("val")
        # A number that is not in quotes is still a number; a bare true or null is not the dialect.
        if not isinstance(code, str) or not code or isinstance(value, bool) or not isinstance(value, str | int):
            continue
        if values.setdefault(code, str(value)) != str(value):
            doubtful.add(code)
    return values, frozenset(doubtful)


def _combine(rows: Iterable[Listed]) -> tuple[list[Listed], int]:
    """Return one row a serial number, and how many serial numbers are given to devices of different types."""
    combined: dict[str, Listed] = {}
    clashing = set()
    for row in rows:
        other = combined.get(row.serial)
        if other is not None and other.type != row.type:
            clashing.add(row.serial)
            continue
        combined[row.serial] = row if other is None else _merge(other, row)
    return [row for row in combined.values() if row.serial not in clashing], len(clashing)


def _merge(first: Listed, second: Listed) -> Listed:
    """Return what two rows of one device agree on; where they do not, the device is in doubt."""
    differing = {code for code, value in second.status.items() if first.status.get(code, value) != value}
    return replace(
        first,
        online=first.online and second.online,
        status={**second.status, **first.status},
        doubtful=first.doubtful | second.doubtful | differing,
    )


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _moment(value: Any) -> datetime | None:
    try:
        return moment(value) if isinstance(value, str) else None
    except ValueError:
        return None
