"""Skill calls: the Genie cloud calls the hub with what somebody said to a speaker.

The real fields of KT's S2S calls are not public; this is the proposal of `docs/mock-clouds-genie.md`, with the names
of KT's DialogKit. Checks come in this order: size, skill, signature, clock, replay. Nothing sent before this process
started is accepted.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta, timezone
import hashlib
import hmac
from http import HTTPStatus
import json
import logging
from typing import Final

from ...model.errors import HubError
from ..base import JsonDict, SpokenReply

_LOGGER: Final = logging.getLogger(__name__)

MAX_BODY: Final = 64 * 1024
WINDOW: Final = timedelta(seconds=60)
NONCE_LIFE: Final = timedelta(minutes=5)
ANSWER_S: Final = 2.5
"""KT allows 3 s; what takes longer is answered "working on it" and spoken afterwards."""
CLOCK_S: Final = 1.5
_MAX_REMEMBERED: Final = 1000
_KST: Final = timezone(timedelta(hours=9))
_DATE_STEP: Final = timedelta(seconds=2)
"""The `Date` header tells the server's clock to the second only, and takes its time to arrive."""

type Respond = Callable[[JsonDict], Awaitable[SpokenReply]]
type SpeakLater = Callable[[str, str], Awaitable[None]]
type ReadClock = Callable[[], Awaitable[object]]

_WORKING: Final = {"ko": "요청을 처리하고 있어요.", "en": "Working on it."}
_FAILED: Final = {
    "ko": "지금은 처리하지 못했어요. 잠시 후 다시 말씀해 주세요.",
    "en": "That did not work. Please try again.",
}
_NOTHING_SAID: Final = {"ko": "무엇을 할지 말씀해 주세요.", "en": "Please say what to do."}


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 of `timestamp.nonce.sha256hex(body)`."""
    message = f"{timestamp}.{nonce}.{hashlib.sha256(body).hexdigest()}"
    return hmac.new(secret.encode(), _bytes(message), hashlib.sha256).hexdigest()


class SkillGate:
    """Lets signed calls in, each once, and answers them in time."""

    def __init__(
        self,
        skill_id: str,
        secret: str,
        *,
        now: Callable[[], datetime],
        offset: Callable[[], timedelta],
        read_clock: ReadClock,
        respond: Respond,
        speak_later: SpeakLater,
        answer_s: float = ANSWER_S,
    ) -> None:
        """Answer with `respond(payload)`; `offset` is the server's clock less ours, which `read_clock` learns anew."""
        self._skill_id = skill_id
        self._secret = secret
        self._now = now
        self._offset = offset
        self._read_clock = read_clock
        self._respond = respond
        self._speak_later = speak_later
        self._answer_s = answer_s
        self._started = now()
        self._nonces: OrderedDict[str, datetime] = OrderedDict()
        self._answers: OrderedDict[str, asyncio.Task[SpokenReply]] = OrderedDict()
        self._late: dict[str, asyncio.Task[None]] = {}
        self.refused = 0

    async def handle(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonDict | None]:
        """Return HTTP status and answer of a call: 401, 404, 409, 413, 429 without an answer, else 200 with one.

        Names of headers are in lower case.
        """
        refused = await self._check(headers, body)
        if refused is not None:
            self.refused += 1
            return refused, None
        try:
            payload = json.loads(body)
        except ValueError, RecursionError:
            return HTTPStatus.BAD_REQUEST, None
        if not isinstance(payload, dict) or not isinstance(payload.get("requestId"), str):
            return HTTPStatus.BAD_REQUEST, None
        request_id, language = payload["requestId"], _language(payload)
        if payload.get("type") == "health":
            return HTTPStatus.OK, {"requestId": request_id, "rc": 200}
        if payload.get("type") not in {"intent", "confirm"} or not str(payload.get("uword") or "").strip():
            return HTTPStatus.OK, _envelope(request_id, HTTPStatus.UNPROCESSABLE_ENTITY, _NOTHING_SAID[language])
        return HTTPStatus.OK, await self._answer(request_id, payload, language)

    async def close(self) -> None:
        """Stop answering."""
        tasks: list[asyncio.Task[SpokenReply] | asyncio.Task[None]] = [*self._answers.values(), *self._late.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._answers.clear()
        self._late.clear()

    async def _check(self, headers: Mapping[str, str], body: bytes) -> int | None:
        """Return the status of a refusal, or None when the call is genuine, fresh and new."""
        if len(body) > MAX_BODY:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if headers.get("x-genie-skill-id") != self._skill_id:
            return HTTPStatus.NOT_FOUND
        timestamp, nonce = headers.get("x-auth-timestamp", ""), headers.get("x-genie-nonce", "")
        sent = _moment(timestamp)
        given = _bytes(headers.get("x-genie-signature", ""))
        signed = hmac.compare_digest(given, signature(self._secret, timestamp, nonce, body).encode())
        if not signed or sent is None or not 0 < len(nonce) <= 128:
            return HTTPStatus.UNAUTHORIZED
        if not self._is_fresh(sent):
            # It is signed, so it is the server's: its clock, or ours, may have been set since we compared them.
            await self._learn_clock()
            if not self._is_fresh(sent):
                return HTTPStatus.UNAUTHORIZED
        return self._remember(nonce)

    def _is_fresh(self, sent: datetime) -> bool:
        """Tell whether a call was sent within the window, and after this process started, by the server's clock."""
        server_now = self._now() + self._offset()
        return abs(server_now - sent) <= WINDOW and sent >= self._started + self._offset() - _DATE_STEP

    async def _learn_clock(self) -> None:
        try:
            async with asyncio.timeout(CLOCK_S):
                await self._read_clock()
        except (HubError, TimeoutError) as err:
            _LOGGER.debug("Could not read the server's clock: %r", err)

    def _remember(self, nonce: str) -> int | None:
        now = self._now()
        while self._nonces and now - next(iter(self._nonces.values())) > NONCE_LIFE:
            self._nonces.popitem(last=False)
        if nonce in self._nonces:
            return HTTPStatus.CONFLICT
        if len(self._nonces) >= _MAX_REMEMBERED:
            return HTTPStatus.TOO_MANY_REQUESTS
        self._nonces[nonce] = now
        return None

    async def _answer(self, request_id: str, payload: JsonDict, language: str) -> JsonDict:
        """Answer a request, which is carried out once: the same request id gets the same answer."""
        task = self._answers.get(request_id)
        if task is None:
            task = asyncio.ensure_future(self._respond(payload))
            self._answers[request_id] = task
            while len(self._answers) > _MAX_REMEMBERED:
                self._answers.popitem(last=False)
        done, _ = await asyncio.wait({task}, timeout=self._answer_s)
        if not done:
            self._speak_when_done(request_id, task, str(payload.get("deviceId", "")), language)
            return _envelope(request_id, HTTPStatus.OK, _WORKING[language])
        if task.cancelled() or (error := task.exception()) is not None:
            _LOGGER.debug("A skill call failed: %r", None if task.cancelled() else error)
            return _envelope(request_id, HTTPStatus.INTERNAL_SERVER_ERROR, _FAILED[language])
        reply = task.result()
        return _envelope(request_id, HTTPStatus.OK, reply.text or _FAILED[language], reply)

    def _speak_when_done(self, request_id: str, task: asyncio.Task[SpokenReply], device_id: str, language: str) -> None:
        if request_id in self._late:
            return

        async def wait() -> None:
            try:
                text = (await asyncio.shield(task)).text
            except Exception as err:  # noqa: BLE001 - whatever failed, the person is told once
                _LOGGER.debug("A slow skill call failed: %r", err)
                text = _FAILED[language]
            await self._speak_later(device_id, text)

        late = asyncio.ensure_future(wait())
        self._late[request_id] = late
        late.add_done_callback(lambda _task: self._late.pop(request_id, None))


def _envelope(request_id: str, rc: int, text: str, reply: SpokenReply | None = None) -> JsonDict:
    info: JsonDict = {"mesg": text, "actFeel": "calm"}
    if reply and reply.picture:
        info["infoDetail"] = {"imageurl": reply.picture}
    if reply and reply.media:
        info.update({key: reply.media[key] for key in ("contentType", "infoDetail") if reply.media.get(key)})
    ends = reply is None or not reply.continues
    return {"requestId": request_id, "rc": int(rc), "metaInfo": info, "directives": [], "endSession": ends}


def _language(payload: Mapping[str, object]) -> str:
    return "en" if str(payload.get("lang", "ko")).startswith("en") else "ko"


def _bytes(text: str) -> bytes:
    """Return what was on the wire: a header may hold bytes that are no UTF-8."""
    return text.encode(errors="surrogateescape")


def _moment(text: str) -> datetime | None:
    """Return the moment of KT's 17-digit local timestamp (`yyyyMMddHHmmssSSS`)."""
    if len(text) != 17 or not (text.isascii() and text.isdecimal()):
        return None
    try:
        base = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=_KST)
    except ValueError:
        return None
    return base + timedelta(milliseconds=int(text[14:]))
