import json
from typing import Any

import pytest

from custom_components.dongju.vendors.thinq.messages import (
    Notification,
    Registered,
    Renamed,
    StatusReport,
    Unreadable,
    Unregistered,
    VoiceCommand,
    decode,
)

STATUS = {"pushType": "DEVICE_STATUS", "deviceId": "d", "report": {"a": {"b": 1}}}


def read(message: Any) -> Any:
    return decode(json.dumps(message).encode())


@pytest.mark.parametrize("wrapper", [None, "event", "push"])
@pytest.mark.parametrize(
    ("message", "expected"),
    [
        (STATUS, StatusReport(device_id="d", report={"a": {"b": 1}})),
        ({**STATUS, "report": [1]}, StatusReport(device_id="d", report=[1])),
        ({"pushType": "DEVICE_PUSH", "deviceId": "d", "pushCode": "X"}, Notification(device_id="d", code="X")),
        ({"pushType": "DEVICE_UNREGISTERED", "deviceId": "d"}, Unregistered(device_id="d")),
        ({"pushType": "DEVICE_ALIAS_CHANGED", "deviceId": "d", "alias": "n"}, Renamed(device_id="d", alias="n")),
        (
            {"pushType": "DEVICE_REGISTERED", "deviceId": "d", "deviceType": "T", "modelName": "M", "alias": "A"},
            Registered(device_id="d", device_type="T", model="M", alias="A"),
        ),
        (
            {"pushType": "DEVICE_REGISTERED", "deviceId": "d"},
            Registered(device_id="d", device_type=None, model="", alias=""),
        ),
        (
            {"pushType": "VOICE_COMMAND", "deviceId": "d", "utterance": "켜 줘", "sessionId": "s"},
            VoiceCommand(device_id="d", utterance="켜 줘", session_id="s", language="ko", wake_word=None),
        ),
    ],
)
def test_messages_are_read_flat_and_wrapped(wrapper: str | None, message: dict[str, Any], expected: Any) -> None:
    assert read({"messageId": "m", wrapper: message} if wrapper else message) == expected


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ({"pushType": "NEW", "deviceId": "d"}, "unknown_type"),
        ({"pushType": None, "deviceId": "d"}, "unknown_type"),
        ({"pushType": "DEVICE_STATUS"}, "no_device"),
        ({"pushType": "DEVICE_STATUS", "deviceId": 5}, "no_device"),
        ({**STATUS, "report": "x"}, "no_report"),
        ({"pushType": "DEVICE_PUSH", "deviceId": "d"}, "no_code"),
        ({"pushType": "DEVICE_ALIAS_CHANGED", "deviceId": "d"}, "no_alias"),
        ({"pushType": "VOICE_COMMAND", "deviceId": "d", "utterance": " "}, "no_utterance"),
        ([], "not_an_object"),
        (None, "not_an_object"),
    ],
)
def test_what_has_no_sense_says_why(message: Any, reason: str) -> None:
    assert read(message) == Unreadable(reason=reason)


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"{", "not_json"),
        (b"[" * 100000, "not_json"),
        (b" " * 2000000, "too_long"),
    ],
)
def test_bytes_that_are_no_message(payload: bytes, reason: str) -> None:
    assert decode(payload) == Unreadable(reason=reason)
