"""The Demo home's dashboards name only what the Demo home has, in each language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from homeassistant.helpers import area_registry as ar
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import yaml

from custom_components.dongju.const import CONF_KIND, CONF_SEED, DOMAIN, EntryKind

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = ("ko", "en")


def _dashboard(language: str) -> Any:
    return yaml.safe_load((DOCS / f"dashboard.{language}.yaml").read_text(encoding="utf-8"))


def _values(node: Any, keys: set[str]) -> Iterator[str]:
    """Yield every text under one of the keys."""
    if isinstance(node, list):
        for child in node:
            yield from _values(child, keys)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _values(value, keys)


def _shape(node: Any) -> Any:
    """Return a dashboard without its words and its ids."""
    if isinstance(node, list):
        return [_shape(child) for child in node]
    words = {"title", "name", "heading", "entity", "entity_id", "area"}
    return {key: _shape(value) for key, value in node.items() if key not in words} if isinstance(node, dict) else node


@pytest.mark.usefixtures("socket_enabled")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_entity_and_room_is_there(hass, language):
    hass.config.language = language
    for component in ("homeassistant", "http", "webhook", "conversation"):
        assert await async_setup_component(hass, component, {})
    entry = MockConfigEntry(domain=DOMAIN, unique_id="demo", data={CONF_KIND: EntryKind.DEMO, CONF_SEED: 1})
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    dashboard = _dashboard(language)
    entities = set(_values(dashboard, {"entity", "entity_id"}))
    assert len(entities) > 50
    assert entities <= {state.entity_id for state in hass.states.async_all()}
    rooms = {area.id for area in ar.async_get(hass).async_list_areas()}
    assert set(_values(dashboard, {"area"})) == rooms
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()


def test_both_languages_show_the_same():
    assert _shape(_dashboard("ko")) == _shape(_dashboard("en"))
