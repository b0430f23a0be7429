# ruff: noqa: E501 - tables of words read best one row to a line
"""Conversations: what was spoken of, what was asked back, what waits for a yes."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from .entities import Entity, kind_of
from .frames import Understanding
from .grammar import DEVICES, PLACES, VALUES
from .home import HomeIndex
from .morphology import Mood
from .text import Text
from .tokens import SILENT, Tag, Token

type Answer = Literal["yes", "no"]

_YES: Final = frozenset(
    "응 어 네 예 그래 좋아 해줘 해 맞아 그렇게해줘 그렇게해 그래줘 오케이 콜 시작해 시작해줘 예열해줘 켜줘 부탁해 응해줘 네해주세요 해주세요 어해줘 그러자 당연하지 그럼 웅 넵 넹 yes yeah yep sure ok okay doit goahead please yesplease confirm".split()
)
_NO: Final = frozenset(
    "아니 아니야 아니요 아뇨 싫어 하지마 취소 취소해 취소해줘 됐어 그만 괜찮아 안돼 관둬 no nope cancel stop dont don't nothanks nevermind".split()
)
_FRONT: Final = frozenset({"area", "device"})
_STEPPING: Final = frozenset({Tag.MORE, Tag.DEGREE, Tag.AGAIN, Tag.LESS})
_SUBJECTS: Final = DEVICES | {Tag.CHANNEL, Tag.APP, Tag.SCENE}
_PATCHES: Final = DEVICES | PLACES | VALUES


@dataclass(slots=True)
class DialogState:
    """The state of one conversation; `Understander.understand` reads and updates it."""

    entity: Entity | None = None
    tokens: list[Token] = field(default_factory=list)
    asked: str | None = None  # the slot of the question that is open
    waiting: Understanding | None = None  # what waits for a yes

    @property
    def expects_answer(self) -> bool:
        """Tell whether the next sentence should be listened for."""
        return self.asked is not None or self.waiting is not None

    def answer(self, text: Text) -> Answer | None:
        """Return whether a sentence answers the open confirmation."""
        if self.waiting is None:
            return None
        said = text.joined.replace("'", "")
        return "yes" if said in _YES else "no" if said in _NO else None

    def complete(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Return the tokens of a sentence completed by what was said before it."""
        if self.asked is not None:
            return self._answered(tokens, home)
        content = [token for token in tokens if token.tag not in SILENT]
        ordered = any(token.tag is Tag.VERB and token.mood is not Mood.NOUN for token in content)
        if not self.tokens or any(token.tag is Tag.UNKNOWN for token in self.tokens):
            return tokens
        if (
            tokens
            and not ordered
            and all(token.tag in _STEPPING or token.tag in SILENT for token in tokens)
            and any(token.tag in _STEPPING for token in tokens)
        ):
            return list(self.tokens)
        if (
            content
            and not ordered
            and all(token.tag in _PATCHES or token.tag in {Tag.INSTEAD, Tag.REPAIR} for token in content)
            and _corrects(tokens)
        ):
            return self._patched(tokens, home)
        return tokens

    def prefers(self, alone: Understanding, answered: Understanding, tokens: list[Token]) -> bool:
        """Tell whether a sentence said after a question is a new one (`alone`) rather than its answer (`answered`)."""
        if alone.outcome in {"act", "confirm"}:
            names_value = any(token.tag in VALUES for token in tokens)
            return self.asked in _FRONT or not names_value or any(token.tag in _SUBJECTS for token in tokens)
        asks_again = answered.question is not None and answered.question.slot == self.asked
        return asks_again and any(token.tag is Tag.UNKNOWN for token in tokens)

    def ask(self, slot: str) -> None:
        """Take the next sentence as the answer to a question about a slot of the last one."""
        self.asked = slot

    def _answered(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Put an answer where the question left a gap."""
        before = list(self.tokens)
        if self.asked in _FRONT:
            return self._patched(tokens, home)
        verbs = [index for index, token in enumerate(before) if token.tag is Tag.VERB]
        at = (
            verbs[-1]
            if verbs and not any(token.tag is Tag.VERB and token.mood is Mood.DO for token in tokens)
            else len(before)
        )
        if at == len(before) and verbs:
            before, at = before[: verbs[-1]], verbs[-1]
        return [*before[:at], *tokens, *before[at:]]

    def _patched(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Replace room, device or value of the last sentence by what is said now."""
        instead = next((index for index in range(len(tokens) - 1, -1, -1) if tokens[index].tag is Tag.INSTEAD), -1)
        said = [token for token in tokens[instead + 1 :] if token.tag is not Tag.REPAIR]
        tags = {token.tag for token in said}
        rooms = [token.word for token in said if token.tag is Tag.AREA]
        kept: list[Token] = []
        for token in self.tokens:
            if token.tag is Tag.DEVICE and rooms and not tags & DEVICES:
                kind = kind_of(token, home)
                here = isinstance(token.value, tuple) and home.devices[token.value[0]].area == rooms[-1]
                kept.append(token if here else replace(token, tag=Tag.KIND, value=kind))
            elif not any(token.tag in group and tags & group for group in (DEVICES, PLACES, VALUES)) and not (
                token.tag in PLACES and tags & {Tag.DEVICE}
            ):
                kept.append(token)
        verb = next((index for index, token in enumerate(kept) if token.tag is Tag.VERB), len(kept))
        if tags & VALUES:
            return [*kept[:verb], *said, *kept[verb:]]
        return [*said, *kept]

    def remember(self, result: Understanding, tokens: list[Token], entity: Entity | None) -> None:
        """Keep what a sentence spoke of, and what it left open."""
        self.asked = result.question.slot if result.outcome == "clarify" and result.question else None
        self.waiting = result if result.outcome == "confirm" else None
        if result.outcome in {"act", "confirm", "clarify"}:
            self.tokens = list(tokens)
        if result.outcome in {"act", "confirm"} and entity is not None:
            self.entity = entity


def _corrects(tokens: list[Token]) -> bool:
    """Tell whether a verbless sentence corrects or extends the last one ("아니 안방", "안방도", "not there")."""
    return any(
        token.tag in {Tag.REPAIR, Tag.INSTEAD}
        or token.text in {"도", "은", "는", "also", "too", "what about", "how about"}
        for token in tokens
    )


class Dialogs:
    """The conversations of all speakers, each forgotten after a while of silence."""

    def __init__(self, now: Callable[[], float], *, lifetime: float = 60.0, most: int = 64) -> None:
        """Take a monotonic clock in seconds, how long silence may last, and how many conversations are kept."""
        self._now = now
        self._lifetime = lifetime
        self._most = most
        self._states: dict[str, tuple[float, DialogState]] = {}

    def state(self, conversation: str) -> DialogState:
        """Return the state of a conversation, a fresh one when it is new or has expired."""
        now = self._now()
        self._states = {
            key: (heard, state) for key, (heard, state) in self._states.items() if now - heard <= self._lifetime
        }
        _, state = self._states.pop(conversation, (now, DialogState()))
        self._states[conversation] = (now, state)
        while len(self._states) > self._most:
            self._states.pop(next(iter(self._states)))
        return state
