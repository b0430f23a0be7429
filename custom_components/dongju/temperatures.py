"""Temperatures of climate and water heater entities, under the names that the running Home Assistant has for them."""

from typing import Final

from homeassistant.components.climate import ClimateEntity
from homeassistant.helpers.entity import Entity

# Home Assistant 2026.11 calls them native, and will not know the older names from 2027.11 on.
_PREFIX: Final = "_attr_native_" if hasattr(ClimateEntity, "native_temperature_unit") else "_attr_"


def show_temperatures(entity: Entity, **values: str | float | None) -> None:
    """Set temperatures and their unit: `target_temperature=21.5` sets the attribute that Home Assistant reads."""
    for name, value in values.items():
        setattr(entity, f"{_PREFIX}{name}", value)
