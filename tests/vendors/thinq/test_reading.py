"""Readings after a lost connection: what cannot be read now is read later, and what changes meanwhile once more."""

import asyncio
from functools import partial

import pytest

from custom_components.dongju.vendors.backoff import Backoff

from .living import Living

READER = "custom_components.dongju.vendors.thinq.reader"


async def lose_reports(home: Living) -> None:
    """Cut the connection, and open the refrigerator's door while nobody is told."""
    home.clock.advance(200)
    await home.fault("mqtt_refuse", count=1)
    await home.control("drop_mqtt", session="lost")
    await home.until(lambda: not home.session.health()["connected"])
    await home.act("냉장고", "open_door")


async def test_a_state_that_cannot_be_read_is_read_later(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{READER}.Backoff", partial(Backoff, rng=lambda: 0.0))
    await home.start()
    await home.connected()
    match = {"endpoint": "state", "device_id": await home.vendor_id("냉장고")}
    await home.fault("drop_connection", match=match, count=2)
    await lose_reports(home)
    await home.until(lambda: home.value("냉장고", "door") is True)
    assert not home.cloud.describe()["state"]["active_faults"]


async def test_what_changes_while_it_is_read_is_read_once_more(home: Living) -> None:
    await home.start()
    await home.connected()
    home.clock.advance(200)
    await home.hold_state("냉장고")
    await home.control("drop_mqtt", session="lost")
    await home.held()
    await home.connected()
    await lose_reports(home)
    await home.connected()
    await asyncio.sleep(0.05)
    assert home.value("냉장고", "door") is False
    await home.control("clear_faults", name="hold_response")
    await home.until(lambda: home.value("냉장고", "door") is True)
