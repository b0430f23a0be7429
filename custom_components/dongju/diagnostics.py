"""Diagnostics of an entry and of a device: what is needed to help, without secrets, and with ids hashed."""

from datetime import datetime, time
import hashlib
from typing import Any, Final

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import AnyDeviceEntry

from . import devices
from .const import CONF_KIND, CONF_VOICE_HIDDEN, EntryKind
from .model.device import Device
from .model.store import Store
from .runtime import AccountRuntime
from .vendors.registry import VENDORS

_ALWAYS_REDACTED: Final = {
    *("access_token", "pairing_token", "refresh_token", "token", "unique_id"),
    *("server_url", "ginside_url", "ginside_rest_url", "household"),
}
"""Secrets, ids, and the addresses of a person's own servers."""

_PRIVATE_KINDS: Final = {"text"}


async def async_get_config_entry_diagnostics(_hass: HomeAssistant, entry: ConfigEntry) -> dict[str, Any]:
    """Return an entry's settings, the health of its sessions and its devices."""
    secrets = _ALWAYS_REDACTED.union(*(definition.redact for definition in VENDORS.values()))
    result: dict[str, Any] = {
        "data": async_redact_data(dict(entry.data), secrets),
        "options": async_redact_data(dict(entry.options), secrets),
    }
    if hidden := entry.options.get(CONF_VOICE_HIDDEN):
        result["options"][CONF_VOICE_HIDDEN] = [hashed(device_id) for device_id in hidden]
    if entry.data[CONF_KIND] == EntryKind.HUB or entry.state is not ConfigEntryState.LOADED:
        return result
    runtime: AccountRuntime = entry.runtime_data
    result["sessions"] = {
        vendor: {"health": session.health(), **session.diagnostics()}
        for vendor, session in runtime.coordinator.sessions.items()
    }
    result["devices"] = {hashed(device.id): _device(runtime.store, device) for device in runtime.store.devices.values()}
    return result


async def async_get_device_diagnostics(
    hass: HomeAssistant, entry: ConfigEntry, device: AnyDeviceEntry
) -> dict[str, Any]:
    """Return one device: its description and its values."""
    if entry.data[CONF_KIND] == EntryKind.HUB or entry.state is not ConfigEntryState.LOADED:
        return {}
    store = entry.runtime_data.store
    known = store.devices.get(devices.device_id(hass, device) or "")
    return {hashed(known.id): _device(store, known)} if known else {}


def hashed(device_id: str) -> str:
    """Return a stand-in for an id: the same in every report of one home, and of no use outside it."""
    return hashlib.sha256(device_id.encode()).hexdigest()[:12]


def _device(store: Store, device: Device) -> dict[str, Any]:
    return {
        "vendor": device.vendor,
        "type": device.type,
        "model": device.model,
        "available": store.available(device.id),
        "parts": {
            part.id or "main": {
                "type": part.type,
                "attributes": {
                    # What a person named (a scene) has an id of its own in its key.
                    (key if attribute.name is None else hashed(key)): {
                        "kind": attribute.kind,
                        "writable": attribute.writable,
                        "known": attribute.known,
                        "sources": list(attribute.sources),
                        "value": _plain(attribute.kind, store.value((device.id, part.id, key))),
                    }
                    for key, attribute in part.attributes.items()
                },
            }
            for part in device.parts.values()
        },
    }


def _plain(kind: str, value: object) -> Any:
    """Return a value that JSON can hold; free text (names, sentences) stays at home."""
    if kind in _PRIVATE_KINDS and value is not None:
        return "**TEXT**"
    if isinstance(value, datetime | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value
