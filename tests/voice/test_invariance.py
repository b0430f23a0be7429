# ruff: noqa: E501 - tables of forms read best one row to a line
"""Said otherwise, meant the same: spaces, particles, endings, number words, wake words."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
import random

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.dongju.voice.josa import josa
from custom_components.dongju.voice.understand import Understander

WAKE_WORDS = ["지니야", "기가지니", "하이 엘지", "아리아", "헤이 카카오", "클로바", "하이 빅스비", "헤이 구글"]
FRONT_WAKE_WORDS = ["친구야", "자기야"]
ENDINGS = {
    "켜": ["켜", "켜줘", "켜 줘", "켜줘요", "켜라", "켜줄래", "켜 주세요", "켤까", "켜봐", "켜놔", "켜 주실래요", "켜줄 수 있어", "켜자", "켜주라"],
    "끄": ["꺼", "꺼줘", "꺼 줘", "꺼라", "꺼줄래", "꺼 주세요", "끌까", "꺼봐", "꺼버려", "꺼 주시겠어요", "꺼줄 수 있니", "끄자", "꺼주라", "끄세요"],
    "맞추": ["맞춰", "맞춰줘", "맞춰라", "맞춰줄래", "맞춰 주세요", "맞춰봐", "맞추자", "맞춰놔", "맞춰 주십시오", "해줘", "설정해줘"],
    "돌리": ["돌려", "돌려줘", "돌려라", "돌려줄래", "돌려 주세요", "돌려봐", "돌리자", "돌려놔", "돌려주라"],
    "닫": ["닫아", "닫아줘", "닫아라", "닫아줄래", "닫아 주세요", "닫자", "닫아봐"],
}  # fmt: skip
SINO = ["", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"]
NATIVE_TENS = ["", "열", "스물", "서른"]
NATIVE_ONES = ["", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉"]


def sino(value: int) -> str:
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    spoken = ("" if hundreds < 2 else SINO[hundreds]) + "백" * bool(hundreds)
    return spoken + ("" if tens < 2 else SINO[tens]) + "십" * bool(tens) + SINO[ones]


def native(value: int) -> str:
    tens, ones = divmod(value, 10)
    return "스무" if value == 20 else NATIVE_TENS[tens] + NATIVE_ONES[ones]


@dataclass(frozen=True)
class Sentence:
    """A command in parts: noun (which may take a particle), the words between, and a verb whose ending may change."""

    noun: str
    middle: str
    verb: str

    def plain(self) -> str:
        return " ".join(part for part in (self.noun, self.middle, ENDINGS[self.verb][1]) if part)

    def said(self, rng: random.Random) -> tuple[str, str]:
        """Return a variant and what was varied."""
        how = rng.choice(["spaces", "particle", "ending", "wake", "all"])
        noun, verb, middle = self.noun, ENDINGS[self.verb][1], self.middle
        if how in {"particle", "all"}:
            noun = josa(noun, "을/를") if not middle else josa(noun, rng.choice(["을/를", "은/는"]))
        if how in {"particle", "all"} and rng.random() < 0.5:
            noun += " 좀"
        if how in {"ending", "all"}:
            verb = rng.choice(ENDINGS[self.verb])
        text = " ".join(part for part in (noun, middle, verb) if part)
        if how in {"spaces", "all"}:
            text = text.replace(" ", "")
        if how in {"wake", "all"}:
            word = rng.choice(WAKE_WORDS + FRONT_WAKE_WORDS)
            text = f"{word} {text}" if word in FRONT_WAKE_WORDS or rng.random() < 0.8 else f"{text} {word}"
        return text, how


SWITCHED = [
    "거실 에어컨",
    "침실 에어컨",
    "거실 티비",
    "제습기",
    "가습기",
    "선풍기",
    "침실 불",
    "복도등",
    "식탁등",
    "수면등",
    "플로어 스탠드",
    "커피머신",
    "보일러",
    "퓨리케어",
    "촉촉이",
    "옷방 조명",
    "작은방 불",
]
SENTENCES = [
    *(Sentence(noun, "", verb) for noun, verb in product(SWITCHED, ["켜", "끄"])),
    *(Sentence(noun, "", "돌리") for noun in ["세탁기", "통돌이", "건조기", "스타일러", "식기세척기", "식세기", "먼지돌이", "로봇청소기"]),
    *(Sentence(noun, "", "닫") for noun in ["거실 커튼", "암막커튼", "롤스크린"]),
    *(Sentence("냉장고", f"{value}도로", "맞추") for value in (1, 3, 5)),
    *(Sentence("침실 에어컨", f"{value}도로", "맞추") for value in (19, 22, 26)),
    *(Sentence("보일러 온도", f"{value}도로", "맞추") for value in (18, 23)),
    *(Sentence("거실 조명 밝기", f"{value}프로로", "맞추") for value in (20, 70)),
    *(Sentence("거실 에어컨", f"{value}분 뒤에", "끄") for value in (5, 20, 45)),
    *(Sentence("거실 티비", f"{value}시간 뒤에", "끄") for value in (1, 2)),
    *(Sentence("통돌이", f"{course} 코스로", "돌리") for course in ("표준", "섬세", "울", "이불")),
]  # fmt: skip


def test_variants_mean_the_same(second: Understander, record_property: Callable[[str, object], None]) -> None:
    rng = random.Random(20261122)
    tried: Counter[str] = Counter()
    failed: dict[str, str] = {}
    for _ in range(40):
        for sentence in SENTENCES:
            wanted = second.understand(sentence.plain())
            assert wanted.outcome == "act", sentence.plain()
            text, how = sentence.said(rng)
            tried[how] += 1
            if second.understand(text).frames != wanted.frames:
                failed[text] = how
    rate = 1 - len(failed) / tried.total()
    record_property("variants", f"{rate:.2%} of {tried.total()} {dict(tried)}")
    assert rate >= 0.99, failed


@pytest.mark.parametrize("value", range(16, 31))
def test_numbers_in_words(second: Understander, value: int) -> None:
    wanted = second.understand(f"거실 에어컨 {value}도로 맞춰줘").frames
    assert wanted[0].value == value
    for spoken in (f"{sino(value)} 도", f"{sino(value)}도", f"{native(value)} 도", f"{value} 도"):
        for text in (f"거실 에어컨 {spoken}로 맞춰줘", f"거실에어컨{spoken}로맞춰줘".replace(" ", "")):
            assert second.understand(text).frames == wanted, text


@pytest.mark.parametrize("value", [2, 7, 11, 24, 61, 105, 250])
def test_channel_numbers_in_words(second: Understander, value: int) -> None:
    wanted = second.understand(f"거실 티비 {value}번 틀어줘").frames
    assert wanted[0].value == value
    for text in (
        f"거실 티비 {sino(value)}번 틀어줘",
        f"거실티비{sino(value)}번으로돌려",
        f"거실 티비 {sino(value)} 번 틀어라",
    ):
        assert second.understand(text).frames == wanted, text


@given(word=st.sampled_from([*WAKE_WORDS, *FRONT_WAKE_WORDS]), index=st.integers(0, len(SENTENCES) - 1))
@settings(max_examples=150, deadline=None)
def test_wake_words_change_nothing(word: str, index: int) -> None:
    from tests.voice.conftest import _understander  # noqa: PLC0415 - a fixture cannot feed @given

    second = _understander("second_home.json")
    plain = SENTENCES[index].plain()
    assert second.understand(f"{word} {plain}").frames == second.understand(plain).frames


ENGLISH = [
    "turn on the living room TV",
    "set the bedroom AC to 23 degrees",
    "start the washer",
    "turn off the kitchen lights",
    "lock the front door",
    "set the fridge to 3 degrees",
]


@pytest.mark.parametrize("plain", ENGLISH)
def test_english_politeness_changes_nothing(second: Understander, plain: str) -> None:
    wanted = second.understand(plain).frames
    assert wanted
    for text in (
        f"please {plain}",
        f"{plain} please",
        f"hey LG {plain}",
        f"could you {plain}?",
        f"Hey Bixby, can you please {plain}",
        plain.replace("the ", ""),
        plain.upper(),
    ):
        assert second.understand(text, language="en").frames == wanted, text
