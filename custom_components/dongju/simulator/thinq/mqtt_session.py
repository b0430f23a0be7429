"""What the broker remembers of a client between its connections."""

from collections import deque
from typing import Final, Protocol

from . import mqtt_codec as codec

# How many unconfirmed messages may be under way, and how many wait behind them.
_WINDOW: Final = 100
_BACKLOG: Final = 10_000


class Link(Protocol):
    """The connection a session writes to."""

    def send(self, data: bytes) -> None:
        """Write bytes to the client."""


class MqttSession:
    """Subscriptions and unconfirmed messages of one client."""

    def __init__(self, client_id: str) -> None:
        """Create an empty session."""
        self.client_id: Final = client_id
        self.subscriptions: Final[dict[str, int]] = {}
        self.link: Link | None = None
        # Messages lost because the client confirmed none for too long.
        self.overflowed = 0
        self._inflight: dict[int, tuple[bytes, bytes]] = {}
        self._waiting: deque[tuple[bytes, bytes]] = deque()
        self._last_id = 0

    def attach(self, link: Link) -> None:
        """Continue over a new connection: what was not confirmed is sent again."""
        self.link = link
        for packet_id, (topic, payload) in self._inflight.items():
            link.send(codec.publish(topic, payload, packet_id=packet_id, duplicate=True))
        self._fill_window()

    def deliver(self, topic: str, payload: bytes) -> bool:
        """Send or keep a message; return False when the client did not subscribe to it."""
        qos = self.subscriptions.get(topic)
        if qos is None:
            return False
        encoded = topic.encode()
        if qos == 0:
            if self.link is not None:
                self.link.send(codec.publish(encoded, payload))
            return True
        if self.link is not None and len(self._inflight) < _WINDOW:
            self._send(self.link, encoded, payload)
            return True
        if len(self._waiting) >= _BACKLOG:
            self._waiting.popleft()
            self.overflowed += 1
        self._waiting.append((encoded, payload))
        return True

    def confirm(self, packet_id: int) -> bool:
        """Take a PUBACK; return whether it was awaited."""
        awaited = self._inflight.pop(packet_id, None) is not None
        self._fill_window()
        return awaited

    @property
    def unconfirmed(self) -> int:
        """Return how many messages the client has not confirmed yet."""
        return len(self._inflight) + len(self._waiting)

    def _fill_window(self) -> None:
        while self._waiting and self.link is not None and len(self._inflight) < _WINDOW:
            self._send(self.link, *self._waiting.popleft())

    def _send(self, link: Link, topic: bytes, payload: bytes) -> None:
        packet_id = self._next_id()
        self._inflight[packet_id] = (topic, payload)
        link.send(codec.publish(topic, payload, packet_id=packet_id))

    def _next_id(self) -> int:
        while True:
            self._last_id = self._last_id % 0xFFFF + 1
            if self._last_id not in self._inflight:
                return self._last_id
