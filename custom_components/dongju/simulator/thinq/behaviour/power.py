"""Appliances with a power switch and modes: what can be written when, and what a switch does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..refusal import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class PowerRow:
    """What a power switch governs."""

    power: str
    mode: str | None = None
    # Can be written while it is off: full paths, or the beginning of one.
    always: tuple[str, ...] = ("timer.relativeHourToStart", "timer.relativeMinuteToStart", "timer.relativeStartTimer",
                               "timer.absolute", "airQualitySensor.monitoringEnabled")  # fmt: skip
    # Can be written only in these modes.
    only_in: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # Can be written only while another property has one of these values.
    needs: Mapping[str, tuple[str, frozenset[Any]]] = field(default_factory=dict)
    # Seconds after switching on in which commands get lost, when the appliance is strict.
    settle: float = 0.0
    # Values an appliance falls back to when it is switched off.
    on_off: Mapping[str, Any] = field(default_factory=dict)


class PowerMachine(Machine):
    """Switch on and off, and refuse what the mode does not allow."""

    name = "power"
    actions: Mapping[str, str] = {"press_power": "press the power button"}

    def __init__(self, part: Part, row: PowerRow) -> None:
        """Govern a part by a row."""
        super().__init__(part)
        self.row = row

    @property
    def is_on(self) -> bool:
        """Tell whether the appliance is switched on."""
        return bool(self.part.get(self.row.power) == "POWER_ON")

    @override
    def check(self, command: Command) -> None:
        """Refuse what needs power or another mode."""
        on = self.is_on if not command.has(self.row.power) else command.get(self.row.power) == "POWER_ON"
        mode = self.part.get(self.row.mode) if self.row.mode else None
        if self.row.mode and command.has(self.row.mode):
            mode = command.get(self.row.mode)
        for change in command.changes:
            free = change.path == self.row.power or change.path.startswith(self.row.always)
            if not free and not on:
                raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_POWER_OFF, f"{change.path}: the power is off")
            modes = self.row.only_in.get(change.path)
            if modes is not None and mode is not None and mode not in modes:
                raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_MODE, f"{change.path}: not in mode {mode}")
            self._check_needs(command, change.path)

    def _check_needs(self, command: Command, path: str) -> None:
        if path not in self.row.needs:
            return
        other, values = self.row.needs[path]
        value = command.get(other) if command.has(other) else self.part.get(other)
        if value is not None and value not in values:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_MODE, f"{path}: {other} is {value}")

    @override
    def apply(self, command: Command) -> None:
        """Switch; an appliance that has just woken up loses what comes too early."""
        if command.has(self.row.power):
            self.switch(on=command.take(self.row.power) == "POWER_ON", force=True)
        elif self.is_waiting("settle"):
            command.lost = True

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Press the power button."""
        self.switch(on=not self.is_on)
        return {"on": self.is_on}

    def switch(self, *, on: bool, force: bool = False) -> None:
        """Switch on or off."""
        was_on = self.is_on
        self.part.set(self.row.power, "POWER_ON" if on else "POWER_OFF", force=force)
        if on and not was_on and self.row.settle and self.host.strict:
            self.after("settle", self.row.settle)
        if not on:
            for path, value in self.row.on_off.items():
                if self.part.has(path):
                    self.part.set(path, value)
