"""Rows: what each U+ device type is in the canonical model, and how its status codes are read and written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ...model.device import MAIN, Attribute, Device, Part, Value
from ...model.errors import NotSupportedError
from ...model.vocabulary import Attr, DeviceType, Kind, Unit, Vendor
from .listing import Listed
from .values import (
    GUESSED,
    NO,
    Reader,
    Writer,
    flag,
    moment,
    number,
    word,
    write_closed,
    write_flag,
    write_number,
    write_word,
)

MANUFACTURER: Final = "LG U+"

_KNOWN: Final = frozenset(Attr)

GENERIC: Final = "status_"
"""What the key of a code that no row knows begins with; no attribute of the model does."""

_DEGREE: Final = 10
"""Temperatures are whole tenths of a degree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One value to set. A repeatable one may be sent twice; `needs_pin` tells that the PIN goes with it."""

    code: str
    value: str
    repeatable: bool = True
    needs_pin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusRow:
    """One attribute: the status code it comes from, how it is read, and how it is written (None: it is not).

    `limits` are the codes of the least and the most it may be, in the same unit. `with_pin` are the values that need
    the lock's PIN.
    """

    code: str
    key: str
    kind: Kind
    read: Reader
    write: Writer | None = None
    unit: Unit | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    limits: tuple[str, str] | None = None
    options: tuple[str, ...] = ()
    repeatable: bool = True
    with_pin: frozenset[str] = frozenset()

    def describe(self, status: Mapping[str, str]) -> Attribute:
        """Return the attribute as a device with this status has it."""
        low, high = self._limits(status)
        writable = self.write is not None
        return Attribute(
            key=self.key,
            kind=self.kind,
            readable=self.kind is not Kind.COMMAND,
            writable=writable,
            unit=self.unit,
            minimum=low,
            maximum=high,
            step=self.step,
            options=self.options,
            write_options=self.options if writable else (),
            sources=(self.code,),
            known=self.key in _KNOWN,
        )

    def control(self, value: Value) -> Control:
        """Return the control that writes a value; raise NotSupportedError or UnsafeError."""
        if self.write is None:
            raise NotSupportedError(self.key)
        text = self.write(value)
        needs_pin = text in self.with_pin
        return Control(code=self.code, value=text, repeatable=self.repeatable and not needs_pin, needs_pin=needs_pin)

    def _limits(self, status: Mapping[str, str]) -> tuple[float | None, float | None]:
        """Return the range: the device's own where it tells one that can be, else the row's."""
        if self.limits:
            try:
                low, high = (self.read(status[code]) for code in self.limits)
            except KeyError, ValueError:
                return self.minimum, self.maximum
            if isinstance(low, int | float) and isinstance(high, int | float) and low < high:
                return low, high
        return self.minimum, self.maximum


@dataclass(frozen=True, slots=True)
class TypeRow:
    """One type of device."""

    type: DeviceType
    rows: tuple[StatusRow, ...]


def _flag(code: str, key: Attr, write: Writer | None = None, *, with_pin: frozenset[str] = frozenset()) -> StatusRow:
    return StatusRow(code=code, key=key, kind=Kind.BOOLEAN, read=flag, write=write, with_pin=with_pin)


def _measured(code: str, key: Attr, unit: Unit, high: float) -> StatusRow:
    return StatusRow(code=code, key=key, kind=Kind.NUMBER, read=number(0, high), unit=unit)


def _percent(code: str, key: Attr, low: int = 0, write: Writer | None = None) -> StatusRow:
    return StatusRow(
        code=code,
        key=key,
        kind=Kind.NUMBER,
        read=number(low, 100),
        write=write,
        unit=Unit.PERCENT,
        minimum=low,
        maximum=100,
        step=1,
    )


def _celsius(code: str, key: Attr, low: float = -50, high: float = 100) -> StatusRow:
    return StatusRow(code=code, key=key, kind=Kind.NUMBER, read=number(low, high, _DEGREE), unit=Unit.CELSIUS)


def _moment(code: str, key: str) -> StatusRow:
    return StatusRow(code=code, key=key, kind=Kind.TIMESTAMP, read=moment)


def _words(code: str, key: Attr, table: Mapping[str, str], *, writable: bool = False) -> StatusRow:
    return StatusRow(
        code=code,
        key=key,
        kind=Kind.ENUM,
        read=word(table),
        write=write_word(table) if writable else None,
        options=tuple(table.values()),
    )


_LAST_CHANGED: Final = "last_changed"
"""The model has no such attribute: a generic entity shows it."""

_POWER: Final = _flag("PWR", Attr.ON_OFF, write_flag)
_BATTERY: Final = _percent("BATT", Attr.BATTERY)
_BOILER_MODES: Final = {"H": "heat", "A": "away", "W": "hot_water"}
_MOVES: Final = {"OPEN": "open", "CLOSE": "close", "STOP": "stop"}
_MOVING: Final = {"STOP": "stopped", "OPEN": "opening", "CLOSE": "closing"}
_GRADES: Final = {"1": "good", "2": "normal", "3": "bad", "4": "very_bad"}

TYPES: Final[Mapping[str, TypeRow]] = {
    "L01": TypeRow(DeviceType.LIGHT, (_POWER, _percent("BRT", Attr.BRIGHTNESS, 1, write_number()))),
    "P01": TypeRow(
        DeviceType.PLUG,
        (
            _POWER,
            _measured("WATT", Attr.POWER, Unit.WATT, 100_000),
            _measured("WH", Attr.ENERGY, Unit.WATT_HOUR, 999_999_999),
        ),
    ),
    "G01": TypeRow(DeviceType.GAS_VALVE, (_flag("VALVE", Attr.OPEN, write_closed), _flag("LEAK", Attr.GAS_LEAK))),
    "B01": TypeRow(
        DeviceType.BOILER,
        (
            _POWER,
            _words("MODE", Attr.MODE, _BOILER_MODES, writable=True),
            _celsius("CUR_TEMP", Attr.CURRENT_TEMPERATURE),
            StatusRow(
                code="SET_TEMP",
                key=Attr.TARGET_TEMPERATURE,
                kind=Kind.NUMBER,
                read=number(0, 90, _DEGREE),
                write=write_number(_DEGREE),
                unit=Unit.CELSIUS,
                minimum=5,
                maximum=40,
                step=0.5,
                limits=("MIN_TEMP", "MAX_TEMP"),
            ),
            _celsius("MIN_TEMP", Attr.MIN_TARGET_TEMPERATURE, 0, 90),
            _celsius("MAX_TEMP", Attr.MAX_TARGET_TEMPERATURE, 0, 90),
        ),
    ),
    "D01": TypeRow(
        DeviceType.DOOR_LOCK,
        (
            _flag("LOCK", Attr.LOCKED, write_flag, with_pin=frozenset({NO})),
            _flag("JAM", Attr.JAMMED),
            _BATTERY,
            _moment("LAST_DT", _LAST_CHANGED),
        ),
    ),
    "C01": TypeRow(
        DeviceType.CURTAIN,
        (
            _percent("POS", Attr.POSITION, 0, write_number()),
            _words("MOVE", Attr.MOVING, _MOVING),
            StatusRow(
                code="MOVE",
                key=Attr.OPERATION,
                kind=Kind.COMMAND,
                read=str,
                write=write_word(_MOVES),
                options=tuple(_MOVES.values()),
                # Somebody may have stopped it by hand between the first and the second time.
                repeatable=False,
            ),
        ),
    ),
    "S01": TypeRow(
        DeviceType.MOTION_SENSOR, (_flag("DETECT", Attr.MOTION), _moment("DETECT_DT", Attr.LAST_MOTION), _BATTERY)
    ),
    "S02": TypeRow(
        DeviceType.CONTACT_SENSOR,
        (_flag("OPEN", Attr.OPEN), _flag("TAMPER", Attr.TAMPER), _moment("CHG_DT", _LAST_CHANGED), _BATTERY),
    ),
    "A01": TypeRow(
        DeviceType.AIR_QUALITY_SENSOR,
        (
            _measured("PM10", Attr.PM10, Unit.MICROGRAMS_PER_CUBIC_METER, 2000),
            _measured("PM25", Attr.PM2_5, Unit.MICROGRAMS_PER_CUBIC_METER, 2000),
            _measured("CO2", Attr.CO2, Unit.PARTS_PER_MILLION, 20_000),
            _celsius("TEMP", Attr.CURRENT_TEMPERATURE),
            _percent("HUMI", Attr.CURRENT_HUMIDITY),
            _words("GRADE", Attr.AIR_QUALITY, _GRADES),
        ),
    ),
}
_UNKNOWN: Final = TypeRow(DeviceType.UNKNOWN, ())


def type_row(code: str) -> TypeRow:
    """Return the row of a type code; one that nobody knows yet gets generic attributes only."""
    return TYPES.get(code, _UNKNOWN)


def rows_for(listed: Listed, guesses: Mapping[str, Kind]) -> tuple[StatusRow, ...]:
    """Return the rows of the codes a device has; what no row knows is read as `guesses` says."""
    known = [row for row in type_row(listed.type).rows if row.code in guesses]
    codes = {row.code for row in known}
    return (*known, *(_generic(code, kind) for code, kind in guesses.items() if code not in codes))


def _generic(code: str, kind: Kind) -> StatusRow:
    """Return the row of a code that no row knows; its key cannot be taken for one with a meaning."""
    key = GENERIC + "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in code).lower()
    return StatusRow(code=code, key=key, kind=kind, read=GUESSED[kind])


def make_device(device_id: str, listed: Listed, rows: Iterable[StatusRow]) -> Device:
    """Return the description of a listed device."""
    device_type = type_row(listed.type).type
    attributes = {str(row.key): row.describe(listed.status) for row in rows}
    return Device(
        id=device_id,
        vendor=Vendor.UPLUS,
        vendor_id=listed.serial,
        type=device_type,
        name=listed.name,
        manufacturer=MANUFACTURER,
        model=listed.model,
        serial_number=listed.serial,
        room=listed.room,
        parts={MAIN: Part(type=device_type, attributes=attributes)},
    )


def read(rows: Iterable[StatusRow], listed: Listed, unreadable: Callable[[str], None]) -> dict[str, Value]:
    """Return the values of a device by key: unknown where the text is missing or impossible (which is told).

    A code that contradicts itself has none: what was known stays until the device has made up its mind.
    """
    values: dict[str, Value] = {}
    for row in rows:
        if row.kind is Kind.COMMAND or row.code in listed.doubtful:
            continue
        text = listed.status.get(row.code)
        try:
            values[str(row.key)] = None if text is None else row.read(text)
        except ValueError:
            unreadable(row.code)
            values[str(row.key)] = None
    return values


def encode(rows: Iterable[StatusRow], wanted: Mapping[str, Value]) -> list[Control]:
    """Return the controls that write values, in the order of the rows: power first.

    Raises NotSupportedError and UnsafeError.
    """
    by_key = {str(row.key): row for row in rows}
    if unknown := wanted.keys() - by_key.keys():
        raise NotSupportedError(", ".join(sorted(unknown)))
    return [row.control(wanted[key]) for key, row in by_key.items() if key in wanted]
