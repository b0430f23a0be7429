"""Conversations: follow-ups, corrections, questions and their answers, confirmations, forgetting."""

from typing import Any

import pytest

from custom_components.dongju.voice.dialog import Dialogs, DialogState
from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.understand import Understander


def talk(understander: Understander, *sentences: str, area: str | None = None) -> list[dict[str, Any]]:
    """Say sentences in one conversation and return the commands of the last."""
    dialog = DialogState()
    for sentence in sentences:
        understood = understander.understand(sentence, dialog=dialog, area=area)
    return [frame.to_command() for frame in understood.frames] if understood.outcome in {"act", "confirm"} else []


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        (("거실 에어컨 켜줘", "그거 꺼줘"), {"action": "turn_off", "device": "air_conditioner", "area": "living_room"}),
        (("거실 에어컨 켜줘", "아니 거실 말고 침실"), {"action": "turn_on", "area": "main_bedroom"}),
        (("거실 불 꺼줘", "침실도"), {"action": "turn_off", "device": "light", "area": "main_bedroom"}),
        (("타이머 10분", "알람 7시에 맞춰줘", "8시로 바꿔줘"), {"action": "alarm_set", "at": "08:00"}),
        (("침실 에어컨 켜줘", "24도로 맞춰줘"), {"action": "set_temperature", "area": "main_bedroom", "value": 24}),
        (("침실 에어컨 1도 올려줘", "조금만 더"), {"action": "adjust_temperature", "value": 1}),
        (("불 켜줘", "거실"), {"action": "turn_on", "device": "light", "area": "living_room"}),
        (("오븐 예열해줘", "180도"), {"action": "preheat", "device": "oven", "value": 180}),
        (("타이머 맞춰줘", "오 분"), {"action": "timer_start", "seconds": 300}),
        (("제습기", "켜줘"), {"action": "turn_on", "device": "dehumidifier"}),
        (("turn on the light", "kitchen"), {"action": "turn_on", "device": "light", "area": "kitchen"}),
        (("turn on the kitchen light", "turn it off"), {"action": "turn_off", "device": "light", "area": "kitchen"}),
        (("재즈 틀어줘", "다음"), {"action": "media_next"}),
        (("음악 틀어줘", "잠깐 멈춰"), {"action": "media_pause"}),
        (("음악 틀어줘", "소리 좀 줄여줘"), {"action": "volume_down", "device": "speaker"}),
        (("음악 틀어줘", "TV 소리 줄여"), {"action": "volume_down", "device": "tv"}),
        (("음악 틀어줘", "거실 불 켜", "소리 키워"), {"action": "volume_up", "device": "tv"}),
        (("play some jazz", "louder"), {"action": "volume_up", "device": "speaker"}),
        (("타이머 10분", "얼마나 남았어"), {"action": "timer_query"}),
        (("7시에 깨워줘", "몇 시로 돼 있어"), {"action": "timer_query", "attribute": "alarm"}),
        (("set a timer for 5 minutes", "how long is left"), {"action": "timer_query"}),
        (("오늘 날씨 어때", "내일은?"), {"action": "weather", "when": "tomorrow"}),
        (("내일 날씨 어때", "부산은?"), {"action": "weather", "when": "tomorrow", "place": "부산"}),
        (("부산 날씨 어때", "내일은?"), {"action": "weather", "when": "tomorrow", "place": "부산"}),
        (("what's the weather today", "and tomorrow"), {"action": "weather", "when": "tomorrow"}),
        (("음악 틀어줘", "아이유로"), {"action": "play_music", "artist": "아이유"}),
        (("음악 틀어줘", "재즈로"), {"action": "play_music", "genre": "재즈"}),
        (("거실 에어컨 켜줘", "너무 추워"), {"action": "adjust_temperature", "area": "living_room", "value": "up"}),
        (("거실 에어컨 켜줘", "아직도 더워"), {"action": "adjust_temperature", "value": "down"}),
        (("거실 에어컨 꺼줘", "침실 거"), {"action": "turn_off", "area": "main_bedroom"}),
        (("냉장고 3도로 해줘", "몇 도야 지금"), {"action": "query", "device": "fridge"}),
        (("세탁기 다 되면 알려줘", "취소해줘"), {"action": "timer_cancel", "attribute": "notify"}),
        (
            ("TV 켜줘", "넷플릭스", "오징어 게임 틀어줘"),
            {"action": "play_video", "app": "netflix", "title": "오징어 게임"},
        ),
        (("넷플릭스 틀어줘", "재즈 틀어줘"), {"action": "play_music", "genre": "재즈"}),
        (("한 시간 뒤에 거실 불 꺼줘", "아니 두 시간 뒤에"), {"action": "turn_off", "delay_min": 120}),
        (("vacuum the living room", "go back"), {"action": "dock", "device": "robot_cleaner"}),
        (("재즈 틀어줘", "이거 반복해줘"), {"action": "set_repeat", "value": "one"}),
        (("영화 틀어줘", "기생충이요"), {"action": "play_video", "title": "기생충"}),
        (("드라마 틀어줘", "눈물의 여왕 틀어줘"), {"action": "play_video", "title": "눈물의 여왕"}),
        (("play a movie", "parasite"), {"action": "play_video", "title": "parasite"}),
        (("영화 틀어줘", "재즈 틀어줘"), {"action": "play_music", "genre": "재즈"}),
        (("영화 틀어줘", "MBC 틀어줘"), {"action": "set_channel", "value": "MBC"}),
        (("영화 틀어줘", "거실 불 켜줘"), {"action": "turn_on", "device": "light"}),
        (("타이머 10분", "15분으로 바꿔줘"), {"action": "timer_start", "seconds": 900}),
        (("알람 7시에 맞춰줘", "7시 반으로 바꿔줘"), {"action": "alarm_set", "at": "07:30"}),
        (("10분 뒤에 거실 불 꺼줘", "20분으로 바꿔줘"), {"action": "turn_off", "delay_min": 20}),
        (("set a timer for 10 minutes", "make it 15"), {"action": "timer_start", "seconds": 900}),
        (("set the fridge to 3 degrees", "and the freezer to -20"), {"device": "freezer", "value": -20}),
        (("turn on the living room light", "and the kitchen"), {"action": "turn_on", "area": "kitchen"}),
        (("lock the front door", "start the washer"), {"action": "start", "device": "washer"}),
    ],
)
def test_follow_ups(second: Understander, sentences: tuple[str, ...], wanted: dict[str, Any]) -> None:
    (command,) = talk(second, *sentences)
    assert wanted.items() <= command.items()


@pytest.mark.parametrize(
    ("sentences", "never"),
    [
        (("타이머 10분", "20도로 바꿔줘"), "timer_start"),
        (("타이머 10분", "7시로 바꿔줘"), "timer_start"),
        (("set a timer for 10 minutes", "make it 20 degrees"), "timer_start"),
        (("음악 틀어줘", "온도 더 올려줘"), "volume_up"),
        (("음악 틀어줘", "밝기 낮춰줘"), "volume_down"),
        (("음악 틀어줘", "거실로"), "play_music"),
        (("타이머 10분", "세탁기 얼마나 남았어"), "timer_query"),
        (("play some jazz", "turn the brightness down"), "volume_down"),
    ],
)
def test_what_is_no_follow_up(second: Understander, sentences: tuple[str, ...], never: str) -> None:
    assert talk(second, sentences[0])
    assert never not in [command["action"] for command in talk(second, *sentences)]


def test_a_film_is_asked_for_also_where_a_scene_is_called_so() -> None:
    home = HomeIndex.from_json({"scenes": [{"id": "scene.film", "names": ["영화"]}], "devices": []})
    understander = Understander(home)
    asked = understander.understand("영화 틀어줘")
    assert asked.question is not None
    assert asked.question.slot == "title"
    for scene in ("영화 모드 틀어줘", "영화 켜줘", "영화 볼래"):
        assert talk(understander, scene) == [{"action": "scene", "value": "scene.film"}], scene


def test_a_new_command_drops_the_open_question(second: Understander) -> None:
    assert talk(second, "불 켜줘", "세탁기 돌려줘")[0]["device"] == "washer"


@pytest.mark.parametrize(
    ("question", "then", "wanted"),
    [
        ("불 켜줘", "냉장고 몇 도야", {"action": "query", "device": "fridge"}),
        ("불 켜줘", "MBC 틀어줘", {"action": "set_channel", "value": "MBC"}),
        ("불 켜줘", "내일 날씨 어때", {"action": "weather"}),
        ("오븐 예열해줘", "MBC 틀어줘", {"action": "set_channel", "value": "MBC"}),
        ("오븐 예열해줘", "180도로 맞춰줘", {"action": "preheat", "value": 180}),
        ("turn on the light", "what time is it", {"action": "time"}),
    ],
)
def test_after_a_question_something_new_or_its_answer(
    second: Understander, question: str, then: str, wanted: dict[str, Any]
) -> None:
    (command,) = talk(second, question, then)
    assert wanted.items() <= command.items()


def test_a_remark_is_no_answer(second: Understander) -> None:
    dialog = DialogState()
    second.understand("불 켜줘", dialog=dialog)
    understood = second.understand("오늘 기분이 꿀꿀하다", dialog=dialog)
    assert understood.question is None or understood.question.slot != "area"


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [("뾰롱 불 켜줘", "unknown_device"), ("식탁 불 켜줘", "unknown_device"), ("창고 불 켜줘", "unknown_area")],
)
def test_a_device_with_a_strange_name_is_unknown_and_not_asked_about(
    second: Understander, sentence: str, reason: str
) -> None:
    understood = second.understand(sentence)
    assert (understood.outcome, understood.reason) == ("refuse", reason)


@pytest.mark.parametrize("washer", ["아기 세탁기", "세탁기"])
def test_who_is_told_of_the_end_of_a_run(washer: str) -> None:
    home = HomeIndex.from_json(
        {
            "areas": [{"id": "balcony", "names": ["베란다"]}],
            "devices": [
                {"id": f"washer_{number}", "kind": "washer", "area": "balcony", "names": [name]}
                for number, name in enumerate(("아기 세탁기", "세탁기"))
            ],
        }
    )
    (frame,) = Understander(home).understand(f"{washer} 다 되면 알려줘").frames
    assert [device.names for device in home.devices if device.id in frame.targets] == [(washer,)]


def test_question_names_the_missing_slot(second: Understander) -> None:
    dialog = DialogState()
    understood = second.understand("불 켜줘", dialog=dialog)
    assert understood.outcome == "clarify"
    assert understood.question is not None
    assert understood.question.slot == "area"
    assert "kitchen" in understood.question.options
    assert dialog.expects_answer


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [("응", "act"), ("네", "act"), ("아니", "none"), ("취소해", "none"), ("yes", "act"), ("no", "none")],
)
def test_confirmation(second: Understander, answer: str, outcome: str) -> None:
    dialog = DialogState()
    second.understand("오븐 180도로 예열해줘", dialog=dialog)
    understood = second.understand(answer, dialog=dialog)
    assert understood.outcome == outcome
    assert bool(understood.frames) == (outcome == "act")
    assert not dialog.expects_answer


def test_another_command_is_no_yes(second: Understander) -> None:
    dialog = DialogState()
    second.understand("오븐 180도로 예열해줘", dialog=dialog)
    understood = second.understand("거실 불 켜줘", dialog=dialog)
    assert [frame.device for frame in understood.frames] == ["light"]
    assert second.understand("응", dialog=dialog).outcome != "act"


def test_silence_forgets(second: Understander) -> None:
    now = 0.0
    dialogs = Dialogs(lambda: now, lifetime=30)
    second.understand("거실 에어컨 켜줘", dialog=dialogs.state("speaker"))
    assert second.understand("그거 꺼줘", dialog=dialogs.state("speaker")).outcome == "act"
    now = 31.0
    assert second.understand("그거 꺼줘", dialog=dialogs.state("speaker")).outcome == "clarify"


def test_conversations_do_not_mix(second: Understander) -> None:
    dialogs = Dialogs(lambda: 0.0)
    second.understand("거실 에어컨 켜줘", dialog=dialogs.state("one"))
    assert not second.understand("그거 꺼줘", dialog=dialogs.state("other")).frames


def test_only_so_many_conversations_are_kept(second: Understander) -> None:
    dialogs = Dialogs(lambda: 0.0, most=2)
    first = dialogs.state("a")
    for name in ("b", "c"):
        dialogs.state(name)
    assert dialogs.state("a") is not first
