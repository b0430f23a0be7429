"""Rows: what each kind of home IoT device is in the canonical model, and how its values are read and written.

Fan speeds, modes and moods are translated into LG's words, which are the model's (see `model/vocabulary.py`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...model.device import Happening, Value
from ...model.errors import NotSupportedError
from ...model.vocabulary import Attr, DeviceType, Kind, Unit
from ..base import JsonDict
from .rows import StateRow, flag, moment, percent, sensor, text, words


@dataclass(frozen=True, slots=True)
class Edge:
    """An event that a changed state tells: `happening` is asked whenever `marker` changes."""

    attr: Attr
    marker: str
    happening: Callable[[Mapping[str, Any]], Happening | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of Genie device; `commands` are for what is not written by `set`."""

    type: DeviceType
    rows: tuple[StateRow, ...]
    commands: Mapping[Attr, Callable[[Value], tuple[str, JsonDict]]] | None = None
    edge: Edge | None = None


_POWER: Final = flag(Attr.ON_OFF, "on", argument="on")
_BATTERY: Final = percent(Attr.BATTERY, "battery")
_CURRENT: Final = sensor(Attr.CURRENT_TEMPERATURE, "currentC", Unit.CELSIUS)
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


def _ring(state: Mapping[str, Any]) -> Happening | None:
    """Tell of a ring while it rings; one that was missed is in the last ring's time."""
    return Happening(type="ring") if state.get("ringing") is True else None


def _notice(state: Mapping[str, Any]) -> Happening | None:
    return Happening(type="arrived", data={"text": str(state.get("text") or "")})


def _notice_board(attr: Attr) -> KindRow:
    return KindRow(
        type=DeviceType.NOTICE_BOARD,
        rows=(text(attr, "text"), StateRow(attr=Attr.NOTICE, kind=Kind.EVENT, options=("arrived",))),
        edge=Edge(Attr.NOTICE, "at", _notice),
    )


KINDS: Final[Mapping[str, KindRow]] = {
    "light": KindRow(
        type=DeviceType.LIGHT,
        rows=(
            _POWER,
            percent(Attr.BRIGHTNESS, "brightness", argument="brightness", minimum=1, maximum=100, step=1),
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
        type=DeviceType.PLUG,
        rows=(
            _POWER,
            sensor(Attr.POWER, "powerW", Unit.WATT),
            sensor(Attr.ENERGY, "energyWh", Unit.WATT_HOUR),
            StateRow(attr=Attr.STANDBY_CUT, kind=Kind.BOOLEAN, path="standbyCut", writable=True),
        ),
        commands={Attr.STANDBY_CUT: lambda value: ("setStandbyCut", {"standbyCut": value})},
    ),
    "gas_valve": KindRow(
        type=DeviceType.GAS_VALVE,
        rows=(
            StateRow(attr=Attr.OPEN, kind=Kind.BOOLEAN, path="open", writable=True),
            flag(Attr.GAS_LEAK, "leak"),
        ),
        # What is not a plain False has been refused by the safety rules; the cloud would refuse it again.
        commands={Attr.OPEN: lambda value: ("open" if value else "close", {})},
    ),
    "boiler": KindRow(
        type=DeviceType.BOILER,
        rows=(
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
        type=DeviceType.DOOR_LOCK,
        rows=(
            StateRow(attr=Attr.LOCKED, kind=Kind.BOOLEAN, path="locked", writable=True),
            flag(Attr.JAMMED, "jammed"),
            _BATTERY,
            text(Attr.LAST_UNLOCKED_BY, "lastBy"),
        ),
        commands={Attr.LOCKED: lambda value: ("lock" if value else "unlock", {})},
    ),
    "curtain": KindRow(
        type=DeviceType.CURTAIN,
        rows=(
            percent(Attr.POSITION, "position", minimum=0, maximum=100, step=1, writable=True),
            StateRow(
                attr=Attr.MOVING,
                kind=Kind.ENUM,
                path="moving",
                read=words({"open": "opening", "close": "closing", "up": "opening", "down": "closing"}),
                options=("stopped", "opening", "closing"),
            ),
            StateRow(attr=Attr.OPERATION, kind=Kind.COMMAND, options=("open", "close", "stop"), writable=True),
        ),
        commands={
            Attr.POSITION: lambda value: ("setPosition", {"position": value}),
            Attr.OPERATION: lambda value: (str(value), {}),
        },
    ),
    "ventilation": KindRow(
        type=DeviceType.VENTILATOR,
        rows=(
            _POWER,
            StateRow(attr=Attr.FAN_SPEED, kind=Kind.ENUM, path="speed", argument="speed", options=_SPEEDS),
            sensor(Attr.CO2, "co2", Unit.PARTS_PER_MILLION),
        ),
    ),
    "motion": KindRow(
        type=DeviceType.MOTION_SENSOR,
        rows=(
            flag(Attr.MOTION, "detected"),
            StateRow(attr=Attr.LAST_MOTION, kind=Kind.TIMESTAMP, path="at", read=moment),
            _BATTERY,
        ),
    ),
    "door_sensor": KindRow(
        type=DeviceType.CONTACT_SENSOR, rows=(flag(Attr.OPEN, "open"), flag(Attr.TAMPER, "tamper"), _BATTERY)
    ),
    "air_quality": KindRow(
        type=DeviceType.AIR_QUALITY_SENSOR,
        rows=(
            sensor(Attr.PM10, "pm10", Unit.MICROGRAMS_PER_CUBIC_METER),
            sensor(Attr.PM2_5, "pm25", Unit.MICROGRAMS_PER_CUBIC_METER),
            sensor(Attr.CO2, "co2", Unit.PARTS_PER_MILLION),
            sensor(Attr.VOC, "voc", Unit.PARTS_PER_MILLION),
            sensor(Attr.CURRENT_TEMPERATURE, "tempC", Unit.CELSIUS),
            percent(Attr.CURRENT_HUMIDITY, "humidity"),
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
        type=DeviceType.AIR_CONDITIONER,
        rows=(
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
        type=DeviceType.ELEVATOR,
        rows=(
            text(Attr.FLOOR, "floor"),
            StateRow(attr=Attr.DIRECTION, kind=Kind.ENUM, path="direction", options=("idle", "up", "down")),
            flag(Attr.ARRIVING, "arriving"),
            StateRow(attr=Attr.CALL_ELEVATOR, kind=Kind.COMMAND, options=("up", "down"), writable=True),
        ),
        commands={Attr.CALL_ELEVATOR: lambda value: ("call", {"direction": value})},
    ),
    "entrance": KindRow(
        type=DeviceType.ENTRANCE,
        rows=(
            flag(Attr.RINGING, "ringing"),
            StateRow(attr=Attr.LAST_RING, kind=Kind.TIMESTAMP, path="lastRingAt", read=moment),
            StateRow(attr=Attr.ENTRANCE_OPEN, kind=Kind.COMMAND, options=("open",), writable=True),
            StateRow(attr=Attr.DOORBELL, kind=Kind.EVENT, options=("ring",)),
        ),
        commands={Attr.ENTRANCE_OPEN: lambda _value: ("open", {"origin": "app"})},
        edge=Edge(Attr.DOORBELL, "lastRingAt", _ring),
    ),
    "parking": _notice_board(Attr.PARKING),
    "package": _notice_board(Attr.PACKAGE),
    "visitor": _notice_board(Attr.VISITOR),
}


def encode(kind: str, values: Mapping[str, Value]) -> list[tuple[str, JsonDict]]:
    """Return the commands that write values: one `set` for what it takes together, the others one by one.

    Raises NotSupportedError for what this kind cannot be told.
    """
    row = KINDS.get(kind)
    together: JsonDict = {}
    single: list[tuple[str, JsonDict]] = []
    by_attr = {state_row.attr: state_row for state_row in row.rows} if row else {}
    for key, value in values.items():
        state_row = by_attr.get(key)
        if row and row.commands and key in row.commands:
            single.append(row.commands[Attr(key)](_plain(value)))
        elif state_row and state_row.argument:
            together[state_row.argument] = (state_row.write or {}).get(str(value), _plain(value))
        else:
            raise NotSupportedError(f"{kind}: {key}")
    return ([("set", together)] if together else []) + single


def _plain(value: Value) -> Value:
    """Return a whole number as one: 80.0 is no brightness in KT's eyes."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
