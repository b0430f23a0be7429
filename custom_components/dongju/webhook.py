"""The webhook of an account, for vendors that call back (GiGA Genie's skill calls). The vendor checks the signature."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
import logging
import secrets
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from aiohttp import web
from homeassistant.components import webhook
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.network import NoURLAvailableError
from yarl import URL

from .const import DOMAIN
from .model.errors import DeviceGoneError
from .model.vocabulary import Vendor
from .vendors.body import read_body

if TYPE_CHECKING:
    from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

CONF_WEBHOOK: Final = "webhook_id"
MAX_BODY: Final = 64 * 1024
READ_S: Final = 3.0
"""A call's body has to be here by then: its answer is due after three seconds."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@runtime_checkable
class CalledBack(Protocol):
    """A session whose vendor calls it."""

    async def async_webhook(self, headers: Mapping[str, str], body: bytes) -> tuple[int, dict[str, Any] | None]:
        """Return HTTP status and JSON answer of a call."""
        ...


@callback
def async_register(hass: HomeAssistant, entry: AccountEntry, vendor: Vendor, server_url: str | None) -> str | None:
    """Register the webhook of an account until it is unloaded; return its address as the vendor's server sees it."""
    webhook_id = secrets.token_hex(32)
    url = _address(hass, webhook_id, server_url)
    if url is None:
        return None

    async def handle(_hass: HomeAssistant, _webhook_id: str, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(READ_S):
                body = await read_body(request.content, MAX_BODY)
        except TimeoutError:
            return web.Response(status=HTTPStatus.REQUEST_TIMEOUT)
        try:
            session = entry.runtime_data.coordinator.session(vendor)
        except DeviceGoneError:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if not isinstance(session, CalledBack):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, answer = await session.async_webhook(headers, body)
        return web.json_response(answer, status=status) if answer is not None else web.Response(status=status)

    webhook.async_register(
        hass,
        DOMAIN,
        f"{entry.title} ({vendor})",
        webhook_id,
        handle,
        local_only=_is_loopback(server_url),
        allowed_methods=["POST"],
    )
    entry.async_on_unload(lambda: webhook.async_unregister(hass, webhook_id))
    return url


def _address(hass: HomeAssistant, webhook_id: str, server_url: str | None) -> str | None:
    """Return the address to give to a server: loopback for a mock cloud on this machine, else the outer one."""
    path = webhook.async_generate_path(webhook_id)
    if _is_loopback(server_url):
        if (api := hass.config.api) is None:
            return None
        return f"{'https' if api.use_ssl else 'http'}://127.0.0.1:{api.port}{path}"
    try:
        return webhook.async_generate_url(hass, webhook_id, allow_internal=False, allow_ip=False)
    except NoURLAvailableError:
        _LOGGER.debug("No outer address: the vendor cannot call back")
        return None


def _is_loopback(server_url: str | None) -> bool:
    """Return whether a server runs on this machine."""
    return bool(server_url) and URL(str(server_url)).host in _LOOPBACK
