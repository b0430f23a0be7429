"""From a sentence to frames: tag, split into clauses, understand each, guard."""

from dataclasses import replace
from functools import cached_property
from itertools import pairwise
from typing import Final

from . import clauses_en
from .chat import small_talk, without_greeting
from .clauses import split
from .comfort import comfort
from .devices import command, find_entities
from .dialog import DialogState
from .entities import Entity, kind_of
from .frames import Frame, Outcome, Question, RefusedError, Understanding
from .grammar import Clause, Role, settle_moods
from .guard import refuse_unsafe
from .home import HomeIndex
from .kinds import COOKING, WORKERS
from .later import fold_reminder
from .left_on import what_is_on
from .media import media
from .morphology import Mood
from .queries import asks_state, query
from .repairs import take_back
from .scenes import as_played
from .services import knowledge, services
from .slots import Context, Slots
from .spoken import switched
from .tagger_en import EnglishTagger
from .tagger_ko import KoreanTagger
from .text import MAX_LENGTH, Language, Text, detect_language, normalise
from .tokens import SILENT, Tag, Token

__all__ = ["Frame", "Question", "Understander", "Understanding"]

_HEATS: Final = frozenset({"preheat", "start", "turn_on", "resume", "set_temperature"})
_HOME_WORDS: Final = frozenset(
    {
        Tag.DEVICE,
        Tag.KIND,
        Tag.THING,
        Tag.AREA,
        Tag.AREA_WORD,
        Tag.ATTRIBUTE,
        Tag.NEGATION,
        Tag.INSTEAD,
        Tag.EXCEPT,
        Tag.CONDITION,
        Tag.WH,
    }
)
_NO_TITLE: Final = frozenset({Mood.FORBID, Mood.FORBID_LINK, Mood.IF, Mood.HEARSAY})
_ANSWERS: Final = frozenset({"query", "timer_query", "weather", "time", "date", "ask", "news"})
_SHORT: Final = 3  # words: fewer may be an appliance nobody here knows
_NOTIFYING: Final = frozenset({"tell", "call", "announce", "remind"})


class Understander:
    """Understands sentences spoken in one home; keep it and reuse it, its tables are built once."""

    def __init__(self, home: HomeIndex) -> None:
        """Prepare the names of a home."""
        self.home = home

    @cached_property
    def _korean(self) -> KoreanTagger:
        return KoreanTagger(self.home)

    @cached_property
    def _english(self) -> EnglishTagger:
        return EnglishTagger(self.home)

    def understand(
        self, text: str, *, language: str | None = None, area: str | None = None, dialog: DialogState | None = None
    ) -> Understanding:
        """Return what a sentence asks for.

        `language` is "ko" or "en" ("ko-KR" will do; by its script when None), `area` the id of the room where it was
        heard, `dialog` what was spoken of before (see `dialog`); it is read and updated.
        """
        tongue: Language = "ko" if (language or detect_language(text)).startswith("ko") else "en"
        if tongue == "ko" and detect_language(text) == "en" and " " in text.strip():
            tongue = "en"  # a Korean microphone hears English too; single Latin words are names of channels
        if len(text) > MAX_LENGTH:
            return Understanding(outcome="none", language=tongue, reason="not_a_command")
        prepared = normalise(text)
        if detect_language(text) == "ko":
            called = self._korean.without_call(prepared)
            tongue = detect_language(called)  # a Korean wake word may call an English sentence
            prepared = normalise(called) if tongue == "en" else prepared
        if dialog is not None and (answer := dialog.answer(prepared)):
            return _answered(dialog, answer, tongue)
        tokens = self._tokens(prepared, tongue)
        if (talk := small_talk(tokens, question=prepared.question)) is not None:
            if dialog is not None and talk != "again":
                dialog.drop_question()
            return Understanding(outcome="none", language=tongue, reason=talk)
        context = Context(prepared, tongue, area)
        if dialog is None:
            return self._read(tokens, context)
        return self._in_dialog(dialog, tokens, context)

    def _in_dialog(self, dialog: DialogState, tokens: list[Token], context: Context) -> Understanding:
        """Understand a sentence by what was said before it: an answer, a correction, or something new."""
        completed = dialog.complete(tokens, self.home)
        going_on = replace(
            context, entity=dialog.entity, before=tuple(dialog.spoken), spoken=[], switched=switched(dialog.tokens)
        )
        result = dialog.watched(self._read(completed, going_on))
        if dialog.asked is not None and dialog.prefers(alone := self._read(tokens, context), result, tokens):
            dialog.remember(alone, tokens, context.spoken)
            return alone
        dialog.remember(result, completed, going_on.spoken)
        return result

    def _tokens(self, text: Text, language: Language) -> list[Token]:
        tagger = self._korean if language == "ko" else self._english
        breaks = text.breaks if language == "ko" else frozenset[int]()
        tokens = settle_moods((token for token in tagger.tag(text) if token.tag is not Tag.WAKE), breaks)
        return fold_reminder(without_greeting(tokens), language)

    def _read(self, tokens: list[Token], context: Context) -> Understanding:
        """Understand the tokens of a whole sentence; either all of it is acted on or nothing."""
        language = context.language
        if all(token.tag in SILENT for token in tokens):
            return Understanding(outcome="none", language=language, reason="not_a_command")
        try:
            frames = self._clauses(self._split(tokens, language), context)
        except RefusedError as error:
            frames = self._title(tokens, context)
            if not frames:
                return _refusal(error, language)
        if not frames:
            return Understanding(outcome="none", language=language, reason="not_a_command")
        heats = any(frame.device in COOKING and frame.action in _HEATS for frame in frames)
        return Understanding(outcome="confirm" if heats else "act", language=language, frames=tuple(frames))

    def _title(self, tokens: list[Token], context: Context) -> list[Frame]:
        """Read a whole sentence as music to play: titles are sentences themselves ("주저하는 연인들을 위해")."""
        watched = any(token.tag is Tag.APP for token in tokens)
        if not (watched or any(token.tag is Tag.UNKNOWN for token in tokens)) or any(
            token.tag in _HOME_WORDS or token.mood in _NO_TITLE for token in tokens
        ):
            return []
        verbs = [token for token in tokens if token.tag is Tag.VERB]
        long = tokens[0].tag is Tag.UNKNOWN and len(context.text.words.split()) > _SHORT
        playing = {"play", "play_on", "show", "find"} if watched else {"play", "play_on"} if long else {"play"}
        if not verbs or verbs[-1].word not in playing or verbs[-1].mood is not Mood.DO:
            return []
        return media(Slots(tokens), self.home, context)

    def _split(self, tokens: list[Token], language: Language) -> list[Clause]:
        if language == "ko":
            return split(take_back(tokens, self.home))
        return split(take_back(clauses_en.drop_refused(tokens), self.home), clauses_en.cut)

    def _clauses(self, clauses: list[Clause], context: Context) -> list[Frame]:
        frames: list[Frame] = []
        context.said_area = _trailing_room(clauses)
        condition: Clause | None = None
        if any(first.linked and second.role in {Role.TOLD, Role.HEARSAY} for first, second in pairwise(clauses)):
            raise RefusedError("not_a_command")  # "불 끄고 잤어" is a story
        for clause in clauses:
            if clause.role is Role.CONDITION:
                condition = clause
                continue
            slots = Slots.of(clause, question=context.text.question)
            if condition is not None:
                frames.append(self._notify(condition, slots, context))
                condition = None
                continue
            if frames and clause is clauses[-1] and _stays(slots, clause, clauses[:-1]):
                continue
            if frames and _only_tells(slots) and frames[-1].action in _ANSWERS:
                continue
            if frames and frames[-1].action == "query" and slots.verb() == "tell" and slots.has(Tag.UNKNOWN):
                raise RefusedError("not_a_command")
            frames = _joined(frames, self._clause(slots, clause, context))
        if condition is not None or _contradicts(frames):
            raise RefusedError("not_a_command")
        return frames

    def _notify(self, condition: Clause, slots: Slots, context: Context) -> Frame:
        """Return the frame of "tell me when the washer is done"; every other condition is refused."""
        waits = Slots.of(condition, question=False)
        kinds = [kind_of(token, self.home) for token in waits.all(Tag.KIND, Tag.DEVICE)]
        kinds = kinds or [kind for verb in waits.all(Tag.VERB) for kind in WORKERS.get(verb.word, ())]
        ends = waits.says("finish", "is_done") or (waits.says("is_running", "run") and waits.has(Tag.ALL))  # "다 돌면"
        if not (slots.verb() in _NOTIFYING and ends) or waits.has(Tag.UNKNOWN) or slots.has(Tag.UNKNOWN):
            raise RefusedError("unsupported")
        entity = find_entities(waits, self.home, replace(context))[-1] if kinds else context.entity
        if entity is None:
            raise RefusedError("incomplete", question=Question(slot="device"))
        return Frame(action="notify", device=kinds[-1] if kinds else entity.kind, targets=entity.targets)

    def _clause(self, slots: Slots, clause: Clause, context: Context) -> list[Frame]:
        """Return the frames of one clause, and let the context know what it spoke of."""
        refuse_unsafe(slots, clause, self.home, context)
        slots.tokens = as_played(slots)
        if (
            clause.role is Role.FORBIDDEN
            or slots.has(Tag.NEGATION)
            or (slots.says("leave") and clause.role is Role.COMMAND)
        ):
            raise RefusedError(
                "negated", device=next((kind_of(token, self.home) for token in slots.all(Tag.KIND, Tag.DEVICE)), None)
            )
        if clause.role is Role.HEARSAY:
            raise RefusedError("not_a_command")
        if slots.has(Tag.EXCEPT) or _reminds(slots):
            raise RefusedError("unsupported")
        for found in (services(slots, clause, self.home, context), media(slots, self.home, context)):
            if found:
                return found
        return self._about_devices(slots, clause, context)

    def _about_devices(self, slots: Slots, clause: Clause, context: Context) -> list[Frame]:
        asked = what_is_on(slots, clause, self.home, context) or comfort(slots, clause, self.home, context)
        if asked:
            return asked
        if clause.role is Role.COMMAND and not asks_state(slots, clause):
            if slots.has(Tag.WH) or (
                slots.verb() in {"tell", "find"} and not slots.has(Tag.KIND) and not slots.has(Tag.DEVICE)
            ):
                return self._asked(slots, clause)
            frames, entities = command(slots, self.home, context)
            self._carry(slots, entities, context)
            return frames
        if frames := knowledge(slots, clause):
            return frames
        if not asks_state(slots, clause):
            raise RefusedError("not_a_command")
        frames = query(slots, clause, self.home, context)
        if slots.has(Tag.KIND) or slots.has(Tag.DEVICE) or switched(slots.tokens):
            context.spoken.extend(self._asked_about(frames))
        return frames

    def _asked_about(self, frames: list[Frame]) -> list[Entity]:
        """Return the devices that questions were about."""
        return [
            Entity(
                kind=frame.device,
                devices=tuple(device for device in self.home.devices if device.id in frame.targets),
                area=frame.area,
            )
            for frame in frames
            if frame.device and frame.targets
        ]

    def _asked(self, slots: Slots, clause: Clause) -> list[Frame]:
        if frames := knowledge(slots, clause):
            return frames
        raise RefusedError("not_a_command")

    def _carry(self, slots: Slots, entities: list[Entity], context: Context) -> None:
        """Let the next clause know the devices and the room of this one."""
        context.spoken.extend(entities)
        context.entity = entity = entities[-1]
        if (
            entity.area
            and entity.area != "all"
            and (slots.has(Tag.AREA) or slots.has(Tag.DEVICE) or entity.area == context.said_area)
        ):
            context.said_area = entity.area


def _answered(dialog: DialogState, answer: str, language: Language) -> Understanding:
    """Return what a yes or a no to an open confirmation means."""
    waiting = dialog.waiting
    dialog.drop_question()
    if answer == "no" or waiting is None:
        return Understanding(outcome="none", language=language, reason="cancelled")
    return replace(waiting, outcome="act", language=language)


def _joined(frames: list[Frame], found: list[Frame]) -> list[Frame]:
    """Add the frames of a clause; what is to be played right after an application was opened is a video of it."""
    opened, played = frames[-1] if frames else None, found[0] if len(found) == 1 else None
    if opened and played and opened.action == "launch_app" and played.action == "play_music" and not played.genre:
        title = " ".join(str(word) for word in (played.artist, played.title) if word)
        if title:
            return [*frames[:-1], replace(opened, action="play_video", value=None, app=str(opened.value), title=title)]
    if opened and played and opened.action in {"stop", "pause"} and played.action == "dock":
        return [*frames[:-1], played] if opened.targets == played.targets else [*frames, played]  # it stops to go home
    return [*frames, *(frame for frame in found if frame not in frames[-1:])]


def _contradicts(frames: list[Frame]) -> bool:
    """Tell whether two frames ask the same of the same device with different values, a sign of misunderstanding."""
    asked: dict[tuple[str, str | None, tuple[str, ...], str | None], object] = {}
    for frame in frames:
        key = (frame.action, frame.device, frame.targets, frame.area)
        if frame.targets and asked.setdefault(key, frame.value) != frame.value:
            return True
    return False


def _trailing_room(clauses: list[Clause]) -> str | None:
    """Return the room said once, at the very end, for all ("close the curtain and turn off the light in the study")."""
    rooms = [token for clause in clauses for token in clause.tokens if token.tag is Tag.AREA]
    last = clauses[-1].tokens if clauses else []
    said_last = len(clauses) > 1 and len(rooms) == 1 and bool(last) and last[-1] is rooms[0]
    return rooms[0].word if said_last else None


def _reminds(slots: Slots) -> bool:
    """Tell whether a clause asks to be reminded of an act, which is not to act."""
    return any(token.text.startswith("remind") for token in slots.tokens[:2]) and len(slots.verbs()) > 1


def _stays(slots: Slots, clause: Clause, before: list[Clause]) -> bool:
    """Tell whether a last clause only says what is to stay as it is ("티비만 끄고 불은 그대로 둬")."""
    everything = any(token.tag is Tag.ALL for other in before for token in other.tokens)
    return not everything and (clause.role is Role.FORBIDDEN or slots.verb() == "leave")


def _only_tells(slots: Slots) -> bool:
    """Tell whether a clause is nothing but "tell me" or "have a look"."""
    content = [token for token in slots.tokens if token.tag not in SILENT]
    return slots.says("tell", "show", "find") and all(
        token.tag is Tag.VERB and token.word in {"tell", "show", "find", "do"} for token in content
    )


_NO_ORDER: Final = frozenset({"not_a_command", "hello"})


def _refusal(error: RefusedError, language: Language) -> Understanding:
    outcome: Outcome = "clarify" if error.question is not None else "none" if error.reason in _NO_ORDER else "refuse"
    return Understanding(
        outcome=outcome,
        language=language,
        reason=error.reason,
        device=error.device,
        limits=error.limits,
        question=error.question,
    )
