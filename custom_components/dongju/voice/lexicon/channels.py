# ruff: noqa: E501 - tables of words read best one row to a line
"""Television channels: canonical name and how people say it in Korean and English; numbers belong to the home."""

from itertools import product
from typing import Final

# A row: canonical name, further words. Latin letters spelled out in Hangul are generated from the name.
CHANNELS: Final[tuple[tuple[str, str], ...]] = (
    ("KBS1", "kbs1 kbs원 케이비에스일 케이비에스원 케이비에스1 kbs일 kbs one kbsone kbs 케이비에스 한국방송"),
    ("KBS2", "kbs2 kbs투 케이비에스이 케이비에스투 케이비에스2 kbs이 kbstwo"),
    ("MBC", "mbc 엠비씨 엠비시 문화방송"),
    ("SBS", "sbs 에스비에스 스브스 서울방송"),
    ("EBS1", "ebs1 ebs 이비에스 이비에스1 이비에스원 이비에스일 교육방송 ebs일 ebs원"),
    ("EBS2", "ebs2 이비에스투 이비에스2 이비에스이 ebs이 ebs투"),
    ("JTBC", "jtbc 제이티비씨 제이티비시"),
    ("JTBC2", "jtbc2 제이티비씨투 제이티비씨2 제이티비씨이"),
    ("JTBC_GOLF", "jtbc골프 제이티비씨골프 jtbcgolf"),
    ("tvN", "tvn 티비엔 티브이엔 티븨엔"),
    ("tvN_SHOW", "tvn쇼 티비엔쇼 tvnshow"),
    ("tvN_STORY", "tvn스토리 티비엔스토리 tvnstory"),
    ("tvN_DRAMA", "tvn드라마 티비엔드라마 tvndrama"),
    ("tvN_SPORTS", "tvn스포츠 티비엔스포츠 tvnsports"),
    ("OCN", "ocn 오씨엔 오시엔"),
    ("OCN_MOVIES", "ocn무비즈 오씨엔무비즈 ocn무비 오씨엔무비 ocnmovies"),
    ("YTN", "ytn 와이티엔"),
    ("MBN", "mbn 엠비엔 매일방송"),
    ("YNA_TV", "연합뉴스티비 연합뉴스tv 연합뉴스 연합티비 연합뉴스티브이 yonhap yonhapnews yonhapnewstv 뉴스와이 ynatv"),
    ("TV_CHOSUN", "tv조선 티비조선 조선티비 티브이조선 tvchosun chosun"),
    ("CHANNEL_A", "채널a 채널에이 channela"),
    ("TOONIVERSE", "투니버스 투니 tooniverse"),
    ("CGV", "cgv 씨지브이 시지브이 채널cgv 채널씨지브이 ocncgv"),
    ("SUPER_ACTION", "슈퍼액션 수퍼액션 superaction"),
    ("SCREEN", "스크린 screen 스크린채널"),
    ("CINEF", "씨네프 시네프 cinef"),
    ("SPOTV", "spotv 스포티비 스포티브이"),
    ("SPOTV2", "spotv2 스포티비투 스포티비2"),
    ("KBS_SPORTS", "kbs엔스포츠 kbsn스포츠 케이비에스엔스포츠 kbs스포츠 케이비에스스포츠 kbsnsports"),
    ("MBC_SPORTS", "mbc스포츠 엠비씨스포츠 mbc스포츠플러스 엠비씨스포츠플러스 mbcsportsplus 엠스플"),
    ("SBS_SPORTS", "sbs스포츠 에스비에스스포츠 sbssports"),
    ("SBS_GOLF", "sbs골프 에스비에스골프 sbsgolf"),
    ("SBS_PLUS", "sbs플러스 에스비에스플러스 sbsplus"),
    ("SBS_BIZ", "sbs비즈 에스비에스비즈 sbsbiz"),
    ("MBC_EVERY1", "mbc에브리원 엠비씨에브리원 mbcevery1 에브리원"),
    ("MBC_DRAMANET", "mbc드라마넷 엠비씨드라마넷 드라마넷"),
    ("KBS_DRAMA", "kbs드라마 케이비에스드라마 kbsdrama"),
    ("KBS_JOY", "kbs조이 케이비에스조이 kbsjoy kbsn조이"),
    ("MNET", "mnet 엠넷 엠네트"),
    ("OLIVE", "올리브 olive 올리브티비"),
    ("XTVN", "xtvn 엑스티비엔"),
    ("ENA", "ena 이엔에이 이앤에이"),
    ("CARTOON_NETWORK", "카툰네트워크 cartoonnetwork"),
    ("NICKELODEON", "니켈로디언 nickelodeon"),
    ("DISNEY_CHANNEL", "디즈니채널 disneychannel"),
    ("DISNEY_JUNIOR", "디즈니주니어 disneyjunior"),
    ("ANIMAX", "애니맥스 animax"),
    ("ANIBOX", "애니박스 anibox"),
    ("ANIONE", "애니원 anione"),
    ("ANIPLUS", "애니플러스 aniplus"),
    ("JEI", "재능티비 재능방송 jei재능티비 재능tv"),
    ("DISCOVERY", "디스커버리 디스커버리채널 discovery discoverychannel"),
    ("NATIONAL_GEOGRAPHIC", "내셔널지오그래픽 내셔널지오그래픽채널 nationalgeographic"),
    ("HISTORY", "히스토리 히스토리채널 historychannel"),
    ("BBC_NEWS", "bbc 비비씨 비비시 bbcnews"),
    ("CNN", "cnn 씨엔엔 시엔엔"),
    ("NHK", "nhk 엔에이치케이"),
    ("ARIRANG", "아리랑 아리랑티비 arirang 아리랑tv"),
    ("KTV", "ktv 케이티비"),
    ("NATV", "국회방송 국회티비 natv"),
    ("CBS", "cbs 씨비에스 기독교방송"),
    ("BTN", "btn 불교티비 불교방송"),
    ("BBS", "bbs 비비에스"),
    ("CPBC", "cpbc 평화방송 가톨릭평화방송"),
    ("GS_SHOP", "gs샵 지에스샵 gs홈쇼핑 지에스홈쇼핑 gsshop"),
    ("CJ_ONSTYLE", "cj온스타일 씨제이온스타일 cj홈쇼핑 씨제이홈쇼핑 씨제이오쇼핑 cjonstyle"),
    ("HYUNDAI_HOMESHOPPING", "현대홈쇼핑"),
    ("LOTTE_HOMESHOPPING", "롯데홈쇼핑"),
    ("NS_HOMESHOPPING", "ns홈쇼핑 엔에스홈쇼핑"),
    ("HOME_AND_SHOPPING", "홈앤쇼핑"),
    ("MTV", "mtv 엠티비"),
    ("ETN", "etn 이티엔"),
    ("FTV", "ftv 한국낚시채널 낚시채널 에프티비"),
    ("FISHING_TV", "피싱티비 fishingtv"),
    ("BADUK_TV", "바둑티비 바둑tv baduktv"),
    ("GOLF_CHANNEL", "골프채널 golfchannel"),
    ("ONGAMENET", "온게임넷 ogn 오지엔"),
    ("LIFETIME", "라이프타임 lifetime"),
    ("AXN", "axn 에이엑스엔"),
    ("FOX", "fox 폭스채널 폭스"),
    ("SKY_SPORTS", "스카이스포츠 skysports"),
    ("SKY_DRAMA", "스카이드라마 skydrama"),
    ("WEATHER_CHANNEL", "날씨채널 웨더채널 weatherchannel 기상채널"),
    ("REAL_ESTATE_TV", "부동산티비 rtn"),
    ("KOREA_ECONOMIC_TV", "한국경제티비 한경티비 한국경제tv"),
    ("MTN", "머니투데이방송 mtn 엠티엔"),
    ("SEOUL_ECONOMIC_TV", "서울경제티비 서울경제tv"),
    ("E_CHANNEL", "e채널 이채널 echannel"),
    ("CHANNEL_J", "채널제이 채널j"),
    ("CHANNEL_CHING", "채널칭 중화티비 중화tv"),
)  # fmt: skip

_LETTERS: Final = {
    "a": "에이", "b": "비", "c": "씨", "d": "디", "e": "이", "f": "에프", "g": "지", "h": "에이치", "i": "아이", "j": "제이", "k": "케이",
    "l": "엘", "m": "엠", "n": "엔", "o": "오", "p": "피", "q": "큐", "r": "알", "s": "에스", "t": "티", "u": "유", "v": "브이", "w": "더블유",
    "x": "엑스", "y": "와이", "z": "제트",
}  # fmt: skip
_DIGITS: Final = {"1": ("일", "원", "1"), "2": ("이", "투", "2"), "3": ("삼", "쓰리", "3")}
_WORDS: Final = {
    "sports": "스포츠",
    "drama": "드라마",
    "movies": "무비즈",
    "golf": "골프",
    "plus": "플러스",
    "shop": "샵",
    "tv": "티비",
}


def spelled(name: str) -> set[str]:
    """Return how Koreans spell out a channel name in Latin letters ("cgv" -> "씨지브이"); empty when they cannot."""
    parts = [part for part in name.casefold().replace("_", " ").split() if part]
    options: list[tuple[str, ...]] = []
    for part in parts:
        if part in _WORDS:
            options.append((_WORDS[part],))
            continue
        for char in part:
            if char in _DIGITS:
                options.append(_DIGITS[char])
            elif char in _LETTERS:
                options.append((_LETTERS[char],))
            else:
                return set()
    return {"".join(choice) for choice in product(*options)} if len(options) <= 8 else set()


def aliases(name: str, words: str = "") -> set[str]:
    """Return every spoken form of a channel, without spaces and in lower case."""
    plain = name.casefold().replace("_", "")
    short = len(plain) <= 5
    return {plain, *words.split(), *(spelled(name) if short else ())}
