"""Lights: lamps, wall switches, and the lamps of hoods."""

from typing import Any, ClassVar, Final, override

from homeassistant.components.light import LightEntity, LightEntityDescription
from homeassistant.components.light.const import ATTR_BRIGHTNESS, ATTR_COLOR_TEMP_KELVIN, ColorMode
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util.color import brightness_to_value, value_to_brightness

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import writable
from .runtime import AccountEntry
from .values import as_flag, as_number, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding lights to the loader."""
    entry.runtime_data.entities.register(Platform.LIGHT, async_add_entities)


class DongjuLight(DongjuEntity, LightEntity):
    """A light with a switch of its own, or with a level that is 0 while off."""

    level: ClassVar[Attr] = Attr.BRIGHTNESS

    @override
    def _describe(self) -> None:
        level = self._attribute(self.level) if self._can_write(self.level) else None
        self._scale = _scale(level) if level else None
        colour = self._attribute(Attr.COLOR_TEMPERATURE) if self._can_write(Attr.COLOR_TEMPERATURE) else None
        if colour and colour.minimum and colour.maximum:
            self._attr_min_color_temp_kelvin = int(colour.minimum)
            self._attr_max_color_temp_kelvin = int(colour.maximum)
        mode = ColorMode.COLOR_TEMP if colour else ColorMode.BRIGHTNESS if level else ColorMode.ONOFF
        self._attr_supported_color_modes = {mode}
        self._attr_color_mode = mode

    @override
    def _update_attrs(self) -> None:
        level = as_number(self._value(self.level)) if self._scale else None
        lit = None if level is None else level > 0
        self._attr_is_on = as_flag(self._value(Attr.ON_OFF)) if self._has(Attr.ON_OFF) else lit
        self._attr_brightness = value_to_brightness(self._scale, level) if self._scale and level else None
        kelvin = as_number(self._value(Attr.COLOR_TEMPERATURE))
        self._attr_color_temp_kelvin = int(kelvin) if kelvin else None

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch on, at a brightness and in a colour where they are given, as one wish."""
        values: dict[str | Attr, Value] = {}
        if ATTR_BRIGHTNESS in kwargs and self._scale:
            values[self.level] = self._level(kwargs[ATTR_BRIGHTNESS])
        if ATTR_COLOR_TEMP_KELVIN in kwargs:
            kelvin = snapped(self._attribute(Attr.COLOR_TEMPERATURE), kwargs[ATTR_COLOR_TEMP_KELVIN])
            values[Attr.COLOR_TEMPERATURE] = kelvin
        if self._can_write(Attr.ON_OFF):
            if not values or self._attr_is_on is not True:
                values = {Attr.ON_OFF: True, **values}
        elif not values and self._scale:
            values[self.level] = self._scale[1]
        await self._async_send(values)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch off."""
        await self._async_send({Attr.ON_OFF: False} if self._can_write(Attr.ON_OFF) else {self.level: 0})

    def _level(self, brightness: int) -> float:
        """Return the level nearest to a brightness, but never the one that is off."""
        low, high = self._scale or (1, 100)
        level = snapped(self._attribute(self.level), brightness_to_value((low, high), brightness))
        return min(high, max(low, level))


class DongjuLamp(DongjuLight):
    """The lamp of a hood or an oven: a few levels, 0 is off."""

    level = Attr.LAMP_BRIGHTNESS


def _scale(level: Attribute) -> tuple[float, float]:
    """Return the least and the most of a level at which there is light."""
    low = level.minimum or level.step or 1
    return low, max(low, level.maximum or 100)


def _is_scale(attribute: Attribute) -> bool:
    """Accept a level, or a colour temperature, with a range."""
    return (
        attribute.writable
        and attribute.kind is Kind.NUMBER
        and attribute.minimum is not None
        and attribute.maximum is not None
    )


_LIGHT: Final = LightEntityDescription(key="light", translation_key="light", name=None)
_LAMP: Final = LightEntityDescription(key=Attr.LAMP_BRIGHTNESS, translation_key="lamp")

ROWS: Final[tuple[EntityRow, ...]] = (
    EntityRow(
        platform=Platform.LIGHT,
        entity_class=DongjuLight,
        attribute=Attr.ON_OFF,
        description=_LIGHT,
        also=(Attr.BRIGHTNESS, Attr.COLOR_TEMPERATURE),
        also_where=_is_scale,
        types=frozenset({DeviceType.LIGHT, DeviceType.LIGHT_SWITCH}),
        where=writable(Kind.BOOLEAN),
    ),
    EntityRow(
        platform=Platform.LIGHT,
        entity_class=DongjuLamp,
        attribute=Attr.LAMP_BRIGHTNESS,
        description=_LAMP,
        where=_is_scale,
    ),
)
