"""Scenes that a person made in the vendor's app: several devices at once, carried out by the vendor's cloud."""

from typing import Any, Final, override

from homeassistant.components.scene import Scene
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import options_to_write
from .runtime import AccountEntry

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding scenes to the loader."""
    entry.runtime_data.entities.register(Platform.SCENE, async_add_entities)


class DongjuScene(DongjuEntity, Scene):
    """A scene of the household."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        self._attr_name = attribute.name if attribute else None

    @override
    async def async_activate(self, **kwargs: Any) -> None:
        """Run it; devices that did not follow are named."""
        attribute = self._attribute()
        words = options_to_write(attribute) if attribute else ()
        await self._async_send({self._key: words[0] if words else True})


def _is_scene(attribute: Attribute) -> bool:
    return attribute.kind is Kind.COMMAND and attribute.name is not None and attribute.key.startswith(Attr.SCENE)


def _described(attribute: Attribute) -> EntityDescription:
    return EntityDescription(key=attribute.key, name=attribute.name)


ROWS: Final = (
    EntityRow(
        platform=Platform.SCENE,
        entity_class=DongjuScene,
        attribute=None,
        build=_described,
        types=frozenset({DeviceType.SERVICE}),
        where=_is_scene,
    ),
)
