"""System boiler and water heater."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import math
import random
from typing import Any, Final, override

from ..behaviour.climate import indoors
from ..behaviour.power import PowerMachine, PowerRow
from ..energy import EnergyUse
from ..machine import Machine
from ..part import Change, Command, Part, Selector
from ..profile import Wire, enum, number, open_number, read_enum, span, write_span
from ..temperature import AIR_PAIRS, WATER_PAIRS, TemperatureLink, fahrenheit
from .family import Family, Options

_CELSIUS: Final = Selector("unit", "C")
_STEP_SECONDS: Final = 300.0
_POWER: Final = "operation.boilerOperationMode"
_MODE: Final = "boilerJobMode.currentJobMode"
# Name of a room target -> Celsius range, Fahrenheit range with the step of two.
_ROOM_TARGETS: Final = {
    "airCool": ((18, 30), (64, 86)),
    "airHeat": ((16, 30), (60, 86)),
    "waterCool": ((5, 24), (42, 76)),
    "waterHeat": ((14, 57), (58, 134)),
}
_MEASURED: Final = ("currentTemperature", "airCurrentTemperature", "outWaterCurrentTemperature",
                    "inWaterCurrentTemperature")  # fmt: skip


def _boiler_profile(_raw: Options) -> Wire:
    hot_water: list[Wire] = []
    room: list[Wire] = []
    for index, unit in enumerate("CF"):
        low, high, step = ((30, 80, 1), (86, 176, 2))[index]
        hot: Wire = {name: number() for name in ("currentTemperature", "maxTemperature", "minTemperature")}
        hot_water.append({**hot, "targetTemperature": span(low, high, step), "unit": unit})
        element: Wire = {name: number() for name in (*_MEASURED, "targetTemperature")}
        for name, ranges in _ROOM_TARGETS.items():
            element[f"{name}TargetTemperature"] = write_span(*ranges[index], index + 1)
            element |= {f"{name}MaxTemperature": number(), f"{name}MinTemperature": number()}
        room.append({**element, "unit": unit})
    properties: Wire = {
        "boilerJobMode": {"currentJobMode": enum("HEAT", "COOL", "AUTO")},
        "operation": {
            "boilerOperationMode": enum("POWER_ON", "POWER_OFF"),
            "hotWaterMode": enum("ON", "OFF"),
            "roomTempMode": read_enum("AIR", "WATER"),
            "roomWaterMode": read_enum("OUT_WATER", "IN_WATER"),
        },
        "hotWaterTemperatureInUnits": hot_water,
        "roomTemperatureInUnits": room,
    }
    return {"property": properties}


def _boiler_state(raw: Options, _rng: random.Random) -> Wire:
    hot_water: list[Wire] = []
    room: list[Wire] = []
    measured = dict(zip(_MEASURED, (22, 22, 31, 28), strict=True))
    for index, unit in enumerate("CF"):
        show = fahrenheit if index else round
        hot_water.append(
            {
                "currentTemperature": show(44),
                "targetTemperature": show(50),
                "maxTemperature": show(80),
                "minTemperature": show(30),
                "unit": unit,
            }
        )
        element: Wire = {name: show(value) for name, value in measured.items()}
        element["targetTemperature"] = AIR_PAIRS[23] if index else 23
        for name, ranges in _ROOM_TARGETS.items():
            low, high = ranges[index]
            element |= {f"{name}MaxTemperature": high, f"{name}MinTemperature": low}
        room.append({**element, "unit": unit})
    return {
        "boilerJobMode": {"currentJobMode": "HEAT"},
        "operation": {
            "boilerOperationMode": "POWER_ON" if raw.get("power_on") else "POWER_OFF",
            "hotWaterMode": "ON",
            "roomTempMode": "AIR",
            "roomWaterMode": "OUT_WATER",
        },
        "hotWaterTemperatureInUnits": hot_water,
        "roomTemperatureInUnits": room,
    }


_ROOM: Final = "roomTemperatureInUnits"
_HOT: Final = "hotWaterTemperatureInUnits"
_BOILER_POWER: Final = PowerRow(
    power=_POWER,
    mode=_MODE,
    # Hot water is a circuit of its own.
    always=("operation.hotWaterMode", f"{_HOT}."),
    only_in={
        f"{_ROOM}.{name}TargetTemperature": frozenset({"HEAT" if name.endswith("Heat") else "COOL"})
        for name in _ROOM_TARGETS
    },
    needs={
        f"{_HOT}.targetTemperature": ("operation.hotWaterMode", frozenset({"ON"})),
        **{
            f"{_ROOM}.{name}TargetTemperature": (
                "operation.roomTempMode",
                frozenset({"AIR" if name.startswith("air") else "WATER"}),
            )
            for name in _ROOM_TARGETS
        },
    },
)


class _BoilerMachine(TemperatureLink):
    """Room and hot water on their way to their targets."""

    name = "boiler"
    actions: Mapping[str, str] = {
        "set_room_mode": "choose at the panel what is regulated: mode (AIR or WATER)",
    }

    def __init__(self, part: Part, power: PowerMachine) -> None:
        """Look after both circuits."""
        super().__init__(part)
        self._power = power

    @override
    def begin(self) -> None:
        """Begin within a step."""
        self.after("step", _STEP_SECONDS * self.host.rng.uniform(0.3, 1.0))

    @override
    def wake(self, timer: str) -> None:
        """Move both circuits by a degree."""
        on = self._power.is_on
        target = float(self.part.get(f"{_ROOM}.targetTemperature", _CELSIUS) or 23)
        ambient = indoors(self.host.clock.now()) - 2
        mode = self.part.get(_MODE)
        room = target if on and mode != "AUTO" else ambient
        if on and mode == "HEAT":
            room = max(target, ambient)
        names = ("currentTemperature", "airCurrentTemperature")
        self._approach(_ROOM, names, room)
        self._approach(_ROOM, ("outWaterCurrentTemperature",), 45 if on and mode == "HEAT" else 26)
        self._approach(_ROOM, ("inWaterCurrentTemperature",), 38 if on and mode == "HEAT" else 25)
        hot_on = self.part.get("operation.hotWaterMode") == "ON"
        hot = float(self.part.get(f"{_HOT}.targetTemperature", _CELSIUS) or 50) if hot_on else 28.0
        self._approach(_HOT, ("currentTemperature",), hot)
        self.after("step", _STEP_SECONDS)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Choose what is regulated."""
        mode = str(data["mode"])
        if mode not in ("AIR", "WATER"):
            raise ValueError(f"no mode {mode!r}")
        self.part.set("operation.roomTempMode", mode)
        return None

    def _write_measured(self, resource: str, name: str, celsius: float) -> None:
        for unit, value in (("C", celsius), ("F", fahrenheit(celsius))):
            self.part.set(f"{resource}.{name}", value, Selector("unit", unit))

    def _approach(self, resource: str, names: Sequence[str], goal: float) -> None:
        current = float(self.part.get(f"{resource}.{names[0]}", _CELSIUS) or goal)
        if abs(goal - current) < 1:
            return
        for name in names:
            self._write_measured(resource, name, round(current + math.copysign(1, goal - current)))

    @override
    def spread(self, change: Change) -> None:
        """Show a written room target as the room's target, in both units."""
        resource, _, name = change.path.partition(".")
        self.pairs = AIR_PAIRS if name.startswith("air") else WATER_PAIRS
        if resource == _ROOM:
            change = Change(path=f"{_ROOM}.targetTemperature", value=change.value, selector=change.selector)
        super().spread(change)


@dataclass(frozen=True, kw_only=True, slots=True)
class _HeaterMode:
    """What a mode of a water heater aims at: its own degrees, or the target."""

    celsius: int | None = None
    degrees_per_step: int = 1


_HEATER_MODES: Final = {
    "HEAT_PUMP": _HeaterMode(),
    "AUTO": _HeaterMode(),
    "TURBO": _HeaterMode(degrees_per_step=3),
    "VACATION": _HeaterMode(celsius=30),
}


def _heater_profile(raw: Options) -> Wire:
    properties: Wire = {
        "waterHeaterJobMode": {"currentJobMode": enum(*_HEATER_MODES)},
        "operation": {"waterHeaterOperationMode": read_enum("POWER_ON", "POWER_OFF")},
        "temperature": {"currentTemperature": number(), "targetTemperature": open_number()},
    }
    # The published example has `temperature` alone; models with both units exist as well.
    if raw.get("units", True):
        properties["temperature"] = {"currentTemperature": number(), "targetTemperature": span(35, 60),
                                     "unit": read_enum("C", "F")}  # fmt: skip
        properties["temperatureInUnits"] = [
            {"currentTemperature": number(), "targetTemperature": span(35, 60), "unit": "C"},
            {"currentTemperature": number(), "targetTemperature": span(96, 140, 2), "unit": "F"},
        ]
    return {"property": properties}


def _heater_state(raw: Options, _rng: random.Random) -> Wire:
    state: Wire = {
        "waterHeaterJobMode": {"currentJobMode": "AUTO"},
        "operation": {"waterHeaterOperationMode": "POWER_ON"},
        "temperature": {"currentTemperature": 48, "targetTemperature": 50},
    }
    if raw.get("units", True):
        state["temperature"]["unit"] = "C"
        state["temperatureInUnits"] = [
            {"currentTemperature": 48, "targetTemperature": 50, "unit": "C"},
            {"currentTemperature": WATER_PAIRS[48], "targetTemperature": WATER_PAIRS[50], "unit": "F"},
        ]
    return state


class _HeaterMachine(TemperatureLink):
    """Water getting hot."""

    name = "heater"
    actions: Mapping[str, str] = {"draw_water": "take a shower: degrees lost (default 8)"}

    def __init__(self, part: Part) -> None:
        """Look after the tank."""
        super().__init__(part, WATER_PAIRS)

    @override
    def begin(self) -> None:
        """Begin within a step."""
        self.after("step", _STEP_SECONDS * self.host.rng.uniform(0.3, 1.0))

    @override
    def apply(self, command: Command) -> None:
        """Begin to heat at once."""
        super().apply(command)
        self.after("step", _STEP_SECONDS)

    @override
    def wake(self, timer: str) -> None:
        """Heat or cool by the pace of the mode."""
        mode = _HEATER_MODES[str(self.part.get("waterHeaterJobMode.currentJobMode"))]
        on = self.part.get("operation.waterHeaterOperationMode") == "POWER_ON"
        target = float(self.part.get("temperature.targetTemperature") or 50)
        if self.unit() == "F":
            target = round((target - 32) * 5 / 9)
        goal = (mode.celsius if mode.celsius is not None else target) if on else 22
        current = self._current()
        if abs(goal - current) >= 1:
            step = mode.degrees_per_step if goal > current else 1
            self._show(current + math.copysign(min(step, abs(goal - current)), goal - current))
        self.after("step", _STEP_SECONDS)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Take hot water."""
        self._show(max(15, self._current() - float(data.get("degrees", 8))))
        return {"celsius": self._current()}

    def _current(self) -> float:
        value = self.part.get("temperatureInUnits.currentTemperature", _CELSIUS)
        return float(value if value is not None else self.part.get("temperature.currentTemperature") or 40)

    def _show(self, celsius: float) -> None:
        values = {"C": round(celsius), "F": fahrenheit(celsius)}
        self.part.set("temperature.currentTemperature", values[self.unit()])
        if self.part.has("temperatureInUnits.currentTemperature"):
            for unit, value in values.items():
                self.part.set("temperatureInUnits.currentTemperature", value, Selector("unit", unit))


_HEATER_POWER: Final = PowerRow(power="operation.waterHeaterOperationMode")


def _boiler_machines(part: Part, _raw: Options) -> Sequence[Machine]:
    power = PowerMachine(part, _BOILER_POWER)
    return [power, _BoilerMachine(part, power)]


FAMILIES: Final = (
    Family(
        type="system_boiler",
        device_type="DEVICE_SYSTEM_BOILER",
        model="HM051MR",
        profile=_boiler_profile,
        state=_boiler_state,
        machines=_boiler_machines,
        energy=EnergyUse(daily_wh=5200, curve="night", season="winter"),
        options=frozenset({"power_on"}),
    ),
    Family(
        type="water_heater",
        device_type="DEVICE_WATER_HEATER",
        model="WH27S",
        profile=_heater_profile,
        state=_heater_state,
        machines=lambda part, _raw: [PowerMachine(part, _HEATER_POWER), _HeaterMachine(part)],
        energy=EnergyUse(daily_wh=2400, curve="morning", season="winter"),
        options=frozenset({"units"}),
    ),
)
