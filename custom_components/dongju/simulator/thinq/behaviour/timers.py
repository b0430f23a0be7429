"""Timers that switch an appliance on or off: after some hours, or at a time of day."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..refusal import Refusal
from .power import PowerMachine

# Remaining hours and minutes are shown in steps, so that a waiting timer does not chatter.
_SHOWN_MINUTES: Final = 10


class TimerMachine(Machine):
    """One timer: its hour, its minute and whether it is set."""

    def __init__(self, part: Part, power: PowerMachine, resource: str, kind: str, edge: str) -> None:
        """Look after `{resource}.{kind}HourTo{edge}` and its companions."""
        super().__init__(part)
        self.name = f"{resource}-{kind}-{edge}"  # type: ignore[misc] # several on one part
        self._power = power
        self._absolute = kind == "absolute"
        self._edge = edge
        self._hour = f"{resource}.{kind}HourTo{edge}"
        self._minute = f"{resource}.{kind}MinuteTo{edge}"
        self._state = f"{resource}.{kind}{edge}Timer"
        self._left = 0

    @override
    def check(self, command: Command) -> None:
        """Refuse a time that is none; the profile calls these plain numbers."""
        for path, limit in ((self._hour, 23 if self._absolute else 24), (self._minute, 59)):
            value = command.get(path)
            if value is not None and (value != int(value) or not -1 <= value <= limit):
                raise refuse(Refusal.UNACCEPTABLE_PARAMETERS, f"{path} does not take {value!r}")

    @override
    def apply(self, command: Command) -> None:
        """Set or cancel."""
        paths = (self._hour, self._minute, self._state)
        if not any(command.has(path) for path in paths):
            return
        hour, minute, state = (command.take(path) for path in paths)
        # Two ways to cancel are in use: the state says UNSET, or hour and minute are -1.
        if state == "UNSET" or -1 in (hour, minute):
            self.unset(force=True)
        elif hour is not None or minute is not None:
            self._set(int(hour or 0), int(minute or 0))

    @override
    def wake(self, timer: str) -> None:
        """Count down, or switch."""
        if self._absolute or self._left <= 0:
            self.unset()
            self._power.switch(on=self._edge == "Start")
            return
        self._count()

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the minutes left."""
        return {"left": self._left}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on counting."""
        self._left = int(data["left"])

    def unset(self, *, force: bool = False) -> None:
        """Cancel the timer; its times become null."""
        self.cancel("due")
        self._left = 0
        for path, value in ((self._hour, None), (self._minute, None), (self._state, "UNSET")):
            if self.part.has(path) or self.part.get(path) is not None:
                self.part.set(path, value, force=force)

    def _set(self, hour: int, minute: int) -> None:
        if self._absolute:
            now = self.host.clock.now()
            due = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
            if due <= now:
                due += timedelta(days=1)
            self.after("due", (due - now).total_seconds())
        elif hour or minute:
            self._left = hour * 60 + minute
            self._count(first=True)
        else:
            self.unset(force=True)
            return
        self._show(hour, minute, force=True)

    def _count(self, *, first: bool = False) -> None:
        """Wait for the next time that is shown."""
        if not first:
            self._show(self._left // 60, self._left % 60)
        step = min(self._left, self._left % _SHOWN_MINUTES or _SHOWN_MINUTES)
        self._left -= step
        self.after("due", step * 60.0)

    def _show(self, hour: int, minute: int, *, force: bool = False) -> None:
        self.part.set(self._hour, hour, force=force)
        if self.part.has(self._minute):
            self.part.set(self._minute, minute, force=force)
        if self.part.has(self._state) or self.part.get(self._state) is not None:
            self.part.set(self._state, "SET", force=force)


def timer_machines(part: Part, power: PowerMachine) -> list[Machine]:
    """Return a machine for every timer the profile has."""
    return [
        TimerMachine(part, power, resource, kind, edge)
        for resource in ("timer", "sleepTimer")
        for kind in ("relative", "absolute")
        for edge in ("Start", "Stop")
        if part.has(f"{resource}.{kind}HourTo{edge}")
    ]
