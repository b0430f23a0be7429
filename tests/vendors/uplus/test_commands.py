"""Commands over the mock cloud's wire: what is sent, what is confirmed, what is sent again, what is refused."""

import asyncio
from typing import Any

import pytest

from custom_components.dongju.model.bus import CONFIRM_SECONDS
from custom_components.dongju.model.command import Command, Origin
from custom_components.dongju.model.device import Value
from custom_components.dongju.model.errors import (
    AuthError,
    ClosingError,
    DeviceError,
    DeviceGoneError,
    DeviceOfflineError,
    HubError,
    LockedOutError,
    NotSupportedError,
    OutOfRangeError,
    PinRefusedError,
    PinRequiredError,
    RateLimitedError,
    ServerError,
    UnexpectedAnswerError,
    UnknownOptionError,
    UnsafeError,
    VoiceForbiddenError,
)

from .living import AIR, BOILER, CURTAIN, DOOR, GAS, LAMP, LIGHT, LOCK, MOTION, PIN, PLUG, Living


@pytest.mark.parametrize(
    ("serial", "values", "status"),
    [
        (LIGHT, {"on_off": True}, {"PWR": "Y"}),
        (LAMP, {"on_off": False}, {"PWR": "N"}),
        (LIGHT, {"on_off": True, "brightness": 35}, {"PWR": "Y", "BRT": "35"}),
        (LAMP, {"brightness": 35}, {"BRT": "35"}),
        (PLUG, {"on_off": False}, {"PWR": "N", "WATT": "0"}),
        (GAS, {"open": False}, {"VALVE": "N"}),
        (BOILER, {"target_temperature": 24.5}, {"SET_TEMP": "245"}),
        (BOILER, {"mode": "away"}, {"MODE": "A"}),
        (BOILER, {"target_temperature": 26, "mode": "heat", "on_off": True}, {"SET_TEMP": "260", "MODE": "H"}),
        (BOILER, {"on_off": False}, {"PWR": "N"}),
        (LOCK, {"locked": True}, {"LOCK": "Y"}),
        (CURTAIN, {"position": 80}, {"POS": "80", "MOVE": "STOP"}),
        (CURTAIN, {"operation": "close"}, {"POS": "0", "MOVE": "STOP"}),
        (CURTAIN, {"operation": "open"}, {"POS": "100", "MOVE": "STOP"}),
    ],
)
async def test_every_type(home: Living, serial: str, values: dict[str, Value], status: dict[str, str]) -> None:
    await home.send(serial, **values)
    assert all(home.value(serial, key) == value for key, value in values.items() if key != "operation")
    await home.live(10)
    assert status.items() <= (await home.status(serial)).items()
    for key, value in values.items():
        if key != "operation":
            assert home.reported(serial, key) == value
            assert not home.store.showing(home.key(serial, key))


@pytest.mark.parametrize("serial", [MOTION, DOOR, AIR])
async def test_sensors_take_no_command(home: Living, serial: str) -> None:
    for key, value in home.values(serial).items():
        with pytest.raises(NotSupportedError):
            await home.send(serial, **{key: value})


@pytest.mark.parametrize(
    ("serial", "values", "error"),
    [
        (GAS, {"open": True}, UnsafeError),
        (LOCK, {"locked": False}, PinRequiredError),
        (LIGHT, {"brightness": 0}, OutOfRangeError),
        (LIGHT, {"brightness": 101}, OutOfRangeError),
        (LIGHT, {"color_temperature": 3000}, NotSupportedError),
        (BOILER, {"target_temperature": 24.3}, OutOfRangeError),
        (BOILER, {"target_temperature": 41}, OutOfRangeError),
        (BOILER, {"mode": "off"}, UnknownOptionError),
        (CURTAIN, {"operation": "fly"}, UnknownOptionError),
    ],
)
async def test_what_is_refused_costs_no_call(
    home: Living, serial: str, values: dict[str, Value], error: type[HubError]
) -> None:
    home.fault("http_status", count=None, status=500, match={"endpoint": "control"})
    with pytest.raises(error):
        await home.send(serial, **values)


async def test_the_gas_valve_is_never_opened_not_even_without_the_bus(home: Living) -> None:
    for key in ("gas_leak", "locked"):
        with pytest.raises(NotSupportedError):
            await home.session.async_execute(Command(device_id=f"uplus_{GAS}", values={key: False}))
    for value in (True, None, "open"):
        with pytest.raises(UnsafeError):
            await home.session.async_execute(Command(device_id=f"uplus_{GAS}", values={"open": value}))
    assert (await home.status(GAS))["VALVE"] == "Y"


async def test_unlocking_needs_the_pin(home: Living) -> None:
    with pytest.raises(PinRefusedError):
        await home.send(LOCK, pin="0000", locked=False)
    assert home.value(LOCK, "locked") is True
    await home.send(LOCK, pin=PIN, locked=False)
    await home.live(3)
    assert (await home.status(LOCK))["LOCK"] == "N"
    assert home.reported(LOCK, "locked") is False
    assert home.value(LOCK, "last_changed") is not None


async def test_unlocking_is_nothing_for_a_voice(home: Living) -> None:
    command = Command(device_id=f"uplus_{LOCK}", values={"locked": False}, pin=PIN, origin=Origin.VOICE)
    with pytest.raises(VoiceForbiddenError):
        await home.bus.send(command)


async def test_too_many_wrong_pins(home: Living) -> None:
    for _try in range(4):
        with pytest.raises(PinRefusedError):
            await home.send(LOCK, pin="1111", locked=False)
    with pytest.raises(LockedOutError):
        await home.send(LOCK, pin="1111", locked=False)


async def test_the_pin_goes_nowhere_else(home: Living, caplog: pytest.LogCaptureFixture) -> None:
    """A light with a PIN would be refused by a cloud that knows no such thing; and nothing is logged."""
    caplog.set_level("DEBUG")
    await home.send(LOCK, pin=PIN, locked=True)
    home.fault("lost_answer", serial=LOCK)
    with pytest.raises(ServerError):
        await home.send(LOCK, pin=PIN, locked=False)
    assert PIN not in caplog.text


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("1001", AuthError),
        ("1002", AuthError),
        ("2000", DeviceError),
        ("2001", DeviceGoneError),
        ("2002", DeviceOfflineError),
        ("2003", NotSupportedError),
        ("2004", UnknownOptionError),
        ("2005", UnsafeError),
        ("2006", PinRefusedError),
        ("2007", LockedOutError),
        ("3001", RateLimitedError),
        ("9001", ServerError),
        ("4711", DeviceError),
    ],
)
async def test_every_result_code(home: Living, code: str, error: type[HubError]) -> None:
    home.fault("http_error", status=200, code=code, match={"endpoint": "control"})
    with pytest.raises(HubError) as caught:
        await home.send(LIGHT, on_off=True)
    assert type(caught.value) is error
    assert home.value(LIGHT, "on_off") is False
    assert len(home.auth_failures) == (error is AuthError)


async def test_a_device_that_went_offline_shows_so_at_once(home: Living) -> None:
    await home.control("offline", deviceSn=LIGHT)
    with pytest.raises(DeviceOfflineError):
        await home.send(LIGHT, on_off=True)
    await home.until(lambda: not home.available(LIGHT))
    assert home.clock.monotonic() < 3


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lost_answer", {"serial": LIGHT}),
        ("drop_connection", {"match": {"endpoint": "control"}}),
        ("malformed_json", {"match": {"endpoint": "control"}}),
        ("html_body", {"match": {"endpoint": "control"}}),
        ("http_status", {"match": {"endpoint": "control"}, "status": 502}),
    ],
)
async def test_a_lost_answer_is_asked_for_again_where_that_is_safe(
    home: Living, name: str, data: dict[str, Any]
) -> None:
    home.fault(name, **data)
    await home.send(LIGHT, on_off=True)
    await home.live(3)
    assert home.reported(LIGHT, "on_off") is True


@pytest.mark.parametrize(
    ("serial", "values", "before", "after"),
    [(CURTAIN, {"operation": "open"}, "position", 100), (LOCK, {"locked": False}, "locked", False)],
)
async def test_a_lost_answer_is_not_asked_for_again_where_it_is_not(
    home: Living, serial: str, values: dict[str, Value], before: str, after: Value
) -> None:
    home.fault("lost_answer", count=2, serial=serial)
    with pytest.raises(ServerError):
        await home.send(serial, pin=PIN, **values)
    assert [fault["remaining"] for fault in home.cloud.faults.active()] == [1]
    await home.until(lambda: home.reported(serial, before) == after)


async def test_an_answer_that_is_lost_twice(home: Living) -> None:
    home.fault("html_body", count=2, match={"endpoint": "control"})
    with pytest.raises(UnexpectedAnswerError):
        await home.send(LIGHT, on_off=True)
    assert home.value(LIGHT, "on_off") is False


async def test_a_control_is_confirmed_within_two_seconds(home: Living) -> None:
    await home.send(LIGHT, on_off=True)
    assert home.reported(LIGHT, "on_off") is False
    await home.until(lambda: home.reported(LIGHT, "on_off") is True)
    assert 1 <= home.clock.monotonic() <= 2


async def test_an_old_list_does_not_undo_what_was_asked(home: Living) -> None:
    home.fault("stale_list", count=2)
    shown = []
    home.store.subscribe([home.key(LIGHT, "on_off")], lambda: shown.append(home.value(LIGHT, "on_off")))
    await home.send(LIGHT, on_off=True)
    await home.until(lambda: home.reported(LIGHT, "on_off") is True)
    assert shown == [True]


async def test_a_control_that_was_said_to_work_and_did_not(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.dongju.model.bus.CONFIRM_SECONDS", 0.2)
    assert CONFIRM_SECONDS > 2
    home.fault("ignored_control", serial=LIGHT)
    await home.send(LIGHT, on_off=True)
    assert home.value(LIGHT, "on_off") is True
    shown = asyncio.Event()
    home.store.subscribe([home.key(LIGHT, "on_off")], shown.set)
    async with asyncio.timeout(5):
        await shown.wait()
    assert home.value(LIGHT, "on_off") is False
    assert home.reported(LIGHT, "on_off") is False


async def test_a_curtain_is_watched_until_it_stops(home: Living) -> None:
    seen = []
    home.store.subscribe([home.key(CURTAIN, "moving")], lambda: seen.append(home.value(CURTAIN, "moving")))
    await home.send(CURTAIN, operation="close")
    await home.until(lambda: home.value(CURTAIN, "position") == 0 and home.value(CURTAIN, "moving") == "stopped")
    assert seen == ["closing", "stopped"]
    assert home.clock.monotonic() < 15
    await home.until(lambda: not home.tasks)


async def test_looking_ends_even_when_nothing_is_ever_confirmed(home: Living) -> None:
    home.fault("ignored_control", serial=LIGHT)
    await home.send(LIGHT, on_off=True)
    home.fault("http_status", count=None, status=503, match={"endpoint": "devices"})
    await home.until(lambda: not home.tasks)
    assert home.clock.monotonic() < 40


async def test_commands_of_one_device_keep_their_order(home: Living) -> None:
    await asyncio.gather(*(home.send(LIGHT, brightness=level) for level in range(10, 60, 10)))
    await home.send(LIGHT, on_off=False)
    await home.live(5)
    assert await home.status(LIGHT) == {"PWR": "N", "BRT": "50"}
    assert home.values(LIGHT) == {"on_off": False, "brightness": 50}


async def test_a_slow_device_keeps_no_other_waiting(home: Living) -> None:
    home.fault("slow", seconds=1.0, match={"endpoint": "control"})
    slow = asyncio.create_task(home.send(LIGHT, on_off=True))
    await asyncio.sleep(0.05)
    await home.send(LAMP, on_off=False)
    assert not slow.done()
    await slow


async def test_an_expired_token_at_a_command(home: Living) -> None:
    await home.control("expire_token")
    with pytest.raises(AuthError):
        await home.send(LIGHT, on_off=True)
    await home.live(3)
    await home.poll()
    assert len(home.auth_failures) == 1


async def test_closing_in_the_middle_of_a_command_leaves_nothing(home: Living) -> None:
    home.fault("slow", seconds=5.0, match={"endpoint": "control"})
    command = asyncio.create_task(home.send(LIGHT, on_off=True))
    await asyncio.sleep(0.05)
    await home.close()
    with pytest.raises(ClosingError):
        await command
    assert not home.tasks
    assert home.value(LIGHT, "on_off") is False
