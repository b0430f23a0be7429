"""What was asked of the mock ThinQ cloud: counted for good, the latest calls in full."""

from collections import Counter, deque
from dataclasses import asdict, dataclass
from typing import Any, Final

_ENERGY_KINDS: Final = frozenset({"energy_profile", "energy_usage"})


@dataclass(kw_only=True, slots=True)
class Call:
    """One REST call and how it was answered."""

    kind: str
    method: str
    path: str
    device_id: str | None
    client_id: str | None
    body: Any
    status: int
    code: str | None
    at: float

    def as_dict(self) -> dict[str, Any]:
        """Return the call as plain data."""
        return asdict(self)


class CallLog:
    """Counters by endpoint and device, and the last calls with their bodies."""

    def __init__(self, keep: int = 2000) -> None:
        """Keep the given number of calls in full."""
        self._counts: Counter[tuple[str, str | None]] = Counter()
        self._refused: Counter[str] = Counter()
        self._latest: deque[Call] = deque(maxlen=keep)

    def add(self, call: Call) -> None:
        """Count a call."""
        self._counts[call.kind, call.device_id] += 1
        if call.code is not None or call.status >= 400:
            self._refused[call.code or f"HTTP {call.status}"] += 1
        self._latest.append(call)

    def reset(self) -> None:
        """Start counting anew."""
        self._counts.clear()
        self._refused.clear()
        self._latest.clear()

    @property
    def total(self) -> int:
        """Return all calls since the last reset."""
        return self._counts.total()

    @property
    def energy(self) -> int:
        """Return the energy calls among them."""
        return sum(count for (kind, _), count in self._counts.items() if kind in _ENERGY_KINDS)

    def count(self, kind: str | None = None, device_id: str | None = None) -> int:
        """Return the calls of one endpoint kind and/or one device."""
        return sum(
            count
            for (counted_kind, counted_device), count in self._counts.items()
            if kind in {None, counted_kind} and device_id in {None, counted_device}
        )

    def calls(self, kind: str | None = None, device_id: str | None = None) -> list[Call]:
        """Return the latest calls, oldest first, of one kind and/or device."""
        return [call for call in self._latest if kind in {None, call.kind} and device_id in {None, call.device_id}]

    def summary(self) -> dict[str, Any]:
        """Return all counters as plain data."""
        by_endpoint: Counter[str] = Counter()
        by_device: Counter[str] = Counter()
        for (kind, device_id), count in self._counts.items():
            by_endpoint[kind] += count
            if device_id is not None and kind not in _ENERGY_KINDS:
                by_device[device_id] += count
        return {
            "total": self.total,
            "energy": self.energy,
            "by_endpoint": dict(by_endpoint),
            "by_device": dict(by_device),
            "refused": dict(self._refused),
        }
