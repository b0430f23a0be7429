"""How the values of frames are said: modes, courses, colours, applications, numbers."""

from collections.abc import Mapping
from typing import Final


def value_word(value: object, language: str) -> str:
    """Return how a value is said, empty for none."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    said = _KOREAN if language.startswith("ko") else _ENGLISH
    return said.get(str(value), str(value).replace("_", " "))


_KOREAN: Final[Mapping[str, str]] = {
    "low": "약풍",
    "medium": "중풍",
    "high": "강풍",
    "auto": "자동",
    "turbo": "터보",
    "cool": "냉방",
    "heat": "난방",
    "dry": "제습",
    "fan_only": "송풍",
    "eco": "절전",
    "sleep": "취침",
    "away": "외출",
    "home": "귀가",
    "movie": "영화",
    "hot_water": "온수",
    "power_cool": "파워 냉방",
    "express_cool": "특급 냉장",
    "express_freeze": "특급 냉동",
    "standard": "표준",
    "quick": "쾌속",
    "delicate": "섬세",
    "wool": "울",
    "bedding": "이불",
    "towel": "수건",
    "baby": "아기옷",
    "suit": "정장",
    "uniform": "교복",
    "fine_dust": "미세먼지",
    "intensive": "강력",
    "rinse_spin": "헹굼 탈수",
    "tub_clean": "통세척",
    "netflix": "넷플릭스",
    "disney_plus": "디즈니플러스",
    "youtube": "유튜브",
    "tving": "티빙",
    "wavve": "웨이브",
    "coupang_play": "쿠팡플레이",
    "express": "특급",
    "youtube_kids": "유튜브 키즈",
    "watcha": "왓챠",
    "apple_tv": "애플TV",
    "prime_video": "프라임 비디오",
    "laftel": "라프텔",
    "genie_music": "지니뮤직",
    "spotify": "스포티파이",
    "afreeca_tv": "아프리카TV",
    "chzzk": "치지직",
    "twitch": "트위치",
    "naver_tv": "네이버TV",
    "kakao_tv": "카카오TV",
    "blue": "파란색",
    "green": "초록색",
    "orange": "주황색",
    "pink": "분홍색",
    "purple": "보라색",
    "red": "빨간색",
    "yellow": "노란색",
    "white": "하얀색",
    "warm_white": "전구색",
    "cool_white": "주광색",
    "daylight": "주광색",
}
_ENGLISH: Final[Mapping[str, str]] = {
    "netflix": "Netflix",
    "disney_plus": "Disney+",
    "youtube": "YouTube",
    "tving": "TVING",
    "wavve": "Wavve",
    "coupang_play": "Coupang Play",
    "youtube_kids": "YouTube Kids",
    "watcha": "WATCHA",
    "apple_tv": "Apple TV",
    "prime_video": "Prime Video",
    "laftel": "Laftel",
    "genie_music": "Genie Music",
    "spotify": "Spotify",
    "afreeca_tv": "AfreecaTV",
    "chzzk": "CHZZK",
    "twitch": "Twitch",
    "naver_tv": "Naver TV",
    "kakao_tv": "Kakao TV",
}
"""Proper names; of other words the plain one will do."""
