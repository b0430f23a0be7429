"""First start and restart: what is there, how soon, at what price."""

import asyncio
from typing import Any

import pytest

from custom_components.dongju.model.errors import (
    AuthError,
    CannotConnectError,
    HubError,
    RateLimitedError,
    TermsNotAcceptedError,
    UnexpectedAnswerError,
)
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec, load_home
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.vendors.thinq import DEFINITION

from .living import Living, living


def without_energy(calls: dict[str, Any]) -> int:
    return int(calls["total"]) - int(calls["energy"])


async def test_first_start_has_every_device_with_values(home: Living) -> None:
    await home.start()
    assert {device.name for device in home.store.devices.values()} == {"세탁기", "냉장고", "에어컨"}
    assert home.value("냉장고", "door") is False
    assert isinstance(home.value("냉장고", "target_temperature", "fridge"), int)
    assert home.value("에어컨", "on_off") is False
    assert all(home.store.available(device_id) for device_id in home.store.devices)


async def test_calls_of_first_start_and_restart(home: Living) -> None:
    await home.start()
    await home.connected()
    await home.until(lambda: home.session.diagnostics()["subscriptions"]["pushes"] == 3)
    assert without_energy(await home.calls()) <= 4 * 3 + 6
    await home.control("calls", reset=True)
    await home.restart()
    await home.connected()
    await asyncio.sleep(0.2)
    assert without_energy(await home.calls()) <= 1 * 3 + 4
    assert home.value("냉장고", "door") is False


async def test_a_restart_shows_entities_before_the_cloud_answers(home: Living) -> None:
    await home.start()
    await home.close()
    home.renew()
    await home.fault("slow", seconds=0.5, match={"endpoint": "devices"}, count=1)
    starting = asyncio.create_task(home.start())
    await home.until(lambda: len(home.store.devices) == 3)
    assert not starting.done()
    await starting


async def test_certificate_and_client_id_are_kept(home: Living) -> None:
    await home.start()
    await home.connected()
    client_id, certificate = home.data["client_id"], home.data["certificate"]
    assert client_id.startswith("dongju-")
    await home.restart()
    await home.connected()
    assert (home.data["client_id"], home.data["certificate"]) == (client_id, certificate)
    assert home.session.diagnostics()["push"]["certificates"] == 0


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"name": "http_status", "status": 401}, AuthError),
        ({"name": "http_error", "status": 401, "code": "1103"}, AuthError),
        ({"name": "http_error", "status": 401, "code": "1314"}, RateLimitedError),
        ({"name": "http_error", "status": 400, "code": "1304"}, TermsNotAcceptedError),
        ({"name": "http_error", "status": 500, "code": "2000"}, CannotConnectError),
        ({"name": "http_error", "status": 400, "code": "2207"}, UnexpectedAnswerError),
        ({"name": "html_body"}, UnexpectedAnswerError),
        ({"name": "malformed_json"}, UnexpectedAnswerError),
        ({"name": "empty_body"}, UnexpectedAnswerError),
        ({"name": "http_status", "status": 503}, CannotConnectError),
        ({"name": "drop_connection"}, CannotConnectError),
    ],
)
async def test_a_start_that_fails_says_why(home: Living, fault: dict[str, Any], error: type[HubError]) -> None:
    await home.fault(match={"endpoint": "devices"}, **fault)
    with pytest.raises(error):
        await home.start()


async def test_rate_limited_with_a_cache_starts_all_the_same(home: Living) -> None:
    await home.start()
    await home.close()
    await home.control("rate_limit", per_hour=0)
    home.renew()
    await home.start()
    assert len(home.store.devices) == 3
    assert home.session.diagnostics()["calls"]["paused_seconds"] > 0


@pytest.mark.parametrize("broken", ["냉장고", "세탁기"])
@pytest.mark.parametrize("endpoint", ["profile", "state"])
async def test_one_broken_device_harms_no_other(home: Living, broken: str, endpoint: str) -> None:
    device = await home.vendor_id(broken)
    await home.fault("http_error", status=400, code="2207", match={"endpoint": endpoint, "device_id": device})
    await home.start()
    assert len(home.store.devices) == 3
    assert home.value("에어컨", "on_off") is False


@pytest.mark.parametrize("profile", [None, [], 5, {"property": None}, {"property": [1, None, {"a": 3}]}, {"washer": 1}])
async def test_a_senseless_profile_is_a_degraded_device(home: Living, profile: Any) -> None:
    device = await home.vendor_id("세탁기")
    match = {"endpoint": "profile", "device_id": device}
    await home.fault("replace_response", response=profile, match=match, count=1)
    await home.fault("http_status", status=400, match=match)
    await home.start()
    assert home.value("냉장고", "door") is False
    assert home.value("에어컨", "on_off") is False


async def test_duplicate_ids_are_one_device(home: Living) -> None:
    await home.fault("duplicate_ids")
    await home.start()
    assert len(home.store.devices) == 3
    assert home.session.diagnostics()["oddities"]["duplicate_id"] == 3


async def test_a_device_of_another_account_is_left_to_it(cloud: ThinqCloud, clock: ManualClock) -> None:
    async with living(cloud, clock) as home:
        taken = await home.vendor_id("냉장고")
        context = home.context()
        context.owns = lambda device_id: not device_id.endswith(taken)
        home.session = DEFINITION.create_session(context)
        await home.start()
        assert {device.name for device in home.store.devices.values()} == {"세탁기", "에어컨"}


@pytest.mark.parametrize("appliances", [[{"type": "refrigerator", "name": f"냉장고 {n}"} for n in range(120)]])
async def test_a_home_too_large_for_the_allowance_starts_at_once(home: Living) -> None:
    """120 devices of one model need 480 calls; 300 are allowed in an hour."""
    await home.start()
    assert len(home.store.devices) == 120
    calls = await home.calls()
    assert calls["total"] <= 260
    with_values = [d for d in home.store.devices if home.store.value((d, "", "door")) is not None]
    assert len(with_values) == 120
    assert home.session.diagnostics()["calls"]["refused"] == 0


@pytest.mark.parametrize("appliances", [[{"type": "refrigerator", "name": f"냉장고 {n}"} for n in range(120)]])
async def test_a_restart_without_a_call_left_waits_for_none(home: Living) -> None:
    await home.start()
    await home.until(lambda: home.session.diagnostics()["calls"]["waiting"] > 0)
    async with asyncio.timeout(10):
        await home.restart()
    assert len(home.store.devices) == 120


async def test_the_demo_home_has_nothing_that_no_row_knows_but_light_and_current(
    socket_enabled: None, clock: ManualClock
) -> None:
    spec: HomeSpec = await asyncio.get_running_loop().run_in_executor(None, load_home)
    mock = ThinqCloud(spec, clock=clock, seed=1)
    await mock.start()
    try:
        async with living(mock, clock) as home:
            await home.start()
            generic = {
                attribute.key
                for device in home.store.devices.values()
                for part in device.parts.values()
                for attribute in part.attributes.values()
                if not attribute.known
            }
            assert {key.rpartition("_")[0] for key in generic} <= {
                "color_light",
                "electricity",
                "electricity_current",
                "electricity_voltage",
                "electricity_power",
            }
            assert len(home.store.devices) >= 25
            assert all(home.store.available(device_id) for device_id in home.store.devices)
    finally:
        await mock.close()
