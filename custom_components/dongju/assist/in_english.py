"""What KT's services say, for somebody who speaks English: they know Korean only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from ..vendors.base import SpokenReply
from ..voice.frames import Frame
from ..voice.text import detect_language
from .answers import Answer

ONLY_KOREAN: Final = "only_korean"

_LIKELY: Final = 60  # percent
_DAYS: Final = {
    "tomorrow": "Tomorrow",
    "day": "The day after tomorrow",
    "weekend": "The weekend",
    "week": "This week",
}
_SKIES: Final = {
    "맑음": "clear",
    "구름 조금": "a few clouds",
    "구름 많음": "cloudy",
    "흐림": "overcast",
    "비": "rain",
    "소나기": "showers",
    "천둥번개": "thunderstorms",
    "눈": "snow",
    "비 또는 눈": "rain or snow",
    "안개": "fog",
}


def in_english(told: SpokenReply, frame: Frame, language: str) -> SpokenReply | Answer:
    """Return what a service told so that it can be said in English; a weather report is put together anew."""
    if language == "ko" or detect_language(told.text) != "ko":
        return told
    detail = (told.media or {}).get("infoDetail")
    said = _weather(detail, frame) if frame.action == "weather" and isinstance(detail, Mapping) else None
    return replace(told, text=said) if said else Answer(ONLY_KOREAN, {})


def _weather(detail: Mapping[str, Any], frame: Frame) -> str | None:
    """Return a weather report from the figures of a service, None where it gives none."""
    where = f" in {frame.place.title()}" if frame.place and frame.place.isascii() else ""
    if detail.get("type") == "today":
        figures = [detail.get(key) for key in ("temp", "tempHigh", "tempLow")]
        if None in figures:
            return None
        now, high, low = figures
        sky = _SKIES.get(str(detail.get("forecast")))
        seen = f"{sky}, " if sky else ""
        return f"Today{where}: {seen}{now} degrees now, with a high of {high} and a low of {low}."
    rows: Sequence[Mapping[str, Any]] = detail.get("weatherList") or ()
    day = _DAYS.get(str(detail.get("type")))
    if not rows or day is None or any(None in (row.get("tempHigh"), row.get("tempLow")) for row in rows):
        return None
    highs, lows = [row["tempHigh"] for row in rows], [row["tempLow"] for row in rows]
    wet = any((row.get("precipitationChance") or 0) >= _LIKELY for row in rows)
    rain = "rain or snow is likely" if wet else "no rain is expected"
    return f"{day}{where}: a high of {max(highs)}, a low of {min(lows)}, and {rain}."
