"""What a kind of device is called when no single one is meant ("어느 방 조명을 …?")."""

from collections.abc import Mapping
from typing import Final

KIND_WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "air_conditioner": ("에어컨", "air conditioner"),
    "air_purifier": ("공기청정기", "air purifier"),
    "air_quality_sensor": ("공기질 센서", "air quality sensor"),
    "blind": ("블라인드", "blind"),
    "boiler": ("난방", "heating"),
    "compartment": ("칸", "compartment"),
    "cooktop": ("인덕션", "cooktop"),
    "curtain": ("커튼", "curtain"),
    "dehumidifier": ("제습기", "dehumidifier"),
    "dishwasher": ("식기세척기", "dishwasher"),
    "door": ("문", "door"),
    "door_lock": ("도어락", "door lock"),
    "dryer": ("건조기", "dryer"),
    "elevator": ("엘리베이터", "elevator"),
    "fan": ("선풍기", "fan"),
    "freezer": ("냉동실", "freezer"),
    "fridge": ("냉장고", "fridge"),
    "garage_door": ("차고 문", "garage door"),
    "gas_valve": ("가스 밸브", "gas valve"),
    "hood": ("후드", "hood"),
    "humidifier": ("가습기", "humidifier"),
    "kimchi_fridge": ("김치냉장고", "kimchi fridge"),
    "light": ("조명", "light"),
    "microwave": ("전자레인지", "microwave"),
    "package": ("택배", "package"),
    "parking": ("주차", "parking"),
    "visitor": ("방문자", "visitor"),
    "outlet": ("콘센트", "outlet"),
    "oven": ("오븐", "oven"),
    "robot_cleaner": ("로봇청소기", "robot cleaner"),
    "speaker": ("스피커", "speaker"),
    "styler": ("스타일러", "styler"),
    "tv": ("TV", "TV"),
    "valve": ("밸브", "valve"),
    "ventilation": ("환기", "ventilation"),
    "washer": ("세탁기", "washer"),
    "water_heater": ("온수", "water heater"),
    "water_purifier": ("정수기", "water purifier"),
    "window": ("창문", "window"),
    "wine_cellar": ("와인셀러", "wine cellar"),
}


def kind_word(kind: str | None, language: str) -> str:
    """Return the plain word for a kind, empty for one that has none."""
    korean, english = KIND_WORDS.get(kind or "", ("", ""))
    return korean if language.startswith("ko") else english
