"""KT's services by voice where something is missing: no speaker, no set-top box, no terminal, another account."""

from dataclasses import replace
from datetime import datetime
import re
from typing import Any
from zoneinfo import ZoneInfo

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
import pytest

from custom_components.dongju.assist.answers import Answer
from custom_components.dongju.assist.hand_on import CONF_USE_DEFAULT
from custom_components.dongju.assist.in_english import in_english
from custom_components.dongju.const import CONF_KIND, DOMAIN, EntryKind
from custom_components.dongju.model.device import Happening
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.simulator import Simulator
from custom_components.dongju.vendors.base import SpokenReply
from custom_components.dongju.voice.frames import Frame
from tests.components import accounts
from tests.components.cloud_house import genie_house

from .demo_house import DemoHouse
from .spoken_house import answer
from .test_safety import speak_to_fridge

NO_SERVICE = "그건 제가 알려 드릴 수 없어요."
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))


async def test_videos(house: DemoHouse) -> None:
    before = house.reported("지니 TV", "", "media_title")
    assert await house.answer("유튜브에서 고양이 영상 틀어줘") == "유튜브를 열었어요. 고양이는 화면에서 골라 주세요."
    await house.until(lambda: house.reported("지니 TV", "", "app") is not None)
    assert await house.answer("없는 제목 영화 틀어줘") == "없는 제목을 찾지 못했어요."
    assert house.reported("지니 TV", "", "media_title") == before


async def test_what_is_no_music_may_be_a_video(house: DemoHouse) -> None:
    assert await house.answer("서울 추격전 틀어줘") == "서울 추격전을 틀게요."
    await house.until(lambda: house.reported("지니 TV", "", "media_title") == "서울 추격전")
    assert await house.answer("없는 제목 틀어줘") == "없는 제목을 찾지 못했어요."
    assert await house.answer("우주 기차단 틀어줘") == "우주 기차단을 틀게요."
    await house.until(lambda: house.reported("지니 TV", "", "media_title") == "우주 기차단")
    assert "찾지 못했어요" in await house.answer("서울 추격전 노래 틀어줘")
    assert house.reported("지니 TV", "", "media_title") == "우주 기차단"


async def test_the_weather_of_a_place_and_of_an_appliance(house: DemoHouse) -> None:
    assert "부산 날씨" in await house.answer("부산 날씨 어때?")
    assert (await house.answer("주말 날씨 어때?")).startswith("주말 서울 날씨")
    assert (await house.answer("모레 날씨 어때?")).startswith("모레 서울 날씨")
    assert (await house.answer("사흘 뒤 날씨 어때?")).startswith("이번 주 서울 날씨")
    for too_far in ("2주 뒤 날씨 알려줘", "다음 주 날씨 어때?"):
        assert await house.answer(too_far) == "그렇게 먼 날의 날씨는 아직 몰라요."
    assert "날씨" in await speak_to_fridge(house, "하이 엘지 오늘 날씨 어때?", "s-1")
    assert len(terminals(house)) == 1


async def test_an_appliance_without_a_terminal_asks_the_account(house: DemoHouse) -> None:
    await house.simulator.control("genie", "fault", {"name": "http_status", "match": {"layer": "ginside"}})
    assert "날씨" in await speak_to_fridge(house, "하이 엘지 내일 날씨 어때?")
    assert terminals(house) == []


def terminals(house: DemoHouse) -> list[dict[str, Any]]:
    """Return the terminals that KT's cloud knows."""
    found: list[dict[str, Any]] = house.simulator.clouds["genie"].describe()["state"]["terminals"]
    return found


async def test_a_demo_speaker_asks_its_own_home_and_reaches_no_other(house: DemoHouse) -> None:
    clouds = accounts.Clouds(house.hass, Simulator(accounts.home(), seed=5))
    await clouds.simulator.start()
    try:
        for vendor in (Vendor.UPLUS, Vendor.GENIE):
            await clouds.loaded(vendor)
        heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "오늘 날씨 어때?"})
        assert "날씨" in heard["spoken"]
        names = set(house.assistant.maps.get().names.values())
        demo_names = set(house.assistant.maps.get(house.entry.entry_id).names.values())
        assert demo_names < names
        assert "기가지니" in names - demo_names
        assert "날씨" in await house.answer("오늘 날씨 어때?")
    finally:
        for entry in house.hass.config_entries.async_entries(DOMAIN):
            if entry.data[CONF_KIND] == EntryKind.ACCOUNT:
                await house.hass.config_entries.async_unload(entry.entry_id)
        await clouds.simulator.close()


async def test_an_account_with_nothing_that_speaks(hass: HomeAssistant, socket_enabled: None) -> None:
    hass.config.language = "ko"
    lamp = {"id": "l1", "kind": "light", "name": "무드등"}
    async with genie_house(hass, lamp):
        await hass.async_block_till_done()
        (hub,) = [one for one in hass.config_entries.async_entries(DOMAIN) if one.data[CONF_KIND] == EntryKind.HUB]
        hass.config_entries.async_update_entry(hub, options={CONF_USE_DEFAULT: False})
        for sentence in ("3분 타이머 맞춰줘", "타이머 얼마나 남았어?", "서울 추격전 영화 틀어줘"):
            assert await answer(hass, sentence) == NO_SERVICE, sentence
        assert "날씨" in await answer(hass, "오늘 날씨 어때?")


async def test_a_promise_is_shown_when_the_speaker_fails(house: DemoHouse) -> None:
    assert await house.answer("아기옷 세탁기 다 되면 알려줘") == "아기옷 세탁기가 끝나면 알려드릴게요."
    await house.simulator.control("genie", "fault", {"name": "http_error", "data": {"status": 400}})
    washer = house.device("아기옷 세탁기")
    house.entry.runtime_data.store.fire((washer.id, "", "finished"), Happening(type="finished"))
    notes = persistent_notification._async_get_or_create_notifications(house.hass)
    await house.until(lambda: [note["message"] for note in notes.values()] == ["아기옷 세탁기는 다 끝났어요."])
    assert house.reported("거실 기가지니", "", "speaking") is False


async def test_a_speaker_the_registry_lost_is_not_played_on(house: DemoHouse) -> None:
    registry = dr.async_get(house.hass)
    for name in ("거실 기가지니", "안방 기가지니"):
        registry.async_remove_device(house.registry_id(house.device(name)))
    await house.hass.async_block_till_done()
    assert await house.answer("음악 틀어줘") == "그런 기기를 찾지 못했어요."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "what is the weather like",
            "^Today: [a-z ,]+-?[0-9]+ degrees now, with a high of -?[0-9]+ and a low of -?[0-9]+\\.$",
        ),
        ("what is the weather tomorrow", "^Tomorrow: a high of -?[0-9]+, a low of -?[0-9]+, and (no )?rain "),
        ("how is the weather in Busan this weekend", "^The weekend in Busan: a high of "),
        ("tell me the news", "^That service answers in Korean only\\. Please ask in Korean\\.$"),
    ],
)
async def test_who_speaks_english_is_told_nothing_in_korean(house: DemoHouse, question: str, told: str) -> None:
    assert re.search(told, await house.answer(question, language="en"))


def test_a_report_without_figures_is_not_put_together() -> None:
    asked = Frame(action="weather")
    korean = SpokenReply(text="맑아요")
    for detail in (
        None,
        {"type": "today", "temp": 3},
        {"type": "week"},
        {"type": "week", "weatherList": [{"tempLow": 1}]},
    ):
        told = replace(korean, media={"infoDetail": detail} if detail else None)
        assert in_english(told, asked, "en") == Answer("only_korean", {})
    english = SpokenReply(text="It is sunny")
    assert in_english(english, asked, "en") is english
