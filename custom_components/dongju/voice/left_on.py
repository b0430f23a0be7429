"""Questions what is on, of the home or a room: "집에 켜져 있는 거 있어?", "is anything still on?"."""

from typing import Final

from .entities import mentions
from .frames import Frame
from .grammar import Clause, Role
from .home import HomeIndex
from .kinds import PROFILES
from .morphology import Mood
from .slots import Context, Slots
from .tokens import SILENT, Tag, Token

_SWITCHED: Final = frozenset({"is_on", "is_off", "on", "off", "play_on", "leave"})
_ASKING: Final = frozenset({"is_there", "tell", "show"})
_THINGS: Final = frozenset(
    {"거", "것", "게", "데", "기기", "가전", "전자제품", "anything", "everything", "appliances", "devices"}
)
_ALLOWED: Final = frozenset({Tag.AREA, Tag.HERE, Tag.ALL, Tag.WH, Tag.THAT})


def what_is_on(slots: Slots, clause: Clause, home: HomeIndex, context: Context) -> list[Frame]:
    """Return the question what is on, none for one about a device or an attribute."""
    switched = [token for token in slots.tokens if token.word in _SWITCHED or token.text == "on"]
    asks = clause.role is Role.TOLD or slots.has(Tag.WH, "what") or slots.says("tell", "show")
    if not (switched and asks and _is_of_anything(slots, context)) or any(
        not _may_be_said(token) for token in slots.tokens
    ):
        return []
    _, rooms = mentions(slots.tokens)
    area = rooms[-1] if rooms else context.area if slots.has(Tag.HERE) else None
    devices = [device for device in home.devices if device.kind in _CAN_BE_LEFT_ON and area in {None, device.area}]
    if not devices:
        return []
    targets = tuple(device.id for device in devices)
    return [Frame(action="query", area=area or "all", attribute="state", value="on", targets=targets)]


def _is_of_anything(slots: Slots, context: Context) -> bool:
    """Tell whether things are asked for, not how what was spoken of last is ("다 꺼졌어?" after the lights)."""
    if slots.has(Tag.WH, "what") or any(token.text in _THINGS for token in slots.tokens):
        return True
    return slots.has(Tag.ALL) and (slots.has(Tag.ALL, "home") or context.entity is None)


def _may_be_said(token: Token) -> bool:
    if token.tag is Tag.VERB:
        korean_order = token.mood is Mood.DO and not token.text.isascii()
        return token.word in _SWITCHED | _ASKING and not (korean_order and token.word in _SWITCHED)
    return token.tag in SILENT or token.tag in _ALLOWED or token.text in _THINGS


_CAN_BE_LEFT_ON: Final = frozenset(kind for kind, profile in PROFILES.items() if "turn_off" in profile.verbs.values())
