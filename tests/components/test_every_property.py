"""Nothing of a profile is lost: every property LG declares is reachable in Home Assistant."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.dongju.discovery import discover
from custom_components.dongju.model.device import MAIN
from custom_components.dongju.platforms import ROWS
from custom_components.dongju.vendors.thinq.mapping.describe import Identity, describe
from custom_components.dongju.vendors.thinq.profile import parse_profile

from .appliances import Described, all_appliances

type Declared = tuple[frozenset[str], str]
"""The ids a part may have, and the property as LG writes it."""

HALVES = ("washer", "dryer")
TOP = {"notification", "error", "extensionProperty"}


def declared(profile: dict[str, Any]) -> Iterator[Declared]:
    """Yield everything a profile declares, read with no help from the product."""
    for half in HALVES:
        if half in profile:
            yield from declared_half(profile[half], half)
    if "property" in profile:
        yield from declared_half(profile, MAIN)


def declared_half(profile: dict[str, Any], half: str) -> Iterator[Declared]:
    tree = profile["property"]
    elements = tree if isinstance(tree, list) else [tree]
    for element in elements:
        place = element.get("location", {}).get("locationName", "")
        alone = place == "MAIN" or len(elements) == 1
        for resource, members in element.items():
            if resource != "location":
                yield from declared_resource(resource, members, ids(half, place, alone=alone))
    for resource, members in profile.get("extensionProperty", {}).items():
        yield from declared_resource(resource, members, ids(half, ""))
    if profile.get("notification", {}).get("push"):
        yield ids(half, ""), "notification.push"
    if profile.get("error"):
        yield ids(half, ""), "error"


def declared_resource(resource: str, members: Any, parts: frozenset[str]) -> Iterator[Declared]:
    if isinstance(members, list):
        for member in members:
            names = [value for key, value in member.items() if key.endswith("Name") and isinstance(value, str)]
            here = frozenset("" if name == "MAIN" else name.lower() for name in names) if names else parts
            kept = {
                key: value
                for key, value in member.items()
                if not (key.endswith("Name") and isinstance(value, str)) and not (key == "unit" and value in ("C", "F"))
            }
            yield from declared_resource(resource, kept, here)
        return
    for name, descriptor in members.items():
        if isinstance(descriptor, dict) and not descriptor.keys() & {"type", "mode"}:
            yield from declared_resource(f"{resource}.{name}", descriptor, parts)
            continue
        yield parts, f"{resource}.{name}"


def ids(half: str, place: str, *, alone: bool = False) -> frozenset[str]:
    """Return the ids the part of a place may have; what stands alone may be the device itself."""
    own = "_".join(word for word in (half, place.lower()) if word)
    return frozenset({own, half} if alone else {own})


@pytest.mark.parametrize("appliance", all_appliances(), ids=str)
def test_every_property_is_reachable(appliance: Described) -> None:
    reachable = {
        (found.part.id, source)
        for found in appliance.entities
        for key in found.attributes
        for source in found.part.attributes[key].sources
    }
    wanted = list(declared(appliance.profile))
    assert wanted
    lost = [
        (sorted(parts), source) for parts, source in wanted if not any((part, source) in reachable for part in parts)
    ]
    assert lost == []


WORDS = st.lists(st.sampled_from(["ON", "OFF", "LOW", "HIGH", "POWER_ON", "RUN", "A"]), max_size=4, unique=True)
DESCRIPTORS = st.one_of(
    st.fixed_dictionaries({"type": st.just("boolean"), "mode": st.sampled_from([["r"], ["w"], ["r", "w"], "rw"])}),
    st.fixed_dictionaries({"type": st.just("number"), "mode": st.sampled_from([["r"], ["r", "w"]])}),
    st.fixed_dictionaries({"type": st.just("string"), "mode": st.sampled_from([["r"], ["r", "w"]])}),
    st.builds(
        lambda words, kind: {"type": kind, "mode": ["r"], "value": {"r": words}},
        WORDS,
        st.sampled_from(["enum", "list"]),
    ),
    st.builds(
        lambda words: {"type": "enum", "mode": ["r", "w"], "value": {"r": words, "w": words[:2]}},
        WORDS.filter(bool),
    ),
    st.builds(
        lambda low, width: {"type": "range", "mode": ["r", "w"], "value": {"r": {"min": low, "max": low + width}}},
        st.integers(-20, 20),
        st.integers(0, 50),
    ),
)
NAMES = st.sampled_from(
    ["currentState", "targetTemperature", "windStrength", "newThing", "remainHour", "unit", "level"]
)
RESOURCES = st.sampled_from(["runState", "temperature", "airFlow", "timer", "newResource", "battery", "operation"])
TYPES = st.sampled_from(["DEVICE_WASHER", "DEVICE_AIR_CONDITIONER", "DEVICE_REFRIGERATOR", "DEVICE_OVEN", "DEVICE_NEW"])


@given(st.dictionaries(RESOURCES, st.dictionaries(NAMES, DESCRIPTORS, min_size=1), min_size=1), TYPES)
def test_no_property_of_an_unheard_of_profile_is_lost(tree: dict[str, Any], raw_type: str) -> None:
    profile = {"property": tree}
    identity = Identity(vendor_id="1", raw_type=raw_type, model="NEW", alias="새 기기")
    device = describe(identity, parse_profile(profile), {}, fahrenheit=False).device
    reachable = {
        source
        for found in discover(device, ROWS)
        for key in found.attributes
        for source in found.part.attributes[key].sources
    }
    assert {source for _, source in declared(profile)} - reachable == set()
