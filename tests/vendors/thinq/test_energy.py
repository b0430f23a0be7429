"""Energy figures: which there are, what they say, what they cost."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from custom_components.dongju.model.errors import NotSupportedError
from custom_components.dongju.vendors.thinq.energy import parse_row

from .living import Living

KEYS = ("energy_today", "energy_yesterday", "energy_this_month", "energy_last_month")


@pytest.fixture
def appliances() -> list[dict[str, object]]:
    return [
        {"type": "air_conditioner", "name": "에어컨"},
        {"type": "washtower", "name": "타워"},
        {"type": "oven", "name": "오븐"},
        {"type": "ceiling_fan", "name": "실링팬"},
    ]


@pytest.fixture
async def energetic(home: Living, monkeypatch: pytest.MonkeyPatch) -> Living:
    """Return a started session that asks for energy figures without the usual leisure."""
    monkeypatch.setattr("custom_components.dongju.vendors.thinq.energy._PAUSE_SECONDS", 0.0)
    monkeypatch.setattr("custom_components.dongju.vendors.thinq.energy._IDLE_SECONDS", 0.05)
    home.options = {"energy": True}
    home.renew()
    await home.start()
    return home


def known(home: Living, alias: str, part: str = "") -> list[Any]:
    return [home.value(alias, key, part) for key in KEYS]


async def settled(home: Living) -> None:
    """Wait until every device was asked."""
    await home.until(lambda: None not in known(home, "에어컨") + known(home, "타워", "washer"))
    async with asyncio.timeout(10):
        while (await home.calls())["by_endpoint"].get("energy_profile", 0) < len(home.store.devices):  # noqa: ASYNC110 - asks what nobody announces
            await asyncio.sleep(0.02)


async def test_figures_of_devices_that_have_some(energetic: Living) -> None:
    home = energetic
    await home.until(lambda: None not in known(home, "에어컨"))
    today, yesterday, month, last = known(home, "에어컨")
    assert today >= 0
    assert last > 0
    assert month >= today
    assert yesterday >= 0
    attributes = home.store.devices[home.device_id("오븐")].parts[""].attributes
    assert not set(KEYS) & set(attributes)
    await home.until(lambda: None not in known(home, "타워", "washer") + known(home, "타워", "dryer"))


async def test_figures_cost_little(energetic: Living) -> None:
    home = energetic
    await settled(home)
    await home.control("calls", reset=True)
    for _ in range(10):
        home.clock.advance(360)
        await asyncio.sleep(0.08)
    calls = await home.calls()
    assert calls["by_endpoint"].get("energy_profile", 0) == 0
    assert calls["energy"] <= 2 * 3


async def test_a_restart_knows_who_has_figures(energetic: Living) -> None:
    home = energetic
    await settled(home)
    await home.control("calls", reset=True)
    await home.restart()
    await home.until(lambda: home.value("에어컨", "energy_today") is not None)
    assert (await home.calls())["by_endpoint"].get("energy_profile", 0) == 0


async def test_history_by_hour_and_by_day(energetic: Living) -> None:
    home = energetic
    await home.until(lambda: None not in known(home, "타워", "dryer"))
    yesterday = f"{home.clock.now() - timedelta(days=1):%Y%m%d}"
    before = f"{home.clock.now() - timedelta(days=3):%Y%m%d}"
    device_id = home.device_id("타워")
    days = await home.session.async_query("energy_days", {"device_id": device_id, "start": before, "end": yesterday})
    assert {row["part"] for row in days["rows"]} == {"washer", "dryer"}
    assert {row["start"] for row in days["rows"]} >= {before, yesterday}
    today = f"{home.clock.now():%Y%m%d}"
    hours = await home.session.async_query("energy_hours", {"device_id": device_id, "day": today})
    assert all(row["start"].startswith(today) and len(row["start"]) == 10 for row in hours["rows"])


@pytest.mark.parametrize("query", ["energy_days", "news"])
async def test_what_there_is_not_is_said_so(energetic: Living, query: str) -> None:
    arguments = {"device_id": energetic.device_id("오븐"), "start": "20260601", "end": "20260602"}
    with pytest.raises(NotSupportedError):
        await energetic.session.async_query(query, arguments)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"energyUsage": 10.0, "usedDate": "20241001"}, ("20241001", 10.0)),
        ({"useAmount": 7, "usedDate": "2024100113"}, ("2024100113", 7.0)),
        ({"energyUsage_washer": 3, "useAmount": 9, "usedDate": "202410"}, ("202410", 3.0)),
        ({"energyUsage": None, "useAmount": 4, "usedDate": "202410"}, ("202410", 4.0)),
        ({"energyUsage": "x", "usedDate": "202410"}, None),
        ({"energyUsage": True, "usedDate": "202410"}, None),
        ({"energyUsage": 4}, None),
        ({}, None),
    ],
)
def test_rows_are_read_by_either_name(row: dict[str, Any], expected: tuple[str, float] | None) -> None:
    assert parse_row(row, "energyUsage_washer") == expected
