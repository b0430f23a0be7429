"""The home as voice sees it: rooms and names of others' devices, scenes that went, microphones in rooms."""

from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.assist.hand_on import CONF_LLM_AGENT, CONF_USE_DEFAULT
from custom_components.dongju.model.vocabulary import DeviceType

from .spoken_house import SpokenHouse, make_device, spoken_house, switch

LAMPS = [
    make_device(DeviceType.LIGHT, [switch()], name="큰 등", number=1),
    make_device(DeviceType.LIGHT, [switch()], name="작은 등", number=2),
]


@pytest.fixture
async def house(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> SpokenHouse:
    made = await spoken_house(hass, monkeypatch, *LAMPS)
    made.place(LAMPS[0], "거실")
    made.place(LAMPS[1], "서재")
    return made


def told(hass: HomeAssistant, domain: str, service: str) -> list[Any]:
    """Return which entities of others are told to do something."""
    calls: list[Any] = []

    def note(call: ServiceCall) -> None:
        calls.append(call.data["entity_id"])

    hass.services.async_register(domain, service, note)
    return calls


def lamp_of_others(hass: HomeAssistant, room: str, name: str) -> str:
    """Put a light into a room by the device it belongs to."""
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    devices = dr.async_get(hass)
    device = devices.async_get_or_create(config_entry_id=entry.entry_id, identifiers={("test", name)}, name=name)
    devices.async_update_device(device.id, area_id=ar.async_get(hass).async_get_or_create(room).id)
    entity = er.async_get(hass).async_get_or_create("light", "test", name, config_entry=entry, device_id=device.id)
    hass.states.async_set(entity.entity_id, "off", {"friendly_name": name})
    return entity.entity_id


async def test_a_light_stands_where_its_device_stands(house: SpokenHouse) -> None:
    lamp = lamp_of_others(house.hass, "베란다", "장식 등")
    loose = er.async_get(house.hass).async_get_or_create("light", "test", "loose").entity_id
    house.hass.states.async_set(loose, "off", {"friendly_name": "떠도는 등"})
    calls = told(house.hass, "homeassistant", "turn_on")
    assert "켰어요" in await house.answer("베란다 불 켜줘")
    assert "켰어요" in await house.answer("떠도는 등 켜줘")
    assert calls == [lamp, loose]
    assert house.house.commands == []


async def test_a_scene_that_went_is_not_run(house: SpokenHouse) -> None:
    calls = told(house.hass, "script", "turn_on")
    house.hass.states.async_set("script.reading", "off", {"friendly_name": "독서 모드"})
    house.hass.states.async_set("light.odd", "off", {"friendly_name": "이상 모드"})
    options = {"voice_scenes": ["script.gone", "light.odd", "script.reading"]}
    house.hass.config_entries.async_update_entry(house.hub, options=options)
    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    assert "독서 모드를 실행했어요" in await house.answer("독서 모드 켜줘")
    assert calls == ["script.reading"]
    assert "실행했어요" not in await house.answer("이상 모드 실행해줘")
    # It goes after voice has heard of it.
    house.hass.states.async_remove("script.reading")
    assert "실행했어요" not in await house.answer("독서 모드 켜줘")
    assert calls == ["script.reading"]


async def test_a_satellite_stands_in_its_own_room_or_in_its_devices(house: SpokenHouse) -> None:
    registry = er.async_get(house.hass)
    study = ar.async_get(house.hass).async_get_area_by_name("서재")
    assert study is not None
    device = dr.async_get(house.hass).async_get_or_create(
        config_entry_id=house.house.entry.entry_id, identifiers={("test", "satellite")}
    )
    dr.async_get(house.hass).async_update_device(device.id, area_id=study.id)
    satellite = registry.async_get_or_create("assist_satellite", "test", "own", original_name="위성").entity_id
    registry.async_update_entity(satellite, area_id=study.id)
    roomless = registry.async_get_or_create("assist_satellite", "test", "none", device_id=device.id).entity_id
    for heard in ({"satellite_id": satellite}, {"satellite_id": roomless, "device_id": device.id}):
        assert "켰어요" in await house.answer("불 켜줘", **heard)
    lamps = [one.device_id for one in house.house.commands]
    assert lamps == [LAMPS[1].id, LAMPS[1].id]


async def test_the_languages_of_the_agent(house: SpokenHouse, hass_ws_client: Any) -> None:
    assert await async_setup_component(house.hass, "conversation", {})
    client = await hass_ws_client()

    async def languages() -> Any:
        await client.send_json_auto_id({"type": "conversation/agent/list", "language": "ko"})
        agents = (await client.receive_json())["result"]["agents"]
        (ours,) = [agent for agent in agents if agent["id"] != "conversation.home_assistant"]
        return ours["supported_languages"]

    async def with_options(**options: Any) -> Any:
        house.hass.config_entries.async_update_entry(house.hub, options=options)
        await house.hass.async_block_till_done()
        return await languages()

    assert await languages() == "*", "what is in another language is handed on"
    assert await with_options(**{CONF_USE_DEFAULT: False, CONF_LLM_AGENT: "conversation.llm"}) == "*"
    assert await with_options(**{CONF_USE_DEFAULT: False}) == ["ko"]
