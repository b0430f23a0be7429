"""Days and times of day: the next moment of what was said, and which half of the day is meant."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.dongju.voice.times import next_moment
from custom_components.dongju.voice.understand import Understander

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=ZoneInfo("Asia/Seoul"))  # a Sunday


@pytest.mark.parametrize(
    ("clock", "when", "days", "hour"),
    [
        ("13:00", None, 0, 13),
        ("13:00", "today", 0, 13),
        ("12:00", None, 1, 12),
        ("7", None, 1, 7),
        ("13:00", "tomorrow", 1, 13),
        ("09:00", "day_after_tomorrow", 2, 9),
        ("09:00", "monday", 1, 9),
        ("09:00", "saturday", 6, 9),
        ("13:00", "sunday", 0, 13),
        ("09:00", "sunday", 7, 9),
        ("09:00", "next_monday", 1, 9),
        ("09:00", "next_sunday", 7, 9),
        ("09:00", "+3", 3, 9),
        ("09:00", "03-02", 1, 9),
        ("13:00", "03-01", 0, 13),
        ("09:00", "03-01", 365, 9),
        ("09:00", "02-28", 364, 9),
        ("09:00", "31", 30, 9),
        ("09:00", "01", 31, 9),
    ],
)
def test_the_next_moment_of_a_time_of_day(clock: str, when: str | None, days: int, hour: int) -> None:
    assert next_moment(clock, NOON, when) == NOON.replace(hour=hour) + timedelta(days=days)


@pytest.mark.parametrize(
    ("sentence", "days", "hour"),
    [
        ("6시에 거실 에어컨 꺼줘", 0, 18),
        ("12시에 거실 에어컨 꺼줘", 1, 0),
        ("아침 6시에 거실 에어컨 꺼줘", 1, 6),
        ("6시에 깨워줘", 1, 6),
        ("6시에 알람 맞춰줘", 0, 18),
        ("내일 6시에 거실 에어컨 꺼줘", 1, 6),
        ("내일 3시에 거실 에어컨 꺼줘", 1, 15),
        ("내일 새벽 3시에 거실 에어컨 꺼줘", 1, 3),
        ("내일 5시에 알람 맞춰줘", 1, 5),
        ("글피 7시에 깨워줘", 3, 7),
        ("사흘 뒤 아침 8시에 깨워줘", 3, 8),
        ("3월 5일 7시에 알람 맞춰줘", 4, 7),
        ("2주 뒤 9시에 거실 에어컨 켜줘", 14, 9),
        ("삼월 십오일 오후 세 시에 거실 에어컨 꺼줘", 14, 15),
        ("25일 9시에 거실 에어컨 켜줘", 24, 9),
        ("다음 주 월요일 7시에 깨워줘", 1, 7),
        ("다음주 일요일 7시에 깨워줘", 7, 7),
        ("set an alarm for march 3rd at 7 am", 2, 7),
        ("wake me up at 7 on the 25th", 24, 7),
        ("wake me up at 7 am on the 2nd of april", 32, 7),
        ("in three days at 9 am turn on the living room air conditioner", 3, 9),
        ("two weeks from now at 9 am turn on the living room air conditioner", 14, 9),
        ("set an alarm for 7 am on monday next week", 1, 7),
        ("19시에 거실 에어컨 꺼줘", 0, 19),
        ("모레 아침 9시에 거실 에어컨 켜줘", 2, 9),
        ("토요일 오후 3시에 거실 에어컨 켜줘", 6, 15),
        ("turn off the living room air conditioner at 6 pm", 0, 18),
        ("turn on the living room air conditioner at 9 am on saturday", 6, 9),
        ("turn off the living room air conditioner at 6 o'clock", 0, 18),
    ],
)
def test_a_sentence_means_the_next_such_time(public: Understander, sentence: str, days: int, hour: int) -> None:
    (frame,) = public.understand(sentence).frames
    moment = next_moment(frame.at or "", NOON, frame.when, either_half=frame.either_half)
    assert moment == NOON.replace(hour=hour) + timedelta(days=days)


@pytest.mark.parametrize("sentence", ["내일 세탁기 돌려줘", "토요일에 세탁기 돌려줘", "run the washer tomorrow"])
def test_a_day_without_a_time_is_asked_for(public: Understander, sentence: str) -> None:
    found = public.understand(sentence)
    assert (found.outcome, found.question and found.question.slot) == ("clarify", "delay")


@pytest.mark.parametrize(
    ("sentence", "device"),
    [
        ("월요일마다 7시에 깨워줘", "recurring"),
        ("매주 토요일 7시에 깨워줘", "recurring"),
        ("평일 7시에 깨워줘", "recurring"),
        ("토요일마다 9시에 거실 에어컨 켜줘", "recurring"),
        ("wake me up at 7 on weekdays", "recurring"),
        ("다음 주 7시에 깨워줘", None),
        ("주말 9시에 알람 맞춰줘", None),
        ("wake me up at 7 next week", None),
    ],
)
def test_an_alarm_is_never_set_for_another_day(public: Understander, sentence: str, device: str | None) -> None:
    found = public.understand(sentence)
    assert (found.outcome, found.reason, found.device) == ("refuse", "unsupported", device)


@pytest.mark.parametrize(
    "sentence", ["동짓날 7시에 깨워줘", "엄마 생신 7시에 깨워줘", "2월 30일 7시에 깨워줘", "13월 3일 7시에 깨워줘"]
)
def test_an_alarm_is_not_set_where_a_day_may_have_been_said(public: Understander, sentence: str) -> None:
    assert public.understand(sentence).outcome != "act"


@pytest.mark.parametrize("sentence", ["turn on the second light", "거실 에어컨 3일 동안 꺼줘"])
def test_not_every_number_is_a_day(public: Understander, sentence: str) -> None:
    assert all(frame.when is None for frame in public.understand(sentence).frames)
