"""What a session runs on in a test of its wire: everything `SessionContext` promises, without Home Assistant."""

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
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import MockCloud
from custom_components.dongju.vendors.base import SessionContext, VendorSession
from custom_components.dongju.vendors.registry import VENDORS

PATIENCE = 10.0
"""How long a test waits for something that usually takes milliseconds."""


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
class SessionHost:
    """One session on its mock cloud, and its surroundings: `issues`, `auth_failures`, what is kept, what runs."""

    vendor: Vendor
    cloud: MockCloud
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
        self.data = {**VENDORS[self.vendor].demo_data(self.cloud.connection()), **self.data}
        self.renew()

    def renew(self) -> None:
        """Put a new session on the cloud, as after a restart of Home Assistant."""
        self.store = Store()
        self.session = self.create_session()
        self.bus = CommandBus(self.store, self.session.async_execute, self.session.async_refresh, self.create_task)

    def create_session(self) -> VendorSession:
        """Return a session that is not started yet."""
        return VENDORS[self.vendor].create_session(self.context())

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

    def device(self, vendor_id: str) -> Device:
        return self.store.devices[f"{self.vendor}_{vendor_id}"]

    def key(self, vendor_id: str, attribute: str) -> Key:
        return (f"{self.vendor}_{vendor_id}", MAIN, attribute)

    def value(self, vendor_id: str, attribute: str) -> Value:
        return self.store.value(self.key(vendor_id, attribute))

    def reported(self, vendor_id: str, attribute: str) -> Value:
        return self.store.reported(self.key(vendor_id, attribute))

    def values(self, vendor_id: str) -> dict[str, Value]:
        """Return every value of a device by its attribute."""
        attributes = self.device(vendor_id).parts[MAIN].attributes.values()
        return {attribute.key: self.value(vendor_id, attribute.key) for attribute in attributes if attribute.readable}

    def available(self, vendor_id: str) -> bool:
        return self.store.available(f"{self.vendor}_{vendor_id}")

    async def send(self, vendor_id: str, **values: Value) -> None:
        """Send a command by the road of every command; `pin` among the values goes with it."""
        pin = values.pop("pin", None)
        device_id = f"{self.vendor}_{vendor_id}"
        await self.bus.send(Command(device_id=device_id, values=values, pin=None if pin is None else str(pin)))

    async def control(self, action: str, **data: Any) -> dict[str, Any]:
        """Do something in the virtual house."""
        return await self.cloud.control(action, data)

    async def until(self, true: Callable[[], bool]) -> None:
        """Let the virtual house live, a tenth of a second at a time, until something is so."""
        async with asyncio.timeout(PATIENCE):
            while not true():
                self.clock.advance(0.1)
                await asyncio.sleep(0.002)

    async def live(self, seconds: float) -> None:
        """Let some seconds of the virtual house pass."""
        end = self.clock.monotonic() + seconds
        await self.until(lambda: self.clock.monotonic() >= end)
