"""The account's devices, and what the store is told of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
import logging
from typing import Any, Final

from ...model.device import Happening, Key
from ...model.store import Store
from .device import ThinQDevice, Update

_LOGGER: Final = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Reading:
    """A state that was asked for, and the reports that overtake the answer."""

    vendor_id: str
    number: int = 0
    asked_at: float = 0.0
    reports: list[Any] = field(default_factory=list)


class Fleet:
    """Keeps the devices and publishes what changes; one that fails harms no other."""

    def __init__(self, store: Store, monotonic: Any) -> None:
        """Publish to `store`."""
        self._store = store
        self._monotonic = monotonic
        self._devices: dict[str, ThinQDevice] = {}
        self._offline: set[str] = set()
        self._cloud_gone = False
        self._readings: dict[str, list[Reading]] = {}
        self._numbers = count(1)
        self._last_reading: dict[str, int] = {}
        self.heard_at: dict[str, float] = {}
        self.read_at: dict[str, float] = {}
        self.failures: Counter[str] = Counter()

    def __iter__(self) -> Iterator[ThinQDevice]:
        """Iterate over the devices."""
        return iter(tuple(self._devices.values()))

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._devices)

    def get(self, vendor_id: str) -> ThinQDevice | None:
        """Return a device by LG's id."""
        return self._devices.get(vendor_id)

    def by_device_id(self, device_id: str) -> ThinQDevice | None:
        """Return a device by the hub's id."""
        described = self._store.devices.get(device_id)
        return self._devices.get(described.vendor_id) if described else None

    def add(self, device: ThinQDevice) -> None:
        """Publish a new device; it counts as reachable until LG says otherwise."""
        self._devices[device.vendor_id] = device
        self._store.set_device(device.description)
        self._store.apply(device.values())
        self._show_availability((device.vendor_id,))

    def remove(self, vendor_id: str) -> None:
        """Forget a device."""
        device = self._devices.pop(vendor_id, None)
        self._offline.discard(vendor_id)
        self.heard_at.pop(vendor_id, None)
        self.read_at.pop(vendor_id, None)
        self._last_reading.pop(vendor_id, None)
        if device:
            self._store.remove_device(device.device_id)

    def describe(self, device: ThinQDevice) -> None:
        """Publish a changed description with all values."""
        self._store.set_device(device.description)
        self._store.apply(device.values())

    @contextmanager
    def reading(self, vendor_id: str) -> Iterator[Reading]:
        """Note, while a state is being read, what is reported in between."""
        reading = Reading(vendor_id)
        self._readings.setdefault(vendor_id, []).append(reading)
        try:
            yield reading
        finally:
            self._readings[vendor_id].remove(reading)

    def asked(self, reading: Reading) -> None:
        """Take note that the question goes out now: what was reported while it waited its turn is in the answer."""
        reading.number = next(self._numbers)
        reading.asked_at = self._monotonic()
        reading.reports.clear()

    def take_state(self, reading: Reading, raw: Any) -> bool:
        """Take a state that was read; return whether it held what no report had told.

        The answer may be older than the reports that overtook it, and than the answer to a later question.
        """
        vendor_id = reading.vendor_id
        device = self._devices.get(vendor_id)
        if device is None or reading.number < self._last_reading.get(vendor_id, 0):
            return False
        self._last_reading[vendor_id] = reading.number
        first = not device.has_state
        changed = self._take(device, raw, whole=True, later=reading.reports)
        self.read_at[vendor_id] = reading.asked_at
        self.reachable(vendor_id)
        return changed and not first

    def take_report(self, vendor_id: str, raw: Any) -> None:
        """Take a report that was pushed."""
        if device := self._devices.get(vendor_id):
            self.heard_at[vendor_id] = self._monotonic()
            self.reachable(vendor_id)
            for reading in self._readings.get(vendor_id, ()):
                reading.reports.append(raw)
            self._take(device, raw, whole=False)

    def take_repetition(self, vendor_id: str) -> bool:
        """Take a report that repeats the device's last one; return False when it has to be read all the same."""
        device = self._devices.get(vendor_id)
        if device is None or not device.settled or self._store.is_waiting(device.device_id):
            return False
        if self._readings.get(vendor_id):
            # It says that the answer under way, whatever that was, is out of date.
            return False
        self.heard_at[vendor_id] = self._monotonic()
        self.reachable(vendor_id)
        return True

    def notify(self, vendor_id: str, code: str) -> None:
        """Take a notification that was pushed."""
        if device := self._devices.get(vendor_id):
            self._fire(device.notify(code))

    def reachable(self, vendor_id: str) -> None:
        """Take note that a device is connected to LG's cloud."""
        if vendor_id in self._offline:
            self._offline.discard(vendor_id)
            self._show_availability((vendor_id,))

    def unreachable(self, vendor_id: str) -> None:
        """Take note that a device is not connected to LG's cloud."""
        if vendor_id not in self._offline:
            self._offline.add(vendor_id)
            self._show_availability((vendor_id,))

    def is_offline(self, vendor_id: str) -> bool:
        """Return whether LG said that a device is not connected."""
        return vendor_id in self._offline

    def set_cloud_gone(self, *, gone: bool) -> None:
        """Take note that nothing is heard of the cloud, by any road, or that it is back."""
        if self._cloud_gone is not gone:
            self._cloud_gone = gone
            _LOGGER.info("LG ThinQ cannot be reached" if gone else "LG ThinQ can be reached again")
            self._show_availability(self._devices)

    def unknown_values(self) -> Mapping[str, int]:
        """Return the words and codes that profiles do not have, with how often they came."""
        total: Counter[str] = Counter()
        for device in self._devices.values():
            total.update({f"{device.identity.raw_type} {word}": n for word, n in device.unknown_values.items()})
        return dict(total.most_common(50))

    def _take(self, device: ThinQDevice, raw: Any, *, whole: bool, later: Iterable[Any] = ()) -> bool:
        """Publish what a state or a report changes; return whether it changed anything."""
        try:
            update: Update = device.take(raw, whole=whole, later=later)
        except Exception:  # a report nobody thought of must not end the connection it came by
            self.failures[device.identity.raw_type] += 1
            if self.failures[device.identity.raw_type] == 1:
                _LOGGER.exception("A report of a %s could not be read", device.identity.raw_type)
            return False
        if update.described:
            self._store.set_device(device.description)
        changed = self._store.apply(update.values)
        self._fire(update.happenings)
        return bool(changed)

    def _fire(self, happenings: Iterable[tuple[Key, Happening]]) -> None:
        for key, happening in happenings:
            self._store.fire(key, happening)

    def _show_availability(self, vendor_ids: Iterable[str]) -> None:
        devices = [self._devices[vendor_id] for vendor_id in vendor_ids if vendor_id in self._devices]
        for device in devices:
            available = not self._cloud_gone and device.vendor_id not in self._offline
            self._store.set_available((device.device_id,), available=available, cloud_away=self._cloud_gone)
