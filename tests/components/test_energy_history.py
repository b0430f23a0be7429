"""Energy of past days: a vendor's figures into the recorder's statistics, once, hourly where it has hours."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.dongju.energy_history import MOST_DAYS, EnergyHistory
from custom_components.dongju.model.device import MAIN, Attribute, Device, Part
from custom_components.dongju.model.errors import RateLimitedError
from custom_components.dongju.model.store import Store
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Vendor


class Figures:
    """A session that knows the energy of past days: 100 Wh a day, yesterday hour by hour."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.error: Exception | None = None
        self.hourly = True

    async def async_query(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        self.asked.append(name)
        if self.error:
            raise self.error
        if name == "energy_hours":
            hours = [{"part": MAIN, "start": f"{arguments['day']}{hour:02d}", "wh": 10.0} for hour in range(8, 18)]
            return {"rows": hours if self.hourly else []}
        day = dt_util.parse_datetime(
            f"{arguments['start'][:4]}-{arguments['start'][4:6]}-{arguments['start'][6:]} 00:00"
        )
        assert day is not None
        rows = [{"part": MAIN, "start": "not a day", "wh": 1.0}, {"part": "other", "start": "20260101", "wh": 1.0}]
        while f"{day:%Y%m%d}" <= arguments["end"]:
            rows.append({"part": MAIN, "start": f"{day:%Y%m%d}", "wh": 100.0})
            day += timedelta(days=1)
        return {"rows": rows}


@pytest.fixture
def mock_recorder_before_hass(async_test_recorder: Any) -> None:
    """Have a recorder ready before Home Assistant starts."""


@pytest.fixture
def figures() -> Figures:
    return Figures()


@pytest.fixture
def entry(figures: Figures) -> Any:
    attribute = Attribute(key=Attr.ENERGY_TODAY, kind=Kind.NUMBER)
    device = Device(
        id="thinq_1",
        vendor=Vendor.THINQ,
        vendor_id="1",
        type=DeviceType.WASHER,
        name="세탁기",
        manufacturer="LG",
        parts={MAIN: Part(type=DeviceType.WASHER, attributes={attribute.key: attribute})},
    )
    store = Store()
    store.set_device(device)
    coordinator = SimpleNamespace(session_of=lambda _device_id: figures)
    return SimpleNamespace(runtime_data=SimpleNamespace(store=store, coordinator=coordinator))


async def rows_of(hass: HomeAssistant) -> list[Any]:
    """Return every hour of our statistics."""
    await async_wait_recording_done(hass)
    start = dt_util.utcnow() - timedelta(days=MOST_DAYS + 5)
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, start, None, None, "hour", None, {"state", "sum"}
    )
    return list(found.get("dongju:energy_thinq_1", []))


async def test_past_days_are_imported_once(
    recorder_mock: Recorder, hass: HomeAssistant, entry: Any, figures: Figures
) -> None:
    history = EnergyHistory(hass, entry)
    await history.async_import()
    rows = await rows_of(hass)
    assert len(rows) == MOST_DAYS - 1 + 10, "whole days, and yesterday by the hour"
    assert rows[-1]["sum"] == pytest.approx(100.0 * MOST_DAYS)
    await history.async_import()
    assert await rows_of(hass) == rows


async def test_a_new_day_is_added_to_the_total(
    recorder_mock: Recorder, hass: HomeAssistant, entry: Any, figures: Figures, freezer: FrozenDateTimeFactory
) -> None:
    figures.hourly = False
    history = EnergyHistory(hass, entry)
    await history.async_import()
    before = await rows_of(hass)
    freezer.tick(timedelta(days=1))
    await history.async_import()
    after = await rows_of(hass)
    assert len(after) >= len(before)
    assert after[-1]["sum"] == pytest.approx(100.0 * (MOST_DAYS + 1))


async def test_a_refusal_waits_for_the_next_night(
    recorder_mock: Recorder, hass: HomeAssistant, entry: Any, figures: Figures, freezer: FrozenDateTimeFactory
) -> None:
    figures.error = RateLimitedError("enough")
    history = EnergyHistory(hass, entry)
    history.start()
    freezer.tick(timedelta(days=1, hours=12))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert figures.asked == ["energy_days"]
    assert await rows_of(hass) == []
    history.stop()


async def test_without_a_recorder_nothing_is_asked(
    hass: HomeAssistant, entry: Any, figures: Figures, freezer: FrozenDateTimeFactory
) -> None:
    history = EnergyHistory(hass, entry)
    history.start()
    freezer.tick(timedelta(days=2))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    history.stop()
    assert figures.asked == []
