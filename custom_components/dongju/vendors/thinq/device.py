"""One device as the session knows it: its profile, everything it ever reported, and what both make of it."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
import re
from types import MappingProxyType
from typing import Any, Final

from ...model.device import MAIN, Attribute, Device, Happening, Key, Value
from ...model.vocabulary import Attr, DeviceType, Kind
from .finish import FinishTime, FinishTracker
from .mapping.describe import DONE_CODES, FINISHED, OTHER, Description, Identity, describe
from .mapping.row import Binding, Reader
from .profile import Profile, observe, parse_profile
from .state import TELLING, RawState, WireKey, decides_unit, flatten, with_pairs

type JsonDict = dict[str, Any]

_WORD: Final = re.compile(r"[A-Za-z0-9_]{1,40}")
_MOST_STRAYS: Final = 24
_VOICE_TYPES: Final = frozenset({DeviceType.REFRIGERATOR, DeviceType.SMART_MIRROR, DeviceType.TELEVISION})
VOICE_EVENT: Final = "command"
_NO_UNITS: Final[Mapping[WireKey, Any]] = MappingProxyType({})
_RUN_KEYS: Final = frozenset({str(Attr.RUN_STATE), str(Attr.REMAINING_TIME)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What a state or a report made of a device: was it described anew, its values, what has just happened."""

    described: bool
    values: Mapping[Key, Value]
    happenings: tuple[tuple[Key, Happening], ...]


class ThinQDevice:
    """Turns one device's reports into values of the hub. Knows nothing of the network."""

    def __init__(
        self,
        identity: Identity,
        raw_profile: Any,
        *,
        fahrenheit: bool,
        now: Callable[[], datetime],
        voice: bool = False,
    ) -> None:
        """Describe a device from its profile alone; a state comes later."""
        self.identity = identity
        # One text for all keys of this device; the identity would write another one each time.
        self._device_id = identity.device_id
        self.profile: Profile = parse_profile(raw_profile)
        self.unknown_values: Counter[str] = Counter()
        self._now = now
        self._fahrenheit = fahrenheit
        self._voice = voice
        self._state: RawState = {}
        self._strays: dict[WireKey, tuple[str, ...]] = {}
        self._energy: dict[str, tuple[Attribute, ...]] = {}
        self._trackers: dict[str, FinishTracker] = {}
        self._finish: dict[str, FinishTime] = {}
        self._waiters: list[asyncio.Event] = []
        self.settled = False
        """Whether the last report, were it repeated, would change nothing."""
        self._description: Description = self._describe()

    @property
    def vendor_id(self) -> str:
        """Return LG's id."""
        return self.identity.vendor_id

    @property
    def device_id(self) -> str:
        """Return the hub's id."""
        return self._device_id

    @property
    def description(self) -> Device:
        """Return the hub's description."""
        return self._description.device

    @property
    def has_state(self) -> bool:
        """Return whether the device was ever read or reported anything."""
        return bool(self._state)

    def binding(self, part: str, key: str) -> Binding | None:
        """Return how an attribute reads and writes."""
        return self._description.bindings.get((part, key))

    def reader(self, part: str, assumed: Mapping[WireKey, Any] = MappingProxyType({})) -> Reader:
        """Return a reader of a part's raw values."""
        return Reader(part, self._state, assumed)

    def rename(self, alias: str) -> bool:
        """Take a new name; return whether the description changed."""
        return self.identify(replace(self.identity, alias=alias))

    def identify(self, identity: Identity) -> bool:
        """Take what a device list says now; return whether the description changed."""
        if identity == self.identity:
            return False
        self.identity = identity
        return self._again()

    def set_profile(self, raw_profile: Any) -> bool:
        """Take a profile read anew; return whether the description changed."""
        if raw_profile == self.profile.raw:
            return False
        self.profile = parse_profile(raw_profile)
        self._observe(self._state)
        return self._again()

    def set_fahrenheit(self, *, fahrenheit: bool) -> bool:
        """Take the other unit of LG's pairs; return whether the description changed."""
        self._fahrenheit = fahrenheit
        return self._again()

    def set_energy(self, attributes: Mapping[str, tuple[Attribute, ...]]) -> bool:
        """Take the energy attributes by part; return whether the description changed."""
        self._energy = dict(attributes)
        return self._again()

    def take(self, raw: Any, *, whole: bool, later: Iterable[Any] = ()) -> Update:
        """Take a state (`whole`), with reports that are `later` than it, or a report.

        What a whole state leaves out is no longer known. A value the profile does not have is described from then on.
        """
        update = flatten(raw, self.profile)
        for report in later:
            update = {**update, **with_pairs(update, flatten(report, self.profile))}
        changes = update if whole else with_pairs(self._state, update)
        units = self._units(self._state if whole else changes)
        self._state = update if whole else {**self._state, **changes}
        learnt = self._learn(update)
        observed = whole and self._observe(update)
        described = (learnt or observed or self._units(changes) != units) and self._again()
        touched = self._touched(changes)
        happenings = self._finished_parts(touched)
        for waiter in self._waiters:
            waiter.set()
        values = self.values() if whole or described else self._decode(touched)
        # An end that is counted from now moves when the same minutes are reported later.
        moving = (values.get((self.device_id, part, Attr.FINISH_TIME)) for part, key in touched if key in _RUN_KEYS)
        self.settled = not (whole or described or any(moving))
        return Update(described=described, values=values, happenings=tuple(happenings))

    def values(self) -> dict[Key, Value]:
        """Return every readable value."""
        return self._decode(self._description.bindings)

    def notify(self, code: str) -> list[tuple[Key, Happening]]:
        """Return what a push code makes happen: a notification or an error, and perhaps the end of a run."""
        happenings: list[tuple[Key, Happening]] = []
        part, attribute = self._part_of_code(code)
        if attribute is None:
            self.unknown_values[f"push {code[:60]}"] += 1
        else:
            known = code.lower() in attribute.options
            if not known:
                self.unknown_values[f"push {code[:60]}"] += 1
            kind = code.lower() if known else OTHER
            happenings.append(
                ((self.device_id, part, attribute.key), Happening(type=kind, data=MappingProxyType({"code": code})))
            )
        if code in DONE_CODES and Attr.FINISHED in self._attributes(part) and self._tracker(part).notified():
            happenings.append(self._finished(part))
        return happenings

    async def wait_for(self, true: Callable[[], bool], seconds: float) -> bool:
        """Wait until a report makes `true` come true; return whether it did within the time."""
        waiter = asyncio.Event()
        self._waiters.append(waiter)
        self.settled = False
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    waiter.clear()
                    await waiter.wait()
        except TimeoutError:
            return true()
        finally:
            self._waiters.remove(waiter)
        return True

    def _describe(self) -> Description:
        extra = dict(self._energy)
        if self._voice and self.identity.type in _VOICE_TYPES:
            heard = Attribute(key=Attr.VOICE_COMMAND, kind=Kind.EVENT, readable=False, options=(VOICE_EVENT,))
            extra[MAIN] = (*extra.get(MAIN, ()), heard)
        return describe(
            self.identity,
            self.profile,
            self._state,
            fahrenheit=self._fahrenheit,
            strays=self._strays,
            extra=extra,
        )

    def _again(self) -> bool:
        self.settled = False
        before, self._description = self._description, self._describe()
        return before.device != self._description.device

    def _touched(self, changes: RawState) -> Mapping[tuple[str, str], None]:
        """Return the attributes that can have changed, each once."""
        readers = self._description.readers
        return dict.fromkeys(key for wire in changes for key in readers.get(wire, ()))

    def _observe(self, update: RawState) -> bool:
        """Add what a state has and the profile has not, to be read only; return whether there was any."""
        found = observe(update, self.profile)
        if not found:
            return False
        self.profile = self.profile.observing(tuple(found))
        return True

    def _units(self, wires: Iterable[WireKey]) -> Mapping[WireKey, Any]:
        """Return what the state says, at some wires, on the unit temperatures are read in."""
        telling = [wire for wire in wires if wire[1].endswith(TELLING) and wire in self._state]
        told = ((wire, decides_unit(wire, self._state[wire])) for wire in telling)
        return {wire: unit for wire, unit in told if unit is not None} if telling else _NO_UNITS

    def _learn(self, update: RawState) -> bool:
        """Count words the profile does not have; return whether one of them is worth an option of its own."""
        learnt = False
        for wire, value in update.items():
            keys = self._description.readers.get(wire, ())
            bindings = [self._description.bindings[key] for key in keys]
            for word in value if isinstance(value, list) else (value,):
                if not isinstance(word, str) or any(b.words is None or word in b.words for b in bindings) or not keys:
                    continue
                self.unknown_values[f"{wire[1]} {word[:40]}"] += 1
                strays = self._strays.get(wire, ())
                enum = any(b.attribute.kind in {Kind.ENUM, Kind.LIST} for b in bindings)
                if enum and _WORD.fullmatch(word) and word not in strays and len(strays) < _MOST_STRAYS:
                    self._strays[wire] = (*strays, word)
                    learnt = True
        return learnt

    def _decode(self, keys: Iterable[tuple[str, str]]) -> dict[Key, Value]:
        """Read attributes; one that cannot be read is unknown and counted, the others are unharmed."""
        values: dict[Key, Value] = {}
        counting: dict[str, None] = {}
        for part, key in keys:
            binding = self._description.bindings[part, key]
            if key in _RUN_KEYS:
                counting[part] = None
            if not binding.attribute.readable:
                continue
            try:
                values[self.device_id, part, key] = binding.decode(self.reader(part))
            except ArithmeticError, AttributeError, LookupError, TypeError, ValueError:
                self.unknown_values[f"unreadable {key}"] += 1
                values[self.device_id, part, key] = None
        for part in counting:
            if Attr.FINISH_TIME in self._attributes(part):
                clock = self._finish.setdefault(part, FinishTime())
                word, remaining = self._running(part)
                values[self.device_id, part, Attr.FINISH_TIME] = clock.update(self._now(), remaining, word)
        return values

    def _attributes(self, part: str) -> Mapping[str, Attribute]:
        found = self.description.parts.get(part)
        return found.attributes if found else {}

    def _running(self, part: str) -> tuple[str | None, float | None]:
        """Return a part's state of running and its remaining minutes."""
        reader = self.reader(part)
        state, remaining = self.binding(part, Attr.RUN_STATE), self.binding(part, Attr.REMAINING_TIME)
        word = state.decode(reader) if state else None
        minutes = remaining.decode(reader) if remaining else None
        return word if isinstance(word, str) else None, minutes if isinstance(minutes, int | float) else None

    def _tracker(self, part: str) -> FinishTracker:
        return self._trackers.setdefault(part, FinishTracker())

    def _finished_parts(self, touched: Iterable[tuple[str, str]]) -> list[tuple[Key, Happening]]:
        """Return the parts whose run, by what was just heard of it, has finished."""
        return [
            self._finished(part)
            for part in dict.fromkeys(part for part, key in touched if key in _RUN_KEYS)
            if Attr.FINISHED in self._attributes(part) and self._tracker(part).state(*self._running(part))
        ]

    def _finished(self, part: str) -> tuple[Key, Happening]:
        return (self.device_id, part, Attr.FINISHED), Happening(type=FINISHED)

    def _part_of_code(self, code: str) -> tuple[str, Attribute | None]:
        """Return the part that announces a push code, else the first that has notifications at all."""
        fallback: tuple[str, Attribute | None] = (MAIN, None)
        for part in self.description.parts:
            for key in (Attr.NOTIFICATION, Attr.ERROR):
                attribute = self._attributes(part).get(key)
                if attribute and code.lower() in attribute.options:
                    return part, attribute
                if attribute and fallback[1] is None:
                    fallback = (part, attribute)
        return fallback
