"""The set-top box: its keys, channels, volume, apps and videos."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .channels import CHANNELS, Channel
from .devices import SET_TOP_BOX, Devices, GenieDevice
from .envelope import GenieError, JsonDict, bad_parameter, iso, not_found, out_of_range, unsupported
from .homeiot_desk import LATENCY_S
from .programmes import current
from .speakers import new_volume
from .stb_state import OFF, ON, STANDBY
from .vod import APPS, VIDEOS, Video

POWER_KEY: Final = 409
DIGITS_WAIT_S: Final = 2.0
_KEY_VOLUME_STEP: Final = 1
_SEEK_MS: Final = 30_000


class SetTopBoxDesk:
    """Press keys and carry out what the account API adds to them."""

    def __init__(self, seed: int, clock: Clock, devices: Devices) -> None:
        self._seed = seed
        self._clock = clock
        self._devices = devices
        self._channels = {channel.number: channel for channel in CHANNELS}
        self._numbers = sorted(self._channels)
        self._programme_ends: dict[str, TimerHandle] = {}
        self._digit_ends: dict[str, TimerHandle] = {}
        self._keys: Final[Mapping[int, Callable[[GenieDevice], JsonDict]]] = {
            8: self._erase,
            10: self._ok,
            27: self._live,
            36: lambda _box: {"screen": "home", "app": None, "vod": None},
            112: _nothing,
            113: _nothing,
            115: self._live,
            412: lambda box: self._seek(box, -_SEEK_MS),
            413: self._live,
            415: self._play_pause,
            417: lambda box: self._seek(box, _SEEK_MS),
            427: lambda box: self._neighbour(box, 1),
            428: lambda box: self._neighbour(box, -1),
            447: lambda box: {"volume": min(100, box.state["volume"] + _KEY_VOLUME_STEP), "muted": False},
            448: lambda box: {"volume": max(0, box.state["volume"] - _KEY_VOLUME_STEP), "muted": False},
            449: lambda box: {"muted": not box.state["muted"]},
            **dict.fromkeys((37, 38, 39, 40, 403, 404, 405, 406), _nothing),
        }

    def start(self) -> None:
        """Show what is on now."""
        for box in self._devices.of(kind=SET_TOP_BOX):
            box.state.update(self.tuned(box, box.state["channelNumber"]) if box.state["on"] else {"programme": None})
            self._await_programme_end(box)

    def close(self) -> None:
        """Wait for nothing."""
        for timer in [*self._programme_ends.values(), *self._digit_ends.values()]:
            timer.cancel()

    def channel(self, number: int) -> Channel:
        """Return a channel; raise 404."""
        if number not in self._channels:
            raise not_found("channel")
        return self._channels[number]

    def press(self, box: GenieDevice, key: int, cause: str | None = None) -> None:
        """Press a key of the remote control; a box that is off hears only power. Raise 422 for an unknown key."""
        if key == POWER_KEY:
            self.power(box, on=not box.state["on"], cause=cause)
            return
        if not (48 <= key <= 57 or key in self._keys):
            raise unsupported(f"no key {key}")
        if not box.state["on"]:
            return
        if 48 <= key <= 57:
            self._digit(box, str(key - 48))
            return
        changes = self._keys[key](box)
        if changes or cause is not None:
            self._update(box, changes, cause)

    def power(self, box: GenieDevice, *, on: bool, standby: bool = False, cause: str | None = None) -> None:
        """Switch the box on, off or to standby."""
        state = ON if on else STANDBY if standby else OFF
        changes: JsonDict = {"on": on, "stbState": state, "app": None, "vod": None, "screen": "live"}
        changes.update(self.tuned(box, box.state["channelNumber"]) if on else {"programme": None})
        self._update(box, changes, cause)

    def tune(self, box: GenieDevice, number: int, cause: str | None = None) -> None:
        """Change to a channel; raise 404 for one that is not there."""
        if number not in self._channels:
            raise not_found("channel")
        self._update(box, self.tuned(box, number), cause)

    def tuned(self, box: GenieDevice, number: int) -> JsonDict:
        """Return the state of a box on a channel."""
        channel = self._channels.get(number, self._channels[self._numbers[0]])
        changes: JsonDict = {
            "channelNumber": channel.number,
            "channelName": channel.name,
            "programme": current(self._seed, channel, self._clock.now()).as_dict(),
            "screen": "live",
            "app": None,
            "vod": None,
        }
        if channel.number != box.state["channelNumber"]:
            changes["previousChannel"] = box.state["channelNumber"]
        return changes

    def play_video(self, box: GenieDevice, video_id: str, cause: str | None) -> None:
        """Play a video; raise 404, and 403 for one that would have to be bought."""
        video = VIDEOS.get(video_id)
        if video is None:
            raise not_found("video")
        if video.price:
            raise GenieError(
                HTTPStatus.FORBIDDEN, "NO_AUTHORITY", "bought with the remote control only", data={"price": video.price}
            )
        self._require_on(box)
        self._update(box, {"screen": "vod", "app": None, "vod": self._video(video, "playing", 0)}, cause)

    def command(
        self, box: GenieDevice, capability: str, command: str, args: Mapping[str, Any], cause: str | None
    ) -> None:
        """Accept channel, volume, mute, app, key or media, carried out a moment later; raise 400, 404, 409, 422."""
        if capability != "iptv":
            raise unsupported(f"a set-top box has no capability {capability[:40]!r}")
        act = self._checked(box, command, args, cause)
        self._devices.later(box, LATENCY_S, act)

    def _checked(
        self, box: GenieDevice, command: str, args: Mapping[str, Any], cause: str | None
    ) -> Callable[[], None]:
        if command == "key":
            key = _whole(args, "keyCode")
            if key != POWER_KEY and not 48 <= key <= 57 and key not in self._keys:
                raise unsupported(f"no key {key}")
            return lambda: self.press(box, key, cause)
        self._require_on(box)
        if command == "channel":
            number = self.channel(_whole(args, "number")).number
            return lambda: self.tune(box, number, cause)
        if command == "volume":
            volume = new_volume(box.state["volume"], str(args.get("control", "ST")), args.get("value"))
            return lambda: self._update(box, {"volume": volume, "muted": False}, cause)
        if command == "mute":
            muted = args.get("muted")
            if not isinstance(muted, bool):
                raise bad_parameter("muted must be a boolean")
            return lambda: self._update(box, {"muted": muted}, cause)
        if command == "app":
            app = APPS.get(str(args.get("appId")))
            if app is None:
                raise unsupported("no such app", choices=[*APPS])
            shown = {"appId": app.id, "name": app.name}
            return lambda: self._update(box, {"screen": "app", "app": shown, "vod": None}, cause)
        if command == "media":
            return self._media(box, args, cause)
        raise unsupported(f"no command {command[:40]!r}", commands=["key", "channel", "volume", "mute", "app", "media"])

    def _media(self, box: GenieDevice, args: Mapping[str, Any], cause: str | None) -> Callable[[], None]:
        vod = box.state["vod"]
        act = args.get("act")
        if vod is None:
            raise unsupported("no video is playing")
        if act in {"pause", "resume"}:
            status = "paused" if act == "pause" else "playing"
            return lambda: self._update(box, {"vod": {**vod, "status": status, **self._at(self._position(vod))}}, cause)
        if act == "stop":
            return lambda: self._update(box, self._live(box), cause)
        if act == "seek":
            position = _whole(args, "playTime")
            if not 0 <= position <= vod["durationMs"]:
                raise out_of_range("playTime", 0, vod["durationMs"])
            return lambda: self._update(box, {"vod": {**vod, **self._at(position)}}, cause)
        raise bad_parameter("act is pause, resume, stop or seek")

    def _require_on(self, box: GenieDevice) -> None:
        if not box.state["on"]:
            raise GenieError(HTTPStatus.CONFLICT, "STB_OFF", "the set-top box is off")

    def _digit(self, box: GenieDevice, digit: str) -> None:
        """Collect digits; two seconds after the last one they are a channel."""
        box.memory["digits"] = f"{box.memory.get('digits', '')}{digit}"[-3:]
        if timer := self._digit_ends.pop(box.id, None):
            timer.cancel()
        self._digit_ends[box.id] = self._clock.call_later(DIGITS_WAIT_S, lambda: self._digits_done(box))

    def _digits_done(self, box: GenieDevice) -> None:
        if timer := self._digit_ends.pop(box.id, None):
            timer.cancel()
        number = int(box.memory.pop("digits", "") or -1)
        if box.state["on"] and number in self._channels:
            self.tune(box, number)

    def _ok(self, box: GenieDevice) -> JsonDict:
        if box.memory.get("digits"):
            self._digits_done(box)
        return {}

    def _erase(self, box: GenieDevice) -> JsonDict:
        box.memory["digits"] = box.memory.get("digits", "")[:-1]
        return {}

    def _live(self, box: GenieDevice) -> JsonDict:
        return self.tuned(box, box.state["channelNumber"])

    def _neighbour(self, box: GenieDevice, step: int) -> JsonDict:
        at = self._numbers.index(box.state["channelNumber"])
        return self.tuned(box, self._numbers[(at + step) % len(self._numbers)])

    def _play_pause(self, box: GenieDevice) -> JsonDict:
        vod = box.state["vod"]
        if vod is None:
            return {}
        status = "paused" if vod["status"] == "playing" else "playing"
        return {"vod": {**vod, "status": status, **self._at(self._position(vod))}}

    def _seek(self, box: GenieDevice, step_ms: int) -> JsonDict:
        vod = box.state["vod"]
        if vod is None:
            return {}
        return {"vod": {**vod, **self._at(max(0, min(vod["durationMs"], self._position(vod) + step_ms)))}}

    def _video(self, video: Video, status: str, position_ms: int) -> JsonDict:
        return {
            "vodId": video.id,
            "title": video.title,
            "status": status,
            "durationMs": video.minutes * 60_000,
            **self._at(position_ms),
        }

    def _position(self, vod: Mapping[str, Any]) -> int:
        if vod["status"] != "playing":
            return int(vod["positionMs"])
        passed = self._clock.now() - datetime.fromisoformat(vod["positionAt"])
        return int(min(vod["durationMs"], vod["positionMs"] + passed / timedelta(milliseconds=1)))

    def _at(self, position_ms: int) -> JsonDict:
        return {"positionMs": position_ms, "positionAt": iso(self._clock.now())}

    def _update(self, box: GenieDevice, changes: JsonDict, cause: str | None) -> None:
        self._devices.update(box, changes, cause=cause)
        if "programme" in changes:
            self._await_programme_end(box)

    def _await_programme_end(self, box: GenieDevice) -> None:
        if timer := self._programme_ends.pop(box.id, None):
            timer.cancel()
        programme = box.state["programme"]
        if programme is not None:
            left = (datetime.fromisoformat(programme["end"]) - self._clock.now()).total_seconds()
            self._programme_ends[box.id] = self._clock.call_later(max(1.0, left), lambda: self._next_programme(box))

    def _next_programme(self, box: GenieDevice) -> None:
        if self._devices.devices.get(box.id) is box and box.state["on"]:
            channel = self._channels[box.state["channelNumber"]]
            self._update(box, {"programme": current(self._seed, channel, self._clock.now()).as_dict()}, None)


def _nothing(_box: GenieDevice) -> JsonDict:
    """Do nothing a client could see."""
    return {}


def _whole(args: Mapping[str, Any], name: str) -> int:
    """Return a whole number, also from a text of digits; raise 400."""
    value = args.get(name)
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise bad_parameter(f"{name} must be a whole number")
    return value
