"""Events: what happens once and leaves no state behind."""

from typing import Final, override

from homeassistant.components.event import (
    DoorbellEventType,
    EventDeviceClass,
    EventEntity,
    EventEntityDescription,
)
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Happening
from .model.vocabulary import Attr, Kind
from .row_filters import of_kind, readable_name
from .runtime import AccountEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding events to the loader."""
    entry.runtime_data.entities.register(Platform.EVENT, async_add_entities)


class DongjuEvent(DongjuEntity, EventEntity):
    """An event attribute."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        options = list(attribute.options) if attribute else []
        if self.entity_description.device_class is EventDeviceClass.DOORBELL:
            options.append(DoorbellEventType.RING)
        self._attr_event_types = list(dict.fromkeys(options))

    @override
    async def async_added_to_hass(self) -> None:
        """Listen to the attribute's happenings."""
        await super().async_added_to_hass()
        key = (self._device.id, self._part_id, self._key)
        self.async_on_remove(self._store.subscribe_event(key, self._handle_happening))

    @callback
    def _handle_happening(self, happening: Happening) -> None:
        """Show a happening; a type the description did not name is added to it, so that none is lost."""
        if happening.type not in self._attr_event_types:
            self._attr_event_types = [*self._attr_event_types, happening.type]
        self._trigger_event(happening.type, dict(happening.data))
        self.async_write_ha_state()


def _event(
    key: Attr,
    device_class: EventDeviceClass | None = None,
    *,
    diagnostic: bool = False,
    enabled: bool = True,
) -> EventEntityDescription:
    return EventEntityDescription(
        key=key,
        translation_key=key,
        device_class=device_class,
        entity_category=EntityCategory.DIAGNOSTIC if diagnostic else None,
        entity_registry_enabled_default=enabled,
    )


def _generic(attribute: Attribute) -> EventEntityDescription:
    return EventEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    )


def _row(description: EventEntityDescription) -> EntityRow:
    return EntityRow(
        platform=Platform.EVENT,
        entity_class=DongjuEvent,
        attribute=description.key,
        description=description,
        where=of_kind(Kind.EVENT),
    )


_EVENTS: Final = (
    _event(Attr.NOTIFICATION),
    _event(Attr.ERROR),
    _event(Attr.FINISHED),
    _event(Attr.DOORBELL, EventDeviceClass.DOORBELL),
    _event(Attr.ALERT),
    # What was said is in the event, and so in the recorder, only where the session was told to keep it.
    _event(Attr.UTTERANCE),
    _event(Attr.VOICE_COMMAND),
    _event(Attr.WAKE_WORD_HEARD, diagnostic=True, enabled=False),
    _event(Attr.PARKING),
    _event(Attr.PACKAGE),
    _event(Attr.VISITOR),
    _event(Attr.NOTICE),
    _event(Attr.ARRIVING),
)

ROWS: Final[tuple[EntityRow, ...]] = (
    *(_row(description) for description in _EVENTS),
    EntityRow(
        platform=Platform.EVENT,
        entity_class=DongjuEvent,
        attribute=None,
        build=_generic,
        where=of_kind(Kind.EVENT),
    ),
)
