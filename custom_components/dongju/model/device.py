"""Descriptions: what a device, its parts and their attributes are and allow. Values live in the store."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from types import MappingProxyType
from typing import Final

from .vocabulary import DeviceType, Kind, Unit, Vendor

type Value = bool | int | float | str | datetime | time | tuple[str, ...] | None
type Key = tuple[str, str, str]
"""Device id, part id, attribute key."""

MAIN: Final = ""
"""The id of the part that is the device itself."""

AVAILABLE: Final = "available"
"""The pseudo attribute of the main part under which a device's availability is announced."""

DESCRIPTION: Final = "description"
"""The pseudo attribute of the main part under which a changed description is announced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute of a part.

    `key` is an `Attr` value, or for a property no row knows (`known` False) its vendor path in snake case.
    `minimum`, `maximum`, `step`, `excluded` bound what may be written (what is read when it is read only), in `unit`.
    `options` are the readable members, `write_options` the writable ones (both canonical, lower case).
    `sources` are the vendor's wire paths it is made from. `name` is what a person called it (a scene).
    """

    key: str
    kind: Kind
    readable: bool = True
    writable: bool = False
    unit: Unit | None = None
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    excluded: tuple[float, ...] = ()
    options: tuple[str, ...] = ()
    write_options: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    known: bool = True
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a device: the device itself (`MAIN`), a washtower's washer, a refrigerator's freezer.

    `name_key` is the translation key of the part's name (None for the main part); `name` is the name a person gave
    it, if any.
    """

    id: str = MAIN
    type: DeviceType
    attributes: Mapping[str, Attribute]
    name_key: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """One device of an account.

    `id` is `<vendor>_<vendor's id>`: unique over all vendors. `room` is the vendor's name for the room, if it has one.
    """

    id: str
    vendor: Vendor
    vendor_id: str
    type: DeviceType
    name: str
    manufacturer: str
    model: str | None = None
    serial_number: str | None = None
    sw_version: str | None = None
    room: str | None = None
    parts: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))

    def attribute(self, part: str, key: str) -> Attribute | None:
        """Return an attribute, or None where this device does not have it."""
        found = self.parts.get(part)
        return found.attributes.get(key) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that happened once: `type` is one of the attribute's options, `data` what is known of it."""

    type: str
    data: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
