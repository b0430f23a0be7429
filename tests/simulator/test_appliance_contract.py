"""What every virtual appliance keeps to, whatever its type."""

import json
import random
from typing import Any

from hypothesis import HealthCheck, given, settings, strategies as st
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import load_home
from custom_components.dongju.simulator.thinq.appliance import ControlRefused, create_appliance
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from tests.simulator.living import Living, Writable, writables

# The same type in another build, where the build changes what can be written.
VARIANTS: dict[str, tuple[str, dict[str, Any]]] = {kind: (kind, {}) for kind in FAMILIES} | {
    "air_conditioner heat": ("air_conditioner", {"heat": True, "two_set": True, "air_quality": True, "wind": "step"}),
    "air_conditioner fahrenheit": ("air_conditioner", {"unit": "F", "odd_fahrenheit": True, "wind": "detail"}),
    "refrigerator fahrenheit": ("refrigerator", {"units": "F"}),
    "refrigerator convertible": ("refrigerator", {"convertible": True, "unit": "F"}),
    "oven cookable": ("oven", {"cookable": True, "double": True}),
    "oven fahrenheit": ("oven", {"cookable": True, "unit": "F"}),
    "washer object": ("washer", {"list_state": False, "stop_timer": True}),
    "water_heater plain": ("water_heater", {"units": False}),
    "light_switch three": ("light_switch", {"switches": 3}),
}

# What to do to an appliance before everything can be written: actions, then commands.
READY: dict[str, list[tuple[str, dict[str, Any]]]] = {
    **{
        kind: [("press_power", {}), ("press_remote_start", {})]
        for kind in (
            "washer",
            "washtower_washer",
            "washcombo_main",
            "washcombo_mini",
            "dryer",
            "washtower_dryer",
            "styler",
        )
    },
    "dish_washer": [("press_power", {}), ("press_remote_start", {})],
    "washtower": [
        (button, {"part": part}) for part in ("washer", "dryer") for button in ("press_power", "press_remote_start")
    ],
    "oven": [(name, {"part": part}) for part in ("UPPER", "LOWER") for name in ("press_remote_start", "start_cooking")],
    "cooktop": [
        (name, {"part": zone, "level": 5})
        for zone in ("LEFT_FRONT", "LEFT_REAR", "RIGHT_FRONT")
        for name in ("press_remote", "turn_knob")
    ],
    **{
        kind: [("press_power", {})]
        for kind in (
            "air_conditioner",
            "air_purifier_fan",
            "ceiling_fan",
            "dehumidifier",
            "humidifier",
            "system_boiler",
        )
    },
}

# Mode a property asks for, when the first one will not do: path -> command.
MODES: dict[str, dict[str, Any]] = {
    "temperature.heatTargetTemperature": {"airConJobMode": {"currentJobMode": "HEAT"}},
    "temperature.autoTargetTemperature": {"airConJobMode": {"currentJobMode": "AUTO"}},
    "temperatureInUnits.heatTargetTemperature": {"airConJobMode": {"currentJobMode": "HEAT"}},
    "temperatureInUnits.autoTargetTemperature": {"airConJobMode": {"currentJobMode": "AUTO"}},
    "twoSetTemperature.twoSetEnabled": {"airConJobMode": {"currentJobMode": "AUTO"}},
    "twoSetTemperatureInUnits.heatTargetTemperature": {"airConJobMode": {"currentJobMode": "AUTO"}},
    "twoSetTemperatureInUnits.coolTargetTemperature": {"airConJobMode": {"currentJobMode": "AUTO"}},
    "airFlow.windTemperature": {"airFlow": {"warmMode": "WARM_ON"}},
    "roomTemperatureInUnits.airCoolTargetTemperature": {"boilerJobMode": {"currentJobMode": "COOL"}},
    "roomTemperatureInUnits.waterCoolTargetTemperature": {"boilerJobMode": {"currentJobMode": "COOL"}},
}

# Written, but never read back under the same name: what happens instead is tested by type.
ACTS = {
    "operation.washerOperationMode",
    "operation.dryerOperationMode",
    "operation.stylerOperationMode",
    "operation.dishWasherOperationMode",
    "operation.ovenOperationMode",
    "operation.operationMode",
    "operation.cleanOperationMode",
    "operation.airCleanOperationMode",
    # Delays start to count down at once, or are shown as the time left.
    "timer.relativeHourToStart",
    "timer.relativeHourToStop",
}


def ready(variant: str) -> Living:
    kind, options = VARIANTS[variant]
    living = Living.make(kind, **options)
    for action, data in READY.get(kind, []):
        if data.get("part") == "LOWER" and not options.get("double"):
            continue
        living.do(action, **data)
    return living


def write(variant: str, item: Writable, value: Any) -> Living:
    living = ready(variant)
    if item.path.startswith("roomTemperatureInUnits.water"):
        living.do("set_room_mode", mode="WATER")
    if item.path in MODES:
        living.send(MODES[item.path])
    living.reports.clear()
    living.send(item.body(value))
    return living


def plain_writables(variant: str) -> list[Writable]:
    profile = ready(variant).appliance.profile
    return [item for item in writables(profile) if item.path not in ACTS]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_writable_property_is_taken_and_reported(variant: str) -> None:
    for item in plain_writables(variant):
        values = item.allowed()
        for value in {repr(value): value for value in (values[0], values[len(values) // 2], values[-1])}.values():
            living = write(variant, item, value)
            assert living.reports, (item, value)
            served = item.served(living.appliance.state)
            resource, name = item.path.split(".")
            if value == "UNSET":
                assert served == "UNSET"
            elif "argetTemperature" in name:
                # A target by mode is written only; the target that is read follows it.
                target = Writable(f"{resource}.targetTemperature", {}, item.wrap, item.half, item.index)
                served = target.served(living.appliance.state) if served is None else served
                # One model takes any degree and adjusts it to one it knows.
                assert abs(served - value) <= ("odd_fahrenheit" in VARIANTS[variant][1]), (item, value)
            else:
                assert served == value, (item, value)
            assert any(resource in json.dumps(report) for report in living.reports)


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_the_profile_forbids_is_refused(variant: str) -> None:
    living = ready(variant)
    assert living.refused({}) == "1101"
    assert living.refused([]) == "1101"
    assert living.refused({"nonsense": {"currentState": 1}}) in {"1101", "2207"}
    for item in writables(living.appliance.profile):
        resource, _ = item.path.split(".")
        body = item.body(item.allowed()[0])
        inner = body[item.half] if item.half else body
        inner[resource]["nonsense"] = 1
        assert living.refused(body) == "2207", item
        assert living.refused(item.body({"no": "value"})) == "1102", item
        if item.descriptor["type"] in {"enum", "boolean", "range"}:
            for wrong in ("NONSENSE", -12345, 0.123, None):
                assert living.refused(item.body(wrong)) == "1102", (item, wrong)


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_can_only_be_read_cannot_be_written(variant: str) -> None:
    living = ready(variant)
    for part in living.appliance.parts:
        for resource, schema in part.properties.items():
            for element in schema if isinstance(schema, list) else [schema]:
                for name, descriptor in element.items():
                    if isinstance(descriptor, dict) and "w" not in descriptor["mode"]:
                        keys = ("locationName", "unit", "switchName")
                        selector = {key: element[key] for key in keys if isinstance(element.get(key), str)}
                        if name in keys and selector:
                            continue
                        wrap = {**selector, **({"location": part.location} if part.location else {})}
                        members = descriptor.get("value", {}).get("r")
                        value = members[0] if isinstance(members, list) else 1
                        body = Writable(f"{resource}.{name}", descriptor, wrap, part.half).body(value)
                        # A unit alone says nothing to write.
                        expected = "1101" if (resource, name) == ("temperature", "unit") else "2207"
                        assert living.refused(body) == expected, (resource, name)


@pytest.mark.parametrize("variant", VARIANTS)
def test_offline_appliance_answers_1222_and_says_nothing(variant: str) -> None:
    living = ready(variant)
    living.appliance.online = False
    living.reports.clear()
    living.pushes.clear()
    for item in writables(living.appliance.profile):
        assert living.refused(item.body(item.allowed()[0])) == "1222"
    living.clock.advance(86400)
    assert living.reports == []
    assert living.pushes == []
    living.appliance.online = True
    assert living.reports == [living.appliance.state]


@pytest.mark.parametrize("variant", VARIANTS)
def test_snapshot_of_a_running_appliance_goes_on_elsewhere(variant: str) -> None:
    first = ready(variant)
    first.minutes(7)
    kept = json.loads(json.dumps(first.appliance.snapshot()))
    kind, options = VARIANTS[variant]
    raw = {"type": kind, "name": f"test {kind}", **options}
    second = Living(create_appliance(raw, random.Random("another")), ManualClock(first.clock.now()))
    second.appliance.restore(kept)
    assert second.appliance.state == first.appliance.state
    assert json.loads(json.dumps(second.appliance.snapshot())) == kept
    # From here on both live with the same chance.
    first.appliance.close()
    first.appliance.start(first.clock, random.Random(99))
    second.start(99)
    first.reports.clear()
    for _ in range(30):
        first.minutes(10)
        second.minutes(10)
    assert second.reports == first.reports
    assert second.appliance.state == first.appliance.state


@pytest.mark.parametrize("variant", VARIANTS)
def test_same_seed_same_run(variant: str) -> None:
    def run() -> tuple[Any, ...]:
        living = ready(variant)
        for item in plain_writables(variant):
            if living.refused(item.body(item.allowed()[-1])) is None:
                living.clock.advance(5)
        living.clock.advance(86400)
        return living.appliance.info(), living.reports, living.pushes, living.appliance.state

    assert run() == run()


@pytest.mark.parametrize("variant", VARIANTS)
def test_close_leaves_nothing_behind_and_start_goes_on(variant: str) -> None:
    living = ready(variant)
    living.appliance.close()
    living.appliance.close()
    living.reports.clear()
    living.clock.advance(86400)
    assert living.reports == []
    living.start()
    living.clock.advance(86400)
    assert living.appliance.state


def test_demo_home_at_rest_is_quiet() -> None:
    for raw in load_home().thinq:
        living = Living(create_appliance(raw, random.Random(1))).start(1)
        living.clock.advance(6 * 3600)
        assert len(living.reports) <= 6 * 20, raw["name"]
        gaps = living.reports and 6 * 3600 / len(living.reports)
        assert not gaps or gaps >= 150, raw["name"]


def test_demo_home_has_every_room_and_unique_names() -> None:
    home = load_home()
    appliances = [create_appliance(raw, random.Random(f"0/{raw['name']}")) for raw in home.thinq]
    assert 25 <= len(appliances) <= 40
    assert len({appliance.alias for appliance in appliances}) == len(appliances)
    assert len({appliance.device_id for appliance in appliances}) == len(appliances)
    assert all(len(appliance.device_id) == 64 for appliance in appliances)
    assert all(home.room(str(appliance.room)) for appliance in appliances)


def test_device_id_follows_from_seed_and_name() -> None:
    def made(seed: int, name: str) -> str:
        return create_appliance({"type": "washer", "name": name}, random.Random(seed)).device_id

    assert made(1, "세탁기") == made(1, "세탁기")
    assert len({made(1, "세탁기"), made(2, "세탁기"), made(1, "건조기")}) == 3


@pytest.mark.parametrize(
    "raw",
    [
        {"type": "teapot", "name": "주전자"},
        {"name": "이름만"},
        {"type": "washer"},
        {"type": "washer", "name": ""},
        {"type": "washer", "name": "세탁기", "temperatur": 3},
    ],
)
def test_wrong_description_is_told(raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"type|name|option"):
        create_appliance(raw, random.Random(0))


def test_unknown_action_and_part_are_told() -> None:
    living = Living.make("washtower")
    with pytest.raises(ValueError, match="knows no action"):
        living.do("fly")
    with pytest.raises(ValueError, match="has no part"):
        living.do("press_power", part="oven")
    with pytest.raises(ValueError, match="has no part"):
        living.do("set_state", part="oven", state={})
    with pytest.raises(ValueError, match="needs a state"):
        living.do("set_state")


def test_any_state_and_notification_can_be_forced() -> None:
    living = Living.make("washtower")
    living.do("set_state", part="dryer", state={"runState": {"currentState": "COOLING"}, "odd": 5})
    assert living.reports == [{"dryer": {"runState": {"currentState": "COOLING"}, "odd": 5}}]
    living.do("push", code="SOMETHING_NEW")
    assert living.pushes == ["SOMETHING_NEW"]


def test_info_is_an_element_of_the_device_list() -> None:
    living = Living.make("styler", name="스타일러", model="S5")
    assert living.appliance.info() == {
        "deviceId": living.appliance.device_id,
        "deviceInfo": {"deviceType": "DEVICE_STYLER", "modelName": "S5", "alias": "스타일러", "reportable": True},
    }
    living.appliance.group_id = "g1"
    assert living.appliance.info()["deviceInfo"]["groupId"] == "g1"


_NAMES = sorted(
    {
        name
        for family in FAMILIES.values()
        for name in json.dumps(family.profile({"name": "x"})).replace('"', " ").replace(":", " ").split()
        if name.isidentifier()
    }
)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-50, 5000) | st.floats() | st.sampled_from(_NAMES) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_NAMES), inner, max_size=4),
    max_leaves=8,
)
_BODIES = st.dictionaries(st.sampled_from(_NAMES), _JSON, max_size=4) | _JSON


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
@pytest.mark.parametrize("variant", VARIANTS)
def test_no_body_raises_anything_but_a_refusal(variant: str, data: st.DataObject) -> None:
    living = ready(variant)
    known = [item.body(value) for item in writables(living.appliance.profile) for value in item.allowed()[:3]]
    codes: set[str] = set()
    for _ in range(6):
        body = data.draw(st.sampled_from(known) | _BODIES if known else _BODIES)
        try:
            living.appliance.control(body)
        except ControlRefused as refusal:
            codes.add(refusal.code)
        living.clock.advance(data.draw(st.sampled_from([0, 0.4, 3, 600])))
    assert codes <= {"1101", "1102", "2207", "2301", "2302", "2303", "2304", "2305"}
    json.dumps(living.reports)
