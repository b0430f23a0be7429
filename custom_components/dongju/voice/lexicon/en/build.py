"""The English tables as one dictionary from phrase to entries, built once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ...morphology import Mood
from ...tokens import Entry, Tag
from ..apps import APPS
from ..channels import CHANNELS, aliases
from .nouns import AREAS, KINDS, THINGS, VALUES
from .words import FEELINGS, SCENE_SENTENCES, VERBS, WAKE_WORDS, WORDS


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrase -> entries; `longest` is the number of words of the longest phrase."""

    entries: dict[str, tuple[tuple[Entry, Mood], ...]]
    longest: int
    kinds: dict[str, str]


def _phrases(words: str) -> list[str]:
    return [phrase.strip() for phrase in words.split(", ")] if words != "," else [","]


_SPELLED = {
    "disney_plus": "disney plus",
    "youtube_kids": "youtube kids",
    "coupang_play": "coupang play",
    "apple_tv": "apple tv, apple tv plus",
    "prime_video": "prime video, amazon prime, amazon prime video",
}


def _television_rows() -> Iterator[tuple[Tag, str, list[str]]]:
    """Yield channels, applications and inputs with their phrases."""
    for name, words in CHANNELS:
        spoken = {alias for alias in aliases(name, words) if alias.isascii()}
        yield Tag.CHANNEL, name, [*spoken, name.casefold().replace("_", " ")]
    for name, words in APPS:
        latin = [word for word in words.split() if word.isascii()]
        yield Tag.APP, name, [*latin, *_phrases(_SPELLED.get(name, name.replace("_", " ")))]
    for kind in ("hdmi", "usb"):
        for digit, word in (("1", "one"), ("2", "two"), ("3", "three"), ("4", "four")):
            phrases = [f"{kind} {digit}", f"{kind}{digit}", f"{kind} {word}", f"{kind} input {digit}"]
            yield Tag.INPUT, kind.upper() + digit, phrases


@cache
def lexicon() -> Lexicon:
    """Return the English lexicon."""
    entries: dict[str, list[tuple[Entry, Mood]]] = {}

    def add(tag: Tag, value: str, phrases: list[str], mood: Mood = Mood.NOUN) -> None:
        for phrase in phrases:
            known = entries.setdefault(phrase, [])
            if all(entry.tag is not tag or entry.value != value for entry, _ in known):
                known.append((Entry(tag, value), mood))

    for concept, words in VERBS:
        add(Tag.VERB, concept, _phrases(words), Mood.DO)
    for kind, words in KINDS:
        phrases = _phrases(words)
        add(Tag.KIND, kind, [*phrases, *(f"{phrase}s" for phrase in phrases if not phrase.endswith(("s", "ing")))])
    add(Tag.THING, "", _phrases(THINGS))
    add(Tag.AREA_WORD, "", _phrases(AREAS))
    for tag, value, words in (*VALUES, *WORDS):
        add(tag, value, _phrases(words))
    for feeling, words in FEELINGS:
        add(Tag.FEEL, feeling, _phrases(words), Mood.MANNER)
    for scene, words in SCENE_SENTENCES:
        add(Tag.SCENE_SAID, scene, _phrases(words))
    for tag, value, phrases in _television_rows():
        add(tag, value, phrases)
    add(Tag.WAKE, "", _phrases(WAKE_WORDS))
    return Lexicon(
        {phrase: tuple(found) for phrase, found in entries.items()},
        max(phrase.count(" ") + 1 for phrase in entries),
        {phrase: kind for kind, words in KINDS for phrase in _phrases(words)},
    )
