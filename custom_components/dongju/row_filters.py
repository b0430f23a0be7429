"""What rows of several platforms ask of an attribute, and how a generic entity is named."""

from collections.abc import Callable
import re
from typing import Final

from .model.device import Attribute, Part
from .model.vocabulary import Kind

type Where = Callable[[Attribute], bool]

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS: Final = re.compile(r"[^0-9A-Za-z]+")


def readable(*kinds: Kind) -> Where:
    """Accept attributes of these kinds that have a value to show."""
    return lambda attribute: attribute.readable and attribute.kind in kinds


def read_only(*kinds: Kind) -> Where:
    """Accept attributes of these kinds that can be read and not written."""
    return lambda attribute: attribute.readable and not attribute.writable and attribute.kind in kinds


def writable(*kinds: Kind) -> Where:
    """Accept attributes of these kinds that can be written."""
    return lambda attribute: attribute.writable and attribute.kind in kinds


def of_kind(*kinds: Kind) -> Where:
    """Accept attributes of these kinds."""
    return lambda attribute: attribute.kind in kinds


def is_writable(attribute: Attribute) -> bool:
    """Accept attributes that can be written."""
    return attribute.writable


def part_writes(key: str | None) -> Callable[[Part], bool]:
    """Accept parts that can write an attribute; any part where none is named."""
    return lambda part: key is None or (key in part.attributes and part.attributes[key].writable)


def choosable(attribute: Attribute) -> bool:
    """Accept what is set by choosing one of several words."""
    return attribute.writable and attribute.kind in {Kind.ENUM, Kind.COMMAND} and bool(options_to_write(attribute))


def fully_choosable(attribute: Attribute) -> bool:
    """Accept what can be set to everything it can be: the choice itself then shows every state."""
    return choosable(attribute) and set(attribute.options) <= set(options_to_write(attribute))


def options_to_write(attribute: Attribute) -> tuple[str, ...]:
    """Return the words that may be written; a description that names none allows what it reads."""
    return attribute.write_options or attribute.options


def readable_name(key: str) -> str:
    """Make a name of a vendor's property path ("air_flow.windStrength" -> "Air flow wind strength")."""
    words = _SEPARATORS.sub(" ", _CAMEL.sub(" ", key)).strip().lower()
    return words[:1].upper() + words[1:] if words else key
