"""Door locks."""

from typing import Any, Final, override

from homeassistant.components.lock import LockEntity, LockEntityDescription
from homeassistant.const import ATTR_CODE, Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import writable
from .runtime import AccountEntry
from .values import as_flag, as_word

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding locks to the loader."""
    entry.runtime_data.entities.register(Platform.LOCK, async_add_entities)


class DongjuLock(DongjuEntity, LockEntity):
    """A door lock: locks for anybody, unlocks with its PIN, which is passed on and never kept."""

    # Home Assistant asks for a code in both directions; an empty one is let through, so that locking needs none. An
    # unlocking without one is refused by the hub's safety rules, in words of its own.
    _attr_code_format: str | None = r"^(\d{4,12})?$"

    @override
    def _update_attrs(self) -> None:
        self._attr_is_locked = as_flag(self._value(Attr.LOCKED))
        self._attr_is_jammed = as_flag(self._value(Attr.JAMMED))
        self._attr_changed_by = as_word(self._value(Attr.LAST_UNLOCKED_BY))

    @override
    async def async_lock(self, **kwargs: Any) -> None:
        """Lock."""
        await self._async_send({Attr.LOCKED: True})

    @override
    async def async_unlock(self, **kwargs: Any) -> None:
        """Unlock with the PIN."""
        await self._async_send({Attr.LOCKED: False}, pin=kwargs.get(ATTR_CODE) or None)


ROWS: Final[tuple[EntityRow, ...]] = (
    EntityRow(
        platform=Platform.LOCK,
        entity_class=DongjuLock,
        attribute=Attr.LOCKED,
        description=LockEntityDescription(key="lock", translation_key="door_lock", name=None),
        uses=(Attr.JAMMED, Attr.LAST_UNLOCKED_BY),
        types=frozenset({DeviceType.DOOR_LOCK}),
        where=writable(Kind.BOOLEAN),
    ),
)
