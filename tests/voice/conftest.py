"""Homes of the voice tests, read once."""

from functools import cache
import json
from pathlib import Path

import pytest

from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.understand import Understander

DATA = Path(__file__).parent / "data"


@cache
def _understander(name: str) -> Understander:
    return Understander(HomeIndex.from_json(json.loads((DATA / name).read_text(encoding="utf-8"))))


@pytest.fixture
def public() -> Understander:
    """Understand in the home of the public set."""
    return _understander("public_home.json")


@pytest.fixture
def second() -> Understander:
    """Understand in a villa with other rooms, several lights and televisions, and nicknames."""
    return _understander("second_home.json")
