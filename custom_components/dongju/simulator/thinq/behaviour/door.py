"""Doors that somebody opens and forgets."""

from collections.abc import Mapping
from typing import Any, override

from ..machine import Machine
from ..part import Part, Selector

_FORGOTTEN_SECONDS = 60.0
_REMINDER_SECONDS = 180.0


class DoorMachine(Machine):
    """A door on the wire; left open it calls, and calls again."""

    name = "door"
    actions: Mapping[str, str] = {
        "open_door": "open the door",
        "close_door": "close the door",
    }

    def __init__(
        self,
        part: Part,
        path: str,
        *,
        selector: Selector | None = None,
        words: tuple[str, str] = ("OPEN", "CLOSE"),
        push: str = "DOOR_IS_OPEN",
    ) -> None:
        """Look after a door property; `words` are its values for open and closed."""
        super().__init__(part)
        self._path = path
        self._selector = selector
        self._open, self._closed = words
        self._push = push

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Move the door."""
        is_open = name == "open_door"
        self.part.set(self._path, self._open if is_open else self._closed, self._selector)
        if is_open:
            self.after("forgotten", _FORGOTTEN_SECONDS)
        else:
            self.cancel("forgotten")
        return {"open": is_open}

    @override
    def wake(self, timer: str) -> None:
        """Call for somebody to close the door."""
        self.push(self._push)
        self.after("forgotten", _REMINDER_SECONDS)
