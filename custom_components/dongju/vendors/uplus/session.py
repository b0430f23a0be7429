"""A LG U+ account: one list, asked for again and again, and single controls.

There is no push. What was just set, and what is still moving, is asked for sooner than the next poll.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
import hashlib
import logging
from typing import Final, override

from ...model.command import Command
from ...model.device import Key
from ...model.errors import (
    AuthError,
    DeviceGoneError,
    HubError,
    NotSupportedError,
    RateLimitedError,
    UnexpectedAnswerError,
)
from ...model.vocabulary import Vendor
from ..backoff import Backoff, jittered
from ..base import JsonDict, SessionContext, VendorSession
from .client import UplusClient
from .listing import Listing, parse
from .mapping import encode
from .roster import Roster

_LOGGER: Final = logging.getLogger(__name__)

POLL_S: Final = 30.0
POLL_CAP_S: Final = 600.0
MISSED_POLLS: Final = 3
"""After this many polls without a list nothing can be said of the devices any more."""

LOOKS_S: Final = (1.5, 2.0, 3.0, 5.0, 8.0, 8.0, 8.0)
"""When to look again after a control: the cloud takes a second, a curtain up to ten, slow radio longer."""

EXPIRY_WARNING: Final = timedelta(days=5)

type Sleep = Callable[[float], Awaitable[None]]


def account_id(token: str) -> str:
    """Return what stands for an account; the cloud names none."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]


class UplusSession(VendorSession):
    """One account."""

    def __init__(self, context: SessionContext, *, sleep: Sleep = asyncio.sleep) -> None:
        """Prepare; nothing is contacted yet. Raises CannotConnectError for an address that is not safe."""
        self.vendor = Vendor.UPLUS
        self._context = context
        self._sleep = sleep
        self.account_id = account_id(str(context.data["token"]))
        self.client = UplusClient(context.http, str(context.data["server_url"]), str(context.data["token"]))
        self._roster = Roster(
            context.store, owns=context.owns, types=context.options.get("device_types") or (), changed=self._keep
        )
        self._backoff = Backoff(base=2 * POLL_S, cap=POLL_CAP_S, floor=POLL_S)
        self._reading = asyncio.Lock()
        self._looking: asyncio.Task[None] | None = None
        self._closed = False
        self._awaited: set[Key] = set()
        self._poll_due = 0.0
        self._missed = 0
        self._missed_total = 0
        self._reachable = True
        self._refused = False
        self._warned: str | None = ""
        self._malformed = 0
        self._token_left: timedelta | None = None
        self.last_message: datetime | None = None

    @override
    async def async_start(self) -> None:
        """Read the list; devices of the run before that it misses stay until it is certain that they are gone."""
        kept = await self._context.cache.async_load()
        listing = await self._async_list()
        if isinstance(kept.get("items"), list):
            self._roster.restore(parse(kept))
        self._take(listing, regular=True)
        self._poll_due = self._context.monotonic() + jittered(POLL_S)

    @override
    async def async_close(self) -> None:
        """Stop looking."""
        self._closed = True
        if self._looking:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None

    @override
    async def async_remove_account(self) -> None:
        """Do nothing: nothing was registered."""

    @override
    async def async_execute(self, command: Command) -> None:
        """Set the values one after the other, then look whether they have come to be."""
        device = self._context.store.devices[command.device_id]
        controls = encode(self._roster.rows(device.id), command.values)
        try:
            for control in controls:
                await self.client.async_control(device.vendor_id, control, command.pin)
        except AuthError as err:
            self._sign_in_again(err)
            raise
        finally:
            # Also after a failure: a control may have worked although its answer was lost.
            self._look_soon(command.store_keys())

    @override
    async def async_refresh(self, device_id: str) -> None:
        """Read the list for the sake of one device; there is no smaller question."""
        await self._async_read(regular=False)
        if device_id not in self._roster.ids:
            raise DeviceGoneError(device_id)

    @override
    async def async_poll(self) -> float:
        """Read the list when it is due; after failures later and later."""
        wait = self._poll_due - self._context.monotonic()
        if wait <= 0:
            try:
                doubt = await self._async_read(regular=True)
            except HubError as err:
                wait = self._note_missed(err)
            else:
                wait = jittered(POLL_S)
                if doubt:
                    self._look_soon(())
            self._poll_due = self._context.monotonic() + wait
        return wait

    @override
    async def async_query(self, name: str, arguments: JsonDict) -> JsonDict:
        """Refuse: there are no services."""
        raise NotSupportedError(name)

    @override
    async def async_set_fahrenheit(self, *, fahrenheit: bool) -> None:
        """Do nothing: the dialect speaks Celsius, and Home Assistant converts."""

    @override
    def diagnostics(self) -> JsonDict:
        """Return what went wrong with lists, and what in them nobody knows."""
        return {
            "missed_polls": self._missed_total,
            "missed_in_a_row": self._missed,
            "malformed_rows": self._malformed,
            "unreadable_values": dict(self._roster.unreadable),
            "unknown_codes": sorted(self._roster.unknown_codes),
            "token_days_left": self._token_left.days if self._token_left is not None else None,
        }

    @override
    def health(self) -> JsonDict:
        """Return whether the cloud answers and when it last did."""
        return {"connected": self._reachable, "last_message": self.last_message, "calls_left": None}

    async def _async_list(self) -> Listing:
        """Return the list; one at a time, so that an older one is never taken after a newer one."""
        async with self._reading:
            listing = parse(await self.client.async_list())
        if self._roster.ids and not listing.devices:
            # Nobody loses a whole house between two polls: an empty list is a fault of the cloud, and removes nothing.
            raise UnexpectedAnswerError("empty list")
        return listing

    async def _async_read(self, *, regular: bool) -> bool:
        """Read the list into the store; return whether a device contradicted itself."""
        try:
            listing = await self._async_list()
        except AuthError as err:
            self._sign_in_again(err)
            raise
        return self._take(listing, regular=regular)

    def _take(self, listing: Listing, *, regular: bool) -> bool:
        self._backoff.reset()
        self._missed = 0
        self._refused = False
        self._malformed += listing.malformed
        self.last_message = self._context.now()
        self._set_reachable(None)
        self._watch_token(listing)
        return self._roster.take(listing, regular=regular)

    def _note_missed(self, err: HubError) -> float:
        """Count a poll that brought nothing; return the seconds until the next one."""
        self._missed += 1
        self._missed_total += 1
        refused = isinstance(err, AuthError)
        if refused or self._missed >= MISSED_POLLS:
            self._set_reachable(err)
        delay = self._backoff.delay(at_cap=refused)
        return max(delay, err.retry_after) if isinstance(err, RateLimitedError) else delay

    def _set_reachable(self, err: HubError | None) -> None:
        """Tell once that the account is lost (`err` says why) or back; without it no device can be said to be there."""
        if (err is None) is not self._reachable:
            self._reachable = err is None
            _LOGGER.info("LG U+ is %s", "reachable" if err is None else f"not reachable: {err!r}")
        if err is not None:
            self._context.store.set_available(self._roster.ids, available=False, cloud_away=True)

    def _sign_in_again(self, err: AuthError) -> None:
        """Ask for a new token, once: polls go on, in case the cloud was wrong about the old one."""
        if self._refused:
            return
        self._refused = True
        self._warn(None)
        self._context.auth_failed(err)

    def _watch_token(self, listing: Listing) -> None:
        """Warn some days before the token ends, by the cloud's own clock."""
        expires = listing.token_expires
        self._token_left = expires - (listing.answered or self._context.now()) if expires else None
        near = self._token_left is not None and self._token_left < EXPIRY_WARNING
        self._warn(f"{expires:%Y-%m-%d}" if near else None)

    def _warn(self, date: str | None) -> None:
        if date != self._warned:
            self._warned = date
            self._context.issue("token_expires", {"date": date} if date else None)

    def _look_soon(self, keys: Iterable[Key]) -> None:
        """Look at the list a moment from now, and again until the keys are confirmed and nothing moves."""
        if self._closed:
            return
        self._awaited.update(keys)
        if self._looking:
            self._looking.cancel()
        self._looking = self._context.create_task(self._async_look(), "uplus look")

    async def _async_look(self) -> None:
        store = self._context.store
        for pause in LOOKS_S:
            await self._sleep(pause)
            try:
                await self._async_read(regular=False)
            except HubError as err:
                _LOGGER.debug("Could not look: %r", err)
                continue
            self._awaited = {key for key in self._awaited if store.showing(key)}
            if not self._awaited and not self._roster.moving:
                return
        self._awaited.clear()

    def _keep(self) -> None:
        """Keep the devices for the next start."""
        self._context.cache.save(lambda: {"items": self._roster.items()})
