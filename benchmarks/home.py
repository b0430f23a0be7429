"""The homes both integrations are given: appliances by type, the same ones in every run.

Pure: imports nothing of Home Assistant and nothing of the simulator, so that every process of the benchmark may use it.
"""

from typing import Any, Final

# What a Korean flat has, in proportion; only types that core's lg_thinq knows, or the two would not have the same work.
_MIX: Final = (
    {"type": "air_conditioner", "wind": "step", "power_on": True},
    {"type": "refrigerator", "convertible": True},
    {"type": "washer", "remote_start": True},
    {"type": "air_purifier", "power_on": True},
    {"type": "kimchi_refrigerator"},
    {"type": "dryer", "remote_start": True},
    {"type": "dish_washer"},
    {"type": "air_conditioner", "heat": True, "power_on": True},
    {"type": "water_purifier"},
    {"type": "robot_cleaner"},
    {"type": "styler"},
    {"type": "dehumidifier", "power_on": True},
    {"type": "microwave_oven"},
    {"type": "washtower", "remote_start": True},
    {"type": "humidifier", "power_on": True},
    {"type": "oven"},
    {"type": "air_purifier_fan", "power_on": True},
    {"type": "hood"},
    {"type": "system_boiler", "power_on": True},
    {"type": "cooktop"},
    {"type": "ceiling_fan", "power_on": True},
    {"type": "stick_cleaner"},
    {"type": "water_heater"},
    {"type": "wine_cellar"},
    {"type": "ventilator", "power_on": True},
    {"type": "plant_cultivator"},
    {"type": "home_brew"},
)

_ROOMS: Final = ("living_room", "kitchen", "master_bedroom", "utility_room", "study", "kids_room")

SEED: Final = 7

MIX_SIZE: Final = len(_MIX)
"""A home of this size has every kind of appliance of the mix."""


def appliances(size: int) -> list[dict[str, Any]]:
    """Return the rows of a home's `thinq` section."""
    return [
        {**_MIX[n % len(_MIX)], "name": f"{_MIX[n % len(_MIX)]['type']} {n}", "room": _ROOMS[n % len(_ROOMS)]}
        for n in range(size)
    ]


def named(kind: str, size: int) -> list[str]:
    """Return the names of the appliances of one type."""
    return [str(row["name"]) for row in appliances(size) if row["type"] == kind]


def door_sensors(size: int) -> list[dict[str, Any]]:
    """Return a home of appliances with few entities each: Home Assistant allows an entry 10,000 of them."""
    return [{"type": "door_sensor", "name": f"door {n}", "room": _ROOMS[n % len(_ROOMS)]} for n in range(size)]
