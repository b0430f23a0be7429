"""What the session makes of lists, over the mock cloud's wire."""

from datetime import UTC, datetime
import logging
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.model.errors import (
    AuthError,
    CannotConnectError,
    CloudAwayError,
    DeviceGoneError,
    NotSupportedError,
)
from custom_components.dongju.model.vocabulary import DeviceType, Kind, Unit
from custom_components.dongju.simulator.uplus.dialect import TYPES

from .living import AIR, BACK_OFF, BOILER, CURTAIN, DOOR, GAS, LAMP, LIGHT, LOCK, MOTION, PLUG, POLL, Living

NEW = {"deviceSn": "UP2", "typeCd": "L01", "nickNm": "새 조명", "room": "balcony"}


@pytest.mark.parametrize(
    ("serial", "device_type", "values"),
    [
        (LAMP, DeviceType.LIGHT, {"on_off": True, "brightness": 60}),
        (PLUG, DeviceType.PLUG, {"on_off": True, "power": 85, "energy": 40210}),
        (GAS, DeviceType.GAS_VALVE, {"open": True, "gas_leak": False}),
        (
            BOILER,
            DeviceType.BOILER,
            {
                "on_off": True,
                "mode": "heat",
                "current_temperature": 22.5,
                "target_temperature": 23,
                "min_target_temperature": 5,
                "max_target_temperature": 40,
            },
        ),
        (LOCK, DeviceType.DOOR_LOCK, {"locked": True, "jammed": False, "battery": 76, "last_changed": None}),
        (CURTAIN, DeviceType.CURTAIN, {"position": 50, "moving": "stopped"}),
        (MOTION, DeviceType.MOTION_SENSOR, {"motion": False, "last_motion": None, "battery": 90}),
        (DOOR, DeviceType.CONTACT_SENSOR, {"open": False, "tamper": False, "last_changed": None, "battery": 88}),
        (
            AIR,
            DeviceType.AIR_QUALITY_SENSOR,
            {
                "pm10": 31,
                "pm2_5": 16,
                "co2": 712,
                "current_temperature": 24.3,
                "current_humidity": 47,
                "air_quality": "normal",
            },
        ),
    ],
)
async def test_every_type(home: Living, serial: str, device_type: DeviceType, values: dict[str, Any]) -> None:
    device = home.device(serial)
    assert device.type is device_type
    assert home.values(serial) == values
    assert home.available(serial)


async def test_descriptions(home: Living) -> None:
    assert {device.type for device in home.store.devices.values()} == {
        home.device(serial).type for serial in (LIGHT, PLUG, GAS, BOILER, LOCK, CURTAIN, MOTION, DOOR, AIR)
    }
    assert len(home.store.devices) == 11
    boiler = home.device(BOILER)
    assert (boiler.name, boiler.room, boiler.model, boiler.manufacturer, boiler.serial_number) == (
        "아이방 난방",
        "아이방",
        "UIOT-B01",
        "LG U+",
        BOILER,
    )
    target = boiler.attribute("", "target_temperature")
    assert target
    assert (target.minimum, target.maximum, target.step, target.unit) == (5, 40, 0.5, Unit.CELSIUS)
    operation = home.device(CURTAIN).attribute("", "operation")
    assert operation
    assert (operation.kind, operation.write_options) == (Kind.COMMAND, ("open", "close", "stop"))
    for device in home.store.devices.values():
        sources = {code for attribute in device.parts[""].attributes.values() for code in attribute.sources}
        assert sources == set(TYPES[str(device.model)[-3:]].status)


async def test_what_people_do_shows_at_the_next_poll(home: Living) -> None:
    await home.control("set_status", deviceSn=MOTION, status={"DETECT": "Y"})
    await home.control("set_status", deviceSn=DOOR, status={"OPEN": "Y"})
    await home.control("set_status", deviceSn=GAS, status={"LEAK": "Y"})
    await home.poll()
    assert home.value(MOTION, "motion") is True
    assert home.value(MOTION, "last_motion") == datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
    assert home.value(DOOR, "open") is True
    assert home.value(GAS, "gas_leak") is True


async def test_polls_are_half_a_minute_apart(home: Living) -> None:
    assert 27 <= await home.session.async_poll() <= 33
    await home.control("set_status", deviceSn=LIGHT, status={"PWR": "Y"})
    home.clock.advance(20)
    assert await home.session.async_poll() <= 13
    assert home.value(LIGHT, "on_off") is False
    assert 27 <= await home.poll() <= 33
    assert home.value(LIGHT, "on_off") is True


async def test_offline_and_back(home: Living) -> None:
    await home.control("offline", deviceSn=LIGHT)
    await home.poll()
    assert not home.available(LIGHT)
    assert home.available(LAMP)
    await home.control("online", deviceSn=LIGHT)
    await home.poll()
    assert home.available(LIGHT)


async def test_devices_come_and_are_renamed(home: Living) -> None:
    await home.control("add_device", **NEW)
    await home.control("rename_device", deviceSn=LIGHT, nickNm="책상 조명")
    await home.poll()
    assert (home.device("UP2").name, home.device("UP2").room, home.available("UP2")) == ("새 조명", "베란다", True)
    assert home.device(LIGHT).name == "책상 조명"


async def test_three_good_lists_without_a_device_remove_it(home: Living) -> None:
    await home.control("remove_device", deviceSn=LIGHT)
    await home.poll()
    assert home.available(LIGHT)
    await home.poll()
    assert not home.available(LIGHT)
    await home.poll()
    assert f"uplus_{LIGHT}" not in home.store.devices
    assert len(home.store.devices) == 10


async def test_a_device_that_is_back_in_time_stays(home: Living) -> None:
    for _round in range(3):
        home.fault("missing_device", count=2, serial=LIGHT)
        await home.poll(3)
    assert home.available(LIGHT)


async def test_lists_asked_for_in_haste_count_against_no_device(home: Living) -> None:
    await home.control("remove_device", deviceSn=LIGHT)
    for _time in range(5):
        await home.session.async_refresh(f"uplus_{LAMP}")
    assert home.available(LIGHT)


@pytest.mark.parametrize("odd", [{"rows": [None]}, {"rows": [], "totalCnt": "12"}])
async def test_a_list_that_is_not_whole_removes_nothing(home: Living, odd: dict[str, Any]) -> None:
    await home.control("remove_device", deviceSn=LIGHT)
    home.fault("extra_rows", count=5, **odd)
    await home.poll(5)
    assert f"uplus_{LIGHT}" in home.store.devices
    assert not home.available(LIGHT)
    await home.poll(3)
    assert f"uplus_{LIGHT}" not in home.store.devices


async def test_an_empty_list_removes_nothing(home: Living) -> None:
    home.fault("empty_list", count=5)
    await home.poll(2, BACK_OFF)
    assert all(home.store.available(device_id) for device_id in home.store.devices)
    await home.poll(3, BACK_OFF)
    assert len(home.store.devices) == 11
    assert not home.available(LIGHT)
    await home.poll(1, BACK_OFF)
    assert home.available(LIGHT)


async def test_an_account_without_devices_can_start(idle: Living) -> None:
    idle.fault("empty_list")
    await idle.session.async_start()
    assert not idle.store.devices
    await idle.poll()
    assert len(idle.store.devices) == 11


async def test_a_malformed_row_harms_no_other_device(home: Living) -> None:
    broken = [{"deviceSn": LIGHT}, 17, {"deviceSn": "UP3", "typeCd": "L01", "statusList": "none"}]
    home.fault("extra_rows", rows=broken)
    await home.control("set_status", deviceSn=LAMP, status={"BRT": "7"})
    await home.poll()
    assert home.value(LAMP, "brightness") == 7
    assert home.session.diagnostics()["malformed_rows"] == 3


async def test_a_device_that_contradicts_itself_keeps_what_was_known(home: Living) -> None:
    home.fault("contradiction", count=1, serial=LAMP)
    await home.poll()
    assert (home.value(LAMP, "on_off"), home.value(LAMP, "brightness")) == (True, 60)
    await home.control("set_status", deviceSn=LAMP, status={"BRT": "61"})
    await home.until(lambda: home.value(LAMP, "brightness") == 61)
    assert home.available(LAMP)


async def test_a_device_that_goes_on_contradicting_itself_is_not_available(home: Living) -> None:
    home.fault("contradiction", count=None, serial=LAMP)
    await home.poll(4)
    assert not home.available(LAMP)
    assert home.available(LIGHT)
    home.cloud.faults.clear()
    await home.poll()
    assert home.available(LAMP)


async def test_two_entries_of_one_serial_number(home: Living) -> None:
    twin = {"deviceSn": LAMP, "typeCd": "L01", "statusList": [{"code": "PWR", "val": "Y"}, {"code": "BRT", "val": "9"}]}
    home.fault("extra_rows", rows=[twin])
    await home.poll()
    assert len(home.store.devices) == 11
    assert home.values(LAMP) == {"on_off": True, "brightness": 60}


@pytest.mark.parametrize(
    ("serial", "code", "value", "key"),
    [
        (LAMP, "BRT", "140", "brightness"),
        (LAMP, "BRT", "0", "brightness"),
        (LAMP, "PWR", "MAYBE", "on_off"),
        (BOILER, "CUR_TEMP", "9999", "current_temperature"),
        (BOILER, "CUR_TEMP", "21.5", "current_temperature"),
        (BOILER, "MODE", "Z", "mode"),
        (AIR, "GRADE", "9", "air_quality"),
        (AIR, "HUMI", "-1", "current_humidity"),
        (DOOR, "CHG_DT", "20261399000000", "last_changed"),
    ],
)
async def test_an_impossible_value_is_unknown_and_counted(
    home: Living, serial: str, code: str, value: str, key: str
) -> None:
    others = {name: known for name, known in home.values(serial).items() if name not in {key, "last_changed"}}
    home.fault("extra_status", status={}, serial=serial)
    await home.control("set_status", deviceSn=serial, status={code: value})
    await home.poll()
    assert home.value(serial, key) is None
    assert others.items() <= home.values(serial).items()
    assert home.session.diagnostics()["unreadable_values"] == {code: 1}
    assert home.available(serial)


@pytest.mark.parametrize("limits", [{"MIN_TEMP": "400", "MAX_TEMP": "50"}, {"MIN_TEMP": "x"}])
async def test_limits_that_cannot_be_are_not_used(home: Living, limits: dict[str, str]) -> None:
    await home.control("set_status", deviceSn=BOILER, status=limits)
    await home.poll()
    target = home.device(BOILER).attribute("", "target_temperature")
    assert target
    assert (target.minimum, target.maximum) == (5, 40)


async def test_limits_that_change(home: Living) -> None:
    await home.control("set_status", deviceSn=BOILER, status={"MIN_TEMP": "100", "MAX_TEMP": "300"})
    await home.poll()
    target = home.device(BOILER).attribute("", "target_temperature")
    assert target
    assert (target.minimum, target.maximum) == (10, 30)


async def test_codes_nobody_knows_are_shown(home: Living) -> None:
    home.fault("extra_status", count=2, serial=LIGHT, status={"RSSI": "-61", "ECO": "Y", "FW-VER": "1.0.2"})
    await home.poll()
    shown = {key: home.values(LIGHT)[key] for key in ("status_rssi", "status_eco", "status_fw_ver")}
    assert shown == {"status_rssi": -61, "status_eco": True, "status_fw_ver": "1.0.2"}
    attribute = home.device(LIGHT).attribute("", "status_rssi")
    assert attribute
    assert (attribute.known, attribute.kind, attribute.writable) == (False, Kind.NUMBER, False)
    assert home.session.diagnostics()["unknown_codes"] == ["ECO", "FW-VER", "RSSI"]
    await home.poll(2)
    assert home.values(LIGHT)["status_rssi"] is None


async def test_a_code_that_turns_out_to_hold_something_else(home: Living) -> None:
    for value in ("Y", "AUTO", "Y"):
        home.fault("extra_status", serial=LIGHT, status={"ECO": value})
        await home.poll()
        assert home.values(LIGHT)["status_eco"] in (True, value)
    assert home.values(LIGHT)["status_eco"] == "Y"


async def test_a_type_nobody_knows_is_shown(home: Living) -> None:
    row = {"deviceSn": "UP9", "typeCd": "Z99", "statusList": [{"code": "PWR", "val": "Y"}]}
    home.fault("extra_rows", rows=[row])
    await home.poll()
    device = home.device("UP9")
    assert (device.type, device.name) == (DeviceType.UNKNOWN, "UP9")
    assert home.values("UP9") == {"status_pwr": True}


async def test_a_serial_number_that_becomes_another_type(home: Living) -> None:
    await home.control("remove_device", deviceSn=LIGHT)
    row = {
        "deviceSn": LIGHT,
        "typeCd": "P01",
        "statusList": [{"code": "PWR", "val": "Y"}, {"code": "WATT", "val": "5"}],
    }
    home.fault("extra_rows", rows=[row])
    await home.poll()
    assert home.device(LIGHT).type is DeviceType.PLUG
    assert home.values(LIGHT) == {"on_off": True, "power": 5}


async def test_a_stale_list_is_mended_by_the_next(home: Living) -> None:
    await home.poll()
    await home.control("set_status", deviceSn=LIGHT, status={"PWR": "Y"})
    home.fault("stale_list")
    await home.poll()
    assert home.value(LIGHT, "on_off") is False
    await home.poll()
    assert home.value(LIGHT, "on_off") is True


async def test_only_the_chosen_types(idle: Living) -> None:
    idle.options["device_types"] = ["light", "door_lock"]
    await idle.restart()
    assert {device.type for device in idle.store.devices.values()} == {DeviceType.LIGHT, DeviceType.DOOR_LOCK}
    await idle.poll(4)
    assert len(idle.store.devices) == 3


async def test_a_device_of_another_account_stays_there(idle: Living) -> None:
    idle.foreign = {f"uplus_{LIGHT}"}
    await idle.session.async_start()
    assert f"uplus_{LIGHT}" not in idle.store.devices
    assert len(idle.store.devices) == 10


async def test_after_a_restart_a_missing_device_waits_for_three_lists(home: Living) -> None:
    home.fault("missing_device", count=1, serial=LIGHT)
    await home.restart()
    assert not home.available(LIGHT)
    assert home.available(LAMP)
    await home.poll()
    assert home.available(LIGHT)
    await home.control("remove_device", deviceSn=LIGHT)
    await home.restart()
    await home.poll(2)
    assert f"uplus_{LIGHT}" not in home.store.devices
    await home.restart()
    assert len(home.store.devices) == 10


@pytest.mark.parametrize("kept", [{"items": None}, {"items": [None, {"deviceSn": 5}]}, {"old": 1}])
async def test_a_broken_cache_is_no_cache(idle: Living, kept: dict[str, Any]) -> None:
    idle.cache.content = kept
    await idle.session.async_start()
    assert len(idle.store.devices) == 11


FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("http_status", {"status": 503}),
    ("http_status", {"status": 404}),
    ("http_status", {"status": 429}),
    ("http_error", {"status": 500}),
    ("html_body", {}),
    ("html_body", {"status": 502}),
    ("malformed_json", {}),
    ("empty_body", {}),
    ("drop_connection", {}),
    ("rate_limited", {}),
    ("maintenance", {}),
    ("empty_list", {}),
    ("http_error", {"status": 200, "code": "4711"}),
    ("http_error", {"status": 200, "code": "2001"}),
)


@pytest.mark.parametrize(("name", "data"), FAULTS)
async def test_missed_polls(home: Living, caplog: pytest.LogCaptureFixture, name: str, data: dict[str, Any]) -> None:
    caplog.set_level(logging.INFO)
    home.fault(name, count=None, match={"endpoint": "devices"} if "status" in data else {}, **data)
    await home.session.async_poll()
    waits = []
    for missed in range(1, 9):
        home.clock.advance(BACK_OFF)
        waits.append(await home.session.async_poll())
        assert home.available(LIGHT) is (missed < 3)
    assert all(30 <= wait <= 600 for wait in waits)
    with pytest.raises(CloudAwayError):
        await home.send(LIGHT, on_off=True)
    assert home.session.health()["connected"] is False
    assert home.session.diagnostics()["missed_polls"] == 8
    home.cloud.faults.clear()
    home.clock.advance(BACK_OFF)
    assert await home.session.async_poll() <= 33
    assert home.available(LIGHT)
    assert home.session.health()["connected"] is True
    told = [record.message for record in caplog.records if "reachable" in record.message]
    assert len(told) == 2
    assert not home.auth_failures


@pytest.mark.parametrize(("data", "least"), [({"status": 429}, 30), ({}, 30)], ids=["by HTTP", "by result code"])
async def test_the_cloud_says_how_long_to_wait(home: Living, data: dict[str, Any], least: float) -> None:
    home.fault("http_status" if data else "rate_limited", **data)
    assert await home.poll() >= least


async def test_a_cloud_that_never_answers(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.dongju.vendors.uplus.client.TIMEOUT", aiohttp.ClientTimeout(total=0.05))
    home.fault("timeout", count=3)
    await home.poll()
    assert home.available(LIGHT)
    home.clock.advance(BACK_OFF)
    await home.session.async_poll()
    home.clock.advance(BACK_OFF)
    await home.session.async_poll()
    assert not home.available(LIGHT)


async def test_a_token_that_has_ended(home: Living, caplog: pytest.LogCaptureFixture) -> None:
    await home.control("expire_token")
    wait = await home.poll()
    assert wait >= 300
    assert not home.available(LIGHT)
    assert [type(failure) for failure in home.auth_failures] == [AuthError]
    for _time in range(3):
        home.clock.advance(BACK_OFF)
        await home.session.async_poll()
    assert len(home.auth_failures) == 1
    assert str(home.data["token"]) not in caplog.text


async def test_a_refusal_that_was_a_mistake_heals(home: Living) -> None:
    home.fault("http_error", status=200, code="1002", match={"endpoint": "devices"})
    await home.poll()
    assert not home.available(LIGHT)
    home.clock.advance(BACK_OFF)
    await home.session.async_poll()
    assert home.available(LIGHT)
    await home.control("renew_token")
    home.clock.advance(POLL)
    await home.session.async_poll()
    assert len(home.auth_failures) == 2


@pytest.mark.parametrize(
    ("days", "placeholders"), [(6, None), (4, {"date": "2026-07-05"}), (0.5, {"date": "2026-07-01"})]
)
async def test_the_end_of_the_token_is_told_some_days_before(
    home: Living, days: float, placeholders: dict[str, str] | None
) -> None:
    assert home.issues == {"token_expires": None}
    await home.control("expire_token", days=days)
    await home.poll()
    assert home.issues == {"token_expires": placeholders}
    assert home.session.diagnostics()["token_days_left"] == int(days - 0.01)


async def test_the_warning_goes_with_the_token(home: Living) -> None:
    await home.control("expire_token", days=1)
    await home.poll()
    home.clock.advance(86_400)
    await home.session.async_poll()
    assert home.issues == {"token_expires": None}
    assert len(home.auth_failures) == 1


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("http_status", {"status": 503}, CannotConnectError),
        ("html_body", {}, CannotConnectError),
        ("http_error", {"status": 200, "code": "1001"}, AuthError),
    ],
)
async def test_a_start_that_fails(idle: Living, name: str, data: dict[str, Any], error: type[Exception]) -> None:
    idle.fault(name, **data)
    with pytest.raises(error):
        await idle.session.async_start()
    assert not idle.tasks
    assert not idle.store.devices


async def test_refreshing_one_device(home: Living) -> None:
    await home.control("set_status", deviceSn=LIGHT, status={"PWR": "Y"})
    await home.session.async_refresh(f"uplus_{LIGHT}")
    assert home.value(LIGHT, "on_off") is True
    with pytest.raises(DeviceGoneError):
        await home.session.async_refresh("uplus_nothing")


async def test_what_there_is_nothing_of(home: Living) -> None:
    with pytest.raises(NotSupportedError):
        await home.session.async_query("news", {})
    before = home.values(BOILER)
    await home.session.async_set_fahrenheit(fahrenheit=True)
    await home.session.async_remove_account()
    assert home.values(BOILER) == before


async def test_a_large_home_is_one_list(home: Living) -> None:
    rows = [
        {"deviceSn": f"BIG{number}", "typeCd": "L01", "nickNm": "방" * 200, "statusList": [{"code": "PWR", "val": "Y"}]}
        for number in range(2000)
    ]
    home.fault("extra_rows", rows=rows)
    await home.poll()
    assert len(home.store.devices) == 2011
