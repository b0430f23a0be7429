"""Ovens and hobs at work: heat that rises, timers that run down, and strict limits from afar."""

from collections.abc import Mapping
import math
from typing import Any, Final, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..profile import domain_of
from ..refusal import Refusal

_STATE: Final = "runState.currentState"
_REMOTE: Final = "remoteControlEnable.remoteControlEnabled"
_OPERATION: Final = "operation.ovenOperationMode"
_TARGET: Final = "temperature.targetTemperature"
_MINUTE: Final = 60.0
# An oven gains this many degrees Celsius a minute, and cools down for this many minutes.
_DEGREES_PER_MINUTE: Final = 20
_COOLING_MINUTES: Final = 8


class OvenMachine(Machine):
    """One cavity: preheat, cook, cool down."""

    name = "oven"
    actions: Mapping[str, str] = {
        "start_cooking": "cook by hand: mode?, celsius?, minutes?, part?",
        "press_stop": "press stop: part?",
        "press_remote_start": "press the remote start button: part?",
        "open_door": "open the door: part?",
        "close_door": "close the door: part?",
    }

    def __init__(self, part: Part) -> None:
        """Look after a cavity."""
        super().__init__(part)
        self._minutes = 0
        self._preheat = 0
        self._door_open = False

    @property
    def _now(self) -> str:
        return str(self.part.get(_STATE))

    @property
    def _is_hot(self) -> bool:
        return self._now in {"PREHEATING", "COOKING_IN_PROGRESS", "CLEANING"}

    @override
    def check(self, command: Command) -> None:
        """Refuse what remote start or the cavity's state does not allow."""
        if not self.part.get(_REMOTE):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_REMOTE_OFF, "remote start is off")
        operation = command.get(_OPERATION)
        if operation == "STOP" and not self._is_hot:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "nothing to stop")
        if operation == "START" and (self._door_open or self._now == "ERROR"):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "the door is open")
        if operation is None and not self._is_hot:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "it is not cooking")

    @override
    def apply(self, command: Command) -> None:
        """Stop, or start where the model allows it."""
        operation = command.take(_OPERATION)
        if operation == "STOP":
            self._rest()
            return
        hours, minutes = command.get("timer.targetHour"), command.get("timer.targetMinute")
        if hours is not None or minutes is not None:
            self._minutes = int(hours or 0) * 60 + int(minutes or 0)
        if command.has(_TARGET):
            unit = next((change.selector.value for change in command.changes if change.selector), "C")
            self.part.set("temperature.unit", unit)
            self.part.set(_TARGET, command.take(_TARGET), force=True)
        if operation == "START" and not self._door_open:
            self._heat()

    @override
    def wake(self, timer: str) -> None:
        """Let a minute pass."""
        match self._now:
            case "PREHEATING":
                self._preheat -= 1
                if self._preheat <= 0:
                    self._cook()
                    self.push("PREHEATING_IS_COMPLETE")
                else:
                    self.after("minute", _MINUTE)
            case "COOKING_IN_PROGRESS":
                self._minutes -= 1
                self._show_time()
                if self._minutes <= 0:
                    self._finish()
                else:
                    self.after("minute", _MINUTE)
            case "DONE":
                self.part.set(_STATE, "COOLING")
                self.after("minute", _COOLING_MINUTES * _MINUTE)
            case "COOLING":
                self._rest()

    @override
    def on_fault(self, *, active: bool) -> None:
        """Never go on heating with an error."""
        self._rest()
        if active:
            self.part.set(_STATE, "ERROR")

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Use panel and door."""
        match name:
            case "start_cooking":
                self._cook_by_hand(data)
            case "press_stop":
                self._rest()
            case "press_remote_start":
                if self._door_open:
                    raise ValueError("close the door first")
                self.part.set(_REMOTE, not self.part.get(_REMOTE))
            case _:
                self._door_open = name == "open_door"
                if self._door_open:
                    self.part.set(_REMOTE, False)
        return {"state": self._now}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return what is left to do."""
        return {"minutes": self._minutes, "preheat": self._preheat, "door_open": self._door_open}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on cooking."""
        self._minutes, self._preheat = int(data["minutes"]), int(data["preheat"])
        self._door_open = bool(data["door_open"])

    def _cook_by_hand(self, data: Mapping[str, Any]) -> None:
        if self._door_open:
            raise ValueError("close the door first")
        celsius = float(data.get("celsius", 180))
        fahrenheit = self.part.get("temperature.unit") == "F"
        self.part.set(_TARGET, round(celsius * 9 / 5 + 32) if fahrenheit else round(celsius))
        self._minutes = int(data.get("minutes", 30))
        if self.part.has("cook.cookMode"):
            self.part.set("cook.cookMode", str(data.get("mode", "BAKE")))
        self._heat()

    def _heat(self) -> None:
        target = float(self.part.get(_TARGET) or 180)
        celsius = (target - 32) * 5 / 9 if self.part.get("temperature.unit") == "F" else target
        self._preheat = max(1, math.ceil((celsius - 25) / _DEGREES_PER_MINUTE))
        self._minutes = self._minutes or 30
        self.part.set(_STATE, "PREHEATING")
        self._show_time()
        self.after("minute", _MINUTE)

    def _cook(self) -> None:
        self.part.set(_STATE, "COOKING_IN_PROGRESS")
        self._show_time()
        self.after("minute", _MINUTE)

    def _finish(self) -> None:
        self.part.update({_STATE: "DONE", _REMOTE: False})
        self.push("COOKING_IS_COMPLETE")
        self.after("minute", 2 * _MINUTE)

    def _rest(self) -> None:
        self.cancel("minute")
        self._minutes = self._preheat = 0
        self.part.set(_STATE, "INITIAL")
        self.part.set(_TARGET, 0)
        self._show_time()

    def _show_time(self) -> None:
        minutes = max(0, self._minutes)
        for kind in ("remain", "target"):
            if self.part.has(f"timer.{kind}Hour"):
                self.part.set(f"timer.{kind}Hour", minutes // 60)
                self.part.set(f"timer.{kind}Minute", minutes % 60)


class CookingZoneMachine(Machine):
    """One zone of a hob: lit by hand, turned down or off from afar, never lit from afar."""

    name = "zone"
    actions: Mapping[str, str] = {
        "turn_knob": "set a zone by hand: level (0 is off), minutes?, part?",
        "press_remote": "allow remote control: part?",
    }

    @property
    def _left(self) -> int:
        return int(self.part.get("timer.remainHour") or 0) * 60 + int(self.part.get("timer.remainMinute") or 0)

    @property
    def _is_lit(self) -> bool:
        return self.part.get("cookingZone.currentState") in {"COOK", "PAUSE"}

    @override
    def check(self, command: Command) -> None:
        """Refuse to light a zone."""
        if not self.part.get(_REMOTE):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_REMOTE_OFF, "remote control is off")
        if not self._is_lit:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "the zone is not lit")

    @override
    def apply(self, command: Command) -> None:
        """Change level and timer of a burning zone."""
        level = command.take("power.powerLevel")
        hours, minutes = command.take("timer.remainHour"), command.take("timer.remainMinute")
        if hours is not None or minutes is not None:
            # Half of a time leaves the other half as it is.
            left = self._left
            hours = left // 60 if hours is None else int(hours)
            minutes = left % 60 if minutes is None else int(minutes)
            self._set_timer(hours * 60 + minutes, force=True)
        if level is not None:
            self.set_level(int(level), force=True)

    @override
    def wake(self, timer: str) -> None:
        """Let a minute of the timer pass."""
        left = self._left - 1
        self._set_timer(left)
        if left <= 0:
            self.set_level(0)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Turn the knob."""
        if name == "press_remote":
            self.part.set(_REMOTE, not self.part.get(_REMOTE))
            return None
        allowed = domain_of(self.part.descriptor("power.powerLevel"), "r")
        level = int(data["level"])
        if not 0 <= level <= allowed["max"]:
            raise ValueError(f"no level {level}")
        self._set_timer(int(data.get("minutes", 0)))
        self.set_level(level)
        return {"state": self.part.get("cookingZone.currentState")}

    def set_level(self, level: int, *, force: bool = False) -> None:
        """Burn at a level; 0 puts the zone out."""
        self.part.set("power.powerLevel", level, force=force)
        self.part.set("cookingZone.currentState", "COOK" if level else "INITIAL")
        if not level:
            self._set_timer(0)

    def _set_timer(self, minutes: int, *, force: bool = False) -> None:
        minutes = max(0, minutes)
        self.part.set("timer.remainHour", minutes // 60, force=force)
        self.part.set("timer.remainMinute", minutes % 60, force=force)
        if minutes:
            self.after("minute", _MINUTE)
        else:
            self.cancel("minute")


class HobMachine(Machine):
    """The hob as a whole: switching everything off is always allowed."""

    name = "hob"

    @override
    def apply(self, command: Command) -> None:
        """Put every zone out."""
        if command.take("operation.operationMode") == "POWER_OFF":
            for machine in self.host.machines:
                if isinstance(machine, CookingZoneMachine):
                    machine.set_level(0)


class MicrowaveMachine(Machine):
    """A microwave oven: started by hand only."""

    name = "microwave"
    actions: Mapping[str, str] = {
        "start_cooking": "cook by hand: minutes, seconds?",
        "press_stop": "press stop",
    }

    def __init__(self, part: Part) -> None:
        """Look after the cavity."""
        super().__init__(part)
        self._seconds = 0

    @override
    def wake(self, timer: str) -> None:
        """Let half a minute pass."""
        if self.part.get(_STATE) == "COOK_COMPLETE":
            self.part.set(_STATE, "INITIAL")
            return
        self._seconds -= min(30, self._seconds)
        self._show()
        if self._seconds:
            self.after("step", min(30.0, self._seconds))
            return
        self.part.set(_STATE, "COOK_COMPLETE")
        self.push("COOKING_IS_COMPLETE")
        self.after("step", 5 * _MINUTE)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Start or stop."""
        if name == "press_stop":
            self.cancel("step")
            self._seconds = 0
            self.part.set(_STATE, "INITIAL")
        else:
            self._seconds = int(data.get("minutes", 0)) * 60 + int(data.get("seconds", 0))
            if not 0 < self._seconds < 3600:
                raise ValueError("cook for a second up to an hour")
            self.part.set(_STATE, "COOK")
            self.after("step", min(30.0, self._seconds))
        self._show()
        return None

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the seconds left."""
        return {"seconds": self._seconds}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on cooking."""
        self._seconds = int(data["seconds"])

    def _show(self) -> None:
        self.part.update({"timer.remainMinute": self._seconds // 60, "timer.remainSecond": self._seconds % 60})


class HoodMachine(Machine):
    """A hood, on when its fan or its lamp is."""

    name = "hood"
    actions: Mapping[str, str] = {"press_timer": "let it run on: minutes"}

    @override
    def apply(self, command: Command) -> None:
        """Store fan and lamp, and say whether it is on."""
        for change in command.rest():
            self.part.store(change)
        command.taken.update(change.path for change in command.changes)
        self._show()

    @override
    def wake(self, timer: str) -> None:
        """Let a minute of the timer pass."""
        left = int(self.part.get("timer.remainMinute") or 0) - 1
        self.part.set("timer.remainMinute", max(0, left))
        if left > 0:
            self.after("minute", _MINUTE)
        else:
            self.part.update({"ventilation.fanSpeed": 0, "lamp.lampBrightness": 0})
            self._show()

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Let it run for some minutes more."""
        minutes = int(data["minutes"])
        if not 0 < minutes < 60:
            raise ValueError("from a minute up to an hour")
        self.part.set("timer.remainMinute", minutes)
        self.after("minute", _MINUTE)
        return None

    def _show(self) -> None:
        works = self.part.get("ventilation.fanSpeed") or self.part.get("lamp.lampBrightness")
        self.part.set("operation.hoodOperationMode", "POWER_ON" if works else "POWER_OFF")
