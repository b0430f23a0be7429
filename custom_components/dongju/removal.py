"""What a removed entry takes along: at the vendor (client, subscriptions, skill) and on disk."""

import asyncio
import logging
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant

from .const import CONF_KIND, CONF_VENDOR, EntryKind
from .demo import async_remove_demo_state
from .model.store import Store
from .model.vocabulary import Vendor
from .session_host import DiskCache, cache_key, create_context
from .vendors.registry import VENDORS

if TYPE_CHECKING:
    from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

_PATIENCE_S: Final = 60.0
"""A vendor that does not answer must not keep a person from removing the entry."""


async def async_remove(hass: HomeAssistant, entry: AccountEntry) -> None:
    """Clean up behind an account or the Demo home."""
    if entry.data[CONF_KIND] == EntryKind.DEMO:
        await async_remove_demo_state(hass, entry.entry_id)
    caches = {vendor: DiskCache(hass, cache_key(entry.entry_id, vendor), read_only=True) for vendor in VENDORS}
    try:
        if entry.data[CONF_KIND] == EntryKind.ACCOUNT:
            vendor = Vendor(entry.data[CONF_VENDOR])
            async with asyncio.timeout(_PATIENCE_S):
                await _async_sign_out(hass, entry, vendor, caches[vendor])
    except Exception:  # the entry goes whatever its vendor says
        _LOGGER.exception("Could not clean up at the vendor")
    finally:
        for cache in caches.values():
            await cache.async_remove()


async def _async_sign_out(hass: HomeAssistant, entry: AccountEntry, vendor: Vendor, cache: DiskCache) -> None:
    """Delete what was registered at the vendor for this account."""
    context = create_context(hass, entry, vendor, Store(), dict(entry.data), lambda _changed: None, cache)
    session = VENDORS[vendor].create_session(context)
    try:
        await session.async_remove_account()
    finally:
        await session.async_close()
