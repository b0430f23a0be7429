"""The conversation agent in the Demo home: what is said arrives at the right device, and is answered."""

from homeassistant.core import ServiceCall
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.dongju.model.vocabulary import DeviceType

from .demo_house import DemoHouse


async def test_a_temperature_reaches_the_virtual_refrigerator(house: DemoHouse) -> None:
    answer = await house.answer("냉장고 3도로 맞춰줘")
    assert "3도" in answer
    await house.until(lambda: house.reported("냉장고", "fridge", "target_temperature") == 3)
    await house.answer("냉동실 영하 20도로 해줘")
    await house.until(lambda: house.reported("냉장고", "freezer", "target_temperature") == -20)


async def test_out_of_range_says_the_range_of_this_device(house: DemoHouse) -> None:
    before = house.reported("냉장고", "fridge", "target_temperature")
    answer = await house.answer("냉장고 20도로 맞춰줘")
    assert "1도부터 7도까지만" in answer
    assert house.reported("냉장고", "fridge", "target_temperature") == before


async def test_a_channel_by_name_changes_the_set_top_box(house: DemoHouse) -> None:
    await house.answer("MBC 틀어줘")
    await house.until(lambda: house.reported("지니 TV", "", "channel_name") == "MBC")
    await house.answer("티비 채널 9번 틀어줘")
    await house.until(lambda: house.reported("지니 TV", "", "channel") == 9)


async def test_the_channel_watched_before(house: DemoHouse) -> None:
    for number in (11, 9):
        await house.answer(f"티비 채널 {number}번 틀어줘")
        await house.until(lambda: house.reported("지니 TV", "", "channel") == number)  # noqa: B023
    await house.answer("아까 보던 채널로 돌려줘")
    await house.until(lambda: house.reported("지니 TV", "", "channel") == 11)


async def test_a_channel_switches_a_box_on_that_is_off(house: DemoHouse) -> None:
    await house.answer("티비 꺼줘")
    await house.until(lambda: house.reported("지니 TV", "", "on_off") is False)
    assert await house.answer("MBC 틀어줘") == "MBC로 돌렸어요."
    await house.until(lambda: house.reported("지니 TV", "", "channel_name") == "MBC")
    assert house.reported("지니 TV", "", "on_off") is True


async def test_music_plays_where_none_has_played_yet(house: DemoHouse) -> None:
    assert await house.answer("음악 틀어줘") == "음악을 들려드릴게요."
    await house.until(lambda: house.reported("거실 기가지니", "", "media_status") == "playing")
    assert await house.answer("음악 멈춰줘")
    await house.until(lambda: house.reported("거실 기가지니", "", "media_status") == "paused")
    title = house.reported("거실 기가지니", "", "media_title")
    await house.answer("음악 틀어줘")
    await house.until(lambda: house.reported("거실 기가지니", "", "media_status") == "playing")
    assert house.reported("거실 기가지니", "", "media_title") == title
    assert await house.answer("음악 꺼줘") == "음악을 껐어요."


async def test_a_switch_on_and_a_temperature_follow_each_other(house: DemoHouse) -> None:
    await house.answer("거실 에어컨 켜줘")
    answer = await house.answer("거실 에어컨 24도로 맞춰줘")
    assert "24도" in answer
    await house.until(lambda: house.reported("거실 에어컨", "", "target_temperature") == 24)
    assert house.reported("거실 에어컨", "", "on_off") is True


async def test_several_commands_in_one_breath(house: DemoHouse) -> None:
    await house.answer("무드등 켜고 MBC 틀어줘")
    await house.until(lambda: house.reported("무드등", "", "on_off") is True)
    await house.until(lambda: house.reported("지니 TV", "", "channel_name") == "MBC")


async def test_it_answers_in_the_language_it_hears(house: DemoHouse) -> None:
    answer = await house.answer("turn on the kitchen light", language="en")
    assert answer.startswith("Turned on")
    await house.until(lambda: house.reported("주방 조명", "", "on_off") is True)


async def test_the_room_of_the_microphone_counts(house: DemoHouse) -> None:
    speaker = house.registry_id(house.device("안방 기가지니"))
    await house.answer("불 켜줘", device_id=speaker)
    await house.until(lambda: house.reported("안방 조명", "", "on_off") is True)
    assert house.reported("주방 조명", "", "on_off") is False


async def test_it_asks_which_one_and_does_nothing_meanwhile(house: DemoHouse) -> None:
    names = ("거실 에어컨", "안방 에어컨", "아이방 에어컨")
    answer = await house.answer("에어컨 켜줘")
    assert all(name in answer for name in names)
    assert [house.reported(name, "", "on_off") for name in names] == [False, False, False]


async def test_which_one_is_answered_by_a_room(house: DemoHouse) -> None:
    asked = await house.say("에어컨 켜줘")
    assert asked.continue_conversation
    answered = await house.say("안방", conversation_id=asked.conversation_id)
    assert not answered.continue_conversation
    await house.until(lambda: house.reported("안방 에어컨", "", "on_off") is True)
    assert house.reported("거실 에어컨", "", "on_off") is False
    asked = await house.say("에어컨 24도로 맞춰줘")
    await house.say("다", conversation_id=asked.conversation_id)
    await house.until(lambda: house.reported("거실 에어컨", "", "target_temperature") == 24)
    await house.until(lambda: house.reported("아이방 에어컨", "", "target_temperature") == 24)


async def test_what_is_for_later_is_asked_about_now(house: DemoHouse) -> None:
    asked = await house.say("1시간 뒤에 에어컨 켜줘")
    assert asked.continue_conversation
    answer = await house.answer("거실", conversation_id=asked.conversation_id)
    assert answer.endswith("거실 에어컨을 켤게요.")
    (waiting,) = house.assistant.delayed.waiting
    assert waiting.frame.area == house.area("거실").id
    await house.assistant.delayed.async_cancel(waiting.id)


async def test_a_question_that_is_left_is_left_politely(house: DemoHouse) -> None:
    asked = await house.say("불 켜줘")
    assert await house.answer("아니야 됐어", conversation_id=asked.conversation_id) == "네, 하지 않을게요."


async def test_everything_in_a_room_is_switched_off(house: DemoHouse) -> None:
    for name in ("거실 조명", "무드등"):
        await house.answer(f"{name} 켜줘")
    await house.answer("거실 에어컨 켜줘", conversation_id="evening")
    answer = await house.answer("다 꺼줘", conversation_id="evening")
    assert "어느 방" in answer
    await house.until(lambda: house.reported("거실 에어컨", "", "on_off") is True)
    await house.answer("거실", conversation_id="evening")
    for name in ("거실 에어컨", "무드등"):
        await house.until(lambda: house.reported(name, "", "on_off") is False)  # noqa: B023


async def test_small_talk_is_answered_and_changes_nothing(house: DemoHouse) -> None:
    await house.answer("거실 에어컨 켜줘", conversation_id="evening")
    await house.until(lambda: house.reported("거실 에어컨", "", "on_off") is True)
    await house.simulator.control("thinq", "calls", {"reset": True})
    for said, part in {"안녕": "안녕하세요", "고마워": "천만에요", "뭐 할 수 있어?": "거실 불 켜 줘"}.items():
        assert part in await house.answer(said, conversation_id="evening"), said
    assert "Hello" in await house.answer("hello", language="en", conversation_id="evening")
    sent = await house.simulator.control("thinq", "calls", {})
    assert not any("control" in kind for kind in sent["by_endpoint"]), sent


async def test_a_cleaner_is_stopped(house: DemoHouse) -> None:
    await house.answer("청소 시작해")
    await house.until(lambda: house.reported("로봇청소기", "", "run_state") == "working")
    assert "멈췄어요" in await house.answer("청소 그만해")
    await house.until(lambda: house.reported("로봇청소기", "", "run_state") == "pause")


QUESTIONS = {
    "냉장고 몇 도야?": "도",
    "냉장고 문 열렸어?": "닫혀",
    "현관문 잠겼어?": "잠겨",
    "창문 열렸어?": "찾지 못했어요",
    "거실 습도 어때?": "%",
    "지금 몇 시야?": "시",
}


async def test_questions_are_answered_and_change_nothing(house: DemoHouse) -> None:
    await house.simulator.control("thinq", "calls", {"reset": True})
    for question, part in QUESTIONS.items():
        assert part in await house.answer(question), question
    sent = await house.simulator.control("thinq", "calls", {})
    assert not any("control" in kind for kind in sent["by_endpoint"]), sent


async def test_services_of_the_speaker_are_for_every_microphone(house: DemoHouse) -> None:
    assert "날씨" in await house.answer("오늘 날씨 어때?")
    assert "뉴스" in await house.answer("뉴스 들려줘")


async def test_music_plays_on_a_speaker(house: DemoHouse) -> None:
    await house.answer("음악 틀어줘")
    await house.answer("가상 밴드 노래 틀어줘")
    await house.until(lambda: house.reported("거실 기가지니", "", "media_artist") == "가상 밴드")


@pytest.mark.parametrize(
    ("sentence", "answer", "attribute", "value"),
    [
        ("반복해줘", "음악을 반복해서 틀게요.", "media_repeat", "all"),
        ("이 노래 반복해줘", "이 곡을 반복할게요.", "media_repeat", "one"),
        ("섞어서 틀어줘", "곡을 섞어서 틀게요.", "media_shuffle", True),
    ],
)
async def test_the_order_in_which_a_speaker_plays(
    house: DemoHouse, sentence: str, answer: str, attribute: str, value: object
) -> None:
    speaker = "거실 기가지니"
    await house.answer("음악 틀어줘", conversation_id="music")
    await house.until(lambda: house.reported(speaker, "", "media_status") == "playing")
    assert await house.answer(sentence, conversation_id="music") == answer
    await house.until(lambda: house.reported(speaker, "", attribute) == value)
    assert await house.answer("처음부터 다시 틀어줘", conversation_id="music") == "처음부터 틀게요."
    await house.answer("turn off shuffle and repeat", conversation_id="music")
    await house.until(lambda: house.reported(speaker, "", attribute) in {False, "off"})


async def test_what_is_off_is_switched_on_for_what_it_is_to_do(house: DemoHouse) -> None:
    air_conditioner = "안방 에어컨"
    await house.answer(f"{air_conditioner} 24도로 맞춰줘")
    await house.until(lambda: house.reported(air_conditioner, "", "target_temperature") == 24)
    await house.answer(f"{air_conditioner} 꺼줘")
    await house.until(lambda: house.reported(air_conditioner, "", "on_off") is False)
    assert "꺼져 있어요" in await house.answer(f"{air_conditioner} 온도 내려줘")
    told = await house.answer(f"{air_conditioner} 켜줘 시원하게")
    assert told == "안방 에어컨을 켰어요. 안방 에어컨 온도를 내렸어요."
    await house.until(lambda: house.reported(air_conditioner, "", "target_temperature") == 23)
    assert house.reported(air_conditioner, "", "on_off") is True


async def test_music_plays_on_the_speaker_that_was_named(house: DemoHouse) -> None:
    await house.answer("안방 스피커로 가상 밴드 노래 틀어줘")
    await house.until(lambda: house.reported("안방 기가지니", "", "media_artist") == "가상 밴드")
    assert house.reported("거실 기가지니", "", "media_status") != "playing"
    await house.answer("안방 음악 꺼줘")
    await house.until(lambda: house.reported("안방 기가지니", "", "media_status") != "playing")


async def test_of_several_silent_speakers_one_is_asked_for(house: DemoHouse) -> None:
    said = await house.answer("스피커 소리 줄여줘")
    assert "거실 기가지니, 안방 기가지니" in said


async def test_loudness_and_buttons_mean_the_speaker_that_plays(house: DemoHouse) -> None:
    playing, silent = "안방 기가지니", "거실 기가지니"
    await house.answer("안방에서 음악 틀어줘")
    await house.until(lambda: house.reported(playing, "", "media_status") == "playing")
    before = {name: house.reported(name, "", "volume") for name in (playing, silent)}
    assert await house.answer("음악 소리가 너무 커") == "소리를 줄였어요."
    await house.until(lambda: house.reported(playing, "", "volume") != before[playing])
    assert house.reported(silent, "", "volume") == before[silent]
    assert await house.answer("노래 멈춰줘") == "재생을 멈췄어요."
    await house.until(lambda: house.reported(playing, "", "media_status") == "paused")
    assert await house.answer("계속 재생해줘") == "이어서 재생할게요."
    await house.until(lambda: house.reported(playing, "", "media_status") == "playing")


async def test_what_plays_is_told(house: DemoHouse) -> None:
    await house.answer("가상 밴드 노래 틀어줘")
    await house.until(lambda: house.reported("거실 기가지니", "", "media_artist") == "가상 밴드")
    assert "가상 밴드" in await house.answer("이 노래 누구 노래야?")
    assert "가상 밴드" in await house.answer("what song is this?", language="en")


async def test_an_answer_is_said_again_and_its_question_stays_open(house: DemoHouse) -> None:
    assert await house.answer("뭐라고?") == "아직 드린 말씀이 없어요."
    asked = await house.say("영화 틀어줘", conversation_id="again")
    again = await house.say("다시 말해줘", conversation_id="again")
    assert again.response.speech == asked.response.speech
    assert asked.response.speech["plain"]["speech"] == "무엇을 틀어 드릴까요? 제목을 말씀해 주세요."
    assert again.continue_conversation
    told = await house.say("몰라", conversation_id="again")
    assert not told.continue_conversation
    assert (await house.say("다시 말해줘", conversation_id="again")).response.speech == told.response.speech


async def test_a_follow_up_speaks_of_the_same_device(house: DemoHouse) -> None:
    await house.say("거실 불 켜줘", conversation_id="evening")
    await house.until(lambda: house.reported("거실 조명", "", "on_off") is not False)
    await house.answer("무드등 켜줘", conversation_id="evening")
    await house.until(lambda: house.reported("무드등", "", "on_off") is True)
    await house.answer("그거 꺼줘", conversation_id="evening")
    await house.until(lambda: house.reported("무드등", "", "on_off") is False)


async def test_an_exposed_entity_of_another_integration_is_reached(house: DemoHouse) -> None:
    calls: list[ServiceCall] = []
    house.hass.states.async_set("light.hallway", "off", {"friendly_name": "복도 전등"})
    house.hass.services.async_register("homeassistant", "turn_on", calls.append)
    house.assistant.maps.forget()
    answer = await house.answer("복도 전등 켜줘")
    assert "켰어요" in answer
    assert [call.data["entity_id"] for call in calls] in (["light.hallway"], [["light.hallway"]])


async def test_what_is_hidden_from_voice_is_not_reached(house: DemoHouse) -> None:
    device = house.of_type(DeviceType.AIR_PURIFIER)
    house.hass.config_entries.async_update_entry(house.entry, options={"voice_hidden": [device.id]})
    home = house.assistant.maps
    home.forget()
    assert f"{device.id}/" not in home.get().targets


async def test_a_scene_runs_only_when_it_was_allowed(house: DemoHouse) -> None:
    calls: list[ServiceCall] = []
    house.hass.states.async_set("script.reading", "off", {"friendly_name": "독서 모드"})
    house.hass.services.async_register("script", "turn_on", calls.append)
    house.assistant.maps.forget()
    assert "허용된 장면이 아니에요" in await house.answer("독서 모드 켜줘")
    assert calls == []

    house.hass.config_entries.async_update_entry(house.hub, options={"voice_scenes": ["script.reading"]})
    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    await house.answer("독서 모드 켜줘")
    assert [call.data["entity_id"] for call in calls] in (["script.reading"], [["script.reading"]])


async def test_leaving_the_house_runs_the_scene_for_it(house: DemoHouse) -> None:
    registry = er.async_get(house.hass)
    away = next(
        entity.entity_id
        for entity in registry.entities.values()
        if entity.domain == "scene" and entity.original_name == "외출"
    )
    house.hass.config_entries.async_update_entry(house.hub, options={"voice_scenes": [away]})
    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    await house.answer("무드등 켜줘")
    await house.until(lambda: house.reported("무드등", "", "on_off") is True)
    assert await house.answer("나 나갔다 올게") == "외출 모드를 실행했어요."
    await house.until(lambda: house.reported("무드등", "", "on_off") is False)


async def test_a_part_is_called_with_its_whole(house: DemoHouse) -> None:
    answer = await house.answer("워시타워 세탁기 돌려줘")
    assert "시작했어요" in answer
    await house.until(lambda: house.reported("워시타워", "washer", "run_state") not in {"power_off", "initial"})
    assert house.reported("아기옷 세탁기", "", "run_state") in {"power_off", "initial", None}


async def test_of_several_doors_the_open_one_is_told(house: DemoHouse) -> None:
    await house.simulator.control("thinq", "open_door", {"device": "현관문 센서"})
    await house.until(lambda: house.reported("현관문 센서", "", "open") is True)
    assert "열려 있어요" in await house.answer("문 열렸어?")
