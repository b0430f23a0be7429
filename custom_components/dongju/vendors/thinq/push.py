"""The push connection: MQTT over mutual TLS, kept up for ever, never trusted beyond its last proof of life.

After every connect the topics are subscribed again, whatever the broker says of a kept session; while connected they
are subscribed anew now and then, because a broker that confirms a subscription is one that still has it.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
import logging
import ssl
from typing import Any, Final, Protocol, cast, override

import aiomqtt
from aiomqtt.exceptions import MqttConnectError
from paho.mqtt.client import Client as PahoClient
from paho.mqtt.reasoncodes import ReasonCode

from ...model.errors import AuthError, HubError
from ..backoff import Backoff

_LOGGER: Final = logging.getLogger(__name__)
_MQTT_LOGGER: Final = logging.getLogger(f"{__name__}.mqtt")

_CONNECT_SECONDS: Final = 30.0
_ANSWER_SECONDS: Final = 15.0
_KEEP_ALIVE: Final = 45
_PROBE_SECONDS: Final = 600.0
_HANG_UPS_TO_RENEW: Final = 2
_RENEW_AGAIN_SECONDS: Final = 3600.0
_ATTEMPT_TO_ASK_AFRESH: Final = 3
_ASK_AFRESH_SECONDS: Final = 600.0
_STABLE_SECONDS: Final = 60.0
"""A connection that lived as long lets the next one be tried soon."""

_REFUSED: Final = frozenset({"Not authorized", "Bad user name or password", "Client identifier not valid"})
"""Answers to CONNECT that say: I do not know you."""

_FAILURE: Final = 0x80


@dataclass(frozen=True, slots=True, kw_only=True)
class PushEndpoint:
    """Where to connect, as whom, and what to listen to."""

    host: str
    port: int
    client_id: str
    topics: tuple[str, ...]
    tls: ssl.SSLContext
    makeshift: bool = False
    """With an address or a certificate that has failed before, for want of another."""


class PushOwner(Protocol):
    """Who a connection is for."""

    async def prepare(self, *, afresh: bool) -> PushEndpoint:
        """Return where to connect; `afresh` asks for what may have changed. Raises HubError."""
        ...

    def renew(self) -> None:
        """Take note that the certificate was rejected, so that there is another next time."""
        ...

    def handle_message(self, payload: bytes) -> None:
        """Take a message."""
        ...

    def handle_connected(self) -> None:
        """Take note that messages will come, and that some may have been missed."""
        ...

    def handle_disconnected(self, reason: str) -> None:
        """Take note that no messages will come."""
        ...


class _HungUpError(aiomqtt.MqttError):
    """The broker closed the connection instead of answering CONNECT, which is how it rejects a certificate."""


class _Connection(aiomqtt.Client):
    """aiomqtt's client, made to notice a broker that hangs up on CONNECT, and to leave nothing behind when it fails."""

    _dialled = False
    _given_up = False

    async def connect(self, seconds: float) -> None:
        """Connect or raise MqttError or TimeoutError."""
        attempt = asyncio.ensure_future(self.__aenter__())
        try:
            await self._wait_for_connection(attempt, seconds)
        except BaseException:
            self._given_up = True
            if self._dialled:
                attempt.cancel()
                await asyncio.wait({attempt})
            # A thread that still dials cannot be called back; it ends by itself before it says who it is.
            attempt.add_done_callback(self._clean_up)
            raise

    async def _wait_for_connection(self, attempt: asyncio.Future[Any], seconds: float) -> None:
        ended = self._disconnected
        waiting: set[asyncio.Future[Any]] = {attempt, ended}
        await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            raise aiomqtt.MqttError(f"lost while connecting: {ended.exception()}")
        if not attempt.done():
            raise TimeoutError("no connection in time")
        attempt.result()

    def abandon(self) -> None:
        """Close the socket if it is still open; aiomqtt leaves it to whoever made it fail."""
        # Without this, aiomqtt would watch the socket for writing in a moment, when it is closed already.
        self._client.on_socket_register_write = None
        # Nobody asks any more how this ends.
        self._client.on_disconnect = None
        self._client.disconnect()

    def _clean_up(self, attempt: asyncio.Future[Any]) -> None:
        if not attempt.cancelled():
            attempt.exception()
        self.abandon()

    @override
    def _client_connect(self) -> None:
        super()._client_connect()
        self._dialled = True

    @override
    def _on_socket_open(self, client: PahoClient, userdata: Any, sock: Any) -> None:
        if self._given_up:
            # To go on would throw out the connection that has taken this one's place.
            client.disable_logger()
            raise OSError("given up")
        super()._on_socket_open(client, userdata, sock)

    @override
    def _on_disconnect(
        self, client: PahoClient, userdata: Any, flags: Any, reason_code: ReasonCode, properties: Any = None
    ) -> None:
        if not self._connected.done():
            self._connected.set_exception(_HungUpError(f"closed before CONNACK ({reason_code})"))
            return
        super()._on_disconnect(client, userdata, flags, reason_code, properties)


class _Messages(asyncio.Queue[aiomqtt.Message]):
    """Hands messages over as they come; to wait for each would cost a task and two turns of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self._take: Callable[[aiomqtt.Message], None] | None = None

    def hand_over(self, take: Callable[[aiomqtt.Message], None]) -> None:
        """Give what waits, and from now on whatever comes, to `take`."""
        while not self.empty():
            take(self.get_nowait())
        self._take = take

    @override
    def put_nowait(self, item: aiomqtt.Message) -> None:
        if self._take is None:
            super().put_nowait(item)
        else:
            self._take(item)


class PushClient:
    """Keeps one connection up until it is cancelled."""

    def __init__(
        self,
        owner: PushOwner,
        *,
        monotonic: Callable[[], float],
        backoff: Backoff | None = None,
        keep_alive: int = _KEEP_ALIVE,
        probe_seconds: float = _PROBE_SECONDS,
    ) -> None:
        """Work for `owner`; have the broker prove itself every `probe_seconds`."""
        self._owner = owner
        self._monotonic = monotonic
        self._backoff = backoff or Backoff(base=2.0, cap=300.0)
        self._keep_alive = keep_alive
        self._probe_seconds = probe_seconds
        self._attempts = 0
        self._hang_ups = 0
        self._renewed_at: float | None = None
        self._asked_afresh_at: float | None = None
        self._connected_at = 0.0
        self._unexpected = False
        self._makeshift = False
        self._proven_at: float | None = None
        self.connected = False
        """Up, and proven to be: a ping or a probe that is not answered in time ends the connection."""
        self.connects = 0
        self.messages = 0
        self.last_reason = ""

    @property
    def silent_seconds(self) -> float | None:
        """Return how long ago the broker last proved that it serves us, None when it never did."""
        return None if self._proven_at is None else self._monotonic() - self._proven_at

    async def run(self) -> None:
        """Connect, listen, and connect again; ends only when cancelled."""
        try:
            while True:
                await self._attempt()
        finally:
            self._lost("closing")

    async def _attempt(self) -> None:
        """Make one connection and live with it until it ends, then wait."""
        at_cap = False
        self._attempts += 1
        try:
            endpoint = await self._owner.prepare(afresh=self._wants_fresh_addresses())
            self._makeshift = endpoint.makeshift
            if endpoint.makeshift:
                self._asked_afresh_at = None
            await self._connection(endpoint)
        except HubError as err:
            self._lost(f"{type(err).__name__}")
            at_cap = isinstance(err, AuthError)
        except (aiomqtt.MqttError, OSError, ValueError) as err:
            self._lost(f"{type(err).__name__}: {err}")
            at_cap = self._rejected(err)
        except Exception as err:  # whatever went wrong here or in a listener, reports have to come again
            self._lost(f"{type(err).__name__}")
            at_cap = True
            if not self._unexpected:
                _LOGGER.exception("The push connection failed unexpectedly")
            self._unexpected = True
        await self._backoff.wait(at_cap=at_cap)

    def _wants_fresh_addresses(self) -> bool:
        """Tell whether to ask for addresses anew: the known ones have failed twice, and calls are dear."""
        if self._attempts < _ATTEMPT_TO_ASK_AFRESH or self._lately(self._asked_afresh_at, _ASK_AFRESH_SECONDS):
            return False
        self._asked_afresh_at = self._monotonic()
        return True

    def _lately(self, at: float | None, seconds: float) -> bool:
        return at is not None and self._monotonic() - at < seconds

    async def _connection(self, endpoint: PushEndpoint) -> None:
        """Live with one connection; raises when it ends."""
        waiting = _Messages()
        client = _Connection(
            endpoint.host,
            endpoint.port,
            identifier=endpoint.client_id,
            tls_context=endpoint.tls,
            protocol=aiomqtt.ProtocolVersion.V311,
            clean_session=False,
            keepalive=self._keep_alive,
            timeout=_ANSWER_SECONDS,
            logger=_MQTT_LOGGER,
            queue_type=cast("type[asyncio.Queue[aiomqtt.Message]]", lambda **_: waiting),
        )
        await client.connect(_CONNECT_SECONDS)
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._listen(client, waiting))
                tasks.create_task(self._hold(client, endpoint))
        except* (aiomqtt.MqttError, OSError) as group:
            first = group.exceptions[0]
            # Which of the two it was decides about a new certificate.
            kind = _HungUpError if isinstance(first, _HungUpError) else aiomqtt.MqttError
            raise kind(str(first)) from group
        finally:
            await self._leave(client)

    async def _subscribe(self, client: aiomqtt.Client, endpoint: PushEndpoint) -> None:
        """Subscribe to every topic; a broker that refuses one is treated like one that hangs up."""
        granted = await client.subscribe([(topic, 1) for topic in endpoint.topics], timeout=_ANSWER_SECONDS)
        if any(_failed(code) for code in granted):
            raise _HungUpError("subscription refused")
        self._proven_at = self._monotonic()

    async def _listen(self, client: aiomqtt.Client, waiting: _Messages) -> None:
        """Take messages until the connection ends."""
        waiting.hand_over(self._take)
        try:
            async for message in client.messages:
                self._take(message)
        except aiomqtt.MqttError as err:
            if self.connected:
                raise
            raise _HungUpError("closed instead of confirming the subscription") from err

    def _take(self, message: aiomqtt.Message) -> None:
        self._proven_at = self._monotonic()
        self.messages += 1
        if isinstance(message.payload, bytes | bytearray):
            self._owner.handle_message(bytes(message.payload))

    async def _hold(self, client: aiomqtt.Client, endpoint: PushEndpoint) -> None:
        """Subscribe; have the broker confirm it from time to time, which also mends what it lost."""
        await self._subscribe(client, endpoint)
        self._established()
        while True:
            await asyncio.sleep(self._probe_seconds)
            await self._subscribe(client, endpoint)

    async def _leave(self, client: _Connection) -> None:
        """Say goodbye; a broker that does not answer is left all the same."""
        try:
            await client.__aexit__(None, None, None)
        except (aiomqtt.MqttError, OSError) as err:
            _LOGGER.debug("Push connection did not end in order: %s", err)
        finally:
            client.abandon()

    def _established(self) -> None:
        self.connected = True
        self.connects += 1
        self._connected_at = self._monotonic()
        self._attempts = 0
        self._hang_ups = 0
        _LOGGER.debug("Push connected")
        self._owner.handle_connected()

    def _lost(self, reason: str) -> None:
        self.last_reason = reason
        if self.connected:
            self.connected = False
            if not self._lately(self._connected_at, _STABLE_SECONDS):
                # One that ends at once was no success: somebody may use the same client and throw us out again.
                self._backoff.reset()
            _LOGGER.debug("Push lost: %s", reason)
            self._owner.handle_disconnected(reason)

    def _rejected(self, err: Exception) -> bool:
        """Get a new certificate, not too often, when the broker refuses ours; return whether only patience is left."""
        if isinstance(err, _HungUpError):
            self._hang_ups += 1
        elif (isinstance(err, MqttConnectError) and str(err.rc) in _REFUSED) or "alert" in str(err).lower():
            self._hang_ups = _HANG_UPS_TO_RENEW
        if self._hang_ups < _HANG_UPS_TO_RENEW:
            return False
        if self._lately(self._renewed_at, _RENEW_AGAIN_SECONDS):
            # The new certificate does not help either, unless it is still to come.
            return not self._makeshift
        self._renewed_at = self._monotonic()
        self._owner.renew()
        # With a new certificate the next attempt is a first one.
        self._backoff.reset()
        return False


def _failed(code: Any) -> bool:
    """Tell whether a granted QoS says that the subscription was refused."""
    return bool(code.is_failure) if isinstance(code, ReasonCode) else int(code) >= _FAILURE
