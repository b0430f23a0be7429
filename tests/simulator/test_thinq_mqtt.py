"""MQTT of the mock ThinQ cloud, by the wire, with aiomqtt as the client."""

import asyncio
import contextlib
import json
import socket
import ssl
from typing import Any

import aiohttp
import aiomqtt
import pytest
from yarl import URL

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud

from .captured import AIR_CONDITIONER_ID, OVEN_ID
from .thinq_caller import CLIENT_BODY, ThinqCaller, messages_until_quiet, next_message

OFF = {"operation": {"airConOperationMode": "POWER_OFF"}}


@pytest.fixture
async def registered(caller: ThinqCaller) -> ThinqCaller:
    await caller.register()
    await caller.subscribe(AIR_CONDITIONER_ID)
    return caller


async def report(cloud: ThinqCloud, humidity: int) -> None:
    """Let the air conditioner report a value."""
    data = {"device": AIR_CONDITIONER_ID, "report": {"airQualitySensor": {"humidity": humidity}}}
    await cloud.control("report", data)


async def until_connected(cloud: ThinqCloud, client_id: str = "test-client", *, connected: bool = True) -> None:
    """Wait until the broker sees a client come or go."""
    async with asyncio.timeout(5):
        while (client_id in (await cloud.control("mqtt", {}))["connected"]) is not connected:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def addresses(cloud: ThinqCloud) -> list[tuple[str, int]]:
    """Return where the REST server and the broker listen."""
    connection = cloud.connection()
    rest = URL(connection["rest_url"])
    assert rest.host
    assert rest.port
    return [(rest.host, rest.port), (connection["mqtt_host"], connection["mqtt_port"])]


def humidity(message: dict[str, Any]) -> int:
    return message["report"]["airQualitySensor"]["humidity"]


async def test_command_is_reported_flat(registered: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await registered.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", OFF)
        clock.advance(5)
        message = await next_message(client)
    user = message.pop("userList")
    assert message == {
        "pushType": "DEVICE_STATUS",
        "serviceId": "SVC202",
        "deviceId": AIR_CONDITIONER_ID,
        "report": OFF,
        "deviceType": "DEVICE_AIR_CONDITIONER",
    }
    assert len(user) == 1


async def test_messages_are_confirmed(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        for value in range(250):
            await report(cloud, value)
        received = [humidity(await next_message(client)) for _ in range(250)]
        async with asyncio.timeout(5):
            while (await cloud.control("mqtt", {}))["unconfirmed"]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert received == list(range(250))
    assert (await cloud.control("mqtt", {}))["acknowledged"] == 250


async def test_quality_zero_subscription(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=0)
        await report(cloud, 41)
        assert humidity(await next_message(client)) == 41
    statistics = await cloud.control("mqtt", {})
    assert (statistics["published"], statistics["acknowledged"]) == (1, 0)


async def test_notification_and_voice(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    added = await cloud.control("add_device", {"type": "washer", "name": "세탁기", "voice": True})
    await registered.subscribe(added["device_id"])
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("push", {"device": AIR_CONDITIONER_ID, "code": "WATER_IS_FULL"})
        notification = await next_message(client)
        asking = asyncio.create_task(cloud.control("say", {"device": "세탁기", "utterance": "몇 분 남았어", "wait": 5}))
        spoken = await next_message(client)
        reply = {"sessionId": spoken["sessionId"], "text": "5분 남았어요."}
        await registered.call("POST", f"devices/{added['device_id']}/voice-reply", reply)
        heard = await asking
    assert (notification["pushType"], notification["pushCode"]) == ("DEVICE_PUSH", "WATER_IS_FULL")
    assert notification["deviceType"] == "DEVICE_AIR_CONDITIONER"
    assert {key: spoken[key] for key in ("pushType", "deviceId", "utterance", "wakeWord", "language")} == {
        "pushType": "VOICE_COMMAND",
        "deviceId": added["device_id"],
        "utterance": "몇 분 남았어",
        "wakeWord": "하이 엘지",
        "language": "ko",
    }
    assert heard["told"] == [registered.client_id]
    assert heard["reply"]["text"] == "5분 남았어요."


async def test_voice_is_not_sent_to_accounts_without_it(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    added = await cloud.control("add_device", {"type": "refrigerator", "name": "냉장고"})
    await registered.subscribe(added["device_id"])
    await cloud.control("account", {"voice": False})
    heard = await cloud.control("say", {"device": "냉장고", "utterance": "안녕", "wait": 5})
    assert (heard["told"], heard["reply"]) == ([], None)


async def test_news_of_the_home_goes_to_who_asked_for_it(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        assert (await cloud.control("add_device", {"type": "washer", "name": "세탁기"}))["told"] == []
        await registered.call("POST", "push/devices")
        added = await cloud.control("add_device", {"type": "refrigerator", "name": "냉장고"})
        await cloud.control("rename_device", {"device": "냉장고", "alias": "큰 냉장고"})
        await cloud.control("remove_device", {"device": "큰 냉장고"})
        news = [await next_message(client) for _ in range(3)]
    for message in news:
        assert message.pop("userNumber")
        assert message.pop("serviceId") == "SVC202"
        assert message.pop("deviceId") == added["device_id"]
    model = news[0].pop("modelName")
    assert model
    assert news == [
        {"pushType": "DEVICE_REGISTERED", "deviceType": "DEVICE_REFRIGERATOR", "alias": "냉장고"},
        {"pushType": "DEVICE_ALIAS_CHANGED", "alias": "큰 냉장고"},
        {"pushType": "DEVICE_UNREGISTERED", "deviceType": "DEVICE_REFRIGERATOR", "alias": "큰 냉장고"},
    ]


async def test_nothing_without_a_subscription(registered: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("expire_events", {})
        await report(cloud, 1)
        await registered.call("POST", f"event/{AIR_CONDITIONER_ID}/subscribe", {"expire": {"timer": 1}})
        await report(cloud, 2)
        clock.advance(3600)
        await report(cloud, 3)
        await registered.call("DELETE", "client", CLIENT_BODY)
        await cloud.control("push", {"device": AIR_CONDITIONER_ID, "code": "WATER_IS_FULL"})
        received = await messages_until_quiet(client)
    assert [humidity(json.loads(payload)) for payload in received] == [2]


async def test_session_is_kept_between_connections(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
    await until_connected(cloud, connected=False)
    await report(cloud, 50)
    # No SUBSCRIBE: the kept session still has the topic, and what was missed.
    async with registered.mqtt() as client:
        assert humidity(await next_message(client)) == 50


async def test_clean_session_is_not_kept(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt(clean_session=True) as client:
        await client.subscribe(registered.topic, qos=1)
    await until_connected(cloud, connected=False)
    await report(cloud, 50)
    async with registered.mqtt() as client:
        assert await messages_until_quiet(client) == []


@pytest.mark.parametrize(("session", "values"), [("kept", [60]), ("lost", [])])
async def test_dropped_connection(registered: ThinqCaller, cloud: ThinqCloud, session: str, values: list[int]) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        dropped = await cloud.control("drop_mqtt", {"session": session})
        assert dropped == {"dropped": [registered.client_id]}
        with pytest.raises(aiomqtt.MqttError):
            await next_message(client)
    await report(cloud, 60)
    async with registered.mqtt() as client:
        received = await messages_until_quiet(client)
    assert [humidity(json.loads(payload)) for payload in received] == values


async def test_new_connection_ends_the_old_one(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as older:
        await older.subscribe(registered.topic, qos=1)
        async with registered.mqtt() as newer:
            with pytest.raises(aiomqtt.MqttError):
                await next_message(older)
            await report(cloud, 70)
            assert humidity(await next_message(newer)) == 70


async def test_a_clean_session_ends_when_it_is_taken_over(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt(clean_session=True) as older:
        await older.subscribe(registered.topic, qos=1)
        async with registered.mqtt() as newer:
            with pytest.raises(aiomqtt.MqttError):
                await next_message(older)
            await report(cloud, 70)
            assert await messages_until_quiet(newer) == []


async def test_subscriptions_are_lost_of_one_client_alone(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("forget_subscriptions", {"client_id": "somebody"})
        await report(cloud, 41)
        assert humidity(await next_message(client)) == 41
        await cloud.control("forget_subscriptions", {"client_id": registered.client_id})
        await report(cloud, 42)
        assert await messages_until_quiet(client) == []


async def test_only_the_own_topic(registered: ThinqCaller) -> None:
    async with registered.mqtt() as client:
        granted = await client.subscribe("app/clients/somebody/push", qos=1)
        assert [code.value for code in granted] == [0x80]  # type: ignore[union-attr]
        granted = await client.subscribe("#", qos=1)
        assert [code.value for code in granted] == [0x80]  # type: ignore[union-attr]
        await client.subscribe(registered.topic, qos=1)
        await client.publish(registered.topic, b'{"own": 1}', qos=1)
        assert await next_message(client) == {"own": 1}
        await client.unsubscribe(registered.topic)
        await client.publish(registered.topic, b'{"own": 2}', qos=0)
        assert await messages_until_quiet(client) == []
    with pytest.raises(aiomqtt.MqttError):
        async with registered.mqtt(timeout=0.5) as client:
            await client.publish("app/clients/somebody/push", b"{}", qos=1)


async def test_another_clients_certificate_is_refused(registered: ThinqCaller) -> None:
    with pytest.raises(aiomqtt.MqttError, match=r"authori[sz]ed"):
        async with registered.mqtt(identifier="somebody-else"):
            pass


async def test_no_certificate_no_connection(caller: ThinqCaller) -> None:
    loop = asyncio.get_running_loop()
    context = await loop.run_in_executor(None, lambda: ssl.create_default_context(cafile=caller.connection["ca_file"]))
    with pytest.raises(aiomqtt.MqttError):
        async with caller.mqtt(tls_context=context, timeout=0.5):
            pass


async def test_revoked_certificate(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await cloud.control("revoke_certificate", {})
        with pytest.raises(aiomqtt.MqttError):
            await next_message(client)
    with pytest.raises(aiomqtt.MqttError):
        async with registered.mqtt(timeout=0.5):
            pass
    await registered.register()
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await report(cloud, 80)
        assert humidity(await next_message(client)) == 80


async def test_unregistered_client_is_refused(registered: ThinqCaller) -> None:
    await registered.call("DELETE", "client", CLIENT_BODY)
    with pytest.raises(aiomqtt.MqttError):
        async with registered.mqtt():
            pass


async def test_aws_protocol_name_is_accepted(registered: ThinqCaller) -> None:
    assert registered.tls is not None
    registered.tls.set_alpn_protocols(["x-amzn-mqtt-ca"])
    reader, writer = await asyncio.open_connection(
        registered.connection["mqtt_host"],
        registered.connection["mqtt_port"],
        ssl=registered.tls,
        server_hostname="localhost",
    )
    assert writer.get_extra_info("ssl_object").selected_alpn_protocol() == "x-amzn-mqtt-ca"
    writer.write(connect_packet(registered.client_id))
    assert await reader.readexactly(4) == b"\x20\x02\x00\x00"
    writer.close()
    await writer.wait_closed()


def connect_packet(client_id: str, *, keep_alive: int = 30, clean: bool = False) -> bytes:
    name = client_id.encode()
    body = b"\x00\x04MQTT\x04" + bytes([2 if clean else 0]) + keep_alive.to_bytes(2) + len(name).to_bytes(2) + name
    return bytes([0x10, len(body)]) + body


async def test_unconfirmed_messages_are_sent_again_as_duplicates(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    topic = registered.topic.encode()
    body = b"\x00\x01" + len(topic).to_bytes(2) + topic + b"\x01"
    subscribe = bytes([0x82, len(body)]) + body
    address = registered.connection["mqtt_host"], registered.connection["mqtt_port"]

    reader, writer = await asyncio.open_connection(*address, ssl=registered.tls)
    writer.write(connect_packet(registered.client_id) + subscribe)
    assert await reader.readexactly(4 + 5) == b"\x20\x02\x00\x00\x90\x03\x00\x01\x01"
    await report(cloud, 90)
    first = await reader.readexactly(1)
    writer.close()
    await until_connected(cloud, connected=False)

    reader, writer = await asyncio.open_connection(*address, ssl=registered.tls)
    writer.write(connect_packet(registered.client_id))
    assert await reader.readexactly(4) == b"\x20\x02\x01\x00"
    again = await reader.readexactly(1)
    writer.close()
    assert (first[0], again[0]) == (0x32, 0x3A)


async def test_silent_client_is_cut_off(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    reader, writer = await asyncio.open_connection(
        registered.connection["mqtt_host"], registered.connection["mqtt_port"], ssl=registered.tls
    )
    writer.write(connect_packet(registered.client_id, keep_alive=1))
    assert await reader.readexactly(4) == b"\x20\x02\x00\x00"
    async with asyncio.timeout(5):
        assert await reader.read() == b""
    writer.close()


@pytest.mark.parametrize(
    "nonsense", [b"GET / HTTP/1.1\r\n\r\n", b"\xc0\x00", b"\x10\xff\xff\xff\xff\x01", b"\x10\x02\x00\x09"]
)
async def test_nonsense_is_cut_off(registered: ThinqCaller, nonsense: bytes) -> None:
    reader, writer = await asyncio.open_connection(
        registered.connection["mqtt_host"], registered.connection["mqtt_port"], ssl=registered.tls
    )
    writer.write(nonsense)
    async with asyncio.timeout(5):
        assert await reader.read() == b""
    writer.close()


async def first_byte(caller: ThinqCaller) -> bytes:
    """Connect and return the first byte of the answer."""
    reader, writer = await asyncio.open_connection(
        caller.connection["mqtt_host"], caller.connection["mqtt_port"], ssl=caller.tls
    )
    try:
        writer.write(connect_packet(caller.client_id))
        return await reader.read(1)
    finally:
        writer.transport.abort()


@pytest.mark.parametrize("fault", ["mqtt_deaf_tcp", "mqtt_deaf_connect"])
async def test_deaf_broker(registered: ThinqCaller, cloud: ThinqCloud, fault: str) -> None:
    await cloud.control("fault", {"name": fault, "count": 1})
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(first_byte(registered), 0.5)
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)


async def test_deaf_to_subscribe(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "mqtt_deaf_subscribe", "count": 1})
    async with registered.mqtt() as client:
        with pytest.raises(aiomqtt.MqttError):
            await client.subscribe(registered.topic, qos=1, timeout=0.3)
        await client.subscribe(registered.topic, qos=1)


async def test_a_refused_subscription(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "mqtt_refuse_subscribe", "count": 1})
    async with registered.mqtt() as client:
        assert [str(code) for code in await client.subscribe(registered.topic, qos=1)] == ["Unspecified error"]
        assert [str(code) for code in await client.subscribe(registered.topic, qos=1)] == ["Granted QoS 1"]


async def test_refused_by_code(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "mqtt_refuse", "count": 1})
    with pytest.raises(aiomqtt.MqttError, match="unavailable"):
        async with registered.mqtt():
            pass


async def test_lost_without_a_trace(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("fault", {"name": "mqtt_swallow", "count": 1})
        await report(cloud, 1)
        await report(cloud, 2)
        await cloud.control("forget_subscriptions", {})
        await report(cloud, 3)
        received = await messages_until_quiet(client)
        assert (await cloud.control("mqtt", {}))["connected"] == [registered.client_id]
    assert [humidity(json.loads(payload)) for payload in received] == [2]


async def test_deaf_to_ping_and_foreign_packets(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "mqtt_deaf_ping", "count": 1})
    reader, writer = await asyncio.open_connection(
        registered.connection["mqtt_host"], registered.connection["mqtt_port"], ssl=registered.tls
    )
    writer.write(connect_packet(registered.client_id) + b"\xc0\x00" + b"\xc0\x00")
    assert await reader.readexactly(4 + 2) == b"\x20\x02\x00\x00\xd0\x00"
    # A client does not answer SUBSCRIBE.
    writer.write(b"\x90\x03\x00\x01\x01")
    assert await reader.read() == b""
    writer.close()


@pytest.mark.parametrize(("level", "client_id", "code"), [(5, "test-client", 1), (4, "", 2)])
async def test_connects_that_are_refused(registered: ThinqCaller, level: int, client_id: str, code: int) -> None:
    reader, writer = await asyncio.open_connection(
        registered.connection["mqtt_host"], registered.connection["mqtt_port"], ssl=registered.tls
    )
    packet = bytearray(connect_packet(client_id))
    packet[8] = level
    writer.write(packet)
    assert await reader.read() == bytes([0x20, 2, 0, code])
    writer.close()


async def test_slow_broker_keeps_order(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("fault", {"name": "mqtt_slow", "count": 1, "data": {"seconds": 0.2}})
        await report(cloud, 1)
        await cloud.control("clear_faults", {"name": "mqtt_slow"})
        await report(cloud, 2)
        assert [humidity(await next_message(client)) for _ in range(2)] == [1, 2]


async def test_dropped_duplicated_and_reordered_reports(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        for name, values in (("push_drop", (1, 2)), ("push_duplicate", (3, 4)), ("push_reorder", (5, 6))):
            await cloud.control("fault", {"name": name, "count": 1})
            for value in values:
                await report(cloud, value)
        received = [humidity(await next_message(client)) for _ in range(6)]
    assert received == [2, 3, 3, 4, 6, 5]


async def test_delayed_report(registered: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("fault", {"name": "push_delay", "count": 1, "data": {"seconds": 30}})
        await report(cloud, 1)
        await report(cloud, 2)
        assert humidity(await next_message(client)) == 2
        clock.advance(30)
        assert humidity(await next_message(client)) == 1


async def test_wrapped_messages(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        await cloud.control("fault", {"name": "push_wrap", "count": 1})
        await report(cloud, 1)
        event = await next_message(client)
        await cloud.control("account", {"wrapped": True})
        await cloud.control("push", {"device": AIR_CONDITIONER_ID, "code": "WATER_IS_FULL"})
        push = await next_message(client)
    assert set(event) == {"messageId", "timestamp", "event"}
    assert humidity(event["event"]) == 1
    assert set(push) == {"messageId", "timestamp", "push"}
    assert push["push"]["pushCode"] == "WATER_IS_FULL"


async def test_malformed_messages(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    kinds = ["half", "text", "list", "binary", "null", "bare", "type", "enum"]
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)
        for kind in kinds:
            await cloud.control("fault", {"name": "push_malform", "count": 1, "data": {"kind": kind}})
            await cloud.control("report", {"device": AIR_CONDITIONER_ID, "report": OFF})
        await cloud.control("send_raw", {"text": "anything"})
        payloads = dict(zip([*kinds, "raw"], await messages_until_quiet(client), strict=True))
    for kind in ("half", "text", "binary", "raw"):
        with pytest.raises(ValueError, match=r"."):
            json.loads(payloads[kind])
    assert isinstance(json.loads(payloads["list"]), list)
    assert json.loads(payloads["null"])["report"] == {"operation": {"airConOperationMode": None}}
    assert "deviceType" not in json.loads(payloads["bare"])
    assert json.loads(payloads["type"])["pushType"] == "DEVICE_TELEPORTED"
    assert json.loads(payloads["enum"])["report"] == {"operation": {"airConOperationMode": "OUT_OF_ENUM"}}


async def test_restart_keeps_authority_certificates_and_subscriptions(
    registered: ThinqCaller,
    cloud: ThinqCloud,
    clock: ManualClock,
    captured_home: HomeSpec,
    http: aiohttp.ClientSession,
) -> None:
    await registered.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", OFF)
    clock.advance(5)
    await cloud.control("add_device", {"type": "washer", "name": "세탁기"})
    await cloud.control("remove_device", {"device": OVEN_ID})
    saved = json.loads(json.dumps(cloud.snapshot()))
    await cloud.close()

    again = ThinqCloud(captured_home, clock=clock, seed=7, state=saved)
    await again.start()
    try:
        caller = ThinqCaller(http, again.connection())
        assert caller.token == registered.token
        aliases = [device["deviceInfo"]["alias"] for device in await caller.get("devices")]
        assert aliases == ["세탁기", "거실 에어컨"]
        assert (await caller.get(f"devices/{AIR_CONDITIONER_ID}/state"))["operation"] == OFF["operation"]
        # The TLS context of before: same authority, same client certificate.
        caller.tls, caller.topic = registered.tls, registered.topic
        async with caller.mqtt() as client:
            await client.subscribe(caller.topic, qos=1)
            await report(again, 33)
            assert humidity(await next_message(client)) == 33
    finally:
        await again.close()


async def test_cloud_that_was_away_comes_back_at_its_address(registered: ThinqCaller, cloud: ThinqCloud) -> None:
    before = cloud.connection()
    await cloud.close()
    with pytest.raises(aiohttp.ClientConnectionError):
        await registered.get("devices")
    await cloud.start()
    after = cloud.connection()
    assert (after["rest_url"], after["mqtt_port"]) == (before["rest_url"], before["mqtt_port"])
    assert len(await registered.get("devices")) == 2
    async with registered.mqtt() as client:
        await client.subscribe(registered.topic, qos=1)


async def test_a_cloud_that_closes_cuts_who_has_not_spoken_yet(cloud: ThinqCloud) -> None:
    connection = cloud.connection()
    reader, writer = await asyncio.open_connection(connection["mqtt_host"], connection["mqtt_port"])
    async with asyncio.timeout(5):
        # The handshake begins a moment after the connection.
        await asyncio.sleep(0.05)
        await cloud.close()
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
    writer.close()


async def test_damaged_state_starts_anew(
    socket_enabled: None, captured_home: HomeSpec, clock: ManualClock, http: aiohttp.ClientSession
) -> None:
    damaged = {"accounts": [{"country": "KR"}], "authority": {"key": "?", "certificate": "?"}, "clients": []}
    cloud = ThinqCloud(captured_home, clock=clock, state=damaged)
    await cloud.start()
    try:
        assert len(await ThinqCaller(http, cloud.connection()).get("devices")) == 2
    finally:
        await cloud.close()


@pytest.mark.parametrize("turns", range(6))
async def test_a_caller_at_the_moment_of_closing(cloud: ThinqCloud, turns: int) -> None:
    loop = asyncio.get_running_loop()
    complaints: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    was_debug = loop.get_debug()
    # asyncio keeps silent about a connection it cannot take unless it is debugged, as Home Assistant's tests do.
    loop.set_debug(True)
    callers = [socket.create_connection(address, timeout=5) for address in addresses(cloud)]
    try:
        for _ in range(turns):
            await asyncio.sleep(0)
        await cloud.close()
        assert complaints == []
        for caller in callers:
            caller.settimeout(5)
            with contextlib.suppress(ConnectionError):
                assert await asyncio.to_thread(caller.recv, 1) == b""
    finally:
        loop.set_debug(was_debug)
        for caller in callers:
            caller.close()
