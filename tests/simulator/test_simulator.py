"""The virtual home as a whole."""

import json
from pathlib import Path
import socket
from typing import Any

import aiohttp
from aiohttp import web
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import ControlError
from custom_components.dongju.simulator.home import HomeSpec, load_home
from custom_components.dongju.simulator.http_server import LoopbackServer
from custom_components.dongju.simulator.simulator import Simulator

from .captured import AIR_CONDITIONER_ID, OVEN_ID, write_folders
from .thinq_caller import ThinqCaller


async def test_folders_are_added_to_the_home(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    home = HomeSpec(thinq=[{"type": "washer", "name": "세탁기"}])
    simulator = Simulator(home, clock=ManualClock(), thinq_folders=write_folders(tmp_path))
    await simulator.start()
    try:
        devices = await ThinqCaller(http, simulator.connection()["thinq"]).get("devices")
        assert [device["deviceId"] for device in devices][1:] == [AIR_CONDITIONER_ID, OVEN_ID]
        assert devices[0]["deviceInfo"]["alias"] == "세탁기"
    finally:
        await simulator.close()


async def test_same_seed_same_home(socket_enabled: None) -> None:
    async def identity(seed: int, state: dict[str, Any] | None = None) -> tuple[str, dict[str, Any]]:
        simulator = Simulator(load_home(), seed=seed, clock=ManualClock(), state=state)
        await simulator.start()
        try:
            return simulator.connection()["thinq"]["token"], json.loads(json.dumps(simulator.snapshot()))
        finally:
            await simulator.close()

    first, saved = await identity(1)
    assert (await identity(1))[0] == first
    assert (await identity(2))[0] != first
    # A saved home keeps its own seed.
    assert await identity(2, saved) == (first, saved)


async def test_wrong_folder_is_told(tmp_path: Path, socket_enabled: None) -> None:
    simulator = Simulator(HomeSpec(), clock=ManualClock(), thinq_folders=[tmp_path / "nothing"])
    with pytest.raises(ValueError, match=r"nothing.*device\.json"):
        await simulator.start()


async def test_a_port_that_is_taken_is_told_and_nothing_stays_open(socket_enabled: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        server = LoopbackServer(web.Application())
        with pytest.raises(OSError, match="in use"):
            await server.start(other.getsockname()[1])
        await server.close()
    assert server.port == 0


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ({"type": "teleporter", "name": "문"}, "teleporter"),
        ({"type": "washer"}, "name"),
        ("washer", "mapping"),
    ],
)
async def test_wrong_appliance_is_told(socket_enabled: None, row: Any, complaint: str) -> None:
    simulator = Simulator(HomeSpec(thinq=[row]), clock=ManualClock())
    with pytest.raises(ValueError, match=complaint):
        await simulator.start()


async def test_control_of_the_clock() -> None:
    clock = ManualClock()
    simulator = Simulator(HomeSpec(), clock=clock)
    before = clock.now()
    after = await simulator.control("clock", "advance", {"seconds": 60})
    assert after == {"now": clock.now().isoformat(), "rate": 0}
    assert (clock.now() - before).total_seconds() == 60
    for action, data in (("rate", {"rate": 2}), ("advance", {}), ("stop", {}), ("advance", {"seconds": "soon"})):
        with pytest.raises(ControlError):
            await simulator.control("clock", action, data)


@pytest.mark.parametrize(
    ("cloud", "action", "data", "complaint"),
    [
        ("nimbus", "calls", {}, "unknown cloud"),
        ("thinq", "teleport", {}, "unknown action"),
        ("thinq", "online", {"device": "거실 에어컨"}, "missing or unknown online"),
        ("thinq", "online", {"device": "없는 것", "online": True}, "no device"),
        ("thinq", "open_door", {"device": "거실 에어컨"}, "open_door"),
        ("thinq", "say", {"device": "거실 에어컨", "utterance": "안녕"}, "no microphone"),
        ("thinq", "fault", {"name": "earthquake"}, "unknown fault"),
        ("thinq", "token", {"state": "golden"}, "golden"),
        ("thinq", "terms", {"accepted": True, "token": "other"}, "no account"),
        ("thinq", "open_account", {"country": "QQ"}, "QQ"),
        ("thinq", "drop_mqtt", {"session": "doubled"}, "lost or kept"),
        ("thinq", "add_device", {"type": "teleporter", "name": "문"}, "teleporter"),
    ],
)
async def test_wrong_controls_are_told(
    tmp_path: Path, socket_enabled: None, cloud: str, action: str, data: dict[str, Any], complaint: str
) -> None:
    simulator = Simulator(HomeSpec(), clock=ManualClock(), thinq_folders=write_folders(tmp_path))
    await simulator.start()
    try:
        with pytest.raises(ControlError, match=complaint):
            await simulator.control(cloud, action, data)
    finally:
        await simulator.close()


async def test_use_of_an_appliance_by_its_own_action(socket_enabled: None) -> None:
    home = HomeSpec(thinq=[{"type": "refrigerator", "name": "냉장고"}])
    simulator = Simulator(home, clock=ManualClock())
    await simulator.start()
    try:
        device = simulator.clouds["thinq"].describe()["state"]["devices"][0]
        assert "open_door" in device["actions"]
        opened = await simulator.control("thinq", "open_door", {"device": "냉장고"})
        assert "OPEN" in json.dumps(opened["state"])
        same = await simulator.control("thinq", "state", {"device": device["device_id"]})
        assert same["state"] == opened["state"]
    finally:
        await simulator.close()
