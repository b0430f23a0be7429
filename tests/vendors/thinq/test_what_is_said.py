"""What a person is told when a command does not get through: the truth, not merely that a device is not connected."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from custom_components.dongju.model.errors import ClosingError, HubError

from .living import Living


async def refusal(home: Living) -> HubError:
    with pytest.raises(HubError) as told:
        await home.send("냉장고", "fridge", target_temperature=5)
    return told.value


async def unplugged(home: Living) -> None:
    await home.control("online", device="냉장고", online=False)


async def known_to_be_unplugged(home: Living) -> None:
    await unplugged(home)
    with pytest.raises(HubError):
        await home.session.async_refresh(home.device_id("냉장고"))


async def away(home: Living) -> None:
    """Have it noticed that the cloud is away, by both roads."""
    await home.fault("mqtt_refuse")
    await home.fault("http_status", status=503)
    await home.control("drop_mqtt")
    await home.until(lambda: not home.session.health()["connected"])
    for _ in range(3):
        with pytest.raises(HubError):
            await home.session.async_refresh(home.device_id("냉장고"))
    assert not home.store.available(home.device_id("냉장고"))


async def unplugged_and_away(home: Living) -> None:
    await known_to_be_unplugged(home)
    await away(home)


async def back_but_unplugged(home: Living) -> None:
    await unplugged_and_away(home)
    await home.control("clear_faults")
    await home.session.async_refresh(home.device_id("에어컨"))


async def unreachable(home: Living) -> None:
    await home.cloud.close()


async def silent(home: Living) -> None:
    await home.fault("drop_connection")


async def in_trouble(home: Living) -> None:
    await home.fault("http_status", status=503)


async def limited(home: Living) -> None:
    await home.control("rate_limit", per_hour=0)


async def revoked(home: Living) -> None:
    await home.control("token", state="revoked")


async def terms_changed(home: Living) -> None:
    await home.control("terms", accepted=False)


async def not_allowed(home: Living) -> None:
    await home.control("scope", forbidden=["control"])


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (unplugged, "device_offline"),
        (known_to_be_unplugged, "device_offline"),
        (away, "cloud_away"),
        (unplugged_and_away, "cloud_away"),
        (back_but_unplugged, "device_offline"),
        (unreachable, "cloud_away"),
        (silent, "unanswered"),
        (in_trouble, "server_error"),
        (limited, "rate_limited"),
        (revoked, "invalid_auth"),
        (terms_changed, "terms_not_accepted"),
        (not_allowed, "api_not_allowed"),
    ],
)
async def test_the_reason_is_the_true_one(home: Living, trouble: Callable[[Living], Awaitable[None]], key: str) -> None:
    await home.start()
    await home.connected()
    await trouble(home)
    assert (await refusal(home)).key == key


async def test_a_limit_says_how_long_it_lasts(home: Living) -> None:
    await home.start()
    await limited(home)
    assert (await refusal(home)).placeholders == {"minutes": "2"}


async def test_what_waits_when_the_account_is_unloaded_is_told_so(home: Living) -> None:
    await home.start()
    await home.fault("timeout", match={"endpoint": "control"})
    sending = [asyncio.create_task(home.send("냉장고", "fridge", target_temperature=degrees)) for degrees in (5, 6)]
    await asyncio.sleep(0)
    await home.close()
    results = await asyncio.gather(*sending, return_exceptions=True)
    assert [isinstance(result, HubError) and result.key for result in results] == ["closing", "closing"]


async def test_a_question_that_waits_for_its_turn_is_told_so_too(home: Living) -> None:
    await home.start()
    await home.fault("hold_response", match={"endpoint": "state"})
    refrigerator = home.device_id("냉장고")
    # More than may be under way at once.
    asking = [asyncio.create_task(home.session.async_refresh(refrigerator)) for _ in range(7)]
    await home.until(lambda: home.session.diagnostics()["calls"]["waiting"] > 0)
    await home.close()
    await home.control("clear_faults")
    *_, last = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(last, ClosingError)
