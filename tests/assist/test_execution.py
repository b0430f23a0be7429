"""Carrying out sentences where something is missing: timers, devices that go meanwhile, what never answers."""

import asyncio
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.dongju.assist.assistant import Assistant
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Unit

from .spoken_house import SpokenHouse, command, make_device, number, spoken_house, switch, words

WASHER = make_device(
    DeviceType.WASHER,
    [
        command("start", "stop"),
        words(Attr.RUN_STATE, "initial"),
        number(Attr.DELAY_START, 1, 19, Unit.HOURS),
        number(Attr.TOTAL_TIME),
    ],
    name="세탁기",
)
DRYER = make_device(DeviceType.DRYER, [command("start", "stop")], name="건조기", number=2)
LAMP = make_device(DeviceType.LIGHT, [switch()], name="무드등", number=3)


@pytest.fixture
async def house(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> SpokenHouse:
    return await spoken_house(hass, monkeypatch, WASHER, DRYER, LAMP)


def assistant(house: SpokenHouse) -> Assistant:
    found: Assistant = house.hub.runtime_data.assistant
    return found


def sent(house: SpokenHouse) -> list[tuple[str, dict[str, object]]]:
    return [(one.device_id, {str(key): value for key, value in one.values.items()}) for one in house.house.commands]


def others(house: SpokenHouse) -> list[ServiceCall]:
    """Put devices of other integrations into the house; return what they are told."""
    calls: list[ServiceCall] = []
    house.hass.states.async_set("vacuum.robot", "docked", {"friendly_name": "로봇청소기"})
    house.hass.states.async_set("light.hall", "off", {"friendly_name": "복도 전등"})
    house.hass.states.async_set(
        "climate.attic", "cool", {"friendly_name": "다락 에어컨", "min_temp": 18, "max_temp": 30}
    )
    house.hass.services.async_register("homeassistant", "turn_on", calls.append)
    assistant(house).maps.forget()
    return calls


async def test_a_machine_that_can_wait_waits_itself(house: SpokenHouse) -> None:
    others(house)
    assert await house.answer("두 시간 뒤에 세탁기 돌려줘") == "세탁기를 2시간 뒤에 시작하도록 예약했어요."
    assert sent(house) == [(WASHER.id, {"delay_start": 2})]
    for sentence in ("두 시간 뒤에 건조기 돌려줘", "한 시간 뒤에 로봇청소기 돌려줘"):
        assert "시작할게요" in await house.answer(sentence), sentence
    assert len(sent(house)) == 1
    assert [waiting.frame.device for waiting in assistant(house).delayed.waiting] == ["robot_cleaner", "dryer"]


async def test_what_waits_is_done_when_its_time_comes(house: SpokenHouse) -> None:
    await house.answer("30분 뒤에 무드등 켜줘")
    await house.answer("40분 뒤에 건조기 돌려줘")
    options = {"voice_hidden": [DRYER.id]}
    house.hass.config_entries.async_update_entry(house.house.entry, options=options)
    async_fire_time_changed(house.hass, dt_util.utcnow() + timedelta(minutes=31))
    await house.hass.async_block_till_done()
    assert sent(house) == [(LAMP.id, {"on_off": True})]
    # What voice may no longer reach by then is left alone.
    async_fire_time_changed(house.hass, dt_util.utcnow() + timedelta(minutes=41))
    await house.hass.async_block_till_done()
    assert len(sent(house)) == 1
    assert assistant(house).delayed.waiting == []


async def test_what_is_on_for_some_time_is_switched_off_again(
    house: SpokenHouse, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-03-01 03:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    assert await house.answer("무드등 두 시간 동안 켜줘") == "무드등을 켰고 오후 2시에 끌게요."
    assert await house.answer("Turn on the light for 30 minutes", language="en") == "Turned on the 무드등 until 12:30."
    assert sent(house) == [(LAMP.id, {"on_off": True})] * 2
    freezer.tick(timedelta(minutes=31))
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()
    assert sent(house)[2:] == [(LAMP.id, {"on_off": False})]


async def test_a_run_ends_when_it_is_to_end(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 03:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    sentence = "세탁기 오후 6시까지 끝내줘"
    assert await house.answer(sentence) == "세탁기는 그 기능을 음성으로 쓸 수 없어요.", "nobody knows how long it runs"
    await house.house.report(Attr.TOTAL_TIME, 90)
    assert await house.answer(sentence) == "오후 6시에 끝나게 오후 4시 30분에 세탁기를 시작할게요."
    (waiting,) = assistant(house).delayed.waiting
    assert waiting.due == "2026-03-01T07:30:00+00:00"
    assert sent(house) == []
    freezer.move_to("2026-03-01 07:30:01+00:00")
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()
    assert sent(house) == [(WASHER.id, {"operation": "start"})]
    # There is no time left to wait: it starts at once.
    assert await house.answer(sentence) == "세탁기를 시작했어요."
    assert len(sent(house)) == 2


async def test_a_run_is_done_after_some_time(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 03:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    await house.house.report(Attr.TOTAL_TIME, 90)
    for sentence in ("세탁기 세 시간 뒤에 끝나게 예약해줘", "세탁기 돌려줘 세 시간 뒤에 끝나게"):
        assert await house.answer(sentence) == "오후 3시에 끝나게 오후 1시 30분에 세탁기를 시작할게요."
    assert [waiting.due for waiting in assistant(house).delayed.waiting] == ["2026-03-01T04:30:00+00:00"] * 2
    assert sent(house) == []


async def test_what_runs_until_a_time_is_switched_off_then(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 03:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    assert await house.answer("무드등 11시까지 켜줘") == "무드등을 켰어요. 오후 11시에 무드등을 끌게요."
    assert sent(house) == [(LAMP.id, {"on_off": True})]
    assert [waiting.due for waiting in assistant(house).delayed.waiting] == ["2026-03-01T14:00:00+00:00"]


async def test_seconds_are_kept(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 03:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    assert await house.answer("30초 뒤에 무드등 꺼줘") == "30초 뒤에 무드등을 끌게요."
    told = await house.answer("turn off the light in 150 seconds", language="en")
    assert told == "I'll turn off the 무드등 at 12:02."
    assert [waiting.due[-14:-6] for waiting in assistant(house).delayed.waiting] == ["03:00:30", "03:02:30"]
    freezer.tick(timedelta(seconds=31))
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()
    assert sent(house) == [(LAMP.id, {"on_off": False})]


async def test_a_time_of_day_waits(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    freezer.move_to("2026-03-01 20:00:00+00:00")
    await house.hass.config.async_set_time_zone("Asia/Seoul")
    assert await house.answer("7시에 무드등 켜줘") == "오전 7시에 무드등을 켤게요."
    (waiting,) = assistant(house).delayed.waiting
    assert (waiting.due, sent(house)) == ("2026-03-01T22:00:00+00:00", [])
    freezer.move_to("2026-03-01 22:00:01+00:00")
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()
    assert sent(house) == [(LAMP.id, {"on_off": True})]


async def test_the_end_of_a_run_that_nobody_announces(house: SpokenHouse) -> None:
    others(house)
    assert await house.answer("로봇청소기 다 되면 알려줘") == "로봇청소기는 그 기능을 음성으로 쓸 수 없어요."
    assert await house.answer("끝나면 알려줘") == "어떤 기기를 말씀하시는 거예요?"
    assert await house.answer("건조기 다 되면 알려줘") == "건조기는 그 기능을 음성으로 쓸 수 없어요."


async def test_the_range_of_others_counts(house: SpokenHouse) -> None:
    others(house)
    answer = await house.answer("다락 에어컨 40도로 맞춰줘")
    assert answer == "다락 에어컨은 18도부터 30도까지만 맞출 수 있어요."


async def test_a_home_without_what_is_meant(house: SpokenHouse) -> None:
    for sentence in ("볼륨 올려줘", "MBC 틀어줘"):
        assert await house.answer(sentence) == "그런 기기를 찾지 못했어요.", sentence
    for question in ("오늘 날씨 어때?", "뉴스 들려줘"):
        assert await house.answer(question) == "그건 제가 알려 드릴 수 없어요.", question


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("복도 전등 켜고 세탁기 상태 알려줘", "복도 전등을 켰어요. 세탁기가 연결되어 있지 않아요."),
        ("복도 전등 켜고 세탁기 돌려줘", "복도 전등을 켰어요. 그런 기기를 찾지 못했어요."),
        ("복도 전등 켜고 두 시간 뒤에 세탁기 돌려줘", "복도 전등을 켰어요."),
    ],
)
async def test_an_account_that_goes_in_the_middle_of_a_sentence(house: SpokenHouse, sentence: str, answer: str) -> None:
    others(house)

    async def turn_on(_call: ServiceCall) -> None:
        assert await house.hass.config_entries.async_unload(house.house.entry.entry_id)

    house.hass.services.async_register("homeassistant", "turn_on", turn_on)
    assert (await house.answer(sentence)).startswith(answer)
    assert sent(house) == []


async def test_a_device_that_goes_in_the_middle_of_a_sentence(house: SpokenHouse) -> None:
    others(house)

    async def turn_on(_call: ServiceCall) -> None:
        house.house.store.remove_device(WASHER.id)

    house.hass.services.async_register("homeassistant", "turn_on", turn_on)
    answer = await house.answer("복도 전등 켜고 세탁기 돌려줘")
    assert answer == "복도 전등을 켰어요. 그런 기기를 찾지 못했어요."
    assert sent(house) == []


async def test_what_never_answers_is_not_waited_for(house: SpokenHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.dongju.assist.execute._ANSWER_S", 0.05)
    others(house)
    stuck = asyncio.Event()

    async def turn_on(_call: ServiceCall) -> None:
        await stuck.wait()

    house.hass.services.async_register("homeassistant", "turn_on", turn_on)
    assert await house.answer("복도 전등 켜줘") == "복도 전등을 제어하지 못했어요."
    assert "복도 전등을 제어하지 못했어요." in await house.answer("불 다 켜줘")
    assert sent(house) == [(LAMP.id, {"on_off": True})]
    stuck.set()


async def test_a_device_the_registry_lost_keeps_its_vendors_name(house: SpokenHouse) -> None:
    dr.async_get(house.hass).async_remove_device(house.registered(DRYER).id)
    await house.hass.async_block_till_done()
    assert await house.answer("건조기 돌려줘") == "건조기를 시작했어요."
    assert sent(house) == [(DRYER.id, {"operation": "start"})]


async def test_a_vacuum_is_not_sent_to_all_rooms_for_one(house: SpokenHouse) -> None:
    ar.async_get(house.hass).async_get_or_create("안방")
    calls: list[ServiceCall] = []
    others(house)
    house.hass.services.async_register("vacuum", "start", calls.append)
    assert "쓸 수 없어요" in await house.answer("로봇청소기 안방 청소해줘")
    assert calls == []
    assert "시작했어요" in await house.answer("로봇청소기 돌려줘")
    assert len(calls) == 1
