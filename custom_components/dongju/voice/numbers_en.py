"""English numbers, durations and times of day over a list of words."""

from collections.abc import Iterator, Sequence
import re
from typing import Final

from .times import calendar_day
from .tokens import Number, Tag

_ONES: Final = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS: Final = {
    word: (index + 2) * 10 for index, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_DIGITS: Final = re.compile(r"(-?\d{1,4}(?:\.\d{1,2})?)(%|°c|°|c|pm|am|p|h|min|s)?")
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(am|pm)?")
_MINUS: Final = frozenset({"minus", "negative"})
_UNITS: Final = {
    **dict.fromkeys(("degrees", "degree", "celsius", "°c", "°"), "c"),
    **dict.fromkeys(("percent", "%"), "%"),
    **dict.fromkeys(("notch", "notches", "step", "steps", "level", "levels", "points", "point"), "step"),
}
_SECONDS: Final = {
    **dict.fromkeys(("second", "seconds", "sec", "secs"), 1),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), 60),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), 3600),
}
_PERIODS: Final = {"am": "am", "a.m": "am", "pm": "pm", "p.m": "pm"}


def _small(words: Sequence[str], at: int) -> tuple[int, float] | None:
    """Read an integer below 1000 in words: twenty four, a hundred and ten."""
    if at >= len(words):
        return None
    total, end = 0, at
    if words[end] in _TENS:
        total, end = _TENS[words[end]], end + 1
        if end < len(words) and 0 < _ONES.get(words[end], 0) < 10:
            total, end = total + _ONES[words[end]], end + 1
    elif words[end] in _ONES:
        total, end = _ONES[words[end]], end + 1
    elif words[end] == "a" and end + 1 < len(words) and words[end + 1] == "hundred":
        total, end = 1, end + 1
    else:
        return None
    if end < len(words) and words[end] == "hundred":
        total, end = total * 100, end + 1
        skip = end + 1 if end < len(words) and words[end] == "and" else end
        if rest := _small(words, skip):
            return rest[0], total + rest[1]
    return end, float(total)


def _value(words: Sequence[str], at: int) -> tuple[int, float, str] | None:
    """Read a number at a position: (end, value, what was glued to it)."""
    if at >= len(words):
        return None
    sign, start = (-1, at + 1) if words[at] in _MINUS else (1, at)
    if start < len(words) and (found := _DIGITS.fullmatch(words[start])):
        return start + 1, sign * float(found[1]), found[2] or ""
    if small := _small(words, start):
        end, value = small
        if words[end : end + 1] == ["point"] and (rest := _small(words, end + 1)) and rest[1] < 10:
            return rest[0], sign * (value + rest[1] / 10), ""
        return end, sign * value, ""
    return None


_SHORT_UNITS: Final = {"%": "%", "°c": "c", "°": "c", "c": "c"}


def numbers(words: Sequence[str], at: int) -> Iterator[tuple[int, Number]]:
    """Yield (end, number) for numbers with or without unit."""
    if words[at] in {"half", "halfway"}:
        yield at + 1, Number(50, "half")
    if (
        words[at] in {"a", "one", "another"}
        and words[at + 1 : at + 2]
        and (unit := _UNITS.get(words[at + 1])) in {"c", "step"}
    ):
        yield at + 2, Number(1, unit)
    if (end := _couple(words, at)) and (unit := _UNITS.get(words[end])) in {"c", "step"}:
        yield end + 1, Number(2, unit)
    found = _value(words, at)
    if found is None:
        return
    end, value, glued = found
    if 0 < _ONES.get(words[at], 0) < 10 and (rest := _small(words, at + 1)) and 10 <= rest[1] < 100:
        end, value = rest[0], value * 100 + rest[1]  # "one seventy"
    if glued in {"am", "pm", "p", "h", "min", "s"}:
        return
    if words[end : end + 3] == ["and", "a", "half"]:
        end, value = end + 3, value + 0.5
    unit = _SHORT_UNITS.get(glued, "")
    after = words[end] if end < len(words) else ""
    if not unit and after in _UNITS:
        end = end + 2 if words[end + 1 : end + 2] == ["celsius"] else end + 1
        unit = _UNITS[after]
    yield end, Number(value, unit or ("c" if value < 0 else ""))


def _couple(words: Sequence[str], at: int) -> int:
    """Return where the unit of "a couple of ..." stands, 0 when these words say something else."""
    if words[at : at + 2] != ["a", "couple"]:
        return 0
    end = at + 3 if words[at + 2 : at + 3] == ["of"] else at + 2
    return end if end < len(words) else 0


def durations(words: Sequence[str], at: int) -> Iterator[tuple[int, int]]:
    """Yield (end, seconds): ten minutes, an hour and a half, half an hour, two and a half hours, 90 second."""
    phrase = " ".join(words[at : at + 5])
    for text, seconds in (
        ("half an hour", 1800),
        ("a half hour", 1800),
        ("half hour", 1800),
        ("a quarter of an hour", 900),
        ("an hour and a half", 5400),
        ("one hour and a half", 5400),
    ):
        if phrase == text or phrase.startswith(text + " "):
            yield at + len(text.split()), seconds
    if (end := _couple(words, at)) and words[end] in _SECONDS:
        yield end + 1, 2 * _SECONDS[words[end]]
    alone = words[at] in {"a", "an"} and words[at + 1 : at + 2] and words[at + 1] in _SECONDS
    found = (at + 1, 1.0, "") if alone else _value(words, at)
    if found is None:
        return
    end, value, glued = found
    half = words[end : end + 3] == ["and", "a", "half"]
    if half:
        end, value = end + 3, value + 0.5
    scale = {"h": 3600, "min": 60, "s": 1}.get(glued) or (_SECONDS.get(words[end]) if end < len(words) else None)
    if scale is None or value <= 0:
        return
    end += glued not in {"h", "min", "s"}
    seconds = int(value * scale)
    rest_at = end + 1 if words[end : end + 1] == ["and"] else end
    if scale == 3600 and words[rest_at : rest_at + 2] == ["a", "half"]:
        yield rest_at + 2, seconds + 1800
    if (
        scale > 1
        and (rest := _value(words, rest_at))
        and rest[0] < len(words)
        and (small := _SECONDS.get(words[rest[0]]))
        and small < scale
    ):
        yield rest[0] + 1, seconds + int(rest[1] * small)
    yield end, seconds


def _hour(hour: int, period: str) -> int:
    if period == "pm" and hour < 12:
        return hour + 12
    return 0 if period == "am" and hour == 12 else hour


def _period(words: Sequence[str], at: int) -> tuple[int, str]:
    """Read am, pm, "in the morning", "tonight" after a time."""
    phrase = " ".join(words[at : at + 3])
    for text, period in (
        ("a m", "am"), ("p m", "pm"), ("in the morning", "am"), ("in the evening", "pm"),
        ("in the afternoon", "pm"), ("at night", "pm"), ("tonight", "pm"), ("this evening", "pm"),
    ):  # fmt: skip
        if phrase == text or phrase.startswith(text + " "):
            return at + len(text.split()), period
    if at < len(words) and words[at] in _PERIODS:
        return at + 1, _PERIODS[words[at]]
    return at, ""


_EVENING: Final = {
    ("tonight", "at"): "pm",
    ("this", "evening"): "pm",
    ("this", "afternoon"): "pm",
    ("this", "morning"): "am",
}


def _evening_clocks(words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield times whose part of the day stands first: tonight at nine, this evening at half past six."""
    period = _EVENING.get((words[at], words[at + 1]) if at + 1 < len(words) else ("", ""))
    start = at + 2 + (words[at + 2 : at + 3] == ["at"])
    if period is None or start >= len(words):
        return
    for end, clock in clocks(words, start):
        hour, minute = clock.split(":")
        yield end, f"{_hour(int(hour), period):02d}:{minute}"
    found = _value(words, start)
    if found is not None and not found[2] and 0 < found[1] <= 12 and found[1] == int(found[1]):
        yield found[0], f"{_hour(int(found[1]), period):02d}:00"


def clocks(words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield (end, "HH:MM") for a time of day: 6:30 am, seven o'clock, half past seven, six thirty pm, noon."""
    for word, clock in (("noon", "12:00"), ("midnight", "00:00")):
        if words[at] == word:
            yield at + 1, clock
    if found := _CLOCK.fullmatch(words[at]):
        end, period = (at + 1, found[3]) if found[3] else _period(words, at + 1)
        yield end, f"{_hour(int(found[1]), period):02d}:{found[2]}"
        return
    past = {("half", "past"): 30, ("quarter", "past"): 15}.get(
        (words[at], words[at + 1]) if at + 1 < len(words) else ("", "")
    )
    if past is not None and (value := _value(words, at + 2)):
        end, period = _period(words, value[0])
        yield end, f"{_hour(int(value[1]), period):02d}:{past:02d}"
    found_value = _value(words, at)
    if found_value is None or not 0 < found_value[1] <= 23 or found_value[1] != int(found_value[1]):
        return
    end, hour, glued = found_value
    minutes = 0
    if (rest := _value(words, end)) and not glued and 10 <= rest[1] < 60 and not rest[2]:
        after, period = _period(words, rest[0])
        if period:
            yield after, f"{_hour(int(hour), period):02d}:{int(rest[1]):02d}"
    marked = glued in {"am", "pm"} or words[end : end + 1] == ["o'clock"]
    end += words[end : end + 1] == ["o'clock"]
    after, period = (end, glued) if glued in {"am", "pm"} else _period(words, end)
    if marked or period:
        yield after, f"{_hour(int(hour), period):02d}:{minutes:02d}"


_MONTHS: Final = {
    name[:length]: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), 1
    )
    for length in {3, len(name)}
}
_ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        (
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
        ).split(),
        1,
    )
} | {"thirtieth": 30}
_ORDINAL: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DAYS_IN: Final = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def _day_of_month(words: Sequence[str], at: int, *, bare: bool) -> tuple[int, int] | None:
    """Read the day of a month: 3rd, third, twenty first; with `bare` also 3."""
    at += words[at : at + 1] == ["the"]
    if at >= len(words):
        return None
    if found := _ORDINAL.fullmatch(words[at]):
        return at + 1, int(found[1])
    if words[at] in _ORDINALS:
        return at + 1, _ORDINALS[words[at]]
    if _TENS.get(words[at], 0) in {20, 30} and words[at + 1 : at + 2] and _ORDINALS.get(words[at + 1], 10) < 10:
        return at + 2, _TENS[words[at]] + _ORDINALS[words[at + 1]]
    if bare and words[at].isdecimal():
        return at + 1, int(words[at])
    return None


def days(words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    """Yield (end, day): december 3rd, the 3rd of december, the 25th, in three days, a week from now."""
    yield from _days_ahead(words, at)
    if words[at] in _MONTHS:
        found, month = _day_of_month(words, at + 1, bare=True), _MONTHS[words[at]]
        ends = True
    else:
        on = at + (words[at] == "on")
        found, month = _day_of_month(words, on, bare=False), None
        if found and words[found[0] : found[0] + 1] == ["of"]:
            month = _MONTHS.get(" ".join(words[found[0] + 1 : found[0] + 2]))
            found, ends = (found[0] + 2, found[1]), month is not None
        else:  # no day is in "turn on the second lamp"
            ends = found is not None and on > at and words[found[0] : found[0] + 1] in ([], ["at"], ["in"])
    if found and ends and (date := calendar_day(found[1], month)):
        yield found[0], date


def _days_ahead(words: Sequence[str], at: int) -> Iterator[tuple[int, str]]:
    start = at + 1 if words[at] == "in" else at
    alone = words[start : start + 1] in (["a"], ["one"])
    found = (start + 1, 1.0, "") if alone else _value(words, start)
    if found is None or found[1] < 1 or not words[found[0] : found[0] + 1] or words[found[0]] not in _DAYS_IN:
        return
    end, ahead = found[0] + 1, f"+{int(found[1]) * _DAYS_IN[words[found[0]]]}"
    if words[end : end + 2] in (["from", "now"], ["from", "today"]):
        yield end + 2, ahead
    elif words[end : end + 1] == ["later"]:
        yield end + 1, ahead
    elif start > at:
        yield end, ahead


def quantities(words: Sequence[str], at: int) -> Iterator[tuple[int, Tag, Number | int | str]]:
    """Yield (end, tag, value) for everything numeric at a position."""
    for end, number in numbers(words, at):
        yield end, Tag.NUMBER, number
    for end, seconds in durations(words, at):
        yield end, Tag.DURATION, seconds
    for end, clock in clocks(words, at):
        yield end, Tag.CLOCK, clock
    for end, clock in _evening_clocks(words, at):
        yield end, Tag.CLOCK, clock
    for end, day in days(words, at):
        yield end, Tag.WHEN, day
