"""Brings entities in and takes them away as devices come, change and go, without a reload.

However many devices there are, the event loop is never held for longer than a slice: what does not fit waits.
"""

import asyncio
from collections.abc import Callable, Iterable
from itertools import islice
import logging
from typing import TYPE_CHECKING, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import devices
from .const import DOMAIN
from .discovery import Discovered, Planner
from .entity import DongjuEntity
from .model.device import Device
from .model.store import DeviceChange
from .owners import release_device
from .platforms import ROWS

if TYPE_CHECKING:
    from .runtime import AccountEntry, AccountRuntime

_LOGGER: Final = logging.getLogger(__name__)

_SLICE_SECONDS: Final = 0.006
_BATCH: Final = 8
"""Entities added in one go; a slice ends with a batch."""

type _EntityKey = tuple[Platform, str]


class EntityLoader:
    """Keeps Home Assistant's registries in step with the store of one entry."""

    def __init__(self, hass: HomeAssistant, entry: AccountEntry) -> None:
        """Prepare; nothing happens until `async_start`."""
        self._hass = hass
        self._entry = entry
        self._planner = Planner(ROWS)
        self._add: dict[Platform, AddConfigEntryEntitiesCallback] = {}
        # As they were when their entities were last looked for; what was found then is found again when it is asked.
        self._known: dict[str, Device] = {}
        self._registered: dict[str, dict[str, dr.AnyDeviceEntry]] = {}
        # Entities to be added, by platform and unique id. What vanishes meanwhile is taken out again.
        self._waiting: dict[Platform, dict[str, Discovered]] = {}
        self._adding: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def _runtime(self) -> AccountRuntime:
        return self._entry.runtime_data

    async def async_start(self) -> None:
        """Register what the store already has, drop what it no longer has, and follow it from now on."""
        store = self._runtime.store
        self._unsubscribe = store.on_device(self._handle_device)
        slices = _Slices()
        for device in tuple(store.devices.values()):
            if device.id in store.devices and device.id not in self._known:
                self._discover(store.devices[device.id])
                await slices.breathe()
        self._remove_unknown()

    async def async_add(self) -> None:
        """Add every entity that waits and whose platform is set up."""
        slices = _Slices()
        while batch := self._next_batch():
            self._add_batch(*batch)
            await slices.breathe()

    @callback
    def stop(self) -> None:
        """Stop following the store."""
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None
        self._waiting.clear()

    @callback
    def register(self, platform: Platform, async_add_entities: AddConfigEntryEntitiesCallback) -> None:
        """Take a platform's way of adding entities."""
        self._add[platform] = async_add_entities

    def found(self, device_id: str) -> list[Discovered]:
        """Return what was made of a device."""
        device = self._known.get(device_id)
        return list(self._planner.discover(device)) if device else []

    @callback
    def _handle_device(self, change: DeviceChange, device: Device) -> None:
        if change is DeviceChange.REMOVED:
            self._drop_waiting(self._keys(device.id))
            self._known.pop(device.id, None)
            self._registered.pop(device.id, None)
            devices.unregister(self._hass, self._entry.entry_id, device.id)
            release_device(self._hass, self._entry.entry_id, device.id)
            return
        before = self._keys(device.id)
        self._discover(device)
        vanished = before - self._keys(device.id)
        self._drop_waiting(vanished)
        self._remove_vanished(vanished)
        self._add_soon()

    def _keys(self, device_id: str) -> set[_EntityKey]:
        return {(found.row.platform, found.unique_id) for found in self.found(device_id)}

    def _discover(self, device: Device) -> None:
        """Register a device and have its new entities added; a fault in one device is logged and harms no other."""
        before = self._keys(device.id)
        try:
            demo = self._runtime.coordinator.demo
            room = demo.room_of(device) if demo else None
            self._registered[device.id] = devices.register(self._hass, self._entry.entry_id, device, room)
            found = list(self._planner.discover(device))
        except Exception:
            _LOGGER.exception("Could not make entities of a %s", device.type)
            return
        self._known[device.id] = device
        for item in found:
            waiting = self._waiting.setdefault(item.row.platform, {})
            if (item.row.platform, item.unique_id) not in before or item.unique_id in waiting:
                waiting[item.unique_id] = item

    def _add_soon(self) -> None:
        """Add what waits, a slice at once and the rest in turns; during set-up it is added with the others."""
        if not self._add or (self._adding and not self._adding.done()):
            return
        self._adding = self._entry.async_create_task(self._hass, self.async_add(), f"{DOMAIN} adds entities")

    def _next_batch(self) -> tuple[Platform, list[Discovered]] | None:
        """Take a few entities of one platform off what waits; None when nothing can be added."""
        ready = (platform for platform, waiting in self._waiting.items() if waiting and platform in self._add)
        platform = next(ready, None)
        if platform is None:
            return None
        waiting = self._waiting[platform]
        return platform, [waiting.pop(unique_id) for unique_id in tuple(islice(waiting, _BATCH))]

    def _add_batch(self, platform: Platform, batch: list[Discovered]) -> None:
        built = (self._build(found) for found in batch if not self._is_disabled(found))
        self._add[platform]([entity for entity in built if entity is not None])

    def _build(self, found: Discovered) -> DongjuEntity | None:
        """Make an entity; a fault in one is logged and harms no other."""
        try:
            return found.row.entity_class(self._runtime, found, self._registered[found.device.id].get(found.part.id))
        except Exception:
            _LOGGER.exception("Could not make the %s %s", found.row.platform, found.description.key)
            return None

    def _is_disabled(self, found: Discovered) -> bool:
        """Tell whether a registered entity is disabled; Home Assistant reloads the entry when it is enabled."""
        registry = er.async_get(self._hass)
        entity_id = registry.async_get_entity_id(found.row.platform, DOMAIN, found.unique_id)
        entry = registry.async_get(entity_id) if entity_id else None
        return entry is not None and entry.disabled

    def _drop_waiting(self, keys: Iterable[_EntityKey]) -> None:
        for platform, unique_id in keys:
            self._waiting.get(platform, {}).pop(unique_id, None)

    def _remove_vanished(self, vanished: Iterable[_EntityKey]) -> None:
        """Remove the entities of attributes a device no longer has; the entity itself follows its registry entry."""
        registry = er.async_get(self._hass)
        for platform, unique_id in vanished:
            if entity_id := registry.async_get_entity_id(platform, DOMAIN, unique_id):
                registry.async_remove(entity_id)

    def _remove_unknown(self) -> None:
        """Remove registry devices that left their account while Home Assistant was off.

        A vendor that does not answer, or that has no devices at all today, has lost none.
        """
        sessions = self._runtime.coordinator.sessions
        listed = {device_id for session in sessions.values() for device_id in session.listed() or ()}
        known = listed | set(self._runtime.store.devices)
        vendors = tuple(f"{vendor}_" for vendor in sessions if any(key.startswith(f"{vendor}_") for key in known))
        registry = dr.async_get(self._hass)
        for entry in dr.async_entries_for_config_entry(registry, self._entry.entry_id):
            device_id = devices.device_id(self._hass, entry)
            if device_id and device_id.startswith(vendors) and device_id not in known:
                devices.unregister(self._hass, self._entry.entry_id, device_id)


class _Slices:
    """Work cut into slices, between which the event loop sees to everything else."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._ends = self._loop.time() + _SLICE_SECONDS

    async def breathe(self) -> None:
        """Let others go first if the slice is used up."""
        if self._loop.time() >= self._ends:
            await asyncio.sleep(0)
            self._ends = self._loop.time() + _SLICE_SECONDS
