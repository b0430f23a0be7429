"""Questions about several devices: all of them are answered for, also those that cannot be reached."""

from homeassistant.core import HomeAssistant
import pytest

from custom_components.dongju.assist.answers import about_entity
from custom_components.dongju.assist.speech import text
from custom_components.dongju.model.vocabulary import Attr, DeviceType
from custom_components.dongju.voice.frames import Frame
from tests.components.described_house import make_device

from .demo_house import DemoHouse
from .spoken_house import SpokenHouse, number, spoken_house, switch, words

NAMES = ("거실 조명", "안방 조명", "서재 조명")
LIGHTS = [make_device(DeviceType.LIGHT, [switch()], name=name, number=at) for at, name in enumerate(NAMES, 1)]


async def lights(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, *on: bool) -> SpokenHouse:
    house = await spoken_house(hass, monkeypatch, *LIGHTS)
    for at, (device, value) in enumerate(zip(LIGHTS, on, strict=True), 1):
        house.place(device, device.name.split()[0])
        await house.house.report(Attr.ON_OFF, value, number=at)
    return house


@pytest.mark.parametrize(
    "question",
    ["불 켜진 곳 있어?", "불 켜진 방 있어?", "불 켜져 있어?", "did I leave any lights on", "are any lights on"],
)
async def test_what_is_on_is_named(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, question: str) -> None:
    house = await lights(hass, monkeypatch, False, True, False)
    korean = not question.isascii()
    said = await house.answer(question, language="ko" if korean else "en")
    assert said == ("안방 조명이 켜져 있어요." if korean else "Only the 안방 조명 is on.")


async def test_what_is_on_in_the_home_and_in_a_room(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await lights(hass, monkeypatch, False, True, False)
    for entity_id, state, name in (
        ("media_player.kitchen", "playing", "부엌 스피커"),
        ("media_player.attic", "idle", "다락 스피커"),
        ("fan.kitchen", "on", "부엌 선풍기"),
        ("climate.attic", "off", "다락 에어컨"),
        ("fan.attic", "unavailable", "다락 선풍기"),
        ("lock.attic", "unlocked", "다락 도어락"),
    ):
        house.hass.states.async_set(entity_id, state, {"friendly_name": name})
    assistant = house.hub.runtime_data.assistant
    assistant.maps.forget()
    away = " 연결되지 않은 기기 1개는 알 수 없어요."
    assert await house.answer("집에 켜져 있는 거 있어?") == f"안방 조명, 부엌 스피커, 부엌 선풍기가 켜져 있어요.{away}"
    assert await house.answer("안방에 뭐 켜져 있어?") == "안방 조명이 켜져 있어요."
    assert await house.answer("거실에 뭐가 켜져 있어?") == "거실에는 켜져 있는 기기가 없어요."
    said = await house.answer("is anything still on", language="en")
    assert said == "On right now: 안방 조명, 부엌 스피커, 부엌 선풍기. I can't tell for 1 that are offline."
    for at in (1, 3):
        await house.house.report(Attr.ON_OFF, True, number=at)
    for number_, name in enumerate(("하나", "둘")):
        house.hass.states.async_set(f"switch.{number_}", "on", {"friendly_name": name, "device_class": "outlet"})
    assistant.maps.forget()
    assert await house.answer("뭐 켜져 있어?") == (
        "거실 조명, 안방 조명, 서재 조명, 부엌 스피커, 부엌 선풍기, 하나, 둘이 켜져 있어요." + away
    )
    for number_ in range(2, 5):
        house.hass.states.async_set(
            f"switch.{number_}", "on", {"friendly_name": f"플러그 {number_}", "device_class": "outlet"}
        )
    assistant.maps.forget()
    assert "말고도 2개가 더 켜져 있어요." in await house.answer("뭐 켜져 있어?")


async def test_a_machine_is_on_while_it_runs(house: DemoHouse) -> None:
    question = "집에 켜져 있는 거 있어?"
    assert "워시타워" not in await house.answer(question)
    await house.answer("워시타워 세탁기 돌려줘")
    await house.until(lambda: house.reported("워시타워", "washer", "run_state") not in {"power_off", "initial"})
    assert "세탁기" in await house.answer(question)


async def test_what_is_away_is_not_taken_for_off(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await lights(hass, monkeypatch, False, False, False)
    house.house.store.set_available([LIGHTS[0].id], available=False)
    assert await house.answer("불 다 꺼졌어?") == "조명은 모두 꺼져 있어요. 거실 조명이 연결되어 있지 않아요."
    house.house.store.set_available([LIGHTS[1].id], available=False)
    said = await house.answer("are any lights on", language="en")
    assert said == "The 서재 조명 is off. These are offline: 거실 조명, 안방 조명."


async def test_devices_of_several_rooms_are_of_no_room(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    locks = [
        make_device(DeviceType.DOOR_LOCK, [switch(Attr.LOCKED)], name=name, number=at)
        for at, name in enumerate(("현관 도어락", "다용도실 도어락"), 1)
    ]
    house = await spoken_house(hass, monkeypatch, *locks)
    for at, lock in enumerate(locks, 1):
        house.place(lock, lock.name.split()[0])
        await house.house.report(Attr.LOCKED, True, number=at)
    assert await house.answer("문 다 잠겼어?") == "도어락은 모두 잠겨 있어요."
    assert await house.answer("is any door open", language="en") == "Every door lock is locked."


@pytest.mark.parametrize("question", ["지금 TV에서 뭐 해?", "지금 뭐 나와?", "TV 뭐 하고 있어?", "몇 번 채널이야"])
async def test_what_the_television_shows(house: DemoHouse, question: str) -> None:
    player = next(state for state in house.hass.states.async_all("media_player") if state.attributes.get("programme"))
    said = await house.answer(question)
    assert player.attributes["media_channel"] in said
    assert player.attributes["programme"] in said


@pytest.mark.parametrize(
    ("state", "attributes", "said"),
    [
        ("off", {}, "스피커는 꺼져 있어요."),
        ("idle", {}, "스피커에서는 지금 아무것도 나오지 않아요."),
        ("playing", {"media_title": "봄비", "media_artist": "가상 밴드"}, "스피커에서 가상 밴드 봄비가 나오고 있어요."),
        ("paused", {"media_title": "봄비"}, "스피커는 봄비를 잠시 멈추고 있어요."),
    ],
)
async def test_what_a_player_plays(hass: HomeAssistant, state: str, attributes: dict[str, str], said: str) -> None:
    hass.states.async_set("media_player.a", state, attributes)
    asked = Frame(action="query", attribute="state")
    assert text(about_entity(hass, "media_player.a", "스피커", asked, "ko"), "ko") == said


async def test_the_machine_that_runs_is_the_one_that_is_meant(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = [words(Attr.RUN_STATE, "initial", "running"), number(Attr.REMAINING_TIME)]
    washers = [
        make_device(DeviceType.WASHER, run, name=name, number=at) for at, name in enumerate(("세탁기", "아기옷"), 1)
    ]
    house = await spoken_house(hass, monkeypatch, *washers)
    for at in (1, 2):
        await house.house.report(Attr.RUN_STATE, "initial", number=at)
    assert await house.answer("세탁 얼마나 남았어?") == "세탁기는 지금 돌아가고 있지 않아요."
    await house.house.report(Attr.RUN_STATE, "running", number=2)
    await house.house.report(Attr.REMAINING_TIME, 30, number=2)
    assert await house.answer("세탁 얼마나 남았어?") == "아기옷은 30분 남았어요."


async def test_curtains_that_are_open_a_little_are_open(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    curtains = [
        make_device(DeviceType.CURTAIN, [number(Attr.POSITION, 0, 100)], name=name, number=at)
        for at, name in enumerate(("거실 커튼", "안방 커튼"), 1)
    ]
    house = await spoken_house(hass, monkeypatch, *curtains)
    for at in (1, 2):
        await house.house.report(Attr.POSITION, 0, number=at)
    assert await house.answer("커튼 다 닫혔어?") == "커튼은 모두 닫혀 있어요."
    await house.house.report(Attr.POSITION, 40, number=2)
    assert await house.answer("커튼 다 닫혔어?") == "안방 커튼이 열려 있어요."
