"""Every mode, preset and speed that a composite entity can show has its text in English and in Korean."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest

from .appliances import Described, all_appliances
from .described_house import set_up
from .test_translations import KEY, LANGUAGES, TEXTS

LISTS = {
    "fan_modes": "fan_mode",
    "preset_modes": "preset_mode",
    "available_modes": "mode",
    "operation_list": "operation_mode",
}
"""Attribute that lists the words -> attribute under which they are translated."""

OWN_WORDS_OF_HOME_ASSISTANT = {"none"}
COMPOSITE = {"climate", "fan", "humidifier", "water_heater"}
LISTING = [one for one in all_appliances() if COMPOSITE & {found.row.platform for found in one.entities}]


def shown_words(state: State) -> Iterator[tuple[str, str]]:
    for listing, attribute in LISTS.items():
        for word in state.attributes.get(listing) or ():
            yield attribute, word


@pytest.mark.parametrize("appliance", LISTING, ids=str)
async def test_words_are_translated(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, appliance: Described) -> None:
    house = await set_up(hass, monkeypatch, appliance.device)
    missing = []
    for entry in er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id):
        state = hass.states.get(entry.entity_id)
        if state is None or entry.domain not in COMPOSITE:
            continue
        for attribute, word in shown_words(state):
            for language in LANGUAGES:
                texts = TEXTS[language]["entity"][entry.domain][str(entry.translation_key)]["state_attributes"]
                known = texts[attribute]["state"].keys() | OWN_WORDS_OF_HOME_ASSISTANT
                if KEY.fullmatch(word) and word not in known:
                    missing.append((language, entry.entity_id, attribute, word))
    assert missing == []
