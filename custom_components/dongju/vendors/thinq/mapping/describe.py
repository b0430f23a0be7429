"""From a profile to a description: rows first, in the order of the tables; what no row claims keeps its own name."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from ....model.device import MAIN, Attribute, Device, Part
from ....model.vocabulary import Attr, DeviceType, Kind, Vendor
from ..profile import Profile, Property
from ..state import TELLING, RawState, WireKey, decides_unit
from . import rows_climate, rows_common, rows_kitchen
from .plain import generic
from .row import Binding, Row, Scope
from .types import PART_NAMES, device_type, part_type

ROWS: Final[tuple[Row, ...]] = (*rows_kitchen.ROWS, *rows_climate.ROWS, *rows_common.ROWS)

FINISHED: Final = "finished"
OTHER: Final = "other"
"""The option of a notification or error that the profile does not announce."""

DONE_WORDS: Final = frozenset({"end", "done", "complete", "cook_complete", "cleaning_is_done", "running_end"})
"""States of running that say: finished."""

DONE_CODES: Final = frozenset(
    {
        *("WASHING_IS_COMPLETE", "DRYING_IS_COMPLETE", "STYLING_IS_COMPLETE", "CLEANING_IS_COMPLETE"),
        *("CLEANING_IS_COMPLETED", "COOKING_IS_COMPLETE", "TIMER_IS_COMPLETE"),
    }
)
"""Notifications that say: finished."""

_NO_TYPES: Final[Mapping[str, tuple[Attribute, ...]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a device list says of a device."""

    vendor_id: str
    raw_type: str
    model: str
    alias: str
    room: str | None = None

    @property
    def device_id(self) -> str:
        """Return the hub's id."""
        return f"{Vendor.THINQ}_{self.vendor_id}"

    @property
    def type(self) -> DeviceType:
        """Return the hub's type."""
        return device_type(self.raw_type)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A described device: the hub's description, its bindings by part and attribute, and who reads which wire path."""

    device: Device
    bindings: Mapping[tuple[str, str], Binding]
    readers: Mapping[WireKey, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bound:
    """A description without the device it is of."""

    parts: Mapping[str, Part]
    bindings: Mapping[tuple[str, str], Binding]
    readers: Mapping[WireKey, tuple[tuple[str, str], ...]]


def describe(
    identity: Identity,
    profile: Profile,
    state: RawState,
    *,
    fahrenheit: bool,
    strays: Mapping[WireKey, tuple[str, ...]] = MappingProxyType({}),
    extra: Mapping[str, tuple[Attribute, ...]] = _NO_TYPES,
) -> Description:
    """Describe a device. `extra` are attributes by part that come from elsewhere than the profile (energy, voice)."""
    bound = _bound(identity.type, profile, state, fahrenheit=fahrenheit, strays=strays, extra=extra)
    return Description(device=_device(identity, bound.parts), bindings=bound.bindings, readers=bound.readers)


def _bound(
    kind: DeviceType,
    profile: Profile,
    state: RawState,
    *,
    fahrenheit: bool,
    strays: Mapping[WireKey, tuple[str, ...]],
    extra: Mapping[str, tuple[Attribute, ...]],
) -> _Bound:
    """Return what is made of a profile: once for all devices that have it and speak of temperatures alike."""
    if strays:
        # Words that one device has made up are its own affair.
        return _bind(kind, profile, state, fahrenheit=fahrenheit, strays=strays, extra=extra)
    told = ((wire, decides_unit(wire, value)) for wire, value in state.items() if wire[1].endswith(TELLING))
    # A temperature that is not there is like one that is null.
    units = frozenset((wire, unit) for wire, unit in told if unit is not None and unit is not True)
    key = (kind, fahrenheit, units, tuple(extra.items()))
    known: _Bound | None = profile.memo.get(key)
    if known is None:
        known = _bind(kind, profile, state, fahrenheit=fahrenheit, strays=strays, extra=extra)
        profile.memo[key] = known
    return known


def _bind(
    kind: DeviceType,
    profile: Profile,
    state: RawState,
    *,
    fahrenheit: bool,
    strays: Mapping[WireKey, tuple[str, ...]],
    extra: Mapping[str, tuple[Attribute, ...]],
) -> _Bound:
    bindings: dict[tuple[str, str], Binding] = {}
    parts: dict[str, Part] = {}
    part_ids = dict.fromkeys((MAIN, *profile.properties, *profile.notifications, *profile.errors))
    for part_id in part_ids:
        scope = Scope(
            device_type=kind,
            part_type=part_type(kind, part_id),
            part=part_id,
            profile=profile,
            free=profile.properties.get(part_id, {}),
            state=state,
            fahrenheit=fahrenheit,
            strays=strays,
        )
        bound = _bind_part(scope)
        bindings.update(((part_id, key), binding) for key, binding in bound.items())
        attributes = {key: binding.attribute for key, binding in bound.items()}
        for attribute in (*_derived(attributes, part_id, profile), *extra.get(part_id, ())):
            attributes[attribute.key] = attribute
        parts[part_id] = _part(part_id, scope.part_type, attributes)
    return _Bound(parts=MappingProxyType(parts), bindings=bindings, readers=_readers(bindings))


def _bind_part(scope: Scope) -> dict[str, Binding]:
    """Bind every property of a part exactly once."""
    free = dict(scope.free)
    bound: dict[str, Binding] = {}
    for row in ROWS:
        if row.attr in bound or not any(_spelt(path, free) for path in row.paths) or not row.fits(scope):
            continue
        binding = row.bind(row, replace(scope, free=free))
        if binding is None or (row.kinds is not None and binding.attribute.kind not in row.kinds):
            continue
        bound[str(row.attr)] = binding
        for path in binding.claims:
            free.pop(path, None)
    for path, prop in free.items():
        key = _free_key(path, bound)
        bound[key] = generic(prop, scope, key)
    return bound


def _spelt(path: str, free: Mapping[str, Property]) -> bool:
    return path in free or f"{path}C" in free or f"{path}F" in free


def _free_key(path: str, taken: Iterable[str]) -> str:
    """Return a wire path in snake case, with a number where that is taken."""
    key = snake_case(path)
    names = set(taken)
    number = 2
    unique = key
    while unique in names:
        unique = f"{key}_{number}"
        number += 1
    return unique


def snake_case(path: str) -> str:
    """Return a wire path as an attribute key: `airFlow.windStrength` becomes `air_flow_wind_strength`."""
    letters: list[str] = []
    for index, char in enumerate(path):
        if char.isupper() and index and (path[index - 1].islower() or path[index - 1].isdigit()):
            letters.append("_")
        letters.append(char.lower() if char.isalnum() else "_")
    return "".join(letters)


def _derived(attributes: Mapping[str, Attribute], part: str, profile: Profile) -> Iterable[Attribute]:
    """Yield what a part has besides its properties: when it will be done, and what happens to it."""
    notifications, errors = profile.notifications.get(part, ()), profile.errors.get(part, ())
    remaining, running = attributes.get(Attr.REMAINING_TIME), attributes.get(Attr.RUN_STATE)
    if remaining and remaining.readable:
        yield Attribute(key=Attr.FINISH_TIME, kind=Kind.TIMESTAMP, sources=remaining.sources)
    if DONE_CODES.intersection(notifications) or (running and DONE_WORDS.intersection(running.options)):
        yield _event(Attr.FINISHED, (FINISHED,), ())
    if notifications:
        yield _event(Attr.NOTIFICATION, (*map(str.lower, notifications), OTHER), ("notification.push",))
    if errors:
        yield _event(Attr.ERROR, (*map(str.lower, errors), OTHER), ("error",))


def _event(key: Attr, options: tuple[str, ...], sources: tuple[str, ...]) -> Attribute:
    return Attribute(key=key, kind=Kind.EVENT, readable=False, options=options, sources=sources)


def _part(part_id: str, kind: DeviceType, attributes: Mapping[str, Attribute]) -> Part:
    named = part_id in PART_NAMES
    return Part(
        id=part_id,
        type=kind,
        attributes=MappingProxyType(dict(attributes)),
        name_key=part_id if named else None,
        name=None if named or part_id == MAIN else part_id.replace("_", " ").capitalize(),
    )


def _device(identity: Identity, parts: Mapping[str, Part]) -> Device:
    return Device(
        id=identity.device_id,
        vendor=Vendor.THINQ,
        vendor_id=identity.vendor_id,
        type=identity.type,
        name=identity.alias,
        manufacturer="LG",
        model=identity.model or None,
        room=identity.room,
        parts=parts,
    )


def _readers(bindings: Mapping[tuple[str, str], Binding]) -> Mapping[WireKey, tuple[tuple[str, str], ...]]:
    readers: dict[WireKey, tuple[tuple[str, str], ...]] = {}
    for key, binding in bindings.items():
        for path in binding.paths:
            wire = (key[0], path)
            readers[wire] = (*readers.get(wire, ()), key)
    return readers
