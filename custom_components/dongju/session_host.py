"""Home Assistant's side of a vendor session: what `SessionContext` promises, built from a config entry."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
import logging
import time
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.storage import Store as JsonStore
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from . import webhook
from .const import CONF_KIND, DOMAIN, EntryKind
from .model.errors import HubError
from .model.store import Store
from .model.vocabulary import Vendor
from .owners import owner_check
from .vendors.base import JsonDict, SessionContext, SpokenReply, Utterance

if TYPE_CHECKING:
    from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

CACHE_VERSION: Final = 1
CACHE_DELAY: Final = 10.0

UTTERANCE_HANDLER: Final[HassKey[Callable[[Utterance], Awaitable[SpokenReply]]]] = HassKey(
    f"{DOMAIN}_utterance_handler"
)
"""Who answers vendors' microphones; set by the Hub entry."""


class DiskCache:
    """A session's cache, in `.storage`; a broken file is an empty cache."""

    def __init__(self, hass: HomeAssistant, key: str, *, read_only: bool = False) -> None:
        """Keep it under `key`."""
        self._store: JsonStore[JsonDict] = JsonStore(hass, CACHE_VERSION, f"{DOMAIN}.{key}", private=True)
        self._waiting: Callable[[], JsonDict] | None = None
        self._closed = read_only

    async def async_load(self) -> JsonDict:
        """Return what was kept, or an empty dict."""
        kept = await self._store.async_load()
        return kept if isinstance(kept, dict) else {}

    @callback
    def save(self, data: Callable[[], JsonDict]) -> None:
        """Write soon, and before Home Assistant stops."""
        if not self._closed:
            self._waiting = data
            self._store.async_delay_save(self._take, CACHE_DELAY)

    async def async_close(self) -> None:
        """Write what waits, and nothing after that: whoever reads the file next finds it complete."""
        self._closed = True
        if self._waiting:
            await self._store.async_save(self._take())

    async def async_remove(self) -> None:
        """Delete it."""
        await self._store.async_remove()

    def _take(self) -> JsonDict:
        data = self._waiting
        self._waiting = None
        return data() if data else {}


def cache_key(entry_id: str, vendor: str) -> str:
    """Return the storage key of a session's cache."""
    return f"{entry_id}.{vendor}"


def create_context(
    hass: HomeAssistant,
    entry: AccountEntry,
    vendor: Vendor,
    store: Store,
    data: Mapping[str, Any],
    save_data: Callable[[JsonDict], None],
    cache: DiskCache,
) -> SessionContext:
    """Build what a session of `vendor` runs on."""

    def create_task(coro: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        return entry.async_create_background_task(hass, coro, f"{DOMAIN} {name}")

    @callback
    def auth_failed(err: HubError) -> None:
        _LOGGER.debug("Asking to sign in again: %r", err)
        if entry.data[CONF_KIND] == EntryKind.DEMO:
            # Nobody can sign in to the Demo home; its clouds hand out tokens anew when they start.
            hass.config_entries.async_schedule_reload(entry.entry_id)
            return
        entry.async_start_reauth(hass)

    async def handle_utterance(utterance: Utterance) -> SpokenReply:
        if (handler := hass.data.get(UTTERANCE_HANDLER)) is None:
            return SpokenReply(text="")
        return await handler(utterance)

    return SessionContext(
        store=store,
        http=async_get_clientsession(hass),
        cache=cache,
        data=data,
        options=entry.options,
        save_data=save_data,
        create_task=create_task,
        run_in_executor=hass.async_add_executor_job,
        now=dt_util.now,
        monotonic=time.monotonic,
        auth_failed=auth_failed,
        issue=_issue_raiser(hass, entry, vendor),
        handle_utterance=handle_utterance,
        webhook_url=lambda: webhook.async_register(hass, entry, vendor, data.get("server_url")),
        fahrenheit=hass.config.units.temperature_unit == UnitOfTemperature.FAHRENHEIT,
        owns=owner_check(hass, entry),
    )


def _issue_raiser(
    hass: HomeAssistant, entry: AccountEntry, vendor: Vendor
) -> Callable[[str, Mapping[str, str] | None], None]:
    """Return the function by which a session raises and clears repair issues."""

    @callback
    def issue(key: str, placeholders: Mapping[str, str] | None) -> None:
        issue_id = f"{key}_{entry.entry_id}_{vendor}"
        if placeholders is None:
            ir.async_delete_issue(hass, DOMAIN, issue_id)
            return
        ir.async_create_issue(
            hass,
            DOMAIN,
            issue_id,
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders={"account": entry.title, **placeholders},
        )

    return issue
