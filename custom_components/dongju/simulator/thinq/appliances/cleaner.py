"""Robot cleaner and stick cleaner."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, Final, override

from ..behaviour.fault import FaultMachine
from ..machine import Machine, refuse
from ..part import Command, Part
from ..profile import Wire, number, read_enum, read_span, write_enum
from ..refusal import Refusal
from .family import Family, Options

_STATE: Final = "runState.currentState"
_MINUTE: Final = 60.0
_CLEANING_MINUTES: Final = 45
_HOMING_MINUTES: Final = 2
_LOW_PERCENT: Final = 15
_ROBOT_STATES: Final = (
    "INITIALIZING", "CHARGING", "SLEEP", "STANDBY", "WORKING", "PAUSE", "HOMING", "RESERVATION", "MACROSECTOR",
    "SETDATE", "DIAGNOSIS", "ERROR",
)  # fmt: skip
_ROBOT_ERRORS: Final = (
    "MOVE_ERROR", "BLOCK_ERROR", "BRUSH_ERROR", "RIGHT_WHEEL_ERROR", "LEFT_WHEEL_ERROR", "CLIFF_ERROR",
    "NO_DUST_BIN_ERROR", "SUCTION_BLOCKED_ERROR", "MOP_ERROR", "UNKNOWN_ERROR",
)  # fmt: skip
_ROBOT_PUSHES: Final = (
    "CLEANING_IS_COMPLETED", "CLEANING_IS_FAILED", "SCHEDULED_CLEANING_STARTS", "NEED_TO_CHECK_LOCATION",
    "MOTION_IS_DETECTED", "HOMEGUARD_IS_STOPPED",
)  # fmt: skip


def _robot_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "runState": {"currentState": read_enum(*_ROBOT_STATES)},
        "robotCleanerJobMode": {
            "currentJobMode": read_enum("ZIGZAG", "SECTOR_BASE", "SELECT", "SPOT", "EDGE", "MACRO")
        },
        "operation": {"cleanOperationMode": write_enum("START", "PAUSE", "HOMING", "WAKE_UP")},
        "battery": {
            "level": read_enum("MOVELESS", "DOCK_LEVEL", "LOW", "MID", "HIGH", "FULL", "OVER_CHARGE"),
            "percent": number(),
        },
        "timer": {
            "runningHour": number(),
            "runningMinute": number(),
            "absoluteHourToStart": number(),
            "absoluteMinuteToStart": number(),
        },
    }
    return {"property": properties, "notification": {"push": list(_ROBOT_PUSHES)}, "error": list(_ROBOT_ERRORS)}


def _robot_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"currentState": "CHARGING"},
        "robotCleanerJobMode": {"currentJobMode": "ZIGZAG"},
        "battery": {"level": "FULL", "percent": 100},
        "timer": {"runningHour": 0, "runningMinute": 0, "absoluteHourToStart": None, "absoluteMinuteToStart": None},
    }


# Operation -> run states it is allowed in.
_ALLOWED: Final[Mapping[str, frozenset[str]]] = {
    "START": frozenset({"CHARGING", "SLEEP", "STANDBY", "PAUSE", "HOMING", "RESERVATION"}),
    "PAUSE": frozenset({"WORKING", "HOMING"}),
    "HOMING": frozenset({"WORKING", "PAUSE", "STANDBY", "SLEEP"}),
    "WAKE_UP": frozenset({"SLEEP", "CHARGING", "STANDBY"}),
}


class _RobotMachine(Machine):
    """Clean, pause, go home, charge."""

    name = "robot"
    actions: Mapping[str, str] = {
        "press_start": "press the start/pause button",
        "press_home": "press the home button",
        "carry_away": "lift it and put it down elsewhere",
        "put_on_dock": "put it on its dock",
        "set_schedule": "set a daily start in the app: hour, minute, or nothing to cancel",
    }

    def __init__(self, part: Part) -> None:
        """Look after a robot."""
        super().__init__(part)
        self._cleaned = 0
        self._homing = 0

    @property
    def _now(self) -> str:
        return str(self.part.get(_STATE))

    @property
    def _percent(self) -> int:
        return int(self.part.get("battery.percent") or 0)

    @override
    def check(self, command: Command) -> None:
        """Refuse what the run state does not allow."""
        operation = str(command.get("operation.cleanOperationMode"))
        if self._now not in _ALLOWED.get(operation, frozenset()):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, f"no {operation} in {self._now}")
        if operation == "START" and self._percent < _LOW_PERCENT:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "the battery is low")

    @override
    def apply(self, command: Command) -> None:
        """Clean, pause or go home."""
        operation = str(command.take("operation.cleanOperationMode"))
        if self._now in _ALLOWED.get(operation, frozenset()):
            self._do(operation)

    @override
    def wake(self, timer: str) -> None:
        """Let a minute pass, or start by schedule."""
        if timer == "schedule":
            self._schedule_again()
            if self._now in _ALLOWED["START"] and self._percent >= _LOW_PERCENT:
                self.push("SCHEDULED_CLEANING_STARTS")
                self._do("START")
            return
        match self._now:
            case "WORKING":
                self._clean()
            case "HOMING":
                self._homing -= 1
                if self._homing <= 0:
                    self._set("CHARGING")
                self.after("minute", _MINUTE)
            case "CHARGING" if self._percent < 100:
                # Half a percent a minute, told in steps that do not chatter.
                self._set_percent(self._percent + 1)
                self.after("minute", 2 * _MINUTE)

    @override
    def on_fault(self, *, active: bool) -> None:
        """Get stuck, or stand by again."""
        was_working = self._now == "WORKING"
        self.cancel("minute")
        self._set("ERROR" if active else "STANDBY")
        if active and was_working:
            self.push("CLEANING_IS_FAILED")

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Press its buttons or carry it."""
        match name:
            case "press_start":
                self._do("PAUSE" if self._now == "WORKING" else "START")
            case "press_home":
                self._do("HOMING")
            case "carry_away":
                self.cancel("minute")
                self._set("STANDBY")
                self.push("NEED_TO_CHECK_LOCATION")
            case "put_on_dock":
                self._set("CHARGING")
                self.after("minute", _MINUTE)
            case _:
                self._set_schedule(data.get("hour"), data.get("minute", 0))
        return {"state": self._now}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return how far it got."""
        return {"cleaned": self._cleaned, "homing": self._homing}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on."""
        self._cleaned, self._homing = int(data["cleaned"]), int(data["homing"])

    def _do(self, operation: str) -> None:
        if operation == "START":
            if self._now not in {"PAUSE", "HOMING"}:
                self._cleaned = 0
            self._set("WORKING")
            self.after("minute", _MINUTE)
        elif operation == "PAUSE":
            self.cancel("minute")
            self._set("PAUSE")
        elif operation == "HOMING":
            self._go_home()
        elif self._now == "SLEEP":
            self._set("STANDBY")

    def _go_home(self) -> None:
        self._homing = _HOMING_MINUTES
        self._set("HOMING")
        self.after("minute", _MINUTE)

    def _clean(self) -> None:
        self._cleaned += 1
        self.part.update({"timer.runningHour": self._cleaned // 60, "timer.runningMinute": self._cleaned % 60})
        self._set_percent(self._percent - 1)
        done = self._cleaned >= _CLEANING_MINUTES
        if done or self._percent < _LOW_PERCENT:
            self._go_home()
            if done:
                self.push("CLEANING_IS_COMPLETED")
        else:
            self.after("minute", _MINUTE)

    def _set(self, state: str) -> None:
        self.part.set(_STATE, state)

    def _set_percent(self, percent: int) -> None:
        percent = max(0, min(100, percent))
        level = next(word for bound, word in ((5, "MOVELESS"), (20, "LOW"), (60, "MID"), (95, "HIGH"), (100, "FULL"))
                     if percent <= bound)  # fmt: skip
        self.part.update({"battery.percent": percent, "battery.level": level})

    def _set_schedule(self, hour: int | None, minute: int) -> None:
        self.part.set("timer.absoluteHourToStart", hour)
        self.part.set("timer.absoluteMinuteToStart", None if hour is None else minute)
        self.cancel("schedule")
        if hour is not None:
            self._schedule_again()

    def _schedule_again(self) -> None:
        now = self.host.clock.now()
        hour, minute = self.part.get("timer.absoluteHourToStart"), self.part.get("timer.absoluteMinuteToStart")
        due = now.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
        self.after("schedule", (due - now).total_seconds() % 86400 or 86400)


def _stick_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "runState": {"currentState": read_enum("CHARGING", "CHARGING_COMPLETE", "WORKING", "STANDBY")},
        "stickCleanerJobMode": {"currentJobMode": read_enum("OFF", "AUTO", "NORMAL", "HIGH", "TURBO", "MOP")},
        "battery": {"level": read_enum("WARNING", "LOW", "MID", "HIGH"), "percent": read_span(0, 100)},
    }
    return {"property": properties, "notification": {"push": ["TIME_TO_CLEAN_FILTER", "CHARGING_IS_COMPLETE"]}}


def _stick_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"currentState": "CHARGING_COMPLETE"},
        "stickCleanerJobMode": {"currentJobMode": "OFF"},
        "battery": {"level": "HIGH", "percent": 100},
    }


class _StickMachine(Machine):
    """A stick cleaner in somebody's hands, or on its stand."""

    name = "stick"
    actions: Mapping[str, str] = {
        "start_cleaning": "take it and clean: mode? (AUTO, NORMAL, HIGH, TURBO, MOP)",
        "stop_cleaning": "switch it off",
        "put_on_dock": "put it on its stand",
    }

    @override
    def wake(self, timer: str) -> None:
        """Drain or charge by a percent."""
        percent = int(self.part.get("battery.percent") or 0)
        working = self.part.get(_STATE) == "WORKING"
        self._set_percent(percent + (-2 if working else 1))
        if working and percent <= 2:
            self._stop("STANDBY")
        elif not working and percent >= 99:
            self.part.set(_STATE, "CHARGING_COMPLETE")
            self.push("CHARGING_IS_COMPLETE")
        else:
            self.after("minute", _MINUTE if working else 2 * _MINUTE)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take it, stop, put it back."""
        if name == "start_cleaning":
            self.part.update({_STATE: "WORKING", "stickCleanerJobMode.currentJobMode": str(data.get("mode", "NORMAL"))})
            self.after("minute", _MINUTE)
        elif name == "stop_cleaning":
            self._stop("STANDBY")
        else:
            full = int(self.part.get("battery.percent") or 0) >= 100
            self._stop("CHARGING_COMPLETE" if full else "CHARGING")
            if not full:
                self.after("minute", 2 * _MINUTE)
        return None

    def _stop(self, state: str) -> None:
        self.cancel("minute")
        self.part.update({_STATE: state, "stickCleanerJobMode.currentJobMode": "OFF"})

    def _set_percent(self, percent: int) -> None:
        percent = max(0, min(100, percent))
        level = next(word for bound, word in ((10, "WARNING"), (30, "LOW"), (70, "MID"), (100, "HIGH"))
                     if percent <= bound)  # fmt: skip
        self.part.update({"battery.percent": percent, "battery.level": level})


def _robot_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    return [FaultMachine(part), _RobotMachine(part)]


FAMILIES: Final = (
    Family(
        type="robot_cleaner",
        device_type="DEVICE_ROBOT_CLEANER",
        model="R9TWI",
        profile=_robot_profile,
        state=_robot_state,
        machines=_robot_machines,
    ),
    Family(
        type="stick_cleaner",
        device_type="DEVICE_STICK_CLEANER",
        model="A9TS",
        profile=_stick_profile,
        state=_stick_state,
        machines=lambda part, _raw: [_StickMachine(part)],
    ),
)
