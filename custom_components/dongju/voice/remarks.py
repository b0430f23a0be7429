"""Remarks around a command: reasons, purposes, complaints, and what the speaker does meanwhile."""

from collections.abc import Sequence
from typing import Final

from .grammar import DEVICES, VALUES, Clause, Role
from .hangul import is_syllable, split as split_syllable
from .morphology import Mood
from .tokens import SILENT, Tag, Token


def is_ordered(rest: Sequence[Clause]) -> bool:
    """Tell whether an order follows a statement, so that the statement only explains it ("안 껐다 꺼줘")."""
    orders = [clause for clause in rest if clause.role is Role.COMMAND]
    verbs = [
        token
        for clause in orders[:1]
        for token in clause.tokens
        if token.tag is Tag.VERB and token.mood in {Mood.DO, Mood.NOUN}
    ]
    if not verbs:  # "황사 온대 공기청정기 강으로"
        tags = {token.tag for clause in orders[:1] for token in clause.tokens}
        return bool(tags & DEVICES) and bool(tags & VALUES)
    return verbs[-1].word not in {"tell", "show", "find", "call", "announce"}


def is_remark(clause: Clause) -> bool:
    """Tell whether a told clause only paints the scene ("아 더워")."""
    return any(token.tag is Tag.FEEL for token in clause.tokens)


def wonders(clause: Clause, rest: Sequence[Clause]) -> bool:
    """Tell whether a question about nothing of the home leads to an order ("밖에 왜 이래 뉴스 틀어줘")."""
    asked = any(token.tag is Tag.WH for token in clause.tokens)
    said = {token.tag for token in clause.tokens}
    of_home = bool(said & DEVICES) or bool(said & {Tag.AREA, Tag.ATTRIBUTE, *(() if asked else (Tag.TOPIC, Tag.ALL))})
    named = any(token.tag in {Tag.TOPIC, *DEVICES} for later in rest for token in later.tokens)
    return not of_home and named


REASONS: Final = (
    "니까",
    "는데",
    "은데",
    "던데",
    "길래",
    "거든",
    "잖아",
    "느라",
    "라서",
    "이라",
    "도록",
    "려고",
    "다고",
    "다며",
    "거라",
    "거라서",
    "으니",
    "대서",
    "니깐",
    "더니",
    "자고",
    "게",
)


def gives_reason(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether words nobody knows end like a reason or a purpose ("손님 오니까"), and a command follows."""
    word, last = tokens[index].text, index
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].tag in {Tag.GLUE, Tag.TO}
        and tokens[last + 1].start == tokens[last].end
    ):
        last += 1
        word += tokens[last].text
    rest = [token for token in tokens[last + 1 :] if _orders(token)]
    if not rest or (tokens[last + 1].tag is Tag.VERB and tokens[last + 1].word not in _WHOLE):
        return False
    led = any(token.tag not in SILENT or token.tag is Tag.PERSON for token in tokens[:index])
    if is_predicate(word, led=led) or _is_statement(word, tokens[:index]):
        return True
    if len(word) < (2 if index else 3):
        return False
    if word.endswith((*REASONS, "이야", "이네", "이다", "이에요", "예요", "구나", "거야")):
        return True
    before = split_syllable(word[-2]) if is_syllable(word[-2]) else ("", "", "")
    return (word[-1] == "서" and before[1] in "ㅏㅓㅐㅕㅝㅘㅔ" and not before[2]) or (
        word[-1] == "데" and before[2] == "ㄴ"
    )


# Verbs that need no device before them.
_WHOLE: Final = frozenset(
    {"mute", "unmute", "clean", "wash", "wash_dishes", "make_dry", "ventilate", "preheat", "dock", "skip"}
)


def _orders(token: Token) -> bool:
    """Tell whether a word can be what makes the words after a remark an order."""
    return (
        token.tag is Tag.VERB
        or token.tag in VALUES
        or (token.tag is Tag.FILLER and token.word == "polite")
        or (token.tag is Tag.TOPIC and token.word == "mute")
        or (token.tag is Tag.FEEL and token.mood is Mood.MANNER)
    )


# What follows the mark of the past (ㅆ) or of a guess (겠) when a sentence or a reason ends there.
_AFTER_TENSE: Final = frozenset(
    (
        "어 어요 다 네 네요 지 대 대요 나 냐 니 음 으니 으니까 는데 는데요 거든 길래 "
        "더니 던데 습니다 구나 군 잖아 어서 지만 더라"
    ).split()
)


_SEEMING: Final = ("같아", "같아요", "같애", "같네", "같은데", "이래", "이래요", "이라네", "이라며", "이라던데")
_LED: Final = ("야", "네요", "예요", "에요")


def is_predicate(words: str, *, led: bool = False) -> bool:
    """Tell whether the last of words nobody knows is a verb or an adjective that ends a sentence.

    The past and a guess are plain ("다 녹겠다"); the present only after other words (`led`: "연기 난다", "숨 막혀").
    """
    head, _, word = words.rpartition(" ")
    for at, char in enumerate(word[:-1]):
        if is_syllable(char) and (char == "겠" or split_syllable(char)[2] == "ㅆ") and word[at + 1 :] in _AFTER_TENSE:
            return True
    if word.endswith(_SEEMING):
        return True
    if len(word) < 2 or not (led or head) or not all(map(is_syllable, word[-2:])):
        return False
    before, (_, vowel, final) = split_syllable(word[-2])[2], split_syllable(word[-1])
    if word[-1] == "다":
        return bool(before)  # "난다", "아깝다"; not "바다"
    if word[-1] == "대":
        return before == "ㄴ"  # "오신대"
    return (vowel == "ㅕ" and not final and word[-1] not in "녀여") or (len(word) > 2 and word.endswith(_LED))


_SAID_OF: Final = frozenset({"이", "가", "은", "는", "도", "안", "못", "이다"})


def _is_statement(word: str, before: Sequence[Token]) -> bool:
    """Tell whether unknown words end a remark with a subject or a degree before it ("냉동실이 너무 안 얼어")."""
    before = [token for token in before if token.tag is not Tag.FILLER or token.text in _SAID_OF]
    said_of = bool(before) and (before[-1].tag is Tag.DEGREE or before[-1].text in _SAID_OF)
    said_of = said_of or any(len(part) > 1 and part[-1] in "이가" for part in word.split()[:-1])
    negated = word.startswith("안 ")
    if not (said_of or negated) or len(word) < 2 or not is_syllable(word[-1]):
        return False
    return word[-1] in "네다요지어아해" or (split_syllable(word[-1])[1] in "ㅕㅝㅘ" and not split_syllable(word[-1])[2])


def is_purpose(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "-게" gives a purpose ("피자 데우게 오븐 ..."): a device and a verb follow, not a verb alone."""
    rest = [token for token in tokens[index + 1 :] if token.tag not in SILENT]
    if not rest:
        return False
    timed = any(token.tag is Tag.DURATION for token in tokens[:index])  # "3분 뒤에 울리게 타이머 ...": its time
    timer = rest[0].tag is Tag.TOPIC and rest[0].word in {"timer", "alarm"} and not timed
    return (timer or rest[0].tag in (DEVICES | VALUES)) and any(_orders(token) for token in rest)
