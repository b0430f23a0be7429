"""The push channel: one WebSocket that is signed in, kept alive, and put in order.

Notifications are numbered. Ones that overtook others are held back a moment; what stays missing is repaired by reading
everything again, so a lost or reordered message never leaves a wrong state behind.
"""

import asyncio
from collections.abc import Awaitable, Callable
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

HEARTBEAT_S: Final = 30.0
SILENCE_S: Final = 65.0
"""Two heartbeats without any message: the connection is dead, whatever TCP says."""
CONNECT_S: Final = 10.0
REORDER_S: Final = 0.5

type OnEvent = Callable[[JsonDict], None]
type OnState = Callable[[bool], None]
type Refetch = Callable[[], Awaitable[None]]


class GeniePush:
    """Keeps the push channel open until it is cancelled."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        client: GenieClient,
        backoff: Backoff,
        *,
        on_event: OnEvent,
        on_state: OnState,
        refetch: Refetch,
        auth_failed: Callable[[HubError], None],
    ) -> None:
        """Deliver events in order to `on_event`; `refetch` reads everything again after a gap."""
        self._http = http
        self._client = client
        self._backoff = backoff
        self._on_event = on_event
        self._on_state = on_state
        self._refetch = refetch
        self._auth_failed = auth_failed
        self._held: dict[int, JsonDict] = {}
        self._announced: int | None = None
        self.last_seq: int | None = None
        self.gaps = 0
        self.reconnects = 0

    async def run(self) -> None:
        """Connect, listen, and connect again, for ever."""
        while True:
            try:
                await self._connect()
            except AuthError as err:
                self._on_state(False)
                if not await self._renew():
                    self._auth_failed(err)
                    return
            except (HubError, aiohttp.ClientError, TimeoutError, ConnectionError) as err:
                _LOGGER.debug("Push channel lost: %r", err)
            self._on_state(False)
            self.reconnects += 1
            await self._backoff.wait()

    async def _renew(self) -> bool:
        try:
            await self._client.async_renew_after_refusal()
        except AuthError:
            return False
        except HubError as err:
            _LOGGER.debug("Could not renew the token: %r", err)
        return True

    async def _connect(self) -> None:
        token = await self._client.async_token()
        async with asyncio.timeout(CONNECT_S):
            socket = await self._http.ws_connect(self._client.push_url, max_msg_size=1024 * 1024)
        try:
            async with asyncio.timeout(CONNECT_S):
                resumed = await self._sign_in(socket, token)
            self._held.clear()
            if not resumed:
                await self._refetch()
            self._on_state(True)
            await self._listen(socket)
        finally:
            await socket.close()

    async def _sign_in(self, socket: aiohttp.ClientWebSocketResponse, token: str) -> bool:
        """Sign in; return whether the server resumes after the last event we saw."""
        request: JsonDict = {"msgtype": "request", "operation": "auth", "token": token}
        if self.last_seq is not None:
            request["lastSeq"] = self.last_seq
        await socket.send_json(request)
        while True:
            reply = _parse(await socket.receive())
            if reply is not None and reply.get("operation") == "auth":
                break
        if reply.get("rc") == HTTPStatus.UNAUTHORIZED:
            raise AuthError("push")
        if reply.get("rc") != HTTPStatus.OK:
            raise CannotConnectError(f"push refused: {reply.get('rc')}")
        if reply.get("resumed") is True and self.last_seq is not None:
            return True
        seq = reply.get("seq")
        self.last_seq = seq if isinstance(seq, int) else None
        return False

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        heartbeat = asyncio.create_task(_beat(socket))
        repair: asyncio.Task[None] | None = None
        try:
            while True:
                async with asyncio.timeout(SILENCE_S):
                    message = _parse(await socket.receive())
                if message is None:
                    continue
                # Only now: a server that signs in and hangs up must not be asked again at once.
                self._backoff.reset()
                missing = self._order(message) if message.get("msgtype") == "notify" else self._behind(message)
                if missing and (repair is None or repair.done()):
                    repair = asyncio.create_task(self._repair())
        finally:
            tasks = [task for task in (heartbeat, repair) if task]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _order(self, message: JsonDict) -> bool:
        """Deliver what is next; return True when something before it is still missing."""
        seq = message.get("seq")
        if not isinstance(seq, int):
            return False
        if self.last_seq is not None and seq <= self.last_seq:
            return False
        self._held[seq] = message
        self._deliver_ready()
        return bool(self._held)

    def _behind(self, reply: JsonDict) -> bool:
        """Tell from a heartbeat's answer whether the last event never arrived: nothing after it would show the gap."""
        seq = reply.get("seq")
        behind = isinstance(seq, int) and self.last_seq is not None and seq > self.last_seq
        self._announced = seq if behind and isinstance(seq, int) else None
        return behind

    def _deliver_ready(self) -> None:
        while self._held:
            seq = self.last_seq + 1 if self.last_seq is not None else min(self._held)
            message = self._held.pop(seq, None)
            if message is None:
                return
            self.last_seq = seq
            self._on_event(message)

    async def _repair(self) -> None:
        """Give overtaken messages a moment, then deliver what is there and read everything again."""
        await asyncio.sleep(REORDER_S)
        if not self._held and (self._announced is None or self._announced <= (self.last_seq or 0)):
            return
        self.gaps += 1
        for seq in sorted(self._held):
            self.last_seq = seq
            self._on_event(self._held.pop(seq))
        self.last_seq = max(self.last_seq or 0, self._announced or 0)
        self._announced = None
        try:
            await self._refetch()
        except HubError as err:
            _LOGGER.debug("Could not repair a gap: %r", err)


async def _beat(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Say that we live; the server answers, which is what we listen for."""
    while True:
        await asyncio.sleep(HEARTBEAT_S)
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
    except ValueError:
        return None
    return message if isinstance(message, dict) else None
