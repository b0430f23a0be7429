"""The home as voice sees it: areas, devices and scenes with every name people use for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeArea:
    """A room: its id and all its names in any language."""

    id: str
    names: tuple[str, ...]
    floor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeDevice:
    """A device: `kind` from the vocabulary of `understand`, `range` its lowest and highest value in `unit` (C, % ...).

    `name` tells apart devices of one kind in one area and goes into frames.
    """

    id: str
    kind: str
    area: str | None
    names: tuple[str, ...]
    name: str | None = None
    range: tuple[float, float] | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeScene:
    """A scene or mode of the home; known ids (away, home, sleep, movie ...) bring their usual words along."""

    id: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HomeIndex:
    """A home prepared for understanding; immutable, so build a new one when the home changes.

    `channels` maps canonical channel names of this home's television to further spoken names.
    """

    areas: tuple[HomeArea, ...]
    devices: tuple[HomeDevice, ...]
    scenes: tuple[HomeScene, ...] = ()
    channels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Read a home description: {"areas": [...], "devices": [...], "scenes": [...], "channels": {...}?}."""
        return cls(
            areas=tuple(
                HomeArea(id=row["id"], names=tuple(row["names"]), floor=row.get("floor"))
                for row in data.get("areas", ())
            ),
            devices=tuple(_device(row, index) for index, row in enumerate(data.get("devices", ()))),
            scenes=tuple(_scene(row) for row in data.get("scenes", ())),
            channels={name: tuple(words) for name, words in data.get("channels", {}).items()},
        )

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[HomeDevice, ...]]:
        """Return the devices of each kind."""
        kinds: dict[str, list[HomeDevice]] = {}
        for device in self.devices:
            kinds.setdefault(device.kind, []).append(device)
        return {kind: tuple(devices) for kind, devices in kinds.items()}

    def of_kind(self, kind: str) -> tuple[HomeDevice, ...]:
        """Return the devices of a kind."""
        return self.by_kind.get(kind, ())

    def in_area(self, devices: Iterable[HomeDevice], area: str | None) -> tuple[HomeDevice, ...]:
        """Return those of `devices` that stand in an area."""
        return tuple(device for device in devices if device.area == area)


_RANGE_LENGTH: Final = 2


def _device(row: Mapping[str, Any], index: int) -> HomeDevice:
    """Read one device of a home description."""
    limits = row.get("range")
    kind = row.get("device") or row["kind"]
    return HomeDevice(
        id=str(row.get("id", f"{kind}.{index}")),
        kind=kind,
        area=row.get("area"),
        names=tuple(row.get("names", ())),
        name=row.get("name"),
        range=(float(limits[0]), float(limits[1])) if limits and len(limits) >= _RANGE_LENGTH else None,
        unit=str(limits[2]) if limits and len(limits) > _RANGE_LENGTH else str(row.get("unit", "")),
    )


def _scene(row: str | Mapping[str, Any]) -> HomeScene:
    """Read one scene of a home description: an id, or an id with names."""
    return HomeScene(id=row) if isinstance(row, str) else HomeScene(id=row["id"], names=tuple(row.get("names", ())))
