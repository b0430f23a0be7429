"""A captured appliance: served as it was, without a life of its own."""

from collections.abc import Mapping
from typing import Any, Final, override

from ..machine import Machine
from ..part import Command
from ..temperature import TemperatureLink

# The unit of a half-captured timer: what cancels it, and the values that go with it.
_TIMERS: Final = ("timer", "sleepTimer")


class CapturedMachine(TemperatureLink):
    """Keep what the wire says twice in step: C and F, targets by mode, timers and their state."""

    name = "captured"

    @override
    def apply(self, command: Command) -> None:
        """Store written targets in both units; the rest is stored as written."""
        super().apply(command)
        for resource in _TIMERS:
            follow_timer_state(self, command, resource)


def follow_timer_state(machine: Machine, command: Command, resource: str) -> None:
    """Set or unset the pair of a written timer, as its state property tells."""
    part = machine.part
    for name, (hour, minute) in timer_rows(part.properties.get(resource), part.state.get(resource)).items():
        state_path = f"{resource}.{name}"
        paths = [f"{resource}.{hour}", f"{resource}.{minute}"]
        written = [command.get(path) for path in paths if command.has(path)]
        if not written and not command.has(state_path):
            continue
        unset = command.get(state_path) == "UNSET" or any(value == -1 for value in written)
        if unset:
            command.taken.update(paths)
            for path in paths:
                if part.has(path) or part.get(path) is not None:
                    part.set(path, None, force=True)
        if part.has(state_path) or part.get(state_path) is not None:
            part.set(state_path, "UNSET" if unset else "SET", force=True)
            command.taken.add(state_path)


def timer_rows(schema: Any, values: Any) -> dict[str, tuple[str, str]]:
    """Return the timers a resource knows: state property -> hour and minute property."""
    known = {*(schema if isinstance(schema, Mapping) else ()), *(values if isinstance(values, Mapping) else ())}
    rows = {
        f"{kind}{edge}Timer": (f"{kind}HourTo{edge}", f"{kind}MinuteTo{edge}")
        for kind in ("relative", "absolute")
        for edge in ("Start", "Stop")
    }
    return {state: pair for state, pair in rows.items() if known & {state, *pair}}
