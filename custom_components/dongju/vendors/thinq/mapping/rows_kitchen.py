"""Rows of the kitchen: refrigerators, cooking, dish washing, drinks, plants."""

from typing import Final

from ....model.vocabulary import Attr, DeviceType, Kind, Unit
from .plain import plain
from .row import Row
from .temperature import kimchi_number, kimchi_words
from .timer import clock

_NUMBER: Final = frozenset({Kind.NUMBER})
_BOOLEAN: Final = frozenset({Kind.BOOLEAN})
_KIMCHI: Final = frozenset({DeviceType.KIMCHI_REFRIGERATOR})

REFRIGERATOR: Final = (
    Row(
        attr=Attr.TARGET_TEMPERATURE,
        paths=("temperature.targetTemperature",),
        bind=kimchi_number,
        types=_KIMCHI,
        unit=Unit.CELSIUS,
    ),
    Row(
        attr=Attr.TARGET_TEMPERATURE_STATE,
        paths=("temperature.targetTemperature",),
        bind=kimchi_words,
    ),
    Row(attr=Attr.DOOR, paths=("doorStatus.doorState",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.EXPRESS_MODE, paths=("refrigeration.expressMode",), bind=plain),
    Row(attr=Attr.EXPRESS_MODE_NAME, paths=("refrigeration.expressModeName",), bind=plain),
    Row(attr=Attr.EXPRESS_FRIDGE, paths=("refrigeration.expressFridge",), bind=plain),
    Row(attr=Attr.RAPID_FREEZE, paths=("refrigeration.rapidFreeze",), bind=plain),
    Row(attr=Attr.FRESH_AIR_FILTER, paths=("refrigeration.freshAirFilter",), bind=plain),
    Row(
        attr=Attr.FRESH_AIR_FILTER_REMAINING,
        paths=("refrigeration.freshAirFilterRemainPercent",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.PERCENT,
    ),
    Row(attr=Attr.ONE_TOUCH_FILTER, paths=("refrigeration.oneTouchFilter",), bind=plain),
    Row(attr=Attr.ECO_FRIENDLY, paths=("ecoFriendly.ecoFriendlyMode",), bind=plain),
    Row(attr=Attr.SABBATH_MODE, paths=("sabbath.sabbathMode", "operation.sabbathMode"), bind=plain),
    Row(
        attr=Attr.WATER_FILTER_USED_TIME,
        paths=("waterFilterInfo.usedTime",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.MONTHS,
    ),
    Row(attr=Attr.WATER_FILTER_UNIT, paths=("waterFilterInfo.unit",), bind=plain),
    Row(attr=Attr.WATER_FILTER_STATE, paths=("waterFilterInfo.waterFilterState",), bind=plain),
    *(
        Row(attr=attr, paths=(f"waterFilterInfo.{name}",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT)
        for attr, name in {
            Attr.WATER_FILTER_1_REMAINING: "waterFilter1RemainPercent",
            Attr.WATER_FILTER_2_REMAINING: "waterFilter2RemainPercent",
            Attr.WATER_FILTER_3_REMAINING: "waterFilter3RemainPercent",
        }.items()
    ),
    Row(attr=Attr.OPTIMAL_HUMIDITY, paths=("operation.optimalHumidity",), bind=plain),
    Row(attr=Attr.LIGHT_STATUS, paths=("operation.lightStatus",), bind=plain),
    Row(attr=Attr.LAMP_BRIGHTNESS, paths=("lamp.lampBrightness", "operation.lightBrightness"), bind=plain),
)

COOKING: Final = (
    Row(attr=Attr.HOOD_FAN_SPEED, paths=("ventilation.fanSpeed",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.COOK_MODE, paths=("cook.cookMode",), bind=plain),
    Row(attr=Attr.OVEN_TYPE, paths=("info.type",), bind=plain),
    Row(attr=Attr.POWER_LEVEL, paths=("power.powerLevel",), bind=plain, kinds=_NUMBER),
)

DISHES: Final = (
    Row(attr=Attr.COURSE, paths=("dishWashingCourse.currentDishWashingCourse",), bind=plain),
    Row(attr=Attr.RINSE_REFILL, paths=("dishWashingStatus.rinseRefill",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.RINSE_LEVEL, paths=("preference.rinseLevel",), bind=plain),
    Row(attr=Attr.SOFTENING_LEVEL, paths=("preference.softeningLevel",), bind=plain),
    Row(attr=Attr.MACHINE_CLEAN_REMINDER, paths=("preference.mCReminder",), bind=plain),
    Row(attr=Attr.CLEAN_LIGHT_REMINDER, paths=("preference.cleanLReminder",), bind=plain),
    Row(attr=Attr.SIGNAL_LEVEL, paths=("preference.signalLevel",), bind=plain),
)

DRINKS_AND_PLANTS: Final = (
    Row(attr=Attr.COCK_STATE, paths=("runState.cockState",), bind=plain),
    Row(attr=Attr.STERILIZING_STATE, paths=("runState.sterilizingState",), bind=plain),
    Row(attr=Attr.WATER_TYPE, paths=("waterInfo.waterType",), bind=plain),
    Row(attr=Attr.BEER_REMAINING, paths=("recipe.beerRemain",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT),
    *(
        Row(attr=attr, paths=(f"recipe.{name}",), bind=plain)
        for attr, name in {
            Attr.RECIPE_NAME: "recipeName",
            Attr.WORT: "wortInfo",
            Attr.YEAST: "yeastInfo",
            Attr.HOP_OIL: "hopOilInfo",
            Attr.HOP_OIL_CAPSULE_1: "hopOilCapsule1",
            Attr.HOP_OIL_CAPSULE_2: "hopOilCapsule2",
            Attr.FLAVOR: "flavorInfo",
            Attr.FLAVOR_CAPSULE_1: "flavorCapsule1",
            Attr.FLAVOR_CAPSULE_2: "flavorCapsule2",
        }.items()
    ),
    Row(attr=Attr.GROWTH_MODE, paths=("runState.growthMode",), bind=plain),
    Row(attr=Attr.BRIGHTNESS, paths=("light.brightness",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.LIGHT_DURATION, paths=("light.duration",), bind=plain, kinds=_NUMBER, unit=Unit.HOURS),
    Row(attr=Attr.LIGHT_START_TIME, paths=("light.startHour", "light.startMinute"), bind=clock),
    Row(attr=Attr.LIGHT_END_TIME, paths=("light.endHour", "light.endMinute"), bind=clock),
)

ROWS: Final = (*REFRIGERATOR, *COOKING, *DISHES, *DRINKS_AND_PLANTS)
