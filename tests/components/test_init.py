"""An account from set-up to removal: what fails is named, what ends leaves nothing behind, here or at the vendor."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import logging
from typing import Any
from unittest.mock import patch

from homeassistant.components import webhook
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryDisabler, ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.dongju.const import CONF_KIND, DOMAIN, EntryKind
from custom_components.dongju.model.vocabulary import Vendor
from tests.components.accounts import PATIENCE_SECONDS, Clouds, device_of, entity_id, mock_clouds, registered, until
from tests.components.flow_steps import TEXTS

pytestmark = pytest.mark.usefixtures("socket_enabled")

OURS = "custom_components.dongju"
NOBODY_THERE = "http://127.0.0.1:9"
EVERY_VENDOR = pytest.mark.parametrize("vendor", list(Vendor))


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    async with mock_clouds(hass) as running:
        yield running


def hubs(hass: HomeAssistant) -> list[Any]:
    return [entry for entry in hass.config_entries.async_entries(DOMAIN) if entry.data[CONF_KIND] == EntryKind.HUB]


def kept_files(hass_storage: dict[str, Any], entry: MockConfigEntry) -> list[str]:
    return [key for key in hass_storage if entry.entry_id in key and key.startswith(DOMAIN)]


def complaints(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(OURS) and record.levelno >= logging.WARNING
    ]


async def connected_clients(clouds: Clouds) -> list[str]:
    return list((await clouds.control(Vendor.THINQ, "mqtt"))["connected"])


# Set-up that fails


RETRY, GIVE_UP = ConfigEntryState.SETUP_RETRY, ConfigEntryState.SETUP_ERROR


@pytest.mark.parametrize(
    ("vendor", "trouble", "state", "key"),
    [
        (Vendor.THINQ, {"data": {"server_url": NOBODY_THERE}}, RETRY, "cannot_connect"),
        (Vendor.THINQ, {"fault": "http_status"}, RETRY, "server_error"),
        (Vendor.THINQ, {"fault": "html_body"}, RETRY, "unexpected_answer"),
        (Vendor.THINQ, {"fault": "malformed_json"}, RETRY, "unexpected_answer"),
        (Vendor.THINQ, {"action": ("rate_limit", {"per_hour": 0})}, RETRY, "rate_limited"),
        (Vendor.THINQ, {"action": ("terms", {"accepted": False})}, GIVE_UP, "terms_not_accepted"),
        (Vendor.THINQ, {"action": ("scope", {"forbidden": ["devices"]})}, GIVE_UP, "api_not_allowed"),
        (Vendor.THINQ, {"data": {"country": "KP"}}, GIVE_UP, "wrong_country"),
        (Vendor.THINQ, {"data": {"access_token": "wrong"}}, GIVE_UP, "invalid_auth"),
        (Vendor.GENIE, {"data": {"server_url": NOBODY_THERE}}, RETRY, "cannot_connect"),
        (Vendor.GENIE, {"data": {"server_url": "nowhere"}}, RETRY, "cannot_connect"),
        (Vendor.GENIE, {"fault": "http_status"}, RETRY, "server_error"),
        (Vendor.GENIE, {"data": {"pairing_token": "wrong"}}, GIVE_UP, "invalid_auth"),
        (Vendor.UPLUS, {"data": {"server_url": NOBODY_THERE}}, RETRY, "cannot_connect"),
        (Vendor.UPLUS, {"fault": "maintenance"}, RETRY, "server_error"),
        (Vendor.UPLUS, {"data": {"token": "wrong"}}, GIVE_UP, "invalid_auth"),
        (Vendor.UPLUS, {"action": ("expire_token", {})}, GIVE_UP, "invalid_auth"),
    ],
)
async def test_why_an_account_does_not_come_up(hass, clouds, caplog, vendor, trouble, state, key):
    if action := trouble.get("action"):
        await clouds.control(vendor, action[0], **action[1])
    if fault := trouble.get("fault"):
        clouds.faults(vendor).set(fault)
    entry = clouds.entry(vendor, **trouble.get("data", {}))
    assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is state
    assert entry.error_reason_translation_key == key
    assert all(key in texts["exceptions"] for texts in TEXTS.values())
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    asked = [flow for flow in flows if flow["context"]["source"] == SOURCE_REAUTH]
    assert bool(asked) is (key == "invalid_auth")
    assert hubs(hass) == []
    assert complaints(caplog) == []
    # A vendor that did not answer is no reason to lose devices; and nothing of the attempt runs on.
    assert await connected_clients(clouds) == []


@EVERY_VENDOR
async def test_comes_up_once_the_cloud_is_well_again(hass, clouds, vendor):
    clouds.faults(vendor).set("http_status")
    entry = clouds.entry(vendor)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    clouds.faults(vendor).clear()
    async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=2))
    await until(lambda: entry.state is ConfigEntryState.LOADED)
    await hass.async_block_till_done()
    assert registered(hass, entry)


# Unloading and reloading


@pytest.mark.smoke
@EVERY_VENDOR
async def test_unloading_leaves_nothing_running(hass, clouds, vendor):
    other = await clouds.loaded(Vendor.UPLUS if vendor is not Vendor.UPLUS else Vendor.GENIE)
    await hass.async_block_till_done(wait_background_tasks=False)
    tasks, hooks = asyncio.all_tasks(), set(hass.data.get(webhook.DOMAIN, ()))
    entry = await clouds.loaded(vendor)
    store = entry.runtime_data.store
    assert store.subscriber_count > 0
    if vendor is Vendor.THINQ:
        await until_async(lambda: connected_clients(clouds))
    if vendor is Vendor.GENIE:
        await until(lambda: clouds.described(vendor)["push"]["connections"])
        assert set(hass.data.get(webhook.DOMAIN, ())) > hooks
    assert await hass.config_entries.async_unload(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.NOT_LOADED
    assert store.subscriber_count == 0
    assert set(hass.data.get(webhook.DOMAIN, ())) == hooks
    left = [task for task in asyncio.all_tasks() - tasks if DOMAIN in task.get_name() or vendor in task.get_name()]
    assert left == []
    if vendor is Vendor.THINQ:
        await until_async(lambda: none_connected(clouds))
    if vendor is Vendor.GENIE:
        await until(lambda: not clouds.described(vendor)["push"]["connections"])
        assert clouds.described(vendor)["skills"] == []
    assert other.state is ConfigEntryState.LOADED


async def none_connected(clouds: Clouds) -> bool:
    return not await connected_clients(clouds)


async def until_async(condition: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await condition():  # noqa: ASYNC110 - the other end is a real socket
            await asyncio.sleep(0.01)


async def test_an_account_that_cannot_be_unloaded_goes_on(hass, clouds):
    entry = await clouds.loaded(Vendor.UPLUS)
    (hub,) = hubs(hass)
    with patch.object(hass.config_entries, "async_unload_platforms", return_value=False):
        assert not await hass.config_entries.async_unload(entry.entry_id)
        assert not await hass.config_entries.async_unload(hub.entry_id)
    light = entity_id(hass, "light", device_of(entry, "서재 조명"), "light")
    await hass.services.async_call("light", "turn_on", {"entity_id": light}, blocking=True)
    await until(lambda: hass.states.is_state(light, "on"))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    hub.runtime_data.assistant.stop()


@pytest.mark.smoke
@EVERY_VENDOR
async def test_reloading_twice_changes_nothing(hass, clouds, vendor, caplog):
    entry = await clouds.loaded(vendor)
    states = {state.entity_id: state.state for state in hass.states.async_all()}
    known = {key: device.id for key, device in registered(hass, entry).items()}
    data = dict(entry.data)
    for _turn in range(2):
        assert await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
        assert entry.state is ConfigEntryState.LOADED
    assert {key: device.id for key, device in registered(hass, entry).items()} == known
    assert {state.entity_id for state in hass.states.async_all()} == set(states)
    if vendor is Vendor.THINQ:
        assert entry.data["client_id"] == data["client_id"]
        await until_async(lambda: connected_clients(clouds))
        assert await connected_clients(clouds) == [data["client_id"]]
    if vendor is Vendor.GENIE:
        await until(lambda: clouds.described(vendor)["push"]["connections"] == 1)
        assert len(clouds.described(vendor)["skills"]) == 1
    assert complaints(caplog) == []


async def test_restart_makes_few_calls(hass, clouds):
    entry = await clouds.loaded(Vendor.THINQ)
    await until_async(lambda: connected_clients(clouds))
    await clouds.control(Vendor.THINQ, "calls", reset=True)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert (await clouds.control(Vendor.THINQ, "requests", kind="profile"))["requests"] == []


@pytest.mark.smoke
@EVERY_VENDOR
async def test_home_assistant_stops(hass, clouds, hass_storage, vendor):
    entry = await clouds.loaded(vendor)
    if vendor is Vendor.THINQ:
        await until_async(lambda: connected_clients(clouds))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    if vendor is Vendor.THINQ:
        await until_async(lambda: none_connected(clouds))
        assert "inventory" in hass_storage[f"{DOMAIN}.{entry.entry_id}.{vendor}"]["data"]
    if vendor is Vendor.GENIE:
        await until(lambda: not clouds.described(vendor)["push"]["connections"])


# Removal


@pytest.mark.smoke
async def test_removing_lg_cleans_up_at_lg(hass, clouds, hass_storage):
    entry = await clouds.loaded(Vendor.THINQ)
    await until_async(lambda: connected_clients(clouds))
    client_id = entry.data["client_id"]
    cloud = clouds.simulator.clouds["thinq"]
    await until(lambda: cloud.context.subscriptions.events_of(client_id))
    assert cloud.context.clients.registered() == [client_id]
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert cloud.context.clients.registered() == []
    assert list(cloud.context.subscriptions.events_of(client_id)) == []
    assert client_id not in str(cloud.context.subscriptions.snapshot())
    await nothing_is_written_later(hass, hass_storage, entry)


@pytest.mark.smoke
async def test_removing_kt_cleans_up_at_kt(hass, clouds, hass_storage):
    entry = await clouds.loaded(Vendor.GENIE)
    await until(lambda: clouds.described(Vendor.GENIE)["skills"])
    assert len(clouds.simulator.clouds["genie"].snapshot()["accounts"]["grants"]) == 1
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert clouds.described(Vendor.GENIE)["skills"] == []
    assert clouds.simulator.clouds["genie"].snapshot()["accounts"]["grants"] == []
    await nothing_is_written_later(hass, hass_storage, entry)


async def test_removing_uplus_leaves_nothing_on_disk(hass, clouds, hass_storage):
    entry = await clouds.loaded(Vendor.UPLUS)
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    await nothing_is_written_later(hass, hass_storage, entry)


async def nothing_is_written_later(hass: HomeAssistant, hass_storage: dict[str, Any], entry: MockConfigEntry) -> None:
    """Let delayed writes come due."""
    async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=10))
    await hass.async_block_till_done()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert kept_files(hass_storage, entry) == []


@EVERY_VENDOR
async def test_removing_an_account_whose_cloud_is_gone(hass, clouds, hass_storage, vendor, caplog):
    entry = await clouds.loaded(vendor)
    hass.config_entries.async_update_entry(entry, data={**entry.data, "server_url": NOBODY_THERE})
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == []
    assert complaints(caplog) == []
    await nothing_is_written_later(hass, hass_storage, entry)


async def test_removing_an_account_with_an_address_that_is_none(hass, clouds, hass_storage):
    entry = clouds.entry(Vendor.GENIE, server_url="nowhere")
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == []
    assert kept_files(hass_storage, entry) == []


# The hub


async def test_the_hub_comes_with_the_first_account_and_goes_with_the_last(hass, clouds):
    first = await clouds.loaded(Vendor.UPLUS)
    (hub,) = hubs(hass)
    assert hub.state is ConfigEntryState.LOADED
    second = await clouds.loaded(Vendor.GENIE)
    assert hubs(hass) == [hub]
    await hass.config_entries.async_remove(first.entry_id)
    await hass.async_block_till_done()
    assert hubs(hass) == [hub]
    assert hub.state is ConfigEntryState.LOADED
    await hass.config_entries.async_remove(second.entry_id)
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == []


async def test_a_removed_hub_comes_back_with_the_next_start(hass, clouds):
    entry = await clouds.loaded(Vendor.UPLUS)
    await hass.config_entries.async_remove(hubs(hass)[0].entry_id)
    await hass.async_block_till_done()
    assert hubs(hass) == []
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    assert len(hubs(hass)) == 1


async def test_two_accounts_at_once_make_one_hub(hass, clouds):
    entries = [clouds.entry(vendor) for vendor in Vendor]
    assert await async_setup_component(hass, DOMAIN, {})
    await hass.async_block_till_done()
    assert {entry.state for entry in entries} == {ConfigEntryState.LOADED}
    assert len(hubs(hass)) == 1


async def test_the_hub_unloads_and_comes_back(hass, clouds):
    await clouds.loaded(Vendor.UPLUS)
    (hub,) = hubs(hass)
    assert hass.states.async_entity_ids("conversation")
    assert await hass.config_entries.async_reload(hub.entry_id)
    await hass.async_block_till_done()
    assert hub.state is ConfigEntryState.LOADED


# One device, two accounts


def shared_issues(hass: HomeAssistant) -> list[str]:
    return [
        issue_id for domain, issue_id in ir.async_get(hass).issues if domain == DOMAIN and "other_account" in issue_id
    ]


async def family(clouds: Clouds) -> tuple[MockConfigEntry, MockConfigEntry]:
    """Return the accounts of two people: the second has the refrigerator in common with the first."""
    first = await clouds.loaded(Vendor.THINQ, "thinq_first")
    opened = await clouds.control(Vendor.THINQ, "open_account", devices=["냉장고"])
    second = await clouds.loaded(Vendor.THINQ, "thinq_second", access_token=opened["token"])
    return first, second


async def test_a_second_account_is_told_once(hass, clouds):
    first, second = await family(clouds)
    fridge = device_of(first, "냉장고")
    assert len(first.runtime_data.store.devices) == 3
    assert fridge.id not in second.runtime_data.store.devices
    assert fridge.id not in registered(hass, second)
    assert shared_issues(hass) == [f"device_of_other_account_{second.entry_id}"]
    for entry in (second, first):
        assert await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
        assert fridge.id in first.runtime_data.store.devices
        assert len(shared_issues(hass)) == 1


async def test_who_starts_first_after_a_restart_does_not_matter(hass, clouds):
    first, second = await family(clouds)
    fridge = device_of(first, "냉장고")
    for entry in (first, second):
        assert await hass.config_entries.async_unload(entry.entry_id)
    for key in [key for key in hass.data if str(key).startswith(f"{DOMAIN}_owners")]:
        del hass.data[key]
    for entry in (second, first):
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
    assert fridge.id in first.runtime_data.store.devices
    assert fridge.id not in second.runtime_data.store.devices


@pytest.mark.parametrize("way", ["removed", "disabled"])
async def test_the_second_account_takes_over_when_the_first_goes(hass, clouds, way):
    first, second = await family(clouds)
    fridge = device_of(first, "냉장고")
    if way == "removed":
        await hass.config_entries.async_remove(first.entry_id)
    else:
        await hass.config_entries.async_set_disabled_by(first.entry_id, ConfigEntryDisabler.USER)
    await hass.async_block_till_done()
    assert shared_issues(hass) == []
    assert await hass.config_entries.async_reload(second.entry_id)
    await hass.async_block_till_done()
    assert fridge.id in second.runtime_data.store.devices
    assert shared_issues(hass) == []


async def test_a_device_that_leaves_one_account_may_go_to_the_other(hass, clouds):
    first, second = await family(clouds)
    fridge = device_of(first, "냉장고")
    await until_async(lambda: connected_clients(clouds))
    first.runtime_data.store.remove_device(fridge.id)
    await hass.async_block_till_done()
    assert fridge.id not in registered(hass, first)
    assert await hass.config_entries.async_reload(second.entry_id)
    await hass.async_block_till_done()
    assert fridge.id in second.runtime_data.store.devices


# The device page


@pytest.mark.smoke
@EVERY_VENDOR
async def test_a_person_deletes_a_device_that_is_gone(hass, clouds, vendor, hass_ws_client):
    assert await async_setup_component(hass, "config", {})
    entry = await clouds.loaded(vendor)
    registry = dr.async_get(hass)
    known = next(iter(registered(hass, entry).values()))
    stale = registry.async_get_or_create(config_entry_id=entry.entry_id, identifiers={(DOMAIN, f"{vendor}_gone")})
    client = await hass_ws_client(hass)
    answer = await client.remove_device(known.id)
    assert not answer["success"]
    assert registry.async_get(known.id)
    answer = await client.remove_device(stale.id)
    assert answer["success"], answer
    assert registry.async_get(stale.id) is None


@pytest.mark.smoke
async def test_a_part_is_not_deleted_while_its_device_is_there(hass, clouds, hass_ws_client):
    assert await async_setup_component(hass, "config", {})
    entry = await clouds.loaded(Vendor.THINQ)
    fridge = registered(hass, entry)[device_of(entry, "냉장고").id]
    part = dr.async_entries_for_parent_device(dr.async_get(hass), fridge.id)[0]
    client = await hass_ws_client(hass)
    assert not (await client.remove_device(part.id))["success"]


async def test_a_device_is_not_deleted_while_its_account_is_down(hass, clouds, hass_ws_client):
    assert await async_setup_component(hass, "config", {})
    entry = await clouds.loaded(Vendor.UPLUS)
    device = next(iter(registered(hass, entry).values()))
    assert await hass.config_entries.async_unload(entry.entry_id)
    client = await hass_ws_client(hass)
    assert not (await client.remove_device(device.id))["success"]


async def test_the_hubs_device_may_be_deleted(hass, clouds, hass_ws_client):
    assert await async_setup_component(hass, "config", {})
    await clouds.loaded(Vendor.UPLUS)
    (device,) = registered(hass, hubs(hass)[0]).values()
    client = await hass_ws_client(hass)
    assert (await client.remove_device(device.id))["success"]


# A light command, so that the newest Home Assistant is tried with every vendor


@pytest.mark.smoke
@pytest.mark.parametrize(("vendor", "name"), [(Vendor.GENIE, "거실 조명"), (Vendor.UPLUS, "서재 조명")])
async def test_a_light_of_every_vendor(hass, clouds, vendor, name):
    entry = await clouds.loaded(vendor)
    light = entity_id(hass, "light", device_of(entry, name), "light")
    before = hass.states.get(light).state
    wanted = "off" if before == "on" else "on"
    await hass.services.async_call("light", f"turn_{wanted}", {"entity_id": light}, blocking=True)
    await until(lambda: hass.states.is_state(light, wanted))
