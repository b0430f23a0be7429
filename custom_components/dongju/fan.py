"""Fans: ceiling fans, ventilators, air purifiers, and the fans of hoods."""

from collections.abc import Iterator
import re
from typing import Any, ClassVar, Final, override

from homeassistant.components.fan import FanEntity, FanEntityDescription
from homeassistant.components.fan.const import FanEntityFeature
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util.percentage import ordered_list_item_to_percentage, percentage_to_ordered_list_item

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import options_to_write, part_writes, writable
from .runtime import AccountEntry
from .values import as_flag, as_word, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_SPEED_KEYS: Final = (Attr.FAN_SPEED_DETAIL, Attr.FAN_SPEED, Attr.FAN_STEP)
"""The finest comes first: LG's cloud must not be sent two of them."""

_ORDER: Final = {
    word: place
    for place, word in enumerate(
        ("slow", "slow_low", "low", "low_mid", "mid", "mid_high", "high", "turbo", "power"), start=1000
    )
}
"""Words that are a speed, slowest first; numbered ones (wind_1, level_2) go by their number, the others are presets."""

_NUMBERED: Final = re.compile(r"(?:wind|level|step|speed)_(\d+)")
_OFF: Final = "off"


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding fans to the loader."""
    entry.runtime_data.entities.register(Platform.FAN, async_add_entities)


class DongjuFan(DongjuEntity, FanEntity):
    """What moves air, with a switch of its own or with a speed that is 0 while off."""

    speed_keys: ClassVar[tuple[Attr, ...]] = _SPEED_KEYS

    @override
    def _describe(self) -> None:
        self._speed_key = next((key for key in self.speed_keys if self._can_write(key)), None)
        attribute = self._attribute(self._speed_key) if self._speed_key else None
        self._speeds = _speeds(attribute) if attribute else []
        presets = _presets(attribute) if attribute else []
        self._attr_preset_modes = presets or None
        self._attr_speed_count = len(self._speeds) or 1
        features = FanEntityFeature.TURN_ON | FanEntityFeature.TURN_OFF
        if self._speeds:
            features |= FanEntityFeature.SET_SPEED
        if presets:
            features |= FanEntityFeature.PRESET_MODE
        self._attr_supported_features = features

    @override
    def _update_attrs(self) -> None:
        speed = self._value(self._speed_key) if self._speed_key else None
        on = as_flag(self._value(Attr.ON_OFF)) if self._has(Attr.ON_OFF) else _is_moving(speed)
        self._attr_is_on = on
        self._attr_percentage = self._percentage(speed) if on else 0 if on is False and self._speeds else None
        word = as_word(speed)
        self._attr_preset_mode = word if on and word in (self._attr_preset_modes or ()) else None

    @property
    @override
    def is_on(self) -> bool | None:
        """Return whether it runs, also at a speed nobody has heard of."""
        return self._attr_is_on

    @override
    async def async_turn_on(self, percentage: int | None = None, preset_mode: str | None = None, **kwargs: Any) -> None:
        """Switch on, at a speed or in a preset where one is given."""
        if percentage == 0:
            await self.async_turn_off()
            return
        values: dict[str | Attr, Value] = {Attr.ON_OFF: True} if self._can_write(Attr.ON_OFF) else {}
        await self._async_send(values | self._values_of_speed(percentage, preset_mode, needed=not values))

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch off."""
        if self._can_write(Attr.ON_OFF):
            await self._async_send({Attr.ON_OFF: False})
        elif self._speed_key:
            await self._async_send({self._speed_key: _OFF if self._has_words() else 0})

    @override
    async def async_set_percentage(self, percentage: int) -> None:
        """Set the speed, switching on where needed."""
        if percentage == 0:
            await self.async_turn_off()
        else:
            await self._async_send(self._switched_on() | self._values_of_speed(percentage, None))

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Choose a preset, switching on where needed."""
        await self._async_send(self._switched_on() | self._values_of_speed(None, preset_mode))

    def _percentage(self, speed: Value) -> int | None:
        if speed not in self._speeds:
            return None
        return ordered_list_item_to_percentage(self._speeds, speed)

    def _has_words(self) -> bool:
        attribute = self._attribute(self._speed_key)
        return attribute is not None and attribute.kind is not Kind.NUMBER

    def _switched_on(self) -> dict[str | Attr, Value]:
        on = self._attr_is_on is True or not self._can_write(Attr.ON_OFF)
        return {} if on else {Attr.ON_OFF: True}

    def _values_of_speed(
        self, percentage: int | None, preset_mode: str | None, *, needed: bool = False
    ) -> dict[str | Attr, Value]:
        """Return what to write for a speed; where one is needed and none is given, the slowest."""
        if self._speed_key is None:
            return {}
        if preset_mode is not None:
            return {self._speed_key: preset_mode}
        if self._speeds and percentage:
            return {self._speed_key: percentage_to_ordered_list_item(self._speeds, percentage)}
        return {self._speed_key: self._speeds[0]} if needed and self._speeds else {}


class DongjuHoodFan(DongjuFan):
    """The fan of a hood: 0 is off."""

    speed_keys: ClassVar[tuple[Attr, ...]] = (Attr.HOOD_FAN_SPEED,)


def _is_moving(speed: Value) -> bool | None:
    return None if speed is None else speed not in {0, _OFF}


def _place(word: str) -> int | None:
    """Return the place of a word among the speeds, or None when it is none."""
    numbered = _NUMBERED.fullmatch(word)
    return int(numbered[1]) if numbered else _ORDER.get(word)


def _speeds(attribute: Attribute) -> list[Value]:
    """Return what may be written as a speed, slowest first."""
    if attribute.kind is Kind.NUMBER:
        return _steps(attribute)
    places = {word: place for word in options_to_write(attribute) if (place := _place(word)) is not None}
    return [*sorted(places, key=places.__getitem__)]


def _steps(attribute: Attribute) -> list[Value]:
    """Return the numbers that are a speed: 0 is none."""
    low, high, step = attribute.minimum or 0, attribute.maximum, attribute.step or 1
    if high is None:
        return []
    steps = (snapped(attribute, low + number * step) for number in range(int((high - low) / step) + 1))
    return [speed for speed in steps if speed > 0 and speed not in attribute.excluded]


def _presets(attribute: Attribute) -> list[str]:
    if attribute.kind is Kind.NUMBER:
        return []
    return [word for word in dict.fromkeys(options_to_write(attribute)) if word != _OFF and _place(word) is None]


_TYPES: Final = frozenset(
    {DeviceType.CEILING_FAN, DeviceType.VENTILATOR, DeviceType.AIR_PURIFIER, DeviceType.AIR_PURIFIER_FAN}
)
_FAN: Final = FanEntityDescription(key="fan", translation_key="fan", name=None)
_HOOD: Final = FanEntityDescription(key="fan", translation_key="fan", name=None)
_HOOD_OF_OVEN: Final = FanEntityDescription(key="hood_fan", translation_key="hood_fan")


def _fans() -> Iterator[EntityRow]:
    """Yield rows from the richest to the poorest fan: switch and speed, switch alone, speed alone."""
    for key in _SPEED_KEYS:
        yield EntityRow(
            platform=Platform.FAN,
            entity_class=DongjuFan,
            attribute=Attr.ON_OFF,
            description=_FAN,
            requires=(key,),
            types=_TYPES,
            where=writable(Kind.BOOLEAN),
            part_where=part_writes(key),
        )
    yield EntityRow(
        platform=Platform.FAN,
        entity_class=DongjuFan,
        attribute=Attr.ON_OFF,
        description=_FAN,
        types=_TYPES,
        where=writable(Kind.BOOLEAN),
    )
    for key in _SPEED_KEYS:
        yield EntityRow(
            platform=Platform.FAN,
            entity_class=DongjuFan,
            attribute=key,
            description=_FAN,
            uses=(Attr.ON_OFF,),
            types=_TYPES,
            where=writable(Kind.ENUM, Kind.NUMBER),
        )


def _hood(description: FanEntityDescription, types: frozenset[DeviceType] | None) -> EntityRow:
    return EntityRow(
        platform=Platform.FAN,
        entity_class=DongjuHoodFan,
        attribute=Attr.HOOD_FAN_SPEED,
        description=description,
        types=types,
        where=writable(Kind.NUMBER),
    )


ROWS: Final[tuple[EntityRow, ...]] = (*_fans(), _hood(_HOOD, frozenset({DeviceType.HOOD})), _hood(_HOOD_OF_OVEN, None))
