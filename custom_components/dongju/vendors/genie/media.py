"""Rows of speakers and set-top boxes, and the calls that write to them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from ...model.device import Value
from ...model.errors import NotSupportedError
from ...model.vocabulary import Attr, Kind, Unit
from ..base import JsonDict
from .client import segment
from .rows import StateRow, moment, number, text, words

SPEAKER: Final = "speaker"
SET_TOP_BOX: Final = "settopbox"

# KT's key codes of the set-top box's remote control (giga-genie reference, section 2).
KEY_CODES: Final[Mapping[str, int]] = {
    "erase": 8,
    "ok": 10,
    "exit": 27,
    "home": 36,
    "left": 37,
    "up": 38,
    "right": 39,
    "down": 40,
    **{str(digit): 48 + digit for digit in range(10)},
    "star": 112,
    "hash": 113,
    "back": 115,
    "red": 403,
    "green": 404,
    "yellow": 405,
    "blue": 406,
    "power": 409,
    "rewind": 412,
    "stop": 413,
    "play_pause": 415,
    "fast_forward": 417,
    "channel_up": 427,
    "channel_down": 428,
    "volume_up": 447,
    "volume_down": 448,
    "mute": 449,
}

_STATUS: Final = words({"stopped": "idle"})
_VOLUME: Final = StateRow(
    attr=Attr.VOLUME,
    kind=Kind.NUMBER,
    path="volume",
    unit=Unit.PERCENT,
    minimum=0,
    maximum=100,
    step=1,
    writable=True,
)
_MUTED: Final = StateRow(attr=Attr.MUTED, kind=Kind.BOOLEAN, path="muted", writable=True)


def _seconds(value: Any) -> Value:
    found = number(value)
    return None if found is None else found / 1000


def _next_of(kind: str) -> Callable[[Any], Value]:
    """Return a reader for the earliest timer of a kind."""

    def read(timers: Any) -> Value:
        rows = timers if isinstance(timers, list) else []
        times = [moment(row.get("fireAt")) for row in rows if isinstance(row, Mapping) and row.get("kind") == kind]
        return min((time for time in times if isinstance(time, datetime)), default=None)

    return read


def speaker_rows(state: Mapping[str, Any], voices: tuple[str, ...]) -> tuple[StateRow, ...]:
    """Return the rows of a speaker: wake words and voices are its own."""
    wake_words = tuple(str(word) for word in state.get("wakeWords") or ())
    return (
        _VOLUME,
        _MUTED,
        StateRow(
            attr=Attr.MEDIA_STATUS,
            kind=Kind.ENUM,
            path="media.status",
            read=_STATUS,
            options=("idle", "playing", "paused"),
        ),
        text(Attr.MEDIA_TITLE, "media.title"),
        text(Attr.MEDIA_ARTIST, "media.artist"),
        text(Attr.MEDIA_ALBUM, "media.album"),
        text(Attr.MEDIA_IMAGE, "media.imageUrl"),
        text(Attr.MEDIA_CONTENT_TYPE, "media.contentType"),
        StateRow(attr=Attr.MEDIA_DURATION, kind=Kind.NUMBER, path="media.durationMs", read=_seconds, unit=Unit.SECONDS),
        StateRow(
            attr=Attr.MEDIA_POSITION,
            kind=Kind.NUMBER,
            path="media.positionMs",
            read=_seconds,
            unit=Unit.SECONDS,
            writable=True,
        ),
        StateRow(attr=Attr.MEDIA_POSITION_AT, kind=Kind.TIMESTAMP, path="media.positionAt", read=moment),
        StateRow(attr=Attr.MEDIA_SHUFFLE, kind=Kind.BOOLEAN, path="media.shuffle", writable=True),
        StateRow(
            attr=Attr.MEDIA_REPEAT, kind=Kind.ENUM, path="media.repeat", options=("off", "one", "all"), writable=True
        ),
        StateRow(attr=Attr.MEDIA, kind=Kind.TEXT, readable=False, writable=True),
        StateRow(
            attr=Attr.MEDIA_COMMAND,
            kind=Kind.COMMAND,
            options=("play", "pause", "stop", "next", "previous"),
            writable=True,
        ),
        StateRow(attr=Attr.SPEAK, kind=Kind.TEXT, readable=False, writable=True),
        StateRow(attr=Attr.SPEAKING, kind=Kind.BOOLEAN, path="speaking"),
        StateRow(attr=Attr.LISTENING, kind=Kind.BOOLEAN, path="listening"),
        StateRow(attr=Attr.MICROPHONE_MUTED, kind=Kind.BOOLEAN, path="micMuted", writable=True),
        StateRow(attr=Attr.WAKE_WORD, kind=Kind.ENUM, path="wakeWord", options=wake_words, writable=True),
        StateRow(attr=Attr.VOICE, kind=Kind.ENUM, path="voice", options=voices, writable=True),
        StateRow(attr=Attr.NEXT_TIMER, kind=Kind.TIMESTAMP, path="timers", read=_next_of("timer")),
        StateRow(attr=Attr.NEXT_ALARM, kind=Kind.TIMESTAMP, path="timers", read=_next_of("alarm")),
        StateRow(attr=Attr.UTTERANCE, kind=Kind.EVENT, options=("heard",)),
        StateRow(attr=Attr.WAKE_WORD_HEARD, kind=Kind.EVENT, options=("heard",)),
    )


def box_rows(app_ids: tuple[str, ...]) -> tuple[StateRow, ...]:
    """Return the rows of a set-top box with these apps."""
    return (
        StateRow(attr=Attr.ON_OFF, kind=Kind.BOOLEAN, path="on", writable=True),
        StateRow(attr=Attr.STANDBY, kind=Kind.BOOLEAN, path="stbState", read=lambda value: value == "1"),
        StateRow(
            attr=Attr.CHANNEL,
            kind=Kind.NUMBER,
            path="channelNumber",
            minimum=1,
            maximum=999,
            step=1,
            writable=True,
        ),
        text(Attr.CHANNEL_NAME, "channelName"),
        text(Attr.PROGRAMME, "programme.title"),
        StateRow(attr=Attr.PROGRAMME_START, kind=Kind.TIMESTAMP, path="programme.start", read=moment),
        StateRow(attr=Attr.PROGRAMME_END, kind=Kind.TIMESTAMP, path="programme.end", read=moment),
        _VOLUME,
        _MUTED,
        StateRow(attr=Attr.APP, kind=Kind.ENUM, path="app.appId", options=app_ids, writable=True),
        StateRow(
            attr=Attr.MEDIA_STATUS,
            kind=Kind.ENUM,
            path="vod.status",
            read=_STATUS,
            options=("idle", "playing", "paused"),
        ),
        text(Attr.MEDIA_TITLE, "vod.title"),
        StateRow(attr=Attr.MEDIA_DURATION, kind=Kind.NUMBER, path="vod.durationMs", read=_seconds, unit=Unit.SECONDS),
        StateRow(
            attr=Attr.MEDIA_POSITION,
            kind=Kind.NUMBER,
            path="vod.positionMs",
            read=_seconds,
            unit=Unit.SECONDS,
            writable=True,
        ),
        StateRow(attr=Attr.MEDIA_POSITION_AT, kind=Kind.TIMESTAMP, path="vod.positionAt", read=moment),
        StateRow(attr=Attr.MEDIA, kind=Kind.TEXT, readable=False, writable=True),
        StateRow(attr=Attr.MEDIA_COMMAND, kind=Kind.COMMAND, options=("play", "pause", "stop"), writable=True),
        StateRow(attr=Attr.KEY, kind=Kind.COMMAND, options=tuple(KEY_CODES), writable=True),
    )


def speaker_call(device_id: str, key: str, value: Value) -> tuple[str, JsonDict]:
    """Return path and body of the command that writes one attribute of a speaker; speaking is `SpeechDesk`'s."""
    volume, media, settings = "speakers/{}/volume", "speakers/{}/media", "devices/{}/commands"
    calls: Mapping[str, tuple[str, JsonDict]] = {
        Attr.VOLUME: (volume, {"control": "ST", "value": _whole(value)}),
        Attr.MUTED: (volume, {"control": "MT" if value else "UMT"}),
        Attr.MEDIA: (media, {"act": "play", **_media_reference(str(value))}),
        Attr.MEDIA_COMMAND: (media, {"act": {"play": "resume", "previous": "prev"}.get(str(value), value)}),
        Attr.MEDIA_POSITION: (media, {"act": "seek", "playTime": _whole(value, 1000)}),
        Attr.MEDIA_SHUFFLE: (media, {"act": "set", "shuffle": value}),
        Attr.MEDIA_REPEAT: (media, {"act": "set", "repeat": value}),
        Attr.MICROPHONE_MUTED: (settings, _setting("micMuted", value)),
        Attr.WAKE_WORD: (settings, _setting("wakeWord", value)),
        Attr.VOICE: (settings, _setting("voice", value)),
    }
    if key not in calls:
        raise NotSupportedError(key)
    path, body = calls[key]
    return path.format(segment(device_id)), body


def _setting(name: str, value: Value) -> JsonDict:
    return {"capability": "speaker", "command": "set", "args": {name: value}}


def box_call(device_id: str, key: str, value: Value) -> tuple[str, JsonDict]:
    """Return path and body of the command that writes one attribute of a set-top box."""
    if key == Attr.MEDIA:
        reference = _media_reference(str(value))
        if "vodId" not in reference:
            raise NotSupportedError("a set-top box plays videos")
        return f"iptv/{segment(device_id)}/vod/play", reference
    commands: Mapping[str, tuple[str, JsonDict]] = {
        Attr.CHANNEL: ("channel", {"number": _whole(value)}),
        Attr.VOLUME: ("volume", {"control": "ST", "value": _whole(value)}),
        Attr.MUTED: ("mute", {"muted": value}),
        Attr.APP: ("app", {"appId": value}),
        Attr.KEY: ("key", {"keyCode": KEY_CODES.get(str(value), 0)}),
        Attr.MEDIA_COMMAND: ("media", {"act": {"play": "resume"}.get(str(value), value)}),
        Attr.MEDIA_POSITION: ("media", {"act": "seek", "playTime": _whole(value, 1000)}),
    }
    if key not in commands:
        raise NotSupportedError(key)
    command, args = commands[key]
    return box_command(device_id, command, args)


def power_key(device_id: str, version: int | None) -> tuple[str, JsonDict]:
    """Return path and body of a press of the power key, valid only for the box as it was read.

    The key is a toggle: were it pressed by somebody else at the same moment, ours would undo that.
    """
    path, body = box_command(device_id, "key", {"keyCode": KEY_CODES["power"]})
    return path, body if version is None else {**body, "expectedVersion": version}


def box_command(device_id: str, command: str, args: JsonDict) -> tuple[str, JsonDict]:
    """Return path and body of a command of a set-top box."""
    return f"devices/{segment(device_id)}/commands", {"capability": "iptv", "command": command, "args": args}


def _media_reference(value: str) -> JsonDict:
    """Return what to play from `track:ID`, `playlist:ID`, `vod:ID`, or a plain search text."""
    kind, _, name = value.partition(":")
    key = {"track": "trackId", "playlist": "playlistId", "vod": "vodId", "query": "query"}.get(kind)
    return {key: name} if key and name else {"query": value}


def _whole(value: Value, factor: int = 1) -> int:
    return round(value * factor) if isinstance(value, int | float) else 0
