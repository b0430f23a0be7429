"""Time for the benchmark: an event loop that notices its own stalls, and hours that pass in seconds.

Imports nothing of Home Assistant: `hasten` must run before anything of it is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
import gc
import heapq
import selectors
import time
from typing import Final, override

_KEPT: Final = 5


@dataclass(slots=True)
class Stalls:
    """How long the event loop was away from its sockets, in seconds of the clock and of its thread's CPU."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    """CPU without Python's garbage collector, which walks the objects of the whole process when it runs."""

    def note(self, wall: float, cpu: float, collecting: float) -> None:
        """Keep the longest ones."""
        for kept, seconds in ((self.wall, wall), (self.cpu, cpu), (self.own, cpu - collecting)):
            if len(kept) < _KEPT:
                heapq.heappush(kept, seconds)
            elif seconds > kept[0]:
                heapq.heapreplace(kept, seconds)

    def reset(self) -> None:
        """Start anew."""
        self.wall.clear()
        self.cpu.clear()
        self.own.clear()

    def as_dict(self) -> dict[str, list[float]]:
        """Return the longest ones in milliseconds, the longest first."""
        return {
            "wall_ms": [round(seconds * 1000, 1) for seconds in sorted(self.wall, reverse=True)],
            "cpu_ms": [round(seconds * 1000, 1) for seconds in sorted(self.cpu, reverse=True)],
            "own_ms": [round(seconds * 1000, 1) for seconds in sorted(self.own, reverse=True)],
        }


class WatchingSelector(selectors.DefaultSelector):
    """A selector that measures what happens between its calls; `rate` makes waiting shorter than asked."""

    def __init__(self, rate: float = 1.0) -> None:
        """Watch from the first call on."""
        super().__init__()
        self.stalls = Stalls()
        self.watching = True
        self._rate = rate
        self._woke: tuple[float, float] | None = None
        self._collecting = 0.0
        self._collection_started = 0.0
        gc.callbacks.append(self._note_collection)

    @override
    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Wait for events."""
        if self._woke is not None:
            wall, cpu = time.perf_counter() - self._woke[0], time.thread_time() - self._woke[1]
            self.stalls.note(wall, cpu, self._collecting)
        self._collecting = 0.0
        if timeout is not None and self._rate != 1.0:
            timeout = timeout / self._rate
        events = super().select(timeout)
        self._woke = (time.perf_counter(), time.thread_time()) if self.watching else None
        return events

    def _note_collection(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._collection_started = time.thread_time()
        else:
            self._collecting += time.thread_time() - self._collection_started


def hasten(rate: float) -> Callable[[], float]:
    """Make `time.monotonic` and `time.time` run `rate` times as fast for this process; return the fast `time.time`.

    Code that took the functions before, and C code, keeps the real pace.
    """
    real_monotonic, real_time = time.monotonic, time.time
    monotonic_base, time_base = real_monotonic(), real_time()

    def monotonic() -> float:
        return monotonic_base + (real_monotonic() - monotonic_base) * rate

    def wall() -> float:
        return time_base + (real_time() - time_base) * rate

    time.monotonic = monotonic
    time.time = wall
    return wall
