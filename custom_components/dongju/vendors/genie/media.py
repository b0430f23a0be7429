"""Rows of speakers and set-top boxes, and the calls that write to them."""

from collections.abc import Mapping
from typing import Any, Final

from ...model.device import Value
from ...model.errors import NotSupportedError
from ...model.vocabulary import Attr, Kind, Unit
from ..base import JsonDict
from .mapping import StateRow, moment, words

SPEAKER: Final = "speaker"
SET_TOP_BOX: Final = "settopbox"

MAX_SPEECH: Final = 1024

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


def _text(attr: Attr, path: str) -> StateRow:
    return StateRow(attr=attr, kind=Kind.TEXT, path=path)


def _seconds(value: Any) -> Value:
    return value / 1000 if isinstance(value, int | float) else None


def _next_of(kind: str) -> Any:
    """Return a reader for the earliest timer of a kind."""

    def read(timers: Any) -> Value:
        rows = timers if isinstance(timers, list) else []
        times = [moment(row.get("fireAt")) for row in rows if isinstance(row, Mapping) and row.get("kind") == kind]
        return min((time for time in times if time is not None), default=None, key=str)

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
        _text(Attr.MEDIA_TITLE, "media.title"),
        _text(Attr.MEDIA_ARTIST, "media.artist"),
        _text(Attr.MEDIA_ALBUM, "media.album"),
        _text(Attr.MEDIA_IMAGE, "media.imageUrl"),
        _text(Attr.MEDIA_CONTENT_TYPE, "media.contentType"),
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
        _text(Attr.CHANNEL_NAME, "channelName"),
        _text(Attr.PROGRAMME, "programme.title"),
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
        _text(Attr.MEDIA_TITLE, "vod.title"),
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
    """Return path and body of the command that writes one attribute of a speaker."""
    volume, media, settings = "speakers/{}/volume", "speakers/{}/media", "devices/{}/commands"
    calls: Mapping[str, tuple[str, JsonDict]] = {
        Attr.VOLUME: (volume, {"control": "ST", "value": value}),
        Attr.MUTED: (volume, {"control": "MT" if value else "UMT"}),
        Attr.SPEAK: ("speakers/{}/speak", {"text": value}),
        Attr.MEDIA: (media, {"act": "play", **_media_reference(str(value))}),
        Attr.MEDIA_COMMAND: (media, {"act": {"play": "resume", "previous": "prev"}.get(str(value), value)}),
        Attr.MEDIA_POSITION: (media, {"act": "seek", "playTime": _milliseconds(value)}),
        Attr.MEDIA_SHUFFLE: (media, {"act": "set", "shuffle": value}),
        Attr.MEDIA_REPEAT: (media, {"act": "set", "repeat": value}),
        Attr.MICROPHONE_MUTED: (settings, _setting("micMuted", value)),
        Attr.WAKE_WORD: (settings, _setting("wakeWord", value)),
        Attr.VOICE: (settings, _setting("voice", value)),
    }
    path, body = calls[key]
    return path.format(device_id), body


def _setting(name: str, value: Value) -> JsonDict:
    return {"capability": "speaker", "command": "set", "args": {name: value}}


def box_call(device_id: str, key: str, value: Value) -> tuple[str, JsonDict]:
    """Return path and body of the command that writes one attribute of a set-top box."""
    if key == Attr.MEDIA:
        reference = _media_reference(str(value))
        if "vodId" not in reference:
            raise NotSupportedError("a set-top box plays videos")
        return f"iptv/{device_id}/vod/play", reference
    commands: Mapping[str, tuple[str, JsonDict]] = {
        Attr.ON_OFF: ("key", {"keyCode": KEY_CODES["power"]}),
        Attr.CHANNEL: ("channel", {"number": int(value) if isinstance(value, int | float) else 0}),
        Attr.VOLUME: ("volume", {"control": "ST", "value": value}),
        Attr.MUTED: ("mute", {"muted": value}),
        Attr.APP: ("app", {"appId": value}),
        Attr.KEY: ("key", {"keyCode": KEY_CODES.get(str(value), 0)}),
        Attr.MEDIA_COMMAND: ("media", {"act": {"play": "resume"}.get(str(value), value)}),
        Attr.MEDIA_POSITION: ("media", {"act": "seek", "playTime": _milliseconds(value)}),
    }
    command, args = commands[key]
    return f"devices/{device_id}/commands", {"capability": "iptv", "command": command, "args": args}


def split_speech(text: str, limit: int = MAX_SPEECH) -> list[str]:
    """Return a text in pieces of at most `limit` characters, cut at sentence ends, else at spaces, else anywhere."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        window = rest[:limit]
        ends = [window.rfind(mark) + len(mark) for mark in (". ", "? ", "! ", "。", "\n") if mark in window]
        cut = max(ends, default=0) or window.rfind(" ") or limit
        cut = cut if cut > 0 else limit
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest] if rest else pieces


def _media_reference(value: str) -> JsonDict:
    """Return what to play from `track:ID`, `playlist:ID`, `vod:ID`, or a plain search text."""
    kind, _, name = value.partition(":")
    key = {"track": "trackId", "playlist": "playlistId", "vod": "vodId", "query": "query"}.get(kind)
    return {key: name} if key and name else {"query": value}


def _milliseconds(value: Value) -> int:
    return round(value * 1000) if isinstance(value, int | float) else 0
