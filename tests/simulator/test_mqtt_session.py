"""What the broker remembers of a client."""

from custom_components.dongju.simulator.thinq import mqtt_codec as codec
from custom_components.dongju.simulator.thinq.mqtt_session import MqttSession

TOPIC = "app/clients/me/push"


class Wire:
    """Collect what is written to a client."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def send(self, data: bytes) -> None:
        self._buffer += data

    def messages(self) -> list[tuple[int, int, bool]]:
        """Return (payload, packet id, duplicate) of what came since the last call."""
        found = []
        while (packet := codec.take_packet(self._buffer)) is not None:
            message = codec.read_publish(packet)
            found.append((int(message.payload), message.packet_id, bool(packet.flags & 0x08)))
        return found


def subscribed(qos: int = 1) -> MqttSession:
    session = MqttSession("me")
    session.subscriptions[TOPIC] = qos
    return session


def test_at_most_a_hundred_messages_are_under_way() -> None:
    session, wire = subscribed(), Wire()
    session.attach(wire)
    for number in range(150):
        session.deliver(TOPIC, b"%d" % number)
    sent = wire.messages()
    assert [payload for payload, _, _ in sent] == list(range(100))
    assert session.unconfirmed == 150
    for _, packet_id, _ in sent[:10]:
        assert session.confirm(packet_id)
    assert [payload for payload, _, _ in wire.messages()] == list(range(100, 110))
    assert not session.confirm(sent[0][1])


def test_new_connection_gets_unconfirmed_messages_again_and_then_the_waiting_ones() -> None:
    session, first, second = subscribed(), Wire(), Wire()
    session.attach(first)
    session.deliver(TOPIC, b"1")
    session.link = None
    session.deliver(TOPIC, b"2")
    session.attach(second)
    ((_, packet_id, _),) = first.messages()
    again = second.messages()
    assert again[0] == (1, packet_id, True)
    assert (again[1][0], again[1][2]) == (2, False)


def test_oldest_waiting_messages_are_given_up() -> None:
    session, wire = subscribed(), Wire()
    for number in range(10_005):
        session.deliver(TOPIC, b"%d" % number)
    assert session.overflowed == 5
    session.attach(wire)
    assert wire.messages()[0][0] == 5


def test_quality_zero_is_not_kept() -> None:
    session, wire = subscribed(qos=0), Wire()
    assert session.deliver(TOPIC, b"1")
    session.attach(wire)
    assert session.deliver(TOPIC, b"2")
    assert wire.messages() == [(2, 0, False)]
    assert not session.deliver("app/clients/other/push", b"3")


def test_packet_ids_start_again_after_the_last() -> None:
    session, wire = subscribed(), Wire()
    session.attach(wire)
    session.deliver(TOPIC, b"0")
    ((_, stuck, _),) = wire.messages()
    for number in range(1, 0xFFFF + 2):
        session.deliver(TOPIC, b"%d" % number)
        ((_, packet_id, _),) = wire.messages()
        assert packet_id not in {0, stuck}
        session.confirm(packet_id)
    assert session.unconfirmed == 1
