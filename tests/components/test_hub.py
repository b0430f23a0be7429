"""The hub behind every microphone: who is asked after it, and what a microphone hears while there is no hub."""

from collections.abc import AsyncGenerator
from typing import Any, Literal, override

from homeassistant.components import conversation
from homeassistant.core import HomeAssistant
from homeassistant.helpers import intent
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import CONF_KIND, DOMAIN, EntryKind
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.session_host import UTTERANCE_HANDLER
from custom_components.dongju.vendors.base import Utterance
from tests.components.accounts import Clouds, mock_clouds, until

pytestmark = pytest.mark.usefixtures("socket_enabled")

UNKNOWN = "파리에서 제일 높은 건물이 궁금해"


class Clever(conversation.AbstractConversationAgent):
    """An agent that has an answer to everything."""

    def __init__(self) -> None:
        """Start without having heard anything."""
        self.heard: list[str] = []

    @property
    @override
    def supported_languages(self) -> list[str] | Literal["*"]:
        """Return every language."""
        return "*"

    @override
    async def async_process(self, user_input: conversation.ConversationInput) -> conversation.ConversationResult:
        """Answer."""
        self.heard.append(user_input.text)
        response = intent.IntentResponse(language=user_input.language)
        response.async_set_speech("에펠탑이에요.")
        return conversation.ConversationResult(response=response)


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    async with mock_clouds(hass) as running:
        yield running


def the_hub(hass: HomeAssistant) -> Any:
    (hub,) = [entry for entry in hass.config_entries.async_entries(DOMAIN) if entry.data[CONF_KIND] == EntryKind.HUB]
    return hub


async def clever_agent(hass: HomeAssistant) -> tuple[Clever, str]:
    """Offer an agent as another integration does; return it with its id."""
    entry = MockConfigEntry(domain="clever")
    entry.add_to_hass(hass)
    agent = Clever()
    conversation.async_set_agent(hass, entry, agent)
    return agent, entry.entry_id


async def options(hass: HomeAssistant, **changed: Any) -> None:
    hub = the_hub(hass)
    hass.config_entries.async_update_entry(hub, options={"use_default_agent": False, **changed})
    assert await hass.config_entries.async_reload(hub.entry_id)
    await hass.async_block_till_done()


async def test_what_the_hub_does_not_know_goes_to_the_chosen_agent(hass, clouds):
    await clouds.loaded(Vendor.GENIE)
    agent, agent_id = await clever_agent(hass)
    heard = Utterance(assistant="genie", text=UNKNOWN, language="ko", device_id="genie_speaker")
    await options(hass)
    alone = await hass.data[UTTERANCE_HANDLER](heard)
    assert agent.heard == []
    await options(hass, llm_agent=agent_id)
    reply = await hass.data[UTTERANCE_HANDLER](heard)
    assert reply.text == "에펠탑이에요."
    assert reply.text != alone.text
    assert agent.heard == [UNKNOWN]


async def test_an_unsafe_sentence_goes_to_nobody(hass, clouds):
    await clouds.control(
        Vendor.GENIE, "add_device", device={"id": "gas", "kind": "gas_valve", "name": "가스밸브", "room": "kitchen"}
    )
    await clouds.loaded(Vendor.GENIE)
    agent, agent_id = await clever_agent(hass)
    await options(hass, llm_agent=agent_id)
    for sentence in ("가스밸브 열어줘", "open the gas valve"):
        language = "en" if sentence.isascii() else "ko"
        heard = Utterance(assistant="genie", text=sentence, language=language, device_id="genie_speaker")
        reply = await hass.data[UTTERANCE_HANDLER](heard)
        assert reply.text
        assert not reply.acted
    assert agent.heard == []


async def test_a_device_that_is_hidden_later_cannot_be_reached_any_more(hass, clouds):
    entry = await clouds.loaded(Vendor.GENIE)
    heard = Utterance(assistant="genie", text="거실 조명 켜줘", language="ko", device_id="genie_speaker")
    await options(hass)
    assert (await hass.data[UTTERANCE_HANDLER](heard)).acted
    hass.config_entries.async_update_entry(entry, options={"voice_hidden": ["genie_light"]})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert not (await hass.data[UTTERANCE_HANDLER](heard)).acted


async def test_without_a_hub_a_microphone_gets_no_answer_and_no_harm_is_done(hass, clouds):
    entry = await clouds.loaded(Vendor.GENIE)
    session = entry.runtime_data.coordinator.session(Vendor.GENIE)
    await until(lambda: session.health()["connected"])
    assert await hass.config_entries.async_unload(the_hub(hass).entry_id)
    assert UTTERANCE_HANDLER not in hass.data
    said = await clouds.control(Vendor.GENIE, "say", deviceId="speaker", text="거실 조명 켜줘", push=True, skill=False)
    assert said
    await until(lambda: session.health()["connected"])
