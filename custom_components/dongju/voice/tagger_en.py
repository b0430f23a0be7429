"""Tag an English sentence: the cheapest way to cover its words with known phrases."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Final

from .home import HomeIndex
from .lexicon.en.build import Lexicon, lexicon
from .morphology import Mood
from .names import home_entries
from .numbers_en import quantities
from .text import Text
from .tokens import SILENT, Entry, Number, Tag, Token, Value

_COST: Final = {
    Tag.GLUE: 0.7, Tag.TO: 0.65, Tag.AND: 0.7, Tag.FILLER: 0.75, Tag.WAKE: 0.6,
    Tag.DEVICE: 0.8, Tag.AREA: 0.85,
    Tag.SCENE_SAID: 0.8, Tag.PERSON: 0.9, Tag.SCENE: 0.9, Tag.DURATION: 0.9, Tag.CLOCK: 0.9, Tag.THING: 1.05,
    Tag.AREA_WORD: 1.03, Tag.REPAIR: 1.02, Tag.CONDITION: 1.01, Tag.NEGATION: 0.9,
}  # fmt: skip
_UNKNOWN: Final = 5.0


class EnglishTagger:
    """Tags sentences spoken in one home."""

    def __init__(self, home: HomeIndex) -> None:
        """Prepare the names of a home."""
        self._home = home

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon()

    @cached_property
    def _names(self) -> dict[str, tuple[Entry, ...]]:
        """Return the home's own names, plurals and "the" of a device included."""
        names = home_entries(self._home, self._lexicon.kinds, self._is_topic)
        for name, found in list(names.items()):
            if name.isascii() and not name.endswith("s"):
                names.setdefault(name + "s", found)
            elif name.isascii():
                names.setdefault(name.removesuffix("s"), found)
        for channel, words in self._home.channels.items():
            for word in words:
                names.setdefault(" ".join(word.casefold().split()), (Entry(Tag.CHANNEL, channel),))
        return names

    @cached_property
    def _longest(self) -> int:
        return max([self._lexicon.longest, *(name.count(" ") + 1 for name in self._names)])

    def _is_topic(self, word: str) -> bool:
        return any(entry.tag in {Tag.TOPIC, Tag.ATTRIBUTE} for entry, _ in self._lexicon.entries.get(word, ()))

    def tag(self, text: Text) -> list[Token]:
        """Return the tokens that cover a sentence, words nobody knows as UNKNOWN."""
        words = [self._plain(word) for word in text.words.split()]
        offsets = [0]
        for word in words:
            offsets.append(offsets[-1] + (0 if word == "," else len(word)))
        best: list[tuple[float, Token | None, int]] = [(0.0, None, -1)]
        best.extend((float("inf"), None, -1) for _ in words)
        for at in range(len(words)):
            for end, tag, value, mood in self._edges(words, at):
                cost = best[at][0] + (_UNKNOWN if tag is Tag.UNKNOWN else _COST.get(tag, 1.0))
                if cost < best[end][0] - 1e-9:
                    token = Token(tag, value, offsets[at], offsets[end], " ".join(words[at:end]), mood)
                    best[end] = (cost, token, at)
        tokens: list[Token] = []
        at = len(words)
        while at > 0:
            _, found, at = best[at]
            if found is not None:
                tokens.append(found)
        return _grammar(_merge_unknown(tokens[::-1]))

    def _plain(self, word: str) -> str:
        """Return a word without the 's of an owner, where that makes it known."""
        base = word.removesuffix("'s")
        return base if base != word and (base in self._names or base in self._lexicon.kinds) else word

    def _edges(self, words: list[str], at: int) -> Iterator[tuple[int, Tag, Value, Mood]]:
        """Yield every known phrase that begins at a word."""
        for length in range(min(self._longest, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            for entry in self._names.get(phrase, ()):
                yield at + length, entry.tag, entry.value, Mood.NOUN
            for entry, mood in self._lexicon.entries.get(phrase, ()):
                yield at + length, entry.tag, entry.value, mood
        for end, tag, value in quantities(words, at):
            yield end, tag, value, Mood.NOUN
        yield at + 1, Tag.UNKNOWN, "", Mood.NOUN


def _merge_unknown(tokens: list[Token]) -> list[Token]:
    """Join unknown words that follow each other."""
    merged: list[Token] = []
    for token in tokens:
        if token.tag is Tag.UNKNOWN and merged and merged[-1].tag is Tag.UNKNOWN:
            first = merged.pop()
            token = Token(Tag.UNKNOWN, "", first.start, token.end, f"{first.text} {token.text}")  # noqa: PLW2901 - the joined one takes its place
        merged.append(token)
    return merged


_AFTER_ON: Final = frozenset(
    {
        Tag.AND,
        Tag.FILLER,
        Tag.AFTER,
        Tag.TO,
        Tag.THEN,
        Tag.DURATION,
        Tag.HERE,
        Tag.CLOCK,
        Tag.AGAIN,
        Tag.WHEN,
        Tag.FOR,
        Tag.WAKE,
    }
)
# Prepositions that a duration or a time of day after them settles.
_BEFORE: Final = (
    (frozenset({"in", "after", "by"}), Tag.DURATION, Tag.AFTER, ""),
    (frozenset({"for"}), Tag.DURATION, Tag.FOR, ""),
    (frozenset({"give me"}), Tag.CHANNEL, Tag.VERB, "show"),
    (frozenset({"give me"}), Tag.ATTRIBUTE, Tag.VERB, "show"),
    (frozenset({"by"}), Tag.CLOCK, Tag.VERB, "finish"),
    (frozenset({"to", "at", "until", "around"}), Tag.CLOCK, Tag.GLUE, ""),
)
_TEMPERING: Final = {"cool": "cool", "heat": "warm"}
_SWITCHING: Final = frozenset(
    {
        "turn",
        "turning",
        "switch",
        "switching",
        "pop",
        "flip",
        "get",
        "put",
        "power",
        "have",
        "keep",
        "want",
        "leave",
        "i leave",
    }
)


def _grammar(tokens: list[Token]) -> list[Token]:
    """Settle words whose meaning depends on their neighbours: on, in, for, by, at."""
    settled: list[Token] = []
    tokens = _with_clock(tokens)
    for index, token in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        if token.text in {"shut", "cut"} and any(
            other.tag is Tag.VERB and other.word == "off" for other in tokens[index + 1 :]
        ):
            token = replace(token, tag=Tag.VERB, value="do")  # noqa: PLW2901 - "shut ... off": the verb's other half says it
        settled.append(_settle(token, after, tokens[:index]))
    return settled


def _with_clock(tokens: list[Token]) -> list[Token]:
    """Read the number after "at", or after "for" with an alarm, as a time of day ("wake me up at seven")."""
    alarm = any(token.tag is Tag.TOPIC and token.word == "alarm" for token in tokens)
    wakes = alarm or any(
        (token.tag is Tag.VERB and token.word in {"call", "start", "run", "off", "finish"})
        or token.text.startswith("remind")
        for token in tokens
    )
    numbers = [index for index, token in enumerate(tokens) if token.tag is Tag.NUMBER]
    if not wakes or len(numbers) != 1 or not numbers[0] or any(token.tag is Tag.CLOCK for token in tokens):
        return tokens
    index = numbers[0]
    token, number = tokens[index], tokens[index].value
    if (
        tokens[index - 1].text not in ({"at", "by", "for"} if alarm else {"at", "by"})
        or not isinstance(number, Number)
        or number.unit
    ):
        return tokens
    hour, minute = divmod(int(number.value), 100) if number.value >= 100 else (int(number.value), 0)
    if not 0 < hour <= 12 or minute >= 60:
        return tokens
    return [*tokens[:index], replace(token, tag=Tag.CLOCK, value=f"{hour:02d}:{minute:02d}"), *tokens[index + 1 :]]


def _settle(token: Token, after: Token | None, before: list[Token]) -> Token:
    if token.text == "on" and token.tag is Tag.GLUE:
        return replace(token, tag=Tag.VERB, value="on", mood=Mood.DO) if _is_switch(after, before) else token
    if (
        token.tag is Tag.MODE
        and token.text in _TEMPERING
        and all(other.tag in SILENT for other in before)
        and after is not None
        and after.tag is not Tag.MODE_WORD
    ):
        return replace(token, tag=Tag.FEEL, value=_TEMPERING[token.text], mood=Mood.MANNER)
    if token.text == "one" and before and before[-1].tag is Tag.BY:
        return replace(token, tag=Tag.NUMBER, value=Number(1))
    if after is None:
        return token
    for texts, neighbour, tag, value in _BEFORE:
        if token.text in texts and after.tag is neighbour:
            return replace(token, tag=tag, value=value, mood=Mood.MANNER if tag is Tag.VERB else token.mood)
    return token


def _is_switch(after: Token | None, before: list[Token]) -> bool:
    """Tell whether "on" is the state, not the preposition."""
    if after is None or after.tag in _AFTER_ON:
        return True
    if before and before[-1].tag in {Tag.KIND, Tag.DEVICE} and after.text in {"in", "at"}:
        return True
    return after.text in {"in", "for", "with"} and any(token.text in _SWITCHING for token in before)
