"""Humidity of a room, and the tanks of the appliances that work on it."""

from collections.abc import Mapping
from typing import Any, Final, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..refusal import Refusal
from .power import PowerMachine

_STEP_SECONDS: Final = 300.0


class HumidityMachine(Machine):
    """Move the measured humidity towards the target while the appliance works."""

    name = "humidity"
    actions: Mapping[str, str] = {"set_humidity": "let it rain: percent"}

    def __init__(self, part: Part, power: PowerMachine, *, current: str, target: str, ambient: int) -> None:
        """Follow `target`; at rest the room goes back to `ambient` percent."""
        super().__init__(part)
        self._power = power
        self._current, self._target, self._ambient = current, target, ambient

    @override
    def begin(self) -> None:
        """Begin within a step."""
        self.after("step", _STEP_SECONDS * self.host.rng.uniform(0.2, 1.0))

    @override
    def wake(self, timer: str) -> None:
        """Take a step of one percent."""
        current = int(self.part.get(self._current) or self._ambient)
        goal = int(self.part.get(self._target) or self._ambient) if self._power.is_on else self._ambient
        if goal != current:
            self.part.set(self._current, current + (1 if goal > current else -1))
        self.after("step", _STEP_SECONDS)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Change the room's humidity."""
        self.part.set(self._current, min(100, max(0, int(data["percent"]))))
        return None


class TankMachine(Machine):
    """A water tank that fills or empties while the appliance works, and then stops it."""

    name = "tank"
    actions: Mapping[str, str] = {
        "fill_tank": "fill the water tank to the brim",
        "empty_tank": "empty the water tank",
    }

    def __init__(self, part: Part, power: PowerMachine, *, fills: bool, push: str) -> None:
        """Watch a tank; `fills` tells a dehumidifier from a humidifier."""
        super().__init__(part)
        self._power = power
        self._fills = fills
        self._push = push
        self._percent = 20 if fills else 80

    @property
    def _is_exhausted(self) -> bool:
        return self._percent >= 100 if self._fills else self._percent <= 0

    @override
    def begin(self) -> None:
        """Watch from now on."""
        self.after("step", _STEP_SECONDS)

    @override
    def check(self, command: Command) -> None:
        """Refuse to start without room for water, or without water."""
        if self._is_exhausted and command.get(self._power.row.power) == "POWER_ON":
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "see to the water tank first")

    @override
    def wake(self, timer: str) -> None:
        """Let water come or go."""
        self.after("step", _STEP_SECONDS)
        if self._power.is_on:
            self._set(self._percent + (1 if self._fills else -1))

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Fill or empty."""
        self._set(100 if name == "fill_tank" else 0)
        return {"percent": self._percent}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return how full it is."""
        return {"percent": self._percent}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Take over how full it was."""
        self._percent = int(data["percent"])

    def _set(self, percent: int) -> None:
        was_exhausted = self._is_exhausted
        self._percent = percent
        if self._is_exhausted and not was_exhausted:
            self._power.switch(on=False)
            self.push(self._push)
