"""Time as the virtual home sees it: real, faster than real, or moved by hand."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
import heapq
import itertools
import time
from typing import Final, Protocol, override
from zoneinfo import ZoneInfo

# Loaded at import, because reading the zone database later would block an event loop.
SEOUL: Final = ZoneInfo("Asia/Seoul")


class TimerHandle(Protocol):
    """A callback waiting for its time."""

    def cancel(self) -> None:
        """Forget the callback; cancelling twice or too late is harmless."""


class Clock(Protocol):
    """What behaviour in the virtual home may know about time."""

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in Asia/Seoul."""

    def monotonic(self) -> float:
        """Return seconds since an arbitrary start, never going back."""

    def call_later(self, delay: float, callback: Callable[[], object]) -> TimerHandle:
        """Run a callback after a delay in seconds of this clock."""

    async def sleep(self, seconds: float) -> None:
        """Wait for seconds of this clock."""


class AdjustableClock(Clock, Protocol):
    """A clock whose pace and position can be changed while it runs."""

    @property
    def rate(self) -> float:
        """Return virtual seconds per real second; 0 when only advanced by hand."""

    def set_rate(self, rate: float) -> None:
        """Change the pace from now on; raise ValueError unless it is positive."""

    def advance(self, seconds: float) -> None:
        """Jump ahead; callbacks that became due run in order of their time."""


class _Timer:
    """One waiting callback, ordered by due time, then by age."""

    __slots__ = ("_owner", "callback", "cancelled", "due", "handle", "order")

    def __init__(
        self,
        owner: _TimerOwner,
        due: float,
        order: int,
        callback: Callable[[], object],
    ) -> None:
        """Remember what to run and when."""
        self._owner = owner
        self.due = due
        self.order = order
        self.callback = callback
        self.cancelled = False
        self.handle: asyncio.TimerHandle | None = None

    def __lt__(self, other: _Timer) -> bool:
        """Order by due time; of two with the same time the older one goes first."""
        return (self.due, self.order) < (other.due, other.order)

    def cancel(self) -> None:
        """Forget the callback."""
        if not self.cancelled:
            self.cancelled = True
            self._owner.discard(self)


class _TimerOwner(Protocol):
    def discard(self, timer: _Timer) -> None:
        """Drop a cancelled timer."""


class _SleepingClock:
    """Give a clock with `call_later` a `sleep`."""

    def call_later(self, delay: float, callback: Callable[[], object]) -> TimerHandle:
        """Run a callback after a delay in seconds of this clock."""
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        """Wait for seconds of this clock."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not woken.done():
                woken.set_result(None)

        timer = self.call_later(seconds, wake)
        try:
            await woken
        finally:
            timer.cancel()


class RealClock(_SleepingClock):
    """Wall-clock time, optionally running faster or slower than the real one."""

    def __init__(self, rate: float = 1.0) -> None:
        """Start at the real time of day with the given pace."""
        _require_positive(rate)
        self._rate = rate
        self._start = datetime.now(SEOUL)
        self._virtual_base = 0.0
        self._real_base = time.monotonic()
        self._timers: set[_Timer] = set()
        self._order = itertools.count()

    @property
    def rate(self) -> float:
        """Return virtual seconds per real second."""
        return self._rate

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in Asia/Seoul."""
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return virtual seconds since this clock was made."""
        return self._virtual_base + (time.monotonic() - self._real_base) * self._rate

    @override
    def call_later(self, delay: float, callback: Callable[[], object]) -> TimerHandle:
        """Run a callback on the running event loop after virtual seconds."""
        timer = _Timer(self, self.monotonic() + delay, next(self._order), callback)
        self._timers.add(timer)
        self._schedule(timer)
        return timer

    def set_rate(self, rate: float) -> None:
        """Change the pace from now on; raise ValueError unless it is positive."""
        _require_positive(rate)
        self._rebase(self.monotonic())
        self._rate = rate
        self._reschedule()

    def advance(self, seconds: float) -> None:
        """Jump ahead; callbacks that became due run in order of their time."""
        if seconds < 0:
            raise ValueError("time does not go back")
        self._rebase(self.monotonic() + seconds)
        self._reschedule()

    def discard(self, timer: _Timer) -> None:
        """Drop a cancelled timer."""
        self._timers.discard(timer)
        if timer.handle is not None:
            timer.handle.cancel()

    def _rebase(self, virtual: float) -> None:
        self._virtual_base = virtual
        self._real_base = time.monotonic()

    def _reschedule(self) -> None:
        for timer in sorted(self._timers):
            if timer.handle is not None:
                timer.handle.cancel()
            self._schedule(timer)

    def _schedule(self, timer: _Timer) -> None:
        delay = (timer.due - self.monotonic()) / self._rate
        timer.handle = asyncio.get_running_loop().call_later(delay, self._run, timer)

    def _run(self, timer: _Timer) -> None:
        self._timers.discard(timer)
        if not timer.cancelled:
            timer.cancelled = True
            timer.callback()


class ManualClock(_SleepingClock):
    """A clock that stands still until it is advanced: the same run every time."""

    def __init__(self, start: datetime | None = None) -> None:
        """Start at a given aware time, by default a fixed summer morning."""
        self._start = (start or datetime(2026, 7, 1, 9, tzinfo=SEOUL)).astimezone(SEOUL)
        self._elapsed = 0.0
        self._queue: list[_Timer] = []
        self._order = itertools.count()

    @property
    def rate(self) -> float:
        """Return 0: it moves by hand only."""
        return 0.0

    def now(self) -> datetime:
        """Return the wall-clock time, aware, in Asia/Seoul."""
        return self._start + timedelta(seconds=self._elapsed)

    def monotonic(self) -> float:
        """Return seconds advanced so far."""
        return self._elapsed

    @override
    def call_later(self, delay: float, callback: Callable[[], object]) -> TimerHandle:
        """Run a callback when the clock has been advanced far enough."""
        timer = _Timer(self, self._elapsed + max(0.0, delay), next(self._order), callback)
        heapq.heappush(self._queue, timer)
        return timer

    def set_rate(self, rate: float) -> None:
        """Refuse: raise ValueError, because this clock has no pace."""
        raise ValueError(f"a manual clock cannot run at rate {rate}")

    def advance(self, seconds: float) -> None:
        """Move ahead, running due callbacks at their own time and in order."""
        if seconds < 0:
            raise ValueError("time does not go back")
        end = self._elapsed + seconds
        while self._queue and self._queue[0].due <= end:
            timer = heapq.heappop(self._queue)
            if timer.cancelled:
                continue
            timer.cancelled = True
            self._elapsed = max(self._elapsed, timer.due)
            timer.callback()
        self._elapsed = end

    def discard(self, timer: _Timer) -> None:
        """Leave a cancelled timer in the queue; it is skipped when its time comes."""


def _require_positive(rate: float) -> None:
    if rate <= 0:
        raise ValueError(f"a clock rate must be positive, not {rate}")
