"""The governor of an account's calls: an allowance per sliding hour, handed out by priority, and back-off when refused.

A person's command goes before everything and has a reserve of its own; what waits is granted in the order of its
priority, never by polling. A refusal by the cloud pauses the account for longer each time; the count and the pause
survive a restart.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from enum import IntEnum
import heapq
from typing import Any, Final, Protocol

from ..model.errors import ClosingError, RateLimitedError

type JsonDict = dict[str, Any]

HOUR: Final = 3600.0
DEFAULT_ALLOWANCE: Final = 300
MINIMUM_ALLOWANCE: Final = 20


class Priority(IntEnum):
    """Who goes first; the smaller, the sooner."""

    COMMAND = 0
    RECONCILE = 1
    SUBSCRIBE = 2
    PROFILE = 3
    ENERGY = 4


_SHARE: Final = 0.85
"""Up to which part of the allowance anything but a command may fill the hour; the rest is a person's reserve."""

_OWN_SHARE: Final = {Priority.ENERGY: 0.2}
"""How much of the hour a priority may use by itself, however empty the hour is."""

_FIRST_PAUSE: Final = 120.0
_LONGEST_PAUSE: Final = HOUR
_FORGET_REFUSALS: Final = 2 * HOUR
"""A refusal this long ago no longer makes the next pause longer."""

_PROBE_SECONDS: Final = 60.0
"""While paused, a person's command is tried this often: it may work, and it tells when the cloud relents."""

_STALL_SECONDS: Final = 5.0

_PARALLEL: Final = 6
"""Calls in flight at once, a person's commands not counted."""


class Handle(Protocol):
    """A timer that can be stopped."""

    def cancel(self) -> object:
        """Stop it."""
        ...


class _Waiter:
    """A call that waits for its turn."""

    __slots__ = ("future", "priority")

    def __init__(self, priority: Priority, future: asyncio.Future[None]) -> None:
        self.priority = priority
        self.future = future


class CallBudget:
    """Hands out calls; one for each account."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        allowance: int = DEFAULT_ALLOWANCE,
        call_later: Callable[[float, Callable[[], None]], Handle] | None = None,
    ) -> None:
        """Count calls on the clock `monotonic`; `now` dates them for a restart. `allowance` is per hour."""
        self._now = now
        self._monotonic = monotonic
        self._call_later = call_later
        self.allowance = max(MINIMUM_ALLOWANCE, allowance)
        self._calls: deque[tuple[float, Priority]] = deque()
        self._in_hour: Counter[Priority] = Counter()
        self._waiting: list[tuple[Priority, int, _Waiter]] = []
        self._sequence = 0
        self._in_flight = 0
        self._timer: Handle | None = None
        self._paused_until = -HOUR
        self._refusals_in_row = 0
        self._last_refusal = -10 * HOUR
        self._last_probe = -HOUR
        self._total: Counter[str] = Counter()
        self._refused = 0
        self.stalled = asyncio.Event()
        """Set while calls wait and none of them can go out soon."""

    def room(self, priority: Priority) -> int:
        """Return how many calls of a priority could go out at once."""
        if self._delay(priority) > 0:
            return 0
        return int(self.allowance * (1.0 if priority is Priority.COMMAND else _SHARE)) - self.used

    @property
    def used(self) -> int:
        """Return the calls of the last hour."""
        self._forget()
        return len(self._calls)

    @property
    def left(self) -> int:
        """Return the calls a person could still make within this hour."""
        return max(0, self.allowance - self.used)

    @property
    def waiting(self) -> int:
        """Return how many calls wait for their turn."""
        return sum(not waiter.future.done() for _, _, waiter in self._waiting)

    @property
    def paused_seconds(self) -> float:
        """Return how long the account still pauses, 0 when it does not."""
        return max(0.0, self._paused_until - self._monotonic())

    @asynccontextmanager
    async def call(self, priority: Priority, *, max_wait: float | None = None) -> AsyncIterator[float]:
        """Wait for the turn of one call and hold it while it runs; yields when it went out, for `succeeded`.

        A command, and any call with `max_wait` seconds, raises RateLimitedError instead of waiting longer.
        """
        await self._acquire(priority, max_wait)
        counted = priority is not Priority.COMMAND
        try:
            yield self._monotonic()
        finally:
            if counted:
                self._in_flight -= 1
                self._drain()

    def refused(self, retry_after: float = 0.0) -> None:
        """Take note that the cloud refused a call for its limit: pause, and longer each time."""
        now = self._monotonic()
        if now - self._last_refusal > _FORGET_REFUSALS:
            self._refusals_in_row = 0
        self._refused += 1
        self._last_refusal = now
        if now >= self._paused_until:
            # Several calls in flight may be refused together: that is one refusal, not a reason to wait ever longer.
            self._refusals_in_row += 1
        pause = min(_LONGEST_PAUSE, max(retry_after, _FIRST_PAUSE * 2 ** (self._refusals_in_row - 1)))
        self._paused_until = max(self._paused_until, now + pause)
        self._schedule()

    def succeeded(self, started: float) -> None:
        """Take note that the cloud answered a call that went out at `started`: one made during a pause ends it."""
        if started > self._last_refusal and self._paused_until > self._monotonic():
            self._paused_until = self._monotonic()
            self._drain()

    def close(self) -> None:
        """Refuse whoever waits."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        for _, _, waiter in self._waiting:
            if not waiter.future.done():
                # A cancellation would look to whoever waits as if it was they who had been cancelled.
                waiter.future.set_exception(ClosingError())
        self._waiting.clear()

    def snapshot(self) -> JsonDict:
        """Return what a restart must not forget, dated by the wall clock."""
        self._forget()
        now, wall = self._monotonic(), self._now().timestamp()
        return {
            "calls": [[round(wall - (now - at)), int(priority)] for at, priority in self._calls],
            "paused_until": round(wall + self.paused_seconds) if self.paused_seconds else 0,
            "last_refusal": round(wall - (now - self._last_refusal)) if self._refused else 0,
            "refusals_in_row": self._refusals_in_row,
            "refused": self._refused,
        }

    def restore(self, data: JsonDict) -> None:
        """Take up a snapshot; whatever is odd in it (a clock that was set back, a damaged file) is left out."""
        now, wall = self._monotonic(), self._now().timestamp()
        try:
            calls = [(wall - float(at), Priority(priority)) for at, priority in data.get("calls", ())]
            paused = float(data.get("paused_until", 0)) - wall
            since_refusal = wall - float(data.get("last_refusal", 0))
            self._refusals_in_row = max(0, min(16, int(data.get("refusals_in_row", 0))))
            self._refused = max(0, int(data.get("refused", 0)))
        except TypeError, ValueError, AttributeError:
            return
        for age, priority in sorted(calls, reverse=True):
            if 0 <= age < HOUR:
                self._calls.append((now - age, priority))
                self._in_hour[priority] += 1
        if 0 < paused <= _LONGEST_PAUSE:
            self._paused_until = now + paused
        if 0 <= since_refusal <= _FORGET_REFUSALS:
            self._last_refusal = now - since_refusal

    def diagnostics(self) -> JsonDict:
        """Return the counters."""
        return {
            "allowance": self.allowance,
            "used_last_hour": self.used,
            "left": self.left,
            "waiting": self.waiting,
            "refused": self._refused,
            "paused_seconds": round(self.paused_seconds),
            "by_priority": dict(self._total),
        }

    async def _acquire(self, priority: Priority, max_wait: float | None) -> None:
        delay = self._delay(priority)
        if priority is Priority.COMMAND:
            if delay > 0:
                raise RateLimitedError("no call left for a command", retry_after=delay)
            self._count(priority)
            return
        if max_wait is not None and delay > max_wait:
            raise RateLimitedError("no call left in time", retry_after=delay)
        if delay <= 0 and self._in_flight < _PARALLEL and not self._waiting:
            self._grant(priority)
            return
        waiter = _Waiter(priority, asyncio.get_running_loop().create_future())
        self._sequence += 1
        heapq.heappush(self._waiting, (priority, self._sequence, waiter))
        self._drain()
        try:
            await waiter.future
        except asyncio.CancelledError:
            if waiter.future.done() and not waiter.future.cancelled():
                # Granted and cancelled at once: the call was never made, but its place in flight must be given back.
                self._in_flight -= 1
                self._drain()
            raise

    def _grant(self, priority: Priority) -> None:
        self._in_flight += 1
        self._count(priority)

    def _count(self, priority: Priority) -> None:
        now = self._monotonic()
        if self._paused_until > now:
            self._last_probe = now
        self._calls.append((now, priority))
        self._in_hour[priority] += 1
        self._total[priority.name.lower()] += 1

    def _delay(self, priority: Priority) -> float:
        """Return the seconds until a call of this priority may go out, in flight ones aside."""
        now = self._monotonic()
        self._forget()
        if self._paused_until > now:
            if priority is not Priority.COMMAND:
                return self._paused_until - now
            return max(0.0, self._last_probe + _PROBE_SECONDS - now)
        share = 1.0 if priority is Priority.COMMAND else _SHARE
        delay = self._until_room(int(self.allowance * share), None)
        if own := _OWN_SHARE.get(priority):
            delay = max(delay, self._until_room(max(1, int(self.allowance * own)), priority))
        return delay

    def _until_room(self, limit: int, only: Priority | None) -> float:
        """Return the seconds until fewer than `limit` calls (of one priority, or of all) are younger than an hour."""
        used = len(self._calls) if only is None else self._in_hour[only]
        surplus = used - limit
        if surplus < 0:
            return 0.0
        for at, priority in self._calls:
            if only is None or priority is only:
                if surplus == 0:
                    return max(0.0, at + HOUR - self._monotonic())
                surplus -= 1
        return 0.0

    def _forget(self) -> None:
        horizon = self._monotonic() - HOUR
        while self._calls and self._calls[0][0] <= horizon:
            _, priority = self._calls.popleft()
            self._in_hour[priority] -= 1

    def _drain(self) -> None:
        """Grant what may go, best priority first; a priority that has to wait does not hold up another."""
        kept: list[tuple[Priority, int, _Waiter]] = []
        while self._waiting and self._in_flight < _PARALLEL:
            entry = heapq.heappop(self._waiting)
            waiter = entry[2]
            if waiter.future.done():
                continue
            if self._delay(waiter.priority) > 0:
                kept.append(entry)
                continue
            self._grant(waiter.priority)
            waiter.future.set_result(None)
        for entry in kept:
            heapq.heappush(self._waiting, entry)
        self._schedule()

    def _schedule(self) -> None:
        """Wake up when the first waiting call may go; a call that ends wakes the queue by itself."""
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self.stalled.clear()
        if not self._waiting or self._in_flight >= _PARALLEL:
            return
        delay = min(self._delay(priority) for priority in {entry[0] for entry in self._waiting})
        later = self._call_later or asyncio.get_running_loop().call_later
        self._timer = later(max(0.0, delay), self._drain)
        if delay > _STALL_SECONDS and not self._in_flight:
            self.stalled.set()
