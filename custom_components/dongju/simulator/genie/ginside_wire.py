"""KT's G-INSIDE terminal protocol on the wire: signature, frames, message names. All of this is KT's own."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
import hashlib
import hmac
import json
from typing import Any, Final

CLIENT_TYPE: Final = "GINSIDE"
SUB_PROTOCOL: Final = "device-protocol"
MAX_PAYLOAD: Final = 0xFFFFFF
_HEADER: Final = 4


class FrameOp(IntEnum):
    """What a binary frame carries."""

    COMMAND = 0
    STREAM = 1


class FromDevice(StrEnum):
    """Messages a terminal sends, as far as the mock knows them."""

    TEXT_COMMAND = "Req_TXCM"
    VOICE_COMMAND = "Req_VOCM"
    VOICE_TO_TEXT = "Req_VOTX"
    CANCEL = "Req_CAVM"
    MEDIA_STATE = "Upd_MEST"
    DIALOG_STATE = "Upd_DSST"
    HARDWARE_EVENT = "Snd_HWEV"
    TIMER_EVENT = "Snd_TMEV"
    HARDWARE_RESULT = "Res_HWCL"
    OAUTH = "Req_OAuth"
    CONFIGURATION = "Req_CONF"


class ToDevice(StrEnum):
    """Messages the server sends. `Req_EXEC` goes this way by the guide, the other way by a header comment."""

    PLAY_MEDIA = "Req_PLMD"
    UPDATE_MEDIA = "Req_UPMD"
    HARDWARE_CONTROL = "Req_HWCL"
    SET_TIMER = "Req_STTM"
    OAUTH = "Req_OAuth"
    EXECUTE = "Req_EXEC"
    SERVICE_EVENT = "Snd_SVEV"
    ERROR = "Snd_ERRO"
    CONFIGURATION = "Res_CONF"


class FrameError(ValueError):
    """A frame breaks the protocol."""


@dataclass(frozen=True, slots=True)
class Message:
    """One command: its type and its payload."""

    type: str
    payload: dict[str, Any]


def signature(client_id: str, client_key: str, secret: str, timestamp: str) -> str:
    """Return the hex HMAC-SHA256 of `client_id:client_key:timestamp`, as terminals sign."""
    return hmac.new(secret.encode(), f"{client_id}:{client_key}:{timestamp}".encode(), hashlib.sha256).hexdigest()


def api_signature(client_id: str, secret: str, timestamp: str) -> str:
    """Return the hex HMAC-SHA256 of `client_id:timestamp`, as the AI API signs."""
    return hmac.new(secret.encode(), f"{client_id}:{timestamp}".encode(), hashlib.sha256).hexdigest()


def frame(op: FrameOp, payload: bytes) -> bytes:
    """Return a frame: one byte of operation, three of big-endian length, the payload."""
    if len(payload) > MAX_PAYLOAD:
        raise FrameError("the payload is too long for three bytes of length")
    return bytes([op]) + len(payload).to_bytes(3, "big") + payload


def unframe(data: bytes) -> tuple[FrameOp, bytes]:
    """Return operation and payload of a frame; raise FrameError."""
    if len(data) < _HEADER or data[0] not in set(FrameOp):
        raise FrameError("no such frame")
    if int.from_bytes(data[1:_HEADER], "big") != len(data) - _HEADER:
        raise FrameError("the length is wrong")
    return FrameOp(data[0]), data[_HEADER:]


def command(direction: str, message_type: str, payload: dict[str, Any]) -> bytes:
    """Return the frame of a command; `direction` is `devCommand` or `srvCommand`, the payload a JSON string."""
    inner = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    outer = {direction: {"msgType": message_type, "msgPayload": inner}}
    return frame(FrameOp.COMMAND, json.dumps(outer, ensure_ascii=False, separators=(",", ":")).encode())


def parse_command(direction: str, data: bytes) -> Message:
    """Return the command of a frame; raise FrameError."""
    op, payload = unframe(data)
    if op is not FrameOp.COMMAND:
        raise FrameError("no command")
    try:
        outer = json.loads(payload)[direction]
        inner = json.loads(outer["msgPayload"] or "{}")
        message_type = outer["msgType"]
    except (KeyError, TypeError, ValueError) as err:
        raise FrameError("no command") from err
    if not isinstance(message_type, str) or not isinstance(inner, dict):
        raise FrameError("no command")
    return Message(message_type, inner)
