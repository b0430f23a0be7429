"""Outages that end at different times on the two roads, and tokens that may not do everything."""

import asyncio
from typing import Any

import pytest

from .living import Living


async def start(home: Living) -> None:
    await home.start()
    await home.connected()


def door(home: Living) -> Any:
    return home.value("냉장고", "door")


async def turn(home: Living, seconds: float) -> None:
    """Let the housekeeping do everything it owes within a time."""
    while seconds > 0:
        wait = await home.session.async_poll()
        step = max(1.0, min(wait, seconds))
        home.clock.advance(step)
        seconds -= step
        await asyncio.sleep(0)


async def test_what_could_not_be_read_after_a_reconnect_is_read_soon(home: Living) -> None:
    await start(home)
    home.clock.advance(200)
    await home.fault("http_status", status=503)
    await home.control("drop_mqtt", session="lost")
    await home.until(lambda: not home.session.health()["connected"])
    await home.act("냉장고", "open_door")
    await home.connected()
    before = home.session.diagnostics()["calls"]["by_priority"]["reconcile"]
    await home.until(lambda: home.session.diagnostics()["calls"]["by_priority"]["reconcile"] > before, "a reading")
    await home.control("clear_faults")
    await turn(home, 900)
    assert door(home) is True
    await home.control("calls", reset=True)
    await turn(home, 3600)
    assert (await home.calls())["total"] <= 3, "and then it is quiet again"


async def test_a_start_in_the_middle_of_an_outage_shows_values_soon_after_it(home: Living) -> None:
    for endpoint in ("event_subscribe", "push_subscribe", "state", "push_devices_subscribe"):
        await home.fault("http_status", status=503, match={"endpoint": endpoint})
    await home.start()
    assert door(home) is None
    await home.control("clear_faults")
    await turn(home, 900)
    assert door(home) is False


@pytest.mark.parametrize("forbidden", ["event_subscribe", "push_subscribe"])
async def test_a_token_that_may_not_subscribe_shows_values_and_says_so_once(home: Living, forbidden: str) -> None:
    await home.control("scope", forbidden=[forbidden])
    await start(home)
    assert door(home) is False
    await home.act("냉장고", "open_door")
    await turn(home, 3 * 3600)
    await home.until(lambda: door(home) is True, "the door's report, or a reading")
    assert home.told_issues == [("api_not_allowed", {})]
    await home.control("scope", forbidden=[])
    await turn(home, 3 * 3600)
    assert home.told_issues == [("api_not_allowed", {}), ("api_not_allowed", None)]


async def test_a_reconnect_is_no_proof_that_a_person_has_mended_something(home: Living) -> None:
    await start(home)
    await home.control("terms", accepted=False)
    await turn(home, 3 * 3600)
    assert home.issues == {"terms_not_accepted": {}}
    home.clock.advance(200)
    await home.control("drop_mqtt", session="kept")
    await home.until(lambda: not home.session.health()["connected"])
    await home.connected()
    assert home.issues == {"terms_not_accepted": {}}
