"""Reads LG's state answers and reports into one flat table, and lays partial reports over it.

A report is liberal in its shape: an object or a list, halves of a washtower, elements by unit or by place, nulls, keys
the profile does not have. Only what a report mentions changes.
"""

from collections.abc import Iterator
from typing import Any, Final

from .profile import HALVES, UNITS, JsonDict, Place, Profile, Style, element_place, location_name, united

type WireKey = tuple[str, str]
"""Part and path."""

type RawState = dict[WireKey, Any]

_DEPTH: Final = 4

_TIMERS: Final = {
    f"{span}{edge}Timer": (f"{span}HourTo{edge}", f"{span}MinuteTo{edge}")
    for span in ("relative", "absolute")
    for edge in ("Start", "Stop")
}
"""The flag of a timer -> the values that mean nothing once it says UNSET."""


def flatten(raw: Any, profile: Profile) -> RawState:
    """Return what a state or a report mentions, by part and path; never raises."""
    state: RawState = {}
    for place, tree in _trees(raw):
        for resource, value in tree.items():
            for path_place, path, item in _values(place, resource, value):
                state[profile.part_of(path_place), path] = item
    _forget_unset_timers(state)
    return state


def _trees(raw: Any) -> Iterator[tuple[Place, JsonDict]]:
    """Yield the resource trees of a state with the place each is about."""
    if isinstance(raw, dict):
        halves = [half for half in HALVES if isinstance(raw.get(half), dict | list)]
        for half in halves:
            for place, tree in _trees(raw[half]):
                yield Place(half=half, name=place.name, style=place.style), tree
        if rest := {key: value for key, value in raw.items() if key not in halves}:
            name = location_name(rest)
            yield (
                Place(name=name, style=Style.LOCATED if name else Style.DEVICE),
                {key: value for key, value in rest.items() if key != "location"},
            )
    elif isinstance(raw, list):
        for element in raw:
            if isinstance(element, dict):
                yield from _trees(element)


def _values(place: Place, resource: str, value: Any) -> Iterator[tuple[Place, str, Any]]:
    if isinstance(value, dict):
        yield from _object(place, resource, value, listed=False)
    elif isinstance(value, list):
        for element in value:
            if isinstance(element, dict):
                yield from _object(element_place(place, element), resource, element, listed=True)
    else:
        yield place, resource, value


def _object(place: Place, resource: str, members: JsonDict, *, listed: bool) -> Iterator[tuple[Place, str, Any]]:
    """Yield the members of a resource; one that comes with a unit is also known by its name with the unit."""
    unit = members.get("unit")
    by_unit = unit if unit in UNITS else None
    for name, value in _members(members):
        if listed and name == place.member and value == place.name:
            continue
        if by_unit and "emperature" in name and not name.endswith(UNITS):
            yield place, f"{resource}.{united(name, by_unit)}", value
            if not listed:
                # One object that carries the present unit: what it said in the other unit is out of date.
                other = UNITS[by_unit == UNITS[0]]
                yield place, f"{resource}.{united(name, other)}", None
        if not (listed and by_unit and name != "unit" and place.style is not Style.ELEMENT):
            yield place, f"{resource}.{name}", value


def _members(members: JsonDict, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    for name, value in members.items():
        if isinstance(value, dict) and depth < _DEPTH:
            yield from _members(value, f"{prefix}{name}.", depth + 1)
        else:
            yield f"{prefix}{name}", value


def _forget_unset_timers(state: RawState) -> None:
    """Drop the hour and minute of every timer a report calls UNSET; LG leaves them out, or sends the last ones."""
    for (part, path), value in tuple(state.items()):
        if value != "UNSET":
            continue
        resource, _, flag = path.rpartition(".")
        if flag in _TIMERS:
            for name in _TIMERS[flag]:
                state[part, f"{resource}.{name}"] = None


def with_pairs(state: RawState, update: RawState) -> RawState:
    """Return what a report changes.

    Where it mentions a temperature in its present unit only, the pair of both units that the state has follows.
    """
    pairs: RawState = {}
    for (part, path), value in update.items():
        if value is None or not path.endswith(UNITS):
            continue
        resource, _, name = path.partition(".")
        pair = (part, f"{resource}InUnits.{name}")
        if pair not in state or pair in update:
            continue
        pairs[pair] = value
        other = UNITS[name.endswith(UNITS[0])]
        counterpart = (part, f"{resource}InUnits.{name[:-1]}{other}")
        if counterpart in state and isinstance(value, int | float):
            pairs[counterpart] = _converted(value, other)
    return {**update, **pairs} if pairs else update


TELLING: Final = (".unit", *UNITS)
"""How the paths end that `decides_unit` may have something to say on."""


def decides_unit(wire: WireKey, value: Any) -> str | bool | None:
    """Return what a value has to say on the unit temperatures are read in; None for most.

    The units named, and which of a pair is there.
    """
    path = wire[1]
    if path.endswith(".unit"):
        return str(value) if value in UNITS else None
    return value is None if path.endswith(UNITS) and "emperature" in path else None


def _converted(value: float, to: str) -> float:
    """Return a temperature in the other unit, for the rare report that leaves LG's own pair out."""
    return round(value * 9 / 5 + 32) if to == UNITS[1] else round((value - 32) * 5 / 9 * 2) / 2
