"""Every kind of home IoT: its commands, its rules, and what happens in the flat by itself."""

from typing import Any

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import ControlError
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push

PIN = "2580"


@pytest.mark.parametrize(
    ("device_id", "kind", "command", "args", "seconds", "expected"),
    [
        ("light-kitchen", "light", "set", {"brightness": 30}, 1, {"on": True, "brightness": 30}),
        ("light-living", "light", "set", {"on": False}, 1, {"on": False, "brightness": 80}),
        ("light-mood", "light", "set", {"colorTempK": 5000}, 1, {"on": True, "colorTempK": 5000}),
        ("plug-living", "plug", "set", {"on": False}, 1, {"on": False, "powerW": 0.0}),
        ("plug-living", "plug", "setStandbyCut", {"standbyCut": True}, 1, {"standbyCut": True, "on": True}),
        ("gas-kitchen", "gas_valve", "close", {}, 4, {"open": False}),
        ("gas-kitchen", "gas_valve", "set", {"open": False}, 4, {"open": False}),
        ("boiler-living", "boiler", "set", {"targetC": 23.5}, 1, {"targetC": 23.5, "on": True, "mode": "heat"}),
        ("boiler-living", "boiler", "set", {"mode": "off"}, 1, {"mode": "off", "on": False}),
        ("boiler-living", "boiler", "set", {"mode": "away"}, 1, {"mode": "away", "targetC": 17, "on": True}),
        ("boiler-living", "boiler", "set", {"on": False}, 1, {"on": False}),
        ("lock-entrance", "door_lock", "unlock", {"pin": PIN}, 1, {"locked": False, "lastBy": "app"}),
        ("lock-entrance", "door_lock", "lock", {}, 1, {"locked": True, "jammed": False}),
        ("curtain-living", "curtain", "setPosition", {"position": 45}, 8, {"position": 45, "moving": "stopped"}),
        ("curtain-living", "curtain", "close", {}, 12, {"position": 0, "moving": "stopped"}),
        ("curtain-bedroom", "curtain", "open", {}, 12, {"position": 100, "moving": "stopped"}),
        ("vent-living", "ventilation", "set", {"speed": "high"}, 1, {"on": True, "speed": "high"}),
        ("aircon-kids", "aircon", "set", {"targetC": 24}, 1, {"on": True, "targetC": 24}),
        ("aircon-kids", "aircon", "set", {"mode": "dry", "fan": "low"}, 1, {"on": True, "mode": "dry", "fan": "low"}),
        (
            "elevator",
            "elevator",
            "call",
            {"direction": "down"},
            30,
            {"floor": "12", "direction": "idle", "arriving": True},
        ),
    ],
)
async def test_commands(
    account: Account,
    clock: ManualClock,
    device_id: str,
    kind: str,
    command: str,
    args: dict[str, Any],
    seconds: float,
    expected: dict[str, Any],
) -> None:
    status, body = await account.command(device_id, kind, command, **args)
    assert (status, body["rc"]) == (200, 202)
    clock.advance(seconds)
    state = await account.state(device_id)
    assert {key: state[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("device_id", "kind", "command", "args", "status", "error"),
    [
        ("gas-kitchen", "gas_valve", "open", {}, 403, "SAFETY_BLOCKED"),
        ("gas-kitchen", "gas_valve", "set", {"open": True}, 403, "SAFETY_BLOCKED"),
        ("lock-entrance", "door_lock", "unlock", {}, 423, "PIN_REQUIRED"),
        ("lock-entrance", "door_lock", "unlock", {"pin": "0000"}, 423, "PIN_WRONG"),
        ("lock-entrance", "door_lock", "unlock", {"pin": PIN, "origin": "voice"}, 403, "SAFETY_BLOCKED"),
        ("entrance-common", "entrance", "open", {}, 409, "NOT_RINGING"),
        ("entrance-common", "entrance", "open", {"origin": "voice"}, 403, "SAFETY_BLOCKED"),
        ("boiler-living", "boiler", "set", {"targetC": 41}, 422, "OUT_OF_RANGE"),
        ("boiler-living", "boiler", "set", {"targetC": 20.2}, 422, "UNSUPPORTED"),
        ("boiler-living", "boiler", "set", {"mode": "turbo"}, 422, "UNSUPPORTED"),
        ("light-mood", "light", "set", {"brightness": 0}, 422, "OUT_OF_RANGE"),
        ("light-mood", "light", "set", {"brightness": 50.5}, 400, "BAD_PARAMETER"),
        ("curtain-living", "curtain", "setPosition", {}, 400, "BAD_PARAMETER"),
        ("elevator", "elevator", "call", {"direction": "sideways"}, 422, "UNSUPPORTED"),
        ("motion-entrance", "motion", "set", {"detected": True}, 422, "UNSUPPORTED"),
        ("air-living", "air_quality", "set", {"pm25": 1}, 422, "UNSUPPORTED"),
    ],
)
async def test_refusals(
    account: Account, device_id: str, kind: str, command: str, args: dict[str, Any], status: int, error: str
) -> None:
    answer = await account.command(device_id, kind, command, **args)
    assert (answer[0], answer[1]["error"]) == (status, error)


async def test_a_range_is_told(account: Account) -> None:
    _status, body = await account.command("aircon-kids", "aircon", "set", targetC=31)
    assert body["data"] == {"name": "targetC", "min": 18, "max": 30}


async def test_wrong_pins_lock_out(account: Account, clock: ManualClock) -> None:
    left = [(await account.command("lock-entrance", "door_lock", "unlock", pin="1")) for _try in range(5)]
    assert [body["data"].get("left") for _status, body in left] == [4, 3, 2, 1, None]
    assert left[-1][1]["error"] == "LOCKED_OUT"
    assert left[-1][1]["data"]["retryAt"] == "2026-07-01T09:03:00.000+09:00"
    status, body = await account.command("lock-entrance", "door_lock", "unlock", pin=PIN)
    assert (status, body["error"]) == (423, "LOCKED_OUT")
    clock.advance(180)
    assert (await account.command("lock-entrance", "door_lock", "unlock", pin=PIN))[0] == 200


async def test_a_one_time_password_works_once(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("issue_otp", {"deviceId": "lock-entrance", "otp": "123456"})
    assert (await account.command("lock-entrance", "door_lock", "unlock", otp="123456"))[0] == 200
    assert (await account.command("lock-entrance", "door_lock", "unlock", otp="123456"))[0] == 423


async def test_a_repeated_wrong_pin_counts_once(account: Account) -> None:
    body = {"commandId": "pin", "capability": "door_lock", "command": "unlock", "args": {"pin": "1"}}
    first = await account.call("POST", "devices/lock-entrance/commands", body)
    assert await account.call("POST", "devices/lock-entrance/commands", body) == first
    assert first[1]["data"] == {"left": 4}


async def test_a_jammed_lock(cloud: GenieCloud, account: Account, clock: ManualClock) -> None:
    await cloud.control("lock_handle", {"deviceId": "lock-entrance", "locked": False})
    await cloud.control("jam_lock", {"deviceId": "lock-entrance"})
    await account.command("lock-entrance", "door_lock", "lock")
    clock.advance(1)
    state = await account.state("lock-entrance")
    assert (state["locked"], state["jammed"], state["lastBy"]) == (False, True, "manual")


async def test_a_curtain_moves_and_stops(account: Account, push: Push, clock: ManualClock) -> None:
    await account.command("curtain-living", "curtain", "close")
    clock.advance(3.5)
    states = [message["data"]["state"] for message in await push.all()]
    assert [state["position"] for state in states] == [100, 90, 80, 70]
    assert {state["moving"] for state in states} == {"closing"}
    await account.command("curtain-living", "curtain", "stop")
    clock.advance(60)
    assert (await account.state("curtain-living")) == {"position": 70, "moving": "stopped"}


async def test_the_elevator_passes_floors_that_are_texts(account: Account, push: Push, clock: ManualClock) -> None:
    await account.command("elevator", "elevator", "call", direction="up")
    clock.advance(7)
    states = [message["data"]["state"] for message in await push.all()]
    assert [(state["floor"], state["direction"]) for state in states] == [
        ("B1", "up"),
        ("1", "up"),
        ("2", "up"),
        ("3", "up"),
    ]
    clock.advance(40)
    assert (await account.state("elevator"))["arriving"] is False


async def test_the_elevator_is_moved_by_others(cloud: GenieCloud, account: Account, clock: ManualClock) -> None:
    await cloud.control("elevator", {"deviceId": "elevator", "floor": "3"})
    clock.advance(10)
    assert (await account.state("elevator"))["floor"] == "3"
    with pytest.raises(ControlError):
        await cloud.control("elevator", {"deviceId": "elevator", "floor": "99"})


async def test_the_entrance_opens_while_it_rings(
    cloud: GenieCloud, account: Account, push: Push, clock: ManualClock
) -> None:
    await cloud.control("doorbell", {})
    ringing = (await push.next())["data"]["state"]
    assert (ringing["ringing"], ringing["lastRingAt"]) == (True, "2026-07-01T09:00:00.000+09:00")
    assert (await account.command("entrance-common", "entrance", "open"))[0] == 200
    clock.advance(8)
    steps = [message["data"]["state"] for message in await push.all()]
    assert [(state["talking"], state["opened"], state["ringing"]) for state in steps] == [
        (True, False, True),
        (True, True, False),
        (False, False, False),
    ]
    clock.advance(30)
    assert await push.all() == []


async def test_nobody_rings_for_ever(cloud: GenieCloud, account: Account, clock: ManualClock) -> None:
    await cloud.control("doorbell", {})
    clock.advance(30)
    assert (await account.state("entrance-common"))["ringing"] is False
    assert (await account.command("entrance-common", "entrance", "open"))[0] == 409


@pytest.mark.parametrize(
    ("action", "data", "expected"),
    [
        ("wall_switch", {"deviceId": "light-mood", "on": True}, {"on": True}),
        ("wall_switch", {"deviceId": "plug-living", "on": False}, {"on": False, "powerW": 0.0}),
        ("motion", {"deviceId": "motion-entrance"}, {"detected": True, "at": "2026-07-01T09:00:00.000+09:00"}),
        ("door", {"deviceId": "door-balcony", "open": True, "tamper": True}, {"open": True, "tamper": True}),
        ("gas_leak", {"deviceId": "gas-kitchen"}, {"leak": True}),
        ("gas_handle", {"deviceId": "gas-kitchen", "open": True}, {"open": True}),
        ("lock_handle", {"deviceId": "lock-entrance", "locked": False, "by": "fingerprint"}, {"lastBy": "fingerprint"}),
        ("air", {"deviceId": "air-living", "pm25": 80}, {"pm25": 80, "grade": 4}),
        (
            "notice",
            {"deviceId": "package", "text": "택배가 도착했습니다.", "count": 1},
            {"count": 1, "text": "택배가 도착했습니다."},
        ),
        ("notice", {"deviceId": "visitor", "text": "방문자가 있습니다."}, {"at": "2026-07-01T09:00:00.000+09:00"}),
        ("set_state", {"deviceId": "boiler-living", "values": {"currentC": 19.0}}, {"currentC": 19.0}),
    ],
)
async def test_what_people_do(
    cloud: GenieCloud, push: Push, action: str, data: dict[str, Any], expected: dict[str, Any]
) -> None:
    await cloud.control(action, data)
    message = await push.next("homeiot.state")
    assert message["deviceId"] == data["deviceId"]
    state = message["data"]["state"]
    assert {key: state[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("dance", {}),
        ("wall_switch", {"deviceId": "lock-entrance"}),
        ("wall_switch", {"deviceId": "nope"}),
        ("set_state", {"deviceId": "light-mood", "values": {"colour": "red"}}),
        ("set_state", {"deviceId": "light-mood"}),
        ("add_device", {"device": {"id": "light-mood", "kind": "light"}}),
        ("add_device", {"device": {"id": "x", "kind": "teleporter"}}),
        ("offline", {"deviceId": "nope"}),
        ("fault", {"name": "nope"}),
        ("alert", {"category": "aliens"}),
        ("push_fault", {"explode": 1}),
        ("tts_outcome", {"code": 418}),
    ],
)
async def test_control_actions_that_cannot_be(cloud: GenieCloud, action: str, data: dict[str, Any]) -> None:
    with pytest.raises(ControlError):
        await cloud.control(action, data)


async def test_what_is_done_offline_is_seen_later(cloud: GenieCloud, account: Account, push: Push) -> None:
    await cloud.control("offline", {"deviceId": "light-mood"})
    await cloud.control("wall_switch", {"deviceId": "light-mood", "on": True})
    assert [message["event"] for message in await push.all()] == ["device.online"]
    await cloud.control("online", {"deviceId": "light-mood"})
    assert (await account.state("light-mood"))["on"] is True


async def test_time_works_on_the_flat(account: Account, clock: ManualClock) -> None:
    before = await account.state("plug-living")
    await account.command("boiler-bedroom", "boiler", "set", targetC=25)
    clock.advance(3600)
    await account.pair()
    assert (await account.state("plug-living"))["energyWh"] == before["energyWh"] + 62
    assert (await account.state("boiler-bedroom"))["currentC"] == pytest.approx(25, abs=0.5)
    air = await account.state("air-living")
    assert air["grade"] == 1 + sum(air["pm25"] > limit for limit in (15, 35, 75))


async def test_diagnosis(cloud: GenieCloud, account: Account) -> None:
    assert (await account.get("devices/boiler-living/diagnosis"))["entries"] == []
    await cloud.control("diagnosis", {"deviceId": "boiler-living", "entries": [{"code": "E02", "severity": "high"}]})
    (entry,) = (await account.get("devices/boiler-living/diagnosis"))["entries"]
    assert (entry["code"], entry["severity"], entry["source"]) == ("E02", "high", "rule")
