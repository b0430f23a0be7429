"""Setting up, signing in again and changing an LG U+ account, against its mock cloud."""

from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.config_entries import SOURCE_REAUTH, SOURCE_USER, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest

from custom_components.dongju.const import CONF_KIND, DOMAIN, EntryKind
from custom_components.dongju.simulator.simulator import Simulator
from custom_components.dongju.simulator.uplus.cloud import UplusCloud

from .cloud_house import CloudHouse
from .uplus_house import LIGHT, Time, demo_devices, uplus_house

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def cloud(hass: HomeAssistant, socket_enabled: None) -> AsyncGenerator[UplusCloud]:
    assert await async_setup_component(hass, "homeassistant", {})
    cloud = Simulator(demo_devices(), seed=1).clouds["uplus"]
    assert isinstance(cloud, UplusCloud)
    await cloud.start()
    yield cloud
    await cloud.close()


@pytest.fixture
async def house(hass: HomeAssistant, passing: Time) -> AsyncGenerator[CloudHouse]:
    async with uplus_house(hass) as made:
        yield made


@pytest.fixture
def passing(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> Time:
    return Time(hass, monkeypatch)


def answers(cloud: Any, **other: str) -> dict[str, str]:
    """Return what a person types in."""
    connection = cloud.connection()
    return {"server_url": connection["base_url"], "token": connection["token"], **other}


def state_of(house: CloudHouse) -> ConfigEntryState:
    """Return how the account's entry is."""
    return house.entry.state


async def begin(hass: HomeAssistant) -> Any:
    """Go to the form."""
    menu: Any = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    assert "uplus" in menu["menu_options"]
    form: Any = await hass.config_entries.flow.async_configure(menu["flow_id"], {"next_step_id": "uplus"})
    assert (form["type"], form["step_id"], form["errors"]) == (FlowResultType.FORM, "uplus", {})
    assert [str(key) for key in form["data_schema"].schema] == ["server_url", "token"]
    return form


async def answer(hass: HomeAssistant, form: Any, said: dict[str, Any]) -> Any:
    """Answer a form."""
    return await hass.config_entries.flow.async_configure(form["flow_id"], said)


async def finish(hass: HomeAssistant, form: Any, said: dict[str, Any]) -> Any:
    """Answer the form with what works, and let the voice question stand."""
    voice = await answer(hass, form, said)
    assert (voice["type"], voice["step_id"]) == (FlowResultType.FORM, "voice")
    created = await answer(hass, voice, voice["data_schema"]({}))
    await hass.async_block_till_done()
    assert created["type"] is FlowResultType.CREATE_ENTRY
    return created


async def test_setting_up(hass: HomeAssistant, cloud: UplusCloud) -> None:
    created = await finish(hass, await begin(hass), answers(cloud))
    entry = created["result"]
    assert (entry.title, entry.state) == ("LG U+", ConfigEntryState.LOADED)
    assert entry.data == {CONF_KIND: EntryKind.ACCOUNT, "vendor": "uplus", **answers(cloud)}
    assert len(dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)) == 11
    await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.parametrize(
    ("said", "fault", "error"),
    [
        ({"token": "wrong"}, None, "invalid_auth"),
        ({"server_url": "http://127.0.0.1:9"}, None, "cannot_connect"),
        ({"server_url": "http://iot.example.com"}, None, "cannot_connect"),
        ({}, ("drop_connection", {}), "cannot_connect"),
        ({}, ("html_body", {}), "unexpected_answer"),
        ({}, ("malformed_json", {}), "unexpected_answer"),
        ({}, ("http_status", {"status": 503}), "server_error"),
        ({}, ("maintenance", {}), "server_error"),
        ({}, ("rate_limited", {}), "rate_limited"),
        ({}, ("http_error", {"status": 200, "code": "1002"}), "invalid_auth"),
    ],
)
async def test_what_goes_wrong_is_said_and_can_be_mended(
    hass: HomeAssistant, cloud: UplusCloud, said: dict[str, str], fault: tuple[str, dict[str, Any]] | None, error: str
) -> None:
    form = await begin(hass)
    if fault:
        cloud.faults.set(fault[0], **fault[1])
    again = await answer(hass, form, answers(cloud, **said))
    assert (again["type"], again["errors"]) == (FlowResultType.FORM, {"base": error})
    cloud.faults.clear()
    created = await finish(hass, again, answers(cloud))
    await hass.config_entries.async_unload(created["result"].entry_id)


async def test_one_account_is_set_up_once(hass: HomeAssistant, cloud: UplusCloud) -> None:
    created = await finish(hass, await begin(hass), answers(cloud))
    same = await answer(hass, await begin(hass), answers(cloud))
    assert (same["type"], same["reason"]) == (FlowResultType.ABORT, "already_configured")
    await cloud.control("renew_token", {})
    renewed = await answer(hass, await begin(hass), answers(cloud))
    assert (renewed["type"], renewed["reason"]) == (FlowResultType.ABORT, "already_configured")
    await hass.config_entries.async_unload(created["result"].entry_id)


async def reauth_form(hass: HomeAssistant) -> Any:
    """Return the only question that Home Assistant has, as its page shows it."""
    (flow,) = [flow for flow in hass.config_entries.flow.async_progress() if flow["context"]["source"] == SOURCE_REAUTH]
    form: Any = await hass.config_entries.flow.async_configure(flow["flow_id"])
    assert form["step_id"] == "reauth_confirm"
    assert [str(key) for key in form["data_schema"].schema] == ["token"]
    return form


async def test_an_expired_token_asks_once_and_a_new_one_heals(
    hass: HomeAssistant, house: CloudHouse, passing: Time
) -> None:
    light = house.entity_id("light", LIGHT, "light")
    await house.control("expire_token")
    for _time in range(3):
        await passing.advance(601)
    assert house.state(light).state == STATE_UNAVAILABLE
    form = await reauth_form(hass)
    wrong = await answer(hass, form, {"token": "wrong"})
    assert wrong["errors"] == {"base": "invalid_auth"}
    token = (await house.control("renew_token"))["token"]
    done = await answer(hass, wrong, {"token": token})
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "reauth_successful")
    await hass.async_block_till_done()
    assert house.entry.data["token"] == token
    assert house.state(light).state == "off"
    assert not [flow for flow in hass.config_entries.flow.async_progress() if flow["handler"] == DOMAIN]


async def test_a_token_that_ended_while_home_assistant_was_off(hass: HomeAssistant, house: CloudHouse) -> None:
    await house.control("expire_token")
    assert not await hass.config_entries.async_reload(house.entry.entry_id)
    assert state_of(house) is ConfigEntryState.SETUP_ERROR
    form = await reauth_form(hass)
    await answer(hass, form, {"token": (await house.control("renew_token"))["token"]})
    await hass.async_block_till_done()
    assert state_of(house) is ConfigEntryState.LOADED


async def test_a_cloud_that_is_down_at_the_start_is_tried_again(hass: HomeAssistant, house: CloudHouse) -> None:
    house.cloud.faults.set("http_status", status=502, count=1)
    await hass.config_entries.async_reload(house.entry.entry_id)
    assert state_of(house) is ConfigEntryState.SETUP_RETRY
    await hass.config_entries.async_reload(house.entry.entry_id)
    assert state_of(house) is ConfigEntryState.LOADED


async def test_the_token_of_somebody_else(hass: HomeAssistant, house: CloudHouse) -> None:
    home = demo_devices()
    home.uplus[:] = [{"deviceSn": "OTHER", "typeCd": "L01"}]
    other = Simulator(home, seed=2).clouds["uplus"]
    await other.start()
    try:
        form = await house.entry.start_reconfigure_flow(hass)
        refused = await answer(hass, form, answers(other))
    finally:
        await other.close()
    assert (refused["type"], refused["reason"]) == (FlowResultType.ABORT, "wrong_account")


async def test_a_home_that_has_no_devices_yet_can_sign_in_again(hass: HomeAssistant, socket_enabled: None) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    home = demo_devices()
    home.uplus[:] = []
    cloud = Simulator(home, seed=3).clouds["uplus"]
    await cloud.start()
    try:
        created = await answer(hass, await begin(hass), answers(cloud))
        await hass.async_block_till_done()
        entry = created["result"]
        token = (await cloud.control("renew_token", {}))["token"]
        entry.async_start_reauth(hass)
        await hass.async_block_till_done()
        form = await reauth_form(hass)
        done = await answer(hass, form, {"token": token})
        assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "reauth_successful")
        await hass.async_block_till_done()
        assert entry.data["token"] == token
        await hass.config_entries.async_remove(entry.entry_id)
        await hass.async_block_till_done()
    finally:
        await cloud.close()


async def test_reconfiguring(hass: HomeAssistant, house: CloudHouse) -> None:
    form = await house.entry.start_reconfigure_flow(hass)
    assert form["step_id"] == "reconfigure_uplus"
    unreachable = await answer(hass, form, answers(house.cloud, server_url="http://127.0.0.1:9"))
    assert unreachable["errors"] == {"base": "cannot_connect"}
    await house.control("renew_token")
    done = await answer(hass, unreachable, answers(house.cloud))
    assert (done["type"], done["reason"]) == (FlowResultType.ABORT, "reconfigure_successful")
    await hass.async_block_till_done()
    assert state_of(house) is ConfigEntryState.LOADED
    assert house.entry.data["token"] == house.cloud.connection()["token"]


async def test_choosing_types_of_devices(hass: HomeAssistant, house: CloudHouse) -> None:
    form: Any = await hass.config_entries.options.async_init(house.entry.entry_id)
    assert "device_types" in [str(key) for key in form["data_schema"].schema]
    said = form["data_schema"]({"device_types": ["light"]})
    done = await hass.config_entries.options.async_configure(form["flow_id"], said)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert {device.type for device in house.entry.runtime_data.store.devices.values()} == {"light"}
    assert len(dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)) == 2
