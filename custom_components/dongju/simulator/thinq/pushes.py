"""MQTT messages of the mock ThinQ cloud: building them, and losing or spoiling them on demand."""

import base64
from collections.abc import Callable
import copy
import json
import random
from typing import Any, Final

from ..clock import Clock, TimerHandle
from ..faults import Fault, FaultBox
from .accounts import Account

_SERVICE_ID: Final = "SVC202"

# What can go wrong with a message before it reaches the broker; narrowed by `client_id`,
# `device_id` and `push_type`.
PUSH_FAULTS: Final = {
    "push_drop": "lose messages",
    "push_delay": "deliver messages `seconds` (default 5) of the virtual home later",
    "push_duplicate": "deliver messages twice",
    "push_reorder": "deliver a message after the one that follows it",
    "push_wrap": "put messages in the envelope documented for server callbacks",
    "push_malform": "spoil messages; `kind` is half, text, list, binary, null, enum, bare or type (default half)",
}

type Deliver = Callable[[str, bytes], object]


def status_message(account: Account, device_id: str, device_type: str, report: Any) -> dict[str, Any]:
    """Build a report of changed state."""
    return {
        "pushType": "DEVICE_STATUS",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "report": report,
        "deviceType": device_type,
        "userList": [account.user_number],
    }


def notification_message(account: Account, device_id: str, device_type: str, push_code: str) -> dict[str, Any]:
    """Build a notification such as WASHING_IS_COMPLETE."""
    return {
        "pushType": "DEVICE_PUSH",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "pushCode": push_code,
        "deviceType": device_type,
        "userList": [account.user_number],
    }


def registered_message(account: Account, device_id: str, info: dict[str, Any]) -> dict[str, Any]:
    """Build the news of a device that was added; `info` is its deviceInfo."""
    return {
        "pushType": "DEVICE_REGISTERED",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "userNumber": account.user_number,
        "modelName": info["modelName"],
        "deviceType": info["deviceType"],
        "alias": info["alias"],
    }


def unregistered_message(account: Account, device_id: str, info: dict[str, Any]) -> dict[str, Any]:
    """Build the news of a device that was removed."""
    return {
        "pushType": "DEVICE_UNREGISTERED",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "userNumber": account.user_number,
        "deviceType": info["deviceType"],
        "alias": info["alias"],
    }


def alias_message(account: Account, device_id: str, alias: str) -> dict[str, Any]:
    """Build the news of a device that was renamed; the real one names no device type."""
    return {
        "pushType": "DEVICE_ALIAS_CHANGED",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "userNumber": account.user_number,
        "alias": alias,
    }


def voice_message(account: Account, device_id: str, device_type: str, spoken: dict[str, Any]) -> dict[str, Any]:
    """Build the voice extension's message: what somebody said to an appliance.

    `spoken` holds utterance, wakeWord, language and sessionId. ThinQ Connect has no such push.
    """
    return {
        "pushType": "VOICE_COMMAND",
        "serviceId": _SERVICE_ID,
        "deviceId": device_id,
        "deviceType": device_type,
        **spoken,
        "userList": [account.user_number],
    }


class PushQueue:
    """The way from the cloud to the broker, with everything that may happen on it."""

    def __init__(self, clock: Clock, rng: random.Random, faults: FaultBox, deliver: Deliver) -> None:
        """Hand finished messages to `deliver(client id, payload)`."""
        self._clock = clock
        self._rng = rng
        self._faults = faults
        self._deliver = deliver
        self._held: Final[dict[str, bytes]] = {}
        self._delayed: Final[set[TimerHandle]] = set()

    def send(self, message: dict[str, Any], client_ids: list[str], *, wrapped: bool) -> None:
        """Send a message to some clients."""
        if not self._faults.active_now and not self._held:
            payload = self._encode(message, wrapped=wrapped)
            for client_id in client_ids:
                self._deliver(client_id, payload)
            return
        for client_id in client_ids:
            self._send_spoiled(message, client_id, wrapped=wrapped)

    def send_raw(self, payload: bytes, client_ids: list[str]) -> None:
        """Send arbitrary bytes."""
        for client_id in client_ids:
            self._deliver(client_id, payload)

    def close(self) -> None:
        """Forget messages still held back."""
        for timer in self._delayed:
            timer.cancel()
        self._delayed.clear()
        self._held.clear()

    def _send_spoiled(self, message: dict[str, Any], client_id: str, *, wrapped: bool) -> None:
        context = {"client_id": client_id, "device_id": message["deviceId"], "push_type": message["pushType"]}
        if self._faults.take("push_drop", **context) is not None:
            return
        wrapped = wrapped or self._faults.take("push_wrap", **context) is not None
        if (fault := self._faults.take("push_malform", **context)) is not None:
            payload = self._malform(fault, message, wrapped=wrapped)
        else:
            payload = self._encode(message, wrapped=wrapped)
        if (fault := self._faults.take("push_delay", **context)) is not None:
            self._send_later(float(fault.data.get("seconds", 5.0)), client_id, payload)
            return
        if client_id not in self._held and self._faults.take("push_reorder", **context) is not None:
            self._held[client_id] = payload
            return
        self._deliver(client_id, payload)
        if self._faults.take("push_duplicate", **context) is not None:
            self._deliver(client_id, payload)
        if (held := self._held.pop(client_id, None)) is not None:
            self._deliver(client_id, held)

    def _send_later(self, seconds: float, client_id: str, payload: bytes) -> None:
        def send() -> None:
            self._delayed.discard(timer)
            self._deliver(client_id, payload)

        timer = self._clock.call_later(seconds, send)
        self._delayed.add(timer)

    def _encode(self, message: dict[str, Any], *, wrapped: bool) -> bytes:
        if not wrapped:
            return json.dumps(message, ensure_ascii=False).encode()
        kind = "event" if message["pushType"] == "DEVICE_STATUS" else "push"
        envelope = {
            "messageId": base64.urlsafe_b64encode(self._rng.randbytes(16))[:-2].decode(),
            "timestamp": self._clock.now().replace(tzinfo=None).isoformat(timespec="microseconds"),
            kind: message,
        }
        return json.dumps(envelope, ensure_ascii=False).encode()

    def _malform(self, fault: Fault, message: dict[str, Any], *, wrapped: bool) -> bytes:
        kind = fault.data.get("kind", "half")
        spoil = _MALFORMED.get(kind)
        if spoil is None:
            return self._encode(message, wrapped=wrapped)
        spoiled = spoil(copy.deepcopy(message))
        if isinstance(spoiled, dict):
            return self._encode(spoiled, wrapped=wrapped)
        return spoiled


def _half(message: dict[str, Any]) -> bytes:
    encoded = json.dumps(message).encode()
    return encoded[: len(encoded) // 2]


def _replace_leaves(value: Any, replace: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _replace_leaves(member, replace) for key, member in value.items()}
    if isinstance(value, list):
        return [_replace_leaves(member, replace) for member in value]
    return replace(value)


def _null_values(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "report": _replace_leaves(message.get("report", {}), lambda _: None)}


def _foreign_enums(message: dict[str, Any]) -> dict[str, Any]:
    report = _replace_leaves(
        message.get("report", {}),
        lambda leaf: "OUT_OF_ENUM" if isinstance(leaf, str) else leaf,
    )
    return {**message, "report": report}


def _without_type(message: dict[str, Any]) -> dict[str, Any]:
    message.pop("deviceType", None)
    return message


def _unknown_type(message: dict[str, Any]) -> dict[str, Any]:
    return {**message, "pushType": "DEVICE_TELEPORTED"}


_MALFORMED: Final[dict[str, Callable[[dict[str, Any]], dict[str, Any] | bytes]]] = {
    "half": _half,
    "text": lambda _: b"Service Unavailable",
    "list": lambda message: json.dumps([message]).encode(),
    "binary": lambda _: b"\xff\xfe\x00\x80",
    "null": _null_values,
    "enum": _foreign_enums,
    "bare": _without_type,
    "type": _unknown_type,
}
