"""Fault knobs shared by all mock clouds: what shall go wrong, how often, for how long."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from .clock import Clock

# HTTP faults every cloud offers; `http_faults.fault_middleware` acts them out.
HTTP_FAULTS: Final[Mapping[str, str]] = {
    "http_status": "answer with `status` (default 503) and an empty body",
    "http_error": "answer with `status`, and the vendor's error of `code` and `message`",
    "timeout": "accept the call and never answer",
    "slow": "answer after `seconds` (default 3) of real time",
    "drop_connection": "close the connection without an answer",
    "html_body": "answer with an HTML page and `status` (default 200)",
    "malformed_json": "answer with half of the JSON document",
    "empty_body": "answer with `status` (default 200) and no body",
}


class UnknownFaultError(ValueError):
    """A cloud has no such fault knob."""


@dataclass(kw_only=True, slots=True)
class Fault:
    """One knob that is turned on."""

    name: str
    data: dict[str, Any] = field(default_factory=dict)
    # Context that must match, such as {"endpoint": "profile", "device_id": "..."}.
    match: dict[str, Any] = field(default_factory=dict)
    remaining: int | None = None
    until: float | None = None

    def applies(self, context: Mapping[str, Any]) -> bool:
        """Return whether everything the knob was narrowed to is so."""
        return all(context.get(key) == value for key, value in self.match.items())


class FaultBox:
    """All fault knobs of one cloud."""

    def __init__(self, clock: Clock, known: Mapping[str, str]) -> None:
        """Create a box that knows faults by name and description."""
        self._clock = clock
        self._faults: list[Fault] = []
        self.known: Final = dict(known)

    def set(
        self,
        name: str,
        *,
        count: int | None = None,
        duration: float | None = None,
        match: Mapping[str, Any] | None = None,
        **data: Any,
    ) -> Fault:
        """Turn a knob on, for a number of uses and/or seconds of the clock.

        Without count and duration it stays on until cleared. Raise UnknownFaultError.
        """
        if name not in self.known:
            raise UnknownFaultError(f"unknown fault {name!r}; known: {', '.join(sorted(self.known))}")
        fault = Fault(
            name=name,
            data=data,
            match=dict(match or {}),
            remaining=count,
            until=None if duration is None else self._clock.monotonic() + duration,
        )
        self._faults.append(fault)
        return fault

    def clear(self, name: str | None = None) -> None:
        """Turn one knob off, or all of them."""
        self._faults = [fault for fault in self._faults if name is not None and fault.name != name]

    @property
    def active_now(self) -> bool:
        """Return whether any knob may be on; cheap, for hot paths."""
        return bool(self._faults)

    def peek(self, name: str, **context: Any) -> Fault | None:
        """Return the knob if it is on for this context, without using it up."""
        if not self._faults:
            return None
        self._drop_expired()
        for fault in self._faults:
            if fault.name == name and fault.applies(context):
                return fault
        return None

    def take(self, name: str, **context: Any) -> Fault | None:
        """Return the knob if it is on for this context, and count one use."""
        fault = self.peek(name, **context)
        if fault is not None and fault.remaining is not None:
            fault.remaining -= 1
            if fault.remaining <= 0:
                self._faults.remove(fault)
        return fault

    def active(self) -> list[dict[str, Any]]:
        """Return the knobs that are on, as plain data."""
        self._drop_expired()
        now = self._clock.monotonic()
        return [
            {
                "name": fault.name,
                "data": dict(fault.data),
                "match": dict(fault.match),
                "remaining": fault.remaining,
                "seconds_left": None if fault.until is None else fault.until - now,
            }
            for fault in self._faults
        ]

    def _drop_expired(self) -> None:
        if any(fault.until is not None for fault in self._faults):
            now = self._clock.monotonic()
            self._faults = [f for f in self._faults if f.until is None or f.until > now]
