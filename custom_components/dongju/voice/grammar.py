"""What clauses are made of: roles, groups of tags, and the moods that verbs have in their sentence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

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


MANNERS: Final = frozenset({Mood.MANNER, Mood.SO_THAT, Mood.MODIFY})


def group(tag: Tag) -> frozenset[Tag]:
    """Return the tags that can stand in the place of a tag."""
    return next((found for found in _GROUPS if tag in found), frozenset({tag}))


_MAY: Final = frozenset({"될까", "될까요", "되나", "되나요", "되니", "되겠니", "되겠어", "돼", "돼요"})


def _begs(before: list[Token]) -> bool:
    """Tell whether "안 될까" after these words begs: it follows how something should be."""
    return len(before) > 1 and before[-1].text == "안" and before[-2].mood is Mood.MANNER


def _before_verb(before: Token, token: Token, breaks: frozenset[int]) -> Token:
    """Return a verb as the verb after it makes it: "껐다 켜" is two orders, a stray syllable ("올줘") nothing known."""
    if before.mood is Mood.TOLD and before.text.endswith("다") and {before.word, token.word} == {"off", "on"}:
        return replace(before, mood=Mood.LINK)
    if before.mood is Mood.MODIFY and len(before.text) == 1 and token.start not in breaks:
        return replace(before, tag=Tag.UNKNOWN, value="", mood=Mood.NOUN)
    return before


def _stutters(before: Token, token: Token, breaks: frozenset[int]) -> bool:
    """Tell whether a verb only repeats the end of the word it stands in ("올려줘줘")."""
    return (
        before.tag is Tag.VERB
        and before.mood is Mood.DO
        and before.end == token.start
        and token.start not in breaks
        and before.text.endswith(token.text)
        and before.text != token.text
    )


def _is_torn(settled: list[Token], token: Token, breaks: frozenset[int]) -> bool:
    """Tell whether the last token is a stray piece before the known rest of its word ("도락", "간등")."""
    last = settled[-1]
    if last.text == "안" and len(settled) == 1 and token.tag in DEVICES:
        return True  # half of "안방", or a "not" that lost its verb
    if not breaks or last.end != token.start or token.start in breaks or token.tag in {Tag.GLUE, Tag.TO, Tag.AND}:
        return False
    if last.tag in {Tag.GLUE, Tag.TO}:
        return len(settled) == 1
    return last.tag is Tag.VERB and last.mood is Mood.MODIFY and len(last.text) == 1


# What a state becomes when it is to be reached: "열한 시에 돌아가게", "두 시간 뒤에 꺼지게".
_REACHED: Final = {
    "is_running": "run",
    "is_on": "on",
    "is_off": "off",
    "is_open": "open",
    "is_closed": "close",
    "is_locked": "lock",
}


# What "그만" before a verb makes of it: "에어컨 그만 틀어" is an order to switch it off.
_ENDED: Final = {
    **dict.fromkeys(("on", "play_on", "play", "show"), "off"),
    **dict.fromkeys(("run", "start", "do", "clean", "wash", "wash_dishes", "make_dry", "ventilate"), "stop"),
}


_OF_OTHERS: Final = (
    "왔어",
    "왔다",
    "왔어요",
    "왔습니다",
    "했어",
    "했다",
    "잔다",
    "나간다",
    "나가",
    "나갔어",
    "일어났어",
)
_SELF: Final = frozenset({"나", "내", "나도", "내가", "제가", "난", "우리", "저희", "우리집", "저희집"})


def _is_another(token: Token) -> bool:
    """Tell whether a word names somebody else than the speaker, or something that comes."""
    comes = token.tag is Tag.DEVICE or (token.tag is Tag.KIND and token.word in {"package", "elevator"})
    return comes or (token.tag is Tag.PERSON and token.text not in _SELF)


def _is_torn_from(before: Token | None, token: Token, breaks: frozenset[int]) -> bool:
    """Tell whether a word is the end of a word that begins with somebody else's name."""
    return before is not None and _is_another(before) and bool(breaks) and token.start not in breaks


_DRY: Final = frozenset({"건조해", "건조해요", "건조하네", "건조하네요", "건조하다", "건조한데", "건조하구나"})

_DRYING: Final = ("건조해서", "건조하니", "건조한데", "건조해가지고")


def _is_of_room(token: Token) -> bool:
    """Tell whether a word before a remark about the air names no thing that could be meant."""
    return token.tag in SILENT or token.tag in {Tag.AREA, Tag.HERE, Tag.ATTRIBUTE}


def _settled_word(token: Token, settled: list[Token], breaks: frozenset[int]) -> Token:
    """Return a word that is no verb, or not taken for one, as it is meant after the words before it."""
    before = settled[-1] if settled else None
    subject = next((other for other in reversed(settled) if other.text not in {"이", "가", "도"}), None)
    if token.tag is Tag.WAY and token.text == "전" and before is not None and before.tag is Tag.CLOCK:
        return replace(token, tag=Tag.GLUE)  # "여덟 시 전에"
    if token.tag is Tag.ALL and token.text.startswith("집") and _is_torn_from(before, token, breaks):
        return replace(token, tag=Tag.UNKNOWN, value="", mood=Mood.NOUN)  # "할머니집": not this home
    if token.tag is Tag.ALL and token.text == "다" and before is not None and before.text == "는" and breaks:
        return token if token.start in breaks else replace(token, tag=Tag.GLUE)  # "물이 끓는다"
    if token.tag is Tag.FEEL and token.text in {"차", "시"} and (before is None or before.tag in PLACES):
        return replace(token, tag=Tag.THING, value="", mood=Mood.NOUN)  # nothing is said to be cold: it is a car
    if token.tag is Tag.SCENE_SAID and token.text.endswith(_OF_OTHERS) and subject is not None and _is_another(subject):
        return replace(token, tag=Tag.VERB, value="come", mood=Mood.TOLD)  # "손님 왔어"
    dry = token.text in _DRY or (token.text.startswith(_DRYING) and token.mood in {Mood.LINK, Mood.BECAUSE})
    if token.tag is Tag.VERB and dry and all(_is_of_room(other) for other in settled):
        mood = token.mood if token.mood in {Mood.LINK, Mood.BECAUSE} else Mood.TOLD
        return replace(token, tag=Tag.FEEL, value="dry", mood=mood)  # "방이 너무 건조해"; not "빨래 건조해"
    if token.tag is Tag.VERB and token.text == "해" and before is None:
        return replace(token, tag=Tag.UNKNOWN, value="", mood=Mood.NOUN)  # the sun
    return token


def _settled(token: Token, *, machine: bool) -> Token:
    """Return a verb as it is meant among machines or not."""
    if token.tag is Tag.FEEL and token.mood is Mood.HEARSAY:
        return replace(token, mood=Mood.TOLD)  # "내일 춥대?" asks, "아이가 춥대" tells
    if token.tag is not Tag.VERB:
        return token
    if token.word in {"finish", "is_done"} and token.text.endswith(("려면", "라면")):
        return replace(token, mood=Mood.MANNER)  # "to be done": no condition, part of a question
    if token.word == "come" and token.mood is Mood.HEARSAY:
        return replace(token, mood=Mood.TOLD)  # "비 온대?" asks
    if token.word == "dock" and token.text.startswith("돌아가") and machine:  # machines run, robots go home
        token = replace(token, value="is_running", mood=Mood.TOLD if token.mood is Mood.DO else token.mood)
    if token.mood in {Mood.MANNER, Mood.SO_THAT} and token.text.startswith("나오"):
        return replace(token, value="show")
    if token.mood in {Mood.MANNER, Mood.SO_THAT}:
        return replace(token, value=_REACHED.get(token.word, token.value))
    return token


def _unordered(before: Token, token: Token) -> Token:
    """Return what looks like an order as the word after it makes it: a quotation, or a duty one complains of."""
    quoted = token.tag is Tag.VERB and token.word == "do" and token.mood not in {Mood.DO, Mood.BECAUSE}
    if quoted and before.text.endswith(("라고", "라구", "자고")):
        return replace(before, mood=Mood.HEARSAY)  # "켜라고 한 적 없어"
    if before.text.endswith("지") and token.tag in {Tag.UNKNOWN, Tag.INSTEAD}:
        return replace(before, mood=Mood.FORBID)  # a "말고" that was torn off
    if before.text.endswith("시게") and token.tag not in {Tag.GLUE, Tag.FILLER}:
        return replace(before, mood=Mood.BECAUSE)  # "손님들 들으시게 재즈 틀어드려"
    if token.tag is Tag.FEEL and before.text.endswith("는데"):
        return replace(before, mood=Mood.BECAUSE)  # "세탁기 돌려야 되는데 귀찮다"
    return before


def _settled_before(before: Token, token: Token, breaks: frozenset[int]) -> Token:
    """Return a token as the verb after it makes it."""
    if before.text in {"안", "못"} and token.mood in {Mood.DO, Mood.LINK}:
        return replace(before, tag=Tag.NEGATION)
    if before.tag is not Tag.VERB:
        return before
    if before.mood is Mood.DO and breaks and token.start not in breaks:
        before = replace(before, mood=Mood.MODIFY)  # two verbs in one word: "사왔으니까"
    return _before_verb(before, token, breaks)


def settle_moods(tokens: Iterable[Token], breaks: frozenset[int] = frozenset()) -> list[Token]:
    """Return tokens whose moods fit their meaning: a state or a feeling is told, never ordered."""
    settled: list[Token] = []
    tokens = list(tokens)
    kinds = {token.word for token in tokens if token.tag is Tag.KIND}
    machine = bool(kinds & _MACHINES) and "robot_cleaner" not in kinds
    for token in tokens:
        now = _settled(_settled_word(token, settled, breaks), machine=machine)
        if now.tag is Tag.VERB and now.word == "is_done" and now.text in _MAY and _begs(settled):
            settled.pop()
            now = replace(now, value="do", mood=Mood.DO)  # "약하게 안 될까" begs
        if settled and _is_torn(settled, now, breaks):
            settled[-1] = replace(settled[-1], tag=Tag.UNKNOWN, value="", mood=Mood.NOUN)
        if settled and settled[-1].mood is Mood.BECAUSE and settled[-1].text.endswith("데") and now.word == "is_there":
            settled[-1] = replace(settled[-1], mood=Mood.MODIFY)  # "불 켜진 데 있어?": a place
        if settled and settled[-1].mood is Mood.DO:
            settled[-1] = _unordered(settled[-1], now)
        if settled and now.tag is Tag.VERB:
            if settled[-1].text == "그만" and now.word in _ENDED:
                now = replace(now, value=_ENDED[now.word])
            if _stutters(settled[-1], now, breaks):
                continue
            settled[-1] = _settled_before(settled[-1], now, breaks)
        tells = now.tag is Tag.FEEL or (now.tag is Tag.VERB and now.word in STATE_VERBS)
        if tells and now.mood is Mood.LINK and now.text.endswith("어서"):
            now = replace(now, mood=Mood.BECAUSE)  # "들고 있어서"
        under_way = now.word == "is_running" and now.text.endswith("중")  # "청소 중이야?"
        settled.append(replace(now, mood=Mood.TOLD) if (tells and now.mood is Mood.DO) or under_way else now)
    return _as_orders(_as_one_question(settled))


# Two ends of one question: "켜져 있어 꺼져 있어?".
_OPPOSITES: Final = (
    frozenset({"on", "off"}),
    frozenset({"is_on", "is_off"}),
    frozenset({"play_on", "off"}),
    frozenset({"open", "close"}),
    frozenset({"is_open", "is_closed"}),
    frozenset({"lock", "unlock"}),
    frozenset({"is_locked", "is_open"}),
)


def _as_one_question(tokens: list[Token]) -> list[Token]:
    """Read "껐어 안 껐어" and "켜져 있나 꺼져 있나" as the first half of the question."""
    result: list[Token] = []
    for token in tokens:
        negated = bool(result) and result[-1].text in {"안", "못"}
        before = result[-2] if negated and len(result) > 1 else result[-1] if result else None
        if token.tag is Tag.VERB and before is not None and before.tag is Tag.VERB:
            told = token.mood is Mood.TOLD and before.mood is Mood.TOLD
            same = negated and before.word == token.word
            if told and (same or (not negated and {before.word, token.word} in _OPPOSITES)):
                del result[len(result) - negated :]
                continue
        result.append(token)
    return result


def _as_orders(tokens: list[Token]) -> list[Token]:
    """Read "켜는 거 부탁해요" as "꺼줘"."""
    for index, token in enumerate(tokens):
        if token.tag is not Tag.VERB or token.mood is not Mood.MODIFY or not token.text.endswith("는"):
            continue
        rest = [other for other in tokens[index + 1 :] if other.text not in {"좀", "를", "을"}]
        if len(rest) == 2 and rest[0].text in {"것", "거", "걸"} and rest[1].word == "polite":
            tokens[index] = replace(token, mood=Mood.DO)
    return tokens


def content(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that say something of their own."""
    return [token for token in tokens if token.tag not in SILENT]
