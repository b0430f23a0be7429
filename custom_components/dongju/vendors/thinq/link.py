"""What the push connection needs of the account: an address, a registered client, a certificate."""

import asyncio
from collections.abc import Awaitable, Callable
import contextlib
import logging
import ssl
from typing import Any, Final
from urllib.parse import urlsplit

from ...model.errors import AuthError, HubError, UnexpectedAnswerError
from .certificate import create_request, tls_context
from .client import ThinQClient
from .push import PushEndpoint

_LOGGER: Final = logging.getLogger(__name__)

type JsonDict = dict[str, Any]

_DEFAULT_PORT: Final = 8883
_KEY: Final = "private_key"
_CERTIFICATE: Final = "certificate"
_TOPICS: Final = "topics"

SECRETS: Final = (_KEY, _CERTIFICATE)


class PushLink:
    """Prepares connections; implements `PushOwner`, with what happens on one handed on."""

    def __init__(
        self,
        client: ThinQClient,
        data: JsonDict,
        *,
        save: Callable[[JsonDict], None],
        run_in_executor: Callable[..., Awaitable[Any]],
        on_message: Callable[[bytes], None],
        on_renewed: Callable[[], None],
        on_connected: Callable[[], None],
        on_disconnected: Callable[[str], None],
    ) -> None:
        """Keep keys in `data`, and have them saved; `on_renewed` when the broker did not know us any more."""
        self._client = client
        self._data = data
        self._save = save
        self._run_in_executor = run_in_executor
        self._on_message = on_message
        self._on_renewed = on_renewed
        self._on_connected = on_connected
        self._on_disconnected = on_disconnected
        self._address: tuple[str, int] | None = None
        self._ca: str | None = None
        self._registered = False
        self._rejected = False
        self._outdated = False
        self._connected = asyncio.Event()
        self.certificates = 0

    async def wait_connected(self, seconds: float) -> bool:
        """Wait for a connection; return whether there is one."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._connected.wait()
        return self._connected.is_set()

    async def prepare(self, *, afresh: bool) -> PushEndpoint:
        """Return where to connect and as whom; makes the calls that are still needed. Raises HubError."""
        host, port = await self._find_broker(afresh=afresh or self._rejected)
        await self._introduce()
        for _ in range(2):
            if not self._has_certificate():
                await self._fetch_certificate()
            try:
                context: ssl.SSLContext = await self._run_in_executor(self._context, port)
            except (OSError, ValueError) as err:
                # What is kept does not load: damaged, or of another key.
                _LOGGER.debug("The kept certificate is of no use: %s", type(err).__name__)
                self._forget_certificate()
            else:
                return PushEndpoint(
                    host=host,
                    port=port,
                    client_id=self._client.client_id,
                    topics=tuple(self._data[_TOPICS]),
                    tls=context,
                    makeshift=self._rejected or self._outdated,
                )
        raise UnexpectedAnswerError("a certificate that does not load")

    def renew(self) -> None:
        """Have the client registered and its certificate replaced next time; it is kept until there is another."""
        _LOGGER.debug("The certificate was rejected, getting a new one")
        self._registered = False
        self._rejected = True

    def handle_message(self, payload: bytes) -> None:
        """Hand on a message."""
        self._on_message(payload)

    def handle_connected(self) -> None:
        """Hand on that the connection is up."""
        # Whatever the address and the certificate were, they do.
        self._rejected = self._outdated = False
        self._connected.set()
        self._on_connected()

    def handle_disconnected(self, reason: str) -> None:
        """Hand on that the connection is lost."""
        self._connected.clear()
        self._on_disconnected(reason)

    async def _find_broker(self, *, afresh: bool) -> tuple[str, int]:
        """Return the broker's address; one that is known will do while the cloud cannot say more."""
        known = self._address
        if known is not None and not afresh:
            return known
        try:
            address = _broker(await self._client.route(max_wait=None if known is None else 0.0))
            ca = await self._client.server_ca()
        except HubError as err:
            if known is None or isinstance(err, AuthError):
                raise
            _LOGGER.debug("Trying the broker that was known: %r", err)
            self._outdated = True
            return known
        self._address, self._ca, self._outdated = address, ca, False
        return address

    async def _introduce(self) -> None:
        """Have the client registered, and a certificate that was rejected replaced; the one there is may do as well."""
        if self._registered and not self._rejected:
            return
        max_wait = 0.0 if self._has_certificate() else None
        try:
            if not self._registered:
                await self._client.register(max_wait=max_wait)
                self._registered = True
            if self._rejected:
                await self._fetch_certificate(max_wait=max_wait)
        except HubError as err:
            if not self._has_certificate() or isinstance(err, AuthError):
                raise
            _LOGGER.debug("Trying the certificate there is: %r", err)
            return
        if self._rejected:
            self._rejected = False
            self._on_renewed()

    def _has_certificate(self) -> bool:
        return bool(self._data.get(_CERTIFICATE) and self._data.get(_KEY))

    async def _fetch_certificate(self, *, max_wait: float | None = None) -> None:
        key, request = await self._run_in_executor(create_request)
        certificate, topics = await self._client.certificate(request, max_wait=max_wait)
        self.certificates += 1
        self._keep({_KEY: key, _CERTIFICATE: certificate, _TOPICS: topics})

    def _forget_certificate(self) -> None:
        self._keep({_KEY: "", _CERTIFICATE: "", _TOPICS: []})

    def _keep(self, changed: JsonDict) -> None:
        self._data.update(changed)
        self._save(changed)

    def _context(self, port: int) -> ssl.SSLContext:
        """Build the TLS context; blocks."""
        return tls_context(self._data[_CERTIFICATE], self._data[_KEY], port=port, ca=self._ca)


def _broker(route: JsonDict) -> tuple[str, int]:
    """Return host and port of the broker a route names: `mqtts://host:8883`. Raises UnexpectedAnswerError."""
    address = route.get("mqttServer")
    text = address if isinstance(address, str) else ""
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, port = parts.hostname, parts.port
    except ValueError as err:
        raise UnexpectedAnswerError("a route without a broker") from err
    if not host:
        raise UnexpectedAnswerError("a route without a broker")
    return host, port or _DEFAULT_PORT
