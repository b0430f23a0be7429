"""From descriptions to entities: rows say which attributes make which entity.

The first row that claims an attribute has it.

A row that shares leaves its attributes to later rows. What no row claims becomes a generic entity (diagnostic, off by
default), so nothing of a vendor's profile is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from homeassistant.const import Platform
from homeassistant.helpers.entity import EntityDescription

from .model.device import Attribute, Device, Part
from .model.vocabulary import DeviceType

if TYPE_CHECKING:
    from .entity import DongjuEntity


def _always(_attribute: Attribute) -> bool:
    return True


def _any_part(_part: Part) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityRow:
    """One entity that a part can have.

    `attribute` must exist (and satisfy `where`), as must all of `requires`; `also` are claimed when they exist and
    satisfy `also_where`; `uses` are listened to when they exist, and left to other rows. `types` limits the row to
    parts, or to devices, of these types. `build` makes the description from the attribute (for generic rows).
    """

    platform: Platform
    entity_class: type[DongjuEntity]
    attribute: str | None
    description: EntityDescription | None = None
    build: Callable[[Attribute], EntityDescription] | None = None
    requires: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    also_where: Callable[[Attribute], bool] = _always
    uses: tuple[str, ...] = ()
    types: frozenset[DeviceType] | None = None
    where: Callable[[Attribute], bool] = _always
    part_where: Callable[[Part], bool] = _any_part
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovered:
    """A row that fits, with the attributes it has there. `unique_id` is unique per platform over all entries."""

    row: EntityRow
    description: EntityDescription
    device: Device
    part: Part
    attributes: tuple[str, ...]
    unique_id: str = field(default="")


def discover(device: Device, rows: Sequence[EntityRow]) -> Iterator[Discovered]:
    """Yield the entities of a device, part by part, in the order of the rows."""
    for part in device.parts.values():
        free = dict(part.attributes)
        for row in rows:
            yield from _match(row, device, part, free)


def _match(row: EntityRow, device: Device, part: Part, free: dict[str, Attribute]) -> Iterator[Discovered]:
    """Yield what one row makes of a part's attributes that are still free."""
    if row.types is not None and part.type not in row.types and device.type not in row.types:
        return
    if not row.part_where(part):
        return
    for attribute in _candidates(row, free):
        if not row.where(attribute) or any(key not in free for key in row.requires):
            continue
        also = (key for key in row.also if key in free and row.also_where(free[key]))
        claimed = (attribute.key, *row.requires, *also)
        description = row.build(attribute) if row.build else row.description
        if description is None:
            msg = f"Row of {row.platform} has neither description nor build"
            raise ValueError(msg)
        yield Discovered(
            row=row,
            description=description,
            device=device,
            part=part,
            attributes=(*claimed, *(key for key in row.uses if key in part.attributes and key not in claimed)),
            unique_id=f"{device.id}-{part.id}-{description.key}" if part.id else f"{device.id}-{description.key}",
        )
        if not row.shared:
            for key in claimed:
                free.pop(key, None)


def _candidates(row: EntityRow, free: dict[str, Attribute]) -> Iterable[Attribute]:
    """Return the attributes a row may start from: its own, or for a generic row every free one."""
    if row.attribute is None:
        return tuple(free.values())
    attribute = free.get(row.attribute)
    return () if attribute is None else (attribute,)
