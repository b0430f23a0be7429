"""What a frame can be aimed at, and which voice kind a device or an entity is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from homeassistant.const import Platform

from ..model.vocabulary import Attr, DeviceType


@dataclass(frozen=True, slots=True)
class OwnTarget:
    """A device of ours: commands go through its account's bus. `parts` are tried in this order."""

    entry_id: str
    device_id: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityTarget:
    """An entity that is driven through Home Assistant's actions."""

    entity_id: str


type Target = OwnTarget | EntityTarget

OWN_KINDS: Final[Mapping[DeviceType, str]] = {
    DeviceType.AIR_CONDITIONER: "air_conditioner",
    DeviceType.AIR_PURIFIER: "air_purifier",
    DeviceType.AIR_PURIFIER_FAN: "air_purifier",
    DeviceType.BOILER: "boiler",
    DeviceType.CEILING_FAN: "fan",
    DeviceType.COOKTOP: "cooktop",
    DeviceType.CURTAIN: "curtain",
    DeviceType.DEHUMIDIFIER: "dehumidifier",
    DeviceType.DISH_WASHER: "dishwasher",
    DeviceType.DOOR_LOCK: "door_lock",
    DeviceType.DRYER: "dryer",
    DeviceType.ELEVATOR: "elevator",
    DeviceType.ENTRANCE: "door",
    DeviceType.GAS_VALVE: "gas_valve",
    DeviceType.HOOD: "hood",
    DeviceType.HUMIDIFIER: "humidifier",
    DeviceType.KIMCHI_REFRIGERATOR: "kimchi_fridge",
    DeviceType.LIGHT: "light",
    DeviceType.LIGHT_SWITCH: "light",
    DeviceType.MICROWAVE_OVEN: "microwave",
    DeviceType.OVEN: "oven",
    DeviceType.OVEN_CAVITY: "oven",
    DeviceType.PLUG: "outlet",
    DeviceType.REFRIGERATOR: "fridge",
    DeviceType.ROBOT_CLEANER: "robot_cleaner",
    DeviceType.SET_TOP_BOX: "tv",
    DeviceType.SPEAKER: "speaker",
    DeviceType.STYLER: "styler",
    DeviceType.SYSTEM_BOILER: "boiler",
    DeviceType.TELEVISION: "tv",
    DeviceType.VENTILATOR: "ventilation",
    DeviceType.WASHER: "washer",
    DeviceType.WATER_HEATER: "water_heater",
    DeviceType.WATER_PURIFIER: "water_purifier",
    DeviceType.WINE_CELLAR: "wine_cellar",
    DeviceType.CONTACT_SENSOR: "door",
    DeviceType.AIR_QUALITY_SENSOR: "air_quality_sensor",
}

NOTICE_KINDS: Final[Mapping[str, str]] = {Attr.PARKING: "parking", Attr.PACKAGE: "package", Attr.VISITOR: "visitor"}
"""What a notice board tells of: where the car stands, what has come, who was at the door."""

NAMED_KINDS: Final[Mapping[DeviceType, Mapping[str, str]]] = {
    DeviceType.CONTACT_SENSOR: {"창": "window", "window": "window"},
    DeviceType.CURTAIN: {"블라인드": "blind", "blind": "blind"},
}
"""What a vendor calls alike and only a person's name for it tells apart."""

MEDIA_TYPES: Final = frozenset({DeviceType.SET_TOP_BOX, DeviceType.SPEAKER})
"""Devices of ours that voice drives through their media player: channels by name, music by search."""

ENTITY_KINDS: Final[Mapping[str, str]] = {
    Platform.CLIMATE: "air_conditioner",
    Platform.COVER: "curtain",
    Platform.FAN: "fan",
    Platform.HUMIDIFIER: "humidifier",
    Platform.LIGHT: "light",
    Platform.LOCK: "door_lock",
    Platform.MEDIA_PLAYER: "speaker",
    Platform.SWITCH: "outlet",
    Platform.VACUUM: "robot_cleaner",
    Platform.VALVE: "valve",
    Platform.WATER_HEATER: "water_heater",
    "input_boolean": "outlet",
}

ENTITY_CLASS_KINDS: Final[Mapping[tuple[str, str], str]] = {
    (Platform.BINARY_SENSOR, "door"): "door",
    (Platform.BINARY_SENSOR, "garage_door"): "garage_door",
    (Platform.BINARY_SENSOR, "opening"): "door",
    (Platform.BINARY_SENSOR, "window"): "window",
    (Platform.COVER, "blind"): "blind",
    (Platform.COVER, "shade"): "blind",
    (Platform.COVER, "shutter"): "blind",
    (Platform.COVER, "garage"): "garage_door",
    (Platform.COVER, "gate"): "door",
    (Platform.COVER, "door"): "door",
    (Platform.COVER, "window"): "window",
    (Platform.HUMIDIFIER, "dehumidifier"): "dehumidifier",
    (Platform.MEDIA_PLAYER, "tv"): "tv",
    (Platform.MEDIA_PLAYER, "receiver"): "tv",
    (Platform.VALVE, "gas"): "gas_valve",
}

SCENE_DOMAINS: Final = frozenset({Platform.SCENE, "script"})
"""What does whatever its owner put into it: by voice only what was allowed one by one in the hub's options."""
