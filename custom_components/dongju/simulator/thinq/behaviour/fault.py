"""Errors of an appliance: shown, notified, and in the way of every command until cleared."""

from collections.abc import Mapping
from typing import Any, override

from ..machine import Machine, refuse
from ..part import Command, Part
from ..refusal import Refusal


class FaultMachine(Machine):
    """Break an appliance and mend it."""

    name = "fault"
    actions: Mapping[str, str] = {
        "set_error": "break it: error? (of the profile's list), part?",
        "clear_error": "mend it: part?",
    }

    def __init__(self, part: Part, push: str | None = None) -> None:
        """Break a part; `push` is the notification that goes with any error."""
        super().__init__(part)
        self._push = push

    @override
    def check(self, command: Command) -> None:
        """Refuse everything but switching off while there is an error."""
        off = any(change.value == "POWER_OFF" for change in command.changes)
        if self.part.get("error") and not off:
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_ERROR, str(self.part.get("error")))

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Break or mend."""
        if name == "clear_error":
            if self.part.get("error"):
                self.part.set("error", None)
                self.host.fault_changed(self.part, active=False)
            return None
        known = self.part.errors
        error = str(data.get("error", known[0] if known else self._push))
        if known and error not in known:
            raise ValueError(f"unknown error {error!r}; known: {', '.join(known)}")
        self.part.set("error", error)
        self.host.fault_changed(self.part, active=True)
        if self._push:
            self.push(self._push)
        if known:
            self.push(error)
        return {"error": error}
