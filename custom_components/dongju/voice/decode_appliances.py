"""What a clause sets on appliances: temperature, humidity, fan, mode, course."""

from typing import Final

from .entities import Entity
from .frames import Question, RefusedError
from .kinds import PERCENT, PROFILES
from .morphology import Mood
from .setting import OFF_VERBS, VALUE_VERBS, Command, check, direction, explain, is_goal, limits_of, plain
from .slots import Slots
from .tokens import Number, Tag

_LARGEST_STEP: Final = 9


def express(slots: Slots, entity: Entity) -> list[Command]:
    """Decode express cooling and freezing."""
    named = next((token for token in slots.all(Tag.ATTRIBUTE) if token.word.startswith("express")), None)
    if named is None:
        return []
    attribute = named.word
    if attribute == "express":
        attribute = "express_freeze" if entity.kind == "freezer" else "express_cool"
    slots.use_words(Tag.VERB, *OFF_VERBS)
    action = "disable" if slots.says(*OFF_VERBS) else "enable"
    slots.use_tokens([named])
    explain(slots)
    return [Command(action=action, attribute=attribute, device="fridge")]


# What a stronger or weaker machine means for its temperature: (up, down); one that heats gets warmer.
_COLDER: Final = (("weak",), ("strong",))
_FORCE: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "air_conditioner": ((), ()),
    "fridge": _COLDER,
    "freezer": _COLDER,
    "kimchi_fridge": _COLDER,
    "wine_cellar": _COLDER,
    "compartment": _COLDER,
}


def _bound(slots: Slots, limits: tuple[float, float] | None) -> float | None:
    if limits and slots.has(Tag.WAY, "max"):
        return limits[1]
    return limits[0] if limits and slots.has(Tag.WAY, "min") else None


def temperature(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a temperature to reach or to change."""
    if slots.attribute("fan", "humidity", "brightness", "volume"):
        return []
    named = slots.attribute("temperature", "target_temperature")
    number = slots.number("c") or slots.number("")
    step = slots.number("step")
    stronger, weaker = _FORCE.get(entity.kind, (("strong",), ("weak",)))
    way = direction(slots, ("warm", "hot", "high", *stronger), ("cool", "cold", "low", *weaker))
    only_felt = way and not named and not slots.says("up", "down", "louder") and not slots.has(Tag.WAY)
    if number is None and only_felt and slots.has(Tag.MODE):
        return []  # the mode is what cools: "냉방으로 시원하게 틀어줘"
    if number is None and not way and not (named and _bound(slots, limits_of(entity)) is not None):
        return []
    explain(slots, number or step)
    slots.use_words(Tag.ATTRIBUTE, "temperature", "target_temperature")
    if number is None:
        return _without_number(slots, entity, way, step)
    stepping = slots.has(Tag.BY) or (
        (way or slots.has(Tag.MORE)) and not is_goal(slots, number) and 0 < number.value <= _LARGEST_STEP
    )
    if stepping and way:
        return [Command(action="adjust_temperature", value=plain(number.value if way == "up" else -number.value))]
    check(number.value, limits_of(entity), entity)
    return [Command(action="set_temperature", value=plain(number.value))]


def _without_number(slots: Slots, entity: Entity, way: str, step: Number | None) -> list[Command]:
    bound = _bound(slots, limits_of(entity))
    if bound is not None:
        return [Command(action="set_temperature", value=plain(bound))]
    if step is not None and way:
        return [Command(action="adjust_temperature", value=plain(step.value if way == "up" else -step.value))]
    return [Command(action="adjust_temperature", value=way)]


def preheat(slots: Slots, entity: Entity) -> list[Command]:
    """Decode preheating; the temperature must be said."""
    number = slots.number("c") or slots.number("")
    heats = slots.says("preheat", "on", "play_on", "start", "run", "up", "set", "do", "resume") or number is not None
    if not heats or slots.says("off", "stop", "pause", "cancel"):
        return []
    if number is None:
        raise RefusedError("incomplete", device=entity.kind, question=Question(slot="temperature", device=entity.kind))
    check(number.value, limits_of(entity), entity)
    explain(slots, number)
    slots.use_words(Tag.ATTRIBUTE, "temperature", "target_temperature")
    return [Command(action="preheat", value=plain(number.value))]


def humidity(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a humidity to reach or to change."""
    number = slots.number("%") or slots.number("")
    named = slots.attribute("humidity")
    way = direction(slots, ("humid", "high"), ("dry", "low"))
    if number is None and not (way and (named or not slots.attribute("fan"))):
        return []
    explain(slots, number)
    slots.use_words(Tag.ATTRIBUTE, "humidity")
    if number is None or (way and not is_goal(slots, number) and number.value < 20):
        return [Command(action="set_humidity", value=way)]
    check(number.value, limits_of(entity) or PERCENT, entity)
    return [Command(action="set_humidity", value=plain(number.value))]


_STEPS: Final = {1: "low", 2: "medium", 3: "high", 4: "turbo"}


def level(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a fan speed: a named level, a step, stronger or weaker."""
    named = slots.attribute("fan")
    value = _named_level(slots, entity, named=named)
    if not value:
        way = direction(slots, ("strong", "loud", "high", "cool"), ("weak", "quiet", "low"))
        by_word = next(
            (
                token
                for token in slots.tokens
                if token.tag is Tag.FEEL and token.word in {"strong", "weak"} and token.mood is Mood.MANNER
            ),
            None,
        )
        if (
            by_word is not None
            and not slots.has(Tag.MORE, "")
            and not slots.has(Tag.LESS)
            and not slots.says("up", "down")
            and not slots.has(Tag.MODE, "power_cool")
        ):
            value = "high" if by_word.word == "strong" else "low"
        elif by_word is not None and slots.has(Tag.MODE, "power_cool"):
            return []  # "쾌속냉방으로 시원하게"
        elif way and (named or by_word is not None or PROFILES[entity.kind].up == "level"):
            value = way
    if not value:
        return []
    explain(slots)
    slots.use(Tag.LEVEL)
    slots.use_tokens(
        token for token in slots.tokens if isinstance(token.value, Number) and token.value.unit in {"step", ""}
    )
    slots.use_words(Tag.ATTRIBUTE, "fan")
    return [Command(action="set_fan_speed", value=value)]


def _named_level(slots: Slots, entity: Entity, *, named: bool) -> str:
    if found := slots.last(Tag.LEVEL):
        return found.word
    if named and slots.has(Tag.MODE, "auto"):
        slots.use_words(Tag.MODE, "auto")
        return "auto"
    if entity.kind != "air_conditioner" and slots.has(Tag.MODE, "power_cool"):
        slots.use_words(Tag.MODE, "power_cool")
        return "turbo"
    if slots.has(Tag.COURSE, "intensive"):
        slots.use_words(Tag.COURSE, "intensive")
        return "high"
    if named or PROFILES[entity.kind].up == "level":
        if slots.has(Tag.WAY, "max"):
            return "high"
        if slots.has(Tag.WAY, "min"):
            return "low"
        number = slots.number("step") or (slots.number("") if named else None)
        if number is not None and not direction(slots):
            return _STEPS.get(int(number.value), "")
    return ""


def mode(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a mode the kind knows."""
    found = slots.last(Tag.MODE)
    if (
        found is None
        or found.word not in PROFILES[entity.kind].modes
        or slots.attribute("fan")
        or slots.says(*OFF_VERBS)
    ):
        return []
    slots.use(Tag.MODE)
    slots.use_words(Tag.FEEL, "cool", "warm")
    if found.word == "power_cool":
        slots.use_words(Tag.FEEL, "strong")  # "쾌속냉방으로 시원하게"
    slots.use_words(Tag.VERB, *VALUE_VERBS)
    slots.use_words(Tag.TOPIC, "steps")
    return [Command(action="set_mode", value=found.word)]


def course(slots: Slots, _entity: Entity) -> list[Command]:
    """Decode a course: to start with it, or only to select it."""
    found = slots.first(Tag.COURSE)
    if found is None or len({token.word for token in slots.all(Tag.COURSE)}) > 1 or slots.says(*OFF_VERBS, "pause"):
        return []
    slots.use(Tag.COURSE, Tag.AGAIN)
    slots.use_words(Tag.VERB, *VALUE_VERBS, "wash_dishes", "play")
    slots.use_words(Tag.TOPIC, "steps")
    selects = slots.says("change") or (slots.verb() == "set" and slots.has(Tag.MODE_WORD))
    return [Command(action="set_course" if selects else "start", value=found.word)]
