"""Devices that come, change and go while Home Assistant runs, or while it does not."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.const import DOMAIN
from custom_components.dongju.model.device import MAIN, Attribute, Part
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Vendor
from tests.components.accounts import Clouds, device_of, mock_clouds, registered, until
from tests.components.described_house import make_device, set_up

# With every vendor's mock cloud


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    async with mock_clouds(hass) as running:
        yield running


NEW: dict[Vendor, dict[str, Any]] = {
    Vendor.THINQ: {"type": "dryer", "name": "새 기기", "room": "balcony"},
    Vendor.GENIE: {"device": {"id": "light-9", "kind": "light", "name": "새 기기", "room": "kitchen"}},
    Vendor.UPLUS: {"deviceSn": "UP9", "typeCd": "L01", "nickNm": "새 기기", "room": "kitchen"},
}
OLD = {Vendor.THINQ: "냉장고", Vendor.GENIE: "거실 조명", Vendor.UPLUS: "서재 조명"}


def names(hass: HomeAssistant, entry: MockConfigEntry) -> set[str]:
    return {str(device.name) for device in registered(hass, entry).values()}


def entities_of(hass: HomeAssistant, device: dr.AnyDeviceEntry) -> list[str]:
    registry = er.async_get(hass)
    return [
        entity.entity_id for entity in er.async_entries_for_device(registry, device.id, include_disabled_entities=True)
    ]


def named(vendor: Vendor, device_id: str) -> dict[str, str]:
    """Return how a cloud's control actions name a device."""
    vendor_id = device_id.removeprefix(f"{vendor}_")
    return {Vendor.THINQ: {"device": vendor_id}, Vendor.GENIE: {"deviceId": vendor_id}}.get(
        vendor, {"deviceSn": vendor_id}
    )


async def settle(hass: HomeAssistant, entry: MockConfigEntry, vendor: Vendor) -> None:
    """Wait until push is there; have a vendor without push asked again."""
    if vendor is Vendor.UPLUS:
        return
    await until(lambda: entry.runtime_data.coordinator.session(vendor).health()["connected"])
    await hass.async_block_till_done()


async def look_again(entry: MockConfigEntry, vendor: Vendor) -> None:
    if vendor is Vendor.UPLUS:
        device = next(iter(entry.runtime_data.store.devices))
        await entry.runtime_data.coordinator.session(vendor).async_refresh(device)


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_a_device_that_is_added_appears_without_a_reload(hass, clouds, vendor):
    entry = await clouds.loaded(vendor)
    await settle(hass, entry, vendor)
    before = set(registered(hass, entry))
    await clouds.control(vendor, "add_device", **NEW[vendor])
    await look_again(entry, vendor)
    await until(lambda: "새 기기" in names(hass, entry))
    (new,) = set(registered(hass, entry)) - before
    await until(lambda: len(entities_of(hass, registered(hass, entry)[new])))
    shown = [entity_id for entity_id in entities_of(hass, registered(hass, entry)[new]) if hass.states.get(entity_id)]
    assert shown


@pytest.mark.parametrize("vendor", list(Vendor))
async def test_a_device_that_is_renamed_is_renamed(hass, clouds, vendor):
    entry = await clouds.loaded(vendor)
    await settle(hass, entry, vendor)
    device = device_of(entry, OLD[vendor])
    new_name = {Vendor.THINQ: {"alias": "새 이름"}, Vendor.GENIE: {"name": "새 이름"}}.get(
        vendor, {"nickNm": "새 이름"}
    )
    await clouds.control(vendor, "rename_device", **named(vendor, device.id), **new_name)
    await look_again(entry, vendor)
    await until(lambda: registered(hass, entry)[device.id].name == "새 이름")


async def test_a_name_a_person_gave_stays(hass, clouds):
    entry = await clouds.loaded(Vendor.GENIE)
    await settle(hass, entry, Vendor.GENIE)
    device = registered(hass, entry)["genie_light"]
    dr.async_get(hass).async_update_device(device.id, name_by_user="내 조명")
    await clouds.control(Vendor.GENIE, "rename_device", deviceId="light", name="새 이름")
    await until(lambda: registered(hass, entry)["genie_light"].name == "새 이름")
    assert registered(hass, entry)["genie_light"].name_by_user == "내 조명"


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", [Vendor.THINQ, Vendor.GENIE])
async def test_a_device_that_is_removed_disappears_with_its_entities(hass, clouds, vendor):
    entry = await clouds.loaded(vendor)
    await settle(hass, entry, vendor)
    device = device_of(entry, OLD[vendor])
    gone = entities_of(hass, registered(hass, entry)[device.id])
    assert gone
    others = set(registered(hass, entry)) - {device.id}
    await clouds.control(vendor, "remove_device", **named(vendor, device.id))
    await until(lambda: device.id not in registered(hass, entry))
    await hass.async_block_till_done()
    assert set(registered(hass, entry)) == others
    assert [
        entity_id for entity_id in gone if er.async_get(hass).async_get(entity_id) or hass.states.get(entity_id)
    ] == []


async def test_a_device_whose_id_begins_as_the_removed_ones_stays(hass, clouds):
    entry = await clouds.loaded(Vendor.GENIE)
    await settle(hass, entry, Vendor.GENIE)
    await clouds.control(Vendor.GENIE, "remove_device", deviceId="light")
    await until(lambda: "genie_light" not in registered(hass, entry))
    assert entities_of(hass, registered(hass, entry)["genie_light-2"])


# While Home Assistant was off


@pytest.mark.parametrize("vendor", [Vendor.GENIE])
async def test_a_device_that_left_meanwhile_is_gone_at_the_next_start(hass, clouds, vendor):
    entry = await clouds.loaded(vendor)
    device = device_of(entry, OLD[vendor])
    assert await hass.config_entries.async_unload(entry.entry_id)
    await clouds.control(vendor, "remove_device", **named(vendor, device.id))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert device.id not in registered(hass, entry)


@pytest.mark.parametrize("vendor", [Vendor.THINQ, Vendor.UPLUS])
async def test_a_device_that_one_list_misses_is_not_gone(hass, clouds, vendor):
    """LG's list leaves devices out at times; so may that of LG U+."""
    entry = await clouds.loaded(vendor)
    device = device_of(entry, OLD[vendor])
    assert await hass.config_entries.async_unload(entry.entry_id)
    if vendor is Vendor.THINQ:
        clouds.faults(vendor).set("push_drop")
    await clouds.control(vendor, "remove_device", **named(vendor, device.id))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert device.id in registered(hass, entry)


async def test_an_empty_list_removes_nothing(hass, clouds):
    entry = await clouds.loaded(Vendor.THINQ)
    known = set(registered(hass, entry))
    clouds.faults(Vendor.THINQ).set("empty_list")
    for _turn in range(4):
        assert await hass.config_entries.async_reload(entry.entry_id)
        await hass.async_block_till_done()
        assert set(registered(hass, entry)) == known


async def test_a_lost_cache_and_refused_profiles_cost_no_device(hass, clouds, hass_storage):
    """What has no profile yet is not in the store; it is in the account all the same."""
    entry = await clouds.loaded(Vendor.THINQ)
    known = set(registered(hass, entry))
    fridge = device_of(entry, "냉장고")
    registry = dr.async_get(hass)
    registry.async_update_device(registered(hass, entry)[fridge.id].id, name_by_user="내 냉장고")
    assert await hass.config_entries.async_unload(entry.entry_id)
    del hass_storage[f"{DOMAIN}.{entry.entry_id}.thinq"]
    clouds.faults(Vendor.THINQ).set(
        "http_error", match={"endpoint": "profile"}, status=401, code="1314", message="Exceeded"
    )
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert set(registered(hass, entry)) == known
    assert registered(hass, entry)[fridge.id].name_by_user == "내 냉장고"


# Descriptions that change


def fridge(*attributes: Attribute, parts: tuple[Part, ...] = ()) -> Any:
    return make_device(DeviceType.REFRIGERATOR, attributes, parts=parts, name="냉장고")


ON_OFF = Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True)
DOOR = Attribute(key=Attr.DOOR, kind=Kind.BOOLEAN)
FREEZER = Part(id="freezer", type=DeviceType.COMPARTMENT, attributes={str(DOOR.key): DOOR}, name_key="freezer")


async def test_an_attribute_that_vanishes_takes_its_entity_along_and_brings_it_back(hass, monkeypatch):
    house = await set_up(hass, monkeypatch, fridge(ON_OFF, DOOR))
    device = registered(hass, house.entry)["uplus_1"]
    before = set(entities_of(hass, device))
    house.store.set_device(fridge(ON_OFF))
    await hass.async_block_till_done()
    left = set(entities_of(hass, device))
    assert len(left) < len(before)
    house.store.set_device(fridge(ON_OFF, DOOR))
    await hass.async_block_till_done()
    assert set(entities_of(hass, device)) == before


def air_conditioner(*attributes: Attribute) -> Any:
    target = Attribute(key=Attr.TARGET_TEMPERATURE, kind=Kind.NUMBER, writable=True, minimum=18, maximum=30, step=1)
    return make_device(DeviceType.AIR_CONDITIONER, (ON_OFF, target, *attributes), name="에어컨")


async def test_an_entity_follows_what_it_is_made_of(hass, monkeypatch):
    """A firmware brings an attribute or takes one away: the entity stays, with what there is now."""
    modes = ("cool", "air_dry")
    mode = Attribute(key=Attr.MODE, kind=Kind.ENUM, writable=True, options=modes, write_options=modes)
    warmth = Attribute(key=Attr.CURRENT_TEMPERATURE, kind=Kind.NUMBER)
    house = await set_up(hass, monkeypatch, air_conditioner(mode))
    await house.report(Attr.ON_OFF, value=True)
    await house.report(Attr.MODE, "cool")
    assert house.state("climate", "climate").state == "cool"
    house.store.set_device(air_conditioner(warmth))
    await house.report(Attr.CURRENT_TEMPERATURE, 27)
    await house.report(Attr.TARGET_TEMPERATURE, 24)
    shown = house.state("climate", "climate")
    assert (shown.state, shown.attributes["hvac_modes"]) == ("auto", ["off", "auto"])
    assert (shown.attributes["current_temperature"], shown.attributes["temperature"]) == (27, 24)
    house.store.set_device(air_conditioner(mode))
    await house.report(Attr.MODE, "air_dry")
    shown = house.state("climate", "climate")
    assert (shown.state, shown.attributes["hvac_modes"]) == ("dry", ["off", "cool", "dry"])


@pytest.mark.smoke
async def test_a_part_that_vanishes_takes_its_child_device_along(hass, monkeypatch):
    house = await set_up(hass, monkeypatch, fridge(ON_OFF, parts=(FREEZER,)))
    registry = dr.async_get(hass)
    device = registered(hass, house.entry)["uplus_1"]
    (child,) = dr.async_entries_for_parent_device(registry, device.id)
    entities = entities_of(hass, child)
    assert entities
    house.store.set_device(fridge(ON_OFF))
    await hass.async_block_till_done()
    assert dr.async_entries_for_parent_device(registry, device.id) == []
    assert [entity_id for entity_id in entities if er.async_get(hass).async_get(entity_id)] == []
    house.store.set_device(fridge(ON_OFF, parts=(FREEZER,)))
    await hass.async_block_till_done()
    assert len(dr.async_entries_for_parent_device(registry, device.id)) == 1


async def test_a_device_with_parts_leaves_as_a_whole(hass, monkeypatch):
    house = await set_up(hass, monkeypatch, fridge(ON_OFF, parts=(FREEZER,)))
    registry = dr.async_get(hass)
    device = registered(hass, house.entry)["uplus_1"]
    (child,) = dr.async_entries_for_parent_device(registry, device.id)
    house.store.remove_device("uplus_1")
    await hass.async_block_till_done()
    assert registry.async_get(device.id) is None
    assert registry.async_get(child.id) is None
    assert er.async_entries_for_config_entry(er.async_get(hass), house.entry.entry_id) == []


async def test_a_part_named_by_a_person(hass, monkeypatch):
    part = replace(FREEZER, name_key=None, name="큰 칸")
    house = await set_up(hass, monkeypatch, fridge(ON_OFF, parts=(part,)))
    device = registered(hass, house.entry)["uplus_1"]
    (child,) = dr.async_entries_for_parent_device(dr.async_get(hass), device.id)
    assert child.name == "큰 칸"


async def test_one_broken_device_harms_no_other(hass, monkeypatch, caplog):
    broken = replace(make_device(DeviceType.LIGHT, [ON_OFF], name="망가진 것", number=2), manufacturer=object())  # type: ignore[arg-type]
    broken = replace(broken, parts={MAIN: None})  # type: ignore[dict-item]
    house = await set_up(hass, monkeypatch, fridge(ON_OFF), broken)
    assert house.entry.state is ConfigEntryState.LOADED
    assert entities_of(hass, registered(hass, house.entry)["uplus_1"])
    assert caplog.text.count("Could not make entities") == 1


async def test_what_was_found_is_told(hass, monkeypatch):
    house = await set_up(hass, monkeypatch, fridge(ON_OFF, DOOR))
    loader = house.entry.runtime_data.entities
    assert {found.device.id for found in loader.found("uplus_1")} == {"uplus_1"}
    assert loader.found("nobody") == []


async def test_nothing_is_followed_after_unloading(hass, monkeypatch):
    house = await set_up(hass, monkeypatch, fridge(ON_OFF))
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    before = set(registered(hass, house.entry))
    house.store.set_device(make_device(DeviceType.LIGHT, [ON_OFF], number=3))
    house.store.remove_device("uplus_1")
    await hass.async_block_till_done()
    assert set(registered(hass, house.entry)) == before
