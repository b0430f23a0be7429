"""Verb forms, numbers, times and the reading of homes."""

import pytest

from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.morphology import Base, bases, infinitive
from custom_components.dongju.voice.numbers_en import quantities as english
from custom_components.dongju.voice.numbers_ko import quantities as korean
from custom_components.dongju.voice.text import detect_language, normalise
from custom_components.dongju.voice.tokens import Number, Tag
from custom_components.dongju.voice.understand import Understander


@pytest.mark.parametrize(
    ("stem", "irregular", "form"),
    [
        ("켜", "", "켜"),
        ("끄", "", "꺼"),
        ("잠그", "", "잠가"),
        ("돌리", "", "돌려"),
        ("맞추", "", "맞춰"),
        ("보", "", "봐"),
        ("닫", "", "닫아"),
        ("열", "", "열어"),
        ("시작하", "", "시작해"),
        ("누르", "르", "눌러"),
        ("덥", "ㅂ", "더워"),
        ("듣", "ㄷ", "들어"),
        ("보내", "", "보내"),
    ],
)
def test_infinitives(stem: str, irregular: str, form: str) -> None:
    assert infinitive(stem, irregular) == form


def test_bases_of_a_stem_in_rieul() -> None:
    found = dict(reversed([(base, surface) for surface, base in bases("열")]))
    assert found[Base.SHORT] == "여"
    assert found[Base.WITH_N] == "연"
    assert found[Base.WITH_B] == "엽"
    assert found[Base.PAST] == "열었"


def longest(found, tag: Tag) -> object:
    return max(((row[0], row[2]) for row in found if row[1] is tag), default=(0, None), key=lambda row: row[0])[1]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("이십육도", Number(26, "c")),
        ("스물여섯도", Number(26, "c")),
        ("영하십팔도", Number(-18, "c")),
        ("영하십팔", Number(-18, "c")),
        ("마이너스20도", Number(-20, "c")),
        ("스물네도반", Number(24.5, "c")),
        ("이십삼점오도", Number(23.5, "c")),
        ("육십일번", Number(61, "ch")),
        ("육일번", Number(61, "ch")),
        ("백오십프로", Number(150, "%")),
        ("30%", Number(30, "%")),
        ("반만", Number(50, "half")),
        ("두단계", Number(2, "step")),
    ],
)
def test_korean_numbers(text: str, value: Number) -> None:
    assert longest(korean(text, 0), Tag.NUMBER) == value


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("두시간반", 9000), ("1시간30분", 5400), ("구십초", 90), ("반시간", 1800), ("십오분", 900), ("삼분삼십초", 210)],
)
def test_korean_durations(text: str, seconds: int) -> None:
    assert longest(korean(text, 0), Tag.DURATION) == seconds


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("아침일곱시", "07:00"),
        ("오후3시", "15:00"),
        ("저녁여섯시반", "18:30"),
        ("밤열한시", "23:00"),
        ("밤열두시", "00:00"),
        ("새벽두시", "02:00"),
        ("낮열두시반", "12:30"),
        ("7시45분", "07:45"),
        ("7:30", "07:30"),
        ("정오", "12:00"),
        ("자정", "00:00"),
    ],
)
def test_korean_clocks(text: str, clock: str) -> None:
    assert longest(korean(text, 0), Tag.CLOCK) == clock


@pytest.mark.parametrize(
    ("text", "tag", "value"),
    [
        ("minus twenty", Tag.NUMBER, Number(-20, "c")),
        ("twenty four degrees", Tag.NUMBER, Number(24, "c")),
        ("a degree", Tag.NUMBER, Number(1, "c")),
        ("two hundred and twenty", Tag.NUMBER, Number(220)),
        ("fifty percent", Tag.NUMBER, Number(50, "%")),
        ("twenty three point five degrees", Tag.NUMBER, Number(23.5, "c")),
        ("an hour and a half", Tag.DURATION, 5400),
        ("half an hour", Tag.DURATION, 1800),
        ("two and a half hours", Tag.DURATION, 9000),
        ("90 second", Tag.DURATION, 90),
        ("forty five minutes", Tag.DURATION, 2700),
        ("6:30 am", Tag.CLOCK, "06:30"),
        ("seven o'clock", Tag.CLOCK, "07:00"),
        ("half past seven", Tag.CLOCK, "07:30"),
        ("9 pm", Tag.CLOCK, "21:00"),
        ("8 in the morning", Tag.CLOCK, "08:00"),
        ("noon", Tag.CLOCK, "12:00"),
    ],
)
def test_english_quantities(text: str, tag: Tag, value: object) -> None:
    assert longest(english(text.split(), 0), tag) == value


def test_text_is_normalised() -> None:
    text = normalise("  거실 \u110b\u1166\u110b\u1165컨, 25.5도로\uff01 ")
    assert text.joined == "거실에어컨25.5도로"
    assert text.words == "거실 에어컨 , 25.5도로"
    assert normalise("\uff34\uff36\u3000켜줘").joined == "tv켜줘"
    assert normalise("켜져 있어?").question
    assert len(normalise("가" * 5000).joined) == 200


def test_language_by_script() -> None:
    assert detect_language("거실 TV 켜줘") == "ko"
    assert detect_language("turn on the TV") == "en"


def test_an_empty_home_acts_on_nothing() -> None:
    empty = Understander(HomeIndex.from_json({"areas": [], "devices": [], "scenes": []}))
    for text in ("에어컨 켜줘", "거실 불 꺼줘", "외출 모드 켜줘", "turn on the light", "좀 덥네", "오븐 예열해줘"):
        assert not empty.understand(text).frames, text
    assert empty.understand("오 분 타이머").frames


def test_names_come_from_the_home() -> None:
    home = HomeIndex.from_json(
        {
            "areas": [{"id": "x1", "names": ["무지개방"]}],
            "devices": [
                {"id": "lamp", "device": "light", "area": "x1", "names": ["달님이"], "name": "moon"},
                {"id": "ac", "device": "air_conditioner", "area": "x1", "names": ["펭귄"], "range": [20, 22, "C"]},
            ],
            "scenes": [{"id": "picnic", "names": ["소풍 모드"]}],
            "channels": {"HOME_TV": ["우리집 채널"]},
        }
    )
    understander = Understander(home)
    assert understander.understand("달님이 켜줘").frames[0].targets == ("lamp",)
    assert understander.understand("달님이를 켜줄래").frames[0].name == "moon"
    assert understander.understand("펭귄 21도로 맞춰줘").frames[0].value == 21
    refused = understander.understand("펭귄 25도로 맞춰줘")
    assert (refused.reason, refused.limits) == ("out_of_range", (20.0, 22.0))
    assert understander.understand("무지개방 불 꺼줘").frames[0].area == "x1"
    assert understander.understand("소풍 모드 켜줘").frames[0].value == "picnic"
