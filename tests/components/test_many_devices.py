"""Homes with more entities than fit one slice of the event loop."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.device import Attribute, Device
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Unit

from .described_house import make_device, set_up

MANY = 60

ATTRIBUTES = (
    Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True),
    Attribute(key=Attr.CURRENT_TEMPERATURE, kind=Kind.NUMBER, unit=Unit.CELSIUS),
    Attribute(key="strange_thing", kind=Kind.NUMBER, known=False),
)


def plugs(count: int) -> tuple[Device, ...]:
    return tuple(
        make_device(DeviceType.PLUG, ATTRIBUTES, name=f"콘센트 {number}", number=number) for number in range(count)
    )


async def test_every_entity_of_many_devices_comes_in(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, *plugs(MANY))
    for number in range(MANY):
        assert hass.states.get(house.entity_id("sensor", "current_temperature", number=number))
    await house.report(Attr.CURRENT_TEMPERATURE, 21.5, number=MANY - 1)
    state = hass.states.get(house.entity_id("sensor", "current_temperature", number=MANY - 1))
    assert state
    assert state.state == "21.5"


async def test_devices_that_come_together_later_come_in_too(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await set_up(hass, monkeypatch, *plugs(1))
    for device in plugs(MANY)[1:]:
        house.store.set_device(device)
    # One of them has left before its turn came.
    house.store.remove_device(f"uplus_{MANY - 1}")
    await hass.async_block_till_done()
    entities = er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id)
    shown = [entity for entity in entities if entity.unique_id.endswith("-current_temperature")]
    assert len(shown) == MANY - 1
    assert all(hass.states.get(entity.entity_id) for entity in shown)


async def test_an_entity_is_there_once_it_is_enabled(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, *plugs(2))
    registry = er.async_get(hass)
    entity_id = registry.async_get_entity_id("sensor", DOMAIN, "uplus_0-strange_thing")
    assert entity_id
    assert hass.states.get(entity_id) is None
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert hass.states.get(entity_id) is None
    registry.async_update_entity(entity_id, disabled_by=None)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    await house.report("strange_thing", 7, number=0)
    state = hass.states.get(entity_id)
    assert state
    assert state.state == "7"
