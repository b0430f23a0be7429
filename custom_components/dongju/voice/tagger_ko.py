"""Tag a Korean sentence: the cheapest way to cover it with known words, whatever its spacing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from .home import HomeIndex
from .lexicon.channels import aliases
from .lexicon.ko.build import Lexicon, lexicon
from .morphology import Mood, match
from .names import home_entries
from .numbers_ko import quantities
from .text import Text
from .tokens import Entry, Tag, Token, Value

# A word that could begin here: end, tag, value, mood, cost.
type Edge = tuple[int, Tag, Value, Mood, float]

_PARTICLES: Final = frozenset({Tag.GLUE, Tag.TO, Tag.AND})
_COST: Final = {
    Tag.GLUE: 0.5, Tag.TO: 0.45, Tag.AND: 0.5, Tag.FILLER: 0.8, Tag.WAKE: 0.6, Tag.DEVICE: 0.9, Tag.AREA: 0.95,
    Tag.SCENE_SAID: 0.9, Tag.PERSON: 1.3, Tag.CHAT: 1.2, Tag.AREA_WORD: 1.1, Tag.THING: 1.15,
}  # fmt: skip
_INNER_SPACE: Final = 0.3
_UNKNOWN_START: Final = 4.5
_UNKNOWN_WORD: Final = 2.6  # where a word begins anyway
_UNKNOWN_NEXT: Final = 1.6
_UNKNOWN_CHAR: Final = 0.9
_PARTICLE_FIRST: Final = 1.2  # a word that begins with a particle and goes on
_TORN: Final = 4.5  # a verb that ends with the first syllable of another word
_SHORT_VERBS: Final = frozenset("꺼켜해줘와봐쳐")
_NOUNS: Final = frozenset({Tag.WAY, Tag.TOPIC, Tag.KIND, Tag.LEVEL, Tag.HERE, Tag.ALL, Tag.COURSE, Tag.PERSON})
_FREE_SINGLES: Final = frozenset({"좀", "쫌", "더", "덜", "다"})


@dataclass(slots=True)
class _State:
    """The cheapest way to reach a position with a given kind of last token."""

    cost: float
    token: Token | None
    previous: _State | None


class KoreanTagger:
    """Tags sentences spoken in one home."""

    def __init__(self, home: HomeIndex) -> None:
        """Prepare the names of a home."""
        self._home = home

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon()

    @cached_property
    def _names(self) -> dict[str, tuple[Entry, ...]]:
        """Return the home's own words, those that the lexicon explains better left out."""
        names = {
            word.replace(" ", ""): found
            for word, found in home_entries(self._home, self._lexicon.kinds, self._is_topic).items()
        }
        for channel, words in self._home.channels.items():
            for word in aliases(channel, " ".join(name.casefold().replace(" ", "") for name in words)):
                names.setdefault(word, (Entry(Tag.CHANNEL, channel),))
        return names

    @cached_property
    def _lengths(self) -> dict[str, tuple[int, ...]]:
        """Return the lengths of the words that begin with each character."""
        lengths: dict[str, set[int]] = {}
        for words in (self._names, self._lexicon.entries, self._lexicon.bases):
            for word in words:
                lengths.setdefault(word[0], set()).add(len(word))
        return {char: tuple(sorted(found)) for char, found in lengths.items()}

    def _is_topic(self, word: str) -> bool:
        found = self._lexicon.entries.get(word.replace(" ", ""), ())
        return any(entry.tag in {Tag.TOPIC, Tag.ATTRIBUTE} for entry, _ in found)

    def tag(self, text: Text) -> list[Token]:
        """Return the tokens that cover a sentence, words nobody knows as UNKNOWN."""
        size = len(text.joined)
        states: list[dict[str, _State]] = [{} for _ in range(size + 1)]
        first = self._after_call(text)
        states[first]["start"] = _State(0.0, None, None)
        for at in range(first, size):
            if states[at]:
                self._extend(text, at, states)
        last = min(states[size].values(), key=lambda state: state.cost, default=None)
        tokens: list[Token] = []
        while last is not None and last.token is not None:
            tokens.append(last.token)
            last = last.previous
        return _merge_unknown(tokens[::-1], text)

    def without_call(self, text: Text) -> str:
        """Return a sentence without the wake words in front of it."""
        first = self._after_call(text)
        return text.original(first, len(text.joined)).strip() if first else text.words

    def _after_call(self, text: Text) -> int:
        """Return where the sentence begins after the wake words in front of it."""
        at = 0
        while at < len(text.joined):
            for word in self._lexicon.calls:
                end = at + len(word)
                if text.joined.startswith(word, at) and (len(word) > 2 or end in text.breaks):
                    at = end
                    break
            else:
                break
        return at

    def _extend(self, text: Text, at: int, states: list[dict[str, _State]]) -> None:
        """Continue every way that reaches a position by every word that begins there."""
        broken = at == 0 or at in text.breaks
        edges = [*self._edges(text.joined, at), (at + 1, Tag.UNKNOWN, "", Mood.NOUN, 0.0)]
        for edge in edges:
            end, tag, value, mood, cost = edge
            inner = sum(1 for position in range(at + 1, end) if position in text.breaks)
            cost += inner * _INNER_SPACE
            if broken and at and tag in _PARTICLES and end < len(text.joined) and end not in text.breaks:
                cost += _PARTICLE_FIRST
            if end - at == 1 and tag is not Tag.UNKNOWN:
                cost += _single_cost(text, at, tag)
            if inner and tag is Tag.VERB and end - 1 in text.breaks and text.joined[end - 1] == "요":
                cost += _TORN if end < len(text.joined) and end not in text.breaks else 0.0  # "켜서 요가"
            group = _group(tag)
            token: Token | None = None
            best = states[end].get(group)
            for before, state in states[at].items():
                total = state.cost + cost + _step_cost(before, tag, broken=broken, spaced=bool(text.breaks))
                if tag in _PARTICLES and state.token is not None and _odd_particle(state, tag):
                    total += 1.5
                if end - at == 1 and not broken and state.token is not None and _pieced(state.token, tag):
                    total += 1.5
                if best is None or total < best.cost - 1e-9:
                    token = token or Token(tag, value, at, end, text.joined[at:end], mood)
                    best = states[end][group] = _State(total, token, state)

    def _edges(self, joined: str, at: int) -> Iterator[Edge]:
        """Yield every known word that begins at a position."""
        for length in self._lengths.get(joined[at], ()):
            word = joined[at : at + length]
            if len(word) < length:
                break
            for entry in self._names.get(word, ()):
                yield at + length, entry.tag, entry.value, Mood.NOUN, _COST.get(entry.tag, 1.0)
            for entry, mood in self._lexicon.entries.get(word, ()):
                if entry.tag is Tag.WAKE and at and word in self._lexicon.front:
                    continue
                yield at + length, entry.tag, entry.value, mood, _COST.get(entry.tag, 1.0)
            for verb in self._lexicon.bases.get(word, ()):
                for end, mood in match(joined, at + length, verb.base):
                    yield end, verb.tag, verb.concept, mood, 1.02 - 0.001 * length
        for end, tag, value, cost in quantities(joined, at):
            yield end, tag, value, Mood.NOUN, 1.0 + cost


def _single_cost(text: Text, at: int, tag: Tag) -> float:
    """Return what a word of one syllable costs more: little in the place of a word, much inside one."""
    if tag in _PARTICLES or text.joined[at] in _FREE_SINGLES:
        return 0.0
    starts = at == 0 or at in text.breaks
    ends = at + 1 == len(text.joined) or at + 1 in text.breaks
    if tag is Tag.NUMBER:
        return 0.2 if ends or not text.breaks or text.joined[at + 1] in "만으로까" else 2.5
    if tag is Tag.TOPIC and not starts and text.breaks:
        return 2.0  # no rain ends "바람개비"
    if tag is Tag.VERB and not starts and text.breaks and text.joined[at] not in _SHORT_VERBS:
        return 1.5 if text.joined[at] == "가" else 0.8  # "가" is a particle, rather
    if tag in {Tag.VERB, Tag.KIND}:
        return 0.2
    if tag is Tag.FILLER and text.breaks and not (starts and ends):
        return 2.5
    if tag is Tag.FILLER and text.joined[at] == "네" and at:
        return 1.0  # inside a sentence it counts: "아니다 네 도로"
    inside = 0.5 if starts or ends else 1.2
    return 0.4 if not text.breaks else 0.1 if starts and ends else inside


def _group(tag: Tag) -> str:
    """Return what the next word needs to know about this one."""
    if tag is Tag.UNKNOWN:
        return "unknown"
    if tag in {Tag.FILLER, Tag.THEN, Tag.REPAIR, Tag.WAKE, Tag.AFTER, Tag.DEGREE}:
        return "other"
    return "particle" if tag in _PARTICLES else "word"


def _odd_particle(state: _State, tag: Tag) -> bool:
    """Tell whether a particle after this token is more likely part of a name."""
    before = state.token
    if before is None or before.tag is not Tag.UNKNOWN:
        return before is not None and before.tag is tag
    earlier = state.previous.token if state.previous else None
    return earlier is None or earlier.tag is not Tag.UNKNOWN


def _pieced(before: Token, tag: Tag) -> bool:
    """Tell whether a word would be pieced together from two nouns of one syllable ("전화")."""
    return len(before.text) == 1 and tag in _NOUNS and before.tag in _NOUNS and before.text not in _FREE_SINGLES


def _unknown_cost(before: str, *, broken: bool, spaced: bool) -> float:
    """Return what one more character of an unknown word costs."""
    if before == "unknown":
        return _UNKNOWN_CHAR + _UNKNOWN_NEXT * broken
    if spaced and (broken or before == "start"):
        return _UNKNOWN_WORD + _UNKNOWN_CHAR
    return _UNKNOWN_START + _UNKNOWN_CHAR + (0.0 if before == "start" else 1.2 if spaced else 0.3)


def _step_cost(before: str, tag: Tag, *, broken: bool, spaced: bool) -> float:
    """Return what it costs that a word of `tag` follows a word of group `before`."""
    if tag is Tag.UNKNOWN:
        return _unknown_cost(before, broken=broken, spaced=spaced)
    if tag in _PARTICLES:
        if before in {"start", "other"}:
            return 2.0
        return (2.5 if before == "particle" else 1.0) if broken else 0.0
    if broken or before == "start":
        return 0.0
    if before == "particle" and spaced and tag in {Tag.FILLER, Tag.DEGREE, Tag.REPAIR, Tag.THEN}:
        return 0.8
    if before == "unknown":
        return 1.2 if spaced else 0.3
    return 0.1


def _merge_unknown(tokens: Iterable[Token], text: Text) -> list[Token]:
    """Join the characters of unknown words."""
    merged: list[Token] = []
    for token in tokens:
        if token.tag is Tag.UNKNOWN and merged and merged[-1].tag is Tag.UNKNOWN:
            start = merged.pop().start
            merged.append(Token(Tag.UNKNOWN, "", start, token.end, text.original(start, token.end)))
        else:
            merged.append(token)
    return merged
