"""The account API over REST: pairing, tokens that rotate, idempotent commands, and the server's clock.

KT publishes no home API: the mock Genie cloud is the reference (`docs/mock-clouds-genie.md`).
"""

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
import json
import logging
from typing import Any, Final
import uuid

import aiohttp
from yarl import URL

from ...model.errors import AuthError, CannotConnectError, HubError, ServerError, UnexpectedAnswerError
from ..base import JsonDict
from ..server_address import checked_server, is_loopback
from .errors import refusal

_LOGGER: Final = logging.getLogger(__name__)

TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
PREFIX: Final = "genie/v1"
# A token is renewed this long before its end, so that no call meets the end on its way.
EARLY: Final = timedelta(seconds=60)
_MAX_ANSWER: Final = 4 * 1024 * 1024


def checked_url(text: str) -> URL:
    """Return a server address without the API's own path; raise CannotConnectError for one that is not safe."""
    return URL(checked_server(text).removesuffix(f"/{PREFIX}"))


class GenieClient:
    """Calls the account API; `tokens` (access_token, refresh_token, expires_at) are saved whenever they change."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        base_url: str,
        tokens: Mapping[str, Any],
        save: Callable[[JsonDict], None],
        now: Callable[[], datetime],
    ) -> None:
        """Use the session that Home Assistant gives; nothing is called yet."""
        self._http = http
        self._base = checked_url(base_url)
        self._tokens = dict(tokens)
        self._save = save
        self._now = now
        self._renewing = asyncio.Lock()
        self.clock_offset = timedelta()
        """The server's clock less ours, from its `Date` header (to the second)."""

    @property
    def push_url(self) -> URL:
        """Return the address of the push channel."""
        scheme = "wss" if self._base.scheme == "https" else "ws"
        return self._base.with_scheme(scheme).joinpath(PREFIX, "push")

    @property
    def is_local(self) -> bool:
        """Return whether the server runs on this machine."""
        return is_loopback(self._base.host or "")

    async def async_pair(self, pairing_token: str) -> None:
        """Exchange the pairing token for tokens of our own; raise AuthError when it is wrong."""
        self._take(await self._grant({"grant_type": "pairing_token", "pairing_token": pairing_token}))

    async def async_token(self) -> str:
        """Return an access token that is good for a while; raise AuthError when it cannot be renewed."""
        if self._now().timestamp() >= float(self._tokens.get("expires_at", 0)) - EARLY.total_seconds():
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

    async def async_command(self, path: str, body: JsonDict) -> tuple[str, Any]:
        """Send a command; return its id and the answer. A lost answer is asked for again under the same id."""
        command_id = str(uuid.uuid4())
        full = {"commandId": command_id, **body}
        try:
            return command_id, await self._call("POST", path, full, None)
        except (ServerError, CannotConnectError) as err:
            _LOGGER.debug("Asking again for the answer to a command: %r", err)
            return command_id, await self._call("POST", path, full, None)

    async def async_renew_after_refusal(self) -> None:
        """Get new tokens because the push channel refused the present one."""
        await self._renew(self._tokens.get("access_token"))

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
            if self._tokens.get("access_token") != used:
                return
            refresh_token = self._tokens.get("refresh_token")
            if not refresh_token:
                raise AuthError("no refresh token")
            self._take(await self._grant({"grant_type": "refresh_token", "refresh_token": refresh_token}))

    async def _grant(self, body: JsonDict) -> JsonDict:
        answer = await self._request("POST", "oauth/token", body, None, None)
        if not isinstance(answer, dict) or not answer.get("access_token") or not answer.get("refresh_token"):
            raise UnexpectedAnswerError("token answer")
        return answer

    def _take(self, grant: JsonDict) -> None:
        """Keep new tokens, in the entry at once: the old refresh token is spent."""
        self._tokens = {
            "access_token": grant["access_token"],
            "refresh_token": grant["refresh_token"],
            "expires_at": self._now().timestamp() + float(grant.get("expires_in", 3600)),
        }
        self._save({"tokens": dict(self._tokens)})

    async def _request(
        self, method: str, path: str, body: JsonDict | None, query: Mapping[str, str] | None, token: str | None
    ) -> Any:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self._base.joinpath(PREFIX, *path.split("/"))
        try:
            async with self._http.request(
                method,
                url,
                json=body,
                params=dict(query) if query else None,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as response:
                self._note_clock(response.headers.get("Date"))
                raw = await response.content.read(_MAX_ANSWER + 1)
                return _data(response.status, raw, response.headers.get("Retry-After"))
        except TimeoutError as err:
            raise CannotConnectError("timeout") from err
        except aiohttp.ClientError as err:
            raise CannotConnectError(type(err).__name__) from err

    def _note_clock(self, date: str | None) -> None:
        if date is None:
            return
        try:
            server = parsedate_to_datetime(date)
        except ValueError:
            return
        self.clock_offset = server - self._now().astimezone(UTC)


def _data(status: int, raw: bytes, retry_after: str | None) -> Any:
    """Return the `data` of an envelope; raise the error it stands for."""
    if len(raw) > _MAX_ANSWER:
        raise UnexpectedAnswerError("answer too long")
    try:
        body = json.loads(raw)
    except ValueError as err:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerError(str(status)) from err
        raise UnexpectedAnswerError(f"{status}, not JSON") from err
    if not isinstance(body, dict) or "rc" not in body:
        raise UnexpectedAnswerError(f"{status}, no envelope")
    rc = body["rc"]
    if status >= HTTPStatus.BAD_REQUEST or not isinstance(rc, int) or rc >= HTTPStatus.BAD_REQUEST:
        error: HubError = refusal(max(status, rc if isinstance(rc, int) else status), body, retry_after)
        raise error
    return body.get("data")
