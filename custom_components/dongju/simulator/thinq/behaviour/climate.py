"""Rooms that warm up and cool down, and air conditioners that have a say in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
import math
from typing import Any, Final, override

from ..machine import refuse
from ..part import Change, Command, Part, Selector
from ..refusal import Refusal
from ..temperature import AIR_PAIRS, TemperatureLink, fahrenheit
from .power import PowerMachine

_BUSY_SECONDS: Final = 180.0
_IDLE_SECONDS: Final = 900.0
# Indoor degrees Celsius a flat settles at without help, by month.
_INDOORS: Final = (20.0, 20.5, 21.5, 22.5, 23.5, 25.5, 27.5, 28.0, 26.0, 23.5, 22.0, 20.5)


def indoors(now: datetime) -> float:
    """Return the temperature a room settles at by itself: by season and time of day."""
    return _INDOORS[now.month - 1] + math.sin((now.hour - 9) / 24 * 2 * math.pi)


@dataclass(frozen=True, kw_only=True, slots=True)
class ClimateRow:
    """Which resources hold the temperatures, and what each mode does to the room."""

    current: str = "temperature.currentTemperature"
    current_in_units: str = "temperatureInUnits.currentTemperature"
    mode: str = "airConJobMode.currentJobMode"
    cooling: frozenset[str] = frozenset({"COOL", "AUTO", "AIR_DRY", "ENERGY_SAVING"})
    heating: frozenset[str] = frozenset({"HEAT"})
    # First target in Celsius per mode; an appliance remembers one for each.
    targets: Mapping[str, int] = field(default_factory=lambda: {"COOL": 26, "AIR_DRY": 26, "HEAT": 22, "AUTO": 24})


class ClimateMachine(TemperatureLink):
    """Targets by mode, and the room following them."""

    name = "climate"
    actions: Mapping[str, str] = {
        "set_room_temperature": "let the sun or a window do it: celsius",
    }

    def __init__(self, part: Part, power: PowerMachine, row: ClimateRow) -> None:
        """Look after the temperatures of a part."""
        super().__init__(part, AIR_PAIRS)
        self._power = power
        self._row = row
        self._targets: dict[str, float] = dict(row.targets)

    @override
    def begin(self) -> None:
        """Let the room drift."""
        self.after("drift", self._period * self.host.rng.uniform(0.3, 1.0))

    @override
    def check(self, command: Command) -> None:
        """Refuse the target of another mode, and two targets the wrong way round."""
        mode = command.get(self._row.mode) or self.part.get(self._row.mode)
        for change in command.changes:
            wanted = _MODE_OF_TARGET.get(change.path.rpartition(".")[2])
            two_set = change.path.startswith("twoSetTemperature")
            if wanted is not None and not two_set and mode not in wanted:
                raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_MODE, f"{change.path}: the mode is {mode}")
            if change.path.endswith(".targetTemperature") and mode not in self._targets:
                raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_MODE, f"{mode} has no target temperature")
        heat = command.get("twoSetTemperatureInUnits.heatTargetTemperature")
        cool = command.get("twoSetTemperatureInUnits.coolTargetTemperature")
        if heat is not None and cool is not None and heat > cool:
            raise refuse(Refusal.UNACCEPTABLE_PARAMETERS, "the heating target is above the cooling target")

    @override
    def apply(self, command: Command) -> None:
        """Take targets, and show the target that belongs to a new mode."""
        clean = command.get("operation.airCleanOperationMode")
        if clean is not None:
            command.taken.add("operation.airCleanOperationMode")
            self._set_mode("AIR_CLEAN" if clean == "START" else "COOL")
        if command.has(self._row.mode):
            self._set_mode(str(command.take(self._row.mode)))
        super().apply(command)
        self._wake_soon()

    @override
    def spread(self, change: Change) -> None:
        """Remember the target of the mode."""
        super().spread(change)
        if change.path.startswith(("temperature.", "temperatureInUnits.")):
            mode = str(self.part.get(self._row.mode))
            target = self.part.get("temperatureInUnits.targetTemperature", Selector("unit", "C"))
            self._targets[mode] = target if target is not None else change.value

    @override
    def wake(self, timer: str) -> None:
        """Move the room half a degree towards where it is going."""
        current = self._current()
        goal = self._goal()
        if abs(goal - current) >= 0.5:
            self.show(current + math.copysign(0.5, goal - current))
        self.after("drift", self._period)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Change the room's temperature."""
        self.show(float(data["celsius"]))
        return {"celsius": self._current()}

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the target of each mode."""
        return {"targets": self._targets}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Remember the targets."""
        self._targets = {str(mode): float(target) for mode, target in data["targets"].items()}

    @property
    def _period(self) -> float:
        return _BUSY_SECONDS if self._power.is_on else _IDLE_SECONDS

    def _wake_soon(self) -> None:
        self.after("drift", _BUSY_SECONDS)

    def _current(self) -> float:
        value = self.part.get(self._row.current_in_units, Selector("unit", "C"))
        return float(value if value is not None else self.part.get(self._row.current) or 24.0)

    def _goal(self) -> float:
        mode = self.part.get(self._row.mode)
        ambient = indoors(self.host.clock.now())
        if not self._power.is_on:
            return ambient
        if self.part.get("twoSetTemperature.twoSetEnabled"):
            element = Selector("unit", "C")
            low = self.part.get("twoSetTemperatureInUnits.heatTargetTemperature", element)
            high = self.part.get("twoSetTemperatureInUnits.coolTargetTemperature", element)
            return min(max(ambient, float(low or ambient)), float(high or ambient))
        target = self._targets.get(str(mode))
        if target is None:
            return ambient
        if mode in self._row.heating:
            return max(target, ambient)
        return min(target, ambient) if mode in self._row.cooling else ambient

    def show(self, celsius: float) -> None:
        """Put a measured temperature on the wire, in every unit."""
        degrees: dict[str, float] = {"C": celsius, "F": fahrenheit(celsius)}
        for unit, value in degrees.items():
            if self.part.get(self._row.current_in_units, Selector("unit", unit)) is not None:
                self.part.set(self._row.current_in_units, value, Selector("unit", unit))
        if self.part.has(self._row.current):
            self.part.set(self._row.current, degrees[self.unit()])

    def _set_mode(self, mode: str) -> None:
        self.part.set(self._row.mode, mode, force=True)
        target = self._targets.get(mode)
        if target is not None:
            super().spread(Change(path="temperatureInUnits.targetTemperature", value=target, selector=_CELSIUS))


_CELSIUS: Final = Selector("unit", "C")
_MODE_OF_TARGET: Final = {
    "coolTargetTemperature": ("COOL", "AIR_DRY"),
    "heatTargetTemperature": ("HEAT",),
    "autoTargetTemperature": ("AUTO",),
}
