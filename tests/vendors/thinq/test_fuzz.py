"""Whatever a cloud sends: nothing raises, and what is sensible beside it is still read."""

from datetime import UTC, datetime
import json
from typing import Any

from hypothesis import given, settings, strategies as st

from custom_components.dongju.model.store import Store
from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.fleet import Fleet
from custom_components.dongju.vendors.thinq.mapping.describe import Identity
from custom_components.dongju.vendors.thinq.messages import decode
from custom_components.dongju.vendors.thinq.profile import parse_profile
from custom_components.dongju.vendors.thinq.state import flatten

from .profiles import device_of, read_words, span, words

_NAMES = st.sampled_from(
    [
        *("temperature", "temperatureInUnits", "unit", "targetTemperature", "currentTemperature", "timer"),
        *("remainHour", "remainMinute", "relativeHourToStop", "relativeStopTimer", "absoluteHourToStart"),
        *("runState", "currentState", "location", "locationName", "switchName", "operation", "washer", "dryer"),
        *("airFlow", "windStrength", "property", "error", "notification", "push", "mode", "type", "value", "r", "w"),
        *("min", "max", "step", "except", "coolTargetTemperature", "doorStatus", "doorState", "odd.name", ""),
    ]
)
_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=True, allow_infinity=True),
    st.sampled_from(["C", "F", "MAIN", "UNSET", "SET", "POWER_ON", "POWER_OFF", "enum", "range", "number", "rw", "r"]),
    st.text(max_size=8),
)
JUNK = st.recursive(
    _SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=5), max_leaves=25
)
_DESCRIPTORS = st.one_of(
    st.just(words("POWER_ON", "POWER_OFF")),
    st.just(read_words("RUNNING", "END", "INITIAL")),
    st.just(span(0, 30)),
    st.fixed_dictionaries(
        {"mode": JUNK, "type": st.sampled_from(["enum", "range", "number", "boolean", "list", "string", "?"])},
        optional={"value": JUNK},
    ),
)
_MEMBERS = st.dictionaries(_NAMES, _DESCRIPTORS | _SCALARS, max_size=5)
_RESOURCES = st.dictionaries(_NAMES, _MEMBERS | st.lists(_MEMBERS, max_size=3) | JUNK, max_size=5)
PROFILES = st.fixed_dictionaries(
    {"property": _RESOURCES | st.lists(_RESOURCES | JUNK, max_size=3) | JUNK},
    optional={"error": JUNK, "notification": JUNK, "extensionProperty": _RESOURCES, "washer": JUNK, "dryer": JUNK},
)
_TYPES = st.sampled_from(["DEVICE_OVEN", "DEVICE_WASHTOWER", "DEVICE_AIR_CONDITIONER", "DEVICE_X", "", "DEVICE_HOOD"])


def make(raw_type: str, profile: Any, *, fahrenheit: bool = False) -> ThinQDevice:
    identity = Identity(vendor_id="id", raw_type=raw_type, model="m", alias="a")
    return ThinQDevice(identity, profile, fahrenheit=fahrenheit, now=lambda: datetime.now(UTC))


@settings(max_examples=400)
@given(raw_type=_TYPES, profile=PROFILES | JUNK, states=st.lists(JUNK, max_size=3), fahrenheit=st.booleans())
def test_no_profile_and_no_state_raises(raw_type: str, profile: Any, states: list[Any], *, fahrenheit: bool) -> None:
    device = make(raw_type, profile, fahrenheit=fahrenheit)
    for number, state in enumerate(states):
        device.take(state, whole=number == 0)
    device.set_fahrenheit(fahrenheit=not fahrenheit)
    device.values()
    device.notify("WASHING_IS_COMPLETE")


@settings(max_examples=300)
@given(profile=PROFILES)
def test_every_property_that_is_read_is_reachable(profile: Any) -> None:
    device = make("DEVICE_X", profile)
    for part, properties in parse_profile(profile).properties.items():
        attributes = device.description.parts[part].attributes.values()
        reached = {source for attribute in attributes for source in attribute.sources}
        assert {prop.source for prop in properties.values()} <= reached


@settings(max_examples=300)
@given(junk=JUNK)
def test_junk_beside_a_value_does_not_hide_it(junk: Any) -> None:
    device = device_of(
        "REFRIGERATOR", {"doorStatus": [{"locationName": "MAIN", "doorState": read_words("OPEN", "CLOSE")}]}
    )
    report = {"doorStatus": [{"locationName": "MAIN", "doorState": "OPEN"}], "junk": junk}
    update = device.take(report, whole=False)
    assert update.values[device.device_id, "", "door"] is True


@settings(max_examples=300)
@given(payload=st.binary(max_size=200) | JUNK.map(lambda junk: json.dumps(junk).encode()))
def test_no_message_raises(payload: bytes) -> None:
    decode(payload)


@settings(max_examples=200)
@given(
    kind=st.sampled_from(
        ["DEVICE_STATUS", "DEVICE_PUSH", "DEVICE_REGISTERED", "DEVICE_ALIAS_CHANGED", "VOICE_COMMAND", "X"]
    ),
    fields=st.dictionaries(
        st.sampled_from(["report", "pushCode", "alias", "utterance", "sessionId", "deviceType", "modelName"]), JUNK
    ),
)
def test_no_message_of_a_known_kind_raises(kind: str, fields: dict[str, Any]) -> None:
    message = {"pushType": kind, "deviceId": "id", **fields}
    decode(json.dumps(message).encode())
    decode(json.dumps({"event": message}).encode())


@settings(max_examples=200)
@given(state=JUNK)
def test_a_fleet_survives_any_state(state: Any) -> None:
    fleet = Fleet(Store(), lambda: 0.0)
    device = device_of("AIR_CONDITIONER", {"operation": {"airConOperationMode": words("POWER_ON", "POWER_OFF")}})
    fleet.add(device)
    with fleet.reading("id") as reading:
        fleet.take_state(reading, state)
    fleet.take_report("id", state)
    assert not fleet.failures
    flatten(state, device.profile)
