"""What every decoder of a setting needs: the command, ranges, directions, goals and steps."""

from dataclasses import dataclass
from typing import Final

from .entities import Entity
from .frames import FrameValue, RefusedError
from .morphology import Mood
from .slots import Slots
from .tokens import Number, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action of the closed vocabulary with its value; `device` when it is not the entity's own kind."""

    action: str
    value: FrameValue | None = None
    attribute: str | None = None
    device: str | None = None


_UP_VERBS: Final = frozenset({"up", "louder"})


OFF_VERBS: Final = frozenset({"off", "stop", "cancel", "unlock"})


VALUE_VERBS: Final = (
    "do",
    "set",
    "change",
    "on",
    "play_on",
    "run",
    "up",
    "down",
    "louder",
    "start",
    "make_dry",
    "clean",
    "wash",
    "air_out",
    "tell",
    "preheat",
    "go",
)


def plain(value: float) -> FrameValue:
    """Return a number as people write it: 3, not 3.0."""
    return int(value) if value == int(value) else value


def check(value: float, limits: tuple[float, float] | None, entity: Entity) -> None:
    """Raise RefusedError when a value lies outside the limits."""
    if limits and not limits[0] <= value <= limits[1]:
        raise RefusedError("out_of_range", device=entity.kind, limits=limits)


def limits_of(entity: Entity) -> tuple[float, float] | None:
    """Return the widest range among the devices meant."""
    ranges = [device.range for device in entity.devices if device.range]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None


def direction(slots: Slots, ups: tuple[str, ...] = (), downs: tuple[str, ...] = ()) -> str:
    """Return "up", "down" or "" from the verb, a direction word or an adverb (its opposite after "less")."""
    found = ""
    if slots.says(*_UP_VERBS, "brighten") or slots.has(Tag.WAY, "up"):
        found = "up"
    elif slots.says("down", "dim") or slots.has(Tag.WAY, "down"):
        found = "down"
    else:
        adverb = next(
            (
                token
                for token in reversed(slots.tokens)
                if token.tag is Tag.FEEL and token.word in {*ups, *downs} and token.mood is Mood.MANNER
            ),
            None,
        )
        if adverb is not None:
            found = "up" if adverb.word in ups else "down"
            if slots.has(Tag.LESS):
                found = "down" if found == "up" else "up"
    return found


def is_goal(slots: Slots, number: Number) -> bool:
    """Tell whether a number is where to go ("2도로", "to 2"), not how far ("2도만", "by 2")."""
    for index, token in enumerate(slots.tokens):
        if token.value is number:
            after = slots.tokens[index + 1] if index + 1 < len(slots.tokens) else None
            before = slots.tokens[index - 1] if index else None
            return any(near is not None and near.tag is Tag.TO for near in (after, before)) and not slots.has(Tag.BY)
    return False


def explain(slots: Slots, number: Number | None = None) -> None:
    """Mark a value and its company as explained: direction, more and less, adverbs, the verbs that only set."""
    slots.use(Tag.WAY, Tag.MORE, Tag.LESS, Tag.BY, Tag.AGAIN)
    slots.use_words(Tag.VERB, *VALUE_VERBS)
    slots.use_tokens(
        token for token in slots.tokens if token.tag is Tag.FEEL or (number is not None and token.value is number)
    )
