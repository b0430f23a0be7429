"""KT's G-INSIDE device protocol on the wire: signature, timestamp, frames, message names. All of this is KT's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import IntEnum, StrEnum
import hashlib
import hmac
import json
from typing import Any, Final

CLIENT_TYPE: Final = "GINSIDE"
SUB_PROTOCOL: Final = "device-protocol"
MAX_PAYLOAD: Final = 0xFFFFFF
OPENING_STATUS: Final = ("SU:016", "SU:027", "SI:002", "SG:000")
_HEADER: Final = 4
_KST: Final = timezone(timedelta(hours=9))


class FrameOp(IntEnum):
    """What a binary frame carries."""

    COMMAND = 0
    STREAM = 1


class Up(StrEnum):
    """Messages of a device."""

    TEXT_COMMAND = "Req_TXCM"
    MEDIA_STATE = "Upd_MEST"
    DIALOG_STATE = "Upd_DSST"
    HARDWARE_RESULT = "Res_HWCL"
    TIMER_EVENT = "Snd_TMEV"


class Down(StrEnum):
    """Messages of the server that this device acts on."""

    PLAY_MEDIA = "Req_PLMD"
    UPDATE_MEDIA = "Req_UPMD"
    HARDWARE_CONTROL = "Req_HWCL"
    SET_TIMER = "Req_STTM"
    OAUTH = "Req_OAuth"
    EXECUTE = "Req_EXEC"
    SERVICE_EVENT = "Snd_SVEV"
    ERROR = "Snd_ERRO"
    DEACTIVATE = "Req_DEAC"


class FrameError(ValueError):
    """A frame breaks the protocol."""


@dataclass(frozen=True, slots=True)
class Message:
    """One command: its type and the options of its payload."""

    type: str
    options: Mapping[str, Any]


def signature(client_id: str, client_key: str, secret: str, timestamp: str) -> str:
    """Return the hex HMAC-SHA256 of `client_id:client_key:timestamp`."""
    return hmac.new(secret.encode(), f"{client_id}:{client_key}:{timestamp}".encode(), hashlib.sha256).hexdigest()


def stamp(moment: datetime) -> str:
    """Return KT's 17-digit Korean local timestamp, `yyyyMMddHHmmssSSS`."""
    local = moment.astimezone(_KST)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}"


def command(message_type: str, payload: Mapping[str, Any]) -> bytes:
    """Return the frame of a device's command: operation, three bytes of length, JSON; raise FrameError."""
    inner = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    outer = {"devCommand": {"msgType": message_type, "msgPayload": inner}}
    data = json.dumps(outer, ensure_ascii=False, separators=(",", ":")).encode()
    if len(data) > MAX_PAYLOAD:
        raise FrameError("the payload is too long for three bytes of length")
    return bytes([FrameOp.COMMAND]) + len(data).to_bytes(3, "big") + data


def parse(data: bytes) -> Message | None:
    """Return the server's command in a frame, None for sound; raise FrameError."""
    if len(data) < _HEADER or data[0] not in set(FrameOp):
        raise FrameError("no such frame")
    if int.from_bytes(data[1:_HEADER], "big") != len(data) - _HEADER:
        raise FrameError("the length is wrong")
    if data[0] == FrameOp.STREAM:
        return None
    try:
        outer = json.loads(data[_HEADER:])["srvCommand"]
        payload = json.loads(outer.get("msgPayload") or "{}")
        message_type, options = outer["msgType"], payload.get("cmdOpt") or {}
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as err:
        raise FrameError("no command") from err
    if not isinstance(message_type, str) or not isinstance(options, Mapping):
        raise FrameError("no command")
    return Message(message_type, options)


def terminal_mac(device_id: str) -> str:
    """Return a locally administered MAC address for a device: KT knows its terminals by one."""
    digest = hashlib.sha256(device_id.encode()).digest()
    return ":".join(f"{byte:02x}" for byte in (0x02, *digest[:5]))


def seconds_until(set_time: object, now: datetime) -> float | None:
    """Return the seconds to a `setTime`: 14 digits of Korean local time, or relative seconds; None for neither.

    KT's guide says the one in its table and the other in its prose.
    """
    text = str(set_time)
    if not (text.isascii() and text.isdecimal()):
        return None
    if len(text) != 14:
        return float(text)
    try:
        moment = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=_KST)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds())
