"""The warnings that hold: each update is told once, tests never, and the highest level is known."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from ...model.device import Happening, Value
from .describe import ALERT_LEVELS
from .rows import moment

_MAX_REMEMBERED: Final = 500


class Alerts:
    """The warnings of a household."""

    def __init__(self) -> None:
        """Start with none."""
        self._told: OrderedDict[tuple[str, str, str], None] = OrderedDict()
        self._active: dict[str, tuple[str, datetime]] = {}

    def take(self, data: Mapping[str, Any], now: datetime) -> Happening | None:
        """Take an alert; return what to tell, or None for a repeat, a test, or one that has ended.

        Raises KeyError for one that has no id.
        """
        alert_id, update = str(data["alertId"]), str(data.get("updateType", "issue"))
        told = (alert_id, update, str(data.get("issuedAt", "")))
        expires = moment(data.get("expiresAt"))
        if update == "test" or told in self._told or (isinstance(expires, datetime) and expires <= now):
            return None
        self._told[told] = None
        while len(self._told) > _MAX_REMEMBERED:
            self._told.popitem(last=False)
        self._active.pop(str(data.get("supersedes")), None)
        if update == "cancel":
            self._active.pop(alert_id, None)
        elif isinstance(expires, datetime):
            self._active[alert_id] = (str(data.get("level", "info")), expires)
        area = data.get("area")
        facts: dict[str, Value] = {
            "level": str(data.get("level", "info")),
            "category": str(data.get("category", "")),
            "title": str(data.get("title", "")),
            "body": str(data.get("body", "")),
            "area": str(area.get("name", "")) if isinstance(area, Mapping) else "",
        }
        return Happening(type=update, data=facts)

    def reconcile(self, listed: Iterable[Any], now: datetime) -> list[Happening]:
        """Take the list of what holds now: what push lost is told, what was lifted holds no longer."""
        rows = [row for row in listed if isinstance(row, Mapping) and "alertId" in row]
        listed_ids = {str(row["alertId"]) for row in rows}
        self._active = {alert_id: alert for alert_id, alert in self._active.items() if alert_id in listed_ids}
        return [happening for row in rows if (happening := self.take(row, now))]

    def level(self, now: datetime) -> str:
        """Return the highest level of the warnings that hold, `none` without one."""
        levels = [
            level if level in ALERT_LEVELS else "warning" for level, expires in self._active.values() if expires > now
        ]
        return max(levels, key=ALERT_LEVELS.index, default="none")
