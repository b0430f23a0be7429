# ruff: noqa: E501 - tables of words read best one row to a line
"""What each kind of device can be asked by voice, and the limits that hold when the home names none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """`decoders` name what may be set, in order; `verbs` map concepts to actions; `modes` and `levels` what may be chosen."""

    decoders: tuple[str, ...] = ()
    verbs: Mapping[str, str]
    modes: frozenset[str] = frozenset()
    up: str = ""  # the decoder that a bare "up" or "down" means
    default_action: str = ""  # what "do" means, where the noun is an activity ("빨래 해줘")


_POWER: Final = {
    "on": "turn_on",
    "play_on": "turn_on",
    "off": "turn_off",
    "start": "turn_on",
    "run": "turn_on",
    "stop": "turn_off",
}
_CYCLE: Final = {
    "on": "start", "play_on": "start", "start": "start", "run": "start", "wash": "start", "wash_dishes": "start", "make_dry": "start", "clean": "start",
    "air_out": "start", "resume": "resume", "pause": "pause", "stop": "stop", "off": "turn_off", "cancel": "turn_off", "louder": "",
}  # fmt: skip
_COVER: Final = {
    "open": "open",
    "close": "close",
    "up": "open",
    "down": "close",
    "stop": "stop",
    "pause": "stop",
    "unlock": "open",
}
_VALVE: Final = {"close": "close", "lock": "close", "off": "close", "stop": "close"}
_LOCK: Final = {"lock": "lock", "close": "lock"}
_MEDIA: Final = {
    "on": "turn_on", "play_on": "turn_on", "off": "turn_off", "run": "turn_on", "start": "turn_on", "show": "turn_on", "stop": "media_pause", "pause": "media_pause",
    "resume": "media_resume", "play": "media_resume", "mute": "mute", "unmute": "unmute",
}  # fmt: skip
_AIR: Final = {**_POWER, "pause": "pause", "resume": "resume", "ventilate": "turn_on", "make_dry": "turn_on"}
_ROBOT: Final = {
    "on": "start", "play_on": "start", "start": "start", "run": "start", "clean": "start", "resume": "resume", "pause": "pause", "stop": "stop", "off": "turn_off",
    "dock": "dock", "cancel": "stop",
}  # fmt: skip

_AC_MODES: Final = frozenset({"auto", "cool", "heat", "dry", "fan_only", "eco", "sleep", "power_cool"})
_AIR_MODES: Final = frozenset({"auto", "sleep", "eco", "dry"})

PROFILES: Final[Mapping[str, Profile]] = {
    "fridge": Profile(decoders=("express", "temperature"), verbs={}, up="temperature"),
    "freezer": Profile(decoders=("express", "temperature"), verbs={}, up="temperature"),
    "kimchi_fridge": Profile(decoders=("temperature",), verbs={}, up="temperature"),
    "wine_cellar": Profile(decoders=("temperature",), verbs={}, up="temperature"),
    "compartment": Profile(decoders=("temperature",), verbs={}, up="temperature"),
    "washer": Profile(decoders=("course",), verbs=_CYCLE, default_action="start"),
    "dryer": Profile(decoders=("course",), verbs=_CYCLE, default_action="start"),
    "styler": Profile(decoders=("course",), verbs=_CYCLE, default_action="start"),
    "dishwasher": Profile(decoders=("course",), verbs=_CYCLE, default_action="start"),
    "oven": Profile(decoders=("preheat",), verbs={**_CYCLE, "make_dry": ""}),
    "dehumidifier": Profile(decoders=("humidity", "level", "mode"), verbs=_AIR, modes=_AIR_MODES, up="humidity"),
    "humidifier": Profile(decoders=("humidity", "level", "mode"), verbs=_AIR, modes=_AIR_MODES, up="humidity"),
    "fan": Profile(decoders=("level", "mode"), verbs=_AIR, modes=_AIR_MODES, up="level"),
    "ventilation": Profile(decoders=("level", "mode"), verbs=_AIR, modes=_AIR_MODES, up="level", default_action="turn_on"),
    "air_purifier": Profile(decoders=("level", "mode"), verbs=_AIR, modes=_AIR_MODES, up="level"),
    "robot_cleaner": Profile(decoders=("level",), verbs=_ROBOT, default_action="start"),
    "boiler": Profile(
        decoders=("mode", "temperature"), verbs=_AIR, modes=frozenset({"auto", "away", "sleep", "hot_water", "eco", "heat"}), up="temperature", default_action="turn_on"
    ),
    "water_heater": Profile(decoders=("mode", "temperature"), verbs=_POWER, modes=frozenset({"auto", "eco", "away"}), up="temperature"),
    # "Open the light" is what people say whose language has one word for both.
    "light": Profile(decoders=("color", "brightness"), verbs={**_POWER, "open": "turn_on", "close": "turn_off"}, up="brightness"),
    "outlet": Profile(verbs={**_POWER, "up": "turn_on", "down": "turn_off"}),
    "curtain": Profile(decoders=("position",), verbs=_COVER),
    "blind": Profile(decoders=("position",), verbs=_COVER),
    "elevator": Profile(verbs=dict.fromkeys(("summon", "call", "tell", "up", "down", "come"), "call")),
    "parking": Profile(verbs={}),
    "package": Profile(verbs={}),
    "visitor": Profile(verbs={}),
    "gas_valve": Profile(verbs=_VALVE),
    "door_lock": Profile(verbs=_LOCK),
    "tv": Profile(decoders=("volume", "channel", "input", "app"), verbs=_MEDIA, up="volume"),
    "speaker": Profile(decoders=("volume",), verbs=_MEDIA, up="volume"),
    "air_conditioner": Profile(decoders=("mode", "level", "temperature"), verbs=_AIR, modes=_AC_MODES, up="temperature"),
}  # fmt: skip
GENERIC: Final = Profile(verbs={**_POWER, "pause": "pause", "resume": "resume"})

# Never by voice, whatever the words around.
UNSAFE: Final[Mapping[str, frozenset[str]]] = {
    "gas_valve": frozenset(
        {"on", "play_on", "open", "unlock", "up", "louder", "start", "run", "preheat", "is_open", "is_on", "find"}
    ),
    "door_lock": frozenset(
        {"open", "unlock", "off", "on", "start", "run", "up", "play_on", "cancel", "is_open", "is_off"}
    ),
    "garage_door": frozenset({"open", "unlock", "up", "on", "run", "start", "down", "off", "is_open"}),
    "security": frozenset({"off", "unlock", "stop", "cancel", "down", "open", "pause", "is_off"}),
    "door": frozenset({"open", "unlock", "is_open"}),
    "cooktop": frozenset({"on", "play_on", "start", "run", "up", "preheat", "louder"}),
}

# What is switched off together by "다 꺼줘": nothing that works for itself (heating, machines, what a socket feeds).
SWITCHED_TOGETHER: Final = (
    "light",
    "tv",
    "air_conditioner",
    "fan",
    "air_purifier",
    "humidifier",
    "dehumidifier",
    "ventilation",
)
# Whole-house devices: a single one serves every room.
CYCLE_KINDS: Final = frozenset({"washer", "dryer", "styler", "dishwasher"})
COURSE_OWNERS: Final[Mapping[str, str]] = {
    "suit": "styler", "uniform": "styler", "fine_dust": "styler", "intensive": "dishwasher", "bedding": "washer", "wool": "washer", "delicate": "washer",
    "towel": "washer", "baby": "washer", "rinse_spin": "washer", "tub_clean": "washer",
}  # fmt: skip
# Whose work a verb is: a machine asked to do another's ("세탁기 청소해줘") is asked for something it cannot do.
WORK: Final[Mapping[str, frozenset[str]]] = {
    "clean": frozenset({"robot_cleaner"}),
    "wash": frozenset({"washer"}),
    "wash_dishes": frozenset({"dishwasher"}),
    "make_dry": frozenset({"dryer", "dehumidifier", "fan", "styler"}),
    "ventilate": frozenset({"ventilation", "air_purifier", "fan", "hood"}),
}
# The machine that does a work nobody is named for: "설거지 다 되면 알려줘".
WORKERS: Final[Mapping[str, tuple[str, ...]]] = {
    "clean": ("robot_cleaner",),
    "wash": ("washer",),
    "wash_dishes": ("dishwasher",),
    "make_dry": ("dryer",),
}
COOKING: Final = frozenset({"oven", "microwave", "cooktop"})
OPENED_BY_HAND: Final = frozenset(
    {"fridge", "freezer", "kimchi_fridge", "wine_cellar", "washer", "dryer", "oven", "dishwasher", "styler"}
)
PERCENT: Final = (0.0, 100.0)
CHANNELS: Final = (1.0, 999.0)
