"""The few questions the mock answers by itself, told by simple keywords; everything else is the skill's."""

from collections.abc import Callable
import re
from typing import Final

from ..clock import Clock
from .envelope import JsonDict
from .music import TRACKS, Track, to_play
from .news import TOPICS, News
from .weather import AREAS, DEFAULT_AREA, Weather

_WEATHER: Final = (
    "날씨",
    "기온",
    "미세먼지 어때",
    "미세먼지 농도",
    "우산",
    "비 와",
    "비와",
    "눈 와",
    "눈 올까",
    "비 올까",
    "weather",
    "forecast",
)
_NEWS: Final = ("뉴스", "소식 알려", "headlines", "news")
_MUSIC_WORDS: Final = (
    "노래",
    "음악",
    "동요",
    "자장가",
    "클래식",
    "재즈",
    "라디오",
    "팟캐스트",
    "music",
    "song",
    "jazz",
    "radio",
    "podcast",
)
_PLAY: Final = ("틀어", "들려", "재생", "play")
_ASK: Final = (
    "뭐야",
    "뭔지",
    "무엇",
    "누구",
    "알려",
    "설명",
    "얼마나",
    "어디",
    "몇",
    "란",
    "이란",
    "what",
    "who",
    "how",
    "tell me",
    "?",
)
_WHEN: Final = (
    ("tomorrow", ("내일", "tomorrow")),
    ("day", ("모레",)),
    ("weekend", ("주말", "weekend")),
    ("week", ("이번 주", "이번주", "일주일", "week")),
)


class Answerer:
    """Answer what is recognised as weather, news, knowledge or music."""

    def __init__(self, clock: Clock, weather: Weather, news: News, base: Callable[[], str]) -> None:
        self._clock = clock
        self._weather = weather
        self._news = news
        self._base = base

    def answer(self, text: str) -> JsonDict | None:
        """Return `metaInfo` for a question of these services, or None; music comes with the tracks' ids."""
        for reader in (self._about_news, self._about_music, self._about_weather, self._about_the_world):
            if (info := reader(text)) is not None:
                return info
        return None

    def _about_weather(self, text: str) -> JsonDict | None:
        if not _has(text, _WEATHER):
            return None
        kind = next((name for name, words in _WHEN if _has(text, words)), "today")
        area = next((name for name in AREAS if name in text), DEFAULT_AREA)
        return self._weather.info(area, kind, self._clock.now())

    def _about_news(self, text: str) -> JsonDict | None:
        if not _has(text, _NEWS) or "라디오" in text or "채널" in text:
            return None
        topic = next((key for key, word in TOPICS.items() if word.casefold() in text.casefold()), "main")
        return self._news.news(topic, 3, self._clock.now())

    def _about_music(self, text: str) -> JsonDict | None:
        if not _has(text, _PLAY):
            return None
        known = any(track.title in text or track.artist in text for track in TRACKS.values())
        if not known and not _has(text, _MUSIC_WORDS):
            return None
        tracks = to_play(_without_verb(text))
        if not tracks:
            return {"contentType": "music", "infoType": "none", "mesg": "찾으시는 음악이 없어요.", "infoDetail": None}
        return play_info(tracks, self._base())

    def _about_the_world(self, text: str) -> JsonDict | None:
        return self._news.know(text) if _has(text, _ASK) else None


def play_info(tracks: list[Track], base: str) -> JsonDict:
    """Return music `metaInfo`: the first track in KT's shape, and the ids of all."""
    first = tracks[0]
    return {
        "contentType": first.content_type,
        "infoType": "play",
        "mesg": f"{first.artist}의 {first.title} 들려드려요."
        if first.content_type == "music"
        else f"{first.title} 들려드려요.",
        "infoDetail": first.detail(base),
        "trackIds": [track.id for track in tracks],
    }


def _has(text: str, words: tuple[str, ...]) -> bool:
    lowered = text.casefold()
    return any(word in lowered for word in words)


def _without_verb(text: str) -> str:
    return re.sub(r"(좀\s*)?(틀어|들려|재생해?)\s*(줘|주세요|줄래|봐)?[.!?]*\s*$", "", text).strip()
