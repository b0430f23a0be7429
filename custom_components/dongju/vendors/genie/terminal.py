"""One connection as a G-INSIDE terminal: handshake, text queries, and what the server asks of a terminal.

The terminal has no sound of its own: it takes what the server would play, says so honestly, and hands it to whoever
asked. An answer names no question, so one question is open at a time, and a connection whose answer is overdue is
given up: a late one must not answer the next question.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
import json
import logging
from typing import Any, Final

import aiohttp
from yarl import URL

from ...model.errors import (
    AuthError,
    CannotConnectError,
    HubError,
    LoginRequiredError,
    NotFoundError,
    ServerError,
    UnexpectedAnswerError,
)
from ..base import JsonDict
from .ginside_wire import (
    CLIENT_TYPE,
    OPENING_STATUS,
    SUB_PROTOCOL,
    Down,
    FrameError,
    Message,
    Up,
    command,
    parse,
    seconds_until,
)

_LOGGER: Final = logging.getLogger(__name__)

CONNECT_S: Final = 5.0
ANSWER_S: Final = 8.0
SPEECH_CHANNELS: Final = range(10)
_CLOSE: Final = aiohttp.ClientWSTimeout(ws_close=2.0)
_MAX_MESSAGE: Final = 1024 * 1024
_VOLUME_STEPS: Final[Mapping[str, int]] = {"LE": 5, "GN": 10, "MO": 20, "MX": 100}
_MEDIA_STATES: Final[Mapping[str, str]] = {"pause": "paused", "stop": "stopped", "resume": "resumed"}


class Terminal:
    """A connected terminal."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, now: Callable[[], datetime]) -> None:
        """Use an opened socket; `open_terminal` makes one."""
        self._socket = socket
        self._now = now
        self._volume = 50
        self._dialog_status = list(OPENING_STATUS)
        self._question: asyncio.Future[JsonDict] | None = None
        self._asking = asyncio.Lock()
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._sending: set[asyncio.Task[None]] = set()
        self._reader = asyncio.create_task(self._read(), name="ginside reader")
        self.deactivated = False

    @property
    def connected(self) -> bool:
        """Return whether the connection stands."""
        return not self._reader.done()

    @property
    def waits(self) -> bool:
        """Return whether something is still to come: an answer, or the end of a timer."""
        return self._asking.locked() or bool(self._timers)

    async def ask(self, text: str) -> JsonDict:
        """Ask in words; return `mesg, contentType, infoType, infoDetail, media, ...`. Raises HubError."""
        async with self._asking:
            if not self.connected:
                raise CannotConnectError("disconnected")
            self._question = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(ANSWER_S):
                    await self._send(Up.TEXT_COMMAND, {"cmdType": "query", "text": text})
                    return await self._question
            except TimeoutError as err:
                await self._socket.close()
                raise CannotConnectError("no answer") from err
            finally:
                self._question.cancel()
                self._question = None

    def not_known(self) -> None:
        """Take from the hub that the server has passed the question on to it: no service of KT's answers."""
        self._fail(NotFoundError("no service answers", name=""))

    async def open(self) -> None:
        """Tell the state a terminal starts in."""
        await self._send(Up.DIALOG_STATE, {}, dssStatus=self._dialog_status)

    async def close(self) -> None:
        """Hang up and forget every timer."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        tasks = [self._reader, *self._sending]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._socket.close()

    async def _read(self) -> None:
        """Take what the server sends until the connection ends."""
        try:
            async for frame in self._socket:
                if frame.type is aiohttp.WSMsgType.BINARY:
                    await self._take(frame.data)
        except (aiohttp.ClientError, ConnectionError) as err:
            _LOGGER.debug("Terminal lost: %r", err)
        finally:
            self._fail(CannotConnectError("disconnected"))

    async def _take(self, data: bytes) -> None:
        try:
            message = parse(data)
        except FrameError as err:
            _LOGGER.debug("Dropping a frame: %r", err)
            return
        handler = _HANDLERS.get(message.type) if message else None
        if message is None or handler is None:
            return
        try:
            await handler(self, message)
        except (TypeError, ValueError, AttributeError) as err:
            _LOGGER.debug("Dropping a malformed %s: %r", message.type, err)

    async def play_media(self, message: Message) -> None:
        """Take what is to be said or played: it is the answer; our own report is that it was not heard here."""
        options = message.options
        channel = int(options.get("channel", 0))
        info = options.get("metaInfo")
        facts = info if isinstance(info, Mapping) else {}
        self._update_status(options)
        answer: JsonDict = {
            "mesg": str(facts.get("mesg") or ""),
            "contentType": facts.get("contentType"),
            "infoType": facts.get("infoType"),
            "infoDetail": facts.get("infoDetail"),
        }
        if channel not in SPEECH_CHANNELS:
            answer["media"] = {"url": options.get("url"), "channel": channel}
        self._answer(answer)
        end = "complete" if channel in SPEECH_CHANNELS else "stopped"
        for status in ("started", end):
            await self._send(Up.MEDIA_STATE, {"channel": channel, "status": status, "playTime": 0})

    async def update_media(self, message: Message) -> None:
        """Report what became of playing: nothing plays here."""
        act = str(message.options.get("act", ""))
        self._answer({"mesg": "", "control": act})
        status = {
            "channel": message.options.get("channel", 0),
            "status": _MEDIA_STATES.get(act, "stopped"),
            "playTime": 0,
        }
        await self._send(Up.MEDIA_STATE, status)

    async def control_hardware(self, message: Message) -> None:
        """Set the terminal's volume and report the result under the same transaction."""
        options = message.options
        wanted = options.get("hwCmdOpt")
        self._volume = _new_volume(self._volume, wanted if isinstance(wanted, Mapping) else {})
        result = {"control": "ST", "value": self._volume}
        self._answer({"mesg": "", "control": options.get("target"), "volume": self._volume})
        await self._send(
            Up.HARDWARE_RESULT,
            {
                "target": options.get("target"),
                "hwCmd": options.get("hwCmd"),
                "hwCmdOpt": result,
                "trxid": options.get("trxid"),
            },
        )

    async def set_timer(self, message: Message) -> None:
        """Set or clear a timer; its end is told to the server, as a terminal has to."""
        options = message.options
        name, action = str(options.get("reqAct", "0")), options.get("actionTrx")
        if earlier := self._timers.pop(name, None):
            earlier.cancel()
        seconds = seconds_until(options.get("setTime"), self._now()) if options.get("setOpt") == "set" else None
        if seconds is not None:
            loop = asyncio.get_running_loop()
            self._timers[name] = loop.call_later(seconds, self._timer_ended, name, action)

    async def require_login(self, message: Message) -> None:
        """Tell that music needs an account that is not linked."""
        if message.options.get("oauth_status") != "valid":
            self._fail(LoginRequiredError("music"))

    async def execute(self, message: Message) -> None:
        """Hand on what a DialogKit intent asks third parties to do; `__systemMesg` is what KT would say."""
        exec_options = message.options.get("execOpt")
        intent = exec_options.get("dssMsg") if isinstance(exec_options, Mapping) else None
        facts = intent if isinstance(intent, Mapping) else {}
        self._answer(
            {
                "mesg": str(facts.get("__systemMesg") or ""),
                "contentType": None,
                "infoDetail": None,
                "intent": facts.get("Intent"),
                "appInfo": facts.get("appInfo"),
            }
        )

    async def refuse(self, message: Message) -> None:
        """Take an error as the answer."""
        code = message.options.get("errorCode")
        error = ServerError if isinstance(code, int) and code >= 500 else UnexpectedAnswerError
        self._fail(error(f"terminal {code}"))

    async def service_event(self, message: Message) -> None:
        """Hang up when the server says so: another connection took our place, or the service ends."""
        _LOGGER.debug("The server ends the connection: %s", message.options.get("type"))
        await self._socket.close()

    async def deactivate(self, _message: Message) -> None:
        """Hang up for good: the server no longer knows this terminal."""
        self.deactivated = True
        await self._socket.close()

    def _update_status(self, options: Mapping[str, Any]) -> None:
        cleared, added = options.get("clearDssStatus") or (), options.get("setDssStatus") or ()
        kept = [status for status in self._dialog_status if status not in cleared]
        self._dialog_status = list(dict.fromkeys([*kept, *(str(status) for status in added)]))

    def _timer_ended(self, name: str, action: object) -> None:
        del self._timers[name]
        options = {"reqAct": name, "actionTrx": action, "localTime": f"{self._now():%Y%m%d%H%M%S}"}
        task = asyncio.create_task(self._send(Up.TIMER_EVENT, options), name="ginside timer")
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _send(self, message_type: str, options: JsonDict, **payload: Any) -> None:
        try:
            await self._socket.send_bytes(command(message_type, {**payload, "cmdOpt": options}))
        except (aiohttp.ClientError, ConnectionError) as err:
            self._fail(CannotConnectError(type(err).__name__))

    def _answer(self, answer: JsonDict) -> None:
        if self._question and not self._question.done():
            self._question.set_result(answer)

    def _fail(self, error: HubError) -> None:
        if self._question and not self._question.done():
            self._question.set_exception(error)


_HANDLERS: Final[Mapping[str, Callable[[Terminal, Message], Awaitable[None]]]] = {
    Down.PLAY_MEDIA: Terminal.play_media,
    Down.UPDATE_MEDIA: Terminal.update_media,
    Down.HARDWARE_CONTROL: Terminal.control_hardware,
    Down.SET_TIMER: Terminal.set_timer,
    Down.OAUTH: Terminal.require_login,
    Down.EXECUTE: Terminal.execute,
    Down.SERVICE_EVENT: Terminal.service_event,
    Down.ERROR: Terminal.refuse,
    Down.DEACTIVATE: Terminal.deactivate,
}


async def open_terminal(
    http: aiohttp.ClientSession, url: URL, greeting: JsonDict, now: Callable[[], datetime]
) -> Terminal:
    """Connect and shake hands; `greeting` is clientuuid, timestamp and signature.

    Raises AuthError when the server does not want this terminal, CannotConnectError when it cannot be reached.
    """
    try:
        async with asyncio.timeout(CONNECT_S):
            socket = await http.ws_connect(url, protocols=(SUB_PROTOCOL,), max_msg_size=_MAX_MESSAGE, timeout=_CLOSE)
            try:
                await _shake_hands(socket, greeting)
            except BaseException:
                await socket.close()
                raise
    except TimeoutError as err:
        raise CannotConnectError("timeout") from err
    except (aiohttp.ClientError, ConnectionError) as err:
        raise CannotConnectError(type(err).__name__) from err
    terminal = Terminal(socket, now)
    await terminal.open()
    return terminal


async def _shake_hands(socket: aiohttp.ClientWebSocketResponse, greeting: JsonDict) -> None:
    if await _operation(socket) != "WHO":
        raise UnexpectedAnswerError("no WHO")
    await socket.send_json({"operation": "IAM", "clienttype": CLIENT_TYPE, **greeting})
    if await _operation(socket) != "WELCOME":
        raise AuthError("not welcome")


async def _operation(socket: aiohttp.ClientWebSocketResponse) -> object:
    """Return the operation of the next text message, None when there is none."""
    frame = await socket.receive()
    if frame.type is not aiohttp.WSMsgType.TEXT:
        return None
    try:
        message = json.loads(frame.data)
    except ValueError:
        return None
    return message.get("operation") if isinstance(message, dict) else None


def _new_volume(volume: int, wanted: Mapping[str, Any]) -> int:
    """Return the volume after KT's `control` UP, DN, ST, MT or UMT with a step's name or a number."""
    control, value = wanted.get("control"), str(wanted.get("value"))
    figure = _VOLUME_STEPS.get(value) or (int(value) if value.isdecimal() else 10)
    new = {"UP": volume + figure, "DN": volume - figure, "ST": figure, "MT": 0}.get(str(control), volume)
    return max(0, min(100, new))
