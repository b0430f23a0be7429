"""What the set-top box can play besides channels: an invented video library and the apps."""

from dataclasses import dataclass
from typing import Final

from .envelope import JsonDict


@dataclass(frozen=True, slots=True)
class Video:
    """One film or episode; `price` is in won, 0 for what the contract includes."""

    id: str
    title: str
    title_en: str
    genre: str
    year: int
    minutes: int
    price: int
    rating: str

    def as_dict(self) -> JsonDict:
        """Return the video as clients see it."""
        return {
            "vodId": self.id,
            "title": self.title,
            "titleEn": self.title_en,
            "genre": self.genre,
            "year": self.year,
            "durationMs": self.minutes * 60_000,
            "price": self.price,
            "rating": self.rating,
        }


@dataclass(frozen=True, slots=True)
class App:
    """One app of the set-top box and what people call it."""

    id: str
    name: str
    aliases: tuple[str, ...]

    def as_dict(self) -> JsonDict:
        """Return the app as clients see it."""
        return {"appId": self.id, "name": self.name, "aliases": list(self.aliases)}


_VIDEOS: Final = (
    ("서울 추격전", "Seoul Chase", "액션", 2024, 118, 0, "15"),
    ("바다로 간 우체부", "The Postman at Sea", "드라마", 2023, 104, 0, "ALL"),
    ("달의 뒤편", "Behind the Moon", "SF", 2025, 131, 5500, "12"),
    ("마지막 정거장", "The Last Stop", "드라마", 2021, 97, 0, "12"),
    ("바람의 약속", "Promise of the Wind", "로맨스", 2022, 109, 0, "12"),
    ("우주 기차단", "Space Train Crew", "애니메이션", 2024, 84, 0, "ALL"),
    ("우주 기차단 2", "Space Train Crew 2", "애니메이션", 2026, 88, 11000, "ALL"),
    ("골목의 왕 1회", "King of the Alley 1", "드라마", 2026, 62, 0, "15"),
    ("골목의 왕 2회", "King of the Alley 2", "드라마", 2026, 61, 0, "15"),
    ("지구 한 바퀴", "Once Around the Earth", "다큐멘터리", 2020, 52, 0, "ALL"),
    ("심해의 비밀", "Secrets of the Deep", "다큐멘터리", 2025, 55, 0, "ALL"),
    ("밥 한 끼", "A Meal Together", "예능", 2026, 75, 0, "ALL"),
    ("빨간 우산", "The Red Umbrella", "스릴러", 2023, 112, 2500, "15"),
    ("할머니의 레시피", "Grandma's Recipe", "가족", 2019, 99, 0, "ALL"),
)

VIDEOS: Final[dict[str, Video]] = {
    f"v-{number:03d}": Video(f"v-{number:03d}", *row) for number, row in enumerate(_VIDEOS, 1)
}

APPS: Final[dict[str, App]] = {
    app.id: app
    for app in (
        App("netflix", "Netflix", ("넷플릭스", "넷플")),
        App("disney_plus", "Disney+", ("디즈니플러스", "디즈니 플러스", "디플")),
        App("youtube", "YouTube", ("유튜브", "유투브")),
        App("tving", "TVING", ("티빙",)),
        App("wavve", "Wavve", ("웨이브",)),
        App("coupang_play", "Coupang Play", ("쿠팡플레이", "쿠팡 플레이")),
        App("watcha", "WATCHA", ("왓챠",)),
        App("apple_tv", "Apple TV", ("애플티비", "애플 TV")),
        App("youtube_kids", "YouTube Kids", ("유튜브 키즈",)),
        App("genie_music", "지니뮤직", ("지니 뮤직", "Genie Music")),
        App("kids_land", "키즈랜드", ("키즈 랜드",)),
    )
}


def search_videos(query: str, limit: int = 20) -> list[Video]:
    """Return videos whose title or genre has the query, the closest titles first."""
    wanted = query.casefold().replace(" ", "")
    if not wanted:
        return []
    found = []
    for number, video in enumerate(VIDEOS.values()):
        titles = [video.title.casefold().replace(" ", ""), video.title_en.casefold().replace(" ", "")]
        if wanted in titles:
            found.append((0, number, video))
        elif any(wanted in title or title in wanted for title in titles):
            found.append((1, number, video))
        elif wanted in video.genre.casefold():
            found.append((2, number, video))
    return [video for _rank, _number, video in sorted(found, key=lambda row: row[:2])][:limit]
