"""Media players: GiGA Genie speakers and set-top boxes."""

from datetime import datetime
from typing import Any, Final, override
from urllib.parse import parse_qs, urlsplit

from homeassistant.components.media_player import (
    BrowseMedia,
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityDescription,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
    RepeatMode,
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from . import media_browse
from .discovery import EntityRow
from .entity import DongjuEntity
from .errors import translated
from .model.channels import Channel, channels_from, find_channel
from .model.errors import HubError, NotSupportedError
from .model.vocabulary import Attr, DeviceType
from .queries import async_query
from .runtime import AccountEntry

PARALLEL_UPDATES = 1

VOLUME_STEP: Final = 5
_STATES: Final = {
    "playing": MediaPlayerState.PLAYING,
    "paused": MediaPlayerState.PAUSED,
    "idle": MediaPlayerState.IDLE,
}
_REPEAT: Final = {"off": RepeatMode.OFF, "one": RepeatMode.ONE, "all": RepeatMode.ALL}
_TTS_SCHEME: Final = "media-source"
_TTS_HOST: Final = "tts"

_Feature = MediaPlayerEntityFeature


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding media players to the loader."""
    entry.runtime_data.entities.register(Platform.MEDIA_PLAYER, async_add_entities)


class _Player(DongjuEntity, MediaPlayerEntity):
    """What speakers and set-top boxes have in common: volume and position."""

    _attr_name = None

    def _update_attrs(self) -> None:
        volume = self._value(Attr.VOLUME)
        self._attr_volume_level = volume / 100 if isinstance(volume, int | float) else None
        self._attr_is_volume_muted = self._value(Attr.MUTED) is True
        self._attr_media_title = self._text(Attr.MEDIA_TITLE)
        duration, position = self._value(Attr.MEDIA_DURATION), self._value(Attr.MEDIA_POSITION)
        self._attr_media_duration = int(duration) if isinstance(duration, int | float) and duration else None
        self._attr_media_position = int(position) if isinstance(position, int | float) else None
        at = self._value(Attr.MEDIA_POSITION_AT)
        self._attr_media_position_updated_at = at if isinstance(at, datetime) else None

    def _text(self, key: str) -> str | None:
        value = self._value(key)
        return str(value) if value not in {None, ""} else None

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume."""
        await self._async_send({Attr.VOLUME: round(volume * 100)})

    @override
    async def async_volume_up(self) -> None:
        """Turn the volume up a step."""
        await self._async_step(VOLUME_STEP)

    @override
    async def async_volume_down(self) -> None:
        """Turn the volume down a step."""
        await self._async_step(-VOLUME_STEP)

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Mute or unmute."""
        await self._async_send({Attr.MUTED: mute})

    @override
    async def async_media_play(self) -> None:
        """Go on playing."""
        await self._async_send({Attr.MEDIA_COMMAND: "play"})

    @override
    async def async_media_pause(self) -> None:
        """Pause."""
        await self._async_send({Attr.MEDIA_COMMAND: "pause"})

    @override
    async def async_media_stop(self) -> None:
        """Stop."""
        await self._async_send({Attr.MEDIA_COMMAND: "stop"})

    @override
    async def async_media_seek(self, position: float) -> None:
        """Jump to a position in seconds."""
        await self._async_send({Attr.MEDIA_POSITION: position})

    async def _async_step(self, step: int) -> None:
        volume = self._value(Attr.VOLUME)
        current = volume if isinstance(volume, int | float) else 0
        await self._async_send({Attr.VOLUME: max(0, min(100, round(current + step)))})


class DongjuSpeaker(_Player):
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
        self._attr_state = _STATES.get(str(self._value(Attr.MEDIA_STATUS)), MediaPlayerState.IDLE)
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
        if (spoken := _spoken_text(media_type, media_id, announce=bool(kwargs.get("announce")))) is not None:
            await self._async_send({Attr.SPEAK: spoken})
            return
        await self._async_send({Attr.MEDIA: media_id})

    @override
    async def async_browse_media(
        self, media_content_type: MediaType | str | None = None, media_content_id: str | None = None
    ) -> BrowseMedia:
        """Show the playlists of Genie Music, or the songs of one."""
        return await media_browse.async_playlists(self._runtime, self._device.id)

    @override
    async def async_search_media(self, query: SearchMediaQuery) -> SearchMedia:
        """Search Genie Music."""
        return await media_browse.async_search_music(self._runtime, self._device.id, query.search_query)


class DongjuSetTopBox(_Player):
    """A Genie TV set-top box: channels, apps, videos."""

    _attr_supported_features = (
        _Feature.TURN_ON
        | _Feature.TURN_OFF
        | _Feature.VOLUME_SET
        | _Feature.VOLUME_STEP
        | _Feature.VOLUME_MUTE
        | _Feature.SELECT_SOURCE
        | _Feature.PLAY_MEDIA
        | _Feature.BROWSE_MEDIA
        | _Feature.NEXT_TRACK
        | _Feature.PREVIOUS_TRACK
        | _Feature.PLAY
        | _Feature.PAUSE
        | _Feature.STOP
        | _Feature.SEEK
    )

    _channels: tuple[Channel, ...] = ()
    _favourites: tuple[Channel, ...] = ()
    _apps: dict[str, str] | None = None

    @override
    async def async_added_to_hass(self) -> None:
        """Fetch the channel map; the box works without it, by number."""
        await super().async_added_to_hass()
        self._runtime.coordinator.create_task(self._async_load_channels(), "channel map")

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        app = self._text(Attr.APP)
        channel = self._text(Attr.CHANNEL_NAME)
        video = self._text(Attr.MEDIA_TITLE)
        self._attr_state = self._player_state()
        self._attr_app_id = app
        self._attr_app_name = (self._apps or {}).get(app, app) if app else None
        self._attr_media_content_type = MediaType.APP if app else MediaType.VIDEO if video else MediaType.CHANNEL
        self._attr_media_channel = None if app or video else channel
        self._attr_media_title = self._attr_app_name or video or self._text(Attr.PROGRAMME) or channel
        self._attr_media_content_id = app or str(self._value(Attr.CHANNEL) or "")
        self._attr_source = self._attr_app_name or channel
        self._attr_extra_state_attributes = {
            "channel_number": self._value(Attr.CHANNEL),
            "programme": self._text(Attr.PROGRAMME),
            "programme_start": self._value(Attr.PROGRAMME_START),
            "programme_end": self._value(Attr.PROGRAMME_END),
        }

    def _player_state(self) -> MediaPlayerState:
        if self._value(Attr.ON_OFF) is not True:
            return MediaPlayerState.STANDBY if self._value(Attr.STANDBY) is True else MediaPlayerState.OFF
        return _STATES.get(str(self._value(Attr.MEDIA_STATUS)), MediaPlayerState.PLAYING)

    @override
    async def async_turn_on(self) -> None:
        """Switch on; the session presses the power key only when the box is off."""
        await self._async_send({Attr.ON_OFF: True})

    @override
    async def async_turn_off(self) -> None:
        """Switch off."""
        await self._async_send({Attr.ON_OFF: False})

    @override
    async def async_media_next_track(self) -> None:
        """Go to the next channel."""
        await self._async_send({Attr.KEY: "channel_up"})

    @override
    async def async_media_previous_track(self) -> None:
        """Go to the channel before."""
        await self._async_send({Attr.KEY: "channel_down"})

    @override
    async def async_select_source(self, source: str) -> None:
        """Tune to a favourite channel or open an app."""
        for app_id, name in (self._apps or {}).items():
            if source in {app_id, name}:
                await self._async_send({Attr.APP: app_id})
                return
        await self._async_tune(source)

    @override
    async def async_play_media(self, media_type: MediaType | str, media_id: str, **kwargs: Any) -> None:
        """Tune to a channel by number or name, open an app, or play a video."""
        if media_type in {MediaType.APP, "app"}:
            await self.async_select_source(media_id)
        elif media_id.startswith("vod:"):
            await self._async_send({Attr.MEDIA: media_id})
        elif media_type in {MediaType.CHANNEL, "channel"} or media_id.isdecimal():
            await self._async_tune(media_id)
        else:
            raise translated(NotSupportedError(str(media_type)))

    @override
    async def async_browse_media(
        self, media_content_type: MediaType | str | None = None, media_content_id: str | None = None
    ) -> BrowseMedia:
        """Show the channel list and the apps."""
        await self._async_load_channels()
        return media_browse.box(self._channels, self._apps or {})

    async def _async_tune(self, name: str) -> None:
        """Tune to a channel; a name needs the channel map."""
        try:
            if name.isdecimal():
                number = int(name)
            else:
                await self._async_load_channels()
                number = find_channel(name, self._channels).number
        except HubError as err:
            raise translated(err) from err
        await self._async_send({Attr.CHANNEL: number})

    async def _async_load_channels(self) -> None:
        if self._channels:
            return
        vendor_id = self._device.vendor_id
        try:
            listed = await async_query(self._runtime, self._device.id, "channels", device=vendor_id)
            apps = await async_query(self._runtime, self._device.id, "apps", device=vendor_id)
        except HomeAssistantError:
            return  # asked for again when it is needed; the account's own error is shown elsewhere
        self._channels = channels_from(listed.get("channels", ()))
        favourites = listed.get("favourites") or []
        by_number = {channel.number: channel for channel in self._channels}
        self._favourites = tuple(by_number[number] for number in favourites if number in by_number)
        self._apps = {str(app["appId"]): str(app["name"]) for app in apps.get("apps", ())}
        names = [channel.name for channel in self._favourites]
        self._attr_source_list = [*names, *self._apps.values()]
        self._handle_change()


def _spoken_text(media_type: str, media_id: str, *, announce: bool) -> str | None:
    """Return the text to speak, or None when this is music.

    KT's speakers speak text with their own voice and play no foreign audio: of a text-to-speech media source the
    message is taken.
    """
    parts = urlsplit(media_id)
    if parts.scheme == _TTS_SCHEME and parts.netloc == _TTS_HOST:
        return parse_qs(parts.query).get("message", [""])[0]
    return media_id if announce or media_type in {"announce", "text", "tts"} else None


ROWS: Final = (
    EntityRow(
        platform=Platform.MEDIA_PLAYER,
        entity_class=DongjuSpeaker,
        attribute=Attr.VOLUME,
        types=frozenset({DeviceType.SPEAKER}),
        also=(
            Attr.MUTED,
            Attr.MEDIA,
            Attr.MEDIA_COMMAND,
            Attr.MEDIA_STATUS,
            Attr.MEDIA_TITLE,
            Attr.MEDIA_ARTIST,
            Attr.MEDIA_ALBUM,
            Attr.MEDIA_IMAGE,
            Attr.MEDIA_CONTENT_TYPE,
            Attr.MEDIA_DURATION,
            Attr.MEDIA_POSITION,
            Attr.MEDIA_POSITION_AT,
            Attr.MEDIA_SHUFFLE,
            Attr.MEDIA_REPEAT,
        ),
        uses=(Attr.SPEAK,),
        description=MediaPlayerEntityDescription(key="speaker", device_class=MediaPlayerDeviceClass.SPEAKER),
    ),
    EntityRow(
        platform=Platform.MEDIA_PLAYER,
        entity_class=DongjuSetTopBox,
        attribute=Attr.CHANNEL,
        types=frozenset({DeviceType.SET_TOP_BOX}),
        also=(
            Attr.ON_OFF,
            Attr.STANDBY,
            Attr.CHANNEL_NAME,
            Attr.VOLUME,
            Attr.MUTED,
            Attr.APP,
            Attr.MEDIA,
            Attr.MEDIA_COMMAND,
            Attr.MEDIA_STATUS,
            Attr.MEDIA_TITLE,
            Attr.MEDIA_DURATION,
            Attr.MEDIA_POSITION,
            Attr.MEDIA_POSITION_AT,
        ),
        uses=(Attr.KEY, Attr.PROGRAMME, Attr.PROGRAMME_START, Attr.PROGRAMME_END),
        description=MediaPlayerEntityDescription(key="set_top_box", device_class=MediaPlayerDeviceClass.RECEIVER),
    ),
)
