"""Every entity row of every platform, in the order in which they may claim attributes.

Composite entities come before plain ones. Buttons come before selects: a command that is one word is a button.
"""

from types import ModuleType
from typing import Final

from homeassistant.const import Platform

from . import (
    binary_sensor,
    button,
    climate,
    cover,
    event,
    fan,
    humidifier,
    light,
    lock,
    media_player,
    notify,
    number,
    remote,
    scene,
    select,
    sensor,
    switch,
    time,
    vacuum,
    valve,
    water_heater,
    weather,
)
from .discovery import EntityRow

_MODULES: Final[tuple[ModuleType, ...]] = (
    climate,
    water_heater,
    humidifier,
    fan,
    vacuum,
    valve,
    lock,
    cover,
    light,
    media_player,
    remote,
    notify,
    weather,
    event,
    scene,
    button,
    switch,
    select,
    number,
    time,
    binary_sensor,
    sensor,
)

ROWS: Final[tuple[EntityRow, ...]] = (
    *(row for module in _MODULES for row in module.ROWS if row.attribute is not None),
    *(row for module in _MODULES for row in module.ROWS if row.attribute is None),
)
"""Rows with an attribute of their own first; the generic ones (attribute None) take what is left."""

PLATFORMS: Final[tuple[Platform, ...]] = tuple(dict.fromkeys(row.platform for row in ROWS))
