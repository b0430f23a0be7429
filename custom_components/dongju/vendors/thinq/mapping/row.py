"""What a row of the tables is, and what it is bound to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ....model.device import Attribute, Value
from ....model.vocabulary import Attr, DeviceType, Kind, Unit
from ..profile import Profile, Property
from ..state import RawState, WireKey

type Choice = tuple[str, tuple[tuple[str, frozenset[str]], ...]]
"""A property's name, and which words which paths must report for it to be the one to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One property to write, with the value as LG spells it; `unit` goes along where a temperature names its own."""

    property: Property
    value: Any
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Looks up raw values of one part; what a command has just `assumed` goes before what was reported."""

    part: str
    state: Mapping[WireKey, Any]
    assumed: Mapping[WireKey, Any] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, path: str) -> Any:
        """Return the raw value of a path of this part, or None."""
        key = (self.part, path)
        return self.assumed[key] if key in self.assumed else self.state.get(key)

    def first(self, *paths: str) -> Any:
        """Return the first raw value there is."""
        return next((value for path in paths if (value := self.get(path)) is not None), None)


type Decode = Callable[[Reader], Value]
type Encode = Callable[[Value, Reader], tuple[Write, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """An attribute of a part, tied to the properties it is made from.

    `paths` are those whose reports can change it; `claims` those it stands for. `words` are the raw words it knows,
    None where it takes any value.
    """

    attribute: Attribute
    paths: frozenset[str]
    claims: frozenset[str]
    decode: Decode
    encode: Encode | None = None
    words: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a row can be bound to: the properties of one part that are still free, and how temperatures are wanted.

    `strays` are words that a device reported although its profile does not have them.
    """

    device_type: DeviceType
    part_type: DeviceType
    part: str
    profile: Profile
    free: Mapping[str, Property]
    state: RawState
    fahrenheit: bool
    strays: Mapping[WireKey, tuple[str, ...]]

    def present(self, paths: tuple[str, ...]) -> list[Property]:
        """Return the free properties among paths, in their order."""
        return [self.free[path] for path in paths if path in self.free]

    def property(self, path: str) -> Property | None:
        """Return a property of this part, whoever claimed it."""
        return self.profile.properties.get(self.part, {}).get(path)

    def reported(self, path: str) -> Any:
        """Return the raw value this part reported last, or None."""
        return self.state.get((self.part, path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table.

    `paths` are the wire paths, the preferred first (what each position means is the codec's affair). `types` limits the
    row to parts, or devices, of these types, `kinds` to what the profile makes of it. `words` translates where LG's
    word in lower case is not the canonical one. `flag` is the path of a timer's SET/UNSET, `longest` what a timer
    without a range takes, in minutes. `choices` say which property is written.
    """

    attr: Attr
    paths: tuple[str, ...]
    bind: Callable[[Row, Scope], Binding | None]
    unit: Unit | None = None
    types: frozenset[DeviceType] | None = None
    kinds: frozenset[Kind] | None = None
    words: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    flag: str | None = None
    longest: float = 1440.0
    choices: tuple[Choice, ...] = ()

    def fits(self, scope: Scope) -> bool:
        """Tell whether the row is meant for a part at all."""
        return self.types is None or scope.part_type in self.types or scope.device_type in self.types
