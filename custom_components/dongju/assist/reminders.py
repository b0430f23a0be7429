"""Waits for the end of a run ("tell me when the washer is done") and says so at the microphone that was asked.

Follows the event entity of the run's end, by its id: so a promise outlives a reload of the account and, on disk, a
restart of Home Assistant.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
import logging
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..model.errors import NotSupportedError
from ..vendors.base import Utterance
from . import speech
from .answers import Answer
from .speakers import async_tell

_LOGGER: Final = logging.getLogger(__name__)

STORAGE_VERSION: Final = 1
STORAGE_KEY: Final = f"{DOMAIN}.reminders"
_MOST: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A promise to tell of the next event of an entity after the moment it was `asked` (ISO 8601, UTC)."""

    entity_id: str
    name: str
    asked: str
    utterance: Utterance
    only_entry: str | None

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Reminder:
        """Read it from the disk; raise KeyError, TypeError or ValueError for what makes no sense."""
        datetime.fromisoformat(raw["asked"])
        return cls(**{**raw, "utterance": Utterance(**raw["utterance"])})


class Reminders:
    """What somebody wants to be told of."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start with none."""
        self._hass = hass
        self._store: Store[list[dict[str, Any]]] = Store(hass, STORAGE_VERSION, STORAGE_KEY, private=True)
        self._waiting: dict[str, Reminder] = {}
        self._stop: dict[str, CALLBACK_TYPE] = {}

    @property
    def waiting(self) -> list[Reminder]:
        """Return what was promised and is not told yet."""
        return list(self._waiting.values())

    async def async_start(self) -> None:
        """Take up again what was promised before Home Assistant stopped."""
        for raw in await self._store.async_load() or ():
            try:
                self._wait(Reminder.from_dict(raw))
            except (KeyError, TypeError, ValueError) as err:
                _LOGGER.debug("Dropping a reminder that makes no sense: %r", err)

    async def async_add(self, entity_id: str, name: str, utterance: Utterance, only_entry: str | None) -> None:
        """Tell once of an event entity's next event; raise NotSupportedError when too much is promised already."""
        if len(self._waiting) >= _MOST:
            raise NotSupportedError("too many reminders")
        asked = dt_util.utcnow().isoformat(timespec="milliseconds")  # as exact as an event entity's state
        self._wait(Reminder(entity_id=entity_id, name=name, asked=asked, utterance=utterance, only_entry=only_entry))
        await self._async_save()

    async def async_cancel(self, entity_id: str) -> None:
        """Tell no more of an event entity."""
        if stop := self._stop.pop(entity_id, None):
            stop()
        if self._waiting.pop(entity_id, None) is not None:
            await self._async_save()

    @callback
    def stop(self) -> None:
        """Listen no longer; what was promised stays on disk."""
        for stop in self._stop.values():
            stop()
        self._stop.clear()

    def _wait(self, reminder: Reminder) -> None:
        async def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            happened = dt_util.parse_datetime(state.state) if state else None
            # An entity that comes back after a restart shows its last event again.
            if happened is None or happened < datetime.fromisoformat(reminder.asked):
                return
            if stop := self._stop.pop(reminder.entity_id, None):
                stop()
                del self._waiting[reminder.entity_id]
                await self._async_save()  # before it is said: a crash must not say it twice
                await self._async_tell(reminder)

        if stop := self._stop.pop(reminder.entity_id, None):
            stop()
        self._waiting[reminder.entity_id] = reminder
        self._stop[reminder.entity_id] = async_track_state_change_event(self._hass, reminder.entity_id, changed)

    async def _async_save(self) -> None:
        await self._store.async_save([asdict(reminder) for reminder in self._waiting.values()])

    async def _async_tell(self, reminder: Reminder) -> None:
        text = speech.text(Answer("is_finished", {"device": reminder.name}), reminder.utterance.language)
        await async_tell(self._hass, text, reminder.utterance, reminder.only_entry)
