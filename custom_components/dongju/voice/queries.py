"""Questions about the state of the home."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from .devices import find_entities
from .entities import Entity, Mention, kind_of, mentions
from .frames import Frame, RefusedError
from .grammar import Clause, Role, content
from .home import HomeIndex
from .kinds import OPENED_BY_HAND
from .morphology import Mood
from .slots import Context, Slots
from .tokens import SILENT, Tag, Token

_STATES: Final = (
    "is_on", "is_off", "is_open", "is_closed", "is_locked", "is_running", "is_doing", "is_done", "complete",
    "is_set", "finish", "remain", "last", "use", "swap",
)  # fmt: skip
_SENSORS: Final = {
    "humidity": ("dehumidifier", "humidifier", "air_conditioner"),
    "pm25": ("air_purifier",),
    "air_quality": ("air_purifier", "ventilation"),
    "temperature": ("air_conditioner", "boiler"),
    "battery": ("robot_cleaner",),
    "channel": ("tv",),
    "filter": ("air_purifier",),
    "express_cool": ("fridge",),
    "express_freeze": ("fridge",),
}
_COLD: Final = frozenset({"fridge", "freezer", "kimchi_fridge", "wine_cellar", "compartment"})
_DIRECT: Final = (
    "battery",
    "filter",
    "energy",
    "air_quality",
    "pm25",
    "humidity",
    "target_temperature",
    "remaining_time",
    "channel",
    "express_cool",
    "express_freeze",
)
_MEASURED: Final = frozenset({"high", "low", "severe", "stuffy", "humid", "dry"})
_FELT: Final = {
    "humidity": ("humid", "dry"),
    "temperature": ("hot", "cold", "warm", "cool"),
    "air_quality": ("stuffy",),
}
# Whose work a noun is: "청소 언제 끝나".
_WORKERS: Final = {"clean": "robot_cleaner", "wash_dishes": "dishwasher", "make_dry": "dryer"}
# What was done to a machine before one asks about it: "아까 돌린 거 끝났나".
_DONE: Final = frozenset({"run", "on", "start", "play_on"})
_EXPLAINED: Final = (
    Tag.DEVICE,
    Tag.KIND,
    Tag.AREA,
    Tag.HERE,
    Tag.WH,
    Tag.ATTRIBUTE,
    Tag.ALL,
    Tag.WHEN,
    Tag.THAT,
    Tag.COURSE,
    Tag.MORE,
    Tag.AGAIN,
)


def asks_state(slots: Slots, clause: Clause) -> bool:
    """Tell whether a clause asks how something is."""
    named = slots.has(Tag.DEVICE) or slots.has(Tag.KIND) or slots.has(Tag.ATTRIBUTE)
    if _is_measure(slots):
        return True
    if clause.role is Role.TOLD or (slots.question and slots.has(Tag.ATTRIBUTE, "filter")):
        return True
    if slots.has(Tag.WH):
        named = named or slots.has(Tag.WH, "channel")
        named = named or any(token.text.startswith(("몇도", "몇프로", "몇퍼")) for token in slots.all(Tag.WH))
        return named or slots.says(*_STATES)
    if slots.has(Tag.KIND, "elevator") and any(token.text.startswith(_CALLED) for token in slots.verbs()):
        return False  # "엘리베이터 불러줘"
    return (
        named
        and slots.verb() in {"tell", "show"}
        and not any(slots.has(tag) for tag in (Tag.NUMBER, Tag.CHANNEL, Tag.APP))
    )


def _is_measure(slots: Slots) -> bool:
    """Tell whether nothing but a quantity is named, with what it is of ("거실 온도", "건조기 남은 시간")."""
    said = content(slots.tokens)
    measured = [token for token in said if token.word in _MEASURES]
    things = {Tag.AREA, Tag.HERE, Tag.KIND, Tag.DEVICE}
    return len(measured) == 1 and all(token in measured or token.tag in things for token in said)


_MEASURES: Final = frozenset({"pm25", "air_quality", "battery", "remaining_time", "energy", "filter"})
_CALLED: Final = ("불러", "부르")


def _asks_what_is_on(slots: Slots) -> bool:
    """Tell whether it is asked what a television shows ("지금 뭐 나와?")."""
    named = {token.word for token in slots.all(Tag.KIND)}
    return (
        named <= {"tv"}
        and not slots.has(Tag.DEVICE)
        and any(
            one.tag is Tag.WH and one.word == "what" and two.word == "is_there" and two.text.startswith("나")
            for one, two in pairwise(slots.tokens)
        )
    )


def _asks_what_is_in(slots: Slots) -> bool:
    """Tell whether "what" is at once followed by "is there", and no attribute is asked about."""
    pairs = pairwise(slots.tokens)
    return not (slots.has(Tag.ATTRIBUTE) or _asks_what_is_on(slots)) and any(
        one.tag is Tag.WH
        and one.word == "what"
        and not one.text.endswith("하고")
        and (two.word == "is_there" or two.text.startswith(("넣", "있")))
        for one, two in pairs
    )


# "세탁기 돌려야 하나": whether one should, nobody knows.
_ADVICE: Final = (
    "야되나",
    "야하나",
    "야될까",
    "야할까",
    "야되니",
    "야하니",
    "야되나요",
    "야하나요",
    "야할지",
    "야될지",
)
# Endings that ask even when no question mark was heard: "필터 괜찮나".
_ASKED: Final = ("나", "나요", "니", "냐", "까", "까요", "려나")
_STATED: Final = ("다", "네", "네요", "군", "구나", "군요", "더라", "음")


def _states(slots: Slots) -> bool:
    """Tell whether somebody is said to have done something ("엄마가 에어컨 켰네"): a story, not a question."""
    verbs = slots.verbs()
    told = bool(verbs) and not verbs[-1].text.isascii() and verbs[-1].text.endswith(_STATED)
    return (
        told
        and any(token.tag is Tag.PERSON for token in slots.tokens)
        and not (slots.question or slots.has(Tag.WH) or slots.says("tell", "show", "find"))
    )


def _breathed(slots: Slots) -> list[Token]:
    """Return a question with "the air" for what is breathed, where it is asked how it is; else it is a machine."""
    asked = slots.has(Tag.WH, "how") or slots.says("clean") or slots.feeling("dirty") is not None
    if not asked or not any(token.text == "air" for token in slots.tokens):
        return slots.tokens
    return [
        replace(token, tag=Tag.ATTRIBUTE, value="air_quality") if token.text == "air" else token
        for token in slots.tokens
        if token.word not in {"clean", "dirty"}
    ]


def query(slots: Slots, clause: Clause, home: HomeIndex, context: Context) -> list[Frame]:
    """Return the query frame of a question about a device or a room.

    Raises RefusedError when words of the question stay unexplained.
    """
    slots.tokens = _breathed(slots)
    advice = any(verb.text.endswith(_ADVICE) for verb in slots.verbs())
    if _states(slots) or (advice and _attribute(slots) == "state"):
        raise RefusedError("not_a_command")
    if _asks_what_is_in(slots):
        raise RefusedError("not_a_command")  # "냉장고에 뭐 있어": what is in it, nobody knows
    attribute = _attribute(slots)
    priced = any(token.text.startswith("얼마") for token in slots.all(Tag.WH))
    if attribute == "state" and priced and not slots.verbs() and not slots.has(Tag.ATTRIBUTE):
        raise RefusedError("not_a_command")  # what an appliance costs
    entities = _entities(slots, home, context, attribute)
    slots.use(*_EXPLAINED)
    slots.use_words(Tag.VERB, *_STATES, "tell", "is_there", "come", "find")
    slots.use_tokens(token for token in slots.tokens if token.word == "do" and not token.text.startswith(("넣", "걸")))
    slots.use_tokens(
        token
        for token in slots.tokens
        if token.word == "show"
        and (token.mood is Mood.DO or (not token.text.isascii() and token.text.startswith("보이")))
    )
    slots.use_words(Tag.TOPIC, "time", "steps", "dock")
    slots.use_tokens(token for token in slots.tokens if token.tag is Tag.WAY and token.text in {"아까", "방금전"})
    slots.use_tokens(token for token in slots.tokens if token.mood is Mood.MODIFY and token.word in _DONE)
    if attribute == "filter":
        slots.use_words(Tag.VERB, "change", "clean")
    if clause.role is Role.TOLD:
        slots.use_words(
            Tag.VERB,
            "on",
            "off",
            "open",
            "close",
            "lock",
            "unlock",
            "run",
            "start",
            "stop",
            "play_on",
            "clean",
            "wash",
            "make_dry",
            "wash_dishes",
            "ventilate",
            "preheat",
            "set",
            "reserve",
            "leave",
            "turn",
            "resume",
            "mute",
        )
        slots.use_tokens(
            token
            for token in slots.tokens
            if token.tag is Tag.FEEL
            and (
                slots.question
                or slots.has(Tag.WH)
                or (token.word == "nice" and token.text.endswith(_ASKED))
                or (token.word in _MEASURED and attribute != "state")
            )
        )
    if slots.unexplained():
        raise RefusedError("not_a_command")
    if not entities:
        if attribute not in {"energy", "temperature", "humidity", "air_quality", "pm25"}:
            raise RefusedError("incomplete" if _of_it(slots, attribute) else "not_a_command")
        _, rooms = mentions(slots.tokens)
        return [Frame(action="query", attribute=attribute, area=rooms[-1] if rooms else None)]
    return [_frame(entity, attribute, slots) for entity in entities]


def _frame(entity: Entity, attribute: str, slots: Slots) -> Frame:
    if (
        attribute == "state"
        and (slots.has(Tag.KIND, "door") or slots.says("is_open", "is_closed", "open", "close"))
        and entity.kind in OPENED_BY_HAND
    ):
        attribute = "door"
    return Frame(
        action="query",
        device=entity.kind,
        area=entity.area,
        name=entity.name,
        attribute=attribute,
        targets=entity.targets,
    )


def _attribute(slots: Slots) -> str:
    """Return the attribute a question is about."""
    for name in _DIRECT:
        if slots.has(Tag.ATTRIBUTE, name):
            return name
    warmth = slots.has(Tag.ATTRIBUTE, "temperature") or any(
        token.tag is Tag.WH
        and (
            "도" in token.text
            or "warm" in token.text
            or "temperature" in token.text
            or "degrees" in token.text
            or "cold" in token.text
            or "hot" in token.text
        )
        for token in slots.tokens
    )
    if warmth:
        return (
            "target_temperature"
            if slots.says("is_set", "set") or any(token.text.endswith("도로") for token in slots.all(Tag.WH))
            else "temperature"
        )
    if slots.says("is_set") and any(token.word == "what" and token.text.isascii() for token in slots.all(Tag.WH)):
        return "target_temperature"
    asked = slots.has(Tag.WH, "how") or slots.has(Tag.DEGREE, "enough")
    asked = asked or (slots.has(Tag.WH, "aux") and (slots.has(Tag.AREA) or slots.has(Tag.HERE)))
    for name, feelings in _FELT.items():
        if asked and slots.feeling(*feelings):
            return name
    if slots.has(Tag.WH, "channel") or _asks_what_is_on(slots):
        return "channel"
    if slots.has(Tag.ATTRIBUTE, "fan") and slots.has(Tag.WH, "how_much", "what", "how"):
        return "fan_speed"
    timed = slots.has(Tag.WH, "when", "how_much", "time") and (
        slots.says("finish", "remain", "last", "is_done") or slots.has(Tag.TOPIC, "time")
    )
    longer = slots.has(Tag.WH, "how_much") and slots.has(Tag.MORE) and slots.says("is_running", "run")
    timed = timed or longer  # "얼마나 더 돌아가야 돼"
    timed = timed or (
        any("long" in token.text for token in slots.all(Tag.WH)) and not slots.says("is_on", "is_off", "is_open")
    )
    left = slots.says("remain") and not slots.has(Tag.WH, "who")  # who left it on
    return "remaining_time" if timed or left else "state"


def _doors(slots: Slots, home: HomeIndex, rooms: list[str]) -> Entity | None:
    """Return the doors asked about: their locks, and unless it is about locking the doors that have a sensor."""
    locks, sensed = home.of_kind("door_lock"), home.of_kind("door")
    doors = locks if slots.says("is_locked", "lock") or slots.has(Tag.ATTRIBUTE, "lock") else (*locks, *sensed)
    doors = (home.in_area(doors, rooms[-1]) if rooms else ()) or doors
    if not doors:
        return None
    return Entity(kind="door_lock" if locks else "door", devices=doors, area=(locks or doors)[0].area)


_ADDRESSED: Final = frozenset({"you", "your", "너", "너는", "넌", "니", "당신"})
# What people and guests do, too: no question about a device unless "it" is said.
_OF_ANYBODY: Final = frozenset({"is_doing", "come", "go", "live"})


def _of_it(slots: Slots, attribute: str) -> bool:
    """Tell whether a question that names no device asks how the one spoken of is; "what are you doing" does not."""
    words = {word for token in slots.tokens for word in token.text.split()}
    if slots.has(Tag.THAT) or attribute != "state" or "it" in words:
        return True
    if words & _ADDRESSED or slots.has(Tag.PERSON):
        return False
    said = [token for token in slots.tokens if token.tag not in SILENT]
    return any(token.tag not in {Tag.WH, Tag.ALL, Tag.TOPIC} and token.word not in _OF_ANYBODY for token in said)


def _named(slots: Slots, found: list[Mention], home: HomeIndex, context: Context) -> list[Entity]:
    """Return the devices that a question names: all of a kind where one would have to ask for the room."""
    try:
        return find_entities(slots, home, context)
    except RefusedError as error:
        kind = kind_of(found[0].token, home)
        asks_room = error.question is not None and error.question.slot == "area"
        if not asks_room or len(found) > 1 or slots.has(Tag.HERE):
            raise
        return [Entity(kind=kind, devices=home.of_kind(kind), area="all")]


def _entities(slots: Slots, home: HomeIndex, context: Context, attribute: str) -> list[Entity]:
    """Return the entities asked about; a quantity names its own sensor."""
    found, rooms = mentions([token for token in slots.tokens if not (token.tag is Tag.KIND and token.word == "door")])
    if found:
        if len(found) < len(slots.all(Tag.KIND, Tag.DEVICE)):
            slots.tokens = [token for token in slots.tokens if not (token.tag is Tag.KIND and token.word == "door")]
        return _named(slots, found, home, context)
    if slots.has(Tag.KIND, "door") and (doors := _doors(slots, home, rooms)):
        return [doors]
    worker = next((token.word for token in slots.all(Tag.VERB) if token.mood is Mood.NOUN), "")
    if worker in _WORKERS and (devices := home.of_kind(_WORKERS[worker])) and not rooms:
        slots.use_words(Tag.VERB, worker)
        return [Entity(kind=_WORKERS[worker], devices=devices)]
    place = rooms[-1] if rooms else context.said_area or context.area
    if rooms and slots.says("is_locked", "lock") and (locks := home.in_area(home.of_kind("door_lock"), place)):
        return [Entity(kind="door_lock", devices=locks, area=place)]
    # "냉장고 3도로 해줘", "지금 몇 도야?": of what was spoken of, not of the room.
    cold = context.entity is not None and context.entity.kind in _COLD and attribute == "temperature" and not rooms
    sensing = [] if cold else [(kind, home.of_kind(kind)) for kind in _SENSORS.get(attribute, ())]
    for kind, devices in sensing:
        if place and (there := home.in_area(devices, place)):
            return [Entity(kind=kind, devices=there, area=place)]
    for kind, devices in sensing:
        if devices and not rooms:
            return [Entity(kind=kind, devices=devices)]
    of_it = cold or (attribute not in _SENSORS and not rooms and _of_it(slots, attribute))
    if context.entity is not None and of_it:
        return [context.entity]
    return []
