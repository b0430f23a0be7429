"""Robot, stick, switches, plug, bulbs and door sensor."""

from typing import Any

import pytest

from tests.simulator.living import Living


def robot(operation: str) -> dict[str, Any]:
    return {"operation": {"cleanOperationMode": operation}}


def test_robot_cleans_goes_home_and_charges() -> None:
    living = Living.make("robot_cleaner")
    assert living.refused(robot("PAUSE")) == "2302"
    assert living.refused(robot("HOMING")) == "2302"
    living.send(robot("START"))
    assert living.get("runState.currentState") == "WORKING"
    assert living.refused(robot("START")) == "2302"
    living.minutes(10)
    assert living.get("battery.percent") == 90
    assert living.get("timer.runningMinute") == 10
    living.send(robot("PAUSE"))
    living.minutes(10)
    assert living.get("timer.runningMinute") == 10
    living.send(robot("START"))
    living.minutes(40)
    assert living.pushes == ["CLEANING_IS_COMPLETED"]
    assert living.get("runState.currentState") == "CHARGING"
    living.minutes(200)
    assert living.get("battery") == {"level": "FULL", "percent": 100}


def test_robot_is_sent_home_and_sent_out_again() -> None:
    living = Living.make("robot_cleaner")
    living.send(robot("START"))
    living.send(robot("HOMING"))
    assert living.get("runState.currentState") == "HOMING"
    living.send(robot("START"))
    assert living.get("runState.currentState") == "WORKING"
    living.do("press_home")
    living.minutes(3)
    assert living.get("runState.currentState") == "CHARGING"


def test_robot_with_a_low_battery_goes_home_by_itself() -> None:
    living = Living.make("robot_cleaner")
    living.do("set_state", state={"battery": {"percent": 18}})
    living.send(robot("START"))
    living.minutes(6)
    assert living.get("runState.currentState") == "CHARGING"
    assert living.pushes == []
    living.do("set_state", state={"battery": {"percent": 5}})
    assert living.refused(robot("START")) == "2302"


def test_robot_that_is_stuck_tells_why() -> None:
    living = Living.make("robot_cleaner")
    living.do("press_start")
    living.do("set_error", error="CLIFF_ERROR")
    assert living.pushes == ["CLEANING_IS_FAILED", "CLIFF_ERROR"]
    assert living.get("runState.currentState") == "ERROR"
    assert living.refused(robot("HOMING")) == "2303"
    living.do("clear_error")
    assert living.get("runState.currentState") == "STANDBY"
    living.do("carry_away")
    assert living.pushes[-1] == "NEED_TO_CHECK_LOCATION"
    living.do("put_on_dock")
    assert living.get("runState.currentState") == "CHARGING"
    living.do("set_state", state={"runState": {"currentState": "SLEEP"}})
    living.send(robot("WAKE_UP"))
    assert living.get("runState.currentState") == "STANDBY"


def test_robot_starts_by_schedule_every_day() -> None:
    living = Living.make("robot_cleaner")
    living.do("set_schedule", hour=10, minute=30)
    living.minutes(91)
    assert living.pushes == ["SCHEDULED_CLEANING_STARTS"]
    assert living.get("runState.currentState") == "WORKING"
    living.clock.advance(86400)
    assert living.pushes.count("SCHEDULED_CLEANING_STARTS") == 2
    living.do("set_schedule")
    living.clock.advance(86400)
    assert living.pushes.count("SCHEDULED_CLEANING_STARTS") == 2
    assert living.get("timer.absoluteHourToStart") is None


def test_stick_cleaner_drains_and_charges() -> None:
    living = Living.make("stick_cleaner")
    living.do("start_cleaning", mode="TURBO")
    assert living.get("stickCleanerJobMode.currentJobMode") == "TURBO"
    living.minutes(10)
    assert living.get("battery.percent") == 80
    living.do("stop_cleaning")
    living.do("put_on_dock")
    assert living.get("runState.currentState") == "CHARGING"
    living.minutes(60)
    assert living.pushes == ["CHARGING_IS_COMPLETE"]
    living.do("start_cleaning")
    living.minutes(60)
    assert living.get("battery") == {"level": "WARNING", "percent": 0}
    assert living.get("runState.currentState") == "STANDBY"


def test_light_switch_names_its_rockers() -> None:
    living = Living.make("light_switch", switches=3)
    living.send({"switchState": {"switchName": "SWITCH_2", "currentSwitch": "ON"}})
    assert living.reports == [{"switchState": [{"switchName": "SWITCH_2", "currentSwitch": "ON"}]}]
    assert living.refused({"switchState": {"currentSwitch": "ON"}}) == "1101"
    assert living.refused({"switchState": {"switchName": "SWITCH_4", "currentSwitch": "ON"}}) == "1102"
    assert living.refused({"switchState": [{"switchName": "SWITCH_1", "currentSwitch": "ON"}]}) == "2207"
    living.do("press_switch", switch="SWITCH_2")
    assert living.get("switchState.currentSwitch", switchName="SWITCH_2") == "OFF"
    with pytest.raises(ValueError, match="no rocker"):
        living.do("press_switch", switch="SWITCH_9")


def test_plug_measures_what_hangs_on_it() -> None:
    living = Living.make("plug", watts=40)
    assert living.get("electricity.power") == 40
    living.send({"runState": {"currentState": "POWER_OFF"}})
    assert living.get("electricity.power") == 0
    living.do("press_power")
    living.do("plug_in", watts=1200)
    assert living.get("electricity.power") == 1200
    living.minutes(30)
    assert abs(living.get("electricity.power") - 1200) <= 24
    living.do("plug_in", watts=4000)
    assert living.pushes == ["POWER_IS_OVERLOADED"]
    assert living.get("runState.currentState") == "POWER_OFF"


def test_colour_bulb_follows_the_light_that_is_written() -> None:
    living = Living.make("color_bulb")
    living.send({"colorLight": {"hue": 200, "saturation": 40}})
    assert living.get("mode.lightMode") == "COLOR"
    living.send({"whiteLight": {"brightness": 30}})
    assert living.get("mode.lightMode") == "WHITE"
    assert living.refused({"mode": {"lightMode": "SCENE"}}) == "1102"


def test_door_sensor_tells_every_movement_and_a_low_battery() -> None:
    living = Living.make("door_sensor")
    living.do("open_door")
    living.do("close_door")
    assert living.pushes == ["DOOR_WINDOW_IS_OPENED", "DOOR_WINDOW_IS_CLOSED"]
    assert living.refused({"doorState": {"currentState": "OPEN"}}) == "2207"
    living.do("set_state", state={"battery": {"percent": 11}})
    living.clock.advance(6 * 86400)
    assert living.pushes[-1] == "BATTERY_IS_LOW"
    living.do("replace_battery")
    assert living.get("battery.percent") == 100
