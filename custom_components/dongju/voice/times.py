"""When something is to happen: days that are said, and hours of which the half of the day is not.

A day is a word ("today", "monday", "next_monday" for the one of next week), so many days ahead ("+3"), or a day of the
calendar: "12-24", or "24" for the next such day of a month.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
import re
from typing import Final

from .tokens import Tag, Token

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
RECURRING: Final = "recurring"
_RECURRING: Final = {Tag.WHEN: (RECURRING,), Tag.VERB: ("repeat",), Tag.PLAY_MODE: ("repeat",)}
NEXT_WEEK: Final = "next_"
_CALENDAR: Final = re.compile(r"(?:(\d\d)-)?(\d\d)")
_DAYS_OF_A_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_HALVES: Final = (
    *("오전", "아침", "새벽", "오후", "저녁", "밤", "낮", "점심", "정오", "자정"),
    *("am", "pm", "morning", "afternoon", "evening", "night", "noon"),
)
_NOON: Final = 12
_DAWN: Final = 6
_AHEAD: Final = {"today": 0, "tomorrow": 1, "day_after_tomorrow": 2}
_MOST_AHEAD: Final = 366


def calendar_day(day: int, month: int | None = None) -> str | None:
    """Return the word of a day of the calendar, None for a day that no year has."""
    if not 0 < day <= _DAYS_OF_A_MONTH[0] or not (month is None or 0 < month <= len(_DAYS_OF_A_MONTH)):
        return None
    if month is None:
        return f"{day:02d}"
    return f"{month:02d}-{day:02d}" if day <= _DAYS_OF_A_MONTH[month - 1] else None


def is_day(when: str) -> bool:
    """Tell whether something can be done once on a day: not "the weekend", "next week" or "yesterday"."""
    named = when in _AHEAD or when.removeprefix(NEXT_WEEK) in WEEKDAYS
    return named or when.startswith("+") or _CALENDAR.fullmatch(when) is not None


def leaves_half_open(tokens: Iterable[Token]) -> bool:
    """Tell whether an hour may be of the morning or of the evening: "7시", not "아침 7시", "19시" or "내일 7시"."""
    timed = [token for token in tokens if token.tag in {Tag.CLOCK, Tag.WHEN}]
    hours = [int(token.word.partition(":")[0]) for token in timed if token.tag is Tag.CLOCK]
    said = any(half in token.text for token in timed for half in _HALVES)
    return bool(hours) and all(0 < hour <= _NOON for hour in hours) and not said


def is_ahead(tokens: Iterable[Token]) -> bool:
    """Tell whether a day after today is said."""
    return any(token.tag is Tag.WHEN and token.word != "today" for token in tokens)


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
    return not days or (len(days) == 1 and is_day(days[0]))


def recurs(tokens: Iterable[Token]) -> bool:
    """Tell whether something is to happen again and again ("매일", "every saturday", "알람 반복해줘")."""
    return any(token.word in _RECURRING.get(token.tag, ()) for token in tokens)


def days_until(when: str | None, now: datetime) -> int:
    """Return in how many days a day comes: 0 for today, and for what is no day."""
    day = when or ""
    if day.startswith("+"):
        return int(day)
    if day in WEEKDAYS:
        return (WEEKDAYS.index(day) - now.weekday()) % len(WEEKDAYS)
    if day.removeprefix(NEXT_WEEK) in WEEKDAYS:
        return WEEKDAYS.index(day.removeprefix(NEXT_WEEK)) - now.weekday() + len(WEEKDAYS)
    if found := _CALENDAR.fullmatch(day):
        return _days_until_date(int(found[2]), int(found[1]) if found[1] else None, now)
    return _AHEAD.get(day, 0)


def _days_until_date(day: int, month: int | None, now: datetime) -> int:
    """Return in how many days a day of the calendar comes next."""
    for ahead in range(_MOST_AHEAD * 8):  # 29 February may be eight years away
        date = now.date() + timedelta(days=ahead)
        if date.day == day and month in {None, date.month}:
            return ahead
    return 0


def next_moment(clock: str, now: datetime, when: str | None = None, *, either_half: bool = False) -> datetime:
    """Return the next moment of a time of day ("07:00") on the day that is said, or of the other half of the day.

    "+90" is in 90 minutes. On another day "3시" is of the afternoon and "7시" of the morning.
    """
    if clock.startswith("+"):
        return now + timedelta(minutes=int(clock))
    hour, _, minute = clock.partition(":")
    moment = now.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
    if days := days_until(when, now):
        asleep = either_half and moment.hour < _DAWN
        return moment + timedelta(days=days, hours=_NOON if asleep else 0)
    moments = [moment]
    if either_half:
        moments.append(moment.replace(hour=(moment.hour + _NOON) % (2 * _NOON)))
    later = [each for each in moments if each > now]
    if later:
        return min(later)
    passed = now + timedelta(days=1)
    again = days_until(when, passed) + 1 if when and when != "today" and is_day(when) else 1
    return min(moments) + timedelta(days=again)
