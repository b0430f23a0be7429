"""The system health page: how many accounts and devices there are, who is connected, how many calls are left."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import get_system_health_info

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.vocabulary import Vendor
from tests.components.accounts import Clouds, mock_clouds, until
from tests.components.flow_steps import TEXTS

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    assert await async_setup_component(hass, "system_health", {})
    async with mock_clouds(hass) as running:
        yield running


@pytest.mark.smoke
async def test_all_vendors(hass, clouds):
    entries = {vendor: await clouds.loaded(vendor) for vendor in Vendor}
    for vendor in (Vendor.THINQ, Vendor.GENIE):
        session = entries[vendor].runtime_data.coordinator.session(vendor)
        await until(lambda: session.health()["connected"])  # noqa: B023
    info = await get_system_health_info(hass, DOMAIN)
    assert all(set(info) == set(texts["system_health"]["info"]) for texts in TEXTS.values())
    calls_left = info.pop("calls_left")
    assert calls_left.startswith("thinq: ")
    assert 200 < int(calls_left.removeprefix("thinq: ")) < 300
    devices = sum(len(entry.runtime_data.store.devices) for entry in entries.values())
    assert info == {
        "accounts": 3,
        "loaded_accounts": 3,
        "devices": devices,
        "push_connected": "thinq, genie, uplus",
    }


async def test_accounts_that_are_down(hass, clouds):
    entry = await clouds.loaded(Vendor.UPLUS)
    clouds.entry(Vendor.THINQ)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await get_system_health_info(hass, DOMAIN) == {
        "accounts": 2,
        "loaded_accounts": 0,
        "devices": 0,
        "push_connected": "-",
        "calls_left": "-",
    }
