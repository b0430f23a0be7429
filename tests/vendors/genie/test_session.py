"""A session's life: start, poll, what comes and goes, what is lost and found, and leaving."""

import logging
from typing import Any

import pytest

from custom_components.dongju.model.errors import (
    AuthError,
    CloudAwayError,
    DeviceGoneError,
    HouseholdGoneError,
    HubError,
    UnexpectedAnswerError,
)
from custom_components.dongju.model.vocabulary import DeviceType
from custom_components.dongju.simulator.clock import RealClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.vendors.genie import DEFINITION
from tests.simulator.genie.home import two_households

from .living import Living, living, until

LIGHT = "light-living"
NEW_LIGHT = {"id": "light-new", "kind": "light", "name": "새 조명", "room": "kitchen"}


async def test_a_household_is_read(live: Living) -> None:
    devices = live.store.devices
    assert len(devices) == 27
    assert "genie_sp-parents" not in devices
    light = devices[f"genie_{LIGHT}"]
    assert (light.name, light.room, light.manufacturer, light.type) == ("거실 조명", "거실", "KT", DeviceType.LIGHT)
    assert live.value(LIGHT, "brightness") == 80
    assert live.available(LIGHT)
    assert live.available("service_h1")
    assert live.saved[0]["tokens"]["refresh_token"]


async def test_only_the_chosen_kinds(home: Living) -> None:
    home.options["kinds"] = ["light", "speaker"]
    home.renew()
    await home.start()
    kinds = {device.type for device in home.store.devices.values()}
    assert kinds == {DeviceType.LIGHT, DeviceType.SPEAKER, DeviceType.SERVICE}
    await home.control("add_device", device={"id": "boiler-new", "kind": "boiler", "name": "난방"})
    await home.control("add_device", device=NEW_LIGHT)
    await until(lambda: "genie_light-new" in home.store.devices)
    assert "genie_boiler-new" not in home.store.devices


async def test_devices_come_change_and_go_by_push(live: Living) -> None:
    await live.control("add_device", device=NEW_LIGHT)
    await until(lambda: live.available("light-new"))
    await live.control("rename_device", deviceId="light-new", name="식탁 조명")
    await until(lambda: live.store.devices["genie_light-new"].name == "식탁 조명")
    await live.control("remove_device", deviceId="light-new")
    await until(lambda: "genie_light-new" not in live.store.devices)
    with pytest.raises(DeviceGoneError):
        await live.session.async_refresh("genie_light-new")


async def test_another_households_devices_are_not_ours(live: Living) -> None:
    await live.control("add_device", device=NEW_LIGHT, householdId="h2")
    await live.control("wall_switch", deviceId=LIGHT, on=False)
    await live.until_value(LIGHT, "on_off", False)
    assert "genie_light-new" not in live.store.devices


async def test_a_device_of_another_account_is_left_to_it(home: Living) -> None:
    home.owned = lambda device_id: device_id != f"genie_{LIGHT}"
    home.renew()
    await home.start()
    assert f"genie_{LIGHT}" not in home.store.devices


async def test_a_device_missed_by_three_lists_is_gone(live: Living) -> None:
    await live.control("push_fault", drop=1)
    await live.control("push_disconnect", forget=True)
    await live.control("remove_device", deviceId=LIGHT)
    for _list in range(5):
        live.clock.advance(1801)
        await live.session.async_poll()
    assert f"genie_{LIGHT}" not in live.store.devices


async def test_offline_devices_are_unavailable_and_read_when_back(live: Living) -> None:
    await live.control("offline", deviceId=LIGHT)
    await until(lambda: not live.available(LIGHT))
    await live.control("wall_switch", deviceId=LIGHT, on=False)
    await live.control("online", deviceId=LIGHT)
    await until(lambda: live.available(LIGHT))
    await live.until_value(LIGHT, "on_off", False)


async def test_a_quiet_poll_is_cheap_and_a_late_one_reads(live: Living) -> None:
    await live.control("push_fault", drop=1)
    await live.control("wall_switch", deviceId=LIGHT, on=False)
    live.clock.advance(1801)
    assert await live.session.async_poll() == 30
    await live.until_value(LIGHT, "on_off", False)


async def test_everything_is_unavailable_when_nothing_answers(home: Living, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "custom_components.dongju")
    await home.start()
    await home.fault("http_status", data={"status": 503})
    await home.control("push_disconnect")
    await until(lambda: not home.session.connected)
    for _poll in range(3):
        assert await home.session.async_poll() >= 15
    assert not home.available(LIGHT)
    assert not home.available("service_h1")
    with pytest.raises(CloudAwayError):
        await home.send(LIGHT, on_off=True)
    await home.control("clear_faults")
    await home.session.async_poll()
    assert home.available(LIGHT)
    told = [record.message for record in caplog.records if record.levelno == logging.INFO and "GiGA" in record.message]
    assert told == ["KT GiGA Genie is not reachable", "KT GiGA Genie is reachable again"]


async def test_while_push_lives_a_failing_poll_takes_nothing_away(live: Living) -> None:
    await live.fault("http_status", data={"status": 503})
    live.clock.advance(1801)
    assert await live.session.async_poll() >= 15
    assert live.available(LIGHT)


async def test_push_that_resumes_makes_everything_available(live: Living) -> None:
    await live.fault("http_status", data={"status": 503})
    await live.control("push_disconnect")
    await until(lambda: not live.session.connected)
    await live.session.async_poll()
    assert not live.available(LIGHT)
    await live.control("clear_faults")
    await until(lambda: live.session.connected)
    await until(lambda: live.available(LIGHT))


async def test_a_household_that_is_gone_is_told(live: Living, cloud: GenieCloud) -> None:
    await live.fault(
        "http_error", data={"status": 404, "code": "NOT_FOUND"}, match={"path": "/genie/v1/households/h1/devices"}
    )
    live.clock.advance(1801)
    await live.session.async_poll()
    assert "household_gone" in live.issues
    assert not live.available(LIGHT)
    await live.control("clear_faults")
    await live.session.async_poll()
    assert "household_gone" not in live.issues
    assert live.available(LIGHT)


async def test_a_start_without_the_household(home: Living) -> None:
    home.data["household"] = "h9"
    home.renew()
    with pytest.raises(HouseholdGoneError):
        await home.session.async_start()
    assert "household_gone" in home.issues


@pytest.mark.parametrize("fault", ["malformed_json", "html_body", "empty_body", "drop_connection"])
async def test_a_start_on_a_bad_day_fails_cleanly(home: Living, fault: str) -> None:
    await home.fault(fault)
    with pytest.raises(HubError):
        await home.session.async_start()


async def test_secondary_services_may_fail_at_the_start(home: Living) -> None:
    for path in ("speakers/sp-living/voices", "iptv/stb-living/apps", "households/h1/scenes", "households/h1/alerts"):
        await home.fault("http_status", data={"status": 500}, match={"path": f"/genie/v1/{path}"})
    await home.start()
    assert home.available("sp-living")
    voice = home.store.devices["genie_sp-living"].attribute("", "voice")
    assert voice is not None
    assert voice.options == ()
    await home.control("clear_faults")
    home.clock.advance(1801)
    await home.session.async_poll()
    voice = home.store.devices["genie_sp-living"].attribute("", "voice")
    assert voice is not None
    assert "genie-1" in voice.options
    assert "scene_home" in home.store.devices["genie_service_h1"].parts[""].attributes


async def test_scenes_stay_while_their_service_fails(live: Living) -> None:
    await live.fault("http_status", data={"status": 500}, match={"path": "/genie/v1/households/h1/scenes"})
    live.clock.advance(1801)
    await live.session.async_poll()
    assert "scene_away" in live.store.devices["genie_service_h1"].parts[""].attributes


def list_also(live: Living, monkeypatch: pytest.MonkeyPatch, rows: list[Any]) -> None:
    """Let the list of devices have rows that the mock would never list."""
    real = live.session.client.async_get

    async def get(path: str, query: Any = None) -> Any:
        answer = await real(path, query)
        return {"devices": [*answer["devices"], *rows]} if path.endswith("h1/devices") else answer

    monkeypatch.setattr(live.session.client, "async_get", get)


async def test_rows_without_sense_harm_nobody(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    list_also(
        home,
        monkeypatch,
        ["text", {}, {"id": "x", "kind": "light", "name": "x"}, {"id": "y", "kind": "light", "state": 3}],
    )
    await home.start()
    assert len(home.store.devices) == 27
    assert home.session.listed() == set(home.store.devices) | {"genie_x", "genie_y"}, "they are not said to be gone"


async def test_an_unknown_kind_still_shows_what_it_holds(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    state = {
        "on": True,
        "waterLevelCm": 12.5,
        "mode": "eco",
        "nested": {"a": 1},
        "since": "2026-07-01T09:00:00+09:00",
        "none": None,
    }
    list_also(
        home,
        monkeypatch,
        [
            {
                "id": "pond",
                "kind": "pond",
                "name": "연못",
                "vendor": "UPLUS",
                "version": 1,
                "online": True,
                "state": state,
            }
        ],
    )
    await home.start()
    pond = home.store.devices["genie_pond"]
    assert (pond.type, pond.manufacturer) == (DeviceType.UNKNOWN, "LG U+")
    attributes = pond.parts[""].attributes
    assert {key: attribute.kind.value for key, attribute in attributes.items()} == {
        "on": "boolean",
        "water_level_cm": "number",
        "mode": "text",
        "since": "timestamp",
        "problem": "boolean",
    }
    assert not attributes["water_level_cm"].known
    assert home.value("pond", "water_level_cm") == 12.5


async def test_values_no_row_knows_are_kept(live: Living) -> None:
    plate = live.store.devices["genie_parking"].attribute("", "plate")
    assert plate is not None
    assert not plate.known
    assert live.value("parking", "plate") == "12가3456"


async def test_limits_follow_the_device(live: Living) -> None:
    await live.control("set_state", deviceId="boiler-living", values={"max": 30})
    await until(lambda: maximum(live) == 30)
    with pytest.raises(HubError):
        await live.send("boiler-living", target_temperature=35.0)


def maximum(live: Living) -> float | None:
    target = live.store.devices["genie_boiler-living"].attribute("", "target_temperature")
    return target.maximum if target else None


async def test_a_cloud_that_counts_anew_is_believed_when_asked(live: Living, clock: RealClock) -> None:
    for _change in range(3):
        await live.control("wall_switch", deviceId=LIGHT)
    await live.until_value(LIGHT, "on_off", False)
    await live.stop()
    fresh = GenieCloud(two_households(), clock=clock, seed=7)
    await fresh.start()
    try:
        async with living(fresh, clock) as again:
            await again.start()
            store, session = again.store, again.session
            await again.control("wall_switch", deviceId=LIGHT, on=False)
            await again.until_value(LIGHT, "on_off", False)
            await session.async_refresh(f"genie_{LIGHT}")
            assert store.value((f"genie_{LIGHT}", "", "on_off")) is False
    finally:
        await fresh.close()


async def test_a_refused_account_is_told_once(home: Living) -> None:
    del home.data["pairing_token"]
    home.data["tokens"] = await paired(home)
    home.renew()
    await home.start()
    await home.control("revoke_all")
    await until(lambda: home.auth_failures)
    for _call in range(3):
        await home.session.async_poll()
        with pytest.raises(AuthError):
            await home.session.async_query("news", {})
    assert not home.available(LIGHT)
    assert len(home.auth_failures) == 1
    assert home.session.diagnostics()["signed_out"] is True


async def paired(home: Living) -> dict[str, Any]:
    """Return tokens of an account, as the set-up form gets them."""
    connection = home.cloud.connection()
    answers = {"server_url": connection["base_url"], "pairing_token": connection["pairing_token"], "household": "h1"}
    account = await DEFINITION.check(home.http, answers)
    assert account.data["pairing_token"] is None
    tokens: dict[str, Any] = account.data["tokens"]
    return tokens


async def test_a_refusal_at_the_start_is_raised_not_told(home: Living) -> None:
    home.data["pairing_token"] = "wrong"
    home.renew()
    with pytest.raises(AuthError):
        await home.session.async_start()
    assert home.auth_failures == []


async def test_the_demo_homes_account_heals(live: Living) -> None:
    await live.control("revoke_all")
    await live.control("wall_switch", deviceId=LIGHT, on=False)
    await live.until_value(LIGHT, "on_off", False)
    assert live.auth_failures == []


async def test_a_restart_uses_the_saved_tokens(live: Living) -> None:
    await live.stop()
    saved = len(live.saved)
    live.renew()
    await live.start()
    assert len(live.saved) == saved


async def test_leaving_signs_out(home: Living) -> None:
    home.data["tokens"] = await paired(home)
    del home.data["pairing_token"]
    home.renew()
    await home.session.async_remove_account()
    home.renew()
    with pytest.raises(AuthError):
        await home.session.async_start()
    await home.cloud.close()
    await home.session.async_remove_account()


async def test_the_check_of_a_form(home: Living) -> None:
    connection = home.cloud.connection()
    answers = {"server_url": connection["base_url"], "pairing_token": connection["pairing_token"]}
    account = await DEFINITION.check(home.http, answers)
    assert account.choices == {"household": {"h1": "동주네 집", "h2": "부모님 댁"}}
    assert account.choose is not None
    chosen = account.choose({"household": "h2"})
    assert (chosen.id, chosen.title, chosen.data["household"]) == ("h2", "KT GiGA Genie (부모님 댁)", "h2")


async def test_an_account_without_a_household(home: Living) -> None:
    connection = home.cloud.connection()
    await home.fault("malformed_json", match={"path": "/genie/v1/households"})
    answers = {"server_url": connection["base_url"], "pairing_token": connection["pairing_token"]}
    with pytest.raises(HubError):
        await DEFINITION.check(home.http, answers)


async def test_what_diagnostics_and_health_tell(live: Living) -> None:
    told = live.session.diagnostics()
    assert told["push"]["connected"] is True
    assert "speaker" in told["kinds"]
    assert not {"tokens", "pairing_token"} & set(told)
    assert live.session.health()["calls_left"] is None
    await live.session.async_set_fahrenheit(fahrenheit=True)
    await live.session.async_refresh("genie_service_h1")


async def test_a_withdrawn_voice_is_offered_no_more(live: Living) -> None:
    await live.control("revoke_voice", voiceId="family-1")
    live.clock.advance(1801)
    await live.session.async_poll()
    voice = live.store.devices["genie_sp-living"].attribute("", "voice")
    assert voice is not None
    assert "family-1" not in voice.options


@pytest.mark.parametrize("answer", ["text", {"devices": None}, {"state": 3}])
async def test_answers_without_sense(live: Living, monkeypatch: pytest.MonkeyPatch, answer: object) -> None:
    async def get(_path: str, _query: Any = None) -> Any:
        return answer

    monkeypatch.setattr(live.session.client, "async_get", get)
    live.clock.advance(1801)
    assert await live.session.async_poll() >= 15
    with pytest.raises(UnexpectedAnswerError):
        await live.session.async_refresh(f"genie_{LIGHT}")
    assert await live.session.async_query("news", {}) == (answer if isinstance(answer, dict) else {})
    assert live.available(LIGHT)


async def test_an_account_that_is_lost_while_asked(home: Living) -> None:
    """Every place that may go on without a secondary service tells a lost account all the same."""
    del home.data["pairing_token"]
    home.data["tokens"] = await paired(home)
    for path in ("speakers/sp-living/voices", "households/h1/scenes", "households/h1/alerts"):
        home.renew()
        home.data["tokens"] = await paired(home)
        home.renew()
        await home.fault(
            "http_error", data={"status": 401, "code": "UNAUTHORIZED"}, match={"path": f"/genie/v1/{path}"}
        )
        with pytest.raises(AuthError):
            await home.session.async_start()
        await home.control("clear_faults")


async def test_a_device_that_cannot_be_read_when_it_is_back(live: Living) -> None:
    await live.control("offline", deviceId=LIGHT)
    await until(lambda: not live.available(LIGHT))
    await live.fault("http_status", data={"status": 500}, match={"path": f"/genie/v1/devices/{LIGHT}/state"})
    await live.control("online", deviceId=LIGHT)
    await until(lambda: live.available(LIGHT))


async def test_an_empty_home(home: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    await home.start()

    async def get(path: str, _query: Any = None) -> Any:
        return {"devices": [], "scenes": "none"} if "households" in path else {}

    monkeypatch.setattr(home.session.client, "async_get", get)
    home.clock.advance(1801)
    await home.session.async_poll()
    assert home.available(LIGHT)
