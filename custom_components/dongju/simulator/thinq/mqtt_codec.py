"""MQTT 3.1.1 packets as bytes: what a broker reads from a client and writes to it."""

from dataclasses import dataclass
from enum import IntEnum
import struct
from typing import Final

# The largest packet AWS IoT accepts.
MAX_PACKET: Final = 128 * 1024
SUBSCRIBE_FAILED: Final = 0x80


class PacketType(IntEnum):
    """Control packet types."""

    CONNECT = 1
    CONNACK = 2
    PUBLISH = 3
    PUBACK = 4
    SUBSCRIBE = 8
    SUBACK = 9
    UNSUBSCRIBE = 10
    UNSUBACK = 11
    PINGREQ = 12
    PINGRESP = 13
    DISCONNECT = 14


class ConnectCode(IntEnum):
    """Answers to CONNECT."""

    ACCEPTED = 0
    BAD_PROTOCOL = 1
    BAD_CLIENT_ID = 2
    UNAVAILABLE = 3
    BAD_CREDENTIALS = 4
    NOT_AUTHORIZED = 5


class MalformedPacketError(Exception):
    """Bytes are not an MQTT 3.1.1 packet a client may send."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Packet:
    """One packet, its body not yet read."""

    type: PacketType
    flags: int
    body: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Connect:
    """A client's first packet; a will is read past and ignored."""

    protocol_level: int
    client_id: str
    clean_session: bool
    keep_alive: int
    user_name: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Publish:
    """A message, in either direction."""

    topic: str
    payload: bytes
    qos: int
    packet_id: int


def take_packet(buffer: bytearray) -> Packet | None:
    """Cut the first whole packet off a buffer; None when more bytes are needed."""
    length, shift, position = 0, 0, 1
    while True:
        if position >= len(buffer):
            return None
        byte = buffer[position]
        length |= (byte & 0x7F) << shift
        position += 1
        if not byte & 0x80:
            break
        shift += 7
        if shift > 21:
            raise MalformedPacketError("remaining length has more than four bytes")
    if length > MAX_PACKET:
        raise MalformedPacketError(f"packet of {length} bytes")
    end = position + length
    if len(buffer) < end:
        return None
    first = buffer[0]
    body = bytes(buffer[position:end])
    del buffer[:end]
    try:
        return Packet(type=PacketType(first >> 4), flags=first & 0x0F, body=body)
    except ValueError as err:
        raise MalformedPacketError(f"packet type {first >> 4}") from err


class _Reader:
    """Read fields off a packet's body."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._at = 0

    def take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._body):
            raise MalformedPacketError("packet ends too early")
        chunk = self._body[self._at : end]
        self._at = end
        return chunk

    def byte(self) -> int:
        return self.take(1)[0]

    def word(self) -> int:
        return int.from_bytes(self.take(2))

    def binary(self) -> bytes:
        return self.take(self.word())

    def text(self) -> str:
        try:
            return self.binary().decode()
        except UnicodeDecodeError as err:
            raise MalformedPacketError("text is not UTF-8") from err

    def rest(self) -> bytes:
        return self.take(len(self._body) - self._at)

    @property
    def done(self) -> bool:
        return self._at >= len(self._body)


def read_connect(packet: Packet) -> Connect:
    """Read a CONNECT."""
    reader = _Reader(packet.body)
    if reader.text() != "MQTT":
        raise MalformedPacketError("protocol name is not MQTT")
    level = reader.byte()
    flags = reader.byte()
    keep_alive = reader.word()
    client_id = reader.text()
    if flags & 0x04:
        reader.text()
        reader.binary()
    user_name = reader.text() if flags & 0x80 else None
    if flags & 0x40:
        reader.binary()
    return Connect(
        protocol_level=level,
        client_id=client_id,
        clean_session=bool(flags & 0x02),
        keep_alive=keep_alive,
        user_name=user_name,
    )


def read_publish(packet: Packet) -> Publish:
    """Read a PUBLISH."""
    reader = _Reader(packet.body)
    qos = (packet.flags >> 1) & 0x03
    topic = reader.text()
    packet_id = reader.word() if qos else 0
    return Publish(topic=topic, payload=reader.rest(), qos=qos, packet_id=packet_id)


def read_subscribe(packet: Packet) -> tuple[int, list[tuple[str, int]]]:
    """Read a SUBSCRIBE: packet id, and topic filters with the wanted QoS."""
    reader = _Reader(packet.body)
    packet_id = reader.word()
    wanted: list[tuple[str, int]] = []
    while not reader.done:
        wanted.append((reader.text(), reader.byte() & 0x03))
    if not wanted:
        raise MalformedPacketError("SUBSCRIBE without a topic filter")
    return packet_id, wanted


def read_unsubscribe(packet: Packet) -> tuple[int, list[str]]:
    """Read an UNSUBSCRIBE: packet id and topic filters."""
    reader = _Reader(packet.body)
    packet_id = reader.word()
    topics: list[str] = []
    while not reader.done:
        topics.append(reader.text())
    return packet_id, topics


def read_packet_id(packet: Packet) -> int:
    """Read a packet that is only an id, such as PUBACK."""
    return _Reader(packet.body).word()


def connack(code: ConnectCode, *, session_present: bool) -> bytes:
    """Answer a CONNECT."""
    return bytes((PacketType.CONNACK << 4, 2, int(session_present), code))


def puback(packet_id: int) -> bytes:
    """Confirm a PUBLISH of QoS 1."""
    return struct.pack("!BBH", PacketType.PUBACK << 4, 2, packet_id)


def suback(packet_id: int, granted: list[int]) -> bytes:
    """Answer a SUBSCRIBE with the QoS granted for each topic filter."""
    return struct.pack("!BBH", PacketType.SUBACK << 4, 2 + len(granted), packet_id) + bytes(granted)


def unsuback(packet_id: int) -> bytes:
    """Answer an UNSUBSCRIBE."""
    return struct.pack("!BBH", PacketType.UNSUBACK << 4, 2, packet_id)


def pingresp() -> bytes:
    """Answer a PINGREQ."""
    return bytes((PacketType.PINGRESP << 4, 0))


def publish(topic: bytes, payload: bytes, *, packet_id: int = 0, duplicate: bool = False) -> bytes:
    """Build a PUBLISH: of QoS 1 with a packet id, else of QoS 0."""
    qos_bits = 0x02 if packet_id else 0
    first = PacketType.PUBLISH << 4 | qos_bits | (0x08 if duplicate else 0)
    id_bytes = packet_id.to_bytes(2) if packet_id else b""
    length = 2 + len(topic) + len(id_bytes) + len(payload)
    return b"".join((bytes((first,)), _remaining_length(length), len(topic).to_bytes(2), topic, id_bytes, payload))


def _remaining_length(length: int) -> bytes:
    encoded = bytearray()
    while True:
        length, digit = divmod(length, 0x80)
        encoded.append(digit | (0x80 if length else 0))
        if not length:
            return bytes(encoded)
