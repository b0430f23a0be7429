"""Which devices a clause speaks of: mentions, rooms, and what may be left unsaid."""

from dataclasses import dataclass
from typing import Final

from .frames import Question, RefusedError
from .home import HomeDevice, HomeIndex
from .tokens import Tag, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """One mention resolved: the devices meant and the room that goes into the frame ("all" for the whole home)."""

    kind: str
    devices: tuple[HomeDevice, ...]
    area: str | None = None
    exact: bool = False  # called by its own name

    @property
    def name(self) -> str | None:
        """Return the device's own name when exactly one is meant."""
        return self.devices[0].name if len(self.devices) == 1 else None

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the ids of the devices meant."""
        return tuple(device.id for device in self.devices)


@dataclass(slots=True)
class Mention:
    """A device word with the rooms said before or after it."""

    token: Token
    areas: list[str]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What narrows a mention: "all", "here", the microphone's room, the room of the clause before, earlier mentions."""

    everything: bool = False
    here: bool = False
    heard_in: str | None = None
    carried: str | None = None
    spoken: tuple[Entity, ...] = ()


_ROOM_WORDS: Final = frozenset({Tag.AREA})
# Kinds of which people own many, so that a room must be known.
_MANY: Final = frozenset({"light"})
# What hangs in a window is called by either name.
_ALIKE: Final = {"curtain": "blind", "blind": "curtain"}


def mentions(tokens: list[Token]) -> tuple[list[Mention], list[str]]:
    """Return the mentions of a clause in order, each with its rooms, and the rooms that belong to none."""
    found: list[Mention] = []
    pending: list[str] = []
    for token in tokens:
        if token.tag is Tag.AREA:
            pending.append(token.word)
        elif token.tag in {Tag.DEVICE, Tag.KIND}:
            found.append(Mention(token, pending))
            pending = []
    if pending and found and not found[-1].areas:
        found[-1].areas, pending = pending, []
    return found, pending


def kind_of(token: Token, home: HomeIndex) -> str:
    """Return the kind a DEVICE or KIND token speaks of."""
    return home.devices[token.value[0]].kind if isinstance(token.value, tuple) else token.word


def resolve(mention: Mention, home: HomeIndex, around: Surroundings) -> list[Entity]:
    """Return the entities of a mention: one for each room said.

    Raises RefusedError when the home has no such device there, or when the room must be asked for.
    """
    token = mention.token
    kind = kind_of(token, home)
    exact = isinstance(token.value, tuple)
    devices = (
        tuple(home.devices[index] for index in token.value) if isinstance(token.value, tuple) else home.of_kind(kind)
    )
    if mention.areas and not exact and len(kinds := {_kind_there(kind, area, home) for area in mention.areas}) == 1:
        kind = kinds.pop()
        devices = home.of_kind(kind)
    elif not mention.areas and not exact:
        kind = _kind_there(kind, around.carried, home)
        kind = kind if home.of_kind(kind) else _ALIKE.get(kind, kind)
        devices = home.of_kind(kind)
    if not devices:
        raise RefusedError("unknown_device", device=kind)
    if kind == "robot_cleaner":
        all_of_home, devices = devices, _called(token, devices)
        own = (
            devices[0].area if len(devices) == 1 < len(home.of_kind(kind)) and (exact or len(all_of_home) > 1) else None
        )
        return [Entity(kind=kind, devices=devices, area=area, exact=exact) for area in (*mention.areas,) or (own,)]
    if (
        mention.areas
        and exact
        and not any(home.in_area(devices, area) for area in mention.areas)
        and names_its_room(token, devices, home)
    ):
        others = [_in_room(kind, home.of_kind(kind), area, home, exact=False) for area in mention.areas]
        return [*others, Entity(kind=kind, devices=devices, area=devices[0].area, exact=True)]
    if mention.areas:
        return [_in_room(kind, devices, area, home, exact=exact) for area in mention.areas]
    if around.everything and not (exact and len(devices) == 1):
        return [Entity(kind=kind, devices=devices, area="all", exact=exact)]
    return [_unsaid_room(kind, devices, token, home, around, exact=exact)]


def _kind_there(kind: str, area: str | None, home: HomeIndex) -> str:
    """Return the kind of a room's own thing that people call by this name: a blind is a curtain where there is none."""
    alike = _ALIKE.get(kind, kind)
    return alike if not home.in_area(home.of_kind(kind), area) and home.in_area(home.of_kind(alike), area) else kind


def names_its_room(token: Token, devices: tuple[HomeDevice, ...], home: HomeIndex) -> bool:
    """Tell whether a device was called by a name with its own room in it, so that rooms before it are further rooms."""
    rooms = [
        name.casefold().replace(" ", "") for area in home.areas if area.id == devices[0].area for name in area.names
    ]
    return token.text.replace(" ", "").startswith(tuple(rooms))


def _in_room(kind: str, devices: tuple[HomeDevice, ...], area: str, home: HomeIndex, *, exact: bool) -> Entity:
    there = home.in_area(devices, area)
    if not there:
        raise RefusedError("unknown_device", device=kind)
    return Entity(kind=kind, devices=there, area=area, exact=exact)


def _called(token: Token, devices: tuple[HomeDevice, ...]) -> tuple[HomeDevice, ...]:
    """Return the one device whose own name is the word for its kind, else all."""
    called = tuple(
        device for device in devices if token.text in {name.casefold().replace(" ", "") for name in device.names}
    )
    return called if len(called) == 1 else devices


def _unsaid_room(
    kind: str, devices: tuple[HomeDevice, ...], token: Token, home: HomeIndex, around: Surroundings, *, exact: bool
) -> Entity:
    """Choose among devices when no room was said for them."""
    if len(devices) > 1:
        for area in (around.carried, around.heard_in):
            if area and (there := home.in_area(devices, area)):
                return Entity(kind=kind, devices=there, area=area, exact=exact)
    if around.here and not around.heard_in and len(devices) > 1 and not exact:
        raise RefusedError(
            "incomplete",
            device=kind,
            question=Question(
                slot="area", device=kind, options=tuple(sorted({device.area or "" for device in devices}))
            ),
        )
    if around.here and around.heard_in and not home.in_area(devices, around.heard_in):
        raise RefusedError("unknown_device", device=kind)
    for entity in reversed(around.spoken):
        if entity.kind == kind and set(entity.devices) < set(devices):
            return entity
    if not exact:
        devices = _called(token, devices)
    areas = {device.area for device in devices}
    if (kind in _MANY or around.carried) and len(areas) > 1:
        raise RefusedError(
            "incomplete",
            device=kind,
            question=Question(slot="area", device=kind, options=tuple(sorted(filter(None, areas)))),
        )
    return Entity(kind=kind, devices=devices, area=areas.pop() if len(areas) == 1 else None, exact=exact)
