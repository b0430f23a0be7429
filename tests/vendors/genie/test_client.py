"""The account API's client on the wire: tokens that rotate, lost answers, limits, nonsense, the server's clock."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

import aiohttp
from aiohttp import web
import pytest

from custom_components.dongju.model import errors
from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.simulator.http_server import LoopbackServer
from custom_components.dongju.vendors.body import read_body
from custom_components.dongju.vendors.genie.client import GenieClient, checked_url, segment
from custom_components.dongju.vendors.genie.errors import ConflictError, MaintenanceError, VoiceRevokedError, refusal


class Caller:
    """A client, the tokens it saved, and the waits it asked for."""

    def __init__(self, http: aiohttp.ClientSession, cloud: GenieCloud, clock: RealClock) -> None:
        self.http = http
        self.cloud = cloud
        self.clock = clock
        self.saved: list[dict[str, Any]] = []
        self.waits: list[float] = []
        self.lost: list[errors.AuthError] = []

    def client(self, tokens: dict[str, Any] | None = None, **extra: Any) -> GenieClient:
        client = GenieClient(
            self.http,
            self.cloud.connection()["base_url"],
            tokens or {},
            self._save,
            self.clock.now,
            timeout_s=extra.pop("timeout_s", 5.0),
            sleep=self._wait,
            **extra,
        )
        client.auth_lost = self.lost.append
        return client

    async def paired(self, **extra: Any) -> GenieClient:
        client = self.client(**extra)
        await client.async_pair(self.cloud.connection()["pairing_token"])
        return client

    @property
    def tokens(self) -> dict[str, Any]:
        return dict(self.saved[-1])

    def _save(self, changed: dict[str, Any]) -> None:
        self.saved.append(changed["tokens"])

    async def _wait(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
async def caller(cloud: GenieCloud, clock: RealClock) -> AsyncGenerator[Caller]:
    async with aiohttp.ClientSession() as http:
        yield Caller(http, cloud, clock)


async def test_a_wrong_pairing_token_is_refused(caller: Caller) -> None:
    with pytest.raises(errors.AuthError):
        await caller.client().async_pair("wrong")


async def test_twenty_calls_at_the_tokens_end_renew_once(caller: Caller) -> None:
    client = await caller.paired()
    caller.clock.advance(3600)
    answers = await asyncio.gather(*(client.async_get("households") for _call in range(20)))
    assert all(answer == answers[0] for answer in answers)
    assert len(caller.saved) == 2


async def test_twenty_calls_after_an_early_end_renew_once(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("expire_token", {})
    answers = await asyncio.gather(*(client.async_get("households") for _call in range(20)))
    assert len(answers) == 20
    assert len(caller.saved) == 2


async def test_saved_tokens_serve_after_a_restart(caller: Caller) -> None:
    await caller.paired()
    again = caller.client(caller.tokens)
    assert (await again.async_get("households"))["households"][0]["id"] == "h1"
    assert len(caller.saved) == 1


async def test_a_used_refresh_token_signs_out_once(caller: Caller) -> None:
    await caller.paired()
    old = caller.tokens
    await caller.cloud.control("expire_token", {})
    await caller.client(old).async_get("households")
    stale = caller.client({**old, "expires_at": 0})
    results = await asyncio.gather(*(stale.async_get("households") for _call in range(5)), return_exceptions=True)
    assert all(isinstance(result, errors.AuthError) for result in results)
    assert stale.signed_out
    assert len(caller.lost) == 1


async def test_nobody_asks_again_once_signed_out(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("revoke_all", {})
    with pytest.raises(errors.AuthError):
        await client.async_get("households")
    await caller.cloud.control("fault", {"name": "drop_connection"})
    with pytest.raises(errors.AuthError):
        await client.async_get("households")


async def test_a_pairing_token_at_hand_heals(caller: Caller) -> None:
    client = await caller.paired(pairing_token=caller.cloud.connection()["pairing_token"])
    await caller.cloud.control("revoke_all", {})
    assert await client.async_get("households")
    assert caller.lost == []


async def test_without_any_token_there_is_nothing_to_call_with(caller: Caller) -> None:
    with pytest.raises(errors.AuthError):
        await caller.client().async_get("households")


async def test_a_token_that_ends_in_mid_command_is_renewed_and_the_command_runs_once(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("expire_token", {})
    answer = await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert answer["timer"]["kind"] == "timer"
    assert len(_timers(caller.cloud)) == 1


def _timers(cloud: GenieCloud) -> list[Any]:
    (speaker,) = [row for row in cloud.describe()["state"]["devices"] if row["id"] == "sp-living"]
    timers: list[Any] = speaker["state"]["timers"]
    return timers


@pytest.mark.parametrize("fault", ["malformed_json", "html_body", "empty_body"])
async def test_a_lost_answer_is_asked_for_under_the_same_id(caller: Caller, fault: str) -> None:
    client = await caller.paired()
    await caller.cloud.control("fault", {"name": fault, "count": 1, "match": {"method": "POST"}})
    await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert len(_timers(caller.cloud)) == 1
    assert len(caller.waits) == 1


async def test_an_answer_that_never_comes_is_asked_for_again(caller: Caller) -> None:
    client = await caller.paired(timeout_s=0.3)
    await caller.cloud.control("fault", {"name": "timeout", "count": 1, "match": {"method": "POST"}})
    await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert len(_timers(caller.cloud)) == 1


async def test_a_server_that_stays_away_is_told(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("fault", {"name": "http_status", "data": {"status": 502}})
    with pytest.raises(errors.ServerError):
        await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    await caller.cloud.close()
    with pytest.raises(errors.CannotConnectError):
        await client.async_get("households")


async def test_a_short_limit_is_waited_out(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("fault", {"name": "rate_limited", "count": 1, "data": {"retry_after": 4}})
    await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert caller.waits == [4]


async def test_a_long_limit_is_told_at_once(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("fault", {"name": "rate_limited", "data": {"retry_after": 40}})
    with pytest.raises(errors.RateLimitedError) as caught:
        await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert caught.value.retry_after == 40
    assert caller.waits == []


async def test_maintenance_is_not_pressed(caller: Caller) -> None:
    client = await caller.paired()
    await caller.cloud.control("fault", {"name": "http_error", "data": {"status": 503, "code": "MAINTENANCE"}})
    with pytest.raises(MaintenanceError):
        await client.async_command("speakers/sp-living/timers", {"reqAct": "0", "inSeconds": 60})
    assert caller.waits == []


@pytest.mark.parametrize("seconds", [-90, 0, 90])
async def test_the_servers_clock_is_known(caller: Caller, seconds: float) -> None:
    client = await caller.paired()
    await caller.cloud.control("clock_skew", {"seconds": seconds})
    await client.async_get("households")
    assert abs(client.clock_offset - timedelta(seconds=seconds)) < timedelta(seconds=2)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://genie.example", "https://genie.example/"),
        ("https://genie.example/genie/v1/", "https://genie.example/"),
        ("http://127.0.0.1:8080/genie/v1", "http://127.0.0.1:8080/"),
        ("http://localhost:1", "http://localhost:1/"),
    ],
)
def test_addresses(given: str, address: str) -> None:
    assert str(checked_url(given)) == address


@pytest.mark.parametrize("given", ["http://genie.example", "ftp://127.0.0.1", "nonsense", "http://[", ""])
def test_refused_addresses(given: str) -> None:
    with pytest.raises(errors.CannotConnectError):
        checked_url(given)


@pytest.mark.parametrize("given", ["", ".", ".."])
def test_an_id_is_no_path(given: str) -> None:
    with pytest.raises(errors.NotFoundError):
        segment(given)


async def test_an_id_with_a_slash_stays_an_id(caller: Caller) -> None:
    client = await caller.paired()
    with pytest.raises(errors.NotFoundError):
        await client.async_get(f"devices/{segment('a/../../households')}/state")


class Server:
    """A server that answers whatever it is told to."""

    def __init__(self) -> None:
        self.body: bytes = b"{}"
        self.status = 200
        self.headers: dict[str, str] = {}
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self.server = LoopbackServer(app)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(status=self.status, headers=self.headers)
        await response.prepare(request)
        half = len(self.body) // 2
        await response.write(self.body[:half])
        await asyncio.sleep(0.02)
        await response.write(self.body[half:])
        return response


@pytest.fixture
async def server(socket_enabled: None) -> AsyncGenerator[Server]:
    server = Server()
    await server.server.start()
    yield server
    await server.server.close()


async def asked(server: Server, clock: RealClock) -> Any:
    """Ask a strange server something with a good token."""
    tokens = {"access_token": "a", "refresh_token": "r", "expires_at": clock.now().timestamp() + 1000}
    async with aiohttp.ClientSession() as http:
        client = GenieClient(http, server.server.url, tokens, lambda _changed: None, clock.now)
        return await client.async_get("households"), client


async def test_an_answer_in_pieces_is_read_whole(server: Server, clock: RealClock) -> None:
    server.body = b'{"rc": 200, "data": "' + b"x" * 300_000 + b'"}'
    answer, _client = await asked(server, clock)
    assert len(answer) == 300_000


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, b"not json", errors.UnexpectedAnswerError),
        (200, b"[1]", errors.UnexpectedAnswerError),
        (200, b'{"rc": "200"}', errors.UnexpectedAnswerError),
        (200, b"[" * 200_000, errors.UnexpectedAnswerError),
        (500, b"<html>", errors.ServerError),
        (429, b"", errors.RateLimitedError),
        (200, b'{"rc": 500, "error": "X"}', errors.ServerError),
        (404, b'{"rc": 404, "error": "NOT_FOUND", "rcmsg": "x not found"}', errors.NotFoundError),
        (418, b'{"rc": 418, "error": "TEAPOT"}', errors.DeviceError),
        (200, b'{"rc": 200, "data": "' + b"x" * (5 * 1024 * 1024), errors.UnexpectedAnswerError),
        (401, b'{"rc": 401}', errors.HubError),
    ],
)
async def test_strange_answers(
    server: Server, clock: RealClock, status: int, body: bytes, error: type[errors.HubError]
) -> None:
    server.status, server.body = status, body
    with pytest.raises(error):
        await asked(server, clock)


@pytest.mark.parametrize("date", ["nonsense", "Wed, 01 Jul 2026 00:00:00 -0000"])
async def test_a_strange_date_does_no_harm(server: Server, clock: RealClock, date: str) -> None:
    server.headers, server.body = {"Date": date}, b'{"rc": 200, "data": 1}'
    answer, client = await asked(server, clock)
    assert answer == 1
    assert isinstance(client.clock_offset, timedelta)


async def test_a_token_answer_has_to_be_one(server: Server, clock: RealClock) -> None:
    server.body = b'{"rc": 200, "data": {"access_token": "a"}}'
    async with aiohttp.ClientSession() as http:
        client = GenieClient(http, server.server.url, {}, lambda _changed: None, clock.now)
        with pytest.raises(errors.UnexpectedAnswerError):
            await client.async_pair("x")


@pytest.mark.parametrize(
    ("status", "name", "data", "error"),
    [
        (400, "invalid_grant", None, errors.AuthError),
        (403, "SAFETY_BLOCKED", None, errors.UnsafeError),
        (403, "MUSIC_LOGIN_REQUIRED", {"oauth_url": "x"}, errors.LoginRequiredError),
        (409, "CONFLICT", {"version": 3}, ConflictError),
        (409, "STB_OFF", None, errors.PoweredOffError),
        (409, "NOT_RINGING", None, errors.WrongStateError),
        (410, "VOICE_REVOKED", {"fallback": "genie-1"}, VoiceRevokedError),
        (422, "OUT_OF_RANGE", {"min": 5, "max": 40}, errors.OutOfRangeError),
        (423, "PIN_WRONG", {"left": 3}, errors.PinWrongError),
        (423, "LOCKED_OUT", {"retryAt": "x"}, errors.LockedOutError),
        (504, "DEVICE_OFFLINE", None, errors.DeviceOfflineError),
        (504, "DEVICE_TIMEOUT", None, errors.TransientError),
        (401, "OTHER", None, errors.AuthError),
        (502, "OTHER", "text", errors.ServerError),
        (404, "OTHER", None, errors.DeviceError),
    ],
)
def test_refusals(status: int, name: str, data: Any, error: type[errors.HubError]) -> None:
    found = refusal(status, {"error": name, "data": data}, None)
    assert type(found) is error


def test_what_a_refusal_tells() -> None:
    assert refusal(422, {"error": "OUT_OF_RANGE", "data": {"min": 5, "max": 40}}, None).placeholders == {
        "minimum": "5",
        "maximum": "40",
    }
    revoked = refusal(410, {"error": "VOICE_REVOKED", "data": {"fallback": "v"}}, None)
    assert isinstance(revoked, VoiceRevokedError)
    assert revoked.fallback == "v"


@pytest.mark.parametrize(("header", "seconds"), [("7", 7), (None, 30), ("soon", 30), ("99999", 3600)])
def test_retry_after(header: str | None, seconds: float) -> None:
    error = refusal(429, {}, header)
    assert isinstance(error, errors.RateLimitedError)
    assert error.retry_after == seconds


async def test_a_body_is_read_to_its_limit() -> None:
    class Stream:
        def __init__(self, parts: list[bytes]) -> None:
            self.parts = parts

        async def read(self, n: int = -1, /) -> bytes:
            part = self.parts.pop(0) if self.parts else b""
            if len(part) > n:
                self.parts.insert(0, part[n:])
            return part[:n]

    assert await read_body(Stream([b"ab", b"c", b"de"]), 100) == b"abcde"
    assert await read_body(Stream([b"ab", b"c", b"de"]), 3) == b"abcd"
    assert await read_body(Stream([]), 3) == b""
