"""When something is to happen: days that are said, and hours of which the half of the day is not."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from .tokens import Tag, Token

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RECURRING: Final = "recurring"
DAYS: Final = frozenset({"today", "tomorrow", "day_after_tomorrow", *WEEKDAYS})
"""The days on which something can be done once."""

_HALVES: Final = (
    *("오전", "아침", "새벽", "오후", "저녁", "밤", "낮", "점심", "정오", "자정"),
    *("am", "pm", "morning", "afternoon", "evening", "night", "noon"),
)
_NOON: Final = 12
_AHEAD: Final = {"tomorrow": 1, "day_after_tomorrow": 2}


def leaves_half_open(tokens: Iterable[Token]) -> bool:
    """Tell whether an hour may be of the morning or of the evening: "7시", not "아침 7시", "19시" or "내일 7시"."""
    timed = [token for token in tokens if token.tag in {Tag.CLOCK, Tag.WHEN}]
    hours = [int(token.word.partition(":")[0]) for token in timed if token.tag is Tag.CLOCK]
    said = any(half in token.text for token in timed for half in _HALVES)
    later = any(token.tag is Tag.WHEN and token.word != "today" for token in timed)
    return bool(hours) and all(0 < hour <= _NOON for hour in hours) and not said and not later


def in_same_half(clock: str, before: str) -> str:
    """Return a time of day in the half of the day of the one that it corrects ("밤 11시 ... 아니 11시 반")."""
    hour = int(clock.partition(":")[0])
    if int(before.partition(":")[0]) >= _NOON > hour:
        return f"{hour + _NOON:02d}:{clock.partition(':')[2]}"
    return clock


def day_said(tokens: Iterable[Token]) -> str | None:
    """Return the day that is said, None for none."""
    return next((token.word for token in tokens if token.tag is Tag.WHEN), None)


def is_one_day(tokens: Iterable[Token]) -> bool:
    """Tell whether at most one day is said, one that can be kept: not "next week" or "the weekend"."""
    days = [token.word for token in tokens if token.tag is Tag.WHEN]
    return not days or (len(days) == 1 and days[0] in DAYS)


def recurs(tokens: Iterable[Token]) -> bool:
    """Tell whether something is to happen again and again ("매일", "every saturday")."""
    return any(token.tag is Tag.WHEN and token.word == RECURRING for token in tokens)


def days_until(when: str | None, now: datetime) -> int:
    """Return in how many days a day comes: 0 for today, and for what is no day."""
    if when in WEEKDAYS:
        return (WEEKDAYS.index(when) - now.weekday()) % len(WEEKDAYS)
    return _AHEAD.get(when or "", 0)


def next_moment(clock: str, now: datetime, when: str | None = None, *, either_half: bool = False) -> datetime:
    """Return the next moment of a time of day ("07:00") on the day that is said, or of the other half of the day."""
    hour, _, minute = clock.partition(":")
    moment = now.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
    if days := days_until(when, now):
        return moment + timedelta(days=days)
    moments = [moment]
    if either_half:
        moments.append(moment.replace(hour=(moment.hour + _NOON) % (2 * _NOON)))
    week = timedelta(days=len(WEEKDAYS) if when in WEEKDAYS else 1)
    return min(each if each > now else each + week for each in moments)
