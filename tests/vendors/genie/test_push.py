"""The push channel on the wire: gaps, order, duplicates, resuming, silence, old versions, tokens."""

import asyncio
from collections.abc import AsyncGenerator
import json
from typing import Any

import aiohttp
from aiohttp import web
import pytest

from custom_components.dongju.model.errors import ServerError
from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.http_server import LoopbackServer
from custom_components.dongju.vendors.backoff import Backoff
from custom_components.dongju.vendors.genie.client import GenieClient
from custom_components.dongju.vendors.genie.push import GeniePush, Timing

from .living import Living, until

LIGHT = "light-living"


async def switch(live: Living, *, on: bool) -> None:
    await live.control("wall_switch", deviceId=LIGHT, on=on)


async def test_a_change_arrives(live: Living) -> None:
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    assert live.session.health()["connected"] is True
    assert live.session.last_message is not None


async def test_a_gap_is_repaired_by_reading(live: Living) -> None:
    await live.control("push_fault", drop=1)
    await switch(live, on=False)
    await live.control("wall_switch", deviceId="light-mood", on=True)
    await live.until_value(LIGHT, "on_off", False)
    assert live.session.diagnostics()["push"]["gaps"] == 1


async def test_the_last_event_lost_is_seen_by_the_heartbeat(live: Living) -> None:
    await live.control("push_fault", drop=1)
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    assert live.session.diagnostics()["push"]["gaps"] == 1


async def test_overtaken_and_doubled_events_end_right(live: Living) -> None:
    changes: list[object] = []
    live.store.subscribe([(f"genie_{LIGHT}", "", "on_off")], lambda: changes.append(live.value(LIGHT, "on_off")))
    await live.control("push_fault", reorder=1, duplicate=2)
    await switch(live, on=False)
    await switch(live, on=True)
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    await until(lambda: len(changes) == 3)
    assert changes == [False, True, False]
    assert live.session.diagnostics()["push"]["gaps"] == 0


async def test_a_sequence_with_a_hole_is_read_again(live: Living) -> None:
    await live.control("push_gap", count=3)
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    await until(lambda: live.session.diagnostics()["push"]["gaps"] == 1)


async def test_a_repair_is_tried_until_it_works(live: Living) -> None:
    await live.fault("http_status", data={"status": 500}, count=1, match={"method": "GET"})
    await live.control("push_fault", drop=1)
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)


async def test_an_old_version_changes_nothing(live: Living) -> None:
    await live.control("version_regress", deviceId=LIGHT, by=1, values={"brightness": 3})
    await live.control("wall_switch", deviceId="light-mood", on=True)
    await live.until_value("light-mood", "on_off", True)
    assert live.value(LIGHT, "brightness") == 80


async def test_a_dropped_connection_resumes(live: Living) -> None:
    seq = live.session.diagnostics()["push"]["last_seq"]
    await live.control("push_disconnect")
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    await until(lambda: live.session.connected)
    push = live.session.diagnostics()["push"]
    assert push["reconnects"] >= 1
    assert push["last_seq"] > seq


async def test_a_connection_that_cannot_resume_reads_everything(live: Living) -> None:
    await live.control("push_disconnect", forget=True)
    await switch(live, on=False)
    await live.control("push_gap", count=1)
    await live.until_value(LIGHT, "on_off", False)


async def test_silence_is_a_lost_connection(home: Living) -> None:
    home.timing = Timing(heartbeat=0.05, silence=0.2, reorder=0.05)
    home.renew()
    await home.start()
    await home.control("push_fault", mute_heartbeat=True)
    await until(lambda: home.session.diagnostics()["push"]["reconnects"] >= 1)
    await home.control("push_fault", mute_heartbeat=False)
    await switch(home, on=False)
    await home.until_value(LIGHT, "on_off", False)


async def test_a_token_that_ended_is_renewed(live: Living) -> None:
    await live.control("expire_token")
    await live.control("push_disconnect")
    await switch(live, on=False)
    await live.until_value(LIGHT, "on_off", False)
    await until(lambda: live.session.connected)
    assert live.auth_failures == []


class Strange:
    """A push server that says what it is told to."""

    def __init__(self) -> None:
        self.script: list[Any] = []
        self.connections = 0
        app = web.Application()
        app.router.add_get("/genie/v1/push", self._serve)
        self.server = LoopbackServer(app)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        self.connections += 1
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.receive()
        for message in self.script:
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_str(message if isinstance(message, str) else json.dumps(message))
        await socket.receive()
        return socket


@pytest.fixture
async def strange(socket_enabled: None) -> AsyncGenerator[Strange]:
    server = Strange()
    await server.server.start()
    yield server
    await server.server.close()


class Listener:
    """A push client, and what it told."""

    def __init__(self, http: aiohttp.ClientSession, url: str, clock: RealClock) -> None:
        tokens = {"access_token": "a", "refresh_token": "r", "expires_at": clock.now().timestamp() + 1000}
        client = GenieClient(http, url, tokens, lambda _changed: None, clock.now)
        self.events: list[Any] = []
        self.states: list[bool] = []
        self.refetches = 0
        self.refetch_errors = 0
        self.push = GeniePush(
            http,
            client,
            Backoff(base=0.05, cap=0.05, floor=0.01),
            on_event=self.events.append,
            on_state=self.states.append,
            refetch=self._refetch,
            timing=Timing(heartbeat=5, silence=1, connect=1, reorder=0.02),
        )

    async def _refetch(self) -> None:
        self.refetches += 1
        if self.refetch_errors:
            self.refetch_errors -= 1
            raise ServerError("500")


@pytest.fixture
async def listener(strange: Strange, clock: RealClock) -> AsyncGenerator[Listener]:
    async with aiohttp.ClientSession() as http:
        yield Listener(http, strange.server.url, clock)


async def running(listener: Listener) -> asyncio.Task[None]:
    return asyncio.create_task(listener.push.run())


OK = {"operation": "auth", "rc": 200, "resumed": False, "seq": 5}


async def test_nonsense_is_passed_over(strange: Strange, listener: Listener) -> None:
    strange.script = [
        "not json",
        OK,
        b"\x00",
        "[1]",
        {"msgtype": "notify", "seq": "six"},
        {"msgtype": "notify", "seq": True},
        {"msgtype": "notify", "seq": 6, "event": "x"},
        {"msgtype": "notify", "seq": 4, "event": "old"},
    ]
    task = await running(listener)
    await until(lambda: listener.events)
    task.cancel()
    assert [event["event"] for event in listener.events] == ["x"]
    assert listener.refetches == 1


async def test_a_server_that_hangs_up_at_once_is_not_pressed(strange: Strange, listener: Listener) -> None:
    strange.script = [{"operation": "auth", "rc": 503}]
    task = await running(listener)
    await until(lambda: strange.connections >= 3)
    task.cancel()
    assert listener.states
    assert True not in listener.states
    assert listener.push.reconnects >= 2


async def test_connected_only_after_everything_was_read(strange: Strange, listener: Listener) -> None:
    listener.refetch_errors = 1
    strange.script = [OK]
    task = await running(listener)
    await until(lambda: True in listener.states)
    task.cancel()
    assert listener.refetches == 2
    assert listener.states[:2] == [False, True]


async def test_events_after_a_gap_are_delivered_in_order(strange: Strange, listener: Listener) -> None:
    strange.script = [OK, *({"msgtype": "notify", "seq": seq, "event": str(seq)} for seq in (9, 6, 8))]
    listener.refetch_errors = 0
    task = await running(listener)
    await until(lambda: len(listener.events) == 3)
    await until(lambda: listener.refetches == 2)
    task.cancel()
    assert [event["seq"] for event in listener.events] == [6, 8, 9]
    assert listener.push.gaps == 1


async def test_without_a_server_it_goes_on_trying(listener: Listener, strange: Strange) -> None:
    await strange.server.close()
    task = await running(listener)
    await until(lambda: listener.push.reconnects >= 2)
    task.cancel()
