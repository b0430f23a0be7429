"""The demo command: ready in one go, polite to a second call, gone after Ctrl-C."""

import asyncio
from collections.abc import AsyncIterator
import contextlib
import os
from pathlib import Path
import signal
import socket
import sys

import psutil
import pytest

from tests.home_assistant_client import HomeAssistantClient
from tests.real_home_assistant import ROOT, free_port

pytestmark = [pytest.mark.real, pytest.mark.usefixtures("socket_enabled")]

PATIENCE = 300


class Demo:
    """One call of the demo command."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.port = port
        self.process: asyncio.subprocess.Process | None = None
        self.printed = ""

    async def call(self) -> None:
        environment = {
            **os.environ,
            "DONGJU_DEMO_DIR": str(self.folder),
            "DONGJU_PORT": str(self.port),
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "scripts"))),
        }
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", str(ROOT / "scripts" / "_demo.py")),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=environment,
        )

    async def read_until(self, text: str) -> None:
        assert self.process is not None
        assert self.process.stdout is not None
        async with asyncio.timeout(PATIENCE):
            while text not in self.printed:
                line = await self.process.stdout.readline()
                assert line, self.printed
                self.printed += line.decode()

    async def end(self) -> int:
        assert self.process is not None
        async with asyncio.timeout(PATIENCE):
            rest, _ = await self.process.communicate()
        self.printed += rest.decode()
        assert self.process.returncode is not None
        return self.process.returncode

    def children(self) -> list[psutil.Process]:
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    """Return a demo that runs."""
    demo = Demo(tmp_path / "demo", free_port())
    await demo.call()
    await demo.read_until("password")
    yield demo
    assert demo.process is not None
    if demo.process.returncode is None:
        children = demo.children()
        with contextlib.suppress(ProcessLookupError):
            demo.process.send_signal(signal.SIGTERM)
        await demo.end()
        psutil.wait_procs(children, timeout=60)


async def test_is_ready_and_private_and_stops(demo):
    client = HomeAssistantClient(
        f"http://127.0.0.1:{demo.port}",
        user="demo",
        password="dongju-demo",
        language="ko",
        token_file=demo.folder / "no_token_here",
    )
    client.open()
    try:
        await client.log_in()
        entries = await client.entries()
        states = await client.states()
        notifications = await client.websocket({"type": "persistent_notification/get"})
    finally:
        await client.close()
    assert {entry["state"] for entry in entries} == {"loaded"}
    assert {entry["source"] for entry in entries} == {"user", "system"}
    assert any(entity_id.startswith("climate.") for entity_id in states)
    assert notifications == [[]]

    [home_assistant] = [child for child in demo.children() if child.ppid() == demo.process.pid]
    listening = [s.laddr for s in home_assistant.net_connections(kind="tcp") if s.status == psutil.CONN_LISTEN]
    assert demo.port in {address.port for address in listening}
    assert {address.ip for address in listening} <= {"127.0.0.1", "::1"}

    second = Demo(demo.folder, free_port())
    await second.call()
    assert await second.end() == 0
    assert "already running" in second.printed
    assert f"http://localhost:{demo.port}" in second.printed

    demo.process.send_signal(signal.SIGINT)
    assert await demo.end() == 0
    assert not home_assistant.is_running()


async def test_killed_outright_leaves_nothing_running(demo):
    children = demo.children()
    assert children
    demo.process.kill()
    await demo.end()
    _gone, alive = await asyncio.to_thread(psutil.wait_procs, children, timeout=60)
    assert alive == []


async def test_a_taken_port_is_named(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        demo = Demo(tmp_path / "demo", other.getsockname()[1])
        await demo.call()
        assert await demo.end() == 1
    assert "taken by another program" in demo.printed
