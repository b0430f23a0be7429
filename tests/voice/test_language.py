"""Rules of language: remarks around orders, other people's words, whose work a verb is, strays that stop an act."""

from typing import Any

import pytest

from custom_components.dongju.voice.dialog import DialogState
from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.understand import Understander


def first(understander: Understander, text: str, area: str | None = None) -> dict[str, Any]:
    """Return the only command of a sentence."""
    understood = understander.understand(text, area=area)
    assert understood.outcome in {"act", "confirm"}, (text, understood)
    assert len(understood.frames) == 1, (text, understood.frames)
    return understood.frames[0].to_command()


@pytest.mark.parametrize(
    ("text", "action", "device"),
    [
        ("우유가 다 상하겠다 냉장고 온도 1도만 내려줘", "adjust_temperature", "fridge"),
        ("삼촌 오신대 청소기 좀 돌려놔", "start", "robot_cleaner"),
        ("찌개 끓였더니 김이 서린다 환기 켜줘", "turn_on", "ventilation"),
        ("국 쏟았어 부엌만 청소해줘", "start", "robot_cleaner"),
        ("시장 갔다 왔으니까 급속냉동 켜놔", "enable", "fridge"),
        ("시끄럽겠다 세탁기 잠깐 멈춰", "pause", "washer"),
        ("집중이 안 돼 거실 티비 꺼", "turn_off", "tv"),
        ("나 왔어 거실 불 켜줘", "turn_on", "light"),
        ("이모 왔어 거실 불 켜줘", "turn_on", "light"),
        ("뉴스 할 때 됐다 거실 티비 MBC 틀어", "set_channel", "tv"),
        ("밖에 왜 이래 뉴스 틀어줘", "news", None),
        ("거실 에어컨은 됐고 제습기 켜줘", "turn_on", "dehumidifier"),
        ("세탁기 멈춰 손님 왔어", "stop", "washer"),
        ("거실 에어컨 꺼 전기세 나와", "turn_off", "air_conditioner"),
        ("20분만 더 보고 거실 티비 꺼줘", "turn_off", "tv"),
        ("섬세로 맞춰서 세탁기 시작해", "start", "washer"),
        ("제습기 켜는 거 부탁해요", "turn_on", "dehumidifier"),
        ("거실 에어컨 그만 틀어", "turn_off", "air_conditioner"),
        ("도어락 걸어놔", "lock", "door_lock"),
        ("가스 밸브 안 닫은 것 같은데 확인해줘", "query", "gas_valve"),
        ("설거지 다 되면 알려줘", "notify", "dishwasher"),
        ("거실 에어컨은 놔두고 제습기만 꺼", "turn_off", "dehumidifier"),
        ("거실 티비 투니버스 그만 보고 MBC 틀어줘", "set_channel", "tv"),
        ("거실 에어컨 다시 켜줘", "turn_on", "air_conditioner"),
        ("아까 켠 제습기 꺼줘", "turn_off", "dehumidifier"),
        ("손님들 들으시게 재즈 틀어드려", "play_music", None),
        ("이문세의 옛사랑에 틀어줘", "play_music", None),
        ("제습기는 누가 발명했어", "ask", None),
        ("한글날이 무슨 요일이야", "ask", None),
        ("해 떴다 거실 커튼 열어", "open", "curtain"),
        ("짐 들고 있어서 그런데 거실 불 켜줘", "turn_on", "light"),
        ("밥 먹자 부엌 불 켜줘", "turn_on", "light"),
        ("영화 보고 싶은데 거실 불 꺼줄래", "turn_off", "light"),
        ("거실 불 꺼줘 통화해야 돼", "turn_off", "light"),
        ("거실 티비 엠비씨 나오게 해놔", "set_channel", "tv"),
        ("거실 에어컨 온도 최대로 해줘", "set_temperature", "air_conditioner"),
        ("거실 에어컨 쾌속냉방으로 시원하게 돌려줘", "set_mode", "air_conditioner"),
        ("선풍기 파워로 틀어줘", "set_fan_speed", "fan"),
        ("선풍기 강력으로 틀어줘", "set_fan_speed", "fan"),
        ("거실 티비만 끄고 불은 그대로 둬", "turn_off", "tv"),
        ("거실 에어컨 둘 다 말고 제습기만 꺼", "turn_off", "dehumidifier"),
        ("침실 에어컨 몇 도로 해놨더라", "query", "air_conditioner"),
    ],
)
def test_only_the_order_is_done(second: Understander, text: str, action: str, device: str | None) -> None:
    command = first(second, text)
    assert (command["action"], command.get("device")) == (action, device)


@pytest.mark.parametrize(
    ("text", "action", "device"),
    [
        ("I can't hear the living room TV, turn it up", "volume_up", "tv"),
        ("we've got visitors, vacuum the living room", "start", "robot_cleaner"),
        ("tell me once the dishwasher has finished", "notify", "dishwasher"),
        ("tell me if the front door is locked", "query", "door_lock"),
        ("hold on, pause the washer", "pause", "washer"),
        ("forget the dehumidifier, just start the washer", "start", "washer"),
        ("I'm afraid of the gas, close it", "close", "gas_valve"),
        ("who left the dehumidifier on", "query", "dehumidifier"),
    ],
)
def test_only_the_order_is_done_in_english(second: Understander, text: str, action: str, device: str) -> None:
    command = first(second, text)
    assert (command["action"], command.get("device")) == (action, device)


@pytest.mark.parametrize(
    "text",
    [
        "세탁기 청소해줘",
        "거실 에어컨 자동 세척 켜줘",
        "건조기로 설거지해줘",
        "냉장고 얼음 만들어줘",
        "할머니 집 보일러 켜줘",
        "차 에어컨 켜줘",
        "거실 에어컨 일곱 시까지 꺼줘",
        "거실 에어컨 켜라고 한 적 없어",
        "세탁기 돌려야 되는데 귀찮다",
        "세탁기 돌려야 하나",
        "거실 불 끄고 나왔대",
        "다른 데 틀어봐",
        "디퓨저 틀어줘",
        "축구 틀어줘",
        "타이머 바람개비 꺼줘",
        "내일 아침 여섯 시에 깨워줘 고슴도치",
        "십 분 뒤에 뉴스 알려줘",
        "오징어 거실 에어컨 26도, 아니 25도로 맞춰줘",
        "이모가 에어컨 켰네",
        "침실 불은 놔두고 불 다 꺼",
        "거실 에어컨 공기청정 켜줘",
        "세탁기 예약해줘",
        "건조기 돌리지 바람개비",
        "거실 에어컨 켜면 되는데 귀찮다",
        "너무 덥네",
        "세탁기 소리가 너무 시끄러워",
        "점심 뭐 먹을까",
        "옆집 민수네 보일러 켜줘",
        "스타일러 살균 코스로 돌려줘",
        "제습기 이온 켜줘",
        "거실 티비 9번 틀어줘 바람개비",
        "what happens if I turn off the fridge",
        "how do I turn on the living room AC",
        "keep the living room AC on until seven",
        "I can't hear anything",
    ],
)
def test_nothing_is_done(second: Understander, text: str) -> None:
    understood = second.understand(text)
    assert not understood.frames, (text, understood.frames)


def test_what_was_left_on_is_a_question(second: Understander) -> None:
    assert first(second, "거실 에어컨 끄고 나왔어?")["action"] == "query"


@pytest.mark.parametrize(
    ("text", "area", "command"),
    [
        ("티비 소리가 너무 커", "living_room", {"action": "volume_down", "device": "tv"}),
        ("티비 소리가 잘 안 들려", "living_room", {"action": "volume_up", "device": "tv"}),
        ("불이 너무 밝아", "living_room", {"action": "set_brightness", "value": "down", "area": "living_room"}),
        ("공기가 답답하네", "living_room", {"action": "turn_on", "device": "ventilation"}),
        ("바닥이 너무 더러워", None, {"action": "start", "device": "robot_cleaner"}),
        ("여기 불 다 꺼", "living_room", {"action": "turn_off", "device": "light", "area": "living_room"}),
    ],
)
def test_complaints_and_here(second: Understander, text: str, area: str | None, command: dict[str, Any]) -> None:
    assert command.items() <= first(second, text, area).items()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("집에 켜져 있는 거 있어?", "all"),
        ("지금 켜져 있는 거 뭐야", "all"),
        ("켜져 있는 기기 알려줘", "all"),
        ("안 끈 거 있어?", "all"),
        ("집에 다 꺼졌나", "all"),
        ("거실에 뭐 켜져 있어?", "living_room"),
        ("what is on in the living room", "living_room"),
        ("is anything still on", "all"),
        ("is everything off", "all"),
        ("what did i leave on", "all"),
    ],
)
def test_what_is_on_is_asked_of_the_whole_home(public: Understander, text: str, area: str) -> None:
    (frame,) = public.understand(text).frames
    assert (frame.action, frame.area, frame.device, frame.value) == ("query", area, None, "on")
    kinds = {device.kind for device in public.home.devices if device.id in frame.targets}
    assert "light" in kinds
    assert not kinds & {"fridge", "door_lock", "gas_valve", "curtain"}


def test_where_nothing_can_be_switched_nothing_is_asked() -> None:
    fridge = {"id": "f", "kind": "fridge", "area": "kitchen", "names": ["냉장고"]}
    home = HomeIndex.from_json({"areas": [{"id": "kitchen", "names": ["주방"]}], "devices": [fridge]})
    assert Understander(home).understand("주방에 뭐 켜져 있어?").outcome == "refuse"


def test_after_the_lights_all_is_all_of_them(second: Understander) -> None:
    dialog = DialogState()
    second.understand("거실 불 켜줘", dialog=dialog)
    (frame,) = second.understand("다 꺼졌어?", dialog=dialog).frames
    assert frame.device == "light"


def test_what_is_loud_is_not_a_genre(second: Understander) -> None:
    assert first(second, "노래 크게 틀어줘") == {"action": "play_music"}
    assert first(second, "아이유 노래 크게 틀어줘") == {"action": "play_music", "artist": "아이유"}
    assert first(second, "틀어줘 아이유 노래") == {"action": "play_music", "artist": "아이유"}


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("거실 에어컨 한 시간만 돌다가 꺼", {"action": "turn_off", "delay_min": 60}),
        ("유튜브 들어가서 뽀로로 틀어줘", {"action": "play_video", "app": "youtube", "title": "뽀로로"}),
        ("침실 에어컨 온도 쬐끔만 올려줘", {"action": "adjust_temperature", "value": "up"}),
        ("현관문 꽉 잠가", {"action": "lock", "device": "door_lock"}),
        ("거실 에어컨 21도로 내려봐유", {"action": "set_temperature", "value": 21}),
        ("거실 에어컨 바람 세게 나오게 해줘", {"action": "set_fan_speed", "value": "high"}),
        ("MBC 보고 싶은데 틀어줘", {"action": "set_channel", "value": "MBC"}),
        ("아침 여섯 시에 알람 하나 맞춰줘", {"action": "alarm_set", "at": "06:00"}),
        ("손님 왔다 티비 음소거", {"action": "mute", "device": "tv"}),
        ("watch Walking Dead on netflix", {"action": "play_video", "app": "netflix", "title": "walking dead"}),
        ("check whether the front door is locked", {"action": "query", "device": "door_lock"}),
        ("dim the kitchen light, my eyes hurt", {"action": "set_brightness", "device": "light", "value": "down"}),
        ("the juice turned sour, make the fridge colder", {"action": "adjust_temperature", "device": "fridge"}),
        ("would you mind switching the kitchen light off", {"action": "turn_off", "area": "kitchen"}),
    ],
)
def test_one_order_with_all_its_words(second: Understander, text: str, command: dict[str, Any]) -> None:
    understood = second.understand(text)
    assert len(understood.frames) == 1, (text, understood.frames)
    assert command.items() <= understood.frames[0].to_command().items()


def test_a_story_asks_nobody(second: Understander) -> None:
    assert second.understand("we had quite a boring week at school").outcome == "none"
