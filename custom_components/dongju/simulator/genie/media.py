"""Playing on a speaker: queue, position, next and previous, and the link to the music service."""

from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .devices import Devices, GenieDevice
from .envelope import GenieError, JsonDict, bad_parameter, iso, not_found, out_of_range
from .identifiers import Identifiers
from .music import MUSIC, RADIO, TRACKS, Track, playlist_tracks, to_play
from .push import PushHub
from .speaker_state import NO_MEDIA, shown_media

LINK_DAYS: Final = 90


class MusicLink:
    """Whether the household's Genie Music account is linked."""

    def __init__(self, clock: Clock, ids: Identifiers, push: PushHub, state: JsonDict | None = None) -> None:
        state = state or {"linked": True}
        self._clock = clock
        self._push = push
        self.state = str(ids.fixed("music-login")[:24])
        self.expires_at: float | None = state.get("expires_at")
        self._linked = bool(state["linked"])
        self.base: Callable[[], str] = str

    @property
    def linked(self) -> bool:
        """Return whether the link is there and has not run out."""
        return self._linked and (self.expires_at is None or self._clock.now().timestamp() < self.expires_at)

    @property
    def oauth_url(self) -> str:
        """Return the page on which the person links the music account."""
        return f"{self.base()}/genie/music/login?state={self.state}"

    def status(self) -> JsonDict:
        """Return KT's three fields: `oauth_status`, `oauth_url`, `expiry_date`."""
        expiry = (
            None if self.expires_at is None else iso(datetime.fromtimestamp(self.expires_at, self._clock.now().tzinfo))
        )
        return {
            "service": "geniemusic",
            "oauth_status": "valid" if self.linked else "invalid",
            "oauth_url": None if self.linked else self.oauth_url,
            "expiry_date": expiry if self.linked else None,
        }

    def set(self, *, linked: bool) -> None:
        """Link or unlink, and tell the clients."""
        was = self.linked
        self._linked = linked
        self.expires_at = (self._clock.now() + timedelta(days=LINK_DAYS)).timestamp() if linked else None
        if was != linked:
            self._push.notify("link.granted" if linked else "link.revoked", None, None, {"service": "geniemusic"})

    def require(self) -> None:
        """Raise 403 `MUSIC_LOGIN_REQUIRED` with the page to log in on."""
        if not self.linked:
            raise GenieError(
                HTTPStatus.FORBIDDEN,
                "MUSIC_LOGIN_REQUIRED",
                "Genie Music is not linked",
                data={"service": "geniemusic", "oauth_url": self.oauth_url},
            )

    def snapshot(self) -> JsonDict:
        """Return the link."""
        return {"linked": self._linked, "expires_at": self.expires_at}


class MediaDesk:
    """Play, pause and move on."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices, link: MusicLink) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._link = link
        self._ends: dict[str, TimerHandle] = {}

    def act(self, device: GenieDevice, body: JsonDict, cause: str | None) -> JsonDict:
        """Carry out `act` play, pause, stop, resume, seek, next, prev or set; return what is playing."""
        act = body.get("act")
        handler = self._acts().get(act) if isinstance(act, str) else None
        if handler is None:
            raise bad_parameter(f"act must be one of {', '.join(self._acts())}")
        handler(device, body, cause)
        return {"status": "accepted", "version": device.version, "media": self.shown(device)}

    def shown(self, device: GenieDevice) -> JsonDict:
        """Return what is playing as clients see it."""
        return shown_media(device.state["media"], self._devices.media_base())

    def queue(self, device: GenieDevice) -> JsonDict:
        """Return what plays next."""
        tracks = [TRACKS[track_id] for track_id in device.memory.get("queue", []) if track_id in TRACKS]
        base = self._devices.media_base()
        return {"index": device.state["media"]["queueIndex"], "list": [track.detail(base) for track in tracks]}

    def play(self, device: GenieDevice, tracks: list[Track], cause: str | None = None) -> None:
        """Play tracks from the first; raise 403 when they need a link that is missing and 404 when there are none."""
        if not tracks:
            raise not_found("music")
        if any(track.content_type == MUSIC for track in tracks):
            self._link.require()
        order = list(tracks)
        if device.state["media"]["shuffle"]:
            self._ids.random(f"shuffle:{self._ids.number('shuffle')}").shuffle(order)
        device.memory["queue"] = [track.id for track in order]
        self._start(device, 0, cause)

    def silence(self, device: GenieDevice, cause: str | None = None) -> None:
        """Stop and empty the queue."""
        device.memory["queue"] = []
        self._forget(device)
        kept = {key: device.state["media"][key] for key in ("shuffle", "repeat")}
        self._update(device, {**NO_MEDIA, **kept}, cause)

    def close(self) -> None:
        """Forget every track's end."""
        for timer in self._ends.values():
            timer.cancel()
        self._ends.clear()

    def _acts(self) -> dict[str, Callable[[GenieDevice, JsonDict, str | None], None]]:
        return {
            "play": self._play,
            "pause": self._pause,
            "resume": self._resume,
            "stop": lambda device, _body, cause: self.silence(device, cause),
            "seek": self._seek,
            "next": lambda device, _body, cause: self._skip(device, 1, cause),
            "prev": lambda device, _body, cause: self._skip(device, -1, cause),
            "set": self._set,
        }

    def _play(self, device: GenieDevice, body: JsonDict, cause: str | None) -> None:
        if track_id := body.get("trackId"):
            track = TRACKS.get(str(track_id))
            self.play(device, [track] if track else [], cause)
        elif playlist_id := body.get("playlistId"):
            self.play(device, playlist_tracks(str(playlist_id)), cause)
        elif query := body.get("query"):
            self.play(device, to_play(str(query)[:200]), cause)
        else:
            self._resume(device, body, cause)

    def _pause(self, device: GenieDevice, _body: JsonDict, cause: str | None) -> None:
        media = device.state["media"]
        if media["status"] == "playing":
            self._forget(device)
            self._update(device, {**media, "status": "paused", **self._at(self._position(media))}, cause)
        else:
            self._update(device, media, cause)

    def _resume(self, device: GenieDevice, _body: JsonDict, cause: str | None) -> None:
        media = device.state["media"]
        if media["trackId"] is None:
            raise not_found("music")
        if media["contentType"] == MUSIC:
            self._link.require()
        self._update(device, {**media, "status": "playing", **self._at(self._position(media))}, cause)
        self._await_end(device)

    def _seek(self, device: GenieDevice, body: JsonDict, cause: str | None) -> None:
        media = device.state["media"]
        position = body.get("playTime")
        if not isinstance(position, int) or isinstance(position, bool):
            raise bad_parameter("playTime must be milliseconds")
        if media["trackId"] is None or media["contentType"] == RADIO:
            raise not_found("music")
        if not 0 <= position <= media["durationMs"]:
            raise out_of_range("playTime", 0, media["durationMs"])
        self._update(device, {**media, **self._at(position)}, cause)
        if media["status"] == "playing":
            self._await_end(device)

    def _set(self, device: GenieDevice, body: JsonDict, cause: str | None) -> None:
        media = dict(device.state["media"])
        shuffle, repeat = body.get("shuffle", media["shuffle"]), body.get("repeat", media["repeat"])
        if not isinstance(shuffle, bool) or repeat not in {"off", "one", "all"}:
            raise bad_parameter("shuffle is true or false, repeat is off, one or all")
        self._update(device, {**media, "shuffle": shuffle, "repeat": repeat}, cause)

    def _skip(self, device: GenieDevice, step: int, cause: str | None) -> None:
        media = device.state["media"]
        queue = device.memory.get("queue", [])
        if not queue:
            raise not_found("music")
        index = media["queueIndex"] + step
        if not 0 <= index < len(queue):
            if media["repeat"] != "all":
                index = min(max(index, 0), len(queue) - 1)
            index %= len(queue)
        self._start(device, index, cause)

    def _start(self, device: GenieDevice, index: int, cause: str | None) -> None:
        queue = device.memory["queue"]
        track = TRACKS[queue[index]]
        media = {
            **device.state["media"],
            "status": "playing",
            "contentType": track.content_type,
            "trackId": track.id,
            "title": track.title,
            "artist": track.artist,
            "album": track.album,
            "image": track.image,
            "durationMs": track.duration_s * 1000,
            "queueSize": len(queue),
            "queueIndex": index,
            **self._at(0),
        }
        self._update(device, media, cause)
        self._await_end(device)

    def _await_end(self, device: GenieDevice) -> None:
        self._forget(device)
        media = device.state["media"]
        if media["durationMs"]:
            left = (media["durationMs"] - self._position(media)) / 1000
            self._ends[device.id] = self._clock.call_later(left, lambda: self._ended(device))

    def _ended(self, device: GenieDevice) -> None:
        self._ends.pop(device.id, None)
        media, queue = device.state["media"], device.memory.get("queue", [])
        if media["repeat"] == "one":
            self._start(device, media["queueIndex"], None)
        elif media["queueIndex"] + 1 < len(queue):
            self._start(device, media["queueIndex"] + 1, None)
        elif media["repeat"] == "all" and queue:
            self._start(device, 0, None)
        else:
            self.silence(device)

    def _forget(self, device: GenieDevice) -> None:
        if timer := self._ends.pop(device.id, None):
            timer.cancel()

    def _position(self, media: JsonDict) -> int:
        """Return where the track is now, in milliseconds."""
        if media["status"] != "playing" or media["positionAt"] is None:
            return int(media["positionMs"])
        passed = self._clock.now() - datetime.fromisoformat(media["positionAt"])
        position = int(media["positionMs"]) + int(passed.total_seconds() * 1000)
        return min(position, media["durationMs"]) if media["durationMs"] else position

    def _at(self, position_ms: int) -> dict[str, Any]:
        return {"positionMs": position_ms, "positionAt": iso(self._clock.now())}

    def _update(self, device: GenieDevice, media: JsonDict, cause: str | None) -> None:
        self._devices.update(
            device,
            {"media": dict(media)},
            cause=cause,
            event="media.state",
            show=lambda changed: {"media": self.shown(changed)},
        )
