"""Humidifiers and dehumidifiers."""

from typing import Any, Final, override

from homeassistant.components.humidifier import HumidifierEntity, HumidifierEntityDescription
from homeassistant.components.humidifier.const import (
    DEFAULT_MAX_HUMIDITY,
    DEFAULT_MIN_HUMIDITY,
    HumidifierDeviceClass,
    HumidifierEntityFeature,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import options_to_write, writable
from .runtime import AccountEntry
from .values import as_flag, as_number, as_word, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding humidifiers to the loader."""
    entry.runtime_data.entities.register(Platform.HUMIDIFIER, async_add_entities)


class DongjuHumidifier(DongjuEntity, HumidifierEntity):
    """What makes air moister or drier."""

    @override
    def _describe(self) -> None:
        target, mode = self._attribute(Attr.TARGET_HUMIDITY), self._attribute(Attr.MODE)
        has_modes = mode is not None and self._can_write(Attr.MODE)
        least = target.minimum if target else None
        most = target.maximum if target else None
        self._attr_min_humidity = DEFAULT_MIN_HUMIDITY if least is None else least
        self._attr_max_humidity = DEFAULT_MAX_HUMIDITY if most is None else most
        self._attr_target_humidity_step = target.step if target else None
        self._attr_available_modes = list(dict.fromkeys(options_to_write(mode))) if mode and has_modes else None
        self._attr_supported_features = HumidifierEntityFeature.MODES if has_modes else HumidifierEntityFeature(0)

    @override
    def _update_attrs(self) -> None:
        self._attr_is_on = as_flag(self._value(Attr.ON_OFF))
        self._attr_target_humidity = as_number(self._value(Attr.TARGET_HUMIDITY))
        self._attr_current_humidity = as_number(self._value(Attr.CURRENT_HUMIDITY))
        self._attr_mode = as_word(self._value(Attr.MODE))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch on."""
        await self._async_send({Attr.ON_OFF: True})

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch off."""
        await self._async_send({Attr.ON_OFF: False})

    @override
    async def async_set_humidity(self, humidity: int) -> None:
        """Set the target."""
        target = self._attribute(Attr.TARGET_HUMIDITY)
        await self._async_send({Attr.TARGET_HUMIDITY: snapped(target, humidity)})

    @override
    async def async_set_mode(self, mode: str) -> None:
        """Choose a mode, switching on where needed."""
        values: dict[str | Attr, Value] = {} if self._value(Attr.ON_OFF) is True else {Attr.ON_OFF: True}
        await self._async_send({**values, Attr.MODE: mode})


def _fits(attribute: Attribute) -> bool:
    """Accept a target in numbers and modes in words; other forms are left to selects and sensors."""
    return attribute.writable and attribute.kind is (
        Kind.NUMBER if attribute.key == Attr.TARGET_HUMIDITY else Kind.ENUM
    )


def _row(device_type: DeviceType, device_class: HumidifierDeviceClass) -> EntityRow:
    return EntityRow(
        platform=Platform.HUMIDIFIER,
        entity_class=DongjuHumidifier,
        attribute=Attr.ON_OFF,
        description=HumidifierEntityDescription(
            key=device_class, translation_key=device_class, name=None, device_class=device_class
        ),
        also=(Attr.TARGET_HUMIDITY, Attr.MODE),
        also_where=_fits,
        uses=(Attr.CURRENT_HUMIDITY,),
        types=frozenset({device_type}),
        where=writable(Kind.BOOLEAN),
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    _row(DeviceType.HUMIDIFIER, HumidifierDeviceClass.HUMIDIFIER),
    _row(DeviceType.DEHUMIDIFIER, HumidifierDeviceClass.DEHUMIDIFIER),
)
