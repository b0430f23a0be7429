"""Speakers: speaking with its outcomes, volume, settings, voices."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .devices import Devices, GenieDevice
from .envelope import GenieError, JsonDict, bad_parameter, not_found, out_of_range, text_of, unsupported
from .identifiers import Identifiers
from .push import PushHub

MAX_TEXT: Final = 1024
# The Service SDK's codes of how a spoken text ended.
TTS_OK: Final = 200
TTS_BUSY: Final = 409
TTS_WAKE_WORD: Final = 501
TTS_FAILED: Final = 502
TTS_REPLACED: Final = 503
TTS_MUTED: Final = 504

# KT's words for how far the volume goes; the figures are ours.
VOLUME_STEPS: Final[Mapping[str, int]] = {"LE": 5, "GN": 10, "MO": 20, "MX": 100}

_SETTINGS: Final[Mapping[str, type]] = {
    "wakeWord": str,
    "voice": str,
    "language": str,
    "micMuted": bool,
    "night": bool,
}


@dataclass(slots=True)
class Voice:
    """One voice; a personal one can be revoked."""

    id: str
    name: str
    language: str
    personal: bool = False
    status: str = "ready"

    def as_dict(self) -> JsonDict:
        """Return the voice as clients see it."""
        return {
            "id": self.id,
            "displayName": self.name,
            "language": self.language,
            "personal": self.personal,
            "ownerId": "m-1" if self.personal else None,
            "status": self.status,
        }


@dataclass(slots=True)
class _Speech:
    """What a speaker is saying."""

    play_id: str
    cause: str | None
    end: TimerHandle


class SpeakerDesk:
    """Let speakers speak and be set."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices, push: PushHub) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._push = push
        self._speeches: dict[str, _Speech] = {}
        # A knob: the code of the next speeches instead of 200.
        self.next_outcomes: list[int] = []
        self.voices = [
            Voice("genie-1", "지니", "ko"),
            Voice("genie-2", "차분한 지니", "ko"),
            Voice("genie-en", "Genie English", "en"),
            Voice("family-1", "엄마 목소리", "ko", personal=True),
        ]

    def speak(self, device: GenieDevice, body: JsonDict, cause: str | None) -> JsonDict:
        """Say a text; how it ended follows as `tts.finished`. Raise 400 when too long, 410 for a revoked voice."""
        text = text_of(body, "text", limit=MAX_TEXT)
        self._check_voice(body.get("voice") or device.state["voice"])
        for name in ("speed", "pitch"):
            value = body.get(name, 100)
            if not isinstance(value, int) or isinstance(value, bool):
                raise bad_parameter(f"{name} must be a whole number")
            if not 50 <= value <= 150:
                raise out_of_range(name, 50, 150)
        priority = body.get("priority", "normal")
        if priority not in {"normal", "alert"}:
            raise bad_parameter("priority is normal or alert")
        play_id = self._ids.name("play")
        interrupts = priority == "alert" or body.get("interrupt") is True
        speed = int(body.get("speed", 100))
        self._begin(device, play_id, cause, _seconds(text, speed), interrupts=interrupts)
        return {"status": "accepted", "playId": play_id, "version": device.version}

    def say(self, device: GenieDevice, text: str) -> str:
        """Say a text of the cloud's own, over whatever is being said; return its play id."""
        play_id = self._ids.name("play")
        self._begin(device, play_id, None, _seconds(text, 100), interrupts=True)
        return play_id

    def stop(self, device: GenieDevice, play_id: str) -> JsonDict:
        """Stop what is being said; raise 404 when that is not being said."""
        speech = self._speeches.get(device.id)
        if speech is None or speech.play_id != play_id:
            raise not_found("speech")
        self._finish(device, TTS_REPLACED)
        return {"playId": play_id}

    def heard_wake_word(self, device: GenieDevice) -> None:
        """Fall silent, because someone speaks."""
        if device.id in self._speeches:
            self._finish(device, TTS_WAKE_WORD)

    def volume(self, device: GenieDevice, body: JsonDict, cause: str | None) -> JsonDict:
        """Change the volume as `Req_HWCL` does: `control` UP, DN, MT, UMT or ST, `value` LE, GN, MO, MX or a number."""
        state = device.state
        control = body.get("control")
        if control in {"MT", "UMT"}:
            changes: JsonDict = {"muted": control == "MT"}
        elif control in {"UP", "DN", "ST"}:
            changes = {"volume": new_volume(int(state["volume"]), control, body.get("value")), "muted": False}
        else:
            raise bad_parameter("control is UP, DN, MT, UMT or ST")
        self.set_volume(device, changes, cause)
        return {"status": "accepted", "version": device.version, "volume": state["volume"], "muted": state["muted"]}

    def set_volume(self, device: GenieDevice, changes: JsonDict, cause: str | None = None) -> None:
        """Change volume and mute and tell the clients."""
        self._devices.update(
            device,
            changes,
            cause=cause,
            event="volume",
            show=lambda changed: {"volume": changed.state["volume"], "muted": changed.state["muted"]},
        )

    def command(
        self, device: GenieDevice, capability: str, command: str, args: Mapping[str, Any], cause: str | None
    ) -> None:
        """Change settings: `set` with wakeWord, voice, language, micMuted or night; raise 400, 410 or 422."""
        if capability != "speaker" or command != "set":
            raise unsupported(f"{device.kind} has no {capability[:40]}.{command[:40]}")
        for name, value in args.items():
            kind = _SETTINGS.get(name)
            if kind is None or not isinstance(value, kind):
                raise bad_parameter(f"{name[:40]} cannot be set so")
        if "voice" in args:
            self._check_voice(args["voice"])
        if "wakeWord" in args and args["wakeWord"] not in device.state["wakeWords"]:
            raise unsupported("no such wake word", choices=device.state["wakeWords"])
        if "language" in args and args["language"] not in {"ko", "en"}:
            raise unsupported("no such language", choices=["ko", "en"])
        self._devices.update(device, args, cause=cause)

    def revoke_voice(self, voice_id: str) -> Voice:
        """Withdraw a voice; raise KeyError for an unknown one."""
        voice = next((voice for voice in self.voices if voice.id == voice_id), None)
        if voice is None:
            raise KeyError(voice_id)
        voice.status = "revoked"
        return voice

    def close(self) -> None:
        """Fall silent everywhere."""
        for speech in self._speeches.values():
            speech.end.cancel()
        self._speeches.clear()

    def _begin(self, device: GenieDevice, play_id: str, cause: str | None, seconds: float, *, interrupts: bool) -> None:
        if device.state["muted"]:
            self._tell(device, play_id, TTS_MUTED, cause)
            return
        if device.id in self._speeches:
            if not interrupts:
                self._tell(device, play_id, TTS_BUSY, cause)
                return
            self._finish(device, TTS_REPLACED)
        if self.next_outcomes and self.next_outcomes[0] != TTS_OK:
            self._tell(device, play_id, self.next_outcomes.pop(0), cause)
            return
        self.next_outcomes = self.next_outcomes[1:]
        end = self._clock.call_later(seconds, lambda: self._finish(device, TTS_OK))
        self._speeches[device.id] = _Speech(play_id, cause, end)
        self._devices.update(device, {"speaking": True}, cause=cause)

    def _finish(self, device: GenieDevice, code: int) -> None:
        speech = self._speeches.pop(device.id)
        speech.end.cancel()
        self._devices.update(
            device,
            {"speaking": False},
            cause=speech.cause,
            event="tts.finished",
            show=lambda _changed: {"playId": speech.play_id, "code": code},
        )

    def _tell(self, device: GenieDevice, play_id: str, code: int, cause: str | None) -> None:
        data: JsonDict = {"version": device.version, "playId": play_id, "code": code}
        if cause is not None:
            data["causeCommandId"] = cause
        self._push.notify("tts.finished", device.household_id, device.id, data)

    def _check_voice(self, voice_id: object) -> None:
        voice = next((voice for voice in self.voices if voice.id == voice_id), None)
        if voice is None:
            raise unsupported("no such voice", choices=[voice.id for voice in self.voices])
        if voice.status == "revoked":
            raise GenieError(HTTPStatus.GONE, "VOICE_REVOKED", "the voice was withdrawn", data={"fallback": "genie-1"})


def new_volume(current: int, control: str, value: object) -> int:
    """Return the volume after UP, DN or ST; raise 400 or 422."""
    if isinstance(value, str) and value.isdecimal():
        value = int(value)
    if control == "ST":
        if isinstance(value, bool) or not isinstance(value, int):
            raise bad_parameter("value must be a number")
        if not 0 <= value <= 100:
            raise out_of_range("value", 0, 100)
        return value
    whole = isinstance(value, int) and not isinstance(value, bool)
    step = int(str(value)) if whole else VOLUME_STEPS.get(str(value or "GN"), -1)
    if not 0 < step <= 100:
        raise bad_parameter("value is LE, GN, MO, MX or a number to 100")
    return max(0, min(100, current + (step if control == "UP" else -step)))


def _seconds(text: str, speed: int) -> float:
    """Return how long a text takes to say: about seven syllables a second."""
    return max(0.5, len(text) / 7 * 100 / speed)
