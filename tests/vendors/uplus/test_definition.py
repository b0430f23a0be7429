"""The registry line: signing in, and what the Demo home types in."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
import pytest

from custom_components.dongju.model.errors import AuthError, CannotConnectError, HubError, UnexpectedAnswerError
from custom_components.dongju.simulator.http_server import LoopbackServer
from custom_components.dongju.simulator.uplus.cloud import UplusCloud
from custom_components.dongju.vendors.uplus import DEFINITION

from .living import LIGHT, Living


async def test_an_account_is_known_by_its_devices(idle: Living) -> None:
    account = await DEFINITION.check(idle.http, idle.data)
    await idle.control("renew_token")
    other = await DEFINITION.check(idle.http, DEFINITION.demo_data(idle.cloud.connection()))
    assert account.id != other.id
    assert set(account.devices) == set(other.devices)
    assert f"uplus_{LIGHT}" in set(account.devices)
    assert account.title == "LG U+"
    assert str(idle.data["token"]) not in account.id


@pytest.mark.parametrize("suffix", ["", "/", "/uplus/v1", "/uplus/v1/"])
async def test_the_address_may_have_the_path_of_the_interface_or_not(idle: Living, suffix: str) -> None:
    root = idle.cloud.connection()["base_url"].removesuffix("/uplus/v1")
    account = await DEFINITION.check(idle.http, {**idle.data, "server_url": f"{root}{suffix}"})
    assert len(set(account.devices)) == 11


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"token": "wrong"}, AuthError),
        ({"server_url": "http://iot.example.com"}, CannotConnectError),
        ({"server_url": "nowhere"}, CannotConnectError),
        ({"server_url": "http://127.0.0.1:9"}, CannotConnectError),
    ],
)
async def test_answers_that_do_not_work(idle: Living, answers: dict[str, str], error: type[HubError]) -> None:
    with pytest.raises(error):
        await DEFINITION.check(idle.http, {**idle.data, **answers})


async def test_a_token_goes_to_no_other_address(idle: Living, cloud: UplusCloud, http_redirect: str) -> None:
    with pytest.raises(UnexpectedAnswerError):
        await DEFINITION.check(idle.http, {**idle.data, "server_url": http_redirect})


@pytest.fixture
async def http_redirect(socket_enabled: None, cloud: UplusCloud) -> AsyncGenerator[str]:
    """Yield the address of a server that sends everybody on to the cloud."""

    async def redirect(_request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect(f"{cloud.connection()['base_url']}/devices")

    async with serving(redirect) as url:
        yield url


@asynccontextmanager
async def serving(handler: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncGenerator[str]:
    """Answer every call on loopback; yield the address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    server = LoopbackServer(app)
    await server.start()
    try:
        yield server.url
    finally:
        await server.close()


async def test_secrets_are_redacted() -> None:
    secrets = {field.key for field in DEFINITION.fields if field.type == "secret"}
    assert secrets == DEFINITION.redact == set(DEFINITION.reauth)


@pytest.mark.parametrize("body", ["[]", '"0000"', "{}", '{"resultCode": 0}', '{"resultCode": "0000"}', "[" * 100_000])
async def test_a_server_that_speaks_something_else(idle: Living, http_answer: list[str], body: str) -> None:
    url, http_answer[0] = http_answer[0], body
    with pytest.raises(UnexpectedAnswerError):
        await DEFINITION.check(idle.http, {**idle.data, "server_url": url})


async def test_an_answer_without_end(idle: Living, http_answer: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("custom_components.dongju.vendors.uplus.client._MAX_ANSWER", 100)
    url, http_answer[0] = http_answer[0], '{"resultCode": "0000", "items": [' + " " * 200 + "]}"
    with pytest.raises(UnexpectedAnswerError):
        await DEFINITION.check(idle.http, {**idle.data, "server_url": url})


@pytest.fixture
async def http_answer(socket_enabled: None) -> AsyncGenerator[list[str]]:
    """Yield the address of a server in a list; it answers with what is put there instead."""
    said = [""]

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=said[0], content_type="application/json")

    async with serving(answer) as url:
        said[0] = url
        yield said
