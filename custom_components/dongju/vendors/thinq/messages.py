"""Reads what the push connection delivers: flat or wrapped, whole or damaged, known or not."""

from dataclasses import dataclass
from enum import StrEnum
import json
from typing import Any, Final

type JsonDict = dict[str, Any]

_LONGEST: Final = 1_000_000
_WRAPPERS: Final = ("event", "push")


class PushType(StrEnum):
    """What a message is about. VOICE_COMMAND is an extension of the mock cloud."""

    STATUS = "DEVICE_STATUS"
    PUSH = "DEVICE_PUSH"
    REGISTERED = "DEVICE_REGISTERED"
    UNREGISTERED = "DEVICE_UNREGISTERED"
    ALIAS_CHANGED = "DEVICE_ALIAS_CHANGED"
    VOICE_COMMAND = "VOICE_COMMAND"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """A part of a device's state that changed."""

    device_id: str
    report: JsonDict | list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """Something a device wants noticed, by its push code."""

    device_id: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A new device of the account."""

    device_id: str
    device_type: str | None
    model: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unregistered:
    """A device that left the account."""

    device_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A device with a new name."""

    device_id: str
    alias: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceCommand:
    """A sentence a device heard."""

    device_id: str
    utterance: str
    session_id: str
    language: str
    wake_word: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A message without sense, and why; `reason` is a counter's name."""

    reason: str


type Message = StatusReport | Notification | Registered | Unregistered | Renamed | VoiceCommand | Unreadable


def decode(payload: bytes) -> Message:
    """Return what a message says; never raises."""
    if len(payload) > _LONGEST:
        return Unreadable(reason="too_long")
    try:
        data = json.loads(payload.decode())
    except ValueError, RecursionError:
        return Unreadable(reason="not_json")
    if not isinstance(data, dict):
        return Unreadable(reason="not_an_object")
    if "pushType" not in data:
        data = next((data[key] for key in _WRAPPERS if isinstance(data.get(key), dict)), data)
    device_id = data.get("deviceId")
    if not isinstance(device_id, str) or not device_id:
        return Unreadable(reason="no_device")
    try:
        kind = PushType(str(data.get("pushType")))
    except ValueError:
        return Unreadable(reason="unknown_type")
    return _READERS[kind](device_id, data)


def _status(device_id: str, data: JsonDict) -> Message:
    report = data.get("report")
    if not isinstance(report, dict | list):
        return Unreadable(reason="no_report")
    return StatusReport(device_id=device_id, report=report)


def _push(device_id: str, data: JsonDict) -> Message:
    code = data.get("pushCode")
    if not isinstance(code, str) or not code:
        return Unreadable(reason="no_code")
    return Notification(device_id=device_id, code=code)


def _registered(device_id: str, data: JsonDict) -> Message:
    device_type = data.get("deviceType")
    return Registered(
        device_id=device_id,
        device_type=device_type if isinstance(device_type, str) else None,
        model=_text(data, "modelName"),
        alias=_text(data, "alias"),
    )


def _unregistered(device_id: str, _data: JsonDict) -> Message:
    return Unregistered(device_id=device_id)


def _renamed(device_id: str, data: JsonDict) -> Message:
    alias = _text(data, "alias")
    return Renamed(device_id=device_id, alias=alias) if alias else Unreadable(reason="no_alias")


def _voice(device_id: str, data: JsonDict) -> Message:
    utterance, session_id = _text(data, "utterance"), _text(data, "sessionId")
    if not utterance or not session_id:
        return Unreadable(reason="no_utterance")
    return VoiceCommand(
        device_id=device_id,
        utterance=utterance,
        session_id=session_id,
        language=_text(data, "language") or "ko",
        wake_word=_text(data, "wakeWord") or None,
    )


def _text(data: JsonDict, key: str) -> str:
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


_READERS: Final = {
    PushType.STATUS: _status,
    PushType.PUSH: _push,
    PushType.REGISTERED: _registered,
    PushType.UNREGISTERED: _unregistered,
    PushType.ALIAS_CHANGED: _renamed,
    PushType.VOICE_COMMAND: _voice,
}
