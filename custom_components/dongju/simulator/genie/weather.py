"""Weather in KT's `infoDetail` shape, invented from the seed: the same area and day have the same weather."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
import math
from typing import Final

from .envelope import JsonDict, digits
from .identifiers import Identifiers

TYPES: Final = ("today", "tomorrow", "day", "weekend", "week")
DEFAULT_AREA: Final = "서울"

# Icons run from 1 to 22 at KT; what each shows is not published, so these meanings are ours.
_SKIES: Final[tuple[tuple[int, str, int], ...]] = (
    (1, "맑음", 0),
    (2, "구름 조금", 10),
    (3, "구름 많음", 20),
    (4, "흐림", 30),
    (5, "비", 80),
    (6, "소나기", 60),
    (7, "천둥번개", 80),
    (8, "눈", 80),
    (9, "비 또는 눈", 70),
    (10, "안개", 10),
)
_SNOW_ICON: Final = 8
# How much warmer than Seoul an area is, in degrees.
AREAS: Final = {
    "서울": 0,
    "인천": -0.5,
    "수원": 0.2,
    "대전": 0.8,
    "대구": 2.2,
    "부산": 2.8,
    "광주": 1.7,
    "강릉": 0.6,
    "제주": 4.5,
}
_FINE_DUST: Final = (("좋음", 12, 26), ("보통", 27, 52), ("나쁨", 48, 95))


@dataclass(frozen=True, slots=True)
class _Day:
    on: date
    icon: int
    sky: str
    rain: int
    high: int
    low: int


class Weather:
    """Tell the weather of an area."""

    def __init__(self, ids: Identifiers) -> None:
        self._ids = ids

    def info(self, area: str, kind: str, now: datetime) -> JsonDict:
        """Return `metaInfo` for an area and one of `TYPES`; an unknown area gets weather of its own."""
        today = now.date()
        offsets = {
            "today": range(1),
            "tomorrow": range(1, 2),
            "day": range(2, 3),
            "weekend": [(5 - today.weekday()) % 7, (5 - today.weekday()) % 7 + 1],
            "week": range(7),
        }[kind]
        days = [self._day(area, today + timedelta(days=offset)) for offset in offsets]
        detail: JsonDict = {"type": kind, "area": area, **self._now(area, days[0], now)}
        detail["weatherList"] = self._hours(area, days[0], now) if kind == "today" else [_row(day) for day in days]
        detail["dailyList"] = [_row(self._day(area, today + timedelta(days=offset))) for offset in range(7)]
        detail["updated"] = digits(now.replace(minute=0, second=0))
        return {
            "contentType": "weather",
            "infoType": kind,
            "mesg": _spoken(kind, area, days, detail),
            "infoDetail": detail,
        }

    def _day(self, area: str, on: date) -> _Day:
        rng = self._ids.random(f"weather:{area}:{on.isoformat()}")
        # The coldest day in Seoul is in the middle of January.
        season = -math.cos(2 * math.pi * (on.timetuple().tm_yday - 15) / 365)
        mean = 12.5 + 13.5 * season + AREAS.get(area, 0) + rng.uniform(-3, 3)
        icon, sky, rain = rng.choice(_SKIES[:7] + _SKIES[9:])
        if rain >= 60 and mean < 1:
            icon, sky, rain = next(row for row in _SKIES if row[0] == _SNOW_ICON)
        return _Day(on, icon, sky, rain, round(mean + 5), round(mean - 5))

    def _now(self, area: str, day: _Day, now: datetime) -> JsonDict:
        rng = self._ids.random(f"air:{area}:{day.on.isoformat()}")
        _word, pm25, pm10 = rng.choice(_FINE_DUST)
        return {
            "forecast": day.sky,
            "icon": day.icon,
            "temp": self._temperature(day, now.hour) if day.on == now.date() else day.high,
            "tempHigh": day.high,
            "tempLow": day.low,
            "precipitationChance": day.rain,
            "windSpeed": round(rng.uniform(0.5, 6.5), 1),
            # 0 is calm; 1 to 8 go round from north.
            "windDirection": rng.randint(1, 8),
            "humidity": rng.randint(35, 60) + (25 if day.rain >= 60 else 0),
            "pm10": pm10,
            "pm25": pm25,
            "ozone": round(rng.uniform(0.01, 0.09), 3),
            "uv": rng.randint(1, 9),
        }

    def _hours(self, _area: str, day: _Day, now: datetime) -> list[JsonDict]:
        start = now.replace(minute=0, second=0, microsecond=0)
        moments = [start + timedelta(hours=3 * step) for step in range(8)]
        return [
            {
                "time": digits(moment),
                "forecast": day.sky,
                "icon": day.icon,
                "temp": self._temperature(day, moment.hour),
                "precipitationChance": day.rain,
            }
            for moment in moments
        ]

    @staticmethod
    def _temperature(day: _Day, hour: int) -> int:
        """Return the hour's temperature: lowest at five, highest at fifteen."""
        phase = (1 - math.cos(2 * math.pi * (hour - 3) / 24)) / 2
        return round(day.low + (day.high - day.low) * phase)


def _row(day: _Day) -> JsonDict:
    return {
        "date": f"{day.on:%Y%m%d}",
        "forecast": day.sky,
        "icon": day.icon,
        "tempHigh": day.high,
        "tempLow": day.low,
        "precipitationChance": day.rain,
    }


def _spoken(kind: str, area: str, days: Sequence[_Day], detail: JsonDict) -> str:
    if kind == "today":
        return (
            f"오늘 {area} 날씨는 {detail['forecast']}, 지금 기온은 {detail['temp']}도예요. "
            f"낮 최고 {detail['tempHigh']}도, 밤 최저 {detail['tempLow']}도예요."
        )
    names = {"tomorrow": "내일", "day": "모레", "weekend": "주말", "week": "이번 주"}
    high, low = max(day.high for day in days), min(day.low for day in days)
    rain = "비나 눈 소식이 있어요." if any(day.rain >= 60 for day in days) else "비 소식은 없어요."
    return f"{names[kind]} {area} 날씨는 최고 {high}도, 최저 {low}도예요. {rain}"
