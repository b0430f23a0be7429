"""Where LG's appliances do not behave as their profile reads, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ...model.vocabulary import Attr, DeviceType
from .mapping.row import Reader, Write
from .profile import UNITS, Profile, Property


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """Properties that go out together: writing one of `paths` sends the others as last reported."""

    types: frozenset[DeviceType]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A property that must go along with any of `paths`, with a fixed value where the profile takes it."""

    types: frozenset[DeviceType]
    paths: tuple[str, ...]
    starter: str
    value: str


COMPANIONS: Final = (
    # Lamp and fan of a hood are one command to its controller: the one left out is switched off.
    Companions(
        types=frozenset({DeviceType.HOOD, DeviceType.MICROWAVE_OVEN}),
        paths=("ventilation.fanSpeed", "lamp.lampBrightness"),
    ),
    # A cooking zone takes its power and its time together.
    Companions(
        types=frozenset({DeviceType.COOKTOP, DeviceType.COOKING_ZONE}),
        paths=("power.powerLevel", "timer.remainHour", "timer.remainMinute"),
    ),
    # The two targets of automatic changeover are one range.
    Companions(
        types=frozenset({DeviceType.AIR_CONDITIONER}),
        paths=("twoSetTemperatureInUnits.heatTargetTemperature", "twoSetTemperatureInUnits.coolTargetTemperature"),
    ),
    Companions(
        types=frozenset({DeviceType.AIR_CONDITIONER}),
        paths=("twoSetTemperature.heatTargetTemperature", "twoSetTemperature.coolTargetTemperature"),
    ),
)

STARTERS: Final = (
    # An oven takes a cooking mode, temperature or time only as part of a start.
    Starter(
        types=frozenset({DeviceType.OVEN, DeviceType.OVEN_CAVITY}),
        paths=("cook.cookMode", "temperature.targetTemperature", "timer.targetHour", "timer.targetMinute"),
        starter="operation.ovenOperationMode",
        value="START",
    ),
)

ONE_BODY: Final = frozenset({DeviceType.OVEN, DeviceType.OVEN_CAVITY, DeviceType.COOKTOP, DeviceType.COOKING_ZONE})
"""Types whose values of one wish belong into one control body; the others are reported to take one thing at a time."""

EXCLUSIVE: Final[dict[str, str]] = {Attr.FAN_SPEED: Attr.FAN_SPEED_DETAIL}
"""Never send both: the finer one says what the coarser one would undo."""


def with_companions(
    writes: Iterable[Write], types: frozenset[DeviceType], part: str, profile: Profile, reader: Reader
) -> tuple[Write, ...]:
    """Return writes with what has to go along; what was never reported cannot."""
    asked = {write.property.path: write for write in writes}
    result = dict(asked)
    properties = profile.properties.get(part, {})
    for write in asked.values():
        for rule in COMPANIONS:
            if rule.types & types and write.property.source in rule.paths:
                for path in rule.paths:
                    _add(result, path, write, properties, reader)
    for starter in STARTERS:
        prop = properties.get(starter.starter)
        if (
            starter.types & types
            and prop is not None
            and prop.path not in result
            and starter.value in prop.write.options
            and any(write.property.source in starter.paths for write in asked.values())
        ):
            result[prop.path] = Write(property=prop, value=starter.value)
    return tuple(result.values())


def _add(
    result: dict[str, Write], path: str, beside: Write, properties: Mapping[str, Property], reader: Reader
) -> None:
    """Add a companion in the unit of the write it accompanies."""
    letter = beside.property.unit if beside.property.unit in UNITS else ""
    prop = properties.get(f"{path}{letter}")
    if prop is None or prop.path in result or not prop.writable:
        return
    value: Any = reader.get(prop.path)
    if value is not None:
        result[prop.path] = Write(property=prop, value=value, unit=beside.unit)
