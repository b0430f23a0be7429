"""What a clause sets on a device: one function for each ability, chosen by the kind's profile."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .entities import Entity
from .frames import FrameValue, Question, RefusedError
from .kinds import CHANNELS, PERCENT, PROFILES
from .morphology import Mood
from .slots import Slots
from .tokens import Number, Tag, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """An action of the closed vocabulary with its value; `device` when it is not the entity's own kind."""

    action: str
    value: FrameValue | None = None
    attribute: str | None = None
    device: str | None = None


_UP_VERBS: Final = frozenset({"up", "louder"})
_OFF_VERBS: Final = frozenset({"off", "stop", "cancel", "unlock"})
_VALUE_VERBS: Final = (
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
)
_LARGEST_STEP: Final = 9


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
    """Mark a value and its usual company as explained: direction, more and less, adverbs, and the verbs that only set."""
    slots.use(Tag.WAY, Tag.MORE, Tag.LESS, Tag.BY)
    slots.use_words(Tag.VERB, *_VALUE_VERBS)
    slots.use_tokens(token for token in slots.tokens if token.tag is Tag.FEEL or (number is not None and token.value is number))


def express(slots: Slots, entity: Entity) -> list[Command]:
    """Decode express cooling and freezing."""
    named = next((token for token in slots.all(Tag.ATTRIBUTE) if token.word.startswith("express")), None)
    if named is None:
        return []
    attribute = named.word
    if attribute == "express":
        attribute = "express_freeze" if entity.kind == "freezer" else "express_cool"
    slots.use_words(Tag.VERB, *_OFF_VERBS)
    action = "disable" if slots.says(*_OFF_VERBS) else "enable"
    slots.use_tokens([named])
    explain(slots)
    return [Command(action=action, attribute=attribute, device="fridge")]


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
    force = entity.kind not in {"air_conditioner"}
    way = direction(
        slots, ("warm", "hot", "high", *(("strong",) * force)), ("cool", "cold", "low", *(("weak",) * force))
    )
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
        ):
            value = "high" if by_word.word == "strong" else "low"
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
        or slots.says(*_OFF_VERBS)
    ):
        return []
    slots.use(Tag.MODE)
    slots.use_words(Tag.VERB, *_VALUE_VERBS)
    slots.use_words(Tag.TOPIC, "steps")
    return [Command(action="set_mode", value=found.word)]


def course(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a course: to start with it, or only to select it."""
    found = slots.first(Tag.COURSE)
    if found is None or len({token.word for token in slots.all(Tag.COURSE)}) > 1 or slots.says(*_OFF_VERBS, "pause"):
        return []
    slots.use(Tag.COURSE)
    slots.use_words(Tag.VERB, *_VALUE_VERBS, "wash_dishes", "play")
    slots.use_words(Tag.TOPIC, "steps")
    selects = slots.says("change") or (slots.verb() == "set" and slots.has(Tag.MODE_WORD))
    return [Command(action="set_course" if selects else "start", value=found.word)]


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
    slots.use_words(Tag.VERB, *_VALUE_VERBS)
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
    """Decode how far a curtain or blind is to be open, in per cent."""
    number = slots.number("half") or slots.number("%") or slots.number("")
    if number is None:
        if slots.says("open", "close", "up", "down") and any(
            token.tag is Tag.DEGREE and token.text in _SMALL for token in slots.tokens
        ):
            raise RefusedError("incomplete", device=entity.kind, question=Question(slot="position", device=entity.kind))
        slots.use_words(Tag.WAY, "max", "up", "down")
        return []
    check(number.value, PERCENT, entity)
    closing = slots.says("close", "down") and not is_goal(slots, number)
    explain(slots, number)
    slots.use_words(Tag.VERB, "open", "close")
    slots.use_words(Tag.ATTRIBUTE, "position")
    return [Command(action="set_position", value=plain(100 - number.value if closing else number.value))]


def _muting(slots: Slots) -> str:
    """Return "mute", "unmute" or ""."""
    sound = slots.attribute("volume")
    if slots.has(Tag.TOPIC, "mute"):
        return "unmute" if slots.says(*_OFF_VERBS, "unmute") else "mute"
    if slots.says("unmute") or (sound and slots.says("on", "play_on") and slots.number("") is None):
        return "unmute"
    return "mute" if slots.says("mute") or (sound and slots.says("off", "stop")) else ""


def volume(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a volume to reach or to change, muting and unmuting."""
    if action := _muting(slots):
        slots.use_words(Tag.TOPIC, "mute")
        slots.use_words(Tag.ATTRIBUTE, "volume")
        slots.use_words(Tag.VERB, *_OFF_VERBS, "mute", "unmute", "on", "play_on", "do", "set", "change")
        return [Command(action=action)]
    sound = slots.attribute("volume")
    way = direction(slots, ("loud", "strong", "high"), ("quiet", "weak", "low"))
    number = slots.number("") or slots.number("%") or slots.number("step") or slots.number("half")
    if (
        slots.attribute("channel", "brightness", "temperature")
        or slots.number("ch")
        or not (way or (sound and (number or slots.has(Tag.WAY, "max", "min"))))
    ):
        return []
    explain(slots, number)
    slots.use_words(Tag.ATTRIBUTE, "volume")
    slots.use_words(Tag.TOPIC, "music", "song")
    if number is None or number.unit == "half":
        if number is None and slots.has(Tag.WAY, "max", "min"):
            return [Command(action="set_volume", value=100 if slots.has(Tag.WAY, "max") else 0)]
        return [Command(action=f"volume_{way or 'down'}")]
    if way and (slots.has(Tag.BY) or not is_goal(slots, number)):
        return [Command(action=f"volume_{way}", value=plain(number.value))]
    check(number.value, PERCENT, entity)
    return [Command(action="set_volume", value=plain(number.value))]


_CHANNEL_VERBS: Final = (
    "run",
    "play_on",
    "set",
    "change",
    "show",
    "do",
    "on",
    "play",
    "skip",
    "find",
    "start",
    "go",
    "tell",
    "open",
)


def channel(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a channel by name, by number, or as the one next to this."""
    named = slots.attribute("channel")
    watched = slots.last(Tag.WAY)
    way = (
        watched.word
        if watched is not None and watched.word in {"next", "previous"} and (named or _is_watching(watched))
        else ""
    )
    if not way and named:
        way = {"up": "next", "down": "down"}.get(direction(slots), "next" if slots.says("skip") else "")
    found = slots.last(Tag.CHANNEL)
    counted = next(
        (
            token
            for token in slots.all(Tag.NUMBER)
            if token.text.endswith(("채널", "개채널")) and not token.text[0].isdigit()
        ),
        None,
    )
    if counted is not None and (moved := direction(slots)):
        way = "next" if moved == "up" else "down"
    number = slots.number("ch") or (slots.number("") if named or not slots.attribute("volume") else None)
    value: FrameValue | None = None
    if found is not None and not found.text == "스크린":
        value = found.word
    elif number is not None and not way:
        check(number.value, limits_of(entity) or CHANNELS, entity)
        value = plain(number.value)
    if value is None and not way:
        return []
    slots.use(Tag.CHANNEL, Tag.NUMBER, Tag.WAY)
    slots.use_words(Tag.VERB, *_CHANNEL_VERBS, "up", "down", *(("dock",) if way else ()))
    slots.use_words(Tag.ATTRIBUTE, "channel")
    slots.use_words(Tag.TOPIC, "video")
    if value is not None:
        return [Command(action="set_channel", value=value)]
    return [Command(action={"next": "channel_up", "previous": "channel_previous", "down": "channel_down"}[way])]


def _is_watching(token: Token) -> bool:
    return "보던" in token.text or "봤던" in token.text or "watching" in token.text or "channel" in token.text


def source(slots: Slots, entity: Entity) -> list[Command]:
    """Decode an input of the television."""
    found = slots.last(Tag.INPUT)
    if found is None:
        return []
    slots.use(Tag.INPUT, Tag.NUMBER)
    slots.use_words(Tag.VERB, *_CHANNEL_VERBS)
    named = next((token.word for token in slots.all(Tag.INPUT) if token.word), "")
    if not named:
        raise RefusedError("incomplete", device=entity.kind, question=Question(slot="input", device=entity.kind))
    return [Command(action="set_input", value=named)]


def app(slots: Slots, _entity: Entity) -> list[Command]:
    """Decode an application to open."""
    found = slots.last(Tag.APP)
    if found is None or slots.says(*_OFF_VERBS):
        return []
    slots.use(Tag.APP)
    slots.use_words(Tag.VERB, *_CHANNEL_VERBS, "open")
    slots.use_words(Tag.TOPIC, "steps", "app")
    return [Command(action="launch_app", value=found.word)]


type Decoder = Callable[[Slots, Entity], list[Command]]

DECODERS: Final[Mapping[str, Decoder]] = {
    "express": express,
    "temperature": temperature,
    "preheat": preheat,
    "humidity": humidity,
    "level": level,
    "mode": mode,
    "course": course,
    "brightness": brightness,
    "color": color,
    "position": position,
    "volume": volume,
    "channel": channel,
    "input": source,
    "app": app,
}
