"""What a session knows of its devices from one list to the next, and how a list changes the store."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
import logging
from typing import Final

from ...model.device import MAIN, Key, Value
from ...model.store import Store
from ...model.vocabulary import Attr, Kind, Vendor
from ..base import JsonDict
from .listing import Listed, Listing
from .mapping import GENERIC, StatusRow, make_device, read, rows_for, type_row
from .values import GUESSED, kind_of

_LOGGER: Final = logging.getLogger(__name__)

LISTS_TO_DOUBT: Final = 2
"""A device that this many lists in a row have missed is not available."""

LISTS_TO_FORGET: Final = 3
"""A device that this many whole lists have missed, with none in between that had it, is gone."""

LISTS_TO_DISTRUST: Final = 3
"""A device that contradicts itself in this many lists in a row is not available."""


@dataclass(slots=True)
class _Known:
    """One device: its latest row, the codes it ever had, and what lists have done to it."""

    listed: Listed
    guesses: dict[str, Kind] = field(default_factory=dict)
    rows: tuple[StatusRow, ...] = ()
    missed: int = 0
    missed_whole: int = 0
    contradictions: int = 0

    def take(self, listed: Listed) -> bool:
        """Take a row of a list; return whether the device has codes it did not have before."""
        if listed.type != self.listed.type:
            self.guesses.clear()
            self.rows = ()
        self.listed = listed
        self.missed = self.missed_whole = 0
        self.contradictions = self.contradictions + 1 if listed.doubtful else 0
        return self._widen()

    def _widen(self) -> bool:
        """Learn new codes, and that a guessed kind was too narrow; a kind never narrows again."""
        before = dict(self.guesses)
        for code, text in self.listed.status.items():
            kind = self.guesses.setdefault(code, kind_of(text))
            try:
                GUESSED[kind](text)
            except ValueError:
                self.guesses[code] = Kind.TEXT
        if before != self.guesses or not self.rows:
            self.rows = rows_for(self.listed, self.guesses)
        return before != self.guesses


class Roster:
    """Keeps the store in step with the lists. A device whose row makes no sense harms no other."""

    def __init__(
        self,
        store: Store,
        *,
        owns: Callable[[str], bool],
        types: Iterable[str] = (),
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """Publish devices of these canonical types (none named: of all) that the account may have.

        `changed` is called when there is something new to keep.
        """
        self._store = store
        self._owns = owns
        self._types = frozenset(types)
        self._changed = changed
        self._known: dict[str, _Known] = {}
        self.unreadable: Counter[str] = Counter()
        self.unknown_codes: set[str] = set()

    @property
    def ids(self) -> tuple[str, ...]:
        """Return the ids of the devices."""
        return tuple(self._known)

    @property
    def moving(self) -> bool:
        """Return whether something is on its way and will stop by itself."""
        return any(
            self._store.reported((device_id, MAIN, Attr.MOVING.value)) in {"opening", "closing"}
            for device_id in self._known
        )

    def rows(self, device_id: str) -> tuple[StatusRow, ...]:
        """Return the rows of a device, none where it is not known."""
        known = self._known.get(device_id)
        return known.rows if known else ()

    def items(self) -> list[JsonDict]:
        """Return the devices as a list has them, to be kept until the next run."""
        return [known.listed.as_item() for known in self._known.values()]

    def restore(self, listing: Listing) -> None:
        """Describe the devices of an earlier run, without their values, until a list tells more."""
        for device_id, listed in self._ours(listing).items():
            self._describe(device_id, listed)
        self._store.set_available(self._known, available=False, cloud_away=True)

    def take(self, listing: Listing, *, regular: bool) -> bool:
        """Bring the store in line with a list; return whether a device contradicted itself.

        Only a regular list, not one asked for in haste, counts against a device that it misses.
        """
        batch: dict[Key, Value] = {}
        available: dict[bool, list[str]] = {True: [], False: []}
        before = len(self._known)
        ours = self._ours(listing)
        learned = False
        for device_id, listed in ours.items():
            learned |= self._describe(device_id, listed)
            known = self._known[device_id]
            available[listed.online and known.contradictions < LISTS_TO_DISTRUST].append(device_id)
            for key, value in read(known.rows, listed, self._note_unreadable).items():
                batch[device_id, MAIN, key] = value
        self._store.apply(batch)
        for online, device_ids in available.items():
            self._store.set_available(device_ids, available=online)
        if regular and ours:
            self._count_missing(ours, whole=listing.whole)
        if learned or len(self._known) != before:
            self._changed()
        return any(listed.doubtful for listed in ours.values())

    def _ours(self, listing: Listing) -> dict[str, Listed]:
        """Return the listed devices that are ours to show, by id."""
        wanted = (
            (f"{Vendor.UPLUS}_{listed.serial}", listed)
            for listed in listing.devices
            if not self._types or type_row(listed.type).type in self._types
        )
        return {device_id: listed for device_id, listed in wanted if self._owns(device_id)}

    def _describe(self, device_id: str, listed: Listed) -> bool:
        """Publish a device's description; return whether there is something new to keep."""
        new = device_id not in self._known
        known = self._known.setdefault(device_id, _Known(listed))
        learned = known.take(listed)
        self.unknown_codes.update(row.code for row in known.rows if row.key.startswith(GENERIC))
        self._store.set_device(make_device(device_id, listed, known.rows))
        return new or learned

    def _count_missing(self, listed: Collection[str], *, whole: bool) -> None:
        """Count what a list missed: first the device becomes unavailable, then it goes."""
        for device_id in [device_id for device_id in self._known if device_id not in listed]:
            known = self._known[device_id]
            known.missed += 1
            known.missed_whole += whole
            if known.missed_whole >= LISTS_TO_FORGET:
                _LOGGER.debug("A device left the account")
                del self._known[device_id]
                self._store.remove_device(device_id)
            elif known.missed >= LISTS_TO_DOUBT:
                self._store.set_available([device_id], available=False)

    def _note_unreadable(self, code: str) -> None:
        self.unreadable[code] += 1
