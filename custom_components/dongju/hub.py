"""The Hub entry: what belongs to no account (the conversation agent, voice options, hub-wide events)."""

from homeassistant.core import HomeAssistant

from .runtime import HubEntry, HubRuntime


async def async_setup_hub(_hass: HomeAssistant, entry: HubEntry) -> None:
    """Prepare the hub's runtime."""
    entry.runtime_data = HubRuntime()


async def async_unload_hub(_hass: HomeAssistant, _entry: HubEntry) -> None:
    """Leave nothing of the hub behind."""
