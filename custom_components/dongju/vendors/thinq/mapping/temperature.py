"""Codecs of temperatures: LG's own C and F pairs, the present unit where there is none, and targets by mode."""

from dataclasses import replace
from typing import Any, Final

from ....model.device import Attribute, Value
from ....model.errors import NotSupportedError, OutOfRangeError
from ....model.vocabulary import Kind
from ..profile import UNITS, Domain, Property, PropertyType
from .plain import UNIT_OF_LETTER, number, wire_number
from .row import Binding, Choice, Reader, Row, Scope, Write

_KIMCHI_NUMBER: Final = "TEMPERATURE_NUMBER"
_TOLERANCE: Final = 1e-6


def temperature(row: Row, scope: Scope) -> Binding | None:
    """Bind a temperature in the wanted unit; the vendor's pair is chosen, nothing is converted."""
    chosen = _choose(row.paths, scope)
    if chosen is None:
        return None
    prop, letter = chosen
    domain = prop.write if prop.writable else prop.read
    known = _variants(row.paths, scope)
    path = prop.path

    def decode(reader: Reader) -> Value:
        return number(reader.get(path))

    def encode(value: Value, reader: Reader) -> tuple[Write, ...]:
        return (Write(property=prop, value=wire_number(value), unit=_present_unit(prop, reader)),)

    return Binding(
        attribute=_attribute(row, [prop], letter, domain, tuple(each.source for each in known)),
        paths=frozenset({prop.path}),
        claims=frozenset(each.path for each in known),
        decode=decode,
        encode=encode if prop.writable else None,
    )


def target(row: Row, scope: Scope) -> Binding | None:
    """Bind a target whose property to write depends on the mode (`row.choices`); its range spans all modes."""
    chosen = _choose(row.paths, scope) or _choose_any(row, scope)
    if chosen is None:
        return None
    prop, letter = chosen
    candidates = _candidates(row.choices, prop, letter, scope)
    reported = _choose(row.paths, scope) is not None and prop.readable
    known = _variants(row.paths, scope)
    writable = [each for _, each in candidates]
    domain = _span([each.write for each in writable]) if writable else prop.read

    def decode(reader: Reader) -> Value:
        value = number(reader.get(prop.path)) if reported else None
        if value is not None:
            return value
        active = _active(candidates, reader)
        return number(reader.get(active.path)) if active else None

    def encode(value: Value, reader: Reader) -> tuple[Write, ...]:
        active = _active(candidates, reader)
        if active is None:
            raise NotSupportedError(row.attr)
        _check(active, wire_number(value), letter)
        return (Write(property=active, value=wire_number(value), unit=_present_unit(active, reader)),)

    readable = reported or any(each.readable for each in writable)
    return Binding(
        attribute=replace(
            _attribute(row, [prop], letter, domain, tuple(each.source for each in known)),
            readable=readable,
            writable=bool(writable),
        ),
        paths=frozenset({prop.path, *(each.path for each in writable), *_conditions(row.choices)}),
        claims=frozenset(each.path for each in known),
        decode=decode,
        encode=encode if writable else None,
    )


def kimchi_number(row: Row, scope: Scope) -> Binding | None:
    """Bind the number that a kimchi compartment reports where its profile only says TEMPERATURE_NUMBER.

    Claims nothing: the same property's words are an attribute of their own.
    """
    prop = next(iter(scope.present(row.paths)), None)
    if prop is None or _KIMCHI_NUMBER not in prop.read.options:
        return None
    return Binding(
        attribute=Attribute(key=row.attr, kind=Kind.NUMBER, unit=row.unit, sources=(prop.source,)),
        paths=frozenset({prop.path}),
        claims=frozenset(),
        decode=lambda reader: number(reader.get(prop.path)),
    )


def kimchi_words(row: Row, scope: Scope) -> Binding | None:
    """Bind a kimchi compartment's words; a number reads as the word the profile has for it."""
    prop = next(iter(scope.present(row.paths)), None)
    if prop is None or prop.type is not PropertyType.ENUM:
        return None
    words = {str(option): str(option).lower() for option in prop.read.options}
    for stray in scope.strays.get((scope.part, prop.path), ()):
        words.setdefault(stray, stray.lower())

    def decode(reader: Reader) -> Value:
        raw: Any = reader.get(prop.path)
        if number(raw) is not None:
            raw = _KIMCHI_NUMBER
        return words.get(raw) if isinstance(raw, str) else None

    return Binding(
        attribute=Attribute(key=row.attr, kind=Kind.ENUM, options=tuple(words.values()), sources=(prop.source,)),
        paths=frozenset({prop.path}),
        claims=frozenset({prop.path}),
        decode=decode,
        words=frozenset({*words, _KIMCHI_NUMBER}),
    )


def unit(row: Row, scope: Scope) -> Binding | None:
    """Bind the device's own display unit, wherever in the profile it stands."""
    found = scope.present(row.paths)
    if not found:
        return None

    def decode(reader: Reader) -> Value:
        raw = reader.first(*(each.path for each in found))
        return raw.lower() if raw in UNITS else None

    paths = frozenset(each.path for each in found)
    return Binding(
        attribute=Attribute(
            key=row.attr, kind=Kind.ENUM, options=("c", "f"), sources=tuple(each.source for each in found)
        ),
        paths=paths,
        claims=paths,
        decode=decode,
    )


def _attribute(row: Row, found: list[Property], letter: str, domain: Domain, sources: tuple[str, ...]) -> Attribute:
    prop = found[0]
    step = domain.step or (1.0 if domain.minimum is not None and prop.writable else None)
    return Attribute(
        key=row.attr,
        kind=Kind.NUMBER,
        readable=prop.readable,
        writable=prop.writable,
        unit=UNIT_OF_LETTER[letter],
        minimum=domain.minimum,
        maximum=domain.maximum,
        step=step,
        excluded=domain.excluded,
        sources=sources or (prop.source,),
    )


def _variants(paths: tuple[str, ...], scope: Scope) -> list[Property]:
    """Return every free spelling of the paths."""
    return [
        prop
        for path in paths
        for spelling in (path, *(path + letter for letter in UNITS))
        if (prop := scope.free.get(spelling)) and _is_temperature(prop)
    ]


def _is_temperature(prop: Property) -> bool:
    return prop.type in {PropertyType.NUMBER, PropertyType.RANGE}


def _choose(paths: tuple[str, ...], scope: Scope, *, claimed: bool = False) -> tuple[Property, str] | None:
    """Return the property of the first path there is, in the wanted unit, and the unit's letter."""
    for path in paths:
        pool = scope.profile.properties.get(scope.part, {}) if claimed else scope.free
        pair = {letter: pool[path + letter] for letter in UNITS if path + letter in pool}
        pair = {letter: prop for letter, prop in pair.items() if _is_temperature(prop)}
        if pair:
            letter = _wanted(path, pair, scope)
            return pair[letter], letter
        single = pool.get(path)
        if single and _is_temperature(single):
            return single, _present_letter(single, scope)
    return None


def _wanted(path: str, pair: dict[str, Property], scope: Scope) -> str:
    """Return the unit to use: the one of the house, unless the device only speaks the other."""
    wanted = UNITS[scope.fahrenheit]
    other = UNITS[not scope.fahrenheit]
    if wanted not in pair:
        return other
    spoken = scope.reported(path + other) is not None and scope.reported(path + wanted) is None
    return other if other in pair and spoken else wanted


def _present_letter(prop: Property, scope: Scope) -> str:
    """Return the unit a plain temperature is in: what the device said last, else what its profile knows, else C."""
    if prop.unit:
        return prop.unit
    path = f"{prop.resource}.unit"
    reported = scope.reported(path)
    if reported in UNITS:
        return str(reported)
    declared = scope.property(path)
    options = (declared.constant, *declared.read.options) if declared else ()
    letters = {str(option) for option in options if option in UNITS}
    return letters.pop() if len(letters) == 1 else UNITS[0]


def _present_unit(prop: Property, reader: Reader) -> str | None:
    """Return the unit to send along with a plain temperature, where the device names one."""
    if prop.unit or prop.name.endswith(UNITS):
        return None
    reported = reader.get(f"{prop.resource}.unit")
    return str(reported) if reported in UNITS else None


def _choose_any(row: Row, scope: Scope) -> tuple[Property, str] | None:
    """Return the first property a target could be written to, for devices that report no common target."""
    for path in row.paths:
        resource, _, _name = path.rpartition(".")
        for name, _conditions_of_name in row.choices:
            if found := _choose((f"{resource}.{name}",), scope, claimed=True):
                return found
    return None


def _candidates(
    choices: tuple[Choice, ...], prop: Property, letter: str, scope: Scope
) -> list[tuple[Choice, Property]]:
    """Return the properties beside `prop` that can be written, in the order of the choices."""
    found = []
    for choice in choices:
        path = f"{prop.resource}.{choice[0]}"
        candidate = scope.property(path + letter) or scope.property(path)
        if candidate and candidate.writable and _is_temperature(candidate):
            found.append((choice, candidate))
    return found


def _active(candidates: list[tuple[Choice, Property]], reader: Reader) -> Property | None:
    """Return the property the present mode asks for."""
    for (_, conditions), prop in candidates:
        if all(reader.get(path) in words for path, words in conditions):
            return prop
    return None


def _conditions(choices: tuple[Choice, ...]) -> frozenset[str]:
    return frozenset(path for _, conditions in choices for path, _ in conditions)


def _span(domains: list[Domain]) -> Domain:
    """Return a range that holds all ranges."""
    lows = [domain.minimum for domain in domains if domain.minimum is not None]
    highs = [domain.maximum for domain in domains if domain.maximum is not None]
    steps = [domain.step for domain in domains if domain.step is not None]
    excluded = set(domains[0].excluded).intersection(*(domain.excluded for domain in domains))
    return Domain(
        minimum=min(lows, default=None),
        maximum=max(highs, default=None),
        step=min(steps, default=None),
        excluded=tuple(sorted(excluded)),
    )


def _check(prop: Property, value: float, letter: str) -> None:
    """Raise OutOfRangeError for what the present mode does not allow although another would."""
    low, high = prop.write.minimum, prop.write.maximum
    if (low is not None and value < low - _TOLERANCE) or (high is not None and value > high + _TOLERANCE):
        raise OutOfRangeError(
            f"{prop.path}={value}",
            minimum=float(low) if low is not None else "",
            maximum=float(high) if high is not None else "",
            unit=UNIT_OF_LETTER[letter],
        )
