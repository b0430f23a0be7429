"""Rows: push events that happen once, and what Home Assistant hears of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ...model.device import Happening, Value
from ...model.vocabulary import Attr
from .mapping import ALERT_LEVELS, moment


@dataclass(frozen=True, slots=True)
class EventRow:
    """One push event: the attribute it fires, and what it tells."""

    attr: Attr
    happening: Callable[[Mapping[str, Any], Mapping[str, Any]], Happening]


def _utterance(data: Mapping[str, Any], options: Mapping[str, Any]) -> Happening:
    """Tell that something was said; what was said only where the person allows it (it would reach the recorder)."""
    told: dict[str, Value] = {"language": str(data.get("lang", "ko")), "speaker": str(data.get("speaker", "unknown"))}
    if options.get("record_utterances"):
        told["text"] = str(data.get("uword", ""))
    return Happening(type="heard", data=told)


def _wake_word(data: Mapping[str, Any], _options: Mapping[str, Any]) -> Happening:
    return Happening(type="heard", data={"word": str(data.get("word", ""))})


EVENT_ROWS: Final[Mapping[str, EventRow]] = {
    "utterance": EventRow(Attr.UTTERANCE, _utterance),
    "wakeword": EventRow(Attr.WAKE_WORD_HEARD, _wake_word),
}


class Alerts:
    """The warnings that hold: each update is told once, tests never, and the highest level is known."""

    def __init__(self) -> None:
        """Start with none."""
        self._told: set[tuple[str, str, str]] = set()
        self._active: dict[str, tuple[str, datetime]] = {}

    def take(self, data: Mapping[str, Any], now: datetime) -> Happening | None:
        """Take a pushed alert; return what to tell, or None for a repeat, a test, or one that has ended."""
        alert_id, update = str(data["alertId"]), str(data.get("updateType", "issue"))
        told = (alert_id, update, str(data.get("issuedAt", "")))
        expires = moment(data.get("expiresAt"))
        if update == "test" or told in self._told or (isinstance(expires, datetime) and expires <= now):
            return None
        self._told.add(told)
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

    def level(self, now: datetime) -> str:
        """Return the highest level of the warnings that hold, `none` without one."""
        levels = [level for level, expires in self._active.values() if expires > now]
        return max(levels, key=ALERT_LEVELS.index, default="none") if set(levels) <= set(ALERT_LEVELS) else "warning"
