"""Times of day at which something happens."""

from datetime import time
from typing import Final, override

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr, Kind
from .row_filters import readable_name, writable
from .runtime import AccountEntry

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding times to the loader."""
    entry.runtime_data.entities.register(Platform.TIME, async_add_entities)


class DongjuTime(DongjuEntity, TimeEntity):
    """A time of day that can be set; unknown while it is not set. A button clears it."""

    @override
    def _update_attrs(self) -> None:
        value = self._value()
        self._attr_native_value = value if isinstance(value, time) else None

    @override
    async def async_set_value(self, value: time) -> None:
        """Set the time; appliances know no seconds."""
        await self._async_send({self._key: value.replace(second=0, microsecond=0)})


def _generic(attribute: Attribute) -> TimeEntityDescription:
    return TimeEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


TIMES: Final = (Attr.START_TIME, Attr.STOP_TIME, Attr.LIGHT_START_TIME, Attr.LIGHT_END_TIME)

ROWS: Final[tuple[EntityRow, ...]] = (
    *(
        EntityRow(
            platform=Platform.TIME,
            entity_class=DongjuTime,
            attribute=key,
            description=TimeEntityDescription(key=key, translation_key=key),
            where=writable(Kind.TIME),
        )
        for key in TIMES
    ),
    EntityRow(
        platform=Platform.TIME,
        entity_class=DongjuTime,
        attribute=None,
        build=_generic,
        where=writable(Kind.TIME),
    ),
)
