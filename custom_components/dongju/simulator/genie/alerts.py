"""Disaster and weather alerts: issuing, superseding, cancelling."""

from datetime import datetime, timedelta
from typing import Any, Final

from ..clock import Clock
from .devices import SPEAKER, Devices
from .envelope import JsonDict, iso
from .identifiers import Identifiers
from .push import PushHub
from .speakers import SpeakerDesk

CATEGORIES: Final = ("weather", "typhoon", "heavy_rain", "epidemic", "earthquake", "civil")
LEVELS: Final = ("info", "advisory", "warning", "emergency")
UPDATE_TYPES: Final = ("issue", "update", "cancel", "test")


class Alerts:
    """What is being warned of."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices, push: PushHub, speakers: SpeakerDesk) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._push = push
        self._speakers = speakers
        self._alerts: dict[str, JsonDict] = {}

    def active(self) -> list[JsonDict]:
        """Return the alerts that hold now; tests are none."""
        now = self._clock.now()
        return [
            alert
            for alert in self._alerts.values()
            if alert["updateType"] != "cancel" and datetime.fromisoformat(alert["expiresAt"]) > now
        ]

    def issue(self, data: JsonDict) -> JsonDict:
        """Send an alert to every household; an emergency is spoken, a test wakes nobody. Raise ValueError."""
        now = self._clock.now()
        alert: JsonDict = {
            "alertId": str(data.get("alertId") or self._ids.name("al")),
            "category": _one_of(data, "category", CATEGORIES),
            "level": _one_of(data, "level", LEVELS, "warning"),
            "area": data.get("area") or {"code": "1100000000", "name": "서울특별시"},
            "title": str(data.get("title", "재난 문자")),
            "body": str(data.get("body", "")),
            "issuedAt": iso(now),
            "expiresAt": str(data.get("expiresAt") or iso(now + timedelta(hours=float(data.get("hours", 6))))),
            "supersedes": data.get("supersedes"),
            "personal": data.get("personal"),
            "updateType": _one_of(data, "updateType", UPDATE_TYPES, "issue"),
        }
        if alert["updateType"] != "test":
            self._alerts[alert["alertId"]] = alert
            self._alerts.pop(str(alert["supersedes"]), None)
        for household_id in self._devices.households:
            self._push.notify("alert", household_id, None, alert)
        if alert["level"] == "emergency" and alert["updateType"] in {"issue", "update"}:
            for speaker in self._devices.online({SPEAKER}):
                self._speakers.say(speaker, f"{alert['title']}. {alert['body']}".strip())
        return alert


def _one_of(data: JsonDict, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
    value: Any = data.get(name, default)
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}")
    return str(value)
