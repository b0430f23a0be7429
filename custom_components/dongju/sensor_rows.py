"""What sensors there are. An attribute's kind decides the rest (see `sensor.DongjuSensor`)."""

from typing import Final

from homeassistant.components.sensor import SensorDeviceClass, SensorEntityDescription, SensorStateClass
from homeassistant.const import EntityCategory, UnitOfEnergy

from .model.vocabulary import Attr, DeviceType


def _sensor(
    key: Attr,
    device_class: SensorDeviceClass | None = None,
    state_class: SensorStateClass | None = None,
    *,
    diagnostic: bool = False,
    enabled: bool = True,
    precision: int | None = None,
) -> SensorEntityDescription:
    """Describe a sensor; device class, state class and precision are for numbers only."""
    return SensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=device_class,
        state_class=state_class,
        entity_category=EntityCategory.DIAGNOSTIC if diagnostic else None,
        entity_registry_enabled_default=enabled,
        suggested_display_precision=precision,
    )


def _measured(
    key: Attr,
    device_class: SensorDeviceClass | None = None,
    *,
    diagnostic: bool = False,
    enabled: bool = True,
    precision: int | None = None,
) -> SensorEntityDescription:
    """Describe a sensor of something measured, with statistics."""
    return _sensor(
        key,
        device_class,
        SensorStateClass.MEASUREMENT,
        diagnostic=diagnostic,
        enabled=enabled,
        precision=precision,
    )


def _temperature(key: Attr, *, diagnostic: bool = False, enabled: bool = True) -> SensorEntityDescription:
    return _measured(key, SensorDeviceClass.TEMPERATURE, diagnostic=diagnostic, enabled=enabled)


def _set_temperature(key: Attr, *, diagnostic: bool = False, enabled: bool = True) -> SensorEntityDescription:
    """Describe a sensor of a temperature that is set, not measured: no statistics."""
    return _sensor(key, SensorDeviceClass.TEMPERATURE, diagnostic=diagnostic, enabled=enabled)


def _duration(key: Attr, *, diagnostic: bool = False, enabled: bool = True) -> SensorEntityDescription:
    return _sensor(key, SensorDeviceClass.DURATION, diagnostic=diagnostic, enabled=enabled)


def _energy(
    key: Attr, state_class: SensorStateClass | None, *, enabled: bool = True, diagnostic: bool = False
) -> SensorEntityDescription:
    return SensorEntityDescription(
        key=key,
        translation_key=key,
        device_class=SensorDeviceClass.ENERGY,
        state_class=state_class,
        suggested_unit_of_measurement=UnitOfEnergy.KILO_WATT_HOUR,
        suggested_display_precision=2,
        entity_category=EntityCategory.DIAGNOSTIC if diagnostic else None,
        entity_registry_enabled_default=enabled,
    )


def _state_of(*types: DeviceType, words: str) -> tuple[frozenset[DeviceType], SensorEntityDescription]:
    """Describe a run state whose words mean something of their own there (a dryer's "running" is drying)."""
    return frozenset(types), SensorEntityDescription(key=Attr.RUN_STATE, translation_key=words)


RUN_STATES: Final = (
    _state_of(DeviceType.WASHER, words="washer_state"),
    _state_of(DeviceType.DRYER, words="dryer_state"),
    _state_of(DeviceType.STYLER, words="styler_state"),
    _state_of(DeviceType.DISH_WASHER, words="dish_washer_state"),
    _state_of(
        DeviceType.OVEN,
        DeviceType.OVEN_CAVITY,
        DeviceType.MICROWAVE_OVEN,
        DeviceType.COOKTOP,
        DeviceType.COOKING_ZONE,
        words="cooking_state",
    ),
    _state_of(DeviceType.ROBOT_CLEANER, DeviceType.STICK_CLEANER, words="cleaner_state"),
    _state_of(DeviceType.HOME_BREW, words="brewing_state"),
)

SENSORS: Final = (
    # Running
    _sensor(Attr.RUN_STATE),
    _sensor(Attr.MODE),
    _sensor(Attr.PERSONALIZATION_MODE),
    _sensor(Attr.WASHER_MODE),
    _sensor(Attr.COURSE),
    _sensor(Attr.DETERGENT, diagnostic=True),
    _sensor(Attr.CYCLE_COUNT, state_class=SensorStateClass.TOTAL_INCREASING, diagnostic=True),
    # Time: the timestamp is the steady one, the minutes change every minute
    _sensor(Attr.FINISH_TIME),
    _duration(Attr.REMAINING_TIME, enabled=False),
    _duration(Attr.TOTAL_TIME),
    _duration(Attr.RUNNING_TIME),
    _duration(Attr.TARGET_TIME),
    _duration(Attr.TIMER_TIME),
    _duration(Attr.DELAY_START),
    _duration(Attr.DELAY_STOP),
    _sensor(Attr.START_TIME),
    _sensor(Attr.STOP_TIME),
    _duration(Attr.SLEEP_TIMER),
    _duration(Attr.ELAPSED_DAYS),
    _duration(Attr.TOTAL_DAYS),
    # Climate
    _temperature(Attr.CURRENT_TEMPERATURE),
    _set_temperature(Attr.TARGET_TEMPERATURE),
    _sensor(Attr.TARGET_TEMPERATURE_STATE),
    _set_temperature(Attr.COOL_TARGET_TEMPERATURE),
    _set_temperature(Attr.HEAT_TARGET_TEMPERATURE),
    _set_temperature(Attr.AUTO_TARGET_TEMPERATURE),
    _set_temperature(Attr.MIN_TARGET_TEMPERATURE, diagnostic=True, enabled=False),
    _set_temperature(Attr.MAX_TARGET_TEMPERATURE, diagnostic=True, enabled=False),
    _set_temperature(Attr.TWO_SET_COOL_TEMPERATURE),
    _set_temperature(Attr.TWO_SET_HEAT_TEMPERATURE),
    _sensor(Attr.TEMPERATURE_UNIT, diagnostic=True, enabled=False),
    _set_temperature(Attr.DAY_TARGET_TEMPERATURE),
    _set_temperature(Attr.NIGHT_TARGET_TEMPERATURE),
    _sensor(Attr.TEMPERATURE_STATE),
    _measured(Attr.CURRENT_HUMIDITY, SensorDeviceClass.HUMIDITY),
    _sensor(Attr.TARGET_HUMIDITY, SensorDeviceClass.HUMIDITY),
    # System boiler
    _sensor(Attr.HOT_WATER_MODE),
    _sensor(Attr.ROOM_TEMPERATURE_MODE, diagnostic=True),
    _sensor(Attr.ROOM_WATER_MODE, diagnostic=True),
    _temperature(Attr.HOT_WATER_CURRENT_TEMPERATURE),
    _set_temperature(Attr.HOT_WATER_TARGET_TEMPERATURE),
    _set_temperature(Attr.HOT_WATER_MIN_TEMPERATURE, diagnostic=True, enabled=False),
    _set_temperature(Attr.HOT_WATER_MAX_TEMPERATURE, diagnostic=True, enabled=False),
    _temperature(Attr.ROOM_AIR_CURRENT_TEMPERATURE),
    _temperature(Attr.ROOM_IN_WATER_CURRENT_TEMPERATURE),
    _temperature(Attr.ROOM_OUT_WATER_CURRENT_TEMPERATURE),
    _set_temperature(Attr.AIR_COOL_TARGET_TEMPERATURE),
    _set_temperature(Attr.AIR_HEAT_TARGET_TEMPERATURE),
    _set_temperature(Attr.WATER_COOL_TARGET_TEMPERATURE),
    _set_temperature(Attr.WATER_HEAT_TARGET_TEMPERATURE),
    *(
        _set_temperature(key, diagnostic=True, enabled=False)
        for key in (
            Attr.AIR_COOL_MIN_TEMPERATURE,
            Attr.AIR_COOL_MAX_TEMPERATURE,
            Attr.AIR_HEAT_MIN_TEMPERATURE,
            Attr.AIR_HEAT_MAX_TEMPERATURE,
            Attr.WATER_COOL_MIN_TEMPERATURE,
            Attr.WATER_COOL_MAX_TEMPERATURE,
            Attr.WATER_HEAT_MIN_TEMPERATURE,
            Attr.WATER_HEAT_MAX_TEMPERATURE,
        )
    ),
    # Fan and air
    _sensor(Attr.FAN_SPEED),
    _sensor(Attr.FAN_SPEED_DETAIL),
    _sensor(Attr.FAN_STEP),
    _sensor(Attr.FAN_ANGLE),
    _sensor(Attr.HOOD_FAN_SPEED),
    _set_temperature(Attr.WIND_TEMPERATURE),
    _sensor(Attr.WIND_VOLUME),
    _sensor(Attr.WARM_MODE),
    _sensor(Attr.AUTO_MODE),
    _sensor(Attr.SLEEP_MODE),
    _sensor(Attr.HYGIENE_DRY_MODE),
    _sensor(Attr.UV_NANO),
    _sensor(Attr.AIR_CLEAN_OPERATION),
    _sensor(Attr.SWING_VERTICAL),
    _sensor(Attr.SWING_HORIZONTAL),
    _sensor(Attr.POWER_SAVE),
    # Air quality
    _measured(Attr.PM1, SensorDeviceClass.PM1),
    _sensor(Attr.PM1_LEVEL, enabled=False),
    _measured(Attr.PM2_5, SensorDeviceClass.PM25),
    _sensor(Attr.PM2_5_LEVEL, enabled=False),
    _measured(Attr.PM10, SensorDeviceClass.PM10),
    _sensor(Attr.PM10_LEVEL, enabled=False),
    _measured(Attr.ODOR),
    _sensor(Attr.ODOR_LEVEL),
    _measured(Attr.TOTAL_POLLUTION),
    _sensor(Attr.TOTAL_POLLUTION_LEVEL),
    _measured(Attr.CO2, SensorDeviceClass.CO2),
    _sensor(Attr.CO2_LEVEL),
    _measured(Attr.VOC, SensorDeviceClass.VOLATILE_ORGANIC_COMPOUNDS),
    _sensor(Attr.AIR_QUALITY),
    _sensor(Attr.MONITORING, diagnostic=True),
    # Filters and consumables
    _duration(Attr.FILTER_USED_TIME, diagnostic=True),
    _duration(Attr.FILTER_LIFETIME, diagnostic=True),
    _sensor(Attr.FILTER_REMAINING, diagnostic=True),
    _sensor(Attr.TOP_FILTER_REMAINING, diagnostic=True),
    _sensor(Attr.FRESH_AIR_FILTER, diagnostic=True),
    _sensor(Attr.FRESH_AIR_FILTER_REMAINING, diagnostic=True),
    _sensor(Attr.ONE_TOUCH_FILTER, diagnostic=True),
    _duration(Attr.WATER_FILTER_USED_TIME, diagnostic=True),
    _sensor(Attr.WATER_FILTER_UNIT, diagnostic=True, enabled=False),
    _sensor(Attr.WATER_FILTER_STATE, diagnostic=True),
    _sensor(Attr.WATER_FILTER_1_REMAINING, diagnostic=True),
    _sensor(Attr.WATER_FILTER_2_REMAINING, diagnostic=True),
    _sensor(Attr.WATER_FILTER_3_REMAINING, diagnostic=True),
    _sensor(Attr.RINSE_REFILL),
    _sensor(Attr.RINSE_LEVEL, diagnostic=True),
    _sensor(Attr.SOFTENING_LEVEL, diagnostic=True),
    _sensor(Attr.MACHINE_CLEAN_REMINDER, diagnostic=True, enabled=False),
    _sensor(Attr.CLEAN_LIGHT_REMINDER, diagnostic=True, enabled=False),
    _sensor(Attr.SIGNAL_LEVEL, diagnostic=True, enabled=False),
    # Kitchen
    _sensor(Attr.DOOR),
    _sensor(Attr.EXPRESS_MODE),
    _sensor(Attr.EXPRESS_MODE_NAME),
    _sensor(Attr.COOK_MODE),
    _sensor(Attr.OVEN_TYPE, diagnostic=True, enabled=False),
    _sensor(Attr.POWER_LEVEL),
    _sensor(Attr.LAMP_BRIGHTNESS),
    _sensor(Attr.OPTIMAL_HUMIDITY),
    _sensor(Attr.LIGHT_STATUS),
    _sensor(Attr.COCK_STATE),
    _sensor(Attr.STERILIZING_STATE),
    _sensor(Attr.WATER_TYPE),
    # Home brewing
    _sensor(Attr.RECIPE_NAME),
    _sensor(Attr.WORT, diagnostic=True),
    _sensor(Attr.YEAST, diagnostic=True),
    _sensor(Attr.HOP_OIL, diagnostic=True),
    _sensor(Attr.HOP_OIL_CAPSULE_1, diagnostic=True),
    _sensor(Attr.HOP_OIL_CAPSULE_2, diagnostic=True),
    _sensor(Attr.FLAVOR, diagnostic=True),
    _sensor(Attr.FLAVOR_CAPSULE_1, diagnostic=True),
    _sensor(Attr.FLAVOR_CAPSULE_2, diagnostic=True),
    _sensor(Attr.BEER_REMAINING),
    # Plant cultivator
    _sensor(Attr.GROWTH_MODE),
    _duration(Attr.LIGHT_DURATION),
    _sensor(Attr.LIGHT_START_TIME),
    _sensor(Attr.LIGHT_END_TIME),
    # Light, power, battery
    _sensor(Attr.BRIGHTNESS),
    _sensor(Attr.COLOR_TEMPERATURE, enabled=False),
    _sensor(Attr.DISPLAY_LIGHT, diagnostic=True),
    _sensor(Attr.MOOD_LAMP),
    _measured(Attr.POWER, SensorDeviceClass.POWER),
    _energy(Attr.ENERGY, SensorStateClass.TOTAL_INCREASING),
    _energy(Attr.ENERGY_TODAY, SensorStateClass.TOTAL_INCREASING),
    # Finished days and months never grow: no statistics, or the Energy dashboard would count them again.
    _energy(Attr.ENERGY_YESTERDAY, None, enabled=False),
    _energy(Attr.ENERGY_THIS_MONTH, SensorStateClass.TOTAL_INCREASING),
    _energy(Attr.ENERGY_LAST_MONTH, None, enabled=False),
    _measured(Attr.BATTERY, SensorDeviceClass.BATTERY, diagnostic=True),
    _sensor(Attr.BATTERY_LEVEL, diagnostic=True),
    # Openings, safety, building
    _sensor(Attr.LAST_UNLOCKED_BY, diagnostic=True),
    _sensor(Attr.LAST_MOTION, enabled=False),
    _measured(Attr.POSITION, enabled=False),
    _sensor(Attr.MOVING, diagnostic=True),
    _sensor(Attr.FLOOR),
    _sensor(Attr.DIRECTION),
    _sensor(Attr.LAST_RING),
    _sensor(Attr.PARKING),
    _sensor(Attr.PACKAGE),
    _sensor(Attr.VISITOR),
    # Speaker and television
    _measured(Attr.VOLUME, enabled=False),
    _sensor(Attr.MEDIA_TITLE, enabled=False),
    _sensor(Attr.WAKE_WORD, diagnostic=True),
    _sensor(Attr.VOICE, diagnostic=True),
    _sensor(Attr.NEXT_TIMER),
    _sensor(Attr.NEXT_ALARM),
    _sensor(Attr.CHANNEL),
    _sensor(Attr.CHANNEL_NAME),
    _sensor(Attr.PROGRAMME),
    _sensor(Attr.PROGRAMME_START, enabled=False),
    _sensor(Attr.PROGRAMME_END, enabled=False),
    _sensor(Attr.APP),
    # Services
    _sensor(Attr.ALERT),
    _sensor(Attr.ALERT_LEVEL),
    _sensor(Attr.WEATHER),
)
