"""Energy history: the same every time, adding up, never ahead of the clock."""

from datetime import timedelta
from typing import Any

import pytest

from custom_components.dongju.simulator.home import load_home
from custom_components.dongju.simulator.thinq.appliance import ControlRefused
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from tests.simulator.living import Living

METERED = [kind for kind, family in FAMILIES.items() if family.energy]


def rows(living: Living, period: str, start: str, end: str, name: str = "energyUsage") -> list[dict[str, Any]]:
    answer = living.appliance.energy_usage(name, period, start, end)
    assert answer["resultCode"] == "0000"
    assert name in answer["result"]["property"]
    found: list[dict[str, Any]] = answer["result"]["dataList"]
    assert all(row["useAmount"] == row[name] >= 0 for row in found)
    return found


def total(found: list[dict[str, Any]]) -> float:
    return round(sum(row["useAmount"] for row in found), 1)


@pytest.mark.parametrize("kind", METERED)
def test_hours_add_up_to_days_and_days_to_months(kind: str) -> None:
    living = Living.make(kind)
    name = FAMILIES[kind].energy_properties[0]
    june = rows(living, "DAILY", "20260601", "20260630", name)
    assert [row["usedDate"] for row in june] == [f"202606{day:02d}" for day in range(1, 31)]
    month = rows(living, "MONTHLY", "202606", "202606", name)
    assert month[0]["usedDate"] == "202606"
    assert total(june) == pytest.approx(month[0]["useAmount"], abs=0.05)
    assert month[0]["useAmount"] > 0
    # Today, just before midnight, and the same day seen from tomorrow.
    living.clock.advance(timedelta(hours=14, minutes=59).total_seconds())
    today = rows(living, "DAILY", "20260701", "20260701", name)
    assert [row["usedDate"] for row in today] == [f"20260701{hour:02d}" for hour in range(23)]
    living.clock.advance(3600)
    yesterday = rows(living, "DAILY", "20260701", "20260701", name)
    assert [row["usedDate"] for row in yesterday] == ["20260701"]
    assert yesterday[0]["useAmount"] >= total(today)


def test_today_grows_by_the_hour_and_the_future_is_empty() -> None:
    living = Living.make("refrigerator")
    assert len(rows(living, "DAILY", "20260701", "20260701")) == 9
    living.clock.advance(3600)
    assert len(rows(living, "DAILY", "20260701", "20260701")) == 10
    assert rows(living, "DAILY", "20260702", "20260705") == []
    assert [row["usedDate"] for row in rows(living, "DAILY", "20260629", "20260705")] == [
        "20260629",
        "20260630",
        "20260701",
    ]
    assert [row["usedDate"] for row in rows(living, "MONTHLY", "202512", "202612")][-1] == "202607"


def test_same_appliance_same_history_and_another_one_another() -> None:
    first = rows(Living.make("refrigerator", seed=1), "DAILY", "20260501", "20260510")
    assert first == rows(Living.make("refrigerator", seed=1), "DAILY", "20260501", "20260510")
    assert first != rows(Living.make("refrigerator", seed=2), "DAILY", "20260501", "20260510")


def test_air_conditioner_works_in_summer() -> None:
    living = Living.make("air_conditioner")
    winter = total(rows(living, "MONTHLY", "202601", "202601"))
    assert total(rows(living, "MONTHLY", "202508", "202508")) > 10 * winter


def test_washtower_is_metered_by_halves() -> None:
    living = Living.make("washtower")
    names = ["energyUsage_washer", "energyUsage_dryer"]
    assert living.appliance.energy_profile() == {"resultCode": "0000", "result": {"property": names}}
    washer, dryer = (rows(living, "DAILY", "20260601", "20260610", name) for name in names)
    assert total(washer) != total(dryer)


@pytest.mark.parametrize(
    ("name", "period", "start", "end"),
    [
        ("energyUsage", "HOURLY", "20260601", "20260602"),
        ("energyUsage", "DAILY", "202606", "202606"),
        ("energyUsage", "DAILY", "20260631", "20260631"),
        ("energyUsage", "DAILY", "2026-6-1", "20260602"),
        ("energyUsage", "MONTHLY", "20260601", "20260602"),
        ("energyUsage", "MONTHLY", "202613", "202613"),
        ("energyUsage", "DAILY", "20260602", "20260601"),
        ("energyUsage", "DAILY", "00010101", "20260601"),
        ("water", "DAILY", "20260601", "20260602"),
    ],
)
def test_questions_without_an_answer_are_refused(name: str, period: str, start: str, end: str) -> None:
    with pytest.raises(ControlRefused) as refused:
        Living.make("refrigerator").appliance.energy_usage(name, period, start, end)
    assert refused.value.code == "1102"


def test_appliance_without_a_meter() -> None:
    for living in (Living.make("hood"), Living.make("refrigerator", energy=False)):
        assert living.appliance.energy_profile() is None
        with pytest.raises(ControlRefused) as refused:
            living.appliance.energy_usage("energyUsage", "DAILY", "20260601", "20260602")
        assert refused.value.code == "1221"


def test_clock_is_needed() -> None:
    living = Living.make("refrigerator")
    living.appliance.close()
    with pytest.raises(RuntimeError, match="not started"):
        living.appliance.energy_usage("energyUsage", "DAILY", "20260601", "20260602")


def test_demo_home_has_a_believable_bill() -> None:
    monthly = 0.0
    for raw in load_home().thinq:
        living = Living.make(raw["type"], seed=3)
        profile = living.appliance.energy_profile()
        for name in profile["result"]["property"] if profile else []:
            monthly += total(rows(living, "MONTHLY", "202605", "202605", name))
    assert 150_000 < monthly < 900_000
