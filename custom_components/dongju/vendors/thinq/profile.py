"""Reads LG's device profiles: three shapes, many oddities, one flat list of properties.

A property is found by its part (see `Place`) and its path, `resource.name`. Where a profile repeats a property once for
each temperature unit, the path ends in C or F, as refrigerators spell it by themselves; so there is one spelling for
all. What cannot be read is skipped and counted: one broken property never costs the device.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import blake2b
import marshal
import math
import re
from typing import Any, Final
from weakref import WeakValueDictionary

type JsonDict = dict[str, Any]

HALVES: Final = ("washer", "dryer")
"""The sub-profiles of a washtower."""

UNITS: Final = ("C", "F")
_META: Final = frozenset({"error", "notification", "extensionProperty", "property"})
_DEPTH: Final = 4
_MOST_OBSERVED: Final = 40
_WORD: Final = re.compile(r"[A-Z][A-Z0-9_]{0,39}")


class PropertyType(StrEnum):
    """The types a profile declares; `constant` is a bare value."""

    BOOLEAN = "boolean"
    CONSTANT = "constant"
    ENUM = "enum"
    LIST = "list"
    NUMBER = "number"
    RANGE = "range"
    STRING = "string"


class Style(StrEnum):
    """How a place is spelt on the wire.

    device: not at all; located: `{"location": {"locationName": ...}}` beside the resource; element: a member of the
    resource itself, `{"temperatureInUnits": {"locationName": ...}}`.
    """

    DEVICE = "device"
    LOCATED = "located"
    ELEMENT = "element"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a device a property lives: half of a washtower, location within it."""

    half: str = ""
    name: str = ""
    style: Style = Style.DEVICE
    member: str = "locationName"

    @property
    def part(self) -> str:
        """Return the id of the part: empty for the device itself, which LG also calls MAIN."""
        name = "" if self.name == "MAIN" else self.name.lower()
        return "_".join(word for word in (self.half, name) if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Which values are read, or written. `step` counts from `minimum`."""

    options: tuple[Any, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    excluded: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One property of a profile. `unit` is C or F where the profile repeats it for each unit."""

    place: Place
    part: str
    resource: str
    name: str
    type: PropertyType
    readable: bool
    writable: bool
    read: Domain = field(default_factory=Domain)
    write: Domain = field(default_factory=Domain)
    unit: str | None = None
    constant: Any = None

    @property
    def path(self) -> str:
        """Return the path under which the state has it."""
        return f"{self.resource}.{united(self.name, self.unit)}"

    @property
    def source(self) -> str:
        """Return the path as LG writes it."""
        return f"{self.resource}.{self.name}"


@dataclass(frozen=True, slots=True, weakref_slot=True, kw_only=True)
class Profile:
    """A read profile, one for all devices that have the same.

    `properties` by part and path; `notifications` and `errors` by part; `collapsed` maps the id of a device's only
    location to the device itself; `broken` counts what could not be read. `raw` is what was read; `memo` keeps what
    was made of this profile, by whoever made it.
    """

    properties: Mapping[str, Mapping[str, Property]]
    notifications: Mapping[str, tuple[str, ...]]
    errors: Mapping[str, tuple[str, ...]]
    collapsed: Mapping[str, str]
    broken: int = 0
    raw: JsonDict = field(default_factory=dict, compare=False, repr=False)
    memo: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    def part_of(self, place: Place) -> str:
        """Return the part a place of a state report belongs to."""
        if not self.collapsed and not place.half and not place.name:
            return ""
        return self.collapsed.get(place.part, place.part)

    def observing(self, found: tuple[Property, ...]) -> Profile:
        """Return this profile with properties that a state has besides."""
        known: Profile | None = self.memo.get(found)
        if known is None:
            parts = {part: dict(properties) for part, properties in self.properties.items()}
            for prop in found:
                parts[prop.part][prop.path] = prop
            known = self.memo[found] = replace(self, properties=parts)
        return known


def united(name: str, unit: str | None) -> str:
    """Return a property's name with its unit, once."""
    return f"{name}{unit}" if unit and not name.endswith(UNITS) else name


_KNOWN: Final[WeakValueDictionary[bytes, Profile]] = WeakValueDictionary()
"""Profiles in use, by their content: a large home has few models, and one profile in memory for each."""


def parse_profile(raw: Any) -> Profile:
    """Read a profile of any of the three shapes; never raises. The same profile is read once."""
    tree = raw if isinstance(raw, dict) else {}
    try:
        # Version 2 writes equal values alike, whoever else refers to them.
        content = blake2b(marshal.dumps(tree, 2), digest_size=16).digest()
    except ValueError:
        return _Parser().parse(tree)
    if (known := _KNOWN.get(content)) is None:
        known = _KNOWN[content] = _Parser().parse(tree)
    return known


class _Parser:
    """Collects properties; a class only because the count of broken ones accompanies every step."""

    def __init__(self) -> None:
        self._properties: dict[str, dict[str, Property]] = {"": {}}
        self._notifications: dict[str, tuple[str, ...]] = {}
        self._errors: dict[str, tuple[str, ...]] = {}
        self._collapsed: dict[str, str] = {}
        self._broken = 0

    def parse(self, raw: JsonDict) -> Profile:
        halves = [half for half in HALVES if isinstance(raw.get(half), dict)]
        for half in halves:
            self._half(half, raw[half])
        if not halves or "property" in raw:
            self._half("", raw)
        return Profile(
            properties=self._properties,
            notifications=self._notifications,
            errors=self._errors,
            collapsed=self._collapsed,
            broken=self._broken,
            raw=raw,
        )

    def _half(self, half: str, raw: JsonDict) -> None:
        notification = raw.get("notification")
        if codes := _words(notification.get("push") if isinstance(notification, dict) else None):
            self._notifications[half] = codes
        if codes := _words(raw.get("error")):
            self._errors[half] = codes
        # LG's commercial devices have their resources at the top.
        tree = raw.get("property", {key: value for key, value in raw.items() if key not in _META and key not in HALVES})
        if isinstance(tree, list):
            self._located(half, tree)
        elif isinstance(tree, dict):
            self._resources(Place(half=half), tree)
        elif tree is not None:
            self._broken += 1
        if isinstance(extension := raw.get("extensionProperty"), dict):
            self._resources(Place(half=half), extension)

    def _located(self, half: str, tree: list[Any]) -> None:
        places: list[tuple[Place, JsonDict]] = []
        for element in tree:
            if not isinstance(element, dict):
                self._broken += 1
                continue
            name = location_name(element)
            places.append((Place(half=half, name=name, style=Style.LOCATED if name else Style.DEVICE), element))
        if len({place.name for place, _ in places}) == 1 and places[0][0].part != half:
            self._collapsed[places[0][0].part] = half
        for place, element in places:
            self._resources(place, {key: value for key, value in element.items() if key != "location"})

    def _resources(self, place: Place, tree: JsonDict) -> None:
        for resource, value in tree.items():
            if isinstance(value, dict):
                self._members(place, resource, value, None)
            elif isinstance(value, list):
                self._elements(place, resource, value)
            else:
                self._broken += 1

    def _elements(self, place: Place, resource: str, elements: list[Any]) -> None:
        """Read a resource that is repeated for each unit, or for each place."""
        for element in elements:
            if not isinstance(element, dict):
                self._broken += 1
                continue
            here, skip = element_place(place, element), set()
            if here is not place:
                skip.add(here.member)
            unit = element.get("unit")
            if unit in UNITS:
                skip.add("unit")
            members = {key: value for key, value in element.items() if key not in skip}
            self._members(here, resource, members, unit if unit in UNITS else None)

    def _members(self, place: Place, resource: str, members: JsonDict, unit: str | None) -> None:
        for name, descriptor in _flat(members):
            part = self._collapsed.get(place.part, place.part)
            found = parse_property(place, part, resource, name, descriptor, unit)
            if found is None:
                self._broken += 1
                continue
            self._properties.setdefault(part, {})[found.path] = found


def location_name(element: JsonDict) -> str:
    """Return the `location.locationName` of an element of a located list, or an empty string."""
    location = element.get("location")
    name = location.get("locationName") if isinstance(location, dict) else None
    return name if isinstance(name, str) else ""


def element_place(place: Place, element: JsonDict) -> Place:
    """Return the place an element of a resource's list names (`locationName`, `switchName`), else the given one."""
    for member, name in element.items():
        if member.endswith("Name") and isinstance(name, str):
            return Place(half=place.half, name=name, style=Style.ELEMENT, member=member)
    return place


def parse_property(
    place: Place, part: str, resource: str, name: str, descriptor: Any, unit: str | None
) -> Property | None:
    """Read one descriptor; None when there is no sense in it."""
    if isinstance(descriptor, str | bool | int | float):
        return Property(
            place=place,
            part=part,
            resource=resource,
            name=name,
            type=PropertyType.CONSTANT,
            readable=True,
            writable=False,
            read=Domain(options=(descriptor,)),
            unit=unit,
            constant=descriptor,
        )
    if not isinstance(descriptor, dict):
        return None
    mode, value = descriptor.get("mode"), descriptor.get("value")
    modes = set(mode) if isinstance(mode, str) else set(_words(mode))
    try:
        kind = PropertyType(str(descriptor.get("type")))
    except ValueError:
        return None
    if not modes & {"r", "w"}:
        return None
    values = value if isinstance(value, dict) else {}
    if values.keys() & {"min", "max", "step"}:
        values = {"r": values, "w": values}
    elif isinstance(value, list):
        values = {"r": value, "w": value}
    return Property(
        place=place,
        part=part,
        resource=resource,
        name=name,
        type=kind,
        readable="r" in modes,
        writable="w" in modes,
        read=_domain(values.get("r", values.get("w"))),
        write=_domain(values.get("w", values.get("r"))),
        unit=unit,
    )


def _domain(raw: Any) -> Domain:
    if isinstance(raw, list):
        return Domain(options=tuple(item for item in raw if isinstance(item, str | bool | int | float)))
    if not isinstance(raw, dict):
        return Domain()
    minimum, maximum, step = (_number(raw.get(key)) for key in ("min", "max", "step"))
    if minimum is not None and maximum is not None and minimum > maximum:
        minimum, maximum = maximum, minimum
    excluded = raw.get("except")
    return Domain(
        minimum=minimum,
        maximum=maximum,
        step=step if step and step > 0 else None,
        excluded=tuple(number for item in excluded if (number := _number(item)) is not None)
        if isinstance(excluded, list)
        else (),
    )


def observe(state: Mapping[tuple[str, str], Any], profile: Profile) -> list[Property]:
    """Return read-only properties for what a state has and its profile has not.

    Timer flags, units and the other spellings of temperatures belong to properties that are known.
    """
    found: list[Property] = []
    for (part, path), value in state.items():
        resource, _, name = path.partition(".")
        known = profile.properties.get(part)
        if known is None or path in known or not name or name.endswith("Timer") or name == "unit":
            continue
        kind = _observed_type(value)
        if kind is None or "emperature" in name or len(found) >= _MOST_OBSERVED:
            continue
        options = (value,) if kind is PropertyType.ENUM else ()
        found.append(
            Property(
                place=Place(),
                part=part,
                resource=resource,
                name=name,
                type=kind,
                readable=True,
                writable=False,
                read=Domain(options=options),
            )
        )
    return found


def _observed_type(value: Any) -> PropertyType | None:
    """Return the type a value seems to be of, None for what is no plain value."""
    if isinstance(value, bool):
        return PropertyType.BOOLEAN
    if isinstance(value, int | float):
        return PropertyType.NUMBER
    if isinstance(value, str):
        return PropertyType.ENUM if _WORD.fullmatch(value) else PropertyType.STRING
    return None


def _flat(members: JsonDict, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield descriptors; a member that is no descriptor itself may hold some."""
    for name, value in members.items():
        if isinstance(value, dict) and not value.keys() & {"type", "mode"} and depth < _DEPTH:
            yield from _flat(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", value


def _words(raw: Any) -> tuple[str, ...]:
    """Return the strings of a list, each once."""
    items: Iterable[Any] = raw if isinstance(raw, list) else ()
    return tuple(dict.fromkeys(item for item in items if isinstance(item, str)))


def _number(raw: Any) -> float | None:
    number = isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)
    return raw if number else None
