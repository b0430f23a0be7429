"""The tables: what a profile becomes, what a report says, what a command sends."""

from collections.abc import Mapping
from datetime import time
from typing import Any

import pytest

from custom_components.dongju.model.command import Command
from custom_components.dongju.model.device import Value
from custom_components.dongju.model.errors import OutOfRangeError
from custom_components.dongju.model.limits import check
from custom_components.dongju.model.vocabulary import DeviceType, Kind, Unit
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.vendors.thinq.commands import plan
from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.profile import parse_profile

from .profiles import command, device_of, flag, number, read_words, span, value, words

COOLING_ONLY = {
    "airConJobMode": {"currentJobMode": words("AIR_CLEAN", "COOL", "AIR_DRY")},
    "operation": {
        "airConOperationMode": words("POWER_ON", "POWER_OFF"),
        "airCleanOperationMode": command("START", "STOP"),
    },
    "airFlow": {
        "windStrength": words("LOW", "HIGH", "MID"),
        "windStrengthDetail": words("NATURE", "LOW", "BREEZE"),
        "windStep": span(1, 7),
    },
    "airQualitySensor": {
        "PM1": number(),
        "oder": number(),
        "totalPollution": number(),
        "monitoringEnabled": words("ON_WORKING", "ALWAYS"),
    },
    "powerSave": {"powerSaveEnabled": flag()},
    "windDirection": {"rotateUpDown": flag(), "rotateLeftRight": flag()},
    "temperature": {
        "coolTargetTemperature": span(18, 30, mode="w"),
        "currentTemperature": number(),
        "targetTemperature": span(18, 30),
        "unit": read_words("C", "F"),
    },
    "temperatureInUnits": [
        {
            "currentTemperature": number(),
            "targetTemperature": number(),
            "coolTargetTemperature": span(18, 30, mode="w"),
            "unit": "C",
        },
        {
            "currentTemperature": number(),
            "targetTemperature": number(),
            "coolTargetTemperature": span(64, 86, 2, mode="w"),
            "unit": "F",
        },
    ],
    "timer": {
        name: number("rw")
        for name in (
            "relativeHourToStart",
            "relativeMinuteToStart",
            "relativeHourToStop",
            "relativeMinuteToStop",
            "absoluteHourToStart",
            "absoluteMinuteToStart",
        )
    },
}

COOLING_STATE = {
    "airConJobMode": {"currentJobMode": "COOL"},
    "operation": {"airConOperationMode": "POWER_ON"},
    "airFlow": {"windStep": 6, "windStrength": "AUTO", "windStrengthDetail": "LOW_MID"},
    "airQualitySensor": {"PM1": 12, "oder": 1, "totalPollution": 3, "totalPollutionLevel": "GOOD"},
    "temperature": {"currentTemperature": 25, "targetTemperature": 19, "unit": "C"},
    "temperatureInUnits": [
        {"currentTemperature": 25, "targetTemperature": 19, "unit": "C"},
        {"currentTemperature": 77, "targetTemperature": 66, "unit": "F"},
    ],
    "timer": {
        "relativeStartTimer": "UNSET",
        "absoluteStartTimer": "SET",
        "absoluteHourToStart": 13,
        "absoluteMinuteToStart": 14,
    },
    "sleepTimer": {"relativeStopTimer": "UNSET"},
}

TWO_SETS = {
    "airConJobMode": {"currentJobMode": words("COOL", "HEAT", "AUTO")},
    "twoSetTemperature": {"twoSetEnabled": flag("r")},
    "twoSetTemperatureInUnits": [
        {"heatTargetTemperature": span(4, 32, 0.5), "coolTargetTemperature": span(10, 37.5, 0.5), "unit": "C"},
        {"heatTargetTemperature": span(40, 90), "coolTargetTemperature": span(50, 99), "unit": "F"},
    ],
}

TWO_SETS_STATE = {
    "twoSetTemperature": {"twoSetEnabled": True},
    "twoSetTemperatureInUnits": [
        {"coolTargetTemperature": 26, "heatTargetTemperature": 14, "unit": "C"},
        {"coolTargetTemperature": 79, "heatTargetTemperature": 58, "unit": "F"},
    ],
}

WASHER = [
    {
        "location": {"locationName": "MAIN"},
        "operation": {"washerOperationMode": command("START", "STOP", "POWER_OFF")},
        "remoteControlEnable": {"remoteControlEnabled": flag("r")},
        "runState": {"currentState": read_words("INITIAL", "RUNNING", "END", "POWER_OFF")},
        "detergent": {"detergentSetting": "NORMAL"},
        "timer": {
            "relativeHourToStart": span(1, 19),
            "relativeMinuteToStart": span(0, 30, mode="r"),
            "remainHour": span(0, 30, mode="r"),
            "remainMinute": span(0, 59, mode="r"),
        },
    }
]

HOOD = {"ventilation": {"fanSpeed": span(0, 5)}, "lamp": {"lampBrightness": span(0, 2)}}
HOOD_STATE = {"ventilation": {"fanSpeed": 1}, "lamp": {"lampBrightness": 2}}

DRYER = {
    "operation": {"dryerOperationMode": command("START", "STOP", "POWER_OFF")},
    "timer": {"relativeHourToStart": span(1, 19), "relativeHourToStop": span(1, 19)},
}

OVEN = [
    {
        "location": {"locationName": name},
        "operation": {"ovenOperationMode": command("START", "STOP")},
        "cook": {"cookMode": words("BAKE", "ROAST")},
        "temperature": [
            {"targetTemperature": span(170, 550, 5), "unit": "F"},
            {"targetTemperature": span(80, 285, 5), "unit": "C"},
        ],
        "timer": {"targetHour": span(0, 11), "targetMinute": span(0, 59), "remainHour": number()},
    }
    for name in ("UPPER", "LOWER")
]

OVEN_STATE = [
    {
        "location": {"locationName": name},
        "cook": {"cookMode": "BAKE"},
        "temperature": {"targetTemperature": 180, "unit": "C"},
    }
    for name in ("UPPER", "LOWER")
]

COOKTOP = [
    {
        "location": {"locationName": "LEFT_FRONT"},
        "power": {"powerLevel": span(0, 11)},
        "timer": {"remainHour": span(0, 11), "remainMinute": span(0, 59)},
    },
    {"location": {"locationName": "LEFT_REAR"}, "power": {"powerLevel": span(0, 11)}},
]

COOKTOP_STATE = [
    {
        "location": {"locationName": "LEFT_FRONT"},
        "power": {"powerLevel": 3},
        "timer": {"remainHour": 0, "remainMinute": 27},
    }
]

FRIDGE = {
    "temperatureInUnits": [
        {
            "locationName": "FRIDGE",
            "targetTemperatureC": span(1, 7),
            "targetTemperatureF": span(34, 45),
            "unit": read_words("C", "F"),
        },
        {
            "locationName": "FREEZER",
            "targetTemperatureC": span(-23, -15),
            "targetTemperatureF": span(-8, 6, excluded=[-5]),
            "unit": read_words("C", "F"),
        },
    ]
}

PURIFIER = {
    "operation": {"airPurifierOperationMode": words("POWER_ON", "POWER_OFF")},
    "sleepTimer": {"relativeHourToStop": number("rw")},
}

DEHUMIDIFIER = {
    "operation": {"dehumidifierOperationMode": words("POWER_ON", "POWER_OFF")},
    "dehumidifierJobMode": {"currentJobMode": words("SMART_HUMIDITY", "RAPID_HUMIDITY")},
    "humidity": {"targetHumidity": span(30, 70, 5)},
    "airFlow": {"windStrengthLevel": words("LOW", "HIGH")},
}

BOILER = {
    "boilerJobMode": {"currentJobMode": words("COOL", "HEAT", "AUTO")},
    "operation": {"hotWaterMode": words("ON", "OFF"), "roomTempMode": read_words("AIR", "WATER")},
    "roomTemperatureInUnits": [
        {
            "targetTemperature": number(),
            "airHeatTargetTemperature": span(16, 30, mode="w"),
            "airCoolTargetTemperature": span(18, 30, mode="w"),
            "waterHeatTargetTemperature": span(14, 57, mode="w"),
            "unit": "C",
        }
    ],
    "hotWaterTemperatureInUnits": [{"targetTemperature": span(30, 80), "unit": "C"}],
}


def bodies(device: ThinQDevice, values: Mapping[str, Value], part: str = "") -> list[dict[str, Any]]:
    """Return the control bodies of a command that was checked."""
    for key, wanted in values.items():
        check(device.description.attribute(part, key), key, wanted)
    return plan(device, Command(device_id=device.device_id, part=part, values=values))


@pytest.mark.parametrize(
    ("values", "body"),
    [
        ({"mode": "air_clean"}, {"airConJobMode": {"currentJobMode": "AIR_CLEAN"}}),
        ({"mode": "dry"}, {"airConJobMode": {"currentJobMode": "AIR_DRY"}}),
        ({"air_clean_operation": "start"}, {"operation": {"airCleanOperationMode": "START"}}),
        ({"on_off": True}, {"operation": {"airConOperationMode": "POWER_ON"}}),
        ({"cool_target_temperature": 18}, {"temperatureInUnits": {"coolTargetTemperature": 18, "unit": "C"}}),
        ({"target_temperature": 21.0}, {"temperatureInUnits": {"coolTargetTemperature": 21, "unit": "C"}}),
        ({"power_save": True}, {"powerSave": {"powerSaveEnabled": True}}),
        ({"fan_speed": "low"}, {"airFlow": {"windStrength": "LOW"}}),
        ({"fan_speed_detail": "breeze"}, {"airFlow": {"windStrengthDetail": "BREEZE"}}),
        ({"fan_step": 1}, {"airFlow": {"windStep": 1}}),
        ({"fan_speed": "low", "fan_speed_detail": "low"}, {"airFlow": {"windStrengthDetail": "LOW"}}),
        ({"monitoring": "always"}, {"airQualitySensor": {"monitoringEnabled": "ALWAYS"}}),
        ({"swing_horizontal": True}, {"windDirection": {"rotateLeftRight": True}}),
        ({"start_time": time(1, 30)}, {"timer": {"absoluteHourToStart": 1, "absoluteMinuteToStart": 30}}),
        ({"start_time": None}, {"timer": {"absoluteHourToStart": -1, "absoluteMinuteToStart": -1}}),
        ({"delay_start": 90}, {"timer": {"relativeHourToStart": 1, "relativeMinuteToStart": 30}}),
        ({"delay_start": 0}, {"timer": {"relativeHourToStart": -1, "relativeMinuteToStart": -1}}),
        ({"delay_stop": 90}, {"timer": {"relativeHourToStop": 1, "relativeMinuteToStop": 30}}),
    ],
)
def test_bodies_of_an_air_conditioner_are_lgs(values: dict[str, Value], body: dict[str, Any]) -> None:
    assert bodies(device_of("AIR_CONDITIONER", COOLING_ONLY, COOLING_STATE), values) == [body]


@pytest.mark.parametrize(
    ("kind", "properties", "state", "part", "values", "body"),
    [
        ("AIR_PURIFIER", PURIFIER, None, "", {"sleep_timer": 60}, {"sleepTimer": {"relativeHourToStop": 1}}),
        ("DEHUMIDIFIER", DEHUMIDIFIER, None, "", {"target_humidity": 30}, {"humidity": {"targetHumidity": 30}}),
        ("DEHUMIDIFIER", DEHUMIDIFIER, None, "", {"fan_speed": "low"}, {"airFlow": {"windStrengthLevel": "LOW"}}),
        (
            "DEHUMIDIFIER",
            DEHUMIDIFIER,
            None,
            "",
            {"mode": "smart_humidity"},
            {"dehumidifierJobMode": {"currentJobMode": "SMART_HUMIDITY"}},
        ),
        (
            "HOOD",
            HOOD,
            HOOD_STATE,
            "",
            {"hood_fan_speed": 0},
            {"ventilation": {"fanSpeed": 0}, "lamp": {"lampBrightness": 2}},
        ),
        (
            "MICROWAVE_OVEN",
            HOOD,
            HOOD_STATE,
            "",
            {"lamp_brightness": 0},
            {"ventilation": {"fanSpeed": 1}, "lamp": {"lampBrightness": 0}},
        ),
        (
            "WASHER",
            WASHER,
            None,
            "",
            {"operation": "start"},
            {"location": {"locationName": "MAIN"}, "operation": {"washerOperationMode": "START"}},
        ),
        (
            "WASHER",
            WASHER,
            None,
            "",
            {"delay_start": 180},
            {"location": {"locationName": "MAIN"}, "timer": {"relativeHourToStart": 3}},
        ),
        ("WASHTOWER_DRYER", DRYER, None, "", {"operation": "start"}, {"operation": {"dryerOperationMode": "START"}}),
        ("WASHTOWER_DRYER", DRYER, None, "", {"delay_stop": 60}, {"timer": {"relativeHourToStop": 1}}),
        (
            "REFRIGERATOR",
            FRIDGE,
            None,
            "freezer",
            {"target_temperature": -18},
            {"temperatureInUnits": {"locationName": "FREEZER", "targetTemperatureC": -18}},
        ),
        (
            "AIR_CONDITIONER",
            TWO_SETS,
            TWO_SETS_STATE,
            "",
            {"two_set_cool_temperature": 27.5},
            {
                "twoSetTemperatureInUnits": {
                    "coolTargetTemperature": 27.5,
                    "heatTargetTemperature": 14,
                    "unit": "C",
                }
            },
        ),
        (
            "OVEN",
            OVEN,
            OVEN_STATE,
            "lower",
            {"cook_mode": "roast", "target_temperature": 200, "target_time": 90},
            {
                "location": {"locationName": "LOWER"},
                "operation": {"ovenOperationMode": "START"},
                "cook": {"cookMode": "ROAST"},
                "temperature": {"targetTemperature": 200, "unit": "C"},
                "timer": {"targetHour": 1, "targetMinute": 30},
            },
        ),
        (
            "OVEN",
            OVEN,
            OVEN_STATE,
            "upper",
            {"operation": "stop"},
            {"location": {"locationName": "UPPER"}, "operation": {"ovenOperationMode": "STOP"}},
        ),
        (
            "COOKTOP",
            COOKTOP,
            COOKTOP_STATE,
            "left_front",
            {"power_level": 0},
            {
                "location": {"locationName": "LEFT_FRONT"},
                "power": {"powerLevel": 0},
                "timer": {"remainHour": 0, "remainMinute": 27},
            },
        ),
        (
            "SYSTEM_BOILER",
            BOILER,
            {"boilerJobMode": {"currentJobMode": "HEAT"}, "operation": {"roomTempMode": "WATER"}},
            "",
            {"target_temperature": 50},
            {"roomTemperatureInUnits": {"waterHeatTargetTemperature": 50, "unit": "C"}},
        ),
        (
            "SYSTEM_BOILER",
            BOILER,
            {"boilerJobMode": {"currentJobMode": "HEAT"}, "operation": {"roomTempMode": "AIR"}},
            "",
            {"target_temperature": 20},
            {"roomTemperatureInUnits": {"airHeatTargetTemperature": 20, "unit": "C"}},
        ),
        (
            "WATER_HEATER",
            {"temperature": {"currentTemperature": number(), "targetTemperature": number("rw")}},
            {"temperature": {"currentTemperature": 42, "targetTemperature": 52}},
            "",
            {"target_temperature": 55},
            {"temperature": {"targetTemperature": 55}},
        ),
        (
            "HEJ_BLIND_MOTOR",
            {"openCloseState": {"currentState": words("OPEN", "CLOSE", "STOP"), "level": span(0, 100)}},
            None,
            "",
            {"position": 40},
            {"openCloseState": {"level": 40}},
        ),
    ],
)
def test_bodies_of_other_devices_are_lgs(
    kind: str, properties: Any, state: Any, part: str, values: dict[str, Value], body: dict[str, Any]
) -> None:
    assert bodies(device_of(kind, properties, state), values, part) == [body]


def test_a_body_in_fahrenheit_is_in_fahrenheit() -> None:
    device = device_of("AIR_CONDITIONER", COOLING_ONLY, COOLING_STATE, fahrenheit=True)
    assert bodies(device, {"cool_target_temperature": 64}) == [
        {"temperatureInUnits": {"coolTargetTemperature": 64, "unit": "F"}}
    ]
    assert value(device, "current_temperature") == 77


def test_a_washtower_wraps_its_halves() -> None:
    raw = {
        "washer": {"property": {"operation": {"washerOperationMode": command("START")}}, "error": ["DOOR_OPEN_ERROR"]},
        "dryer": {"property": DRYER, "notification": {"push": ["DRYING_IS_COMPLETE"]}},
    }
    device = device_of("WASHTOWER", None, {"washer": {}, "dryer": {}}, top=raw)
    assert bodies(device, {"operation": "start"}, "dryer") == [
        {"dryer": {"operation": {"dryerOperationMode": "START"}}}
    ]
    assert device.description.parts["washer"].type is DeviceType.WASHER
    assert device.description.parts["dryer"].type is DeviceType.DRYER
    assert "error" in device.description.parts["washer"].attributes
    assert "finished" in device.description.parts["dryer"].attributes


def test_values_of_a_state() -> None:
    device = device_of("AIR_CONDITIONER", COOLING_ONLY, COOLING_STATE)
    expected = {
        "mode": "cool",
        "on_off": True,
        "fan_step": 6,
        "fan_speed_detail": "low_mid",
        "current_temperature": 25,
        "target_temperature": 19,
        "pm1": 12,
        "odor": 1,
        "total_pollution_level": "good",
        "start_time": time(13, 14),
        "delay_start": 0,
        "temperature_unit": "c",
    }
    assert {key: value(device, key) for key in expected} == expected


def test_a_partial_report_changes_what_it_mentions_and_both_units() -> None:
    device = device_of("AIR_CONDITIONER", COOLING_ONLY, COOLING_STATE)
    update = device.take({"temperature": {"currentTemperature": 27, "unit": "C"}}, whole=False)
    assert update.values[device.device_id, "", "current_temperature"] == 27
    assert (device.device_id, "", "mode") not in update.values
    device.set_fahrenheit(fahrenheit=True)
    assert value(device, "current_temperature") == 81


def test_a_timer_that_is_unset_has_no_time() -> None:
    device = device_of("AIR_CONDITIONER", COOLING_ONLY, COOLING_STATE)
    update = device.take({"timer": {"absoluteStartTimer": "UNSET"}}, whole=False)
    assert update.values[device.device_id, "", "start_time"] is None


def test_a_device_that_speaks_one_unit_is_read_in_it() -> None:
    device = device_of("OVEN", OVEN[:1], [{**OVEN_STATE[0], "temperature": {"targetTemperature": 350, "unit": "F"}}])
    attribute = device.description.attribute("", "target_temperature")
    assert attribute is not None
    assert (attribute.unit, value(device, "target_temperature")) == (Unit.FAHRENHEIT, 350)
    update = device.take(
        [{"location": {"locationName": "UPPER"}, "temperature": {"targetTemperature": 180, "unit": "C"}}], whole=False
    )
    assert update.described
    attribute = device.description.attribute("", "target_temperature")
    assert attribute is not None
    assert (attribute.unit, value(device, "target_temperature")) == (Unit.CELSIUS, 180)


def test_excluded_numbers_and_steps_are_the_profiles() -> None:
    device = device_of("REFRIGERATOR", FRIDGE, fahrenheit=True)
    attribute = device.description.attribute("freezer", "target_temperature")
    assert attribute is not None
    assert (attribute.minimum, attribute.maximum, attribute.step, attribute.excluded) == (-8, 6, 1, (-5,))


def test_kimchi_compartments_have_a_number_or_a_word() -> None:
    properties = {
        "temperature": [
            {"locationName": "TOP", "targetTemperature": read_words("TEMPERATURE_NUMBER")},
            {"locationName": "MIDDLE", "targetTemperature": read_words("KIMCHI", "OFF")},
        ]
    }
    state = {
        "temperature": [
            {"locationName": "TOP", "targetTemperature": 6},
            {"locationName": "MIDDLE", "targetTemperature": "KIMCHI"},
        ]
    }
    device = device_of("KIMCHI_REFRIGERATOR", properties, state)
    assert value(device, "target_temperature", "top") == 6
    assert value(device, "target_temperature_state", "top") == "temperature_number"
    assert value(device, "target_temperature_state", "middle") == "kimchi"
    assert device.description.attribute("middle", "target_temperature") is None


def test_constants_extensions_and_lists() -> None:
    device = device_of("OVEN", OVEN[:1], OVEN_STATE[:1], top={"extensionProperty": {"info": {"type": "SINGLE"}}})
    assert value(device, "oven_type") == "single"
    assert list(device.description.parts) == [""]
    water = device_of(
        "WATER_PURIFIER",
        {"waterInfo": {"waterType": {"mode": ["r"], "type": "list", "value": {"r": ["COLD", "HOT"]}}}},
        {"waterInfo": {"waterType": ["HOT", "COLD"]}},
    )
    assert value(water, "water_type") == ("hot", "cold")


def test_a_lock_is_never_opened() -> None:
    properties = {"doorState": {"currentState": words("OPEN", "CLOSE", write=("OPEN",))}}
    device = device_of("HEJ_DOOR_LOCK", properties, {"doorState": {"currentState": "OPEN"}})
    attribute = device.description.attribute("", "open")
    assert attribute is not None
    assert (attribute.kind, attribute.writable) == (Kind.BOOLEAN, False)
    assert value(device, "open") is True


def test_what_no_row_knows_keeps_its_name_and_its_use() -> None:
    properties = {
        "newThing": {
            "superMode": words("A", "B"),
            "superLevel": span(0, 10, 2),
            "superSwitch": words("X_ON", "X_OFF"),
            "superText": {"mode": ["r"], "type": "string"},
            "superStart": command("GO"),
            "deep": {"deeper": number()},
        }
    }
    state = {
        "newThing": {"superMode": "A", "superLevel": 4, "superSwitch": "X_ON", "superText": "hi", "deep": {"deeper": 3}}
    }
    device = device_of("SOMETHING_NEW", properties, state)
    assert device.description.type is DeviceType.UNKNOWN
    expected = {
        "new_thing_super_mode": "a",
        "new_thing_super_level": 4,
        "new_thing_super_switch": True,
        "new_thing_super_text": "hi",
        "new_thing_deep_deeper": 3,
    }
    assert {key: value(device, key) for key in expected} == expected
    assert not any(attribute.known for attribute in device.description.parts[""].attributes.values())
    assert bodies(device, {"new_thing_super_level": 6}) == [{"newThing": {"superLevel": 6}}]
    assert bodies(device, {"new_thing_super_switch": False}) == [{"newThing": {"superSwitch": "X_OFF"}}]
    assert bodies(device, {"new_thing_super_start": "go"}) == [{"newThing": {"superStart": "GO"}}]


def test_what_only_a_state_has_can_be_read() -> None:
    device = device_of("AIR_CONDITIONER", {"operation": {"airConOperationMode": words("POWER_ON", "POWER_OFF")}})
    update = device.take(
        {"operation": {"airConOperationMode": "POWER_ON"}, "airQualitySensor": {"PM10": 8}, "odd": {"word": "GOOD"}},
        whole=True,
    )
    assert update.described
    assert value(device, "pm10") == 8
    assert value(device, "odd_word") == "good"
    update = device.take({"odd": {"word": "BAD"}}, whole=False)
    assert value(device, "odd_word") == "bad"


def test_power_words_are_a_switch_and_states_of_running_are_not() -> None:
    plug = device_of("HEJ_PLUG", {"runState": {"currentState": words("POWER_ON", "POWER_OFF")}})
    plant = device_of("PLANT_CULTIVATOR", {"runState": {"currentState": read_words("POWER_ON", "POWER_OFF")}})
    assert plug.description.attribute("", "on_off") is not None
    state = plant.description.attribute("", "run_state")
    assert state is not None
    assert state.kind is Kind.ENUM


@pytest.fixture
def every_family() -> HomeSpec:
    return HomeSpec(thinq=[{"type": kind, "name": kind} for kind in FAMILIES])


async def test_every_property_of_every_appliance_is_reachable_and_known(
    socket_enabled: None, every_family: HomeSpec
) -> None:
    """The mock appliances have every property of LG's published profiles."""
    cloud = ThinqCloud(every_family, clock=ManualClock())
    await cloud.start()
    try:
        for appliance in cloud.context.fleet.all():
            raw = appliance.profile
            device = device_of(
                appliance.device_type.removeprefix("DEVICE_"), raw.get("property"), appliance.state, top=raw
            )
            for part, properties in parse_profile(raw).properties.items():
                attributes = device.description.parts[part].attributes.values()
                reached = {source for attribute in attributes for source in attribute.sources}
                assert {prop.source for prop in properties.values()} <= reached, appliance.device_type
                unknown = {attribute.key for attribute in attributes if not attribute.known}
                assert all(key.startswith(("color_light", "electricity")) for key in unknown), unknown
    finally:
        await cloud.close()


def attribute_of(device: ThinQDevice, key: str, part: str = "") -> Any:
    found = device.description.attribute(part, key)
    assert found is not None
    return found


def test_numbers_that_come_as_text_or_as_nonsense() -> None:
    properties = {"humidity": {"currentHumidity": number()}}
    for raw, expected in (("60", 60), ("x", None), (True, None), (float("nan"), None), ([1], None), (60.5, 60.5)):
        device = device_of("HEJ_THERMO_HYGROMETER", properties, {"humidity": {"currentHumidity": raw}})
        assert value(device, "current_humidity") == expected


def test_switches_read_the_words_of_switches() -> None:
    properties = {"powerSave": {"powerSaveEnabled": flag()}, "misc": {"uvNano": words("ON", "OFF")}}
    for raw, expected in ((True, True), ("true", True), ("OFF", False), (3, None), (None, None)):
        state = {"powerSave": {"powerSaveEnabled": raw}, "misc": {"uvNano": raw}}
        assert value(device_of("AIR_PURIFIER_FAN", properties, state), "power_save") == expected
    assert value(device_of("AIR_PURIFIER_FAN", properties, {"misc": {"uvNano": True}}), "uv_nano") is True


def test_constants_of_every_kind() -> None:
    device = device_of("SOMETHING", {"info": {"flag": True, "count": 7, "name": "X1"}}, {})
    assert [value(device, f"info_{key}") for key in ("flag", "count", "name")] == [True, 7, "x1"]


def test_two_words_that_would_become_one_stay_two() -> None:
    device = device_of("AIR_CONDITIONER", {"airConJobMode": {"currentJobMode": words("DRY", "AIR_DRY", "COOL")}})
    assert attribute_of(device, "mode").options == ("dry", "air_dry", "cool")
    assert bodies(device, {"mode": "air_dry"}) == [{"airConJobMode": {"currentJobMode": "AIR_DRY"}}]


def test_lists_can_be_written() -> None:
    several = {"mode": ["r", "w"], "type": "list", "value": {"r": ["A", "B", "C"], "w": ["A", "B"]}}
    device = device_of("SOMETHING", {"thing": {"many": several}}, {"thing": {"many": ["C", "A", "?"]}})
    assert value(device, "thing_many") == ("c", "a")
    assert bodies(device, {"thing_many": ("b", "a")}) == [{"thing": {"many": ["B", "A"]}}]


def test_a_nested_property_is_written_where_it_lives() -> None:
    device = device_of("SOMETHING", {"thing": {"deep": {"deeper": span(0, 5)}}})
    assert bodies(device, {"thing_deep_deeper": 3}) == [{"thing": {"deep": {"deeper": 3}}}]


def test_a_target_without_a_common_one_is_the_modes() -> None:
    properties = {
        "airConJobMode": {"currentJobMode": words("COOL", "HEAT")},
        "temperatureInUnits": [
            {"coolTargetTemperature": span(18, 30), "heatTargetTemperature": span(10, 25), "unit": "C"}
        ],
    }
    state = {
        "airConJobMode": {"currentJobMode": "HEAT"},
        "temperatureInUnits": [{"coolTargetTemperature": 26, "heatTargetTemperature": 21, "unit": "C"}],
    }
    device = device_of("AIR_CONDITIONER", properties, state, fahrenheit=True)
    assert attribute_of(device, "cool_target_temperature").unit is Unit.CELSIUS, "there is no other"
    if device.description.attribute("", "target_temperature"):
        assert value(device, "target_temperature") == 21


def test_a_range_of_another_mode_is_refused_with_the_range_of_this_one() -> None:
    properties = {
        "airConJobMode": {"currentJobMode": words("COOL", "HEAT")},
        "temperatureInUnits": [
            {
                "targetTemperature": number(),
                "coolTargetTemperature": span(18, 30, mode="w"),
                "heatTargetTemperature": span(10, 25, mode="w"),
                "unit": "C",
            }
        ],
    }
    device = device_of("AIR_CONDITIONER", properties, {"airConJobMode": {"currentJobMode": "COOL"}})
    attribute = attribute_of(device, "target_temperature")
    assert (attribute.minimum, attribute.maximum) == (10, 30)
    with pytest.raises(OutOfRangeError) as refused:
        bodies(device, {"target_temperature": 12})
    assert refused.value.placeholders["minimum"] == "18"


def test_a_plain_temperature_goes_out_with_the_unit_it_came_with() -> None:
    properties = {"temperature": {"targetTemperature": span(30, 90), "unit": read_words("C", "F")}}
    device = device_of("WATER_HEATER", properties, {"temperature": {"targetTemperature": 80, "unit": "F"}})
    assert attribute_of(device, "target_temperature").unit is Unit.FAHRENHEIT
    assert bodies(device, {"target_temperature": 85}) == [{"temperature": {"targetTemperature": 85, "unit": "F"}}]
    only_fahrenheit = device_of("WATER_HEATER", {"temperature": {"currentTemperature": number(), "unit": "F"}})
    assert attribute_of(only_fahrenheit, "current_temperature").unit is Unit.FAHRENHEIT


def test_an_operation_that_is_no_switch_is_a_choice() -> None:
    device = device_of("VENTILATOR", {"operation": {"ventOperationMode": words("POWER_ON", "POWER_OFF", "NIGHT")}})
    assert device.description.attribute("", "on_off") is None
    assert attribute_of(device, "operation").options == ("power_on", "power_off", "night")


def test_times_of_day_that_are_none() -> None:
    properties = {"timer": {"absoluteHourToStart": number("rw"), "absoluteMinuteToStart": number("rw")}}
    for raw in ({"absoluteHourToStart": 25}, {"absoluteHourToStart": -1}, {"absoluteHourToStart": None}, {}):
        assert value(device_of("AIR_PURIFIER", properties, {"timer": raw}), "start_time") is None


def test_a_duration_that_cannot_be_cancelled_is_not() -> None:
    device = device_of("WASHTOWER_DRYER", DRYER)
    assert attribute_of(device, "delay_start").minimum == 60
    with pytest.raises(OutOfRangeError):
        bodies(device, {"delay_start": 0})
