"""The account API over REST: pairing, tokens that rotate, idempotent commands, and the server's clock.

KT publishes no home API: the mock Genie cloud is the reference (`docs/mock-clouds-genie.md`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
import json
import logging
from typing import Any, Final
from urllib.parse import quote
import uuid

import aiohttp
from yarl import URL

from ...model.errors import (
    AuthError,
    CannotConnectError,
    NotFoundError,
    RateLimitedError,
    ServerError,
    UnexpectedAnswerError,
)
from ..base import JsonDict
from ..body import read_body
from .errors import MaintenanceError, refusal

_LOGGER: Final = logging.getLogger(__name__)

PREFIX: Final = "genie/v1"
TIMEOUT_S: Final = 10.0
EARLY: Final = timedelta(seconds=60)
"""A token is renewed this long before its end, so that no call meets the end on its way."""
RETRY_S: Final = 0.5
LONGEST_WAIT_S: Final = 10.0
"""A command that the rate limit holds back waits this long at most: a person is waiting for it."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_MAX_ANSWER: Final = 4 * 1024 * 1024


def checked_url(text: str) -> URL:
    """Return a server address; raise CannotConnectError unless it is https, or http on this machine."""
    try:
        url = URL(text)
    except ValueError as err:
        raise CannotConnectError("not an address") from err
    if not url.host or (url.scheme != "https" and not (url.scheme == "http" and url.host in LOOPBACK)):
        raise CannotConnectError("https is required")
    # The address may be given with or without the API's own path.
    return url.with_path(url.path.rstrip("/").removesuffix(f"/{PREFIX}") or "/")


def segment(value: object) -> str:
    """Return an id as one segment of a path; raise NotFoundError for what would be another path."""
    text = str(value)
    if text in {"", ".", ".."}:
        raise NotFoundError("no id", name=text)
    return quote(text, safe="")


class GenieClient:
    """Calls the account API; `tokens` (access_token, refresh_token, expires_at) are saved whenever they change."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        base_url: str,
        tokens: Mapping[str, Any],
        save: Callable[[JsonDict], None],
        now: Callable[[], datetime],
        *,
        pairing_token: str | None = None,
        timeout_s: float = TIMEOUT_S,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Use the session that Home Assistant gives; a `pairing_token` is used when other tokens are no longer good."""
        self._http = http
        self._base = checked_url(base_url)
        self._tokens = dict(tokens)
        self._save = save
        self._now = now
        self._pairing_token = pairing_token
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._sleep = sleep
        self._renewing = asyncio.Lock()
        self.clock_offset = timedelta()
        """The server's clock less ours, from its `Date` header (to the second)."""
        self.auth_lost: Callable[[AuthError], None] = lambda _err: None
        """Called once when no token is good any more."""
        self.signed_out = False

    @property
    def push_url(self) -> URL:
        """Return the address of the push channel."""
        scheme = "wss" if self._base.scheme == "https" else "ws"
        return self._base.with_scheme(scheme).joinpath(PREFIX, "push")

    async def async_pair(self, pairing_token: str) -> None:
        """Exchange the pairing token for tokens of our own; raise AuthError when it is wrong."""
        self._take(await self._grant({"grant_type": "pairing_token", "pairing_token": pairing_token}))

    async def async_token(self) -> str:
        """Return an access token that is good for a while; raise AuthError when it cannot be renewed."""
        if self.signed_out or self._now().timestamp() >= _expires_at(self._tokens) - EARLY.total_seconds():
            await self._renew(self._tokens.get("access_token"))
        return str(self._tokens["access_token"])

    async def async_get(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Return the `data` of an answer."""
        return await self._call("GET", path, None, query)

    async def async_delete(self, path: str) -> Any:
        """Delete something."""
        return await self._call("DELETE", path, None, None)

    async def async_post(self, path: str, body: JsonDict) -> Any:
        """Post something that is no command (a question, a registration)."""
        return await self._call("POST", path, body, None)

    async def async_command(self, path: str, body: JsonDict) -> Any:
        """Send a command and return the answer.

        When the answer is lost or the rate limit asks for a short wait, it is sent once more under the same id: the
        server executes an id once.
        """
        command = {"commandId": str(uuid.uuid4()), **body}
        try:
            return await self._call("POST", path, command, None)
        except RateLimitedError as err:
            if err.retry_after > LONGEST_WAIT_S:
                raise
            await self._sleep(err.retry_after)
        except MaintenanceError:
            raise
        except (ServerError, CannotConnectError) as err:
            _LOGGER.debug("Asking again for the answer to a command: %r", err)
            await self._sleep(RETRY_S)
        return await self._call("POST", path, command, None)

    async def async_renew_after_refusal(self, token: str) -> None:
        """Get new tokens because the push channel refused this one."""
        await self._renew(token)

    async def _call(self, method: str, path: str, body: JsonDict | None, query: Mapping[str, str] | None) -> Any:
        """Make a call; a token that ended meanwhile is renewed once."""
        token = await self.async_token()
        try:
            return await self._request(method, path, body, query, token)
        except AuthError:
            await self._renew(token)
            return await self._request(method, path, body, query, str(self._tokens["access_token"]))

    async def _renew(self, used: object) -> None:
        """Renew the tokens, once for everyone who waits: the refresh token may be used a single time."""
        async with self._renewing:
            if self.signed_out:
                raise AuthError("signed out")
            if self._tokens.get("access_token") != used:
                return
            try:
                await self._replace_tokens()
            except AuthError as err:
                self.signed_out = True
                self.auth_lost(err)
                raise

    async def _replace_tokens(self) -> None:
        if refresh_token := self._tokens.get("refresh_token"):
            try:
                self._take(await self._grant({"grant_type": "refresh_token", "refresh_token": refresh_token}))
            except AuthError:
                if self._pairing_token is None:
                    raise
            else:
                return
        if self._pairing_token is None:
            raise AuthError("no refresh token")
        await self.async_pair(self._pairing_token)

    async def _grant(self, body: JsonDict) -> JsonDict:
        answer = await self._request("POST", "oauth/token", body, None, None)
        if not isinstance(answer, dict) or not answer.get("access_token") or not answer.get("refresh_token"):
            raise UnexpectedAnswerError("token answer")
        return answer

    def _take(self, grant: JsonDict) -> None:
        """Keep new tokens, in the entry at once: the old refresh token is spent."""
        lasts = grant.get("expires_in")
        seconds = float(lasts) if isinstance(lasts, int | float) and lasts > 0 else 3600.0
        self._tokens = {
            "access_token": grant["access_token"],
            "refresh_token": grant["refresh_token"],
            "expires_at": self._now().timestamp() + seconds,
        }
        self._save({"tokens": dict(self._tokens)})

    async def _request(
        self, method: str, path: str, body: JsonDict | None, query: Mapping[str, str] | None, token: str | None
    ) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self._base.joinpath(PREFIX, *path.split("/"), encoded=True)
        try:
            async with self._http.request(
                method,
                url,
                json=body,
                params=dict(query) if query else None,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                self._note_clock(response.headers.get("Date"))
                raw = await read_body(response.content, _MAX_ANSWER)
                return _data(response.status, raw, response.headers.get("Retry-After"))
        except TimeoutError as err:
            raise CannotConnectError("timeout") from err
        except aiohttp.ClientError as err:
            raise CannotConnectError(type(err).__name__) from err

    def _note_clock(self, date: str | None) -> None:
        try:
            server = parsedate_to_datetime(date or "")
        except ValueError:
            return
        self.clock_offset = server.replace(tzinfo=server.tzinfo or UTC) - self._now().astimezone(UTC)


def _expires_at(tokens: Mapping[str, Any]) -> float:
    """Return when the access token ends, 0 when nothing good is known."""
    value = tokens.get("expires_at")
    return float(value) if isinstance(value, int | float) and tokens.get("access_token") else 0.0


def _data(status: int, raw: bytes, retry_after: str | None) -> Any:
    """Return the `data` of an envelope; raise the error it stands for."""
    if len(raw) > _MAX_ANSWER:
        raise UnexpectedAnswerError("answer too long")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as err:
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS}:
            raise refusal(status, {}, retry_after) from err
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerError(str(status)) from err
        raise UnexpectedAnswerError(f"{status}, not JSON") from err
    if not isinstance(body, dict) or not isinstance(body.get("rc"), int):
        raise UnexpectedAnswerError(f"{status}, no envelope")
    rc = body["rc"]
    if max(status, rc) >= HTTPStatus.BAD_REQUEST:
        raise refusal(max(status, rc), body, retry_after)
    return body.get("data")
