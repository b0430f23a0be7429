"""A session: one LG account, from signing in to leaving."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
import contextlib
import logging
from typing import Any, Final, override

from ...model.command import Command
from ...model.errors import (
    ApiNotAllowedError,
    AuthError,
    CannotConnectError,
    DeviceGoneError,
    HubError,
    NotSupportedError,
    RateLimitedError,
    TermsNotAcceptedError,
    UnexpectedAnswerError,
    WrongCountryError,
)
from ...model.vocabulary import Vendor
from ..base import JsonDict, SessionContext, VendorSession
from ..call_budget import DEFAULT_ALLOWANCE, CallBudget
from .account import CONF_CLIENT_ID, CONF_COUNTRY, CONF_SERVER, CONF_TOKEN, CONF_VOICE, account_id
from .client import ThinQClient, new_client_id
from .commands import Commander
from .device import ThinQDevice
from .energy import EnergyReader
from .fleet import Fleet
from .housekeeping import Housekeeper
from .inbox import Inbox
from .inventory import Inventory
from .link import PushLink
from .loading import Loader
from .mapping.describe import Identity
from .push import PushClient
from .reader import StateReader
from .subscriptions import Subscriptions
from .voice import VoiceDesk

_LOGGER: Final = logging.getLogger(__name__)

OPTION_ALLOWANCE: Final = "calls_per_hour"
OPTION_ENERGY: Final = "energy"

_FAILURES_TO_BE_GONE: Final = 3
_RECONCILE_SECONDS: Final = 120.0
_STOPPED_SECONDS: Final = 3600.0

_START_WAIT: Final = 2.0
_START_ERRORS: Final = (
    ApiNotAllowedError,
    AuthError,
    CannotConnectError,
    RateLimitedError,
    TermsNotAcceptedError,
    WrongCountryError,
)


class ThinQSession(VendorSession):
    """Keeps the store true to one account, and sends its commands."""

    def __init__(self, context: SessionContext) -> None:
        """Put the parts together; nothing is contacted yet. Raises WrongCountryError, CannotConnectError."""
        self.vendor = Vendor.THINQ
        self._context = context
        self._data = dict(context.data)
        if not self._data.get(CONF_CLIENT_ID):
            self._data[CONF_CLIENT_ID] = new_client_id()
            context.save_data({CONF_CLIENT_ID: self._data[CONF_CLIENT_ID]})
        token = str(self._data[CONF_TOKEN])
        self.account_id = account_id(token)
        self._fahrenheit = context.fahrenheit
        self._tasks: set[asyncio.Task[None]] = set()
        self._trying_token = False
        self._issues: set[str] = set()
        self._failures = 0
        self._stopped = False
        self._reconciled_at = -_RECONCILE_SECONDS
        self._connected_at = 0.0
        self._reconciling: asyncio.Task[None] | None = None
        self._unknown = False
        self._budget = CallBudget(
            now=context.now,
            monotonic=context.monotonic,
            allowance=int(context.options.get(OPTION_ALLOWANCE, DEFAULT_ALLOWANCE)),
        )
        self._client = ThinQClient(
            context.http,
            self._budget,
            token=token,
            country=str(self._data[CONF_COUNTRY]),
            client_id=str(self._data[CONF_CLIENT_ID]),
            server=self._data.get(CONF_SERVER) or None,
        )
        self._build()

    def _build(self) -> None:
        """Connect the parts to each other."""
        context, client = self._context, self._client
        self._fleet = Fleet(context.store, context.monotonic)
        self._subscriptions = Subscriptions(client, context.now, self._keep)
        self._inventory = Inventory(
            client,
            self._fleet,
            create_device=self._create_device,
            owns=context.owns,
            now=context.now,
            changed=self._keep,
        )
        self._reader = StateReader(
            client,
            self._fleet,
            self._spawn,
            on_gone=lambda _vendor_id: self._housekeeper.suspect_list(),
            on_account_error=self._handle_account_error,
            on_reached=self._reached,
        )
        self._commander = Commander(client, self._fleet, self._reader, on_account_error=self._handle_account_error)
        self._energy = EnergyReader(client, self._fleet, context.store, now=context.now, changed=self._keep)
        voice = VoiceDesk(client, self._fleet, context) if self._data.get(CONF_VOICE) else None
        self._inbox = Inbox(
            self._fleet,
            self._inventory,
            self._subscriptions,
            voice=voice,
            bring_up=self._bring_up,
        )
        self._link = PushLink(
            client,
            self._data,
            save=context.save_data,
            run_in_executor=context.run_in_executor,
            on_message=self._inbox.deliver,
            on_renewed=self._handle_renewed,
            on_connected=self._handle_connected,
            on_disconnected=self._handle_disconnected,
        )
        self._push = PushClient(self._link, monotonic=context.monotonic)
        self._loader = Loader(
            fleet=self._fleet,
            inventory=self._inventory,
            subscriptions=self._subscriptions,
            reader=self._reader,
            energy=self._energy,
            link=self._link,
            budget=self._budget,
            spawn=self._spawn,
            owns=context.owns,
            on_account_error=self._handle_account_error,
        )
        self._housekeeper = Housekeeper(self._loader, lambda: self._push.connected, context.monotonic)

    @override
    async def async_start(self) -> None:
        await self._restore()
        await self._inventory.publish_kept()
        try:
            # Home Assistant's start waits for this one: an hour whose calls are used up must not hold it.
            await self._inventory.refresh(max_wait=_START_WAIT)
        except RateLimitedError:
            # With what the last run kept there is something to show until calls are allowed again.
            if not len(self._fleet):
                raise
            self._housekeeper.suspect_list()
        except HubError as err:
            raise err if isinstance(err, _START_ERRORS) else UnexpectedAnswerError(repr(err)) from err
        self._spawn(self._push.run(), "push connection")
        await self._loader.first_load()
        if self._context.options.get(OPTION_ENERGY, True):
            self._spawn(self._energy.run(), "energy figures")

    @override
    async def async_close(self) -> None:
        self._stopped = True
        self._keep()
        tasks = [task for task in self._tasks if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._budget.close()

    @override
    async def async_remove_account(self) -> None:
        with contextlib.suppress(HubError):
            await self._restore()
            await self._subscriptions.farewell()
            await self._client.unregister()

    @override
    async def async_execute(self, command: Command) -> None:
        await self._commander.execute(command)

    @override
    async def async_refresh(self, device_id: str) -> None:
        device = self._fleet.by_device_id(device_id)
        if device is None:
            raise DeviceGoneError(device_id)
        await self._reader.read(device.vendor_id)

    @override
    async def async_poll(self) -> float:
        if self._stopped:
            return _STOPPED_SECONDS
        seconds = await self._housekeeper.turn()
        self._keep()
        return seconds

    @override
    async def async_query(self, name: str, arguments: JsonDict) -> JsonDict:
        """Answer `energy_hours {device_id, day}` or `energy_days {device_id, start, end}`; days are YYYYMMDD."""
        device = self._fleet.by_device_id(str(arguments.get("device_id")))
        if name not in {"energy_hours", "energy_days"} or device is None:
            raise NotSupportedError(name)
        if name == "energy_hours":
            return {"rows": await self._energy.hours(device, str(arguments["day"]))}
        return {"rows": await self._energy.days(device, str(arguments["start"]), str(arguments["end"]))}

    @override
    def listed(self) -> frozenset[str]:
        """Return every device of the account: the profiles of a large home come in one after the other."""
        return frozenset(identity.device_id for identity in self._inventory.all())

    @override
    async def async_set_fahrenheit(self, *, fahrenheit: bool) -> None:
        self._fahrenheit = fahrenheit
        for device in self._fleet:
            if device.set_fahrenheit(fahrenheit=fahrenheit):
                self._fleet.describe(device)

    @override
    def diagnostics(self) -> JsonDict:
        return {
            "calls": self._budget.diagnostics(),
            "push": {
                "connected": self._push.connected,
                "silent_seconds": self._push.silent_seconds,
                "connects": self._push.connects,
                "messages": self._push.messages,
                "last_reason": self._push.last_reason,
                "certificates": self._link.certificates,
            },
            "messages": dict(self._inbox.counts),
            "subscriptions": self._subscriptions.diagnostics(),
            "devices": dict(Counter(device.identity.raw_type for device in self._fleet)),
            "oddities": dict(self._inventory.oddities),
            "broken_properties": sum(device.profile.broken for device in self._fleet),
            "unreadable_reports": dict(self._fleet.failures),
            "unknown_values": dict(self._fleet.unknown_values()),
            "surprises": self._reader.surprises,
            "waiting_for_state": self._reader.waiting,
        }

    @override
    def health(self) -> JsonDict:
        silent = self._push.silent_seconds
        return {
            "connected": self._push.connected,
            "last_message": None if silent is None else round(silent),
            "calls_left": self._budget.left,
        }

    async def _restore(self) -> None:
        kept = await self._context.cache.async_load()
        for restore, key in (
            (self._budget.restore, "budget"),
            (self._inventory.restore, "inventory"),
            (self._energy.restore, "energy"),
        ):
            if isinstance(part := kept.get(key), dict):
                restore(part)
        if isinstance(subscribed := kept.get("subscriptions"), dict):
            self._subscriptions.restore(subscribed, self._client.client_id)

    def _keep(self) -> None:
        """Have everything kept that the next start can use."""
        self._context.cache.save(self._snapshot)

    def _snapshot(self) -> JsonDict:
        return {
            "budget": self._budget.snapshot(),
            "inventory": self._inventory.snapshot(),
            "energy": self._energy.snapshot(),
            "subscriptions": self._subscriptions.snapshot(),
        }

    def _spawn(self, coro: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = self._context.create_task(coro, f"ThinQ {name}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _create_device(self, identity: Identity, profile: Any) -> ThinQDevice:
        return ThinQDevice(
            identity,
            profile,
            fahrenheit=self._fahrenheit,
            now=self._context.now,
            voice=bool(self._data.get(CONF_VOICE)),
        )

    def _bring_up(self, identities: list[Identity]) -> None:
        self._loader.soon(identities)

    def _handle_connected(self) -> None:
        """Read again what may have changed unheard; the first connection finds nothing read yet."""
        self._failures = 0
        self._fleet.set_cloud_gone(gone=False)
        if self._unknown:
            self._unknown = False
            self._loader.ask_again()
        self._connected_at = self._context.monotonic()
        if self._reconciling is None or self._reconciling.done():
            self._reconciling = self._spawn(self._reconcile(), "reconcile")

    def _handle_renewed(self) -> None:
        """Forget what was subscribed: a client that the broker did not know may have lost all of it."""
        self._unknown = True
        self._subscriptions.forget_all()

    async def _reconcile(self) -> None:
        """Read, not too often, what was last read before the present connection."""
        await asyncio.sleep(max(0.0, self._reconciled_at + _RECONCILE_SECONDS - self._context.monotonic()))
        self._reconciled_at = self._context.monotonic()
        stale = [vendor_id for vendor_id, at in self._fleet.read_at.items() if at < self._connected_at]
        if stale:
            self._housekeeper.suspect_list()
            self._reader.request(stale)

    def _handle_disconnected(self, reason: str) -> None:
        _LOGGER.debug("No reports for now: %s", reason)

    def _reached(self, ok: bool) -> None:  # noqa: FBT001 - a callback's only argument
        """Count what tells whether the cloud is there; without push and calls every value is a guess."""
        self._failures = 0 if ok else self._failures + 1
        if ok:
            # An answer to one kind of call does not show that the token may now make the others.
            denied = {ApiNotAllowedError.key} if self._client.denied else set()
            for key in self._issues - denied:
                self._issues.discard(key)
                self._context.issue(key, None)
            self._fleet.set_cloud_gone(gone=False)
        elif self._failures >= _FAILURES_TO_BE_GONE and not self._push.connected:
            self._fleet.set_cloud_gone(gone=True)

    def _handle_account_error(self, err: HubError) -> None:
        """Tell the person what only a person can mend.

        A token is tried once more before a new one is asked for: a lone refusal proves nothing.
        """
        if not isinstance(err, AuthError):
            if err.key not in self._issues:
                self._issues.add(err.key)
                self._context.issue(err.key, {})
        elif not self._stopped and not self._trying_token:
            self._trying_token = True
            self._spawn(self._try_token(err), "token check")

    async def _try_token(self, err: HubError) -> None:
        try:
            await self._client.devices()
        except AuthError:
            self._stopped = True
            self._context.auth_failed(err)
        except HubError as failure:
            _LOGGER.debug("The token could not be tried: %r", failure)
        finally:
            self._trying_token = False
