"""Valves: the gas valve, which can be closed from here and opened only by hand."""

from typing import Final, override

from homeassistant.components.valve.const import ValveDeviceClass, ValveEntityFeature
from homeassistant.components.valve.entity import ValveEntity, ValveEntityDescription
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import writable
from .runtime import AccountEntry
from .values import as_flag

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding valves to the loader."""
    entry.runtime_data.entities.register(Platform.VALVE, async_add_entities)


class DongjuGasValve(DongjuEntity, ValveEntity):
    """A gas valve. It has no way to open; the hub's safety rules would refuse it too."""

    _attr_reports_position = False
    _attr_supported_features = ValveEntityFeature.CLOSE

    @override
    def _update_attrs(self) -> None:
        is_open = as_flag(self._value())
        self._attr_is_closed = None if is_open is None else not is_open

    @override
    async def async_close_valve(self) -> None:
        """Close."""
        await self._async_send({Attr.OPEN: False})


ROWS: Final[tuple[EntityRow, ...]] = (
    EntityRow(
        platform=Platform.VALVE,
        entity_class=DongjuGasValve,
        attribute=Attr.OPEN,
        description=ValveEntityDescription(
            key="valve", translation_key="gas_valve", name=None, device_class=ValveDeviceClass.GAS
        ),
        types=frozenset({DeviceType.GAS_VALVE}),
        where=writable(Kind.BOOLEAN),
    ),
)
