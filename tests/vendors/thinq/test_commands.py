"""Commands, judged by what arrives at the mock cloud and what the appliance does."""

import asyncio
from datetime import time
from typing import Any

import pytest

from custom_components.dongju.model.errors import (
    CannotConnectError,
    DeviceOfflineError,
    HubError,
    OutOfRangeError,
    PoweredOffError,
    RateLimitedError,
    RemoteStartOffError,
    TransientError,
    UnknownOptionError,
)
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud

from .living import Living, living

pytestmark = pytest.mark.usefixtures("passing_time")


async def start(home: Living, *aliases: str) -> None:
    for alias in aliases:
        await home.control("device_options", device=alias, confirm_seconds=[0, 0])
    await home.start()
    await home.connected()


async def test_a_refrigerator_is_set_and_confirms(home: Living) -> None:
    await start(home, "냉장고")
    await home.send("냉장고", "fridge", target_temperature=5)
    (body,) = await home.bodies()
    assert body == {"temperatureInUnits": {"locationName": "FRIDGE", "targetTemperatureC": 5}}
    device = home.device_id("냉장고")
    await home.until(lambda: home.store.reported((device, "fridge", "target_temperature")) == 5)


async def test_off_to_cool_at_23_degrees(home: Living) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", target_temperature=23, on_off=True, mode="cool")
    assert await home.bodies() == [
        {"operation": {"airConOperationMode": "POWER_ON"}},
        {"airConJobMode": {"currentJobMode": "COOL"}},
        {"temperatureInUnits": {"coolTargetTemperature": 23, "unit": "C"}},
    ]
    await home.until(lambda: home.value("에어컨", "target_temperature") == 23)
    assert home.value("에어컨", "mode") == "cool"


async def test_a_device_that_is_on_is_not_woken_again(home: Living) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True)
    device = home.device_id("에어컨")
    await home.until(lambda: home.store.reported((device, "", "on_off")) is True)
    await home.send("에어컨", on_off=True, mode="heat", target_temperature=22)
    assert (await home.bodies())[1:] == [
        {"airConJobMode": {"currentJobMode": "HEAT"}},
        {"temperatureInUnits": {"heatTargetTemperature": 22, "unit": "C"}},
    ]


async def test_on_again_before_off_was_reported(home: Living) -> None:
    """What an appliance last reported is older than what it was last told."""
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True, mode="heat")
    device = home.device_id("에어컨")
    await home.until(lambda: home.store.reported((device, "", "mode")) == "heat")
    await home.control("device_options", device="에어컨", confirm_seconds=[3, 3])
    await home.send("에어컨", on_off=False)
    assert home.store.reported((device, "", "on_off")) is True
    await home.send("에어컨", on_off=True, mode="cool")
    await home.until(lambda: home.store.reported((device, "", "mode")) == "cool")
    await home.until(lambda: home.store.reported((device, "", "on_off")) is True)
    assert (await home.control("state", device="에어컨"))["state"]["operation"] == {"airConOperationMode": "POWER_ON"}


async def test_a_device_that_wakes_up_slowly_gets_its_mode_all_the_same(home: Living) -> None:
    await home.control("device_options", device="에어컨", confirm_seconds=[25, 25])
    await home.start()
    await home.connected()
    await home.send("에어컨", on_off=True, mode="cool")
    await home.until(lambda: home.value("에어컨", "mode") == "cool")
    kinds = [next(iter(body)) for body in await home.bodies()]
    assert kinds == ["operation", "airConJobMode", "airConJobMode"]


async def test_the_target_goes_where_the_mode_wants_it(home: Living) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True, mode="auto", target_temperature=24)
    assert (await home.bodies())[-1] == {"temperatureInUnits": {"autoTargetTemperature": 24, "unit": "C"}}


async def test_fahrenheit_uses_lgs_own_pair(cloud: ThinqCloud, clock: ManualClock) -> None:
    async with living(cloud, clock, fahrenheit=True) as home:
        await start(home, "에어컨")
        await home.send("에어컨", on_off=True, mode="cool", target_temperature=74)
        assert (await home.bodies())[-1] == {"temperatureInUnits": {"coolTargetTemperature": 74, "unit": "F"}}
        assert home.value("냉장고", "target_temperature", "fridge") > 30


@pytest.mark.parametrize(
    ("values", "body"),
    [
        ({"start_time": time(6, 30)}, {"timer": {"absoluteHourToStart": 6, "absoluteMinuteToStart": 30}}),
        ({"start_time": None}, {"timer": {"absoluteStartTimer": "UNSET"}}),
        ({"delay_stop": 90}, {"timer": {"relativeHourToStop": 1, "relativeMinuteToStop": 30}}),
        ({"delay_stop": 0}, {"timer": {"relativeStopTimer": "UNSET"}}),
        ({"sleep_timer": 120}, {"sleepTimer": {"relativeHourToStop": 2, "relativeMinuteToStop": 0}}),
        ({"sleep_timer": 0}, {"sleepTimer": {"relativeStopTimer": "UNSET"}}),
        ({"fan_speed_detail": "low_mid"}, {"airFlow": {"windStrengthDetail": "LOW_MID"}}),
        ({"swing_vertical": True}, {"windDirection": {"rotateUpDown": True}}),
        ({"display_light": False}, {"display": {"light": "OFF"}}),
        ({"power_save": True}, {"powerSave": {"powerSaveEnabled": True}}),
        ({"on_off": False}, {"operation": {"airConOperationMode": "POWER_OFF"}}),
    ],
)
async def test_bodies_of_an_air_conditioner(home: Living, values: dict[str, Any], body: dict[str, Any]) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True, mode="cool")
    await home.send("에어컨", **values)
    assert (await home.bodies())[-1] == body


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"mode": "turbo"}, UnknownOptionError),
        ({"target_temperature": 99}, OutOfRangeError),
        ({"target_temperature": 23.3}, OutOfRangeError),
        ({"on_off": "yes"}, UnknownOptionError),
    ],
)
async def test_what_the_profile_forbids_costs_no_call(
    home: Living, values: dict[str, Any], error: type[HubError]
) -> None:
    await start(home)
    with pytest.raises(error):
        await home.send("에어컨", **values)
    assert await home.bodies() == []


@pytest.mark.parametrize("appliances", [[{"type": "washer", "name": "세탁기"}]])
async def test_remote_start_that_is_off_is_said_so(home: Living) -> None:
    await start(home)
    with pytest.raises(RemoteStartOffError):
        await home.send("세탁기", operation="start")
    assert home.value("세탁기", "remote_start") is False


async def test_powered_off_is_said_so(home: Living) -> None:
    await start(home)
    with pytest.raises(PoweredOffError):
        await home.send("에어컨", fan_speed_detail="low")


async def test_offline_makes_the_device_unavailable(home: Living) -> None:
    await start(home)
    await home.control("online", device="냉장고", online=False)
    with pytest.raises(DeviceOfflineError):
        await home.send("냉장고", "fridge", target_temperature=5)
    assert not home.store.available(home.device_id("냉장고"))
    assert home.store.available(home.device_id("에어컨"))


@pytest.mark.parametrize("code", ["2208", "2209", "2210", "2212", "2214"])
async def test_a_transient_refusal_is_tried_once_more(home: Living, code: str) -> None:
    await start(home, "냉장고")
    await home.fault("http_error", status=400, code=code, match={"endpoint": "control"}, count=1)
    await home.send("냉장고", "fridge", target_temperature=6)
    await home.until(lambda: home.value("냉장고", "target_temperature", "fridge") == 6)
    assert len(await home.bodies()) == 2


async def test_a_transient_refusal_twice_is_an_error(home: Living) -> None:
    await start(home, "냉장고")
    await home.fault("http_error", status=400, code="2208", match={"endpoint": "control"}, count=2)
    before = home.value("냉장고", "target_temperature", "fridge")
    with pytest.raises(TransientError):
        await home.send("냉장고", "fridge", target_temperature=6 if before != 6 else 5)
    assert home.value("냉장고", "target_temperature", "fridge") == before


async def test_a_refusal_of_what_was_done_all_the_same_is_no_error(home: Living) -> None:
    await start(home, "냉장고")
    target = await home.vendor_id("냉장고")
    wanted = 6 if home.value("냉장고", "target_temperature", "fridge") != 6 else 5
    await home.fault("http_error", status=400, code="2209", match={"endpoint": "control"}, count=1)
    other = home.cloud.context.fleet.get(target)
    other.control({"temperatureInUnits": {"locationName": "FRIDGE", "targetTemperatureC": wanted}})
    await home.send("냉장고", "fridge", target_temperature=wanted)
    assert len(await home.bodies()) == 1


async def test_a_command_nobody_answered_is_looked_up(home: Living) -> None:
    await start(home, "냉장고")
    await home.fault("drop_connection", match={"endpoint": "control"}, count=2)
    with pytest.raises(CannotConnectError):
        await home.send("냉장고", "fridge", target_temperature=6)
    calls = await home.calls()
    assert calls["by_endpoint"]["state"] == 4


async def test_a_person_who_was_refused_for_the_limit_may_probe_it(home: Living) -> None:
    await start(home, "냉장고")
    await home.control("rate_limit", per_hour=0)
    with pytest.raises(RateLimitedError):
        await home.send("냉장고", "fridge", target_temperature=6)
    await home.control("rate_limit", per_hour=1000)
    home.clock.advance(61)
    await home.send("냉장고", "fridge", target_temperature=6)
    assert home.session.diagnostics()["calls"]["paused_seconds"] == 0


async def test_commands_to_one_device_keep_their_order(home: Living) -> None:
    await start(home, "냉장고", "에어컨")
    await asyncio.gather(
        home.send("냉장고", "fridge", target_temperature=4),
        home.send("냉장고", "freezer", target_temperature=-18),
        home.send("냉장고", express_mode=True),
    )
    resources = [next(iter(body)) for body in await home.bodies()]
    assert resources == ["temperatureInUnits", "temperatureInUnits", "refrigeration"]


@pytest.mark.parametrize(
    "appliances",
    [[{"type": "washtower", "name": "타워", "remote_start": True}, {"type": "light_switch", "name": "조명"}]],
)
async def test_halves_and_switches_are_addressed(home: Living) -> None:
    await start(home, "타워", "조명")
    await home.send("조명", "switch_2", on_off=True)
    await home.send("타워", "washer", operation="power_off")
    bodies = await home.bodies()
    assert bodies[0] == {"switchState": {"switchName": "SWITCH_2", "currentSwitch": "ON"}}
    assert bodies[1]["washer"]["operation"] == {"washerOperationMode": "POWER_OFF"}
    await home.until(lambda: home.value("조명", "on_off", "switch_2") is True)


@pytest.mark.parametrize("appliances", [[{"type": "hood", "name": "후드"}]])
async def test_companions_go_along(home: Living) -> None:
    await start(home, "후드")
    await home.send("후드", hood_fan_speed=3)
    lamp = home.value("후드", "lamp_brightness")
    assert (await home.bodies())[0] == {"ventilation": {"fanSpeed": 3}, "lamp": {"lampBrightness": lamp}}


@pytest.mark.parametrize("appliances", [[{"type": "hood", "name": "후드"}]])
async def test_companions_are_what_was_just_asked(home: Living) -> None:
    await start(home, "후드")
    lamp = home.value("후드", "lamp_brightness")
    await home.control("device_options", device="후드", confirm_seconds=[20, 20])
    await home.send("후드", lamp_brightness=2 if lamp != 2 else 1)
    await home.send("후드", hood_fan_speed=3)
    asked, accompanied = [body["lamp"] for body in await home.bodies()]
    assert accompanied == asked != {"lampBrightness": lamp}


async def test_a_target_goes_where_the_mode_just_asked_wants_it(home: Living) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True, mode="cool")
    await home.until(lambda: home.value("에어컨", "mode") == "cool")
    await home.control("device_options", device="에어컨", confirm_seconds=[20, 20])
    await home.send("에어컨", mode="heat")
    await home.send("에어컨", target_temperature=22)
    await home.until(lambda: home.value("에어컨", "mode") == "heat")
    assert (await home.bodies())[-1] == {"temperatureInUnits": {"heatTargetTemperature": 22, "unit": "C"}}


async def test_a_slow_change_of_mode_is_waited_for(home: Living) -> None:
    await start(home, "에어컨")
    await home.send("에어컨", on_off=True, mode="cool")
    await home.until(lambda: home.value("에어컨", "mode") == "cool")
    await home.control("device_options", device="에어컨", confirm_seconds=[30, 30])
    await home.send("에어컨", mode="heat", target_temperature=21)
    device = home.device_id("에어컨")
    await home.until(lambda: home.store.reported((device, "", "target_temperature")) == 21)
    assert home.store.reported((device, "", "mode")) == "heat"
