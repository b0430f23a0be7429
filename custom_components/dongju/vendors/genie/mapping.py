"""Rows: what each kind of Genie device is in the canonical model, and how its values are read and written.

Fan speeds, modes and moods are translated into LG's words, which are the model's (see `model/vocabulary.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ...model.device import MAIN, Attribute, Device, Part, Value
from ...model.vocabulary import Attr, DeviceType, Kind, Unit, Vendor
from ..base import JsonDict

MANUFACTURER: Final = "KT"


def same(value: Any) -> Value:
    """Return a plain JSON value; anything nested is not known."""
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
        return table.get(str(value), str(value).lower()) if value is not None else None

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRow:
    """One attribute of a kind: where it is in the state, and how it is read.

    `argument` is its name in the `set` command; `limits` are the state keys of minimum, maximum and step.
    """

    attr: Attr
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

    def describe(self, state: Mapping[str, Any]) -> Attribute:
        """Return the attribute as this device has it."""
        low, high, step = self.minimum, self.maximum, self.step
        if self.limits:
            low, high, step = (_number(state.get(key)) for key in self.limits)
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
        )

    def value(self, state: Mapping[str, Any]) -> Value:
        """Return the value in a state."""
        found: Any = state
        for name in self.path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return self.read(found)


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of Genie device."""

    type: DeviceType
    rows: tuple[StateRow, ...]
    commands: Mapping[Attr, Callable[[Value], tuple[str, JsonDict]]] | None = None


def _flag(attr: Attr, path: str, *, argument: str | None = None) -> StateRow:
    return StateRow(attr=attr, kind=Kind.BOOLEAN, path=path, argument=argument)


def _percent(attr: Attr, path: str, **extra: Any) -> StateRow:
    return StateRow(attr=attr, kind=Kind.NUMBER, path=path, unit=Unit.PERCENT, **extra)


def _sensor(attr: Attr, path: str, unit: Unit | None) -> StateRow:
    return StateRow(attr=attr, kind=Kind.NUMBER, path=path, unit=unit)


def _text(attr: Attr, path: str) -> StateRow:
    return StateRow(attr=attr, kind=Kind.TEXT, path=path)


_POWER: Final = _flag(Attr.ON_OFF, "on", argument="on")
_BATTERY: Final = _percent(Attr.BATTERY, "battery")
_CURRENT: Final = _sensor(Attr.CURRENT_TEMPERATURE, "currentC", Unit.CELSIUS)
_TARGET: Final = StateRow(
    attr=Attr.TARGET_TEMPERATURE,
    kind=Kind.NUMBER,
    path="targetC",
    argument="targetC",
    unit=Unit.CELSIUS,
    limits=("min", "max", "step"),
)
_SPEEDS: Final = ("low", "mid", "high", "auto")
_BOILER_MODES: Final = {"hotwater": "hot_water"}
_AIRCON_MODES: Final = {"dry": "air_dry"}
_GRADES: Final = {"1": "good", "2": "normal", "3": "bad", "4": "very_bad"}


def _reverse(table: Mapping[str, str]) -> dict[str, str]:
    return {canonical: theirs for theirs, canonical in table.items()}


KINDS: Final[Mapping[str, KindRow]] = {
    "light": KindRow(
        DeviceType.LIGHT,
        (
            _POWER,
            _percent(Attr.BRIGHTNESS, "brightness", argument="brightness", minimum=1, maximum=100, step=1),
            StateRow(
                attr=Attr.COLOR_TEMPERATURE,
                kind=Kind.NUMBER,
                path="colorTempK",
                argument="colorTempK",
                unit=Unit.KELVIN,
                minimum=2700,
                maximum=6500,
                step=100,
            ),
        ),
    ),
    "plug": KindRow(
        DeviceType.PLUG,
        (
            _POWER,
            _sensor(Attr.POWER, "powerW", Unit.WATT),
            _sensor(Attr.ENERGY, "energyWh", Unit.WATT_HOUR),
            StateRow(attr=Attr.STANDBY_CUT, kind=Kind.BOOLEAN, path="standbyCut", writable=True),
        ),
        {Attr.STANDBY_CUT: lambda value: ("setStandbyCut", {"standbyCut": value})},
    ),
    "gas_valve": KindRow(
        DeviceType.GAS_VALVE,
        (
            StateRow(attr=Attr.OPEN, kind=Kind.BOOLEAN, path="open", writable=True),
            _flag(Attr.GAS_LEAK, "leak"),
        ),
        # What is not a plain False has been refused by the safety rules; the cloud would refuse it again.
        {Attr.OPEN: lambda value: ("open" if value else "close", {})},
    ),
    "boiler": KindRow(
        DeviceType.BOILER,
        (
            _POWER,
            StateRow(
                attr=Attr.MODE,
                kind=Kind.ENUM,
                path="mode",
                read=words(_BOILER_MODES),
                argument="mode",
                write=_reverse(_BOILER_MODES),
                options=("heat", "away", "hot_water", "off"),
            ),
            _CURRENT,
            _TARGET,
        ),
    ),
    "door_lock": KindRow(
        DeviceType.DOOR_LOCK,
        (
            StateRow(attr=Attr.LOCKED, kind=Kind.BOOLEAN, path="locked", writable=True),
            _flag(Attr.JAMMED, "jammed"),
            _BATTERY,
            _text(Attr.LAST_UNLOCKED_BY, "lastBy"),
        ),
        {Attr.LOCKED: lambda value: ("lock" if value else "unlock", {})},
    ),
    "curtain": KindRow(
        DeviceType.CURTAIN,
        (
            _percent(Attr.POSITION, "position", minimum=0, maximum=100, step=1, writable=True),
            StateRow(
                attr=Attr.MOVING,
                kind=Kind.ENUM,
                path="moving",
                read=words({"open": "opening", "close": "closing", "up": "opening", "down": "closing"}),
                options=("stopped", "opening", "closing"),
            ),
            StateRow(attr=Attr.OPERATION, kind=Kind.COMMAND, options=("open", "close", "stop"), writable=True),
        ),
        {
            Attr.POSITION: lambda value: ("setPosition", {"position": value}),
            Attr.OPERATION: lambda value: (str(value), {}),
        },
    ),
    "ventilation": KindRow(
        DeviceType.VENTILATOR,
        (
            _POWER,
            StateRow(attr=Attr.FAN_SPEED, kind=Kind.ENUM, path="speed", argument="speed", options=_SPEEDS),
            _sensor(Attr.CO2, "co2", Unit.PARTS_PER_MILLION),
        ),
    ),
    "motion": KindRow(
        DeviceType.MOTION_SENSOR,
        (
            _flag(Attr.MOTION, "detected"),
            StateRow(attr=Attr.LAST_MOTION, kind=Kind.TIMESTAMP, path="at", read=moment),
            _BATTERY,
        ),
    ),
    "door_sensor": KindRow(
        DeviceType.CONTACT_SENSOR, (_flag(Attr.OPEN, "open"), _flag(Attr.TAMPER, "tamper"), _BATTERY)
    ),
    "air_quality": KindRow(
        DeviceType.AIR_QUALITY_SENSOR,
        (
            _sensor(Attr.PM10, "pm10", Unit.MICROGRAMS_PER_CUBIC_METER),
            _sensor(Attr.PM2_5, "pm25", Unit.MICROGRAMS_PER_CUBIC_METER),
            _sensor(Attr.CO2, "co2", Unit.PARTS_PER_MILLION),
            _sensor(Attr.VOC, "voc", Unit.PARTS_PER_MILLION),
            _sensor(Attr.CURRENT_TEMPERATURE, "tempC", Unit.CELSIUS),
            _percent(Attr.CURRENT_HUMIDITY, "humidity"),
            StateRow(
                attr=Attr.AIR_QUALITY,
                kind=Kind.ENUM,
                path="grade",
                read=words(_GRADES),
                options=tuple(_GRADES.values()),
            ),
        ),
    ),
    "aircon": KindRow(
        DeviceType.AIR_CONDITIONER,
        (
            _POWER,
            StateRow(
                attr=Attr.MODE,
                kind=Kind.ENUM,
                path="mode",
                read=words(_AIRCON_MODES),
                argument="mode",
                write=_reverse(_AIRCON_MODES),
                options=("cool", "air_dry", "fan", "auto"),
            ),
            StateRow(attr=Attr.FAN_SPEED, kind=Kind.ENUM, path="fan", argument="fan", options=_SPEEDS),
            _CURRENT,
            _TARGET,
        ),
    ),
    "elevator": KindRow(
        DeviceType.ELEVATOR,
        (
            _text(Attr.FLOOR, "floor"),
            StateRow(attr=Attr.DIRECTION, kind=Kind.ENUM, path="direction", options=("idle", "up", "down")),
            _flag(Attr.ARRIVING, "arriving"),
            StateRow(attr=Attr.CALL_ELEVATOR, kind=Kind.COMMAND, options=("up", "down"), writable=True),
        ),
        {Attr.CALL_ELEVATOR: lambda value: ("call", {"direction": value})},
    ),
    "entrance": KindRow(
        DeviceType.ENTRANCE,
        (
            _flag(Attr.RINGING, "ringing"),
            StateRow(attr=Attr.LAST_RING, kind=Kind.TIMESTAMP, path="lastRingAt", read=moment),
            StateRow(attr=Attr.ENTRANCE_OPEN, kind=Kind.COMMAND, options=("open",), writable=True),
            StateRow(attr=Attr.DOORBELL, kind=Kind.EVENT, options=("ring",)),
        ),
        {Attr.ENTRANCE_OPEN: lambda _value: ("open", {"origin": "app"})},
    ),
    "parking": KindRow(DeviceType.NOTICE_BOARD, (_text(Attr.PARKING, "text"),)),
    "package": KindRow(DeviceType.NOTICE_BOARD, (_text(Attr.PACKAGE, "text"),)),
    "visitor": KindRow(DeviceType.NOTICE_BOARD, (_text(Attr.VISITOR, "text"),)),
}


def make_device(raw: Mapping[str, Any], device_type: DeviceType, rows: tuple[StateRow, ...]) -> Device:
    """Return the description of a listed device; raise KeyError or TypeError when its row makes no sense."""
    state = raw["state"]
    attributes = {row.attr.value: row.describe(state) for row in rows}
    return Device(
        id=f"{Vendor.GENIE}_{raw['id']}",
        vendor=Vendor.GENIE,
        vendor_id=str(raw["id"]),
        type=device_type,
        name=str(raw["name"]),
        manufacturer=str(raw.get("vendor") or MANUFACTURER),
        model=str(raw["model"]) if raw.get("model") else None,
        room=str(raw.get("roomName") or raw.get("room") or "") or None,
        parts={MAIN: Part(type=device_type, attributes=attributes)},
    )


ALERT_LEVELS: Final = ("none", "info", "advisory", "warning", "emergency")
_SERVICE_ROWS: Final = (
    StateRow(attr=Attr.WEATHER, kind=Kind.TEXT),
    StateRow(attr=Attr.ALERT_LEVEL, kind=Kind.ENUM, options=ALERT_LEVELS),
    StateRow(attr=Attr.ALERT, kind=Kind.EVENT, options=("issue", "update", "cancel")),
)


def make_service(device_id: str, household: str) -> Device:
    """Return the device that stands for KT's services: weather and warnings."""
    return Device(
        id=device_id,
        vendor=Vendor.GENIE,
        vendor_id=household,
        type=DeviceType.SERVICE,
        name="GiGA Genie",
        manufacturer=MANUFACTURER,
        parts={
            MAIN: Part(type=DeviceType.SERVICE, attributes={row.attr.value: row.describe({}) for row in _SERVICE_ROWS})
        },
    )


def encode(kind: str, values: Mapping[str, Value]) -> list[tuple[str, JsonDict]]:
    """Return the commands that write values: one `set` for what it takes together, the others one by one."""
    row = KINDS[kind]
    together: JsonDict = {}
    single: list[tuple[str, JsonDict]] = []
    by_attr = {state_row.attr: state_row for state_row in row.rows}
    for key, value in values.items():
        attr = Attr(key)
        if row.commands and attr in row.commands:
            single.append(row.commands[attr](value))
            continue
        state_row = by_attr[attr]
        if state_row.argument:
            together[state_row.argument] = (state_row.write or {}).get(str(value), value)
    return ([("set", together)] if together else []) + single


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
