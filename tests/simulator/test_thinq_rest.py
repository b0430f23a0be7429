"""REST API of the mock ThinQ cloud, by the wire."""

import asyncio
import re

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import ControlError
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud

from .captured import AIR_CONDITIONER_ID, OVEN_ID
from .thinq_caller import CLIENT_BODY, ThinqCaller

HOUR = 3600


async def test_lists_devices_and_serves_them_as_captured(caller: ThinqCaller) -> None:
    devices = await caller.get("devices")
    assert [device["deviceId"] for device in devices] == [AIR_CONDITIONER_ID, OVEN_ID]
    assert devices[0]["deviceInfo"] == {
        "deviceType": "DEVICE_AIR_CONDITIONER",
        "modelName": "TEST_AC",
        "alias": "거실 에어컨",
        "reportable": True,
    }
    profile = await caller.get(f"devices/{AIR_CONDITIONER_ID}/profile")
    assert profile["notification"] == {"push": ["WATER_IS_FULL"]}
    state = await caller.get(f"devices/{OVEN_ID}/state")
    assert state == [{"location": {"locationName": "OVEN"}, "runState": {"currentState": "INITIAL"}}]


async def test_envelope_echoes_the_message_id(caller: ThinqCaller) -> None:
    answer = await caller.call("GET", "devices", x_message_id="A" * 22)
    assert answer.content_type == "application/json"
    assert answer.json["messageId"] == "A" * 22
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", answer.json["timestamp"])


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"x_country": None}, (400, "1216")),
        ({"x_country": "QQ"}, (400, "1307")),
        ({"x_message_id": None}, (400, "1216")),
        ({"x_message_id": "short"}, (400, "1104")),
        ({"x_client_id": None}, (400, "1216")),
        ({"x_api_key": "other"}, (401, "1301")),
        ({"x_service_phase": "QA"}, (400, "1216")),
        ({"x_conditional_control": "maybe"}, (400, "1216")),
        # A region's cloud does not know the tokens of another region.
        ({"x_country": "US"}, (401, "1103")),
    ],
)
async def test_verifies_headers(caller: ThinqCaller, changes: dict[str, str | None], error: tuple[int, str]) -> None:
    assert (await caller.call("GET", "devices", **changes)).error == error


async def test_country_of_the_same_region_sees_no_devices(caller: ThinqCaller) -> None:
    caller.country = "JP"
    assert await caller.get("devices") == []
    assert (await caller.call("GET", f"devices/{OVEN_ID}/state")).error == (404, "1205")


async def test_unknown_token_gets_a_bare_401(caller: ThinqCaller) -> None:
    caller.token = "thinqpat_" + "0" * 52
    answer = await caller.call("GET", "devices")
    assert (answer.status, answer.text) == (401, "")
    assert (await caller.call("GET", "devices", Authorization=None)).status == 401


@pytest.mark.parametrize(("state", "code"), [("revoked", "1103"), ("expired", "1218"), ("unknown", "1302")])
async def test_spoiled_token(caller: ThinqCaller, cloud: ThinqCloud, state: str, code: str) -> None:
    await cloud.control("token", {"state": state, "token": caller.token})
    assert (await caller.call("GET", "devices")).error == (401, code)
    issued = await cloud.control("issue_token", {"token": caller.token})
    assert re.fullmatch(r"thinqpat_[0-9a-f]{52}", issued["token"])
    caller.token = issued["token"]
    assert len(await caller.get("devices")) == 2


async def test_token_that_ends_in_a_bare_401(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("token", {"state": "empty"})
    answer = await caller.call("GET", "devices")
    assert (answer.status, answer.text) == (401, "")


async def test_terms_and_scope(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("terms", {"accepted": False})
    assert (await caller.call("GET", "devices")).error == (401, "1304")
    await cloud.control("terms", {"accepted": True})
    await cloud.control("scope", {"forbidden": ["control"]})
    answer = await caller.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", {})
    assert answer.error == (401, "1309")
    assert len(await caller.get("devices")) == 2


async def test_control_reaches_the_appliance_and_checks_the_profile(caller: ThinqCaller, clock: ManualClock) -> None:
    path = f"devices/{AIR_CONDITIONER_ID}/control"
    answer = await caller.call("POST", path, {"operation": {"airConOperationMode": "POWER_OFF"}})
    assert answer.response == {}
    clock.advance(5)
    state = await caller.get(f"devices/{AIR_CONDITIONER_ID}/state")
    assert state["operation"] == {"airConOperationMode": "POWER_OFF"}
    wrong = await caller.call("POST", path, {"operation": {"airConOperationMode": "EXPLODE"}})
    assert wrong.status == 400
    assert wrong.json["error"]["code"] in {"1102", "2207"}
    assert (await caller.call("POST", path, [1])).error == (400, "1311")


async def test_half_a_body_is_refused(http: aiohttp.ClientSession, caller: ThinqCaller) -> None:
    url = f"{caller.connection['rest_url']}/devices/{OVEN_ID}/control"
    async with http.post(url, data=b'{"a": ', headers=caller.headers()) as response:
        assert response.status == 400
        assert (await response.json())["error"]["code"] == "1311"


async def test_offline_device_answers_1222_but_keeps_its_profile(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("online", {"device": "거실 에어컨", "online": False})
    assert (await caller.call("GET", f"devices/{AIR_CONDITIONER_ID}/state")).error == (404, "1222")
    body = {"operation": {"airConOperationMode": "POWER_OFF"}}
    assert (await caller.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", body)).error == (404, "1222")
    assert "property" in await caller.get(f"devices/{AIR_CONDITIONER_ID}/profile")
    await cloud.control("online", {"device": "거실 에어컨", "online": True})
    assert "operation" in await caller.get(f"devices/{AIR_CONDITIONER_ID}/state")


async def test_unknown_device_and_unknown_address(caller: ThinqCaller) -> None:
    assert (await caller.call("GET", f"devices/{'f' * 64}/state")).error == (404, "1205")
    assert (await caller.call("GET", "nothing/here")).error == (404, "1000")
    assert (await caller.call("PUT", "devices")).error == (405, "1000")


async def test_energy(caller: ThinqCaller) -> None:
    profile = await caller.get(f"devices/energy/{AIR_CONDITIONER_ID}/profile")
    assert profile["result"]["property"] == ["energyUsage"]
    usage = await caller.get(
        f"devices/energy/{AIR_CONDITIONER_ID}/usage?property=energyUsage&period=DAILY&startDate=20260628&endDate=20260630"
    )
    rows = usage["result"]["dataList"]
    assert [row["usedDate"] for row in rows] == ["20260628", "20260629", "20260630"]
    assert all(row["energyUsage"] >= 0 for row in rows)
    incomplete = await caller.call("GET", f"devices/energy/{AIR_CONDITIONER_ID}/usage?property=energyUsage")
    assert incomplete.error == (400, "1101")
    unreadable = await caller.call(
        "GET",
        f"devices/energy/{AIR_CONDITIONER_ID}/usage?property=energyUsage&period=DAILY&startDate=June&endDate=July",
    )
    assert unreadable.error == (400, "1102")


async def test_energy_of_a_device_without_a_meter(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    oven = await caller.call("GET", f"devices/energy/{OVEN_ID}/profile")
    assert (oven.status, oven.text) == (406, "")
    added = await cloud.control("add_device", {"type": "washer", "name": "세탁기", "energy": False})
    washer = await caller.call("GET", f"devices/energy/{added['device_id']}/profile")
    assert washer.error == (400, "1221")


async def test_subscriptions_and_their_duplicates(caller: ThinqCaller) -> None:
    await caller.subscribe(OVEN_ID)
    assert await caller.get("push") == [{"deviceId": OVEN_ID}]
    assert await caller.get("event") == [{"deviceId": OVEN_ID}]
    assert (await caller.call("POST", f"push/{OVEN_ID}/subscribe")).error == (404, "1207")
    # Events are renewed by subscribing again.
    assert (await caller.call("POST", f"event/{OVEN_ID}/subscribe")).status == 200
    assert (await caller.call("DELETE", f"push/{OVEN_ID}/unsubscribe")).status == 200
    assert (await caller.call("DELETE", f"push/{OVEN_ID}/unsubscribe")).error == (404, "1206")
    assert (await caller.call("DELETE", f"event/{OVEN_ID}/unsubscribe")).status == 200
    assert (await caller.call("DELETE", f"event/{OVEN_ID}/unsubscribe")).error == (404, "1204")
    assert (await caller.call("POST", "push/devices")).status == 200
    assert await caller.get("push/devices") == [{"clientId": caller.client_id}]
    assert (await caller.call("POST", "push/devices")).error == (400, "4001")
    assert (await caller.call("DELETE", "push/devices")).status == 200
    assert await caller.get("push/devices") == []


async def test_event_subscription_ends_by_the_clock(caller: ThinqCaller, clock: ManualClock) -> None:
    body = {"expire": {"unit": "HOUR", "timer": 2}}
    assert (await caller.call("POST", f"event/{OVEN_ID}/subscribe", body)).status == 200
    clock.advance(2 * HOUR - 1)
    assert await caller.get("event") == [{"deviceId": OVEN_ID}]
    clock.advance(1)
    assert await caller.get("event") == []


async def test_event_subscription_may_end_sooner_than_asked_for(
    caller: ThinqCaller, cloud: ThinqCloud, clock: ManualClock
) -> None:
    await cloud.control("account", {"event_hours": 24})
    body = {"expire": {"unit": "HOUR", "timer": 4464}}
    assert (await caller.call("POST", f"event/{OVEN_ID}/subscribe", body)).status == 200
    clock.advance(24 * HOUR)
    assert await caller.get("event") == []


@pytest.mark.parametrize("expire", [{"unit": "DAY", "timer": 1}, {"timer": 0}, {"timer": "many"}, "soon"])
async def test_event_subscription_with_a_wrong_end(caller: ThinqCaller, expire: object) -> None:
    answer = await caller.call("POST", f"event/{OVEN_ID}/subscribe", {"expire": expire})
    assert answer.error == (400, "1102")


async def test_number_of_event_subscriptions_can_be_limited(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("account", {"event_subscriptions": 1})
    assert (await caller.call("POST", f"event/{OVEN_ID}/subscribe")).status == 200
    assert (await caller.call("POST", f"event/{AIR_CONDITIONER_ID}/subscribe")).error == (400, "1312")


async def test_client_registration(caller: ThinqCaller) -> None:
    csr = {"service-code": "SVC202", "csr": "AAAA"}
    assert (await caller.call("POST", "client/certificate", csr)).error == (400, "1000")
    assert (await caller.call("POST", "client")).error == (400, "1101")
    assert (await caller.call("POST", "client", {**CLIENT_BODY, "device-type": "1"})).error == (400, "1102")
    assert (await caller.call("POST", "client", CLIENT_BODY)).response == {}
    assert (await caller.call("POST", "client", CLIENT_BODY)).response == {}
    assert (await caller.call("POST", "client", {**CLIENT_BODY, "allowExist": False})).error == (400, "1000")
    assert (await caller.call("POST", "client/certificate", csr)).error == (400, "1102")
    assert (await caller.call("POST", "client/certificate", {"service-code": "SVC202"})).error == (400, "1101")
    assert (await caller.call("DELETE", "client", CLIENT_BODY)).response == {}


async def test_certificate_request_may_be_wrapped(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await caller.register()
    sent = cloud.context.calls.calls("certificate")[0].body
    answer = await caller.call("POST", "client/certificate", {"body": sent})
    assert answer.response["result"]["subscriptions"] == [f"app/clients/{caller.client_id}/push"]
    assert "BEGIN CERTIFICATE" in answer.response["result"]["certificatePem"]


async def test_route_names_this_cloud(caller: ThinqCaller) -> None:
    route = await caller.get("route")
    connection = caller.connection
    assert route["apiServer"] == connection["rest_url"]
    assert route["mqttServer"] == f"mqtts://{connection['mqtt_host']}:{connection['mqtt_port']}"


async def test_root_certificate_is_served(http: aiohttp.ClientSession, caller: ThinqCaller) -> None:
    async with http.get(f"{caller.connection['rest_url']}/repository/AmazonRootCA1.pem") as response:
        served = await response.text()
    with open(caller.connection["ca_file"], encoding="ascii") as file:  # noqa: ASYNC230, PTH123
        assert served == file.read()


async def test_call_limit_is_a_sliding_hour(caller: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    await cloud.control("rate_limit", {"per_hour": 3})
    await caller.get("devices")
    clock.advance(HOUR / 2)
    await caller.get("devices")
    await caller.get("devices")
    assert (await caller.call("GET", "devices")).error == (401, "1314")
    clock.advance(HOUR / 2)
    # One call fell out of the hour.
    await caller.get("devices")
    assert (await caller.call("GET", "devices")).error == (401, "1314")
    assert (await cloud.control("rate_limit", {"per_hour": None}))["per_hour"] is None
    await caller.get("devices")


async def test_default_call_limit(caller: ThinqCaller) -> None:
    for _ in range(360):
        assert (await caller.call("GET", "route")).status == 200
    assert (await caller.call("GET", "route")).error == (401, "1314")


async def test_calls_are_counted_and_kept(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await caller.get("devices")
    await caller.get(f"devices/{OVEN_ID}/state")
    await caller.get(f"devices/energy/{AIR_CONDITIONER_ID}/profile")
    await caller.call("GET", f"devices/{'f' * 64}/state")
    body = {"operation": {"airConOperationMode": "POWER_OFF"}}
    await caller.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", body)
    summary = await cloud.control("calls", {"reset": True})
    assert summary["total"] == 5
    assert summary["energy"] == 1
    assert summary["by_endpoint"] == {"devices": 1, "state": 2, "energy_profile": 1, "control": 1}
    assert summary["by_device"][OVEN_ID] == 1
    assert summary["refused"] == {"1205": 1}
    assert (await cloud.control("calls", {}))["total"] == 0
    await caller.call("POST", f"devices/{AIR_CONDITIONER_ID}/control", body)
    requests = (await cloud.control("requests", {"kind": "control", "device": AIR_CONDITIONER_ID}))["requests"]
    assert [request["body"] for request in requests] == [body]
    assert requests[0]["client_id"] == caller.client_id


async def test_second_account_with_some_of_the_devices(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    opened = await cloud.control("open_account", {"country": "US", "devices": ["오븐"]})
    caller.token, caller.country = opened["token"], "US"
    assert [device["deviceId"] for device in await caller.get("devices")] == [OVEN_ID]
    assert (await caller.call("GET", f"devices/{AIR_CONDITIONER_ID}/state")).error == (404, "1205")


async def test_devices_come_go_and_change_their_name(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    added = await cloud.control("add_device", {"type": "washer", "name": "세탁기"})
    await cloud.control("rename_device", {"device": "세탁기", "alias": "새 세탁기"})
    await cloud.control("remove_device", {"device": OVEN_ID})
    devices = {device["deviceId"]: device["deviceInfo"]["alias"] for device in await caller.get("devices")}
    assert devices == {AIR_CONDITIONER_ID: "거실 에어컨", added["device_id"]: "새 세탁기"}


async def test_list_faults(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "empty_list", "count": 1})
    assert await caller.get("devices") == []
    await cloud.control("fault", {"name": "duplicate_ids", "count": 1})
    assert len(await caller.get("devices")) == 4
    assert len(await caller.get("devices")) == 2


async def test_one_broken_profile_among_good_ones(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    fault = {
        "name": "replace_response",
        "match": {"endpoint": "profile", "device_id": OVEN_ID},
        "data": {"response": {"property": None}},
    }
    await cloud.control("fault", fault)
    assert await caller.get(f"devices/{OVEN_ID}/profile") == {"property": None}
    assert "notification" in await caller.get(f"devices/{AIR_CONDITIONER_ID}/profile")
    await cloud.control("clear_faults", {})
    assert isinstance((await caller.get(f"devices/{OVEN_ID}/profile"))["property"], list)


async def test_an_answer_that_is_kept_back_says_what_was_so(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("fault", {"name": "hold_response", "match": {"endpoint": "devices"}, "data": {"most": 1}})
    late = asyncio.create_task(caller.get("devices"))
    while not cloud.describe()["state"]["active_faults"][0]["data"].get("held"):  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0.01)
    await cloud.control("remove_device", {"device": OVEN_ID})
    assert len(await caller.get("devices")) == 1
    await cloud.control("clear_faults", {})
    assert len(await late) == 2


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        ({"name": "http_status", "data": {"status": 502}}, 502, "application/octet-stream"),
        ({"name": "html_body"}, 200, "text/html"),
        ({"name": "empty_body"}, 200, "application/json"),
        ({"name": "malformed_json"}, 200, "application/json"),
        ({"name": "slow", "data": {"seconds": 0.01}}, 200, "application/json"),
    ],
)
async def test_http_faults(
    caller: ThinqCaller, cloud: ThinqCloud, fault: dict[str, object], status: int, content_type: str
) -> None:
    await cloud.control("fault", {**fault, "count": 1})
    spoiled = await caller.call("GET", "devices")
    assert (spoiled.status, spoiled.content_type) == (status, content_type)
    if fault["name"] != "slow":
        with pytest.raises(ValueError, match="char"):
            _ = spoiled.json
    assert len(await caller.get("devices")) == 2


async def test_injected_error_code(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    data = {"status": 500, "code": "2208", "message": "Fail device control"}
    await cloud.control("fault", {"name": "http_error", "count": 1, "data": data})
    assert (await caller.call("GET", "devices")).error == (500, "2208")


async def test_timeout_and_dropped_connection(
    http: aiohttp.ClientSession, caller: ThinqCaller, cloud: ThinqCloud
) -> None:
    await cloud.control("fault", {"name": "timeout", "count": 1})
    with pytest.raises(TimeoutError):
        await http.get(
            f"{caller.connection['rest_url']}/devices",
            headers=caller.headers(),
            timeout=aiohttp.ClientTimeout(total=0.2),
        )
    await cloud.control("fault", {"name": "drop_connection", "count": 2})
    with pytest.raises(aiohttp.ClientError):
        await caller.call("POST", "push/devices")
    await cloud.control("clear_faults", {"name": "drop_connection"})
    assert len(await caller.get("devices")) == 2


async def test_fault_for_a_while(caller: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    active = await cloud.control("fault", {"name": "http_status", "duration": 60})
    assert active["active"][0]["seconds_left"] == 60
    clock.advance(59)
    assert (await caller.call("GET", "devices")).status == 503
    clock.advance(1)
    assert (await caller.call("GET", "devices")).status == 200


async def test_device_options(caller: ThinqCaller, cloud: ThinqCloud, clock: ManualClock) -> None:
    options = {"device": AIR_CONDITIONER_ID, "strict": True, "confirm_seconds": [20, 20]}
    assert await cloud.control("device_options", options) == {"strict": True, "confirm_seconds": [20, 20]}
    path = f"devices/{AIR_CONDITIONER_ID}/control"
    assert (await caller.call("POST", path, {"operation": {"airConOperationMode": "POWER_OFF"}})).response == {}
    # A strict appliance is busy until it has confirmed.
    busy = await caller.call("POST", path, {"operation": {"airConOperationMode": "POWER_ON"}})
    assert busy.error == (400, "2302")
    clock.advance(19)
    assert (await caller.get(f"devices/{AIR_CONDITIONER_ID}/state"))["operation"]["airConOperationMode"] == "POWER_ON"
    clock.advance(1)
    assert (await caller.get(f"devices/{AIR_CONDITIONER_ID}/state"))["operation"]["airConOperationMode"] == "POWER_OFF"


async def test_limit_can_be_forgotten(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    await cloud.control("rate_limit", {"per_hour": 1})
    await caller.get("devices")
    assert (await caller.call("GET", "devices")).error == (401, "1314")
    assert await cloud.control("rate_limit", {"reset": True}) == {"per_hour": 1, "used": 0}
    await caller.get("devices")


async def test_voice_session_goes_on_and_belongs_to_its_device(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    for name in ("냉장고", "김치냉장고"):
        await cloud.control("add_device", {"type": "refrigerator", "name": name})
    first = await cloud.control("say", {"device": "냉장고", "utterance": "타이머"})
    again = {"device": "냉장고", "utterance": "5분", "session_id": first["session_id"]}
    assert (await cloud.control("say", again))["session_id"] == first["session_id"]
    with pytest.raises(ControlError, match="another device"):
        await cloud.control("say", again | {"device": "김치냉장고"})
    await cloud.control("online", {"device": "냉장고", "online": False})
    with pytest.raises(ControlError, match="offline"):
        await cloud.control("say", again)


async def test_voice_reply_is_an_extension_of_accounts_that_allow_it(caller: ThinqCaller, cloud: ThinqCloud) -> None:
    added = await cloud.control("add_device", {"type": "refrigerator", "name": "냉장고"})
    heard = await cloud.control("say", {"device": "냉장고", "utterance": "거실 불 꺼 줘"})
    path = f"devices/{added['device_id']}/voice-reply"
    body = {"sessionId": heard["session_id"], "text": "거실 불을 껐어요."}
    assert (await caller.call("POST", path, body)).response == {}
    assert (await caller.call("POST", path, {"text": "?"})).error == (400, "1101")
    assert (await caller.call("POST", path, {"sessionId": "none", "text": "?"})).error == (400, "1102")
    conversations = (await cloud.control("conversations", {}))["conversations"]
    assert conversations == [
        {
            "sessionId": heard["session_id"],
            "deviceId": added["device_id"],
            "utterances": ["거실 불 꺼 줘"],
            "replies": [{"text": "거실 불을 껐어요.", "language": "ko", "expectReply": False}],
        }
    ]
    await cloud.control("account", {"voice": False})
    assert (await caller.call("POST", path, body)).error == (404, "1000")
