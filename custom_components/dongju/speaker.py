"""GiGA Genie speakers: Genie Music, announcements, timers and alarms."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time as clock, timedelta
from typing import Any, Final, override
from urllib.parse import parse_qs, urlsplit

from homeassistant.components.media_player import (
    ATTR_MEDIA_ANNOUNCE,
    BrowseMedia,
    MediaPlayerEntityFeature as _Feature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from . import media_browse
from .const import DOMAIN
from .errors import translated
from .model.errors import NotFoundError, NotSupportedError
from .model.vocabulary import Attr
from .player import STATES, DongjuPlayer

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_REPEAT: Final = {"off": RepeatMode.OFF, "one": RepeatMode.ONE, "all": RepeatMode.ALL}
_MEDIA_SOURCE: Final = "media-source"
_TTS_HOST: Final = "tts"


class DongjuSpeaker(DongjuPlayer):
    """A GiGA Genie speaker: it plays Genie Music and speaks."""

    _attr_supported_features = (
        _Feature.VOLUME_SET
        | _Feature.VOLUME_STEP
        | _Feature.VOLUME_MUTE
        | _Feature.PLAY
        | _Feature.PAUSE
        | _Feature.STOP
        | _Feature.NEXT_TRACK
        | _Feature.PREVIOUS_TRACK
        | _Feature.SEEK
        | _Feature.SHUFFLE_SET
        | _Feature.REPEAT_SET
        | _Feature.PLAY_MEDIA
        | _Feature.BROWSE_MEDIA
        | _Feature.SEARCH_MEDIA
        | _Feature.MEDIA_ANNOUNCE
    )

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._attr_state = STATES.get(str(self._value(Attr.MEDIA_STATUS)), MediaPlayerState.IDLE)
        self._attr_media_artist = self._text(Attr.MEDIA_ARTIST)
        self._attr_media_album_name = self._text(Attr.MEDIA_ALBUM)
        self._attr_media_image_url = self._text(Attr.MEDIA_IMAGE)
        self._attr_media_content_type = MediaType.MUSIC if self._attr_media_title else None
        shuffle = self._value(Attr.MEDIA_SHUFFLE)
        self._attr_shuffle = shuffle if isinstance(shuffle, bool) else None
        self._attr_repeat = _REPEAT.get(str(self._value(Attr.MEDIA_REPEAT)))

    @override
    async def async_media_next_track(self) -> None:
        """Play the next song."""
        await self._async_send({Attr.MEDIA_COMMAND: "next"})

    @override
    async def async_media_previous_track(self) -> None:
        """Play the song before."""
        await self._async_send({Attr.MEDIA_COMMAND: "previous"})

    @override
    async def async_set_shuffle(self, shuffle: bool) -> None:
        """Shuffle, or not."""
        await self._async_send({Attr.MEDIA_SHUFFLE: shuffle})

    @override
    async def async_set_repeat(self, repeat: RepeatMode) -> None:
        """Repeat nothing, the song or the queue."""
        await self._async_send({Attr.MEDIA_REPEAT: repeat.value})

    @override
    async def async_play_media(self, media_type: MediaType | str, media_id: str, **kwargs: Any) -> None:
        """Play a song, a playlist or the result of a search; or speak a text that is to be announced."""
        spoken = _spoken_text(media_type, media_id, announce=bool(kwargs.get(ATTR_MEDIA_ANNOUNCE)))
        if spoken is not None:
            await self._async_send({Attr.SPEAK: spoken})
        elif _is_foreign(media_id):
            raise translated(NotSupportedError("foreign sound"))
        else:
            await self._async_send({Attr.MEDIA: media_id})

    @override
    async def async_browse_media(
        self, media_content_type: MediaType | str | None = None, media_content_id: str | None = None
    ) -> BrowseMedia:
        """Show the playlists of Genie Music, or the songs of one."""
        return await media_browse.async_music(self._runtime, self._device.id, media_content_id)

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        """Search Genie Music."""
        return await media_browse.async_search_music(self._runtime, self._device.id, query.search_query)

    @override
    async def async_set_timer(
        self,
        duration: timedelta | None = None,
        time: clock | None = None,
        label: str = "",
        repeat: Sequence[str] = (),
    ) -> dict[str, Any]:
        """Set a timer of `duration`, or an alarm at a time of day, on `repeat` weekdays (mon to sun)."""
        if (duration is None) is (time is None):
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="duration_or_time")
        if time is None:
            seconds = round((duration or timedelta()).total_seconds())
            answer = await self._async_ask("set_timer", seconds=seconds, label=label)
        else:
            moment = next_alarm(time, repeat, dt_util.now())
            answer = await self._async_ask("set_timer", at=moment.isoformat(), label=label, repeat=list(repeat))
        return _timer(answer.get("timer") or {})

    @override
    async def async_cancel_timer(self, timer_id: str | None = None, label: str | None = None) -> dict[str, Any]:
        """Cancel one by its id, or every one of a label; return what was cancelled."""
        if (timer_id is None) is (label is None):
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="timer_or_label")
        listed = (await self.async_list_timers())["timers"]
        wanted = [
            timer for timer in listed if timer_id == timer["id"] or (label is not None and label == timer["label"])
        ]
        if not wanted:
            raise translated(NotFoundError("timer", name=timer_id or label or ""))
        for timer in wanted:
            await self._async_ask("cancel_timer", timer=timer["id"])
        return {"timers": wanted}

    @override
    async def async_list_timers(self) -> dict[str, Any]:
        """Return the timers and alarms that are set, the next one first."""
        state = (await self._async_ask("timers")).get("state")
        rows = state.get("timers") if isinstance(state, dict) else None
        return {"timers": [_timer(row) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)]}


def next_alarm(time: clock, weekdays: Sequence[str], now: datetime) -> datetime:
    """Return the next moment of a time of day, on one of the weekdays where any are named."""
    today = now.replace(hour=time.hour, minute=time.minute, second=time.second, microsecond=0)
    moments = (today + timedelta(days=days) for days in range(8))
    return next(
        moment for moment in moments if moment > now and (not weekdays or WEEKDAYS[moment.weekday()] in weekdays)
    )


def _timer(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a timer or alarm as the actions tell it."""
    return {
        "id": str(row.get("id", "")),
        "kind": str(row.get("kind", "")),
        "label": str(row.get("label") or ""),
        "at": row.get("fireAt"),
        "repeat": list(row.get("repeat") or ()),
    }


def _spoken_text(media_type: str, media_id: str, *, announce: bool) -> str | None:
    """Return the text to speak, or None when this is music.

    KT's speakers speak text with their own voice and play no foreign sound: of a text-to-speech media source the
    message is taken.
    """
    parts = urlsplit(media_id)
    if parts.scheme == _MEDIA_SOURCE and parts.netloc == _TTS_HOST:
        return parse_qs(parts.query).get("message", [""])[0]
    if _is_foreign(media_id):
        return None
    return media_id if announce or media_type in {"announce", "text", "tts"} else None


def _is_foreign(media_id: str) -> bool:
    """Return whether this is sound from elsewhere."""
    return urlsplit(media_id).scheme in {_MEDIA_SOURCE, "http", "https"}
