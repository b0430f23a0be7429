"""Applications of a television and the words for them."""

from typing import Final

APPS: Final[tuple[tuple[str, str], ...]] = (
    ("netflix", "넷플릭스 넷플 네플릭스 넥플릭스 넷플렉스 netflix"),
    ("disney_plus", "디즈니플러스 디플 디즈니+ 디즈니 disneyplus disney+"),
    ("youtube", "유튜브 유투브 유튭 youtube"),
    ("youtube_kids", "유튜브키즈 youtubekids"),
    ("tving", "티빙 tving"),
    ("wavve", "웨이브 wavve"),
    ("coupang_play", "쿠팡플레이 쿠플 coupangplay"),
    ("watcha", "왓챠 왓차 watcha"),
    ("apple_tv", "애플티비 애플tv 애플티비플러스 appletv appletvplus appletv+"),
    ("prime_video", "프라임비디오 아마존프라임 아마존프라임비디오 primevideo amazonprime amazonprimevideo"),
    ("laftel", "라프텔 laftel"),
    ("genie_music", "지니뮤직앱 geniemusic"),
    ("spotify", "스포티파이앱 spotify"),
    ("afreeca_tv", "아프리카티비 아프리카tv afreecatv soop"),
    ("chzzk", "치지직 chzzk"),
    ("twitch", "트위치 twitch"),
    ("naver_tv", "네이버티비 네이버tv navertv"),
    ("kakao_tv", "카카오티비 카카오tv kakaotv"),
)  # fmt: skip
