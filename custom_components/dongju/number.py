"""Numbers: what is set to a value within a range."""

from typing import Final, override

from homeassistant.components.number import NumberEntity, NumberEntityDescription
from homeassistant.components.number.const import DEVICE_CLASS_UNITS, NumberDeviceClass, NumberMode
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr, Kind
from .row_filters import readable_name, writable
from .runtime import AccountEntry
from .values import as_number

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_LEAST: Final = 0.0
_MOST: Final = 65535.0
"""Limits where a profile names none; the appliance has the last word."""


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding numbers to the loader."""
    entry.runtime_data.entities.register(Platform.NUMBER, async_add_entities)


class DongjuNumber(DongjuEntity, NumberEntity):
    """A number that can be written, in the range and steps of the profile."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        if attribute is None:
            return
        bounded = attribute.minimum is not None and attribute.maximum is not None
        self._attr_native_min_value = _LEAST if attribute.minimum is None else attribute.minimum
        self._attr_native_max_value = _MOST if attribute.maximum is None else attribute.maximum
        self._attr_native_step = attribute.step or 1
        self._attr_mode = NumberMode.AUTO if bounded else NumberMode.BOX
        self._attr_native_unit_of_measurement = attribute.unit
        self._attr_device_class = _device_class(self.entity_description.device_class, attribute)
        self._attr_assumed_state = not attribute.readable

    @override
    def _update_attrs(self) -> None:
        self._attr_native_value = as_number(self._value())

    @override
    async def async_set_native_value(self, value: float) -> None:
        """Set the number."""
        await self._async_send({self._key: int(value) if value.is_integer() else value})


def _device_class(wanted: NumberDeviceClass | None, attribute: Attribute) -> NumberDeviceClass | None:
    """Return the wanted class where the unit is one of its own: Home Assistant refuses any other."""
    return wanted if wanted and attribute.unit in DEVICE_CLASS_UNITS.get(wanted, set()) else None


def _number(
    key: Attr, device_class: NumberDeviceClass | None = None, *, config: bool = False, enabled: bool = True
) -> NumberEntityDescription:
    return NumberEntityDescription(
        key=key,
        translation_key=key,
        device_class=device_class,
        entity_category=EntityCategory.CONFIG if config else None,
        entity_registry_enabled_default=enabled,
    )


def _temperature(key: Attr) -> NumberEntityDescription:
    return _number(key, NumberDeviceClass.TEMPERATURE)


def _duration(key: Attr, *, config: bool = False) -> NumberEntityDescription:
    return _number(key, NumberDeviceClass.DURATION, config=config)


def _generic(attribute: Attribute) -> NumberEntityDescription:
    return NumberEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


_NUMBERS: Final = (
    # Temperature and humidity
    _temperature(Attr.TARGET_TEMPERATURE),
    _temperature(Attr.COOL_TARGET_TEMPERATURE),
    _temperature(Attr.HEAT_TARGET_TEMPERATURE),
    _temperature(Attr.AUTO_TARGET_TEMPERATURE),
    _temperature(Attr.TWO_SET_COOL_TEMPERATURE),
    _temperature(Attr.TWO_SET_HEAT_TEMPERATURE),
    _temperature(Attr.DAY_TARGET_TEMPERATURE),
    _temperature(Attr.NIGHT_TARGET_TEMPERATURE),
    _temperature(Attr.HOT_WATER_TARGET_TEMPERATURE),
    _temperature(Attr.AIR_COOL_TARGET_TEMPERATURE),
    _temperature(Attr.AIR_HEAT_TARGET_TEMPERATURE),
    _temperature(Attr.WATER_COOL_TARGET_TEMPERATURE),
    _temperature(Attr.WATER_HEAT_TARGET_TEMPERATURE),
    _temperature(Attr.WIND_TEMPERATURE),
    _number(Attr.TARGET_HUMIDITY, NumberDeviceClass.HUMIDITY),
    # Time
    _duration(Attr.DELAY_START),
    _duration(Attr.DELAY_STOP),
    _duration(Attr.SLEEP_TIMER),
    _duration(Attr.TARGET_TIME),
    _duration(Attr.TIMER_TIME),
    _duration(Attr.REMAINING_TIME),
    _duration(Attr.LIGHT_DURATION),
    # Air
    _number(Attr.FAN_SPEED),
    _number(Attr.FAN_SPEED_DETAIL),
    _number(Attr.FAN_STEP),
    _number(Attr.HOOD_FAN_SPEED),
    _number(Attr.WIND_VOLUME),
    # Kitchen and laundry
    _number(Attr.POWER_LEVEL),
    _number(Attr.OPTIMAL_HUMIDITY),
    _number(Attr.RINSE_LEVEL, config=True),
    _number(Attr.SOFTENING_LEVEL, config=True),
    _number(Attr.SIGNAL_LEVEL, config=True),
    # Light, openings, speaker
    _number(Attr.BRIGHTNESS),
    _number(Attr.COLOR_TEMPERATURE),
    _number(Attr.LAMP_BRIGHTNESS),
    _number(Attr.LIGHT_STATUS),
    _number(Attr.DISPLAY_LIGHT, config=True),
    _number(Attr.POSITION),
    _number(Attr.VOLUME),
)

ROWS: Final[tuple[EntityRow, ...]] = (
    *(
        EntityRow(
            platform=Platform.NUMBER,
            entity_class=DongjuNumber,
            attribute=description.key,
            description=description,
            where=writable(Kind.NUMBER),
        )
        for description in _NUMBERS
    ),
    EntityRow(
        platform=Platform.NUMBER,
        entity_class=DongjuNumber,
        attribute=None,
        build=_generic,
        where=writable(Kind.NUMBER),
    ),
)
