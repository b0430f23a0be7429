"""A session on the mock Genie cloud, with everything Home Assistant would give it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
import contextlib
from contextlib import asynccontextmanager
import json
from typing import Any

import aiohttp
from aiohttp import web

from custom_components.dongju.model.bus import CommandBus
from custom_components.dongju.model.command import Command, Origin
from custom_components.dongju.model.device import MAIN, Happening, Value
from custom_components.dongju.model.errors import HubError
from custom_components.dongju.model.store import Store
from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.simulator.http_server import LoopbackServer
from custom_components.dongju.vendors.base import SessionContext, SpokenReply, Utterance
from custom_components.dongju.vendors.genie import DEFINITION
from custom_components.dongju.vendors.genie.push import Timing
from custom_components.dongju.vendors.genie.session import GenieSession

PATIENCE_S = 10.0
QUICK = Timing(heartbeat=0.1, silence=5.0, connect=5.0, reorder=0.05)


class MemoryCache:
    """A cache in memory."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}

    async def async_load(self) -> dict[str, Any]:
        return dict(self.data)

    def save(self, data: Callable[[], dict[str, Any]]) -> None:
        self.data = data()


async def until(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - what is waited for knows no event
            await asyncio.sleep(0.01)


class Living:
    """A session with its surroundings."""

    def __init__(self, cloud: GenieCloud, clock: RealClock) -> None:
        self.cloud = cloud
        self.clock = clock
        self.requests: list[tuple[str, bytes]] = []
        self.before_request: Callable[[str], Awaitable[None]] | None = None
        trace = aiohttp.TraceConfig()
        trace.on_request_start.append(self._note_start)
        trace.on_request_chunk_sent.append(self._note_chunk)
        self.http = aiohttp.ClientSession(trace_configs=[trace])
        self.cache = MemoryCache()
        self.data: dict[str, Any] = DEFINITION.demo_data(cloud.connection())
        self.options: dict[str, Any] = {}
        self.saved: list[dict[str, Any]] = []
        self.issues: dict[str, Mapping[str, str]] = {}
        self.auth_failures: list[HubError] = []
        self.heard: list[Utterance] = []
        self.reply = SpokenReply(text="네, 그렇게 할게요.")
        self.reply_after: asyncio.Event | None = None
        self.reply_error: Exception | None = None
        self.owned: Callable[[str], bool] = lambda _device_id: True
        self.happenings: list[Happening] = []
        self.webhook: str | None = None
        self.timing = QUICK
        self._tasks: set[asyncio.Task[None]] = set()
        self.renew()

    def renew(self) -> None:
        """Begin again, as after a restart of Home Assistant: what was saved is there."""
        self.store = Store()
        context = SessionContext(
            store=self.store,
            http=self.http,
            cache=self.cache,
            data=self.data,
            options=self.options,
            save_data=self._save,
            create_task=self._create_task,
            run_in_executor=self._run,
            now=self.clock.now,
            monotonic=self.clock.monotonic,
            auth_failed=self.auth_failures.append,
            issue=self._issue,
            handle_utterance=self._handle_utterance,
            webhook_url=lambda: self.webhook,
            owns=self.owned,
        )
        self.session = GenieSession(context, timing=self.timing)
        self.bus = CommandBus(self.store, self.session.async_execute, self.session.async_refresh, self._create_task)

    async def start(self) -> None:
        """Start, and wait for push."""
        await self.session.async_start()
        await until(lambda: self.session.connected)

    async def stop(self) -> None:
        """Stop as an unloaded entry does."""
        self.bus.close()
        await self.session.async_close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, device: str, **values: Value) -> None:
        """Send a command as a person does."""
        await self.bus.send(Command(device_id=f"genie_{device}", values=values))

    async def send_with(self, device: str, *, origin: Origin = Origin.USER, pin: str | None, **values: Value) -> None:
        await self.bus.send(Command(device_id=f"genie_{device}", values=values, origin=origin, pin=pin))

    def value(self, device: str, key: str) -> Value:
        return self.store.value((f"genie_{device}", MAIN, key))

    def available(self, device: str) -> bool:
        return self.store.available(f"genie_{device}")

    def listen(self, device: str, key: str) -> None:
        """Note what happens under an event attribute in `happenings`."""
        self.store.subscribe_event((f"genie_{device}", MAIN, key), self.happenings.append)

    async def until_value(self, device: str, key: str, wanted: Value) -> None:
        """Wait for a reported value."""
        await until(lambda: self.store.reported((f"genie_{device}", MAIN, key)) == wanted)

    async def control(self, action: str, **data: Any) -> dict[str, Any]:
        """Do something in the virtual home."""
        return await self.cloud.control(action, data)

    async def fault(self, name: str, **knob: Any) -> None:
        """Make something go wrong on the wire: `count`, `match`, `data`."""
        await self.cloud.control("fault", {"name": name, **knob})

    def virtual(self, device: str) -> dict[str, Any]:
        """Return the state of a device as the virtual home has it."""
        (found,) = [row for row in self.cloud.describe()["state"]["devices"] if row["id"] == device]
        return dict(found["state"])

    @property
    def spoken(self) -> list[str]:
        """Return every text that was sent to be spoken."""
        return [str(json.loads(body)["text"]) for path, body in self.requests if path.endswith("/speak")]

    async def _note_start(self, _session: Any, _context: Any, params: aiohttp.TraceRequestStartParams) -> None:
        if self.before_request:
            await self.before_request(params.url.path)

    async def _note_chunk(self, _session: Any, _context: Any, params: aiohttp.TraceRequestChunkSentParams) -> None:
        self.requests.append((params.url.path, params.chunk))

    def _save(self, changed: dict[str, Any]) -> None:
        self.saved.append(changed)
        self.data.update(changed)

    def _create_task(self, coro: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(coro, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _run(self, function: Callable[..., Any], *args: Any) -> Any:
        return function(*args)

    def _issue(self, key: str, placeholders: Mapping[str, str] | None) -> None:
        if placeholders is None:
            self.issues.pop(key, None)
        else:
            self.issues[key] = placeholders

    async def _handle_utterance(self, utterance: Utterance) -> SpokenReply:
        self.heard.append(utterance)
        if self.reply_after:
            await self.reply_after.wait()
        if self.reply_error:
            raise self.reply_error
        return self.reply


@asynccontextmanager
async def living(cloud: GenieCloud, clock: RealClock) -> AsyncGenerator[Living]:
    """Yield a session that is not started yet, and stop it afterwards."""
    lived = Living(cloud, clock)
    try:
        yield lived
    finally:
        await lived.stop()
        await lived.http.close()


@asynccontextmanager
async def hook(lived: Living) -> AsyncGenerator[None]:
    """Serve the session's webhook on a loopback port."""

    async def serve(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, answer = await lived.session.async_webhook(headers, await request.read())
        return web.json_response(answer, status=status) if answer is not None else web.Response(status=status)

    app = web.Application()
    app.router.add_post("/hook", serve)
    server = LoopbackServer(app)
    await server.start()
    lived.webhook = f"{server.url}/hook"
    try:
        yield
    finally:
        with contextlib.suppress(HubError):
            await lived.stop()
        await server.close()
