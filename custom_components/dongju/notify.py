"""Notify entities: a speaker says the message with its own voice."""

from typing import Final, override

from homeassistant.components.notify import NotifyEntity, NotifyEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr
from .runtime import AccountEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding notify entities to the loader."""
    entry.runtime_data.entities.register(Platform.NOTIFY, async_add_entities)


class DongjuNotify(DongjuEntity, NotifyEntity):
    """Speaks."""

    @override
    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Say the message; a long one is split at sentence ends by the session."""
        await self._async_send({Attr.SPEAK: f"{title}. {message}" if title else message})


ROWS: Final = (
    EntityRow(
        platform=Platform.NOTIFY,
        entity_class=DongjuNotify,
        attribute=Attr.SPEAK,
        description=NotifyEntityDescription(key="speak", translation_key="speak"),
    ),
)
