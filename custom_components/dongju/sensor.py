"""Sensors: what is measured, counted or told, and cannot be set from here."""

from collections.abc import Callable
from datetime import datetime, time
from math import isfinite
from typing import Final, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorEntityDescription
from homeassistant.components.sensor.const import DEVICE_CLASS_UNITS, UNIT_CONVERTERS
from homeassistant.const import MAX_LENGTH_STATE_STATE, EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.typing import StateType

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Value
from .model.vocabulary import Kind, Unit
from .row_filters import readable, readable_name
from .runtime import AccountEntry
from .sensor_rows import RUN_STATES, SENSORS

PARALLEL_UPDATES = 0

_OTHER_CLASSES: Final = {
    (SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS, unit): SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS_PARTS
    for unit in (Unit.PARTS_PER_BILLION, Unit.PARTS_PER_MILLION)
}
"""Home Assistant has two classes where a quantity is told as a density or as a ratio."""


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding sensors to the loader."""
    entry.runtime_data.entities.register(Platform.SENSOR, async_add_entities)


class DongjuSensor(DongjuEntity, SensorEntity):
    """An attribute that is read. One row serves whatever kind a profile gives it: a number, a word, a time."""

    @override
    def _describe(self) -> None:
        attribute = self._attribute()
        kind = attribute.kind if attribute else Kind.TEXT
        number = attribute if attribute and kind is Kind.NUMBER else None
        description = self.entity_description
        self._attr_options = (
            (list(dict.fromkeys(attribute.options)) or None) if attribute and kind is Kind.ENUM else None
        )
        self._attr_device_class = _device_class(description, attribute)
        self._attr_native_unit_of_measurement = number.unit if number else None
        self._attr_state_class = description.state_class if number else None
        self._attr_suggested_display_precision = description.suggested_display_precision if number else None
        self._attr_suggested_unit_of_measurement = _suggested_unit(description, number)

    @override
    def _update_attrs(self) -> None:
        self._attr_native_value = self._shown()

    def _shown(self) -> StateType | datetime:
        """Return the value as Home Assistant takes it; what does not fit the description is unknown."""
        attribute = self._attribute()
        show = _SHOW.get(attribute.kind) if attribute else None
        return show(self._value(), self._attr_options) if show else None


def _number(value: Value, _options: list[str] | None) -> StateType:
    return value if isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value) else None


def _word(value: Value, options: list[str] | None) -> StateType:
    return value if isinstance(value, str) and (not options or value in options) else None


def _text(value: Value, _options: list[str] | None) -> StateType:
    return None if value is None else str(value)[:MAX_LENGTH_STATE_STATE]


def _list(value: Value, _options: list[str] | None) -> StateType:
    return ", ".join(value)[:MAX_LENGTH_STATE_STATE] if isinstance(value, tuple) else None


def _time(value: Value, _options: list[str] | None) -> StateType:
    return value.strftime("%H:%M") if isinstance(value, time) else None


def _timestamp(value: Value, _options: list[str] | None) -> datetime | None:
    return value if isinstance(value, datetime) and value.tzinfo else None


_SHOW: Final[dict[Kind, Callable[[Value, list[str] | None], StateType | datetime]]] = {
    Kind.ENUM: _word,
    Kind.LIST: _list,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.TIME: _time,
    Kind.TIMESTAMP: _timestamp,
}


def _device_class(description: SensorEntityDescription, attribute: Attribute | None) -> SensorDeviceClass | None:
    """Return the class that fits the attribute's kind and unit; Home Assistant refuses a class with a foreign unit."""
    if attribute is None:
        return None
    match attribute.kind:
        case Kind.TIMESTAMP:
            return SensorDeviceClass.TIMESTAMP
        case Kind.ENUM:
            return SensorDeviceClass.ENUM if attribute.options else None
        case Kind.NUMBER if description.device_class:
            device_class = _OTHER_CLASSES.get(
                (description.device_class, attribute.unit or Unit.PERCENT), description.device_class
            )
            return device_class if attribute.unit in DEVICE_CLASS_UNITS.get(device_class, {None}) else None
        case _:
            return None


def _suggested_unit(description: SensorEntityDescription, number: Attribute | None) -> str | None:
    """Return the unit to show where the attribute's own can be converted into it."""
    wanted, device_class = description.suggested_unit_of_measurement, description.device_class
    if wanted is None or number is None or device_class is None:
        return None
    converter = UNIT_CONVERTERS.get(device_class)
    return wanted if converter and number.unit in converter.VALID_UNITS else None


def _generic(attribute: Attribute) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    *(
        EntityRow(
            platform=Platform.SENSOR,
            entity_class=DongjuSensor,
            attribute=description.key,
            description=description,
            types=types,
            where=readable(*_SHOW),
        )
        for types, description in (*RUN_STATES, *((None, description) for description in SENSORS))
    ),
    EntityRow(
        platform=Platform.SENSOR,
        entity_class=DongjuSensor,
        attribute=None,
        build=_generic,
        where=readable(*_SHOW),
    ),
)
