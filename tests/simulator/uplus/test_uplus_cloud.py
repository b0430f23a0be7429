"""The mock LG U+ cloud by its wire: the dialect, every type, every result code, every knob."""

from collections.abc import AsyncGenerator
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import ControlError
from custom_components.dongju.simulator.home import DEMO_HOME, HomeSpec, load_home
from custom_components.dongju.simulator.uplus.cloud import UplusCloud

LIGHT, PLUG, GAS, BOILER = "UP10000001", "UP10000003", "UP10000005", "UP10000006"
LOCK, CURTAIN, MOTION, DOOR, AIR = "UP10000007", "UP10000008", "UP10000009", "UP10000010", "UP10000011"
PIN = "1379"
DAY = 86_400


class Caller:
    """Polls and controls."""

    def __init__(self, http: aiohttp.ClientSession, connection: dict[str, Any]) -> None:
        self.http = http
        self.base = connection["base_url"]
        self.headers = {"X-UPLUS-Token": connection["token"]}

    async def poll(self) -> dict[str, Any]:
        async with self.http.get(f"{self.base}/devices", headers=self.headers) as response:
            assert response.status == 200
            body: dict[str, Any] = await response.json()
            return body

    async def control(self, serial: Any, code: Any, value: Any, **extra: Any) -> str:
        body = {"deviceSn": serial, "code": code, "val": value, **extra}
        async with self.http.post(f"{self.base}/control", json=body, headers=self.headers) as response:
            assert response.status == 200
            return str((await response.json())["resultCode"])

    async def statuses(self, serial: str) -> list[tuple[str, str]]:
        item = next(item for item in (await self.poll())["items"] if item["deviceSn"] == serial)
        return [(status["code"], status["val"]) for status in item["statusList"]]

    async def status(self, serial: str) -> dict[str, str]:
        return dict(await self.statuses(serial))


@pytest.fixture
def home() -> HomeSpec:
    rooms = load_home(Path(DEMO_HOME) / "rooms.yaml").rooms
    return HomeSpec(rooms=rooms, uplus=load_home(Path(DEMO_HOME) / "uplus.yaml").uplus)


@pytest.fixture
async def cloud(socket_enabled: None, clock: ManualClock, home: HomeSpec) -> AsyncGenerator[UplusCloud]:
    cloud = UplusCloud(home, clock=clock, seed=7)
    await cloud.start()
    yield cloud
    await cloud.close()


@pytest.fixture
def caller(cloud: UplusCloud, http: aiohttp.ClientSession) -> Caller:
    return Caller(http, cloud.connection())


async def test_the_list(caller: Caller) -> None:
    body = await caller.poll()
    assert (body["resultCode"], body["totalCnt"]) == ("0000", "11")
    assert (body["respDt"], body["tokenExpDt"]) == ("20260701090000", "20260731090000")
    assert body["items"][0] == {
        "deviceSn": LIGHT,
        "modelCd": "UIOT-L01",
        "typeCd": "L01",
        "nickNm": "서재 조명",
        "roomNm": "서재",
        "connYn": "Y",
        "statusList": [{"code": "PWR", "val": "N"}, {"code": "BRT", "val": "100"}],
    }
    kinds = {item["typeCd"] for item in body["items"]}
    assert kinds == {"L01", "P01", "G01", "B01", "D01", "C01", "S01", "S02", "A01"}
    values = [status["val"] for item in body["items"] for status in item["statusList"]]
    assert all(isinstance(value, str) for value in values)


@pytest.mark.parametrize(
    ("serial", "code", "value", "extra", "seconds", "expected"),
    [
        (LIGHT, "PWR", "Y", {}, 1, {"PWR": "Y"}),
        (LIGHT, "BRT", "35", {}, 1, {"PWR": "Y", "BRT": "35"}),
        (PLUG, "PWR", "N", {}, 1, {"PWR": "N", "WATT": "0"}),
        (GAS, "VALVE", "N", {}, 1, {"VALVE": "N"}),
        (BOILER, "SET_TEMP", "245", {}, 1, {"SET_TEMP": "245"}),
        (BOILER, "MODE", "A", {}, 1, {"MODE": "A"}),
        (BOILER, "PWR", "N", {}, 1, {"PWR": "N"}),
        (LOCK, "LOCK", "N", {"pin": PIN}, 1, {"LOCK": "N", "LAST_DT": "20260701090001"}),
        (LOCK, "LOCK", "Y", {}, 1, {"LOCK": "Y"}),
        (CURTAIN, "POS", "75", {}, 10, {"POS": "75", "MOVE": "STOP"}),
        (CURTAIN, "MOVE", "CLOSE", {}, 10, {"POS": "0", "MOVE": "STOP"}),
        (CURTAIN, "MOVE", "OPEN", {}, 3, {"POS": "80", "MOVE": "OPEN"}),
    ],
)
async def test_controls(
    caller: Caller,
    clock: ManualClock,
    serial: str,
    code: str,
    value: str,
    extra: dict[str, str],
    seconds: float,
    expected: dict[str, str],
) -> None:
    before = await caller.status(serial)
    assert await caller.control(serial, code, value, **extra) == "0000"
    assert await caller.status(serial) == before
    clock.advance(seconds)
    after = await caller.status(serial)
    assert {key: after[key] for key in expected} == expected


@pytest.mark.parametrize(
    ("serial", "code", "value", "extra", "result"),
    [
        (GAS, "VALVE", "Y", {}, "2005"),
        (LOCK, "LOCK", "N", {}, "2006"),
        (LOCK, "LOCK", "N", {"pin": "0000"}, "2006"),
        (LIGHT, "BRT", "0", {}, "2004"),
        (LIGHT, "BRT", "101", {}, "2004"),
        (LIGHT, "PWR", "on", {}, "2004"),
        (BOILER, "SET_TEMP", "24.5", {}, "2004"),
        (BOILER, "SET_TEMP", "243", {}, "2004"),
        (BOILER, "MODE", "X", {}, "2004"),
        (CURTAIN, "MOVE", "FLY", {}, "2004"),
        (MOTION, "DETECT", "Y", {}, "2003"),
        (LIGHT, "COLOUR", "1", {}, "2003"),
        ("UP99999999", "PWR", "Y", {}, "2001"),
        (LIGHT, "PWR", True, {}, "2000"),
        (LIGHT, None, "Y", {}, "2000"),
        (LOCK, "LOCK", "N", {"pin": 1379}, "2000"),
    ],
)
async def test_refusals(caller: Caller, serial: Any, code: Any, value: Any, extra: dict[str, Any], result: str) -> None:
    assert await caller.control(serial, code, value, **extra) == result


async def test_a_body_that_is_no_object(caller: Caller) -> None:
    for body in (b"{", b"[]"):
        async with caller.http.post(f"{caller.base}/control", data=body, headers=caller.headers) as response:
            assert (await response.json())["resultCode"] == "2000"


async def test_the_curtain_stops(caller: Caller, clock: ManualClock) -> None:
    await caller.control(CURTAIN, "MOVE", "CLOSE")
    clock.advance(2.5)
    await caller.control(CURTAIN, "MOVE", "STOP")
    clock.advance(30)
    assert await caller.status(CURTAIN) == {"POS": "30", "MOVE": "STOP"}


async def test_wrong_pins_lock_out(caller: Caller, clock: ManualClock) -> None:
    codes = [await caller.control(LOCK, "LOCK", "N", pin="1") for _try in range(5)]
    assert codes == ["2006"] * 4 + ["2007"]
    assert await caller.control(LOCK, "LOCK", "N", pin=PIN) == "2007"
    clock.advance(180)
    assert await caller.control(LOCK, "LOCK", "N", pin=PIN) == "0000"


async def test_the_token_lasts_thirty_days(cloud: UplusCloud, caller: Caller, clock: ManualClock) -> None:
    clock.advance(30 * DAY - 1)
    assert (await caller.poll())["resultCode"] == "0000"
    clock.advance(1)
    expired = await caller.poll()
    assert expired == {"resultCode": "1002", "resultMsg": "인증이 만료되었습니다."}
    assert await caller.control(LIGHT, "PWR", "Y") == "1002"
    renewed = await cloud.control("renew_token", {})
    assert (await caller.poll())["resultCode"] == "1001"
    caller.headers = {"X-UPLUS-Token": renewed["token"]}
    assert (await caller.poll())["resultCode"] == "0000"


async def test_without_a_token(cloud: UplusCloud, caller: Caller) -> None:
    caller.headers = {}
    assert (await caller.poll())["resultCode"] == "1001"
    caller.headers = {"X-UPLUS-Token": cloud.connection()["token"]}
    await cloud.control("expire_token", {})
    assert (await caller.poll())["resultCode"] == "1002"


async def test_offline(cloud: UplusCloud, caller: Caller) -> None:
    await cloud.control("offline", {"deviceSn": LIGHT})
    assert (await caller.poll())["items"][0]["connYn"] == "N"
    assert await caller.control(LIGHT, "PWR", "Y") == "2002"
    await cloud.control("online", {"deviceSn": LIGHT})
    assert await caller.control(LIGHT, "PWR", "Y") == "0000"


@pytest.mark.parametrize(
    ("serial", "status", "expected"),
    [
        (MOTION, {"DETECT": "Y"}, {"DETECT": "Y", "DETECT_DT": "20260701090000"}),
        (DOOR, {"OPEN": "Y"}, {"OPEN": "Y", "CHG_DT": "20260701090000"}),
        (GAS, {"LEAK": "Y"}, {"LEAK": "Y"}),
        (PLUG, {"PWR": "N"}, {"WATT": "0"}),
        (AIR, {"PM25": 90}, {"PM25": "90"}),
    ],
)
async def test_what_people_do(
    cloud: UplusCloud, caller: Caller, serial: str, status: dict[str, Any], expected: dict[str, str]
) -> None:
    await cloud.control("set_status", {"deviceSn": serial, "status": status})
    after = await caller.status(serial)
    assert {key: after[key] for key in expected} == expected


async def test_devices_come_go_and_change(cloud: UplusCloud, caller: Caller) -> None:
    await cloud.control("add_device", {"deviceSn": "UP2", "typeCd": "L01", "nickNm": "새 조명", "room": "balcony"})
    await cloud.control("remove_device", {"deviceSn": PLUG})
    await cloud.control("rename_device", {"deviceSn": LIGHT, "nickNm": "책상 조명"})
    items = {item["deviceSn"]: item for item in (await caller.poll())["items"]}
    assert items["UP2"]["roomNm"] == "베란다"
    assert items[LIGHT]["nickNm"] == "책상 조명"
    assert PLUG not in items


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("dance", {}),
        ("set_status", {"deviceSn": LIGHT, "status": {"COLOUR": "1"}}),
        ("set_status", {"deviceSn": "nope", "status": {}}),
        ("add_device", {"deviceSn": LIGHT, "typeCd": "L01"}),
        ("add_device", {"deviceSn": "UP3", "typeCd": "X01"}),
        ("add_device", {}),
    ],
)
async def test_control_actions_that_cannot_be(cloud: UplusCloud, action: str, data: dict[str, Any]) -> None:
    with pytest.raises(ControlError):
        await cloud.control(action, data)


async def test_knobs(cloud: UplusCloud, caller: Caller, clock: ManualClock) -> None:
    cloud.faults.set("ignored_control", count=1, match={"deviceSn": LIGHT})
    assert await caller.control(LIGHT, "PWR", "Y") == "0000"
    clock.advance(5)
    assert (await caller.status(LIGHT))["PWR"] == "N"

    await cloud.control("set_status", {"deviceSn": LIGHT, "status": {"PWR": "Y"}})
    cloud.faults.set("stale_list", count=1)
    assert (await caller.status(LIGHT))["PWR"] == "N"
    assert (await caller.status(LIGHT))["PWR"] == "Y"

    cloud.faults.set("missing_device", count=1, match={"deviceSn": PLUG})
    assert PLUG not in [item["deviceSn"] for item in (await caller.poll())["items"]]
    assert PLUG in [item["deviceSn"] for item in (await caller.poll())["items"]]

    cloud.faults.set("contradiction", count=1, match={"deviceSn": LIGHT})
    assert await caller.statuses(LIGHT) == [("PWR", "Y"), ("BRT", "100"), ("PWR", "N"), ("BRT", "110")]

    cloud.faults.set("rate_limited", count=1)
    limited = await caller.poll()
    assert (limited["resultCode"], limited["retrySec"]) == ("3001", "30")
    cloud.faults.set("maintenance", count=1)
    assert (await caller.poll())["resultCode"] == "9001"
    cloud.faults.set("http_error", count=1, status=502, match={"endpoint": "control"})
    assert (await caller.poll())["resultCode"] == "0000"
    async with caller.http.post(f"{caller.base}/control", headers=caller.headers) as response:
        assert response.status == 502


async def test_knobs_of_lists_that_make_no_sense(cloud: UplusCloud, caller: Caller) -> None:
    cloud.faults.set("empty_list", count=1)
    empty = await caller.poll()
    assert (empty["items"], empty["totalCnt"]) == ([], "0")
    cloud.faults.set("extra_rows", count=1, rows=[None, {"deviceSn": LIGHT}], totalCnt="11")
    odd = await caller.poll()
    assert (odd["items"][-2:], odd["totalCnt"]) == ([None, {"deviceSn": LIGHT}], "11")
    cloud.faults.set("extra_status", count=1, match={"deviceSn": LIGHT}, status={"RSSI": "-61"})
    assert (await caller.statuses(LIGHT))[-1] == ("RSSI", "-61")
    assert "RSSI" not in await caller.status(LIGHT)


async def test_an_answer_that_is_lost(cloud: UplusCloud, caller: Caller, clock: ManualClock) -> None:
    cloud.faults.set("lost_answer", count=1, match={"deviceSn": LIGHT})
    body = {"deviceSn": LIGHT, "code": "PWR", "val": "Y"}
    async with caller.http.post(f"{caller.base}/control", json=body, headers=caller.headers) as response:
        assert response.status == 502
    clock.advance(1)
    assert (await caller.status(LIGHT))["PWR"] == "Y"


async def test_a_token_that_ends_in_some_days(cloud: UplusCloud, caller: Caller) -> None:
    await cloud.control("expire_token", {"days": 3})
    assert (await caller.poll())["tokenExpDt"] == "20260704090000"


async def test_a_start_after_the_end_of_the_token_issues_a_new_one(
    cloud: UplusCloud, caller: Caller, clock: ManualClock, home: HomeSpec
) -> None:
    clock.advance(31 * DAY)
    later = UplusCloud(home, clock=clock, seed=7, state=cloud.snapshot())
    await later.start()
    try:
        assert later.connection()["token"] != cloud.connection()["token"]
        again = Caller(caller.http, later.connection())
        assert (await again.poll())["resultCode"] == "0000"
    finally:
        await later.close()


async def test_time_works_on_the_devices(caller: Caller, clock: ManualClock) -> None:
    before = int((await caller.status(PLUG))["WH"])
    await caller.control(BOILER, "SET_TEMP", "260")
    clock.advance(6 * 3600)
    assert int((await caller.status(PLUG))["WH"]) == pytest.approx(before + 6 * 85, abs=1)
    assert (await caller.status(BOILER))["CUR_TEMP"] == "260"
    air = await caller.status(AIR)
    assert int(air["GRADE"]) == 1 + sum(int(air["PM25"]) > limit for limit in (15, 35, 75))


async def test_a_restart_keeps_everything(
    cloud: UplusCloud, caller: Caller, clock: ManualClock, home: HomeSpec
) -> None:
    await cloud.control("set_status", {"deviceSn": LIGHT, "status": {"BRT": "7"}})
    await cloud.control("remove_device", {"deviceSn": PLUG})
    kept = json.loads(json.dumps(cloud.snapshot()))
    await cloud.close()
    clock.advance(29 * DAY)
    later = UplusCloud(home, clock=clock, seed=7, state=kept)
    await later.start()
    try:
        caller.base = later.connection()["base_url"]
        body = await caller.poll()
        assert (body["totalCnt"], body["tokenExpDt"]) == ("10", "20260731090000")
        assert (await caller.status(LIGHT))["BRT"] == "7"
        clock.advance(DAY)
        assert (await caller.poll())["resultCode"] == "1002"
    finally:
        await later.close()


async def test_it_describes_itself(cloud: UplusCloud) -> None:
    described = json.loads(json.dumps(cloud.describe()))
    assert {"set_status", "expire_token", "fault", "clear_faults"} <= set(described["actions"])
    assert len(described["state"]["devices"]) == 11
    assert cloud.connection()["token"] not in json.dumps(described)
