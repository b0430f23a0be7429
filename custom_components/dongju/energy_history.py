"""Energy of past days as external statistics.

What a vendor still knows of the time when Home Assistant was not looking.

Daily figures come from the vendor once a day, in the early morning; where it has hourly rows they are used. The
statistics are named after the device and can be chosen in the Energy dashboard beside (not together with) the "today"
sensor.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
import logging
import random
from typing import TYPE_CHECKING, Any, Final

from homeassistant.components.recorder import DOMAIN as RECORDER, get_instance
from homeassistant.components.recorder.models import StatisticData, StatisticMeanType, StatisticMetaData
from homeassistant.components.recorder.statistics import async_add_external_statistics, get_last_statistics
from homeassistant.const import UnitOfEnergy
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_time
from homeassistant.util import dt as dt_util, slugify
from homeassistant.util.unit_conversion import EnergyConverter

from .const import DOMAIN
from .model.device import Device
from .model.errors import HubError
from .model.vocabulary import Attr

if TYPE_CHECKING:
    from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

MOST_DAYS: Final = 30
_FIRST_HOUR: Final = 2
_SPREAD_MINUTES: Final = 180
"""Homes ask at different minutes, so that they do not all ask at once."""

_HOUR_DIGITS: Final = 10


class EnergyHistory:
    """Brings the vendor's daily figures of an account into the statistics."""

    def __init__(self, hass: HomeAssistant, entry: AccountEntry) -> None:
        """Prepare; nothing is asked before `start`."""
        self._hass = hass
        self._entry = entry
        self._cancel: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        """Ask every night, where there is a recorder to tell."""
        if RECORDER in self._hass.config.components:
            self._schedule()

    @callback
    def stop(self) -> None:
        """Ask no more."""
        if self._cancel:
            self._cancel()
            self._cancel = None

    async def async_import(self) -> None:
        """Bring in what is missing of every device; what fails on one is tried again the next night."""
        runtime = self._entry.runtime_data
        for device in tuple(runtime.store.devices.values()):
            for part in device.parts.values():
                if Attr.ENERGY_TODAY in part.attributes:
                    try:
                        await self._async_import_part(device, part.id)
                    except HubError as err:
                        _LOGGER.debug("No energy history of a %s: %r", device.type, err)

    def _schedule(self) -> None:
        now = dt_util.now()
        minutes = random.randint(0, _SPREAD_MINUTES)  # noqa: S311 - a spread, not a secret
        at = (now + timedelta(days=1)).replace(hour=_FIRST_HOUR, minute=0, second=0) + timedelta(minutes=minutes)

        async def run(_now: datetime) -> None:
            self._schedule()
            await self.async_import()

        self._cancel = async_track_point_in_time(self._hass, run, at)

    async def _async_import_part(self, device: Device, part: str) -> None:
        statistic_id = f"{DOMAIN}:energy_{slugify(f'{device.id} {part}')}"
        yesterday = dt_util.start_of_local_day() - timedelta(days=1)
        last, total = await self._async_last(statistic_id)
        first = max(yesterday - timedelta(days=MOST_DAYS - 1), last + timedelta(hours=1) if last else yesterday)
        if last is None:
            first = yesterday - timedelta(days=MOST_DAYS - 1)
        first = dt_util.start_of_local_day(dt_util.as_local(first))
        if last and dt_util.start_of_local_day(dt_util.as_local(last)) >= yesterday:
            return
        query = self._entry.runtime_data.coordinator.session_of(device.id).async_query
        answer = await query(
            "energy_days", {"device_id": device.id, "start": f"{first:%Y%m%d}", "end": f"{yesterday:%Y%m%d}"}
        )
        rows = [row for row in answer["rows"] if row["part"] == part]
        hours = await query("energy_hours", {"device_id": device.id, "day": f"{yesterday:%Y%m%d}"})
        hourly = [row for row in hours["rows"] if row["part"] == part and len(row["start"]) == _HOUR_DIGITS]
        if hourly:
            rows = [row for row in rows if row["start"] != f"{yesterday:%Y%m%d}"] + hourly
        data = list(_statistics(rows, after=last, total=total))
        if data:
            async_add_external_statistics(self._hass, _metadata(statistic_id, device), data)

    async def _async_last(self, statistic_id: str) -> tuple[datetime | None, float]:
        """Return the start and the running total of the last hour there is."""
        found = await get_instance(self._hass).async_add_executor_job(
            get_last_statistics,
            self._hass,
            1,
            statistic_id,
            False,
            {"sum"},
        )
        if not (rows := found.get(statistic_id)):
            return None, 0.0
        return dt_util.utc_from_timestamp(rows[0]["start"]), float(rows[0].get("sum") or 0.0)


def _statistics(rows: Iterable[dict[str, Any]], *, after: datetime | None, total: float) -> Iterable[StatisticData]:
    """Return the hours of rows that are new, with their running total in Wh; a negative figure counts as none."""
    for row in sorted(rows, key=lambda row: str(row["start"])):
        start = _moment(str(row["start"]))
        if start is None or (after is not None and start <= after):
            continue
        used = max(0.0, float(row["wh"]))
        total += used
        yield StatisticData(start=start, state=used, sum=total)


def _moment(text: str) -> datetime | None:
    """Return the local hour of `YYYYMMDD` or `YYYYMMDDHH`."""
    form = "%Y%m%d%H" if len(text) == _HOUR_DIGITS else "%Y%m%d"
    try:
        return datetime.strptime(text, form).replace(tzinfo=dt_util.get_default_time_zone())
    except ValueError:
        return None


def _metadata(statistic_id: str, device: Device) -> StatisticMetaData:
    return StatisticMetaData(
        mean_type=StatisticMeanType.NONE,
        has_sum=True,
        name=device.name,
        source=DOMAIN,
        statistic_id=statistic_id,
        unit_class=EnergyConverter.UNIT_CLASS,
        unit_of_measurement=UnitOfEnergy.WATT_HOUR,
    )
