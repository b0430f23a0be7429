"""Parts of the session by themselves: events without sense, warnings, the skill's link."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.vendors.base import SessionContext
from custom_components.dongju.vendors.genie.alerts import Alerts
from custom_components.dongju.vendors.genie.client import GenieClient
from custom_components.dongju.vendors.genie.events import EventDesk
from custom_components.dongju.vendors.genie.inventory import Inventory
from custom_components.dongju.vendors.genie.kept import Kept
from custom_components.dongju.vendors.genie.skill_link import SkillLink
from custom_components.dongju.vendors.genie.speech import SpeechDesk

from .living import Living, MemoryCache, until


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"event": "device.added"},
        {"event": "device.added", "data": {"device": {"id": "x"}}},
        {"event": "device.online", "deviceId": "light-living", "data": {}},
        {"event": "tts.finished", "deviceId": "sp-living", "data": {"code": "loud"}},
        {"event": "tts.finished", "deviceId": "gone", "data": {"code": 200}},
        {"event": "alert", "data": []},
        {"event": "volume", "deviceId": "sp-living", "data": {"version": "new", "volume": [1]}},
        {"event": "homeiot.state", "deviceId": "light-living", "data": {"state": "on"}},
        {"event": "homeiot.state", "deviceId": "nobody", "data": {"state": {}}},
        {"event": "stay.checkin", "data": {"stayId": "s"}},
        {"event": ["utterance"], "householdId": ["h1"]},
    ],
)
async def test_events_without_sense_do_no_harm(live: Living, message: dict[str, Any]) -> None:
    desk, inventory = await desk_of(live)
    before = dict(live.store.devices)
    desk.take(message)
    await asyncio.sleep(0.02)
    assert live.store.devices == before
    assert inventory.kind("genie_light-living") == "light"


def bare_context(live: Living, webhook: str | None = None) -> SessionContext:
    """Return what a session is given, without a hub behind it."""
    return SessionContext(
        store=live.store,
        http=live.http,
        cache=live.cache,
        data={},
        options={},
        save_data=lambda _changed: None,
        create_task=lambda coro, name: asyncio.create_task(coro, name=name),
        run_in_executor=asyncio.to_thread,
        now=live.clock.now,
        monotonic=live.clock.monotonic,
        auth_failed=lambda _err: None,
        issue=lambda _key, _placeholders: None,
        webhook_url=lambda: webhook,
    )


async def desk_of(live: Living) -> tuple[EventDesk, Inventory]:
    """Return a desk of the test's own over the session's store."""
    context = bare_context(live)
    inventory = Inventory(context, live.session.client, "h1")
    await inventory.read_all()
    speech = SpeechDesk(live.session.client, context.create_task)
    return EventDesk(context, "h1", inventory, Alerts(), speech, lambda _linked: None), inventory


async def test_a_hub_without_voice_answers_nobody(live: Living) -> None:
    spoken = SpeechDesk(live.session.client, lambda coro, name: asyncio.create_task(coro, name=name))
    context = bare_context(live, "http://127.0.0.1:9/hook")
    link = SkillLink(context, live.session.client, Kept(MemoryCache()), "h1", spoken, lambda _uuid: False)
    await link.register()
    await link.register()
    assert link.registered
    assert len(live.cloud.describe()["state"]["skills"]) == 1
    await live.fault("http_status", data={"status": 500}, match={"method": "DELETE"})
    await link.close()
    assert not link.registered


async def test_what_was_registered_may_be_gone_already(live: Living) -> None:
    live.cache.data["skill"] = "sk-99"
    live.webhook = "http://127.0.0.1:9/hook"
    live.renew()
    await live.start()
    assert live.session.diagnostics()["skill_registered"] is True
    live.cache.data["skill"] = ".."
    live.renew()
    await live.session.async_remove_account()


CLOCK = ManualClock()


def alert(number: int = 1, **changed: Any) -> dict[str, Any]:
    expires = (CLOCK.now() + timedelta(hours=1)).isoformat()
    return {"alertId": f"a-{number}", "level": "warning", "expiresAt": expires, "updateType": "issue", **changed}


def test_a_warning_without_an_end_is_told_and_does_not_stay() -> None:
    alerts = Alerts()
    assert alerts.take(alert(expiresAt=None), CLOCK.now()) is not None
    assert alerts.level(CLOCK.now()) == "none"


def test_a_level_nobody_knows_counts_as_a_warning() -> None:
    alerts = Alerts()
    alerts.take(alert(level="orange"), CLOCK.now())
    assert alerts.level(CLOCK.now()) == "warning"


def test_one_warning_replaces_another() -> None:
    alerts = Alerts()
    alerts.take(alert(1, level="emergency"), CLOCK.now())
    alerts.take(alert(2, supersedes="a-1", level="advisory"), CLOCK.now())
    assert alerts.level(CLOCK.now()) == "advisory"


def test_an_update_is_told_again_and_a_repeat_is_not() -> None:
    alerts = Alerts()
    told = [alerts.take(alert(issuedAt=issued), CLOCK.now()) for issued in ("1", "1", "2")]
    assert [happening is not None for happening in told] == [True, False, True]


def test_what_has_ended_is_not_told() -> None:
    assert Alerts().take(alert(expiresAt=CLOCK.now().isoformat()), CLOCK.now()) is None


def test_old_warnings_are_forgotten() -> None:
    alerts = Alerts()
    for number in range(501):
        alerts.take(alert(number), CLOCK.now())
    assert alerts.take(alert(0), CLOCK.now()) is not None
    assert alerts.take(alert(500), CLOCK.now()) is None


def test_a_list_without_sense() -> None:
    assert Alerts().reconcile(["text", {}, alert()], CLOCK.now())


async def test_a_device_that_leaves_takes_its_problem_along(live: Living) -> None:
    await live.control("diagnosis", deviceId="light-living", entries=[{"severity": "critical"}])
    for _device in range(27):
        await live.session.async_poll()
    assert live.issues["device_problem"] == {"devices": "거실 조명: (E00)"}
    await live.control("remove_device", deviceId="light-living")
    await until(lambda: "genie_light-living" not in live.store.devices)
    for _device in range(2):
        await live.session.async_poll()
    assert "device_problem" not in live.issues


async def test_a_diagnosis_of_nobody(live: Living) -> None:
    for device_id in [device_id for device_id in live.store.devices if "service" not in device_id]:
        await live.control("remove_device", deviceId=device_id.removeprefix("genie_"))
    await until(lambda: len(live.store.devices) == 1)
    for _device in range(30):
        await live.session.async_poll()
    assert "device_problem" not in live.issues


async def test_a_lost_account_is_seen_by_a_diagnosis(home: Living) -> None:
    home.data["pairing_token"] = None
    connection = home.cloud.connection()
    client = GenieClient(home.http, connection["base_url"], {}, home.data.update, home.clock.now)
    await client.async_pair(connection["pairing_token"])
    home.renew()
    await home.start()
    await home.control("revoke_refresh")
    await home.control("expire_token")
    assert await home.session.async_poll() >= 15
    assert len(home.auth_failures) == 1


async def test_scenes_run_by_a_question(live: Living) -> None:
    answer = await live.session.async_query("run_scene", {"scene": "movie"})
    assert {row["rc"] for row in answer["results"]} == {202}
