"""The registry line: what is asked, and how answers are tried."""

from typing import Any

import aiohttp
import pytest

from custom_components.dongju.model.errors import (
    AuthError,
    CannotConnectError,
    HubError,
    RateLimitedError,
    TermsNotAcceptedError,
    UnexpectedAnswerError,
    WrongCountryError,
)
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.vendors.thinq import DEFINITION
from custom_components.dongju.vendors.thinq.regions import COUNTRIES, base_url


@pytest.fixture
def answers(cloud: ThinqCloud) -> dict[str, Any]:
    return DEFINITION.demo_data(cloud.connection())


async def test_a_good_account(cloud: ThinqCloud, answers: dict[str, Any]) -> None:
    async with aiohttp.ClientSession() as http:
        account = await DEFINITION.check(http, answers)
    assert {device.name for device in account.devices.values()} == {"세탁기", "냉장고", "에어컨"}
    assert all(device_id.startswith("thinq_") for device_id in account.devices)
    assert account.anonymous
    assert answers["access_token"] not in account.id
    assert account.data["client_id"].startswith("dongju-")
    assert account.title == "LG ThinQ (KR)"
    async with aiohttp.ClientSession() as http:
        again = await DEFINITION.check(http, {**answers, **account.data})
    assert again.data["client_id"] == account.data["client_id"]
    assert again.id == account.id


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"access_token": "thinqpat_" + "0" * 52}, AuthError),
        ({"country": "JP"}, WrongCountryError),
        ({"country": "DE"}, AuthError),
        ({"country": "XX", "server_url": None}, WrongCountryError),
        ({"server_url": "http://127.0.0.1:9"}, CannotConnectError),
        ({"server_url": "http://example.com"}, CannotConnectError),
        ({"server_url": "ftp://127.0.0.1"}, CannotConnectError),
        ({"server_url": "https://user:pass@127.0.0.1"}, CannotConnectError),
        ({"server_url": "http://127.0.0.1:port"}, CannotConnectError),
        ({"server_url": "nonsense"}, CannotConnectError),
    ],
)
async def test_wrong_answers_are_told_apart(
    answers: dict[str, Any], changed: dict[str, Any], error: type[HubError]
) -> None:
    async with aiohttp.ClientSession() as http:
        with pytest.raises(error):
            await DEFINITION.check(
                http, {**answers, **({"server_url": None} if "XX" in changed.values() else {}), **changed}
            )


@pytest.mark.parametrize(
    ("fault", "data", "error"),
    [
        ("html_body", {}, UnexpectedAnswerError),
        ("html_body", {"status": 401}, UnexpectedAnswerError),
        ("malformed_json", {}, UnexpectedAnswerError),
        ("empty_body", {}, UnexpectedAnswerError),
        ("http_status", {"status": 302}, UnexpectedAnswerError),
        ("http_status", {"status": 429}, RateLimitedError),
        ("http_status", {"status": 406}, HubError),
        ("http_error", {"status": 401, "code": "1306"}, RateLimitedError),
        ("http_error", {"status": 400, "code": "1304"}, TermsNotAcceptedError),
        ("http_error", {"status": 400, "code": "1307"}, WrongCountryError),
        ("http_error", {"status": 401, "code": "7777"}, UnexpectedAnswerError),
        ("http_error", {"status": 503, "code": "7777"}, CannotConnectError),
        ("replace_response", {"response": {}}, UnexpectedAnswerError),
        ("empty_list", {}, WrongCountryError),
    ],
)
async def test_odd_servers_are_told_apart(
    cloud: ThinqCloud, answers: dict[str, Any], fault: str, data: dict[str, Any], error: type[HubError]
) -> None:
    await cloud.control("fault", {"name": fault, "data": data})
    async with aiohttp.ClientSession() as http:
        with pytest.raises(error) as raised:
            await DEFINITION.check(http, answers)
    assert answers["access_token"] not in str(raised.value)


async def test_a_redirect_is_not_followed(cloud: ThinqCloud, answers: dict[str, Any]) -> None:
    """It would carry the token to wherever it points."""
    hits: list[str] = []

    async def redirect(request: aiohttp.web.Request) -> aiohttp.web.Response:
        hits.append(request.path)
        raise aiohttp.web.HTTPFound("/elsewhere")

    app = aiohttp.web.Application()
    app.router.add_get("/{tail:.*}", redirect)
    runner = aiohttp.web.AppRunner(app)
    await runner.setup()
    site = aiohttp.web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession() as http:
            with pytest.raises(UnexpectedAnswerError):
                await DEFINITION.check(http, {**answers, "server_url": f"http://127.0.0.1:{port}"})
    finally:
        await runner.cleanup()
    assert hits == ["/devices"]


@pytest.mark.parametrize(
    ("country", "host"), [("KR", "api-kic"), ("us", "api-aic"), ("DE", "api-eic"), ("ZM", "api-eic")]
)
def test_each_country_has_its_cloud(country: str, host: str) -> None:
    assert base_url(country) == f"https://{host}.lgthinq.com"
    assert len(COUNTRIES) == 162


@pytest.mark.parametrize(
    "server", ["https://mock.example/path/", "http://127.0.0.1:8080", "http://[::1]:1", "http://localhost"]
)
def test_servers_a_token_may_go_to(server: str) -> None:
    assert base_url("KR", server) == server.rstrip("/")


def test_secrets_are_named() -> None:
    assert {"access_token", "private_key", "certificate", "client_id"} <= DEFINITION.redact
