"""The hub's lines on Home Assistant's system health page."""

from typing import Any

from homeassistant.components import system_health
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant, callback

from .const import CONF_KIND, DOMAIN, EntryKind
from .runtime import AccountRuntime


@callback
def async_register(_hass: HomeAssistant, register: system_health.SystemHealthRegistration) -> None:
    """Register the page's information."""
    register.async_register_info(async_info)


async def async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return how many accounts and devices there are, whether push is alive, and how many calls are left this hour."""
    accounts = [
        entry for entry in hass.config_entries.async_entries(DOMAIN) if entry.data.get(CONF_KIND) != EntryKind.HUB
    ]
    runtimes: list[AccountRuntime] = [
        entry.runtime_data for entry in accounts if entry.state is ConfigEntryState.LOADED
    ]
    health = [
        (vendor, session.health()) for runtime in runtimes for vendor, session in runtime.coordinator.sessions.items()
    ]
    return {
        "accounts": len(accounts),
        "loaded_accounts": len(runtimes),
        "devices": sum(len(runtime.store.devices) for runtime in runtimes),
        "push_connected": ", ".join(str(vendor) for vendor, line in health if line.get("connected")) or "-",
        "calls_left": ", ".join(
            f"{vendor}: {line['calls_left']}" for vendor, line in health if line.get("calls_left") is not None
        )
        or "-",
    }
