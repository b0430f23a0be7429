"""Handing a sentence on: to Home Assistant's own agent, then to the LLM agent the person chose.

Only sentences that the guard let through come here. What a user-chosen LLM does with other integrations is its matter.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from homeassistant.components import conversation
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import intent

from ..vendors.base import SpokenReply, Utterance

CONF_LLM_AGENT: Final = "llm_agent"
CONF_USE_DEFAULT: Final = "use_default_agent"

_NO_ANSWER: Final = frozenset(
    {
        intent.IntentResponseErrorCode.NO_INTENT_MATCH,
        intent.IntentResponseErrorCode.NO_VALID_TARGETS,
    }
)


class _HasOptions(Protocol):
    """A config entry, as far as it matters here."""

    @property
    def options(self) -> Mapping[str, Any]: ...


def agents_of(entry: _HasOptions) -> list[str]:
    """Return the agents to ask, in order."""
    agents = [conversation.HOME_ASSISTANT_AGENT] if entry.options.get(CONF_USE_DEFAULT, True) else []
    if llm_agent := entry.options.get(CONF_LLM_AGENT):
        agents.append(str(llm_agent))
    return agents


async def async_hand_on(
    hass: HomeAssistant, agents: Sequence[str], utterance: Utterance, context: Context
) -> SpokenReply | None:
    """Return the first agent's answer that is one, None when no agent understands."""
    for agent_id in agents:
        try:
            result = await conversation.async_converse(
                hass,
                text=utterance.text,
                conversation_id=utterance.conversation_id,
                context=context,
                language=utterance.language,
                agent_id=agent_id,
            )
        except HomeAssistantError, ValueError:
            continue
        response = result.response
        if response.error_code in _NO_ANSWER:
            continue
        speech = response.speech.get("plain", {}).get("speech", "")
        if speech:
            return SpokenReply(
                text=str(speech),
                continues=result.continue_conversation,
                acted=response.response_type is intent.IntentResponseType.ACTION_DONE,
                conversation_id=result.conversation_id,
            )
    return None
