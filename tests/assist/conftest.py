"""Fixtures of the voice tests."""

from collections.abc import AsyncIterator
from typing import Any

from homeassistant.core import HomeAssistant
import pytest

from .demo_house import DemoHouse, demo_house


@pytest.fixture
async def house(hass: HomeAssistant, socket_enabled: None, hass_client: Any) -> AsyncIterator[DemoHouse]:
    """Return the running Demo home."""
    async with demo_house(hass, hass_client) as running:
        yield running
