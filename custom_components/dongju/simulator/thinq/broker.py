"""MQTT 3.1.1 broker of the mock ThinQ cloud: QoS 0 and 1 over mutual TLS, and able to misbehave."""

import asyncio
from collections.abc import Callable
import logging
import socket
import ssl
from typing import Any, Final, cast, override

from ..faults import FaultBox
from ..http_server import listen, stop_listening
from . import mqtt_codec as codec
from .mqtt_codec import ConnectCode
from .mqtt_connection import MqttConnection
from .mqtt_session import MqttSession

_LOGGER: Final = logging.getLogger(__name__)
_HANDSHAKE_TIMEOUT: Final = 10.0
_SHUTDOWN_TIMEOUT: Final = 1.0

# What the broker can be told to do wrong; `client_id` narrows all but the first.
MQTT_FAULTS: Final = {
    "mqtt_deaf_tcp": "accept the TCP connection and never speak TLS",
    "mqtt_deaf_connect": "never answer CONNECT",
    "mqtt_deaf_subscribe": "never answer SUBSCRIBE",
    "mqtt_refuse_subscribe": "refuse SUBSCRIBE, topic by topic, and leave the connection open",
    "mqtt_deaf_ping": "never answer PINGREQ",
    "mqtt_refuse": "answer CONNECT with `code` (default 3, server unavailable)",
    "mqtt_swallow": "lose messages to clients without a trace, the connection stays healthy",
    "mqtt_slow": "write everything `seconds` (default 3, real time) late",
}

type Admission = Callable[[str | None, str], ConnectCode | None]


def client_topic(client_id: str) -> str:
    """Return the one topic a client may use."""
    return f"app/clients/{client_id}/push"


class Broker:
    """A broker in which every client has one topic of its own."""

    def __init__(self, faults: FaultBox, admission: Admission) -> None:
        """Ask `admission(certificate serial, client id)` about every CONNECT; None hangs up."""
        self.faults: Final = faults
        self._admission = admission
        self._sessions: Final[dict[str, MqttSession]] = {}
        self._active: Final[dict[str, MqttConnection]] = {}
        self._connections: Final[set[MqttConnection]] = set()
        self._raw: Final[set[asyncio.Transport]] = set()
        self._handshakes: Final[set[asyncio.Task[None]]] = set()
        self._server: asyncio.Server | None = None
        self._listener: socket.socket | None = None
        self._context: ssl.SSLContext | None = None
        self._connects = 0
        self._published = 0
        self._acknowledged = 0

    @property
    def connected(self) -> list[str]:
        """Return the ids of connected clients."""
        return list(self._active)

    def statistics(self) -> dict[str, Any]:
        """Return counters of connects, messages and confirmations, and who is there."""
        return {
            "connects": self._connects,
            "published": self._published,
            "acknowledged": self._acknowledged,
            "unconfirmed": sum(session.unconfirmed for session in self._sessions.values()),
            "connected": self.connected,
            "sessions": list(self._sessions),
        }

    async def start(self, context: ssl.SSLContext, port: int = 0) -> int:
        """Listen on loopback, on a port the system chooses unless one is given; return it."""
        self._context = context
        loop = asyncio.get_running_loop()
        self._listener = listen(port)
        self._server = await loop.create_server(lambda: _Acceptor(self), sock=self._listener)
        return int(self._listener.getsockname()[1])

    async def close(self) -> None:
        """Stop listening and cut every connection; harmless when not started."""
        if self._listener is not None:
            await stop_listening(self._listener)
            self._listener = None
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in list(self._handshakes):
            task.cancel()
        await asyncio.gather(*self._handshakes, return_exceptions=True)
        for connection in list(self._connections):
            connection.abort()
        for transport in list(self._raw):
            transport.abort()
        # Lets the transports report their end before the caller's loop may stop.
        while self._connections or self._raw:  # noqa: ASYNC110
            await asyncio.sleep(0)
        self._sessions.clear()

    def publish(self, client_id: str, payload: bytes) -> bool:
        """Deliver a message on a client's topic; return whether anyone will get it."""
        session = self._sessions.get(client_id)
        if session is None or self.faults.take("mqtt_swallow", client_id=client_id) is not None:
            return False
        delivered = session.deliver(client_topic(client_id), payload)
        if delivered:
            self._published += 1
        return delivered

    def drop(self, client_id: str | None = None, *, keep_session: bool) -> list[str]:
        """Cut the connection of one client or of all, losing or keeping sessions; return whose."""
        dropped = [name for name in self._active if client_id in {None, name}]
        for name in dropped:
            self._active[name].abort()
        if not keep_session:
            for name in [name for name in self._sessions if client_id in {None, name}]:
                self._forget(name)
        return dropped

    def forget_subscriptions(self, client_id: str | None = None) -> None:
        """Lose subscriptions of connected clients without telling them."""
        for session in self._sessions.values():
            if client_id in {None, session.client_id}:
                session.subscriptions.clear()

    def admit(self, connection: MqttConnection, request: codec.Connect) -> ConnectCode | None:
        """Decide on a CONNECT; None closes the connection without an answer."""
        if request.protocol_level != 4:
            return ConnectCode.BAD_PROTOCOL
        if not request.client_id:
            return ConnectCode.BAD_CLIENT_ID
        return self._admission(connection.serial, request.client_id)

    def open_session(self, connection: MqttConnection, request: codec.Connect) -> tuple[MqttSession, bool]:
        """Return the client's session and whether it was kept; an older connection is cut."""
        client_id = request.client_id
        if (older := self._active.get(client_id)) is not None:
            older.abort()
            if older.clean_session:
                self._forget(client_id)
        if request.clean_session:
            self._forget(client_id)
        session = self._sessions.get(client_id)
        present = session is not None
        if session is None:
            session = self._sessions[client_id] = MqttSession(client_id)
        self._active[client_id] = connection
        self._connects += 1
        return session, present

    def may_use(self, client_id: str, topic: str) -> bool:
        """Return whether a client may subscribe to or publish on a topic."""
        return topic == client_topic(client_id)

    def confirmed(self) -> None:
        """Count a confirmed message."""
        self._acknowledged += 1

    def connection_closed(self, connection: MqttConnection) -> None:
        """Forget a connection, and its session unless that was to be kept."""
        self._connections.discard(connection)
        client_id = connection.client_id
        if client_id is not None and self._active.get(client_id) is connection:
            del self._active[client_id]
            if connection.clean_session:
                self._forget(client_id)

    def accept(self, transport: asyncio.Transport) -> None:
        """Take a new TCP connection on to its TLS handshake, unless told to be deaf."""
        self._raw.add(transport)
        if self._context is None or self.faults.take("mqtt_deaf_tcp") is not None:
            return
        # What follows belongs to TLS, which reads for itself.
        transport.pause_reading()
        task = asyncio.get_running_loop().create_task(self._shake_hands(transport, self._context))
        self._handshakes.add(task)
        task.add_done_callback(self._handshakes.discard)

    def raw_closed(self, transport: asyncio.Transport) -> None:
        """Forget a TCP connection that ended before TLS."""
        self._raw.discard(transport)

    async def _shake_hands(self, transport: asyncio.Transport, context: ssl.SSLContext) -> None:
        connection = MqttConnection(self)
        try:
            secured = await asyncio.get_running_loop().start_tls(
                transport,
                connection,
                context,
                server_side=True,
                ssl_handshake_timeout=_HANDSHAKE_TIMEOUT,
                ssl_shutdown_timeout=_SHUTDOWN_TIMEOUT,
            )
        except OSError as err:
            _LOGGER.debug("TLS handshake failed: %s", err)
            transport.abort()
            return
        except asyncio.CancelledError:
            transport.abort()
            raise
        finally:
            self._raw.discard(transport)
        if secured is not None and not connection.lost:
            self._connections.add(connection)
            connection.connection_made(secured)

    def _forget(self, client_id: str) -> None:
        session = self._sessions.pop(client_id, None)
        if session is not None:
            session.link = None


class _Acceptor(asyncio.Protocol):
    """A TCP connection before TLS."""

    _transport: asyncio.Transport

    def __init__(self, broker: Broker) -> None:
        self._broker = broker

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._broker.accept(self._transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._broker.raw_closed(self._transport)
