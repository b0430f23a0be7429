"""Which kind of device a clause implies when it names none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from .home import HomeIndex
from .kinds import COURSE_OWNERS, CYCLE_KINDS
from .morphology import Mood
from .slots import Context, Slots
from .tokens import Tag


@dataclass(frozen=True, slots=True)
class Implied:
    """The kind meant when nothing else is known ("" when it must be asked), and the kinds that would fit as well."""

    kind: str
    compatible: frozenset[str]


_SOUND: Final = frozenset({"tv", "speaker"})
_HEAT: Final = frozenset(
    {
        "air_conditioner",
        "boiler",
        "fridge",
        "freezer",
        "kimchi_fridge",
        "wine_cellar",
        "compartment",
        "water_heater",
        "oven",
    }
)
_WIND: Final = frozenset(
    {"air_conditioner", "fan", "air_purifier", "ventilation", "humidifier", "dehumidifier", "robot_cleaner"}
)
_MODED: Final = frozenset(
    {"air_conditioner", "boiler", "air_purifier", "fan", "humidifier", "dehumidifier", "ventilation", "water_heater"}
)
_WET: Final = frozenset({"humidifier", "dehumidifier"})
_OF_ANYTHING: Final = frozenset({"go back", "come back", "return"})  # a channel, a song, a person
_ACTIVITIES: Final = {
    "wash": "washer", "wash_dishes": "dishwasher", "make_dry": "dryer", "clean": "robot_cleaner",
    "dock": "robot_cleaner", "preheat": "oven", "ventilate": "ventilation",
}  # fmt: skip


def _only(home: HomeIndex, kinds: frozenset[str]) -> str:
    """Return the one kind of a set that the home has, else ""."""
    present = [kind for kind in sorted(kinds) if home.of_kind(kind)]
    return present[0] if len(present) == 1 else ""


def _near(home: HomeIndex, context: Context, rooms: list[str], kind: str) -> str:
    """Return `kind` when it is clear which one: the only one, or one in the room spoken of or heard from."""
    devices = home.of_kind(kind)
    place = rooms[-1] if rooms else context.said_area or context.area
    return kind if len(devices) == 1 or (place and home.in_area(devices, place)) else ""


def _television(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    watched = any(
        token.tag is Tag.WAY
        and ("보던" in token.text or "봤던" in token.text or "watching" in token.text or "channel" in token.text)
        for token in slots.tokens
    )
    seen = (
        slots.has(Tag.CHANNEL)
        or slots.has(Tag.APP)
        or slots.has(Tag.INPUT)
        or slots.attribute("channel")
        or slots.number("ch")
        or watched
    )
    return Implied("tv", frozenset({"tv"})) if seen else None


def _sound(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    adverb = slots.feeling("loud", "quiet")
    heard = (
        slots.attribute("volume")
        or slots.says("louder", "mute", "unmute")
        or (slots.has(Tag.TOPIC, "music", "song") and (slots.says("up", "down") or slots.has(Tag.WAY, "up", "down")))
        or slots.has(Tag.TOPIC, "mute")
        or (adverb is not None and adverb.mood is Mood.MANNER)
    )
    if not heard:
        return None
    return Implied("speaker" if slots.has(Tag.TOPIC, "music", "song") else "tv", _SOUND)


def _express(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    named = any(token.word.startswith("express") for token in slots.all(Tag.ATTRIBUTE))
    return Implied("fridge", frozenset({"fridge", "freezer"})) if named else None


def _course(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    found = slots.first(Tag.COURSE)
    kind = next(
        (_ACTIVITIES[verb.word] for verb in slots.verbs() if verb.word in {"wash", "wash_dishes", "make_dry"}), ""
    )
    if found is not None:
        washing = found.text.endswith("wash") or any(
            token.text.startswith("세탁") for token in slots.all(Tag.MODE_WORD)
        )
        kind = kind or ("washer" if washing else "")
        return Implied(kind or COURSE_OWNERS.get(found.word, ""), CYCLE_KINDS)
    return None


def _activity(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    for verb in (*slots.verbs(), *slots.all(Tag.VERB)):  # "청소하던 거 계속해" too
        if verb.word in _ACTIVITIES and (verb.text not in _OF_ANYTHING or slots.has(Tag.TOPIC, "dock")):
            kind = _ACTIVITIES[verb.word]
            return Implied(kind, frozenset({kind}))
    return None


def _locked(slots: Slots, home: HomeIndex, _context: Context, rooms: list[str]) -> Implied | None:
    """Read a room with a lock of its own, named instead of its door ("현관 잠가")."""
    if slots.says("lock") and rooms and home.in_area(home.of_kind("door_lock"), rooms[-1]):
        return Implied("door_lock", frozenset({"door_lock"}))
    return None


def _light(slots: Slots, _home: HomeIndex, _context: Context, _rooms: list[str]) -> Implied | None:
    lit = (
        slots.attribute("brightness", "color", "color_temperature")
        or slots.has(Tag.COLOR)
        or slots.feeling("bright", "dark")
        or slots.says("dim", "brighten")
    )
    return Implied("light", frozenset({"light"})) if lit else None


def _humidity(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> Implied | None:
    if not slots.attribute("humidity"):
        return None
    place = rooms[-1] if rooms else context.said_area or context.area
    there = frozenset(kind for kind in _WET if place and home.in_area(home.of_kind(kind), place))
    return Implied(_only(home, there or _WET), _WET)


def _temperature(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> Implied | None:
    felt = slots.feeling("cool", "warm", "cold", "hot")
    if (
        slots.number("c")
        or slots.attribute("temperature", "target_temperature")
        or (felt is not None and felt.mood is Mood.MANNER)
    ):
        return Implied(_near(home, context, rooms, "air_conditioner"), _HEAT)
    return None


def _wind(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> Implied | None:
    if slots.has(Tag.LEVEL) or slots.attribute("fan"):
        return Implied(_near(home, context, rooms, "air_conditioner"), _WIND)
    return None


def _mode(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> Implied | None:
    found = slots.last(Tag.MODE)
    if found is None:
        return None
    if found.word == "hot_water":
        return Implied("boiler", frozenset({"boiler"}))
    cooling = found.word in {"cool", "dry", "fan_only", "power_cool"}
    return Implied(_near(home, context, rooms, "air_conditioner") if cooling else "", _MODED)


type Rule = Callable[[Slots, HomeIndex, Context, list[str]], Implied | None]

_RULES: Final[tuple[Rule, ...]] = (
    _television,
    _express,
    _sound,
    _course,
    _activity,
    _locked,
    _light,
    _humidity,
    _wind,
    _temperature,
    _mode,
)


def infer_kind(slots: Slots, home: HomeIndex, context: Context, rooms: list[str]) -> Implied | None:
    """Return the kind that the values, attributes and verbs of a clause imply, None when they fit any device."""
    return next((found for rule in _RULES if (found := rule(slots, home, context, rooms)) is not None), None)
