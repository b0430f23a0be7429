"""Remarks that ask for something: how a room feels ("좀 덥네"), what is too much of a device ("소리가 너무 커")."""

from dataclasses import replace
from typing import Final

from .entities import Mention, Surroundings, kind_of, mentions, resolve
from .frames import Frame
from .grammar import DEVICES, Clause, Role
from .home import HomeIndex
from .morphology import Mood
from .slots import Context, Slots
from .tokens import SILENT, Tag, Token

# A remark about the room and what helps: kind and action, the first that the home has.
_COMFORT: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "hot": (("air_conditioner", "turn_on", ""), ("fan", "turn_on", "")),
    "cold": (("boiler", "turn_on", ""),),
    "dark": (("light", "turn_on", ""),),
    "bright": (("light", "set_brightness", "down"),),
    "noisy": (("tv", "volume_down", ""),),
    "loud": (("tv", "volume_down", ""),),
    "stuffy": (("ventilation", "turn_on", ""), ("air_purifier", "turn_on", "")),
    "humid": (("dehumidifier", "turn_on", ""),),
    "dry": (("humidifier", "turn_on", ""),),
    "dirty": (("robot_cleaner", "start", ""),),
}
_ROOM_WORDS: Final = frozenset({Tag.FEEL, Tag.HERE, Tag.AREA})
# What of a room may be felt: "공기가 답답해", "바닥이 더럽네".
_OF_ROOM: Final = {
    "air_quality": frozenset({"stuffy", "humid", "dry"}),
    "humidity": frozenset({"humid", "dry"}),
    "floor": frozenset({"dirty"}),
}
# What is too much of a device: the kind or attribute named, the feeling, and what changes it.
_TOO_MUCH: Final[dict[tuple[str, str], tuple[str, str, str]]] = {
    ("volume", "loud"): ("tv", "volume_down", ""),
    ("volume", "noisy"): ("tv", "volume_down", ""),
    ("volume", "quiet"): ("tv", "volume_up", ""),
    ("tv", "loud"): ("tv", "volume_down", ""),
    ("tv", "noisy"): ("tv", "volume_down", ""),
    ("tv", "quiet"): ("tv", "volume_up", ""),
    ("speaker", "loud"): ("speaker", "volume_down", ""),
    ("speaker", "noisy"): ("speaker", "volume_down", ""),
    ("speaker", "quiet"): ("speaker", "volume_up", ""),
    ("light", "bright"): ("light", "set_brightness", "down"),
    ("light", "dark"): ("light", "set_brightness", "up"),
}

_MUSIC: Final = ("music", "song")
_CANNOT: Final = ("can't", "cannot")
_OF_SPEAKER: Final = frozenset({"hot", "cold"})
_SPEAKER: Final = frozenset({"i", "i'm", "i am", "we", "we're", "we are", "나", "난", "나는", "우리", "저", "저는"})


def _is_of_speaker(felt: Token) -> bool:
    """Tell whether people say of themselves what asks for something: "I'm cold", "I can't see"."""
    return felt.word in _OF_SPEAKER or felt.text.startswith(_CANNOT)


def comfort(slots: Slots, clause: Clause, home: HomeIndex, context: Context) -> list[Frame]:
    """Return what a remark asks for; none unless every word is understood."""
    felt = slots.last(Tag.FEEL)
    if (
        felt is None
        or clause.role not in {Role.TOLD, Role.BACKGROUND}
        or slots.question
        or felt.mood in {Mood.MANNER, Mood.MODIFY}
        or slots.has(Tag.NEGATION)
        or not all(_is_of_speaker(felt) and token.text in _SPEAKER for token in slots.all(Tag.PERSON))
        or any(token.tag in DEVICES for token in slots.background)
    ):
        return []
    return _of_device(slots, felt, home, context) or _of_room(slots, felt, home, context)


def _of_room(slots: Slots, felt: Token, home: HomeIndex, context: Context) -> list[Frame]:
    """Decode a remark about how a room feels."""
    if adjusted := _of_spoken(slots, felt, context):
        return adjusted
    if felt.word not in _COMFORT or any(
        token.tag not in _ROOM_WORDS and token.tag not in SILENT and felt.word not in _OF_ROOM.get(token.word, ())
        for token in slots.tokens
    ):
        return []
    _, rooms = mentions(slots.tokens)
    around = Surroundings(here=False, heard_in=context.area, carried=context.said_area)
    place = rooms[-1] if rooms else context.said_area or context.area
    known = [row for row in _COMFORT[felt.word] if home.of_kind(row[0])]
    # What stands in the room comes first; else the only one of the home.
    known.sort(key=lambda row: not home.in_area(home.of_kind(row[0]), place))
    if not known:
        return []
    kind, action, value = known[0]
    devices = home.of_kind(kind)
    if len(devices) > 1 and not home.in_area(devices, place):
        return []
    entity = resolve(Mention(Token(Tag.KIND, kind, 0, 0, ""), rooms), home, around)[0]
    return [_frame(action, kind, entity.area, value, entity.targets)]


_WARMING: Final = frozenset({"air_conditioner", "boiler"})


def _of_spoken(slots: Slots, felt: Token, context: Context) -> list[Frame]:
    """Decode how the air conditioner or boiler that was just spoken of feels ("에어컨 켜줘", "너무 추워")."""
    entity = context.entity
    if entity is None or entity.kind not in _WARMING or felt.word not in {"cold", "hot"}:
        return []
    if any(token.tag is not Tag.FEEL and token.tag not in SILENT for token in slots.tokens):
        return []
    value = "up" if felt.word == "cold" else "down"
    return [_frame("adjust_temperature", entity.kind, entity.area, value, entity.targets, entity.name)]


def _of_device(slots: Slots, felt: Token, home: HomeIndex, context: Context) -> list[Frame]:
    """Decode a remark about a device that is too loud, too bright ..., said with a degree."""
    music = [replace(token, tag=Tag.KIND, value="speaker") for token in slots.tokens if token.word in _MUSIC]
    named = [*slots.all(Tag.KIND, Tag.DEVICE, Tag.ATTRIBUTE), *music]
    about = {token.word if token.tag is Tag.ATTRIBUTE else kind_of(token, home) for token in named}
    if len(about) > 1:
        about.discard("volume")  # "스피커 소리가 너무 작아"
    found = {_TOO_MUCH.get((name, felt.word)) for name in about}
    rest = {Tag.KIND, Tag.DEVICE, Tag.ATTRIBUTE, *_ROOM_WORDS}
    complains = (
        slots.has(Tag.DEGREE)
        or felt.text.startswith(("안들", "잘안들", "too ", *_CANNOT))
        or "좀" in {t.text for t in slots.tokens}
    )
    row = found.pop() if len(found) == 1 else None
    if (
        row is None
        or not complains
        or any(token.tag not in rest | SILENT and token.word not in _MUSIC for token in slots.tokens)
    ):
        return []
    kind, action, value = row
    found_mentions, rooms = mentions(slots.tokens)
    mention = found_mentions[-1] if found_mentions else Mention(Token(Tag.KIND, kind, 0, 0, ""), rooms)
    around = Surroundings(here=False, heard_in=context.area, carried=context.said_area)
    entity = resolve(mention, home, around)[0]
    return [_frame(action, entity.kind, entity.area, value, entity.targets, entity.name)]


def _frame(
    action: str, kind: str, area: str | None, value: str, targets: tuple[str, ...], name: str | None = None
) -> Frame:
    return Frame(action=action, device=kind, area=area, name=name, value=value or None, targets=targets)
