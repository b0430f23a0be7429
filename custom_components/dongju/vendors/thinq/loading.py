"""Brings devices up: described, subscribed to, read; all of them at the start, single ones later."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
import logging
from typing import Any, Final

from ...model.errors import ApiNotAllowedError, CannotConnectError, DeviceError, HubError, RateLimitedError
from ..call_budget import CallBudget, Priority
from .energy import EnergyReader
from .errors import ACCOUNT_ERRORS
from .fleet import Fleet
from .inventory import Inventory
from .link import PushLink
from .mapping.describe import Identity
from .reader import StateReader
from .subscriptions import Subscriptions

_LOGGER: Final = logging.getLogger(__name__)

_FIRST_LOAD_SECONDS: Final = 20.0
_KNOWN_HOME_SECONDS: Final = 0.5
"""How long a home whose entities are all known waits for their values; a large one does not, it would be in vain."""

_LARGE_HOME: Final = 60
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
    on_account_error: Callable[[HubError], None]
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
            await asyncio.wait(waiting, timeout=self._patience(identities), return_when=asyncio.FIRST_COMPLETED)
        finally:
            stalled.cancel()

    def is_busy(self, vendor_id: str) -> bool:
        """Tell whether a device is being brought up."""
        return vendor_id in self.busy

    def _patience(self, identities: list[Identity]) -> float:
        """Return how long set-up may wait for values: entities that the last run knew are shown at once."""
        if any(self.fleet.get(identity.vendor_id) is None for identity in identities):
            return _FIRST_LOAD_SECONDS
        return _KNOWN_HOME_SECONDS if len(identities) <= _LARGE_HOME else 0.0

    def soon(self, identities: list[Identity]) -> None:
        """Have devices brought up in the background."""
        for identity in identities:
            if identity.vendor_id not in self.busy:
                self.spawn(self._one(identity, state_first=False), "new device")

    def ask_again(self) -> None:
        """Subscribe to everything anew, in the background."""
        self.spawn(self._home(), "changes of the home")
        for identity in self.inventory.all():
            self.spawn(self._after_present(identity), "new subscriptions")

    async def _after_present(self, identity: Identity) -> None:
        """Bring a device up once it is not being brought up: that one may be past its subscriptions."""
        while self.is_busy(identity.vendor_id):  # noqa: ASYNC110 - rare, and nobody announces it
            await asyncio.sleep(_PATIENCE[0])
        await self._one(identity, state_first=False)

    async def _all(self, identities: list[Identity]) -> None:
        short = len(identities) * _CALLS_OF_A_START > self.budget.room(Priority.RECONCILE)
        await asyncio.gather(self._home(), *(self._one(identity, state_first=short) for identity in identities))

    async def _home(self) -> None:
        if self.subscriptions.home_due:
            try:
                await self.subscriptions.subscribe_home()
            except HubError as err:
                _LOGGER.debug("Changes of the home will be asked for later: %r", err)

    async def _one(self, identity: Identity, *, state_first: bool, tries: int = 0) -> None:
        """Bring one device up; in trouble again after a while, so that nobody waits for it."""
        vendor_id = identity.vendor_id
        if vendor_id in self.busy or not self.owns(identity.device_id):
            return
        self.busy.add(vendor_id)
        try:
            await self._steps(identity, state_first=state_first)
        except CannotConnectError, RateLimitedError:
            if vendor_id not in self.fleet.read_at:
                self.reader.miss(vendor_id)
            if tries < len(_PATIENCE):
                self.spawn(self._again(identity, tries), "device in trouble")
        except ACCOUNT_ERRORS as err:
            self.on_account_error(err)
        except HubError as err:
            _LOGGER.debug("A %s could not be brought up: %r", identity.raw_type, err)
        finally:
            self.busy.discard(vendor_id)

    async def _again(self, identity: Identity, tries: int) -> None:
        await asyncio.sleep(_PATIENCE[tries])
        await self._one(identity, state_first=False, tries=tries + 1)

    async def _steps(self, identity: Identity, *, state_first: bool) -> None:
        """Describe a device, subscribe to its reports, read its state. Raises HubError.

        Read after subscribing, nothing can be missed in between; where calls are short, values come first.
        """
        vendor_id = identity.vendor_id
        await self.inventory.describe(identity)
        device = self.fleet.get(vendor_id)
        if device is None:
            return
        self.energy.describe(device)
        if state_first:
            await self._read_state(vendor_id)
        if self.subscriptions.event_expired(vendor_id):
            try:
                await self.subscriptions.subscribe_event(vendor_id)
            except ApiNotAllowedError as err:
                # A token that may not hear of changes may still read.
                self.on_account_error(err)
        if not state_first:
            await self.link.wait_connected(_PUSH_FIRST_SECONDS)
            await self._read_state(vendor_id)
        if self.subscriptions.push_due(vendor_id):
            await self.subscriptions.subscribe_push(vendor_id)
        if self.inventory.is_provisional(vendor_id):
            await self.inventory.fetch_profile(identity)

    async def _read_state(self, vendor_id: str) -> None:
        """Read a state, unless an earlier try did; a device that is not connected is subscribed to all the same."""
        if vendor_id in self.fleet.read_at:
            return
        try:
            await self.reader.read(vendor_id, max_wait=None)
        except DeviceError as err:
            _LOGGER.debug("No state for now: %r", err)
