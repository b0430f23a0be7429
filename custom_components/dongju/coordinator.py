"""Runs the sessions of an account entry: first refresh, safety poll, commands, unit changes, and the way out."""

from collections.abc import Callable, Coroutine
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, UnitOfTemperature
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.helpers.event import async_call_later

from .demo import DemoHome
from .errors import translated_setup
from .model.bus import CommandBus
from .model.command import Command
from .model.device import Key
from .model.errors import DeviceGoneError, HubError
from .model.store import Store
from .model.vocabulary import Unit, Vendor
from .session_host import DiskCache, cache_key, create_context
from .vendors.base import JsonDict, VendorSession
from .vendors.registry import VENDORS

if TYPE_CHECKING:
    from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

RETRY_S: Final = 60.0
"""When to try a vendor of the Demo home again that did not start."""

POLL_AFTER_FAULT_S: Final = 900.0
"""A fault of ours in a poll must not end polling, nor be repeated every minute."""


class AccountCoordinator:
    """Owns the sessions of one entry: one for an account, several for the Demo home."""

    def __init__(self, hass: HomeAssistant, entry: AccountEntry, demo: DemoHome | None) -> None:
        """Build the store, the bus and the sessions; nothing is contacted yet."""
        self._hass = hass
        self._entry = entry
        self.demo = demo
        self.store = Store()
        self.bus = CommandBus(self.store, self._async_execute, self._async_refresh, self.create_task)
        self.sessions: dict[Vendor, VendorSession] = {}
        self._caches: dict[Vendor, DiskCache] = {}
        self._cancel: dict[Vendor, CALLBACK_TYPE] = {}
        self._unsubscribe: list[Callable[[], None]] = []
        self._fahrenheit = self._wants_fahrenheit()

    async def async_start(self) -> None:
        """Start every session.

        One that fails in the Demo home does not stop the others; an account's failure is raised.
        """
        failures: dict[Vendor, HubError] = {}
        for vendor in self._accounts():
            if failure := await self._async_start_session(vendor):
                failures[vendor] = failure
        if failures and not self.sessions:
            first = next(iter(failures.values()))
            raise translated_setup(first, can_sign_in=self.demo is None) from first
        for vendor in failures:
            self._schedule(vendor, RETRY_S, self._async_start_again)
        self._unsubscribe.append(self._hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._handle_core_config))

    async def _async_start_session(self, vendor: Vendor) -> HubError | None:
        """Start one session; return why it did not start. A fault of ours is logged and harms no other vendor."""
        data, save = self._accounts()[vendor]
        session: VendorSession | None = None
        failure: HubError
        try:
            cache = self._caches[vendor] = DiskCache(self._hass, cache_key(self._entry.entry_id, vendor))
            context = create_context(self._hass, self._entry, vendor, self.store, data, save, cache)
            session = VENDORS[vendor].create_session(context)
            self.sessions[vendor] = session
            await session.async_start()
        except HubError as err:
            _LOGGER.debug("%s did not start: %r", vendor, err)
            failure = err
        except Exception as err:
            _LOGGER.exception("%s did not start", vendor)
            failure = HubError(str(err))
        else:
            self._schedule(vendor, 0, self._async_poll)
            return None
        if session is not None:
            del self.sessions[vendor]
            await self._async_close_session(vendor, session)
        return failure

    async def _async_close_session(self, vendor: Vendor, session: VendorSession) -> None:
        """Close a session and its cache; a fault of ours keeps nobody else from leaving in good order."""
        try:
            await session.async_close()
        except Exception:
            _LOGGER.exception("%s did not close", vendor)
        await self._caches[vendor].async_close()

    async def async_close(self) -> None:
        """Stop every session and leave nothing running."""
        for cancel in (*self._cancel.values(), *self._unsubscribe):
            cancel()
        self._cancel.clear()
        self._unsubscribe.clear()
        self.bus.close()
        sessions, self.sessions = self.sessions, {}
        for vendor, session in sessions.items():
            await self._async_close_session(vendor, session)
        if self.demo:
            await self.demo.async_close()

    def session_of(self, device_id: str) -> VendorSession:
        """Return the session of a device; raise DeviceGoneError when there is none."""
        device = self.store.devices.get(device_id)
        session = self.sessions.get(device.vendor) if device else None
        if session is None:
            raise DeviceGoneError(device_id)
        return session

    def session(self, vendor: Vendor) -> VendorSession:
        """Return the session of a vendor; raise DeviceGoneError when it does not run."""
        if (session := self.sessions.get(vendor)) is None:
            raise DeviceGoneError(vendor)
        return session

    def _accounts(self) -> dict[Vendor, tuple[JsonDict, Callable[[JsonDict], None]]]:
        """Return the data of each session, and how it saves changed secrets."""
        if self.demo:
            return {vendor: (data, self.demo.saver(vendor)) for vendor, data in self.demo.accounts().items()}
        return {Vendor(self._entry.data["vendor"]): (dict(self._entry.data), self._save_data)}

    @callback
    def _save_data(self, changed: JsonDict) -> None:
        self._hass.config_entries.async_update_entry(self._entry, data={**self._entry.data, **changed})

    async def _async_execute(self, command: Command) -> None:
        await self.session_of(command.device_id).async_execute(command)

    async def _async_refresh(self, device_id: str) -> None:
        await self.session_of(device_id).async_refresh(device_id)

    def create_task(self, coro: Any, name: str) -> Any:
        """Run something in the background until the entry is unloaded."""
        return self._entry.async_create_background_task(self._hass, coro, name)

    @callback
    def _schedule(self, vendor: Vendor, delay: float, job: Callable[[Vendor], Coroutine[Any, Any, None]]) -> None:
        """Do the one thing that is due next for a vendor after `delay` seconds."""

        @callback
        def begin(_now: object) -> None:
            self.create_task(job(vendor), f"{job.__name__} {vendor}")

        self._cancel[vendor] = async_call_later(self._hass, delay, begin)

    async def _async_start_again(self, vendor: Vendor) -> None:
        """Try to start a session of the Demo home that failed when the others started."""
        if await self._async_start_session(vendor):
            self._schedule(vendor, RETRY_S, self._async_start_again)

    async def _async_poll(self, vendor: Vendor) -> None:
        """Let a session do what its safety poll owes, then come back when it says."""
        if (session := self.sessions.get(vendor)) is None:
            return
        delay = POLL_AFTER_FAULT_S
        try:
            delay = await session.async_poll()
        except Exception:
            _LOGGER.exception("The safety poll of %s failed", vendor)
        if vendor in self.sessions:
            self._schedule(vendor, delay, self._async_poll)

    def _wants_fahrenheit(self) -> bool:
        return self._hass.config.units.temperature_unit == UnitOfTemperature.FAHRENHEIT

    @callback
    def _handle_core_config(self, _event: Event) -> None:
        """Take the vendor's other temperature pair when the person changes the unit system."""
        if (fahrenheit := self._wants_fahrenheit()) == self._fahrenheit:
            return
        self._fahrenheit = fahrenheit
        self.store.unshow(self._temperatures())  # what was just set was set in the other unit
        for session in self.sessions.values():
            self.create_task(session.async_set_fahrenheit(fahrenheit=fahrenheit), "change of temperature unit")

    def _temperatures(self) -> list[Key]:
        return [
            (device.id, part.id, key)
            for device in self.store.devices.values()
            for part in device.parts.values()
            for key, attribute in part.attributes.items()
            if attribute.unit in {Unit.CELSIUS, Unit.FAHRENHEIT}
        ]
