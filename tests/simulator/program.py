"""The simulator started as a program of its own, as `scripts/simulate` does."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
import json
from pathlib import Path
import signal
import sys
from typing import Any

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 30


@dataclass
class RunningSimulator:
    process: asyncio.subprocess.Process
    connection: dict[str, Any]

    async def control(self, http: aiohttp.ClientSession, path: str, data: dict[str, Any] | None = None) -> Any:
        """Run a control action and return its result."""
        async with http.post(
            f"{self.connection['control_url']}/control/{path}",
            json=data or {},
            headers={"Authorization": f"Bearer {self.connection['control_token']}"},
        ) as response:
            answer = await response.json()
            assert response.status == 200, answer
            return answer

    async def stop(self, signum: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return the exit code."""
        if self.process.returncode is None:
            self.process.send_signal(signum)
        return await asyncio.wait_for(self.process.wait(), START_SECONDS)


async def launch(*arguments: str) -> asyncio.subprocess.Process:
    """Start the program with the interpreter that runs the tests."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        str(ROOT / "scripts" / "_standalone.py"),
        "dongju.simulator.cli:main",
        *arguments,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


@asynccontextmanager
async def running_simulator(*arguments: str) -> AsyncGenerator[RunningSimulator]:
    """Run the program with `--json` until the block ends."""
    process = await launch("--json", *arguments)
    assert process.stdout is not None
    assert process.stderr is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), START_SECONDS)
        assert line, (await process.stderr.read()).decode()
        simulator = RunningSimulator(process, json.loads(line))
        yield simulator
        await simulator.stop()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
