"""Energy figures: they come by call only, in Wh and an hour late, and have a small share of the calls to themselves."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
import logging
import random
from typing import Any, Final

from ...model.device import MAIN, Attribute, Key, Value
from ...model.errors import HubError, NotSupportedError, RateLimitedError
from ...model.store import Store
from ...model.vocabulary import Attr, Kind, Unit
from .client import ThinQClient
from .device import ThinQDevice
from .fleet import Fleet

_LOGGER: Final = logging.getLogger(__name__)

type JsonDict = dict[str, Any]

_ATTRIBUTES: Final = (Attr.ENERGY_TODAY, Attr.ENERGY_YESTERDAY, Attr.ENERGY_THIS_MONTH, Attr.ENERGY_LAST_MONTH)
_TODAY_SECONDS: Final = 3600.0
_PROFILE_SECONDS: Final = 14 * 86400.0
_PAUSE_SECONDS: Final = 5.0
_IDLE_SECONDS: Final = 300.0
_AFTER_FAILURE: Final = 1800.0
_NIGHT: Final = (1, 6)
"""The daily figures are read at a random moment of these hours, so that not every home asks at once."""


class EnergyReader:
    """Reads energy figures in the background, one after the other."""

    def __init__(
        self,
        client: ThinQClient,
        fleet: Fleet,
        store: Store,
        *,
        now: Callable[[], datetime],
        changed: Callable[[], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        rng: random.Random | None = None,
    ) -> None:
        """Call `changed` when there is something to keep for the next start."""
        self._client = client
        self._fleet = fleet
        self._store = store
        self._now = now
        self._changed = changed
        self._sleep = sleep
        self._rng = rng or random.Random()  # noqa: S311 - spreads calls over the night
        self._names: dict[str, JsonDict] = {}
        self._due: dict[tuple[str, str], datetime] = {}

    def restore(self, data: Any) -> None:
        """Take up which devices have which figures."""
        if isinstance(data, dict):
            self._names = {
                key: kept
                for key, kept in data.items()
                if isinstance(kept, dict) and isinstance(kept.get("names"), list)
            }

    def snapshot(self) -> JsonDict:
        """Return which devices have which figures."""
        return self._names

    async def run(self) -> None:
        """Read what is due, for ever."""
        while True:
            try:
                pause = await self._turn()
            except HubError as err:
                _LOGGER.debug("No energy figures for now: %r", err)
                pause = err.retry_after if isinstance(err, RateLimitedError) else _IDLE_SECONDS
            await self._sleep(max(pause, _PAUSE_SECONDS))

    def describe(self, device: ThinQDevice) -> None:
        """Add the figures a device is known to have to its description."""
        kept = self._names.get(device.vendor_id)
        names = [str(name) for name in kept["names"]] if kept else []
        if names and device.set_energy(_attributes(device, names)):
            self._fleet.describe(device)

    async def hours(self, device: ThinQDevice, day: str) -> list[JsonDict]:
        """Return `{part, start, wh}` rows of a day (YYYYMMDD), hourly where LG has them. Raises HubError."""
        return await self._rows(device, period="DAILY", start=day, end=day)

    async def days(self, device: ThinQDevice, start: str, end: str) -> list[JsonDict]:
        """Return `{part, start, wh}` rows of days (YYYYMMDD). Raises HubError."""
        return await self._rows(device, period="DAILY", start=start, end=end)

    async def _rows(self, device: ThinQDevice, *, period: str, start: str, end: str) -> list[JsonDict]:
        kept = self._names.get(device.vendor_id)
        if not kept or not kept["names"]:
            raise NotSupportedError("no energy figures")
        rows: list[JsonDict] = []
        for name in kept["names"]:
            part = _part_of(device, name)
            usage = await self._client.energy_usage(device.vendor_id, name, period=period, start=start, end=end)
            parsed = [entry for row in usage if (entry := parse_row(row, name))]
            rows.extend({"part": part, "start": date, "wh": value} for date, value in parsed)
        return rows

    async def _turn(self) -> float:
        """Read one due thing; return the seconds until the next is worth a look."""
        now = self._now()
        for device in self._fleet:
            vendor_id = device.vendor_id
            kept = self._names.get(vendor_id)
            if kept is None or now.timestamp() - float(kept.get("at", 0)) > _PROFILE_SECONDS:
                await self._read_names(device)
                return 0.0
            if not kept["names"]:
                continue
            for what, read in (("today", self._read_today), ("days", self._read_days)):
                if self._due.get((vendor_id, what), now) <= now:
                    self._due[vendor_id, what] = now + timedelta(seconds=_AFTER_FAILURE)
                    await read(device, [str(name) for name in kept["names"]])
                    self._due[vendor_id, what] = self._next(what, now)
                    return 0.0
        return _IDLE_SECONDS

    async def _read_names(self, device: ThinQDevice) -> None:
        try:
            names = await self._client.energy_profile(device.vendor_id)
        except RateLimitedError:
            raise
        except HubError as err:
            _LOGGER.debug("No energy figures of a %s: %r", device.identity.raw_type, err)
            names = []
        self._names[device.vendor_id] = {"names": names, "at": round(self._now().timestamp())}
        self._changed()
        self.describe(device)

    async def _read_today(self, device: ThinQDevice, names: list[str]) -> None:
        today = f"{self._now():%Y%m%d}"
        values: dict[Key, Value] = {}
        for name in names:
            rows = await self._client.energy_usage(device.vendor_id, name, period="DAILY", start=today, end=today)
            values[device.device_id, _part_of(device, name), Attr.ENERGY_TODAY] = _sum(rows, name, today)
        self._store.apply(values)

    async def _read_days(self, device: ThinQDevice, names: list[str]) -> None:
        """Read yesterday and both months, in two calls for each figure."""
        now = self._now()
        yesterday = f"{now - timedelta(days=1):%Y%m%d}"
        month, last = f"{now:%Y%m}", f"{now.replace(day=1) - timedelta(days=1):%Y%m}"
        values: dict[Key, Value] = {}
        for name in names:
            part = _part_of(device, name)
            rows = await self._client.energy_usage(
                device.vendor_id, name, period="DAILY", start=yesterday, end=yesterday
            )
            values[device.device_id, part, Attr.ENERGY_YESTERDAY] = _sum(rows, name, yesterday)
            rows = await self._client.energy_usage(device.vendor_id, name, period="MONTHLY", start=last, end=month)
            values[device.device_id, part, Attr.ENERGY_THIS_MONTH] = _sum(rows, name, month)
            values[device.device_id, part, Attr.ENERGY_LAST_MONTH] = _sum(rows, name, last)
        self._store.apply(values)

    def _next(self, what: str, now: datetime) -> datetime:
        if what == "today":
            return now + timedelta(seconds=_TODAY_SECONDS)
        first, last = _NIGHT
        night = (now + timedelta(days=1)).replace(hour=first, minute=0, second=0, microsecond=0)
        return night + timedelta(seconds=self._rng.random() * (last - first) * 3600)


def parse_row(row: JsonDict, name: str) -> tuple[str, float] | None:
    """Return date (`YYYYMMDDHH`, `YYYYMMDD` or `YYYYMM`) and Wh of a row; LG has two names for the value."""
    date = row.get("usedDate")
    value = next((row[key] for key in (name, "energyUsage", "useAmount") if row.get(key) is not None), None)
    if not isinstance(date, str) or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return date, float(value)


def _sum(rows: list[JsonDict], name: str, date: str) -> float:
    """Return the Wh of all rows within a date."""
    parsed = (parse_row(row, name) for row in rows)
    return round(sum(entry[1] for entry in parsed if entry and entry[0].startswith(date)), 3)


def _part_of(device: ThinQDevice, name: str) -> str:
    """Return the part a figure is of: `energyUsage_washer` is the washer's."""
    _, _, part = name.partition("_")
    return part.lower() if part.lower() in device.description.parts else MAIN


def _attributes(device: ThinQDevice, names: list[str]) -> dict[str, tuple[Attribute, ...]]:
    """Return the energy attributes by part."""
    return {
        _part_of(device, name): tuple(
            Attribute(key=attr, kind=Kind.NUMBER, unit=Unit.WATT_HOUR, sources=(name,)) for attr in _ATTRIBUTES
        )
        for name in names
    }
