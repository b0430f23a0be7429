"""Clauses about what is for later: timers, alarms, reminders, and commands that have been scheduled.

What is asked of those that wait is told by `attribute` ("reservation", "alarm", None for timers) and by what narrows
them down: `device`, `area`, `targets`, `at`, a timer's `name`, and `value`: "all", "last" (set most recently), the
number in the list (-1 for its end), or what a scheduled command does ("turn_on", "turn_off").
"""

from collections.abc import Iterable
from typing import Final

from .entities import kind_of
from .frames import Frame, FrameValue, Question, RefusedError
from .grammar import Clause, Role
from .home import HomeIndex
from .slots import Context, Slots
from .text import Text
from .times import day_said, is_ahead, is_one_day, leaves_half_open, recurs
from .tokens import Tag, Token

_OFF: Final = ("cancel", "off", "stop", "unlock", "resume")
_TELLING: Final = ("tell", "show", "is_there", "remain", "last", "find")
_CALLS: Final = ("tell", "call", "remind", "announce")
_NAME_TAGS: Final = frozenset(
    {
        Tag.UNKNOWN,
        Tag.KIND,
        Tag.THING,
        Tag.COURSE,
        Tag.GENRE,
        Tag.COLOR,
        Tag.DEVICE,
        Tag.TOPIC,
        Tag.FEEL,
        Tag.SCENE,
        Tag.MODE,
        Tag.LEVEL,
    }
)
_ORDINALS: Final = {
    "첫번째": 1,
    "첫째": 1,
    "두번째": 2,
    "둘째": 2,
    "세번째": 3,
    "셋째": 3,
    "네번째": 4,
    "다섯번째": 5,
    "마지막": -1,
    "맨마지막": -1,
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
}
_LATEST: Final = frozenset({"방금", "방금전", "좀전", "금방", "latest", "just", "that", "it"})


def pick(slots: Slots) -> FrameValue | None:
    """Return which of those that wait is meant: its number, "last", "all", or None when nothing is said."""
    for token in slots.tokens:
        said = token.text.replace(" ", "")
        if said in _ORDINALS and token.tag in {Tag.UNKNOWN, Tag.WAY, Tag.NUMBER}:
            slots.use_tokens([token])
            return _ORDINALS[said]
    if slots.has(Tag.ALL):
        return "all"
    latest = [token for token in slots.tokens if token.text.replace(" ", "") in _LATEST]
    slots.use_tokens(latest)
    return "last" if latest or slots.has(Tag.THAT) else None


def _reservation(slots: Slots, _clause: Clause, home: HomeIndex, _context: Context) -> list[Frame]:
    """Return the frame of "cancel what I scheduled" or "what is scheduled": commands that wait, not kitchen timers."""
    named = slots.has(Tag.TOPIC, "reservation")
    reserved = any(token.tag is Tag.VERB and token.word == "reserve" for token in slots.tokens)
    if not (named or reserved) or slots.has(Tag.DURATION) or slots.has(Tag.TOPIC, "timer", "alarm"):
        return []
    cancels = any(verb.word in _OFF and not _is_its_end(verb, slots) for verb in slots.verbs())
    asks = slots.has(Tag.WH) or slots.says(*_TELLING) or slots.question or slots.has(Tag.TOPIC, "list")
    asks = asks or any(token.text == "what's" for token in slots.tokens)
    if not (cancels or (asks and (named or slots.has(Tag.WH)))):
        return []
    device, area, targets = _devices(slots, home)
    value = pick(slots) or _does(slots)
    slots.use(Tag.DEVICE, Tag.KIND, Tag.AREA, Tag.ALL, Tag.THAT, Tag.VERB, Tag.WH, Tag.CLOCK, Tag.WHEN, Tag.HERE)
    slots.use_words(Tag.TOPIC, "reservation", "list", "time")
    if slots.unexplained():
        return []
    clock = slots.first(Tag.CLOCK)
    return [
        Frame(
            action="timer_cancel" if cancels else "timer_query",
            attribute="reservation",
            device=device,
            area=area,
            at=clock.word if clock else None,
            either_half=clock is not None and leaves_half_open(slots.tokens),
            value=value,
            targets=targets,
        )
    ]


def _is_its_end(verb: Token, slots: Slots) -> bool:
    """Tell whether a run's end is what is set ("세탁기 예약 오후 3시 종료로 해줘")."""
    return verb.text == "종료" and slots.has(Tag.CLOCK) and slots.says("do", "set", "change", "reserve")


def _devices(slots: Slots, home: HomeIndex) -> tuple[str | None, str | None, tuple[str, ...]]:
    """Return the kind, the room and the devices that a scheduled command is for, as far as they are said."""
    area = next((token.word for token in slots.all(Tag.AREA)), None)
    named = slots.last(Tag.DEVICE, Tag.KIND)
    if named is None:
        return None, area, tuple(device.id for device in home.devices if area and device.area == area)
    kind = kind_of(named, home)
    if named.tag is Tag.DEVICE and isinstance(named.value, tuple):
        return kind, area, tuple(home.devices[index].id for index in named.value)
    found = home.of_kind(kind)
    return kind, area, tuple(device.id for device in found if area is None or device.area == area)


def _does(slots: Slots) -> str | None:
    """Return what the scheduled command is to do, where that is said ("불 끄는 예약")."""
    for token in slots.tokens:
        if token.tag is Tag.VERB and token.word in {"on", "off"} and token not in slots.verbs():
            return f"turn_{token.word}"
    return None


def _timer(slots: Slots, clause: Clause, _home: HomeIndex, context: Context) -> list[Frame]:
    duration = slots.first(Tag.DURATION)
    named = slots.has(Tag.TOPIC, "timer")
    devices = slots.has(Tag.KIND) or slots.has(Tag.DEVICE)
    if named and slots.has(Tag.ATTRIBUTE, "remaining_time"):
        return [Frame(action="timer_query")]  # "타이머 남은 시간"
    if named and duration is None:
        return _running_timer(slots, clause, context.text)
    if duration is None or not isinstance(duration.value, int) or slots.has(Tag.CLOCK):
        return []
    called = slots.says(*_CALLS) and slots.has(Tag.AFTER)
    if not named and not called and not slots.says("measure"):
        return []
    if devices and slots.says("off", "on", "play_on", "run"):
        return []
    if slots.has(Tag.NUMBER) or len(slots.all(Tag.DURATION)) > 1:
        raise RefusedError("incomplete", question=Question(slot="seconds"))
    _refuse_strays(slots.tokens)
    if called and not named and slots.has(Tag.TOPIC) and not _quoted(slots):
        raise RefusedError("unsupported")  # the news in ten minutes
    name = _timer_name(slots, context.text)
    if slots.says("cancel", "off", "stop"):
        return [Frame(action="timer_cancel", name=name)]
    reminds = not named and _quoted(slots)
    attribute = "reminder" if reminds else None
    return [
        Frame(
            action="timer_start", seconds=duration.value, name=name if named or reminds else None, attribute=attribute
        )
    ]


QUOTES: Final = ("라고", "다고", "자고", "냐고", "으라", "하게", "라구", "는거", "것")


def _quoted(slots: Slots) -> bool:
    """Tell whether a clause says what to remind of ("약 먹으라고", "to take the medicine")."""
    return any(token.text.endswith(QUOTES) or token.word == REMINDED for token in slots.tokens)


REMINDED: Final = "reminded"
"""The word of the token into which what to remind of is folded."""


def _refuse_strays(tokens: list[Token]) -> None:
    """Raise RefusedError when unknown Korean words stand where the name of a timer or an alarm cannot."""
    named = [
        index
        for index, token in enumerate(tokens)
        if token.tag in {Tag.DURATION, Tag.CLOCK} or (token.tag is Tag.TOPIC and token.word in {"timer", "alarm"})
    ]
    strays = [
        index
        for index, token in enumerate(tokens)
        if token.tag is Tag.UNKNOWN and not token.text.isascii() and not token.text.endswith(QUOTES)
    ]
    timer = any(tokens[index].word == "timer" for index in named)
    labels = {index - 1 for index in named if timer or tokens[index].tag is Tag.TOPIC}
    labels |= {index - 1 for index in labels if index > 0 and tokens[index].text == "이"}  # "떡볶이 타이머"
    if any(index not in labels for index in strays) or len(strays) > 1:
        raise RefusedError("not_a_command")


def _timer_name(slots: Slots, text: Text) -> str | None:
    tokens = [
        token
        for token in slots.tokens
        if token.tag in _NAME_TAGS and not (token.tag is Tag.TOPIC and token.word in {"timer", "alarm"})
    ]
    if not tokens:
        return None
    after = next((token for token in slots.tokens if token.start == tokens[0].end and token.text == "이"), None)
    topic = next((token for token in slots.tokens if token.tag is Tag.TOPIC and token.word == "timer"), None)
    # No particle stands between a name and "타이머": "떡볶이 타이머" is one for 떡볶이.
    named = after is not None and topic is not None and topic.start == after.end
    return text.original(tokens[0].start, after.end if after is not None and named else tokens[0].end)


def _running_timer(slots: Slots, clause: Clause, text: Text) -> list[Frame]:
    picked = pick(slots)
    _refuse_strays(slots.unexplained())
    name = _timer_name(Slots(slots.unexplained()), text)
    if slots.says(*_OFF):
        return [Frame(action="timer_cancel", name=name, value=picked)]
    if slots.has(Tag.WH) or slots.says(*_TELLING) or slots.question or clause.role is Role.TOLD:
        return [Frame(action="timer_query", name=name, value=picked)]
    raise RefusedError("incomplete", question=Question(slot="seconds"))


def _alarm(slots: Slots, clause: Clause, _home: HomeIndex, context: Context) -> list[Frame]:
    clock = slots.first(Tag.CLOCK)
    named = slots.has(Tag.TOPIC, "alarm")
    calls = slots.says("call", "remind") and clause.role is not Role.TOLD  # "초인종 울렸어?"
    if not (named or calls or _told_at(slots)) or slots.has(Tag.KIND) or slots.has(Tag.DEVICE):
        return []
    picked = pick(slots) if named else None
    half_open = clock is not None and leaves_half_open(slots.tokens) and not _is_of_morning(slots, clock)
    at = clock.word if clock else None
    if slots.says("cancel", "off", "stop", "unlock"):
        _refuse_strays([token for token in slots.unexplained() if token.tag is not Tag.CLOCK or clock is not None])
        return [Frame(action="timer_cancel", attribute="alarm", at=at, either_half=half_open, value=picked)]
    asks = slots.has(Tag.WH) or slots.question or slots.says("tell", "is_there", "show", "is_set")
    if named and (clause.role is Role.TOLD or asks):
        _refuse_strays(slots.unexplained())
        return [Frame(action="timer_query", attribute="alarm", at=at, either_half=half_open, value=picked)]
    if recurs(slots.tokens):
        raise RefusedError("unsupported", device="recurring")
    if clock is None or slots.has(Tag.NUMBER) or slots.has(Tag.DURATION) or len(slots.all(Tag.CLOCK)) > 1:
        raise RefusedError("incomplete", question=Question(slot="at"))
    if not is_one_day(slots.tokens):
        raise RefusedError("unsupported")  # never on another day than the one that was said
    _refuse_strays(slots.tokens)
    return [
        Frame(
            action="alarm_set",
            at=at,
            either_half=half_open,
            when=day_said(slots.tokens),
            name=_timer_name(slots, context.text) if _quoted(slots) else None,
        )
    ]


def _is_of_morning(slots: Slots, clock: Token) -> bool:
    """Tell whether somebody is to be woken in the morning: "7시에 깨워줘" in the afternoon is no nap."""
    wakes = slots.says("call") or (slots.has(Tag.TOPIC, "alarm") and is_ahead(slots.tokens))
    return wakes and _DAWN <= int(clock.word.partition(":")[0]) < _NOON


_DAWN: Final = 4
_NOON: Final = 12
_TIMED: Final = frozenset({Tag.CLOCK, Tag.WHEN, Tag.GLUE, Tag.FILLER, Tag.TO, Tag.PERSON, Tag.VERB, Tag.WAKE})


def _told_at(slots: Slots) -> bool:
    """Tell whether a clause only asks to be told at a time of day ("12시에 알려줘", "5시에 약 먹으라고 알려줘")."""
    said = {token.tag for token in slots.tokens if token.word != REMINDED}
    return slots.has(Tag.CLOCK) and said <= _TIMED and {token.word for token in slots.verbs()} <= {"tell", "do"}


def fold_reminder(tokens: list[Token], language: str) -> list[Token]:
    """Make one word of what to remind of, so that it is not taken for an order ("약 먹으라고", "to lock the door")."""
    timed = any(token.tag is Tag.CLOCK or token.tag is Tag.AFTER for token in tokens)
    if not timed or not any(token.tag is Tag.VERB and token.word in _CALLS for token in tokens):
        return tokens
    start, end = _korean_subject(tokens) if language == "ko" else _english_subject(tokens)
    if start >= end:
        return tokens
    folded = Token(
        Tag.UNKNOWN,
        REMINDED,
        tokens[start].start,
        tokens[end - 1].end,
        (" " if language == "en" else "").join(token.text for token in tokens[start:end]),
    )
    return [*tokens[:start], folded, *tokens[end:]]


def _korean_subject(tokens: list[Token]) -> tuple[int, int]:
    """Return where what to remind of begins and ends: from the time, or the sentence's start, to "... 라고"."""
    end = next((i + 1 for i, token in enumerate(tokens) if token.text.endswith(_SAID)), 0)
    if end == 0 or end >= len(tokens) or tokens[end].word not in _CALLS:
        later = next((i for i in range(end, len(tokens)) if tokens[i].word in _CALLS), None)
        if end == 0 or later is None or not all(_tells_when(token) for token in tokens[end:later]):
            return 0, 0
    start = next((i + 1 for i in range(end - 1, -1, -1) if _tells_when(tokens[i])), 0)
    return start, end


_SAID: Final = ("라고", "자고", "라구", "다고")


def _english_subject(tokens: list[Token]) -> tuple[int, int]:
    """Return where what to remind of begins and ends: from "remind me (at 7) to" to the time, or to the end."""
    call = next((i for i, token in enumerate(tokens) if token.text.startswith("remind")), None)
    if call is None:
        return 0, 0
    to = next((i for i in range(call + 1, len(tokens)) if not _is_of_time(tokens, i)), len(tokens))
    if to >= len(tokens) or tokens[to].text not in {"to", "about", "that"}:
        return 0, 0
    start = to + 1
    end = next((i for i in range(start, len(tokens)) if _begins_time(tokens, i)), len(tokens))
    return start, end


def _is_of_time(tokens: list[Token], index: int) -> bool:
    """Tell whether a word says when ("at 7 pm", "in ten minutes", "tomorrow")."""
    return _begins_time(tokens, index) or tokens[index].tag in {Tag.CLOCK, Tag.DURATION, Tag.WHEN}


def _begins_time(tokens: list[Token], index: int) -> bool:
    """Tell whether the time of a reminder begins here ("in 5 minutes", "at 7", "tomorrow")."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if tokens[index].tag in {Tag.CLOCK, Tag.WHEN, Tag.AFTER, Tag.DURATION}:
        return True
    return after is not None and tokens[index].text in {"in", "at"} and after.tag in {Tag.CLOCK, Tag.DURATION}


def _tells_when(token: Token) -> bool:
    return token.tag in {Tag.CLOCK, Tag.AFTER, Tag.WHEN, Tag.DURATION} or token.text in {"에", "쯤", "쯤에", "있다가"}


def kept_for_later(frames: Iterable[Frame]) -> str | None:
    """Return what a sentence put off or asked about: "reservation", "timer", "alarm", "notify", None for neither."""
    for frame in frames:
        if frame.action == "alarm_set":
            return "alarm"
        if frame.action == "timer_start":
            return "timer"
        if frame.action == "notify":
            return "notify"
        if frame.action in {"timer_query", "timer_cancel"}:
            return frame.attribute or "timer"
        if frame.delay_min or frame.at or frame.finish_at:
            return "reservation"
    return None


_TAKING_BACK: Final = frozenset({Tag.THAT, Tag.ALL, Tag.GLUE, Tag.FILLER, Tag.REPAIR, Tag.WHEN})


def takes_back(tokens: list[Token], put_off: str) -> bool:
    """Tell whether a sentence only cancels what was just spoken of ("그거 취소해줘", "cancel the last one")."""
    verbs = {token.word for token in tokens if token.tag is Tag.VERB}
    rings = put_off in {"timer", "alarm"} and any(token.tag is Tag.THAT for token in tokens)  # "그거 꺼줘"
    return (
        bool(verbs)
        and verbs <= ({"cancel", "off", "stop"} if rings else {"cancel"})
        and all(
            token.tag in _TAKING_BACK or token.tag is Tag.VERB or token.text.replace(" ", "") in {*_ORDINALS, *_LATEST}
            for token in tokens
        )
    )


def _promise(slots: Slots, _clause: Clause, _home: HomeIndex, _context: Context) -> list[Frame]:
    """Decode that somebody wants to be told no more of what was just promised."""
    taken = slots.has(Tag.TOPIC, "notify") and slots.says("cancel")
    return [Frame(action="timer_cancel", attribute="notify")] if taken else []


LATER: Final = (_promise, _reservation, _timer, _alarm)
