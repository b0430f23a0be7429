"""Remotes: the keys of a set-top box."""

import asyncio
from collections.abc import Iterable
from typing import Any, Final, override

from homeassistant.components.remote import (
    ATTR_DELAY_SECS,
    ATTR_NUM_REPEATS,
    DEFAULT_DELAY_SECS,
    DEFAULT_NUM_REPEATS,
    RemoteEntity,
    RemoteEntityDescription,
)
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr, DeviceType
from .runtime import AccountEntry

PARALLEL_UPDATES = 1


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding remotes to the loader."""
    entry.runtime_data.entities.register(Platform.REMOTE, async_add_entities)


class DongjuRemote(DongjuEntity, RemoteEntity):
    """The remote control of a set-top box."""

    @override
    def _update_attrs(self) -> None:
        on_off = self._value(Attr.ON_OFF)
        self._attr_is_on = on_off if isinstance(on_off, bool) else None

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch the box on."""
        await self._async_send({Attr.ON_OFF: True})

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch the box off."""
        await self._async_send({Attr.ON_OFF: False})

    @override
    async def async_send_command(self, command: Iterable[str], **kwargs: Any) -> None:
        """Press keys by name (`ok`, `channel_up`, `7`), in order."""
        keys = [str(key) for key in command] * int(kwargs.get(ATTR_NUM_REPEATS, DEFAULT_NUM_REPEATS))
        delay = float(kwargs.get(ATTR_DELAY_SECS, DEFAULT_DELAY_SECS))
        for number, key in enumerate(keys):
            if number:
                await asyncio.sleep(delay)
            await self._async_send({Attr.KEY: key})


ROWS: Final = (
    EntityRow(
        platform=Platform.REMOTE,
        entity_class=DongjuRemote,
        attribute=Attr.KEY,
        types=frozenset({DeviceType.SET_TOP_BOX}),
        uses=(Attr.ON_OFF,),
        description=RemoteEntityDescription(key="remote", translation_key="remote"),
    ),
)
