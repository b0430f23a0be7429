"""Starting the cloud's process, and talking to it."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
import json
from pathlib import Path
import sys
from typing import Any, Final, Self

from benchmarks.home import SEED

_PROGRAM: Final = Path(__file__).with_name("cloud_process.py")
_START_SECONDS: Final = 120
_LONGEST_LINE: Final = 1 << 26


class CloudError(Exception):
    """The cloud's process could not do what it was asked."""


class Cloud:
    """A connection to the process of the mock clouds."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk over a connection that is open."""
        self._reader = reader
        self._writer = writer
        self._turn = asyncio.Lock()

    @classmethod
    async def open(cls, socket: str) -> Self:
        """Connect to the process that listens on a Unix socket."""
        return cls(*await asyncio.open_unix_connection(socket, limit=_LONGEST_LINE))

    async def ask(self, do: str, **data: Any) -> dict[str, Any]:
        """Have an operation done; raise CloudError when it fails."""
        async with self._turn:
            self._writer.write(json.dumps({"do": do, **data}).encode() + b"\n")
            await self._writer.drain()
            answer: dict[str, Any] = json.loads(await self._reader.readline())
        if "error" in answer:
            raise CloudError(f"{do}: {answer['error']}")
        return answer

    async def control(self, cloud: str, action: str, **data: Any) -> dict[str, Any]:
        """Run a control action of one of the mock clouds."""
        return await self.ask("control", cloud=cloud, action=action, data=data)

    async def close(self) -> None:
        """Hang up."""
        self._writer.close()
        await self._writer.wait_closed()


@asynccontextmanager
async def running_cloud(folder: Path, home: Mapping[str, Any]) -> AsyncGenerator[str]:
    """Run the mock clouds of a home (`thinq` rows, `genie`) until the block ends; yields the socket's path."""
    spec, socket = folder / "home.json", folder / "cloud.sock"
    await asyncio.to_thread(_write, spec, {**home, "seed": SEED, "socket": str(socket)})
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(_PROGRAM), str(spec), stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), _START_SECONDS)
        if line.strip() != b"ready":
            raise CloudError("the mock clouds did not start")
        yield str(socket)
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
        await asyncio.to_thread(socket.unlink, missing_ok=True)


def _write(file: Path, document: Mapping[str, Any]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))
