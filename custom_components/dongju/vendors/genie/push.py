"""The push channel: one WebSocket that is signed in, kept alive, and put in order.

Notifications are numbered. Ones that overtook others are held back a moment; what stays missing is repaired by reading
everything again, so a lost or reordered message never leaves a wrong state behind.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
import json
import logging
from typing import Any, Final

import aiohttp

from ...model.errors import AuthError, CannotConnectError, HubError
from ..backoff import Backoff
from ..base import JsonDict
from .client import GenieClient

_LOGGER: Final = logging.getLogger(__name__)

_MAX_MESSAGE: Final = 1024 * 1024
_CLOSE: Final = aiohttp.ClientWSTimeout(ws_close=2.0)

type OnEvent = Callable[[JsonDict], None]
type OnState = Callable[[bool], None]
type Refetch = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Seconds: between heartbeats, of silence that proves a dead connection, to connect, to wait for the overtaken.

    Two heartbeats without any message: the connection is dead, whatever TCP says.
    """

    heartbeat: float = 30.0
    silence: float = 65.0
    connect: float = 10.0
    reorder: float = 0.5


class GeniePush:
    """Keeps the push channel open until it is cancelled, or until no token is good any more."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        client: GenieClient,
        backoff: Backoff,
        *,
        on_event: OnEvent,
        on_state: OnState,
        refetch: Refetch,
        timing: Timing | None = None,
    ) -> None:
        """Deliver events in order to `on_event`; `refetch` reads everything again after a gap."""
        self._http = http
        self._client = client
        self._backoff = backoff
        self._on_event = on_event
        self._on_state = on_state
        self._refetch = refetch
        self._timing = timing or Timing()
        self._held: dict[int, JsonDict] = {}
        self._announced = 0
        self._stale = True
        """Whether something may have been missed that no message will bring again."""
        self.last_seq: int | None = None
        self.gaps = 0
        self.reconnects = 0

    async def run(self) -> None:
        """Connect, listen, and connect again."""
        while True:
            try:
                await self._connect()
            except AuthError as err:
                _LOGGER.debug("Push channel ends: %r", err)
                self._on_state(False)
                return
            except (HubError, aiohttp.ClientError, TimeoutError, ConnectionError) as err:
                _LOGGER.debug("Push channel lost: %r", err)
            self._on_state(False)
            self.reconnects += 1
            await self._backoff.wait()

    @property
    def _missing(self) -> bool:
        """Tell whether a message is known to exist that has not come."""
        return bool(self._held) or self._announced > (self.last_seq or 0)

    async def _connect(self) -> None:
        """Sign in and listen until the connection ends; raise AuthError when no token is good any more."""
        token = await self._client.async_token()
        async with asyncio.timeout(self._timing.connect):
            socket = await self._http.ws_connect(self._client.push_url, max_msg_size=_MAX_MESSAGE, timeout=_CLOSE)
        try:
            async with asyncio.timeout(self._timing.connect):
                signed_in = await self._sign_in(socket, token)
            if not signed_in:
                await self._client.async_renew_after_refusal(token)
                raise CannotConnectError("signing in again")
            if self._stale:
                await self._refetch()
                self._stale = False
            self._on_state(True)
            await self._listen(socket)
        finally:
            await socket.close()

    async def _sign_in(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> bool:
        """Sign in, and resume after the last event we saw where the server can; return False for a refused token."""
        request: JsonDict = {"msgtype": "request", "operation": "auth", "token": token}
        if self.last_seq is not None:
            request["lastSeq"] = self.last_seq
        await socket.send_json(request)
        while True:
            reply = _parse(await socket.receive())
            if reply is not None and reply.get("operation") == "auth":
                break
        if reply.get("rc") == HTTPStatus.UNAUTHORIZED:
            return False
        if reply.get("rc") != HTTPStatus.OK:
            raise CannotConnectError(f"push refused: {reply.get('rc')}")
        self._held.clear()
        self._announced = 0
        if reply.get("resumed") is not True or self.last_seq is None:
            seq = reply.get("seq")
            self.last_seq = seq if isinstance(seq, int) else None
            self._stale = True
        return True

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        heartbeat = asyncio.create_task(self._beat(socket))
        repair: asyncio.Task[None] | None = None
        try:
            while True:
                async with asyncio.timeout(self._timing.silence):
                    message = _parse(await socket.receive())
                if message is None:
                    continue
                # Only now: a server that signs in and hangs up must not be asked again at once.
                self._backoff.reset()
                self._take(message)
                if self._missing and (repair is None or repair.done()):
                    repair = asyncio.create_task(self._repair())
        finally:
            tasks = [task for task in (heartbeat, repair) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _take(self, message: JsonDict) -> None:
        """Deliver a notification when it is the next; note from a heartbeat's answer what should have come.

        Without the answer nothing would show that the very last event was lost.
        """
        seq = message.get("seq")
        if not isinstance(seq, int) or isinstance(seq, bool):
            return
        if message.get("msgtype") != "notify":
            self._announced = max(self._announced, seq)
        elif self.last_seq is None or seq > self.last_seq:
            self._held[seq] = message
            self._deliver_ready()

    def _deliver_ready(self) -> None:
        while self._held:
            seq = self.last_seq + 1 if self.last_seq is not None else min(self._held)
            if seq not in self._held:
                return
            self._deliver(seq)

    def _deliver(self, seq: int) -> None:
        self.last_seq = seq
        self._on_event(self._held.pop(seq))

    async def _repair(self) -> None:
        """Give overtaken messages a moment, then deliver what is there and read everything again, until that works."""
        backoff = Backoff(base=1.0, cap=60.0)
        while self._missing or self._stale:
            await asyncio.sleep(self._timing.reorder)
            if self._missing:
                self.gaps += 1
                self._stale = True
                for seq in sorted(self._held):
                    self._deliver(seq)
                self.last_seq = max(self.last_seq or 0, self._announced)
            if not self._stale:
                return
            try:
                await self._refetch()
            except AuthError:
                return
            except HubError as err:
                _LOGGER.debug("Could not repair a gap yet: %r", err)
                await backoff.wait()
            else:
                self._stale = False

    async def _beat(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Say that we live; the server answers, which is what we listen for."""
        while True:
            await asyncio.sleep(self._timing.heartbeat)
            await socket.send_json({"msgtype": "request", "operation": "ras_alive"})


def _parse(frame: aiohttp.WSMessage) -> JsonDict | None:
    """Return the JSON object of a text frame, None for anything else; raise CannotConnectError at the end."""
    if frame.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING, aiohttp.WSMsgType.CLOSED}:
        raise CannotConnectError("closed by the server")
    if frame.type is aiohttp.WSMsgType.ERROR:
        raise CannotConnectError("broken connection")
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return None
    try:
        message: Any = json.loads(frame.data)
    except ValueError, RecursionError:
        return None
    return message if isinstance(message, dict) else None
