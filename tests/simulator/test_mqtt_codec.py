"""MQTT packets as bytes."""

import contextlib

from hypothesis import given, strategies as st
import pytest

from custom_components.dongju.simulator.thinq import mqtt_codec as codec
from custom_components.dongju.simulator.thinq.mqtt_codec import MalformedPacketError, PacketType


def packet(data: bytes) -> codec.Packet:
    taken = codec.take_packet(bytearray(data))
    assert taken is not None
    return taken


def text(value: str) -> bytes:
    return len(value.encode()).to_bytes(2) + value.encode()


def test_takes_packets_as_their_bytes_come() -> None:
    whole = b"\xc0\x00" + codec.puback(7)
    buffer = bytearray()
    taken = []
    for byte in whole:
        buffer.append(byte)
        if (found := codec.take_packet(buffer)) is not None:
            taken.append((found.type, found.body))
    assert taken == [(PacketType.PINGREQ, b""), (PacketType.PUBACK, b"\x00\x07")]
    assert not buffer


def test_connect_with_will_and_credentials() -> None:
    flags = bytes([0x80 | 0x40 | 0x04 | 0x02])
    body = text("MQTT") + b"\x04" + flags + b"\x00\x1e" + text("me") + text("will/topic") + text("gone")
    body += text("?SDK=x") + text("secret")
    connect = codec.read_connect(packet(bytes([0x10, len(body)]) + body))
    assert connect == codec.Connect(
        protocol_level=4, client_id="me", clean_session=True, keep_alive=30, user_name="?SDK=x"
    )


@given(payload=st.binary(max_size=20_000), packet_id=st.integers(0, 0xFFFF), duplicate=st.booleans())
def test_published_message_reads_back(payload: bytes, packet_id: int, duplicate: bool) -> None:
    taken = packet(codec.publish("주제".encode(), payload, packet_id=packet_id, duplicate=duplicate))
    assert bool(taken.flags & 0x08) is duplicate
    assert codec.read_publish(taken) == codec.Publish(
        topic="주제", payload=payload, qos=1 if packet_id else 0, packet_id=packet_id
    )


@given(st.binary(max_size=64))
def test_arbitrary_bytes_are_packets_or_refused(data: bytes) -> None:
    readers = {
        PacketType.CONNECT: codec.read_connect,
        PacketType.PUBLISH: codec.read_publish,
        PacketType.SUBSCRIBE: codec.read_subscribe,
        PacketType.UNSUBSCRIBE: codec.read_unsubscribe,
        PacketType.PUBACK: codec.read_packet_id,
    }
    buffer = bytearray(data)
    with contextlib.suppress(MalformedPacketError):
        while (taken := codec.take_packet(buffer)) is not None:
            if taken.type in readers:
                readers[taken.type](taken)
    # Whatever was taken or refused, bytes not understood yet stay as they came.
    assert data.endswith(bytes(buffer))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"\x10\x80\x80\x80\x80\x01", "four bytes"),
        (b"\x30\xff\xff\x7f", "2097151 bytes"),
        (b"\x00\x00", "type 0"),
        (b"\xf0\x00", "type 15"),
    ],
)
def test_no_packet(data: bytes, complaint: str) -> None:
    with pytest.raises(MalformedPacketError, match=complaint):
        codec.take_packet(bytearray(data))


def test_unreadable_bodies() -> None:
    with pytest.raises(MalformedPacketError, match="not MQTT"):
        codec.read_connect(packet(b"\x10\x08" + text("MQIsdp")))
    with pytest.raises(MalformedPacketError, match="UTF-8"):
        codec.read_publish(packet(b"\x30\x04\x00\x02\xff\xfe"))
    with pytest.raises(MalformedPacketError, match="too early"):
        codec.read_publish(packet(b"\x30\x03\x00\x09a"))
    with pytest.raises(MalformedPacketError, match="without a topic"):
        codec.read_subscribe(packet(b"\x82\x02\x00\x01"))
