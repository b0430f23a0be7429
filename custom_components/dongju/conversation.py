"""The conversation agent of the Hub entry: Korean and English, for Assist and every voice satellite."""

from typing import Final, Literal, override

from homeassistant.components.conversation import (
    AssistantContent,
    ChatLog,
    ConversationEntity,
    ConversationEntityFeature,
    ConversationInput,
    ConversationResult,
)
from homeassistant.const import MATCH_ALL
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er, intent
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .assist.hand_on import agents_of, async_hand_on
from .const import DOMAIN
from .runtime import HubEntry
from .vendors.base import SpokenReply, Utterance

PARALLEL_UPDATES = 0

LANGUAGES: Final = ["ko", "en"]


async def async_setup_entry(
    _hass: HomeAssistant, entry: HubEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the agent."""
    async_add_entities([DongjuConversation(entry)])


class DongjuConversation(ConversationEntity):
    """Understands by itself, and hands on what is not for it."""

    _attr_has_entity_name = True
    _attr_name = None
    _attr_supported_features = ConversationEntityFeature.CONTROL

    def __init__(self, entry: HubEntry) -> None:
        """Answer with the entry's assistant."""
        self._entry = entry
        self._attr_unique_id = entry.entry_id
        self._attr_device_info = dr.DeviceInfo(
            identifiers={(DOMAIN, entry.entry_id)},
            name=entry.title,
            manufacturer="Dongju",
            entry_type=dr.DeviceEntryType.SERVICE,
        )

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Return the languages understood; what is in another is handed on."""
        return LANGUAGES if not agents_of(self._entry) else MATCH_ALL

    @override
    async def _async_handle_message(self, user_input: ConversationInput, chat_log: ChatLog) -> ConversationResult:
        """Answer a sentence."""
        utterance = Utterance(
            assistant="assist",
            text=user_input.text,
            language=user_input.language or self.hass.config.language,
            device_id=user_input.device_id or "",
            room=self._room(user_input),
            user=user_input.context.user_id,
            conversation_id=chat_log.conversation_id,
        )

        async def hand_on(heard: Utterance) -> SpokenReply | None:
            return await async_hand_on(self.hass, agents_of(self._entry), heard, user_input.context)

        reply = await self._entry.runtime_data.assistant.async_handle(utterance, hand_on, user_input.context)
        response = intent.IntentResponse(language=utterance.language)
        response.async_set_speech(reply.text)
        chat_log.async_add_assistant_content_without_tools(
            AssistantContent(agent_id=user_input.agent_id, content=reply.text)
        )
        return ConversationResult(
            response=response, conversation_id=chat_log.conversation_id, continue_conversation=reply.continues
        )

    def _room(self, user_input: ConversationInput) -> str | None:
        """Return the area of the satellite or device that heard it."""
        if user_input.satellite_id:
            satellite = er.async_get(self.hass).async_get(user_input.satellite_id)
            if satellite and satellite.area_id:
                return satellite.area_id
        device = dr.async_get(self.hass).async_get(user_input.device_id) if user_input.device_id else None
        return device.area_id if device else None
