"""A real Home Assistant process on a loopback port: started, onboarded, spoken to over REST and WebSocket, stopped.

Used by the demo and by the tests that must see the integration as a user does.
"""

import asyncio
from collections.abc import Awaitable, Callable
import contextlib
import ctypes
import ipaddress
import json
import os
from pathlib import Path
import signal
import socket
import sys
from typing import Final, Self

import aiohttp
import psutil

from tests.home_assistant_client import HomeAssistantClient, HomeAssistantError

ROOT: Final = Path(__file__).resolve().parent.parent
INTEGRATION: Final = ROOT / "custom_components" / "dongju"
RESTART_EXIT_CODE: Final = 100

CONFIGURATION: Final = """\
homeassistant:
  name: {name}
  latitude: 37.5665
  longitude: 126.9780
  elevation: 38
  unit_system: metric
  time_zone: Asia/Seoul
  country: KR
  language: {language}
  currency: KRW

# What Home Assistant's default_config would load, without the parts that need the internet.
assist_pipeline:
automation: !include automations.yaml
config:
conversation:
energy:
frontend:
history:
logbook:
media_source:
recorder:
  commit_interval: 1
scene: !include scenes.yaml
script: !include scripts.yaml
system_health:

logger:
  default: warning
  logs:
    custom_components.dongju: info
    # Only say that a system library for cameras and sound files is not installed here.
    haffmpeg: critical
    homeassistant.components.camera.img_util: critical
    homeassistant.components.ffmpeg: critical
"""

# What the user interface writes automations, scenes and scripts into.
EDITED: Final = ("automations.yaml", "scenes.yaml", "scripts.yaml")

# Done in advance: the core_config step would add integrations that need the internet.
ONBOARDING: Final = {
    "version": 4,
    "minor_version": 1,
    "key": "onboarding",
    "data": {"done": ["core_config", "analytics", "integration"]},
}


def free_port() -> int:
    """Return a loopback TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _end_with_parent() -> Callable[[], None] | None:
    """Return what makes a child process end when this one is killed outright (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    set_parent_death_signal = 1
    return lambda: prctl(set_parent_death_signal, signal.SIGTERM)


class RealHomeAssistant(HomeAssistantClient):
    """One Home Assistant process with this project's integration, as an async context manager."""

    def __init__(
        self,
        config_dir: Path,
        *,
        port: int | None = None,
        python: Path | str = sys.executable,
        name: str = "동주 시험집",
        language: str = "ko",
        user: str = "tester",
        password: str = "rivals-in-one-boat",
        configuration: str = CONFIGURATION,
        start_timeout: float = 300,
    ) -> None:
        """Describe the home; nothing is written or started yet."""
        self.config_dir = config_dir
        self.port = port or free_port()
        super().__init__(
            f"http://127.0.0.1:{self.port}",
            user=user,
            password=password,
            language=language,
            token_file=config_dir / "token",
        )
        self.python = str(python)
        self.name = name
        self.configuration = configuration
        self.start_timeout = start_timeout
        self.process: asyncio.subprocess.Process | None = None

    @property
    def console(self) -> Path:
        """The file with everything the process printed."""
        return self.config_dir / "console.log"

    def write_config(self) -> None:
        """Write what is missing in the configuration folder, and the address to listen on."""
        storage = self.config_dir / ".storage"
        storage.mkdir(parents=True, exist_ok=True)
        configuration = self.config_dir / "configuration.yaml"
        if not configuration.exists():
            configuration.write_text(
                self.configuration.format(name=self.name, language=self.language), encoding="utf-8"
            )
        for name in EDITED:
            (self.config_dir / name).touch()
        if not (storage / "onboarding").exists():
            (storage / "onboarding").write_text(json.dumps(ONBOARDING))
        # In the oldest form of that file, which every version reads: a `http:` section in YAML is deprecated, and
        # without either Home Assistant listens on every network interface.
        address = {"server_host": ["127.0.0.1"], "server_port": self.port}
        (storage / "http").write_text(json.dumps({"version": 1, "minor_version": 1, "key": "http", "data": address}))
        components = self.config_dir / "custom_components"
        components.mkdir(exist_ok=True)
        link = components / INTEGRATION.name
        if link.is_symlink() and link.resolve() != INTEGRATION:
            link.unlink()
        if not link.exists():
            link.symlink_to(INTEGRATION)

    async def start(self) -> Self:
        """Start the process and return once Home Assistant is running and this object is logged in."""
        await asyncio.to_thread(self.write_config)
        self.open()
        try:
            await self._start_process()
            async with asyncio.timeout(self.start_timeout):
                await self._until(self._answers)
                await self.log_in()
                await self._until(self._is_running)
            self.check_loopback_only()
        except TimeoutError as err:
            await self.stop()
            raise HomeAssistantError(f"Home Assistant did not get ready in time:\n{self.console_tail()}") from err
        except BaseException:
            await self.stop()
            raise
        return self

    async def _start_process(self) -> None:
        path = f"{Path(self.python).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        environment = {**os.environ, "PATH": path, "PYTHONUNBUFFERED": "1", "SETUP_PORT": str(self.port)}
        for name in ("PYTHONPATH", "VIRTUAL_ENV", "COVERAGE_PROCESS_START"):
            environment.pop(name, None)
        with self.console.open("wb") as console:
            self.process = await asyncio.create_subprocess_exec(
                self.python,
                *("-m", "homeassistant", "--config", str(self.config_dir), "--log-no-color"),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=console,
                stderr=asyncio.subprocess.STDOUT,
                env=environment,
                # Ctrl-C in the terminal reaches this program alone, which then stops Home Assistant in good order.
                start_new_session=True,
                preexec_fn=_end_with_parent(),
            )

    async def _until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        while not await condition():
            if self.process is not None and self.process.returncode is not None:
                raise HomeAssistantError(f"Home Assistant ended while starting:\n{self.console_tail()}")
            await asyncio.sleep(0.1)

    async def _answers(self) -> bool:
        # An address that needs no login: a try without one would be reported to the user as an intrusion.
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with self.session.get(f"{self.url}/auth/providers", timeout=aiohttp.ClientTimeout(total=2)) as answer:
                return answer.status < 500
        return False

    async def _is_running(self) -> bool:
        config = await self.get("/api/config")
        return bool(config["state"] == "RUNNING")

    async def stop(self, patience: float = 60) -> int | None:
        """Stop in good order, by force after `patience` seconds; return the exit code."""
        await self.close()
        if self.process is None:
            return None
        if self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.terminate()
            try:
                async with asyncio.timeout(patience):
                    await self.process.wait()
            except TimeoutError:
                self.process.kill()
                await self.process.wait()
        return self.process.returncode

    async def wait_for_end(self) -> int:
        """Return the exit code once the process has ended."""
        if self.process is None:
            raise HomeAssistantError("not started")
        return await self.process.wait()

    async def restart(self) -> None:
        """Stop and start again, with the same folder, port and users."""
        await self.stop()
        await self.start()

    async def __aenter__(self) -> Self:
        """Start."""
        return await self.start()

    async def __aexit__(self, *_exc: object) -> None:
        """Stop."""
        await self.stop()

    def console_tail(self, lines: int = 40) -> str:
        """Return the end of what the process printed."""
        if not self.console.exists():
            return ""
        return "\n".join(self.console.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def listening_addresses(self) -> list[tuple[str, int]]:
        """Return the TCP addresses and ports the process listens on."""
        if self.process is None:
            return []
        sockets = psutil.Process(self.process.pid).net_connections(kind="tcp")
        return sorted({(s.laddr.ip, s.laddr.port) for s in sockets if s.status == psutil.CONN_LISTEN})

    def check_loopback_only(self) -> None:
        """Raise when the process can be reached from outside of this machine."""
        for address, port in self.listening_addresses():
            if not ipaddress.ip_address(address).is_loopback:
                raise HomeAssistantError(f"Home Assistant listens on {address}:{port}, not on 127.0.0.1 alone")
