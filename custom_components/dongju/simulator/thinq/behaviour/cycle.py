"""Appliances that run a course: washer, dryer, styler, dishwasher and their combinations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..refusal import Refusal

_STATE: Final = "runState.currentState"
_REMOTE: Final = "remoteControlEnable.remoteControlEnabled"
_START_HOUR, _START_MINUTE = "timer.relativeHourToStart", "timer.relativeMinuteToStart"
_STOP_HOUR, _STOP_MINUTE = "timer.relativeHourToStop", "timer.relativeMinuteToStop"
_MINUTE: Final = 60.0
# An appliance that has finished switches itself off when nobody comes.
_AUTO_OFF_MINUTES: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """A stretch of a course: what the appliance says it does, and for how many minutes."""

    state: str
    minutes: int


def phases(**minutes: int) -> tuple[Phase, ...]:
    """Write a course down as state=minutes in order."""
    return tuple(Phase(state=state, minutes=length) for state, length in minutes.items())


@dataclass(frozen=True, kw_only=True, slots=True)
class CycleRow:
    """What tells one cycling appliance from another."""

    # The property START, STOP, POWER_OFF are written to.
    operation: str
    # Courses by name, the first is the one START runs: remote control cannot choose another.
    courses: Mapping[str, tuple[Phase, ...]]
    complete_push: str
    course_path: str | None = None
    door_path: str | None = None
    paused: str = "PAUSE"
    # Minutes the first working phase gains per kilogram of laundry.
    minutes_per_kg: int = 0


class CycleMachine(Machine):
    """Run courses by remote control, by hand, or after a delay."""

    name = "cycle"
    actions: Mapping[str, str] = {
        "press_power": "press the power button: part?",
        "press_start": "press the start/pause button: part?",
        "press_remote_start": "press the remote start button: part?",
        "select_course": "turn the dial: course, part?",
        "put_laundry": "fill it: kg, part?",
        "open_door": "open the door: part?",
        "close_door": "close the door: part?",
    }

    def __init__(self, part: Part, row: CycleRow) -> None:
        """Run the courses of a row."""
        super().__init__(part)
        self._row = row
        self._course = next(iter(row.courses))
        self._phases: list[Phase] = []
        self._elapsed = 0
        self._delay = 0
        self._kilograms = 0.0
        self._door_open = False

    @property
    def _now(self) -> str:
        return str(self.part.get(_STATE))

    @property
    def _total(self) -> int:
        return sum(phase.minutes for phase in self._phases or self._planned())

    @property
    def _is_running(self) -> bool:
        return any(phase.state == self._now for phase in self._phases)

    @override
    def check(self, command: Command) -> None:
        """Refuse what the run state does not allow."""
        operation = command.get(self._row.operation)
        if not self.part.get(_REMOTE):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_REMOTE_OFF, "remote start is off")
        delayed = command.has(_START_HOUR) or command.has(_STOP_HOUR)
        if self._now == "POWER_OFF" and (operation in {"START", "STOP"} or delayed):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_POWER_OFF, "the appliance is off")
        ready = self._now in {"INITIAL", "RESERVED", self._row.paused}
        if operation == "START" and (not ready or self._door_open):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, f"cannot start in {self._now}")
        if operation == "STOP" and not (self._is_running or self._now == "RESERVED"):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, f"nothing to stop in {self._now}")
        if delayed:
            self._check_delay(command)

    def _check_delay(self, command: Command) -> None:
        if self._now not in {"INITIAL", "RESERVED"} or self._door_open:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, f"cannot reserve in {self._now}")
        if command.has(_STOP_HOUR) and command.get(_STOP_HOUR) * 60 < self._total:
            raise refuse(Refusal.UNACCEPTABLE_PARAMETERS, "the course takes longer than that")

    @override
    def apply(self, command: Command) -> None:
        """Start, stop, switch or reserve."""
        if command.has(_START_HOUR):
            self._reserve(int(command.take(_START_HOUR)) * 60)
        elif command.has(_STOP_HOUR):
            self._reserve(max(1, int(command.take(_STOP_HOUR)) * 60 - self._total))
        if command.has(self._row.operation):
            operation = command.take(self._row.operation)
            _OPERATIONS.get(str(operation), CycleMachine._do_nothing)(self)

    @override
    def wake(self, timer: str) -> None:
        """Let a minute pass, or switch off after the end."""
        if timer == "off":
            self._switch_off()
        elif self._now == "RESERVED":
            self._count_down()
        elif self._is_running:
            self._pass_minute()

    @override
    def on_fault(self, *, active: bool) -> None:
        """Stand still while there is an error."""
        if active:
            self.cancel("minute", "off")
            self.part.set(_STATE, "ERROR")
        else:
            self._reset()
            self.part.set(_STATE, "INITIAL")

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Press a button, turn the dial, fill it, move the door."""
        match name:
            case "press_power":
                self._wake_up() if self._now == "POWER_OFF" else self._switch_off()
            case "press_start":
                self._press_start()
            case "press_remote_start":
                self._press_remote_start()
            case "select_course":
                self._select_course(str(data["course"]))
            case "put_laundry":
                self._kilograms = float(data.get("kg", 3))
            case _:
                self._move_door(is_open=name == "open_door")
        return {"state": self._now}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the course under way."""
        return {
            "course": self._course,
            "phases": [[phase.state, phase.minutes] for phase in self._phases],
            "elapsed": self._elapsed,
            "delay": self._delay,
            "kilograms": self._kilograms,
            "door_open": self._door_open,
        }

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on with a course."""
        if data["course"] in self._row.courses:
            self._course = data["course"]
        self._phases = [Phase(state=state, minutes=minutes) for state, minutes in data["phases"]]
        self._elapsed, self._delay = int(data["elapsed"]), int(data["delay"])
        self._kilograms, self._door_open = float(data["kilograms"]), bool(data["door_open"])

    def _do_nothing(self) -> None:
        """Take an operation that changes nothing here."""

    def _planned(self) -> list[Phase]:
        """Return the chosen course with the time the load adds."""
        planned = list(self._row.courses[self._course])
        longest = max(range(len(planned)), key=lambda index: planned[index].minutes)
        extra = round(self._kilograms * self._row.minutes_per_kg)
        planned[longest] = Phase(state=planned[longest].state, minutes=planned[longest].minutes + extra)
        return planned

    def _start(self) -> None:
        if self._door_open or self._now not in {"INITIAL", "RESERVED", self._row.paused}:
            return
        if self._now != self._row.paused or not self._phases:
            self._phases, self._elapsed = self._planned(), 0
        self._clear_reservation()
        self._show()
        self.after("minute", _MINUTE)

    def _stop(self) -> None:
        self.cancel("minute")
        if self._now == "RESERVED":
            self._clear_reservation()
            self.part.set(_STATE, "INITIAL")
        elif self._is_running:
            self.part.set(_STATE, self._row.paused)

    def _switch_off(self) -> None:
        self._reset()
        self.part.update({_STATE: "POWER_OFF", _REMOTE: False})

    def _wake_up(self) -> None:
        if self._now == "POWER_OFF":
            self._reset()
            self.part.set(_STATE, "INITIAL")

    def _reset(self) -> None:
        self.cancel("minute", "off")
        self._phases, self._elapsed = [], 0
        self._clear_reservation()
        self._show_time(self._total, self._total)

    def _pass_minute(self) -> None:
        self._elapsed += 1
        if self._elapsed >= self._total:
            self._finish()
        else:
            self._show()
            self.after("minute", _MINUTE)

    def _finish(self) -> None:
        self._phases, self._elapsed, self._kilograms = [], 0, 0.0
        self._show_time(0, self._total)
        self.part.update({_STATE: "END", _REMOTE: False})
        if self.part.has("cycle.cycleCount"):
            self.part.set("cycle.cycleCount", int(self.part.get("cycle.cycleCount") or 0) + 1)
        self.push(self._row.complete_push)
        self.after("off", _AUTO_OFF_MINUTES * _MINUTE)

    def _reserve(self, minutes: int) -> None:
        self._delay = minutes
        self.part.set(_STATE, "RESERVED")
        self._show_time(self._total, self._total)
        self._show_delay()
        self.after("minute", _MINUTE)

    def _count_down(self) -> None:
        self._delay -= 1
        if self._delay <= 0:
            self._start()
        else:
            self._show_delay()
            self.after("minute", _MINUTE)

    def _clear_reservation(self) -> None:
        self._delay = 0
        self._show_delay()

    def _show(self) -> None:
        """Put the running phase and the remaining time on the wire."""
        passed = 0
        for phase in self._phases:
            passed += phase.minutes
            if self._elapsed < passed:
                self.part.set(_STATE, phase.state)
                break
        self._show_time(self._total - self._elapsed, self._total)

    def _show_time(self, remaining: int, total: int) -> None:
        self._show_minutes("timer.remainHour", "timer.remainMinute", remaining)
        self._show_minutes("timer.totalHour", "timer.totalMinute", total)

    def _show_delay(self) -> None:
        self._show_minutes(_START_HOUR, _START_MINUTE, self._delay)
        self._show_minutes(_STOP_HOUR, _STOP_MINUTE, self._delay + self._total if self._delay else 0)

    def _show_minutes(self, hour: str, minute: str, value: int) -> None:
        if self.part.has(hour):
            self.part.set(hour, value // 60)
        if self.part.has(minute):
            self.part.set(minute, value % 60)

    def _press_start(self) -> None:
        if self._is_running or self._now == "RESERVED":
            self._stop()
            return
        if self._door_open:
            raise ValueError("the door is open")
        if self._now not in {"INITIAL", self._row.paused}:
            raise ValueError(f"the start button does nothing in {self._now}")
        self._start()

    def _press_remote_start(self) -> None:
        if self._door_open or self._now in {"POWER_OFF", "ERROR", "END"}:
            raise ValueError("switch it on and close the door first")
        self.part.set(_REMOTE, not self.part.get(_REMOTE))

    def _select_course(self, course: str) -> None:
        if course not in self._row.courses:
            raise ValueError(f"unknown course {course!r}; known: {', '.join(self._row.courses)}")
        if self._now != "INITIAL":
            raise ValueError(f"the dial does nothing in {self._now}")
        self._course = course
        if self._row.course_path:
            self.part.set(self._row.course_path, course)
        self._show_time(self._total, self._total)

    def _move_door(self, *, is_open: bool) -> None:
        self._door_open = is_open
        if self._row.door_path:
            self.part.set(self._row.door_path, "OPEN" if is_open else "CLOSE")
        if is_open:
            # Whoever opens the door takes the appliance back into their own hands.
            self._stop()
            self.part.set(_REMOTE, False)


_OPERATIONS: Final = {
    "START": CycleMachine._start,  # noqa: SLF001
    "STOP": CycleMachine._stop,  # noqa: SLF001
    "POWER_OFF": CycleMachine._switch_off,  # noqa: SLF001
    "POWER_ON": CycleMachine._wake_up,  # noqa: SLF001
    "WAKE_UP": CycleMachine._wake_up,  # noqa: SLF001
}
