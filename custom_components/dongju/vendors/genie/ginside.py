"""LG appliances as G-INSIDE terminals: registered with KT, connected while somebody asks, hung up when idle.

Optional: without the keys of the programme there is no terminal, and whoever asks is told so.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
import json
import logging
from typing import Any, Final

import aiohttp
from yarl import URL

from ...model.errors import AuthError, CannotConnectError, HubError, NotSupportedError, UnexpectedAnswerError
from ..base import JsonDict, SessionContext
from ..body import read_body
from .client import LOOPBACK, segment
from .ginside_wire import CLIENT_TYPE, signature, stamp, terminal_mac
from .kept import Kept
from .terminal import Terminal, open_terminal

_LOGGER: Final = logging.getLogger(__name__)

IDLE_S: Final = 60.0
_TIMEOUT: Final = aiohttp.ClientTimeout(total=5.0)
_MAX_ANSWER: Final = 64 * 1024
_MODEL: Final = "Dongju"
_KEPT: Final = "terminals"
_OK: Final = 200
_NOT_AUTHORISED: Final = 401
_KEYS: Final = ("client_id", "client_key", "client_secret", "ginside_url")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Keys:
    """A programme's keys, and where its server is."""

    id: str
    key: str
    secret: str
    socket: URL
    rest: URL


@dataclass(slots=True)
class _Line:
    """One microphone's terminal: its connection while there is one."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    terminal: Terminal | None = None
    idle: asyncio.TimerHandle | None = None


class GinsideDesk:
    """The terminals of an account, one connection for each microphone device."""

    def __init__(self, context: SessionContext, kept: Kept, offset: Callable[[], timedelta]) -> None:
        """Use the keys of the context's data; `offset` is the server's clock less ours until it is known."""
        self._context = context
        self._kept = kept
        self._keys = _read_keys(context.data)
        self._offset: timedelta | None = None
        self._usual_offset = offset
        self._lines: dict[str, _Line] = {}
        self._closing: set[asyncio.Task[None]] = set()

    @property
    def available(self) -> bool:
        """Return whether there are keys."""
        return self._keys is not None

    @property
    def connections(self) -> int:
        """Return how many terminals are connected."""
        return sum(line.terminal is not None and line.terminal.connected for line in self._lines.values())

    async def ask(self, device_id: str, text: str) -> JsonDict:
        """Ask in words as a microphone's terminal; see `Terminal.ask`. Raises HubError."""
        if self._keys is None:
            raise NotSupportedError("no keys of a G-INSIDE programme")
        line = self._lines.setdefault(device_id, _Line())
        async with line.lock:
            terminal = await self._connected(self._keys, device_id, line)
            try:
                return await terminal.ask(text)
            finally:
                self._hang_up_later(line)

    def not_known(self, uuid: str) -> bool:
        """Take back a question that the server has passed on to the hub; return whether it was one of ours."""
        uuids: Mapping[str, str] = self._kept.get(_KEPT) or {}
        for device_id, known in uuids.items():
            if known == uuid:
                line = self._lines.get(device_id)
                if line and line.terminal:
                    line.terminal.not_known()
                return True
        return False

    async def close(self) -> None:
        """Hang up everywhere."""
        for line in self._lines.values():
            if line.idle:
                line.idle.cancel()
        terminals = [line.terminal for line in self._lines.values() if line.terminal]
        self._lines.clear()
        await asyncio.gather(*(terminal.close() for terminal in terminals), *self._closing, return_exceptions=True)

    async def unregister(self) -> None:
        """Have KT forget the terminals; never raises."""
        if self._keys is None:
            return
        uuids: Mapping[str, str] = self._kept.get(_KEPT) or {}
        for uuid in uuids.values():
            try:
                await self._rest(self._keys, "DELETE", f"/v2/authorize/{segment(uuid)}", None)
            except HubError as err:
                _LOGGER.debug("Could not unregister a terminal: %r", err)
        self._kept.put(_KEPT, None)

    async def _connected(self, keys: _Keys, device_id: str, line: _Line) -> Terminal:
        """Return the line's connection, opening it where it is down."""
        if line.idle:
            line.idle.cancel()
            line.idle = None
        if line.terminal and line.terminal.connected:
            return line.terminal
        if line.terminal:
            if line.terminal.deactivated:
                self._forget(device_id)
            await line.terminal.close()
            line.terminal = None
        line.terminal = await self._open(keys, device_id)
        return line.terminal

    async def _open(self, keys: _Keys, device_id: str) -> Terminal:
        """Connect; a terminal that the server no longer knows is registered again, once."""
        uuid = (self._kept.get(_KEPT) or {}).get(device_id)
        if uuid is not None:
            try:
                return await self._dial(keys, uuid)
            except AuthError:
                self._forget(device_id)
        uuid = await self._register(keys, device_id)
        return await self._dial(keys, uuid)

    async def _dial(self, keys: _Keys, uuid: str) -> Terminal:
        timestamp = stamp(self._server_now())
        greeting = {"clientuuid": uuid, "timestamp": timestamp, "signature": _signature(keys, timestamp)}
        return await open_terminal(self._context.http, keys.socket, greeting, self._server_now)

    async def _register(self, keys: _Keys, device_id: str) -> str:
        """Register a microphone as a terminal; return its uuid and keep it."""
        answer = await self._authorize(keys, device_id)
        if answer.get("rc") == _NOT_AUTHORISED:
            # The answer told the server's clock: a timestamp by a wrong one is not authorised either.
            answer = await self._authorize(keys, device_id)
        rc, uuid = answer.get("rc"), answer.get("uuid")
        if rc == _NOT_AUTHORISED:
            raise NotSupportedError("the keys are not accepted")
        if rc != _OK or not isinstance(uuid, str) or not uuid:
            raise UnexpectedAnswerError(f"authorize {rc}")
        self._kept.put(_KEPT, {**(self._kept.get(_KEPT) or {}), device_id: uuid})
        return uuid

    async def _authorize(self, keys: _Keys, device_id: str) -> JsonDict:
        timestamp = stamp(self._server_now())
        body = {
            "client_key": keys.key,
            "timestamp": timestamp,
            "signature": _signature(keys, timestamp),
            "userid": terminal_mac(device_id),
            "devicemodel": _MODEL,
        }
        return await self._rest(keys, "POST", "/v2/authorize", body)

    async def _rest(self, keys: _Keys, method: str, path: str, body: JsonDict | None) -> JsonDict:
        """Call the registration service and return KT's plain answer; raise HubError."""
        timestamp = stamp(self._server_now())
        headers = {
            "x-auth-clienttype": CLIENT_TYPE,
            "x-auth-timestamp": timestamp,
            "x-auth-signature": _signature(keys, timestamp),
        }
        try:
            async with self._context.http.request(
                method,
                keys.rest.join(URL(path, encoded=True)),
                json=body,
                headers=headers,
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                self._note_clock(response.headers.get("Date"))
                raw = await read_body(response.content, _MAX_ANSWER)
        except TimeoutError as err:
            raise CannotConnectError("timeout") from err
        except aiohttp.ClientError as err:
            raise CannotConnectError(type(err).__name__) from err
        try:
            answer: Any = json.loads(raw)
        except ValueError as err:
            raise UnexpectedAnswerError("not JSON") from err
        if not isinstance(answer, dict):
            raise UnexpectedAnswerError("no object")
        return answer

    def _hang_up_later(self, line: _Line) -> None:
        """Hang up when nobody has asked for a while; a running timer keeps the line."""
        if line.idle:
            line.idle.cancel()
        line.idle = asyncio.get_running_loop().call_later(IDLE_S, self._hang_up, line)

    def _hang_up(self, line: _Line) -> None:
        line.idle = None
        if line.terminal is None or line.lock.locked():
            return
        if line.terminal.connected and line.terminal.waits:
            self._hang_up_later(line)
            return
        task = asyncio.create_task(line.terminal.close(), name="ginside hang up")
        line.terminal = None
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    def _forget(self, device_id: str) -> None:
        uuids = {key: uuid for key, uuid in (self._kept.get(_KEPT) or {}).items() if key != device_id}
        self._kept.put(_KEPT, uuids)

    def _server_now(self) -> datetime:
        return self._context.now() + (self._usual_offset() if self._offset is None else self._offset)

    def _note_clock(self, date: str | None) -> None:
        try:
            server = parsedate_to_datetime(date or "")
        except ValueError:
            return
        self._offset = server.replace(tzinfo=server.tzinfo or UTC) - self._context.now()


def _signature(keys: _Keys, timestamp: str) -> str:
    return signature(keys.id, keys.key, keys.secret, timestamp)


def _read_keys(data: Mapping[str, Any]) -> _Keys | None:
    """Return the keys in an account's data, None unless all are there and the address is one we may call."""
    values = [data.get(name) for name in _KEYS]
    if not all(isinstance(value, str) and value for value in values):
        return None
    try:
        socket = URL(str(data["ginside_url"]))
        rest = URL(str(data.get("ginside_rest_url") or _rest_url(socket)))
    except ValueError:
        return None
    secure = socket.scheme == "wss" and rest.scheme == "https"
    local = socket.scheme == "ws" and socket.host in LOOPBACK and rest.scheme == "http" and rest.host in LOOPBACK
    if not socket.host or not (secure or local):
        return None
    return _Keys(
        id=str(data["client_id"]),
        key=str(data["client_key"]),
        secret=str(data["client_secret"]),
        socket=socket,
        rest=rest,
    )


def _rest_url(socket: URL) -> URL:
    """Return the registration service beside a WebSocket: KT's development server has both on one port."""
    scheme = {"wss": "https", "ws": "http"}.get(socket.scheme, "")
    return socket.with_scheme(scheme).with_path("/") if scheme else socket
