"""Dongju: KT GiGA Genie, LG ThinQ, LG U+ and every voice assistant in one boat."""

from typing import cast

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.translation import async_load_integrations
from homeassistant.helpers.typing import ConfigType

from . import repairs, services
from .const import CONF_KIND, CONF_VENDOR, DOMAIN, HUB_PLATFORMS, EntryKind
from .coordinator import AccountCoordinator
from .demo import DemoHome, async_remove_demo_state
from .entity_loader import EntityLoader
from .hub import async_setup_hub, async_unload_hub
from .model.vocabulary import Vendor
from .platforms import PLATFORMS
from .runtime import AccountEntry, AccountRuntime, HubEntry
from .session_host import DiskCache, cache_key, create_context
from .vendors.registry import VENDORS

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)


async def async_setup(hass: HomeAssistant, _config: ConfigType) -> bool:
    """Register the service actions, which exist whether or not an account is loaded."""
    services.async_register(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Set up an account, the Demo home or the hub."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        await async_setup_hub(hass, cast("HubEntry", entry))
        await hass.config_entries.async_forward_entry_setups(entry, HUB_PLATFORMS)
        return True
    await _async_setup_account(hass, cast("AccountEntry", entry))
    _ensure_hub(hass)
    return True


async def _async_setup_account(hass: HomeAssistant, entry: AccountEntry) -> None:
    """Start the sessions of an entry, then its entities."""
    demo = None
    if entry.data[CONF_KIND] == EntryKind.DEMO:
        demo = DemoHome(hass, entry)
        await demo.async_start()
    coordinator = AccountCoordinator(hass, entry, demo)
    loader = EntityLoader(hass, entry)
    entry.runtime_data = AccountRuntime(
        store=coordinator.store, bus=coordinator.bus, coordinator=coordinator, entities=loader
    )
    try:
        await coordinator.async_start()
        # Names of parts are resolved when they are registered, which is before the platforms would load them.
        await async_load_integrations(hass, {DOMAIN})
        loader.start()
        await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    except BaseException:
        loader.stop()
        await coordinator.async_close()
        raise
    repairs.async_check_shared_account(hass, entry)


def _ensure_hub(hass: HomeAssistant) -> None:
    """Create the Hub entry with the first account."""
    if any(entry.data.get(CONF_KIND) == EntryKind.HUB for entry in hass.config_entries.async_entries(DOMAIN)):
        return
    hass.async_create_task(
        hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_SYSTEM}), eager_start=False
    )


async def async_unload_entry(hass: HomeAssistant, entry: ConfigEntry) -> bool:
    """Unload an entry; nothing of it keeps running."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        if not await hass.config_entries.async_unload_platforms(entry, HUB_PLATFORMS):
            return False
        await async_unload_hub(hass, cast("HubEntry", entry))
        return True
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    runtime = cast("AccountEntry", entry).runtime_data
    runtime.entities.stop()
    await runtime.coordinator.async_close()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Clean up at the vendor and on disk; the hub goes with the last account."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        return
    if entry.data[CONF_KIND] == EntryKind.DEMO:
        await async_remove_demo_state(hass, entry.entry_id)
    else:
        await _async_remove_account(hass, cast("AccountEntry", entry))
    for vendor in VENDORS:
        await DiskCache(hass, cache_key(entry.entry_id, vendor)).async_remove()
    repairs.async_forget(hass, entry.entry_id)
    others = [other for other in hass.config_entries.async_entries(DOMAIN) if other.entry_id != entry.entry_id]
    if all(other.data[CONF_KIND] == EntryKind.HUB for other in others):
        for hub in others:
            hass.async_create_task(hass.config_entries.async_remove(hub.entry_id), eager_start=False)


async def _async_remove_account(hass: HomeAssistant, entry: AccountEntry) -> None:
    """Delete what was registered at the vendor for this account."""
    vendor = Vendor(entry.data[CONF_VENDOR])
    coordinator = AccountCoordinator(hass, entry, None)
    context = create_context(hass, entry, vendor, coordinator.store, dict(entry.data), lambda _changed: None)
    await VENDORS[vendor].create_session(context).async_remove_account()


async def async_remove_config_entry_device(_hass: HomeAssistant, entry: ConfigEntry, device: AnyDeviceEntry) -> bool:
    """Let a person delete a device that the account no longer has."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        return True
    known = cast("AccountEntry", entry).runtime_data.store.devices
    return not any(
        key == device_id or key.startswith(f"{device_id}-") for _, key in device.identifiers for device_id in known
    )
