"""A virtual appliance on a clock moved by hand, with everything it says written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
import random
from typing import Any, Self

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.thinq.appliance import Appliance, ControlRefused, create_appliance


@dataclass
class Living:
    """An appliance with its clock, reports and notifications."""

    appliance: Appliance
    clock: ManualClock = field(default_factory=ManualClock)
    reports: list[Any] = field(default_factory=list)
    pushes: list[str] = field(default_factory=list)

    @classmethod
    def make(cls, kind: str, *, seed: int = 0, **options: Any) -> Self:
        """Create and start an appliance of a type."""
        raw = {"type": kind, "name": f"test {kind}", **options}
        return cls(create_appliance(raw, random.Random(f"{seed}/{kind}"))).start(seed)

    def start(self, seed: int = 0) -> Self:
        self.appliance.on_report = lambda _appliance, report: self.reports.append(report)
        self.appliance.on_push = lambda _appliance, code: self.pushes.append(code)
        self.appliance.start(self.clock, random.Random(seed))
        return self

    def send(self, body: Mapping[str, Any]) -> None:
        """Send a command and wait until the appliance has confirmed it."""
        self.appliance.control(body)
        self.clock.advance(2)

    def refused(self, body: Any) -> str | None:
        """Return the code a command is refused with, None when it is accepted."""
        try:
            self.appliance.control(body)
        except ControlRefused as refusal:
            return refusal.code
        return None

    def do(self, name: str, **data: Any) -> dict[str, Any]:
        return self.appliance.action(name, data)

    def minutes(self, count: float) -> None:
        self.clock.advance(count * 60)

    def get(self, path: str, part: int = 0, **selector: str) -> Any:
        """Return a value from the served state by resource.property."""
        node: Any = self.appliance.state
        if isinstance(node, list):
            node = node[part]
        for key in path.split("."):
            if isinstance(node, list):
                node = next(item for item in node if all(item[name] == value for name, value in selector.items()))
            node = node.get(key)
        return node

    def states(self) -> list[str]:
        """Return the run states reported so far, in order."""
        found = []
        for report in self.reports:
            for element in report if isinstance(report, list) else [report]:
                state = element.get("runState", {}).get("currentState")
                if state is not None:
                    found.append(state)
        return found


@dataclass(frozen=True)
class Writable:
    """One property that can be written: the way to it, what it takes, and the body that writes it."""

    path: str
    descriptor: dict[str, Any]
    wrap: dict[str, Any]
    half: str | None = None
    index: int = 0

    def body(self, value: Any) -> dict[str, Any]:
        resource, name = self.path.split(".")
        selector = {key: word for key, word in self.wrap.items() if key != "location"}
        body: dict[str, Any] = {resource: {**selector, name: value}}
        if "location" in self.wrap:
            body["location"] = {"locationName": self.wrap["location"]}
        return {self.half: body} if self.half else body

    def allowed(self) -> list[Any]:
        return allowed_values(self.descriptor)

    def served(self, state: Any) -> Any:
        """Return the value now served for the property."""
        node = state[self.half] if self.half else state
        if isinstance(node, list):
            node = node[self.index] if "location" in self.wrap else {}
        resource, name = self.path.split(".")
        node = node.get(resource)
        if isinstance(node, list):
            keys = {key: word for key, word in self.wrap.items() if key != "location"}
            node = next(item for item in node if all(item.get(key) == word for key, word in keys.items()))
        return node.get(name) if isinstance(node, dict) else None


def allowed_values(descriptor: Mapping[str, Any]) -> list[Any]:
    """Return some values a profile allows writing, from one end of the domain to the other."""
    domain = (descriptor.get("value") or {}).get("w")
    if isinstance(domain, list):
        return domain
    if isinstance(domain, dict):
        step = domain.get("step") or 1
        count = round((domain["max"] - domain["min"]) / step)
        values = [domain["min"] + step * index for index in range(count + 1)]
        return [value for value in values if value not in (domain.get("except") or [])]
    return [1, 2]


def writables(profile: Mapping[str, Any]) -> Iterator[Writable]:
    """Iterate over everything a profile of any shape allows writing."""
    if "property" not in profile:
        for half, inner in profile.items():
            if isinstance(inner, dict) and "property" in inner:
                for found in writables(inner):
                    yield Writable(found.path, found.descriptor, found.wrap, half, found.index)
        return
    properties = profile["property"]
    if isinstance(properties, list):
        for index, element in enumerate(properties):
            wrap = {"location": element["location"]["locationName"]}
            for found in _in_resources(element):
                yield Writable(found.path, found.descriptor, {**wrap, **found.wrap}, None, index)
    else:
        yield from _in_resources(properties)
    yield from _in_resources(profile.get("extensionProperty", {}))


def _in_resources(resources: Mapping[str, Any]) -> Iterator[Writable]:
    for resource, schema in resources.items():
        for element in schema if isinstance(schema, list) else [schema]:
            keys = ("locationName", "unit", "switchName")
            selector = {key: element[key] for key in keys if isinstance(element.get(key), str)}
            if isinstance(schema, dict):
                selector = {}
            for name, descriptor in element.items():
                if isinstance(descriptor, dict) and "w" in descriptor.get("mode", ()):
                    yield Writable(f"{resource}.{name}", descriptor, selector)
