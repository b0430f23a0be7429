"""Description of a virtual home: its rooms and one raw section per mock cloud."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import yaml

DEMO_HOME: Final = Path(__file__).parent / "homes" / "demo"


class HomeError(ValueError):
    """A home description cannot be read; the message says where and why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A room with its names as people of the house say them."""

    id: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, kw_only=True, slots=True)
class HomeSpec:
    """A whole virtual home as written down; each cloud reads its own section."""

    rooms: tuple[Room, ...] = ()
    thinq: list[dict[str, Any]] = field(default_factory=list)
    genie: dict[str, Any] = field(default_factory=dict)
    uplus: list[dict[str, Any]] = field(default_factory=list)
    # Captured ThinQ appliances: folders with device.json, profile.json and status.json.
    thinq_folders: tuple[Path, ...] = ()

    def room(self, room_id: str) -> Room | None:
        """Return a room by its id."""
        return next((room for room in self.rooms if room.id == room_id), None)


def load_home(path: Path | None = None) -> HomeSpec:
    """Read a home from a YAML file, or from a folder of YAML files with one section each.

    Without a path the Demo home is read. Top-level sections are `rooms` (list of
    `{id, ko, en}`), `thinq` (list), `genie` (mapping) and `uplus` (list); a home
    without rooms of its own gets the rooms of the Demo home. Raise HomeError when it
    cannot be read. Reads files: call it off the event loop.
    """
    source = path or DEMO_HOME
    document = _read_sections(source)
    unknown = sorted(set(document) - set(_SECTION_KINDS))
    if unknown:
        raise HomeError(f"{source}: unknown section {', '.join(unknown)}")
    for name, kind in _SECTION_KINDS.items():
        if not isinstance(document.get(name, kind()), kind):
            raise HomeError(f"{source}: section {name} must be a {kind.__name__}")
    if "rooms" not in document and source != DEMO_HOME:
        document["rooms"] = _read_file(DEMO_HOME / "rooms.yaml").get("rooms", [])
    return HomeSpec(
        rooms=tuple(_parse_room(source, raw) for raw in document.get("rooms", [])),
        **{name: document[name] for name in _SECTION_KINDS if name != "rooms" and name in document},
    )


_SECTION_KINDS: Final[Mapping[str, type[list[Any] | dict[str, Any]]]] = {
    "rooms": list,
    "thinq": list,
    "genie": dict,
    "uplus": list,
}


def _read_sections(source: Path) -> dict[str, Any]:
    """Merge the files of a folder; a section stands in one file only."""
    if not source.is_dir():
        return _read_file(source)
    merged: dict[str, Any] = {}
    for file in sorted(source.glob("*.yaml")):
        for name, section in _read_file(file).items():
            if name in merged:
                raise HomeError(f"{file}: section {name} stands in another file already")
            merged[name] = section
    return merged


def _read_file(file: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as err:
        raise HomeError(f"{file}: {err}") from err
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise HomeError(f"{file}: a home is a mapping of sections")
    return {name: section for name, section in document.items() if section is not None}


def _parse_room(source: Path, raw: object) -> Room:
    if not isinstance(raw, dict) or not isinstance(raw.get("id"), str):
        raise HomeError(f"{source}: a room needs an id: {raw!r}")
    room_id = raw["id"]
    english = str(raw.get("en", room_id.replace("_", " ").capitalize()))
    return Room(id=room_id, name_ko=str(raw.get("ko", english)), name_en=english)
