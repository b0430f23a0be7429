"""Air conditioners, purifiers, fans, dehumidifier, humidifier, boiler and water heater."""

from datetime import datetime

import pytest

from custom_components.dongju.simulator.clock import SEOUL, ManualClock
from tests.simulator.living import Living

ON = {"operation": {"airConOperationMode": "POWER_ON"}}
OFF = {"operation": {"airConOperationMode": "POWER_OFF"}}


def mode(name: str) -> dict[str, dict[str, str]]:
    return {"airConJobMode": {"currentJobMode": name}}


def cool(celsius: float) -> dict[str, dict[str, object]]:
    return {"temperatureInUnits": {"coolTargetTemperature": celsius, "unit": "C"}}


def test_command_is_confirmed_by_a_report_a_moment_later() -> None:
    living = Living.make("air_conditioner")
    living.appliance.control(ON)
    assert living.get("operation.airConOperationMode") == "POWER_OFF"
    living.clock.advance(0.29)
    assert living.reports == []
    living.clock.advance(1.3)
    assert living.reports == [{"operation": {"airConOperationMode": "POWER_ON"}}]


def test_confirmations_keep_the_order_of_commands() -> None:
    for seed in range(20):
        living = Living.make("air_conditioner", seed=seed, power_on=True)
        for celsius in (20, 21, 22, 23):
            living.appliance.control(cool(celsius))
        living.clock.advance(3)
        targets = [report["temperature"]["targetTemperature"] for report in living.reports]
        assert targets == [20, 21, 22, 23]


def test_switched_off_air_conditioner_takes_power_and_start_timers_only() -> None:
    living = Living.make("air_conditioner", heat=True, air_quality=True)
    assert living.refused(mode("HEAT")) == "2304"
    assert living.refused(cool(24)) == "2304"
    assert living.refused({"airFlow": {"windStrength": "LOW"}}) == "2304"
    assert living.refused({"sleepTimer": {"relativeHourToStop": 1}}) == "2304"
    assert living.refused({"timer": {"relativeHourToStart": 1, "relativeMinuteToStart": 0}}) is None
    assert living.refused({"airQualitySensor": {"monitoringEnabled": "ALWAYS"}}) is None
    assert living.refused({**ON, **mode("HEAT")}) is None


def test_targets_belong_to_their_mode() -> None:
    living = Living.make("air_conditioner", heat=True, power_on=True)
    heat = {"temperatureInUnits": {"heatTargetTemperature": 24, "unit": "C"}}
    assert living.refused(heat) == "2305"
    living.send(cool(25))
    living.send(mode("HEAT"))
    assert living.get("temperature.targetTemperature") == 22
    assert living.refused(cool(25)) == "2305"
    living.send(heat)
    assert living.get("temperatureInUnits.targetTemperature", unit="F") == 76
    living.send(mode("COOL"))
    assert living.get("temperature.targetTemperature") == 25
    assert living.get("temperatureInUnits.targetTemperature", unit="F") == 77
    living.send(mode("AIR_DRY"))
    assert living.refused({"airFlow": {"windStrength": "LOW"}}) == "2305"
    assert living.refused(cool(25)) is None
    living.send(mode("FAN"))
    assert living.refused({"temperature": {"targetTemperature": 25}}) == "2305"
    assert living.refused({"powerSave": {"powerSaveEnabled": True}}) == "2305"


def test_temperature_needs_a_unit_it_knows_and_a_value_in_range() -> None:
    living = Living.make("air_conditioner", power_on=True)
    assert living.refused({"temperatureInUnits": {"coolTargetTemperature": 24}}) == "1101"
    assert living.refused({"temperatureInUnits": {"coolTargetTemperature": 24, "unit": "K"}}) == "1102"
    assert living.refused({"temperatureInUnits": {"unit": "C"}}) == "1101"
    assert living.refused({"temperatureInUnits": {"currentTemperature": 24, "unit": "C"}}) == "2207"
    assert living.refused(cool(31)) == "1102"
    assert living.refused(cool(24.5)) == "1102"
    assert living.refused({"temperatureInUnits": {"coolTargetTemperature": 65, "unit": "F"}}) == "1102"
    assert living.refused({"temperature": {"coolTargetTemperature": 24, "unit": "K"}}) == "1102"


def test_odd_fahrenheit_is_adjusted_to_a_pair_the_appliance_knows() -> None:
    living = Living.make("air_conditioner", unit="F", odd_fahrenheit=True, power_on=True)
    living.send({"temperatureInUnits": {"coolTargetTemperature": 75, "unit": "F"}})
    assert living.get("temperatureInUnits.targetTemperature", unit="F") == 74
    assert living.get("temperatureInUnits.targetTemperature", unit="C") == 23
    assert living.get("temperature.targetTemperature") == 74


def test_room_follows_the_air_conditioner_and_then_the_season() -> None:
    living = Living.make("air_conditioner", power_on=True)
    living.do("set_room_temperature", celsius=29)
    living.send(cool(22))
    living.minutes(120)
    assert living.get("temperature.currentTemperature") == 22
    assert living.get("temperatureInUnits.currentTemperature", unit="F") == 72
    living.send(OFF)
    living.clock.advance(12 * 3600)
    assert living.get("temperature.currentTemperature") >= 26


def test_heating_in_winter() -> None:
    winter = ManualClock(datetime(2026, 1, 10, 8, tzinfo=SEOUL))
    living = Living.make("air_conditioner", heat=True)
    living.appliance.close()
    living.clock = winter
    living.start()
    living.send(ON)
    living.send(mode("HEAT"))
    living.send({"temperatureInUnits": {"heatTargetTemperature": 25, "unit": "C"}})
    living.do("set_room_temperature", celsius=18)
    living.minutes(120)
    assert living.get("temperature.currentTemperature") == 25


def test_two_set_keeps_the_room_between_its_targets() -> None:
    living = Living.make("air_conditioner", heat=True, two_set=True, power_on=True)
    two = {"twoSetTemperatureInUnits": {"heatTargetTemperature": 20, "coolTargetTemperature": 24, "unit": "C"}}
    assert living.refused(two) == "2305"
    living.send(mode("AUTO"))
    living.send({"twoSetTemperature": {"twoSetEnabled": True}})
    living.send(two)
    assert living.get("twoSetTemperatureInUnits.coolTargetTemperature", unit="F") == 76
    swapped = {"twoSetTemperatureInUnits": {"heatTargetTemperature": 26, "coolTargetTemperature": 22, "unit": "C"}}
    assert living.refused(swapped) == "1102"
    living.do("set_room_temperature", celsius=29)
    living.minutes(120)
    assert living.get("temperature.currentTemperature") == 24


def test_air_clean_is_a_mode_switched_by_an_operation() -> None:
    living = Living.make("air_conditioner", air_quality=True, power_on=True)
    living.send({"operation": {"airCleanOperationMode": "START"}})
    assert living.get("airConJobMode.currentJobMode") == "AIR_CLEAN"
    living.send({"operation": {"airCleanOperationMode": "STOP"}})
    assert living.get("airConJobMode.currentJobMode") == "COOL"
    assert living.get("operation.airCleanOperationMode") is None


def test_strict_appliance_takes_one_thing_at_a_time_and_needs_a_moment_after_waking() -> None:
    living = Living.make("air_conditioner", strict=True)
    assert living.refused({**ON, **mode("COOL")}) == "2207"
    living.appliance.control(ON)
    assert living.refused(ON) == "2302"
    while not living.reports:
        living.clock.advance(0.05)
    # Accepted, but lost: it has just woken up.
    living.appliance.confirm_seconds = (0.3, 0.3)
    assert living.refused(mode("FAN")) is None
    living.clock.advance(3)
    assert living.get("airConJobMode.currentJobMode") == "COOL"
    living.send(mode("FAN"))
    assert living.get("airConJobMode.currentJobMode") == "FAN"


def test_stop_timer_counts_down_and_switches_off() -> None:
    living = Living.make("air_conditioner", power_on=True)
    living.send({"timer": {"relativeHourToStop": 1, "relativeMinuteToStop": 30}})
    assert living.get("timer.relativeStopTimer") == "SET"
    living.minutes(50)
    assert (living.get("timer.relativeHourToStop"), living.get("timer.relativeMinuteToStop")) == (0, 40)
    living.minutes(41)
    assert living.get("operation.airConOperationMode") == "POWER_OFF"
    assert living.get("timer.relativeStopTimer") == "UNSET"
    assert living.get("timer.relativeHourToStop") is None


@pytest.mark.parametrize(
    "cancel",
    [{"relativeStopTimer": "UNSET"}, {"relativeHourToStop": -1, "relativeMinuteToStop": -1}, {"relativeHourToStop": 0}],
)
def test_timer_is_cancelled_in_either_way(cancel: dict[str, object]) -> None:
    living = Living.make("air_conditioner", power_on=True)
    living.send({"timer": {"relativeHourToStop": 2}})
    living.send({"timer": cancel})
    assert living.get("timer.relativeStopTimer") == "UNSET"
    living.minutes(180)
    assert living.get("operation.airConOperationMode") == "POWER_ON"


def test_absolute_timers_switch_at_the_time_of_day() -> None:
    living = Living.make("air_conditioner")
    living.send({"timer": {"absoluteHourToStart": 10, "absoluteMinuteToStart": 36}})
    living.minutes(95)
    assert living.get("operation.airConOperationMode") == "POWER_OFF"
    living.minutes(2)
    assert living.get("operation.airConOperationMode") == "POWER_ON"
    living.send({"timer": {"absoluteHourToStop": 8, "absoluteMinuteToStop": 0}})
    living.minutes(21 * 60)
    assert living.get("operation.airConOperationMode") == "POWER_ON"
    living.minutes(60)
    assert living.get("operation.airConOperationMode") == "POWER_OFF"


@pytest.mark.parametrize(
    "timer",
    [
        {"absoluteHourToStart": 24},
        {"absoluteHourToStart": 3, "absoluteMinuteToStart": 60},
        {"relativeHourToStart": 1.5},
        {"relativeHourToStart": -2},
        {"relativeStartTimer": "SET"},
    ],
)
def test_time_that_is_none_is_refused(timer: dict[str, object]) -> None:
    assert Living.make("air_conditioner").refused({"timer": timer}) == "1102"


def test_filter_wears_while_it_works() -> None:
    living = Living.make("air_conditioner", power_on=True)
    used = living.get("filterInfo.usedTime")
    living.minutes(10 * 60 + 1)
    assert living.get("filterInfo.usedTime") == used + 10
    living.do("set_state", state={"filterInfo": {"usedTime": 719}})
    living.minutes(61)
    assert living.pushes == ["TIME_TO_CLEAN_FILTER"]
    living.do("replace_filter")
    assert living.get("filterInfo.usedTime") == 0
    assert living.get("filterInfo.filterRemainPercent") == 100


def test_purifier_filter_runs_out() -> None:
    living = Living.make("air_purifier")
    living.do("set_state", state={"filterInfo": {"filterRemainPercent": 1, "topFilterRemainPercent": 50}})
    living.minutes(41 * 60)
    assert living.pushes == ["TIME_TO_CHANGE_FILTER"]
    living.do("replace_filter")
    assert living.pushes[-1] == "FILTER_RESET_COMPLETE"


def test_sensors_wander_and_can_be_told() -> None:
    living = Living.make("air_purifier")
    living.minutes(600)
    assert living.reports
    living.do("sense", path="airQualitySensor.PM2", value=90)
    assert living.get("airQualitySensor.PM2Level") == "VERY_BAD"
    with pytest.raises(ValueError, match="no sensor"):
        living.do("sense", path="airQualitySensor.CO2", value=1)


def test_bad_air_is_worth_a_notification() -> None:
    living = Living.make("air_purifier")
    living.do("sense", path="airQualitySensor.totalPollution", value=4)
    living.do("sense", path="airQualitySensor.totalPollution", value=3)
    assert living.get("airQualitySensor.totalPollutionLevel") == "BAD"
    assert living.pushes == ["POLLUTION_IS_HIGH"]


def test_ventilator_tells_carbon_dioxide_in_words() -> None:
    living = Living.make("ventilator")
    living.do("sense", path="airQualitySensor.CO2", value="BAD")
    assert living.get("airQualitySensor.CO2") == "BAD"
    living.minutes(3000)
    assert living.get("airQualitySensor.CO2") in {"GOOD", "NORMAL", "BAD"}


@pytest.mark.parametrize(
    ("kind", "power", "body"),
    [
        ("air_purifier", "airPurifierOperationMode", {"airFlow": {"windStrength": "HIGH"}}),
        ("air_purifier_fan", "airFanOperationMode", {"misc": {"uvNano": "OFF"}}),
        ("ventilator", "ventOperationMode", {"ventJobMode": {"currentJobMode": "VENT_NATURE"}}),
        ("ceiling_fan", "ceilingfanOperationMode", {"airFlow": {"windStrength": "TURBO"}}),
        ("dehumidifier", "dehumidifierOperationMode", {"humidity": {"targetHumidity": 45}}),
        ("humidifier", "humidifierOperationMode", {"moodLamp": {"moodLampState": "ON"}}),
    ],
)
def test_power_governs_the_rest(kind: str, power: str, body: dict[str, dict[str, object]]) -> None:
    living = Living.make(kind, power_on=False)
    assert living.refused(body) == "2304"
    living.send({"operation": {power: "POWER_ON"}})
    living.send(body)
    for resource, values in body.items():
        for name, value in values.items():
            assert living.get(f"{resource}.{name}") == value
    living.do("press_power")
    assert living.get(f"operation.{power}") == "POWER_OFF"
    assert living.refused(body) == "2304"


def test_modes_that_leave_no_choice() -> None:
    dry = Living.make("dehumidifier", power_on=True)
    dry.send({"dehumidifierJobMode": {"currentJobMode": "QUIET_HUMIDITY"}})
    assert dry.refused({"humidity": {"targetHumidity": 40}}) == "2305"
    assert dry.refused({"airFlow": {"windStrengthLevel": "HIGH"}}) == "2305"
    wet = Living.make("humidifier", power_on=True)
    wet.send({"operation": {"sleepMode": "SLEEP_ON"}})
    assert wet.refused({"airFlow": {"windStrength": "HIGH"}}) == "2305"
    assert wet.refused({"airFlow": {"windStrength": "AUTO"}}) == "1102"
    fan = Living.make("air_purifier_fan", power_on=True)
    assert fan.refused({"airFlow": {"windTemperature": 25}}) == "2305"
    assert fan.refused({"airFlow": {"windTemperature": 25, "warmMode": "WARM_ON"}}) is None
    assert fan.refused({"airFanJobMode": {"currentJobMode": "UP_FEATURE"}}) == "1102"


def test_dehumidifier_dries_until_its_tank_is_full() -> None:
    living = Living.make("dehumidifier", power_on=True)
    living.do("set_humidity", percent=70)
    living.minutes(60)
    assert living.get("humidity.currentHumidity") < 65
    living.minutes(8 * 60)
    assert living.pushes == ["WATER_IS_FULL"]
    assert living.get("operation.dehumidifierOperationMode") == "POWER_OFF"
    on = {"operation": {"dehumidifierOperationMode": "POWER_ON"}}
    assert living.refused(on) == "2302"
    living.do("empty_tank")
    assert living.refused(on) is None


def test_humidifier_runs_dry() -> None:
    living = Living.make("humidifier", power_on=True)
    living.minutes(7 * 60)
    assert living.pushes == ["LACK_OF_WATER"]
    assert living.get("operation.humidifierOperationMode") == "POWER_OFF"
    living.do("fill_tank")
    assert living.refused({"operation": {"humidifierOperationMode": "POWER_ON"}}) is None


def test_boiler_regulates_what_its_panel_says() -> None:
    living = Living.make("system_boiler", power_on=True)
    heat = {"roomTemperatureInUnits": {"airHeatTargetTemperature": 25, "unit": "C"}}
    living.send(heat)
    assert living.get("roomTemperatureInUnits.targetTemperature", unit="F") == 77
    assert living.refused({"roomTemperatureInUnits": {"airCoolTargetTemperature": 25, "unit": "C"}}) == "2305"
    assert living.refused({"roomTemperatureInUnits": {"waterHeatTargetTemperature": 45, "unit": "C"}}) == "2305"
    living.do("set_room_mode", mode="WATER")
    assert living.refused(heat) == "2305"
    with pytest.raises(ValueError, match="no mode"):
        living.do("set_room_mode", mode="SAND")
    living.send({"operation": {"boilerOperationMode": "POWER_OFF"}})
    assert living.refused(heat) == "2304"
    hot = {"hotWaterTemperatureInUnits": {"targetTemperature": 60, "unit": "C"}}
    living.send(hot)
    living.minutes(150)
    assert living.get("hotWaterTemperatureInUnits.currentTemperature", unit="C") == 60
    living.send({"operation": {"hotWaterMode": "OFF"}})
    assert living.refused(hot) == "2305"


def test_boiler_warms_the_room() -> None:
    living = Living.make("system_boiler", power_on=True)
    living.send({"roomTemperatureInUnits": {"airHeatTargetTemperature": 29, "unit": "C"}})
    living.minutes(120)
    assert living.get("roomTemperatureInUnits.airCurrentTemperature", unit="C") == 29


def test_water_heater_heats_by_mode() -> None:
    living = Living.make("water_heater")
    living.do("draw_water", degrees=20)
    assert living.get("temperatureInUnits.currentTemperature", unit="C") == 28
    living.send({"waterHeaterJobMode": {"currentJobMode": "TURBO"}})
    living.send({"temperatureInUnits": {"targetTemperature": 55, "unit": "C"}})
    assert living.get("temperatureInUnits.targetTemperature", unit="F") == 132
    living.minutes(120)
    assert living.get("temperatureInUnits.currentTemperature", unit="C") == 55
    living.send({"waterHeaterJobMode": {"currentJobMode": "VACATION"}})
    living.minutes(180)
    assert living.get("temperatureInUnits.currentTemperature", unit="C") == 30
    assert living.refused({"operation": {"waterHeaterOperationMode": "POWER_OFF"}}) == "2207"
    living.do("press_power")
    assert living.refused({"waterHeaterJobMode": {"currentJobMode": "AUTO"}}) == "2304"


def test_plain_water_heater_has_no_units() -> None:
    living = Living.make("water_heater", units=False)
    living.send({"temperature": {"targetTemperature": 58}})
    living.minutes(120)
    assert living.get("temperature") == {"currentTemperature": 58, "targetTemperature": 58}
