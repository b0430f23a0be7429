"""What the words and numbers of air conditioners and boilers mean to Home Assistant's climate entities."""

from dataclasses import dataclass
from typing import Final

from homeassistant.components.climate.const import FAN_MEDIUM, SWING_OFF, SWING_ON, HVACMode
from homeassistant.const import UnitOfTemperature
from homeassistant.util.unit_conversion import TemperatureConverter

from .model.device import Attribute, Value
from .model.vocabulary import Attr, Kind, Unit
from .row_filters import options_to_write
from .values import as_number, as_word

HVAC_MODES: Final = {
    "off": HVACMode.OFF,
    "auto": HVACMode.AUTO,
    "cool": HVACMode.COOL,
    "heat": HVACMode.HEAT,
    "dry": HVACMode.DRY,
    "air_dry": HVACMode.DRY,
    "fan": HVACMode.FAN_ONLY,
}
"""Words that are a mode of Home Assistant's; every other word of a profile is a preset."""

MODES_OF_PRESETS: Final = {
    "energy_saving": HVACMode.COOL,
    "away": HVACMode.HEAT,
    "hot_water": HVACMode.HEAT,
}
"""What an appliance does in a preset; the others (air cleaning, scents) only move air."""

_FAN_MODES: Final = {"mid": FAN_MEDIUM}
"""Fan words that Home Assistant, and the assistants behind it, call differently."""

FAN_WORDS: Final = {shown: word for word, shown in _FAN_MODES.items()}
FAN_KEYS: Final = (Attr.FAN_SPEED_DETAIL, Attr.FAN_SPEED, Attr.FAN_STEP)
"""The finest comes first: LG's cloud must not be sent two of them."""

SWINGS: Final = {True: SWING_ON, False: SWING_OFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A temperature that is set while the mode (and the circuit, of a boiler) is this one, and what bounds it."""

    mode: str | None = None
    circuit: str | None = None
    key: Attr
    low: Attr | None = None
    high: Attr | None = None


TARGETS: Final = (
    *(
        Target(
            mode=mode,
            circuit=circuit,
            key=Attr(f"{circuit}_{mode}_target_temperature"),
            low=Attr(f"{circuit}_{mode}_min_temperature"),
            high=Attr(f"{circuit}_{mode}_max_temperature"),
        )
        for circuit in ("water", "air")
        for mode in ("heat", "cool")
    ),
    Target(mode="cool", key=Attr.COOL_TARGET_TEMPERATURE),
    Target(mode="heat", key=Attr.HEAT_TARGET_TEMPERATURE),
    Target(mode="auto", key=Attr.AUTO_TARGET_TEMPERATURE),
    Target(key=Attr.TARGET_TEMPERATURE, low=Attr.MIN_TARGET_TEMPERATURE, high=Attr.MAX_TARGET_TEMPERATURE),
)

CURRENT_TEMPERATURES: Final = (Attr.CURRENT_TEMPERATURE, Attr.ROOM_AIR_CURRENT_TEMPERATURE)


def temperature_unit(*attributes: Attribute | None) -> UnitOfTemperature:
    """Return the unit of the first temperature that names one."""
    units = (attribute.unit for attribute in attributes if attribute)
    found = next((unit for unit in units if unit in {Unit.CELSIUS, Unit.FAHRENHEIT}), None)
    return UnitOfTemperature.FAHRENHEIT if found is Unit.FAHRENHEIT else UnitOfTemperature.CELSIUS


def converted(celsius: float, unit: str) -> float:
    """Return a temperature in another unit."""
    return TemperatureConverter.convert(celsius, UnitOfTemperature.CELSIUS, unit)


def fan_modes(attribute: Attribute) -> list[str]:
    """Return what fan speeds are called in Home Assistant."""
    if attribute.kind is Kind.NUMBER:
        step = int(attribute.step or 1)
        return [str(speed) for speed in range(int(attribute.minimum or 1), int(attribute.maximum or 1) + 1, step)]
    return [_FAN_MODES.get(word, word) for word in dict.fromkeys(options_to_write(attribute))]


def fan_mode_of(value: Value) -> str | None:
    """Return what a fan speed is called in Home Assistant."""
    if (number := as_number(value)) is not None:
        return f"{number:g}"
    word = as_word(value)
    return _FAN_MODES.get(word, word) if word else None
