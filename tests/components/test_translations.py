"""Every name and every word a person can see exists in English and in Korean."""

from collections.abc import Iterator
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.const import Platform
import pytest

import custom_components.dongju
from custom_components.dongju.discovery import Discovered
from custom_components.dongju.model.vocabulary import Attr, Kind
from custom_components.dongju.platforms import ROWS

from .appliances import Described, all_appliances, home_iot_devices

FOLDER = Path(custom_components.dongju.__file__).parent
LANGUAGES = ("en", "ko")
PLAIN = ("sensor", "binary_sensor", "switch", "select", "event")
"""Platforms of entities that stand for one attribute."""

NAMES = {Attr.VOICE, Attr.WAKE_WORD, Attr.APP}
"""Attributes whose words are names that somebody gave."""

KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
"""What a translation key may look like; a vendor's word that does not (a bare "30%") speaks for itself."""


def load(language: str) -> dict[str, Any]:
    """Return the texts of a language."""
    texts: dict[str, Any] = json.loads((FOLDER / "translations" / f"{language}.json").read_text(encoding="utf-8"))
    return texts


TEXTS = {language: load(language) for language in LANGUAGES}


def leaves(tree: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text with its path."""
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key), value


def entity_texts(language: str, platform: Platform, key: str) -> dict[str, Any]:
    """Return the texts of an entity; an empty dict where there are none."""
    texts: dict[str, Any] = TEXTS[language].get("entity", {}).get(platform, {}).get(key, {})
    return texts


def words(found: Discovered, appliance: Described) -> tuple[str, ...]:
    """Return the words an entity can show."""
    attribute = appliance.device.attribute(found.part.id, found.attributes[0])
    assert attribute is not None
    match found.row.platform:
        case Platform.SELECT:
            return attribute.write_options or attribute.options
        case Platform.EVENT:
            return attribute.options
        case Platform.SENSOR if attribute.kind is Kind.ENUM:
            return attribute.options
        case _:
            return ()


def test_both_languages_have_the_same_texts() -> None:
    english, korean = (dict(leaves(TEXTS[language])) for language in LANGUAGES)
    assert english.keys() == korean.keys()
    for path, text in english.items():
        assert text, path
        assert korean[path], path
        assert sorted(re.findall(r"{\w+}", text)) == sorted(re.findall(r"{\w+}", korean[path])), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_a_name(language: str) -> None:
    nameless = [
        (row.platform, row.description.translation_key)
        for row in ROWS
        if row.description
        and row.description.translation_key
        and not entity_texts(language, row.platform, row.description.translation_key)
    ]
    assert nameless == []


def test_every_row_is_named_by_its_key_or_is_the_device_itself() -> None:
    for row in ROWS:
        if row.platform in PLAIN and row.description is not None:
            assert row.description.translation_key or row.description.name is None, row.description


@pytest.mark.parametrize("platform", PLAIN)
def test_no_text_is_without_a_row(platform: str) -> None:
    used = {row.description.translation_key for row in ROWS if row.platform == platform and row.description}
    assert set(TEXTS["en"]["entity"][platform]) - used == set()


def test_rows_without_a_device_class_have_an_icon() -> None:
    icons = json.loads((FOLDER / "icons.json").read_text(encoding="utf-8"))["entity"]
    iconless = [
        (row.platform, row.description.translation_key)
        for row in ROWS
        if row.platform in PLAIN
        and row.description
        and row.description.translation_key
        and not row.description.device_class
        and row.description.translation_key not in icons.get(row.platform, {})
    ]
    assert iconless == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("appliance", [*all_appliances(), *home_iot_devices()], ids=str)
def test_every_word_of_every_device_is_translated(appliance: Described, language: str) -> None:
    missing = []
    for found in appliance.entities:
        key = found.description.translation_key
        if key is None or key in NAMES:
            continue
        texts = entity_texts(language, found.row.platform, key)
        if found.row.platform is Platform.EVENT:
            texts = texts["state_attributes"]["event_type"]
        states = texts.get("state", {})
        missing += [(key, word) for word in words(found, appliance) if KEY.fullmatch(word) and word not in states]
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_has_a_name(language: str) -> None:
    keys = {part.name_key for appliance in all_appliances() for part in appliance.device.parts.values()} - {None}
    assert keys
    assert keys - set(TEXTS[language]["device"]) == set()


def test_korean_names_of_one_appliance_differ() -> None:
    """Two entities of one platform with one name cannot be told apart on a dashboard."""
    for appliance in (*all_appliances(), *home_iot_devices()):
        seen: dict[tuple[str, Platform, str], str] = {}
        for found in appliance.entities:
            key = found.description.translation_key
            if key is None:
                continue
            name = entity_texts("ko", found.row.platform, key).get("name")
            if name is None:
                continue
            same = seen.setdefault((found.part.id, found.row.platform, name), found.unique_id)
            assert same == found.unique_id, (appliance.name, name)
