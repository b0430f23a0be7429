"""LG U+ in the Demo home: its devices beside those of LG and KT, and voice that knows nothing of vendors."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import pytest

from custom_components.dongju.model.vocabulary import Vendor
from tests.assist.demo_house import DemoHouse, demo_house


@pytest.fixture
async def house(hass: HomeAssistant, socket_enabled: None, hass_client: Any) -> AsyncIterator[DemoHouse]:
    async with demo_house(hass, hass_client) as running:
        yield running


def said(house: DemoHouse, serial: str) -> dict[str, str]:
    """Return what a U+ device itself says."""
    shown = house.simulator.clouds["uplus"].describe()["state"]["devices"]
    item = next(item for item in shown if item["deviceSn"] == serial)
    return {row["code"]: row["val"] for row in item["statusList"]}


def says(house: DemoHouse, serial: str, status: dict[str, str]) -> bool:
    """Return whether a device itself says something."""
    return status.items() <= said(house, serial).items()


async def test_voice_reaches_every_type(house: DemoHouse) -> None:
    for sentence, serial, status in (
        ("서재 조명 켜 줘", "UP10000001", {"PWR": "Y"}),
        ("서재 조명 밝기 30으로 해 줘", "UP10000001", {"BRT": "30"}),
        ("다용도실 콘센트 꺼 줘", "UP10000004", {"PWR": "N"}),
        ("아이방 난방 25도로 올려 줘", "UP10000006", {"SET_TEMP": "250"}),
        ("서재 커튼 닫아 줘", "UP10000008", {"POS": "0"}),
        ("다용도실 가스 차단기 잠가 줘", "UP10000005", {"VALVE": "N"}),
    ):
        answer = await house.answer(sentence)
        await house.until(partial(says, house, serial, status))
        assert answer, sentence


async def test_voice_unlocks_and_opens_nothing(house: DemoHouse) -> None:
    for sentence in (
        "다용도실 도어락 열어 줘",
        "다용도실 도어락 비밀번호 1379로 열어 줘",
        "다용도실 가스 밸브 열어 줘",
    ):
        await house.answer(sentence)
    await asyncio.sleep(1.5)  # a control would take effect within a second
    assert said(house, "UP10000007")["LOCK"] == "Y"
    assert said(house, "UP10000005")["VALVE"] == "Y"


async def test_a_token_that_ended_is_replaced_by_the_demo_home_itself(hass: HomeAssistant, house: DemoHouse) -> None:
    session = house.entry.runtime_data.coordinator.session(Vendor.UPLUS)
    await house.simulator.control("uplus", "expire_token", {})
    with pytest.raises(Exception, match="1002"):
        await session.async_refresh("uplus_UP10000001")
    await hass.async_block_till_done()
    await house.until(lambda: house.entry.state is ConfigEntryState.LOADED)
    renewed = house.entry.runtime_data.coordinator.session(Vendor.UPLUS)
    assert renewed is not session
    await renewed.async_refresh("uplus_UP10000001")
    assert not hass.config_entries.flow.async_progress()
