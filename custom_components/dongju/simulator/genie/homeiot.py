"""Home IoT kinds as rows: the state of each, its commands with their arguments, and what each command brings about.

An effect is a list of changes with the seconds until each; a rule that forbids something raises instead.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final, Protocol

from .envelope import GenieError, JsonDict, bad_parameter, out_of_range, unsupported


class Target(Protocol):
    """What an effect may know of its device."""

    config: JsonDict
    state: JsonDict
    memory: JsonDict


@dataclass(frozen=True, slots=True)
class Change:
    """Values that become true some seconds after the command was accepted."""

    after_s: float
    values: JsonDict


type Effect = Callable[[Target, JsonDict, datetime], Sequence[Change]]

BOOLEAN: Final = "boolean"
NUMBER: Final = "number"
INTEGER: Final = "integer"
CHOICE: Final = "choice"
TEXT: Final = "string"


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What an argument may be. `from_state` names the keys that hold a device's own limits and step."""

    type: str
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    choices: tuple[str, ...] = ()
    from_state: tuple[str, str, str] | None = None
    required: bool = False

    def limits(self, state: Mapping[str, Any]) -> tuple[float, float, float]:
        """Return minimum, maximum and step for a device in this state."""
        if self.from_state is not None:
            low, high, step = (float(state[key]) for key in self.from_state)
            return low, high, step
        return self.minimum or 0, self.maximum if self.maximum is not None else 100, self.step or 1

    def describe(self, state: Mapping[str, Any]) -> JsonDict:
        """Return the argument as the capabilities show it."""
        described: JsonDict = {"type": self.type}
        if self.required:
            described["required"] = True
        if self.type in {NUMBER, INTEGER}:
            described["min"], described["max"], described["step"] = self.limits(state)
        if self.choices:
            described["choices"] = list(self.choices)
        return described

    def check(self, name: str, value: Any, state: Mapping[str, Any]) -> Any:
        """Return a value that may be set; raise 400 for a wrong type, 422 for what this device cannot do."""
        if self.type == BOOLEAN and isinstance(value, bool):
            return value
        if self.type == TEXT and isinstance(value, str):
            return value
        if self.type == CHOICE and isinstance(value, str):
            if value not in self.choices:
                raise unsupported(f"{name} cannot be {value[:40]}", name=name, choices=list(self.choices))
            return value
        if self.type in {NUMBER, INTEGER} and isinstance(value, int | float) and not isinstance(value, bool):
            return self._checked_number(name, value, state)
        raise bad_parameter(f"{name} must be a {self.type}")

    def _checked_number(self, name: str, value: float, state: Mapping[str, Any]) -> float:
        low, high, step = self.limits(state)
        if not low <= value <= high:
            raise out_of_range(name, low, high)
        if self.type == INTEGER and value != int(value):
            raise bad_parameter(f"{name} must be a whole number")
        steps = (value - low) / step
        if abs(steps - round(steps)) > 1e-6:
            raise unsupported(f"{name} goes in steps of {step}", name=name, step=step)
        return int(value) if self.type == INTEGER else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One command of a kind."""

    effect: Effect
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of home IoT device. A kind that `moves` gives up its plans when a new command comes."""

    state: JsonDict
    commands: Mapping[str, Command] = field(default_factory=dict)
    config: JsonDict = field(default_factory=dict)
    moves: bool = False

    def capabilities(self, name: str, state: Mapping[str, Any]) -> list[JsonDict]:
        """Return what a device of this kind can be told, with its own limits."""
        commands = {
            key: {argument: row.describe(state) for argument, row in command.arguments.items()}
            for key, command in self.commands.items()
            if not command.hidden
        }
        return [{"name": name, "commands": commands}] if commands else []

    def arguments(self, command: str, given: Mapping[str, Any], state: Mapping[str, Any]) -> JsonDict:
        """Return the checked arguments of a command; raise 400 or 422."""
        row = self.commands.get(command)
        if row is None:
            raise unsupported(f"no command {command[:40]!r}", commands=[*self.commands])
        unknown = sorted(set(given) - set(row.arguments))
        if unknown:
            raise bad_parameter(f"unknown argument {unknown[0][:40]}")
        missing = [name for name, argument in row.arguments.items() if argument.required and name not in given]
        if missing:
            raise bad_parameter(f"{missing[0]} is required")
        return {name: row.arguments[name].check(name, value, state) for name, value in given.items()}


def safety_blocked(message: str) -> GenieError:
    """Return the refusal of what must never happen from afar."""
    return GenieError(HTTPStatus.FORBIDDEN, "SAFETY_BLOCKED", message)


def at_once(values: JsonDict) -> list[Change]:
    """Return an effect that takes no more than the usual latency."""
    return [Change(0, values)]
