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
        token for clause in orders[:1] for token in clause.tokens if token.tag is Tag.VERB and token.mood is Mood.DO
    ]
    return bool(verbs) and verbs[-1].word not in {"tell", "show", "find", "call", "announce"}


def is_remark(clause: Clause) -> bool:
    """Tell whether a told clause only paints the scene ("아 더워")."""
    return any(token.tag is Tag.FEEL for token in clause.tokens)


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
    "도록",
    "려고",
    "다고",
    "다며",
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
    rest = [token for token in tokens[last + 1 :] if token.tag is Tag.VERB]
    if not rest or tokens[last + 1].tag is Tag.VERB:
        return False
    if _is_statement(word, tokens[:index]):
        return True
    if len(word) < (2 if index else 3):
        return False
    if word.endswith((*REASONS, "이야", "이네", "이다", "이에요", "예요", "구나", "거야")):
        return True
    before = split_syllable(word[-2]) if is_syllable(word[-2]) else ("", "", "")
    return (word[-1] == "서" and before[1] in "ㅏㅓㅐㅕㅝㅘㅔ" and not before[2]) or (
        word[-1] == "데" and before[2] == "ㄴ"
    )


_SAID_OF: Final = frozenset({"이", "가", "은", "는", "도", "안", "못", "이다"})


def _is_statement(word: str, before: Sequence[Token]) -> bool:
    """Tell whether unknown words end a remark with a subject or a degree before it ("냉동실이 너무 안 얼어")."""
    said_of = bool(before) and (before[-1].tag is Tag.DEGREE or before[-1].text in _SAID_OF)
    negated = word.startswith("안 ")
    if not (said_of or negated) or len(word) < 2 or not is_syllable(word[-1]):
        return False
    return word[-1] in "네다요지어아해" or (split_syllable(word[-1])[1] in "ㅕㅝㅘ" and not split_syllable(word[-1])[2])


def is_purpose(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "-게" gives a purpose ("피자 데우게 오븐 ..."): a device and a verb follow, not a verb alone."""
    rest = [token for token in tokens[index + 1 :] if token.tag not in SILENT]
    return (
        bool(rest)
        and rest[0].tag in (DEVICES | VALUES)
        and any(token.tag is Tag.VERB or token.tag in VALUES for token in rest)
    )
