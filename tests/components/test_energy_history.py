"""Energy of past days: from the virtual appliances' own figures into the recorder's statistics, once."""

from datetime import timedelta
from typing import Any

from homeassistant.components.recorder import Recorder, get_instance
from homeassistant.components.recorder.statistics import statistics_during_period
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.components.recorder.common import async_wait_recording_done

from custom_components.dongju.energy_history import MOST_DAYS, EnergyHistory
from custom_components.dongju.model.vocabulary import Attr
from tests.assist.demo_house import DemoHouse, demo_house


@pytest.fixture
def mock_recorder_before_hass(async_test_recorder: Any) -> None:
    """Have a recorder before Home Assistant starts."""


async def test_past_days_are_imported_once(
    recorder_mock: Recorder, hass: HomeAssistant, socket_enabled: None, hass_client: Any
) -> None:
    async with demo_house(hass, hass_client) as house:
        history = EnergyHistory(hass, house.entry)
        await house.until(lambda: bool(metered(house)))
        device_id, part = metered(house)[0]
        await history.async_import()
        await async_wait_recording_done(hass)
        first = await rows_of(hass)
        name = next(key for key in first if key.endswith(device_id.rpartition("_")[2]) or device_id in key)
        rows = first[name]

        start = dt_util.start_of_local_day() - timedelta(days=MOST_DAYS)
        end = dt_util.start_of_local_day() - timedelta(days=1)
        session = house.entry.runtime_data.coordinator.session_of(device_id)
        told = await session.async_query(
            "energy_days", {"device_id": device_id, "start": f"{start:%Y%m%d}", "end": f"{end:%Y%m%d}"}
        )
        days = [row["wh"] for row in told["rows"] if row["part"] == part]
        assert rows[-1]["sum"] == pytest.approx(sum(days))
        assert [row["sum"] for row in rows] == sorted(row["sum"] for row in rows)

        await history.async_import()
        await async_wait_recording_done(hass)
        assert await rows_of(hass) == first


def metered(house: DemoHouse) -> list[tuple[str, str]]:
    """Return the parts of devices that tell their energy."""
    return [
        (device.id, part.id)
        for device in house.entry.runtime_data.store.devices.values()
        for part in device.parts.values()
        if Attr.ENERGY_TODAY in part.attributes
    ]


async def rows_of(hass: HomeAssistant) -> dict[str, list[Any]]:
    """Return every hour of our statistics."""
    start = dt_util.utcnow() - timedelta(days=MOST_DAYS + 5)
    found = await get_instance(hass).async_add_executor_job(
        statistics_during_period, hass, start, None, None, "hour", None, {"state", "sum"}
    )
    return {key: list(rows) for key, rows in found.items() if key.startswith("dongju:")}
