"""Genie TV set-top boxes: channels, apps, videos."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final, override

from homeassistant.components.media_player import (
    BrowseMedia,
    MediaPlayerEntityFeature as _Feature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util

from . import media_browse
from .errors import translated
from .model.channels import Channel, channels_from, find_channel
from .model.device import Value
from .model.errors import HubError, NotSupportedError
from .model.vocabulary import Attr
from .player import STATES, DongjuPlayer

GUIDE_HOURS: Final = 6


class DongjuSetTopBox(DongjuPlayer):
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
    _channel: Value = None
    _previous_channel: Value = None
    _apps: Mapping[str, str] | None = None
    _app_names: Mapping[str, frozenset[str]] = {}

    @override
    async def async_added_to_hass(self) -> None:
        """Fetch the channel map; the box works without it, by number."""
        await super().async_added_to_hass()
        self._runtime.coordinator.create_task(self._async_load_channels(), "channel map")

    @override
    def _update_attrs(self) -> None:
        super()._update_attrs()
        self._remember_channel()
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
            "previous_channel": self._previous_channel,
            "programme": self._text(Attr.PROGRAMME),
            "programme_start": self._value(Attr.PROGRAMME_START),
            "programme_end": self._value(Attr.PROGRAMME_END),
        }

    def _remember_channel(self) -> None:
        """Keep the channel that was left: KT's remote control has no key that goes back to it."""
        channel = self._value(Attr.CHANNEL)
        if channel is not None and channel != self._channel:
            self._previous_channel, self._channel = self._channel, channel

    def _player_state(self) -> MediaPlayerState:
        if self._value(Attr.ON_OFF) is not True:
            return MediaPlayerState.STANDBY if self._value(Attr.STANDBY) is True else MediaPlayerState.OFF
        return STATES.get(str(self._value(Attr.MEDIA_STATUS)), MediaPlayerState.PLAYING)

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
        if app_id := self._app_named(source):
            await self._async_send({Attr.APP: app_id})
        else:
            await self._async_tune(source)

    @override
    async def async_play_media(self, media_type: MediaType | str, media_id: str, **kwargs: Any) -> None:
        """Tune to a channel by number or name, open an app, or play a video."""
        if media_type in {MediaType.APP, "app"}:
            await self._async_load_channels()
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
        return media_browse.box(self._channels, self._apps or {}, self.hass.config.language)

    @override
    async def async_get_channels(self) -> dict[str, Any]:
        """Return the channel list, with what people call each channel."""
        await self._async_load_channels(fresh=True)
        favourites = {channel.number for channel in self._favourites}
        return {
            "channels": [
                {
                    "number": channel.number,
                    "name": channel.name,
                    "name_en": channel.name_en,
                    "aliases": list(channel.aliases),
                    "favourite": channel.number in favourites,
                }
                for channel in self._channels
            ]
        }

    @override
    async def async_get_programmes(
        self, channel: str | None = None, start: datetime | None = None, hours: float = GUIDE_HOURS
    ) -> dict[str, Any]:
        """Return the guide of a channel (number or name), or of the favourites, from `start` for some hours."""
        await self._async_load_channels()
        try:
            wanted = (find_channel(channel, self._channels),) if channel else self._favourites
        except HubError as err:
            raise translated(err) from err
        begin = dt_util.as_local(start) if start else dt_util.now()
        answer = await self._async_ask(
            "programmes",
            channel=",".join(str(row.number) for row in wanted) or None,
            start=begin.isoformat(),
            end=(begin + timedelta(hours=hours)).isoformat(),
        )
        names = {row.number: row.name for row in self._channels}
        rows = answer.get("programmes")
        return {
            "programmes": [
                _programme(row, names) for row in (rows if isinstance(rows, list) else ()) if isinstance(row, dict)
            ]
        }

    def _app_named(self, name: str) -> str | None:
        """Return the app a person means by its id, its name or what else it is called."""
        wanted = name.casefold().strip()
        for app_id, names in self._app_names.items():
            if wanted == app_id.casefold() or wanted in names:
                return app_id
        return None

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
        before = self._channel, self._previous_channel
        try:
            await self._async_send({Attr.CHANNEL: number})
        except HomeAssistantError:
            self._channel, self._previous_channel = before  # it never got there
            self._handle_change()
            raise

    async def _async_load_channels(self, *, fresh: bool = False) -> None:
        """Ask for channels and apps where they are not known yet; `fresh` asks anyway, and raises where that fails."""
        if self._channels and not fresh:
            return
        try:
            listed = await self._async_ask("channels")
            apps = await self._async_ask("apps")
        except HomeAssistantError:
            if fresh:
                raise
            return  # asked for again when it is needed; the account's own error is shown elsewhere
        self._channels = channels_from(listed.get("channels") or ())
        by_number = {channel.number: channel for channel in self._channels}
        favourites = listed.get("favourites") or ()
        self._favourites = tuple(by_number[number] for number in favourites if number in by_number)
        rows = [app for app in apps.get("apps") or () if isinstance(app, dict) and app.get("appId")]
        self._apps = {str(app["appId"]): str(app.get("name") or app["appId"]) for app in rows}
        self._app_names = {
            str(app["appId"]): frozenset(
                str(name).casefold() for name in (app.get("name") or "", *(app.get("aliases") or ()))
            )
            for app in rows
        }
        self._attr_source_list = [*(channel.name for channel in self._favourites), *self._apps.values()]
        self._handle_change()


def _programme(row: Mapping[str, Any], names: Mapping[int, str]) -> dict[str, Any]:
    """Return a programme as the action tells it."""
    number = row.get("channelNumber")
    return {
        "channel_number": number,
        "channel": names.get(number) if isinstance(number, int) else None,
        "title": row.get("title"),
        "start": row.get("start"),
        "end": row.get("end"),
        "genre": row.get("genre"),
        "rating": row.get("rating"),
    }
