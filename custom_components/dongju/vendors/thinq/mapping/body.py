"""From values to write to the bodies of control calls."""

from collections.abc import Iterable
from typing import Any

from ..profile import JsonDict, Style
from .row import Write


def control_body(writes: Iterable[Write]) -> JsonDict:
    """Return one control body for writes to one part: `{resource: {property: value}}`, with half, location and unit."""
    root: JsonDict = {}
    for write in writes:
        prop = write.property
        place = prop.place
        target: JsonDict = root.setdefault(place.half, {}) if place.half else root
        if place.style is Style.LOCATED:
            target["location"] = {place.member: place.name}
        resource: JsonDict = target.setdefault(prop.resource, {})
        if place.style is Style.ELEMENT:
            resource[place.member] = place.name
        if unit := prop.unit or write.unit:
            resource["unit"] = unit
        _put(resource, prop.name, write.value)
    return root


def _put(resource: JsonDict, name: str, value: Any) -> None:
    """Set a member, which may be nested."""
    *path, last = name.split(".")
    for member in path:
        resource = resource.setdefault(member, {})
    resource[last] = value
