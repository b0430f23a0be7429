"""The Hub entry: what belongs to no account (the assistant behind every microphone, voice options)."""

from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.storage import Store

from .assist import delayed, reminders
from .assist.assistant import Assistant
from .assist.hand_on import agents_of, async_hand_on
from .runtime import HubEntry, HubRuntime
from .session_host import UTTERANCE_HANDLER
from .vendors.base import SpokenReply, Utterance


async def async_setup_hub(hass: HomeAssistant, entry: HubEntry) -> None:
    """Start the assistant, and let vendors' microphones reach it."""
    assistant = Assistant(hass, dict(entry.options))
    await assistant.async_start()
    entry.runtime_data = HubRuntime(assistant)

    async def handle(utterance: Utterance) -> SpokenReply:
        async def hand_on(heard: Utterance) -> SpokenReply | None:
            return await async_hand_on(hass, agents_of(entry), heard, Context())

        return await assistant.async_handle(utterance, hand_on)

    hass.data[UTTERANCE_HANDLER] = handle


async def async_unload_hub(hass: HomeAssistant, entry: HubEntry) -> None:
    """Leave nothing of the hub behind."""
    hass.data.pop(UTTERANCE_HANDLER, None)
    entry.runtime_data.assistant.stop()


async def async_remove_hub(hass: HomeAssistant) -> None:
    """Forget on disk, too, what was to be done or told later."""
    for module in (delayed, reminders):
        await Store(hass, module.STORAGE_VERSION, module.STORAGE_KEY).async_remove()
