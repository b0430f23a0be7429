"""Binary sensors: what is so or not so and cannot be switched from here."""

from typing import ClassVar, Final, override

from homeassistant.components.binary_sensor import BinarySensorEntity, BinarySensorEntityDescription
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import read_only, readable_name
from .runtime import AccountEntry

PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding binary sensors to the loader."""
    entry.runtime_data.entities.register(Platform.BINARY_SENSOR, async_add_entities)


class DongjuBinarySensor(DongjuEntity, BinarySensorEntity):
    """A boolean attribute."""

    value_when_on: ClassVar[bool] = True

    @override
    def _update_attrs(self) -> None:
        value = self._value()
        self._attr_is_on = value is self.value_when_on if isinstance(value, bool) else None


class DongjuInvertedBinarySensor(DongjuBinarySensor):
    """A boolean attribute whose False is what Home Assistant calls on: a lock is "on" while it is open."""

    value_when_on = False


def _sensor(
    key: Attr,
    device_class: BinarySensorDeviceClass | None = None,
    *,
    diagnostic: bool = False,
    enabled: bool = True,
) -> BinarySensorEntityDescription:
    return BinarySensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=device_class,
        entity_category=EntityCategory.DIAGNOSTIC if diagnostic else None,
        entity_registry_enabled_default=enabled,
    )


def _generic(attribute: Attribute) -> BinarySensorEntityDescription:
    return BinarySensorEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.DIAGNOSTIC,
        entity_registry_enabled_default=False,
    )


_CONTACT: Final = BinarySensorEntityDescription(
    key=Attr.OPEN, translation_key="contact", device_class=BinarySensorDeviceClass.DOOR
)
_LOCK: Final = _sensor(Attr.LOCKED, BinarySensorDeviceClass.LOCK)

_SENSORS: Final = (
    # Running
    _sensor(Attr.PROBLEM, BinarySensorDeviceClass.PROBLEM, diagnostic=True, enabled=False),
    _sensor(Attr.ON_OFF, BinarySensorDeviceClass.POWER),
    _sensor(Attr.RUN_STATE, BinarySensorDeviceClass.RUNNING),
    _sensor(Attr.REMOTE_START),
    _sensor(Attr.STANDBY, diagnostic=True, enabled=False),
    _sensor(Attr.TWO_SET_ENABLED, diagnostic=True, enabled=False),
    # Climate and air
    _sensor(Attr.HOT_WATER_MODE),
    _sensor(Attr.ROOM_TEMPERATURE_MODE, diagnostic=True),
    _sensor(Attr.ROOM_WATER_MODE, diagnostic=True),
    _sensor(Attr.POWER_SAVE),
    _sensor(Attr.WARM_MODE),
    _sensor(Attr.AUTO_MODE),
    _sensor(Attr.SLEEP_MODE),
    _sensor(Attr.HYGIENE_DRY_MODE),
    _sensor(Attr.UV_NANO),
    _sensor(Attr.AIR_CLEAN_OPERATION),
    _sensor(Attr.SWING_VERTICAL),
    _sensor(Attr.SWING_HORIZONTAL),
    _sensor(Attr.AIR_GUIDE_WIND),
    _sensor(Attr.AUTO_FIT_WIND),
    _sensor(Attr.CONCENTRATION_WIND),
    _sensor(Attr.FOREST_WIND),
    _sensor(Attr.HIGH_CEILING_WIND),
    _sensor(Attr.LONG_POWER_WIND),
    _sensor(Attr.MANNER_WIND),
    _sensor(Attr.SWIRL_WIND),
    _sensor(Attr.MONITORING, diagnostic=True),
    # Consumables
    _sensor(Attr.ONE_TOUCH_FILTER),
    _sensor(Attr.FRESH_AIR_FILTER),
    _sensor(Attr.RINSE_REFILL, BinarySensorDeviceClass.PROBLEM),
    _sensor(Attr.MACHINE_CLEAN_REMINDER, diagnostic=True, enabled=False),
    _sensor(Attr.CLEAN_LIGHT_REMINDER, diagnostic=True, enabled=False),
    _sensor(Attr.SIGNAL_LEVEL, diagnostic=True, enabled=False),
    _sensor(Attr.STERILIZING_STATE, BinarySensorDeviceClass.RUNNING),
    # Kitchen
    _sensor(Attr.DOOR, BinarySensorDeviceClass.DOOR),
    _sensor(Attr.EXPRESS_MODE),
    _sensor(Attr.EXPRESS_FRIDGE),
    _sensor(Attr.RAPID_FREEZE),
    _sensor(Attr.ECO_FRIENDLY),
    _sensor(Attr.SABBATH_MODE),
    _sensor(Attr.OPTIMAL_HUMIDITY),
    # Light, power
    _sensor(Attr.DISPLAY_LIGHT, BinarySensorDeviceClass.LIGHT),
    _sensor(Attr.LIGHT_STATUS, BinarySensorDeviceClass.LIGHT),
    _sensor(Attr.MOOD_LAMP, BinarySensorDeviceClass.LIGHT),
    _sensor(Attr.STANDBY_CUT, diagnostic=True),
    # Openings, safety, building
    _sensor(Attr.OPEN, BinarySensorDeviceClass.OPENING),
    _sensor(Attr.JAMMED, BinarySensorDeviceClass.PROBLEM, diagnostic=True),
    _sensor(Attr.TAMPER, BinarySensorDeviceClass.TAMPER, diagnostic=True),
    _sensor(Attr.GAS_LEAK, BinarySensorDeviceClass.GAS),
    _sensor(Attr.MOTION, BinarySensorDeviceClass.MOTION),
    _sensor(Attr.MOVING, BinarySensorDeviceClass.MOVING),
    _sensor(Attr.ARRIVING),
    _sensor(Attr.RINGING),
    _sensor(Attr.ENTRANCE_OPEN, BinarySensorDeviceClass.OPENING),
    _sensor(Attr.PARKING),
    _sensor(Attr.PACKAGE),
    _sensor(Attr.VISITOR),
    _sensor(Attr.ALERT, BinarySensorDeviceClass.SAFETY),
    # Speaker
    _sensor(Attr.MUTED, diagnostic=True, enabled=False),
    _sensor(Attr.MICROPHONE_MUTED, diagnostic=True),
    _sensor(Attr.SPEAKING, diagnostic=True, enabled=False),
    _sensor(Attr.LISTENING, diagnostic=True, enabled=False),
)


def _row(
    description: BinarySensorEntityDescription,
    entity_class: type[DongjuBinarySensor] = DongjuBinarySensor,
    types: frozenset[DeviceType] | None = None,
) -> EntityRow:
    return EntityRow(
        platform=Platform.BINARY_SENSOR,
        entity_class=entity_class,
        attribute=description.key,
        description=description,
        types=types,
        where=read_only(Kind.BOOLEAN),
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    _row(_CONTACT, types=frozenset({DeviceType.CONTACT_SENSOR})),
    _row(_LOCK, DongjuInvertedBinarySensor),
    *(_row(description) for description in _SENSORS),
    EntityRow(
        platform=Platform.BINARY_SENSOR,
        entity_class=DongjuBinarySensor,
        attribute=None,
        build=_generic,
        where=read_only(Kind.BOOLEAN),
    ),
)
