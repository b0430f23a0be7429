"""Timers, alarms, reminders and what is scheduled, as they are asked for."""

from typing import Any

import pytest

from custom_components.dongju.voice.dialog import DialogState
from custom_components.dongju.voice.understand import Understander

CANCEL = {"action": "timer_cancel"}
QUERY = {"action": "timer_query"}
SCHEDULED = {"attribute": "reservation"}
ALARM = {"attribute": "alarm"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("예약 목록 알려줘", QUERY | SCHEDULED),
        ("예약 목록 보여줘", QUERY | SCHEDULED),
        ("예약된 거 뭐 있어?", QUERY | SCHEDULED),
        ("what is scheduled?", QUERY | SCHEDULED),
        ("what's scheduled", QUERY | SCHEDULED),
        ("list my schedules", QUERY | SCHEDULED),
        ("거실 에어컨 예약 취소해줘", CANCEL | SCHEDULED | {"device": "air_conditioner"}),
        ("에어컨 예약만 취소해줘", CANCEL | SCHEDULED | {"device": "air_conditioner"}),
        ("불 끄는 예약 취소해줘", CANCEL | SCHEDULED | {"device": "light", "value": "turn_off"}),
        ("9시 예약 취소해줘", CANCEL | SCHEDULED | {"at": "09:00"}),
        ("첫 번째 예약 취소해줘", CANCEL | SCHEDULED | {"value": 1}),
        ("마지막 예약 취소해줘", CANCEL | SCHEDULED | {"value": -1}),
        ("예약 다 취소해줘", CANCEL | SCHEDULED | {"value": "all"}),
        ("cancel all schedules", CANCEL | SCHEDULED | {"value": "all"}),
        ("cancel the light schedule", CANCEL | SCHEDULED | {"device": "light"}),
        ("타이머 취소해줘", CANCEL),
        ("라면 타이머 취소해줘", CANCEL | {"name": "라면"}),
        ("타이머 전부 취소해줘", CANCEL | {"value": "all"}),
        ("타이머 몇 개야?", QUERY),
        ("라면 타이머 얼마나 남았어?", QUERY | {"name": "라면"}),
        ("알람 취소해줘", CANCEL | ALARM),
        ("7시 알람 꺼줘", CANCEL | ALARM | {"at": "07:00"}),
        ("알람 몇 시야?", QUERY | ALARM),
        ("알람 맞춰져 있어?", QUERY | ALARM),
        ("알람 전부 취소해줘", CANCEL | ALARM | {"value": "all"}),
        ("cancel the alarm", CANCEL | ALARM),
        ("5분 뒤에 약 먹으라고 알려줘", {"action": "timer_start", "seconds": 300, "name": "약 먹으라고"}),
        ("약 먹으라고 5분 뒤에 알려줘", {"action": "timer_start", "seconds": 300, "name": "약 먹으라고"}),
        ("10분 뒤에 불 끄라고 말해줘", {"action": "timer_start", "seconds": 600, "name": "불 끄라고"}),
        ("remind me to take the medicine in 5 minutes", {"action": "timer_start", "seconds": 300}),
        ("12시에 알려줘", {"action": "alarm_set", "at": "12:00"}),
        ("저녁 8시에 쓰레기 버리라고 알려줘", {"action": "alarm_set", "at": "20:00", "name": "쓰레기 버리라고"}),
    ],
)
def test_what_is_for_later(public: Understander, sentence: str, expected: dict[str, Any]) -> None:
    (frame,) = public.understand(sentence).frames
    command = frame.to_command()
    assert expected.items() <= command.items()
    assert set(command) - set(expected) <= {"attribute", "when", "area", "name"} - set(expected)
    if "name" not in expected:
        assert "name" not in command or command["action"] == "timer_start"


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        ("30분 뒤에 거실 불 꺼줘", "그거 취소해줘", CANCEL | SCHEDULED | {"value": "last"}),
        ("30분 뒤에 거실 불 꺼줘", "전부 취소해줘", CANCEL | SCHEDULED | {"value": "all"}),
        ("30분 뒤에 거실 불 꺼줘", "취소해줘", CANCEL | SCHEDULED),
        ("예약 뭐 있어?", "두 번째 거 취소해줘", CANCEL | SCHEDULED | {"value": 2}),
        ("turn off the living room light in 30 minutes", "cancel that", CANCEL | SCHEDULED | {"value": "last"}),
        ("3분 타이머 맞춰줘", "그거 취소해줘", CANCEL | {"value": "last"}),
        ("내일 아침 7시에 깨워줘", "그거 꺼줘", CANCEL | ALARM | {"value": "last"}),
        ("내일 아침 7시에 깨워줘", "그거 취소해줘", CANCEL | ALARM | {"value": "last"}),
        ("밤 11시에 거실 불 꺼줘", "아니 11시 반에", {"action": "turn_off", "at": "23:30"}),
        ("내일 아침 7시에 거실 에어컨 켜줘", "아니 8시에", {"action": "turn_on", "at": "08:00", "when": "tomorrow"}),
    ],
)
def test_what_was_put_off_is_spoken_of_again(
    public: Understander, first: str, then: str, expected: dict[str, Any]
) -> None:
    dialog = DialogState()
    public.understand(first, dialog=dialog)
    (frame,) = public.understand(then, dialog=dialog).frames
    assert expected.items() <= frame.to_command().items()
