"""What a clause that names no device speaks of: what was spoken of before, or everything ("다 꺼줘")."""

from itertools import pairwise
from typing import Final

from .entities import Entity
from .frames import Question, RefusedError
from .grammar import DEVICES, STATE_VERBS
from .home import HomeIndex
from .infer import Implied
from .kinds import GENERIC, PROFILES, SWITCHED_TOGETHER
from .morphology import Mood
from .slots import Context, Slots
from .tokens import Tag, Token

_SWITCHING: Final = frozenset({"on", "off", "play_on"})
_COUNTED: Final = {"two": 2, "three": 3}
_PLURAL: Final = frozenset({"them", "these", "those", "그것들", "이것들", "저것들"})
_COOLED: Final = frozenset({"fridge", "freezer"})


def spoken_of(slots: Slots, implied: Implied | None, context: Context) -> list[Entity]:
    """Return what was spoken of before and is meant again; none when nothing of it fits."""
    sentences = [*context.before, *([tuple(context.spoken)] if context.spoken else [])]
    recent = [entity for sentence in sentences for entity in sentence]
    if not recent:
        return []
    counted = slots.first(Tag.ALL)
    if counted is not None:
        if number := _COUNTED.get(counted.word):
            return _counted(number, sentences)
        if implied is None and slots.verb() in _SWITCHING and not slots.has(Tag.THAT):
            return []  # everything
    if implied is not None:
        fitting = [entity for entity in recent if entity.kind in implied.compatible]
        return fitting[-1:]
    able = [entity for entity in sentences[-1] if slots.verb() in PROFILES.get(entity.kind, GENERIC).verbs]
    if counted or _PLURAL & {word for token in slots.all(Tag.THAT, Tag.VERB) for word in token.text.split()}:
        return able or recent[-1:]
    return able[-1:] or recent[-1:]


def _counted(number: int, sentences: list[tuple[Entity, ...]]) -> list[Entity]:
    """Return the two or three things spoken of last: devices called together, things of one sentence, or of several."""
    last = sentences[-1]
    if len(last) == number or (len(last) == 1 and len(last[0].devices) == number):
        return list(last)
    singly: dict[tuple[str, ...], Entity] = {}
    for sentence in sentences:
        for entity in sentence:
            singly.pop(entity.targets, None)
            singly[entity.targets] = entity
    return list(singly.values())[-number:] if len(singly) >= number else []


def everything(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> list[Entity]:
    """Return all that one switches off in a room or the home ("거실 다 꺼줘"), none when a clause does not ask for it.

    Raises RefusedError when neither a room nor the whole home is said: that would be too much to guess.
    """
    said = [token.word for token in slots.all(Tag.ALL)]
    if not said or slots.verb() != "off" or slots.has(Tag.THAT) or _COUNTED.keys() & set(said):
        return []
    if any(token.text == "모든" and here.tag is Tag.HERE for token, here in pairwise(slots.tokens)):
        said.append("home")  # "모든 방"
    elif slots.has(Tag.HERE) and context.area and not rooms:
        rooms = [context.area]
    if not rooms and "home" not in said:
        options = tuple(area.id for area in home.areas)
        raise RefusedError("incomplete", question=Question(slot="everything", options=options))
    found: list[Entity] = []
    for area in rooms or ["all"]:
        for kind in SWITCHED_TOGETHER:
            devices = home.of_kind(kind)
            if there := devices if area == "all" else home.in_area(devices, area):
                found.append(Entity(kind=kind, devices=there, area=area))
    return found


def all_of_each(slots: Slots, named: int) -> bool:
    """Tell whether all devices of the kinds named are meant; "both" after two of them counts just these."""
    return any(_COUNTED.get(token.word) != named or named == 1 for token in slots.all(Tag.ALL))


def asks_for_any(slots: Slots) -> bool:
    """Tell whether a question is which ones are so, wherever they are ("which lights are on", "켜진 불 있어?")."""
    state = any(token.word in STATE_VERBS for token in slots.all(Tag.VERB))
    such = any(token.mood is Mood.MODIFY and token.word in STATE_VERBS for token in slots.all(Tag.VERB))
    return slots.has(Tag.WH, "any") or (slots.has(Tag.WH, "where") and state) or (such and slots.says("is_there"))


def recall_attribute(slots: Slots, context: Context) -> None:
    """Add the function that was switched a sentence ago to one that switches "it" ("급속냉동 켜줘", "그거 꺼줘")."""
    named = any(token.tag in {*DEVICES, Tag.ATTRIBUTE, Tag.AREA, Tag.ALL} for token in slots.tokens)
    if context.switched is None or named or not slots.says("on", "off", "cancel", "stop"):
        return
    if context.entity is not None and context.entity.kind in _COOLED:
        slots.tokens.insert(0, context.switched)


def switched(tokens: list[Token]) -> Token | None:
    """Return the function of a device that a sentence spoke of switching."""
    return next((token for token in tokens if token.tag is Tag.ATTRIBUTE and token.word.startswith("express")), None)
