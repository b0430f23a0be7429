"""Captured appliances of any type: served as they are, written as their profile allows."""

from collections.abc import Mapping
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.dongju.simulator.thinq.appliance import ControlRefused, load_folder
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from tests.simulator.living import Living, writables

FIXTURES = sorted(path for path in (Path(__file__).parents[1] / "fixtures" / "thinq").iterdir() if path.is_dir())


def captured(folder: Path) -> Living:
    return Living(load_folder(folder)).start()


def write_folder(folder: Path, profile: Any, status: Any, **device: Any) -> Path:
    folder.mkdir()
    info = {"deviceId": "c0ffee", "deviceInfo": {"deviceType": "DEVICE_TEAPOT", "alias": "주전자", **device}}
    for name, content in (("device", info), ("profile", profile), ("status", status)):
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def fixture_id(folder: Path) -> str:
    return folder.name


def test_there_is_a_fixture_of_every_type() -> None:
    types = {json.loads((folder / "device.json").read_text())["deviceInfo"]["deviceType"] for folder in FIXTURES}
    assert types >= {family.device_type for family in FAMILIES.values()}


@pytest.mark.parametrize("folder", FIXTURES, ids=fixture_id)
def test_captured_appliance_is_served_as_it_is(folder: Path) -> None:
    living = captured(folder)
    assert living.appliance.info() == json.loads((folder / "device.json").read_text())
    assert living.appliance.profile == json.loads((folder / "profile.json").read_text())
    assert living.appliance.state == json.loads((folder / "status.json").read_text())
    living.clock.advance(7 * 86400)
    assert living.reports == []
    assert living.appliance.state == json.loads((folder / "status.json").read_text())


@pytest.mark.parametrize("folder", FIXTURES, ids=fixture_id)
def test_every_writable_property_of_a_capture_is_taken(folder: Path) -> None:
    for item in writables(captured(folder).appliance.profile):
        readable = "r" in item.descriptor["mode"]
        for value in item.allowed():
            living = captured(folder)
            living.send(item.body(value))
            served = item.served(living.appliance.state)
            name = item.path.rpartition(".")[2]
            if readable:
                assert served == value, (item, value)
                assert living.reports, item
            elif "argetTemperature" in name:
                assert living.reports, item
            else:
                assert served is None


@pytest.mark.parametrize("folder", FIXTURES, ids=fixture_id)
def test_capture_refuses_what_its_profile_does_not_allow(folder: Path) -> None:
    living = captured(folder)
    for item in writables(living.appliance.profile):
        if item.descriptor["type"] != "number":
            assert living.refused(item.body("NONSENSE")) == "1102"
        resource = item.path.partition(".")[0]
        body = item.body(item.allowed()[0])
        (body[item.half] if item.half else body)[resource]["nonsense"] = 1
        assert living.refused(body) == "2207"
    living.appliance.online = False
    assert living.refused({"operation": {"power": 1}}) == "1222"


@pytest.mark.parametrize("folder", FIXTURES, ids=fixture_id)
def test_capture_survives_a_restart(folder: Path) -> None:
    living = captured(folder)
    for item in writables(living.appliance.profile):
        living.send(item.body(item.allowed()[-1]))
    kept = json.loads(json.dumps(living.appliance.snapshot()))
    again = captured(folder)
    again.appliance.close()
    again.appliance.restore(kept)
    again.start()
    assert again.appliance.state == living.appliance.state
    again.reports.clear()
    for item in writables(again.appliance.profile):
        again.send(item.body(item.allowed()[0]))
    assert bool(again.reports) == bool(living.reports)


def by_name(name: str) -> Living:
    return captured(next(folder for folder in FIXTURES if folder.name == name))


def test_target_by_mode_moves_the_target_that_is_read_in_both_units() -> None:
    living = by_name("air_conditioner_wall")
    living.send({"temperatureInUnits": {"coolTargetTemperature": 22, "unit": "C"}})
    assert living.get("temperature.targetTemperature") == 22
    assert living.get("temperatureInUnits.targetTemperature", unit="F") == 72
    living.send({"temperatureInUnits": {"coolTargetTemperature": 80, "unit": "F"}})
    assert living.get("temperatureInUnits.targetTemperature", unit="C") == 27


def test_other_unit_stays_within_what_the_profile_knows() -> None:
    living = by_name("air_conditioner_wall")
    living.send({"temperatureInUnits": {"coolTargetTemperature": 23, "unit": "C"}})
    assert living.get("temperatureInUnits.targetTemperature", unit="F") % 2 == 0


def test_two_targets_at_once() -> None:
    living = by_name("air_conditioner_two_set")
    body = {"twoSetTemperatureInUnits": {"heatTargetTemperature": 18.5, "coolTargetTemperature": 27, "unit": "C"}}
    living.send(body)
    assert living.get("twoSetTemperatureInUnits.heatTargetTemperature", unit="C") == 18.5
    assert living.get("twoSetTemperatureInUnits.coolTargetTemperature", unit="F") == 81
    assert living.get("twoSetTemperature.heatTargetTemperature") == 18.5


@pytest.mark.parametrize(
    "cancel",
    [{"absoluteHourToStart": -1, "absoluteMinuteToStart": -1}, {"absoluteHourToStart": -1}],
)
def test_timers_of_a_capture_are_set_and_cancelled(cancel: Mapping[str, int]) -> None:
    living = by_name("air_conditioner_stand")
    living.send({"timer": {"relativeHourToStop": 2, "relativeMinuteToStop": 0}})
    assert living.get("timer.relativeStopTimer") == "SET"
    assert living.get("timer.relativeHourToStop") == 2
    living.send({"timer": dict(cancel)})
    assert living.get("timer.absoluteStartTimer") == "UNSET"
    assert living.get("timer.absoluteHourToStart") is None


def test_timer_without_a_state_property() -> None:
    living = by_name("air_purifier_plain")
    living.send({"sleepTimer": {"relativeHourToStop": 3}})
    assert living.get("sleepTimer") == {"relativeHourToStop": 3}
    living.send({"sleepTimer": {"relativeHourToStop": -1}})
    assert living.get("sleepTimer") == {"relativeHourToStop": None}


def test_located_capture_reports_its_location() -> None:
    single = by_name("washer_object_status")
    single.send({"location": {"locationName": "MAIN"}, "timer": {"relativeHourToStart": 4}})
    assert single.reports == [{"location": {"locationName": "MAIN"}, "timer": {"relativeHourToStart": 4}}]
    listed = by_name("washer_list_status")
    listed.send({"location": {"locationName": "MAIN"}, "timer": {"relativeHourToStart": 4}})
    assert listed.reports == [[{"location": {"locationName": "MAIN"}, "timer": {"relativeHourToStart": 4}}]]
    halves = by_name("washtower")
    halves.send({"washer": {"timer": {"relativeHourToStart": 4}}})
    assert halves.reports == [{"washer": {"timer": {"relativeHourToStart": 4}}}]


def test_energy_of_a_capture_comes_from_its_energy_profile() -> None:
    metered = by_name("air_conditioner_stand").appliance
    assert metered.energy_profile() == {"resultCode": "0000", "result": {"property": ["energyUsage"]}}
    assert metered.energy_usage("energyUsage", "DAILY", "20260601", "20260602")["result"]["dataList"]
    unmetered = by_name("air_conditioner_wall").appliance
    assert unmetered.energy_profile() is None
    with pytest.raises(ControlRefused) as refused:
        unmetered.energy_usage("energyUsage", "DAILY", "20260601", "20260602")
    assert refused.value.code == "1221"


@pytest.mark.parametrize(
    ("profile", "status"),
    [
        ({}, {}),
        ([], []),
        ({"property": None}, None),
        ({"property": []}, {}),
        ({"property": ["odd", {"location": {}}, {"location": {"locationName": "A"}, "x": {"y": "CONSTANT"}}]}, []),
        ({"property": {"a": {"b": {"mode": ["w"], "type": "range", "value": {"w": {"max": None}}}}}}, {"a": 5}),
        ({"property": {"a": [{"b": 3}, "odd"]}, "extensionProperty": {"c": "bare"}}, {"a": [1, {"b": 2}]}),
        ({"left": {"property": [{"location": {"locationName": "MAIN"}}]}, "right": {"property": 7}}, {"left": []}),
    ],
)
def test_odd_profiles_are_served_and_refuse_politely(tmp_path: Path, profile: Any, status: Any) -> None:
    living = captured(write_folder(tmp_path / "odd", profile, status))
    bodies: list[Any] = [
        {"a": {"b": 1}},
        {"a": {"b": 1, "unit": "C"}},
        {"x": {"y": 1}, "location": {"locationName": "A"}},
        {"location": "A"},
        {"left": {"location": {"locationName": "MAIN"}, "x": {"y": 1}}},
        {"right": {"x": {}}},
        {"c": {"d": 1}},
        {"odd": []},
    ]
    for body in bodies:
        assert living.refused(body) in {None, "1101", "1102", "2207"}
        living.clock.advance(2)
    json.dumps(living.appliance.state)


def test_state_that_lacks_a_location_gets_it_when_written(tmp_path: Path) -> None:
    descriptor = {"mode": ["r", "w"], "type": "boolean", "value": {"r": [True, False], "w": [True, False]}}
    profile = {"property": [{"location": {"locationName": "A"}, "lamp": {"on": descriptor}}]}
    living = captured(write_folder(tmp_path / "bare", profile, []))
    living.send({"location": {"locationName": "A"}, "lamp": {"on": True}})
    assert living.appliance.state == [{"location": {"locationName": "A"}, "lamp": {"on": True}}]


@pytest.mark.parametrize("broken", ["device", "profile", "status"])
def test_broken_folder_is_told(tmp_path: Path, broken: str) -> None:
    folder = write_folder(tmp_path / "broken", {"property": {}}, {})
    (folder / f"{broken}.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=broken):
        load_folder(folder)
    (folder / f"{broken}.json").unlink()
    with pytest.raises(ValueError, match=broken):
        load_folder(folder)


def test_folder_without_a_device_id_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "nameless", {}, {})
    (folder / "device.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="deviceId"):
        load_folder(folder)
