"""Dongju: KT GiGA Genie, LG ThinQ, LG U+ and every voice assistant in one boat."""

from typing import cast

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntry, ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.device_registry import AnyDeviceEntry
from homeassistant.helpers.translation import async_load_integrations
from homeassistant.helpers.typing import ConfigType

from . import devices, owners, removal, repairs, services
from .const import CONF_KIND, DOMAIN, HUB_PLATFORMS, EntryKind
from .coordinator import AccountCoordinator
from .demo import DemoHome
from .energy_history import EnergyHistory
from .entity_loader import EntityLoader
from .hub import async_remove_hub, async_setup_hub, async_unload_hub
from .platforms import PLATFORMS
from .runtime import AccountEntry, AccountRuntime, HubEntry

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
    demo = DemoHome(hass, entry) if entry.data[CONF_KIND] == EntryKind.DEMO else None
    if demo:
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
        await loader.async_start()
        await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
        await loader.async_add()
    except BaseException:
        loader.stop()
        await coordinator.async_close()
        raise

    async def stop(_event: Event) -> None:
        loader.stop()
        await coordinator.async_close()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    history = EnergyHistory(hass, entry)
    history.start()
    entry.async_on_unload(history.stop)
    repairs.async_watch_shared_account(hass, entry)


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
    if entry.disabled_by:
        owners.release_all(hass, entry.entry_id)
    return True


async def async_remove_entry(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Clean up at the vendor and on disk; the hub goes with the last account."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        await async_remove_hub(hass)
        return
    await removal.async_remove(hass, cast("AccountEntry", entry))
    owners.release_all(hass, entry.entry_id)
    repairs.async_forget(hass, entry.entry_id)
    others = [other for other in hass.config_entries.async_entries(DOMAIN) if other.entry_id != entry.entry_id]
    if all(other.data.get(CONF_KIND) == EntryKind.HUB for other in others):
        for hub in others:
            hass.async_create_task(hass.config_entries.async_remove(hub.entry_id), eager_start=False)


async def async_remove_config_entry_device(hass: HomeAssistant, entry: ConfigEntry, device: AnyDeviceEntry) -> bool:
    """Let a person delete a device that the account no longer has."""
    if entry.data[CONF_KIND] == EntryKind.HUB:
        return True
    if entry.state is not ConfigEntryState.LOADED:
        return False
    known = cast("AccountEntry", entry).runtime_data.store.devices
    return devices.device_id(hass, device) not in known
