"""Sign-in, envelope, idempotency, lock, rate limit and faults of the account API."""

from email.utils import parsedate_to_datetime

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account


async def test_a_pairing_token_becomes_tokens_that_rotate(account: Account) -> None:
    first = dict(account.tokens)
    assert first["expires_in"] == 3600
    status, body = await account.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert status == 200
    assert body["data"]["refresh_token"] != first["refresh_token"]
    assert (await account.call("GET", "households"))[0] == 401
    account.tokens = body["data"]
    assert (await account.call("GET", "households"))[0] == 200

    status, body = await account.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
    assert (status, body["rc"], body["error"]) == (400, 400, "invalid_grant")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"grant_type": "pairing_token", "pairing_token": "gg-wrong"}, "invalid_grant"),
        ({"grant_type": "pairing_token"}, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": ""}, "invalid_grant"),
        ({"grant_type": "password"}, "BAD_PARAMETER"),
    ],
)
async def test_wrong_grants_are_refused(account: Account, body: dict[str, str], error: str) -> None:
    status, answer = await account.token(**body)
    assert (status, answer["error"]) == (400, error)


async def test_an_access_token_lasts_an_hour(account: Account, clock: ManualClock) -> None:
    clock.advance(3599)
    assert (await account.call("GET", "households"))[0] == 200
    clock.advance(1)
    status, body = await account.call("GET", "households")
    assert (status, body["rc"], body["error"]) == (401, 401, "UNAUTHORIZED")


async def test_tokens_can_be_expired_revoked_and_replaced(cloud: GenieCloud, account: Account) -> None:
    assert await cloud.control("expire_token", {}) == {"grants": 1}
    assert (await account.call("GET", "households"))[0] == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": account.tokens["refresh_token"]}
    assert (await account.token(**refresh))[0] == 200

    await account.pair()
    await cloud.control("revoke_refresh", {})
    assert (await account.call("GET", "households"))[0] == 200
    refresh["refresh_token"] = account.tokens["refresh_token"]
    assert (await account.token(**refresh))[1]["error"] == "invalid_grant"

    await cloud.control("new_pairing_token", {})
    old = account.connection["pairing_token"]
    assert (await account.token(grant_type="pairing_token", pairing_token=old))[0] == 400
    account.connection = cloud.connection()
    await account.pair()
    await cloud.control("revoke_all", {})
    assert (await account.call("GET", "households"))[0] == 401


async def test_signing_out_ends_the_grant(account: Account) -> None:
    assert (await account.call("DELETE", "oauth/token"))[0] == 200
    assert (await account.call("GET", "households"))[0] == 401


async def test_households_rooms_and_devices(account: Account) -> None:
    status, body = await account.call("GET", "households")
    assert status == 200
    assert (body["rc"], body["rcmsg"]) == (200, "OK")
    assert body["trxId"].startswith("t-")
    households = body["data"]["households"]
    assert [(row["id"], row["type"]) for row in households] == [("h1", "home"), ("h2", "apartment")]
    assert {"id": "living_room", "name": "거실", "nameEn": "Living room"} in households[0]["rooms"]
    assert (await account.get("households/h2"))["name"] == "부모님 댁"

    devices = (await account.get("households/h1/devices"))["devices"]
    kinds = {device["kind"] for device in devices}
    assert kinds == {
        "speaker", "settopbox", "light", "plug", "gas_valve", "boiler", "door_lock", "curtain", "ventilation", "motion",
        "door_sensor", "air_quality", "aircon", "elevator", "entrance", "parking", "package", "visitor",
    }  # fmt: skip
    boiler = next(device for device in devices if device["id"] == "boiler-living")
    assert (boiler["vendor"], boiler["roomName"], boiler["online"], boiler["version"]) == ("KT", "거실", True, 1)
    assert boiler["capabilities"][0]["commands"]["set"]["targetC"] == {
        "type": "number",
        "min": 5,
        "max": 40,
        "step": 0.5,
    }
    assert len((await account.get("households/h2/devices"))["devices"]) == 2


@pytest.mark.parametrize(
    "path",
    ["households/nope", "households/nope/devices", "devices/nope/state", "skills/nope", "iptv/light-living/channels"],
)
async def test_what_is_not_there_is_404(account: Account, path: str) -> None:
    status, body = await account.call("GET", path)
    assert (status, body["error"]) == (404, "NOT_FOUND")


async def test_a_command_is_accepted_and_follows_by_state(account: Account, clock: ManualClock) -> None:
    status, body = await account.command("light-kitchen", "light", "set", on=True, brightness=30)
    assert (status, body["rc"], body["data"]) == (200, 202, {"status": "accepted", "version": 1})
    assert (await account.state("light-kitchen"))["on"] is False
    clock.advance(1)
    assert (await account.state("light-kitchen")) == {"on": True, "brightness": 30, "colorTempK": 4000}


async def test_the_same_command_id_is_carried_out_once(account: Account, clock: ManualClock) -> None:
    body = {"commandId": "same", "control": "UP", "value": "LE"}
    first = await account.call("POST", "speakers/sp-living/volume", body)
    again = await account.call("POST", "speakers/sp-living/volume", body)
    assert first == again
    assert (await account.state("sp-living"))["volume"] == 40
    clock.advance(601)
    await account.call("POST", "speakers/sp-living/volume", body)
    assert (await account.state("sp-living"))["volume"] == 45


async def test_an_expected_version_is_checked(account: Account, clock: ManualClock) -> None:
    command = {"capability": "light", "command": "set", "args": {"on": True}}
    assert (await account.post("devices/light-mood/commands", expectedVersion=1, **command))[0] == 200
    clock.advance(1)
    status, body = await account.post("devices/light-mood/commands", expectedVersion=1, **command)
    assert (status, body["error"], body["data"]) == (409, "CONFLICT", {"version": 2})
    assert (await account.post("devices/light-mood/commands", expectedVersion="1", **command))[0] == 400


async def test_more_than_sixty_commands_a_minute_are_too_many(account: Account, clock: ManualClock) -> None:
    for _number in range(60):
        assert (await account.command("light-mood", "light", "set", on=True))[0] == 200
        clock.advance(0.5)
    path = f"{account.base}/devices/light-mood/commands"
    body = {"commandId": "late", "capability": "light", "command": "set", "args": {"on": True}}
    async with account.http.post(path, json=body, headers=account.headers) as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "30"
        assert (await response.json())["error"] == "RATE_LIMITED"
    # Another household has its own minute, and reading is free.
    assert (await account.command("light-parents", "light", "set", on=True))[0] == 200
    assert (await account.call("GET", "households"))[0] == 200
    clock.advance(30)
    assert (await account.call("POST", "devices/light-mood/commands", body))[0] == 200


async def test_the_rate_limit_is_a_knob(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("rate_limit", {"perMinute": 1})
    assert (await account.command("light-mood", "light", "set", on=True))[0] == 200
    assert (await account.command("light-mood", "light", "set", on=True))[0] == 429
    await cloud.control("rate_limit", {"perMinute": 60})
    cloud.faults.set("rate_limited", count=1, retry_after=7)
    status, body = await account.command("light-mood", "light", "set", on=False)
    assert (status, body["data"]) == (429, {"retryAfter": 7})
    assert (await account.command("light-mood", "light", "set", on=False))[0] == 200


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"capability": "light", "command": "set", "args": {}}, "BAD_PARAMETER"),
        ({"commandId": "x" * 65, "capability": "light", "command": "set"}, "BAD_PARAMETER"),
        ({"commandId": "1", "capability": "light", "command": 3}, "BAD_PARAMETER"),
        ({"commandId": "2", "capability": "light", "command": "set", "args": []}, None),
        ({"commandId": "3", "capability": "light", "command": "set", "args": {"on": "yes"}}, "BAD_PARAMETER"),
        ({"commandId": "4", "capability": "light", "command": "set", "args": {"colour": 1}}, "BAD_PARAMETER"),
        ({"commandId": "5", "capability": "plug", "command": "set", "args": {"on": True}}, "UNSUPPORTED"),
        ({"commandId": "6", "capability": "light", "command": "explode", "args": {}}, "UNSUPPORTED"),
    ],
)
async def test_senseless_commands(account: Account, body: dict[str, object], error: str | None) -> None:
    status, answer = await account.call("POST", "devices/light-mood/commands", body)
    assert answer.get("error") == error
    assert status == {"BAD_PARAMETER": 400, "UNSUPPORTED": 422, None: 200}[error]


async def test_a_body_that_is_no_json_object(account: Account) -> None:
    path = f"{account.base}/devices/light-mood/commands"
    for body in (b"{", b"[1]", b"\xff"):
        async with account.http.post(path, data=body, headers=account.headers) as response:
            assert response.status == 400
            assert (await response.json())["error"] == "BAD_PARAMETER"


async def test_a_batch_gives_a_result_for_each(account: Account, clock: ManualClock) -> None:
    command = {"capability": "light", "command": "set", "args": {"on": True}}
    commands = [
        {"deviceId": "light-mood", "commandId": "b-1", **command},
        {"deviceId": "nope", "commandId": "b-2", **command},
        {"deviceId": "light-parents", "commandId": "b-3", **command},
        {"deviceId": "gas-kitchen", "commandId": "b-4", "capability": "gas_valve", "command": "open"},
        {"deviceId": "light-bedroom", **command},
        "nonsense",
    ]
    status, body = await account.call("POST", "households/h1/commands", {"commands": commands})
    assert (status, body["rc"]) == (200, 200)
    results = body["data"]["results"]
    assert [row["rc"] for row in results] == [202, 404, 404, 403, 400, 404]
    clock.advance(1)
    assert (await account.state("light-mood"))["on"] is True
    assert (await account.state("light-parents"))["on"] is False
    too_many = [{"deviceId": "light-mood", "commandId": f"m-{number}", **command} for number in range(21)]
    assert (await account.call("POST", "households/h1/commands", {"commands": too_many}))[0] == 400


async def test_scenes(account: Account, clock: ManualClock, cloud: GenieCloud) -> None:
    scenes = (await account.get("households/h1/scenes"))["scenes"]
    assert [scene["id"] for scene in scenes] == ["home", "away", "sleep", "movie"]
    await cloud.control("offline", {"deviceId": "light-mood"})
    status, body = await account.post("households/h1/scenes/away/run")
    assert (status, body["rc"]) == (200, 202)
    by_device = {row["deviceId"]: row["rc"] for row in body["data"]["results"]}
    assert by_device["light-mood"] == 504
    assert by_device["gas-kitchen"] == 202
    clock.advance(5)
    assert (await account.state("gas-kitchen"))["open"] is False
    assert (await account.state("boiler-living"))["mode"] == "away"
    assert (await account.post("households/h1/scenes/nope/run"))[0] == 404


async def test_the_date_follows_the_servers_clock(cloud: GenieCloud, account: Account, clock: ManualClock) -> None:
    await cloud.control("clock_skew", {"seconds": 90})
    async with account.http.get(f"{account.base}/households", headers=account.headers) as response:
        served = parsedate_to_datetime(response.headers["Date"])
    assert (served - clock.now()).total_seconds() == 90


async def test_shared_http_faults(cloud: GenieCloud, account: Account) -> None:
    cloud.faults.set("http_error", count=1, status=503, code="MAINTENANCE", message="closed")
    status, body = await account.call("GET", "households")
    assert (status, body["rc"], body["error"]) == (503, 503, "MAINTENANCE")
    await cloud.control("fault", {"name": "malformed_json", "count": 1})
    async with account.http.get(f"{account.base}/households", headers=account.headers) as response:
        with pytest.raises(ValueError, match="char"):
            await response.json()
    cloud.faults.set("http_status", count=1, status=502, match={"device_id": "light-mood"})
    assert (await account.call("GET", "devices/light-living/state"))[0] == 200
    async with account.http.get(f"{account.base}/devices/light-mood/state", headers=account.headers) as response:
        assert response.status == 502
    cloud.faults.set("timeout", count=1)
    with pytest.raises(TimeoutError):
        await account.http.get(f"{account.base}/households", timeout=aiohttp.ClientTimeout(total=0.2))


async def test_an_offline_device_answers_504(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("offline", {"deviceId": "light-mood"})
    assert (await account.get("devices/light-mood/state"))["online"] is False
    command = {"commandId": "again", "capability": "light", "command": "set", "args": {"on": True}}
    status, body = await account.call("POST", "devices/light-mood/commands", command)
    assert (status, body["error"]) == (504, "DEVICE_OFFLINE")
    # What was not carried out is not remembered: the same id works later.
    await cloud.control("online", {"deviceId": "light-mood"})
    assert (await account.call("POST", "devices/light-mood/commands", command))[0] == 200
