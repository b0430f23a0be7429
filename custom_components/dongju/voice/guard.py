"""What is never done by voice, whatever the words around it."""

from collections.abc import Iterable

from .entities import kind_of
from .frames import RefusedError
from .grammar import Clause, Role
from .home import HomeIndex
from .kinds import OPENED_BY_HAND, UNSAFE
from .morphology import Mood
from .slots import Context, Slots
from .tokens import Tag

_OPENING = ("open", "unlock")
_ASKING = frozenset({Mood.TOLD, Mood.BECAUSE, Mood.IF, Mood.MODIFY, Mood.HEARSAY})


def refuse_unsafe_again(slots: Slots, kinds: Iterable[str]) -> None:
    """Raise RefusedError when what was spoken of before is asked for what is never done ("인덕션 꺼줘", "켜줘")."""
    verbs = _verbs(slots)
    for kind in kinds:
        if verbs & UNSAFE.get(kind, frozenset()):
            raise RefusedError("unsafe", device=kind)


def _verbs(slots: Slots) -> set[str]:
    return {token.word for token in slots.tokens if token.tag is Tag.VERB and token.mood not in _ASKING}


def refuse_unsafe(slots: Slots, clause: Clause, home: HomeIndex, context: Context) -> None:
    """Raise RefusedError when a clause asks to open, unlock, disarm or feed gas."""
    if clause.role not in {Role.COMMAND, Role.FORBIDDEN}:
        return
    kinds = {kind_of(token, home) for token in slots.all(Tag.DEVICE, Tag.KIND)}
    verbs = _verbs(slots)
    if any(token.text.startswith("disarm") for token in slots.verbs()):
        raise RefusedError("unsafe", device="security")  # "disarm the alarm" is no alarm clock
    for kind in kinds:
        if verbs & UNSAFE.get(kind, frozenset()):
            if kind == "door" and kinds & OPENED_BY_HAND:
                raise RefusedError("unsupported", device=next(iter(kinds & OPENED_BY_HAND)))
            raise RefusedError("unsafe", device=kind)
    if not verbs & set(_OPENING):
        return
    if kinds & set(OPENED_BY_HAND):
        raise RefusedError("unsupported", device=next(iter(kinds & OPENED_BY_HAND)))
    locked = slots.has(Tag.ATTRIBUTE, "lock")
    covers = bool(kinds & {"curtain", "blind", "window"}) or slots.has(Tag.APP) or slots.has(Tag.TOPIC)
    carried = context.entity is not None and context.entity.kind in UNSAFE
    if locked or (carried and not kinds and not covers):
        raise RefusedError("unsafe", device="door_lock")
    if not kinds and not covers and slots.has(Tag.AREA):
        raise RefusedError("unsafe", device="door_lock")
