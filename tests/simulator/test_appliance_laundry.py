"""Washer, dryer, washtower, washcombo, styler and dishwasher: whole lives of a course."""

from typing import Any

import pytest

from tests.simulator.living import Living

LOCATED = {"location": {"locationName": "MAIN"}}
MINI = {"location": {"locationName": "MINI"}}

# Type -> what wraps a body, property of the operation, notification at the end, run states passed.
COURSES: dict[str, tuple[dict[str, Any], str, str, list[str]]] = {
    "washer": (
        LOCATED,
        "washerOperationMode",
        "WASHING_IS_COMPLETE",
        ["DETECTING", "DISPENSING", "RUNNING", "RINSING", "SPINNING", "END", "POWER_OFF"],
    ),
    "washtower_washer": (
        LOCATED,
        "washerOperationMode",
        "WASHING_IS_COMPLETE",
        ["DETECTING", "DISPENSING", "RUNNING", "RINSING", "SPINNING", "END", "POWER_OFF"],
    ),
    "washcombo_main": (
        LOCATED,
        "washerOperationMode",
        "WASHING_IS_COMPLETE",
        ["DETECTING", "DISPENSING", "RUNNING", "RINSING", "SPINNING", "END", "POWER_OFF"],
    ),
    "washcombo_mini": (
        MINI,
        "washerOperationMode",
        "WASHING_IS_COMPLETE",
        ["DETECTING", "DISPENSING", "RUNNING", "RINSING", "SPINNING", "END", "POWER_OFF"],
    ),
    "dryer": ({}, "dryerOperationMode", "DRYING_IS_COMPLETE", ["RUNNING", "COOLING", "END", "POWER_OFF"]),
    "washtower_dryer": ({}, "dryerOperationMode", "DRYING_IS_COMPLETE", ["RUNNING", "COOLING", "END", "POWER_OFF"]),
    "styler": (
        {},
        "stylerOperationMode",
        "STYLING_IS_COMPLETE",
        ["PRESTEAM", "STEAM", "DRYING", "COOLING", "END", "POWER_OFF"],
    ),
    "dish_washer": (
        {},
        "dishWasherOperationMode",
        "CLEANING_IS_COMPLETE",
        ["RUNNING", "RINSING", "DRYING", "END", "POWER_OFF"],
    ),
}


def at_rest(kind: str) -> Living:
    return Living.make(kind, remote_start=True)


def operate(kind: str, operation: str) -> dict[str, Any]:
    wrap, name, _, _ = COURSES[kind]
    return {**wrap, "operation": {name: operation}}


def remaining(living: Living) -> int:
    return int(living.get("timer.remainHour") * 60 + living.get("timer.remainMinute"))


@pytest.mark.parametrize("kind", COURSES)
def test_course_runs_to_its_end(kind: str) -> None:
    living = at_rest(kind)
    total = remaining(living)
    living.send(operate(kind, "START"))
    left = [remaining(living)]
    while living.get("runState.currentState") != "END":
        living.minutes(1)
        left.append(remaining(living))
    assert left == list(range(total, -1, -1))
    assert living.pushes == [COURSES[kind][2]]
    assert living.get("remoteControlEnable.remoteControlEnabled") is False
    living.minutes(30)
    passed = living.states()
    assert [state for index, state in enumerate(passed) if passed[index - 1] != state] == COURSES[kind][3]
    assert living.pushes == [COURSES[kind][2]]


@pytest.mark.parametrize("kind", COURSES)
def test_remote_control_needs_the_button_on_the_appliance(kind: str) -> None:
    living = Living.make(kind, power_on=True)
    assert living.refused(operate(kind, "START")) == "2301"
    assert living.refused(operate(kind, "POWER_OFF")) == "2301"
    living.do("press_remote_start")
    assert living.refused(operate(kind, "START")) is None


@pytest.mark.parametrize("kind", COURSES)
def test_operations_by_run_state(kind: str) -> None:
    living = at_rest(kind)
    assert living.refused(operate(kind, "STOP")) == "2302"
    living.send(operate(kind, "START"))
    assert living.refused(operate(kind, "START")) == "2302"
    living.minutes(5)
    before = remaining(living)
    living.send(operate(kind, "STOP"))
    assert living.get("runState.currentState") == "PAUSE"
    living.minutes(20)
    assert remaining(living) == before
    living.send(operate(kind, "START"))
    living.minutes(1)
    assert remaining(living) == before - 1
    living.send(operate(kind, "POWER_OFF"))
    assert living.get("runState.currentState") == "POWER_OFF"
    assert living.refused(operate(kind, "START")) == "2301"


@pytest.mark.parametrize("kind", COURSES)
def test_error_stops_everything_until_it_is_cleared(kind: str) -> None:
    living = at_rest(kind)
    living.send(operate(kind, "START"))
    living.minutes(3)
    error = living.do("set_error")["error"]
    assert living.get("runState.currentState") == "ERROR"
    assert living.get("error") == error
    assert living.pushes[-1] == error
    assert len(living.pushes) == 2
    assert living.refused(operate(kind, "STOP")) == "2303"
    assert living.refused(operate(kind, "START")) == "2303"
    living.minutes(300)
    assert living.get("runState.currentState") == "ERROR"
    living.do("clear_error")
    assert living.get("error") is None
    assert living.refused(operate(kind, "START")) is None
    with pytest.raises(ValueError, match="unknown error"):
        living.do("set_error", error="NO_SUCH_ERROR")


@pytest.mark.parametrize("kind", COURSES)
def test_open_door_takes_the_appliance_back(kind: str) -> None:
    living = at_rest(kind)
    living.send(operate(kind, "START"))
    living.minutes(2)
    living.do("open_door")
    assert living.get("runState.currentState") == "PAUSE"
    assert living.get("remoteControlEnable.remoteControlEnabled") is False
    assert living.refused(operate(kind, "START")) == "2301"
    with pytest.raises(ValueError, match="close the door"):
        living.do("press_remote_start")
    with pytest.raises(ValueError, match="door is open"):
        living.do("press_start")
    living.do("close_door")
    living.do("press_start")
    living.minutes(300)
    assert living.pushes == [COURSES[kind][2]]


@pytest.mark.parametrize("kind", [kind for kind in COURSES if kind != "styler"])
def test_delayed_start_counts_down_and_runs(kind: str) -> None:
    living = Living.make(kind, remote_start=True, **({"stop_timer": True} if "dish" not in kind else {}))
    wrap = COURSES[kind][0]
    living.send({**wrap, "timer": {"relativeHourToStart": 3}})
    assert living.get("runState.currentState") == "RESERVED"
    assert living.get("timer.relativeHourToStart") == 3
    living.minutes(75)
    assert (living.get("timer.relativeHourToStart"), living.get("timer.relativeMinuteToStart")) == (1, 45)
    living.minutes(106)
    assert living.get("runState.currentState") in COURSES[kind][3][:2]
    assert living.get("timer.relativeHourToStart") == 0
    assert living.refused({**wrap, "timer": {"relativeHourToStart": 2}}) == "2302"


@pytest.mark.parametrize("kind", [kind for kind in COURSES if kind != "dish_washer"])
def test_finish_time_starts_early_enough(kind: str) -> None:
    living = Living.make(kind, remote_start=True, stop_timer=True)
    wrap = COURSES[kind][0]
    begun = living.clock.monotonic()
    living.send({**wrap, "timer": {"relativeHourToStop": 4}})
    assert living.get("runState.currentState") == "RESERVED"
    while COURSES[kind][2] not in living.pushes:
        living.minutes(1)
    assert (living.clock.monotonic() - begun) / 3600 == pytest.approx(4, abs=0.05)


def test_finish_time_before_the_course_can_be_done_is_refused() -> None:
    living = Living.make("dryer", remote_start=True)
    living.do("put_laundry", kg=20)
    assert living.refused({"timer": {"relativeHourToStop": 3}}) == "1102"
    assert living.refused({"timer": {"relativeHourToStop": 4}}) is None


def test_door_opened_before_the_appliance_confirms_wins() -> None:
    living = at_rest("washer")
    living.appliance.control(operate("washer", "START"))
    living.do("open_door")
    living.minutes(5)
    assert living.get("runState.currentState") == "INITIAL"
    assert "DETECTING" not in living.states()


def test_reservation_can_be_cancelled_from_afar_and_by_hand() -> None:
    living = at_rest("washer")
    for cancel in (lambda: living.send(operate("washer", "STOP")), lambda: living.do("press_start")):
        living.send({**LOCATED, "timer": {"relativeHourToStart": 5}})
        assert living.get("runState.currentState") == "RESERVED"
        cancel()
        assert living.get("runState.currentState") == "INITIAL"
        assert living.get("timer.relativeHourToStart") == 0
    living.minutes(600)
    assert living.pushes == []


def test_switched_off_appliance_with_remote_start_on_says_so() -> None:
    living = Living.make("dryer")
    living.do("set_state", state={"remoteControlEnable": {"remoteControlEnabled": True}})
    assert living.refused({"operation": {"dryerOperationMode": "START"}}) == "2304"
    assert living.refused({"timer": {"relativeHourToStart": 2}}) == "2304"
    living.send({"operation": {"dryerOperationMode": "POWER_ON"}})
    assert living.get("runState.currentState") == "INITIAL"
    living.send({"operation": {"dryerOperationMode": "POWER_OFF"}})
    assert living.get("runState.currentState") == "POWER_OFF"


def test_wake_up_of_a_dryer_that_is_awake_changes_nothing() -> None:
    living = at_rest("dryer")
    living.send({"operation": {"dryerOperationMode": "WAKE_UP"}})
    assert living.get("runState.currentState") == "INITIAL"


def test_load_makes_a_course_longer_and_the_dial_chooses_it() -> None:
    living = at_rest("washer")
    living.do("select_course", course="QUICK")
    quick = remaining(living)
    living.do("put_laundry", kg=4)
    living.send(operate("washer", "START"))
    assert remaining(living) == quick + 12
    with pytest.raises(ValueError, match="dial does nothing"):
        living.do("select_course", course="WOOL")
    living.do("press_power")
    living.do("press_power")
    with pytest.raises(ValueError, match="unknown course"):
        living.do("select_course", course="LUNCH")


def test_cycle_count_counts_finished_runs() -> None:
    living = at_rest("washer")
    count = living.get("cycle.cycleCount")
    living.send(operate("washer", "START"))
    living.minutes(120)
    assert living.get("cycle.cycleCount") == count + 1
    with pytest.raises(ValueError, match="start button"):
        living.do("press_start")


def test_washtower_reports_only_the_half_that_changed() -> None:
    living = Living.make("washtower", remote_start=True)
    assert living.refused({"operation": {"washerOperationMode": "START"}}) == "2207"
    assert living.refused({"washer": {}}) == "2207"
    living.send({"washer": {"operation": {"washerOperationMode": "START"}}})
    living.minutes(120)
    assert living.reports
    assert all(set(report) == {"washer"} for report in living.reports)
    assert living.pushes == ["WASHING_IS_COMPLETE"]
    assert living.get("dryer.runState.currentState") == "INITIAL"
    living.reports.clear()
    living.send({"dryer": {"operation": {"dryerOperationMode": "START"}}})
    assert all(set(report) == {"dryer"} for report in living.reports)
    living.do("open_door", part="dryer")
    assert living.get("dryer.runState.currentState") == "PAUSE"


def test_washer_serves_and_reports_list_or_object() -> None:
    listed = at_rest("washer")
    assert isinstance(listed.appliance.state, list)
    listed.send(operate("washer", "START"))
    assert listed.reports[0][0]["location"] == {"locationName": "MAIN"}
    single = Living.make("washer", remote_start=True, list_state=False)
    assert single.get("location.locationName") == "MAIN"
    single.send(operate("washer", "START"))
    assert single.reports[0]["location"] == {"locationName": "MAIN"}
    assert single.reports[0]["runState"] == {"currentState": "DETECTING"}


def test_location_must_be_named_and_known() -> None:
    living = at_rest("washer")
    assert living.refused({"operation": {"washerOperationMode": "START"}}) == "1101"
    assert (
        living.refused({"location": {"locationName": "MINI"}, "operation": {"washerOperationMode": "START"}}) == "1102"
    )
    assert living.refused(LOCATED) == "2207"


def test_dishwasher_tells_door_course_and_rinse_aid() -> None:
    living = at_rest("dish_washer")
    living.do("select_course", course="EXPRESS")
    assert living.get("dishWashingCourse.currentDishWashingCourse") == "EXPRESS"
    living.do("open_door")
    assert living.get("doorStatus.doorState") == "OPEN"
    living.do("close_door")
    assert living.get("doorStatus.doorState") == "CLOSE"
    living.do("use_up_rinse_aid")
    assert living.get("dishWashingStatus.rinseRefill") is True
    assert living.pushes == ["RINSE_IS_NOT_ENOUGH"]
    living.do("refill_rinse_aid")
    assert living.get("dishWashingStatus.rinseRefill") is False
