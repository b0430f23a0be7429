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
        tells = token.tag is Tag.FEEL or (token.tag is Tag.VERB and token.word in STATE_VERBS)
        if tells and token.mood is Mood.DO:
            token = replace(token, mood=Mood.TOLD)  # noqa: PLW2901 - the settled one takes its place
        settled.append(token)
    return settled


def content(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens that say something of their own."""
    return [token for token in tokens if token.tag not in SILENT]
