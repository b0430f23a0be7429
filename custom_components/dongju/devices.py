"""The device registry's side of the store: a device and its parts as a device and its child devices."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr

from .const import DOMAIN
from .model.device import MAIN, Device, Part


def identifier(device_id: str, part_id: str = MAIN) -> tuple[str, str]:
    """Return the registry identifier of a device or of one of its parts."""
    return (DOMAIN, f"{device_id}-{part_id}" if part_id else device_id)


def find(registry: dr.DeviceRegistry, entry_id: str, device_id: str, part_id: str = MAIN) -> dr.AnyDeviceEntry | None:
    """Return the registry entry of a device or part."""
    if part_id:
        return registry.async_get_child_device_by_identifier(identifier(device_id, part_id), entry_id)
    return registry.async_get_device_by_identifier(identifier(device_id), entry_id)


def register(
    hass: HomeAssistant, entry_id: str, device: Device, room: str | None = None
) -> dict[str, dr.AnyDeviceEntry]:
    """Register a device and its parts, or update them; return the registry entries by part id.

    A part becomes a child device, named after its parent by Home Assistant ("냉장고 냉동실"); it shares the area.
    A child whose part is no more is removed.
    `room` is where it stands when its vendor does not know (LG does not), or names the room in another language.
    """
    registry = dr.async_get(hass)
    entry = registry.async_get_or_create(
        config_entry_id=entry_id,
        identifiers={identifier(device.id)},
        name=device.name,
        manufacturer=device.manufacturer,
        model=device.model,
        serial_number=device.serial_number,
        sw_version=device.sw_version,
        suggested_area=room or device.room,
    )
    entries: dict[str, dr.AnyDeviceEntry] = {MAIN: entry}
    for part in device.parts.values():
        if part.id != MAIN:
            entries[part.id] = _register_part(registry, entry_id, device, part, entry)
    kept = {known.id for known in entries.values()}
    for child in dr.async_entries_for_parent_device(registry, entry.id):
        if child.id not in kept:
            registry.async_remove_device(child.id)
    return entries


def _register_part(
    registry: dr.DeviceRegistry, entry_id: str, device: Device, part: Part, parent: dr.DeviceEntry
) -> dr.ChildDeviceEntry:
    identifiers = {identifier(device.id, part.id)}
    if part.name_key is None:
        return registry.async_get_or_create_child(
            config_entry_id=entry_id, identifiers=identifiers, parent_device_id=parent.id, name=part.name or part.id
        )
    return registry.async_get_or_create_child(
        config_entry_id=entry_id, identifiers=identifiers, parent_device_id=parent.id, translation_key=part.name_key
    )


def device_id(hass: HomeAssistant, entry: dr.AnyDeviceEntry) -> str | None:
    """Return the id in the store of a registry entry, be it of a device or of one of its parts."""
    if isinstance(entry, dr.ChildDeviceEntry):
        parent = dr.async_get(hass).async_get(entry.parent_device_id)
        return device_id(hass, parent) if parent else None
    return next((key for domain, key in entry.identifiers if domain == DOMAIN), None)


def unregister(hass: HomeAssistant, entry_id: str, device_id: str) -> None:
    """Remove a device with its parts and their entities."""
    registry = dr.async_get(hass)
    if entry := registry.async_get_device_by_identifier(identifier(device_id), entry_id):
        # Children first: they are not left behind without a parent.
        for child in dr.async_entries_for_parent_device(registry, entry.id):
            registry.async_remove_device(child.id)
        registry.async_remove_device(entry.id)
