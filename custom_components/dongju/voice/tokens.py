"""Tags and tokens: what the tagger says about each span of a sentence."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .morphology import Mood


class Tag(StrEnum):
    """Closed classes of words; the same for every language."""

    AFTER = "after"  # "... later"
    AGAIN = "again"
    ALL = "all"
    AND = "and"
    APP = "app"
    AREA = "area"
    AREA_WORD = "area_word"  # a room this home may not have
    ATTRIBUTE = "attribute"
    BY = "by"  # the number before is a step
    CHANNEL = "channel"
    CHAT = "chat"
    CLOCK = "clock"
    COLOR = "color"
    CONDITION = "condition"
    COURSE = "course"
    DEGREE = "degree"
    DEVICE = "device"
    DURATION = "duration"
    EXCEPT = "except"
    FEEL = "feel"
    FILLER = "filler"
    FOR = "for"
    GENRE = "genre"
    GLUE = "glue"  # articles, prepositions, particles
    HERE = "here"
    INPUT = "input"
    INSTEAD = "instead"
    KIND = "kind"
    LESS = "less"
    LEVEL = "level"
    MODE = "mode"
    MODE_WORD = "mode_word"
    MORE = "more"
    NEGATION = "negation"
    NUMBER = "number"
    PERSON = "person"
    PLAY_MODE = "play_mode"  # repeated, shuffled, from the beginning
    REPAIR = "repair"
    SCENE = "scene"
    SCENE_SAID = "scene_said"  # a sentence that means a scene
    THAT = "that"
    THEN = "then"
    THING = "thing"  # an appliance or object nobody controls here
    TO = "to"  # the number after (or before) is a goal
    TOPIC = "topic"
    UNKNOWN = "unknown"
    VERB = "verb"
    WAKE = "wake"
    WAY = "way"
    WH = "wh"
    WHEN = "when"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what it counts: "c" degrees, "%" percent, "ch" channel, "step", "half" or "" for nothing said."""

    value: float
    unit: str = ""


type Value = str | Number | int | tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A span of a sentence with its meaning; `start` and `end` count in the text that was tagged."""

    tag: Tag
    value: Value
    start: int
    end: int
    text: str
    mood: Mood = Mood.NOUN

    @property
    def word(self) -> str:
        """Return the value of a token whose values are words."""
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word of the lexicon means."""

    tag: Tag
    value: Value


# Say nothing of their own: may stand anywhere without being explained by a frame.
SILENT: Final = frozenset(
    {
        Tag.AND,
        Tag.DEGREE,
        Tag.FILLER,
        Tag.GLUE,
        Tag.PERSON,
        Tag.REPAIR,
        Tag.THEN,
        Tag.TO,
        Tag.WAKE,
        Tag.MODE_WORD,
        Tag.INSTEAD,
    }
)
