"""The rows: every kind of home IoT device, its state and its commands."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from . import homeiot_effects as effects
from .homeiot import BOOLEAN, CHOICE, INTEGER, NUMBER, TEXT, Argument, Command, Kind

_FLAG: Final = Argument(type=BOOLEAN)
_TARGET: Final = Argument(type=NUMBER, from_state=("min", "max", "step"))
_ORIGIN: Final = Argument(type=CHOICE, choices=("app", "voice"))

_ROWS: Final[Mapping[str, Kind]] = {
    "light": Kind(
        state={"on": False, "brightness": 100, "colorTempK": 4000},
        commands={
            "set": Command(
                effect=effects.light,
                arguments={
                    "on": _FLAG,
                    "brightness": Argument(type=INTEGER, minimum=1, maximum=100),
                    "colorTempK": Argument(type=INTEGER, minimum=2700, maximum=6500, step=100),
                },
            )
        },
    ),
    "plug": Kind(
        state={"on": True, "powerW": 0.0, "energyWh": 0, "standbyCut": False},
        config={"loadW": 45.0, "standbyW": 1.2},
        commands={
            "set": Command(effect=effects.plug, arguments={"on": Argument(type=BOOLEAN, required=True)}),
            "setStandbyCut": Command(
                effect=effects.standby_cut, arguments={"standbyCut": Argument(type=BOOLEAN, required=True)}
            ),
        },
    ),
    "gas_valve": Kind(
        state={"open": False, "leak": False},
        commands={
            "close": Command(effect=effects.close_gas),
            "open": Command(effect=effects.open_gas, hidden=True),
            "set": Command(
                effect=effects.set_gas, arguments={"open": Argument(type=BOOLEAN, required=True)}, hidden=True
            ),
        },
    ),
    "boiler": Kind(
        state={
            "on": True,
            "mode": "heat",
            "currentC": 21.5,
            "targetC": 22.0,
            "step": 0.5,
            "min": 5,
            "max": 40,
            "perRoom": True,
        },
        commands={
            "set": Command(
                effect=effects.boiler,
                arguments={
                    "on": _FLAG,
                    "mode": Argument(type=CHOICE, choices=("heat", "away", "hotwater", "off")),
                    "targetC": _TARGET,
                },
            )
        },
    ),
    "door_lock": Kind(
        state={"locked": True, "jammed": False, "battery": 82, "lastBy": "auto"},
        config={"pin": "0000", "tries": 5, "lockoutS": 180},
        commands={
            "lock": Command(effect=effects.lock),
            "unlock": Command(
                effect=effects.unlock,
                arguments={"pin": Argument(type=TEXT), "otp": Argument(type=TEXT), "origin": _ORIGIN},
            ),
        },
    ),
    "curtain": Kind(
        state={"position": 100, "moving": "stopped"},
        config={"percentPerSecond": 10},
        moves=True,
        commands={
            "setPosition": Command(
                effect=effects.curtain_to,
                arguments={"position": Argument(type=INTEGER, minimum=0, maximum=100, required=True)},
            ),
            "open": Command(effect=effects.curtain_open),
            "close": Command(effect=effects.curtain_close),
            "stop": Command(effect=effects.curtain_stop),
        },
    ),
    "ventilation": Kind(
        state={"on": False, "speed": "low", "co2": 720},
        commands={
            "set": Command(
                effect=effects.ventilation,
                arguments={"on": _FLAG, "speed": Argument(type=CHOICE, choices=("low", "mid", "high", "auto"))},
            )
        },
    ),
    "motion": Kind(state={"detected": False, "at": None, "battery": 91}),
    "door_sensor": Kind(state={"open": False, "tamper": False, "battery": 88}),
    "air_quality": Kind(
        state={"pm10": 28, "pm25": 14, "co2": 690, "voc": 0.2, "tempC": 24.5, "humidity": 48, "grade": 1}
    ),
    "aircon": Kind(
        state={
            "on": False,
            "mode": "cool",
            "fan": "auto",
            "currentC": 26.5,
            "targetC": 26,
            "step": 1,
            "min": 18,
            "max": 30,
        },
        commands={
            "set": Command(
                effect=effects.aircon,
                arguments={
                    "on": _FLAG,
                    "mode": Argument(type=CHOICE, choices=("cool", "dry", "fan", "auto")),
                    "fan": Argument(type=CHOICE, choices=("low", "mid", "high", "auto")),
                    "targetC": _TARGET,
                },
            )
        },
    ),
    "elevator": Kind(
        state={"floor": "1", "direction": "idle", "arriving": False},
        config={"home": "12", "floors": ["B2", "B1", *(str(floor) for floor in range(1, 19))], "secondsPerFloor": 2},
        moves=True,
        commands={
            "call": Command(
                effect=effects.call_elevator,
                arguments={"direction": Argument(type=CHOICE, choices=("up", "down"), required=True)},
            )
        },
    ),
    "entrance": Kind(
        state={"ringing": False, "lastRingAt": None, "talking": False, "opened": False},
        config={"ringS": 30},
        commands={"open": Command(effect=effects.open_entrance, arguments={"origin": _ORIGIN})},
    ),
    "parking": Kind(state={"text": "", "at": None, "plate": None, "spot": None}),
    "package": Kind(state={"text": "", "at": None, "count": 0}),
    "visitor": Kind(state={"text": "", "at": None}),
}

KINDS: Final[Mapping[str, Kind]] = MappingProxyType(dict(_ROWS))
