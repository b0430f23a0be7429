"""Climate: air conditioners and boilers."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar, Final, override

from homeassistant.components.climate import ClimateEntity, ClimateEntityDescription
from homeassistant.components.climate.const import (
    ATTR_HVAC_MODE,
    ATTR_TARGET_TEMP_HIGH,
    ATTR_TARGET_TEMP_LOW,
    DEFAULT_MAX_TEMP,
    DEFAULT_MIN_TEMP,
    PRESET_NONE,
    SWING_ON,
    ClimateEntityFeature,
    HVACMode,
)
from homeassistant.const import ATTR_TEMPERATURE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .climate_words import (
    CURRENT_TEMPERATURES,
    FAN_KEYS,
    FAN_WORDS,
    HVAC_MODES,
    MODES_OF_PRESETS,
    SWINGS,
    TARGETS,
    Target,
    converted,
    fan_mode_of,
    fan_modes,
    temperature_unit,
)
from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import is_writable, options_to_write, part_writes, writable
from .runtime import AccountEntry
from .temperatures import show_temperatures
from .values import as_flag, as_number, as_word, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_TARGET_ARGUMENTS: Final = (
    (ATTR_TEMPERATURE, Attr.TARGET_TEMPERATURE),
    (ATTR_TARGET_TEMP_LOW, Attr.TWO_SET_HEAT_TEMPERATURE),
    (ATTR_TARGET_TEMP_HIGH, Attr.TWO_SET_COOL_TEMPERATURE),
)


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding climate entities to the loader."""
    entry.runtime_data.entities.register(Platform.CLIMATE, async_add_entities)


class DongjuClimate(DongjuEntity, ClimateEntity):
    """What heats or cools a room. `default_mode` is what it does while it is on and says nothing of a mode."""

    default_mode: ClassVar[HVACMode] = HVACMode.AUTO

    @override
    def _describe(self) -> None:
        mode = self._attribute(Attr.MODE)
        words = options_to_write(mode) if mode and mode.writable else ()
        self._words = {HVAC_MODES[word]: word for word in reversed(words) if word in HVAC_MODES}
        self._presets = [word for word in words if word not in HVAC_MODES]
        self._fan_key = next((key for key in FAN_KEYS if self._can_write(key)), None)
        target = self._attribute(Attr.TARGET_TEMPERATURE)
        self._unit = temperature_unit(
            target, *(self._attribute(key) for key in (Attr.TWO_SET_COOL_TEMPERATURE, *CURRENT_TEMPERATURES))
        )
        show_temperatures(self, temperature_unit=self._unit)
        self._attr_target_temperature_step = target.step if target else None
        self._attr_hvac_modes = self._modes(words)
        self._attr_preset_modes = [PRESET_NONE, *self._presets] if self._presets else None
        fan = self._attribute(self._fan_key) if self._fan_key else None
        self._attr_fan_modes = fan_modes(fan) if fan else None
        self._attr_swing_modes = self._swings(Attr.SWING_VERTICAL)
        self._attr_swing_horizontal_modes = self._swings(Attr.SWING_HORIZONTAL)
        self._attr_supported_features = self._features()

    @override
    def _update_attrs(self) -> None:
        word = as_word(self._value(Attr.MODE))
        self._attr_hvac_mode = self._mode(word)
        running = self._attr_hvac_mode is not HVACMode.OFF
        self._attr_preset_mode = word if running and word in self._presets else PRESET_NONE
        self._attr_fan_mode = fan_mode_of(self._value(self._fan_key)) if self._fan_key else None
        self._attr_swing_mode = self._swing(Attr.SWING_VERTICAL)
        self._attr_swing_horizontal_mode = self._swing(Attr.SWING_HORIZONTAL)
        self._attr_current_humidity = as_number(self._value(Attr.CURRENT_HUMIDITY))
        show_temperatures(self, current_temperature=self._first_known(CURRENT_TEMPERATURES))
        self._update_targets(word if running else None)

    def _update_targets(self, word: str | None) -> None:
        """Show one target, or a range, with the limits of the present mode (while off: of all modes)."""
        ranged = self._ranged()
        keys = (Attr.TWO_SET_HEAT_TEMPERATURE, Attr.TWO_SET_COOL_TEMPERATURE) if ranged else ()
        bounds = [self._bounds(Target(key=key)) for key in keys] or [self._bounds(self._target(word))]
        lows = [low for low, _ in bounds if low is not None]
        highs = [high for _, high in bounds if high is not None]
        self._attr_min_temp = min(lows, default=converted(DEFAULT_MIN_TEMP, self._unit))
        self._attr_max_temp = max(highs, default=converted(DEFAULT_MAX_TEMP, self._unit))
        show_temperatures(
            self,
            target_temperature=None if ranged else as_number(self._value(Attr.TARGET_TEMPERATURE)),
            target_temperature_low=as_number(self._value(Attr.TWO_SET_HEAT_TEMPERATURE)) if ranged else None,
            target_temperature_high=as_number(self._value(Attr.TWO_SET_COOL_TEMPERATURE)) if ranged else None,
        )

    @override
    async def async_turn_on(self) -> None:
        """Switch on, in the mode it was in."""
        if self._can_write(Attr.ON_OFF):
            await self._async_send({Attr.ON_OFF: True})
        else:
            await self.async_set_hvac_mode(self._running_mode())

    @override
    async def async_turn_off(self) -> None:
        """Switch off."""
        await self._async_send_if_any(self._values_of_mode(HVACMode.OFF))

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Choose a mode, switching on where needed."""
        await self._async_send_if_any(self._values_of_mode(hvac_mode))

    @override
    async def async_set_preset_mode(self, preset_mode: str) -> None:
        """Choose a preset; none goes back to the mode the preset resembles."""
        if preset_mode != PRESET_NONE:
            await self._async_send({**self._switched_on(), Attr.MODE: preset_mode})
        elif self._attr_preset_mode != PRESET_NONE:
            await self._async_send_if_any(self._values_of_mode(self._running_mode()))

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Set the target or the range, and the mode where one is given, as one wish."""
        mode = kwargs.get(ATTR_HVAC_MODE)
        values: dict[str | Attr, Value] = {}
        if mode is not None and (mode != self._attr_hvac_mode or self._attr_preset_mode != PRESET_NONE):
            values |= self._values_of_mode(HVACMode(mode))
        if mode != HVACMode.OFF:
            values |= self._values_of_targets(kwargs)
        await self._async_send_if_any(values)

    @override
    async def async_set_fan_mode(self, fan_mode: str) -> None:
        """Choose a fan speed."""
        if self._fan_key is None:
            return
        attribute = self._attribute(self._fan_key)
        number = attribute is not None and attribute.kind is Kind.NUMBER
        await self._async_send({self._fan_key: int(fan_mode) if number else FAN_WORDS.get(fan_mode, fan_mode)})

    @override
    async def async_set_swing_mode(self, swing_mode: str) -> None:
        """Choose how the air moves up and down."""
        await self._async_send({Attr.SWING_VERTICAL: self._swing_value(Attr.SWING_VERTICAL, swing_mode)})

    @override
    async def async_set_swing_horizontal_mode(self, swing_horizontal_mode: str) -> None:
        """Choose how the air moves from side to side."""
        await self._async_send({Attr.SWING_HORIZONTAL: self._swing_value(Attr.SWING_HORIZONTAL, swing_horizontal_mode)})

    async def _async_send_if_any(self, values: dict[str | Attr, Value]) -> None:
        """Send values, unless the appliance has no word for what was asked or does it already."""
        if values:
            await self._async_send(values)

    def _modes(self, words: Iterable[str]) -> list[HVACMode]:
        """Return the modes that can be written, in the order of the profile."""
        modes = [HVACMode.OFF] if self._can_write(Attr.ON_OFF) else []
        modes += [HVAC_MODES[word] for word in words if word in HVAC_MODES]
        if not any(mode is not HVACMode.OFF for mode in modes) and not self._presets:
            modes.append(self.default_mode)
        return list(dict.fromkeys(modes))

    def _features(self) -> ClimateEntityFeature:
        can_switch = HVACMode.OFF in self._attr_hvac_modes
        has_range = self._can_write(Attr.TWO_SET_COOL_TEMPERATURE) and self._can_write(Attr.TWO_SET_HEAT_TEMPERATURE)
        wanted = (
            (ClimateEntityFeature.TURN_ON | ClimateEntityFeature.TURN_OFF, can_switch),
            (ClimateEntityFeature.TARGET_TEMPERATURE, self._can_write(Attr.TARGET_TEMPERATURE)),
            (ClimateEntityFeature.TARGET_TEMPERATURE_RANGE, has_range),
            (ClimateEntityFeature.FAN_MODE, bool(self._attr_fan_modes)),
            (ClimateEntityFeature.PRESET_MODE, bool(self._attr_preset_modes)),
            (ClimateEntityFeature.SWING_MODE, bool(self._attr_swing_modes)),
            (ClimateEntityFeature.SWING_HORIZONTAL_MODE, bool(self._attr_swing_horizontal_modes)),
        )
        features = ClimateEntityFeature(0)
        for feature, present in wanted:
            if present:
                features |= feature
        return features

    def _mode(self, word: str | None) -> HVACMode | None:
        """Return the mode an appliance is in."""
        on = as_flag(self._value(Attr.ON_OFF))
        if on is False:
            return HVACMode.OFF
        if on is None and self._has(Attr.ON_OFF):
            return None
        if word is None:
            return None if self._words or self._presets else self.default_mode
        return HVAC_MODES.get(word) or MODES_OF_PRESETS.get(word, HVACMode.FAN_ONLY)

    def _running_mode(self) -> HVACMode:
        """Return the mode to go to where none is named: the present one, else the first there is."""
        order = (self._attr_hvac_mode, self.default_mode, *self._words)
        return next((mode for mode in order if mode in self._words and mode is not HVACMode.OFF), HVACMode.AUTO)

    def _switched_on(self) -> dict[str | Attr, Value]:
        """Return what switches on, where that is needed."""
        on = self._value(Attr.ON_OFF) is True or not self._can_write(Attr.ON_OFF)
        return {} if on else {Attr.ON_OFF: True}

    def _values_of_mode(self, mode: HVACMode) -> dict[str | Attr, Value]:
        """Return what to write for a mode."""
        word = self._words.get(mode)
        if mode is HVACMode.OFF and self._can_write(Attr.ON_OFF):
            return {Attr.ON_OFF: False}
        return self._switched_on() | ({Attr.MODE: word} if word else {})

    def _values_of_targets(self, asked: Mapping[str, Any]) -> dict[str | Attr, Value]:
        """Return what to write for a target or a range, going from the one to the other where that can be chosen."""
        values: dict[str | Attr, Value] = {}
        for argument, key in _TARGET_ARGUMENTS:
            if (temperature := asked.get(argument)) is not None:
                values[key] = snapped(self._attribute(key), temperature)
        wants_range = Attr.TARGET_TEMPERATURE not in values
        if values and self._can_write(Attr.TWO_SET_ENABLED) and self._ranged() is not wants_range:
            values = {Attr.TWO_SET_ENABLED: wants_range, **values}
        return values

    def _first_known(self, keys: Iterable[Attr]) -> float | None:
        return next((value for key in keys if (value := as_number(self._value(key))) is not None), None)

    def _ranged(self) -> bool:
        """Return whether the appliance now keeps between two temperatures."""
        if not self._attr_supported_features & ClimateEntityFeature.TARGET_TEMPERATURE_RANGE:
            return False
        enabled = as_flag(self._value(Attr.TWO_SET_ENABLED))
        return self._attr_hvac_mode is HVACMode.AUTO if enabled is None else enabled

    def _target(self, word: str | None) -> Target:
        """Return which target counts in a mode; the last of the table always does."""
        circuit = as_word(self._value(Attr.ROOM_TEMPERATURE_MODE))
        return next(
            target
            for target in TARGETS
            if target.mode in {None, word}
            and (target.circuit is None or target.circuit == (circuit or "air"))
            and (target.mode is None or self._attribute(target.key) is not None)
        )

    def _bounds(self, target: Target) -> tuple[float | None, float | None]:
        """Return the least and the most of a target: what the appliance says now, else what its profile says."""
        attribute = self._attribute(target.key)
        if attribute is None or attribute.minimum is None:
            attribute = self._attribute(Attr.TARGET_TEMPERATURE)
        low = as_number(self._value(target.low)) if target.low else None
        high = as_number(self._value(target.high)) if target.high else None
        return (
            low if low is not None or attribute is None else attribute.minimum,
            high if high is not None or attribute is None else attribute.maximum,
        )

    def _swings(self, key: Attr) -> list[str] | None:
        attribute = self._attribute(key) if self._can_write(key) else None
        if attribute is None:
            return None
        return list(SWINGS.values()) if attribute.kind is Kind.BOOLEAN else list(options_to_write(attribute))

    def _swing(self, key: Attr) -> str | None:
        value = self._value(key)
        return SWINGS[value] if isinstance(value, bool) else as_word(value)

    def _swing_value(self, key: Attr, mode: str) -> Value:
        attribute = self._attribute(key)
        return mode == SWING_ON if attribute and attribute.kind is Kind.BOOLEAN else mode


class DongjuBoiler(DongjuClimate):
    """What heats a room, and may cool it or make hot water."""

    default_mode = HVACMode.HEAT


_TARGETS_OF_MODES: Final = tuple(dict.fromkeys(target.key for target in TARGETS))
_BOUNDS: Final = tuple(key for target in TARGETS for key in (target.low, target.high) if key)
_CLAIMED: Final = (
    Attr.ON_OFF,
    *_TARGETS_OF_MODES,
    Attr.TWO_SET_COOL_TEMPERATURE,
    Attr.TWO_SET_HEAT_TEMPERATURE,
    Attr.SWING_VERTICAL,
    Attr.SWING_HORIZONTAL,
)
_USED: Final = (
    Attr.ON_OFF,
    Attr.MODE,
    Attr.TARGET_TEMPERATURE,
    *CURRENT_TEMPERATURES,
    Attr.CURRENT_HUMIDITY,
    Attr.TWO_SET_ENABLED,
    Attr.ROOM_TEMPERATURE_MODE,
    *_BOUNDS,
)


def _rows(entity_class: type[DongjuClimate], words: str, *types: DeviceType) -> Iterator[EntityRow]:
    """Yield rows from the richest to the poorest appliance: with modes or only a target, with the finest fan speed."""
    description = ClimateEntityDescription(key="climate", translation_key=words, name=None)
    for attribute, where, requires in (
        (Attr.MODE, writable(Kind.ENUM), ()),
        (Attr.TARGET_TEMPERATURE, writable(Kind.NUMBER), (Attr.ON_OFF,)),
    ):
        for fan in (*FAN_KEYS, None):
            yield EntityRow(
                platform=Platform.CLIMATE,
                entity_class=entity_class,
                attribute=attribute,
                description=description,
                requires=(*requires, fan) if fan else requires,
                also=_CLAIMED,
                also_where=is_writable,
                uses=_USED,
                types=frozenset(types),
                where=where,
                part_where=part_writes(fan),
            )


ROWS: Final[tuple[EntityRow, ...]] = (
    *_rows(DongjuClimate, "air_conditioner", DeviceType.AIR_CONDITIONER),
    *_rows(DongjuBoiler, "boiler", DeviceType.SYSTEM_BOILER, DeviceType.BOILER),
)
