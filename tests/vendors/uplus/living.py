"""The mock U+ cloud with one session of ours on it: everything a test of the wire needs."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from custom_components.dongju.model.bus import CommandBus
from custom_components.dongju.model.command import Command
from custom_components.dongju.model.device import MAIN, Device, Key, Value
from custom_components.dongju.model.errors import HubError
from custom_components.dongju.model.store import Store
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.uplus.cloud import UplusCloud
from custom_components.dongju.vendors.base import SessionContext
from custom_components.dongju.vendors.uplus import DEFINITION
from custom_components.dongju.vendors.uplus.session import UplusSession

LIGHT, LAMP, PLUG, GAS, BOILER = "UP10000001", "UP10000002", "UP10000003", "UP10000005", "UP10000006"
LOCK, CURTAIN, MOTION, DOOR, AIR = "UP10000007", "UP10000008", "UP10000009", "UP10000010", "UP10000011"
PIN = "1379"
POLL = 34.0
"""Longer than the longest interval between two polls."""
PATIENCE = 10.0


class MemoryCache:
    """A cache that outlives sessions, not the test."""

    def __init__(self) -> None:
        self.content: dict[str, Any] = {}
        self._data: Callable[[], dict[str, Any]] | None = None

    async def async_load(self) -> dict[str, Any]:
        self.flush()
        return self.content

    def save(self, data: Callable[[], dict[str, Any]]) -> None:
        self._data = data

    def flush(self) -> None:
        if self._data:
            self.content, self._data = self._data(), None


@dataclass
class Living:
    """One session and its surroundings; the session sleeps by the clock of the virtual home."""

    cloud: UplusCloud
    http: aiohttp.ClientSession
    clock: ManualClock
    cache: MemoryCache = field(default_factory=MemoryCache)
    data: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    foreign: set[str] = field(default_factory=set)
    auth_failures: list[HubError] = field(default_factory=list)
    issues: dict[str, Any] = field(default_factory=dict)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.data = {**DEFINITION.demo_data(self.cloud.connection()), **self.data}
        self.renew()

    def renew(self) -> None:
        """Put a new session on the cloud, as after a restart of Home Assistant."""
        self.store = Store()
        self.session = UplusSession(self.context(), sleep=self.clock.sleep)
        self.bus = CommandBus(self.store, self.session.async_execute, self.session.async_refresh, self.create_task)

    def context(self) -> SessionContext:
        return SessionContext(
            store=self.store,
            http=self.http,
            cache=self.cache,
            data=self.data,
            options=self.options,
            save_data=self.data.update,
            create_task=self.create_task,
            run_in_executor=lambda function, *args: asyncio.get_running_loop().run_in_executor(None, function, *args),
            now=self.clock.now,
            monotonic=self.clock.monotonic,
            auth_failed=self.auth_failures.append,
            issue=self._issue,
            owns=lambda device_id: device_id not in self.foreign,
        )

    def create_task(self, coro: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(coro, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def _issue(self, key: str, placeholders: Mapping[str, str] | None) -> None:
        self.issues[key] = placeholders

    async def close(self) -> None:
        self.bus.close()
        await self.session.async_close()
        for task in tuple(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def restart(self) -> None:
        """Stop the session and start another one on what it kept."""
        await self.close()
        self.renew()
        await self.session.async_start()

    async def poll(self, times: int = 1) -> float:
        """Let the time of a poll come; return the seconds until the next one."""
        wait = 0.0
        for _time in range(times):
            self.clock.advance(POLL)
            wait = await self.session.async_poll()
        return wait

    def device(self, serial: str) -> Device:
        return self.store.devices[f"uplus_{serial}"]

    def value(self, serial: str, key: str) -> Value:
        return self.store.value(self.key(serial, key))

    def reported(self, serial: str, key: str) -> Value:
        return self.store.reported(self.key(serial, key))

    def values(self, serial: str) -> dict[str, Value]:
        """Return every value of a device by its attribute."""
        attributes = self.device(serial).parts[MAIN].attributes.values()
        return {attribute.key: self.value(serial, attribute.key) for attribute in attributes if attribute.readable}

    def available(self, serial: str) -> bool:
        return self.store.available(f"uplus_{serial}")

    def key(self, serial: str, key: str) -> Key:
        return (f"uplus_{serial}", MAIN, key)

    async def send(self, serial: str, **values: Value) -> None:
        """Send a command by the road of every command; `pin` among the values goes with it."""
        pin = values.pop("pin", None)
        await self.bus.send(Command(device_id=f"uplus_{serial}", values=values, pin=None if pin is None else str(pin)))

    async def control(self, action: str, **data: Any) -> dict[str, Any]:
        return await self.cloud.control(action, data)

    async def status(self, serial: str) -> dict[str, str]:
        """Return what the device itself says."""
        shown = self.cloud.describe()["state"]["devices"]
        item = next(item for item in shown if item["deviceSn"] == serial)
        return {status["code"]: status["val"] for status in item["statusList"]}

    def fault(self, name: str, *, count: int | None = 1, serial: str | None = None, **data: Any) -> None:
        match = data.pop("match", {}) | ({"deviceSn": serial} if serial else {})
        self.cloud.faults.set(name, count=count, match=match, **data)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the virtual home live, a tenth of a second at a time, until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self.clock.advance(0.1)
                await asyncio.sleep(0.002)

    async def live(self, seconds: float) -> None:
        """Let some seconds of the virtual home pass."""
        end = self.clock.monotonic() + seconds
        await self.until(lambda: self.clock.monotonic() >= end)
