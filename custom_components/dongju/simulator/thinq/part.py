"""Parts of an appliance: the state behind one profile, and the wire shapes they come in.

A plain appliance has one part. A washer has one per `location`, a washtower one per half
("washer", "dryer"). All parts keep their values inside one wire tree, which is the `state`
the cloud serves; what a part changes is collected and becomes a partial report.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .profile import SELECTORS, Wire, check_written, domain_of, is_readable, is_writable
from .refusal import ControlRefused, Refusal

type WireState = dict[str, Any] | list[Any]


class Selector(NamedTuple):
    """Which element of a list-shaped resource: unit C, location FRIDGE, switch SWITCH_1."""

    key: str
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One property to be written; `path` is "resource.property"."""

    path: str
    value: Any
    selector: Selector | None = None


@dataclass(kw_only=True, slots=True)
class Command:
    """The accepted writes for one part; behaviour takes what it handles itself."""

    part: Part
    changes: list[Change]
    taken: set[str] = field(default_factory=set)
    # The appliance did not hear it: nobody carries it out.
    lost: bool = False

    def has(self, path: str) -> bool:
        """Tell whether a property is written."""
        return any(change.path == path for change in self.changes)

    def get(self, path: str) -> Any:
        """Return the written value, or None."""
        return next((change.value for change in self.changes if change.path == path), None)

    def take(self, path: str) -> Any:
        """Return the written value and keep it from being stored as it is."""
        self.taken.add(path)
        return self.get(path)

    def rest(self) -> Iterator[Change]:
        """Iterate over what no behaviour has taken."""
        return (change for change in self.changes if change.path not in self.taken)


class Part:
    """Values of one profile, addressed as "resource.property"."""

    def __init__(
        self,
        properties: Wire,
        state: Wire,
        *,
        half: str | None = None,
        location: str | None = None,
        listed: bool = False,
        notifications: tuple[str, ...] = (),
        errors: tuple[str, ...] = (),
    ) -> None:
        """Wrap a profile's `property` object and the tree node with its values."""
        self.properties: Final = properties
        self.state: Final = state
        self.half: Final = half
        self.location: Final = location
        self.listed: Final = listed
        self.notifications: Final = notifications
        self.errors: Final = errors
        self._changed: dict[str, dict[Selector | None, set[str]]] = {}

    @property
    def key(self) -> str:
        """Return what tells this part from the others of its appliance."""
        return "/".join(name for name in (self.half, self.location) if name)

    def descriptor(self, path: str, selector: Selector | None = None) -> Any:
        """Return what the profile says about a property, or None."""
        resource, _, name = path.partition(".")
        schema = self.properties.get(resource)
        if isinstance(schema, list):
            schema = next((item for item in schema if _matches(item, selector)), None)
        return schema.get(name) if isinstance(schema, Mapping) else None

    def has(self, path: str) -> bool:
        """Tell whether the profile knows a property (in any element of its resource)."""
        resource, _, name = path.partition(".")
        schema = self.properties.get(resource)
        elements = schema if isinstance(schema, list) else [schema]
        return any(isinstance(item, Mapping) and name in item for item in elements)

    def members(self, path: str, access: str = "r") -> list[Any]:
        """Return the members of an enum, empty when it is none."""
        descriptor = self.descriptor(path)
        values = domain_of(descriptor, access) if isinstance(descriptor, Mapping) else None
        return list(values) if isinstance(values, list) else []

    def get(self, path: str, selector: Selector | None = None) -> Any:
        """Return a value of the state, or None."""
        resource, _, name = path.partition(".")
        node = self.state.get(resource)
        if not name:
            return node
        if isinstance(node, list):
            node = next((item for item in node if _matches(item, selector)), None)
        return node.get(name) if isinstance(node, Mapping) else None

    def set(self, path: str, value: Any, selector: Selector | None = None, *, force: bool = False) -> None:
        """Store a value; it is reported when it differs, or when forced."""
        if not force and self.get(path, selector) == value:
            return
        resource, _, name = path.partition(".")
        if not name:
            self.state[resource] = value
        else:
            self._element(resource, selector)[name] = value
        self._changed.setdefault(resource, {}).setdefault(selector, set()).add(name)

    def update(self, values: Mapping[str, Any]) -> None:
        """Store several values by path."""
        for path, value in values.items():
            self.set(path, value)

    def store(self, change: Change) -> None:
        """Store a written value as it is, if it is one that can be read."""
        descriptor = self.descriptor(change.path, change.selector)
        if is_readable(descriptor) or self.get(change.path, change.selector) is not None:
            self.set(change.path, change.value, change.selector, force=True)

    def take_report(self) -> Wire | None:
        """Return what changed since the last call as a partial state, or None."""
        if not self._changed:
            return None
        changed, self._changed = self._changed, {}
        report: Wire = {"location": {"locationName": self.location}} if self.location else {}
        for resource, elements in changed.items():
            node = self.state.get(resource)
            if isinstance(node, list):
                # An element is reported whole: half an element is of no use without its unit.
                report[resource] = [
                    dict(item)
                    for item in node
                    if isinstance(item, Mapping) and any(_matches(item, selector) for selector in elements)
                ]
            elif isinstance(node, Mapping):
                names = set().union(*elements.values())
                report[resource] = {name: value for name, value in node.items() if name in names}
            else:
                report[resource] = node
        return report

    def parse(self, body: Mapping[str, Any]) -> list[Change]:
        """Check the resources of a control body; raise ControlRefused."""
        changes: list[Change] = []
        for resource, values in body.items():
            schema = self.properties.get(resource)
            if not isinstance(schema, Mapping | list):
                raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, f"unknown resource {resource}")
            if not isinstance(values, Mapping) or not values:
                raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, f"{resource} must be an object")
            changes += _parse_resource(resource, schema, values)
        return changes

    def _element(self, resource: str, selector: Selector | None) -> Wire:
        node = self.state.get(resource)
        if isinstance(node, list):
            for item in node:
                if isinstance(item, dict) and _matches(item, selector):
                    return item
            fresh: Wire = {selector.key: selector.value} if selector else {}
            node.append(fresh)
            return fresh
        if not isinstance(node, dict):
            node = self.state[resource] = {}
        return node


def _matches(element: object, selector: Selector | None) -> bool:
    return isinstance(element, Mapping) and (selector is None or element.get(selector.key) == selector.value)


def _parse_resource(resource: str, schema: Mapping[str, Any] | list[Any], values: Mapping[str, Any]) -> list[Change]:
    """Check the properties written to one resource."""
    selector = _selector(schema, values)
    if isinstance(schema, list):
        elements = [item for item in schema if isinstance(item, Mapping)]
        keys = {key for item in elements for key in SELECTORS if isinstance(item.get(key), str)}
        if keys and (selector is None or selector.key not in keys):
            raise ControlRefused(Refusal.MISSING_PARAMETERS, f"{resource} needs {' or '.join(sorted(keys))}")
        found = next((item for item in elements if _matches(item, selector)), None)
        if found is None:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{resource} has no {selector}")
        schema = found
    changes = []
    for name, value in values.items():
        if selector is not None and name in SELECTORS and _is_selecting(name, schema, values):
            _check_selecting(f"{resource}.{name}", schema.get(name), value)
            continue
        if name not in schema:
            raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, f"unknown property {resource}.{name}")
        check_written(f"{resource}.{name}", schema[name], value)
        changes.append(Change(path=f"{resource}.{name}", value=value, selector=selector))
    if not changes:
        raise ControlRefused(Refusal.MISSING_PARAMETERS, f"{resource} names nothing to write")
    return changes


def _selector(schema: Mapping[str, Any] | list[Any], values: Mapping[str, Any]) -> Selector | None:
    """Find the key of a body that picks an element."""
    elements = schema if isinstance(schema, list) else [schema]
    # A key the profile gives as a bare string tells elements apart; it wins over a described one.
    for bare in (True, False):
        for key in SELECTORS:
            known = any(isinstance(item, Mapping) and isinstance(item.get(key), str) == bare for item in elements)
            if known and isinstance(values.get(key), str):
                return Selector(key, values[key])
    return None


def _is_selecting(name: str, schema: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Tell a selector from a property of the same name that is meant to be written."""
    others = [key for key in values if key not in SELECTORS]
    return bool(others) or not is_writable(schema.get(name))


def _check_selecting(name: str, descriptor: object, value: object) -> None:
    if isinstance(descriptor, str) and descriptor != value:
        raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{name} is {descriptor}")
    if isinstance(descriptor, Mapping):
        allowed = domain_of(descriptor, "r")
        if isinstance(allowed, list) and value not in allowed:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{name} does not take {value!r}")


class PartTree:
    """All parts of an appliance over one wire state."""

    def __init__(self, profile: Wire, state: WireState) -> None:
        """Find the parts of a profile of any shape; never raise on an odd one."""
        self.state: Final = state
        self._halves: Final = _halves(profile)
        # Extras of a located appliance that belong to no location.
        self._extras: Final[dict[str | None, Part]] = {}
        self.parts: Final[list[Part]] = []
        if not self._halves:
            self._add(profile, state, None)
        for half in self._halves:
            node = state.setdefault(half, {}) if isinstance(state, dict) else {}
            self._add(profile[half], node, half)

    @property
    def extras(self) -> list[Part]:
        """Return what belongs to an appliance as a whole, beside its located parts."""
        return list(self._extras.values())

    def parse(self, body: object) -> list[Command]:
        """Turn a control body into accepted writes; raise ControlRefused."""
        if not isinstance(body, Mapping) or not body:
            raise ControlRefused(Refusal.MISSING_PARAMETERS, "the body is no object or empty")
        if not self._halves:
            return self._parse_half(None, body)
        commands = []
        for half, inner in body.items():
            if half not in self._halves or not isinstance(inner, Mapping) or not inner:
                raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, f"unknown part {half}")
            commands += self._parse_half(half, inner)
        return commands

    def take_reports(self) -> list[WireState]:
        """Return the partial states of all that changed; one report per half."""
        reports: list[WireState] = []
        halves: list[str | None] = [*self._halves] if self._halves else [None]
        for half in halves:
            listed: list[Wire] = []
            for part in [*(part for part in self.parts if part.half == half), *self._extra(half)]:
                report = part.take_report()
                if report is None:
                    continue
                if part.listed:
                    listed.append(report)
                else:
                    reports.append({half: report} if half else report)
            if listed:
                reports.append({half: listed} if half else listed)
        return reports

    def _extra(self, half: str | None) -> list[Part]:
        return [self._extras[half]] if half in self._extras else []

    def _add(self, profile: Wire, node: Any, half: str | None) -> None:
        notification = profile.get("notification")
        common: dict[str, Any] = {
            "half": half,
            "notifications": _strings(notification.get("push") if isinstance(notification, Mapping) else None),
            "errors": _strings(profile.get("error")),
        }
        listed = isinstance(node, list)
        properties = profile.get("property")
        if isinstance(properties, list):
            for element in properties:
                if not isinstance(element, dict):
                    continue
                location = _location(element)
                own = {name: value for name, value in element.items() if name != "location"}
                state = _located_node(node, location)
                self.parts.append(Part(own, state, location=location, listed=listed, **common))
        else:
            own = properties if isinstance(properties, dict) else {}
            self.parts.append(Part(own, node if isinstance(node, dict) else {}, **common))
        extension = profile.get("extensionProperty")
        if isinstance(extension, dict):
            self._extras[half] = Part(extension, node if isinstance(node, dict) else {}, **common)

    def _parse_half(self, half: str | None, body: Mapping[str, Any]) -> list[Command]:
        extra = self._extras.get(half)
        loose = {key for key in body if extra and key in extra.properties}
        parts = [part for part in self.parts if part.half == half]
        commands = []
        part: Part | None
        if any(part.location for part in parts):
            part = self._located(parts, body, needed=bool(set(body) - loose))
            inner = {key: value for key, value in body.items() if key != "location"}
            if part is not None:
                loose = {key for key in loose if key not in part.properties}
        else:
            part, inner = (parts[0] if parts else None), dict(body)
            loose = {key for key in loose if part is None or key not in part.properties}
        own = {key: value for key, value in inner.items() if key not in loose}
        if part is not None and own:
            commands.append(Command(part=part, changes=part.parse(own)))
        if extra and loose:
            changes = extra.parse({key: value for key, value in inner.items() if key in loose})
            commands.append(Command(part=extra, changes=changes))
        if not commands:
            raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, "the body names nothing to write")
        return commands

    def _located(self, parts: list[Part], body: Mapping[str, Any], *, needed: bool) -> Part | None:
        location = body.get("location")
        name = location.get("locationName") if isinstance(location, Mapping) else None
        if name is None and not needed:
            return None
        if name is None:
            raise ControlRefused(Refusal.MISSING_PARAMETERS, "location.locationName is missing")
        found = next((part for part in parts if part.location == name), None)
        if found is None:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"there is no location {name!r}")
        return found


def _halves(profile: Wire) -> list[str]:
    if "property" in profile:
        return []
    return [key for key, value in profile.items() if isinstance(value, dict) and "property" in value]


def _location(element: Mapping[str, Any]) -> str | None:
    location = element.get("location")
    name = location.get("locationName") if isinstance(location, Mapping) else None
    return name if isinstance(name, str) else None


def _located_node(node: Any, location: str | None) -> Wire:
    """Return the part of the state that belongs to a location, making it when absent."""
    if isinstance(node, dict):
        return node
    if not isinstance(node, list):
        return {}
    for item in node:
        if isinstance(item, dict) and _location(item) == location:
            return item
    fresh: Wire = {"location": {"locationName": location}} if location else {}
    node.append(fresh)
    return fresh


def _strings(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()
