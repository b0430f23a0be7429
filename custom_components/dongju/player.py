"""What speakers and set-top boxes have in common."""

from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.media_player import MediaPlayerEntity, MediaPlayerState

from .entity import DongjuEntity
from .errors import translated
from .model.errors import NotSupportedError
from .model.vocabulary import Attr
from .queries import async_query

VOLUME_STEP: Final = 5
STATES: Final = {
    "playing": MediaPlayerState.PLAYING,
    "paused": MediaPlayerState.PAUSED,
    "idle": MediaPlayerState.IDLE,
}


class DongjuPlayer(DongjuEntity, MediaPlayerEntity):
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

    async def async_get_channels(self) -> dict[str, Any]:
        """Return the channel list; only a set-top box has one."""
        raise translated(NotSupportedError("channels"))

    async def async_get_programmes(self, *_args: Any, **_wanted: Any) -> dict[str, Any]:
        """Return the programme guide; only a set-top box has one."""
        raise translated(NotSupportedError("programmes"))

    async def async_set_timer(self, *_args: Any, **_wanted: Any) -> dict[str, Any]:
        """Set a timer or an alarm; only a speaker has them."""
        raise translated(NotSupportedError("timers"))

    async def async_cancel_timer(self, *_args: Any, **_wanted: Any) -> dict[str, Any]:
        """Cancel timers and alarms; only a speaker has them."""
        raise translated(NotSupportedError("timers"))

    async def async_list_timers(self) -> dict[str, Any]:
        """Return timers and alarms; only a speaker has them."""
        raise translated(NotSupportedError("timers"))

    async def _async_ask(self, name: str, **arguments: Any) -> dict[str, Any]:
        """Ask the vendor's service about this device; raise a translated error when it refuses."""
        return await async_query(self._runtime, self._device.id, name, device=self._device.vendor_id, **arguments)

    async def _async_step(self, step: int) -> None:
        volume = self._value(Attr.VOLUME)
        current = volume if isinstance(volume, int | float) else 0
        await self._async_send({Attr.VOLUME: max(0, min(100, round(current + step)))})
