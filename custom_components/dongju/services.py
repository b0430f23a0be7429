"""Service actions, registered once for the integration."""

from homeassistant.core import HomeAssistant, callback


@callback
def async_register(hass: HomeAssistant) -> None:
    """Register every action."""
