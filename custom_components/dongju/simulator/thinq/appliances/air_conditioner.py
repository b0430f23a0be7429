"""Air conditioners: stand, wall, two-set, in Celsius or Fahrenheit."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, Final

from ..behaviour.climate import ClimateMachine, ClimateRow
from ..behaviour.filters import FilterMachine
from ..behaviour.power import PowerMachine, PowerRow
from ..behaviour.sensors import AIR_READINGS, SensorMachine, air_state
from ..behaviour.timers import timer_machines
from ..energy import EnergyUse
from ..machine import Machine
from ..part import Part
from ..profile import Wire, enum, flag, number, open_number, read_enum, read_span, span, write_enum, write_span
from ..temperature import AIR_PAIRS
from .family import Family, Options

_SENSORS: Final = (
    "PM1", "PM2", "PM10", "odor", "odorLevel", "humidity", "totalPollution", "totalPollutionLevel", "monitoringEnabled",
)  # fmt: skip
_LEVELS: Final = {
    "odorLevel": ("INVALID", "WEAK", "NORMAL", "STRONG", "VERY_STRONG"),
    "totalPollutionLevel": ("INVALID", "GOOD", "NORMAL", "BAD", "VERY_BAD"),
}
# How a model tells its fan speeds: plain, in detail, or as steps beside the words.
_WINDS: Final[Mapping[str, Wire]] = {
    "plain": {"windStrength": enum("LOW", "MID", "HIGH", "AUTO")},
    "detail": {"windStrengthDetail": enum("NATURE", "SLOW", "LOW", "LOW_MID", "MID", "MID_HIGH", "HIGH", "AUTO")},
    "step": {"windStep": span(1, 8), "windStrengthDetail": enum("NATURE", "SLOW", "LOW", "MID", "HIGH", "AUTO")},
}
_WIND_STATES: Final[Mapping[str, Wire]] = {
    "plain": {"windStrength": "MID"},
    "detail": {"windStrengthDetail": "AUTO"},
    "step": {"windStep": 4, "windStrengthDetail": "MID"},
}
_STEADY_WINDS: Final = frozenset({"COOL", "HEAT", "AUTO", "FAN", "AIR_CLEAN", "ENERGY_SAVING"})


def _modes(raw: Options) -> list[str]:
    heat = ["HEAT", "AUTO"] if raw.get("heat") else []
    return ["COOL", "AIR_DRY", "FAN", *heat, *(["AIR_CLEAN"] if raw.get("air_quality") else [])]


def _ranges(raw: Options, unit: str) -> tuple[int, int, int]:
    """Return lowest, highest and step; a model with `odd_fahrenheit` takes what it then adjusts."""
    low, high = (16, 30) if raw.get("heat") else (18, 30)
    if unit == "C":
        return low, high, 1
    return AIR_PAIRS[low], AIR_PAIRS[high], 1 if raw.get("odd_fahrenheit") else 2


def _temperatures(raw: Options) -> Wire:
    """Describe the target once for the unit shown and once per unit."""
    in_units: list[Wire] = []
    names = ["coolTargetTemperature", *(["heatTargetTemperature", "autoTargetTemperature"] if raw.get("heat") else [])]
    for unit in "CF":
        low, high, step = _ranges(raw, unit)
        element: Wire = {"currentTemperature": number(), "targetTemperature": number()}
        element |= {name: write_span(low, high, step) for name in names}
        in_units.append({**element, "unit": unit})
    low, high, step = _ranges(raw, str(raw.get("unit", "C")))
    plain: Wire = {"currentTemperature": number(), "targetTemperature": span(low, high, step)}
    plain |= {name: write_span(low, high, step) for name in names}
    return {"temperature": {**plain, "unit": read_enum("C", "F")}, "temperatureInUnits": in_units}


def _two_set() -> Wire:
    elements: list[Wire] = [
        {"heatTargetTemperature": span(16, 28), "coolTargetTemperature": span(18, 30), "unit": "C"},
        {"heatTargetTemperature": span(60, 82, 2), "coolTargetTemperature": span(64, 86, 2), "unit": "F"},
    ]
    return {"twoSetTemperature": {"twoSetEnabled": flag()}, "twoSetTemperatureInUnits": elements}


def _timers() -> Wire:
    names = [f"{kind}{part}To{edge}" for kind in ("relative", "absolute") for edge in ("Start", "Stop")
             for part in ("Hour", "Minute")]  # fmt: skip
    states = [f"{kind}{edge}Timer" for kind in ("relative", "absolute") for edge in ("Start", "Stop")]
    timer: Wire = {name: open_number() for name in names}
    timer |= {name: enum("SET", "UNSET", write=("UNSET",)) for name in states}
    sleep: Wire = {"relativeHourToStop": open_number(), "relativeMinuteToStop": open_number()}
    return {"timer": timer, "sleepTimer": {**sleep, "relativeStopTimer": enum("SET", "UNSET", write=("UNSET",))}}


def _profile(raw: Options) -> Wire:
    properties: Wire = {
        "airConJobMode": {"currentJobMode": enum(*_modes(raw))},
        "operation": {"airConOperationMode": enum("POWER_ON", "POWER_OFF")},
        "airFlow": _WINDS[str(raw.get("wind", "plain"))],
        "powerSave": {"powerSaveEnabled": flag()},
        "windDirection": {"rotateUpDown": flag(), "rotateLeftRight": flag()},
        "display": {"light": enum("ON", "OFF")},
        "filterInfo": {"usedTime": number(), "filterLifetime": number(), "filterRemainPercent": read_span(0, 100)},
        **_temperatures(raw),
        **_timers(),
    }
    if raw.get("air_quality"):
        sensors: Wire = {name: number() for name in _SENSORS}
        sensors |= {name: read_enum(*members) for name, members in _LEVELS.items()}
        properties["airQualitySensor"] = {**sensors, "monitoringEnabled": enum("ON_WORKING", "ALWAYS")}
        properties["operation"]["airCleanOperationMode"] = write_enum("START", "STOP")
    if raw.get("two_set"):
        properties |= _two_set()
    return {"property": properties, "notification": {"push": ["WATER_IS_FULL", "TIME_TO_CLEAN_FILTER"]}}


def _state(raw: Options, rng: random.Random) -> Wire:
    current = rng.randint(24, 27)
    shown = str(raw.get("unit", "C"))
    values: dict[str, Wire] = {
        "C": {"currentTemperature": current, "targetTemperature": 26},
        "F": {"currentTemperature": round(current * 9 / 5 + 32), "targetTemperature": AIR_PAIRS[26]},
    }
    state: Wire = {
        "airConJobMode": {"currentJobMode": "COOL"},
        "operation": {"airConOperationMode": "POWER_ON" if raw.get("power_on") else "POWER_OFF"},
        "airFlow": dict(_WIND_STATES[str(raw.get("wind", "plain"))]),
        "powerSave": {"powerSaveEnabled": False},
        "windDirection": {"rotateUpDown": False, "rotateLeftRight": False},
        "display": {"light": "ON"},
        "filterInfo": {"usedTime": rng.randint(40, 400), "filterLifetime": 720, "filterRemainPercent": 62},
        "temperature": {**values[shown], "unit": shown},
        "temperatureInUnits": [{**values[unit], "unit": unit} for unit in "CF"],
        "timer": {f"{kind}{edge}Timer": "UNSET" for kind in ("relative", "absolute") for edge in ("Start", "Stop")},
        "sleepTimer": {"relativeStopTimer": "UNSET"},
    }
    if raw.get("air_quality"):
        state["airQualitySensor"] = air_state(_SENSORS)
    if raw.get("two_set"):
        state["twoSetTemperature"] = {"twoSetEnabled": False}
        state["twoSetTemperatureInUnits"] = [
            {"heatTargetTemperature": 20, "coolTargetTemperature": 26, "unit": "C"},
            {"heatTargetTemperature": 68, "coolTargetTemperature": 78, "unit": "F"},
        ]
    return state


_POWER: Final = PowerRow(
    power="operation.airConOperationMode",
    mode="airConJobMode.currentJobMode",
    only_in={
        "airFlow.windStrength": _STEADY_WINDS,
        "airFlow.windStrengthDetail": _STEADY_WINDS,
        "airFlow.windStep": _STEADY_WINDS,
        "powerSave.powerSaveEnabled": frozenset({"COOL", "ENERGY_SAVING"}),
        "twoSetTemperature.twoSetEnabled": frozenset({"AUTO"}),
        "twoSetTemperatureInUnits.heatTargetTemperature": frozenset({"AUTO"}),
        "twoSetTemperatureInUnits.coolTargetTemperature": frozenset({"AUTO"}),
    },
    settle=1.0,
    on_off={"powerSave.powerSaveEnabled": False, "sleepTimer.relativeStopTimer": "UNSET"},
)


def _machines(part: Part, raw: Options) -> Sequence[Machine]:
    power = PowerMachine(part, _POWER)
    machines: list[Any] = [power, ClimateMachine(part, power, ClimateRow()), FilterMachine(part, power)]
    if raw.get("air_quality"):
        machines.append(SensorMachine(part, AIR_READINGS))
    return [*machines, *timer_machines(part, power)]


FAMILIES: Final = (
    Family(
        type="air_conditioner",
        device_type="DEVICE_AIR_CONDITIONER",
        model="FQ18GN9BE2",
        profile=_profile,
        state=_state,
        machines=_machines,
        energy=EnergyUse(daily_wh=2600, curve="evening", season="summer"),
        options=frozenset({"heat", "two_set", "air_quality", "wind", "unit", "odd_fahrenheit", "power_on"}),
    ),
)
