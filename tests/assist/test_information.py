"""Timers, alarms, dates, services that fail, agents asked next, and entities of other integrations."""

from typing import Any

from homeassistant.components import conversation
from homeassistant.components.conversation import ConversationResult
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import area_registry as ar, entity_registry as er, intent
from homeassistant.util import dt as dt_util
import pytest

from custom_components.dongju.assist.hand_on import CONF_LLM_AGENT, CONF_USE_DEFAULT, async_hand_on
from custom_components.dongju.model.vocabulary import DeviceType
from custom_components.dongju.vendors.base import Utterance

from .demo_house import DemoHouse

SENTENCE = Utterance(assistant="assist", text="농담 하나 해줘", language="ko", device_id="")


async def test_timers_of_a_speaker(house: DemoHouse) -> None:
    assert await house.answer("타이머 얼마나 남았어?") == "맞춰 둔 타이머가 없어요."
    assert await house.answer("라면 타이머 3분 맞춰줘") == "라면 타이머를 3분 맞췄어요."
    assert await house.answer("10분 타이머 맞춰줘") == "타이머를 10분 맞췄어요."
    await house.until(lambda: house.reported("거실 기가지니", "", "next_timer") is not None)
    assert (await house.answer("타이머 몇 개야?")).startswith("타이머가 2개 있어요. 라면 타이머가 ")
    assert (await house.answer("라면 타이머 얼마나 남았어?")).startswith("라면 타이머가 ")
    assert await house.answer("계란 타이머 취소해줘") == "계란 타이머는 없어요."
    asked = await house.say("타이머 취소해줘")
    assert str(asked.response.speech["plain"]["speech"]).startswith("어느 타이머를 취소할까요?")
    assert await house.answer("라면", conversation_id=asked.conversation_id) == "라면 타이머를 취소했어요."
    assert (await house.answer("타이머 얼마나 남았어?")).startswith(("타이머가 9분", "타이머가 10분"))
    assert await house.answer("타이머 취소해줘") == "타이머를 취소했어요."
    await house.until(lambda: house.reported("거실 기가지니", "", "next_timer") is None)
    assert await house.answer("타이머 취소해줘") == "맞춰 둔 타이머가 없어요."


async def test_alarms_of_a_speaker(house: DemoHouse) -> None:
    assert await house.answer("알람 몇 시야?") == "맞춰 둔 알람이 없어요."
    assert await house.answer("내일 아침 7시에 알람 맞춰줘") == "내일 오전 7시에 알람을 맞췄어요."
    assert await house.answer("3분 타이머 맞춰줘")
    await house.until(lambda: house.reported("거실 기가지니", "", "next_alarm") is not None)
    assert await house.answer("알람 몇 시야?") == "내일 오전 7시에 알람이 있어요."
    assert await house.answer("모레 아침 8시에 약 먹으라고 알려줘")
    assert (await house.answer("알람 몇 개야?")).startswith("알람이 2개 있어요.")
    assert await house.answer("9시 알람 취소해줘") == "그런 알람은 없어요."
    assert await house.answer("7시 알람 취소해줘") == "내일 오전 7시 알람을 취소했어요."
    assert await house.answer("타이머 취소해줘") == "타이머를 취소했어요."
    assert "오전 8시 알람을 취소했어요." in await house.answer("알람 전부 취소해줘")
    assert await house.answer("알람 취소해줘") == "맞춰 둔 알람이 없어요."


async def test_a_timer_that_is_corrected_is_replaced(house: DemoHouse) -> None:
    talk = {"conversation_id": "a talk"}
    await house.answer("3분 타이머 맞춰줘", **talk)
    assert await house.answer("아니 5분", **talk) == "타이머를 5분 맞췄어요."
    assert (await house.answer("타이머 얼마나 남았어?")).startswith(("타이머가 4분", "타이머가 5분"))
    await house.answer("타이머 7분 맞춰줘", **talk)
    assert await house.answer("9분으로 바꿔줘", **talk) == "타이머를 9분 맞췄어요."
    assert (await house.answer("타이머 뭐 있어?")).startswith("타이머가 2개")
    assert await house.answer("5분 뒤에 약 먹으라고 알려줘") == "5분 뒤에 약 먹으라고 알려드릴게요."


async def test_dates_and_scheduled_things(house: DemoHouse) -> None:
    today = dt_util.now()
    assert f"{today.month}월 {today.day}일" in await house.answer("오늘 며칠이야?")
    assert "예약된 것이 없어요" in await house.answer("예약 뭐 있어?")
    await house.answer("한 시간 뒤에 무드등 켜줘")
    assert "1개" in await house.answer("예약 뭐 있어?")


async def test_services_that_have_no_answer(house: DemoHouse) -> None:
    assert await house.answer("파리의 수도가 어디야?")
    await house.simulator.control("genie", "fault", {"name": "http_status", "count": 20, "data": {"status": 503}})
    assert await house.answer("뉴스 들려줘")
    assert await house.answer("3분 타이머 맞춰줘")


async def test_sensors_and_devices_answer(house: DemoHouse) -> None:
    questions = {
        "거실 온도 몇 도야?": "도예요",
        "거실 미세먼지 어때?": "먼지",
        "로봇청소기 배터리 얼마나 남았어?": "배터리",
        "공기청정기 필터 얼마나 남았어?": "필터",
        "세탁 얼마나 남았어?": "",
        "가습기 켜져 있어?": "",
        "거실 커튼 열렸어?": "",
        "지금 무슨 채널이야?": "",
        "현관 도어락 배터리 얼마나 남았어?": "배터리",
        "에어컨 몇 도로 맞춰져 있어?": "",
    }
    for question, part in questions.items():
        assert part in await house.answer(question), question


async def test_a_washer_that_runs_tells_the_time_left(house: DemoHouse) -> None:
    washer = house.device("아기옷 세탁기")
    for action in ("press_power", "press_remote_start", "press_start"):
        try:
            await house.simulator.control("thinq", "act", {"device": washer.vendor_id, "do": action})
        except Exception:  # noqa: BLE001, S112 - not every washer has every button
            continue
    part = next(part for part in washer.parts if washer.attribute(part, "run_state"))
    await house.until(lambda: house.reported("아기옷 세탁기", part, "run_state") not in {"power_off", "initial", None})
    assert "남았어요" in await house.answer("아기옷 세탁기 얼마나 남았어?")


async def test_entities_of_others_answer_and_failures_are_partial(house: DemoHouse) -> None:
    hass = house.hass
    area = ar.async_get(hass).async_get_or_create("복도")
    registry = er.async_get(hass)
    for number in (1, 2):
        entity = registry.async_get_or_create("light", "test", f"l{number}", suggested_object_id=f"hall_{number}")
        registry.async_update_entity(entity.entity_id, area_id=area.id)
    hass.states.async_set("light.hall_1", "off", {"friendly_name": "복도 앞 전등"})
    hass.states.async_set("light.hall_2", "unavailable", {"friendly_name": "복도 뒤 전등"})
    calls: list[Any] = []
    hass.services.async_register("homeassistant", "turn_on", calls.append)
    house.assistant.maps.forget()
    answer = await house.answer("복도 불 켜줘")
    assert answer == "복도 앞 전등을 켰어요. 복도 뒤 전등이 연결되어 있지 않아요."
    assert len(calls) == 1
    assert await house.answer("복도 뒤 전등 켜져 있어?")
    assert await house.answer("복도 앞 전등 켜져 있어?")
    hass.states.async_set(
        "climate.attic", "cool", {"friendly_name": "다락 냉방기", "current_temperature": 27, "temperature": 24}
    )
    house.assistant.maps.forget()
    assert "27" in await house.answer("다락 냉방기 몇 도야?")


async def test_an_account_that_went_is_said_to_be_gone(house: DemoHouse) -> None:
    house.assistant.maps.get()
    device = house.of_type(DeviceType.AIR_PURIFIER)
    house.entry.runtime_data.store.set_available([device.id], available=False)
    assert "연결되어 있지 않" in await house.answer(f"{device.name} 켜줘")
    assert "연결되어 있지 않" in await house.answer(f"{device.name} 켜져 있어?")


def agent_says(monkeypatch: pytest.MonkeyPatch, answers: dict[str, str | Exception | None]) -> list[str]:
    """Have agents answer so; None is "I do not understand"."""
    asked: list[str] = []

    async def converse(_hass: HomeAssistant, *, agent_id: str, language: str, **_rest: Any) -> ConversationResult:
        asked.append(agent_id)
        answer = answers[agent_id]
        if isinstance(answer, Exception):
            raise answer
        response = intent.IntentResponse(language=language)
        if answer is None:
            response.async_set_error(intent.IntentResponseErrorCode.NO_INTENT_MATCH, "?")
        else:
            response.async_set_speech(answer)
        return ConversationResult(response=response, conversation_id="c")

    monkeypatch.setattr(conversation, "async_converse", converse)
    return asked


async def test_agents_are_asked_in_turn(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = agent_says(monkeypatch, {"a": None, "b": HomeAssistantError("away"), "c": "", "d": "하하"})
    reply = await async_hand_on(hass, ["a", "b", "c", "d"], SENTENCE, Context())
    assert reply is not None
    assert reply.text == "하하"
    assert asked == ["a", "b", "c", "d"]
    assert await async_hand_on(hass, ["a"], SENTENCE, Context()) is None


async def test_the_chosen_agent_answers_what_is_not_for_the_home(
    house: DemoHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {CONF_USE_DEFAULT: False, CONF_LLM_AGENT: "conversation.llm"}
    house.hass.config_entries.async_update_entry(house.hub, options=options)
    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    asked = agent_says(monkeypatch, {"conversation.llm": "이런 농담이 있어요."})
    utterance = Utterance(assistant="assist", text="농담 하나 해줘", language="ko", device_id="")

    async def hand_on(heard: Utterance) -> Any:
        return await async_hand_on(house.hass, ["conversation.llm"], heard, Context())

    reply = await house.assistant.async_handle(utterance, hand_on)
    assert reply.text == "이런 농담이 있어요."
    reply = await house.assistant.async_handle(
        Utterance(assistant="assist", text="파리의 수도가 어디야?", language="ko", device_id=""), hand_on
    )
    assert asked
