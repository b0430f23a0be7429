# ruff: noqa: E501 - tables of words read best one row to a line
"""Conversations: what was spoken of, what was asked back, what waits for a yes."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
import re
from typing import Final, Literal

from . import player
from .entities import Entity, kind_of
from .frames import Frame, Understanding
from .going_on import as_title, asks_for_it, of_music, other_music, other_time, other_weather
from .grammar import DEVICES, PLACES, VALUES
from .home import HomeIndex
from .later import kept_for_later, takes_back
from .morphology import Mood
from .text import Text
from .times import in_same_half, leaves_half_open
from .tokens import SILENT, Number, Tag, Token

type Answer = Literal["yes", "no"]

_YES: Final = frozenset(
    "응 어 네 예 그래 좋아 해줘 해 맞아 그렇게해줘 그렇게해 그래줘 오케이 콜 시작해 시작해줘 예열해줘 켜줘 부탁해 응해줘 네해주세요 해주세요 어해줘 그러자 당연하지 그럼 웅 넵 넹 yes yeah yep sure ok okay doit goahead please yesplease confirm".split()
)
# Said after a question: nothing is to be done.
_LEAVES: Final = "|".join(
    "아니 아니야 아니요 아니에요 아니다 아뇨 아냐 아녀 됐어 됐어요 됐다 됐네 됐습니다 괜찮아 괜찮아요 괜찮습니다 취소 취소해 취소해줘 취소해주세요 취소할게 "
    "몰라 몰라요 모르겠어 모르겠어요 모르겠다 글쎄 글쎄요 관둬 관두자 그만둬 그만둘래 그만할래 싫어 필요없어 필요없어요 안돼 안해도돼 안해도돼요 하지마 하지마세요 하지말자 나중에할게 그냥둬 놔둬 "
    "no nope nah idontknow notsure cancel cancelthat cancelit nevermind nothanks nothankyou nothing forgetit forgetaboutit leaveit skipit dontbother thatsfine thatsokay itsfine itsokay dont".split()
)
_LEADS: Final = "그냥|그럼|이제|음|어|응|네|그래|알았어|알겠어|알겠어요|oh|well|ok|okay"
_ENDS: Final = re.compile(f"(?:{_LEADS})*(?:{_LEAVES})(?:{_LEADS}|{_LEAVES})*")
_HALTS: Final = frozenset({"그만", "그만해", "stop"})  # unless it is what a device is to do
_TITLE: Final = "title"
_FRONT: Final = frozenset({"area", "device", "everything"})
_SEVERAL: Final = 2
_REFUSED: Final = "value"  # no question was asked, but another value may follow one that was refused
_SENTENCES: Final = 4  # how far back "both" and "the light" may point
_STEPPING: Final = frozenset({Tag.MORE, Tag.DEGREE, Tag.AGAIN, Tag.LESS})
# How much one wonders, not how much more is wanted: "really?".
_WONDERING: Final = frozenset(
    "really very too pretty quite super 진짜로 너무 너무너무 왜이렇게 왜이리 왤케 왤케이리 하도 이렇게 이리 완전 되게 매우 아주".split()
)
_SUBJECTS: Final = DEVICES | {Tag.CHANNEL, Tag.APP, Tag.SCENE, Tag.SCENE_SAID}
_VALUED: Final = frozenset({Tag.NUMBER, Tag.VERB, Tag.THAT})
_WHOLE: Final = frozenset({Tag.SCENE, Tag.SCENE_SAID})  # an order without a verb
_PATCHES: Final = DEVICES | PLACES | VALUES


@dataclass(slots=True)
class DialogState:
    """The state of one conversation; `Understander.understand` reads and updates it."""

    spoken: list[tuple[Entity, ...]] = field(default_factory=list)  # by sentence, the last one last
    tokens: list[Token] = field(default_factory=list)
    asked: str | None = None  # the slot of the question that is open
    about: str | None = None  # the kind of device it is about
    waiting: Understanding | None = None  # what waits for a yes
    frames: tuple[Frame, ...] = ()  # what the last sentence that was understood asked for
    corrects: bool = False  # the last sentence takes back what the one before it did
    said: str = ""  # the last answer, for who did not hear it; the caller fills it
    undo: list[Callable[[], Awaitable[object]]] = field(default_factory=list)  # what it put off; the caller fills it

    @property
    def entity(self) -> Entity | None:
        """Return what was spoken of last."""
        return self.spoken[-1][-1] if self.spoken else None

    @property
    def put_off(self) -> str | None:
        """Return what was set or asked about for later: "reservation", "timer", "alarm", "notify"."""
        return kept_for_later(self.frames)

    @property
    def _plays(self) -> bool:
        """Tell whether music or a speaker was spoken of last."""
        return any(frame.action in player.ACTIONS or frame.device == "speaker" for frame in self.frames)

    @property
    def expects_answer(self) -> bool:
        """Tell whether the next sentence should be listened for."""
        return self.asked is not None or self.waiting is not None

    def answer(self, text: Text) -> Answer | None:
        """Return whether a sentence answers the open confirmation, or ends an open question."""
        said = text.joined.replace("'", "")
        if self.waiting is not None and said in _YES:
            return "yes"
        if not self.expects_answer:
            return None
        return "no" if _ENDS.fullmatch(said) or (said in _HALTS and self.asked != "action") else None

    def complete(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Return the tokens of a sentence completed by what was said before it."""
        self.corrects = False
        content = [token for token in tokens if token.tag not in SILENT]
        if self.asked == _REFUSED and not _only_values(content, self.tokens):
            self.asked = None
        if self.asked is not None:
            return self._answered(tokens, home)
        if self.put_off is not None and (takes_back(tokens, self.put_off) or asks_for_it(tokens)):
            self.corrects = self.put_off == "notify"
            return [Token(Tag.TOPIC, self.put_off, 0, 0, ""), *tokens]
        if self.put_off is not None and (instead := other_time(tokens, self.tokens)):
            self.corrects = True
            return self._patched(instead, home)
        if going_on := self._goes_on(tokens, home):
            return going_on
        ordered = any(token.tag is Tag.VERB and token.mood is not Mood.NOUN for token in content)
        if not self.tokens or any(token.tag is Tag.UNKNOWN for token in self.tokens):
            return tokens
        if (
            tokens
            and not ordered
            and all(token.tag in _STEPPING or token.tag in SILENT for token in tokens)
            and any(token.tag in _STEPPING and token.text not in _WONDERING for token in tokens)
        ):
            return list(self.tokens)
        if (
            content
            and not ordered
            and all(token.tag in _PATCHES or token.tag in {Tag.INSTEAD, Tag.REPAIR} for token in content)
            and _corrects(tokens)
        ):
            self.corrects = any(token.tag in {Tag.REPAIR, Tag.INSTEAD} for token in tokens)
            return self._patched(tokens, home)
        return tokens

    def _goes_on(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Return a sentence that goes on with the music or the weather that was spoken of, completed."""
        if self._plays and (sounding := of_music(tokens, home)):
            return [sounding, *tokens]
        if self._plays and (chosen := other_music(tokens)):
            return chosen
        of_weather = any(frame.action == "weather" for frame in self.frames)
        return other_weather(tokens, self.tokens) if of_weather and _corrects(tokens) else []

    def watched(self, result: Understanding) -> Understanding:
        """Return a title said after an application was opened as one to watch there ("넷플릭스", "오징어 게임 틀어줘")."""
        app = next(filter(None, map(_app_of, self.frames)), None)
        if app is None:
            return result
        frames = (
            Frame(action="play_video", device="tv", app=app, title=frame.or_video) if frame.or_video else frame
            for frame in result.frames
        )
        return replace(result, frames=tuple(frames))

    def prefers(self, alone: Understanding, answered: Understanding, tokens: list[Token]) -> bool:
        """Tell whether a sentence said after a question is a new one (`alone`) rather than its answer (`answered`)."""
        if self.asked == _TITLE and answered.outcome == "act":
            return any(frame.action != "play_music" for frame in alone.frames)  # "눈물의 여왕 틀어줘" is no song here
        if alone.outcome in {"act", "confirm"}:
            names_value = any(token.tag in VALUES for token in tokens)
            return self.asked in _FRONT or not names_value or any(token.tag in _SUBJECTS for token in tokens)
        if answered.outcome not in {"act", "confirm"} and _orders(tokens):
            return True
        if self.put_off is not None and answered.outcome == "act":
            return False
        asks_again = answered.question is not None and answered.question.slot == self.asked
        strange = any(token.tag is Tag.UNKNOWN for token in tokens)
        aside = alone.outcome == "none" and any(token.tag not in SILENT for token in tokens)
        return asks_again and (strange or aside)

    def drop_question(self) -> None:
        """Forget what was asked: the speaker talks of something else."""
        self.asked = self.about = self.waiting = None

    def ask(self, slot: str) -> None:
        """Take the next sentence as the answer to a question about a slot of the last one."""
        self.asked = slot

    def _answered(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Put an answer where the question left a gap."""
        if self.asked == _TITLE:
            return as_title(tokens)
        before = list(self.tokens)
        if self.asked in _FRONT or self.asked == _REFUSED:
            return self._patched(tokens, home)
        verbs = [index for index, token in enumerate(before) if token.tag is Tag.VERB]
        at = (
            verbs[-1]
            if verbs and not any(token.tag is Tag.VERB and token.mood is Mood.DO for token in tokens)
            else len(before)
        )
        if at == len(before) and verbs:
            before, at = before[: verbs[-1]], verbs[-1]
        if self.put_off is not None:
            at = 0  # which timer: its name stands before "타이머"
        return [*before[:at], *tokens, *before[at:]]

    def _patched(self, tokens: list[Token], home: HomeIndex) -> list[Token]:
        """Replace room, device, value or verb of the last sentence by what is said now."""
        instead = next((index for index in range(len(tokens) - 1, -1, -1) if tokens[index].tag is Tag.INSTEAD), -1)
        said = [token for token in tokens[instead + 1 :] if token.tag is not Tag.REPAIR]
        before = self.tokens
        if self.asked is not None:
            said, before = self._with_verbs_of(said)
        if self.asked == "everything":
            said = [replace(token, value="home") if token.tag is Tag.ALL else token for token in said]
        tags = {token.tag for token in said}
        clocks = [token.word for token in before if token.tag is Tag.CLOCK]
        if clocks and leaves_half_open(said):
            said = [
                replace(token, value=in_same_half(token.word, clocks[-1])) if token.tag is Tag.CLOCK else token
                for token in said
            ]
        at = self._asked_about(before)
        if at is not None and tags <= PLACES | SILENT:
            return [*before[:at], *said, *before[at:]]  # other things in the sentence have rooms of their own
        rooms = [token.word for token in said if token.tag is Tag.AREA]
        kept: list[Token] = []
        for token in before:
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

    def _with_verbs_of(self, said: list[Token]) -> tuple[list[Token], list[Token]]:
        """Return an answer without its verbs, and the sentence asked about with them in place of its last ones."""
        verbs = [token for token in said if token.tag is Tag.VERB and token.mood is Mood.DO]
        places = [index for index, token in enumerate(self.tokens) if token.tag is Tag.VERB]
        if not verbs or not places:
            return said, self.tokens
        named = [index for index, token in enumerate(self.tokens) if token.tag in DEVICES]
        first = places[0] if len(named) < _SEVERAL else places[-1]
        before = [token for index, token in enumerate(self.tokens) if index < first or index not in places]
        return [token for token in said if token not in verbs], [*before[:first], *verbs, *before[first:]]

    def _asked_about(self, before: list[Token]) -> int | None:
        """Return where the one device stands whose room was asked for."""
        found = [index for index, token in enumerate(before) if token.tag is Tag.KIND and token.word == self.about]
        return found[0] if self.asked == "area" and len(found) == 1 else None

    def remember(self, result: Understanding, tokens: list[Token], entities: Sequence[Entity]) -> None:
        """Keep what a sentence spoke of, and what it left open."""
        self.asked = result.question.slot if result.outcome == "clarify" and result.question else None
        self.about = result.question.device if result.question else None
        if result.outcome == "refuse" and result.reason == "out_of_range":
            self.asked, self.tokens = _REFUSED, list(tokens)
        self.waiting = result if result.outcome == "confirm" else None
        if result.outcome in {"act", "confirm", "clarify"}:
            self.tokens = list(tokens)
            self.frames = result.frames
        if result.outcome in {"act", "confirm"} and entities:
            self.spoken = [*self.spoken, tuple(entities)][-_SENTENCES:]


def _app_of(frame: Frame) -> str | None:
    return str(frame.value) if frame.action == "launch_app" else frame.app


def _only_values(content: list[Token], before: list[Token]) -> bool:
    """Tell whether words say a number that can stand in the place of one before, and nothing about what it is for."""
    counted = [{token.value.unit for token in said if isinstance(token.value, Number)} for said in (content, before)]
    return bool(counted[0]) and counted[0] <= {*counted[1], ""} and {token.tag for token in content} <= _VALUED


def _orders(tokens: list[Token]) -> bool:
    """Tell whether a sentence says by itself what is to be done with what, possible or not."""
    tags = {token.tag for token in tokens}
    ordered = any(token.tag is Tag.VERB and token.mood is not Mood.NOUN for token in tokens)
    return bool(tags & _WHOLE) or (ordered and bool(tags & _SUBJECTS))


def _corrects(tokens: list[Token]) -> bool:
    """Tell whether a verbless sentence corrects or extends the last one ("아니 안방", "안방도", "and the bedroom")."""
    return tokens[0].text == "and" or any(
        token.tag in {Tag.REPAIR, Tag.INSTEAD}
        or token.text in {"도", "은", "는", "거", "것", "also", "too", "one", "what about", "how about"}
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
