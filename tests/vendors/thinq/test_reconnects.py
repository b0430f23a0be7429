"""Push connections that are refused, cut, or left hanging: each heals, and what is reported afterwards arrives."""

import asyncio
from typing import Any

import pytest

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
