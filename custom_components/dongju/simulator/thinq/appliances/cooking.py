"""Oven, cooktop, hood, microwave oven and dishwasher."""

from collections.abc import Sequence
import random
from typing import Any, Final

from ..behaviour.cooking import CookingZoneMachine, HobMachine, HoodMachine, MicrowaveMachine, OvenMachine
from ..behaviour.cycle import CycleMachine, CycleRow, phases
from ..behaviour.fault import FaultMachine
from ..behaviour.supplies import RinseAidMachine
from ..energy import EnergyUse
from ..machine import Machine
from ..part import Part
from ..profile import Wire, enum, number, open_number, read_enum, read_flag, read_span, span, write_enum
from .family import Family, Options

_OVEN_STATES: Final = (
    "INITIAL", "PREHEATING", "COOKING_IN_PROGRESS", "DONE", "COOLING", "CLEANING", "CLEANING_IS_DONE", "ERROR",
)  # fmt: skip
_COOK_MODES: Final = ("BAKE", "ROAST", "CONVECTION_BAKE", "CONVECTION_ROAST", "CRISP_CONVECTION")
_OVEN_PUSHES: Final = ("PREHEATING_IS_COMPLETE", "COOKING_IS_COMPLETE", "ERROR_HAS_OCCURRED", "TIME_TO_CLEAN")


def _cavities(raw: Options) -> tuple[str, ...]:
    return ("UPPER", "LOWER") if raw.get("double") else ("UPPER",)


def _cavity(location: str, *, cookable: bool) -> Wire:
    """Describe a cavity as published, or as the one extension of this simulator."""
    properties: Wire = {
        "location": {"locationName": location},
        "runState": {"currentState": read_enum(*_OVEN_STATES)},
        "remoteControlEnable": {"remoteControlEnabled": read_flag()},
        "operation": {"ovenOperationMode": write_enum("STOP")},
        "temperature": [{"targetTemperature": number(), "unit": unit} for unit in "CF"],
        "timer": {f"remain{name}": number() for name in ("Hour", "Minute", "Second")},
    }
    if cookable:
        # EXTENSION: published oven profiles allow STOP only. This model lets the project show how a
        # cooking appliance that allows remote start is handled: with consent, after the button.
        properties["operation"] = {"ovenOperationMode": write_enum("START", "STOP")}
        properties["cook"] = {"cookMode": enum(*_COOK_MODES)}
        properties["temperature"] = [
            {"targetTemperature": span(80, 230, 5), "unit": "C"},
            {"targetTemperature": span(175, 450, 5), "unit": "F"},
        ]
        properties["timer"] |= {"targetHour": open_number(), "targetMinute": open_number()}
    return properties


def _oven_profile(raw: Options) -> Wire:
    cavities = [_cavity(location, cookable=bool(raw.get("cookable"))) for location in _cavities(raw)]
    return {
        "property": cavities,
        "extensionProperty": {"info": {"type": "DOUBLE" if raw.get("double") else "SINGLE"}},
        "notification": {"push": list(_OVEN_PUSHES)},
    }


def _oven_state(raw: Options, _rng: random.Random) -> list[Any]:
    cavities = []
    for location in _cavities(raw):
        cavity: Wire = {
            "location": {"locationName": location},
            "runState": {"currentState": "INITIAL"},
            "remoteControlEnable": {"remoteControlEnabled": bool(raw.get("remote_start", False))},
            "temperature": {"targetTemperature": 0, "unit": str(raw.get("unit", "C"))},
            "timer": {"remainHour": 0, "remainMinute": 0, "remainSecond": 0},
        }
        if raw.get("cookable"):
            cavity["cook"] = {"cookMode": "BAKE"}
            cavity["timer"] |= {"targetHour": 0, "targetMinute": 0}
        cavities.append(cavity)
    return cavities


def _oven_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    return [FaultMachine(part, "ERROR_HAS_OCCURRED"), OvenMachine(part)] if part.location else []


_ZONES: Final = ("LEFT_FRONT", "LEFT_REAR", "RIGHT_FRONT")


def _cooktop_profile(_raw: Options) -> Wire:
    zones = [
        {
            "location": {"locationName": zone},
            "cookingZone": {"currentState": read_enum("INITIAL", "COOK", "PAUSE", "LOCK")},
            "power": {"powerLevel": span(0, 11)},
            "remoteControlEnable": {"remoteControlEnabled": read_flag()},
            "timer": {"remainHour": span(0, 11), "remainMinute": span(0, 59)},
        }
        for zone in _ZONES
    ]
    return {"property": zones, "extensionProperty": {"operation": {"operationMode": write_enum("POWER_OFF")}}}


def _cooktop_state(_raw: Options, _rng: random.Random) -> list[Any]:
    return [
        {
            "location": {"locationName": zone},
            "cookingZone": {"currentState": "INITIAL"},
            "power": {"powerLevel": 0},
            "remoteControlEnable": {"remoteControlEnabled": False},
            "timer": {"remainHour": 0, "remainMinute": 0},
        }
        for zone in _ZONES
    ]


def _hood_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "ventilation": {"fanSpeed": span(0, 5)},
        "lamp": {"lampBrightness": span(0, 2)},
        "operation": {"hoodOperationMode": read_enum("POWER_OFF", "POWER_ON")},
        "timer": {"remainMinute": read_span(0, 59), "remainSecond": read_span(0, 59)},
    }
    return {"property": properties}


def _hood_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "ventilation": {"fanSpeed": 0},
        "lamp": {"lampBrightness": 0},
        "operation": {"hoodOperationMode": "POWER_OFF"},
        "timer": {"remainMinute": 0, "remainSecond": 0},
    }


def _joined(descriptor: Wire) -> Wire:
    """Return a descriptor whose mode is one string: microwave ovens spell it so."""
    return {**descriptor, "mode": "".join(descriptor["mode"])}


def _microwave_profile(_raw: Options) -> Wire:
    states = ("INITIAL", "PREHEAT", "COOK", "COOK_COMPLETE", "PAUSE", "PREHEAT_COMPLETE", "OVEN_SETTING")
    properties: Wire = {
        "runState": {"currentState": _joined(read_enum(*states))},
        "timer": {name: _joined(read_span(0, 59)) for name in ("remainMinute", "remainSecond")},
        "ventilation": {"fanSpeed": _joined(span(0, 4))},
        "lamp": {"lampBrightness": _joined(span(0, 2))},
    }
    pushes = ["PREHEATING_IS_COMPLETE", "COOKING_IS_COMPLETE", "TIMER_IS_COMPLETE"]
    return {"property": properties, "notification": {"push": pushes}}


def _microwave_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"currentState": "INITIAL"},
        "timer": {"remainMinute": 0, "remainSecond": 0},
        "ventilation": {"fanSpeed": 0},
        "lamp": {"lampBrightness": 0},
    }


DISH_WASHER: Final = CycleRow(
    operation="operation.dishWasherOperationMode",
    courses={
        "AUTO": phases(RUNNING=75, RINSING=25, DRYING=35),
        "NORMAL": phases(RUNNING=60, RINSING=25, DRYING=30),
        "HEAVY": phases(RUNNING=95, RINSING=30, DRYING=40),
        "EXPRESS": phases(RUNNING=22, RINSING=10, DRYING=5),
        "RINSE": phases(RINSING=14),
        "MACHINE_CLEAN": phases(RUNNING=70, RINSING=20),
    },
    complete_push="CLEANING_IS_COMPLETE",
    course_path="dishWashingCourse.currentDishWashingCourse",
    door_path="doorStatus.doorState",
)
_DISH_STATES: Final = (
    "POWER_OFF", "INITIAL", "RUNNING", "RINSING", "DRYING", "NIGHT_DRY", "PAUSE", "RESERVED", "CANCEL", "END", "ERROR",
    "POWER_FAIL",
)  # fmt: skip
_DISH_ERRORS: Final = (
    "WATER_SUPPLY_ERROR", "WATER_DRAIN_ERROR", "WATER_LEAKAGE_ERROR", "HEATER_CIRCUIT_ERROR", "MOTOR_ERROR",
    "BUBBLE_ERROR", "TEMPERATURE_SENSOR_ERROR",
)  # fmt: skip
_DISH_PUSHES: Final = (
    "CLEANING_IS_COMPLETE", "ERROR_DURING_CLEANING", "RINSE_IS_NOT_ENOUGH", "SALT_REFILL_IS_NEEDED",
    "WATER_LEAK_HAS_OCCURRED",
)  # fmt: skip


def _dish_profile(_raw: Options) -> Wire:
    levels = range(5)
    properties: Wire = {
        "runState": {"currentState": read_enum(*_DISH_STATES)},
        "dishWashingCourse": {"currentDishWashingCourse": read_enum(*DISH_WASHER.courses, "DELICATE", "REFRESH")},
        "dishWashingStatus": {"rinseRefill": read_flag()},
        "doorStatus": {"doorState": read_enum("OPEN", "CLOSE")},
        "preference": {
            "rinseLevel": read_enum(*(f"RINSELEVEL_{level}" for level in levels)),
            "softeningLevel": read_enum(*(f"SOFTENINGLEVEL_{level}" for level in levels)),
            "mCReminder": read_enum("MCREMINDER_ON", "MCREMINDER_OFF"),
            "signalLevel": read_enum("SIGNALLEVEL_ON", "SIGNALLEVEL_OFF"),
            "cleanLReminder": read_enum("CLEANLREMINDER_ON", "CLEANLREMINDER_OFF"),
        },
        "operation": {"dishWasherOperationMode": write_enum("START", "STOP", "POWER_OFF", "POWER_ON")},
        "remoteControlEnable": {"remoteControlEnabled": read_flag()},
        "timer": {
            "relativeHourToStart": span(1, 12),
            "relativeMinuteToStart": number(),
            **{f"{kind}{name}": number() for kind in ("remain", "total") for name in ("Hour", "Minute")},
        },
    }
    return {"property": properties, "notification": {"push": list(_DISH_PUSHES)}, "error": list(_DISH_ERRORS)}


def _dish_state(raw: Options, _rng: random.Random) -> Wire:
    ready = bool(raw.get("remote_start", False))
    total = sum(phase.minutes for phase in DISH_WASHER.courses["AUTO"])
    return {
        "runState": {"currentState": "INITIAL" if ready or raw.get("power_on") else "POWER_OFF"},
        "dishWashingCourse": {"currentDishWashingCourse": "AUTO"},
        "dishWashingStatus": {"rinseRefill": False},
        "doorStatus": {"doorState": "CLOSE"},
        "preference": {
            "rinseLevel": "RINSELEVEL_2",
            "softeningLevel": "SOFTENINGLEVEL_1",
            "mCReminder": "MCREMINDER_ON",
            "signalLevel": "SIGNALLEVEL_ON",
            "cleanLReminder": "CLEANLREMINDER_OFF",
        },
        "remoteControlEnable": {"remoteControlEnabled": ready},
        "timer": {
            "relativeHourToStart": 0,
            "relativeMinuteToStart": 0,
            "remainHour": total // 60,
            "remainMinute": total % 60,
            "totalHour": total // 60,
            "totalMinute": total % 60,
        },
    }


def _dish_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    return [FaultMachine(part, "ERROR_DURING_CLEANING"), CycleMachine(part, DISH_WASHER), RinseAidMachine(part)]


FAMILIES: Final = (
    Family(
        type="oven",
        device_type="DEVICE_OVEN",
        model="MZ385EBTA",
        profile=_oven_profile,
        state=_oven_state,
        machines=_oven_machines,
        energy=EnergyUse(daily_wh=450, curve="meals"),
        options=frozenset({"double", "cookable", "unit", "remote_start"}),
    ),
    Family(
        type="cooktop",
        device_type="DEVICE_COOKTOP",
        model="BEI3GQTR",
        profile=_cooktop_profile,
        state=_cooktop_state,
        machines=lambda part, _raw: [CookingZoneMachine(part) if part.location else HobMachine(part)],
        energy=EnergyUse(daily_wh=1200, curve="meals"),
    ),
    Family(
        type="hood",
        device_type="DEVICE_HOOD",
        model="HCEZ36T",
        profile=_hood_profile,
        state=_hood_state,
        machines=lambda part, _raw: [HoodMachine(part)],
    ),
    Family(
        type="microwave_oven",
        device_type="DEVICE_MICROWAVE_OVEN",
        model="MW23GD",
        profile=_microwave_profile,
        state=_microwave_state,
        machines=lambda part, _raw: [MicrowaveMachine(part)],
    ),
    Family(
        type="dish_washer",
        device_type="DEVICE_DISH_WASHER",
        model="DUE6GLE",
        profile=_dish_profile,
        state=_dish_state,
        machines=_dish_machines,
        energy=EnergyUse(daily_wh=900, curve="evening"),
        options=frozenset({"remote_start", "power_on"}),
    ),
)
