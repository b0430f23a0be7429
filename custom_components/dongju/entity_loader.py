"""Brings entities in and takes them away as devices come, change and go, without a reload."""

from collections.abc import Callable
import logging
from typing import TYPE_CHECKING, Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import devices
from .const import DOMAIN
from .discovery import Discovered, discover
from .model.device import Device
from .model.store import DeviceChange
from .owners import release_device
from .platforms import ROWS

if TYPE_CHECKING:
    from .runtime import AccountEntry, AccountRuntime

_LOGGER: Final = logging.getLogger(__name__)


class EntityLoader:
    """Keeps Home Assistant's registries in step with the store of one entry."""

    def __init__(self, hass: HomeAssistant, entry: AccountEntry) -> None:
        """Prepare; nothing happens until `start`."""
        self._hass = hass
        self._entry = entry
        self._add: dict[Platform, AddConfigEntryEntitiesCallback] = {}
        self._found: dict[str, dict[tuple[Platform, str], Discovered]] = {}
        self._registered: dict[str, dict[str, dr.AnyDeviceEntry]] = {}
        self._unsubscribe: Callable[[], None] | None = None

    @property
    def _runtime(self) -> AccountRuntime:
        return self._entry.runtime_data

    @callback
    def start(self) -> None:
        """Register what the store already has, drop what it no longer has, and follow it from now on."""
        store = self._runtime.store
        self._unsubscribe = store.on_device(self._handle_device)
        for device in store.devices.values():
            self._discover(device)
        self._remove_unknown()

    @callback
    def stop(self) -> None:
        """Stop following the store."""
        if self._unsubscribe:
            self._unsubscribe()
            self._unsubscribe = None

    @callback
    def register(self, platform: Platform, async_add_entities: AddConfigEntryEntitiesCallback) -> None:
        """Take a platform's way of adding entities, and add what is there already."""
        self._add[platform] = async_add_entities
        self._add_entities(
            platform,
            [found for table in self._found.values() for (kind, _), found in table.items() if kind == platform],
        )

    def found(self, device_id: str) -> list[Discovered]:
        """Return what was made of a device."""
        return list(self._found.get(device_id, {}).values())

    @callback
    def _handle_device(self, change: DeviceChange, device: Device) -> None:
        if change is DeviceChange.REMOVED:
            self._found.pop(device.id, None)
            self._registered.pop(device.id, None)
            devices.unregister(self._hass, self._entry.entry_id, device.id)
            release_device(self._hass, self._entry.entry_id, device.id)
            return
        before = self._found.get(device.id, {})
        self._discover(device)
        after = self._found[device.id]
        self._remove_vanished([found for key, found in before.items() if key not in after])
        new = [
            (platform, found) for (platform, unique_id), found in after.items() if (platform, unique_id) not in before
        ]
        for platform in dict.fromkeys(platform for platform, _ in new):
            self._add_entities(platform, [found for kind, found in new if kind == platform])

    def _discover(self, device: Device) -> None:
        """Register a device and note what entities it has; a fault in one device is logged and harms no other."""
        try:
            demo = self._runtime.coordinator.demo
            room = demo.room_of(device) if demo else None
            self._registered[device.id] = devices.register(self._hass, self._entry.entry_id, device, room)
            self._found[device.id] = {(found.row.platform, found.unique_id): found for found in discover(device, ROWS)}
        except Exception:
            _LOGGER.exception("Could not make entities of a %s", device.type)
            self._found.setdefault(device.id, {})

    def _add_entities(self, platform: Platform, found: list[Discovered]) -> None:
        if platform not in self._add or not found:
            return
        self._add[platform](
            [
                item.row.entity_class(self._runtime, item, self._registered[item.device.id].get(item.part.id))
                for item in found
            ]
        )

    def _remove_vanished(self, vanished: list[Discovered]) -> None:
        """Remove the entities of attributes a device no longer has; the entity itself follows its registry entry."""
        registry = er.async_get(self._hass)
        for found in vanished:
            if entity_id := registry.async_get_entity_id(found.row.platform, DOMAIN, found.unique_id):
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
