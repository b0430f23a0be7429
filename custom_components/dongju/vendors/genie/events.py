"""Push events of a household: what each does to the inventory, and what Home Assistant hears of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
import logging
from typing import Any, Final

from ...model.device import MAIN, Happening, Value
from ...model.errors import HubError
from ...model.vocabulary import Attr
from ..base import JsonDict, SessionContext
from .alerts import Alerts
from .describe import store_id
from .inventory import MALFORMED, Inventory
from .speech import BUSY, SpeechDesk

_LOGGER: Final = logging.getLogger(__name__)


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

_PARTIAL_EVENTS: Final = frozenset({"media.state", "volume", "timer.set", "timer.fired", "timer.cleared"})
"""Events that carry a part of the state under its own keys."""


class EventDesk:
    """Takes the events of one household."""

    def __init__(
        self,
        context: SessionContext,
        household: str,
        inventory: Inventory,
        alerts: Alerts,
        speech: SpeechDesk,
        music_link: Callable[[bool], object],
    ) -> None:
        """Apply events to `inventory`; `music_link` hears whether Genie Music is linked."""
        self._context = context
        self._household = household
        self._inventory = inventory
        self._alerts = alerts
        self._speech = speech
        self._handlers: Final[Mapping[str, Callable[[str, Mapping[str, Any]], object]]] = {
            "device.added": self._listed,
            "device.changed": self._listed,
            "device.removed": lambda device_id, _data: self._inventory.remove(device_id),
            "device.online": self._online,
            "link.revoked": lambda _device_id, _data: music_link(False),
            "link.granted": lambda _device_id, _data: music_link(True),
            "alert": lambda _device_id, data: self.take_alert(data),
            "tts.finished": self._speech_ended,
        }

    def take(self, message: JsonDict) -> None:
        """Take one notification; a malformed one, or one of another household, is dropped."""
        try:
            household = message.get("householdId")
            if household is not None and household != self._household:
                return
            data = message.get("data")
            self._dispatch(
                str(message.get("event", "")),
                store_id(message.get("deviceId")),
                data if isinstance(data, Mapping) else {},
            )
        except MALFORMED as err:
            _LOGGER.debug("Dropping a malformed %s: %r", message.get("event"), err)

    def take_alert(self, data: Mapping[str, Any]) -> None:
        """Tell of a warning."""
        now = self._context.now()
        if alert := self._alerts.take(data, now):
            self.tell_alert(alert)
        self.show_alert_level()

    def tell_alert(self, alert: Happening) -> None:
        """Fire the event of a warning."""
        self._fire(self._inventory.service_id, Attr.ALERT, alert)

    def show_alert_level(self) -> None:
        """Show the highest level that holds now: warnings end without a message."""
        key = (self._inventory.service_id, MAIN, Attr.ALERT_LEVEL.value)
        self._context.store.apply({key: self._alerts.level(self._context.now())})

    def _dispatch(self, event: str, device_id: str, data: Mapping[str, Any]) -> None:
        if handler := self._handlers.get(event):
            handler(device_id, data)
            return
        if self._inventory.kind(device_id) is None:
            return
        if row := EVENT_ROWS.get(event):
            self._fire(device_id, row.attr, row.happening(data, self._context.options))
        if "state" in data:
            self._inventory.apply(device_id, data)
        elif event in _PARTIAL_EVENTS:
            self._inventory.apply(device_id, {"version": data.get("version"), "state": data})

    def _speech_ended(self, device_id: str, data: Mapping[str, Any]) -> None:
        """Note the end of a text; a speaker that refused one because it speaks is still speaking."""
        code = int(data["code"])
        if code != BUSY:
            self._inventory.apply(device_id, {"version": data.get("version"), "state": {"speaking": False}})
        device = self._context.store.devices.get(device_id)
        if device:
            self._speech.ended(device.vendor_id, str(data.get("playId")), code)

    def _online(self, device_id: str, data: Mapping[str, Any]) -> None:
        online = data["online"]
        self._inventory.apply(device_id, data)
        if online is True:
            self._context.create_task(self._refresh(device_id), "genie refresh")

    def _listed(self, _device_id: str, data: Mapping[str, Any]) -> None:
        self._context.create_task(self._add(data["device"]), "genie device")

    async def _add(self, raw: Mapping[str, Any]) -> None:
        try:
            await self._inventory.add(raw)
        except (HubError, *MALFORMED) as err:
            _LOGGER.debug("Could not take a device: %r", err)

    async def _refresh(self, device_id: str) -> None:
        try:
            await self._inventory.refresh(device_id)
        except HubError as err:
            _LOGGER.debug("Could not read a device: %r", err)

    def _fire(self, device_id: str, attr: Attr, happening: Happening) -> None:
        self._context.store.fire((device_id, MAIN, attr.value), happening)
