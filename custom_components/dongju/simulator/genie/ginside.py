"""G-INSIDE terminals: registration over REST, the WebSocket and who is connected."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime
import hmac
from http import HTTPStatus
import json
from typing import Any, Final

from aiohttp import WSMsgType, web

from .envelope import GenieError, JsonDict, dump, parse_stamp, read_object
from .ginside_wire import CLIENT_TYPE, SUB_PROTOCOL, FrameError, ToDevice, command, parse_command, signature
from .identifiers import Identifiers

MAX_TERMINALS: Final = 10
CLOCK_TOLERANCE_S: Final = 60
HANDSHAKE_S: Final = 10.0
CLOSE_REFUSED: Final = 4401

# KT's result codes.
OK: Final = 200
BAD_PARAMETER: Final = 400
NOT_AUTHORISED: Final = 401
UNKNOWN_UUID: Final = 404
MISMATCH: Final = 406
TOO_MANY: Final = 416


@dataclass(slots=True, kw_only=True)
class Terminal:
    """One registered terminal and what the server knows of it."""

    uuid: str
    userid: str
    devicemodel: str
    volume: int = 50
    dss_status: list[str] = field(default_factory=list)
    media: JsonDict = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    hardware_results: list[JsonDict] = field(default_factory=list)


class Link:
    """The connection of a terminal."""

    def __init__(self, terminal: Terminal, socket: web.WebSocketResponse) -> None:
        self.terminal = terminal
        self.socket = socket

    async def send(self, message_type: str, options: JsonDict, rc: int = OK) -> None:
        """Send a command with its `cmdOpt`; a closed connection is no error."""
        if not self.socket.closed:
            payload = {"rc": rc, "rcmsg": "OK" if rc == OK else "ERROR", "cmdOpt": options}
            try:
                await self.socket.send_bytes(command("srvCommand", message_type, payload))
            except ConnectionError:
                return


type Receiver = Callable[[Link, str, JsonDict], Any]


class GinsideService:
    """Register terminals and keep one connection for each."""

    def __init__(self, ids: Identifiers, now: Callable[[], datetime], state: JsonDict | None = None) -> None:
        self._ids = ids
        self._now = now
        self.client_id = f"gi-{ids.fixed('ginside-id')[:12]}"
        self.client_key = ids.fixed("ginside-key")[:24]
        self.client_secret = ids.fixed("ginside-secret")
        self.terminals = {row["uuid"]: Terminal(**row) for row in (state or {}).get("terminals", [])}
        self.links: dict[str, Link] = {}
        self.receive: Receiver | None = None

    def snapshot(self) -> JsonDict:
        """Return the registered terminals."""
        return {"terminals": [asdict(terminal) for terminal in self.terminals.values()]}

    async def authorize(self, request: web.Request) -> web.Response:
        """Register a terminal: `POST /v2/authorize`."""
        try:
            body = await read_object(request)
        except GenieError as err:
            return _answer(BAD_PARAMETER, err.message)
        wanted = ("client_key", "timestamp", "signature", "userid", "devicemodel")
        values = {name: body.get(name) for name in wanted}
        if not all(isinstance(value, str) and value for value in values.values()) or not _is_ginside(request):
            return _answer(BAD_PARAMETER, "missing parameter")
        if values["client_key"] != self.client_key or not self._signed(values["timestamp"], values["signature"]):
            return _answer(NOT_AUTHORISED, "not authorised")
        userid, model = str(values["userid"]), str(values["devicemodel"])
        for terminal in self.terminals.values():
            if terminal.userid == userid:
                if terminal.devicemodel != model:
                    return _answer(MISMATCH, "another devicemodel")
                return _answer(OK, "OK", uuid=terminal.uuid)
        if len(self.terminals) >= MAX_TERMINALS:
            return _answer(TOO_MANY, "too many devices")
        terminal = Terminal(uuid=self._ids.uuid("terminal"), userid=userid, devicemodel=model)
        self.terminals[terminal.uuid] = terminal
        return _answer(OK, "OK", uuid=terminal.uuid)

    async def authorized(self, request: web.Request) -> web.Response:
        """Tell whether a uuid is good (`GET`), or forget it (`DELETE`)."""
        timestamp, signed = request.headers.get("x-auth-timestamp"), request.headers.get("x-auth-signature")
        if not _is_ginside(request) or not self._signed(timestamp, signed):
            return _answer(NOT_AUTHORISED, "not authorised")
        uuid = request.match_info["uuid"]
        if uuid not in self.terminals:
            return _answer(UNKNOWN_UUID, "unknown uuid")
        if request.method == "DELETE":
            del self.terminals[uuid]
            if link := self.links.pop(uuid, None):
                await link.socket.close()
        return _answer(OK, "OK", uuid=uuid)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve a terminal: WHO, IAM, WELCOME, then framed commands."""
        socket = web.WebSocketResponse(protocols=(SUB_PROTOCOL,), max_msg_size=256 * 1024)
        await socket.prepare(request)
        terminal = await self._greet(socket)
        if terminal is None:
            await socket.close(code=CLOSE_REFUSED)
            return socket
        link = Link(terminal, socket)
        older = self.links.get(terminal.uuid)
        self.links[terminal.uuid] = link
        if older is not None:
            await older.send(ToDevice.SERVICE_EVENT, {"type": "standby"})
            await older.socket.close()
        try:
            await self._serve(link)
        finally:
            if self.links.get(terminal.uuid) is link:
                del self.links[terminal.uuid]
        return socket

    async def close(self) -> None:
        """Drop every terminal."""
        for link in list(self.links.values()):
            await link.socket.close(code=1012)

    def link(self, uuid: str | None) -> Link:
        """Return the connection of a terminal, or of the only one; raise KeyError."""
        if uuid is None and len(self.links) == 1:
            return next(iter(self.links.values()))
        return self.links[str(uuid)]

    async def _greet(self, socket: web.WebSocketResponse) -> Terminal | None:
        await socket.send_str(dump({"operation": "WHO"}))
        try:
            frame = await socket.receive(timeout=HANDSHAKE_S)
            answer = json.loads(frame.data) if frame.type is WSMsgType.TEXT else None
        except TimeoutError, ValueError:
            return None
        if not isinstance(answer, dict) or answer.get("operation") != "IAM" or answer.get("clienttype") != CLIENT_TYPE:
            return None
        terminal = self.terminals.get(str(answer.get("clientuuid")))
        if terminal is None or not self._signed(answer.get("timestamp"), answer.get("signature")):
            return None
        await socket.send_str(dump({"operation": "WELCOME"}))
        return terminal

    async def _serve(self, link: Link) -> None:
        async for frame in link.socket:
            if frame.type is not WSMsgType.BINARY:
                continue
            try:
                message = parse_command("devCommand", frame.data)
            except FrameError as err:
                await link.send(ToDevice.ERROR, {"errorCode": BAD_PARAMETER, "mesg": str(err)}, BAD_PARAMETER)
                continue
            if self.receive is not None:
                await self.receive(link, message.type, message.payload)

    def _signed(self, timestamp: object, signed: object) -> bool:
        """Tell whether a signature is right and its timestamp within a minute of the server's clock."""
        if not isinstance(timestamp, str) or not isinstance(signed, str):
            return False
        moment = parse_stamp(timestamp)
        if moment is None or abs((self._now() - moment).total_seconds()) > CLOCK_TOLERANCE_S:
            return False
        known = signature(self.client_id, self.client_key, self.client_secret, timestamp)
        return hmac.compare_digest(known.encode(), signed.encode())


def _is_ginside(request: web.Request) -> bool:
    return request.headers.get("x-auth-clienttype") == CLIENT_TYPE


def _answer(rc: int, message: str, **values: str) -> web.Response:
    """Return KT's plain answer: the code is in the body, HTTP says 200."""
    return web.json_response({"rc": rc, "rcmsg": message, **values}, status=HTTPStatus.OK)
