"""Korean numbers, durations and times of day as they are spoken and written, with spaces left out."""

from collections.abc import Iterator
import re
from typing import Final

from .times import calendar_day
from .tokens import Number, Tag

_SINO: Final = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_NATIVE_ONES: Final = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "서": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "여덜": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS: Final = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_DIGITS: Final = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_MINUS: Final = ("영하", "마이너스", "-", "−")
_UNITS: Final[tuple[tuple[str, str], ...]] = (
    ("c", "도씨 도 ℃ °c °"),
    ("%", "퍼센트 프로 프로센트 퍼 % 퍼센트지 프로테이지"),
    ("ch", "번채널 번째채널 번 채널"),
    ("step", "단계 칸 단 개 눈금 스텝 클릭 레벨"),
)  # fmt: skip
_UNIT_OF: Final = {word: unit for unit, words in _UNITS for word in words.split()}
_UNIT_WORDS: Final = sorted(_UNIT_OF, key=len, reverse=True)
_AFTERNOON: Final = {
    "오후": True,
    "저녁": True,
    "밤": True,
    "낮": True,
    "점심": True,
    "한밤": True,
    "오전": False,
    "아침": False,
    "새벽": False,
}
_CLOCK_TEXT: Final = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)")
_HALF: Final = {
    "절반만": "half",
    "절반": "half",
    "반만": "half",
    "반쯤": "half",
    "반정도": "half",
    "반": "half",
    "반틈": "half",
}

# An integer at a position: (end, value, needs_unit); `needs_unit` marks words that are numbers only before a unit.
type Reading = tuple[int, float, bool]


def _sino(text: str, start: int) -> tuple[int, int] | None:
    """Read a Sino-Korean integer below 10,000: 이십육, 백오, 삼십, 2백."""
    total, digit, at, last = 0, 0, start, 10_000
    while at < len(text):
        char = text[at]
        if char in _SINO and not digit:
            digit = _SINO[char]
        elif char in "십백천" and (scale := {"십": 10, "백": 100, "천": 1000}[char]) < last:
            total += (digit or 1) * scale
            digit, last = 0, scale
        else:
            break
        at += 1
    return (at, total + digit) if at > start else None


def _digit_by_digit(text: str, start: int) -> tuple[int, int] | None:
    """Read digits said one by one: 육일 is 61, 공칠 is 7."""
    at, value = start, 0
    while at < len(text) and at - start < 3 and (text[at] in _SINO or text[at] in "공영"):
        value = value * 10 + _SINO.get(text[at], 0)
        at += 1
    return (at, value) if at - start >= 2 else None


def _native(text: str, start: int) -> tuple[int, int, bool] | None:
    """Read a native integer: 스물여섯, 한, 열두. The flag says that a unit must follow (한, 두, 세 ...)."""
    for tens, value in _NATIVE_TENS.items():
        if text.startswith(tens, start):
            at = start + len(tens)
            ones = _native_ones(text, at)
            return (ones[0], value + ones[1], ones[2]) if ones else (at, value, tens in {"열", "스무"})
    return _native_ones(text, start)


def _native_ones(text: str, start: int) -> tuple[int, int, bool] | None:
    for length in (2, 1):
        if (word := text[start : start + length]) in _NATIVE_ONES and len(word) == length:
            return start + length, _NATIVE_ONES[word], length == 1 and word not in {"둘", "셋", "넷"}
    return None


def _plain(text: str, start: int) -> Iterator[Reading]:
    """Yield readings of an unsigned number at a position, the longest first."""
    if found := _DIGITS.match(text, start):
        yield found.end(), float(found[0]), False
        return
    if sino := _sino(text, start):
        end, value = sino
        if text[end : end + 1] in {"점", "쩜"} and (fraction := _sino(text, end + 1)) and fraction[1] < 10:
            yield fraction[0], value + fraction[1] / 10, False
        yield end, value, end - start == 1
    if spoken := _digit_by_digit(text, start):
        yield spoken[0], spoken[1], True
    if native := _native(text, start):
        yield native
    if text[start : start + 1] in {"영", "공"}:
        yield start + 1, 0, True


def _unit(text: str, at: int) -> tuple[int, str]:
    """Return the end and name of the unit that starts at a position ("" when there is none)."""
    for word in _UNIT_WORDS:
        if text.startswith(word, at):
            return at + len(word), _UNIT_OF[word]
    return at, ""


def _halves(text: str, start: int) -> Iterator[tuple[int, Number, float]]:
    for word, unit in _HALF.items():
        if text.startswith(word, start):
            yield start + len(word), Number(50, unit), 0.6 if word == "반" else 0.0
    if text.startswith("반도", start):
        yield start + 2, Number(0.5, "c"), 0.0


def numbers(text: str, start: int) -> Iterator[tuple[int, Number, float]]:
    """Yield (end, number, extra cost) for numbers with or without unit at a position."""
    yield from _halves(text, start)
    sign, at = 1, start
    for minus in _MINUS:
        if text.startswith(minus, start):
            sign, at = -1, start + len(minus)
            break
    for end, value, needs_unit in _plain(text, at):
        after, unit = _unit(text, end)
        if unit == "c" and text.startswith("반", after) and not text.startswith("반만", after):
            yield after + 1, Number(sign * (value + 0.5), unit), 0.0
        if unit == "ch" and text[after : after + 1] == "째":
            continue
        if unit:
            yield after, Number(sign * value, unit), 0.0 if value >= 1 or unit != "step" else 1.0
        if sign < 0:
            yield end, Number(sign * value, "c"), 0.2
        elif not needs_unit:
            yield end, Number(value), 0.0
        elif text[at:end] not in _NATIVE_ONES:
            yield end, Number(value), 1.4


def _amount(text: str, start: int, units: tuple[str, ...]) -> Iterator[tuple[int, float, str]]:
    """Yield (end, amount, unit) for a number followed by one of `units`."""
    for end, value, _ in _plain(text, start):
        for unit in units:
            if text.startswith(unit, end):
                yield end + len(unit), value, unit
                break


_HOURS: Final = ("시간",)
_MINUTES: Final = ("분",)
_SECONDS: Final = ("초",)


def durations(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield (end, seconds) for a duration: 한시간반, 1시간30분, 구십초, 반시간."""
    if text.startswith("반시간", start):
        yield start + 3, 1800
    for scale, units in ((3600, _HOURS), (60, _MINUTES), (1, _SECONDS)):
        for end, value, _ in _amount(text, start, units):
            seconds = int(value * scale)
            if text.startswith("반", end) and scale > 1 and not text.startswith("반복", end):
                yield end + 1, seconds + scale // 2
            rest = {3600: ((60, _MINUTES),), 60: ((1, _SECONDS),)}.get(scale, ())
            for small_scale, small_units in rest:
                for small_end, small, _ in _amount(text, end, small_units):
                    yield small_end, seconds + int(small * small_scale)
            yield end, seconds


def _hour(value: float, period: str) -> int | None:
    """Return the hour of the day, or None when the number is no hour."""
    hour = int(value)
    if value != hour or not 0 <= hour <= 24:
        return None
    if period == "밤" and hour == 12:
        return 0
    if _AFTERNOON.get(period) and hour < 12 and not (period in {"낮", "점심"} and hour == 11):
        return hour + 12
    return 0 if period in {"오전", "새벽"} and hour == 12 else hour % 24


def clocks(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield (end, "HH:MM") for a time of day: 아침일곱시반, 오후3시, 7:30, 정오."""
    for word, clock in (("정오", "12:00"), ("자정", "00:00")):
        if text.startswith(word, start):
            yield start + len(word), clock
    period, at = "", start
    for word in _AFTERNOON:
        if text.startswith(word, start):
            period, at = word, start + len(word)
            at += text.startswith("에", at)
            break
    if found := _CLOCK_TEXT.match(text, at):
        hour = _hour(float(found[1]), period)
        yield found.end(), f"{hour:02d}:{found[2]}"
    for end, value, _ in _amount(text, at, ("시",)):
        if text.startswith("간", end) or (hour := _hour(value, period)) is None:
            continue
        if text.startswith("반", end):
            yield end + 1, f"{hour:02d}:30"
        for minute_end, minutes, _ in _amount(text, end, _MINUTES):
            if minutes < 60:
                yield minute_end, f"{hour:02d}:{int(minutes):02d}"
        yield end, f"{hour:02d}:00"


_MONTHS: Final = {"유월": 6, "시월": 10}
_THIS_MONTH: Final = ("이번달", "이달")
_DAYS_AHEAD: Final = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "일주일": 7, "한주": 7, "보름": 15}
_AFTER: Final = ("뒤에", "뒤", "후에", "후")
_GOING_ON: Final = "간동마째치분"
"""What makes a length of a number of days: "3일간", "7일 동안"."""


def days(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Yield (end, day) for a day of the calendar or one so many days ahead: 12월25일, 25일, 사흘뒤, 2주후."""
    if start and text[start - 1].isdigit():
        return  # the end of a number that is no month
    yield from _days_ahead(text, start)
    month, at = None, start
    for word, number in _MONTHS.items():
        if text.startswith(word, start):
            month, at = number, start + len(word)
    for word in _THIS_MONTH:
        if text.startswith(word, start):
            at = start + len(word)
    if at == start:
        for end, value, _ in _amount(text, start, ("월",)):
            month, at = int(value), end
    for end, value, _ in _amount(text, at, ("일",)):
        plain = at > start or text[start].isdigit() or value > len("일이삼사오육칠팔구")
        date = calendar_day(int(value), month)
        if plain and date and text[end : end + 1] not in tuple(_GOING_ON) and not text.startswith(_AFTER, end):
            yield end, date


def _days_ahead(text: str, start: int) -> Iterator[tuple[int, str]]:
    amounts = [(start + len(word), count) for word, count in _DAYS_AHEAD.items() if text.startswith(word, start)]
    amounts += [(end, int(value)) for end, value, _ in _amount(text, start, ("일",))]
    amounts += [(end, int(value) * 7) for end, value, _ in _amount(text, start, ("주일", "주"))]
    for end, count in amounts:
        for word in _AFTER:
            if count and text.startswith(word, end):
                yield end + len(word), f"+{count}"
                break


def quantities(text: str, start: int) -> Iterator[tuple[int, Tag, Number | int | str, float]]:
    """Yield (end, tag, value, extra cost) for everything numeric at a position."""
    for end, number, cost in numbers(text, start):
        yield end, Tag.NUMBER, number, cost
    for end, seconds in durations(text, start):
        yield end, Tag.DURATION, seconds, 0.0
    for end, clock in clocks(text, start):
        yield end, Tag.CLOCK, clock, 0.0
    for end, day in days(text, start):
        yield end, Tag.WHEN, day, 0.0
