"""Push connections that are refused, cut, or left hanging: each heals, and what is reported afterwards arrives."""

import asyncio
from typing import Any

import pytest

from custom_components.dongju.vendors.thinq import DEFINITION

from .living import Living


async def start(home: Living) -> None:
    await home.start()
    await home.connected()


def door(home: Living) -> Any:
    return home.value("냉장고", "door")


def push(home: Living) -> dict[str, Any]:
    return dict(home.session.diagnostics()["push"])


async def lose(home: Living, *, session: str = "lost") -> None:
    """Cut the connection, and wait until that was noticed."""
    home.clock.advance(200)
    await home.control("drop_mqtt", session=session)
    await home.until(lambda: not push(home)["connected"])


async def hears(home: Living) -> None:
    """Check that reports arrive, and that they are what is shown."""
    for do, open_ in (("open_door", True), ("close_door", False)):
        await home.act("냉장고", do)
        await home.until(lambda expected=open_: door(home) is expected, f"a report after {do}")  # type: ignore[misc]


@pytest.mark.parametrize("session", ["lost", "kept"])
async def test_a_subscription_that_is_refused_gets_a_new_certificate(home: Living, session: str) -> None:
    await start(home)
    await home.fault("mqtt_refuse_subscribe", count=2)
    await lose(home, session=session)
    await home.act("냉장고", "open_door")
    await home.until(lambda: push(home)["certificates"] == 2, "a new certificate")
    await home.connected()
    await home.until(lambda: door(home) is True, "what happened meanwhile")
    await home.act("냉장고", "close_door")
    await home.until(lambda: door(home) is False, "pushes after the renewal")
    await hears(home)
    assert push(home)["connects"] == 2


async def test_a_subscription_that_is_refused_once_needs_no_new_certificate(home: Living) -> None:
    await start(home)
    await home.fault("mqtt_refuse_subscribe", count=1)
    await lose(home)
    await home.connected()
    await hears(home)
    assert push(home)["certificates"] == 1


async def test_a_subscription_that_is_refused_at_the_start(home: Living) -> None:
    await home.fault("mqtt_refuse_subscribe", count=2)
    starting = asyncio.create_task(home.start())
    await home.connected()
    await starting
    await hears(home)


@pytest.mark.parametrize("trouble", ["away", "rate limit"])
async def test_push_comes_back_whatever_ails_the_other_road(home: Living, trouble: str) -> None:
    await start(home)
    if trouble == "away":
        await home.fault("http_status", status=503)
    else:
        await home.control("rate_limit", per_hour=0)
    await home.fault("mqtt_refuse", count=2)
    await lose(home)
    await home.connected()
    await hears(home)


async def test_a_client_that_was_removed_elsewhere_asks_for_everything_again(home: Living) -> None:
    await start(home)
    await home.until(lambda: home.session.diagnostics()["subscriptions"]["pushes"] == 3, "the first subscriptions")
    other = DEFINITION.create_session(home.context())
    await other.async_remove_account()
    await lose(home)
    await home.connected()
    await hears(home)
    notified = home.listen("냉장고", "notification")
    # Notifications and the home are asked for after the reports.
    await home.until(lambda: home.session.diagnostics()["subscriptions"]["pushes"] == 3, "notifications")
    await home.control("push", device="냉장고", code="DOOR_IS_OPEN")
    await home.until(lambda: bool(notified), "a notification")
    await home.until(lambda: home.session.diagnostics()["subscriptions"]["home"], "changes of the home")
    await home.control("add_device", type="dehumidifier", name="제습기")
    await home.until(lambda: any(device.name == "제습기" for device in home.store.devices.values()), "a new device")
    assert push(home)["certificates"] == 2


async def test_connections_that_do_not_last_cost_few_calls(home: Living) -> None:
    await start(home)
    home.clock.advance(200)
    await home.control("calls", reset=True)
    for connects in range(2, 5):
        await home.control("drop_mqtt", session="lost")
        await home.until(lambda count=connects: push(home)["connects"] == count)  # type: ignore[misc]
    await home.until(lambda: home.session.diagnostics()["waiting_for_state"] == 0)
    assert (await home.calls())["by_endpoint"] == {"state": 3}


async def test_a_certificate_that_cannot_be_replaced_is_kept_and_tried(home: Living) -> None:
    await start(home)
    kept = home.data["certificate"]
    await home.fault("http_status", status=503, match={"endpoint": "certificate"})
    await home.fault("mqtt_refuse", code=5, count=1)
    await lose(home)
    await home.connected()
    await hears(home)
    assert home.data["certificate"] == kept
