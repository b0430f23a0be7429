"""Washer, dryer, washtower, washcombo and styler."""

from collections.abc import Callable, Sequence
import random
from typing import Any, Final

from ..behaviour.cycle import CycleMachine, CycleRow, phases
from ..behaviour.fault import FaultMachine
from ..energy import EnergyUse
from ..machine import Machine
from ..part import Part
from ..profile import Wire, number, read_enum, read_flag, read_span, span, write_enum
from .family import Family, Options

_OPTIONS: Final = frozenset({"remote_start", "power_on", "list_state", "stop_timer"})

_WASHER_STATES: Final = (
    "POWER_OFF", "INITIAL", "PAUSE", "RESERVED", "DETECTING", "DETERGENT_AMOUNT", "DISPENSING", "SOAKING", "PREWASH",
    "RUNNING", "RINSING", "RINSE_HOLD", "SPINNING", "DRYING", "REFRESHING", "STEAM_SOFTENING", "ADD_DRAIN", "END",
    "ERROR", "FROZEN_PREVENT_INITIAL", "FROZEN_PREVENT_RUNNING", "FROZEN_PREVENT_PAUSE",
)  # fmt: skip
_DRYER_STATES: Final = (
    "POWER_OFF", "INITIAL", "RUNNING", "PAUSE", "COOLING", "WRINKLE_CARE", "END", "ERROR", "RESERVED", "SLEEP",
)  # fmt: skip
_STYLER_STATES: Final = (
    "POWER_OFF", "INITIAL", "RUNNING", "PRESTEAM", "STEAM", "DRYING", "COOLING", "PAUSE", "RESERVED", "END", "ERROR",
    "NIGHT_DRY", "SLEEP",
)  # fmt: skip

_WASHER_ERRORS: Final = (
    "WATER_SUPPLY_ERROR", "WATER_DRAIN_ERROR", "OUT_OF_BALANCE_ERROR", "DOOR_OPEN_ERROR", "UNABLE_TO_LOCK_ERROR",
    "OVERFILL_ERROR",
    "WATER_LEVEL_SENSOR_ERROR", "LOCKED_MOTOR_ERROR", "FROZEN_ERROR", "POWER_FAIL_ERROR",
)  # fmt: skip
_DRYER_ERRORS: Final = (
    "DOOR_OPEN_ERROR", "FILTER_CLOGGING_ERROR", "TEMPERATURE_SENSOR_ERROR", "COMPRESSOR_ERROR", "NEED_WATER_DRAIN",
)  # fmt: skip
_STYLER_ERRORS: Final = ("NEED_WATER_REPLENISHMENT", "NEED_WATER_DRAIN", "DOOR_OPEN_ERROR", "STEAM_HEAT_ERROR")

WASHER: Final = CycleRow(
    operation="operation.washerOperationMode",
    courses={
        "NORMAL": phases(DETECTING=2, DISPENSING=1, RUNNING=22, RINSING=20, SPINNING=10),
        "QUICK": phases(DETECTING=1, RUNNING=10, RINSING=8, SPINNING=6),
        "WOOL": phases(DETECTING=2, SOAKING=5, RUNNING=14, RINSING=16, SPINNING=4),
    },
    complete_push="WASHING_IS_COMPLETE",
    minutes_per_kg=3,
)
DRYER: Final = CycleRow(
    operation="operation.dryerOperationMode",
    courses={
        "NORMAL": phases(RUNNING=95, COOLING=10),
        "QUICK": phases(RUNNING=30, COOLING=5),
        "BEDDING": phases(RUNNING=40, COOLING=5),
    },
    complete_push="DRYING_IS_COMPLETE",
    minutes_per_kg=5,
)
STYLER: Final = CycleRow(
    operation="operation.stylerOperationMode",
    courses={
        "STANDARD": phases(PRESTEAM=4, STEAM=9, DRYING=23, COOLING=3),
        "QUICK": phases(STEAM=5, DRYING=14, COOLING=1),
        "DUST": phases(RUNNING=16, STEAM=8, DRYING=28, COOLING=2),
    },
    complete_push="STYLING_IS_COMPLETE",
)


def _timer(*, stop: bool, start: bool = True) -> Wire:
    """Describe the times of a course with the delays the model knows."""
    rows: Wire = {}
    if start:
        rows |= {"relativeHourToStart": span(1, 19), "relativeMinuteToStart": read_span(0, 59)}
    if stop:
        rows |= {"relativeHourToStop": span(3, 19), "relativeMinuteToStop": read_span(0, 59)}
    for name in ("remain", "total"):
        rows |= {f"{name}Hour": read_span(0, 30), f"{name}Minute": read_span(0, 59)}
    return rows


def washer_properties(*, stop: bool) -> Wire:
    """Describe what a washer of any build offers."""
    return {
        "runState": {"currentState": read_enum(*_WASHER_STATES)},
        "operation": {"washerOperationMode": write_enum("START", "STOP", "POWER_OFF", "POWER_ON")},
        "remoteControlEnable": {"remoteControlEnabled": read_flag()},
        "timer": _timer(stop=stop),
        "detergent": {"detergentSetting": "NORMAL"},
        "cycle": {"cycleCount": number()},
    }


def dryer_properties() -> Wire:
    """Describe what a dryer of any build offers."""
    return {
        "runState": {"currentState": read_enum(*_DRYER_STATES)},
        "operation": {"dryerOperationMode": write_enum("START", "STOP", "POWER_OFF", "POWER_ON", "WAKE_UP")},
        "remoteControlEnable": {"remoteControlEnabled": read_flag()},
        "timer": _timer(stop=True),
    }


def _styler_properties() -> Wire:
    return {
        "runState": {"currentState": read_enum(*_STYLER_STATES)},
        "operation": {"stylerOperationMode": write_enum("START", "STOP", "POWER_OFF", "POWER_ON", "WAKE_UP")},
        "remoteControlEnable": {"remoteControlEnabled": read_flag()},
        "timer": _timer(stop=True, start=False),
    }


def _profile(properties: Any, notifications: tuple[str, ...], errors: tuple[str, ...]) -> Wire:
    return {"property": properties, "notification": {"push": list(notifications)}, "error": list(errors)}


_WASHER_PUSHES: Final = ("WASHING_IS_COMPLETE", "ERROR_DURING_WASHING")
_DRYER_PUSHES: Final = ("DRYING_IS_COMPLETE", "DRYING_FAILED")
_STYLER_PUSHES: Final = ("STYLING_IS_COMPLETE", "ERROR_HAS_OCCURRED")


def _washer_profile(location: str, *, combo: bool) -> Callable[[Options], Wire]:
    """Return the profile of a located washer; a washcombo also tells its mode."""

    def build(raw: Options) -> Wire:
        properties = washer_properties(stop=bool(raw.get("stop_timer", combo)))
        if combo:
            properties |= {"mode": {"washerMode": read_enum("WASHING", "DRYING", "WASHING_AND_DRYING")}}
        located = {"location": {"locationName": location}, **properties}
        return _profile([located], _WASHER_PUSHES, _WASHER_ERRORS)

    return build


def _times(row: CycleRow, *, start: bool = True, stop: bool = True) -> Wire:
    total = sum(phase.minutes for phase in next(iter(row.courses.values())))
    times: Wire = {
        "remainHour": total // 60,
        "remainMinute": total % 60,
        "totalHour": total // 60,
        "totalMinute": total % 60,
    }
    for name, known in (("Start", start), ("Stop", stop)):
        if known:
            times |= {f"relativeHourTo{name}": 0, f"relativeMinuteTo{name}": 0}
    return times


def _course_state(raw: Options, row: CycleRow, *, start: bool = True, stop: bool = True) -> Wire:
    """Return the state of a cycling appliance at rest, ready for remote start when asked for."""
    ready = bool(raw.get("remote_start", False))
    return {
        "runState": {"currentState": "INITIAL" if ready or raw.get("power_on") else "POWER_OFF"},
        "remoteControlEnable": {"remoteControlEnabled": ready},
        "timer": _times(row, start=start, stop=stop),
    }


def _washer_state(location: str | None, *, combo: bool = False) -> Callable[[Options, random.Random], Any]:
    def build(raw: Options, rng: random.Random) -> Any:
        state = _course_state(raw, WASHER, stop=bool(raw.get("stop_timer", combo)))
        state |= {"detergent": {"detergentSetting": "NORMAL"}, "cycle": {"cycleCount": rng.randint(20, 320)}}
        if combo:
            state |= {"mode": {"washerMode": "WASHING"}}
        if location:
            state = {"location": {"locationName": location}, **state}
            return [state] if raw.get("list_state", True) else state
        return state

    return build


def _cycling(row: CycleRow, push: str) -> Callable[[Part, Options], Sequence[Machine]]:
    return lambda part, _raw: [FaultMachine(part, push), CycleMachine(part, row)]


def _tower_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    row, push = (WASHER, _WASHER_PUSHES[1]) if part.half == "washer" else (DRYER, _DRYER_PUSHES[1])
    return [FaultMachine(part, push), CycleMachine(part, row)]


def _tower_profile(_raw: Options) -> Wire:
    return {
        "washer": _profile(washer_properties(stop=False), _WASHER_PUSHES, _WASHER_ERRORS),
        "dryer": _profile(dryer_properties(), _DRYER_PUSHES, _DRYER_ERRORS),
    }


def _tower_state(raw: Options, rng: random.Random) -> Wire:
    return {"washer": _washer_state(None)(raw, rng), "dryer": _course_state(raw, DRYER)}


def _washer(device_type: str, model: str, location: str = "MAIN", *, combo: bool = False) -> Family:
    return Family(
        type=device_type.removeprefix("DEVICE_").lower(),
        device_type=device_type,
        model=model,
        profile=_washer_profile(location, combo=combo),
        state=_washer_state(location, combo=combo),
        machines=_cycling(WASHER, _WASHER_PUSHES[1]),
        energy=EnergyUse(daily_wh=620, curve="morning"),
        options=_OPTIONS,
    )


def _dryer(device_type: str, model: str) -> Family:
    return Family(
        type=device_type.removeprefix("DEVICE_").lower(),
        device_type=device_type,
        model=model,
        profile=lambda _raw: _profile(dryer_properties(), _DRYER_PUSHES, _DRYER_ERRORS),
        state=lambda raw, _rng: _course_state(raw, DRYER),
        machines=_cycling(DRYER, _DRYER_PUSHES[1]),
        energy=EnergyUse(daily_wh=1100, curve="morning"),
        options=_OPTIONS,
    )


FAMILIES: Final = (
    _washer("DEVICE_WASHER", "F24VDSK"),
    _washer("DEVICE_WASHTOWER_WASHER", "W20WAN_WASHER"),
    _washer("DEVICE_WASHCOMBO_MAIN", "FH25EAX_MAIN", combo=True),
    _washer("DEVICE_WASHCOMBO_MINI", "FM4EA_MINI", "MINI", combo=True),
    _dryer("DEVICE_DRYER", "RH20VTW"),
    _dryer("DEVICE_WASHTOWER_DRYER", "W20WAN_DRYER"),
    Family(
        type="washtower",
        device_type="DEVICE_WASHTOWER",
        model="W20WAN",
        profile=_tower_profile,
        state=_tower_state,
        machines=_tower_machines,
        energy=EnergyUse(daily_wh=850, curve="morning"),
        energy_properties=("energyUsage_washer", "energyUsage_dryer"),
        options=_OPTIONS,
    ),
    Family(
        type="styler",
        device_type="DEVICE_STYLER",
        model="SC5GMR80H",
        profile=lambda _raw: _profile(_styler_properties(), _STYLER_PUSHES, _STYLER_ERRORS),
        state=lambda raw, _rng: _course_state(raw, STYLER, start=False),
        machines=_cycling(STYLER, _STYLER_PUSHES[1]),
        energy=EnergyUse(daily_wh=380, curve="evening"),
        options=_OPTIONS,
    ),
)
