"""A clause laid out by tag, remembering which words a frame has explained."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from .entities import Entity
from .grammar import Clause
from .morphology import Mood
from .text import Language, Text
from .tokens import SILENT, Number, Tag, Token

# Verbs that only say "do it"; the value or the noun carries the meaning.
ACTIVITIES: Final = frozenset({"clean", "wash", "wash_dishes", "make_dry", "ventilate"})
LIGHT_VERBS: Final = frozenset({"do", "set", "change", "reserve", "tell"})


@dataclass(slots=True)
class Context:
    """What surrounds a clause: the room of the microphone and what was spoken of."""

    text: Text
    language: Language
    area: str | None = None
    entity: Entity | None = None
    said_area: str | None = None
    before: tuple[tuple[Entity, ...], ...] = ()  # what the sentences before spoke of
    spoken: list[Entity] = field(default_factory=list)  # what this sentence has spoken of so far
    switched: Token | None = None  # the function of a device that the sentence before switched


@dataclass(slots=True)
class Slots:
    """The tokens of one clause; `use` marks what a frame explains, `unexplained` is what is left."""

    tokens: list[Token]
    question: bool = False
    background: list[Token] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, clause: Clause, *, question: bool) -> Slots:
        """Lay out a clause."""
        return cls(list(clause.tokens), question, list(clause.background))

    def all(self, *tags: Tag) -> list[Token]:
        """Return the tokens with one of the tags."""
        return [token for token in self.tokens if token.tag in tags]

    def first(self, *tags: Tag) -> Token | None:
        """Return the first token with one of the tags."""
        return next((token for token in self.tokens if token.tag in tags), None)

    def last(self, *tags: Tag) -> Token | None:
        """Return the last token with one of the tags."""
        return next((token for token in reversed(self.tokens) if token.tag in tags), None)

    def has(self, tag: Tag, *values: str) -> bool:
        """Tell whether a token has the tag and, if given, one of the values."""
        return any(token.tag is tag and (not values or token.word in values) for token in self.tokens)

    def attribute(self, *names: str) -> bool:
        """Tell whether an attribute is named, here or in the reason given before."""
        if self.has(Tag.ATTRIBUTE):
            return self.has(Tag.ATTRIBUTE, *names)
        return any(token.tag is Tag.ATTRIBUTE and token.word in names for token in self.background)

    def number(self, *units: str) -> Number | None:
        """Return the last number with one of the units."""
        for token in reversed(self.tokens):
            if token.tag is Tag.NUMBER and isinstance(token.value, Number) and token.value.unit in units:
                return token.value
        return None

    def verbs(self) -> list[Token]:
        """Return the verbs that ask for something (not those that describe a noun)."""
        return [token for token in self.tokens if token.tag is Tag.VERB and token.mood is not Mood.MODIFY]

    def verb(self) -> str:
        """Return the verb that matters: the last one with a meaning of its own, else the last light one, else ""."""
        names = [token.word for token in self.verbs()]
        for silent in (LIGHT_VERBS | ACTIVITIES, LIGHT_VERBS):
            for name in reversed(names):
                if name not in silent:
                    return name
        return names[-1] if names else ""

    def says(self, *concepts: str) -> bool:
        """Tell whether one of the verbs is among the concepts."""
        return any(token.word in concepts for token in self.verbs())

    def feeling(self, *names: str) -> Token | None:
        """Return the adverb or remark with one of the feelings."""
        return next((token for token in reversed(self.tokens) if token.tag is Tag.FEEL and token.word in names), None)

    def use(self, *tags: Tag) -> None:
        """Mark every token with one of the tags as explained."""
        self._used.update(index for index, token in enumerate(self.tokens) if token.tag in tags)

    def use_words(self, tag: Tag, *values: str) -> None:
        """Mark the tokens with the tag and one of the values as explained."""
        self._used.update(index for index, token in enumerate(self.tokens) if token.tag is tag and token.word in values)

    def use_tokens(self, tokens: Iterable[Token]) -> None:
        """Mark single tokens as explained."""
        wanted = {id(token) for token in tokens}
        self._used.update(index for index, token in enumerate(self.tokens) if id(token) in wanted)

    def unexplained(self) -> list[Token]:
        """Return the words nothing has explained yet."""
        return [token for index, token in enumerate(self.tokens) if index not in self._used and token.tag not in SILENT]
