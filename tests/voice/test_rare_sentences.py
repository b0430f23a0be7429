"""Sentences people say seldom: amounts in words, half-said alarms, colours without a name, doors opened by hand."""

from typing import Any

import pytest

from custom_components.dongju.voice.frames import Understanding
from custom_components.dongju.voice.josa import josa
from custom_components.dongju.voice.lexicon.channels import aliases
from custom_components.dongju.voice.understand import Understander


def understood(home: Understander, text: str) -> Understanding:
    return home.understand(text, language="en" if text.isascii() else "ko")


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("안녕 거실 에어컨 켜줘", {"action": "turn_on", "device": "air_conditioner", "area": "living_room"}),
        ("고마워 이제 거실 에어컨 꺼줘", {"action": "turn_off", "device": "air_conditioner", "area": "living_room"}),
        ("set the living room light to a hundred percent", {"action": "set_brightness", "value": 100}),
        ("turn the volume up a couple of notches", {"action": "volume_up", "value": 2}),
        ("turn the air conditioner down a couple of degrees", {"action": "adjust_temperature", "value": -2}),
        ("turn the air conditioner down a couple degrees", {"action": "adjust_temperature", "value": -2}),
        ("preheat the oven to one seventy", {"action": "preheat", "value": 170}),
        ("turn on the fan in a couple of minutes", {"action": "turn_on", "delay_min": 2}),
        ("turn off the fan in a couple hours", {"action": "turn_off", "delay_min": 120}),
        ("set a timer for an hour and thirty minutes", {"action": "timer_start", "seconds": 5400}),
        ("set a timer for a minute and 20 seconds", {"action": "timer_start", "seconds": 80}),
        ("set a timer for 2 hours and 20 minutes", {"action": "timer_start", "seconds": 8400}),
        ("set a timer for two hours a half", {"action": "timer_start", "seconds": 9000}),
        ("wake me up at six thirty pm", {"action": "alarm_set", "at": "18:30"}),
        ("turn on the kitchen light this evening at half past six", {"action": "turn_on", "at": "18:30"}),
        ("dim the living room light by 20 percent", {"action": "set_brightness", "value": "down"}),
        ("brighten the living room light by 20%", {"action": "set_brightness", "value": "up"}),
        ("내일 뭐야?", {"action": "date", "when": "tomorrow"}),
        ("제주도 미세먼지 어때", {"action": "weather", "place": "제주도"}),
        ("MBC 나오게 해줘", {"action": "set_channel", "value": "MBC"}),
        ("할머니 보시게 MBC 틀어드려", {"action": "set_channel", "value": "MBC"}),
        ("할머니 들으시게 트로트 틀어드려", {"action": "play_music", "genre": "트로트"}),
        ("음악 듣고 있어서 소리 줄여줘", {"action": "volume_down", "device": "tv"}),
        ("티비 소리 너무 커", {"action": "volume_down", "device": "tv"}),
        ("소리가 잘 안들려", {"action": "volume_up", "device": "tv"}),
        ("음악이 안 들려", {"action": "volume_up", "device": "speaker"}),
        ("노래가 너무 시끄러워", {"action": "volume_down", "device": "speaker"}),
        ("스피커 소리 너무 작아", {"action": "volume_up", "device": "speaker"}),
        ("i can't hear the music", {"action": "volume_up", "device": "speaker"}),
        ("turn the music up", {"action": "volume_up", "device": "speaker"}),
        ("make the music quieter", {"action": "volume_down", "device": "speaker"}),
        ("음악 크게 해줘", {"action": "volume_up", "device": "speaker"}),
        ("노래 크게 틀어줘", {"action": "play_music"}),
        ("go back to your dock", {"action": "dock", "device": "robot_cleaner"}),
        ("the music is too quiet", {"action": "volume_up", "device": "speaker"}),
        ("거실 조명 너무 밝아", {"action": "set_brightness", "value": "down"}),
        ("에어컨 온도 최대로", {"action": "set_temperature", "value": 30}),
        ("냉장고 온도 최저로", {"action": "set_temperature", "value": 1}),
        ("에어컨 바람 최대로", {"action": "set_fan_speed", "value": "high"}),
        ("선풍기 바람 최소로", {"action": "set_fan_speed", "value": "low"}),
        ("10분 뒤에 선풍기 한 시간 켜줘", {"action": "turn_on", "delay_min": 10, "seconds": 3600}),
        ("한 시간 뒤에 에어컨 30분만 켜줘", {"action": "turn_on", "delay_min": 60, "seconds": 1800}),
        ("turn on the fan in ten minutes for an hour", {"action": "turn_on", "delay_min": 10, "seconds": 3600}),
        ("turn on the fan for an hour in ten minutes", {"action": "turn_on", "delay_min": 10, "seconds": 3600}),
        ("10분 타이머 취소해줘", {"action": "timer_cancel"}),
        ("2분 30초 뒤에 거실 불 꺼줘", {"action": "turn_off", "delay_min": 2.5}),
        ("turn off the tv in 30 seconds", {"action": "turn_off", "delay_min": 0.5}),
        ("세탁기 3시간 뒤에 끝나게 예약해줘", {"action": "start", "finish_at": "+180"}),
        ("start the washer so it finishes in three hours", {"action": "start", "finish_at": "+180"}),
        ("세탁기 두 시간 뒤에 종료해줘", {"action": "stop", "delay_min": 120}),
        ("두 시간 뒤에 에어컨 종료", {"action": "turn_off", "delay_min": 120}),
        # What is said after the order says how it is to be done; it is no second order.
        ("세탁기 돌려줘 아침 6시에 끝나게", {"action": "start", "finish_at": "06:00"}),
        ("식기세척기 예약해줘 밤 11시에 시작하게", {"action": "start", "at": "23:00"}),
        ("공기청정기 돌려줘 세게", {"action": "set_fan_speed", "value": "high"}),
        ("make the living room light warmer", {"action": "set_color", "value": "warm_white"}),
        ("거실 불 시원하게 켜줘", {"action": "set_color", "value": "cool_white"}),
        ("how's the fine dust today", {"action": "query", "attribute": "pm25"}),
        ("run the styler on fine dust", {"action": "start", "value": "fine_dust"}),
        ("how's the air in the living room", {"action": "query", "attribute": "air_quality"}),
        ("에어컨 온도 그대로 두고 바람만 약하게", {"action": "set_fan_speed", "value": "low"}),
        ("에어컨 바람만 틀어줘", {"action": "set_mode", "value": "fan_only"}),
        ("건조기 남은 시간", {"action": "query", "attribute": "remaining_time"}),
        ("거실 미세먼지", {"action": "query", "attribute": "pm25"}),
        ("타이머 남은 시간", {"action": "timer_query"}),
        ("떡볶이 타이머 십 분 맞춰줘", {"action": "timer_start", "name": "떡볶이"}),
        ("넷플릭스에서 기생충", {"action": "play_video", "title": "기생충"}),
        ("내일 미세먼지", {"action": "weather", "when": "tomorrow"}),
        ("오늘 기온", {"action": "weather", "when": "today"}),
        ("외출", {"action": "scene", "value": "away"}),
        ("에어컨 바람 세기 몇이야", {"action": "query", "attribute": "fan_speed"}),
        ("what is the ac set to", {"action": "query", "attribute": "target_temperature"}),
        ("is the air clean", {"action": "query", "attribute": "air_quality"}),
        ("is the air on", {"action": "query", "device": "air_conditioner"}),
        # Somebody's doings beside an order are no order, with a comma or without.
        ("i'm going to bed turn off the tv", {"action": "turn_off", "device": "tv"}),
        ("good night, turn off the tv", {"action": "turn_off", "device": "tv"}),
        ("turn off the tv i'm going to bed", {"action": "turn_off", "device": "tv"}),
        ("거실 불 켜줘 환하게", {"action": "set_brightness", "value": "up"}),
        ("티비 소리 줄여 애 깨지 않게", {"action": "volume_down"}),
        ("예약 취소해줘", {"action": "timer_cancel", "attribute": "reservation"}),
        ("예약 뭐 있어?", {"action": "timer_query", "attribute": "reservation"}),
    ],
)
def test_amounts_and_moments(public: Understander, text: str, frame: dict[str, Any]) -> None:
    found = understood(public, text)
    assert len(found.frames) == 1, found
    assert found.outcome == ("confirm" if frame["action"] == "preheat" else "act")
    assert found.frames[0].to_command() | frame == found.frames[0].to_command()


@pytest.mark.parametrize(
    ("text", "frames"),
    [
        ("반복 재생해줘", [{"action": "set_repeat", "value": "all"}]),
        # What runs until a time of day is ended then.
        ("10시까지 에어컨 켜놔", [{"action": "turn_on"}, {"action": "turn_off", "at": "10:00"}]),
        ("에어컨 밤 11시까지 24도로 틀어줘", [{"action": "set_temperature"}, {"action": "turn_off", "at": "23:00"}]),
        ("keep the fan on until 11 pm", [{"action": "turn_on"}, {"action": "turn_off", "at": "23:00"}]),
        ("로봇청소기 5시까지 돌려", [{"action": "start"}, {"action": "dock", "at": "05:00"}]),
        ("세탁기 7시까지 돌려줘", [{"action": "start", "finish_at": "07:00"}]),
        # A condition without which the order would change nothing.
        ("TV 켜져 있으면 꺼줘", [{"action": "turn_off", "device": "tv"}]),
        ("에어컨 꺼져 있으면 켜줘", [{"action": "turn_on", "device": "air_conditioner"}]),
        ("문 안 잠겼으면 잠가줘", [{"action": "lock", "device": "door_lock"}]),
        ("가스 안 잠갔으면 잠가줘", [{"action": "close", "device": "gas_valve"}]),
        ("커튼 열려 있으면 닫아줘", [{"action": "close", "device": "curtain"}]),
        ("방마다 불 꺼줘", [{"action": "turn_off", "device": "light", "area": "all"}]),
        ("한 곡만 반복해줘", [{"action": "set_repeat", "value": "one"}]),
        ("이 노래 반복해줘", [{"action": "set_repeat", "value": "one"}]),
        ("음악 반복 해제해줘", [{"action": "set_repeat", "value": "off"}]),
        ("셔플로 틀어줘", [{"action": "set_shuffle", "value": "on"}]),
        ("셔플 꺼줘", [{"action": "set_shuffle", "value": "off"}]),
        ("처음부터 다시 틀어", [{"action": "media_restart"}]),
        ("아이유 노래 섞어서 틀어줘", [{"action": "play_music", "artist": "아이유"}, {"action": "set_shuffle"}]),
        ("재즈 반복해서 틀어줘", [{"action": "play_music", "genre": "재즈"}, {"action": "set_repeat"}]),
        ("repeat this song", [{"action": "set_repeat", "value": "one"}]),
        ("put it on repeat", [{"action": "set_repeat", "value": "one"}]),
        ("stop repeating this song", [{"action": "set_repeat", "value": "off"}]),
        ("play iu songs on shuffle", [{"action": "play_music", "artist": "iu"}, {"action": "set_shuffle"}]),
        ("play this song from the beginning", [{"action": "media_restart"}]),
        ("재생", [{"action": "media_resume"}]),
        ("play it", [{"action": "media_resume"}]),
        ("play something", [{"action": "play_music"}]),
        ("신나는 노래로 틀어줘", [{"action": "play_music"}]),
        ("신나게 노래 틀어줘", [{"action": "play_music"}]),
        ("신나는 노래", [{"action": "play_music"}]),
        ("김동률의 출발에서 틀어줘", [{"action": "play_music", "artist": "김동률"}]),
        ("play happy songs", [{"action": "play_music", "genre": "happy"}]),
        (
            "play inception on the living room tv",
            [{"action": "play_video", "title": "inception", "area": "living_room"}],
        ),
        ("거실 티비로 기생충 틀어줘", [{"action": "play_video", "title": "기생충", "area": "living_room"}]),
        ("play the next one", [{"action": "media_next"}]),
        ("play it again", [{"action": "media_resume"}]),
        ("play something else", [{"action": "media_next"}]),
        ("skip this one", [{"action": "media_next"}]),
        ("play my way", [{"action": "play_music", "title": "my way"}]),
        ("play let it be", [{"action": "play_music", "title": "let it be"}]),
        ("listen to happy", [{"action": "play_music", "title": "happy"}]),
        ("play my favorite songs", [{"action": "play_music"}]),
        ("play some music i like", [{"action": "play_music"}]),
        ("내가 좋아하는 노래 틀어줘", [{"action": "play_music"}]),
        ("우리 애가 좋아하는 아이유 노래 틀어줘", [{"action": "play_music", "artist": "아이유"}]),
        ("소리 다시 켜줘", [{"action": "unmute", "device": "tv"}]),
        ("이 노래 제목 뭐야", [{"action": "query", "device": "speaker"}]),
        ("누가 부른 노래야", [{"action": "query", "device": "speaker"}]),
        ("what song is this", [{"action": "query", "device": "speaker"}]),
        ("who sings this", [{"action": "query", "device": "speaker"}]),
        ("다시보기로 무한도전 틀어줘", [{"action": "play_video", "title": "무한도전"}]),
        ("무한도전 재방송 틀어줘", [{"action": "play_video", "title": "무한도전"}]),
    ],
)
def test_all_the_commands_of_a_sentence(public: Understander, text: str, frames: list[dict[str, Any]]) -> None:
    found = understood(public, text)
    assert found.outcome == "act"
    assert len(found.frames) == len(frames)
    for frame, wanted in zip(found.frames, frames, strict=True):
        assert wanted.items() <= frame.to_command().items()


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("거실 스피커로 음악 틀어줘", {"area": "living_room"}),
        ("거실 스피커로 아이유 노래 틀어줘", {"area": "living_room", "artist": "아이유"}),
        ("아이유 노래 거실 스피커로 틀어줘", {"area": "living_room", "artist": "아이유"}),
        ("거실에서 아이유 노래 틀어줘", {"area": "living_room", "artist": "아이유"}),
        ("거실 스피커 음악 틀어줘", {"area": "living_room"}),
        ("안방 기가지니로 음악 틀어줘", {"area": "master_bedroom"}),
        ("재즈를 안방에 틀어줘", {"area": "master_bedroom", "genre": "재즈"}),
        ("기가지니에서 노래 틀어줘", {}),
        ("play music on the living room speaker", {"area": "living_room"}),
        ("play iu on the speaker", {"title": "iu"}),
        ("play dynamite by bts on the living room speaker", {"title": "dynamite", "artist": "bts"}),
        ("in the living room play some jazz", {"area": "living_room", "genre": "jazz"}),
        ("인기 차트 틀어줘", {}),
        ("재즈 음악", {"genre": "재즈"}),
    ],
)
def test_where_music_plays(public: Understander, text: str, command: dict[str, Any]) -> None:
    (frame,) = understood(public, text).frames
    said = frame.to_command()
    assert said.pop("action") == "play_music"
    assert said == {**said, **command}
    assert set(said) <= {*command, "area"}


@pytest.mark.parametrize("text", ["안방 음악 꺼줘", "안방 스피커 다음 곡", "pause the music in the master bedroom"])
def test_the_buttons_of_a_player_in_a_room(public: Understander, text: str) -> None:
    (frame,) = understood(public, text).frames
    assert frame.area == "master_bedroom"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("7시 알람 반복해줘", "unsupported"),
        ("알람 반복해줘", "unsupported"),
        ("헹굼 반복해줘", "unsupported"),
        ("세탁기 처음부터 다시 돌려줘", "unsupported"),
        ("비빔밥 섞어줘", "unknown_device"),
        ("TV 켜져 있으면 에어컨 꺼줘", "unsupported"),
        ("현관문 닫혀 있으면 열어줘", "unsupported"),
        ("에어컨 켜져 있으면 24도로 맞춰", "unsupported"),
        ("한 시간마다 환기해줘", "unsupported"),
        ("7시까지 에어컨 꺼줘", "unsupported"),
        ("30분마다 알려줘", "not_a_command"),
        ("냉장고 얼마예요", "not_a_command"),
        ("좋은 아침", "hello"),
        ("good morning", "hello"),
        ("let's play a game", "unknown_device"),
        ("음악 뭐 좋아해", "not_a_command"),
        ("what music do you like", "not_a_command"),
        ("i can't watch netflix", "unknown_device"),
        ("the tv won't play", "unknown_device"),
        ("음악이 좋다", "not_a_command"),
        ("repeat that", "again"),
        ("방금 뭐라고 했어?", "again"),
    ],
)
def test_what_is_not_done(public: Understander, text: str, reason: str) -> None:
    found = understood(public, text)
    assert (found.outcome in {"refuse", "none"}, found.reason) == (True, reason)


@pytest.mark.parametrize(
    ("text", "slot"),
    [
        ("거실 조명 색깔 바꿔줘", "color"),
        ("change the color of the living room light", "color"),
        ("3분 5분 타이머 맞춰줘", "seconds"),
        ("타이머 3분 5개 맞춰줘", "seconds"),
        ("알람 맞춰줘", "at"),
        ("7시 8시 알람 맞춰줘", "at"),
        ("7시 알람 5번 맞춰줘", "at"),
        ("끝나면 알려줘", "device"),
    ],
)
def test_what_is_half_said_is_asked(public: Understander, text: str, slot: str) -> None:
    found = understood(public, text)
    assert found.outcome == "clarify"
    assert found.question is not None
    assert found.question.slot == slot


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("냉장고 문 열어줘", "unsupported"),
        ("open the oven door", "unsupported"),
        ("매일 7시에 알람 맞춰줘", "unsupported"),
        ("매주 토요일 9시에 거실 에어컨 켜줘", "unsupported"),
        ("영화 모드 꺼줘", "unsupported"),
        ("파티 모드 켜줘", "unsupported"),
        ("set the living room light to one hundred and ten percent", "out_of_range"),
    ],
)
def test_what_is_not_done_says_why(public: Understander, text: str, reason: str) -> None:
    found = understood(public, text)
    assert (found.outcome, found.reason, found.frames) == ("refuse", reason, ())


@pytest.mark.parametrize(
    "text",
    [
        "불 올줘",
        "안등 켜줘",
        "안 에어컨 켜줘",
        "해 뜨면 커튼 열어줘",
        "티비 소리가 너무 커 바나나",
        "좀 덥네",
        "좀 어둡네",
        "세탁기 돌려야 되는데 귀찮다",
        "에어컨이 켜져 있어서 추워",
        "켜라고 한 적 없어",
        "거실 에어컨 켜고 싶은데 전기세가 무섭다",
        "거실 에어컨 켜고 싶은데 귀찮다",
        "what a long week that was",
        "what a nice evening",
        "아빠가 다녀왔어",
        "택시 불러줘",
        "냉장고 안에 뭐 있지",
        "티비 많이 보면 눈 나빠져",
        "세탁기 사용법 좀 알려줘",
        "you shouldn't turn on the oven",
        "what if I turned off the fridge",
        "학원 다녀왔어?",
        "불 켜줘줘",
        "소리 올려줘줘",
    ],
)
def test_half_words_and_mere_remarks_do_nothing(public: Understander, text: str) -> None:
    found = understood(public, text)
    assert found.outcome != "act"
    assert found.frames == ()


@pytest.mark.parametrize("text", ["어제 날씨 어때", "날씨 좋았어", "춥다고 했어", "날씨 더웠어"])
def test_talk_about_the_weather_is_no_question(public: Understander, text: str) -> None:
    assert understood(public, text).outcome == "none"


@pytest.mark.parametrize(
    ("word", "said"),
    [("Disney Channel", "Disney Channel로"), ("Google", "Google로"), ("Steam", "Steam으로"), ("Golden", "Golden으로")],
)
def test_latin_names_take_the_particle_of_their_sound(word: str, said: str) -> None:
    assert josa(word, "으로/로") == said


def test_a_channel_that_nobody_can_spell_out_has_its_own_name_alone() -> None:
    assert "씨지브이" in aliases("CGV")
    assert aliases("m.net", "엠넷") == {"m.net", "엠넷"}


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("turn on the air conditioner it's boiling hot", {"action": "turn_on", "device": "air_conditioner"}),
        ("turn the boiler on, it's cold in here", {"action": "turn_on", "device": "boiler"}),
        ("turn on express cool, we've just been shopping", {"action": "enable", "attribute": "express_cool"}),
        ("that's enough express freeze, switch it off", {"action": "disable", "attribute": "express_freeze"}),
        ("we don't need the boiler any more, turn it off", {"action": "turn_off", "device": "boiler"}),
        ("send the robot vacuum back to charge", {"action": "dock", "device": "robot_cleaner"}),
        ("make the air conditioner little bit warmer", {"action": "adjust_temperature", "value": "up"}),
        ("play Hello by Lionel Richie", {"action": "play_music", "title": "hello", "artist": "lionel richie"}),
        ("할아버지 더우시대 거실 에어컨 켜드려", {"action": "turn_on", "device": "air_conditioner"}),
        ("국이 팔팔 끓는다 환기 좀 켜줘", {"action": "turn_on", "device": "ventilation"}),
        ("고기를 녹여야 해서 그런데요 냉동실 2도만 올려줘", {"action": "adjust_temperature", "value": 2}),
        ("바람이 목에 닿아서 그러는데 에어컨 약하게 해줘", {"action": "set_fan_speed", "value": "low"}),
        ("장마철이라 제습기 좀 돌려줘", {"action": "turn_on", "device": "dehumidifier"}),
        ("보일러 좀 때주세요", {"action": "turn_on", "device": "boiler"}),
        ("청소기 하다 만 거 마저 해", {"action": "resume", "device": "robot_cleaner"}),
        ("청소기 멈추고 충전하러 가", {"action": "dock", "device": "robot_cleaner"}),
        ("세탁기 헹굼 탈수 다시 해줘", {"action": "start", "value": "rinse_spin"}),
        ("거실 불 20퍼센트만큼 어둡게 해줘", {"action": "set_brightness", "value": "down"}),
        ("아까 멈춘 음악 다시 틀어줘", {"action": "media_resume"}),
        ("노래 멈췄던 거 이어서 들려줘", {"action": "media_resume"}),
        ("이문세의 붉은 노을 부탁드려요", {"action": "play_music", "artist": "이문세", "title": "붉은 노을"}),
        ("지금 몇 시고", {"action": "time"}),
        ("내일 춥대?", {"action": "weather", "when": "tomorrow"}),
        ("거실 불 껐어 안 껐어", {"action": "query", "device": "light"}),
        ("현관문 열려 있니 닫혀 있니", {"action": "query", "device": "door_lock"}),
        ("무서우니까 주방 불 켜줘", {"action": "turn_on", "device": "light", "area": "kitchen"}),
        ("아 무서워 주방 불 켜줘", {"action": "turn_on", "device": "light", "area": "kitchen"}),
        ("도서관 다녀왔습니다", {"action": "scene", "value": "home"}),
        ("회사 갔다 올게요", {"action": "scene", "value": "away"}),
        ("we're leaving for the airport", {"action": "scene", "value": "away"}),
        ("turn off the kitchen light, I need to sleep", {"action": "turn_off", "device": "light", "area": "kitchen"}),
        ("turn on the kitchen light so I can read", {"action": "turn_on", "device": "light", "area": "kitchen"}),
        ("turn off the tv because I'm going to bed", {"action": "turn_off", "device": "tv"}),
        ("mute the tv, I have to take a call", {"action": "mute", "device": "tv"}),
        ("turn the volume down, the baby is sleeping", {"action": "volume_down", "device": "tv"}),
        ("is the robot vacuum fully charged", {"action": "query", "device": "robot_cleaner", "attribute": "battery"}),
        ("is the fridge cold enough", {"action": "query", "device": "fridge", "attribute": "temperature"}),
        ("make it colder in the living room", {"action": "adjust_temperature", "value": "down"}),
        ("we're freezing in the living room", {"action": "turn_on", "device": "boiler"}),
        ("we're boiling in the living room", {"action": "turn_on", "device": "air_conditioner"}),
        ("식기세척기 몇 분 남았대", {"action": "query", "device": "dishwasher", "attribute": "remaining_time"}),
        ("다른 노래 틀어줘", {"action": "media_next"}),
        ("잔잔한 거 들려줘", {"action": "play_music"}),
        ("이 곡 말고 다음 거", {"action": "media_next"}),
        ("국수 삶게 타이머 10분 맞춰줘", {"action": "timer_start", "seconds": 600}),
        ("김치냉장고 지금 몇 도고", {"action": "query", "device": "kimchi_fridge", "attribute": "temperature"}),
        ("현관문 잠근 거 맞제", {"action": "query", "device": "door_lock", "attribute": "state"}),
        ("please open the light in the kitchen", {"action": "turn_on", "device": "light", "area": "kitchen"}),
        ("start the washer and have it done by 7 am", {"action": "start", "device": "washer", "finish_at": "07:00"}),
        (
            "start the dishwasher so it's done by 6 pm",
            {"action": "start", "device": "dishwasher", "finish_at": "18:00"},
        ),
        ("is it humid in the living room", {"action": "query", "attribute": "humidity", "area": "living_room"}),
        ("how cold will it get tonight", {"action": "weather", "when": "today"}),
        ("remind me at 7 pm to take my pills", {"action": "alarm_set", "at": "19:00", "name": "take my pills"}),
        ("stop playing", {"action": "media_pause"}),
        ("I can't hear the TV", {"action": "volume_up", "device": "tv"}),
        ("give me channel 5", {"action": "set_channel", "value": 5}),
        ("see if the front door is locked", {"action": "query", "device": "door_lock"}),
        ("cool down the living room", {"action": "adjust_temperature", "area": "living_room", "value": "down"}),
        ("the floor is dirty", {"action": "start", "device": "robot_cleaner"}),
        ("너무 건조해서 목이 아파 가습기 틀어줘", {"action": "turn_on", "device": "humidifier"}),
        ("유튜브 켜서 요가 틀어줘", {"action": "play_video", "app": "youtube", "title": "요가"}),
        ("거실 에어컨 켜놓고 나왔네 꺼줘", {"action": "turn_off", "device": "air_conditioner"}),
        ("이따 밤 11시에 티비 꺼줘", {"action": "turn_off", "at": "23:00"}),
        ("비 오는 날 듣기 좋은 노래 틀어줘", {"action": "play_music"}),
        ("책 읽게 거실 조명 밝게", {"action": "set_brightness", "value": "up"}),
        ("냉장고 온도 얼매고", {"action": "query", "device": "fridge", "attribute": "temperature"}),
        ("로보킹 청소 시작", {"action": "start", "device": "robot_cleaner"}),
        ("디오스 3도로 맞춰줘", {"action": "set_temperature", "device": "fridge", "value": 3}),
        ("나 추워", {"action": "turn_on", "device": "boiler"}),
        ("what a mess, start the robot vacuum", {"action": "start", "device": "robot_cleaner"}),
        ("공기청정기 필터 상태 괜찮나", {"action": "query", "attribute": "filter"}),
    ],
)
def test_remarks_and_turns_of_phrase(public: Understander, text: str, frame: dict[str, Any]) -> None:
    found = understood(public, text)
    assert found.outcome == "act"
    assert [one.to_command() | frame for one in found.frames] == [one.to_command() for one in found.frames]


@pytest.mark.parametrize("text", ["강아지집 불 꺼줘", "할머니집 에어컨 틀어줘", "강아지집 9번 틀어줘"])
def test_the_home_of_somebody_else_is_not_this_one(public: Understander, text: str) -> None:
    assert understood(public, text).outcome in {"refuse", "clarify"}
