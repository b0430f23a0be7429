"""Brings devices up: described, subscribed to, read; all of them at the start, single ones later."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
import logging
from typing import Any, Final

from ...model.errors import AuthError, CannotConnectError, HubError, RateLimitedError
from ..call_budget import CallBudget, Priority
from .energy import EnergyReader
from .fleet import Fleet
from .inventory import Inventory
from .link import PushLink
from .mapping.describe import Identity
from .reader import StateReader
from .subscriptions import Subscriptions

_LOGGER: Final = logging.getLogger(__name__)

_FIRST_LOAD_SECONDS: Final = 20.0
_PUSH_FIRST_SECONDS: Final = 8.0
_CALLS_OF_A_START: Final = 4
_PATIENCE: Final = (2.0, 10.0, 30.0)

type Spawn = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


@dataclass(slots=True, kw_only=True)
class Loader:
    """Does for each device what it takes until its reports come; leaves to the housekeeping what fails."""

    fleet: Fleet
    inventory: Inventory
    subscriptions: Subscriptions
    reader: StateReader
    energy: EnergyReader
    link: PushLink
    budget: CallBudget
    spawn: Spawn
    owns: Callable[[str], bool]
    on_auth_error: Callable[[HubError], None]
    busy: set[str] = field(default_factory=set)

    async def first_load(self) -> None:
        """Bring every device up, and wait for as long as that goes on swiftly; the rest comes in the background."""
        identities = self.inventory.all()
        if not identities:
            return
        loading = self.spawn(self._all(identities), "first load")
        stalled = asyncio.ensure_future(self.budget.stalled.wait())
        try:
            waiting: set[asyncio.Future[Any]] = {loading, stalled}
            await asyncio.wait(waiting, timeout=_FIRST_LOAD_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stalled.cancel()

    def soon(self, identities: list[Identity]) -> None:
        """Have devices brought up in the background."""
        for identity in identities:
            if identity.vendor_id not in self.busy:
                self.spawn(self._one(identity, state_first=False), "new device")

    async def _all(self, identities: list[Identity]) -> None:
        short = len(identities) * _CALLS_OF_A_START > self.budget.room(Priority.RECONCILE)
        await asyncio.gather(self._home(), *(self._one(identity, state_first=short) for identity in identities))

    async def _home(self) -> None:
        await self._patiently(self.subscriptions.subscribe_home, needed=lambda: self.subscriptions.home_due)

    async def _one(self, identity: Identity, *, state_first: bool) -> None:
        """Describe a device, subscribe to its reports, read its state.

        Read after subscribing, nothing can be missed in between; where calls are short, values come first.
        """
        vendor_id = identity.vendor_id
        if vendor_id in self.busy or not self.owns(identity.device_id):
            return
        self.busy.add(vendor_id)
        try:
            if self.fleet.get(vendor_id) is None:
                await self._patiently(lambda: self.inventory.fetch_profile(identity))
            if device := self.fleet.get(vendor_id):
                self.energy.describe(device)
            if state_first:
                await self._read_state(vendor_id)
            await self._patiently(
                lambda: self.subscriptions.subscribe_event(vendor_id),
                needed=lambda: self.subscriptions.event_expired(vendor_id),
            )
            if not state_first:
                await self.link.wait_connected(_PUSH_FIRST_SECONDS)
                await self._read_state(vendor_id)
            await self._patiently(
                lambda: self.subscriptions.subscribe_push(vendor_id),
                needed=lambda: self.subscriptions.push_due(vendor_id),
            )
            if self.inventory.is_borrowed(vendor_id):
                await self._patiently(lambda: self.inventory.fetch_profile(identity))
        finally:
            self.busy.discard(vendor_id)

    async def _read_state(self, vendor_id: str) -> None:
        if self.fleet.get(vendor_id) is not None:
            await asyncio.wait(self.reader.request([vendor_id]))

    async def _patiently(
        self, call: Callable[[], Coroutine[Any, Any, None]], *, needed: Callable[[], bool] = lambda: True
    ) -> None:
        """Make a call, again if the cloud is in trouble; the housekeeping makes up for it if it fails in the end."""
        for pause in (*_PATIENCE, 0.0):
            if not needed():
                return
            try:
                await call()
            except CannotConnectError, RateLimitedError:
                await asyncio.sleep(pause)
            except AuthError as err:
                self.on_auth_error(err)
                return
            except HubError as err:
                _LOGGER.debug("Left for later: %r", err)
                return
            else:
                return
