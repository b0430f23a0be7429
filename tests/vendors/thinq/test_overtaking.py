"""What overtakes what: reports and answers come by two roads, and the slower one must not undo what the other told."""

import asyncio

import pytest

from custom_components.dongju.model.errors import DeviceOfflineError

from .living import Living


async def start(home: Living) -> None:
    await home.start()
    await home.connected()


def door(home: Living) -> object:
    return home.value("냉장고", "door")


def reports(home: Living) -> int:
    return int(home.session.diagnostics()["messages"].get("StatusReport", 0))


async def asked(home: Living) -> asyncio.Task[None]:
    """Ask for the refrigerator's state; the answer is what is so now, and comes when the faults are cleared."""
    await home.hold_state("냉장고")
    reading = asyncio.create_task(home.session.async_refresh(home.device_id("냉장고")))
    await home.held()
    return reading


async def test_an_answer_does_not_undo_a_report_that_overtook_it(home: Living) -> None:
    await start(home)
    reading = await asked(home)
    await home.act("냉장고", "open_door")
    await home.until(lambda: door(home) is True, "the report")
    await home.control("clear_faults")
    await reading
    assert door(home) is True


async def test_a_repeated_report_counts_against_an_answer_too(home: Living) -> None:
    await start(home)
    await home.act("냉장고", "open_door")
    await home.until(lambda: door(home) is True, "the report")
    await home.fault("mqtt_swallow", count=1)
    await home.act("냉장고", "close_door")
    reading = await asked(home)
    before = reports(home)
    await home.act("냉장고", "open_door")
    await home.until(lambda: reports(home) > before, "the same report again")
    await home.control("clear_faults")
    await reading
    assert door(home) is True


async def test_an_answer_still_tells_what_the_reports_meanwhile_did_not(home: Living) -> None:
    await start(home)
    await home.fault("mqtt_swallow", count=1)
    await home.act("냉장고", "open_door")
    reading = await asked(home)
    before = reports(home)
    await home.control("report", device="냉장고", report={"refrigeration": {"expressMode": True}})
    await home.until(lambda: reports(home) > before, "a report of something else")
    assert door(home) is False
    await home.control("clear_faults")
    await reading
    assert door(home) is True


async def test_a_late_answer_does_not_undo_that_of_a_later_question(home: Living) -> None:
    await start(home)
    reading = await asked(home)
    await home.fault("mqtt_swallow", count=1)
    await home.act("냉장고", "open_door")
    await home.session.async_refresh(home.device_id("냉장고"))
    assert door(home) is True
    await home.control("clear_faults")
    await reading
    assert door(home) is True


async def test_an_answer_does_not_take_a_device_away_that_has_reported_since(home: Living) -> None:
    await start(home)
    await home.control("online", device="냉장고", online=False)
    reading = await asked(home)
    await home.control("online", device="냉장고", online=True)
    await home.act("냉장고", "open_door")
    await home.until(lambda: door(home) is True, "the report")
    await home.control("clear_faults")
    with pytest.raises(DeviceOfflineError):
        await reading
    assert home.store.available(home.device_id("냉장고"))
