"""The programme guide: for every channel and day the same invented programmes, derived from the seed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
import random
from typing import Final

from ..clock import SEOUL
from .channels import Channel, Genre
from .envelope import JsonDict, digits, iso

# Titles are made of a first and a second part, so that a day has no repeats to speak of.
_PARTS: Final[dict[Genre, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    Genre.TERRESTRIAL: (
        ("아침", "정오", "저녁", "주말", "우리 동네", "생생", "한밤의", "오늘의"),
        ("뉴스", "다큐", "드라마 푸른 대문", "토크쇼", "음악회", "퀴즈왕", "건강 상담소", "여행기"),
    ),
    Genre.GENERAL: (
        ("뉴스", "주간", "심층", "한 걸음 더", "금요"),
        ("토론", "취재파일", "드라마 골목의 왕", "예능 밥 한 끼", "현장"),
    ),
    Genre.NEWS: (
        ("아침", "낮", "저녁", "심야", "속보", "경제"),
        ("뉴스", "브리핑", "이슈 점검", "날씨와 생활", "현장 연결"),
    ),
    Genre.ENTERTAINMENT: (
        ("모여라", "떠나요", "밥 먹고", "주말", "찾아라"),
        ("친구들", "맛집 여행", "드라마 봄의 정원", "노래방", "운동회"),
    ),
    Genre.MOVIE: (
        ("영화", "심야 영화", "주말 영화"),
        ("마지막 정거장", "바람의 약속", "서울 추격전", "달의 뒤편", "바다로 간 우체부"),
    ),
    Genre.SPORTS: (
        ("생중계", "하이라이트", "다시 보는"),
        ("프로야구", "프로축구", "농구", "배구", "골프 투어", "바둑 명국"),
    ),
    Genre.KIDS: (("꼬마", "우주", "동물", "마법"), ("기차단", "탐험대", "친구들", "요리사", "유치원")),
    Genre.DOCUMENTARY: (
        ("지구", "바다", "시간", "사람", "도시"),
        ("의 비밀", " 탐험", "의 기록", " 한 바퀴", "를 걷다"),
    ),
    Genre.MUSIC: (("라이브", "인기", "추억의", "클래식"), ("콘서트", "차트", "가요 모음", "산책")),
    Genre.SHOPPING: (("오늘의", "주말", "특집"), ("주방용품", "제철 과일", "여행 상품", "가전 대전", "건강식품")),
}
_LENGTHS: Final[dict[Genre, tuple[int, ...]]] = {
    Genre.MOVIE: (110, 120, 130),
    Genre.SPORTS: (90, 120, 180),
    Genre.KIDS: (15, 30),
}
_USUAL_LENGTHS: Final = (30, 60, 60, 90)
_RATINGS: Final = ("ALL", "ALL", "7", "12", "15")


@dataclass(frozen=True, slots=True)
class Programme:
    """One programme of a channel."""

    id: str
    channel: int
    title: str
    start: datetime
    end: datetime
    genre: Genre
    rating: str

    def as_dict(self) -> JsonDict:
        """Return the programme as the account API shows it."""
        return {
            "id": self.id,
            "channelNumber": self.channel,
            "title": self.title,
            "start": iso(self.start),
            "end": iso(self.end),
            "genre": self.genre.name.lower(),
            "rating": self.rating,
        }

    def as_row(self, channel: Channel) -> JsonDict:
        """Return the programme with the names of KT's `/otp/v1`."""
        return {
            "CHNL_NO": str(channel.number),
            "CHNL_NM": channel.name,
            "PRGM_ID": self.id,
            "PRGM_NM": self.title,
            "STRT_TM": digits(self.start),
            "FIN_TM": digits(self.end),
            "GENRE_ID": str(int(self.genre)),
        }


@lru_cache(maxsize=1024)
def day(seed: int, channel: Channel, on: date) -> tuple[Programme, ...]:
    """Return a channel's programmes of one Korean day, from midnight to midnight without gaps."""
    rng = random.Random(f"{seed}:{channel.number}:{on.isoformat()}")
    first, second = _PARTS[channel.genre]
    lengths = _LENGTHS.get(channel.genre, _USUAL_LENGTHS)
    start = datetime.combine(on, time(), SEOUL)
    midnight = start + timedelta(days=1)
    programmes: list[Programme] = []
    while start < midnight:
        end = min(start + timedelta(minutes=rng.choice(lengths)), midnight)
        joint = "" if channel.genre is Genre.DOCUMENTARY else " "
        programmes.append(
            Programme(
                id=f"p-{channel.number}-{on:%Y%m%d}-{len(programmes):02d}",
                channel=channel.number,
                title=f"{rng.choice(first)}{joint}{rng.choice(second)}",
                start=start,
                end=end,
                genre=channel.genre,
                rating=rng.choice(_RATINGS),
            )
        )
        start = end
    return tuple(programmes)


def between(seed: int, channel: Channel, start: datetime, end: datetime) -> list[Programme]:
    """Return what a channel shows between two moments."""
    programmes: list[Programme] = []
    on = start.astimezone(SEOUL).date()
    while datetime.combine(on, time(), SEOUL) < end:
        programmes.extend(row for row in day(seed, channel, on) if row.start < end and row.end > start)
        on += timedelta(days=1)
    return programmes


def current(seed: int, channel: Channel, now: datetime) -> Programme:
    """Return what a channel shows now."""
    return between(seed, channel, now, now + timedelta(seconds=1))[0]
