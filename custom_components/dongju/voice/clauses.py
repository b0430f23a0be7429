"""From tokens to clauses: what was taken back is dropped, what belongs together is kept together."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from .hangul import is_syllable, split as split_syllable
from .morphology import Mood
from .tokens import SILENT, Tag, Token


class Role(StrEnum):
    """What a clause does in its sentence."""

    COMMAND = "command"
    BACKGROUND = "background"  # a reason or a remark before a command
    CONDITION = "condition"
    FORBIDDEN = "forbidden"
    TOLD = "told"
    HEARSAY = "hearsay"


@dataclass(slots=True)
class Clause:
    """A run of tokens with one verb; `verb` is borrowed from the next clause when several share one."""

    tokens: list[Token]
    role: Role = Role.COMMAND
    linked: bool = False
    background: list[Token] = field(default_factory=list)


DEVICES: Final = frozenset({Tag.DEVICE, Tag.KIND, Tag.THING})
PLACES: Final = frozenset({Tag.AREA, Tag.AREA_WORD, Tag.HERE})
VALUES: Final = frozenset(
    {
        Tag.NUMBER,
        Tag.MODE,
        Tag.LEVEL,
        Tag.COURSE,
        Tag.CHANNEL,
        Tag.APP,
        Tag.COLOR,
        Tag.SCENE,
        Tag.INPUT,
        Tag.CLOCK,
        Tag.DURATION,
        Tag.WAY,
    }
)
_GROUPS: Final = (
    DEVICES,
    PLACES,
    VALUES,
    frozenset({Tag.VERB}),
    frozenset({Tag.ATTRIBUTE}),
    frozenset({Tag.TOPIC}),
    frozenset({Tag.FEEL}),
)
# Verbs that describe how things are, whatever their ending.
STATE_VERBS: Final = frozenset(
    {
        "finish",
        "is_on",
        "is_off",
        "is_open",
        "is_closed",
        "is_locked",
        "is_running",
        "is_doing",
        "is_done",
        "is_set",
        "is_there",
        "remain",
        "last",
        "come",
        "be_born",
        "use",
        "unsure",
    }
)
_MACHINES: Final = frozenset(
    {
        "washer",
        "dryer",
        "styler",
        "dishwasher",
        "air_conditioner",
        "boiler",
        "fan",
        "air_purifier",
        "dehumidifier",
        "humidifier",
        "ventilation",
        "oven",
    }
)
_MANNERS: Final = frozenset({Mood.MANNER, Mood.SO_THAT, Mood.MODIFY})
_ROLES: Final = {
    Mood.BECAUSE: Role.BACKGROUND,
    Mood.IF: Role.CONDITION,
    Mood.FORBID: Role.FORBIDDEN,
    Mood.TOLD: Role.TOLD,
    Mood.HEARSAY: Role.HEARSAY,
}


def _group(tag: Tag) -> frozenset[Tag]:
    return next((group for group in _GROUPS if tag in group), frozenset({tag}))


def settle_moods(tokens: Iterable[Token], breaks: frozenset[int] = frozenset()) -> list[Token]:
    """Return tokens whose moods fit their meaning: a state or a feeling is told, never ordered."""
    settled: list[Token] = []
    tokens = list(tokens)
    kinds = {token.word for token in tokens if token.tag is Tag.KIND}
    machine = bool(kinds & _MACHINES) and "robot_cleaner" not in kinds
    for token in tokens:
        if (
            settled
            and settled[-1].text in {"안", "못"}
            and token.tag is Tag.VERB
            and token.mood in {Mood.DO, Mood.LINK}
        ):
            settled[-1] = replace(settled[-1], tag=Tag.NEGATION)
        if token.tag is Tag.VERB and token.word == "finish" and token.text.endswith("려면"):
            token = replace(token, mood=Mood.MANNER)  # noqa: PLW2901 - "to be done": no condition, part of a question
        if token.tag is Tag.VERB and token.word == "come" and token.mood is Mood.HEARSAY:
            token = replace(token, mood=Mood.TOLD)  # noqa: PLW2901 - "비 온대?" asks
        if token.tag is Tag.VERB and token.word == "dock" and token.text.startswith("돌아가") and machine:
            token = replace(token, value="is_running", mood=Mood.TOLD if token.mood is Mood.DO else token.mood)  # noqa: PLW2901 - machines run, robots go home
        before = settled[-1] if settled else None
        if before is not None and before.tag is Tag.VERB and before.mood is Mood.DO and token.tag is Tag.VERB and breaks and token.start not in breaks:
            settled[-1] = replace(before, mood=Mood.MODIFY)  # two verbs in one word: "사왔으니까"
        tells = token.tag is Tag.FEEL or (token.tag is Tag.VERB and token.word in STATE_VERBS)
        if tells and token.mood is Mood.DO:
            token = replace(token, mood=Mood.TOLD)  # noqa: PLW2901 - the settled one takes its place
        settled.append(token)
    return settled


def _content(tokens: Iterable[Token]) -> list[Token]:
    return [token for token in tokens if token.tag not in SILENT]


def _sentence_start(tokens: Sequence[Token], end: int) -> int:
    """Return where the clause that ends before `end` begins."""
    for index in range(end - 1, -1, -1):
        if tokens[index].tag is Tag.VERB and tokens[index].mood in {Mood.DO, Mood.LINK}:
            return index + 1
    return 0


def take_back(tokens: list[Token]) -> list[Token]:
    """Drop what the speaker takes back: "3도, 아니 2도", "안방 말고 거실", "끄지 말고 켜"."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.tag is Tag.INSTEAD:
            start = _sentence_start(tokens, index)
            return take_back(tokens[:start] + _instead(tokens[start:index], tokens[index + 1 :]) + tokens[index + 1 :])
        if token.tag is Tag.VERB and token.mood is Mood.FORBID_LINK and _content(tokens[index + 1 :]):
            start = _sentence_start(tokens, index)
            named = any(other.tag in DEVICES for other in tokens[index + 1 :])
            kept = [] if named else [other for other in tokens[start:index] if other.tag is not Tag.VERB]
            return take_back(tokens[:start] + kept + tokens[index + 1 :])
        if token.tag is Tag.REPAIR and _content(tokens[:index]) and _content(tokens[index + 1 :]):
            return take_back(_overlay(tokens[:index], tokens[index + 1 :]) + tokens[index + 1 :])
    return tokens


def _overlay(before: list[Token], after: list[Token]) -> list[Token]:
    """Return what of `before` still holds when `after` is said instead."""
    replaced: set[Tag] = set()
    for token in after:
        if token.tag not in SILENT:
            replaced |= _group(token.tag)
    if any(token.tag is Tag.DEVICE for token in after):
        replaced |= PLACES
    kept = [token for token in before if token.tag not in replaced and token.tag is not Tag.UNKNOWN]
    # A pure statement before the repair is dropped with its subject.
    if any(token.tag in DEVICES for token in after) and any(token.tag is Tag.VERB for token in after):
        kept = [token for token in kept if token.tag not in SILENT]
    return kept


_PHRASE: Final = frozenset(
    {
        Tag.TOPIC,
        Tag.UNKNOWN,
        Tag.GLUE,
        Tag.CHANNEL,
        Tag.APP,
        Tag.MODE_WORD,
        Tag.COURSE,
        Tag.MODE,
        Tag.DEGREE,
        Tag.FEEL,
        Tag.WAY,
        Tag.NUMBER,
    }
)


def _instead(before: list[Token], after: list[Token]) -> list[Token]:
    """Return what of `before` still holds when its last word is refused in favour of `after`."""
    kept = _overlay(before, after)
    content = _content(before)
    nearest = next((token for token in reversed(before) if token.tag is not Tag.GLUE), None)
    if not content or (nearest is not None and nearest.tag is Tag.FILLER):
        return kept  # "지금 말고": only the time is refused
    refused = content[-1]
    last = before.index(refused)
    while last > 0 and before[last - 1].tag in _PHRASE:
        last -= 1
    phrase = {id(token) for token in before[last:]}
    kept = [token for token in kept if id(token) not in phrase]
    if refused.tag in {Tag.DEVICE, Tag.KIND} and not any(token.tag in DEVICES for token in after):
        if any(token.tag in PLACES for token in after):
            kept.append(refused)  # "거실 에어컨 말고 안방": the room is refused, the device stays
    elif refused.tag is Tag.VERB:
        kept = [token for token in kept if token.tag is not Tag.UNKNOWN]
    return kept


def split(tokens: list[Token], cut: Callable[[list[Token]], list[Clause]] | None = None) -> list[Clause]:
    """Return the clauses of a sentence, backgrounds attached to the commands they explain; `cut` is Korean's by default."""
    clauses = (cut or _cut)(tokens)
    joined: list[Clause] = []
    background: list[Token] = []
    for index, clause in enumerate(clauses):
        last = index == len(clauses) - 1
        if joined and clause.role is Role.TOLD and all(token.word in {"unsure", "tired"} for token in _content(clause.tokens)):
            continue  # an afterthought: "... 깜빡했네"
        if not _content(clause.tokens) or (joined and _continues(joined[-1], clause)):
            continue
        remark = clause.role is Role.BACKGROUND or (
            clause.role in {Role.TOLD, Role.HEARSAY} and (_is_remark(clause) or _is_ordered(clauses[index + 1 :]))
        )
        if remark and not last:
            background.extend(clause.tokens)
            continue
        clause.background, background = background, []
        joined.append(clause)
    return [part for clause in _share_verbs(joined) for part in _by_values(clause)]


_ERRAND: Final = ("와", "와줘", "와라", "와요", "오세요", "와주세요", "올래", "오자", "와봐", "와줄래")


def _continues(before: Clause, clause: Clause) -> bool:
    """Tell whether a clause is only a verb that belongs to the clause before ("멈춰 세워", "맞춰서 예열해줘"), and join it."""
    verbs = _content(clause.tokens)
    if before.linked and len(verbs) == 1 and verbs[0].word == "come" and verbs[0].text.endswith(_ERRAND):
        before.linked = False  # "끄고 와": the errand is the speaker's, the order stays
        return True
    if before.linked and clause.role is Role.TOLD and len(verbs) == 1 and verbs[0].word in {"come", "is_there"}:
        before.role, before.linked = Role.TOLD, False  # "켜놓고 왔나" asks
        before.tokens.extend(clause.tokens)
        return True
    last = before.tokens[-1] if before.tokens else None
    if (
        len(verbs) != 1
        or verbs[0].tag is not Tag.VERB
        or last is None
        or last.tag is not Tag.VERB
        or before.role is not Role.COMMAND
    ):
        return False
    if clause.role is not Role.COMMAND:
        return False
    if last.mood is Mood.LINK and last.text.endswith("서"):
        before.tokens.extend(clause.tokens)
        before.linked = False
        return True
    return last.mood is Mood.DO and verbs[0].mood is Mood.DO and last.word == verbs[0].word


def _is_ordered(rest: Sequence[Clause]) -> bool:
    """Tell whether an order follows a statement, so that the statement only explains it ("안 껐다 꺼줘")."""
    orders = [clause for clause in rest if clause.role is Role.COMMAND]
    verbs = [
        token for clause in orders[:1] for token in clause.tokens if token.tag is Tag.VERB and token.mood is Mood.DO
    ]
    return bool(verbs) and verbs[-1].word not in {"tell", "show", "find", "call", "announce"}


def _is_remark(clause: Clause) -> bool:
    """Tell whether a told clause only paints the scene ("아 더워")."""
    return any(token.tag is Tag.FEEL for token in clause.tokens)


def _cut(tokens: list[Token]) -> list[Clause]:
    """Cut after each verb that ends a clause."""
    clauses: list[Clause] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if token.tag is Tag.UNKNOWN and _gives_reason(tokens, index):
            clauses.append(Clause([*current, token], Role.BACKGROUND))
            current = []
            continue
        if token.tag is Tag.THEN:
            if _content(current):
                clauses.append(Clause(current, linked=True))
                current = []
            continue
        current.append(token)
        if not _ends(token, tokens, index):
            continue
        role = Role.BACKGROUND if token.mood is Mood.MANNER else _ROLES.get(token.mood, Role.COMMAND)
        clauses.append(Clause(current, role, linked=token.mood is Mood.LINK))
        current = []
    if current:
        clauses.append(Clause(current))
    return clauses


_REASONS: Final = (
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


def _gives_reason(tokens: Sequence[Token], index: int) -> bool:
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
    if len(word) < 3:
        return False
    if word.endswith((*_REASONS, "이야", "이네", "이다", "이에요", "예요", "구나", "거야")):
        return True
    before = split_syllable(word[-2]) if is_syllable(word[-2]) else ("", "", "")
    return (word[-1] == "서" and before[1] in "ㅏㅓㅐㅕㅝㅘㅔ" and not before[2]) or (
        word[-1] == "데" and before[2] == "ㄴ"
    )


def _is_statement(word: str, before: Sequence[Token]) -> bool:
    """Tell whether unknown words are the end of a remark with a subject or a degree before it ("냉동실이 너무 안 얼어")."""
    said_of = bool(before) and (before[-1].tag is Tag.DEGREE or before[-1].text in {"이", "가", "은", "는", "도"})
    negated = word.startswith("안 ")
    if not (said_of or negated) or len(word) < 2 or not is_syllable(word[-1]):
        return False
    return word[-1] in "네다요지어아해" or (split_syllable(word[-1])[1] in "ㅕㅝㅘ" and not split_syllable(word[-1])[2])


def _ends(token: Token, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb (or a feeling) ends its clause."""
    if token.tag is Tag.FEEL:
        return token.mood not in _MANNERS and token.mood is not Mood.NOUN
    if token.tag is Tag.VERB and token.mood is Mood.MANNER and _is_purpose(tokens, index):
        return True
    if token.tag is not Tag.VERB or token.mood in _MANNERS or token.mood is Mood.NOUN:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.mood is Mood.DO and token.word in _SERIAL and after is not None and after.tag is Tag.VERB and after.mood is Mood.DO:
        return False  # "맞춰 예열해"
    if token.mood is Mood.DO and token.word == "do" and index + 1 < len(tokens) and tokens[index + 1].tag is Tag.AFTER:
        return False
    return True


_SERIAL: Final = frozenset({"set", "change", "do", "stop", "find", "run"})


def _is_purpose(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether "-게" gives a purpose ("피자 데우게 오븐 ..."): a device and a verb follow, not a verb alone."""
    rest = [token for token in tokens[index + 1 :] if token.tag not in SILENT]
    return bool(rest) and rest[0].tag in DEVICES and any(token.tag is Tag.VERB or token.tag in VALUES for token in rest)


def _share_verbs(clauses: list[Clause]) -> list[Clause]:
    """Give verbless clauses a verb: a tail joins the command before it, or repeats its verb for another device."""
    result: list[Clause] = []
    for clause in clauses:
        verbs = [token for token in clause.tokens if token.tag in {Tag.VERB, Tag.FEEL, Tag.WH}]
        previous = result[-1] if result else None
        if (
            verbs
            or previous is None
            or previous.linked
            or previous.role not in {Role.COMMAND, Role.FORBIDDEN, Role.TOLD}
        ):
            result.append(clause)
            continue
        names = {token.tag for token in previous.tokens} & DEVICES
        if names and any(token.tag in DEVICES for token in clause.tokens) and previous.role is Role.COMMAND:
            verb = [token for token in previous.tokens if token.tag is Tag.VERB]
            result.append(Clause([*clause.tokens, *verb]))
        else:
            previous.tokens.extend(clause.tokens)
    return result


def _by_values(clause: Clause) -> list[Clause]:
    """Cut "A는 26도 B는 24도로 맞춰줘" before the second device; the verb serves both."""
    cuts: list[int] = []
    seen_device = seen_value = False
    start = 0
    for index, token in enumerate(clause.tokens):
        if token.tag in DEVICES or (token.tag in PLACES and seen_value):
            if seen_device and seen_value:
                cuts.append(index)
                seen_value = False
            seen_device = token.tag in DEVICES or seen_device
        elif token.tag in {Tag.NUMBER, Tag.MODE, Tag.LEVEL, Tag.COURSE} and seen_device:
            seen_value = True
    if not cuts:
        return [clause]
    tail = [token for token in clause.tokens if token.tag is Tag.VERB][-1:]
    parts: list[Clause] = []
    for end in (*cuts, len(clause.tokens)):
        tokens = clause.tokens[start:end]
        if not any(token.tag in DEVICES or token.tag in PLACES for token in tokens) or not any(
            token.tag in VALUES for token in tokens
        ):
            return [clause]
        if not any(token.tag is Tag.VERB for token in tokens):
            tokens = [*tokens, *tail]
        parts.append(Clause(tokens, clause.role, background=clause.background if start == 0 else []))
        start = end
    return parts
