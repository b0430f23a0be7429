"""Sentences: values as they are said, errors as what they mean."""

from datetime import UTC, datetime

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.dongju.assist import speech
from custom_components.dongju.assist.answers import Answer
from custom_components.dongju.assist.home_map import HomeMap
from custom_components.dongju.assist.value_words import value_word
from custom_components.dongju.voice.frames import Frame, Question, Understanding
from custom_components.dongju.voice.home import HomeArea, HomeDevice, HomeIndex
from custom_components.dongju.voice.lexicon.apps import APPS
from custom_components.dongju.voice.lexicon.ko.nouns import VALUES
from custom_components.dongju.voice.tokens import Tag
from custom_components.dongju.voice.understand import Understander

INDEX = HomeIndex(
    areas=(HomeArea(id="living", names=("거실",)),),
    devices=(
        HomeDevice(id="f", kind="fridge", area=None, names=("우리 냉장고",), range=(1, 7), unit="C"),
        HomeDevice(id="l1", kind="light", area="living", names=("거실 조명",)),
        HomeDevice(id="l2", kind="light", area=None, names=("무드등",)),
        HomeDevice(id="o", kind="oven", area=None, names=("오븐",)),
    ),
)
HOME = HomeMap(Understander(INDEX), {}, {"f": "우리 냉장고", "o": "오븐", "scene.movie": "영화 모드"})


@pytest.mark.parametrize(
    ("seconds", "korean", "english"),
    [(4800, "1시간 20분", "1 hour 20 minutes"), (61, "1분 1초", "1 minute 1 second"), (0, "0초", "0 seconds")],
)
def test_durations(seconds: int, korean: str, english: str) -> None:
    assert speech.duration(seconds, "ko") == korean
    assert speech.duration(seconds, "en") == english


def test_times_of_day() -> None:
    assert speech.clock(datetime(2026, 1, 1, 19, 5, tzinfo=UTC), "ko") == "오후 7시 5분"
    assert speech.clock(datetime(2026, 1, 1, 7, tzinfo=UTC), "ko") == "오전 7시"
    assert speech.clock(datetime(2026, 1, 1, 7, 5, tzinfo=UTC), "en") == "07:05"


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (
            Answer("out_of_range", {"device": "냉장고", "minimum": "1", "maximum": "7", "unit": "°C"}),
            "1도부터 7도까지만",
        ),
        (Answer("out_of_range", {"device": "볼륨", "minimum": "0", "maximum": "100"}), "0부터 100까지만"),
        (Answer("out_of_range", {"device": "x"}), "쓸 수 없어요"),
        (Answer("device_offline", {"device": "세탁기"}), "세탁기가 연결되어"),
        (Answer("not_supported", {"device": ""}), "제가 할 수 없어요"),
        (Answer("never_heard_of", {"device": "세탁기"}), "제어하지 못했어요"),
        (Answer("timer_start", {"seconds": 180}), "3분"),
        (Answer("energy_today", {"device": "세탁기", "watt_hours": 350}), "오늘 전기를 350와트시"),
        (Answer("energy_used", {"device": "콘센트", "watt_hours": 18465}), "지금까지 전기를 18.5킬로와트시"),
        (
            Answer("delayed_listed", {"count": 1, "list": "오전 8시에 TV를 켤게요."}),
            "1개 있어요. 오전 8시에 TV를 켤게요.",
        ),
    ],
)
def test_errors_and_values_are_spoken(answer: Answer, part: str) -> None:
    assert part in speech.text(answer, "ko")


@pytest.mark.parametrize(
    ("frame", "part"),
    [
        (Frame(action="set_fan_speed", value="high"), "강풍"),
        (Frame(action="set_fan_speed", value="up"), "더 세게"),
        (Frame(action="set_brightness", value="down"), "더 어둡게"),
        (Frame(action="set_brightness", value=30.0), "30%"),
        (Frame(action="set_position", value="down"), "조금 닫았어요"),
        (Frame(action="set_position", value=30), "30%만큼"),
        (Frame(action="adjust_temperature", value=-1), "내렸어요"),
        (Frame(action="close", device="gas_valve"), "잠갔어요"),
        (Frame(action="start", value="wool"), "울 코스"),
        (Frame(action="play_music", artist="가상 밴드"), "가상 밴드"),
        (Frame(action="play_music"), "음악을"),
        (Frame(action="scene", value="scene.movie"), "영화 모드를"),
        (Frame(action="enable", attribute="express_freeze"), "특급 냉동"),
        (Frame(action="something_new"), "했어요"),
    ],
)
def test_what_was_done_is_told(frame: Frame, part: str) -> None:
    assert part in speech.text(speech.done(frame, HOME, "기기", "ko"), "ko")


def understanding(outcome: str, **values: object) -> Understanding:
    return Understanding(outcome=outcome, language="ko", **values)  # type: ignore[arg-type]


def test_questions_back() -> None:
    asked = understanding("clarify", question=Question(slot="area", device="light"))
    assert speech.text(speech.question(asked, HOME), "ko") == "어느 방 조명을 말씀하시는 거예요?"
    heat = understanding("confirm", frames=(Frame(action="preheat", value=180, targets=("o",)),))
    assert speech.text(speech.question(heat, HOME), "ko") == "오븐을 180도로 예열할까요?"
    start = understanding("confirm", frames=(Frame(action="start", targets=("o",)),))
    assert speech.text(speech.question(start, HOME), "ko") == "오븐을 시작할까요?"


def test_refusals() -> None:
    cold = understanding("refuse", reason="out_of_range", device="fridge", limits=(1.0, 7.0))
    assert speech.text(speech.refusal(cold, HOME), "ko") == "우리 냉장고는 1도부터 7도까지만 맞출 수 있어요."
    loud = understanding("refuse", reason="out_of_range", device="light", limits=(0.0, 100.0))
    assert "조명은 0%부터 100%까지만" in speech.text(speech.refusal(loud, HOME), "ko")
    nothing = understanding("refuse", reason="unsupported")
    assert speech.text(speech.refusal(nothing, HOME), "ko") == "그건 제가 할 수 없어요."
    assert "모르겠어요" in speech.text(speech.refusal(understanding("none"), HOME), "ko")


def test_what_heats_is_refused_in_its_own_words() -> None:
    refused = Understanding(outcome="refuse", language="ko", reason="unsafe", device="cooktop")
    assert "인덕션은 음성으로 켤 수 없어요" in speech.text(speech.refusal(refused, HOME), "ko")
    locked = Understanding(outcome="refuse", language="ko", reason="unsafe", device="door_lock")
    assert "열거나 풀 수 없어요" in speech.text(speech.refusal(locked, HOME), "ko")


@pytest.mark.parametrize(("value", "said"), [(11, "11번으로 돌렸어요."), ("KBS1", "KBS1로 돌렸어요.")])
def test_a_channel_is_said_by_number_or_name(value: str | int, said: str) -> None:
    done = speech.done(Frame(action="set_channel", value=value), HOME, "TV", "ko")
    assert speech.text(done, "ko") == said


@pytest.mark.parametrize(
    ("at", "korean", "english"),
    [
        (datetime(2026, 12, 23, 21, 5, tzinfo=UTC), "오후 9시 5분", "21:05"),
        (datetime(2026, 12, 24, 7, tzinfo=UTC), "내일 오전 7시", "07:00 tomorrow"),
        (datetime(2026, 12, 25, 7, tzinfo=UTC), "12월 25일 오전 7시", "07:00 on 12/25"),
        (datetime(2026, 12, 24, 0, tzinfo=UTC), "오늘 밤 12시", "00:00 tomorrow"),
        (datetime(2026, 12, 25, 0, 30, tzinfo=UTC), "내일 밤 12시 30분", "00:30 on 12/25"),
    ],
)
def test_moments_are_said_as_they_are_today(
    freezer: FrozenDateTimeFactory, at: datetime, korean: str, english: str
) -> None:
    freezer.move_to("2026-12-23 20:00:00+00:00")
    assert (speech.moment(at, "ko"), speech.moment(at, "en")) == (korean, english)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"minimum": 30.0, "maximum": 70.0, "unit": "%"}, "가습기는 30%부터 70%까지만 맞출 수 있어요."),
        ({"minimum": 16.0, "maximum": 30.5, "unit": "°C"}, "가습기는 16도부터 30.5도까지만 맞출 수 있어요."),
        ({"minimum": 1.0, "maximum": 5.0}, "가습기는 1부터 5까지만 맞출 수 있어요."),
        ({"minimum": "low", "maximum": "high"}, "가습기는 약풍부터 강풍까지만 맞출 수 있어요."),
        ({}, "가습기는 그 기능을 음성으로 쓸 수 없어요."),
    ],
)
def test_a_range_is_said_in_its_unit(values: dict[str, object], said: str) -> None:
    assert speech.text(Answer("out_of_range", {"device": "가습기", **values}), "ko") == said


@pytest.mark.parametrize(
    ("value", "korean", "english"),
    [
        ("netflix", "넷플릭스", "Netflix"),
        ("apple_tv", "애플TV", "Apple TV"),
        ("warm_white", "전구색", "warm white"),
        ("tub_clean", "통세척", "tub clean"),
        (24.0, "24", "24"),
        (None, "", ""),
    ],
)
def test_values_have_words_in_both_languages(value: object, korean: str, english: str) -> None:
    assert value_word(value, "ko") == korean
    assert value_word(value, "en") == english


def test_every_color_and_application_has_a_korean_word() -> None:
    known = [app for app, _ in APPS] + [word for tag, word, _ in VALUES if tag is Tag.COLOR]
    assert not [word for word in known if value_word(word, "ko") == word.replace("_", " ")]
