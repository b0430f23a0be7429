"""Repair issues: only what a person can do something about, in both languages, gone when it is done."""

from collections.abc import AsyncGenerator
import re
from typing import Any

from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.vocabulary import Vendor
from tests.components.accounts import Clouds, mock_clouds, until
from tests.components.flow_steps import TEXTS

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    async with mock_clouds(hass) as running:
        yield running


def issues(hass: HomeAssistant) -> dict[str, ir.IssueEntry]:
    """Return our issues by their key; each has its texts, and nothing in them is left open."""
    ours = [issue for (domain, _), issue in ir.async_get(hass).issues.items() if domain == DOMAIN and issue.active]
    for issue in ours:
        for texts in TEXTS.values():
            text = texts["issues"][issue.translation_key]
            wanted = set(re.findall(r"\{(\w+)\}", text["title"] + text["description"]))
            assert wanted <= set(issue.translation_placeholders or {})
        assert issue.severity is ir.IssueSeverity.WARNING
    return {str(issue.translation_key): issue for issue in ours}


def core_thinq(country: str = "KR") -> MockConfigEntry:
    """Return an account of Home Assistant's own LG ThinQ integration."""
    return MockConfigEntry(domain="lg_thinq", data={"access_token": "x", "country": country})


async def test_core_integration_beside_us(hass, clouds):
    core = core_thinq()
    core.add_to_hass(hass)
    entry = await clouds.loaded(Vendor.THINQ)
    assert set(issues(hass)) == {"shared_call_limit"}
    assert issues(hass)["shared_call_limit"].translation_placeholders == {"account": entry.title}
    await hass.config_entries.async_remove(core.entry_id)
    assert issues(hass) == {}


@pytest.mark.smoke
async def test_core_integration_that_comes_later(hass, clouds):
    await clouds.loaded(Vendor.THINQ)
    assert issues(hass) == {}
    core = core_thinq()
    await hass.config_entries.async_add(core)
    assert set(issues(hass)) == {"shared_call_limit"}
    await hass.config_entries.async_set_disabled_by(core.entry_id, ConfigEntryDisabler.USER)
    assert issues(hass) == {}
    await hass.async_block_till_done()


async def test_core_integration_of_another_country_shares_nothing(hass, clouds):
    core_thinq("US").add_to_hass(hass)
    await clouds.loaded(Vendor.THINQ)
    assert issues(hass) == {}


@pytest.mark.parametrize("vendor", [Vendor.GENIE, Vendor.UPLUS])
async def test_core_integration_is_nothing_to_other_vendors(hass, clouds, vendor):
    core_thinq().add_to_hass(hass)
    await clouds.loaded(vendor)
    assert issues(hass) == {}


async def test_issues_go_with_their_account(hass, clouds):
    core_thinq().add_to_hass(hass)
    entry = await clouds.loaded(Vendor.THINQ)
    other = await clouds.loaded(Vendor.UPLUS)
    entry.runtime_data.coordinator.session(Vendor.THINQ)
    assert issues(hass)
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert issues(hass) == {}
    assert await hass.config_entries.async_remove(other.entry_id)
    await hass.async_block_till_done()


async def test_music_that_is_not_linked(hass, clouds):
    entry = await clouds.loaded(Vendor.GENIE)
    await until(lambda: entry.runtime_data.coordinator.session(Vendor.GENIE).health()["connected"])
    await clouds.control(Vendor.GENIE, "music_link", linked=False)
    await until(lambda: "music_login_required" in issues(hass))
    await clouds.control(Vendor.GENIE, "music_link", linked=True)
    await until(lambda: "music_login_required" not in issues(hass))


async def test_a_token_that_ends_soon(hass, clouds):
    await clouds.control(Vendor.UPLUS, "expire_token", days=3)
    entry = await clouds.loaded(Vendor.UPLUS)
    told = issues(hass)["token_expires"].translation_placeholders or {}
    assert told["account"] == entry.title
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["date"])
    fresh = await clouds.control(Vendor.UPLUS, "renew_token")
    hass.config_entries.async_update_entry(entry, data={**entry.data, **fresh})
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert issues(hass) == {}


async def test_a_household_that_is_gone(hass, clouds):
    entry = clouds.entry(Vendor.GENIE, household="h9")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert set(issues(hass)) == {"household_gone"}
    assert all(entry.error_reason_translation_key in texts["exceptions"] for texts in TEXTS.values())


def test_every_issue_has_both_languages():
    assert set(TEXTS["en"]["issues"]) == set(TEXTS["ko"]["issues"])
