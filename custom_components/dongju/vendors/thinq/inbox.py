"""Sorts what the push connection delivers."""

from collections import Counter
from collections.abc import Callable
import logging
from typing import Final

from .fleet import Fleet
from .inventory import Inventory
from .mapping.describe import Identity
from .messages import (
    Message,
    Notification,
    Registered,
    Renamed,
    StatusReport,
    Unreadable,
    Unregistered,
    VoiceCommand,
    decode,
)
from .subscriptions import Subscriptions
from .voice import VoiceDesk

_LOGGER: Final = logging.getLogger(__name__)


class Inbox:
    """Hands each message to whom it concerns; never raises."""

    def __init__(
        self,
        fleet: Fleet,
        inventory: Inventory,
        subscriptions: Subscriptions,
        *,
        voice: VoiceDesk | None,
        bring_up: Callable[[list[Identity]], None],
    ) -> None:
        """Have devices that are new brought up; `voice` only where the account allows it."""
        self._fleet = fleet
        self._inventory = inventory
        self._subscriptions = subscriptions
        self._voice = voice
        self._bring_up = bring_up
        self.counts: Counter[str] = Counter()
        # The last report of each device as it came, and whose it was.
        self._last: dict[str, bytes] = {}
        self._owner: dict[bytes, str] = {}

    def deliver(self, payload: bytes) -> None:
        """Take one message; a report that only repeats the device's last one is not even decoded."""
        if (vendor_id := self._owner.get(payload)) is not None and self._fleet.take_repetition(vendor_id):
            self.counts["StatusReport"] += 1
            self.counts["repeated"] += 1
            return
        try:
            message = decode(payload)
            self._count(message)
            self._dispatch(message)
            if isinstance(message, StatusReport):
                self._remember(message.device_id, payload)
        except Exception:  # whatever LG sends, the connection has to live on
            self.counts["failed"] += 1
            if self.counts["failed"] == 1:
                _LOGGER.exception("A message could not be handled")

    def _remember(self, vendor_id: str, payload: bytes) -> None:
        if self._fleet.get(vendor_id) is None:
            return
        self._owner.pop(self._last.get(vendor_id, b""), None)
        self._last[vendor_id] = payload
        self._owner[payload] = vendor_id

    def _dispatch(self, message: Message) -> None:
        match message:
            case StatusReport():
                self._fleet.take_report(message.device_id, message.report)
            case Notification():
                self._fleet.notify(message.device_id, message.code)
            case Registered():
                self._bring_up([self._inventory.registered(message)])
            case Unregistered():
                self._subscriptions.forget(message.device_id)
                self._owner.pop(self._last.pop(message.device_id, b""), None)
                self._inventory.remove(message.device_id)
            case Renamed():
                self._inventory.renamed(message.device_id, message.alias)
            case VoiceCommand():
                if self._voice:
                    self._voice.hear(message)
            case Unreadable():
                _LOGGER.debug("A message without sense: %s", message.reason)

    def _count(self, message: Message) -> None:
        name = message.reason if isinstance(message, Unreadable) else type(message).__name__
        self.counts[name] += 1
        if not isinstance(message, Unreadable | Registered) and self._fleet.get(message.device_id) is None:
            self.counts["of_unknown_device"] += 1
