"""Refrigerators, cellar, ovens, hob, hood, microwave, purifier, brewing and plants."""

from typing import Any

import pytest

from tests.simulator.living import Living

UPPER = {"location": {"locationName": "UPPER"}}


def oven(operation: str, **more: Any) -> dict[str, Any]:
    return {**UPPER, "operation": {"ovenOperationMode": operation}, **more}


def fridge(location: str, **target: int) -> dict[str, Any]:
    return {"temperatureInUnits": {"locationName": location, **target}}


def test_refrigerator_temperature_shows_in_both_units_and_both_resources() -> None:
    living = Living.make("refrigerator")
    living.send(fridge("FRIDGE", targetTemperatureC=5))
    assert living.get("temperatureInUnits.targetTemperatureF", locationName="FRIDGE") == 41
    assert living.get("temperature.targetTemperature", locationName="FRIDGE") == 5
    living.send(fridge("FREEZER", targetTemperatureF=-6))
    assert living.get("temperatureInUnits.targetTemperatureC", locationName="FREEZER") == -21
    assert living.reports[-1]["temperatureInUnits"] == [
        {"locationName": "FREEZER", "targetTemperatureC": -21, "targetTemperatureF": -6, "unit": "C"}
    ]


def test_refrigerator_refuses_what_its_table_leaves_out() -> None:
    living = Living.make("refrigerator")
    assert living.refused(fridge("FREEZER", targetTemperatureF=-5)) == "1102"
    assert living.refused(fridge("FRIDGE", targetTemperatureC=8)) == "1102"
    assert living.refused(fridge("CONVERTIBLE", targetTemperatureC=3)) == "1102"
    assert living.refused({"temperatureInUnits": {"targetTemperatureC": 3}}) == "1101"
    assert living.refused({"temperatureInUnits": {"locationName": "FRIDGE", "unit": "C"}}) == "1101"
    assert living.refused({"refrigeration": {"freshAirFilter": "REPLACE"}}) == "1102"
    assert living.refused({"powerSave": {"powerSaveEnabled": True}}) == "2207"


def test_fahrenheit_refrigerator_knows_no_celsius() -> None:
    living = Living.make("refrigerator", units="F")
    living.send(fridge("FRIDGE", targetTemperatureF=39))
    assert living.get("temperature.targetTemperature", locationName="FRIDGE") == 39
    assert living.refused(fridge("FRIDGE", targetTemperatureC=4)) == "2207"


def test_forgotten_door_calls_again_until_it_is_closed() -> None:
    living = Living.make("refrigerator")
    living.do("open_door")
    assert living.get("doorStatus.doorState", locationName="MAIN") == "OPEN"
    living.minutes(0.9)
    assert living.pushes == []
    living.minutes(4)
    assert living.pushes == ["DOOR_IS_OPEN", "DOOR_IS_OPEN"]
    living.do("close_door")
    living.minutes(30)
    assert len(living.pushes) == 2


def test_express_freezing_ends_by_itself() -> None:
    living = Living.make("refrigerator")
    living.send({"refrigeration": {"expressMode": True}})
    living.clock.advance(25 * 3600)
    assert living.get("refrigeration.expressMode") is False
    assert living.pushes == ["FROZEN_IS_COMPLETE"]
    living.send({"refrigeration": {"expressFridge": True}})
    living.send({"refrigeration": {"expressFridge": False}})
    living.clock.advance(25 * 3600)
    assert living.pushes == ["FROZEN_IS_COMPLETE"]


def test_refrigerator_filters_wear_and_are_replaced() -> None:
    living = Living.make("refrigerator")
    living.do("set_state", state={"refrigeration": {"freshAirFilterRemainPercent": 1}})
    living.clock.advance(13 * 3600)
    assert living.get("refrigeration.freshAirFilter") == "REPLACE"
    assert living.pushes == ["TIME_TO_CHANGE_FILTER"]
    living.do("replace_filter")
    assert living.get("refrigeration.freshAirFilterRemainPercent") == 100


def test_sabbath_refuses_every_change() -> None:
    living = Living.make("refrigerator")
    living.do("set_sabbath", on=True)
    assert living.refused(fridge("FRIDGE", targetTemperatureC=4)) == "2305"
    living.do("set_sabbath", on=False)
    assert living.refused(fridge("FRIDGE", targetTemperatureC=4)) is None


def test_kimchi_refrigerator_is_read_only() -> None:
    living = Living.make("kimchi_refrigerator")
    assert living.get("temperature.targetTemperature", locationName="TOP") == 3
    body = {"temperature": {"locationName": "MIDDLE", "targetTemperature": "KIMCHI"}}
    assert living.refused(body) == "2207"
    living.do("set_storage", location="MIDDLE", target="MEAT_FISH")
    assert living.reports == [{"temperature": [{"locationName": "MIDDLE", "targetTemperature": "MEAT_FISH"}]}]
    with pytest.raises(ValueError, match="no compartment"):
        living.do("set_storage", location="ATTIC", target="KIMCHI")
    living.do("open_door")
    living.minutes(2)
    living.do("close_door")
    living.minutes(10)
    assert living.pushes == ["DOOR_IS_OPEN"]


def test_wine_cellar_light_is_told_as_word_and_number() -> None:
    living = Living.make("wine_cellar")
    living.send({"operation": {"lightBrightness": "30%"}})
    assert living.get("operation.lightStatus") == 30
    living.send({"operation": {"lightStatus": 90}})
    assert living.get("operation.lightBrightness") == "100%"
    living.send({"temperatureInUnits": {"locationName": "WINE_LOWER", "targetTemperatureC": 14}})
    assert living.get("temperatureInUnits.targetTemperatureF", locationName="WINE_LOWER") == 57


def test_published_oven_can_only_be_stopped() -> None:
    living = Living.make("oven", remote_start=True)
    assert living.refused(oven("START")) == "1102"
    assert living.refused(oven("STOP")) == "2302"
    living.do("start_cooking", celsius=200, minutes=25)
    assert living.get("runState.currentState") == "PREHEATING"
    living.send(oven("STOP"))
    assert living.get("runState.currentState") == "INITIAL"
    assert living.get("temperature.targetTemperature") == 0


def test_oven_preheats_cooks_and_cools() -> None:
    living = Living.make("oven")
    living.do("start_cooking", celsius=180, minutes=20)
    living.minutes(60)
    assert living.pushes == ["PREHEATING_IS_COMPLETE", "COOKING_IS_COMPLETE"]
    passed = living.states()
    assert [state for index, state in enumerate(passed) if index == 0 or passed[index - 1] != state] == [
        "PREHEATING",
        "COOKING_IN_PROGRESS",
        "DONE",
        "COOLING",
        "INITIAL",
    ]


def test_cooking_from_afar_needs_the_button_and_a_closed_door() -> None:
    living = Living.make("oven", cookable=True)
    body = oven("START", cook={"cookMode": "ROAST"}, temperature={"targetTemperature": 200, "unit": "C"})
    assert living.refused(body) == "2301"
    living.do("press_remote_start")
    living.send({**body, "timer": {"targetHour": 0, "targetMinute": 40}})
    assert living.get("runState.currentState") == "PREHEATING"
    assert living.get("cook.cookMode") == "ROAST"
    assert living.get("temperature") == {"targetTemperature": 200, "unit": "C"}
    assert living.get("timer.remainMinute") == 40
    living.send({**UPPER, "temperature": {"targetTemperature": 400, "unit": "F"}})
    assert living.get("temperature") == {"targetTemperature": 400, "unit": "F"}
    living.do("open_door")
    assert living.refused(oven("STOP")) == "2301"
    with pytest.raises(ValueError, match="door"):
        living.do("press_remote_start")
    with pytest.raises(ValueError, match="door"):
        living.do("start_cooking")
    living.do("close_door")
    living.do("press_stop")
    living.do("press_remote_start")
    assert living.refused({**UPPER, "cook": {"cookMode": "BAKE"}}) == "2302"
    assert living.refused(oven("START", temperature={"targetTemperature": 300, "unit": "C"})) == "1102"
    assert living.refused(oven("START", temperature={"targetTemperature": 200})) == "1101"


def test_oven_error_never_goes_on_heating() -> None:
    living = Living.make("oven", cookable=True, remote_start=True)
    living.do("start_cooking")
    assert living.do("set_error")["error"] == "ERROR_HAS_OCCURRED"
    assert living.get("runState.currentState") == "ERROR"
    assert living.refused(oven("START")) == "2303"
    living.do("clear_error")
    assert living.get("runState.currentState") == "INITIAL"


def test_second_cavity_lives_by_itself() -> None:
    living = Living.make("oven", double=True)
    living.do("start_cooking", part="LOWER", minutes=10)
    assert living.get("runState.currentState", part=0) == "INITIAL"
    assert living.get("runState.currentState", part=1) == "PREHEATING"
    assert living.reports[0][0]["location"] == {"locationName": "LOWER"}


def test_hob_is_lit_by_hand_only() -> None:
    living = Living.make("cooktop")

    def level(value: int) -> dict[str, Any]:
        return {"location": {"locationName": "LEFT_REAR"}, "power": {"powerLevel": value}}

    assert living.refused(level(5)) == "2301"
    living.do("press_remote", part="LEFT_REAR")
    assert living.refused(level(5)) == "2302"
    living.do("turn_knob", part="LEFT_REAR", level=9, minutes=30)
    living.send({**level(4), "timer": {"remainHour": 0, "remainMinute": 10}})
    assert living.get("power.powerLevel", part=1) == 4
    living.minutes(5)
    assert living.get("timer.remainMinute", part=1) == 5
    living.minutes(6)
    assert living.get("cookingZone.currentState", part=1) == "INITIAL"
    with pytest.raises(ValueError, match="no level"):
        living.do("turn_knob", part="LEFT_REAR", level=12)


def test_zone_put_out_before_the_command_arrives_stays_out() -> None:
    living = Living.make("cooktop")
    living.do("press_remote", part="LEFT_FRONT")
    living.do("turn_knob", part="LEFT_FRONT", level=9)
    living.appliance.control({"location": {"locationName": "LEFT_FRONT"}, "power": {"powerLevel": 4}})
    living.do("turn_knob", part="LEFT_FRONT", level=0)
    living.minutes(1)
    assert living.get("power.powerLevel") == 0


def test_hob_can_always_be_switched_off() -> None:
    living = Living.make("cooktop")
    for zone in ("LEFT_FRONT", "RIGHT_FRONT"):
        living.do("turn_knob", part=zone, level=7)
    living.send({"operation": {"operationMode": "POWER_OFF"}})
    assert [living.get("power.powerLevel", part=index) for index in range(3)] == [0, 0, 0]
    assert living.refused({"operation": {"operationMode": "POWER_ON"}}) == "1102"


def test_hood_is_on_with_fan_or_lamp() -> None:
    living = Living.make("hood")
    living.send({"ventilation": {"fanSpeed": 2}, "lamp": {"lampBrightness": 0}})
    assert living.get("operation.hoodOperationMode") == "POWER_ON"
    living.do("press_timer", minutes=3)
    living.minutes(4)
    assert living.get("operation.hoodOperationMode") == "POWER_OFF"
    assert living.get("ventilation.fanSpeed") == 0
    with pytest.raises(ValueError, match="minute"):
        living.do("press_timer", minutes=90)


def test_microwave_oven_counts_down() -> None:
    living = Living.make("microwave_oven")
    living.do("start_cooking", minutes=2, seconds=10)
    assert (living.get("timer.remainMinute"), living.get("timer.remainSecond")) == (2, 10)
    living.minutes(2.5)
    assert living.get("runState.currentState") == "COOK_COMPLETE"
    assert living.pushes == ["COOKING_IS_COMPLETE"]
    living.minutes(6)
    assert living.get("runState.currentState") == "INITIAL"
    living.do("start_cooking", minutes=5)
    living.do("press_stop")
    living.minutes(6)
    assert living.get("runState.currentState") == "INITIAL"
    assert living.appliance.profile["property"]["lamp"]["lampBrightness"]["mode"] == "rw"
    living.send({"ventilation": {"fanSpeed": 4}, "lamp": {"lampBrightness": 2}})
    assert living.get("lamp.lampBrightness") == 2
    with pytest.raises(ValueError, match="hour"):
        living.do("start_cooking", minutes=90)


def test_water_purifier_cleans_itself_at_night() -> None:
    living = Living.make("water_purifier")
    living.clock.advance(18 * 3600 + 60)
    assert living.get("runState.cockState") == "CLEANING"
    living.minutes(10)
    assert living.get("runState.sterilizingState") == "OFF"
    living.do("sterilize")
    living.do("cancel")
    assert living.get("runState.sterilizingState") == "CANCEL"
    living.minutes(2)
    assert living.get("runState.cockState") == "NORMAL"


def test_brewing_takes_its_days() -> None:
    living = Living.make("home_brew")
    living.do("start_brewing", recipe="STOUT")
    with pytest.raises(ValueError, match="no beer"):
        living.do("draw_beer")
    living.clock.advance(20 * 86400)
    passed = living.states()
    assert [state for index, state in enumerate(passed) if index == 0 or passed[index - 1] != state] == [
        "PREPAREING_FERMENTATION",
        "DURING_FERMENTATION",
        "TEMPERATURE_STABILIZATION",
        "CARBONATION",
        "DURING_AGING",
        "EXTRACTION_MODE",
    ]
    assert living.get("recipe.beerRemain") == 100
    living.do("draw_beer", percent=40)
    living.do("draw_beer", percent=70)
    assert living.get("runState.currentState") == "STANDBY"
    living.clock.advance(3 * 86400)
    assert living.get("runState.currentState") == "STANDBY"
    with pytest.raises(ValueError, match="unknown recipe"):
        living.do("start_brewing", recipe="TEA")


def test_plants_are_tended_at_the_panel() -> None:
    living = Living.make("plant_cultivator")
    living.do("set_growth_mode", part="LOWER", mode="EXT_FLOWER")
    assert living.get("runState.growthMode", part=1) == "EXT_FLOWER"
    living.do("open_door")
    assert living.get("temperature.temperatureState") == "LOW"
    living.minutes(16)
    assert living.get("temperature.temperatureState") == "NORMAL"
    living.do("press_power", part="UPPER")
    assert living.get("runState.currentState") == "POWER_OFF"
    with pytest.raises(ValueError, match="unknown programme"):
        living.do("set_growth_mode", mode="EXT_TREE")
