"""The home's own names as entries of the tagger."""

from collections.abc import Callable, Mapping
from typing import Final

from .hangul import final_of, is_syllable
from .home import HomeIndex
from .tokens import Entry, Tag

# Words for any door: they name the lock only where no other door is meant.
_ANY_DOOR: Final = frozenset({"문", "door"})


def home_entries(
    home: HomeIndex, kinds: Mapping[str, str], is_topic: Callable[[str], bool]
) -> dict[str, tuple[Entry, ...]]:
    """Return every name of a home with what it means.

    A device whose name is just the word for its kind ("에어컨") is left to the kind, so that rooms can
    narrow it; a name that is also a room's ("현관" for its door) is left to the room, one that is a topic ("음악") to
    the topic.
    """
    entries: dict[str, list[Entry]] = {}

    def add(word: str, entry: Entry) -> None:
        known = entries.setdefault(word, [])
        if entry not in known:
            known.append(entry)

    areas = {_key(name): area.id for area in home.areas for name in area.names}
    for word, area in areas.items():
        add(word, Entry(Tag.AREA, area))
    named: dict[str, list[int]] = {}
    for index, device in enumerate(home.devices):
        for name in device.names:
            key = _key(name)
            if (
                not key
                or key in areas
                or kinds.get(key.replace(" ", "")) == device.kind
                or kinds.get(key) == device.kind
                or (device.kind == "door_lock" and kinds.get(key) == "door" and key in _ANY_DOOR)
                or is_topic(key)
            ):
                continue
            named.setdefault(key, []).append(index)
    for word, indexes in named.items():
        add(word, Entry(Tag.DEVICE, tuple(indexes)))
    for word, called in _vocatives(home, kinds).items():
        add(word, Entry(Tag.DEVICE, tuple(called)))
    for scene in home.scenes:
        for name in scene.names:
            add(_key(name), Entry(Tag.SCENE, scene.id))
    return {word: tuple(found) for word, found in entries.items()}


def _vocatives(home: HomeIndex, kinds: Mapping[str, str]) -> dict[str, list[int]]:
    """Return what people call a device by a nickname ("뽀송아", "먼지야"); words for a kind are nobody's nickname."""
    found: dict[str, list[int]] = {}
    for index, device in enumerate(home.devices):
        for name in device.names:
            key = _key(name)
            if not key or " " in key or key in kinds or not is_syllable(key[-1]):
                continue
            base = key.removesuffix("이") if len(key) > 2 and final_of(key[-2]) else key
            found.setdefault(base + ("아" if final_of(base) else "야"), []).append(index)
    return found


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
