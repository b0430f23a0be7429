"""The official thinqconnect SDK must find nothing strange about the mock ThinQ cloud."""

import asyncio
from collections.abc import AsyncGenerator
import json
from typing import Any
import uuid

import aiohttp
import pytest
from thinqconnect import ThinQApi, ThinQAPIException, ThinQMQTTClient
from thinqconnect.integration import HABridge, async_get_ha_bridge_list
from thinqconnect.integration.homeassistant.api import DEVICE_TYPE_API_MAP

from tests.simulator.captured import AIR_CONDITIONER_ID, OVEN_ID
from tests.simulator.program import RunningSimulator

pytestmark = pytest.mark.usefixtures("sdk_addresses")


@pytest.fixture
async def api(simulator: RunningSimulator, http: aiohttp.ClientSession) -> ThinQApi:
    thinq = simulator.connection["thinq"]
    return ThinQApi(http, thinq["token"], thinq["country"], f"home-assistant-{uuid.uuid4()}")


class Inbox:
    """Messages the SDK hands over on a thread of its own."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    def receive(self, topic: str, payload: bytes, dup: bool, qos: Any, retain: bool, **_: Any) -> None:
        self._loop.call_soon_threadsafe(self._messages.put_nowait, json.loads(payload))

    async def next(self) -> dict[str, Any]:
        return await asyncio.wait_for(self._messages.get(), 10)


@pytest.fixture
async def inbox(simulator: RunningSimulator, api: ThinQApi) -> AsyncGenerator[Inbox]:
    """Connect the SDK's MQTT client."""
    received = Inbox()
    client = await ThinQMQTTClient(api, api._client_id, received.receive)
    assert await client.async_prepare_mqtt()
    await client.async_connect_mqtt()
    assert client.is_connected
    yield received
    await client.async_disconnect()


async def bridges(api: ThinQApi) -> dict[str, HABridge]:
    return {bridge.device.alias: bridge for bridge in await async_get_ha_bridge_list(api)}


async def test_lists_and_loads_every_device(api: ThinQApi) -> None:
    loaded = await bridges(api)
    assert set(loaded) == {"세탁기", "냉장고", "에어컨", "거실 에어컨", "오븐"}
    for bridge in loaded.values():
        states = await bridge.fetch_data()
        assert states
        assert all(idx in states for idx in bridge.property_map)


@pytest.mark.parametrize("home_arguments", [["--seed", "1"]])
async def test_loads_every_appliance_of_the_demo_home_that_it_knows(api: ThinQApi) -> None:
    devices = await api.async_get_device_list()
    assert devices
    known = {device["deviceId"] for device in devices if device["deviceInfo"]["deviceType"] in DEVICE_TYPE_API_MAP}
    loaded = await async_get_ha_bridge_list(api)
    assert {bridge.device.device_id for bridge in loaded} == known
    assert len(known) >= 3
    for bridge in loaded:
        assert await bridge.fetch_data()


async def test_controls_a_device(api: ThinQApi, simulator: RunningSimulator, http: aiohttp.ClientSession) -> None:
    air_conditioner = (await bridges(api))["거실 에어컨"]
    await air_conditioner.async_turn_off("air_con_operation_mode")
    await simulator.control(http, "clock/advance", {"seconds": 5})
    state = await simulator.control(http, "thinq/state", {"device": AIR_CONDITIONER_ID})
    assert state["state"]["operation"] == {"airConOperationMode": "POWER_OFF"}


async def test_understands_the_errors(api: ThinQApi, simulator: RunningSimulator, http: aiohttp.ClientSession) -> None:
    async def refused(call: Any) -> tuple[str, str]:
        with pytest.raises(ThinQAPIException) as caught:
            await call
        return caught.value.code, caught.value.error_name

    assert await refused(api.async_get_device_status("f" * 64)) == ("1205", "NOT_EXIST_DEVICE")
    unknown = {"operation": {"airConOperationMode": "EXPLODE"}}
    assert (await refused(api.async_post_device_control(AIR_CONDITIONER_ID, unknown)))[0] in {"1102", "2207"}
    await api.async_post_push_subscribe(OVEN_ID)
    assert (await refused(api.async_post_push_subscribe(OVEN_ID)))[1] == "ALREADY_SUBSCRIBED_PUSH"
    await simulator.control(http, "thinq/online", {"device": OVEN_ID, "online": False})
    assert (await refused(api.async_get_device_status(OVEN_ID)))[1] == "NOT_CONNECTED_DEVICE"
    await simulator.control(http, "thinq/rate_limit", {"per_hour": 0})
    assert await refused(api.async_get_device_list()) == ("1314", "UNKNOWN_ERROR")
    await simulator.control(http, "thinq/rate_limit", {"per_hour": None})
    await simulator.control(http, "thinq/token", {"state": "revoked"})
    assert (await refused(api.async_get_device_list()))[1] == "INVALID_TOKEN"
    await simulator.control(http, "thinq/issue_token", {})
    # Neither a bare 401 nor HTML is a ThinQ error to the SDK.
    api._access_token = "thinqpat_" + "0" * 52
    with pytest.raises(aiohttp.ContentTypeError):
        await api.async_get_device_list()


async def test_energy(api: ThinQApi, simulator: RunningSimulator) -> None:
    profile = await api.async_get_device_energy_profile(AIR_CONDITIONER_ID)
    assert profile is not None
    assert profile["result"]["property"] == ["energyUsage"]
    usage = await api.async_get_device_energy_usage(AIR_CONDITIONER_ID, "energyUsage", "MONTHLY", "202601", "202603")
    assert usage is not None
    assert [row["usedDate"] for row in usage["result"]["dataList"]] == ["202601", "202602", "202603"]


async def test_subscription_lists(api: ThinQApi) -> None:
    async def listed() -> list[Any]:
        # The SDK says dict where the cloud and it return lists.
        answers = [await api.async_get_push_list(), await api.async_get_event_list()]
        return [*answers, await api.async_get_push_devices_list()]

    await api.async_post_push_subscribe(OVEN_ID)
    await api.async_post_event_subscribe(OVEN_ID)
    await api.async_post_push_devices_subscribe()
    assert await listed() == [[{"deviceId": OVEN_ID}], [{"deviceId": OVEN_ID}], [{"clientId": api._client_id}]]
    await api.async_delete_push_subscribe(OVEN_ID)
    await api.async_delete_event_subscribe(OVEN_ID)
    await api.async_delete_push_devices_subscribe()
    assert await listed() == [[], [], []]


async def test_receives_pushes_and_confirms_them(
    api: ThinQApi, inbox: Inbox, simulator: RunningSimulator, http: aiohttp.ClientSession
) -> None:
    refrigerator = (await bridges(api))["냉장고"].device.device_id
    for device_id in (refrigerator, AIR_CONDITIONER_ID):
        await api.async_post_push_subscribe(device_id)
        await api.async_post_event_subscribe(device_id)

    await simulator.control(http, "thinq/open_door", {"device": "냉장고"})
    report = await inbox.next()
    assert (report["pushType"], report["deviceId"]) == ("DEVICE_STATUS", refrigerator)
    assert "OPEN" in json.dumps(report["report"])

    await simulator.control(http, "thinq/push", {"device": AIR_CONDITIONER_ID, "code": "WATER_IS_FULL"})
    notification = await inbox.next()
    assert (notification["pushType"], notification["pushCode"]) == ("DEVICE_PUSH", "WATER_IS_FULL")

    async with asyncio.timeout(10):
        while (statistics := await simulator.control(http, "thinq/mqtt"))["unconfirmed"]:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert statistics["acknowledged"] == statistics["published"] == 2


async def test_sdk_connects_as_it_does_to_the_real_cloud(
    inbox: Inbox, simulator: RunningSimulator, http: aiohttp.ClientSession
) -> None:
    assert len((await simulator.control(http, "thinq/mqtt"))["connected"]) == 1
    counted = await simulator.control(http, "thinq/calls")
    assert counted["refused"] == {}
    assert counted["by_endpoint"] == {"route": 1, "client_register": 1, "certificate": 1}
