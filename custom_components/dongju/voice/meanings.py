"""Words with two meanings, settled by the company they keep: "난방" is a boiler, or the mode of an air conditioner."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from .entities import kind_of
from .home import HomeIndex
from .kinds import CYCLE_KINDS, GENERIC, PROFILES
from .morphology import Mood
from .slots import Context, Slots
from .tokens import Tag, Token

_LAUNDRY: Final = frozenset({"빨래", "세탁물", "빨랫감", "laundry"})
_HOW: Final = frozenset({Mood.MANNER, Mood.NOUN})
_BLOWING: Final = frozenset({"air_conditioner", "air_purifier", "ventilation"})


@dataclass(frozen=True, slots=True)
class _Company:
    """What stands around a word: the kinds named in the clause, the kind spoken of before, the clause, the home."""

    kinds: frozenset[str]
    carried: str
    slots: Slots
    home: HomeIndex
    before: frozenset[str] = frozenset()  # kinds named in the reason given before

    def others(self, kind: str) -> frozenset[str]:
        return self.kinds - {kind}

    @property
    def has_modes(self) -> bool:
        return any(PROFILES.get(kind, GENERIC).modes for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class _Row:
    """A word of `tag` and `value` ("" for any) becomes `becomes` when `when` holds; no new value keeps the old one."""

    tag: Tag
    value: str
    becomes: tuple[Tag, str | None]
    when: Callable[[Token, _Company], bool]


def _warms(near: _Company) -> bool:
    """Tell whether a boiler's hot water is spoken of with its temperature."""
    return (
        near.slots.attribute("temperature") and bool(near.home.of_kind("water_heater")) and not near.slots.has(Tag.AND)
    )


def _shines(token: Token, near: _Company) -> bool:
    """Tell whether a word for a light only says what a plugged-in thing before it does ("트리 불 켜줘")."""
    at = next(index for index, other in enumerate(near.slots.tokens) if other is token)
    before = near.slots.tokens[at - 1] if at else None
    return before is not None and before.tag is Tag.DEVICE and kind_of(before, near.home) == "outlet"


def _sets_speed(slots: Slots) -> bool:
    """Tell whether a clause sets how hard something blows, without saying where."""
    way = slots.has(Tag.WAY, "up", "down", "max", "min") or slots.says("louder")
    return (_blows(slots) or slots.has(Tag.MODE, "auto") or way) and not slots.has(Tag.AREA)


def _blows(slots: Slots) -> bool:
    """Tell whether it is said how hard something is to blow."""
    felt = slots.feeling("strong", "weak", "high", "low") is not None
    return felt or slots.has(Tag.LEVEL) or slots.says("up", "down")


def _is_course(token: Token, near: _Company) -> bool:
    """Tell whether what a machine can do names a course here, one that nobody knows ("살균 코스")."""
    at = next(index for index, other in enumerate(near.slots.tokens) if other is token)
    after = near.slots.tokens[at + 1] if at + 1 < len(near.slots.tokens) else None
    return token.mood is Mood.NOUN and after is not None and after.text.startswith("코스")


_ROWS: Final = (
    # "온도는 두고 바람만 약하게": how hard it blows, not that it only blows.
    _Row(
        Tag.MODE,
        "fan_only",
        (Tag.ATTRIBUTE, "fan"),
        lambda token, near: token.text == "바람만" and _blows(near.slots),
    ),
    _Row(Tag.VERB, "air_out", (Tag.UNKNOWN, ""), _is_course),
    _Row(Tag.KIND, "light", (Tag.GLUE, ""), _shines),
    _Row(Tag.KIND, "boiler", (Tag.MODE, "heat"), lambda _, near: "air_conditioner" in near.kinds),
    _Row(Tag.KIND, "boiler", (Tag.GLUE, ""), lambda _, near: "water_heater" in near.kinds and _warms(near)),
    _Row(
        Tag.KIND,
        "water_heater",
        (Tag.MODE, "hot_water"),
        lambda _, near: "boiler" in near.kinds and not _warms(near),
    ),
    _Row(
        Tag.KIND,
        "air_purifier",
        (Tag.THING, ""),
        lambda token, near: (
            token.text == "공기청정" and bool(near.others("air_purifier")) and not near.slots.has(Tag.AND)
        ),
    ),
    _Row(
        Tag.KIND,
        "door",
        (Tag.KIND, "door_lock"),
        lambda _, near: not near.others("door") and near.slots.says("lock") and bool(near.home.of_kind("door_lock")),
    ),
    _Row(Tag.KIND, "door", (Tag.GLUE, ""), lambda _, near: bool(near.others("door")) or near.carried in PROFILES),
    _Row(
        Tag.KIND,
        "fan",
        (Tag.ATTRIBUTE, "fan"),
        lambda token, near: (
            token.text == "fan" and bool((near.kinds | near.before) & _BLOWING) and not near.slots.has(Tag.AND)
        ),
    ),
    _Row(
        Tag.KIND,
        "fan",
        (Tag.ATTRIBUTE, "fan"),
        lambda token, near: (
            token.text == "fan" and near.kinds == {"fan"} and near.carried in _BLOWING and _sets_speed(near.slots)
        ),
    ),
    _Row(
        Tag.KIND,
        "washer",
        (Tag.KIND, "dryer"),
        lambda token, near: token.text in _LAUNDRY and near.slots.says("make_dry"),
    ),
    _Row(
        Tag.MODE,
        "hot_water",
        (Tag.KIND, "water_heater"),
        lambda token, near: (
            token.text == "온수만"
            and not near.kinds
            and near.slots.says("on", "off", "play_on")
            and bool(near.home.of_kind("water_heater"))
        ),
    ),
    _Row(
        Tag.MODE,
        "heat",
        (Tag.KIND, "boiler"),
        lambda token, near: (
            token.text == "heat" and not near.kinds and bool(near.slots.verbs()) and bool(near.home.of_kind("boiler"))
        ),
    ),
    _Row(Tag.SCENE, "", (Tag.MODE, None), lambda _, near: near.has_modes),
    _Row(Tag.ATTRIBUTE, "express", (Tag.COURSE, "quick"), lambda _, near: bool(near.kinds & CYCLE_KINDS)),
    _Row(Tag.VERB, "do", (Tag.VERB, "lock"), lambda token, near: token.text[0] == "걸" and "door_lock" in near.kinds),
    _Row(Tag.ATTRIBUTE, "lock", (Tag.VERB, "lock"), lambda _, near: "door_lock" in near.kinds),
    _Row(
        Tag.VERB,
        "dock",
        (Tag.VERB, "open"),
        lambda token, near: token.text.startswith("들어가") and near.slots.has(Tag.APP),
    ),
    _Row(Tag.ATTRIBUTE, "pm25", (Tag.COURSE, "fine_dust"), lambda _, near: "styler" in near.kinds),
    *(
        _Row(Tag.FEEL, feeling, (Tag.COLOR, color), lambda token, near: near.kinds == {"light"} and token.mood in _HOW)
        for feeling, color in (("warm", "warm_white"), ("cool", "cool_white"))
    ),
    _Row(Tag.MODE, "heat", (Tag.VERB, "preheat"), lambda _, near: near.kinds == {"oven"}),
    _Row(Tag.FEEL, "warm", (Tag.VERB, "preheat"), lambda _, near: near.kinds == {"oven"}),
)


def _settled(token: Token, near: _Company) -> Token:
    kind = kind_of(token, near.home) if token.tag in {Tag.DEVICE, Tag.KIND} else ""
    tag, value = (Tag.KIND, kind) if kind else (token.tag, token.word)
    for row in _ROWS:
        if row.tag is tag and row.value in {"", value} and row.when(token, near):
            new_tag, new_value = row.becomes
            return replace(token, tag=new_tag, value=value if new_value is None else new_value)
    return token


def settle_meanings(slots: Slots, home: HomeIndex, context: Context) -> None:
    """Give each word of a clause the meaning that fits the devices named with it."""
    kinds = frozenset(kind_of(token, home) for token in slots.all(Tag.DEVICE, Tag.KIND))
    before = frozenset(kind_of(token, home) for token in slots.background if token.tag in {Tag.DEVICE, Tag.KIND})
    near = _Company(kinds, context.entity.kind if context.entity else "", slots, home, before)
    slots.tokens = [_settled(token, near) for token in slots.tokens]
