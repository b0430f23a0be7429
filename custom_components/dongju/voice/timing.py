"""When a command of a clause is carried out: at once, later, for some time, until a time of day, to be done by one."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from .entities import Entity
from .frames import Frame, Question, RefusedError
from .kinds import COOKING, CYCLE_KINDS
from .morphology import Mood
from .slots import Slots
from .times import day_said, is_day, leaves_half_open, recurs
from .tokens import Tag, Token


def timing(slots: Slots, entities: list[Entity]) -> frozenset[Tag]:
    """Return the tags that the time of a command explains; raise RefusedError for a time that cannot be kept."""
    if slots.first(Tag.AFTER) is not None and not slots.has(Tag.AFTER, ""):
        raise RefusedError(
            "incomplete", device=entities[-1].kind, question=Question(slot="delay", device=entities[-1].kind)
        )
    explained = (
        {Tag.AFTER, Tag.FOR, Tag.DURATION, *((Tag.MORE,) if slots.has(Tag.AFTER) else ())}
        if _duration_is_clear(slots)
        else set()
    )
    days = slots.all(Tag.WHEN)
    if slots.has(Tag.CLOCK):
        explained |= {Tag.CLOCK, Tag.AFTER}  # "이따 밤 11시에"
    if days and recurs(days):
        raise RefusedError("unsupported", device="recurring")
    if len(days) == 1 and is_day(days[0].word):
        if slots.has(Tag.CLOCK):
            explained.add(Tag.WHEN)
        elif days[0].word != "today" and not slots.has(Tag.DURATION):
            raise RefusedError("incomplete", device=entities[-1].kind, question=Question(slot="delay"))
    return frozenset(explained)


def _duration_is_clear(slots: Slots) -> bool:
    if not slots.has(Tag.DURATION):
        return False
    return (
        slots.has(Tag.AFTER)
        or slots.has(Tag.FOR)
        or slots.says("reserve")
        or slots.has(Tag.TOPIC, "reservation")
        or slots.says("on", "play_on", "run", "start", "preheat", "do")
        or not slots.verbs()
    )


def _delay_and_length(slots: Slots) -> tuple[int | None, int | None]:
    """Return after how many seconds something is to begin, and for how many it is to go on."""
    spans = [token for token in slots.all(Tag.DURATION) if isinstance(token.value, int)]
    after = slots.first(Tag.AFTER)
    if not spans:
        return None, None
    if after is not None:
        if after.text in _BEFORE_A_SPAN:
            begins = next((span for span in spans if span.start > after.start), spans[0])
        else:
            begins = next((span for span in reversed(spans) if span.start < after.start), spans[0])
    elif slots.says("reserve") or slots.has(Tag.TOPIC, "reservation"):
        begins = spans[0]
    else:
        return None, _seconds(spans[0])
    lengths = [span for span in spans if span is not begins]
    return _seconds(begins), _seconds(lengths[0]) if lengths else None


def _seconds(span: Token) -> int:
    return span.value if isinstance(span.value, int) else 0


_MINUTE: Final = 60
_SETTINGS: Final = frozenset({"set_temperature", "adjust_temperature", "set_fan_speed", "set_humidity"})
_BEFORE_A_SPAN: Final = frozenset({"in", "after", "by"})
_LASTING: Final = frozenset({"turn_on", "start", "resume"})


def timed(frame: Frame, slots: Slots) -> list[Frame]:
    """Return a frame with its delay, time of day or length; what runs until a time ends in a frame of its own."""
    if frame.action in _SETTINGS and slots.says("on", "play_on", "run", "start"):
        frame = replace(frame, switches_on=True)
    clock = slots.first(Tag.CLOCK)
    delay, length = _delay_and_length(slots)
    ends = finishes_at(slots)
    if delay is not None:
        if ends and clock is None:
            return [replace(frame, finish_at=f"+{-(-delay // _MINUTE)}")]
        frame = replace(frame, delay_min=delay / _MINUTE if delay % _MINUTE else delay // _MINUTE)
    if length is not None:
        frame = replace(frame, seconds=length)
    if clock is None:
        return [frame]
    when, half_open = day_said(slots.tokens), leaves_half_open(slots.tokens)
    if ends or (_ends_at(slots) and frame.device in CYCLE_KINDS):
        return [replace(frame, finish_at=clock.word, when=when, either_half=half_open)]
    if _ends_at(slots):
        return [frame, replace(_end_of(frame), at=clock.word, when=when, either_half=half_open)]
    return [replace(frame, at=clock.word, when=when, either_half=half_open)]


def _end_of(frame: Frame) -> Frame:
    """Return what ends a frame that is to last until a time of day ("밤 11시까지 보일러 틀어줘")."""
    lasts = frame.action in _LASTING or frame.switches_on
    if not lasts or frame.device in COOKING or frame.seconds or frame.delay_min:
        raise RefusedError("unsupported", device=frame.device)  # nobody would end it
    return frame.end()


def finishes_at(slots: Slots) -> bool:
    """Tell whether a time is when something is to be done with, not when to begin."""
    ends = slots.has(Tag.VERB, "finish", "complete") or any(
        token.tag is Tag.VERB and token.text.startswith("종료") for token in slots.tokens
    )
    return ends and (slots.has(Tag.CLOCK) or _finishes_in(slots))


def _finishes_in(slots: Slots) -> bool:
    """Tell whether a machine is to be done after some time ("두 시간 뒤에 끝나게"), not to be stopped then."""
    return (
        slots.has(Tag.DURATION)
        and slots.has(Tag.AFTER, "")
        and not slots.says("off", "stop", "pause", "cancel")
        and any(token.word in {"finish", "complete"} and token.mood is not Mood.DO for token in slots.verbs())
    )


def _ends_at(slots: Slots) -> bool:
    """Tell whether a time of day is the end of something ("일곱 시까지", "until seven")."""
    for before, token in pairwise(slots.tokens):
        if token.tag is Tag.TO and token.text.startswith("까지") and before.tag is Tag.CLOCK:
            return True
        if token.tag is Tag.CLOCK and before.text in {"until", "till"}:
            return True
    return False
