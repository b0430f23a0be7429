"""What is asked for rather than pushed: what devices report of themselves, and warnings that push may have lost."""

from collections.abc import Mapping
import logging
from typing import Any, Final

from ...model.errors import AuthError, HubError
from ..base import SessionContext
from .alerts import Alerts
from .client import GenieClient, segment
from .events import EventDesk
from .inventory import Inventory

_LOGGER: Final = logging.getLogger(__name__)

_SEVERE: Final = frozenset({"high", "critical"})
_MOST_NAMED: Final = 5


class Watch:
    """Asks for diagnoses, one device at a time, and for the warnings that hold."""

    def __init__(
        self,
        context: SessionContext,
        client: GenieClient,
        inventory: Inventory,
        alerts: Alerts,
        events: EventDesk,
        household: str,
    ) -> None:
        """Ask through `client`."""
        self._context = context
        self._client = client
        self._inventory = inventory
        self._alerts = alerts
        self._events = events
        self._household = household
        self._waiting: list[str] = []
        self._severe: dict[str, str] = {}

    async def read_alerts(self, *, tell: bool) -> None:
        """Take the warnings that hold now; `tell` those that were not told yet."""
        try:
            listed = await self._client.async_get(f"households/{segment(self._household)}/alerts")
        except AuthError:
            raise
        except HubError as err:
            _LOGGER.debug("No warnings: %r", err)
            return
        rows = listed.get("alerts") if isinstance(listed, dict) else None
        for happening in self._alerts.reconcile(rows if isinstance(rows, list) else (), self._context.now()):
            if tell:
                self._events.tell_alert(happening)
        self._events.show_alert_level()

    async def diagnose_next(self) -> None:
        """Ask what one device reports of itself: a home has many, and nothing here is urgent. Raises AuthError."""
        if not self._waiting:
            self._waiting = self._inventory.ids
        if not self._waiting:
            return
        device_id = self._waiting.pop(0)
        device = self._context.store.devices.get(device_id)
        if device is None:
            return
        try:
            answer = await self._client.async_get(f"devices/{segment(device.vendor_id)}/diagnosis")
        except AuthError:
            raise
        except HubError as err:
            _LOGGER.debug("No diagnosis: %r", err)
            return
        entries = answer.get("entries") if isinstance(answer, dict) else None
        rows = [row for row in entries if isinstance(row, Mapping)] if isinstance(entries, list) else []
        self._inventory.set_problem(device_id, problem=bool(rows))
        severe = [row for row in rows if row.get("severity") in _SEVERE]
        if severe:
            self._severe[device_id] = _described(device.name, severe[0])
        else:
            self._severe.pop(device_id, None)
        self._raise_issue()

    def _raise_issue(self) -> None:
        """Ask for a repair while a device reports something severe."""
        known = set(self._inventory.ids)
        self._severe = {device_id: text for device_id, text in self._severe.items() if device_id in known}
        texts = list(self._severe.values())[:_MOST_NAMED]
        self._context.issue("device_problem", {"devices": "; ".join(texts)} if texts else None)


def _described(name: str, entry: Mapping[str, Any]) -> str:
    """Return what a device reports: its name, what it says, and the code to quote to the service."""
    message, code = str(entry.get("message") or ""), str(entry.get("code") or "")
    return f"{name}: {' '.join(part for part in (message, f'({code})' if code else '') if part)}"
