"""One client connection of the mock broker, from CONNECT to its end."""

import asyncio
from collections.abc import Callable
import logging
from typing import Final, Protocol, override

from ..faults import FaultBox
from . import mqtt_codec as codec
from .mqtt_codec import ConnectCode, PacketType
from .mqtt_session import MqttSession

_LOGGER: Final = logging.getLogger(__name__)
# A client that has not said CONNECT by then is cut off.
_CONNECT_TIMEOUT: Final = 10.0
_KEEP_ALIVE_GRACE: Final = 1.5


class ConnectionOwner(Protocol):
    """What a connection asks of the broker."""

    @property
    def faults(self) -> FaultBox:
        """Return the knobs of what shall go wrong."""

    def admit(self, connection: MqttConnection, request: codec.Connect) -> ConnectCode | None:
        """Decide on a CONNECT; None closes the connection without an answer."""

    def open_session(self, connection: MqttConnection, request: codec.Connect) -> tuple[MqttSession, bool]:
        """Return the client's session and whether it was kept from before."""

    def may_use(self, client_id: str, topic: str) -> bool:
        """Return whether a client may subscribe to or publish on a topic."""

    def publish(self, client_id: str, payload: bytes) -> bool:
        """Deliver a message to a client."""

    def confirmed(self) -> None:
        """Note that a client confirmed a message."""

    def connection_closed(self, connection: MqttConnection) -> None:
        """Note that a connection has ended."""


class MqttConnection(asyncio.Protocol):
    """The broker's side of a connection."""

    def __init__(self, owner: ConnectionOwner) -> None:
        """Wait for the TLS handshake to finish."""
        self._owner = owner
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._session: MqttSession | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._keep_alive = 0.0
        self._last_heard = 0.0
        self._slow_until = 0.0
        self._late: set[asyncio.TimerHandle] = set()
        self._handlers: Final[dict[PacketType, Callable[[MqttSession, codec.Packet], None]]] = {
            PacketType.PUBLISH: self._on_publish,
            PacketType.PUBACK: self._on_puback,
            PacketType.SUBSCRIBE: self._on_subscribe,
            PacketType.UNSUBSCRIBE: self._on_unsubscribe,
            PacketType.PINGREQ: self._on_ping,
            PacketType.DISCONNECT: self._on_disconnect,
        }
        self.lost = False
        self.serial: str | None = None
        self.clean_session = True

    @property
    def client_id(self) -> str | None:
        """Return who is connected, once it is known."""
        return None if self._session is None else self._session.client_id

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if not isinstance(transport, asyncio.Transport):
            raise TypeError("a stream transport is needed")
        self._transport = transport
        certificate = transport.get_extra_info("peercert") or {}
        # OpenSSL pads the number to whole bytes.
        self.serial = f"{int(certificate['serialNumber'], 16):X}" if certificate else None
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(_CONNECT_TIMEOUT, self.abort)
        # Bytes may have come between the handshake's end and this call.
        self._read_packets()

    @override
    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._transport is not None:
            self._read_packets()

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
        self._cancel_timer()
        for handle in self._late:
            handle.cancel()
        self._late.clear()
        if self._session is not None and self._session.link is self:
            self._session.link = None
        self._transport = None
        self._owner.connection_closed(self)

    def send(self, data: bytes) -> None:
        """Write bytes to the client, late if the broker is told to be slow."""
        transport = self._transport
        if transport is None or transport.is_closing():
            return
        loop = asyncio.get_running_loop()
        slow = self._owner.faults.peek("mqtt_slow", client_id=self.client_id)
        if slow is None and self._slow_until <= loop.time():
            transport.write(data)
            return
        delay = 0.0 if slow is None else float(slow.data.get("seconds", 3.0))
        # Never overtake what was delayed before.
        self._slow_until = max(self._slow_until, loop.time() + delay)
        self._late = {handle for handle in self._late if handle.when() > loop.time()}
        self._late.add(loop.call_at(self._slow_until, self._write_late, data))

    def abort(self) -> None:
        """Cut the connection as a broken network does."""
        if self._transport is not None:
            self._transport.abort()

    def close(self) -> None:
        """Close the connection after what was written."""
        if self._transport is not None:
            self._transport.close()

    def _write_late(self, data: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)

    def _read_packets(self) -> None:
        try:
            self._check_first_byte()
            while self._transport is not None and not self._transport.is_closing():
                packet = codec.take_packet(self._buffer)
                if packet is None:
                    return
                self._handle(packet)
        except codec.MalformedPacketError as err:
            _LOGGER.debug("Closing MQTT connection of %s: %s", self.client_id, err)
            self.abort()

    def _check_first_byte(self) -> None:
        """Raise at once for what is not MQTT, as it may never make a whole packet."""
        if self._session is None and self._buffer and self._buffer[0] != PacketType.CONNECT << 4:
            raise codec.MalformedPacketError("the first packet must be CONNECT")

    def _handle(self, packet: codec.Packet) -> None:
        self._last_heard = asyncio.get_running_loop().time()
        if self._session is None:
            self._connect(codec.read_connect(packet))
            return
        handler = self._handlers.get(packet.type)
        if handler is None:
            raise codec.MalformedPacketError(f"a client does not send {packet.type.name}")
        handler(self._session, packet)

    def _connect(self, request: codec.Connect) -> None:
        context = {"client_id": request.client_id}
        if self._owner.faults.take("mqtt_deaf_connect", **context) is not None:
            # Silent for good: not even the time limit for CONNECT ends it.
            self._cancel_timer()
            return
        if (fault := self._owner.faults.take("mqtt_refuse", **context)) is not None:
            code: ConnectCode | None = ConnectCode(fault.data.get("code", ConnectCode.UNAVAILABLE))
        else:
            code = self._owner.admit(self, request)
        if code is not ConnectCode.ACCEPTED:
            if code is not None:
                self.send(codec.connack(code, session_present=False))
            self.close()
            return
        self._cancel_timer()
        self.clean_session = request.clean_session
        session, present = self._owner.open_session(self, request)
        self._session = session
        self.send(codec.connack(ConnectCode.ACCEPTED, session_present=present))
        session.attach(self)
        self._keep_alive = request.keep_alive * _KEEP_ALIVE_GRACE
        if self._keep_alive:
            self._watch_keep_alive()

    def _watch_keep_alive(self) -> None:
        loop = asyncio.get_running_loop()
        silent_at = self._last_heard + self._keep_alive
        if silent_at <= loop.time():
            self.abort()
            return
        self._timer = loop.call_at(silent_at, self._watch_keep_alive)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _on_publish(self, session: MqttSession, packet: codec.Packet) -> None:
        message = codec.read_publish(packet)
        if message.qos > 1 or not self._owner.may_use(session.client_id, message.topic):
            # As AWS IoT does with what a policy forbids.
            self.close()
            return
        if message.qos:
            self.send(codec.puback(message.packet_id))
        self._owner.publish(session.client_id, message.payload)

    def _on_puback(self, session: MqttSession, packet: codec.Packet) -> None:
        if session.confirm(codec.read_packet_id(packet)):
            self._owner.confirmed()

    def _on_subscribe(self, session: MqttSession, packet: codec.Packet) -> None:
        packet_id, wanted = codec.read_subscribe(packet)
        if self._owner.faults.take("mqtt_deaf_subscribe", client_id=session.client_id) is not None:
            return
        refused = self._owner.faults.take("mqtt_refuse_subscribe", client_id=session.client_id) is not None
        granted: list[int] = []
        for topic, qos in wanted:
            if not refused and self._owner.may_use(session.client_id, topic):
                session.subscriptions[topic] = min(qos, 1)
                granted.append(min(qos, 1))
            else:
                granted.append(codec.SUBSCRIBE_FAILED)
        self.send(codec.suback(packet_id, granted))

    def _on_unsubscribe(self, session: MqttSession, packet: codec.Packet) -> None:
        packet_id, topics = codec.read_unsubscribe(packet)
        for topic in topics:
            session.subscriptions.pop(topic, None)
        self.send(codec.unsuback(packet_id))

    def _on_ping(self, session: MqttSession, _packet: codec.Packet) -> None:
        if self._owner.faults.take("mqtt_deaf_ping", client_id=session.client_id) is None:
            self.send(codec.pingresp())

    def _on_disconnect(self, _session: MqttSession, _packet: codec.Packet) -> None:
        self.close()
