"""How long to wait before trying again (exponential, with full jitter, up to a cap), or before the next poll."""

import asyncio
from collections.abc import Awaitable, Callable
import random
from typing import Final

_FACTOR: Final = 2.0
_EXPONENT_LIMIT: Final = 32
_SPREAD: Final = 0.1


def jittered(seconds: float, rng: Callable[[], float] = random.random) -> float:
    """Return a regular interval a little shorter or longer, so that homes do not poll in step; `rng` yields [0, 1)."""
    return seconds * (1 + _SPREAD * (2 * rng() - 1))


class Backoff:
    """Delays between attempts: a random share of a ceiling that doubles with every failure.

    Full jitter keeps a thousand homes from knocking at the same second after an outage; `floor` keeps one home from
    knocking at once.
    """

    def __init__(
        self,
        *,
        base: float = 2.0,
        cap: float = 300.0,
        floor: float = 0.5,
        rng: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Wait up to `base` seconds after the first failure and never more than `cap`; `rng` yields [0, 1)."""
        self._base = base
        self._cap = cap
        self._floor = min(floor, cap)
        self._rng = rng
        self._sleep = sleep
        self._failures = 0

    @property
    def failures(self) -> int:
        """Return how many delays were asked for since the last success."""
        return self._failures

    @property
    def ceiling(self) -> float:
        """Return the most the next delay can be, in seconds."""
        return min(self._cap, self._base * _FACTOR ** min(self._failures, _EXPONENT_LIMIT))

    def reset(self) -> None:
        """Start over after a success."""
        self._failures = 0

    def delay(self, *, at_cap: bool = False) -> float:
        """Return the seconds to wait after one more failure; `at_cap` for what waiting does not heal."""
        if at_cap:
            self._failures = _EXPONENT_LIMIT
        ceiling = self.ceiling
        self._failures += 1
        low = ceiling / 2 if at_cap else self._floor
        return max(low, self._rng() * ceiling)

    async def wait(self, *, at_cap: bool = False) -> float:
        """Sleep for the next delay and return it."""
        seconds = self.delay(at_cap=at_cap)
        await self._sleep(seconds)
        return seconds
