"""Water heaters, and the hot water of boilers."""

from typing import Any, ClassVar, Final, override

from homeassistant.components.water_heater import WaterHeaterEntity, WaterHeaterEntityDescription
from homeassistant.components.water_heater.const import (
    ATTR_OPERATION_MODE,
    STATE_HEAT_PUMP,
    STATE_PERFORMANCE,
    WaterHeaterEntityFeature,
)
from homeassistant.const import ATTR_TEMPERATURE, STATE_OFF, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .climate_words import converted, temperature_unit
from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import is_writable, options_to_write, writable
from .runtime import AccountEntry
from .temperatures import show_temperatures
from .values import as_flag, as_number, as_word, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_OPERATIONS: Final = {"turbo": STATE_PERFORMANCE}
"""Words that Home Assistant calls differently; the others stay."""

_WORDS: Final = {shown: word for word, shown in _OPERATIONS.items()}
_LEAST_CELSIUS: Final = 30.0
_MOST_CELSIUS: Final = 80.0
"""Limits where a profile names none."""


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding water heaters to the loader."""
    entry.runtime_data.entities.register(Platform.WATER_HEATER, async_add_entities)


class DongjuWaterHeater(DongjuEntity, WaterHeaterEntity):
    """What heats water. The class variables name its attributes; `mode` may be missing."""

    power: ClassVar[Attr] = Attr.ON_OFF
    mode: ClassVar[Attr | None] = Attr.MODE
    target: ClassVar[Attr] = Attr.TARGET_TEMPERATURE
    current: ClassVar[Attr] = Attr.CURRENT_TEMPERATURE
    low: ClassVar[Attr] = Attr.MIN_TARGET_TEMPERATURE
    high: ClassVar[Attr] = Attr.MAX_TARGET_TEMPERATURE

    @override
    def _describe(self) -> None:
        mode = self._attribute(self.mode) if self.mode and self._has(self.mode) else None
        words = options_to_write(mode) if mode and mode.writable else ()
        target = self._attribute(self.target)
        self._unit = temperature_unit(target, self._attribute(self.current))
        self._attr_target_temperature_step = target.step if target else None
        operations = [_OPERATIONS.get(word, word) for word in words] or [STATE_HEAT_PUMP]
        switched = [STATE_OFF] if self._can_write(self.power) else []
        self._attr_operation_list = list(dict.fromkeys([*operations, *switched]))
        features = WaterHeaterEntityFeature.TARGET_TEMPERATURE
        if words or switched:
            features |= WaterHeaterEntityFeature.OPERATION_MODE
        if switched:
            features |= WaterHeaterEntityFeature.ON_OFF
        self._attr_supported_features = features

    @override
    def _update_attrs(self) -> None:
        target = self._attribute(self.target)
        low, high = as_number(self._value(self.low)), as_number(self._value(self.high))
        if target is not None:
            low, high = target.minimum if low is None else low, target.maximum if high is None else high
        self._attr_min_temp = converted(_LEAST_CELSIUS, self._unit) if low is None else low
        self._attr_max_temp = converted(_MOST_CELSIUS, self._unit) if high is None else high
        show_temperatures(
            self,
            temperature_unit=self._unit,
            current_temperature=as_number(self._value(self.current)),
            target_temperature=as_number(self._value(self.target)),
        )
        self._attr_current_operation = self._operation()

    def _operation(self) -> str | None:
        """Return what it does; unknown until it was heard of."""
        on = as_flag(self._value(self.power)) if self._has(self.power) else True
        if not on:
            return None if on is None else STATE_OFF
        if self.mode is None or self._attribute(self.mode) is None:
            return STATE_HEAT_PUMP
        word = as_word(self._value(self.mode))
        return _OPERATIONS.get(word, word) if word else None

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Set the target, and the operation where one is given, as one wish."""
        operation = kwargs.get(ATTR_OPERATION_MODE)
        values = self._values_of_operation(operation) if operation else {}
        if operation != STATE_OFF:
            values[self.target] = snapped(self._attribute(self.target), kwargs[ATTR_TEMPERATURE])
        await self._async_send(values)

    @override
    async def async_set_operation_mode(self, operation_mode: str) -> None:
        """Choose how it heats, or that it does not."""
        if values := self._values_of_operation(operation_mode):
            await self._async_send(values)

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch on."""
        await self._async_send({self.power: True})

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch off."""
        await self._async_send({self.power: False})

    def _values_of_operation(self, operation: str) -> dict[str | Attr, Value]:
        """Return what to write for an operation."""
        if operation == STATE_OFF and self._can_write(self.power):
            return {self.power: False}
        values: dict[str | Attr, Value] = {}
        if self._can_write(self.power) and self._value(self.power) is not True:
            values[self.power] = True
        if self.mode and self._can_write(self.mode):
            values[self.mode] = _WORDS.get(operation, operation)
        return values


class DongjuHotWater(DongjuWaterHeater):
    """The hot water of a boiler."""

    power = Attr.HOT_WATER_MODE
    mode: ClassVar[Attr | None] = None
    target = Attr.HOT_WATER_TARGET_TEMPERATURE
    current = Attr.HOT_WATER_CURRENT_TEMPERATURE
    low = Attr.HOT_WATER_MIN_TEMPERATURE
    high = Attr.HOT_WATER_MAX_TEMPERATURE


def _row(
    entity_class: type[DongjuWaterHeater], description: WaterHeaterEntityDescription, *types: DeviceType
) -> EntityRow:
    mode = (entity_class.mode,) if entity_class.mode else ()
    return EntityRow(
        platform=Platform.WATER_HEATER,
        entity_class=entity_class,
        attribute=entity_class.target,
        description=description,
        also=(entity_class.power, *mode),
        also_where=is_writable,
        uses=(entity_class.power, *mode, entity_class.current, entity_class.low, entity_class.high),
        types=frozenset(types),
        where=writable(Kind.NUMBER),
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    _row(
        DongjuWaterHeater,
        WaterHeaterEntityDescription(key="water_heater", translation_key="water_heater", name=None),
        DeviceType.WATER_HEATER,
    ),
    _row(
        DongjuHotWater,
        WaterHeaterEntityDescription(key="hot_water", translation_key="hot_water"),
        DeviceType.SYSTEM_BOILER,
    ),
)
