"""Covers: curtains and blinds."""

from typing import Any, Final, override

from homeassistant.components.cover import CoverEntity, CoverEntityDescription
from homeassistant.components.cover.const import ATTR_POSITION, CoverDeviceClass, CoverEntityFeature
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.device import Value
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import is_writable, of_kind, options_to_write, writable
from .runtime import AccountEntry
from .values import as_flag, as_number, as_word, snapped

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_OPEN: Final = ("open", "opening", "up")
_CLOSE: Final = ("close", "closed", "closing", "down")
_STOP: Final = ("stop", "pause")
_FULLY_OPEN: Final = 100


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding covers to the loader."""
    entry.runtime_data.entities.register(Platform.COVER, async_add_entities)


class DongjuCover(DongjuEntity, CoverEntity):
    """A curtain with a position, with commands, or with both."""

    @override
    def _describe(self) -> None:
        can_set = self._can_write(Attr.POSITION)
        wanted = (
            (CoverEntityFeature.OPEN, bool(self._ways(_OPEN, position=_FULLY_OPEN, is_open=True))),
            (CoverEntityFeature.CLOSE, bool(self._ways(_CLOSE, position=0, is_open=False))),
            (CoverEntityFeature.STOP, bool(self._word(_STOP))),
            (CoverEntityFeature.SET_POSITION, can_set),
        )
        features = CoverEntityFeature(0)
        for feature, present in wanted:
            if present:
                features |= feature
        self._attr_supported_features = features

    @override
    def _update_attrs(self) -> None:
        position = as_number(self._value(Attr.POSITION))
        moving = as_word(self._value(Attr.MOVING))
        self._attr_current_cover_position = None if position is None else round(position)
        self._attr_is_opening = moving in _OPEN if moving else None
        self._attr_is_closing = moving in _CLOSE if moving else None
        self._attr_is_closed = self._is_closed(position)

    @override
    async def async_open_cover(self, **kwargs: Any) -> None:
        """Open."""
        await self._async_send(self._ways(_OPEN, position=_FULLY_OPEN, is_open=True))

    @override
    async def async_close_cover(self, **kwargs: Any) -> None:
        """Close."""
        await self._async_send(self._ways(_CLOSE, position=0, is_open=False))

    @override
    async def async_stop_cover(self, **kwargs: Any) -> None:
        """Stop where it is."""
        await self._async_send({Attr.OPERATION: self._word(_STOP)})

    @override
    async def async_set_cover_position(self, **kwargs: Any) -> None:
        """Move to a position."""
        position = snapped(self._attribute(Attr.POSITION), kwargs[ATTR_POSITION])
        await self._async_send({Attr.POSITION: position})

    def _word(self, words: tuple[str, ...]) -> str | None:
        """Return the first of these commands that the curtain knows."""
        operation = self._attribute(Attr.OPERATION) if self._can_write(Attr.OPERATION) else None
        known = options_to_write(operation) if operation else ()
        return next((word for word in words if word in known), None)

    def _ways(self, words: tuple[str, ...], *, position: float, is_open: bool) -> dict[str | Attr, Value]:
        """Return how to open or close: by command, by its own switch, or by going to the end."""
        if word := self._word(words):
            return {Attr.OPERATION: word}
        for key in (Attr.OPERATION, Attr.OPEN):
            attribute = self._attribute(key) if self._can_write(key) else None
            if attribute and attribute.kind is Kind.BOOLEAN:
                return {key: is_open}
        return {Attr.POSITION: position} if self._can_write(Attr.POSITION) else {}

    def _is_closed(self, position: float | None) -> bool | None:
        if position is not None:
            return position == 0
        for key in (Attr.OPEN, Attr.OPERATION):
            attribute = self._attribute(key)
            value = self._value(key) if attribute and attribute.readable else None
            if (is_open := as_flag(value)) is not None:
                return not is_open
            if word := as_word(value):
                return word in _CLOSE
        return None


_CURTAIN: Final = CoverEntityDescription(
    key="cover", translation_key="curtain", name=None, device_class=CoverDeviceClass.CURTAIN
)

ROWS: Final[tuple[EntityRow, ...]] = tuple(
    EntityRow(
        platform=Platform.COVER,
        entity_class=DongjuCover,
        attribute=attribute,
        description=_CURTAIN,
        also=tuple(key for key in (Attr.OPERATION, Attr.OPEN) if key != attribute),
        also_where=is_writable,
        uses=(Attr.MOVING, Attr.OPEN),
        types=frozenset({DeviceType.CURTAIN}),
        where=where,
    )
    for attribute, where in (
        (Attr.POSITION, of_kind(Kind.NUMBER)),
        (Attr.OPERATION, is_writable),
        (Attr.OPEN, writable(Kind.BOOLEAN)),
    )
)
