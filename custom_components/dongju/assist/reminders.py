"""Waits for the end of a run ("tell me when the washer is done") and says so at the microphone that was asked.

Kept in memory only: a restart of Home Assistant forgets what was asked; an automation does not (see the blueprints).
"""

from collections.abc import Callable
from typing import Final

from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant, callback

from ..const import DOMAIN
from ..model.command import Command
from ..model.device import Happening, Key
from ..model.errors import HubError, NotSupportedError
from ..model.store import Store
from ..model.vocabulary import Attr
from ..vendors.base import Utterance
from . import speech
from .answers import Answer
from .information import genies, speaker_near

_MOST: Final = 20


class Reminders:
    """What somebody wants to be told of."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start with none."""
        self._hass = hass
        self._stop: dict[Key, Callable[[], None]] = {}

    @callback
    def add(self, store: Store, key: Key, name: str, utterance: Utterance, only_entry: str | None) -> None:
        """Tell once when a device finishes its run; raise NotSupportedError for one that never says so."""
        if len(self._stop) >= _MOST:
            raise NotSupportedError("too many reminders")

        @callback
        def finished(_happening: Happening) -> None:
            if stop := self._stop.pop(key, None):
                stop()
            self._hass.async_create_task(self._async_tell(name, utterance, only_entry), f"{DOMAIN} reminder")

        if stop := self._stop.pop(key, None):
            stop()
        self._stop[key] = store.subscribe_event(key, finished)

    @callback
    def stop(self) -> None:
        """Forget everything."""
        for stop in self._stop.values():
            stop()
        self._stop.clear()

    async def _async_tell(self, name: str, utterance: Utterance, only_entry: str | None) -> None:
        """Say it on the nearest speaker; without one, show it."""
        text = speech.text(Answer("is_finished", {"device": name}), utterance.language)
        for genie in genies(self._hass, only_entry):
            entry = self._hass.config_entries.async_get_entry(genie.entry_id)
            if entry is None or not genie.speakers:
                continue
            speaker = speaker_near(genie, utterance)
            try:
                await entry.runtime_data.bus.send(Command(device_id=speaker.id, values={Attr.SPEAK: text}))
            except HubError:
                continue
            return
        persistent_notification.async_create(self._hass, text, title="Dongju")
