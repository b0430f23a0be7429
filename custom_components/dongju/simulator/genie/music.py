"""A small invented music library in the place of Genie Music, with radio and podcasts that need no link."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from .envelope import JsonDict

MUSIC: Final = "music"
RADIO: Final = "radio"
PODCAST: Final = "podcast"


@dataclass(frozen=True, slots=True)
class Track:
    """Something that can be played; a duration of 0 never ends."""

    id: str
    title: str
    artist: str
    album: str
    genre: str
    duration_s: int
    content_type: str = MUSIC

    @property
    def image(self) -> str:
        """Return the path of its picture on the mock server."""
        return f"/genie/art/{self.id}.svg"

    def detail(self, base: str) -> JsonDict:
        """Return KT's music `infoDetail` (title, artist, imageurl, duration as text) with our track id and album."""
        return {
            "trackId": self.id,
            "title": self.title,
            "artist": self.artist,
            "album": self.album,
            "genre": self.genre,
            "imageurl": f"{base}{self.image}",
            "duration": str(self.duration_s),
        }


_SONGS: Final = (
    ("아침 산책", "가상 밴드", "골목길", "인디", 187),
    ("골목 끝 편의점", "가상 밴드", "골목길", "인디", 203),
    ("우산 하나", "가상 밴드", "골목길", "인디", 221),
    ("노을 정거장", "파란지붕", "노을 정거장", "발라드", 254),
    ("느린 편지", "파란지붕", "노을 정거장", "발라드", 241),
    ("겨울 창가", "파란지붕", "노을 정거장", "발라드", 263),
    ("두 번째 여름", "여름언니", "두 번째 여름", "댄스", 192),
    ("반짝반짝 신호등", "여름언니", "두 번째 여름", "댄스", 178),
    ("주말엔 달려", "여름언니", "두 번째 여름", "댄스", 185),
    ("한밤의 재즈 카페", "문리버 트리오", "자정의 세 사람", "재즈", 312),
    ("비 오는 오후", "문리버 트리오", "자정의 세 사람", "재즈", 287),
    ("천천히 블루", "문리버 트리오", "자정의 세 사람", "재즈", 334),
    ("숲의 왈츠", "새벽 실내악단", "숲의 왈츠", "클래식", 402),
    ("작은 소나타", "새벽 실내악단", "숲의 왈츠", "클래식", 365),
    ("첼로를 위한 노래", "새벽 실내악단", "숲의 왈츠", "클래식", 391),
    ("꼬마 자동차 빵빵", "햇살 동요단", "햇살 동요", "동요", 96),
    ("곰 세 식구네", "햇살 동요단", "햇살 동요", "동요", 104),
    ("달님 안녕", "햇살 동요단", "햇살 동요", "동요", 88),
    ("잘 자라 우리 별", "햇살 동요단", "꿈나라 자장가", "자장가", 142),
    ("양 백 마리", "햇살 동요단", "꿈나라 자장가", "자장가", 180),
    ("파도 소리", "자연의 소리", "쉬는 시간", "힐링", 600),
    ("빗소리", "자연의 소리", "쉬는 시간", "힐링", 600),
    ("모닥불", "자연의 소리", "쉬는 시간", "힐링", 600),
    ("지하철 2호선 랩소디", "마포 힙합", "환승역", "힙합", 205),
    ("환승입니다", "마포 힙합", "환승역", "힙합", 198),
    ("고속도로 휴게소", "트로트 남매", "인생은 한 박자", "트로트", 214),
    ("인생은 한 박자", "트로트 남매", "인생은 한 박자", "트로트", 226),
    ("Ocean Drive at Six", "The Paper Boats", "Paper Boats", "팝", 231),
    ("Postcards", "The Paper Boats", "Paper Boats", "팝", 219),
    ("Cold Coffee", "The Paper Boats", "Paper Boats", "팝", 208),
)
_STATIONS: Final = (
    ("radio-classic", "클래식 라디오", "동주 라디오", "클래식"),
    ("radio-pop", "팝 라디오", "동주 라디오", "팝"),
    ("radio-news", "뉴스 라디오", "동주 라디오", "뉴스"),
)
_EPISODES: Final = (
    ("podcast-science", "오늘의 과학 한 조각", "동주 팟캐스트", "과학", 780),
    ("podcast-books", "책 읽는 밤", "동주 팟캐스트", "책", 1260),
)

TRACKS: Final[Mapping[str, Track]] = {
    track.id: track
    for track in (
        *(Track(f"m-{number:04d}", *row) for number, row in enumerate(_SONGS, 1)),
        *(Track(key, title, artist, artist, genre, 0, RADIO) for key, title, artist, genre in _STATIONS),
        *(Track(key, title, artist, artist, genre, length, PODCAST) for key, title, artist, genre, length in _EPISODES),
    )
}

PLAYLISTS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "pl-top": ("오늘의 인기 음악", ("인디", "발라드", "댄스", "힙합", "팝")),
    "pl-calm": ("조용한 저녁", ("재즈", "발라드", "클래식")),
    "pl-kids": ("우리 아이 동요", ("동요",)),
    "pl-sleep": ("잠이 솔솔", ("자장가", "힐링")),
    "pl-drive": ("드라이브", ("댄스", "팝", "트로트")),
}

# Words of a request that say nothing about what to play.
_STOP_WORDS: Final = (
    "노래",
    "음악",
    "틀어줘",
    "틀어",
    "들려줘",
    "재생해줘",
    "재생",
    "추천",
    "신나는",
    "좋은",
    "play",
    "music",
    "some",
    "song",
)


def playlist_tracks(playlist_id: str) -> list[Track]:
    """Return the tracks of a playlist, none for an unknown one."""
    genres = PLAYLISTS.get(playlist_id, ("", ()))[1]
    return [track for track in TRACKS.values() if track.content_type == MUSIC and track.genre in genres]


def search(query: str, limit: int = 20) -> list[Track]:
    """Return tracks by title, artist, album or genre, the best first; "노래" alone finds the popular ones."""
    words = _words(query)
    if not words:
        return playlist_tracks("pl-top")[:limit]
    scored = [(_score(track, words), number, track) for number, track in enumerate(TRACKS.values())]
    return [track for score, _number, track in sorted(scored, key=lambda row: (-row[0], row[1])) if score > 0][:limit]


def to_play(query: str) -> list[Track]:
    """Return what a request to play means: the songs found, or the one station or episode when that fits best."""
    found = search(query)
    if found and found[0].content_type != MUSIC:
        return found[:1]
    return [track for track in found if track.content_type == MUSIC]


def music_list(tracks: list[Track], base: str, query: str) -> JsonDict:
    """Return search results as `metaInfo`."""
    if tracks:
        message = f"{tracks[0].artist}의 {tracks[0].title}, 모두 {len(tracks)}곡을 찾았어요."
    else:
        message = "찾으시는 음악이 없어요."
    return {
        "contentType": MUSIC,
        "infoType": "musicList",
        "mesg": message,
        "infoDetail": {"query": query, "list": [track.detail(base) for track in tracks]},
    }


def art(track: Track) -> str:
    """Return a picture for a track: two colours from its album and its title."""
    hue = sum(ord(letter) for letter in track.album) * 37 % 360
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300">'
        f'<rect width="300" height="300" fill="hsl({hue},45%,35%)"/>'
        f'<circle cx="150" cy="120" r="70" fill="hsl({(hue + 40) % 360},60%,65%)"/>'
        f'<text x="150" y="245" font-size="24" fill="white" text-anchor="middle">{escape(track.title)}</text>'
        f'<text x="150" y="275" font-size="16" fill="white" text-anchor="middle">{escape(track.artist)}</text></svg>'
    )


def _words(query: str) -> list[str]:
    text = query.casefold()
    for word in _STOP_WORDS:
        text = text.replace(word, " ")
    return [word for word in text.split() if word not in {"좀", "the", "a", "by"}]


def _score(track: Track, words: list[str]) -> int:
    fields: tuple[tuple[str, int], ...] = (
        (track.title, 8),
        (track.artist, 6),
        (track.album, 3),
        (track.genre, 4),
        ({RADIO: "라디오 radio", PODCAST: "팟캐스트 podcast"}.get(track.content_type, ""), 7),
    )
    total = 0
    joined = "".join(words)
    for text, weight in fields:
        plain = text.casefold().replace(" ", "")
        if plain and plain == joined:
            total += weight * 4
        total += sum(weight for word in words if word in plain or (plain and plain in word))
    return total


def describe_playlist(playlist_id: str) -> JsonDict:
    """Return a playlist with its length."""
    name: Any = PLAYLISTS[playlist_id][0]
    return {"playlistId": playlist_id, "name": name, "size": len(playlist_tracks(playlist_id))}
