"""Control API of the simulator program."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.control import ControlServer
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.simulator import Simulator


@pytest.fixture
async def control(socket_enabled: None, captured_home: HomeSpec) -> AsyncGenerator[ControlServer]:
    simulator = Simulator(captured_home, clock=RealClock())
    server = ControlServer(simulator)
    await simulator.start()
    await server.start()
    yield server
    await server.close()
    await simulator.close()


async def ask(
    http: aiohttp.ClientSession, control: ControlServer, method: str, path: str, **options: Any
) -> tuple[int, Any]:
    """Call the control API with its token."""
    headers = {"Authorization": f"Bearer {control.token}"} | options.pop("headers", {})
    async with http.request(method, f"{control.url}{path}", headers=headers, **options) as response:
        return response.status, await response.json()


async def test_reads_and_acts(http: aiohttp.ClientSession, control: ControlServer) -> None:
    status, overview = await ask(http, control, "GET", "/control")
    assert status == 200
    assert "thinq" in overview["clouds"]
    status, about = await ask(http, control, "GET", "/control/thinq")
    assert status == 200
    assert {"act", "fault", "say", "drop_mqtt", "rate_limit", "token"} <= set(about["actions"])
    assert [device["alias"] for device in about["state"]["devices"]] == ["거실 에어컨", "오븐"]
    answer = await ask(http, control, "POST", "/control/thinq/online", json={"device": "오븐", "online": False})
    assert answer == (200, {"online": False})
    status, about = await ask(http, control, "GET", "/control/thinq")
    assert [device["online"] for device in about["state"]["devices"]] == [True, False]


async def test_controls_the_clock(http: aiohttp.ClientSession, control: ControlServer) -> None:
    status, clock = await ask(http, control, "POST", "/control/clock/rate", json={"rate": 60})
    assert (status, clock["rate"]) == (200, 60)
    status, about = await ask(http, control, "GET", "/control/clock")
    assert (status, set(about["actions"])) == (200, {"rate", "advance"})


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("POST", "/control/thinq/teleport", {}, 400),
        ("POST", "/control/thinq/online", {"data": b"{half"}, 400),
        ("POST", "/control/thinq/online", {"json": [1]}, 400),
        ("GET", "/control/nimbus", {}, 404),
        ("GET", "/elsewhere", {}, 404),
        ("POST", "/control/thinq/calls", {"headers": {"Authorization": "Bearer wrong"}}, 401),
        ("POST", "/control/thinq/calls", {"headers": {"Host": "evil.example"}}, 403),
        ("POST", "/control/thinq/calls", {"headers": {"Origin": "https://evil.example"}}, 403),
        ("POST", "/control/thinq/calls", {"headers": {"Origin": "null"}}, 403),
    ],
)
async def test_refuses(
    http: aiohttp.ClientSession, control: ControlServer, method: str, path: str, options: dict[str, Any], status: int
) -> None:
    answered, body = await ask(http, control, method, path, **options)
    assert answered == status
    assert body["error"]


async def test_own_page_may_control(http: aiohttp.ClientSession, control: ControlServer) -> None:
    async with http.get(f"{control.url}/") as response:
        page = await response.text()
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert control.token not in page
    status, _ = await ask(http, control, "POST", "/control/thinq/calls", headers={"Origin": control.url})
    assert status == 200
