"""Options of the Hub entry."""

from typing import Any

from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
import voluptuous as vol


class HubOptionsFlow(OptionsFlowWithReload):
    """What the hub asks of its owner."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the hub's settings."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        return self.async_show_form(step_id="init", data_schema=vol.Schema({}))
