"""Codecs of single properties: switches, words, numbers, lists, constants."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ....model.device import Attribute, Value
from ....model.errors import UnknownOptionError
from ....model.vocabulary import Kind, Unit
from ..profile import Domain, Property, PropertyType
from .row import Binding, Reader, Row, Scope, Write

_PAIRS: Final = (
    ("ON", "OFF"),
    ("OPEN", "CLOSE"),
    ("OPEN", "CLOSED"),
    ("ALARM", "NORMAL"),
    ("LOCK", "UNLOCK"),
    ("ACTIVATE", "DEACTIVATE"),
    ("ENABLE", "DISABLE"),
    ("TRUE", "FALSE"),
)
"""Words that mean yes and no, alone or after a common beginning (POWER_ON, WARM_OFF)."""

_NO_WORDS: Final[Mapping[str, str]] = {}
_LONGEST_TEXT: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class _Codec:
    """How one property's values read and write."""

    kind: Kind
    decode: Callable[[Any], Value]
    encode: Callable[[Value], Any]
    options: tuple[str, ...] = ()
    write_options: tuple[str, ...] = ()
    domain: Domain = field(default_factory=Domain)
    words: frozenset[str] | None = None


def plain(row: Row, scope: Scope) -> Binding | None:
    """Bind the first of the row's paths; the others stand by for when it is not reported."""
    found = scope.present(row.paths)
    return bind_property(row.attr, found, scope, row) if found else None


def power(row: Row, scope: Scope) -> Binding | None:
    """Bind the first property whose words are a switch, and only such a one."""
    for prop in scope.present(row.paths):
        if prop.type is PropertyType.BOOLEAN or switch_words(_all_options(prop)):
            return bind_property(row.attr, [prop], scope, row)
    return None


def writable_power(row: Row, scope: Scope) -> Binding | None:
    """Bind as `power` what can be written; what only reports POWER_ON is a state of running."""
    found = scope.present(row.paths)
    return power(row, scope) if found and found[0].writable else None


def words(row: Row, scope: Scope) -> Binding | None:
    """Bind as `plain`, but words stay words, even where they could be a switch."""
    found = scope.present(row.paths)
    return bind_property(row.attr, found, scope, row, as_words=True) if found else None


def read_only(row: Row, scope: Scope) -> Binding | None:
    """Bind as `plain`, but never write."""
    binding = plain(row, scope)
    if binding is None:
        return None
    return replace(binding, attribute=replace(binding.attribute, writable=False, write_options=()), encode=None)


def generic(prop: Property, scope: Scope, key: str) -> Binding:
    """Bind a property that no row knows."""
    return bind_property(key, [prop], scope, None)


def bind_property(key: str, found: list[Property], scope: Scope, row: Row | None, *, as_words: bool = False) -> Binding:
    """Bind properties that mean the same, by the type of the first."""
    prop = found[0]
    strays = tuple(word for each in found for word in scope.strays.get((scope.part, each.path), ()))
    codec = _codec(prop, row.words if row else _NO_WORDS, strays, as_words=as_words)
    # Once, not for each report: a path is put together anew whenever it is asked for.
    ordered = tuple(each.path for each in found)
    paths = frozenset(ordered)

    def decode(reader: Reader) -> Value:
        raw = reader.first(*ordered)
        return codec.decode(raw if raw is not None else prop.constant)

    def encode(value: Value, _reader: Reader) -> tuple[Write, ...]:
        return (Write(property=prop, value=codec.encode(value)),)

    return Binding(
        attribute=Attribute(
            key=str(key),
            kind=codec.kind,
            readable=prop.readable,
            writable=prop.writable,
            unit=row.unit if row and codec.kind is Kind.NUMBER else None,
            minimum=codec.domain.minimum,
            maximum=codec.domain.maximum,
            step=codec.domain.step,
            excluded=codec.domain.excluded,
            options=codec.options,
            write_options=codec.write_options,
            sources=tuple(each.source for each in found),
            known=row is not None,
        ),
        paths=paths,
        claims=paths,
        decode=decode,
        encode=encode if prop.writable else None,
        words=codec.words,
    )


def switch_words(options: Iterable[Any]) -> tuple[str, str] | None:
    """Return the words for on and off when the options are a switch, else None."""
    words = {option for option in options if isinstance(option, str)}
    if len(words) != 2:
        return None
    for one in words:
        (other,) = words - {one}
        for yes, no in _PAIRS:
            if one.upper().endswith(yes) and other.upper() == one.upper().removesuffix(yes) + no:
                return one, other
    return None


def canonical_words(options: Iterable[Any], special: Mapping[str, str]) -> dict[str, str]:
    """Return raw word -> canonical word; a translation that is already taken by another word is not used."""
    words: dict[str, str] = {}
    for option in options:
        raw = str(option)
        if raw in words:
            continue
        word = special.get(raw, raw.lower())
        words[raw] = raw.lower() if word in words.values() else word
    return words


def number(raw: Any) -> float | int | None:
    """Return a number, also one that came as text; None for everything else."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, str):
        try:
            raw = float(raw)
        except ValueError:
            return None
    if not isinstance(raw, int | float) or raw != raw or raw in {float("inf"), float("-inf")}:  # noqa: PLR0124 - not a number
        return None
    return int(raw) if float(raw).is_integer() else float(raw)


def wire_number(value: Value) -> float | int:
    """Return a number as LG wants it: whole ones without a decimal point."""
    found = number(value)
    if found is None:
        raise UnknownOptionError("not a number", value=str(value))
    return found


def _codec(prop: Property, special: Mapping[str, str], strays: tuple[str, ...], *, as_words: bool) -> _Codec:
    """Return the codec of a property's type; words that are a switch read as one."""
    options = _all_options(prop)
    match prop.type:
        case PropertyType.BOOLEAN:
            codec = _Codec(kind=Kind.BOOLEAN, decode=_to_bool, encode=bool)
        case PropertyType.NUMBER | PropertyType.RANGE:
            codec = _number_codec(prop)
        case PropertyType.CONSTANT:
            codec = _constant_codec(prop, special)
        case PropertyType.STRING if not options:
            codec = _Codec(kind=Kind.TEXT, decode=_to_text, encode=str)
        case PropertyType.LIST:
            codec = _word_codec(prop, special, strays, many=True)
        case _ if prop.readable and not as_words and (pair := switch_words(options)):
            codec = _switch_codec(pair)
        case _:
            codec = _word_codec(prop, special, strays, many=False)
    return codec


def _number_codec(prop: Property) -> _Codec:
    domain = prop.write if prop.writable else prop.read
    if prop.writable and prop.type is PropertyType.RANGE and domain.step is None and domain.minimum is not None:
        domain = replace(domain, step=1.0)
    return _Codec(kind=Kind.NUMBER, decode=number, encode=wire_number, domain=domain)


def _constant_codec(prop: Property, special: Mapping[str, str]) -> _Codec:
    if isinstance(prop.constant, bool):
        return _Codec(kind=Kind.BOOLEAN, decode=_to_bool, encode=bool)
    if isinstance(prop.constant, int | float):
        return _Codec(kind=Kind.NUMBER, decode=number, encode=wire_number)
    return _word_codec(prop, special, (), many=False)


def _switch_codec(pair: tuple[str, str]) -> _Codec:
    on, off = pair

    def decode(raw: Any) -> Value:
        if isinstance(raw, bool):
            return raw
        return {on: True, off: False}.get(raw) if isinstance(raw, str) else None

    return _Codec(kind=Kind.BOOLEAN, decode=decode, encode=lambda value: on if value else off, words=frozenset(pair))


def _word_codec(prop: Property, special: Mapping[str, str], strays: tuple[str, ...], *, many: bool) -> _Codec:
    """Return the codec of words; a property that can only be written is a command."""
    read = prop.read.options if prop.readable else ()
    words = canonical_words((*read, *strays, *(prop.write.options if prop.writable else ())), special)
    raw_words = {word: raw for raw, word in words.items()}
    raw_values = {str(option): option for option in prop.write.options}

    def decode(raw: Any) -> Value:
        items = raw if isinstance(raw, list) else [] if raw is None else [raw]
        known = tuple(words[str(item)] for item in items if str(item) in words)
        if many:
            return known if raw is not None else None
        return known[0] if known else None

    def encode(value: Value) -> Any:
        values = value if isinstance(value, tuple) else (value,)
        raw = [raw_values.get(word, word) for item in values if (word := raw_words.get(str(item))) is not None]
        if len(raw) != len(values):
            raise UnknownOptionError(prop.path, value=str(value))
        return raw if many else raw[0]

    kind = Kind.LIST if many else Kind.ENUM if prop.readable else Kind.COMMAND
    return _Codec(
        kind=kind,
        decode=decode,
        encode=encode,
        options=tuple(words[str(option)] for option in dict.fromkeys((*map(str, read), *strays))),
        write_options=tuple(dict.fromkeys(words[str(option)] for option in prop.write.options))
        if prop.writable
        else (),
        words=frozenset(words),
    )


def _all_options(prop: Property) -> tuple[Any, ...]:
    """Return what is read or written, whichever there is."""
    read = prop.read.options if prop.readable else ()
    write = prop.write.options if prop.writable else ()
    return tuple(dict.fromkeys((*read, *write)))


def _to_bool(raw: Any) -> Value:
    if isinstance(raw, bool):
        return raw
    return {"true": True, "on": True, "false": False, "off": False}.get(raw.lower()) if isinstance(raw, str) else None


def _to_text(raw: Any) -> Value:
    return str(raw)[:_LONGEST_TEXT] if isinstance(raw, str | int | float) else None


UNIT_OF_LETTER: Final = {"C": Unit.CELSIUS, "F": Unit.FAHRENHEIT}
