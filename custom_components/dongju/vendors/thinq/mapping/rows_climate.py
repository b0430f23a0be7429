"""Rows of what heats, cools, dries and moves air."""

from typing import Final

from ....model.vocabulary import Attr, DeviceType, Kind, Unit
from .plain import plain
from .row import Choice, Row
from .temperature import target, temperature

_NUMBER: Final = frozenset({Kind.NUMBER})
_BOOLEAN: Final = frozenset({Kind.BOOLEAN})
_BOILER: Final = frozenset({DeviceType.SYSTEM_BOILER})

_AIR_CON_MODE: Final = "airConJobMode.currentJobMode"
_BOILER_MODE: Final = "boilerJobMode.currentJobMode"
_ROOM_MODE: Final = "operation.roomTempMode"
_COOL: Final = frozenset({"COOL"})
_HEAT: Final = frozenset({"HEAT"})
_AUTO: Final = frozenset({"AUTO"})
_WATER: Final = frozenset({"WATER"})

_AIR_CON_TARGETS: Final[tuple[Choice, ...]] = (
    ("coolTargetTemperature", ((_AIR_CON_MODE, _COOL),)),
    ("heatTargetTemperature", ((_AIR_CON_MODE, _HEAT),)),
    ("autoTargetTemperature", ((_AIR_CON_MODE, _AUTO),)),
    ("targetTemperature", ()),
    ("coolTargetTemperature", ()),
    ("heatTargetTemperature", ()),
)

_BOILER_TARGETS: Final[tuple[Choice, ...]] = (
    ("waterHeatTargetTemperature", ((_ROOM_MODE, _WATER), (_BOILER_MODE, _HEAT))),
    ("waterCoolTargetTemperature", ((_ROOM_MODE, _WATER), (_BOILER_MODE, _COOL))),
    ("airHeatTargetTemperature", ((_BOILER_MODE, _HEAT),)),
    ("airCoolTargetTemperature", ((_BOILER_MODE, _COOL),)),
    ("heatTargetTemperature", ((_BOILER_MODE, _HEAT),)),
    ("coolTargetTemperature", ((_BOILER_MODE, _COOL),)),
    ("targetTemperature", ()),
    ("airHeatTargetTemperature", ()),
    ("heatTargetTemperature", ()),
)

_ROOM: Final = "roomTemperatureInUnits"
_HOT_WATER: Final = "hotWaterTemperatureInUnits"

_ROOM_NAMES: Final = {
    Attr.ROOM_AIR_CURRENT_TEMPERATURE: "airCurrentTemperature",
    Attr.ROOM_IN_WATER_CURRENT_TEMPERATURE: "inWaterCurrentTemperature",
    Attr.ROOM_OUT_WATER_CURRENT_TEMPERATURE: "outWaterCurrentTemperature",
    Attr.AIR_COOL_TARGET_TEMPERATURE: "airCoolTargetTemperature",
    Attr.AIR_HEAT_TARGET_TEMPERATURE: "airHeatTargetTemperature",
    Attr.WATER_COOL_TARGET_TEMPERATURE: "waterCoolTargetTemperature",
    Attr.WATER_HEAT_TARGET_TEMPERATURE: "waterHeatTargetTemperature",
    Attr.AIR_COOL_MIN_TEMPERATURE: "airCoolMinTemperature",
    Attr.AIR_COOL_MAX_TEMPERATURE: "airCoolMaxTemperature",
    Attr.AIR_HEAT_MIN_TEMPERATURE: "airHeatMinTemperature",
    Attr.AIR_HEAT_MAX_TEMPERATURE: "airHeatMaxTemperature",
    Attr.WATER_COOL_MIN_TEMPERATURE: "waterCoolMinTemperature",
    Attr.WATER_COOL_MAX_TEMPERATURE: "waterCoolMaxTemperature",
    Attr.WATER_HEAT_MIN_TEMPERATURE: "waterHeatMinTemperature",
    Attr.WATER_HEAT_MAX_TEMPERATURE: "waterHeatMaxTemperature",
}

_HOT_WATER_NAMES: Final = {
    Attr.HOT_WATER_CURRENT_TEMPERATURE: "currentTemperature",
    Attr.HOT_WATER_TARGET_TEMPERATURE: "targetTemperature",
    Attr.HOT_WATER_MIN_TEMPERATURE: "minTemperature",
    Attr.HOT_WATER_MAX_TEMPERATURE: "maxTemperature",
}

BOILER: Final = (
    Row(
        attr=Attr.TARGET_TEMPERATURE,
        paths=(f"{_ROOM}.targetTemperature", "temperature.targetTemperature"),
        bind=target,
        types=_BOILER,
        choices=_BOILER_TARGETS,
    ),
    Row(
        attr=Attr.CURRENT_TEMPERATURE,
        paths=(f"{_ROOM}.currentTemperature", "temperature.currentTemperature"),
        bind=temperature,
        types=_BOILER,
    ),
    *(Row(attr=attr, paths=(f"{_ROOM}.{name}",), bind=temperature) for attr, name in _ROOM_NAMES.items()),
    *(Row(attr=attr, paths=(f"{_HOT_WATER}.{name}",), bind=temperature) for attr, name in _HOT_WATER_NAMES.items()),
    Row(attr=Attr.HOT_WATER_MODE, paths=("operation.hotWaterMode",), bind=plain),
    Row(attr=Attr.ROOM_TEMPERATURE_MODE, paths=("operation.roomTempMode",), bind=plain),
    Row(attr=Attr.ROOM_WATER_MODE, paths=("operation.roomWaterMode",), bind=plain),
)

_TWO_SETS: Final = ("twoSetTemperatureInUnits", "twoSetTemperature")
_PAIRS: Final = ("temperatureInUnits", "temperature")

TEMPERATURES: Final = (
    Row(
        attr=Attr.TARGET_TEMPERATURE,
        paths=tuple(f"{resource}.targetTemperature" for resource in _PAIRS),
        bind=target,
        choices=_AIR_CON_TARGETS,
    ),
    Row(
        attr=Attr.CURRENT_TEMPERATURE,
        paths=(
            "temperatureInUnits.currentTemperature",
            "temperature.currentTemperature",
            "twoSetTemperatureInUnits.currentTemperature",
            "twoSetTemperature.currentTemperature",
            "airQualitySensor.temperature",
        ),
        bind=temperature,
    ),
    *(
        Row(attr=attr, paths=tuple(f"{resource}.{name}" for resource in _PAIRS), bind=temperature)
        for attr, name in {
            Attr.COOL_TARGET_TEMPERATURE: "coolTargetTemperature",
            Attr.HEAT_TARGET_TEMPERATURE: "heatTargetTemperature",
            Attr.AUTO_TARGET_TEMPERATURE: "autoTargetTemperature",
            Attr.MIN_TARGET_TEMPERATURE: "minTargetTemperature",
            Attr.MAX_TARGET_TEMPERATURE: "maxTargetTemperature",
            Attr.DAY_TARGET_TEMPERATURE: "dayTargetTemperature",
            Attr.NIGHT_TARGET_TEMPERATURE: "nightTargetTemperature",
        }.items()
    ),
    Row(attr=Attr.TEMPERATURE_STATE, paths=("temperature.temperatureState",), bind=plain),
    Row(
        attr=Attr.TWO_SET_ENABLED,
        paths=("twoSetTemperature.twoSetEnabled", "twoSetTemperatureInUnits.twoSetEnabled"),
        bind=plain,
        kinds=_BOOLEAN,
    ),
    *(
        Row(attr=attr, paths=tuple(f"{resource}.{name}" for resource in _TWO_SETS), bind=temperature)
        for attr, name in {
            Attr.TWO_SET_COOL_TEMPERATURE: "coolTargetTemperature",
            Attr.TWO_SET_HEAT_TEMPERATURE: "heatTargetTemperature",
        }.items()
    ),
)

AIR_FLOW: Final = (
    Row(attr=Attr.FAN_SPEED, paths=("airFlow.windStrength", "airFlow.windStrengthLevel"), bind=plain),
    Row(attr=Attr.FAN_SPEED_DETAIL, paths=("airFlow.windStrengthDetail",), bind=plain),
    Row(attr=Attr.FAN_STEP, paths=("airFlow.windStep",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.FAN_ANGLE, paths=("airFlow.windAngle",), bind=plain),
    Row(attr=Attr.WIND_TEMPERATURE, paths=("airFlow.windTemperature",), bind=temperature),
    Row(attr=Attr.WIND_VOLUME, paths=("runState.windVolume",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.WARM_MODE, paths=("airFlow.warmMode", "humidity.warmMode"), bind=plain),
    Row(attr=Attr.AUTO_MODE, paths=("operation.autoMode",), bind=plain),
    Row(attr=Attr.SLEEP_MODE, paths=("operation.sleepMode",), bind=plain),
    Row(attr=Attr.HYGIENE_DRY_MODE, paths=("operation.hygieneDryMode",), bind=plain),
    Row(attr=Attr.AIR_CLEAN_OPERATION, paths=("operation.airCleanOperationMode",), bind=plain),
    Row(attr=Attr.UV_NANO, paths=("misc.uvNano",), bind=plain),
    Row(attr=Attr.MOOD_LAMP, paths=("moodLamp.moodLampState",), bind=plain),
    *(
        Row(attr=attr, paths=(f"windDirection.{name}",), bind=plain, kinds=_BOOLEAN)
        for attr, name in {
            Attr.SWING_VERTICAL: "rotateUpDown",
            Attr.SWING_HORIZONTAL: "rotateLeftRight",
            Attr.AIR_GUIDE_WIND: "airGuideWind",
            Attr.AUTO_FIT_WIND: "autoFitWind",
            Attr.CONCENTRATION_WIND: "concentrationWind",
            Attr.FOREST_WIND: "forestWind",
            Attr.HIGH_CEILING_WIND: "highCeilingWind",
            Attr.LONG_POWER_WIND: "longPowerWind",
            Attr.MANNER_WIND: "mannerWind",
            Attr.SWIRL_WIND: "swirlWind",
        }.items()
    ),
)

LIGHT: Final = (
    Row(
        attr=Attr.BRIGHTNESS,
        paths=("whiteLight.brightness",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.PERCENT,
    ),
    Row(
        attr=Attr.COLOR_TEMPERATURE,
        paths=("whiteLight.colorTemperature",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.KELVIN,
        types=frozenset({DeviceType.LIGHT}),
    ),
    Row(attr=Attr.POSITION, paths=("openCloseState.level",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT),
    Row(attr=Attr.OPERATION, paths=("openCloseState.currentState",), bind=plain),
    Row(attr=Attr.GAS_LEAK, paths=("detectState.gasState",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.VOLUME, paths=("chime.volume",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT),
)

ROWS: Final = (*BOILER, *TEMPERATURES, *AIR_FLOW, *LIGHT)
