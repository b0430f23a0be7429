"""Rare things that happen all the same."""

import asyncio
import json
from typing import Any

import pytest

from custom_components.dongju.model.command import Command
from custom_components.dongju.model.errors import (
    ApiNotAllowedError,
    AuthError,
    CannotConnectError,
    DeviceGoneError,
    HubError,
    NotSupportedError,
    RateLimitedError,
    ServerError,
    TransientError,
    UnexpectedAnswerError,
    WrongStateError,
)
from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.fleet import Fleet

from .living import Living
from .test_bad_days import door, open_door, start, turn


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ({"certificate": "garbage", "private_key": "garbage", "topics": ["x"]}, "garbage"),
        ({"certificate": "", "private_key": "", "topics": []}, ""),
    ],
)
async def test_a_damaged_certificate_is_replaced(home: Living, data: dict[str, Any], kept: str) -> None:
    home.data.update(data)
    home.renew()
    await start(home)
    assert home.data["certificate"] != kept
    assert home.session.diagnostics()["push"]["certificates"] == 1


@pytest.mark.parametrize(
    "route", [{}, {"mqttServer": 5}, {"mqttServer": "mqtts://"}, {"mqttServer": "mqtts://host:port"}, [], None]
)
async def test_a_senseless_route_is_asked_for_again(home: Living, route: Any) -> None:
    await home.fault("replace_response", response=route, match={"endpoint": "route"}, count=1)
    await start(home)
    assert (await home.calls())["by_endpoint"]["route"] == 2


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"result": {}},
        {"result": {"certificatePem": 5, "subscriptions": ["t"]}},
        {"result": {"certificatePem": "x"}},
    ],
)
async def test_a_senseless_certificate_is_asked_for_again(home: Living, answer: Any) -> None:
    await home.fault("replace_response", response=answer, match={"endpoint": "certificate"}, count=1)
    await start(home)


@pytest.mark.parametrize("state", [None, 5, "text"])
async def test_a_senseless_state_is_an_unexpected_answer(home: Living, state: Any) -> None:
    await start(home)
    await home.fault("replace_response", response=state, match={"endpoint": "state"}, count=1)
    with pytest.raises(UnexpectedAnswerError):
        await home.session.async_refresh(home.device_id("냉장고"))
    assert door(home) is False


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("1309", ApiNotAllowedError),
        ("2207", NotSupportedError),
        ("2302", WrongStateError),
        ("2999", HubError),
        ("2000", ServerError),
        ("9999", UnexpectedAnswerError),
    ],
)
async def test_refusals_are_named(home: Living, code: str, error: type[HubError]) -> None:
    await start(home)
    await home.fault("http_error", status=400, code=code, match={"endpoint": "control"}, count=1)
    await home.fault("http_status", status=503, match={"endpoint": "state"}, count=1)
    with pytest.raises(error):
        await home.send("냉장고", "fridge", target_temperature=5)


async def test_a_refused_token_at_a_command_is_tried_again(home: Living) -> None:
    await start(home)
    await home.fault("http_status", status=401, match={"endpoint": "control"}, count=1)
    with pytest.raises(AuthError):
        await home.send("냉장고", "fridge", target_temperature=5)
    await asyncio.sleep(0.1)
    assert home.auth_failures == []


async def test_a_start_that_was_answered_late_is_not_sent_twice(home: Living) -> None:
    """A washer that runs already must not be started again, which some take for a pause."""
    await start(home)
    await home.fault("push_drop")
    await home.fault("http_error", status=400, code="2209", match={"endpoint": "control"}, count=1)
    running = [{"location": {"locationName": "MAIN"}, "runState": {"currentState": "RUNNING"}}]
    vendor_id = await home.vendor_id("세탁기")
    state = (await home.control("state", device="세탁기"))["state"]
    changed = [{**state[0], **running[0]}]
    match = {"endpoint": "state", "device_id": vendor_id}
    await home.fault("replace_response", response=changed, match=match)
    await home.send("세탁기", operation="start")
    assert len(await home.bodies()) == 1
    assert home.value("세탁기", "run_state") == "running"


async def test_a_command_of_no_device_or_no_sense(home: Living) -> None:
    await start(home)
    with pytest.raises(DeviceGoneError):
        await home.session.async_execute(Command(device_id="thinq_none", values={"on_off": True}))
    with pytest.raises(DeviceGoneError):
        await home.session.async_refresh("thinq_none")
    refrigerator = home.device_id("냉장고")
    with pytest.raises(NotSupportedError):
        await home.session.async_execute(Command(device_id=refrigerator, values={"door": True}))
    with pytest.raises(NotSupportedError):
        await home.session.async_execute(Command(device_id=refrigerator, values={"nothing": True}))


async def test_a_device_that_is_gone_is_looked_for_in_the_list(home: Living) -> None:
    await start(home)
    await home.fault("http_error", status=404, code="1205", match={"endpoint": "state"}, count=1)
    with pytest.raises(DeviceGoneError):
        await home.session.async_refresh(home.device_id("냉장고"))
    await home.control("calls", reset=True)
    await turn(home, 2 * 3600)
    assert (await home.calls())["by_endpoint"]["devices"] >= 1
    assert len(home.store.devices) == 3


async def test_a_limit_of_subscriptions_leaves_the_rest_to_the_poll(home: Living) -> None:
    await home.control("account", event_subscriptions=1)
    await start(home)
    assert home.session.diagnostics()["subscriptions"]["unsupported"] == 2
    await open_door(home)
    await turn(home, 4 * 3600)
    assert door(home) is True


async def test_a_device_that_does_not_report_is_polled(home: Living) -> None:
    match = {"endpoint": "event_subscribe", "device_id": await home.vendor_id("냉장고")}
    await home.fault("http_error", status=400, code="1220", match=match)
    await start(home)
    await open_door(home)
    await turn(home, 3 * 3600)
    assert door(home) is True
    assert (await home.control("requests", kind="event_subscribe", device="냉장고", limit=99))["requests"][1:] == []


@pytest.mark.parametrize(
    "entries",
    [
        [
            {"deviceId": "a"},
            {"deviceInfo": {}},
            5,
            {"deviceId": 7, "deviceInfo": {}},
            {"deviceId": "", "deviceInfo": {}},
        ],
        [{"deviceId": "x" * 64, "deviceInfo": {"deviceType": None, "modelName": 3, "alias": {}}}],
    ],
)
async def test_odd_entries_of_the_list(home: Living, entries: list[Any]) -> None:
    await start(home)
    await home.fault("replace_response", response=entries, match={"endpoint": "devices"}, count=1)
    await turn(home, 7 * 3600)
    assert {"세탁기", "냉장고", "에어컨"} <= {device.name for device in home.store.devices.values()}


@pytest.mark.parametrize(
    "damaged",
    [
        {"inventory": {"devices": "x", "profiles": []}},
        {"inventory": {"devices": [1, {}, {"id": 5}], "profiles": {"a": 1, "b": {"profile": 5}}}},
        {"subscriptions": {"client_id": "other", "events": {}, "pushes": []}},
        {"subscriptions": {"events": [], "pushes": {}}},
        {"energy": [], "budget": 5, "subscriptions": None},
        {"energy": {"a": 1, "b": {"names": 5}}},
    ],
)
async def test_a_damaged_cache_is_no_obstacle(home: Living, damaged: dict[str, Any]) -> None:
    home.cache.content = damaged
    await start(home)
    assert door(home) is False
    assert len(home.store.devices) == 3


async def test_a_profile_that_changed_with_the_firmware_is_read_in_time(home: Living) -> None:
    await start(home)
    home.clock.advance(15 * 86400)
    await home.control("calls", reset=True)
    await turn(home, 12 * 3600)
    assert (await home.calls())["by_endpoint"]["profile"] == 3


async def test_messages_about_devices_nobody_knows_are_counted(home: Living) -> None:
    await start(home)
    for kind in ("DEVICE_STATUS", "DEVICE_PUSH", "DEVICE_UNREGISTERED", "DEVICE_ALIAS_CHANGED", "VOICE_COMMAND"):
        message: dict[str, Any] = {
            "pushType": kind,
            "deviceId": "stranger",
            "report": {},
            "pushCode": "X",
            "alias": "n",
            "utterance": "u",
            "sessionId": "s",
        }
        await home.control("send_raw", text=json.dumps(message))
    await home.until(lambda: home.session.diagnostics()["messages"].get("of_unknown_device") == 5)
    assert len(home.store.devices) == 3


async def test_a_notification_nobody_announced_is_counted(home: Living) -> None:
    await start(home)
    heard = home.listen("냉장고", "notification")
    await home.control("push", device="냉장고", code="SOMETHING_NEW")
    await home.until(lambda: bool(heard))
    assert heard[0].type == "other"
    assert heard[0].data == {"code": "SOMETHING_NEW"}


async def test_a_broken_connection_to_the_cloud_is_mended_by_reading_again(home: Living) -> None:
    await start(home)
    home.clock.advance(300)
    await home.fault("http_status", status=503, match={"endpoint": "state"}, count=2)
    await open_door(home)
    await home.control("drop_mqtt", session="lost")
    await home.until(lambda: home.session.diagnostics()["push"]["connects"] == 2)
    await home.until(lambda: door(home) is True)


async def test_a_start_in_trouble_goes_on_in_the_background(home: Living) -> None:
    await home.fault("http_status", status=503, match={"endpoint": "profile"}, count=4)
    await home.start()
    await home.until(lambda: len(home.store.devices) == 3)
    await home.until(lambda: home.value("냉장고", "door") is False)


async def test_a_cloud_that_asks_for_a_pause_gets_it(home: Living) -> None:
    await start(home)
    await home.fault("http_status", status=429, match={"endpoint": "state"}, count=1)
    with pytest.raises(RateLimitedError) as refused:
        await home.session.async_refresh(home.device_id("냉장고"))
    assert refused.value.retry_after == 120
    with pytest.raises(RateLimitedError):
        await home.session.async_refresh(home.device_id("냉장고"))


async def test_a_transient_refusal_that_cannot_be_looked_up_is_sent_again(home: Living) -> None:
    await start(home)
    await home.fault("http_error", status=400, code="2208", match={"endpoint": "control"}, count=1)
    await home.fault("drop_connection", match={"endpoint": "state"}, count=2)
    await home.send("냉장고", "fridge", target_temperature=5)
    assert len(await home.bodies()) == 2
    await home.fault("http_error", status=400, code="2214", match={"endpoint": "control"}, count=5)
    with pytest.raises(TransientError):
        await home.send("에어컨", on_off=True)


async def test_a_revoked_certificate_while_the_cloud_refuses_new_ones(home: Living) -> None:
    await start(home)
    await home.fault("http_status", status=503, match={"endpoint": "certificate"}, count=1)
    await home.control("revoke_certificate")
    await home.until(lambda: not home.session.health()["connected"])
    await home.until(lambda: bool(home.session.health()["connected"]))
    assert home.session.diagnostics()["push"]["certificates"] >= 2


async def test_not_even_a_list_is_a_failure_to_start(home: Living) -> None:
    await home.fault("drop_connection")
    with pytest.raises(CannotConnectError):
        await home.start()
    assert not home.store.devices


async def test_a_client_the_broker_does_not_know_gets_a_new_certificate(home: Living) -> None:
    await home.fault("mqtt_refuse", code=5, count=1)
    await start(home)
    assert home.session.diagnostics()["push"]["certificates"] == 2


async def test_a_broker_that_never_knows_us_is_not_asked_for_certificates_for_ever(home: Living) -> None:
    await home.fault("mqtt_refuse", code=5)
    await home.start()
    await asyncio.sleep(3)
    assert home.session.diagnostics()["push"]["certificates"] <= 2


async def test_a_refused_token_while_devices_are_brought_up(home: Living) -> None:
    await home.fault("http_status", status=401, match={"endpoint": "event_subscribe"}, count=1)
    await home.fault("http_status", status=500, match={"endpoint": "push_devices_subscribe"}, count=1)
    await start(home)
    await turn(home, 3 * 3600)
    assert home.auth_failures == []
    assert home.session.diagnostics()["subscriptions"]["events"] == 3
    assert home.session.diagnostics()["subscriptions"]["home"] is True


async def test_a_device_that_goes_while_it_is_read(home: Living) -> None:
    await start(home)
    home.clock.advance(300)
    await home.fault("http_error", status=404, code="1205", match={"endpoint": "state"}, count=3)
    await home.control("drop_mqtt")
    await home.until(lambda: home.session.diagnostics()["push"]["connects"] == 2)
    await asyncio.sleep(0.2)
    assert len(home.store.devices) == 3


async def test_a_report_nobody_thought_of_is_counted_and_logged_once(
    home: Living, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await start(home)

    def fail(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(ThinQDevice, "take", fail)
    for opened in ("OPEN", "CLOSE", "OPEN"):
        report = {"doorStatus": [{"locationName": "MAIN", "doorState": opened}]}
        await home.control("report", device="냉장고", report=report)
    failures = "unreadable_reports"
    await home.until(lambda: home.session.diagnostics()[failures].get("DEVICE_REFRIGERATOR") == 3)
    assert home.session.health()["connected"] is True
    assert sum("could not be read" in record.getMessage() for record in caplog.records) == 1


async def test_a_message_nobody_thought_of_does_not_end_the_connection(
    home: Living, monkeypatch: pytest.MonkeyPatch
) -> None:
    await start(home)

    def fail(*_args: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(Fleet, "notify", fail)
    await home.control("push", device="냉장고", code="DOOR_IS_OPEN")
    await home.until(lambda: home.session.diagnostics()["messages"].get("failed") == 1)
    await open_door(home)
    await home.until(lambda: door(home) is True)
