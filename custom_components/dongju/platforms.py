"""Every entity row of every platform, in the order in which they may claim attributes.

Composite entities come before plain ones: climate, water_heater, humidifier, fan, vacuum, valve, lock, cover, light,
then event, switch, select, number, time, binary_sensor, sensor, button.
"""

from types import ModuleType
from typing import Final

from homeassistant.const import Platform

from . import binary_sensor, event, media_player, notify, remote, select, sensor, switch, weather
from .discovery import EntityRow

_MODULES: Final[tuple[ModuleType, ...]] = (
    media_player,
    remote,
    notify,
    weather,
    event,
    switch,
    select,
    binary_sensor,
    sensor,
)

ROWS: Final[tuple[EntityRow, ...]] = (
    *(row for module in _MODULES for row in module.ROWS if row.attribute is not None),
    *(row for module in _MODULES for row in module.ROWS if row.attribute is None),
)
"""Rows with an attribute of their own first; the generic ones (attribute None) take what is left."""

PLATFORMS: Final[tuple[Platform, ...]] = tuple(dict.fromkeys(row.platform for row in ROWS))
