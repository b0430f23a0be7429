"""A clause that commands devices: which devices, what to set on them, when."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import Final

from .decoders import DECODERS
from .entities import Entity, Surroundings, kind_of, mentions, names_its_room, resolve
from .frames import Frame, Question, RefusedError
from .guard import refuse_unsafe_again
from .home import HomeIndex
from .infer import infer_kind
from .kinds import COOKING, CYCLE_KINDS, GENERIC, PROFILES, WORK, Profile
from .meanings import settle_meanings
from .morphology import Mood
from .setting import Command
from .slots import ACTIVITIES, LIGHT_VERBS, Context, Slots
from .spoken import all_of_each, asks_for_any, everything, recall_attribute, spoken_of
from .timing import finishes_at, timed, timing
from .tokens import Tag, Token

_GO_VERBS: Final = ("do", "dock", "run", "change", "set", "go", "tell", "start", "show", "on")
_DOCKING: Final = frozenset({"dock", "do", "run", "change", "go", ""})


def command(slots: Slots, home: HomeIndex, context: Context) -> tuple[list[Frame], list[Entity]]:
    """Return the frames of a clause and the entities it spoke of.

    Raises RefusedError when something is missing, unknown or outside its range.
    """
    settle_meanings(slots, home, context)
    recall_attribute(slots, context)
    ordered = any(token.mood is not Mood.NOUN for token in slots.verbs())
    if slots.question and not ordered and not slots.has(Tag.FILLER, "polite"):
        raise RefusedError("incomplete", question=Question(slot="action"))
    entities = _entities(slots, home, context)
    refuse_unsafe_again(slots, (entity.kind for entity in entities))
    frames: list[Frame] = []
    used: list[Token] | None = None
    for entity in entities:
        part = replace_used(slots)
        commands = _decode(part, entity)
        used = (
            part.unexplained()
            if used is None
            else [token for token in used if any(token is left for left in part.unexplained())]
        )
        frames.extend(_frame(item, entity) for item in commands)
    explained = timing(slots, entities)
    left = [token for token in used or [] if token.tag not in explained]
    refuse_unexplained(left, slots)
    return [each for frame in frames for each in timed(frame, slots)], entities


def _entities(slots: Slots, home: HomeIndex, context: Context) -> list[Entity]:
    """Find the entities of a clause; with a strange word before it ("식탁 불") there is none to ask about."""
    try:
        return find_entities(slots, home, context)
    except RefusedError as error:
        if error.question is not None:
            refuse_unexplained(slots.all(Tag.UNKNOWN, Tag.THING, Tag.AREA_WORD), slots)
        raise


def replace_used(slots: Slots) -> Slots:
    """Return the same clause with nothing explained yet but its devices, rooms and "all"."""
    part = Slots(slots.tokens, slots.question, slots.background)
    part.use(Tag.DEVICE, Tag.KIND, Tag.AREA, Tag.HERE, Tag.ALL, Tag.THAT)
    part.use_tokens(token for token in part.tokens if token.tag is Tag.VERB and token.mood is Mood.MODIFY)
    part.use_tokens(
        before
        for before, verb in pairwise(part.tokens)  # "아까 켠 에어컨"
        if before.tag is Tag.WAY and before.word == "previous" and verb.tag is Tag.VERB and verb.mood is Mood.MODIFY
    )
    if part.has(Tag.ALL):
        part.use_tokens(token for token in part.tokens if token.tag is Tag.NUMBER and token.text.endswith("개"))
    return part


def refuse_unexplained(left: Iterable[Token], slots: Slots) -> None:
    """Raise RefusedError when a word of the clause has not been explained."""
    tokens = list(left)
    if not tokens:
        return
    kind = next((token.word for token in slots.all(Tag.KIND)), None)
    if any(token.tag in {Tag.UNKNOWN, Tag.THING} for token in tokens):
        raise RefusedError("unknown_device", device=kind)
    if any(token.tag is Tag.AREA_WORD for token in tokens):
        raise RefusedError("unknown_area", device=kind)
    raise RefusedError("unsupported", device=kind)


_ANY_ROOM: Final = frozenset({"방", "방안", "곳"})  # "불 켜진 방", not "이 방"


def find_entities(slots: Slots, home: HomeIndex, context: Context) -> list[Entity]:
    """Return the entities of a clause: those it names, else those its words imply, else those spoken of before.

    Raises RefusedError when no device can be meant.
    """
    found, rooms = mentions(slots.tokens)
    this_room = any(token.text not in _ANY_ROOM for token in slots.all(Tag.HERE))  # not "모든 방"
    around = Surroundings(
        everything=(all_of_each(slots, len(found)) or asks_for_any(slots)) and not this_room,
        here=slots.has(Tag.HERE),
        heard_in=context.area,
        carried=context.said_area,
        spoken=(*(entity for sentence in context.before for entity in sentence), *context.spoken),
    )
    if not found:
        found, rooms = _from_background(slots, rooms)
    elif room := _room_of_reason(slots):
        around = replace(around, carried=room)
    if found:
        _refuse_strangers(slots, home)
        entities: list[Entity] = []
        carried = around
        for mention in found:
            if any(
                kind_of(mention.token, home) == entity.kind
                and not mention.areas
                and not isinstance(mention.token.value, tuple)
                for entity in entities
            ):
                continue
            resolved = resolve(mention, home, carried)
            entities = [
                entity
                for entity in entities
                if not (
                    entity.kind == resolved[0].kind and not entity.exact and len(entity.devices) > 1 and not entity.area
                )
            ]
            entities.extend(resolved)
            if mention.areas:
                carried = replace(carried, carried=mention.areas[-1])
            elif resolved[-1].exact and names_its_room(mention.token, resolved[-1].devices, home):
                carried = replace(carried, carried=resolved[-1].devices[0].area)  # "2층 에어컨이랑 불"
        return entities
    return _implied(slots, home, context, rooms, around)


def _from_background(slots: Slots, rooms: list[str]) -> tuple[list, list[str]]:  # type: ignore[type-arg]
    """Return the mentions of the reason given before a command ("냉장실이 너무 차가운데 ...")."""
    found, earlier = mentions(slots.background)
    if found and rooms and not found[-1].areas:
        found[-1].areas = rooms
        return found, []
    return found, rooms or earlier


_OWN: Final = frozenset(
    {"나", "내", "나도", "내가", "제가", "난", "우리", "우리집", "저희", "저희집", "너", "네", "니", "누가", "누구"}
)


def _refuse_strangers(slots: Slots, home: HomeIndex) -> None:
    """Raise RefusedError when one of several devices is said to be a person's, which no name of the home tells."""
    for owner, token in pairwise(slots.tokens):
        if owner.tag is Tag.PERSON and not owner.text.isascii() and owner.text not in _OWN:
            if token.tag is Tag.ALL and token.text.startswith("집"):
                raise RefusedError("unknown_area")  # "엄마 집"
            if token.tag is Tag.KIND and token.word not in CYCLE_KINDS and len(home.of_kind(token.word)) > 1:
                raise RefusedError("unknown_device", device=token.word)


def _room_of_reason(slots: Slots) -> str | None:
    """Return the one room that the reason given before a command speaks of ("다락방이 찜통이네 에어컨 틀어줘")."""
    _, rooms = mentions(slots.background)  # those that no device there stands in
    return rooms[0] if len(set(rooms)) == 1 else None


def _implied(slots: Slots, home: HomeIndex, context: Context, rooms: list[str], around: Surroundings) -> list[Entity]:
    implied = infer_kind(slots, home, context, rooms)
    if implied is None and (found := everything(slots, home, context, rooms)):
        return found
    if spoken := spoken_of(slots, implied, context):
        if not rooms:
            return spoken
        kind = spoken[-1].kind
    elif implied is not None and implied.kind:
        kind = implied.kind
    else:
        raise RefusedError("incomplete", question=Question(slot="device"))
    token = Token(Tag.KIND, kind, 0, 0, "")
    mentioned, _ = mentions([*(Token(Tag.AREA, room, 0, 0, "") for room in rooms), token])
    return resolve(mentioned[0], home, around)


def _decode(slots: Slots, entity: Entity) -> list[Command]:
    """Return what the clause sets on one entity."""
    profile = PROFILES.get(entity.kind, GENERIC)
    if any(entity.kind not in WORK[verb.word] for verb in slots.verbs() if verb.word in WORK):
        raise RefusedError("unsupported", device=entity.kind)
    commands: list[Command] = []
    for name in profile.decoders:
        commands.extend(DECODERS[name](slots, entity))
        if commands and entity.kind in {"tv", "speaker"}:
            break
    slots.use_words(Tag.TOPIC, "steps")
    if commands:
        slots.use_words(Tag.VERB, "reserve")
        return commands
    return [_power(slots, entity, profile)]


def _power(slots: Slots, entity: Entity, profile: Profile) -> Command:
    """Return what the verb alone asks of the entity."""
    verb = slots.verb()
    if finishes_at(slots) and entity.kind in CYCLE_KINDS:
        slots.use(Tag.VERB, Tag.MODE_WORD)
        slots.use_words(Tag.TOPIC, "reservation")
        return Command(action="start")
    if entity.kind in COOKING:
        verb = next((name for name in ("stop", "off", "cancel", "pause") if slots.says(name)), verb)
    action = _moving(slots, entity, profile, verb) or profile.verbs.get(verb, "")
    if slots.has(Tag.AGAIN) and action == "start":
        action = "resume"
    elif (
        not action
        and (verb in LIGHT_VERBS or (not verb and (slots.has(Tag.FILLER, "polite") or _is_reserved(slots, entity))))
        and verb != "tell"
        and not slots.has(Tag.ATTRIBUTE)
    ):
        action = _activity(slots, entity, profile, verb)
    if not action:
        _refuse_verb(slots, entity, verb)
    _explain_power(slots, entity, profile, action)
    return Command(action=action)


def _moving(slots: Slots, entity: Entity, profile: Profile, verb: str) -> str:
    """Return what a robot or a blind is to do when the place to go says it, not the verb."""
    if entity.kind == "robot_cleaner" and slots.has(Tag.TOPIC, "dock") and verb in _DOCKING:
        slots.use_words(Tag.TOPIC, "dock")
        slots.use_words(Tag.VERB, *_GO_VERBS)
        return "dock"
    if entity.kind == "robot_cleaner" and verb in {"go", "dock"} and slots.has(Tag.AREA):
        return "start"  # "send it to the kitchen"
    if verb in LIGHT_VERBS and slots.has(Tag.WAY, "up", "down") and {"open", "close"} <= set(profile.verbs):
        return "open" if slots.has(Tag.WAY, "up") else "close"  # "pull the shades down"
    return ""


def _explain_power(slots: Slots, entity: Entity, profile: Profile, action: str) -> None:
    """Mark the words that an action without a value explains."""
    slots.use_words(Tag.VERB, slots.verb(), *LIGHT_VERBS)
    slots.use_words(Tag.VERB, *(name for name, target in profile.verbs.items() if target == action))
    if action in {"turn_off", "stop", "pause"}:
        slots.use_words(Tag.VERB, "off", "stop", "pause", *(("preheat", "cancel") if entity.kind in COOKING else ()))
    slots.use_words(Tag.ATTRIBUTE, "power")
    if entity.kind == "robot_cleaner":
        slots.use_words(Tag.TOPIC, "floor")
    slots.use_words(Tag.TOPIC, "reservation")
    slots.use_words(Tag.VERB, *ACTIVITIES)
    slots.use_tokens(token for token in slots.tokens if token.tag is Tag.VERB and token.text == "그만")
    slots.use(Tag.AGAIN)
    if action in {"resume", "start"}:
        slots.use_tokens(token for token in slots.tokens if token.tag is Tag.WAY and token.text.startswith("아까"))
    if entity.kind == "speaker":
        slots.use_words(Tag.TOPIC, "music", "song")


def _is_reserved(slots: Slots, entity: Entity) -> bool:
    """Tell whether a machine and a time are followed by nothing but "예약"."""
    timed = slots.has(Tag.CLOCK) or (slots.has(Tag.DURATION) and slots.has(Tag.AFTER))
    return entity.kind in CYCLE_KINDS and timed and slots.has(Tag.TOPIC, "reservation")


def _activity(slots: Slots, entity: Entity, profile: Profile, verb: str) -> str:
    """Return what "do" means for a noun that is an activity, and "reserve" with a time for a machine."""
    later = verb == "reserve" or slots.has(Tag.TOPIC, "reservation")
    if later and not (slots.has(Tag.CLOCK) or slots.has(Tag.DURATION)):
        raise RefusedError("incomplete", device=entity.kind, question=Question(slot="delay", device=entity.kind))
    if verb in {"do", ""} or (verb == "reserve" and entity.kind in CYCLE_KINDS) or slots.has(Tag.TOPIC, "reservation"):
        return profile.default_action
    return ""


def _refuse_verb(slots: Slots, entity: Entity, verb: str) -> None:
    """Raise the RefusedError that tells what is wrong with a clause whose verb means nothing to the device."""
    left = slots.unexplained()
    if any(token.tag in {Tag.UNKNOWN, Tag.THING} for token in left):
        raise RefusedError("unknown_device", device=entity.kind)
    if not verb or verb in LIGHT_VERBS:
        raise RefusedError("incomplete", device=entity.kind, question=Question(slot="action", device=entity.kind))
    raise RefusedError("unsupported", device=entity.kind)


def _frame(item: Command, entity: Entity) -> Frame:
    return Frame(
        action=item.action,
        device=item.device or entity.kind,
        area=entity.area,
        name=entity.name or None,
        value=item.value,
        attribute=item.attribute,
        targets=entity.targets,
    )
