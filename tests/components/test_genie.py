"""A GiGA Genie account in Home Assistant: entities, weather, events, a sentence's way, signing in again, leaving."""

from collections.abc import AsyncGenerator
from types import SimpleNamespace
from typing import Any

from homeassistant.components.weather import DOMAIN as WEATHER
from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant, State
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import (
    area_registry as ar,
    device_registry as dr,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.setup import async_setup_component
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.session_host import UTTERANCE_HANDLER
from custom_components.dongju.vendors.base import SpokenReply, Utterance

from .cloud_house import CloudHouse
from .genie_flat import genie_flat, pushed, until

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with genie_flat(hass) as made:
        yield made


@pytest.fixture
async def served(hass: HomeAssistant, hass_client: Any) -> AsyncGenerator[CloudHouse]:
    """Yield the flat with Home Assistant's own server running, so that the cloud can call back."""
    for component in ("homeassistant", "http", "webhook", "conversation", "media_player", "repairs", DOMAIN):
        assert await async_setup_component(hass, component, {})
    client = await hass_client()
    hass.config.api = SimpleNamespace(port=client.server.port, use_ssl=False)  # type: ignore[assignment]
    async with genie_flat(hass) as made:
        yield made


async def test_every_entity(hass: HomeAssistant, snapshot: SnapshotAssertion) -> None:
    hass.config.language = "ko"
    async with genie_flat(hass) as house:
        entries = er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
        lines = sorted(
            f"{entry.entity_id} | {entry.unique_id} | {entry.original_name or '-'} | {entry.entity_category or '-'}"
            f"{' | off' if entry.disabled_by else ''}"
            for entry in entries
        )
        devices = dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)
        assert [f"{device.name} | {device.manufacturer} | {device.model or '-'}" for device in devices] == snapshot(
            name="devices"
        )
        assert lines == snapshot(name="entities")


async def test_every_device_is_in_its_room(hass: HomeAssistant, house: CloudHouse) -> None:
    areas = ar.async_get(hass)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)
    found = {device.name: areas.async_get_area(device.area_id) for device in devices if device.area_id}
    rooms = {name: area.name for name, area in found.items() if area}
    assert (rooms["거실 조명"], rooms["안방 기가지니"], rooms["가스밸브"]) == ("거실", "안방", "주방")


def number(state: State, key: str) -> float:
    value = state.attributes[key]
    assert isinstance(value, int | float)
    return value


async def test_weather(hass: HomeAssistant, house: CloudHouse) -> None:
    entity_id = house.entity_id("weather", "GiGA Genie", "weather")
    state = await house.until(entity_id, lambda state: "temperature" in state.attributes)
    assert state.state != "unknown"
    assert number(state, "humidity") > 0
    assert 0 <= number(state, "wind_bearing") < 360
    for kind, count in (("daily", 7), ("hourly", 8)):
        answer = await hass.services.async_call(
            WEATHER, "get_forecasts", {"entity_id": entity_id, "type": kind}, blocking=True, return_response=True
        )
        assert answer is not None
        forecast: Any = answer[entity_id]
        assert len(forecast["forecast"]) == count
        assert forecast["forecast"][0]["condition"]
        assert forecast["forecast"][0]["datetime"].endswith(("+00:00", "+09:00"))


async def test_weather_that_fails_or_makes_no_sense(
    hass: HomeAssistant, house: CloudHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity_id = house.entity_id("weather", "GiGA Genie", "weather")
    before = await house.until(entity_id, lambda state: "temperature" in state.attributes)
    await house.control("fault", name="http_status", data={"status": 500}, match={"path": "/genie/v1/services/weather"})
    await async_setup_component(hass, "homeassistant", {})
    await house.call("homeassistant.update_entity", entity_id)
    assert house.state(entity_id).attributes["temperature"] == before.attributes["temperature"]
    detail = {
        "icon": "x",
        "temp": "21.5",
        "humidity": None,
        "windDirection": 0,
        "uv": "nan",
        "dailyList": ["x", {"date": "?"}],
    }

    async def query(_name: str, _arguments: Any) -> Any:
        return {"metaInfo": {"infoDetail": detail}}

    monkeypatch.setattr(house.entry.runtime_data.coordinator.session(Vendor.GENIE), "async_query", query)
    await house.call("homeassistant.update_entity", entity_id)
    state = house.state(entity_id)
    assert state.attributes["temperature"] == 21.5
    assert "wind_bearing" not in state.attributes
    answer = await hass.services.async_call(
        WEATHER, "get_forecasts", {"entity_id": entity_id, "type": "daily"}, blocking=True, return_response=True
    )
    assert answer == {entity_id: {"forecast": []}}


async def test_a_doorbell_rings_and_opens(house: CloudHouse) -> None:
    bell = house.entity_id("event", "공동현관", "doorbell")
    await house.control("doorbell", deviceId="entrance-common")
    state = await house.until(bell, lambda state: state.state != "unknown")
    assert state.attributes["event_type"] == "ring"


async def test_what_was_said_is_not_told(house: CloudHouse) -> None:
    heard = house.entity_id("event", "거실 기가지니", "utterance")
    await house.control("say", deviceId="sp-living", text="이건 비밀이야")
    state = await house.until(heard, lambda state: state.state != "unknown")
    assert "비밀" not in str(dict(state.attributes))


async def test_what_was_said_is_told_where_allowed(hass: HomeAssistant, house: CloudHouse) -> None:
    hass.config_entries.async_update_entry(house.entry, options={"record_utterances": True})
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await pushed(house)
    heard = house.entity_id("event", "거실 기가지니", "utterance")
    await house.control("say", deviceId="sp-living", text="들어도 돼")
    state = await house.until(heard, lambda state: "text" in state.attributes)
    assert state.attributes["text"] == "들어도 돼"


async def test_only_the_chosen_kinds_are_added(hass: HomeAssistant, house: CloudHouse) -> None:
    hass.config_entries.async_update_entry(house.entry, options={"kinds": ["light"]})
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    names = {device.name for device in dr.async_entries_for_config_entry(dr.async_get(hass), house.entry.entry_id)}
    assert "거실 조명" in names
    assert "거실 기가지니" not in names


async def test_a_sentence_goes_all_the_way_and_back(hass: HomeAssistant, served: CloudHouse) -> None:
    heard: list[Utterance] = []

    async def answer(utterance: Utterance) -> SpokenReply:
        heard.append(utterance)
        return SpokenReply(text="거실 불을 껐어요.", acted=True)

    hass.data[UTTERANCE_HANDLER] = answer
    result = await served.control("say", deviceId="sp-living", text="거실 불 꺼 줘", repeat=2)
    assert result["spoken"] == "거실 불을 껐어요."
    assert [utterance.text for utterance in heard] == ["거실 불 꺼 줘"]
    forged = await served.control("say", deviceId="sp-living", text="문 열어 줘", tamper={"signature": True})
    assert forged["skill"]["status"] == 401
    assert len(heard) == 1


async def test_a_webhook_wants_a_body_in_time_and_of_its_size(
    hass: HomeAssistant, served: CloudHouse, hass_client_no_auth: Any
) -> None:
    (skill,) = served.cloud.describe()["state"]["skills"]
    client = await hass_client_no_auth()
    path = "/" + skill["url"].split("/", 3)[3]
    assert (await client.post(path, data=b"x" * 70_000)).status == 413
    assert (await client.post(path, data=b"{}")).status == 404
    assert (await client.get(path)).status == 405


async def test_a_webhook_of_an_unloaded_account_is_gone(hass: HomeAssistant, served: CloudHouse) -> None:
    (skill,) = served.cloud.describe()["state"]["skills"]
    assert skill["name"] == "Dongju"
    assert await hass.config_entries.async_unload(served.entry.entry_id)
    assert served.cloud.describe()["state"]["skills"] == []
    assert await hass.config_entries.async_setup(served.entry.entry_id)


async def test_revoked_tokens_ask_to_sign_in_once(hass: HomeAssistant, house: CloudHouse) -> None:
    entry = house.entry
    tokens = entry.data["tokens"]
    hass.config_entries.async_update_entry(
        entry, data={**{key: value for key, value in entry.data.items() if key != "pairing_token"}, "tokens": tokens}
    )
    assert await hass.config_entries.async_reload(entry.entry_id)
    hass.config_entries.async_update_entry(entry, unique_id="genie_h1")
    light = house.entity_id("light", "거실 조명", "light")
    await house.until(light, lambda state: state.state != STATE_UNAVAILABLE)
    await house.control("revoke_all")
    await house.until_state(light, STATE_UNAVAILABLE)
    for _poll in range(3):
        await entry.runtime_data.coordinator.session(Vendor.GENIE).async_poll()
    await hass.async_block_till_done()
    (flow,) = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert flow["context"]["source"] == SOURCE_REAUTH
    assert flow["step_id"] == "reauth_confirm"
    wrong = await hass.config_entries.flow.async_configure(flow["flow_id"], {"pairing_token": "wrong"})
    assert wrong["errors"] == {"base": "invalid_auth"}
    done = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"pairing_token": house.cloud.connection()["pairing_token"]}
    )
    assert done["type"] is FlowResultType.ABORT
    assert done["reason"] == "reauth_successful"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert "pairing_token" not in entry.data
    assert entry.data["household"] == "h1"
    await house.until(light, lambda state: state.state != STATE_UNAVAILABLE)


async def test_music_that_is_not_linked_is_a_repair(hass: HomeAssistant, house: CloudHouse) -> None:
    issues = ir.async_get(hass)
    await house.control("music_link", linked=False)
    issue_id = f"music_login_required_{house.entry.entry_id}_{Vendor.GENIE}"
    await until(lambda: issues.async_get_issue(DOMAIN, issue_id))
    issue = issues.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["url"].startswith("http")
    await house.control("music_link", linked=True)
    await until(lambda: issues.async_get_issue(DOMAIN, issue_id) is None)


async def test_a_household_that_is_gone_fails_the_start_in_words(hass: HomeAssistant, house: CloudHouse) -> None:
    hass.config_entries.async_update_entry(house.entry, data={**house.entry.data, "household": "h9"})
    await hass.config_entries.async_reload(house.entry.entry_id)
    assert house.entry.state is ConfigEntryState.SETUP_RETRY
    assert house.entry.error_reason_translation_key == "household_gone"
    hass.config_entries.async_update_entry(house.entry, data={**house.entry.data, "household": "h1"})
    assert await hass.config_entries.async_reload(house.entry.entry_id)


async def test_unloading_leaves_nothing(hass: HomeAssistant, house: CloudHouse) -> None:
    entry = house.entry
    store = entry.runtime_data.store
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert store.subscriber_count == 0
    assert house.cloud.describe()["state"]["push"]["connections"] == 0
    assert await hass.config_entries.async_setup(entry.entry_id)


async def test_removing_signs_out(hass: HomeAssistant) -> None:
    async with genie_flat(hass) as house:
        data = {key: value for key, value in house.entry.data.items() if key != "pairing_token"}
        hass.config_entries.async_update_entry(house.entry, data=data)
        assert await hass.config_entries.async_remove(house.entry.entry_id)
        await hass.async_block_till_done()
        assert house.cloud.describe()["state"]["push"]["connections"] == 0
        house.entry.add_to_hass(hass)
        await hass.config_entries.async_setup(house.entry.entry_id)
        assert house.entry.state is ConfigEntryState.SETUP_ERROR
        flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
        for flow in flows:
            hass.config_entries.flow.async_abort(flow["flow_id"])
        hass.config_entries.async_update_entry(
            house.entry, data={**data, "pairing_token": house.cloud.connection()["pairing_token"]}
        )
        assert await hass.config_entries.async_reload(house.entry.entry_id)
