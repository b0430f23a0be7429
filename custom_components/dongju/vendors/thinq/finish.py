"""When a run will be done, without jitter, and that it is done, exactly once."""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from .mapping.describe import DONE_WORDS

_IDLE_WORDS: Final = frozenset(
    {
        *("power_off", "power_on", "initial", "sleep", "standby", "reserved", "reservation", "error", "power_fail"),
        *("firmware", "fota", "diagnosis", "frozen_prevent_initial", "cancel", "stay", "setdate", "oven_setting"),
        *("charging", "charging_complete", "homing", "lock", "initializing", "normal"),
    }
)
"""States in which nothing runs."""

_WAITING_WORDS: Final = frozenset({"pause", "rinse_hold", "frozen_prevent_pause", "detergent_amount"})
"""States in which a run stands still: nobody knows when it will be done."""

_OFF_WORDS: Final = frozenset({"power_off", "initial", "standby"})

_STEADY: Final = timedelta(seconds=120)
"""LG counts whole minutes and reports late: an end that moved by less has not moved."""

_NEARLY_DONE: Final = 2


class _Phase(Enum):
    UNKNOWN = auto()
    IDLE = auto()
    RUNNING = auto()
    DONE = auto()


class FinishTime:
    """The moment a run ends: kept still while the appliance agrees."""

    def __init__(self) -> None:
        """Know of no run."""
        self._held: datetime | None = None

    def update(self, now: datetime, remaining: float | None, state: str | None) -> datetime | None:
        """Return the end of a run with `remaining` minutes, None when nothing runs or nobody knows."""
        done = state in _IDLE_WORDS or state in _WAITING_WORDS or state in DONE_WORDS
        if not remaining or remaining <= 0 or done:
            self._held = None
            return None
        end = (now + timedelta(minutes=remaining)).replace(second=0, microsecond=0)
        if self._held is None or abs(end - self._held) >= _STEADY:
            self._held = end
        return self._held


class FinishTracker:
    """Decides whether a run has just finished, from states and from notifications, which may come in any order."""

    def __init__(self) -> None:
        """Know of no run."""
        self._phase = _Phase.UNKNOWN
        self._announced = False
        self._left: float | None = None

    def state(self, word: str | None, remaining: float | None) -> bool:
        """Take a reported state; return whether it says that a run has just finished."""
        if word is None:
            return False
        before, self._phase = self._phase, self._next_phase(word, remaining)
        if self._phase is _Phase.RUNNING:
            if before is not _Phase.RUNNING:
                self._announced = False
            self._left = remaining
            return False
        return before is _Phase.RUNNING and self._has_ended(word) and self.notified()

    def notified(self) -> bool:
        """Take a notification that a run has finished; return whether that is news."""
        news = not self._announced
        self._announced = True
        self._phase = _Phase.DONE
        return news

    def _has_ended(self, word: str) -> bool:
        """Tell an end from an abortion: some washers go from running straight to off, but not with time left."""
        if self._phase is _Phase.DONE:
            return True
        return word in _OFF_WORDS and self._left is not None and self._left <= _NEARLY_DONE

    def _next_phase(self, word: str, remaining: float | None) -> _Phase:
        """Return the phase a state belongs to. After the end, late reports and wrinkle care are no new run."""
        if word in DONE_WORDS:
            # Found like this at the start: it finished some time ago, and a notification may still come for it.
            return self._phase if self._phase is _Phase.UNKNOWN else _Phase.DONE
        if word in _IDLE_WORDS:
            return _Phase.IDLE
        if word in _WAITING_WORDS:
            return self._phase
        if self._phase is _Phase.DONE and (remaining or 0) <= (self._left or 0) + 1:
            return _Phase.DONE
        return _Phase.RUNNING
