"""What the account owes from time to time: a call in each turn, so that a quiet hour costs each device one at most."""

from collections.abc import Awaitable, Callable
import logging
from typing import Final

from ...model.errors import CannotConnectError, HubError, RateLimitedError
from ..backoff import Backoff
from ..call_budget import Priority
from .errors import ACCOUNT_ERRORS
from .loading import Loader
from .mapping.describe import Identity

_LOGGER: Final = logging.getLogger(__name__)

_HOUR: Final = 3600.0
_LITTLE_OVER_AN_HOUR: Final = 3660.0
_LIST_SECONDS: Final = 6 * _HOUR
_LIST_AGAIN_SECONDS: Final = 600.0
"""After a device seemed to be gone: three lists have to agree."""

_PUSH_DOWN_SECONDS: Final = 300.0
"""How old a state may get while nothing is pushed, if the allowance permits."""

_STEADY_SHARE: Final = 0.4
_PUSH_DOWN_SHARE: Final = 0.7
_LONGEST_TURN: Final = 300.0
_AFTER_FAILURE: Final = 120.0
_NEXT_SECONDS: Final = 2.0

type Job = Callable[[], Awaitable[object]]


class Housekeeper:
    """Chooses the one call that is most due."""

    def __init__(self, loader: Loader, push_alive: Callable[[], bool], monotonic: Callable[[], float]) -> None:
        """Go easy while `push_alive` says that reports can be trusted to come."""
        self._fleet = loader.fleet
        self._inventory = loader.inventory
        self._subscriptions = loader.subscriptions
        self._reader = loader.reader
        self._budget = loader.budget
        self._bring_up = loader.soon
        self._is_busy = loader.is_busy
        self._on_account_error = loader.on_account_error
        self._connected = push_alive
        self._monotonic = monotonic
        self._started = monotonic()
        self._last_call = monotonic()
        self._last_list = monotonic()
        self._list_suspect = False
        self._backoff = Backoff(base=120.0, cap=_HOUR, floor=30.0)
        self._catch_up_at = self._started
        self._cared: dict[str, float] = {}
        self._tried: dict[str, float] = {}

    def suspect_list(self) -> None:
        """Take note that the device list is worth a look soon."""
        self._list_suspect = True

    async def turn(self) -> float:
        """Make one call if one is due; return the seconds until the next turn. Never raises HubError."""
        now = self._monotonic()
        missing = self._missing()
        if missing and now >= self._catch_up_at and self._budget.room(Priority.RECONCILE) > 0:
            return await self._catch_up(missing, now)
        seconds = await self._regular_turn(now)
        return max(1.0, min(seconds, self._catch_up_at - now)) if missing and now < self._catch_up_at else seconds

    def _missing(self) -> list[str]:
        return [vendor_id for vendor_id in self._reader.missing if not self._is_busy(vendor_id)]

    async def _catch_up(self, missing: list[str], now: float) -> float:
        """Read a device that could not be read when it should have been; until one answers, ever more rarely."""
        vendor_id = min(missing, key=lambda vendor_id: self._cared.get(vendor_id, self._started - _HOUR))
        self._cared[vendor_id] = now
        try:
            await self._reader.read(vendor_id, max_wait=0)
        except HubError as err:
            _LOGGER.debug("A state is still missing: %r", err)
        if vendor_id in self._reader.missing:
            self._catch_up_at = now + self._backoff.delay()
        else:
            self._backoff.reset()
        return _NEXT_SECONDS

    async def _regular_turn(self, now: float) -> float:
        gap = self._gap()
        if (wait := self._last_call + gap - now) > 0:
            return min(wait, _LONGEST_TURN)
        if self._budget.room(Priority.RECONCILE) <= 0:
            return min(max(self._budget.paused_seconds, _AFTER_FAILURE), _LONGEST_TURN)
        job = self._next_job(now)
        if job is None:
            return min(max(gap, 30.0), _LONGEST_TURN)
        self._last_call = now
        try:
            await job()
        except (RateLimitedError, CannotConnectError) as err:
            _LOGGER.debug("Housekeeping has to wait: %r", err)
            return max(min(gap, _LONGEST_TURN), _AFTER_FAILURE)
        except ACCOUNT_ERRORS as err:
            self._on_account_error(err)
        except HubError as err:
            _LOGGER.debug("Housekeeping: %r", err)
        return min(gap, _LONGEST_TURN)

    def _push_alive(self) -> bool:
        """Tell whether reports can be trusted to come: there is a connection, and something to come by it."""
        return self._connected() and self._subscriptions.any_event

    def _gap(self) -> float:
        """Return the seconds between calls: at most one for each device in an hour, and never much of the allowance."""
        count = max(1, len(self._fleet))
        if self._push_alive():
            return max(_LITTLE_OVER_AN_HOUR / count, _HOUR / (self._budget.allowance * _STEADY_SHARE))
        return max(_PUSH_DOWN_SECONDS / count, _HOUR / (self._budget.allowance * _PUSH_DOWN_SHARE))

    def _period(self) -> float:
        """Return how old a state may get: what the gap allows, and at least an hour while reports come."""
        whole_round = self._gap() * max(1, len(self._fleet))
        return max(_HOUR if self._push_alive() else _PUSH_DOWN_SECONDS, whole_round)

    def _next_job(self, now: float) -> Job | None:
        """Return the call that is most due; what failed lately, and what is being brought up, has to wait."""
        if now - self._last_list >= (_LIST_AGAIN_SECONDS if self._list_suspect else _LIST_SECONDS):
            return self._refresh_list
        if self._subscriptions.home_due and self._may_try("home", now):
            return self._subscriptions.subscribe_home
        for device in self._fleet:
            if not self._is_busy(device.vendor_id) and (job := self._subscribing(device.vendor_id, now)):
                return job
        for identity in self._inventory.missing():
            if not self._is_busy(identity.vendor_id) and self._may_try(f"profile/{identity.vendor_id}", now):
                return self._bringing_up(identity)
        outdated = self._inventory.outdated()
        if outdated and self._may_try(f"profile/{outdated.vendor_id}", now):
            return lambda: self._inventory.fetch_profile(outdated)
        return self._caring(now)

    def _may_try(self, name: str, now: float) -> bool:
        """Tell whether something was not tried in vain within the hour, and note that it is tried now."""
        if now - self._tried.get(name, -_HOUR) < _HOUR:
            return False
        self._tried[name] = now
        return True

    def _bringing_up(self, identity: Identity) -> Job:
        async def bring_up() -> None:
            self._bring_up([identity])

        return bring_up

    def _subscribing(self, vendor_id: str, now: float) -> Job | None:
        """Return the subscription a device needs, which counts as a visit when it succeeds."""
        subscriptions = self._subscriptions
        if subscriptions.event_due(vendor_id) and self._may_try(f"event/{vendor_id}", now):
            return lambda: self._visited(vendor_id, subscriptions.subscribe_event(vendor_id))
        if subscriptions.push_due(vendor_id) and self._may_try(f"push/{vendor_id}", now):
            return lambda: self._visited(vendor_id, subscriptions.subscribe_push(vendor_id))
        return None

    async def _visited(self, vendor_id: str, call: Awaitable[None]) -> None:
        await call
        self._cared[vendor_id] = self._monotonic()

    def _caring(self, now: float) -> Job | None:
        """Return the reading of the device that was longest without news, if that is long enough."""
        idle = [device for device in self._fleet if not self._is_busy(device.vendor_id)]
        oldest = min(idle, key=lambda device: self._news_at(device.vendor_id), default=None)
        if oldest is None or now - self._news_at(oldest.vendor_id) < self._period():
            return None
        vendor_id = oldest.vendor_id
        return lambda: self._visit(vendor_id)

    def _news_at(self, vendor_id: str) -> float:
        known = [table.get(vendor_id) for table in (self._cared, self._fleet.read_at, self._fleet.heard_at)]
        return max((at for at in known if at is not None), default=self._started - _HOUR)

    async def _visit(self, vendor_id: str) -> None:
        """Read a device's state; one that no report had told of means that its reports do not come."""
        self._cared[vendor_id] = self._monotonic()
        surprised = await self._reader.read(vendor_id)
        if surprised and self._push_alive():
            self._subscriptions.suspect(vendor_id)

    async def _refresh_list(self) -> None:
        self._last_list = self._monotonic()
        # Until it is read, it is worth another try soon.
        self._list_suspect = True
        new = await self._inventory.refresh()
        self._list_suspect = self._inventory.doubts
        self._bring_up(new)
