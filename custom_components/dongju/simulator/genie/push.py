"""The push channel: numbered notifications over WebSocket with a bounded history to resume from."""

import asyncio
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
import json
from typing import Any, Final

from aiohttp import WSMsgType, web

from ..clock import Clock, TimerHandle
from .auth import Accounts
from .envelope import GenieError, JsonDict, dump, iso

HISTORY: Final = 500
QUEUE: Final = 5000
AUTH_TIMEOUT_S: Final = 10.0
# A client sends `ras_alive` every 30 s; three missed and it is gone.
SILENCE_S: Final = 95.0
CLOSE_UNAUTHORIZED: Final = 4401
CLOSE_TOO_SLOW: Final = 4408


class Connection:
    """One client of the push channel after its sign-in."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.queue: asyncio.Queue[str | None] = asyncio.Queue(QUEUE)

    def send(self, message: JsonDict) -> bool:
        """Queue a message; return False when the client reads too slowly."""
        try:
            self.queue.put_nowait(dump(message))
        except asyncio.QueueFull:
            return False
        return True

    async def write(self) -> None:
        """Send what is queued until None is."""
        while (text := await self.queue.get()) is not None:
            await self.socket.send_str(text)


class PushFaults:
    """What goes wrong on the way to the clients, in counts of notifications; `silence_s` ends a silent client."""

    def __init__(self) -> None:
        self.drop = 0
        self.duplicate = 0
        self.reorder = 0
        self.delay_s = 0.0
        self.mute_heartbeat = False
        self.silence_s = SILENCE_S

    def as_dict(self) -> JsonDict:
        """Return the knobs."""
        return dict(vars(self))


class PushHub:
    """Number events, keep the last ones, and deliver them to every signed-in connection."""

    def __init__(self, clock: Clock, accounts: Accounts, now: Callable[[], Any], seq: int = 0) -> None:
        self._clock = clock
        self._accounts = accounts
        self._now = now
        self.seq = seq
        self.faults = PushFaults()
        self._history: deque[JsonDict] = deque(maxlen=HISTORY)
        self._connections: list[Connection] = []
        self._held: JsonDict | None = None
        self._timers: set[TimerHandle] = set()
        self._closing: set[asyncio.Task[bool]] = set()

    @property
    def connections(self) -> int:
        """Return how many clients are signed in."""
        return len(self._connections)

    def notify(self, event: str, household_id: str | None, device_id: str | None, data: JsonDict) -> int:
        """Send an event to every client and return its sequence number."""
        self.seq += 1
        message: JsonDict = {"msgtype": "notify", "seq": self.seq, "at": iso(self._now()), "event": event, "data": data}
        if household_id is not None:
            message["householdId"] = household_id
        if device_id is not None:
            message["deviceId"] = device_id
        self._history.append(message)
        self._deliver(message)
        return self.seq

    def skip(self, count: int) -> None:
        """Leave a gap in the sequence, as if events had been lost before they were kept."""
        self.seq += count
        self._history.clear()

    def forget_history(self) -> None:
        """Make every resume fail."""
        self._history.clear()

    async def disconnect(self) -> int:
        """Drop every connection; return how many there were."""
        dropped = list(self._connections)
        for connection in dropped:
            await connection.socket.close(code=1012, message=b"service restart")
        return len(dropped)

    async def close(self) -> None:
        """Drop every connection and forget what was delayed."""
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        await self.disconnect()
        await asyncio.gather(*self._closing, return_exceptions=True)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one client: sign-in, resume, heartbeats."""
        socket = web.WebSocketResponse(max_msg_size=64 * 1024, heartbeat=None)
        await socket.prepare(request)
        connection = await self._sign_in(socket)
        if connection is None:
            return socket
        writer = asyncio.create_task(connection.write(), name="genie push writer")
        try:
            await self._serve(connection)
        finally:
            if connection in self._connections:
                self._connections.remove(connection)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            if not socket.closed:
                await socket.close()
        return socket

    async def _sign_in(self, socket: web.WebSocketResponse) -> Connection | None:
        try:
            request = _parse(await socket.receive(timeout=AUTH_TIMEOUT_S))
        except TimeoutError:
            request = None
        reply: JsonDict = {"msgtype": "reply", "operation": "auth"}
        try:
            self._accounts.check(_token(request))
        except GenieError as err:
            if not socket.closed:
                await socket.send_str(dump({**reply, **err.body()}))
                await socket.close(code=CLOSE_UNAUTHORIZED, message=err.error.encode())
            return None
        connection = Connection(socket)
        missed = self._missed((request or {}).get("lastSeq"))
        connection.send({**reply, "rc": 200, "resumed": missed is not None, "seq": self.seq})
        for message in missed or ():
            connection.send(message)
        self._connections.append(connection)
        return connection

    def _missed(self, last_seq: object) -> list[JsonDict] | None:
        """Return the events after `last_seq`, or None when they are no longer all known."""
        if not isinstance(last_seq, int) or isinstance(last_seq, bool) or last_seq > self.seq:
            return None
        missed = [message for message in self._history if message["seq"] > last_seq]
        return missed if len(missed) == self.seq - last_seq else None

    async def _serve(self, connection: Connection) -> None:
        # A network's silence is real time, whatever the pace of the virtual home.
        while True:
            try:
                frame = await connection.socket.receive(timeout=self.faults.silence_s)
            except TimeoutError:
                await connection.socket.close(code=1001)
                return
            if frame.type in {WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR}:
                return
            message = _parse(frame) or {}
            if message.get("operation") == "ras_alive" and not self.faults.mute_heartbeat:
                reply: JsonDict = {"msgtype": "reply", "operation": "ras_alive", "rc": 200}
                connection.send({**reply, "seq": self.seq, "at": iso(self._now())})

    def _end(self, connection: Connection, code: int) -> None:
        if connection in self._connections:
            self._connections.remove(connection)
        task = asyncio.create_task(_close(connection.socket, code), name="genie push close")
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _deliver(self, message: JsonDict) -> None:
        faults = self.faults
        if faults.drop > 0:
            faults.drop -= 1
            return
        copies = 1
        if faults.duplicate > 0:
            faults.duplicate -= 1
            copies = 2
        if faults.reorder > 0 and self._held is None:
            faults.reorder -= 1
            self._held = message
            return
        batch = [message] * copies
        if self._held is not None:
            batch.append(self._held)
            self._held = None
        if faults.delay_s > 0:
            self._send_later(faults.delay_s, batch)
        else:
            self._send(batch)

    def _send_later(self, delay_s: float, batch: list[JsonDict]) -> None:
        def due() -> None:
            self._timers.discard(timer)
            self._send(batch)

        timer = self._clock.call_later(delay_s, due)
        self._timers.add(timer)

    def _send(self, batch: list[JsonDict]) -> None:
        for connection in list(self._connections):
            if not all(connection.send(message) for message in batch):
                self._end(connection, CLOSE_TOO_SLOW)


def _token(request: JsonDict | None) -> str:
    """Return the token of a sign-in; raise 400 for anything else."""
    if request is None or request.get("operation") != "auth":
        raise GenieError(HTTPStatus.BAD_REQUEST, "BAD_PARAMETER", "sign in first")
    return str(request.get("token", ""))


async def _close(socket: web.WebSocketResponse, code: int) -> bool:
    return await socket.close(code=code)


def _parse(frame: object) -> JsonDict | None:
    """Return the JSON object of a text frame, or None."""
    if getattr(frame, "type", None) is not WSMsgType.TEXT:
        return None
    try:
        message = json.loads(getattr(frame, "data", ""))
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
