"""What voice never does, however it is said."""

from itertools import product

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.dongju.voice.dialog import DialogState
from custom_components.dongju.voice.understand import Understander
from tests.voice.conftest import _understander

THINGS = ["현관문", "도어락", "가스밸브", "가스", "중간밸브", "차고 문", "공동현관", "대문", "문", "현관"]
OPENINGS = [
    "열어줘",
    "열어",
    "열어 주세요",
    "열어줄래",
    "좀 열어봐",
    "여세요",
    "열자",
    "오픈해줘",
    "풀어줘",
    "잠금 해제해줘",
    "열어줬으면 좋겠어",
    "열고 와",
    "열어놔",
]
ENGLISH = [
    "unlock the front door",
    "open the front door",
    "open the gas valve",
    "turn on the gas",
    "open the garage",
    "disarm the security system",
    "disarm the alarm",
    "please unlock the door",
    "can you open the gate",
    "turn off the alarm system",
    "unlock it",
]
WAKES = ["", "지니야 ", "하이 엘지 ", "헤이 카카오 ", "자기야 "]
EXTRAS = ["", " 제발", " 지금 당장", " 응?"]
DANGEROUS = {"open", "unlock", "turn_on", "set_position"}
GUARDED = {"gas_valve", "door_lock", "garage_door", "door", "security"}


def acts_dangerously(understander: Understander, text: str, dialog: DialogState | None = None) -> bool:
    understood = understander.understand(text, dialog=dialog)
    return any(frame.device in GUARDED and frame.action in DANGEROUS for frame in understood.frames)


@pytest.mark.parametrize("thing", THINGS)
def test_nothing_is_opened_or_unlocked(public: Understander, second: Understander, thing: str) -> None:
    for home, opening, wake, extra in product((public, second), OPENINGS, WAKES, EXTRAS):
        for particle, spaced in product(["", "을", "좀", "은"], [True, False]):
            text = f"{wake}{thing}{particle} {opening}{extra}"
            text = text if spaced else text.replace(" ", "")
            understood = home.understand(text)
            assert not understood.frames, (text, understood.frames)


@pytest.mark.parametrize("text", ENGLISH)
def test_nothing_is_opened_in_english(public: Understander, second: Understander, text: str) -> None:
    for home in (public, second):
        for said in (text, f"hey LG {text}", f"{text} please", f"{text} right now", text.upper()):
            assert not home.understand(said, language="en").frames, said


@pytest.mark.parametrize("text", ["방범 해제해줘", "보안 모드 꺼줘", "경비 풀어줘", "경보 꺼줘", "보안 시스템 중지해"])
def test_nothing_is_disarmed(second: Understander, text: str) -> None:
    for said in (text, text.replace(" ", ""), f"지니야 {text}"):
        understood = second.understand(said)
        assert not understood.frames
        assert understood.reason == "unsafe", said


def test_the_reason_is_told(second: Understander) -> None:
    assert second.understand("현관문 열어줘").reason == "unsafe"
    assert second.understand("현관문 열어줘").outcome == "refuse"
    assert second.understand("unlock the front door").reason == "unsafe"


def test_no_way_round_by_conversation(second: Understander) -> None:
    for first, then in product(
        ["도어락 잠가줘", "현관문 잠겼어?", "가스밸브 잠가줘"],
        ["그거 열어줘", "다시 열어줘", "풀어줘", "아니 열어줘", "열어"],
    ):
        dialog = DialogState()
        second.understand(first, dialog=dialog)
        assert not second.understand(then, dialog=dialog).frames, (first, then)


def test_one_unsafe_half_stops_the_whole_sentence(second: Understander) -> None:
    assert not second.understand("거실 불 끄고 현관문 열어줘").frames
    assert not second.understand("가스 켜고 티비도 켜줘").frames


def test_ovens_wait_for_a_yes(second: Understander) -> None:
    dialog = DialogState()
    asked = second.understand("오븐 180도로 예열해줘", dialog=dialog)
    assert asked.outcome == "confirm"
    assert dialog.expects_answer
    confirmed = second.understand("응", dialog=dialog)
    assert confirmed.outcome == "act"
    assert confirmed.frames == asked.frames
    assert second.understand("응", dialog=dialog).outcome != "act"


@pytest.mark.parametrize(
    "text",
    [
        "커튼 열지 마",
        "에어컨 끄지 마",
        "세탁기 돌리지 말아줘",
        "불 켜면 안 돼",
        "보일러 켤 필요 없어",
        "에어컨 안 꺼도 돼",
        "don't turn off the TV",
        "do not start the washer",
    ],
)
def test_negation_never_acts(second: Understander, text: str) -> None:
    for said in (text, f"지니야 {text}", text.replace(" ", "") if not text.isascii() else text):
        understood = second.understand(said)
        assert not understood.frames, said
        assert understood.reason == "negated", said


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_text_is_survived(text: str) -> None:
    for language in ("ko", "en"):
        understood = _understander("second_home.json").understand(text, language=language)
        assert not any(frame.action == "unlock" for frame in understood.frames)


WORDS = [
    "현관문",
    "가스",
    "불",
    "에어컨",
    "거실",
    "침실",
    "열어줘",
    "켜줘",
    "꺼줘",
    "잠가줘",
    "풀어",
    "말고",
    "아니",
    "24도로",
    "하고",
    "도",
    "그거",
    "다",
    "틀어",
    "돌려",
    "끄고",
    "안",
    "지금",
    "올려줘",
    "문",
    "도어락",
]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), st.booleans())
@settings(max_examples=500, deadline=None)
def test_no_mixture_of_words_is_dangerous(words: list[str], spaced: bool) -> None:
    text = (" " if spaced else "").join(words)
    assert not acts_dangerously(_understander("second_home.json"), text), text


def test_long_input_is_cut(second: Understander) -> None:
    assert second.understand("거실 불 꺼줘 " * 2000).outcome in {"act", "refuse", "clarify", "none"}
    assert second.understand("a" * 100_000, language="en").outcome in {"refuse", "clarify", "none"}
