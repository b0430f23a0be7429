"""Invented news and a small book of knowledge, in KT's `metaInfo` shape."""

from datetime import datetime, timedelta
from typing import Final

from .envelope import JsonDict, iso
from .identifiers import Identifiers

TOPICS: Final = {
    "main": "주요",
    "economy": "경제",
    "society": "사회",
    "sports": "스포츠",
    "culture": "문화",
    "it": "IT",
}

# Headline and first sentence; places, firms and people are invented.
_HEADLINES: Final = {
    "main": (
        ("가상시, 새 도서관 문 열어", "가상시가 오늘 강변에 새 도서관을 열고 시민을 맞았습니다."),
        ("전국 대체로 맑고 일교차 커", "오늘 전국이 대체로 맑겠고 낮과 밤의 기온 차가 크겠습니다."),
        ("동주 대교 보수 공사 다음 달 마무리", "동주 대교의 보수 공사가 다음 달 끝날 것으로 보입니다."),
    ),
    "economy": (
        ("사과 값 지난달보다 내려", "햇사과가 나오면서 사과 값이 지난달보다 내렸습니다."),
        ("동네 가게 배달 공동 앱 확대", "동네 가게가 함께 쓰는 배달 앱이 세 도시로 넓어집니다."),
    ),
    "society": (
        ("초등학교 앞 통학로 넓힌다", "가상시가 초등학교 열 곳의 통학로를 넓히기로 했습니다."),
        ("버스 막차 시간 30분 늦춰", "다음 주부터 시내버스 막차가 30분 늦게까지 다닙니다."),
    ),
    "sports": (
        ("파란 고래, 연장 끝에 역전승", "파란 고래가 연장 접전 끝에 붉은 호랑이를 한 점 차로 이겼습니다."),
        ("마라톤 대회 만 명 달린다", "이번 주말 강변 마라톤 대회에 만 명이 참가합니다."),
    ),
    "culture": (
        ("골목 사진전 주말까지", "오래된 골목을 담은 사진전이 이번 주말까지 열립니다."),
        ("새벽 실내악단 전국 순회", "새벽 실내악단이 다음 달부터 전국을 돌며 연주합니다."),
    ),
    "it": (
        ("우리 집 기기 한데 모으는 표준 관심", "서로 다른 회사의 가전을 함께 쓰는 표준에 관심이 모이고 있습니다."),
        ("어르신 위한 음성 안내 시범", "어르신을 위한 음성 안내 서비스가 시범 운영을 시작합니다."),
    ),
}
_PRESS: Final = ("가상일보", "동주뉴스", "한강방송")

# Keyword, other words for it, and what there is to say; sentences of our own.
KNOWLEDGE: Final = (
    ("대한민국", ("한국", "korea"), "대한민국은 동아시아의 한반도 남쪽에 있는 나라로, 수도는 서울이에요."),
    ("서울", ("seoul",), "서울은 대한민국의 수도로, 한강을 끼고 있고 약 940만 명이 살아요."),
    ("한강", ("han river",), "한강은 태백산에서 시작해 서울을 지나 서해로 흐르는 강으로, 길이는 약 494킬로미터예요."),
    ("한라산", ("hallasan",), "한라산은 제주도에 있는 산으로 높이가 1,947미터이고, 남한에서 가장 높아요."),
    ("백두산", (), "백두산은 한반도에서 가장 높은 산으로 높이가 2,744미터이고, 꼭대기에 천지가 있어요."),
    ("독도", ("dokdo",), "독도는 울릉도 동쪽 약 87킬로미터에 있는 섬으로, 동도와 서도로 이루어져 있어요."),
    ("세종대왕", ("king sejong",), "세종대왕은 조선의 네 번째 왕으로, 1443년에 훈민정음을 만들었어요."),
    ("이순신", ("yi sun-sin",), "이순신은 임진왜란 때 거북선과 함께 바다를 지킨 조선의 장군이에요."),
    (
        "한글",
        ("hangul", "훈민정음"),
        "한글은 1443년에 만들어져 1446년에 널리 알려진 우리 글자로, 스물네 자의 자음과 모음으로 되어 있어요.",
    ),
    ("김치", ("kimchi",), "김치는 배추나 무를 소금에 절여 양념한 뒤 발효시킨 음식이에요."),
    ("태양", ("the sun",), "태양은 태양계 한가운데의 별로, 지구에서 약 1억 5천만 킬로미터 떨어져 있어요."),
    ("달의 크기", ("size of the moon",), "달의 지름은 약 3,474킬로미터로 지구의 4분의 1쯤이에요."),
    ("지구 둘레", ("circumference of the earth",), "지구의 적도 둘레는 약 4만 75킬로미터예요."),
    ("광속", ("빛의 속도", "speed of light"), "빛은 진공에서 1초에 약 29만 9,792킬로미터를 가요."),
    ("에베레스트", ("everest",), "에베레스트는 높이 8,849미터로 세계에서 가장 높은 산이에요."),
    ("아인슈타인", ("einstein",), "아인슈타인은 상대성 이론을 세운 물리학자로, 1921년 노벨 물리학상을 받았어요."),
    ("무지개", ("rainbow",), "무지개는 햇빛이 물방울 안에서 꺾이고 갈라져 생겨요."),
    (
        "미세먼지",
        ("fine dust",),
        "미세먼지는 지름이 10마이크로미터보다 작은 먼지이고, 2.5마이크로미터보다 작으면 초미세먼지라고 해요.",
    ),
    (
        "제습기 원리",
        ("how a dehumidifier works",),
        "제습기는 공기를 차가운 판에 닿게 해서 물기를 물방울로 바꾸어 모아요.",
    ),
    (
        "인공지능",
        ("artificial intelligence",),
        "인공지능은 사람처럼 배우고 판단하는 일을 컴퓨터가 하게 하는 기술이에요.",
    ),
)


class News:
    """Tell the news and answer what is asked."""

    def __init__(self, ids: Identifiers) -> None:
        self._ids = ids

    def news(self, topic: str, count: int, now: datetime) -> JsonDict:
        """Return `metaInfo` with at most `count` headlines of a topic of `TOPICS`."""
        rng = self._ids.random(f"news:{topic}:{now:%Y%m%d%H}")
        rows = list(_HEADLINES[topic])
        if topic == "main":
            rows += [
                row for other in ("economy", "society", "sports", "culture", "it") for row in _HEADLINES[other][:1]
            ]
        rng.shuffle(rows)
        listed = [
            {
                "newsId": f"n-{topic}-{number}",
                "title": title,
                "summary": summary,
                "press": rng.choice(_PRESS),
                "publishedAt": iso((now - timedelta(minutes=20 * number + 7)).replace(second=0, microsecond=0)),
                "category": TOPICS[topic],
            }
            for number, (title, summary) in enumerate(rows[:count], 1)
        ]
        spoken = " ".join(str(row["summary"]) for row in listed)
        return {
            "contentType": "news",
            "infoType": topic,
            "mesg": f"{TOPICS[topic]} 뉴스를 전해 드려요. {spoken}",
            "infoDetail": {"category": TOPICS[topic], "newsList": listed},
        }

    def know(self, question: str) -> JsonDict | None:
        """Return `metaInfo` for a question whose subject the book has, or None."""
        wanted = question.casefold()
        squeezed = wanted.replace(" ", "")
        for keyword, others, text in sorted(KNOWLEDGE, key=lambda row: -len(row[0])):
            if keyword.replace(" ", "") in squeezed or any(other in wanted for other in others):
                return {
                    "contentType": "wikipedia",
                    "infoType": "summary",
                    "mesg": text,
                    "infoDetail": {"keyword": keyword, "title": keyword, "text": text, "source": "동주 백과"},
                }
        return None
