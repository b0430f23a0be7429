"""What a clause sets on lights, curtains and blinds."""

from typing import Final

from .entities import Entity
from .frames import Question, RefusedError
from .kinds import PERCENT
from .setting import VALUE_VERBS, Command, check, direction, explain, is_goal, plain
from .slots import Slots
from .tokens import Tag


def brightness(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a brightness to reach or to change."""
    number = slots.number("%") or slots.number("half") or slots.number("")
    way = direction(slots, ("bright", "strong", "high", "loud"), ("dark", "weak", "low", "quiet"))
    bound = 100 if slots.has(Tag.WAY, "max") else 1 if slots.has(Tag.WAY, "min") else None
    if number is None and not way and bound is None:
        return []
    explain(slots, number)
    slots.use_words(Tag.ATTRIBUTE, "brightness")
    slots.use_words(Tag.VERB, "dim", "brighten")
    if number is None:
        return [Command(action="set_brightness", value=bound if bound is not None else way)]
    check(number.value, PERCENT, entity)
    if way and number.unit != "half" and slots.has(Tag.BY):
        return [Command(action="set_brightness", value=way)]
    return [Command(action="set_brightness", value=plain(number.value))]


def color(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a colour."""
    found = slots.last(Tag.COLOR)
    if found is None:
        if slots.has(Tag.ATTRIBUTE, "color", "color_temperature"):
            raise RefusedError("incomplete", device=entity.kind, question=Question(slot="color", device=entity.kind))
        return []
    slots.use(Tag.COLOR)
    slots.use_words(Tag.ATTRIBUTE, "color", "color_temperature")
    slots.use_words(Tag.VERB, *VALUE_VERBS)
    return [Command(action="set_color", value=found.word)]


_SMALL: Final = frozenset(
    {
        "조금",
        "조금만",
        "살짝",
        "살짝만",
        "약간",
        "약간만",
        "쪼금",
        "쪼금만",
        "쪼끔",
        "slightly",
        "a little",
        "a bit",
        "a crack",
    }
)


def position(slots: Slots, entity: Entity) -> list[Command]:
    """Decode how far a curtain or blind is to be open, in per cent, or that it is to open or close a little."""
    number = slots.number("half") or slots.number("%") or slots.number("")
    if number is None:
        if slots.says("open", "close", "up", "down") and any(
            token.tag is Tag.DEGREE and token.text in _SMALL for token in slots.tokens
        ):
            explain(slots)
            slots.use_words(Tag.VERB, "open", "close")
            closing = slots.says("close", "down") or slots.has(Tag.WAY, "down")
            return [Command(action="set_position", value="down" if closing else "up")]
        slots.use_words(Tag.WAY, "max", "up", "down")
        return []
    check(number.value, PERCENT, entity)
    closing = slots.says("close", "down") and not is_goal(slots, number)
    explain(slots, number)
    slots.use_words(Tag.VERB, "open", "close")
    slots.use_words(Tag.ATTRIBUTE, "position")
    return [Command(action="set_position", value=plain(100 - number.value if closing else number.value))]
