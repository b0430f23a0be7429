"""The two calls of the U+ dialect: the list of everything, and one control.

LG U+ publishes no home API: the mock U+ cloud is the reference (`docs/mock-clouds-genie.md`). HTTP says 200 whatever
the result is; the result code says what it was.
"""

import asyncio
from http import HTTPStatus
import json
import logging
from typing import Final

import aiohttp
from yarl import URL

from ...model.errors import CannotConnectError, DeviceError, RateLimitedError, ServerError, UnexpectedAnswerError
from ..base import JsonDict
from ..body import read_body
from ..server_address import checked_server
from .errors import OK, refusal, seconds
from .mapping import Control

_LOGGER: Final = logging.getLogger(__name__)

PREFIX: Final = "uplus/v1"
HEADER: Final = "X-UPLUS-Token"
TIMEOUT: Final = aiohttp.ClientTimeout(total=10)
_PAUSE_S: Final = 0.5
_MAX_ANSWER: Final = 4 * 1024 * 1024


class UplusClient:
    """Speaks to one account's cloud. Every method raises HubError and nothing else."""

    def __init__(self, http: aiohttp.ClientSession, server_url: str, token: str) -> None:
        """Use `server_url`, with or without the API's own path; raise CannotConnectError for one that is not safe."""
        self._http = http
        self._base = URL(checked_server(server_url).removesuffix(f"/{PREFIX}")).joinpath(PREFIX)
        self._headers = {HEADER: token}

    async def async_list(self) -> JsonDict:
        """Return the list of devices as it is."""
        body = await self._call("GET", "devices")
        if body["resultCode"] == OK:
            return body
        error = refusal(body)
        # A list has no device to blame: a code that means one is not a code of this dialect.
        raise UnexpectedAnswerError(str(error)) if isinstance(error, DeviceError) else error

    async def async_control(self, serial: str, control: Control, pin: str | None) -> None:
        """Set one value; a lost answer is asked for again where setting twice is as good as once."""
        body = {"deviceSn": serial, "code": control.code, "val": control.value}
        if control.needs_pin and pin is not None:
            body["pin"] = pin
        try:
            answer = await self._call("POST", "control", body)
        except CannotConnectError as err:
            if not control.repeatable:
                raise
            _LOGGER.debug("Sending a control again, its answer was lost: %r", err)
            await asyncio.sleep(_PAUSE_S)
            answer = await self._call("POST", "control", body)
        if answer["resultCode"] != OK:
            raise refusal(answer, control.value)

    async def _call(self, method: str, path: str, body: JsonDict | None = None) -> JsonDict:
        """Return an answer that has a result code; raise CannotConnectError or RateLimitedError for anything else."""
        try:
            async with self._http.request(
                method,
                self._base.joinpath(path),
                json=body,
                headers=self._headers,
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as response:
                return _answer(response, await read_body(response.content, _MAX_ANSWER))
        except TimeoutError as err:
            raise CannotConnectError("timeout") from err
        except (aiohttp.ClientError, OSError) as err:
            raise CannotConnectError(type(err).__name__) from err


def _answer(response: aiohttp.ClientResponse, raw: bytes) -> JsonDict:
    """Return the object in an answer; raise the error that HTTP, or the lack of an object, stands for."""
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerError(str(response.status))
    if response.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimitedError(str(response.status), retry_after=seconds(response.headers.get("Retry-After")))
    if len(raw) > _MAX_ANSWER:
        raise UnexpectedAnswerError("answer too long")
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as err:
        raise UnexpectedAnswerError(f"{response.status}, not JSON") from err
    if not isinstance(body, dict) or not isinstance(body.get("resultCode"), str):
        raise UnexpectedAnswerError(f"{response.status}, no result code")
    return body
