"""Options of the Hub entry: to whom sentences are handed on, and how far Demo microphones reach."""

from typing import Any

from homeassistant.components import conversation
from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import BooleanSelector, EntitySelector, EntitySelectorConfig
import voluptuous as vol

from .assist.assistant import CONF_DEMO_REACHES_ALL, CONF_SCENES
from .assist.hand_on import CONF_LLM_AGENT, CONF_USE_DEFAULT
from .const import DOMAIN


class HubOptionsFlow(OptionsFlowWithReload):
    """What the hub asks of its owner."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the hub's settings."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        options = self.config_entry.options
        agent = options.get(CONF_LLM_AGENT)
        schema = vol.Schema(
            {
                vol.Required(CONF_USE_DEFAULT, default=options.get(CONF_USE_DEFAULT, True)): BooleanSelector(),
                vol.Optional(CONF_LLM_AGENT, description={"suggested_value": agent}): EntitySelector(
                    EntitySelectorConfig(domain=conversation.DOMAIN, exclude_entities=self._own_agents())
                ),
                vol.Optional(
                    CONF_SCENES, description={"suggested_value": options.get(CONF_SCENES, [])}
                ): EntitySelector(EntitySelectorConfig(domain=["scene", "script"], multiple=True)),
                vol.Required(
                    CONF_DEMO_REACHES_ALL, default=options.get(CONF_DEMO_REACHES_ALL, False)
                ): BooleanSelector(),
            }
        )
        return self.async_show_form(step_id="init", data_schema=schema)

    def _own_agents(self) -> list[str]:
        """Return our own agent, which must not be asked by itself, and the default one, which has its own switch."""
        registry = er.async_get(self.hass)
        own = [
            entity.entity_id
            for entity in er.async_entries_for_config_entry(registry, self.config_entry.entry_id)
            if entity.platform == DOMAIN
        ]
        return [*own, conversation.HOME_ASSISTANT_AGENT]
