"""LG's device types and locations, as the hub's."""

from typing import Final

from ....model.vocabulary import DeviceType

_DEVICE_TYPES: Final = {
    "WASHTOWER_WASHER": DeviceType.WASHER,
    "WASHTOWER_DRYER": DeviceType.DRYER,
    "WASHCOMBO_MAIN": DeviceType.WASHER,
    "WASHCOMBO_MINI": DeviceType.WASHER,
    "VENTILATION": DeviceType.VENTILATOR,
    "IDU": DeviceType.AIR_CONDITIONER,
    "TV": DeviceType.TELEVISION,
    "SIGNAGE": DeviceType.TELEVISION,
    "DOOR_SENSOR": DeviceType.CONTACT_SENSOR,
    "PUSH_PULL_DOOR_LOCK": DeviceType.DOOR_LOCK,
    "PLUG_MINI": DeviceType.PLUG,
    "SMART_PLUG": DeviceType.PLUG,
    "SWITCH_STRIP": DeviceType.PLUG,
    "BULB": DeviceType.LIGHT,
    "SMART_BULB": DeviceType.LIGHT,
    "BULB_WHITE": DeviceType.LIGHT,
    "BULB_COLOR": DeviceType.LIGHT,
    "LINE_LED": DeviceType.LIGHT,
    "CURTAIN_CTRL": DeviceType.CURTAIN,
    "BLIND_MOTOR": DeviceType.CURTAIN,
    "TEMPERATURE_HUMIDITY_SENSOR": DeviceType.AIR_QUALITY_SENSOR,
    "THERMO_HYGROMETER": DeviceType.AIR_QUALITY_SENSOR,
}
"""LG's type without its DEVICE_ and HEJ_ (home IoT); types that have the hub's own name are left out."""

_PREFIXES: Final = ("DEVICE_", "HEJ_", "IOT_")

_PART_TYPES: Final = {
    DeviceType.COOKTOP: DeviceType.COOKING_ZONE,
    DeviceType.OVEN: DeviceType.OVEN_CAVITY,
    DeviceType.LIGHT_SWITCH: DeviceType.LIGHT_SWITCH,
    DeviceType.PLUG: DeviceType.PLUG,
    DeviceType.WASHER: DeviceType.WASHER,
    DeviceType.DRYER: DeviceType.DRYER,
}
"""What the locations of a device are; compartments unless said otherwise."""

PART_NAMES: Final = frozenset(
    {
        *("washer", "dryer", "mini"),
        *("fridge", "freezer", "convertible"),
        *("top", "middle", "bottom", "left", "right", "single"),
        *("oven", "upper", "lower"),
        *("wine_upper", "wine_middle", "wine_lower"),
        *("center", "center_front", "center_rear", "left_front", "left_rear", "right_front", "right_rear"),
        *(f"burner_{number}" for number in range(1, 9)),
        *("induction_1", "induction_2", "sousvide_1"),
        *("switch_1", "switch_2", "switch_3", "switch_4", "switch_usb"),
    }
)
"""Ids of parts with a translated name."""


def device_type(raw: str) -> DeviceType:
    """Return the hub's type for LG's; UNKNOWN for one nobody has heard of."""
    name = raw
    for prefix in _PREFIXES:
        name = name.removeprefix(prefix)
    if found := _DEVICE_TYPES.get(name):
        return found
    try:
        return DeviceType(name.lower())
    except ValueError:
        return DeviceType.UNKNOWN


def part_type(device: DeviceType, part: str) -> DeviceType:
    """Return what a part of a device is."""
    if not part:
        return device
    if device is DeviceType.WASHTOWER:
        return DeviceType.DRYER if part.startswith("dryer") else DeviceType.WASHER
    return _PART_TYPES.get(device, DeviceType.COMPARTMENT)
