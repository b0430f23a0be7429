"""The state store of an account: descriptions, values, availability, and who wants to know of which change.

`apply` drops equal values and calls each subscriber of a changed key once: the cost of a push is what it changes. A
value written optimistically lies over the reported one until the report confirms it or its owner lifts it.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
import logging
from typing import Final

from .device import AVAILABLE, DESCRIPTION, MAIN, Device, Happening, Key, Value

_LOGGER: Final = logging.getLogger(__name__)

type Unsubscribe = Callable[[], None]


class DeviceChange(StrEnum):
    """What happened to a device."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


type DeviceListener = Callable[[DeviceChange, Device], None]


class Store:
    """Devices and values of one account."""

    def __init__(self) -> None:
        """Start empty."""
        self._devices: dict[str, Device] = {}
        self._available: dict[str, bool] = {}
        self._cloud_away: set[str] = set()
        self._values: dict[Key, Value] = {}
        self._overlay: dict[Key, Value] = {}
        # Tuples: most keys have one subscriber, and there are many keys.
        self._subscribers: dict[Key, tuple[Callable[[], None], ...]] = {}
        self._event_subscribers: dict[Key, list[Callable[[Happening], None]]] = {}
        self._device_listeners: list[DeviceListener] = []

    @property
    def devices(self) -> Mapping[str, Device]:
        """Return every device by id."""
        return self._devices

    def set_device(self, device: Device) -> None:
        """Add a device, or replace its description; listeners hear of it when anything changed.

        What an attribute was that is no longer described is forgotten.
        """
        known = self._devices.get(device.id)
        if known == device:
            return
        self._devices[device.id] = device
        if known is None:
            self._announce(DeviceChange.ADDED, device)
            return
        for key in _described(known) - _described(device):
            self._values.pop(key, None)
        self._announce(DeviceChange.CHANGED, device)
        self._notify([(device.id, MAIN, DESCRIPTION)])

    def remove_device(self, device_id: str) -> None:
        """Forget a device and its values."""
        device = self._devices.pop(device_id, None)
        if device is None:
            return
        self._available.pop(device_id, None)
        self._cloud_away.discard(device_id)
        for table in (self._values, self._overlay):
            for key in [key for key in table if key[0] == device_id]:
                del table[key]
        self._announce(DeviceChange.REMOVED, device)

    def on_device(self, listener: DeviceListener) -> Unsubscribe:
        """Call `listener` when a device is added, described anew or removed."""
        self._device_listeners.append(listener)
        return lambda: self._device_listeners.remove(listener)

    def available(self, device_id: str) -> bool:
        """Return whether the device can be reached through its cloud."""
        return self._available.get(device_id, False)

    def cloud_away(self, device_id: str) -> bool:
        """Return whether it is the cloud, and not the device, that cannot be reached."""
        return device_id in self._cloud_away

    def set_available(self, device_ids: Iterable[str], *, available: bool, cloud_away: bool = False) -> None:
        """Mark devices reachable or not; `cloud_away` says that this tells nothing of the devices themselves."""
        wanted = tuple(device_ids)
        if cloud_away:
            self._cloud_away.update(wanted)
        else:
            self._cloud_away.difference_update(wanted)
        changed = [
            device_id
            for device_id in wanted
            if device_id in self._devices and self._available.get(device_id) is not available
        ]
        for device_id in changed:
            self._available[device_id] = available
        self._notify((device_id, MAIN, AVAILABLE) for device_id in changed)

    def value(self, key: Key) -> Value:
        """Return what is shown: the optimistic value where there is one, else the reported one, else None."""
        return self._overlay[key] if key in self._overlay else self._values.get(key)

    def reported(self, key: Key) -> Value:
        """Return what the vendor reported last, whatever was written since."""
        return self._values.get(key)

    def apply(self, batch: Mapping[Key, Value]) -> int:
        """Take reported values; return how many shown values changed. None means: no longer known."""
        changed = []
        for key, value in batch.items():
            overlay = self._overlay.get(key)
            if key in self._overlay:
                self._values[key] = value
                if _same(overlay, value):
                    del self._overlay[key]
                continue
            if key in self._values and _same(self._values[key], value):
                continue
            self._values[key] = value
            changed.append(key)
        self._notify(changed)
        return len(changed)

    def show(self, batch: Mapping[Key, Value]) -> None:
        """Lay optimistic values over the reported ones."""
        changed = [key for key, value in batch.items() if not _same(self.value(key), value)]
        self._overlay.update(batch)
        self._notify(changed)

    def unshow(self, keys: Iterable[Key]) -> bool:
        """Lift optimistic values; return whether any of them had not been confirmed."""
        lifted = [key for key in keys if key in self._overlay]
        changed = [key for key in lifted if not _same(self._overlay.pop(key), self._values.get(key))]
        self._notify(changed)
        return bool(changed)

    def showing(self, key: Key) -> bool:
        """Return whether an optimistic value still waits for its confirmation."""
        return key in self._overlay

    def is_waiting(self, device_id: str) -> bool:
        """Return whether any optimistic value of a device still waits for its confirmation."""
        return any(key[0] == device_id for key in self._overlay)

    def subscribe(self, keys: Iterable[Key], callback: Callable[[], None]) -> Unsubscribe:
        """Call `callback` once per batch that changes any of the keys."""
        mine = tuple(keys)
        for key in mine:
            self._subscribers[key] = (*self._subscribers.get(key, ()), callback)
        return lambda: self.unsubscribe(mine, callback)

    def unsubscribe(self, keys: Iterable[Key], callback: Callable[[], None]) -> None:
        """End a subscription with these keys, for whoever does not keep what `subscribe` returned."""
        for key in keys:
            callbacks = list(self._subscribers[key])
            callbacks.remove(callback)
            if callbacks:
                self._subscribers[key] = tuple(callbacks)
            else:
                del self._subscribers[key]

    def subscribe_event(self, key: Key, callback: Callable[[Happening], None]) -> Unsubscribe:
        """Call `callback` for every happening of an event attribute."""
        self._event_subscribers.setdefault(key, []).append(callback)

        def unsubscribe() -> None:
            callbacks = self._event_subscribers[key]
            callbacks.remove(callback)
            if not callbacks:
                del self._event_subscribers[key]

        return unsubscribe

    def fire(self, key: Key, happening: Happening) -> None:
        """Announce that something happened."""
        for callback in tuple(self._event_subscribers.get(key, ())):
            _guarded(callback, happening)

    @property
    def subscriber_count(self) -> int:
        """Return how many subscriptions there are, for tests of clean unloading."""
        keyed = sum(len(callbacks) for callbacks in self._subscribers.values())
        events = sum(len(callbacks) for callbacks in self._event_subscribers.values())
        return keyed + events + len(self._device_listeners)

    def _notify(self, keys: Iterable[Key]) -> None:
        callbacks: dict[Callable[[], None], None] = {}
        for key in keys:
            for callback in self._subscribers.get(key, ()):
                callbacks[callback] = None
        for callback in callbacks:
            _guarded(callback)

    def _announce(self, change: DeviceChange, device: Device) -> None:
        for listener in tuple(self._device_listeners):
            _guarded(listener, change, device)


def _described(device: Device) -> set[Key]:
    return {(device.id, part.id, key) for part in device.parts.values() for key in part.attributes}


def _same(left: Value, right: Value) -> bool:
    """Compare values; True is not 1 here, or a changed type would be missed."""
    return left == right and (type(left) is bool) is (type(right) is bool)


def _guarded[**P](callback: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call a subscriber; its fault must not reach the vendor's connection or the other subscribers."""
    try:
        callback(*args, **kwargs)
    except Exception:
        _LOGGER.exception("A subscriber failed")
