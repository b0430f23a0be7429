"""Air purifier, air purifier fan, ventilator, ceiling fan, dehumidifier and humidifier."""

from collections.abc import Callable, Sequence
from copy import deepcopy
import random
from typing import Final

from ..behaviour.filters import FilterMachine
from ..behaviour.power import PowerMachine, PowerRow
from ..behaviour.sensors import AIR_READINGS, Reading, SensorMachine, air_state
from ..behaviour.timers import timer_machines
from ..behaviour.water import HumidityMachine, TankMachine
from ..energy import EnergyUse
from ..machine import Machine
from ..part import Part
from ..profile import Wire, enum, number, open_number, read_enum, read_span, span
from .family import Family, Options

_POWER: Final = ("POWER_ON", "POWER_OFF")
_LEVELS: Final = ("INVALID", "GOOD", "NORMAL", "BAD", "VERY_BAD")
_ODOR_LEVELS: Final = ("INVALID", "WEAK", "NORMAL", "STRONG", "VERY_STRONG")


def _air_sensor(*names: str, monitoring: bool = True) -> Wire:
    """Describe an air quality sensor: numbers, and words for what ends in Level."""
    sensor: Wire = {
        name: read_enum(*(_ODOR_LEVELS if name == "odorLevel" else _LEVELS))
        if name.endswith("Level") or name == "CO2"
        else number()
        for name in names
    }
    if monitoring:
        sensor["monitoringEnabled"] = enum("ON_WORKING", "ALWAYS")
    return sensor


def _timers() -> Wire:
    """Describe a daily start and stop and a sleep timer."""
    unset = enum("SET", "UNSET", write=("UNSET",))
    timer: Wire = {}
    for edge in ("Start", "Stop"):
        timer |= {f"absoluteHourTo{edge}": open_number(), f"absoluteMinuteTo{edge}": open_number()}
        timer[f"absolute{edge}Timer"] = dict(unset)
    sleep: Wire = {"relativeHourToStop": open_number(), "relativeMinuteToStop": number(), "relativeStopTimer": unset}
    return {"timer": timer, "sleepTimer": sleep}


_NO_TIMERS: Final[Wire] = {
    "timer": {"absoluteStartTimer": "UNSET", "absoluteStopTimer": "UNSET"},
    "sleepTimer": {"relativeStopTimer": "UNSET"},
}

_PURIFIER_SENSORS: Final = (
    "PM1", "PM1Level", "PM2", "PM2Level", "PM10", "PM10Level", "odor", "odorLevel", "humidity", "totalPollution",
    "totalPollutionLevel",
)  # fmt: skip
_FAN_SENSORS: Final = (
    "PM1", "PM2", "PM10", "humidity", "temperature", "odor", "odorLevel", "totalPollution", "totalPollutionLevel",
)  # fmt: skip
_HUMIDIFIER_SENSORS: Final = (
    "PM1", "PM2", "PM10", "humidity", "temperature", "totalPollution", "totalPollutionLevel",
)  # fmt: skip
_VENT_SENSORS: Final = ("PM1", "PM2", "PM10", "CO2")

_PURIFIER: Final[Wire] = {
    "airPurifierJobMode": {
        "currentJobMode": enum("CLEAN", "AUTO", "CIRCULATOR", "DUAL_CLEAN"),
        "personalizationMode": read_enum("AUTO_INSIDE", "AUTO_OUTSIDE", "BABY", "PET", "SLEEP", "COOKING", "OTHERS"),
    },
    "operation": {"airPurifierOperationMode": enum(*_POWER)},
    "airFlow": {"windStrength": enum("LOW", "MID", "HIGH", "AUTO", "POWER")},
    "airQualitySensor": _air_sensor(*_PURIFIER_SENSORS),
    "filterInfo": {"filterRemainPercent": read_span(0, 100), "topFilterRemainPercent": read_span(0, 100)},
    **_timers(),
}
_PURIFIER_STATE: Final[Wire] = {
    "airPurifierJobMode": {"currentJobMode": "AUTO", "personalizationMode": "OTHERS"},
    "operation": {"airPurifierOperationMode": "POWER_ON"},
    "airFlow": {"windStrength": "AUTO"},
    "airQualitySensor": air_state((*_PURIFIER_SENSORS, "monitoringEnabled")),
    "filterInfo": {"filterRemainPercent": 71, "topFilterRemainPercent": 64},
    **_NO_TIMERS,
}

_WINDS: Final = tuple(f"WIND_{step}" for step in range(1, 11))
_PURIFIER_FAN: Final[Wire] = {
    "airFanJobMode": {
        "currentJobMode": enum(
            "SPOT_CLEAN",
            "SPACE_CLEAN",
            "DIRECT_CLEAN",
            "UP_FEATURE",
            write=("SPOT_CLEAN", "SPACE_CLEAN", "DIRECT_CLEAN"),
        )
    },
    "operation": {"airFanOperationMode": enum(*_POWER)},
    "airFlow": {
        "warmMode": enum("WARM_ON", "WARM_OFF"),
        "windTemperature": span(16, 30),
        "windStrength": enum("AUTO", "POWER", *_WINDS),
        "windAngle": enum("OFF", "ANGLE_45", "ANGLE_60", "ANGLE_90", "ANGLE_140"),
    },
    "airQualitySensor": _air_sensor(*_FAN_SENSORS),
    "display": {"light": enum("OFF", "LEVEL_1", "LEVEL_2", "LEVEL_3")},
    "misc": {"uvNano": enum("ON", "OFF")},
    **_timers(),
}
_PURIFIER_FAN_STATE: Final[Wire] = {
    "airFanJobMode": {"currentJobMode": "SPACE_CLEAN"},
    "operation": {"airFanOperationMode": "POWER_OFF"},
    "airFlow": {"warmMode": "WARM_OFF", "windTemperature": 24, "windStrength": "WIND_3", "windAngle": "ANGLE_60"},
    "airQualitySensor": air_state((*_FAN_SENSORS, "monitoringEnabled")),
    "display": {"light": "LEVEL_2"},
    "misc": {"uvNano": "ON"},
    **_NO_TIMERS,
}

_DEHUMIDIFIER_MODES: Final = (
    "SMART_HUMIDITY", "INTENSIVE_DRY", "RAPID_HUMIDITY", "QUIET_HUMIDITY", "CLOTHES_DRY", "AIR_CLEAN",
)  # fmt: skip
_DEHUMIDIFIER: Final[Wire] = {
    "operation": {"dehumidifierOperationMode": enum(*_POWER)},
    "dehumidifierJobMode": {"currentJobMode": enum(*_DEHUMIDIFIER_MODES)},
    "humidity": {"currentHumidity": read_span(0, 100), "targetHumidity": span(30, 70, 5)},
    "airFlow": {"windStrengthLevel": enum("LOW", "HIGH")},
    "timer": _timers()["timer"],
}
_DEHUMIDIFIER_STATE: Final[Wire] = {
    "operation": {"dehumidifierOperationMode": "POWER_OFF"},
    "dehumidifierJobMode": {"currentJobMode": "SMART_HUMIDITY"},
    "humidity": {"currentHumidity": 58, "targetHumidity": 50},
    "airFlow": {"windStrengthLevel": "LOW"},
    "timer": _NO_TIMERS["timer"],
}

_HUMIDIFIER: Final[Wire] = {
    "humidifierJobMode": {"currentJobMode": enum("HUMIDIFY", "HUMIDIFY_AND_AIR_CLEAN", "AIR_CLEAN")},
    "operation": {
        "humidifierOperationMode": enum(*_POWER),
        "autoMode": enum("AUTO_ON", "AUTO_OFF"),
        "sleepMode": enum("SLEEP_ON", "SLEEP_OFF"),
        "hygieneDryMode": enum("FAST", "SILENT", "OFF", "NORMAL"),
    },
    "humidity": {"targetHumidity": span(30, 70, 5), "warmMode": enum("WARM_ON", "WARM_OFF")},
    "airFlow": {"windStrength": enum("POWER", "HIGH", "MID", "LOW", "AUTO", write=("POWER", "HIGH", "MID", "LOW"))},
    "airQualitySensor": _air_sensor(*_HUMIDIFIER_SENSORS),
    "display": {"light": enum("OFF", "LEVEL_1", "LEVEL_2", "LEVEL_3")},
    "moodLamp": {"moodLampState": enum("ON", "OFF")},
    **_timers(),
}
_HUMIDIFIER_STATE: Final[Wire] = {
    "humidifierJobMode": {"currentJobMode": "HUMIDIFY"},
    "operation": {
        "humidifierOperationMode": "POWER_OFF",
        "autoMode": "AUTO_OFF",
        "sleepMode": "SLEEP_OFF",
        "hygieneDryMode": "OFF",
    },
    "humidity": {"targetHumidity": 50, "warmMode": "WARM_OFF"},
    "airFlow": {"windStrength": "MID"},
    "airQualitySensor": air_state((*_HUMIDIFIER_SENSORS, "monitoringEnabled")),
    "display": {"light": "LEVEL_1"},
    "moodLamp": {"moodLampState": "OFF"},
    **_NO_TIMERS,
}

_VENTILATOR: Final[Wire] = {
    "ventJobMode": {"currentJobMode": enum("VENT_NATURE", "VENT_AUTO", "VENT_HEAT_EXCHANGE")},
    "operation": {"ventOperationMode": enum(*_POWER)},
    "temperature": {"currentTemperature": read_span(10.5, 39.5, 0.5), "unit": read_enum("C")},
    "airQualitySensor": _air_sensor(*_VENT_SENSORS, monitoring=False),
    "airFlow": {"windStrength": enum("AUTO", "LOW", "HIGH", "POWER")},
    **_timers(),
}
_VENTILATOR_STATE: Final[Wire] = {
    "ventJobMode": {"currentJobMode": "VENT_AUTO"},
    "operation": {"ventOperationMode": "POWER_ON"},
    "temperature": {"currentTemperature": 24.5, "unit": "C"},
    "airQualitySensor": air_state(_VENT_SENSORS),
    "airFlow": {"windStrength": "LOW"},
    **_NO_TIMERS,
}

_CEILING_FAN: Final[Wire] = {
    "operation": {"ceilingfanOperationMode": enum(*_POWER)},
    "airFlow": {"windStrength": enum("LOW", "MID", "HIGH", "TURBO")},
}
_CEILING_FAN_STATE: Final[Wire] = {
    "operation": {"ceilingfanOperationMode": "POWER_OFF"},
    "airFlow": {"windStrength": "LOW"},
}

_CLEANING: Final = frozenset({"HUMIDIFY", "HUMIDIFY_AND_AIR_CLEAN"})


def _purifier_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    power = PowerMachine(
        part,
        PowerRow(power="operation.airPurifierOperationMode", mode="airPurifierJobMode.currentJobMode"),
    )
    return [power, FilterMachine(part, power), SensorMachine(part, AIR_READINGS), *timer_machines(part, power)]


def _fan_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    row = PowerRow(
        power="operation.airFanOperationMode",
        mode="airFanJobMode.currentJobMode",
        needs={"airFlow.windTemperature": ("airFlow.warmMode", frozenset({"WARM_ON"}))},
        on_off={"airFlow.warmMode": "WARM_OFF"},
    )
    power = PowerMachine(part, row)
    return [power, SensorMachine(part, AIR_READINGS), *timer_machines(part, power)]


def _dehumidifier_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    row = PowerRow(
        power="operation.dehumidifierOperationMode",
        mode="dehumidifierJobMode.currentJobMode",
        only_in={
            "humidity.targetHumidity": frozenset({"SMART_HUMIDITY"}),
            "airFlow.windStrengthLevel": frozenset({*_DEHUMIDIFIER_MODES} - {"QUIET_HUMIDITY", "RAPID_HUMIDITY"}),
        },
    )
    power = PowerMachine(part, row)
    room = HumidityMachine(
        part, power, current="humidity.currentHumidity", target="humidity.targetHumidity", ambient=62
    )
    tank = TankMachine(part, power, fills=True, push="WATER_IS_FULL")
    return [power, room, tank, *timer_machines(part, power)]


def _humidifier_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    row = PowerRow(
        power="operation.humidifierOperationMode",
        mode="humidifierJobMode.currentJobMode",
        only_in={"humidity.targetHumidity": _CLEANING, "humidity.warmMode": _CLEANING},
        needs={"airFlow.windStrength": ("operation.sleepMode", frozenset({"SLEEP_OFF"}))},
        on_off={"operation.sleepMode": "SLEEP_OFF", "humidity.warmMode": "WARM_OFF"},
    )
    power = PowerMachine(part, row)
    room = HumidityMachine(
        part, power, current="airQualitySensor.humidity", target="humidity.targetHumidity", ambient=38
    )
    readings = [reading for reading in AIR_READINGS if reading.path != "airQualitySensor.humidity"]
    tank = TankMachine(part, power, fills=False, push="LACK_OF_WATER")
    return [power, room, tank, SensorMachine(part, readings), *timer_machines(part, power)]


def _ventilator_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    power = PowerMachine(part, PowerRow(power="operation.ventOperationMode", mode="ventJobMode.currentJobMode"))
    readings = (*AIR_READINGS, Reading(path="temperature.currentTemperature", low=20, high=28))
    return [power, SensorMachine(part, readings), *timer_machines(part, power)]


def _ceiling_fan_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    return [PowerMachine(part, PowerRow(power="operation.ceilingfanOperationMode"))]


def _family(
    name: str,
    model: str,
    properties: Wire,
    state: Wire,
    machines: Callable[[Part, Options], Sequence[Machine]],
    *,
    pushes: tuple[str, ...] = (),
    energy: EnergyUse | None = None,
) -> Family:
    power = next(key for key in properties["operation"] if key.endswith("OperationMode"))

    def profile(_raw: Options) -> Wire:
        built: Wire = {"property": deepcopy(properties)}
        if pushes:
            built["notification"] = {"push": list(pushes)}
        return built

    def first_state(raw: Options, _rng: random.Random) -> Wire:
        first = deepcopy(state)
        if "power_on" in raw:
            first["operation"][power] = "POWER_ON" if raw["power_on"] else "POWER_OFF"
        return first

    return Family(
        type=name,
        device_type=f"DEVICE_{name.upper()}",
        model=model,
        profile=profile,
        state=first_state,
        machines=machines,
        energy=energy,
        options=frozenset({"power_on"}),
    )


FAMILIES: Final = (
    _family(
        "air_purifier",
        "AS354NS4A",
        _PURIFIER,
        _PURIFIER_STATE,
        _purifier_machines,
        pushes=("TIME_TO_CHANGE_FILTER", "TIME_TO_CLEAN_FILTER", "POLLUTION_IS_HIGH", "FILTER_RESET_COMPLETE"),
        energy=EnergyUse(daily_wh=260),
    ),
    _family(
        "air_purifier_fan",
        "FS064PSJA",
        _PURIFIER_FAN,
        _PURIFIER_FAN_STATE,
        _fan_machines,
        pushes=("TIME_TO_CHANGE_FILTER",),
        energy=EnergyUse(daily_wh=150, curve="evening"),
    ),
    _family(
        "dehumidifier",
        "DQ235MEGA",
        _DEHUMIDIFIER,
        _DEHUMIDIFIER_STATE,
        _dehumidifier_machines,
        pushes=("WATER_IS_FULL",),
        energy=EnergyUse(daily_wh=900, curve="night", season="summer"),
    ),
    _family(
        "humidifier",
        "HY505RWLABM",
        _HUMIDIFIER,
        _HUMIDIFIER_STATE,
        _humidifier_machines,
        pushes=("TIME_TO_CHANGE_FILTER", "LACK_OF_WATER"),
        energy=EnergyUse(daily_wh=420, curve="night", season="winter"),
    ),
    _family(
        "ventilator",
        "Z-E0151R0A1",
        _VENTILATOR,
        _VENTILATOR_STATE,
        _ventilator_machines,
        pushes=("NEED_TO_CHANGE_DUST_FILTER", "NEED_TO_CHANGE_PRE_FILTER"),
        energy=EnergyUse(daily_wh=340),
    ),
    _family("ceiling_fan", "CFAN52W", _CEILING_FAN, _CEILING_FAN_STATE, _ceiling_fan_machines),
)
