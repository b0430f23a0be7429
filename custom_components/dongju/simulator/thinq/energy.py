"""Energy history of an appliance: the same figures every time, hours adding up to days and months."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
import hashlib
from typing import Any, Final, Self

from .refusal import ControlRefused, Refusal

# Share of a day's energy per hour, by the way an appliance is used.
CURVES: Final[dict[str, tuple[int, ...]]] = {
    "steady": (1,) * 24,
    "evening": (0, 0, 0, 0, 0, 0, 1, 3, 2, 1, 1, 1, 2, 1, 1, 1, 2, 4, 8, 9, 9, 8, 5, 2),
    "night": (6, 6, 5, 5, 4, 4, 3, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 6, 6),
    "meals": (0, 0, 0, 0, 0, 0, 3, 7, 3, 0, 0, 2, 6, 3, 0, 0, 1, 4, 9, 7, 2, 1, 0, 0),
    "morning": (0, 0, 0, 0, 0, 0, 2, 5, 8, 8, 6, 3, 2, 1, 1, 0, 0, 0, 1, 2, 2, 1, 0, 0),
}
# Share of the yearly mean per month, by what drives the use.
SEASONS: Final[dict[str, tuple[float, ...]]] = {
    "even": (1.0,) * 12,
    "summer": (0.05, 0.05, 0.1, 0.2, 0.6, 1.8, 3.4, 3.6, 1.6, 0.4, 0.1, 0.1),
    "winter": (2.6, 2.4, 1.6, 0.9, 0.4, 0.1, 0.05, 0.05, 0.2, 0.7, 1.4, 2.1),
    "warm": (0.9, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.2, 1.1, 1.0, 0.9, 0.9),
}
# Some days of a year an appliance in daily use stays off.
_IDLE_SHARE: Final = 0.12


@dataclass(frozen=True, kw_only=True, slots=True)
class EnergyUse:
    """How much an appliance uses: Wh of a mean day, its daily curve and its season."""

    daily_wh: float
    curve: str = "steady"
    season: str = "even"


class EnergyMeter:
    """Answers of the energy calls, computed from the appliance's id alone."""

    def __init__(self, device_id: str, properties: tuple[str, ...], use: EnergyUse) -> None:
        """Meter a device under one or more energy properties."""
        self._device_id = device_id
        self._properties = properties
        self._use = use

    @classmethod
    def from_profile(cls, device_id: str, profile: object) -> Self | None:
        """Meter a captured device by its energy profile answer; None when it lists nothing."""
        result = profile.get("result") if isinstance(profile, dict) else None
        listed = result.get("property") if isinstance(result, dict) else None
        properties = tuple(str(item) for item in listed) if isinstance(listed, list) else ()
        return cls(device_id, properties, EnergyUse(daily_wh=800.0)) if properties else None

    def profile(self) -> dict[str, Any]:
        """Return the answer of the energy profile call."""
        return {"resultCode": "0000", "result": {"property": list(self._properties)}}

    def usage(self, energy_property: str, period: str, start: str, end: str, now: datetime) -> dict[str, Any]:
        """Return rows in Wh: daily, monthly, or hourly for today alone; raise ControlRefused."""
        if energy_property not in self._properties:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"no energy property {energy_property!r}")
        first, last = _parse(period, start), _parse(period, end)
        if last < first:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{end} is before {start}")
        if (last - first).days > 3700:
            raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, "the period is too long")
        rows = [
            # The documentation calls the value useAmount, others read it under the property's name.
            {"usedDate": label, "useAmount": amount, energy_property: amount}
            for label, amount in self._rows(energy_property, period, first, last, now)
        ]
        return {"resultCode": "0000", "result": {"property": list(self._properties), "dataList": rows}}

    def _rows(
        self, energy_property: str, period: str, first: date, last: date, now: datetime
    ) -> Iterator[tuple[str, float]]:
        today = now.date()

        def total(day: date) -> float:
            return round(sum(self._hours(energy_property, day, now)), 1)

        if period == "MONTHLY":
            month = first.replace(day=1)
            while month <= min(last, today):
                following = _next_month(month)
                days = _days(month, min(following - timedelta(days=1), today))
                yield f"{month:%Y%m}", round(sum(total(day) for day in days), 1)
                month = following
        elif first == last == today:
            for hour, amount in enumerate(self._hours(energy_property, today, now)):
                yield f"{today:%Y%m%d}{hour:02d}", amount
        else:
            for day in _days(first, min(last, today)):
                yield f"{day:%Y%m%d}", total(day)

    def _hours(self, energy_property: str, day: date, now: datetime) -> list[float]:
        """Return the Wh of the finished hours of a day; the cloud lags, so not the running one."""
        hours = 24 if day < now.date() else now.hour if day == now.date() else 0
        if not hours:
            return []
        chance = self._chance(energy_property, day)
        use = self._use
        curve = CURVES[use.curve]
        amount = use.daily_wh * SEASONS[use.season][day.month - 1]
        if use.curve != "steady" and next(chance) < _IDLE_SHARE:
            amount = 0.0
        amount *= 0.7 + 0.6 * next(chance)
        return [round(amount * share / sum(curve) * (0.8 + 0.4 * next(chance)), 1) for share in curve[:hours]]

    def _chance(self, energy_property: str, day: date) -> Iterator[float]:
        """Iterate over numbers from 0 to 1 that belong to a day."""
        digest = hashlib.shake_128(f"{self._device_id}/{energy_property}/{day}".encode()).digest(32)
        return (byte / 255 for byte in digest)


def _parse(period: str, label: str) -> date:
    parse = _PERIODS.get(period)
    if parse is None:
        raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"unknown period {period!r}")
    try:
        return parse(label)
    except ValueError as err:
        raise ControlRefused(Refusal.UNACCEPTABLE_PARAMETERS, f"{label!r} is no date for {period}") from err


def _parse_day(label: str) -> date:
    return date(int(label[:4]), int(label[4:6]), int(_digits(label, 8)[6:]))


def _parse_month(label: str) -> date:
    return date(int(_digits(label, 6)[:4]), int(label[4:]), 1)


def _digits(label: str, length: int) -> str:
    if len(label) != length or not (label.isascii() and label.isdigit()):
        raise ValueError(label)
    return label


_PERIODS: Final[dict[str, Callable[[str], date]]] = {"DAILY": _parse_day, "MONTHLY": _parse_month}


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def _next_month(month: date) -> date:
    return month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
