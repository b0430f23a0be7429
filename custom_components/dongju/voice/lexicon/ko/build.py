# ruff: noqa: E501 - tables of words read best one row to a line
"""The Korean tables as one dictionary from surface to entries, built once."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from ...morphology import Base, Mood, bases, honorific
from ...tokens import Entry, Tag
from ..apps import APPS
from ..channels import CHANNELS, aliases
from .nouns import AREAS, KINDS, THINGS, VALUES
from .verbs import FEELINGS, MANNERS, NOUN_VERBS, VERBS
from .words import COPULAS, QUESTIONS, SCENE_SENTENCES, WAKE_WORDS, WAKE_WORDS_IN_FRONT, WORDS

_INPUTS: Final = (
    ("HDMI", "hdmi 에이치디엠아이 에이치디엠아"),
    ("USB", "usb 유에스비"),
    ("AV", "av외부 컴포지트"),
)
_INPUT_NUMBERS: Final = (
    ("1", "1 일 원 하나 1번 일번"),
    ("2", "2 이 투 둘 2번 이번"),
    ("3", "3 삼 쓰리 3번 삼번"),
    ("4", "4 사 포 4번 사번"),
)


@dataclass(frozen=True, slots=True)
class VerbBase:
    """A base of a verb (or adjective, tag FEEL) waiting for its ending."""

    tag: Tag
    concept: str
    base: Base


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Surface -> entries, surface -> verb bases, the wake words that count only in front, and all that may stand there."""

    entries: dict[str, tuple[tuple[Entry, Mood], ...]]
    bases: dict[str, tuple[VerbBase, ...]]
    front: frozenset[str]
    calls: tuple[str, ...]
    kinds: dict[str, str]


def _input_rows() -> list[tuple[Tag, str, str]]:
    rows: list[tuple[Tag, str, str]] = []
    for name, words in _INPUTS:
        rows.append((Tag.INPUT, name, words))
        for digit, numbers in _INPUT_NUMBERS:
            rows.append(
                (
                    Tag.INPUT,
                    name + digit,
                    " ".join(word + number for word in words.split() for number in numbers.split()),
                )
            )
    return rows


@cache
def lexicon() -> Lexicon:
    """Return the Korean lexicon."""
    entries: dict[str, list[tuple[Entry, Mood]]] = {}

    def add(tag: Tag, value: str, words: str, mood: Mood = Mood.NOUN) -> None:
        for word in words.split():
            known = entries.setdefault(word, [])
            if all(entry.tag is not tag or entry.value != value for entry, _ in known):
                known.append((Entry(tag, value), mood))

    for kind, words in KINDS:
        add(Tag.KIND, kind, words)
    add(Tag.THING, "", " ".join(THINGS))
    add(Tag.AREA_WORD, "", " ".join(AREAS))
    for tag, value, words in (*VALUES, *WORDS, *_input_rows()):
        add(tag, value, words)
    for value, words in QUESTIONS:
        add(Tag.WH, value, " ".join(word + copula for word in words.split() for copula in COPULAS))
    for value, words in SCENE_SENTENCES:
        add(Tag.SCENE_SAID, value, words)
    for concept, words in NOUN_VERBS:
        add(Tag.VERB, concept, words)
    for feeling, words in MANNERS:
        add(Tag.FEEL, feeling, words, Mood.MANNER)
    for name, words in CHANNELS:
        add(Tag.CHANNEL, name, " ".join(aliases(name, words)))
    for name, words in APPS:
        add(Tag.APP, name, words)
    add(Tag.WAKE, "", " ".join((*WAKE_WORDS, *WAKE_WORDS_IN_FRONT)))
    return Lexicon(
        {word: tuple(found) for word, found in entries.items()},
        _verb_bases(),
        frozenset(WAKE_WORDS_IN_FRONT),
        tuple(sorted((*WAKE_WORDS, *WAKE_WORDS_IN_FRONT), key=len, reverse=True)),
        {word: kind for kind, words in KINDS for word in words.split()},
    )


def _verb_bases() -> dict[str, tuple[VerbBase, ...]]:
    found: dict[str, list[VerbBase]] = {}
    for tag, table in ((Tag.VERB, VERBS), (Tag.FEEL, FEELINGS)):
        for concept, stems in table:
            for row in stems.split():
                stem, _, irregular = row.partition("/")
                forms = [*bases(stem, irregular)]
                if tag is Tag.FEEL:
                    forms += bases(honorific(stem, irregular))
                for surface, base in forms:
                    verb = VerbBase(tag, concept, base)
                    known = found.setdefault(surface, [])
                    if verb not in known:
                        known.append(verb)
    return {surface: tuple(verbs) for surface, verbs in found.items()}
