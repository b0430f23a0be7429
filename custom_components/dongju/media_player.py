"""Media players: GiGA Genie speakers and set-top boxes."""

from typing import Final

from homeassistant.components.media_player import MediaPlayerDeviceClass, MediaPlayerEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .model.vocabulary import Attr, DeviceType
from .runtime import AccountEntry
from .set_top_box import DongjuSetTopBox
from .speaker import DongjuSpeaker

PARALLEL_UPDATES = 1


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding media players to the loader."""
    entry.runtime_data.entities.register(Platform.MEDIA_PLAYER, async_add_entities)


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
