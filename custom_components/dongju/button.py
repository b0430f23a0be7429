"""Buttons: commands that are given and leave no state of their own."""

from collections.abc import Callable
from typing import ClassVar, Final, override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Attribute, Part, Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import Where, options_to_write, readable_name, writable
from .runtime import AccountEntry
from .time import TIMES
from .vacuum import PAUSE_WORDS, RETURN_WORDS, START_WORDS, STOP_WORDS

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_COMMANDS: Final = (Kind.COMMAND, Kind.ENUM)

_OPERATIONS: Final = (
    "start",
    "run",
    "stop",
    "pause",
    "resume",
    "cancel",
    "preheating",
    "homing",
    "home",
    "charge",
    "sterilize",
    "add_time",
    "power_on",
    "power_off",
    "on",
    "off",
    "wake_up",
    "sleep",
    "light_on",
    "light_off",
    "up",
    "down",
    "open",
    "close",
)
"""The commands of appliances that run; what is not among them can be chosen in the select of the same attribute."""

_GIVEN_BY_VACUUM: Final = frozenset({*START_WORDS, *PAUSE_WORDS, *STOP_WORDS, *RETURN_WORDS})


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding buttons to the loader."""
    entry.runtime_data.entities.register(Platform.BUTTON, async_add_entities)


class DongjuButton(DongjuEntity, ButtonEntity):
    """Gives the one command of an attribute."""

    @override
    async def async_press(self) -> None:
        """Give the command."""
        attribute = self._attribute()
        words = options_to_write(attribute) if attribute else ()
        await self._async_send({self._key: words[0] if words else True})


class DongjuWordButton(DongjuEntity, ButtonEntity):
    """Gives one of the commands of an attribute; the description's key is `<attribute>_<word>`."""

    @override
    async def async_press(self) -> None:
        """Give the command."""
        await self._async_send({self._key: self.entity_description.key.removeprefix(f"{self._key}_")})


class DongjuClearButton(DongjuEntity, ButtonEntity):
    """Clears a time of day."""

    cleared: ClassVar[Value] = None

    @override
    async def async_press(self) -> None:
        """Clear it."""
        await self._async_send({self._key: self.cleared})


def _generic(attribute: Attribute) -> ButtonEntityDescription:
    return ButtonEntityDescription(
        key=attribute.key,
        name=readable_name(attribute.key),
        entity_category=EntityCategory.CONFIG,
        entity_registry_enabled_default=False,
    )


def _knows(word: str) -> Where:
    """Accept commands of which this word is one."""
    return lambda attribute: attribute.writable and attribute.kind in _COMMANDS and word in options_to_write(attribute)


def _only_command(attribute: Attribute) -> bool:
    """Accept what can be told one thing only, and has no button for it yet."""
    words = options_to_write(attribute)
    if not attribute.writable or attribute.kind is not Kind.COMMAND or len(words) != 1:
        return False
    return attribute.key != Attr.OPERATION or words[0] not in _OPERATIONS


def _not_by_vacuum(word: str) -> Callable[[Part], bool]:
    """Keep off what a robot's vacuum entity does already."""
    return lambda part: part.type is not DeviceType.ROBOT_CLEANER or word not in _GIVEN_BY_VACUUM


def _operation(word: str) -> EntityRow:
    key = f"{Attr.OPERATION}_{word}"
    return EntityRow(
        platform=Platform.BUTTON,
        entity_class=DongjuWordButton,
        attribute=Attr.OPERATION,
        description=ButtonEntityDescription(key=key, translation_key=key),
        where=_knows(word),
        part_where=_not_by_vacuum(word),
        shared=True,
    )


def _call(direction: str, *, last: bool) -> EntityRow:
    key = f"{Attr.CALL_ELEVATOR}_{direction}"
    return EntityRow(
        platform=Platform.BUTTON,
        entity_class=DongjuWordButton,
        attribute=Attr.CALL_ELEVATOR,
        description=ButtonEntityDescription(key=key, translation_key=key),
        where=_knows(direction),
        shared=not last,
    )


def _clear(key: Attr) -> EntityRow:
    return EntityRow(
        platform=Platform.BUTTON,
        entity_class=DongjuClearButton,
        attribute=key,
        description=ButtonEntityDescription(
            key=f"clear_{key}",
            translation_key=f"clear_{key}",
            entity_category=EntityCategory.CONFIG,
            entity_registry_enabled_default=False,
        ),
        where=writable(Kind.TIME),
        shared=True,
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    *(_operation(word) for word in _OPERATIONS),
    _call("up", last=False),
    _call("down", last=True),
    EntityRow(
        platform=Platform.BUTTON,
        entity_class=DongjuButton,
        attribute=Attr.ENTRANCE_OPEN,
        description=ButtonEntityDescription(key=Attr.ENTRANCE_OPEN, translation_key=Attr.ENTRANCE_OPEN),
        where=writable(Kind.COMMAND, Kind.BOOLEAN),
    ),
    *(_clear(key) for key in TIMES),
    EntityRow(platform=Platform.BUTTON, entity_class=DongjuButton, attribute=None, build=_generic, where=_only_command),
)
