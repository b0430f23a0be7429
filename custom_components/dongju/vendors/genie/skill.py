"""Skill calls: the Genie cloud calls the hub with what somebody said to a speaker.

The real fields of KT's S2S calls are not public; this is the proposal of `docs/mock-clouds-genie.md`, with the names
of KT's DialogKit. Checks come in this order: size, skill, clock, signature, replay. Nothing sent before this process
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

from ..base import JsonDict, SpokenReply

_LOGGER: Final = logging.getLogger(__name__)

MAX_BODY: Final = 64 * 1024
WINDOW: Final = timedelta(seconds=60)
NONCE_LIFE: Final = timedelta(minutes=5)
# KT allows 3 s; what takes longer is answered "working on it" and spoken afterwards.
ANSWER_S: Final = 2.5
_MAX_REMEMBERED: Final = 1000
_KST: Final = timezone(timedelta(hours=9))

type Respond = Callable[[JsonDict], Awaitable[SpokenReply]]
type SpeakLater = Callable[[str, str], Awaitable[None]]

_WORKING: Final = {"ko": "요청을 처리하고 있어요.", "en": "Working on it."}
_FAILED: Final = {
    "ko": "지금은 처리하지 못했어요. 잠시 후 다시 말씀해 주세요.",
    "en": "That did not work. Please try again.",
}


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 of `timestamp.nonce.sha256hex(body)`."""
    message = f"{timestamp}.{nonce}.{hashlib.sha256(body).hexdigest()}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


class SkillGate:
    """Lets signed calls in, each once, and answers them in time."""

    def __init__(
        self,
        skill_id: str,
        secret: str,
        now: Callable[[], datetime],
        offset: Callable[[], timedelta],
        respond: Respond,
        speak_later: SpeakLater,
    ) -> None:
        """Answer with `respond(payload)`; `offset` is the server's clock less ours."""
        self._skill_id = skill_id
        self._secret = secret
        self._now = now
        self._offset = offset
        self._respond = respond
        self._speak_later = speak_later
        self._started = now()
        self._nonces: OrderedDict[str, datetime] = OrderedDict()
        self._answers: OrderedDict[str, asyncio.Task[SpokenReply]] = OrderedDict()
        self._late: set[asyncio.Task[None]] = set()
        self.refused = 0

    async def handle(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonDict | None]:
        """Return HTTP status and answer of a call: 401, 404, 409, 413 without an answer, else 200 with one."""
        refused = self._check(headers, body)
        if refused is not None:
            self.refused += 1
            return refused, None
        try:
            payload = json.loads(body)
        except ValueError:
            return HTTPStatus.BAD_REQUEST, None
        if not isinstance(payload, dict) or not isinstance(payload.get("requestId"), str):
            return HTTPStatus.BAD_REQUEST, None
        if payload.get("type") == "health":
            return HTTPStatus.OK, {"requestId": payload["requestId"], "rc": 200}
        return HTTPStatus.OK, await self._answer(payload)

    async def close(self) -> None:
        """Stop answering."""
        tasks = [*self._answers.values(), *self._late]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._answers.clear()

    def _check(self, headers: Mapping[str, str], body: bytes) -> int | None:
        """Return the status of a refusal, or None when the call is genuine, fresh and new."""
        if len(body) > MAX_BODY:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        if headers.get("x-genie-skill-id") != self._skill_id:
            return HTTPStatus.NOT_FOUND
        timestamp, nonce = headers.get("x-auth-timestamp", ""), headers.get("x-genie-nonce", "")
        sent = _moment(timestamp)
        server_now = self._now() + self._offset()
        if sent is None or not 0 < len(nonce) <= 128 or abs(server_now - sent) > WINDOW:
            return HTTPStatus.UNAUTHORIZED
        # The `Date` header tells the server's clock to the second only.
        if sent < self._started + self._offset() - timedelta(seconds=2):
            return HTTPStatus.UNAUTHORIZED
        given = headers.get("x-genie-signature", "")
        if not hmac.compare_digest(given.encode(), signature(self._secret, timestamp, nonce, body).encode()):
            return HTTPStatus.UNAUTHORIZED
        return self._remember(nonce)

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

    async def _answer(self, payload: JsonDict) -> JsonDict:
        """Answer a request once; the same request id gets the same answer."""
        request_id = payload["requestId"]
        task = self._answers.get(request_id)
        if task is None:
            task = asyncio.ensure_future(self._respond(payload))
            self._answers[request_id] = task
            while len(self._answers) > _MAX_REMEMBERED:
                self._answers.popitem(last=False)
        language = "en" if str(payload.get("lang", "ko")).startswith("en") else "ko"
        done, _ = await asyncio.wait({task}, timeout=ANSWER_S)
        if not done:
            self._speak_when_done(task, str(payload.get("deviceId", "")), language)
            return _envelope(request_id, 200, _WORKING[language])
        if task.cancelled() or (error := task.exception()) is not None:
            _LOGGER.debug("A skill call failed: %r", None if task.cancelled() else error)
            return _envelope(request_id, 500, _FAILED[language])
        reply = task.result()
        return _envelope(request_id, 200, reply.text or _FAILED[language], end=not reply.continues, reply=reply)

    def _speak_when_done(self, task: asyncio.Task[SpokenReply], device_id: str, language: str) -> None:
        async def wait() -> None:
            try:
                text = (await asyncio.shield(task)).text
            except Exception as err:  # noqa: BLE001 - whatever failed, the person is told once
                _LOGGER.debug("A slow skill call failed: %r", err)
                text = _FAILED[language]
            await self._speak_later(device_id, text)

        late = asyncio.ensure_future(wait())
        self._late.add(late)
        late.add_done_callback(self._late.discard)


def _envelope(request_id: str, rc: int, text: str, *, end: bool = True, reply: SpokenReply | None = None) -> JsonDict:
    info: JsonDict = {"mesg": text, "actFeel": "calm"}
    if reply and reply.picture:
        info["infoDetail"] = {"imageurl": reply.picture}
    return {"requestId": request_id, "rc": rc, "metaInfo": info, "directives": [], "endSession": end}


def _moment(text: str) -> datetime | None:
    """Return the moment of KT's 17-digit local timestamp (`yyyyMMddHHmmssSSS`)."""
    if len(text) != 17 or not text.isdecimal():
        return None
    try:
        base = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=_KST)
    except ValueError:
        return None
    return base + timedelta(milliseconds=int(text[14:]))
