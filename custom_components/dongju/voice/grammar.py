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
        if (
            before is not None
            and before.tag is Tag.VERB
            and before.mood is Mood.DO
            and token.tag is Tag.VERB
            and breaks
            and token.start not in breaks
        ):
            settled[-1] = replace(before, mood=Mood.MODIFY)  # two verbs in one word: "사왔으니까"
        if token.tag is Tag.VERB and token.word == "is_running" and token.mood in {Mood.MANNER, Mood.SO_THAT}:
            token = replace(token, value="run")  # noqa: PLW2901 - "열한 시에 돌아가게" is what to make it do
        if before is not None and before.tag is Tag.CLOCK and token.tag is Tag.WAY and token.text == "전":
            token = replace(token, tag=Tag.GLUE)  # noqa: PLW2901 - "여덟 시 전에"
        if token.tag is Tag.VERB and token.word == "is_done" and token.text in _MAY and _begs(settled):
            settled.pop()
            token = replace(token, value="do", mood=Mood.DO)  # noqa: PLW2901 - "약하게 안 될까" begs
        if before is not None and before.tag is Tag.VERB and token.tag is Tag.VERB:
            settled[-1] = _before_verb(before, token, breaks)
        tells = token.tag is Tag.FEEL or (token.tag is Tag.VERB and token.word in STATE_VERBS)
        if tells and token.mood is Mood.DO:
            token = replace(token, mood=Mood.TOLD)  # noqa: PLW2901 - the settled one takes its place
        settled.append(token)
    return settled


def content(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that say something of their own."""
    return [token for token in tokens if token.tag not in SILENT]
