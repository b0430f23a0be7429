"""Refrigerator, kimchi refrigerator and wine cellar."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, Final, override

from ..behaviour.door import DoorMachine
from ..energy import EnergyUse
from ..machine import Machine, refuse
from ..part import Command, Part, Selector
from ..profile import (
    Wire,
    enum,
    flag,
    number,
    read_enum,
    read_flag,
    read_span,
    span,
)
from ..refusal import Refusal
from ..temperature import FREEZER_PAIRS, FRIDGE_PAIRS, WINE_PAIRS, TemperatureLink, fahrenheit_span
from .family import Family, Options

type Compartment = tuple[Mapping[int, int], int, int, int]

# Location -> pairs, coldest, warmest, first target in Celsius.
_COMPARTMENTS: Final[dict[str, Compartment]] = {
    "FRIDGE": (FRIDGE_PAIRS, 1, 7, 3),
    "FREEZER": (FREEZER_PAIRS, -23, -15, -18),
    "CONVERTIBLE": (FRIDGE_PAIRS, 1, 7, 2),
    "WINE_UPPER": (WINE_PAIRS, 5, 18, 8),
    "WINE_MIDDLE": (WINE_PAIRS, 5, 18, 12),
    "WINE_LOWER": (WINE_PAIRS, 5, 18, 16),
}
_EXPRESS_SECONDS: Final = 24 * 3600.0
_FILTER_SECONDS: Final = 12 * 3600.0
_DOOR: Final = Selector("locationName", "MAIN")


def _units(raw: Options) -> tuple[str, ...]:
    """Return the units a model offers: both, or one with the option `units: F`."""
    units = str(raw.get("units", "CF"))
    return tuple(unit for unit in "CF" if unit in units) or ("C", "F")


def _temperatures(raw: Options, locations: Sequence[str]) -> Wire:
    """Describe the target temperatures: in the unit shown, and in each unit by its own name."""
    units = _units(raw)
    plain: list[Wire] = []
    in_units: list[Wire] = []
    for location in locations:
        pairs, low, high, _ = _COMPARTMENTS[location]
        by_unit = {"C": span(low, high), "F": fahrenheit_span(pairs, low, high)}
        shown = by_unit[str(raw.get("unit", units[0]))]
        plain.append({"locationName": location, "targetTemperature": shown, "unit": read_enum(*units)})
        element: Wire = {"locationName": location}
        element |= {f"targetTemperature{unit}": by_unit[unit] for unit in units}
        in_units.append({**element, "unit": read_enum(*units)})
    return {"temperature": plain, "temperatureInUnits": in_units}


def _temperature_state(raw: Options, locations: Sequence[str]) -> Wire:
    units = _units(raw)
    shown = str(raw.get("unit", units[0]))
    plain: list[Wire] = []
    in_units: list[Wire] = []
    for location in locations:
        pairs, _, _, celsius = _COMPARTMENTS[location]
        values = {"C": celsius, "F": pairs[celsius]}
        plain.append({"locationName": location, "targetTemperature": values[shown], "unit": shown})
        element: Wire = {"locationName": location}
        element |= {f"targetTemperature{unit}": values[unit] for unit in units}
        in_units.append({**element, "unit": shown})
    return {"temperature": plain, "temperatureInUnits": in_units}


def _locations(raw: Options) -> list[str]:
    return ["FRIDGE", "FREEZER", *(["CONVERTIBLE"] if raw.get("convertible") else [])]


def _profile(raw: Options) -> Wire:
    properties: Wire = {
        "powerSave": {"powerSaveEnabled": read_flag()},
        "ecoFriendly": {"ecoFriendlyMode": flag()},
        "sabbath": {"sabbathMode": read_flag()},
        "refrigeration": {
            "rapidFreeze": flag(),
            "expressMode": flag(),
            "expressFridge": flag(),
            "freshAirFilter": enum("OFF", "AUTO", "POWER", "REPLACE", write=("OFF", "AUTO", "POWER")),
            "freshAirFilterRemainPercent": read_span(0, 100),
        },
        "waterFilterInfo": {
            "usedTime": number(),
            "unit": "MONTH",
            "waterFilterState": read_enum("NORMAL", "REPLACE"),
            "waterFilter1RemainPercent": read_span(0, 100),
        },
        "doorStatus": [{"locationName": "MAIN", "doorState": read_enum("OPEN", "CLOSE")}],
        **_temperatures(raw, _locations(raw)),
    }
    pushes = ["DOOR_IS_OPEN", "FROZEN_IS_COMPLETE", "TIME_TO_CHANGE_FILTER", "TIME_TO_CHANGE_WATER_FILTER"]
    return {"property": properties, "notification": {"push": pushes}}


def _state(raw: Options, rng: random.Random) -> Wire:
    months = rng.randint(0, 4)
    return {
        "powerSave": {"powerSaveEnabled": False},
        "ecoFriendly": {"ecoFriendlyMode": False},
        "sabbath": {"sabbathMode": False},
        "refrigeration": {
            "rapidFreeze": False,
            "expressMode": False,
            "expressFridge": False,
            "freshAirFilter": "AUTO",
            "freshAirFilterRemainPercent": rng.randint(35, 95),
        },
        "waterFilterInfo": {
            "usedTime": months,
            "unit": "MONTH",
            "waterFilterState": "NORMAL",
            "waterFilter1RemainPercent": 100 - months * 16,
        },
        "doorStatus": [{"locationName": "MAIN", "doorState": "CLOSE"}],
        **_temperature_state(raw, _locations(raw)),
    }


class _CompartmentLink(TemperatureLink):
    """Pair temperatures by the compartment they belong to; a resting Sabbath takes no change."""

    @override
    def check(self, command: Command) -> None:
        """Refuse changes on Sabbath."""
        if self.part.get("sabbath.sabbathMode") or self.part.get("operation.sabbathMode") in (True, "ON"):
            raise refuse(Refusal.COMMAND_NOT_SUPPORTED_IN_MODE, "Sabbath mode is on")

    @override
    def pairs_for(self, change: Any) -> Mapping[int, int]:
        """Return the pairs of a compartment."""
        location = change.selector.value if change.selector else "FRIDGE"
        return _COMPARTMENTS[location][0] if location in _COMPARTMENTS else FRIDGE_PAIRS


class _ExpressMachine(Machine):
    """Express modes that end by themselves, and filters that wear."""

    name = "express"
    actions: Mapping[str, str] = {
        "replace_filter": "put new filters in",
        "set_sabbath": "turn Sabbath mode: on (panel only)",
    }
    _modes: Final = ("refrigeration.expressMode", "refrigeration.rapidFreeze", "refrigeration.expressFridge")
    _filters: Final = (
        ("refrigeration.freshAirFilterRemainPercent", "refrigeration.freshAirFilter", "TIME_TO_CHANGE_FILTER"),
        (
            "waterFilterInfo.waterFilter1RemainPercent",
            "waterFilterInfo.waterFilterState",
            "TIME_TO_CHANGE_WATER_FILTER",
        ),
    )

    @override
    def begin(self) -> None:
        """Let filters wear from now on."""
        self.after("wear", _FILTER_SECONDS * self.host.rng.uniform(0.5, 1.0))

    @override
    def apply(self, command: Command) -> None:
        """Let an express mode end after a day."""
        for path in self._modes:
            if command.has(path):
                if command.get(path):
                    self.after(path.rpartition(".")[2], _EXPRESS_SECONDS)
                else:
                    self.cancel(path.rpartition(".")[2])

    @override
    def wake(self, timer: str) -> None:
        """End an express mode, or wear filters."""
        if timer != "wear":
            self.part.set(f"refrigeration.{timer}", False)
            if timer != "expressFridge":
                self.push("FROZEN_IS_COMPLETE")
            return
        for percent_path, state_path, push in self._filters:
            percent = self.part.get(percent_path)
            if not percent:
                continue
            self.part.set(percent_path, percent - 1)
            if percent == 1:
                self.part.set(state_path, "REPLACE")
                self.push(push)
        self.after("wear", _FILTER_SECONDS)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Change filters or turn Sabbath mode at the panel."""
        if name == "set_sabbath":
            self.part.set("sabbath.sabbathMode", bool(data["on"]))
            return None
        self.part.update(
            {
                "refrigeration.freshAirFilterRemainPercent": 100,
                "refrigeration.freshAirFilter": "AUTO",
                "waterFilterInfo.waterFilter1RemainPercent": 100,
                "waterFilterInfo.waterFilterState": "NORMAL",
                "waterFilterInfo.usedTime": 0,
            }
        )
        return None


def _machines(part: Part, _raw: Options) -> Sequence[Machine]:
    return [
        _CompartmentLink(part),
        _ExpressMachine(part),
        DoorMachine(part, "doorStatus.doorState", selector=_DOOR),
    ]


_STORAGE: Final = ("KIMCHI", "MEAT_FISH", "VEGETABLE_FRUIT", "RICE_GRAIN", "STORAGE", "FRIDGE", "FREEZER", "OFF")
_KIMCHI_LOCATIONS: Final = ("TOP", "MIDDLE", "BOTTOM")


def _kimchi_profile(_raw: Options) -> Wire:
    number_element = {"locationName": "TOP", "targetTemperature": read_enum("TEMPERATURE_NUMBER")}
    named = [{"locationName": name, "targetTemperature": read_enum(*_STORAGE)} for name in _KIMCHI_LOCATIONS[1:]]
    properties: Wire = {
        "temperature": [number_element, *named],
        "refrigeration": {
            "oneTouchFilter": read_enum("OFF", "ON"),
            "freshAirFilter": read_enum("OFF", "AUTO", "POWER"),
        },
    }
    return {"property": properties, "notification": {"push": ["DOOR_IS_OPEN"]}}


def _kimchi_state(_raw: Options, _rng: random.Random) -> Wire:
    # The profile speaks of TEMPERATURE_NUMBER, the state of the number itself.
    first = ((_KIMCHI_LOCATIONS[0], 3), (_KIMCHI_LOCATIONS[1], "KIMCHI"), (_KIMCHI_LOCATIONS[2], "VEGETABLE_FRUIT"))
    return {
        "temperature": [{"locationName": name, "targetTemperature": target} for name, target in first],
        "refrigeration": {"oneTouchFilter": "OFF", "freshAirFilter": "AUTO"},
    }


class _KimchiMachine(Machine):
    """The panel of a kimchi refrigerator: nothing of it can be written from afar."""

    name = "panel"
    actions: Mapping[str, str] = {
        "set_storage": "choose what a compartment keeps: location (TOP, MIDDLE, BOTTOM), target",
        "open_door": "open a door",
        "close_door": "close the doors",
    }

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Use panel or door; the door is not on the wire, only its alarm."""
        if name == "set_storage":
            location = str(data["location"])
            if location not in _KIMCHI_LOCATIONS:
                raise ValueError(f"no compartment {location!r}")
            self.part.set("temperature.targetTemperature", data["target"], Selector("locationName", location))
        elif name == "open_door":
            self.after("forgotten", 60.0)
        else:
            self.cancel("forgotten")
        return None

    @override
    def wake(self, timer: str) -> None:
        """Call for somebody to close the door."""
        self.push("DOOR_IS_OPEN")
        self.after("forgotten", 180.0)


def _wine_profile(raw: Options) -> Wire:
    properties: Wire = {
        "operation": {
            "lightBrightness": enum("0%", "30%", "60%", "100%"),
            "optimalHumidity": enum("ON", "OFF"),
            "sabbathMode": read_enum("ON", "OFF"),
            "lightStatus": span(0, 100, 10),
        },
        **_temperatures(raw, ("WINE_UPPER", "WINE_MIDDLE", "WINE_LOWER")),
    }
    return {"property": properties, "notification": {"push": ["DOOR_IS_OPEN"]}}


def _wine_state(raw: Options, _rng: random.Random) -> Wire:
    operation = {"lightBrightness": "60%", "optimalHumidity": "ON", "sabbathMode": "OFF", "lightStatus": 60}
    return {"operation": operation, **_temperature_state(raw, ("WINE_UPPER", "WINE_MIDDLE", "WINE_LOWER"))}


class _WineLight(Machine):
    """The cellar light, told twice on the wire: as a word and as a number."""

    name = "light"

    @override
    def apply(self, command: Command) -> None:
        """Keep word and number in step."""
        if command.has("operation.lightBrightness"):
            self.part.set("operation.lightStatus", int(str(command.get("operation.lightBrightness")).rstrip("%")))
        elif command.has("operation.lightStatus"):
            level = command.get("operation.lightStatus")
            nearest = min((0, 30, 60, 100), key=lambda known: abs(known - level))
            self.part.set("operation.lightBrightness", f"{nearest}%")


FAMILIES: Final = (
    Family(
        type="refrigerator",
        device_type="DEVICE_REFRIGERATOR",
        model="M874GBB151",
        profile=_profile,
        state=_state,
        machines=_machines,
        energy=EnergyUse(daily_wh=980, season="warm"),
        options=frozenset({"units", "unit", "convertible"}),
    ),
    Family(
        type="kimchi_refrigerator",
        device_type="DEVICE_KIMCHI_REFRIGERATOR",
        model="Z494MW153",
        profile=_kimchi_profile,
        state=_kimchi_state,
        machines=lambda part, _raw: [_KimchiMachine(part)],
        energy=EnergyUse(daily_wh=620, season="warm"),
    ),
    Family(
        type="wine_cellar",
        device_type="DEVICE_WINE_CELLAR",
        model="W855B",
        profile=_wine_profile,
        state=_wine_state,
        machines=lambda part, _raw: [_CompartmentLink(part), _WineLight(part)],
        energy=EnergyUse(daily_wh=410, season="warm"),
        options=frozenset({"units", "unit"}),
    ),
)
