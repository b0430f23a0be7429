"""What LG was asked to tell us: state reports, which expire, notifications and changes of the home, which do not."""

import asyncio
from collections import Counter
from collections.abc import Callable
import contextlib
from datetime import datetime
import logging
from typing import Any, Final

from ...model.errors import DeviceGoneError, HubError, NotSupportedError
from .client import EVENT_HOURS, ThinQClient

_LOGGER: Final = logging.getLogger(__name__)

type JsonDict = dict[str, Any]

_HOUR: Final = 3600.0
_RENEW_AFTER: Final = 11 * _HOUR
_ASK_UNSUPPORTED_AGAIN: Final = 7 * 24 * _HOUR
_FAREWELL_SECONDS: Final = 20.0


class Subscriptions:
    """Keeps what is subscribed, until when, and renews it in time; knows it still after a restart."""

    def __init__(self, client: ThinQClient, now: Callable[[], datetime], changed: Callable[[], None]) -> None:
        """Call `changed` when there is something to keep for the next start."""
        self._client = client
        self._now = now
        self._changed = changed
        self._events: dict[str, float] = {}
        self._pushes: set[str] = set()
        self._unsupported: dict[str, float] = {}
        self._home = False
        self.refused: Counter[str] = Counter()

    def restore(self, data: JsonDict, client_id: str) -> None:
        """Take up what an earlier run of the same client had subscribed."""
        events, pushes, unsupported = (data.get(key) for key in ("events", "pushes", "unsupported"))
        if data.get("client_id") != client_id or not isinstance(events, dict) or not isinstance(pushes, list):
            return
        self._events = {key: float(at) for key, at in events.items() if isinstance(at, int | float)}
        self._pushes = {key for key in pushes if isinstance(key, str)}
        if isinstance(unsupported, dict):
            self._unsupported = {key: float(at) for key, at in unsupported.items() if isinstance(at, int | float)}
        self._home = bool(data.get("home"))

    def snapshot(self) -> JsonDict:
        """Return what is subscribed."""
        return {
            "client_id": self._client.client_id,
            "events": {key: round(at) for key, at in self._events.items()},
            "pushes": sorted(self._pushes),
            "unsupported": {key: round(at) for key, at in self._unsupported.items()},
            "home": self._home,
        }

    def event_due(self, vendor_id: str) -> bool:
        """Tell whether a device's reports have to be asked for, or asked for again."""
        return self._age(f"event/{vendor_id}", self._events.get(vendor_id)) >= _RENEW_AFTER

    def event_expired(self, vendor_id: str) -> bool:
        """Tell whether a device's reports do not come any more."""
        return self._age(f"event/{vendor_id}", self._events.get(vendor_id)) >= (EVENT_HOURS - 1) * _HOUR

    @property
    def any_event(self) -> bool:
        """Tell whether any device's reports come at all; a token may lack the permission."""
        return any(not self.event_expired(vendor_id) for vendor_id in self._events)

    def push_due(self, vendor_id: str) -> bool:
        """Tell whether a device's notifications have to be asked for."""
        return vendor_id not in self._pushes and self._age(f"push/{vendor_id}", None) > 0

    @property
    def home_due(self) -> bool:
        """Tell whether changes of the home have to be asked for."""
        return not self._home and self._age("home", None) > 0

    async def subscribe_event(self, vendor_id: str) -> None:
        """Ask for a device's reports. Raises HubError; what the device does not have is asked again in a week."""
        with self._noting(f"event/{vendor_id}"):
            await self._client.subscribe_event(vendor_id)
            self._events[vendor_id] = self._now().timestamp()
        self._changed()

    async def subscribe_push(self, vendor_id: str) -> None:
        """Ask for a device's notifications. Raises HubError."""
        with self._noting(f"push/{vendor_id}"):
            await self._client.subscribe_push(vendor_id)
            self._pushes.add(vendor_id)
        self._changed()

    async def subscribe_home(self) -> None:
        """Ask to be told of devices that come, go or are renamed. Raises HubError."""
        with self._noting("home"):
            await self._client.subscribe_home()
            self._home = True
        self._changed()

    def suspect(self, vendor_id: str) -> None:
        """Take note that a report did not come: ask for them again at the next occasion."""
        if vendor_id in self._events:
            self._events[vendor_id] = min(self._events[vendor_id], self._now().timestamp() - _RENEW_AFTER)

    def forget(self, vendor_id: str) -> None:
        """Forget a device that left the account."""
        self._events.pop(vendor_id, None)
        self._pushes.discard(vendor_id)

    def forget_all(self) -> None:
        """Forget everything: the client was unknown to the cloud."""
        self._events.clear()
        self._pushes.clear()
        self._home = False

    async def farewell(self) -> None:
        """Ask for nothing any more; never raises, never takes long."""
        calls = [
            *(self._client.unsubscribe_event(vendor_id) for vendor_id in self._events),
            *(self._client.unsubscribe_push(vendor_id) for vendor_id in self._pushes),
        ]
        if self._home:
            calls.append(self._client.unsubscribe_home())
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FAREWELL_SECONDS):
                for outcome in await asyncio.gather(*calls, return_exceptions=True):
                    if isinstance(outcome, Exception):
                        _LOGGER.debug("A subscription could not be taken back: %r", outcome)
        self.forget_all()

    def diagnostics(self) -> JsonDict:
        """Return counters."""
        return {
            "events": len(self._events),
            "pushes": len(self._pushes),
            "home": self._home,
            "unsupported": len(self._unsupported),
            "refused": dict(self.refused),
        }

    def _age(self, name: str, at: float | None) -> float:
        """Return the seconds since something was asked for; none where asking is useless for now."""
        now = self._now().timestamp()
        refused = self._unsupported.get(name)
        if refused is not None and 0 <= now - refused < _ASK_UNSUPPORTED_AGAIN:
            return 0.0
        if at is None or at > now + _HOUR:
            # Never asked, or in a future that a clock set back has made.
            return float("inf")
        return now - at

    @contextlib.contextmanager
    def _noting(self, name: str) -> Any:
        """Remember what a device does not offer, so that it is not asked every hour."""
        try:
            yield
        except NotSupportedError, DeviceGoneError:
            self._unsupported[name] = self._now().timestamp()
            self.refused[name.partition("/")[0]] += 1
        except HubError:
            self.refused["failed"] += 1
            raise
        else:
            self._unsupported.pop(name, None)
