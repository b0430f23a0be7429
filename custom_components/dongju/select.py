"""Selects: what is set by choosing one of several words."""

from typing import Final, override

from homeassistant.components.select import SelectEntity, SelectEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr
from .row_filters import Where, choosable, fully_choosable, options_to_write, readable_name
from .runtime import AccountEntry

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding selects to the loader."""
    entry.runtime_data.entities.register(Platform.SELECT, async_add_entities)


class DongjuSelect(DongjuEntity, SelectEntity):
    """A word of several; a state that cannot be chosen shows as unknown here, and in the sensor beside it."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        self._attr_options = list(dict.fromkeys(options_to_write(attribute))) if attribute else []

    @override
    def _update_attrs(self) -> None:
        value = self._value()
        self._attr_current_option = value if isinstance(value, str) and value in self._attr_options else None

    @override
    async def async_select_option(self, option: str) -> None:
        """Choose a word."""
        await self._async_send({self._key: option})


def _select(key: Attr, *, config: bool = False, enabled: bool = True) -> SelectEntityDescription:
    return SelectEntityDescription(
        key=key,
        translation_key=key,
        entity_category=EntityCategory.CONFIG if config else None,
        entity_registry_enabled_default=enabled,
    )


def _generic(attribute: Attribute) -> SelectEntityDescription:
    return SelectEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


def _row(description: SelectEntityDescription, where: Where, *, shared: bool) -> EntityRow:
    return EntityRow(
        platform=Platform.SELECT,
        entity_class=DongjuSelect,
        attribute=description.key,
        description=description,
        where=where,
        shared=shared,
    )


def _partly_choosable(attribute: Attribute) -> bool:
    """Accept what also has states that cannot be chosen; a sensor then shows them all."""
    return choosable(attribute) and not fully_choosable(attribute)


def _unlisted(where: Where) -> Where:
    """Keep generic rows off what a row of its own has left to other platforms."""
    return lambda attribute: attribute.key not in _KEYS and where(attribute)


_SELECTS: Final = (
    # Running
    _select(Attr.MODE),
    _select(Attr.PERSONALIZATION_MODE),
    _select(Attr.WASHER_MODE),
    _select(Attr.COURSE),
    _select(Attr.DETERGENT, config=True),
    _select(Attr.TEMPERATURE_UNIT, config=True, enabled=False),
    # Climate and air
    _select(Attr.HOT_WATER_MODE),
    _select(Attr.ROOM_TEMPERATURE_MODE, config=True),
    _select(Attr.ROOM_WATER_MODE, config=True),
    _select(Attr.TARGET_TEMPERATURE),
    _select(Attr.TARGET_TEMPERATURE_STATE),
    _select(Attr.TEMPERATURE_STATE),
    _select(Attr.TARGET_HUMIDITY),
    _select(Attr.FAN_SPEED),
    _select(Attr.FAN_SPEED_DETAIL),
    _select(Attr.FAN_STEP),
    _select(Attr.FAN_ANGLE),
    _select(Attr.HOOD_FAN_SPEED),
    _select(Attr.WIND_VOLUME),
    _select(Attr.WARM_MODE),
    _select(Attr.AUTO_MODE),
    _select(Attr.SLEEP_MODE),
    _select(Attr.HYGIENE_DRY_MODE),
    _select(Attr.UV_NANO),
    _select(Attr.AIR_CLEAN_OPERATION),
    _select(Attr.SWING_VERTICAL),
    _select(Attr.SWING_HORIZONTAL),
    _select(Attr.POWER_SAVE),
    _select(Attr.MONITORING, config=True),
    # Kitchen and laundry
    _select(Attr.FRESH_AIR_FILTER),
    _select(Attr.EXPRESS_MODE),
    _select(Attr.EXPRESS_MODE_NAME),
    _select(Attr.COOK_MODE),
    _select(Attr.POWER_LEVEL),
    _select(Attr.LAMP_BRIGHTNESS),
    _select(Attr.OPTIMAL_HUMIDITY),
    _select(Attr.RINSE_LEVEL, config=True),
    _select(Attr.SOFTENING_LEVEL, config=True),
    _select(Attr.SIGNAL_LEVEL, config=True),
    _select(Attr.MACHINE_CLEAN_REMINDER, config=True),
    _select(Attr.CLEAN_LIGHT_REMINDER, config=True),
    _select(Attr.STERILIZING_STATE),
    _select(Attr.WATER_TYPE),
    _select(Attr.GROWTH_MODE),
    _select(Attr.RECIPE_NAME),
    # Light
    _select(Attr.BRIGHTNESS),
    _select(Attr.LIGHT_STATUS),
    _select(Attr.DISPLAY_LIGHT, config=True),
    _select(Attr.MOOD_LAMP),
    # Speaker and television
    _select(Attr.VOICE, config=True),
    _select(Attr.WAKE_WORD, config=True),
    _select(Attr.APP, enabled=False),
)

# Off by default: the buttons do the same, one press each, and they need no state to be right.
_OPERATION: Final = _select(Attr.OPERATION, enabled=False)

_KEYS: Final = frozenset(description.key for description in (*_SELECTS, _OPERATION))

ROWS: Final[tuple[EntityRow, ...]] = (
    _row(_OPERATION, choosable, shared=True),
    *(_row(description, fully_choosable, shared=False) for description in _SELECTS),
    *(_row(description, _partly_choosable, shared=True) for description in _SELECTS),
    *(
        EntityRow(
            platform=Platform.SELECT,
            entity_class=DongjuSelect,
            attribute=None,
            build=_generic,
            where=_unlisted(where),
            shared=shared,
        )
        for where, shared in ((fully_choosable, False), (_partly_choosable, True))
    ),
)
