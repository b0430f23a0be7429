"""A mock ThinQ cloud with one session of ours on it: everything a test of the wire needs."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from custom_components.dongju.model.bus import CommandBus
from custom_components.dongju.model.command import Command
from custom_components.dongju.model.device import Happening, Key, Value
from custom_components.dongju.model.errors import HubError
from custom_components.dongju.model.store import Store
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.vendors.base import SessionContext, SpokenReply, Utterance
from custom_components.dongju.vendors.thinq import DEFINITION
from custom_components.dongju.vendors.thinq.session import ThinQSession

WAIT = 20.0
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
            self.content = self._data()


@dataclass
class Living:
    """One session and its surroundings."""

    cloud: ThinqCloud
    http: aiohttp.ClientSession
    clock: ManualClock
    cache: MemoryCache = field(default_factory=MemoryCache)
    data: dict[str, Any] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=lambda: {"energy": False})
    fahrenheit: bool = False
    handle_utterance: Callable[[Utterance], Coroutine[Any, Any, SpokenReply]] | None = None
    auth_failures: list[HubError] = field(default_factory=list)
    issues: dict[str, Any] = field(default_factory=dict)
    told_issues: list[tuple[str, Any]] = field(default_factory=list)
    """What was said of issues, in order; None takes one back."""
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.data = {**DEFINITION.demo_data(self.cloud.connection()), **self.data}
        self.renew()

    def renew(self) -> None:
        """Put a new session on the cloud, as after a restart of Home Assistant."""
        self.store = Store()
        self.session = DEFINITION.create_session(self.context())
        self.bus = CommandBus(self.store, self.session.async_execute, self.session.async_refresh, self.create_task)
        self.happenings: list[tuple[Key, Happening]] = []

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
            handle_utterance=self.handle_utterance,
            fahrenheit=self.fahrenheit,
        )

    def create_task(self, coro: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(coro, name=name)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return task

    def _issue(self, key: str, placeholders: Mapping[str, str] | None) -> None:
        self.issues[key] = placeholders
        self.told_issues.append((key, placeholders))

    async def start(self) -> ThinQSession:
        await self.session.async_start()
        assert isinstance(self.session, ThinQSession)
        return self.session

    async def close(self) -> None:
        self.bus.close()
        await self.session.async_close()
        for task in tuple(self.tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def restart(self) -> None:
        """Stop the session and start another one on what it kept."""
        await self.close()
        self.renew()
        await self.start()

    def device_id(self, alias: str) -> str:
        return next(device.id for device in self.store.devices.values() if device.name == alias)

    def value(self, alias: str, key: str, part: str = "") -> Value:
        return self.store.value((self.device_id(alias), part, key))

    def listen(self, alias: str, key: str, part: str = "") -> list[Happening]:
        """Return a list that fills with what happens."""
        heard: list[Happening] = []
        self.store.subscribe_event((self.device_id(alias), part, key), heard.append)
        return heard

    async def control(self, action: str, **data: Any) -> dict[str, Any]:
        return await self.cloud.control(action, data)

    async def fault(
        self, name: str, *, match: dict[str, Any] | None = None, count: int | None = None, **data: Any
    ) -> None:
        """Turn a fault of the cloud on."""
        await self.control("fault", name=name, match=match, count=count, data=data)

    async def hold_state(self, alias: str) -> None:
        """Have the cloud keep its next answer on an appliance's state back, as it was when asked."""
        match = {"endpoint": "state", "device_id": await self.vendor_id(alias)}
        await self.fault("hold_response", match=match, most=1)

    async def held(self) -> None:
        """Wait until an answer is kept back."""
        await self.until(
            lambda: any(fault["data"].get("held") for fault in self.cloud.describe()["state"]["active_faults"])
        )

    async def vendor_id(self, alias: str) -> str:
        """Return LG's id of an appliance, also of one we do not know."""
        return str((await self.control("state", device=alias))["deviceId"])

    async def act(self, device: str, do: str, **data: Any) -> dict[str, Any]:
        return await self.control("act", device=device, do=do, data=data)

    async def calls(self) -> dict[str, Any]:
        return await self.control("calls")

    async def bodies(self) -> list[Any]:
        """Return the bodies of all control calls so far."""
        return [call["body"] for call in (await self.control("requests", kind="control", limit=1000))["requests"]]

    async def send(self, alias: str, part: str = "", **values: Any) -> None:
        await self.bus.send(Command(device_id=self.device_id(alias), part=part, values=values))

    async def until(self, true: Callable[[], bool], what: str = "") -> None:
        """Wait until something is so; fail when it never is."""
        async with asyncio.timeout(WAIT):
            while not true():  # noqa: ASYNC110 - asks what nobody announces
                await asyncio.sleep(0.01)

    async def connected(self) -> None:
        await self.until(lambda: bool(self.session.health()["connected"]), "push connection")


@asynccontextmanager
async def living(cloud: ThinqCloud, clock: ManualClock, **settings: Any) -> Any:
    """Yield a session that is not started yet."""
    async with aiohttp.ClientSession() as http:
        home = Living(cloud=cloud, http=http, clock=clock, **settings)
        try:
            yield home
        finally:
            await home.close()
