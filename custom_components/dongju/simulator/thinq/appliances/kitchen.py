"""Water purifier, home brewing and plant cultivator."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, Final, override

from ..energy import EnergyUse
from ..machine import Machine
from ..part import Part
from ..profile import Wire, read_enum, read_span
from .family import Family, Options

_DAY: Final = 86400.0


def _purifier_profile(_raw: Options) -> Wire:
    waters = {"mode": ["r"], "type": "list", "value": {"r": ["COLD", "NORMAL", "HOT", "SODA"]}}
    properties: Wire = {
        "runState": {
            "cockState": read_enum("CLEANING", "NORMAL"),
            "sterilizingState": read_enum("ON", "OFF", "CANCEL"),
        },
        "waterInfo": {"waterType": waters},
    }
    return {"property": properties}


def _purifier_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"cockState": "NORMAL", "sterilizingState": "OFF"},
        "waterInfo": {"waterType": ["COLD", "NORMAL", "HOT"]},
    }


class _PurifierMachine(Machine):
    """The daily care of a water purifier: cock and pipes clean themselves at night."""

    name = "care"
    actions: Mapping[str, str] = {"sterilize": "start the cleaning by hand", "cancel": "stop the cleaning"}

    @override
    def begin(self) -> None:
        """Wait for the night."""
        self._wait_for_night()

    @override
    def wake(self, timer: str) -> None:
        """Begin or end."""
        if timer == "night":
            self._wait_for_night()
            self._clean()
        else:
            self.part.update({"runState.cockState": "NORMAL", "runState.sterilizingState": "OFF"})

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Begin or stop by hand."""
        if name == "sterilize":
            self._clean()
        else:
            self.part.update({"runState.cockState": "NORMAL", "runState.sterilizingState": "CANCEL"})
            self.after("end", 60.0)
        return None

    def _clean(self) -> None:
        self.part.update({"runState.cockState": "CLEANING", "runState.sterilizingState": "ON"})
        self.after("end", 600.0)

    def _wait_for_night(self) -> None:
        now = self.host.clock.now()
        due = now.replace(hour=3, minute=0, second=0, microsecond=0)
        self.after("night", (due - now).total_seconds() % _DAY or _DAY)


# State of a brewing -> days in it.
_BREWING: Final = (
    ("PREPAREING_FERMENTATION", 1),
    ("DURING_FERMENTATION", 6),
    ("TEMPERATURE_STABILIZATION", 1),
    ("CARBONATION", 3),
    ("DURING_AGING", 7),
)
_BREWING_DAYS: Final = sum(days for _, days in _BREWING)
# Recipe -> wort, yeast, hop oils, flavours.
_RECIPES: Final[Mapping[str, tuple[str, str, tuple[str, ...], tuple[str, ...]]]] = {
    "PALE_ALE": ("DEEP_GOLD", "AMERICAN_ALE", ("CASCADE", "CHINOOK"), ("ORANGE",)),
    "IPA": ("HOPPY", "AMERICAN_ALE", ("CITRUSSY", "CHINOOK"), ("ORANGE",)),
    "STOUT": ("DARK", "ENGLISH_ALE", ("FUGGLES", "GOLDINGS"), ("CORIANDER_SEED",)),
    "WHEAT": ("WHEAT", "WEIZEN", ("HALLERTAU",), ("CORIANDER", "ORANGE")),
    "PILSNER": ("DEEP_GOLD", "LAGER", ("HALLERTAU",), ()),
    "RED_ALE": ("DARK", "ENGLISH_ALE", ("CASCADE", "FUGGLES"), ()),
}
_HOPS: Final = ("FUGGLES", "CASCADE", "HALLERTAU", "CITRUSSY", "GOLDINGS", "CHINOOK")
_FLAVORS: Final = ("ORANGE", "CORIANDER", "CORIANDER_SEED")


def _read_list(*members: str) -> Wire:
    return {"mode": ["r"], "type": "list", "value": {"r": list(members)}}


def _brew_profile(_raw: Options) -> Wire:
    properties: Wire = {
        "runState": {
            "currentState": read_enum(
                "STANDBY",
                *(state for state, _ in _BREWING),
                "EXTRACTION_MODE",
                "EXTRACTING_CAPSULE",
                "MELTING",
                "AS_POP_UP",
            )
        },
        "recipe": {
            "recipeName": read_enum(*_RECIPES, "MY_RECIPE"),
            "beerRemain": read_span(0, 100),
            "wortInfo": read_enum("DARK", "HOPPY", "WHEAT", "DEEP_GOLD"),
            "yeastInfo": read_enum("ENGLISH_ALE", "AMERICAN_ALE", "LAGER", "WEIZEN"),
            "hopOilInfo": _read_list(*_HOPS),
            "hopOilCapsule1": read_enum(*_HOPS),
            "hopOilCapsule2": read_enum(*_HOPS),
            "flavorInfo": _read_list(*_FLAVORS),
            "flavorCapsule1": read_enum("ORANGE", "CORIANDER"),
            "flavorCapsule2": read_enum("ORANGE", "CORIANDER_SEED"),
        },
        "timer": {"elapsedDayState": read_span(0, 2731), "elapsedDayTotal": read_span(0, 2731)},
    }
    return {"property": properties}


def _recipe(name: str) -> Wire:
    """Return what a recipe puts on the wire."""
    wort, yeast, hops, flavors = _RECIPES[name]
    return {
        "recipeName": name,
        "wortInfo": wort,
        "yeastInfo": yeast,
        "hopOilInfo": list(hops),
        "hopOilCapsule1": hops[0],
        "hopOilCapsule2": hops[-1],
        "flavorInfo": list(flavors),
        "flavorCapsule1": next((flavor for flavor in flavors if flavor != "CORIANDER_SEED"), None),
        "flavorCapsule2": next((flavor for flavor in flavors if flavor != "CORIANDER"), None),
    }


def _brew_state(_raw: Options, _rng: random.Random) -> Wire:
    return {
        "runState": {"currentState": "EXTRACTION_MODE"},
        "recipe": {**_recipe("PALE_ALE"), "beerRemain": 64},
        "timer": {"elapsedDayState": 4, "elapsedDayTotal": _BREWING_DAYS + 4},
    }


class _BrewMachine(Machine):
    """Beer in the making, by the day."""

    name = "brewing"
    actions: Mapping[str, str] = {
        "start_brewing": f"begin a brew: recipe ({', '.join(_RECIPES)})",
        "draw_beer": "fill a glass: percent (default 8)",
    }

    @override
    def begin(self) -> None:
        """Count the days of the beer that is there."""
        self.after("day", _DAY * self.host.rng.uniform(0.2, 1.0))

    @override
    def wake(self, timer: str) -> None:
        """Let a day pass."""
        if self.part.get("runState.currentState") == "STANDBY":
            return
        total = int(self.part.get("timer.elapsedDayTotal") or 0) + 1
        passed = 0
        state, since = "EXTRACTION_MODE", total - _BREWING_DAYS
        for name, days in _BREWING:
            if total < passed + days:
                state, since = name, total - passed
                break
            passed += days
        if state == "EXTRACTION_MODE" and self.part.get("runState.currentState") != state:
            self.part.set("recipe.beerRemain", 100)
        self.part.update(
            {"runState.currentState": state, "timer.elapsedDayTotal": total, "timer.elapsedDayState": since}
        )
        self.after("day", _DAY)

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Begin a brew or have a glass."""
        if name == "start_brewing":
            recipe = str(data.get("recipe", "PALE_ALE"))
            if recipe not in _RECIPES:
                raise ValueError(f"unknown recipe {recipe!r}")
            self.part.update({f"recipe.{key}": value for key, value in _recipe(recipe).items()})
            self.part.update({"recipe.beerRemain": 0, "runState.currentState": _BREWING[0][0]})
            self.part.update({"timer.elapsedDayTotal": 0, "timer.elapsedDayState": 0})
            self.after("day", _DAY)
            return None
        if self.part.get("runState.currentState") != "EXTRACTION_MODE":
            raise ValueError("there is no beer to draw yet")
        left = max(0, int(self.part.get("recipe.beerRemain")) - int(data.get("percent", 8)))
        self.part.set("recipe.beerRemain", left)
        if not left:
            self.part.set("runState.currentState", "STANDBY")
            self.cancel("day")
        return {"left": left}


_GROWTH: Final = ("STANDARD", "EXT_HERB", "EXT_LEAF", "EXT_FLOWER", "EXT_EXPERT")
_SHELVES: Final = ("UPPER", "LOWER")


def _plant_profile(_raw: Options) -> Wire:
    shelves = [
        {
            "location": {"locationName": shelf},
            "runState": {
                "currentState": read_enum("POWER_ON", "POWER_OFF"),
                "growthMode": read_enum(*_GROWTH),
                "windVolume": read_span(1, 3),
            },
            "light": {
                "brightness": read_span(1, 5),
                "duration": read_span(10, 18),
                "startHour": read_span(0, 23),
                "startMinute": read_span(0, 50, 10),
                "endHour": read_span(0, 23),
                "endMinute": read_span(0, 50, 10),
            },
            "temperature": {
                "dayTargetTemperature": read_span(22, 29),
                "nightTargetTemperature": read_span(15, 21),
                "temperatureState": read_enum("LOW", "NORMAL", "HIGH"),
            },
        }
        for shelf in _SHELVES
    ]
    return {"property": shelves}


def _plant_state(_raw: Options, _rng: random.Random) -> list[Any]:
    rows = (("UPPER", "EXT_HERB", 4, 14, 6), ("LOWER", "EXT_LEAF", 5, 16, 5))
    return [
        {
            "location": {"locationName": shelf},
            "runState": {"currentState": "POWER_ON", "growthMode": growth, "windVolume": 2},
            "light": {
                "brightness": brightness,
                "duration": duration,
                "startHour": start,
                "startMinute": 0,
                "endHour": start + duration,
                "endMinute": 0,
            },
            "temperature": {
                "dayTargetTemperature": 24,
                "nightTargetTemperature": 18,
                "temperatureState": "NORMAL",
            },
        }
        for shelf, growth, brightness, duration, start in rows
    ]


class _ShelfMachine(Machine):
    """A shelf of plants; everything is set at its panel."""

    name = "shelf"
    actions: Mapping[str, str] = {
        "press_power": "press the power button: part?",
        "set_growth_mode": f"choose a programme at the panel: mode ({', '.join(_GROWTH)}), part?",
        "open_door": "open the door and let the warmth out: part?",
    }

    @override
    def wake(self, timer: str) -> None:
        """Be warm again."""
        self.part.set("temperature.temperatureState", "NORMAL")

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Use the panel."""
        match name:
            case "press_power":
                on = self.part.get("runState.currentState") == "POWER_ON"
                self.part.set("runState.currentState", "POWER_OFF" if on else "POWER_ON")
            case "set_growth_mode":
                mode = str(data["mode"])
                if mode not in _GROWTH:
                    raise ValueError(f"unknown programme {mode!r}")
                self.part.set("runState.growthMode", mode)
            case _:
                self.part.set("temperature.temperatureState", "LOW")
                self.after("warm", 900.0)
        return None


def _shelf(part: Part, _raw: Options) -> Sequence[Machine]:
    return [_ShelfMachine(part)]


FAMILIES: Final = (
    Family(
        type="water_purifier",
        device_type="DEVICE_WATER_PURIFIER",
        model="WD523ASB",
        profile=_purifier_profile,
        state=_purifier_state,
        machines=lambda part, _raw: [_PurifierMachine(part)],
        energy=EnergyUse(daily_wh=520),
    ),
    Family(
        type="home_brew",
        device_type="DEVICE_HOME_BREW",
        model="BB053S",
        profile=_brew_profile,
        state=_brew_state,
        machines=lambda part, _raw: [_BrewMachine(part)],
    ),
    Family(
        type="plant_cultivator",
        device_type="DEVICE_PLANT_CULTIVATOR",
        model="L061G",
        profile=_plant_profile,
        state=_plant_state,
        machines=_shelf,
    ),
)
