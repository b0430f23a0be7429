"""The actions of KT's services, timers, channels and scenes, with their answers and their refusals."""

from collections.abc import AsyncGenerator
from datetime import datetime, time, timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.service import async_get_all_descriptions
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
import voluptuous as vol

from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, DOMAIN, EntryKind
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.speaker import next_alarm
from custom_components.dongju.vendors.registry import VENDORS

from .cloud_house import CloudHouse, thinq_house
from .genie_flat import genie_flat, until

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with genie_flat(hass) as made:
        yield made


async def ask(house: CloudHouse, action: str, **data: Any) -> dict[str, Any]:
    """Call an action of the integration and return its answer."""
    answer = await house.hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=True)
    assert isinstance(answer, dict)
    return answer


async def ask_of(house: CloudHouse, action: str, entity_id: str, **data: Any) -> dict[str, Any]:
    """Call an action of an entity and return its answer."""
    answer = await ask(house, action, entity_id=entity_id, **data)
    told = answer[entity_id]
    assert isinstance(told, dict)
    return told


@pytest.fixture
def speaker(house: CloudHouse) -> str:
    return house.entity_id("media_player", "거실 기가지니", "speaker")


@pytest.fixture
def box(house: CloudHouse) -> str:
    return house.entity_id("media_player", "지니 TV", "set_top_box")


async def test_actions_are_there_without_any_account(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, DOMAIN, {})
    names = set((await async_get_all_descriptions(hass))[DOMAIN])
    assert {"ask", "get_news", "search_music", "get_channels", "get_programmes", "set_timer", "run_scene"} <= names
    with pytest.raises(ServiceValidationError) as caught:
        await hass.services.async_call(DOMAIN, "get_news", {}, blocking=True, return_response=True)
    assert caught.value.translation_key == "no_genie_account"


async def test_news(house: CloudHouse) -> None:
    answer = await ask(house, "get_news", topic="it", count=2)
    assert len(answer["articles"]) == 2
    assert set(answer["articles"][0]) == {"title", "summary", "press", "category", "published_at"}
    assert "뉴스" in answer["speech"]
    with pytest.raises(vol.Invalid):
        await ask(house, "get_news", topic="gossip")


async def test_questions(house: CloudHouse, speaker: str) -> None:
    answer = await ask(house, "ask", text="세종대왕이 누구야?")
    assert "세종" in answer["answer"]
    assert answer["content_type"] == "wikipedia"
    assert answer["detail"]["source"]
    weather = await ask(house, "ask", text="내일 날씨 어때?", entity_id=speaker, language="ko")
    assert weather["content_type"] == "weather"
    for wrong in (house.entity_id("media_player", "지니 TV", "set_top_box"), "media_player.nobody"):
        with pytest.raises(ServiceValidationError) as caught:
            await ask(house, "ask", text="세종대왕이 누구야?", entity_id=wrong)
        assert caught.value.translation_key == "not_found"
    with pytest.raises(ServiceValidationError) as refused:
        await ask(house, "ask", text="거실 불 꺼 줘")
    assert refused.value.translation_key == "not_found"


async def test_a_question_in_a_home_without_speakers(house: CloudHouse) -> None:
    for device in ("sp-living", "sp-bedroom"):
        await house.control("remove_device", deviceId=device)
    await until(lambda: not {"genie_sp-living", "genie_sp-bedroom"} & set(house.entry.runtime_data.store.devices))
    assert "세종" in (await ask(house, "ask", text="세종대왕이 누구야?"))["answer"]


async def test_music(house: CloudHouse, speaker: str) -> None:
    answer = await ask(house, "search_music", query="자장가", limit=2)
    assert 0 < len(answer["songs"]) <= 2
    song = answer["songs"][0]
    assert song["title"]
    await house.call(
        "media_player.play_media", speaker, media_content_type="music", media_content_id=song["media_content_id"]
    )
    state = await house.until_state(speaker, "playing")
    assert state.attributes["media_title"] == song["title"]


async def test_channels(house: CloudHouse, box: str) -> None:
    channels = (await ask_of(house, "get_channels", box))["channels"]
    kbs = next(channel for channel in channels if channel["number"] == 9)
    assert kbs["name"]
    assert isinstance(kbs["favourite"], bool)
    assert any(channel["favourite"] for channel in channels)
    assert any(channel["aliases"] for channel in channels)


async def test_the_programme_guide(house: CloudHouse, box: str) -> None:
    await house.until(box, lambda state: bool(state.attributes.get("source_list")))
    start = dt_util.now().replace(microsecond=0) + timedelta(hours=1)
    told = (await ask_of(house, "get_programmes", box, channel="SBS", start=start.isoformat(), hours=3))["programmes"]
    assert {programme["channel_number"] for programme in told} == {5}
    assert told[0]["channel"] == "SBS"
    assert datetime.fromisoformat(told[0]["start"]) <= start < datetime.fromisoformat(told[-1]["end"])
    favourites = (await ask_of(house, "get_programmes", box))["programmes"]
    assert len({programme["channel_number"] for programme in favourites}) > 1
    for wrong, key in (("애니", "ambiguous"), ("없는 방송", "not_found")):
        with pytest.raises(ServiceValidationError) as caught:
            await ask_of(house, "get_programmes", box, channel=wrong)
        assert caught.value.translation_key == key


async def test_timers_and_alarms(house: CloudHouse, speaker: str) -> None:
    timer = await ask_of(house, "set_timer", speaker, duration={"minutes": 3}, label="라면")
    assert (timer["kind"], timer["label"]) == ("timer", "라면")
    alarm = await ask_of(house, "set_timer", speaker, time="07:00:00", repeat=["mon", "fri"], label="기상")
    assert alarm["kind"] == "alarm"
    assert alarm["repeat"] == ["mon", "fri"]
    assert datetime.fromisoformat(alarm["at"]).astimezone(dt_util.get_default_time_zone()).hour == 7
    listed = (await ask_of(house, "list_timers", speaker))["timers"]
    assert {row["id"] for row in listed} == {timer["id"], alarm["id"]}
    sensor = house.entity_id("sensor", "거실 기가지니", "next_timer")
    await house.until(sensor, lambda state: state.state != "unknown")
    gone = await ask_of(house, "cancel_timer", speaker, timer_id=timer["id"])
    assert gone["timers"] == [timer]
    await house.until_state(sensor, "unknown")
    await house.call("dongju.cancel_timer", speaker, label="기상")
    assert (await ask_of(house, "list_timers", speaker))["timers"] == []
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("dongju.cancel_timer", speaker, label="기상")
    assert caught.value.translation_key == "not_found"


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("set_timer", {}, "duration_or_time"),
        ("set_timer", {"duration": "00:01:00", "time": "07:00"}, "duration_or_time"),
        ("cancel_timer", {}, "timer_or_label"),
        ("cancel_timer", {"timer_id": "tm-1", "label": "x"}, "timer_or_label"),
        ("cancel_timer", {"timer_id": "tm-99"}, "not_found"),
    ],
)
async def test_timers_that_cannot_be(house: CloudHouse, speaker: str, action: str, data: Any, key: str) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await house.call(f"dongju.{action}", speaker, **data)
    assert caught.value.translation_key == key


async def test_a_ninth_alarm_is_refused_in_words(house: CloudHouse, speaker: str) -> None:
    for minute in range(8):
        await house.call("dongju.set_timer", speaker, time=f"06:{minute:02d}")
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("dongju.set_timer", speaker, time="06:30")
    assert caught.value.translation_key == "wrong_state"


async def test_speakers_have_no_channels_and_boxes_no_timers(house: CloudHouse, speaker: str, box: str) -> None:
    for action, entity_id in (
        ("get_channels", speaker),
        ("get_programmes", speaker),
        ("list_timers", box),
    ):
        with pytest.raises(ServiceValidationError) as caught:
            await ask_of(house, action, entity_id)
        assert caught.value.translation_key == "not_supported"
    for action, data in (("set_timer", {"duration": "00:01:00"}), ("cancel_timer", {"label": "x"})):
        with pytest.raises(ServiceValidationError):
            await house.call(f"dongju.{action}", box, **data)


def test_the_next_alarm() -> None:
    now = datetime(2026, 7, 1, 9, 0, tzinfo=dt_util.UTC)  # a Wednesday
    assert next_alarm(time(9, 30), [], now) == now.replace(minute=30)
    assert next_alarm(time(8, 0), [], now) == now.replace(day=2, hour=8)
    assert next_alarm(time(9, 30), ["wed"], now) == now.replace(minute=30)
    assert next_alarm(time(8, 0), ["wed"], now) == now.replace(day=8, hour=8)
    assert next_alarm(time(8, 0), ["sat", "mon"], now) == now.replace(day=4, hour=8)


async def test_scenes_by_name_alias_and_id(house: CloudHouse) -> None:
    light = house.entity_id("light", "무드등", "light")
    await house.until_state(light, "off")
    for wanted in ("영화", "영화 모드", "movie", " 영화볼래"):
        answer = await ask(house, "run_scene", scene=wanted)
        assert answer["scene"] == "영화"
        assert {device["name"] for device in answer["devices"]} == {"거실 조명", "무드등", "거실 커튼"}
        assert all(device["done"] for device in answer["devices"])
    await house.until_state(light, "on")
    with pytest.raises(ServiceValidationError) as caught:
        await ask(house, "run_scene", scene="파티")
    assert caught.value.translation_key == "not_found"


async def test_a_scene_that_a_device_did_not_follow(hass: HomeAssistant, house: CloudHouse) -> None:
    await house.control("offline", deviceId="light-mood")
    answer = await ask(house, "run_scene", scene="영화")
    assert [device["name"] for device in answer["devices"] if not device["done"]] == ["무드등"]
    with pytest.raises(HomeAssistantError) as caught:
        await hass.services.async_call(DOMAIN, "run_scene", {"scene": "영화"}, blocking=True)
    assert caught.value.translation_key == "incomplete"
    assert caught.value.translation_placeholders == {"names": "무드등"}


async def test_a_scene_that_is_followed_says_nothing(hass: HomeAssistant, house: CloudHouse) -> None:
    await hass.services.async_call(DOMAIN, "run_scene", {"scene": "취침"}, blocking=True)


async def test_scenes_are_entities(house: CloudHouse) -> None:
    light = house.entity_id("light", "거실 조명", "light")
    scene = house.entity_id("scene", "GiGA Genie", "scene_away")
    assert house.state(scene).attributes["friendly_name"] == "GiGA Genie 외출"
    await house.call("scene.turn_on", scene)
    await house.until_state(light, "off")
    valve = house.entity_id("valve", "가스밸브", "valve")
    await house.pass_time(4)
    await house.until_state(valve, "closed")
    assert house.state(scene).state != "unknown"


async def test_several_accounts_are_told_apart(hass: HomeAssistant, house: CloudHouse) -> None:
    data = VENDORS[Vendor.GENIE].demo_data(house.cloud.connection())
    second = MockConfigEntry(
        domain=DOMAIN,
        title="부모님 댁",
        data={CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: Vendor.GENIE, **data},
        unique_id="second",
    )
    second.add_to_hass(hass)
    assert await hass.config_entries.async_setup(second.entry_id)
    with pytest.raises(ServiceValidationError) as caught:
        await ask(house, "get_news")
    assert caught.value.translation_key == "which_account"
    assert (await ask(house, "get_news", config_entry_id=second.entry_id))["articles"]
    assert await hass.config_entries.async_unload(second.entry_id)
    with pytest.raises(ServiceValidationError) as not_loaded:
        await ask(house, "get_news", config_entry_id=second.entry_id)
    assert not_loaded.value.translation_key == "service_config_entry_not_loaded"


async def test_an_account_of_another_vendor_has_no_news(hass: HomeAssistant) -> None:
    async with thinq_house(hass, [{"type": "washer", "name": "세탁기"}]) as house:
        with pytest.raises(ServiceValidationError) as caught:
            await ask(house, "get_news", config_entry_id=house.entry.entry_id)
        assert caught.value.translation_key == "no_genie_account"


async def test_two_scenes_of_one_name_are_not_guessed(house: CloudHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    session = house.entry.runtime_data.coordinator.session(Vendor.GENIE)

    async def query(name: str, _arguments: Any) -> Any:
        assert name == "scenes"
        return {"scenes": [{"id": "a", "name": "취침"}, {"id": "b", "name": "취 침"}]}

    monkeypatch.setattr(session, "async_query", query)
    with pytest.raises(ServiceValidationError) as caught:
        await ask(house, "run_scene", scene="취침")
    assert caught.value.translation_key == "ambiguous"
