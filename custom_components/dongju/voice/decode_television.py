"""What a clause sets on televisions and speakers: volume, channel, input, application."""

from typing import Final

from .entities import Entity
from .frames import FrameValue, Question, RefusedError
from .kinds import CHANNELS, PERCENT
from .setting import OFF_VERBS, Command, check, direction, explain, is_goal, limits_of, plain
from .slots import Slots
from .tokens import Tag, Token


def _muting(slots: Slots) -> str:
    """Return "mute", "unmute" or ""."""
    sound = slots.attribute("volume")
    if slots.has(Tag.TOPIC, "mute"):
        return "unmute" if slots.says(*OFF_VERBS, "unmute") else "mute"
    if slots.says("unmute") or (sound and slots.says("on", "play_on") and slots.number("") is None):
        return "unmute"
    return "mute" if slots.says("mute") or (sound and slots.says("off", "stop", "cancel")) else ""


def volume(slots: Slots, entity: Entity) -> list[Command]:
    """Decode a volume to reach or to change, muting and unmuting."""
    if action := _muting(slots):
        slots.use_words(Tag.TOPIC, "mute")
        slots.use_words(Tag.ATTRIBUTE, "volume")
        slots.use_words(Tag.VERB, *OFF_VERBS, "mute", "unmute", "on", "play_on", "do", "set", "change", "down")
        slots.use(Tag.AGAIN)  # "소리 다시 켜줘"
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
    if number.unit == "step" and not way:
        raise RefusedError("incomplete", device=entity.kind, question=Question(slot="direction", device=entity.kind))
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
    if found is not None and found.text != "스크린":
        value = found.word
    elif number is not None and not way:
        check(number.value, limits_of(entity) or CHANNELS, entity)
        value = plain(number.value)
    if value is None and not way:
        return []
    slots.use(Tag.CHANNEL, Tag.NUMBER, Tag.WAY, Tag.AGAIN, *((Tag.MORE,) if way else ()))
    slots.use_words(Tag.VERB, *_CHANNEL_VERBS, "up", "down", *(("dock", "resume") if way else ()))
    slots.use_words(Tag.ATTRIBUTE, "channel")
    slots.use_words(Tag.TOPIC, *(("dock",) if way else ()))  # "flip back to the previous channel"
    slots.use_words(Tag.TOPIC, "video", *(("news",) if found is not None else ()))
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
    if found is None or slots.says(*OFF_VERBS):
        return []
    slots.use(Tag.APP, Tag.AGAIN)
    slots.use_words(Tag.VERB, *_CHANNEL_VERBS, "open")
    slots.use_words(Tag.TOPIC, "steps", "app")
    return [Command(action="launch_app", value=found.word)]
