"""From descriptions to entities: rows say which attributes make which entity.

The first row that claims an attribute has it.

A row that shares leaves its attributes to later rows. What no row claims becomes a generic entity (diagnostic, off by
default), so nothing of a vendor's profile is lost.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from homeassistant.const import Platform
from homeassistant.helpers.entity import EntityDescription

from .model.device import Attribute, Device, Part
from .model.vocabulary import DeviceType

if TYPE_CHECKING:
    from .entity import DongjuEntity


_MOST_PLANS: Final = 256


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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    """A row that fits a part, whichever device has it. `name` ends the unique id."""

    row: EntityRow
    description: EntityDescription
    part: Part
    attributes: tuple[str, ...]
    name: str


class Planner:
    """Finds the entities of devices; of devices that are described alike only once."""

    def __init__(self, rows: Sequence[EntityRow]) -> None:
        """Use the rows of a table."""
        self._rows = rows
        # By the identity of the described parts, which are kept so that it stays theirs.
        self._plans: dict[tuple[DeviceType, int], tuple[Mapping[str, Part], tuple[_Planned, ...]]] = {}

    def discover(self, device: Device) -> Iterator[Discovered]:
        """Yield the entities of a device, part by part, in the order of the rows."""
        for planned in self._plan(device.type, device.parts):
            yield Discovered(
                row=planned.row,
                description=planned.description,
                device=device,
                part=planned.part,
                attributes=planned.attributes,
                unique_id=f"{device.id}-{planned.name}",
            )

    def _plan(self, kind: DeviceType, parts: Mapping[str, Part]) -> tuple[_Planned, ...]:
        key = (kind, id(parts))
        if (known := self._plans.get(key)) is None:
            if len(self._plans) >= _MOST_PLANS:
                del self._plans[next(iter(self._plans))]
            known = self._plans[key] = (parts, tuple(_plan(kind, parts, self._rows)))
        return known[1]


def discover(device: Device, rows: Sequence[EntityRow]) -> Iterator[Discovered]:
    """Yield the entities of a single device."""
    return Planner(rows).discover(device)


def _plan(kind: DeviceType, parts: Mapping[str, Part], rows: Sequence[EntityRow]) -> Iterator[_Planned]:
    for part in parts.values():
        free = dict(part.attributes)
        for row in rows:
            # Most rows are about an attribute that this part does not have; asked here, they cost no call.
            if row.attribute is None or row.attribute in free:
                yield from _match(row, kind, part, free)


def _match(row: EntityRow, kind: DeviceType, part: Part, free: dict[str, Attribute]) -> Iterator[_Planned]:
    """Yield what one row makes of a part's attributes that are still free."""
    if row.types is not None and part.type not in row.types and kind not in row.types:
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
        yield _Planned(
            row=row,
            description=description,
            part=part,
            attributes=(*claimed, *(key for key in row.uses if key in part.attributes and key not in claimed)),
            name=f"{part.id}-{description.key}" if part.id else description.key,
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
