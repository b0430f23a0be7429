"""The channel map of the set-top box: number, Korean name, English name, genre and the names people say.

Numbers follow a public list of about 2019 with today's names; the map of a real subscriber differs by region and
contract.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final


class Genre(IntEnum):
    """Our meaning of `GENRE_ID` 0 to 10; only the range is KT's."""

    ALL = 0
    TERRESTRIAL = 1
    GENERAL = 2
    NEWS = 3
    ENTERTAINMENT = 4
    MOVIE = 5
    SPORTS = 6
    KIDS = 7
    DOCUMENTARY = 8
    MUSIC = 9
    SHOPPING = 10


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel; `aliases` are spoken names, and an alias shared by two channels is ambiguous on purpose."""

    number: int
    name: str
    name_en: str
    genre: Genre
    aliases: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the row as the account API shows it."""
        return {
            "number": self.number,
            "name": self.name,
            "nameEn": self.name_en,
            "genre": self.genre.name.lower(),
            "genreId": int(self.genre),
            "aliases": list(self.aliases),
        }


T, G, N, E, M = Genre.TERRESTRIAL, Genre.GENERAL, Genre.NEWS, Genre.ENTERTAINMENT, Genre.MOVIE
S, K, D, U, H = Genre.SPORTS, Genre.KIDS, Genre.DOCUMENTARY, Genre.MUSIC, Genre.SHOPPING

CHANNELS: Final = (
    Channel(1, "ENA", "ENA", E, ("이엔에이", "스카이드라마")),
    Channel(2, "신세계라이브쇼핑", "Shinsegae Live Shopping", H, ("신세계쇼핑",)),
    Channel(3, "MBC에브리원", "MBC Every1", E, ("엠비씨에브리원", "에브리원")),
    Channel(4, "CJ온스타일", "CJ OnStyle", H, ("씨제이온스타일", "CJ오쇼핑")),
    Channel(5, "SBS", "SBS", T, ("에스비에스", "에쓰비에스")),
    Channel(6, "롯데홈쇼핑", "Lotte Home Shopping", H, ("롯데쇼핑",)),
    Channel(7, "KBS2", "KBS2", T, ("케이비에스투", "케이비에스2", "KBS", "케이비에스")),
    Channel(8, "GS SHOP", "GS SHOP", H, ("지에스샵", "GS샵", "GS홈쇼핑")),
    Channel(9, "KBS1", "KBS1", T, ("케이비에스원", "케이비에스1", "KBS", "케이비에스")),
    Channel(10, "현대홈쇼핑", "Hyundai Home Shopping", H, ("현대쇼핑",)),
    Channel(11, "MBC", "MBC", T, ("엠비씨", "문화방송")),
    Channel(12, "NS홈쇼핑", "NS Home Shopping", H, ("엔에스홈쇼핑",)),
    Channel(13, "EBS1", "EBS1", T, ("이비에스원", "이비에스1", "EBS", "이비에스", "교육방송")),
    Channel(14, "홈앤쇼핑", "Home & Shopping", H, ("홈쇼핑",)),
    Channel(15, "JTBC", "JTBC", G, ("제이티비씨",)),
    Channel(16, "MBN", "MBN", G, ("엠비엔", "매일방송")),
    Channel(17, "tvN", "tvN", E, ("티비엔", "티브이엔")),
    Channel(18, "채널A", "Channel A", G, ("채널에이",)),
    Channel(19, "TV조선", "TV Chosun", G, ("티비조선", "티브이조선", "조선")),
    Channel(20, "K쇼핑", "K Shopping", H, ("케이쇼핑", "KT알파쇼핑")),
    Channel(21, "OCN", "OCN", M, ("오씨엔",)),
    Channel(22, "공영쇼핑", "Public Home Shopping", H, ("아임쇼핑",)),
    Channel(23, "연합뉴스TV", "Yonhap News TV", N, ("연합뉴스", "연합뉴스티비", "YNA_TV", "연합티비")),
    Channel(24, "YTN", "YTN", N, ("와이티엔",)),
    Channel(25, "SBS Biz", "SBS Biz", N, ("에스비에스비즈", "SBS CNBC")),
    Channel(26, "OBS", "OBS", T, ("오비에스", "경인방송")),
    Channel(27, "Mnet", "Mnet", U, ("엠넷",)),
    Channel(28, "CJ온스타일플러스", "CJ OnStyle Plus", H, ("씨제이온스타일플러스",)),
    Channel(29, "OCN Movies", "OCN Movies", M, ("오씨엔무비즈", "채널CGV")),
    Channel(30, "SK스토아", "SK stoa", H, ("에스케이스토아",)),
    Channel(32, "OCN Movies2", "OCN Movies 2", M, ("오씨엔무비즈2", "슈퍼액션")),
    Channel(33, "쇼핑엔티", "Shopping&T", H, ("쇼핑앤티",)),
    Channel(34, "올리브", "Olive", E, ("올리브티비",)),
    Channel(35, "KBS 드라마", "KBS Drama", E, ("케이비에스드라마",)),
    Channel(36, "현대홈쇼핑+샵", "Hyundai Home Shopping Plus", H, ("현대플러스샵",)),
    Channel(37, "SBS Plus", "SBS Plus", E, ("에스비에스플러스",)),
    Channel(38, "GS MY SHOP", "GS MY SHOP", H, ("지에스마이샵",)),
    Channel(39, "JTBC2", "JTBC2", E, ("제이티비씨투", "제이티비씨2")),
    Channel(40, "W쇼핑", "W Shopping", H, ("더블유쇼핑",)),
    Channel(41, "KBS Joy", "KBS Joy", E, ("케이비에스조이",)),
    Channel(42, "NS Shop+", "NS Shop Plus", H, ("엔에스샵플러스",)),
    Channel(43, "SBS funE", "SBS funE", E, ("에스비에스펀이",)),
    Channel(44, "롯데원티비", "Lotte One TV", H, ("롯데원TV",)),
    Channel(45, "tvN STORY", "tvN STORY", E, ("티비엔스토리", "오티비엔", "O tvN")),
    Channel(46, "드라마큐브", "Drama Cube", E),
    Channel(47, "드라맥스", "Dramax", E),
    Channel(48, "E채널", "E Channel", E, ("이채널",)),
    Channel(49, "skyPetpark", "skyPetpark", D, ("스카이펫파크",)),
    Channel(50, "ENA PLAY", "ENA PLAY", E, ("이엔에이플레이", "스카이엔터")),
    Channel(51, "SPOTV", "SPOTV", S, ("스포티비",)),
    Channel(52, "SPOTV2", "SPOTV2", S, ("스포티비투", "스포티비2")),
    Channel(53, "IB 스포츠", "IB SPORTS", S, ("아이비스포츠",)),
    Channel(54, "skySports", "skySports", S, ("스카이스포츠",)),
    Channel(55, "골프채널코리아", "Golf Channel Korea", S, ("골프채널",)),
    Channel(56, "JTBC 골프", "JTBC Golf", S, ("제이티비씨골프", "골프채널")),
    Channel(57, "SBS 골프", "SBS Golf", S, ("에스비에스골프", "골프채널")),
    Channel(58, "SBS 스포츠", "SBS Sports", S, ("에스비에스스포츠",)),
    Channel(59, "KBS N 스포츠", "KBS N Sports", S, ("케이비에스엔스포츠", "KBS스포츠")),
    Channel(60, "MBC 스포츠플러스", "MBC SPORTS+", S, ("엠비씨스포츠", "MBC스포츠")),
    Channel(61, "MBC 스포츠플러스2", "MBC SPORTS+2", S, ("엠비씨스포츠투", "MBC스포츠")),
    Channel(62, "JTBC 골프앤스포츠", "JTBC Golf & Sports", S, ("JTBC3",)),
    Channel(63, "스타스포츠", "Star Sports", S),
    Channel(64, "KTV", "KTV", D, ("케이티비", "국민방송")),
    Channel(65, "국회방송", "National Assembly TV", N),
    Channel(66, "캐치온1", "Catch On 1", M, ("캐치온",)),
    Channel(67, "캐치온2", "Catch On 2", M),
    Channel(68, "CNTV", "CNTV", E, ("씨엔티비",)),
    Channel(69, "C TIME", "C TIME", E, ("씨타임",)),
    Channel(70, "드라마H", "Drama H", E),
    Channel(71, "FUN TV", "FUN TV", E, ("펀티비",)),
    Channel(73, "GTV", "GTV", E, ("지티비",)),
    Channel(74, "하이라이트TV", "Highlight TV", E, ("하이라이트티비",)),
    Channel(76, "tvN SHOW", "tvN SHOW", E, ("티비엔쇼", "XtvN")),
    Channel(77, "온스타일", "OnStyle", E),
    Channel(79, "엣지TV", "Edge TV", E, ("엣지티비",)),
    Channel(81, "OBS W", "OBS W", E, ("오비에스더블유",)),
    Channel(82, "동아TV", "Dong-A TV", E, ("동아티비",)),
    Channel(83, "KBS W", "KBS W", E, ("케이비에스더블유",)),
    Channel(84, "스마일TV", "Smile TV", E, ("스마일티비",)),
    Channel(85, "코미디TV", "Comedy TV", E, ("코미디티비",)),
    Channel(87, "K STAR", "K STAR", E, ("케이스타",)),
    Channel(88, "GMTV", "GMTV", U, ("지엠티비",)),
    Channel(90, "클래시카", "CLASSICA", U),
    Channel(91, "예술TV 아르떼", "Arte TV", U, ("아르떼", "아르떼티비")),
    Channel(92, "아이넷TV", "iNET TV", U, ("아이넷", "아이넷티비")),
    Channel(93, "가요TV", "Gayo TV", U, ("가요티비",)),
    Channel(95, "EBS2", "EBS2", T, ("이비에스투", "이비에스2", "EBS", "이비에스")),
    Channel(96, "SBS M", "SBS M", U, ("에스비에스엠", "SBS MTV")),
    Channel(97, "MBC M", "MBC M", U, ("엠비씨엠", "MBC뮤직")),
    Channel(98, "채널A 플러스", "Channel A Plus", E, ("채널에이플러스",)),
    Channel(99, "MBN 플러스", "MBN Plus", E, ("엠비엔플러스",)),
    Channel(100, "ENA STORY", "ENA STORY", D, ("이엔에이스토리", "스카이트래블")),
    Channel(101, "UXN", "UXN", M, ("유엑스엔",)),
    Channel(102, "채널차이나", "Channel China", E),
    Channel(103, "엠플렉스", "Mplex", M),
    Channel(104, "더무비", "THE MOVIE", M),
    Channel(106, "스크린", "Screen", M),
    Channel(108, "채널J", "Channel J", E, ("채널제이",)),
    Channel(109, "Asia UHD", "Asia UHD", E, ("아시아유에이치디",)),
    Channel(110, "중화TV", "Zhonghua TV", E, ("중화티비",)),
    Channel(111, "아시아N", "Asia N", E, ("아시아엔",)),
    Channel(112, "히어로액션", "Hero Action", M),
    Channel(113, "AXN", "AXN", M, ("에이엑스엔",)),
    Channel(114, "텔레노벨라", "Telenovela", E),
    Channel(115, "디원", "D.ONE", E),
    Channel(116, "빌리어즈TV", "Billiards TV", S, ("당구채널", "빌리어즈티비")),
    Channel(117, "마운틴TV", "Mountain TV", D, ("마운틴티비",)),
    Channel(118, "FTV", "FTV", S, ("에프티비", "낚시채널")),
    Channel(119, "피싱TV", "FISHING TV", S, ("피싱티비", "낚시채널")),
    Channel(120, "바둑TV", "Baduk TV", S, ("바둑티비", "바둑채널")),
    Channel(121, "K바둑", "K-Baduk", S, ("케이바둑", "바둑채널")),
    Channel(122, "브레인TV", "Brain TV", S, ("브레인티비",)),
    Channel(123, "OGN", "OGN", S, ("오지엔", "온게임넷")),
    Channel(124, "SPOTV Games", "SPOTV Games", S, ("스포티비게임즈",)),
    Channel(125, "SPOTV+", "SPOTV Plus", S, ("스포티비플러스",)),
    Channel(127, "리얼TV", "Real TV", D, ("리얼티비",)),
    Channel(129, "폴라리스TV", "Polaris TV", D, ("폴라리스티비",)),
    Channel(132, "투니버스", "Tooniverse", K, ("TOONIVERSE",)),
    Channel(133, "애니맥스", "ANIMAX", K),
    Channel(134, "애니원", "Anione", K),
    Channel(135, "애니박스", "Anibox", K),
    Channel(136, "니켈로디언", "Nickelodeon", K),
    Channel(137, "카툰네트워크", "Cartoon Network", K),
    Channel(138, "애니플러스", "Aniplus", K),
    Channel(139, "부메랑", "Boomerang", K),
    Channel(141, "어린이TV", "Kids TV Daekyo", K, ("대교어린이TV", "어린이티비")),
    Channel(142, "재능TV", "JEI TV", K, ("재능티비",)),
    Channel(144, "KBS 키즈", "KBS Kids", K, ("케이비에스키즈",)),
    Channel(145, "EBS 키즈", "EBS Kids", K, ("이비에스키즈",)),
    Channel(146, "베이비TV", "Baby TV", K, ("베이비티비",)),
    Channel(148, "키즈원", "Kids One", K),
    Channel(154, "JEI English TV", "JEI English TV", K, ("재능잉글리시",)),
    Channel(156, "EBS 잉글리시", "EBS English", K, ("이비에스영어",)),
    Channel(157, "EBS 플러스1", "EBS Plus 1", K, ("이비에스플러스원",)),
    Channel(158, "EBS 플러스2", "EBS Plus 2", K, ("이비에스플러스투",)),
    Channel(160, "방송대학TV", "OUN", D, ("방송통신대학",)),
    Channel(164, "MBC NET", "MBC NET", D, ("엠비씨넷",)),
    Channel(166, "환경TV", "Environment TV", D, ("환경티비",)),
    Channel(168, "내셔널지오그래픽", "National Geographic", D, ("내셔널지오", "NGC")),
    Channel(169, "히스토리", "History", D, ("히스토리채널",)),
    Channel(170, "냇지오 와일드", "Nat Geo Wild", D),
    Channel(172, "BBC Earth", "BBC Earth", D, ("비비씨어스",)),
    Channel(175, "YTN 사이언스", "YTN Science", D, ("와이티엔사이언스",)),
    Channel(177, "디스커버리", "Discovery", D, ("디스커버리채널",)),
    Channel(179, "애니멀플래닛", "Animal Planet", D),
    Channel(180, "한국경제TV", "Korea Economy TV", N, ("한국경제", "한국경제티비")),
    Channel(181, "머니투데이방송", "Money Today TV", N, ("머니투데이", "MTN")),
    Channel(182, "매일경제TV", "Maeil Business TV", N, ("매경TV", "매일경제티비")),
    Channel(183, "이데일리TV", "Edaily TV", N, ("이데일리",)),
    Channel(184, "서울경제TV", "Seoul Economy TV", N, ("서울경제",)),
    Channel(185, "토마토TV", "Tomato TV", N, ("토마토증권",)),
    Channel(186, "아시아경제TV", "Asia Economy TV", N, ("아시아경제",)),
    Channel(190, "YTN 라이프", "YTN Life", D, ("와이티엔라이프",)),
    Channel(191, "CNN", "CNN International", N, ("씨엔엔",)),
    Channel(192, "BBC 뉴스", "BBC News", N, ("비비씨뉴스", "BBC월드")),
    Channel(195, "폭스뉴스", "Fox News", N),
    Channel(196, "블룸버그", "Bloomberg", N),
    Channel(197, "CNBC", "CNBC", N, ("씨엔비씨",)),
    Channel(199, "NHK 월드", "NHK World Premium", N, ("엔에이치케이",)),
    Channel(200, "아리랑TV", "Arirang TV", N, ("아리랑", "아리랑티비")),
    Channel(201, "도그TV", "DOG TV", D, ("독티비", "도그티비")),
    Channel(214, "TBS", "TBS", N, ("티비에스", "교통방송")),
    Channel(219, "복지TV", "Welfare TV", D, ("복지티비",)),
    Channel(220, "쿠키건강TV", "Kuki Health TV", D, ("쿠키건강",)),
    Channel(231, "가톨릭평화방송", "CPBC", D, ("평화방송",)),
    Channel(232, "BBS 불교방송", "BBS", D, ("불교방송",)),
    Channel(233, "BTN 불교TV", "BTN", D, ("불교티비",)),
    Channel(236, "CTS 기독교TV", "CTS", D, ("기독교방송",)),
    Channel(238, "CBS", "CBS", D, ("씨비에스",)),
    Channel(252, "한국직업방송", "Work TV", D, ("직업방송",)),
    Channel(260, "국방TV", "KFN TV", D, ("국방티비", "국방방송")),
    Channel(262, "CMTV", "CMTV", U, ("씨엠티비",)),
    Channel(280, "CCTV4", "CCTV4", N),
)
