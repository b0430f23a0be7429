"""The account API's machinery: sign-in, envelope, idempotent commands, optimistic lock and the rate limit."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
import math
from typing import Any, Final

from aiohttp import web

from ..clock import Clock
from ..faults import FaultBox
from .auth import Accounts
from .devices import GenieDevice
from .envelope import GenieError, JsonDict, bad_parameter, envelope_response, read_object, success
from .identifiers import Identifiers

PREFIX: Final = "/genie/v1"
REMEMBER_S: Final = 600.0
PER_MINUTE: Final = 60
_MINUTE_S: Final = 60.0
_MAX_REMEMBERED: Final = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: what was sent, by whom."""

    body: JsonDict
    path: Mapping[str, str]
    query: Mapping[str, str]
    grant_id: str

    @property
    def command_id(self) -> str:
        """Return the client's id of a command; raise 400 when it is missing."""
        value = self.body.get("commandId")
        if not isinstance(value, str) or not 0 < len(value) <= 64:
            raise bad_parameter("commandId is required")
        return value


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers."""

    data: Any
    rc: int = HTTPStatus.OK


type Handler = Callable[[Call], Reply | Awaitable[Reply]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the API; a `command` is idempotent and counts for the rate limit."""

    method: str
    path: str
    handler: Handler
    command: bool = False


class AccountApi:
    """Serve endpoints."""

    def __init__(
        self,
        clock: Clock,
        ids: Identifiers,
        accounts: Accounts,
        faults: FaultBox,
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._accounts = accounts
        self._faults = faults
        self._results: dict[tuple[str, str], tuple[float, JsonDict]] = {}
        self._recent: dict[str, deque[float]] = {}
        self.per_minute = PER_MINUTE

    def routes(
        self, endpoints: Sequence[Endpoint], household_of: Callable[[Mapping[str, str]], str]
    ) -> list[web.RouteDef]:
        """Return the routes of endpoints and of the token endpoint.

        `household_of` tells by its path whose a command is.
        """
        rows = [web.route(row.method, PREFIX + row.path, self._serve(row, household_of)) for row in endpoints]
        return [*rows, web.post(f"{PREFIX}/oauth/token", self._token)]

    async def run(self, household_id: str, command_id: str, run: Callable[[], Reply | Awaitable[Reply]]) -> JsonDict:
        """Run a command once and return its envelope; the same id within ten minutes gets the first result again."""
        key = (household_id, command_id)
        now = self._clock.monotonic()
        known = self._results.get(key)
        if known is not None and now - known[0] < REMEMBER_S:
            return known[1]
        self._count(household_id, now)
        envelope = await self._envelope(run)
        if envelope["rc"] < HTTPStatus.INTERNAL_SERVER_ERROR:
            self._remember(key, now, envelope)
        return envelope

    def _serve(
        self, endpoint: Endpoint, household_of: Callable[[Mapping[str, str]], str]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                grant = self._accounts.check_header(request.headers.get("Authorization"))
                call = Call(
                    body=await read_object(request),
                    path=request.match_info,
                    query=request.query,
                    grant_id=grant.id,
                )
                if endpoint.command:
                    household = household_of(call.path)
                    return envelope_response(await self.run(household, call.command_id, lambda: endpoint.handler(call)))
                return envelope_response(await self._envelope(lambda: endpoint.handler(call)))
            except GenieError as err:
                return self._refuse(err)

        return serve

    async def _token(self, request: web.Request) -> web.StreamResponse:
        try:
            if request.content_type == "application/x-www-form-urlencoded":
                body: JsonDict = {key: str(value) for key, value in (await request.post()).items()}
            else:
                body = await read_object(request)
            return envelope_response(self._numbered(success(self._accounts.exchange(body))))
        except GenieError as err:
            return self._refuse(err)

    async def _envelope(self, run: Callable[[], Reply | Awaitable[Reply]]) -> JsonDict:
        """Return the envelope of a handler's answer or refusal."""
        try:
            reply = run()
            if not isinstance(reply, Reply):
                reply = await reply
        except GenieError as err:
            return self._numbered(err.body())
        return self._numbered(success(reply.data, reply.rc))

    def _refuse(self, err: GenieError) -> web.Response:
        return envelope_response(self._numbered(err.body()), err.headers)

    def _numbered(self, envelope: JsonDict) -> JsonDict:
        return {**envelope, "trxId": self._ids.name("t")}

    def _count(self, household_id: str, now: float) -> None:
        """Count a command; raise 429 with `Retry-After` when the minute is full."""
        if (fault := self._faults.take("rate_limited")) is not None:
            raise _rate_limited(float(fault.data.get("retry_after", 5)))
        recent = self._recent.setdefault(household_id, deque())
        while recent and now - recent[0] >= _MINUTE_S:
            recent.popleft()
        if len(recent) >= self.per_minute:
            raise _rate_limited(_MINUTE_S - (now - recent[0]) if recent else _MINUTE_S)
        recent.append(now)

    def _remember(self, key: tuple[str, str], now: float, envelope: JsonDict) -> None:
        self._results[key] = (now, envelope)
        if len(self._results) > _MAX_REMEMBERED:
            self._results = {key: row for key, row in self._results.items() if now - row[0] < REMEMBER_S}


def check_version(device: GenieDevice, body: Mapping[str, Any]) -> None:
    """Raise 409 `CONFLICT` when the client expects another version of a device."""
    expected = body.get("expectedVersion")
    if expected is None:
        return
    if not isinstance(expected, int) or isinstance(expected, bool):
        raise bad_parameter("expectedVersion must be a whole number")
    if expected != device.version:
        raise GenieError(HTTPStatus.CONFLICT, "CONFLICT", "the device has changed", data={"version": device.version})


def _rate_limited(seconds: float) -> GenieError:
    wait = max(1, math.ceil(seconds))
    return GenieError(
        HTTPStatus.TOO_MANY_REQUESTS,
        "RATE_LIMITED",
        "too many commands",
        data={"retryAfter": wait},
        headers={"Retry-After": str(wait)},
    )
