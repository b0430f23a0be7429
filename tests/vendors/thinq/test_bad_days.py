"""Bad days of the cloud: what the store shows before, during and after."""

import asyncio
import json
from typing import Any

import pytest

from .living import Living


async def start(home: Living) -> None:
    await home.start()
    await home.connected()


async def open_door(home: Living) -> None:
    await home.act("냉장고", "open_door")


def door(home: Living) -> Any:
    return home.value("냉장고", "door")


@pytest.mark.parametrize("session", ["lost", "kept"])
async def test_after_a_drop_pushes_come_again_and_what_was_missed_is_read(home: Living, session: str) -> None:
    await start(home)
    await home.fault("mqtt_refuse", count=1)
    home.clock.advance(200)
    await home.control("drop_mqtt", session=session)
    await home.until(lambda: not home.session.health()["connected"])
    await open_door(home)
    assert door(home) is False
    await home.connected()
    await home.until(lambda: door(home) is True, "what happened meanwhile")
    await home.act("냉장고", "close_door")
    await home.until(lambda: door(home) is False, "pushes after the drop")
    assert home.session.diagnostics()["push"]["connects"] == 2


async def test_a_revoked_certificate_is_replaced_once(home: Living) -> None:
    await start(home)
    old = home.data["certificate"]
    await home.control("revoke_certificate")
    await home.until(lambda: home.session.diagnostics()["push"]["certificates"] == 2)
    await home.connected()
    assert home.data["certificate"] != old
    await open_door(home)
    await home.until(lambda: door(home) is True)


@pytest.mark.parametrize("kind", ["half", "text", "list", "binary", "null", "enum", "bare", "type"])
async def test_malformed_messages_are_survived(home: Living, kind: str) -> None:
    await start(home)
    await home.fault("push_malform", kind=kind, count=1)
    await open_door(home)
    await home.until(lambda: home.session.diagnostics()["push"]["messages"] > 0)
    await home.act("냉장고", "close_door")
    await open_door(home)
    await home.until(lambda: door(home) is True)
    assert "failed" not in home.session.diagnostics()["messages"]


@pytest.mark.parametrize("fault", ["push_duplicate", "push_wrap"])
async def test_duplicate_and_wrapped_messages_say_the_same(home: Living, fault: str) -> None:
    await start(home)
    await home.fault(fault)
    await open_door(home)
    await home.until(lambda: door(home) is True)


@pytest.mark.parametrize("raw", ["", "[]", "{}", '{"pushType": "X"}', '{"pushType": "DEVICE_STATUS"}', "nonsense"])
async def test_raw_nonsense_is_counted(home: Living, raw: str) -> None:
    await start(home)
    await home.control("send_raw", text=raw or " ")
    await home.until(lambda: bool(home.session.diagnostics()["messages"]))
    await open_door(home)
    await home.until(lambda: door(home) is True)


async def test_a_push_without_device_type_is_read(home: Living) -> None:
    await start(home)
    vendor_id = await home.vendor_id("냉장고")
    report = {"doorStatus": [{"locationName": "MAIN", "doorState": "OPEN"}]}
    message = {"pushType": "DEVICE_STATUS", "deviceId": vendor_id, "report": report}
    await home.control("send_raw", text=json.dumps(message))
    await home.until(lambda: door(home) is True)


async def test_words_the_profile_does_not_have_are_shown_and_counted(home: Living) -> None:
    await start(home)
    report = {"airFlow": {"windStrengthDetail": "SUPER_JET"}, "operation": {"airConOperationMode": "SLEEPING"}}
    await home.control("report", device="에어컨", report=report)
    await home.until(lambda: home.value("에어컨", "fan_speed_detail") == "super_jet")
    attribute = home.store.devices[home.device_id("에어컨")].attribute("", "fan_speed_detail")
    assert attribute is not None
    assert "super_jet" in attribute.options
    assert "super_jet" not in attribute.write_options
    assert home.value("에어컨", "on_off") is None
    unknown = home.session.diagnostics()["unknown_values"]
    assert any("SUPER_JET" in word for word in unknown)
    assert any("SLEEPING" in word for word in unknown)


async def test_offline_and_back(home: Living) -> None:
    await start(home)
    refrigerator = home.device_id("냉장고")
    await home.fault("http_error", status=400, code="1222", match={"endpoint": "state"}, count=1)
    with pytest.raises(Exception, match="1222"):
        await home.session.async_refresh(refrigerator)
    assert not home.store.available(refrigerator)
    await home.session.async_refresh(refrigerator)
    assert home.store.available(refrigerator)


async def test_a_report_makes_an_offline_device_available(home: Living) -> None:
    await start(home)
    await home.fault("http_error", status=400, code="1222", match={"endpoint": "state"}, count=1)
    with pytest.raises(Exception, match="1222"):
        await home.session.async_refresh(home.device_id("냉장고"))
    await open_door(home)
    await home.until(lambda: home.store.available(home.device_id("냉장고")))


async def test_devices_come_go_and_are_renamed(home: Living) -> None:
    await start(home)
    await home.control("add_device", type="dehumidifier", name="제습기")
    await home.until(lambda: any(device.name == "제습기" for device in home.store.devices.values()))
    await home.until(lambda: home.value("제습기", "current_humidity") is not None)
    await home.control("rename_device", device="냉장고", alias="김치 냉장고")
    await home.until(lambda: any(device.name == "김치 냉장고" for device in home.store.devices.values()))
    await home.control("remove_device", device="세탁기")
    await home.until(lambda: all(device.name != "세탁기" for device in home.store.devices.values()))
    assert len(home.store.devices) == 3


async def turn(home: Living, seconds: float) -> None:
    """Let the safety poll do everything it owes within a time."""
    while seconds > 0:
        wait = await home.session.async_poll()
        step = max(1.0, min(wait, seconds))
        home.clock.advance(step)
        seconds -= step
        await asyncio.sleep(0)


async def test_an_empty_list_removes_nothing(home: Living) -> None:
    await start(home)
    await home.fault("empty_list")
    await turn(home, 30 * 3600)
    assert len(home.store.devices) == 3
    assert home.session.diagnostics()["oddities"]["empty_list"] >= 3


async def test_a_device_missing_from_one_list_stays(home: Living) -> None:
    await start(home)
    listed = await home.control("requests", kind="devices")
    assert listed
    keep = [await home.vendor_id(alias) for alias in ("냉장고", "에어컨")]
    entries = [
        {"deviceId": vendor_id, "deviceInfo": {"deviceType": "DEVICE_X", "modelName": "", "alias": ""}}
        for vendor_id in keep
    ]
    await home.fault("replace_response", response=entries, match={"endpoint": "devices"}, count=2)
    await turn(home, 7 * 3600)
    assert len(home.store.devices) == 3
    await home.fault("replace_response", response=entries, match={"endpoint": "devices"}, count=3)
    await turn(home, 8 * 3600)
    assert len(home.store.devices) == 2


async def test_a_quiet_hour_costs_one_call_for_each_device_at_most(home: Living) -> None:
    await start(home)
    await asyncio.sleep(0.1)
    for _ in range(30):
        await home.control("calls", reset=True)
        await turn(home, 3600)
        assert (await home.calls())["total"] <= 3


async def test_event_subscriptions_never_run_out(home: Living) -> None:
    await start(home)
    for _ in range(48):
        await turn(home, 3600)
        await open_door(home)
        await home.until(lambda: door(home) is True)
        await home.act("냉장고", "close_door")
        await home.until(lambda: door(home) is False)


async def test_lost_reports_are_noticed_by_the_safety_poll(home: Living) -> None:
    await start(home)
    await home.control("expire_events")
    await open_door(home)
    await asyncio.sleep(0.1)
    assert door(home) is False
    await turn(home, 4 * 3600)
    assert door(home) is True
    await home.act("냉장고", "close_door")
    await home.until(lambda: door(home) is False, "reports after they were asked for again")


async def test_without_push_the_poll_goes_faster_and_then_slower_again(home: Living) -> None:
    await start(home)
    await home.fault("mqtt_refuse")
    await home.control("drop_mqtt")
    await home.until(lambda: not home.session.health()["connected"])
    await home.control("calls", reset=True)
    await open_door(home)
    await turn(home, 900)
    assert door(home) is True
    assert 3 <= (await home.calls())["by_endpoint"]["state"] <= 12


async def test_a_cloud_that_is_gone_makes_everything_unavailable_until_it_is_back(home: Living) -> None:
    await start(home)
    await home.fault("mqtt_refuse")
    await home.fault("http_status", status=503)
    await home.control("drop_mqtt")
    await home.until(lambda: not home.session.health()["connected"])
    await turn(home, 3600)
    assert not any(home.store.available(device_id) for device_id in home.store.devices)
    await home.control("clear_faults")
    await turn(home, 1200)
    assert all(home.store.available(device_id) for device_id in home.store.devices)


async def test_a_rate_limit_while_running_removes_nothing_and_heals(home: Living) -> None:
    await start(home)
    await home.control("rate_limit", per_hour=0)
    await turn(home, 8 * 3600)
    assert len(home.store.devices) == 3
    refused = home.session.diagnostics()["calls"]["refused"]
    assert 1 <= refused <= 30
    await home.control("rate_limit", per_hour=1000)
    home.clock.advance(4 * 3600)
    await turn(home, 4 * 3600)
    assert home.session.diagnostics()["calls"]["refused"] <= refused + 1


async def test_a_turn_never_waits_for_the_end_of_a_pause(home: Living) -> None:
    await start(home)
    await home.control("rate_limit", per_hour=0)
    await home.fault("mqtt_refuse")
    await home.control("drop_mqtt")
    await home.until(lambda: not home.session.health()["connected"])
    for _pause in range(12):
        async with asyncio.timeout(10):
            await home.session.async_poll()
        home.clock.advance(max(60, home.session.diagnostics()["calls"]["paused_seconds"] - 5))


async def test_a_token_that_is_revoked_asks_to_sign_in_once(home: Living) -> None:
    await start(home)
    await home.control("token", state="revoked")
    await turn(home, 4 * 3600)
    await home.until(lambda: bool(home.auth_failures))
    await turn(home, 4 * 3600)
    assert len(home.auth_failures) == 1


async def test_a_lone_refusal_of_the_token_asks_nobody(home: Living) -> None:
    await start(home)
    await home.fault("http_status", status=401, count=1, match={"endpoint": "state"})
    await turn(home, 4 * 3600)
    await asyncio.sleep(0.1)
    assert home.auth_failures == []
    assert door(home) is False


async def test_the_unit_system_changes(home: Living) -> None:
    await start(home)
    celsius = home.value("냉장고", "target_temperature", "freezer")
    await home.session.async_set_fahrenheit(fahrenheit=True)
    attribute = home.store.devices[home.device_id("냉장고")].attribute("freezer", "target_temperature")
    assert attribute is not None
    assert attribute.unit == "°F"
    fahrenheit = home.value("냉장고", "target_temperature", "freezer")
    assert isinstance(celsius, int)
    assert isinstance(fahrenheit, int)
    assert abs(fahrenheit - (celsius * 9 / 5 + 32)) <= 2
    await home.session.async_set_fahrenheit(fahrenheit=False)
    assert home.value("냉장고", "target_temperature", "freezer") == celsius


async def test_removing_the_account_cleans_up_at_the_vendor(home: Living) -> None:
    await start(home)
    await home.close()
    home.renew()
    await home.session.async_remove_account()
    calls = (await home.calls())["by_endpoint"]
    assert calls["client_delete"] == 1
    assert calls["event_unsubscribe"] == 3
    assert calls["push_unsubscribe"] == 3
    assert calls["push_devices_unsubscribe"] == 1


async def test_removing_the_account_survives_a_cloud_that_does_not_answer(home: Living) -> None:
    await start(home)
    await home.close()
    home.renew()
    await home.fault("http_status", status=500)
    await home.session.async_remove_account()


async def test_closing_leaves_nothing_running(home: Living) -> None:
    await start(home)
    await home.close()
    assert not home.tasks
    await home.until(lambda: not home.cloud.context.broker.connected, "goodbye to the broker")


async def test_closing_during_a_connection_that_hangs(home: Living) -> None:
    await home.fault("mqtt_deaf_connect")
    starting = asyncio.create_task(home.start())
    await asyncio.sleep(0.5)
    starting.cancel()
    await asyncio.gather(starting, return_exceptions=True)
    await home.close()
    assert not home.tasks


@pytest.mark.parametrize("fault", ["mqtt_deaf_tcp", "mqtt_deaf_connect", "mqtt_deaf_subscribe", "mqtt_refuse"])
async def test_a_broker_that_does_not_answer_stops_nothing_else(home: Living, fault: str) -> None:
    await home.fault(fault)
    await home.start()
    assert door(home) is False
    await home.control("device_options", device="냉장고", confirm_seconds=[0, 0])
    await home.send("냉장고", "fridge", target_temperature=5)
    assert len(await home.bodies()) == 1
    assert home.session.health()["connected"] is False
    await home.close()
    assert not home.tasks


async def test_a_slow_broker_is_waited_for(home: Living) -> None:
    await home.fault("mqtt_slow", seconds=0.3)
    await start(home)
    await open_door(home)
    await home.until(lambda: door(home) is True)


async def test_messages_that_are_swallowed_are_made_up_for(home: Living) -> None:
    await start(home)
    await home.fault("mqtt_swallow")
    await open_door(home)
    await asyncio.sleep(0.1)
    assert door(home) is False
    await turn(home, 2 * 3600)
    assert door(home) is True


async def test_a_device_whose_profile_is_refused_does_not_keep_the_others_waiting(home: Living) -> None:
    match = {"endpoint": "profile", "device_id": await home.vendor_id("세탁기")}
    await home.fault("http_error", status=400, code="2207", match=match)
    await start(home)
    assert len(home.store.devices) == 3
    for _ in range(30):
        await turn(home, 3600)
    await open_door(home)
    await home.until(lambda: door(home) is True)
    washer = home.device_id("세탁기")
    assert home.value("세탁기", "run_state") is not None, "the state is shown as far as it explains itself"
    assert home.store.devices[washer].attribute("", "operation") is None
    await home.control("clear_faults")
    await turn(home, 3 * 3600)
    await home.until(lambda: home.store.devices[washer].attribute("", "operation") is not None, "the profile")


async def test_a_subscription_that_is_refused_does_not_keep_the_others_waiting(home: Living) -> None:
    match = {"endpoint": "event_subscribe", "device_id": await home.vendor_id("세탁기")}
    await home.fault("http_status", status=500, match=match)
    await start(home)
    for _ in range(30):
        await turn(home, 3600)
    await open_door(home)
    await home.until(lambda: door(home) is True)


@pytest.mark.parametrize(("action", "key"), [("terms", "terms_not_accepted"), ("scope", "api_not_allowed")])
async def test_what_only_a_person_can_mend_is_told_and_taken_back(home: Living, action: str, key: str) -> None:
    await start(home)
    await home.control(action, accepted=False, forbidden=["state"])
    await turn(home, 3 * 3600)
    assert home.issues == {key: {}}
    await home.control(action, accepted=True, forbidden=[])
    await turn(home, 3 * 3600)
    assert home.issues == {key: None}
    assert home.auth_failures == []


async def test_a_start_without_calls_reads_the_list_soon(home: Living) -> None:
    await home.start()
    await home.close()
    await home.control("rate_limit", per_hour=0)
    home.renew()
    await home.start()
    await home.control("rate_limit", per_hour=1000)
    await home.control("add_device", type="dehumidifier", name="제습기")
    await turn(home, 2 * 3600)
    await home.until(lambda: any(device.name == "제습기" for device in home.store.devices.values()))
