"""The webhook's address as a vendor's server sees it, and calls that come at a bad moment."""

import asyncio
from types import SimpleNamespace
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju import webhook
from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.errors import DeviceGoneError
from custom_components.dongju.model.vocabulary import Vendor

CLOUD = "https://genie.example"
LOOPBACK = "http://127.0.0.1:8080"


class Coordinator:
    """A coordinator with one session, or with none."""

    def __init__(self, session: object | None) -> None:
        self._session = session

    def session(self, vendor: Vendor) -> object:
        if self._session is None:
            raise DeviceGoneError(vendor)
        return self._session


class Session:
    """A session that is called back."""

    async def async_webhook(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any] | None]:
        return 200, {"length": len(body), "kind": headers["content-type"]}


def entry_with(session: object | None) -> Any:
    entry = MockConfigEntry(domain=DOMAIN, title="집")
    entry.runtime_data = SimpleNamespace(coordinator=Coordinator(session))
    return entry


@pytest.fixture
async def served(hass: HomeAssistant, socket_enabled: None, hass_client_no_auth: Any) -> Any:
    """Return a client of Home Assistant's own server."""
    assert await async_setup_component(hass, "webhook", {})
    client = await hass_client_no_auth()
    hass.config.api = SimpleNamespace(port=client.server.port, use_ssl=False)  # type: ignore[assignment]
    return client


async def test_a_cloud_without_an_outer_address_cannot_call(hass: HomeAssistant) -> None:
    assert webhook.async_register(hass, entry_with(None), Vendor.GENIE, CLOUD) is None
    assert webhook.async_register(hass, entry_with(None), Vendor.GENIE, None) is None


async def test_a_cloud_calls_the_outer_address(hass: HomeAssistant, served: Any) -> None:
    hass.config.external_url = "https://home.example"
    url = webhook.async_register(hass, entry_with(Session()), Vendor.GENIE, CLOUD)
    assert url is not None
    assert url.startswith("https://home.example/api/webhook/")


async def test_a_mock_on_this_machine_needs_our_server(hass: HomeAssistant) -> None:
    hass.config.api = None
    assert webhook.async_register(hass, entry_with(None), Vendor.GENIE, LOOPBACK) is None


@pytest.mark.parametrize(("use_ssl", "scheme"), [(False, "http"), (True, "https")])
async def test_a_mock_on_this_machine_calls_loopback(hass: HomeAssistant, use_ssl: bool, scheme: str) -> None:
    assert await async_setup_component(hass, "webhook", {})
    hass.config.api = SimpleNamespace(port=8123, use_ssl=use_ssl)  # type: ignore[assignment]
    url = webhook.async_register(hass, entry_with(None), Vendor.GENIE, LOOPBACK)
    assert url is not None
    assert url.startswith(f"{scheme}://127.0.0.1:8123/api/webhook/")


async def path_of(hass: HomeAssistant, session: object | None) -> str:
    url = webhook.async_register(hass, entry_with(session), Vendor.GENIE, LOOPBACK)
    assert url is not None
    return "/" + url.split("/", 3)[3]


async def test_a_call_is_handed_on_whole(hass: HomeAssistant, served: Any) -> None:
    path = await path_of(hass, Session())
    response = await served.post(path, data=b"x" * 60_000, headers={"Content-Type": "text/plain"})
    assert await response.json() == {"length": 60_000, "kind": "text/plain"}


@pytest.mark.parametrize("session", [None, object()])
async def test_nobody_to_be_called(hass: HomeAssistant, served: Any, session: object | None) -> None:
    assert (await served.post(await path_of(hass, session), data=b"{}")).status == 404


async def test_a_body_that_never_comes(hass: HomeAssistant, served: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "READ_S", 0.05)
    path = await path_of(hass, Session())
    reader, writer = await asyncio.open_connection("127.0.0.1", served.server.port)
    writer.write(f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n".encode())
    await writer.drain()
    assert b" 408 " in await reader.readline()
    writer.close()
    await writer.wait_closed()
