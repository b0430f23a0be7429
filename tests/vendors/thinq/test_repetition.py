"""Reports that repeat themselves, and devices that are alike: what is spared must not be missed."""

import json
from typing import Any

import pytest

from custom_components.dongju.model.command import Command

from .living import Living

TWINS: list[dict[str, object]] = [
    {"type": "air_conditioner", "name": "에어컨", "power_on": True},
    {"type": "air_conditioner", "name": "작은방 에어컨", "power_on": True},
    {"type": "washer", "name": "세탁기"},
]


@pytest.fixture
def appliances() -> list[dict[str, object]]:
    return TWINS


async def report(home: Living, alias: str, report: dict[str, Any]) -> None:
    """Have a report arrive, word for word the same each time, and wait until it was taken."""
    device_id = await home.vendor_id(alias)
    text = json.dumps({"pushType": "DEVICE_STATUS", "deviceId": device_id, "report": report})
    before = taken(home)
    await home.control("send_raw", text=text)
    await home.until(lambda: taken(home) > before)


def taken(home: Living) -> int:
    return int(home.session.diagnostics()["messages"].get("StatusReport", 0))


def repeated(home: Living) -> int:
    return int(home.session.diagnostics()["messages"].get("repeated", 0))


def temperature(degrees: float) -> dict[str, Any]:
    return {"temperatureInUnits": [{"currentTemperature": degrees, "unit": "C"}]}


async def test_a_repeated_report_wakes_nobody(home: Living) -> None:
    await home.start()
    await home.connected()
    await report(home, "에어컨", temperature(21))
    heard: list[None] = []
    key = (home.device_id("에어컨"), "", "current_temperature")
    home.store.subscribe([key], lambda: heard.append(None))
    for _ in range(3):
        await report(home, "에어컨", temperature(21))
    assert (repeated(home), heard) == (3, [])
    await report(home, "에어컨", temperature(22))
    await report(home, "에어컨", temperature(21))
    assert len(heard) == 2
    assert home.store.value(key) == 21


async def test_the_same_words_of_another_device_are_no_repetition(home: Living) -> None:
    await home.start()
    await home.connected()
    await report(home, "에어컨", temperature(21))
    await report(home, "작은방 에어컨", temperature(21))
    assert repeated(home) == 0
    assert home.value("작은방 에어컨", "current_temperature") == 21


async def test_a_report_counts_again_after_a_state_was_read(home: Living) -> None:
    await home.start()
    await home.connected()
    await report(home, "에어컨", temperature(17))
    await home.session.async_refresh(home.device_id("에어컨"))
    assert home.value("에어컨", "current_temperature") != 17
    await report(home, "에어컨", temperature(17))
    assert home.value("에어컨", "current_temperature") == 17


async def test_a_repeated_report_still_confirms_a_command(home: Living) -> None:
    await home.start()
    await home.connected()
    device_id = home.device_id("에어컨")
    on = {"operation": {"airConOperationMode": "POWER_ON"}}
    await report(home, "에어컨", on)
    await home.bus.send(Command(device_id=device_id, values={"on_off": True}))
    assert home.store.showing((device_id, "", "on_off"))
    await report(home, "에어컨", on)
    assert not home.store.showing((device_id, "", "on_off"))


async def test_minutes_that_do_not_pass_move_the_end(home: Living) -> None:
    """A washer that reports the same 30 minutes ten minutes later will be done ten minutes later."""
    await home.start()
    await home.connected()
    running = [
        {
            "location": {"locationName": "MAIN"},
            "runState": {"currentState": "RUNNING"},
            "timer": {"remainHour": 0, "remainMinute": 30},
        }
    ]
    await report(home, "세탁기", running)  # type: ignore[arg-type]
    before = home.value("세탁기", "finish_time")
    home.clock.advance(600)
    await report(home, "세탁기", running)  # type: ignore[arg-type]
    assert home.value("세탁기", "finish_time") != before


async def test_devices_that_are_alike_are_kept_once_and_differ_where_they_do(home: Living) -> None:
    await home.start()
    await home.connected()
    one, other = (home.store.devices[home.device_id(alias)] for alias in ("에어컨", "작은방 에어컨"))
    assert one.parts is other.parts
    await home.restart()
    await home.connected()
    kept = home.cache.content["inventory"]["profiles"]
    # The second of a kind names the first one's profile instead of repeating it.
    assert sorted(type(entry["profile"]).__name__ for entry in kept.values()) == ["dict", "dict", "str"]
    await report(home, "에어컨", {"temperatureInUnits": [{"currentTemperature": 70, "unit": "F"}]})
    one, other = (home.store.devices[home.device_id(alias)] for alias in ("에어컨", "작은방 에어컨"))
    assert one.parts[""].attributes.keys() == other.parts[""].attributes.keys()
    assert len(home.store.devices) == 3
