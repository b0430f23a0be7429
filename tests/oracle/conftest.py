"""LG's own SDK, unmodified but for the addresses, against the mock ThinQ cloud in a process of its own.

The SDK blocks its event loop while it connects MQTT, so the cloud cannot live on the same one.
"""

from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from typing import Any

import aiohttp
from awscrt import mqtt
import pytest
from thinqconnect import ThinQApi, mqtt_client

from tests.simulator.captured import write_folders
from tests.simulator.program import RunningSimulator, running_simulator

HOME = """
thinq:
  - {type: washer, name: 세탁기, room: utility_room}
  - {type: refrigerator, name: 냉장고, room: kitchen}
  - {type: air_conditioner, name: 에어컨, room: living_room}
"""
DISCONNECT_SECONDS = 10


@pytest.fixture
async def http(socket_enabled: None) -> AsyncGenerator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def home_arguments(tmp_path: Path) -> list[str]:
    """Return the simulator's arguments: three appliances that live and two captured ones."""
    home = tmp_path / "home.yaml"
    home.write_text(HOME, encoding="utf-8")
    folders = [argument for folder in write_folders(tmp_path) for argument in ("--thinq-device", str(folder))]
    return ["--home", str(home), *folders]


@pytest.fixture
async def simulator(home_arguments: list[str], socket_enabled: None) -> AsyncGenerator[RunningSimulator]:
    async with running_simulator(*home_arguments) as running:
        yield running


@pytest.fixture
def sdk_addresses(simulator: RunningSimulator, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """Point LG's SDK at the mock cloud: REST, root certificate and MQTT port, nothing else.

    The SDK asks for port 443 by itself, with the ALPN name that goes with it. Only the number is
    changed, at the last moment, so that everything else is what a real cloud would see.
    """
    thinq = simulator.connection["thinq"]

    def url(_api: ThinQApi, endpoint: str) -> str:
        return f"{thinq['rest_url']}/{endpoint}"

    connections: list[Any] = []
    real_connection = mqtt.Connection

    def connection(**options: Any) -> Any:
        assert options["port"] == 443
        made = real_connection(**{**options, "port": thinq["mqtt_port"]})
        connections.append(made)
        return made

    monkeypatch.setattr(ThinQApi, "_get_url_from_endpoint", url)
    monkeypatch.setattr(mqtt_client, "ROOT_CA_REPOSITORY", f"{thinq['rest_url']}/repository")
    monkeypatch.setattr(mqtt, "Connection", connection)
    yield
    # The SDK never says DISCONNECT; its native threads would try again for ever.
    for made in connections:
        made.disconnect().result(DISCONNECT_SECONDS)
