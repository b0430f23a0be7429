"""The push client against a broker that says, byte by byte, what a test wants."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
import contextlib
from dataclasses import replace
import ssl

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.thinq.certificates import CertificateAuthority
from custom_components.dongju.vendors.backoff import Backoff
from custom_components.dongju.vendors.thinq.certificate import create_request, tls_context
from custom_components.dongju.vendors.thinq.push import PushClient, PushEndpoint

WAIT = 20.0
TOPIC = "app/clients/test/push"
CONNACK = b"\x20\x02\x00\x00"
HOUR = 3600.0

type Start = Callable[[], asyncio.Task[None]]
type Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def packet(reader: asyncio.StreamReader) -> bytes:
    """Return a packet's content; the short ones that a client sends have a length of one byte or two."""
    await reader.readexactly(1)
    length, shift = 0, 0
    while True:
        (byte,) = await reader.readexactly(1)
        length |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return await reader.readexactly(length)


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await packet(reader)
    writer.write(CONNACK)


async def confirm(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, code: int = 1) -> None:
    asked = await packet(reader)
    writer.write(b"\x90\x03" + asked[:2] + bytes([code]))


class Wire:
    """A TLS server that runs a script for each connection, the last one for all that follow."""

    def __init__(self, authority: CertificateAuthority) -> None:
        self.authority = authority
        self.scripts: list[Script] = []
        self.count = 0
        self.ended = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        script = self.scripts[min(self.count, len(self.scripts) - 1)]
        self.count += 1
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await script(reader, writer)
        self.ended += 1
        writer.close()


class Owner:
    """Has one certificate, and notes what it is told."""

    def __init__(self, tls: ssl.SSLContext, port: int) -> None:
        self.endpoint = PushEndpoint(host="127.0.0.1", port=port, client_id="test", topics=(TOPIC,), tls=tls)
        self.afresh: list[bool] = []
        self.renewals = 0
        self.messages: list[bytes] = []
        self.connects = 0
        self.on_connected: Callable[[], None] = lambda: None

    async def prepare(self, *, afresh: bool) -> PushEndpoint:
        self.afresh.append(afresh)
        return self.endpoint

    def renew(self) -> None:
        self.renewals += 1

    def handle_message(self, payload: bytes) -> None:
        self.messages.append(payload)

    def handle_connected(self) -> None:
        self.connects += 1
        self.on_connected()

    def handle_disconnected(self, reason: str) -> None:
        pass


@pytest.fixture
async def wire(socket_enabled: None) -> AsyncGenerator[Wire]:
    authority = await asyncio.get_running_loop().run_in_executor(None, CertificateAuthority.create)
    served = Wire(authority)
    server = await asyncio.start_server(served.serve, "127.0.0.1", 0, ssl=authority.server_context())
    served.port = server.sockets[0].getsockname()[1]
    yield served
    server.close()
    # A connection that was still being made when the client left ends by itself.
    async with asyncio.timeout(WAIT):
        await server.wait_closed()
    await until(lambda: served.ended == served.count)


@pytest.fixture
async def owner(wire: Wire) -> Owner:
    def context() -> ssl.SSLContext:
        key, request = create_request()
        certificate = wire.authority.sign_request(request).pem
        return tls_context(certificate, key, port=wire.port, ca=wire.authority.certificate_pem)

    return Owner(await asyncio.get_running_loop().run_in_executor(None, context), wire.port)


@pytest.fixture
def delays() -> list[float]:
    """Return the longest waits between connections that were possible, as they come."""
    return []


@pytest.fixture
def client(owner: Owner, clock: ManualClock, delays: list[float]) -> PushClient:
    """Return a client that is not started yet."""

    async def sleep(seconds: float) -> None:
        delays.append(seconds)
        await asyncio.sleep(0)

    return PushClient(owner, monotonic=clock.monotonic, backoff=Backoff(rng=lambda: 1.0, sleep=sleep))


@pytest.fixture
async def start(client: PushClient) -> AsyncGenerator[Start]:
    """Yield what starts the client, which is stopped in the end."""
    tasks: list[asyncio.Task[None]] = []

    def begin() -> asyncio.Task[None]:
        tasks.append(asyncio.create_task(client.run()))
        return tasks[-1]

    yield begin
    for task in tasks:
        await stop(task)


async def stop(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(WAIT):
        while not true():  # noqa: ASYNC110 - asks what nobody announces
            await asyncio.sleep(0.005)


async def well(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Be a good broker with one message until the client leaves."""
    await accept(reader, writer)
    await confirm(reader, writer)
    topic = TOPIC.encode()
    content = len(topic).to_bytes(2) + topic + b"well"
    writer.write(b"\x30" + bytes([len(content)]) + content)
    await reader.read()


@pytest.mark.parametrize(
    "said",
    [
        b"\x20\x02\x00",
        b"\x20\x02\x00\x01",
        b"\x20\x02\x00\x02",
        b"\x20\x02\x00\x03",
        b"\x20\x02\x00\x04",
        b"\x20\x02\x00\x05",
        b"\x20\x02\x00\x63",
        b"\x20\x03\x00\x00\x00",
        b"\x20\x00",
        b"\x90\x03\x00\x01\x01",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"\x00\x00",
        b"\xff\xff\xff\xff\xff\xff",
        b"\x30\xff\xff\xff\x7f",
        CONNACK + b"\x00\x00",
        CONNACK + b"\x90\x00",
        CONNACK + b"\x90\x03\x00\x63\x01",
        CONNACK + b"\x90\x02\x00\x01",
        CONNACK + b"\x30\x00",
        CONNACK + b"\x30\x05\x00\x09abc",
        CONNACK + b"\x32\x05\x00\x02ab\x00",
        CONNACK + b"\x30\x05\x00\x02\xff\xfea",
        CONNACK + b"\x36\x05\x00\x02ab\x00",
        CONNACK + b"\x40\x00",
        CONNACK + b"\xe0\x00",
        CONNACK + b"HTTP/1.1 400 Bad Request\r\n\r\n",
    ],
)
async def test_whatever_a_broker_says_the_next_one_is_heard(
    wire: Wire, owner: Owner, client: PushClient, said: bytes, start: Start
) -> None:
    async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await packet(reader)
        writer.write(said)
        await writer.drain()

    wire.scripts = [babble, well]
    start()
    await until(lambda: b"well" in owner.messages)
    assert client.connected


async def test_a_broker_that_hangs_up_on_subscribe_is_left_at_once(
    wire: Wire, owner: Owner, client: PushClient, start: Start
) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await packet(reader)

    wire.scripts = [hang_up, hang_up, well]
    start()
    # Each connection that waited for an answer in vain would take fifteen seconds.
    await until(lambda: client.connected)
    assert owner.renewals == 1


async def test_connections_that_do_not_last_become_rarer(
    wire: Wire, owner: Owner, client: PushClient, clock: ManualClock, delays: list[float], start: Start
) -> None:
    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await confirm(reader, writer)
        await until(lambda: client.connected)
        # No goodbye, as another connection of the same client has it.
        writer.transport.abort()

    async def cut_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await confirm(reader, writer)
        await until(lambda: client.connected)
        clock.advance(HOUR)
        writer.transport.abort()

    wire.scripts = [cut, cut, cut, cut, cut_late, cut, well]
    start()
    await until(lambda: owner.connects == 7)
    assert delays == [2.0, 4.0, 8.0, 16.0, 2.0, 4.0]
    assert owner.renewals == 0


async def test_a_certificate_that_does_not_help_is_renewed_again_some_time(
    wire: Wire, owner: Owner, client: PushClient, clock: ManualClock, start: Start
) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await packet(reader)
        writer.write(b"\x20\x02\x00\x05")

    wire.scripts = [refuse]
    start()
    await until(lambda: wire.count > 10)
    assert owner.renewals == 1
    clock.advance(2 * HOUR)
    await until(lambda: owner.renewals == 2)
    before = wire.count
    await until(lambda: wire.count > before + 10)
    assert owner.renewals == 2


async def test_addresses_are_not_asked_for_at_every_try(
    wire: Wire, owner: Owner, client: PushClient, start: Start
) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await packet(reader)
        writer.write(b"\x20\x02\x00\x03")

    wire.scripts = [refuse]
    start()
    await until(lambda: wire.count > 20)
    assert owner.afresh.count(True) == 1


async def test_addresses_are_asked_for_again_soon_where_there_was_no_answer(
    wire: Wire, owner: Owner, client: PushClient, start: Start
) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await packet(reader)
        writer.write(b"\x20\x02\x00\x03")

    wire.scripts = [refuse]
    owner.endpoint = replace(owner.endpoint, makeshift=True)
    start()
    await until(lambda: wire.count > 5)
    assert owner.afresh[:5] == [False, False, True, True, True]
    owner.endpoint = replace(owner.endpoint, makeshift=False)
    answered = len(owner.afresh)
    await until(lambda: len(owner.afresh) > answered + 5)
    assert True not in owner.afresh[answered + 1 :]


async def test_a_listener_that_fails_does_not_end_the_connections(
    wire: Wire, owner: Owner, client: PushClient, start: Start
) -> None:
    def fail() -> None:
        owner.on_connected = lambda: None
        raise RuntimeError("a listener of somebody else")

    owner.on_connected = fail
    wire.scripts = [well]
    start()
    await until(lambda: owner.connects == 2 and b"well" in owner.messages)
    assert client.connected


async def test_a_broker_that_is_there_but_says_nothing_is_left(wire: Wire, owner: Owner, clock: ManualClock) -> None:
    async def fall_silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accept(reader, writer)
        await confirm(reader, writer)
        await reader.read()

    wire.scripts = [fall_silent, well]
    backoff = Backoff(base=0.1, cap=0.1, floor=0.0)
    client = PushClient(owner, monotonic=clock.monotonic, backoff=backoff, keep_alive=1)
    task = asyncio.create_task(client.run())
    await until(lambda: b"well" in owner.messages)
    await stop(task)
    assert owner.renewals == 0


@pytest.mark.parametrize("phase", ["connect", "subscribe", "listen"])
async def test_leaving_closes_the_connection_in_every_phase(
    wire: Wire, client: PushClient, phase: str, start: Start
) -> None:
    reached = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if phase == "connect":
            await packet(reader)
        else:
            await accept(reader, writer)
        if phase == "subscribe":
            await packet(reader)
        if phase == "listen":
            await confirm(reader, writer)
            await until(lambda: client.connected)
        reached.set()
        await reader.read()

    wire.scripts = [hang]
    task = start()
    await reached.wait()
    await stop(task)
    async with asyncio.timeout(5):
        while not wire.ended:  # noqa: ASYNC110 - asks what nobody announces
            await asyncio.sleep(0.005)
    assert wire.count == 1


async def test_a_client_that_was_told_to_leave_while_it_dials_never_says_who_it_is(
    wire: Wire, owner: Owner, client: PushClient, start: Start
) -> None:
    dialled, left = asyncio.Event(), asyncio.Event()
    heard: list[bytes] = []

    async def shake_hands_late(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        dialled.set()
        await left.wait()
        await writer.start_tls(wire.authority.server_context())
        with contextlib.suppress(OSError):
            heard.append(await reader.read())
        writer.close()

    server = await asyncio.start_server(shake_hands_late, "127.0.0.1", 0)
    owner.endpoint = replace(owner.endpoint, port=server.sockets[0].getsockname()[1])
    task = start()
    await dialled.wait()
    await stop(task)
    left.set()
    server.close()
    async with asyncio.timeout(WAIT):
        await server.wait_closed()
    assert heard in ([], [b""])
