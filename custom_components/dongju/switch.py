"""Switches: what is switched on and off from here."""

from typing import Any, Final, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.components.switch.const import SwitchDeviceClass
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import readable_name, writable
from .runtime import AccountEntry

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding switches to the loader."""
    entry.runtime_data.entities.register(Platform.SWITCH, async_add_entities)


class DongjuSwitch(DongjuEntity, SwitchEntity):
    """A boolean attribute that can be written."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        self._attr_assumed_state = attribute is not None and not attribute.readable

    @override
    def _update_attrs(self) -> None:
        value = self._value()
        self._attr_is_on = value if isinstance(value, bool) else None

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch on."""
        await self._async_send({self._key: True})

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch off."""
        await self._async_send({self._key: False})


def _switch(key: Attr, *, config: bool = False, enabled: bool = True) -> SwitchEntityDescription:
    return SwitchEntityDescription(
        key=key,
        translation_key=key,
        entity_category=EntityCategory.CONFIG if config else None,
        entity_registry_enabled_default=enabled,
    )


def _generic(attribute: Attribute) -> SwitchEntityDescription:
    return SwitchEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


def _row(description: SwitchEntityDescription, types: frozenset[DeviceType] | None = None) -> EntityRow:
    return EntityRow(
        platform=Platform.SWITCH,
        entity_class=DongjuSwitch,
        attribute=description.key,
        description=description,
        types=types,
        where=writable(Kind.BOOLEAN),
    )


_OUTLET: Final = SwitchEntityDescription(key=Attr.ON_OFF, name=None, device_class=SwitchDeviceClass.OUTLET)
_WALL_SWITCH: Final = SwitchEntityDescription(key=Attr.ON_OFF, name=None, device_class=SwitchDeviceClass.SWITCH)

_SWITCHES: Final = (
    _switch(Attr.ON_OFF),
    # Climate and air
    _switch(Attr.HOT_WATER_MODE),
    _switch(Attr.ROOM_TEMPERATURE_MODE, config=True),
    _switch(Attr.ROOM_WATER_MODE, config=True),
    _switch(Attr.POWER_SAVE),
    _switch(Attr.WARM_MODE),
    _switch(Attr.AUTO_MODE),
    _switch(Attr.SLEEP_MODE),
    _switch(Attr.HYGIENE_DRY_MODE),
    _switch(Attr.UV_NANO),
    _switch(Attr.AIR_CLEAN_OPERATION),
    _switch(Attr.SWING_VERTICAL),
    _switch(Attr.SWING_HORIZONTAL),
    _switch(Attr.AIR_GUIDE_WIND),
    _switch(Attr.AUTO_FIT_WIND),
    _switch(Attr.CONCENTRATION_WIND),
    _switch(Attr.FOREST_WIND),
    _switch(Attr.HIGH_CEILING_WIND),
    _switch(Attr.LONG_POWER_WIND),
    _switch(Attr.MANNER_WIND),
    _switch(Attr.SWIRL_WIND),
    _switch(Attr.TWO_SET_ENABLED, config=True),
    _switch(Attr.MONITORING, config=True),
    # Kitchen and laundry
    _switch(Attr.EXPRESS_MODE),
    _switch(Attr.EXPRESS_FRIDGE),
    _switch(Attr.RAPID_FREEZE),
    _switch(Attr.ECO_FRIENDLY),
    _switch(Attr.SABBATH_MODE),
    _switch(Attr.OPTIMAL_HUMIDITY),
    _switch(Attr.FRESH_AIR_FILTER),
    _switch(Attr.ONE_TOUCH_FILTER),
    _switch(Attr.STERILIZING_STATE),
    _switch(Attr.MACHINE_CLEAN_REMINDER, config=True),
    _switch(Attr.CLEAN_LIGHT_REMINDER, config=True),
    _switch(Attr.SIGNAL_LEVEL, config=True),
    # Light, power
    _switch(Attr.DISPLAY_LIGHT, config=True),
    _switch(Attr.LIGHT_STATUS),
    _switch(Attr.MOOD_LAMP),
    _switch(Attr.STANDBY_CUT, config=True),
    # Speaker
    _switch(Attr.MICROPHONE_MUTED),
    _switch(Attr.MUTED, enabled=False),
)

ROWS: Final[tuple[EntityRow, ...]] = (
    _row(_OUTLET, frozenset({DeviceType.PLUG})),
    _row(_WALL_SWITCH, frozenset({DeviceType.LIGHT_SWITCH})),
    *(_row(description) for description in _SWITCHES),
    EntityRow(
        platform=Platform.SWITCH,
        entity_class=DongjuSwitch,
        attribute=None,
        build=_generic,
        where=writable(Kind.BOOLEAN),
    ),
)
