"""The simulator as a program."""

import asyncio
import json
import os
from pathlib import Path
import signal

import aiohttp
import pytest

from custom_components.dongju.simulator.cli import main, serve

from .captured import AIR_CONDITIONER_ID, OVEN_ID, write_folders
from .program import launch, running_simulator
from .thinq_caller import ThinqCaller


@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
async def test_serves_a_home_and_folders_until_stopped(
    tmp_path: Path, http: aiohttp.ClientSession, signum: signal.Signals
) -> None:
    home = tmp_path / "home.yaml"
    home.write_text("thinq:\n  - {type: washer, name: 세탁기}\n", encoding="utf-8")
    folders = [argument for folder in write_folders(tmp_path) for argument in ("--thinq-device", str(folder))]
    async with running_simulator("--home", str(home), *folders) as simulator:
        thinq = simulator.connection["thinq"]
        assert set(thinq) == {"rest_url", "token", "country", "mqtt_host", "mqtt_port", "ca_file"}
        devices = await ThinqCaller(http, thinq).get("devices")
        assert devices[0]["deviceInfo"]["alias"] == "세탁기"
        assert {device["deviceId"] for device in devices[1:]} == {AIR_CONDITIONER_ID, OVEN_ID}
        counted = await simulator.control(http, "thinq/calls")
        assert counted["total"] == 1
        ca_file = Path(thinq["ca_file"])
        assert ca_file.exists()  # noqa: ASYNC240 - one look at the disk
        assert await simulator.stop(signum) == 0
        assert not ca_file.exists()  # noqa: ASYNC240


async def test_demo_home_is_the_default_and_state_is_kept(tmp_path: Path, http: aiohttp.ClientSession) -> None:
    state = tmp_path / "state.json"
    async with running_simulator("--seed", "3", "--state", str(state)) as simulator:
        token = simulator.connection["thinq"]["token"]
        assert len(await ThinqCaller(http, simulator.connection["thinq"]).get("devices")) > 2
    assert state.stat().st_mode & 0o777 == 0o600
    async with running_simulator("--seed", "4", "--state", str(state)) as simulator:
        assert simulator.connection["thinq"]["token"] == token


async def test_addresses_for_people(tmp_path: Path) -> None:
    process = await launch("--thinq-device", str(write_folders(tmp_path)[0]))
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or not lines[-1].startswith("control page:"):
        lines.append((await process.stdout.readline()).decode())
    process.terminate()
    await process.wait()
    assert any(line.strip().startswith("rest_url: http://127.0.0.1:") for line in lines)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--home", "/nonexistent/home.yaml"],
        ["--thinq-device", "/nonexistent/folder"],
        ["--rate", "-1"],
    ],
)
async def test_wrong_arguments_end_with_a_reason(arguments: list[str]) -> None:
    process = await launch(*arguments)
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert errors.decode().startswith("simulate: ")


async def test_serves_in_this_process(tmp_path: Path, socket_enabled: None, capsys: pytest.CaptureFixture[str]) -> None:
    state = tmp_path / "state.json"
    folder = str(write_folders(tmp_path)[0])
    for as_json in (["--json"], []):
        serving = asyncio.create_task(serve(["--thinq-device", folder, "--state", str(state), *as_json]))
        async with asyncio.timeout(20):
            while not (printed := capsys.readouterr().out):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        os.kill(os.getpid(), signal.SIGTERM)
        assert await serving == 0
        assert printed.startswith('{"thinq": {"rest_url"' if as_json else "thinq\n")
    assert json.loads(state.read_text())["clouds"]["thinq"]["accounts"]
    state.write_text("[]")
    assert await serve(["--state", str(state)]) == 1
    assert "holds no saved home" in capsys.readouterr().err


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert "--thinq-device" in capsys.readouterr().out
