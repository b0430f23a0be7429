"""Rows that several appliances share: running, modes, times, filters, air quality, power."""

from typing import Final

from ....model.vocabulary import Attr, DeviceType, Kind, Unit
from .plain import plain, power, read_only, words, writable_power
from .row import Row
from .temperature import unit
from .timer import clock, duration

_NUMBER: Final = frozenset({Kind.NUMBER})
_WORDS: Final = frozenset({Kind.ENUM})
_BOOLEAN: Final = frozenset({Kind.BOOLEAN})

_POWER_PATHS: Final = (
    "operation.airConOperationMode",
    "operation.airPurifierOperationMode",
    "operation.airFanOperationMode",
    "operation.ceilingfanOperationMode",
    "operation.dehumidifierOperationMode",
    "operation.humidifierOperationMode",
    "operation.ventOperationMode",
    "operation.boilerOperationMode",
    "operation.hoodOperationMode",
    "operation.waterHeaterOperationMode",
)

_OPERATION_PATHS: Final = (
    "operation.washerOperationMode",
    "operation.dryerOperationMode",
    "operation.stylerOperationMode",
    "operation.dishWasherOperationMode",
    "operation.ovenOperationMode",
    "operation.cleanOperationMode",
    "operation.operationMode",
)

_MODE_PATHS: Final = (
    "airConJobMode.currentJobMode",
    "airPurifierJobMode.currentJobMode",
    "airFanJobMode.currentJobMode",
    "boilerJobMode.currentJobMode",
    "dehumidifierJobMode.currentJobMode",
    "humidifierJobMode.currentJobMode",
    "robotCleanerJobMode.currentJobMode",
    "stickCleanerJobMode.currentJobMode",
    "ventJobMode.currentJobMode",
    "waterHeaterJobMode.currentJobMode",
    "mode.lightMode",
)

RUNNING: Final = (
    # A lock opens only with a PIN, and ThinQ's command carries none: its door is reported, never opened.
    Row(
        attr=Attr.OPEN,
        paths=("doorState.currentState",),
        bind=read_only,
        types=frozenset({DeviceType.DOOR_LOCK}),
        kinds=_BOOLEAN,
    ),
    Row(attr=Attr.OPEN, paths=("doorState.currentState",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.ON_OFF, paths=_POWER_PATHS, bind=power),
    Row(attr=Attr.ON_OFF, paths=("runState.currentState", "switchState.currentSwitch"), bind=writable_power),
    Row(attr=Attr.OPERATION, paths=(*_OPERATION_PATHS, *_POWER_PATHS), bind=plain),
    Row(
        attr=Attr.RUN_STATE,
        paths=("runState.currentState", "cookingZone.currentState"),
        bind=words,
    ),
    Row(attr=Attr.MODE, paths=_MODE_PATHS, bind=plain, kinds=_WORDS, words={"AIR_DRY": "dry"}),
    Row(
        attr=Attr.PERSONALIZATION_MODE,
        paths=("airPurifierJobMode.personalizationMode",),
        bind=plain,
    ),
    Row(attr=Attr.REMOTE_START, paths=("remoteControlEnable.remoteControlEnabled",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.CYCLE_COUNT, paths=("cycle.cycleCount",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.DETERGENT, paths=("detergent.detergentSetting",), bind=plain),
    Row(attr=Attr.WASHER_MODE, paths=("mode.washerMode",), bind=plain),
    Row(attr=Attr.POWER_SAVE, paths=("powerSave.powerSaveEnabled",), bind=plain, kinds=_BOOLEAN),
    Row(attr=Attr.DISPLAY_LIGHT, paths=("display.light",), bind=plain),
    Row(
        attr=Attr.TEMPERATURE_UNIT,
        paths=(
            "temperatureInUnits.unit",
            "temperature.unit",
            "twoSetTemperatureInUnits.unit",
            "twoSetTemperature.unit",
            "roomTemperatureInUnits.unit",
            "hotWaterTemperatureInUnits.unit",
        ),
        bind=unit,
    ),
)

TIMES: Final = (
    Row(
        attr=Attr.REMAINING_TIME,
        paths=("timer.remainHour", "timer.remainMinute", "timer.remainSecond"),
        bind=duration,
    ),
    Row(attr=Attr.TOTAL_TIME, paths=("timer.totalHour", "timer.totalMinute"), bind=duration),
    Row(attr=Attr.RUNNING_TIME, paths=("timer.runningHour", "timer.runningMinute"), bind=duration),
    Row(attr=Attr.TARGET_TIME, paths=("timer.targetHour", "timer.targetMinute", "timer.targetSecond"), bind=duration),
    Row(attr=Attr.TIMER_TIME, paths=("timer.timerHour", "timer.timerMinute", "timer.timerSecond"), bind=duration),
    Row(
        attr=Attr.DELAY_START,
        paths=("timer.relativeHourToStart", "timer.relativeMinuteToStart"),
        bind=duration,
        flag="timer.relativeStartTimer",
    ),
    Row(
        attr=Attr.DELAY_STOP,
        paths=("timer.relativeHourToStop", "timer.relativeMinuteToStop"),
        bind=duration,
        flag="timer.relativeStopTimer",
    ),
    Row(
        attr=Attr.SLEEP_TIMER,
        paths=("sleepTimer.relativeHourToStop", "sleepTimer.relativeMinuteToStop"),
        bind=duration,
        flag="sleepTimer.relativeStopTimer",
        longest=720.0,
    ),
    Row(
        attr=Attr.START_TIME,
        paths=("timer.absoluteHourToStart", "timer.absoluteMinuteToStart"),
        bind=clock,
        flag="timer.absoluteStartTimer",
    ),
    Row(
        attr=Attr.STOP_TIME,
        paths=("timer.absoluteHourToStop", "timer.absoluteMinuteToStop"),
        bind=clock,
        flag="timer.absoluteStopTimer",
    ),
    Row(attr=Attr.ELAPSED_DAYS, paths=("timer.elapsedDayState",), bind=plain, kinds=_NUMBER, unit=Unit.DAYS),
    Row(attr=Attr.TOTAL_DAYS, paths=("timer.elapsedDayTotal",), bind=plain, kinds=_NUMBER, unit=Unit.DAYS),
)

AIR_QUALITY: Final = (
    Row(
        attr=Attr.PM1,
        paths=("airQualitySensor.PM1",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.MICROGRAMS_PER_CUBIC_METER,
    ),
    Row(
        attr=Attr.PM2_5,
        paths=("airQualitySensor.PM2",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.MICROGRAMS_PER_CUBIC_METER,
    ),
    Row(
        attr=Attr.PM10,
        paths=("airQualitySensor.PM10",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.MICROGRAMS_PER_CUBIC_METER,
    ),
    Row(attr=Attr.PM1_LEVEL, paths=("airQualitySensor.PM1Level",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.PM2_5_LEVEL, paths=("airQualitySensor.PM2Level",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.PM10_LEVEL, paths=("airQualitySensor.PM10Level",), bind=plain, kinds=_WORDS),
    # LG misspells it in some profiles, and has both spellings in others.
    Row(attr=Attr.ODOR, paths=("airQualitySensor.odor", "airQualitySensor.oder"), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.ODOR_LEVEL, paths=("airQualitySensor.odorLevel",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.TOTAL_POLLUTION, paths=("airQualitySensor.totalPollution",), bind=plain, kinds=_NUMBER),
    Row(attr=Attr.TOTAL_POLLUTION_LEVEL, paths=("airQualitySensor.totalPollutionLevel",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.CO2, paths=("airQualitySensor.CO2",), bind=plain, kinds=_NUMBER, unit=Unit.PARTS_PER_MILLION),
    Row(attr=Attr.CO2_LEVEL, paths=("airQualitySensor.CO2",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.MONITORING, paths=("airQualitySensor.monitoringEnabled",), bind=plain),
    Row(
        attr=Attr.CURRENT_HUMIDITY,
        paths=("humidity.currentHumidity", "airQualitySensor.humidity"),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.PERCENT,
    ),
    Row(attr=Attr.TARGET_HUMIDITY, paths=("humidity.targetHumidity",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT),
)

FILTERS: Final = (
    Row(attr=Attr.FILTER_USED_TIME, paths=("filterInfo.usedTime",), bind=plain, kinds=_NUMBER, unit=Unit.HOURS),
    Row(attr=Attr.FILTER_LIFETIME, paths=("filterInfo.filterLifetime",), bind=plain, kinds=_NUMBER, unit=Unit.HOURS),
    Row(
        attr=Attr.FILTER_REMAINING,
        paths=("filterInfo.filterRemainPercent",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.PERCENT,
    ),
    Row(
        attr=Attr.TOP_FILTER_REMAINING,
        paths=("filterInfo.topFilterRemainPercent",),
        bind=plain,
        kinds=_NUMBER,
        unit=Unit.PERCENT,
    ),
)

POWER: Final = (
    Row(attr=Attr.BATTERY, paths=("battery.percent",), bind=plain, kinds=_NUMBER, unit=Unit.PERCENT),
    Row(attr=Attr.BATTERY_LEVEL, paths=("battery.level",), bind=plain, kinds=_WORDS),
    Row(attr=Attr.POWER, paths=("electricity.power",), bind=plain, kinds=_NUMBER, unit=Unit.WATT),
)

ROWS: Final = (*RUNNING, *TIMES, *AIR_QUALITY, *FILTERS, *POWER)
