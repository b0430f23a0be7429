"""Binary sensors, switches, selects and events, seen from Home Assistant."""

from homeassistant.const import STATE_OFF, STATE_ON, STATE_UNKNOWN
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr, entity_registry as er
import pytest

from custom_components.dongju.model.device import Attribute, Happening, Part
from custom_components.dongju.model.errors import RemoteStartOffError
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind

from .described_house import make_device, set_up

DOOR = Attribute(key=Attr.DOOR, kind=Kind.BOOLEAN)
EXPRESS = Attribute(key=Attr.EXPRESS_MODE, kind=Kind.BOOLEAN, writable=True)
FILTER = Attribute(
    key=Attr.FRESH_AIR_FILTER,
    kind=Kind.ENUM,
    writable=True,
    options=("auto", "off", "replace"),
    write_options=("auto", "off"),
)
NOTIFICATION = Attribute(
    key=Attr.NOTIFICATION, kind=Kind.EVENT, readable=False, options=("door_is_open", "door_is_open", "other")
)


async def test_a_binary_sensor(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [DOOR], name="냉장고"))
    assert house.state("binary_sensor", "door").state == STATE_UNKNOWN
    await house.report(Attr.DOOR, value=True)
    assert house.state("binary_sensor", "door").state == STATE_ON
    await house.report(Attr.DOOR, value=False)
    assert house.state("binary_sensor", "door").state == STATE_OFF
    await house.report(Attr.DOOR, value="ajar")
    assert house.state("binary_sensor", "door").state == STATE_UNKNOWN


async def test_a_lock_that_is_only_read_is_on_while_open(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = Attribute(key=Attr.LOCKED, kind=Kind.BOOLEAN)
    house = await set_up(hass, monkeypatch, make_device(DeviceType.UNKNOWN, [locked]))
    await house.report(Attr.LOCKED, value=True)
    assert house.state("binary_sensor", "locked").state == STATE_OFF
    await house.report(Attr.LOCKED, value=False)
    assert house.state("binary_sensor", "locked").state == STATE_ON


async def test_a_switch_writes_and_shows_at_once(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [EXPRESS], name="냉장고"))
    await house.report(Attr.EXPRESS_MODE, value=False)
    entity = house.entity_id("switch", "express_mode")
    for service, value, state in (("turn_on", True, STATE_ON), ("turn_off", False, STATE_OFF)):
        await hass.services.async_call("switch", service, {"entity_id": entity}, blocking=True)
        assert dict(house.commands[-1].values) == {"express_mode": value}
        assert house.state("switch", "express_mode").state == state


async def test_a_refusal_is_told_and_undone(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [EXPRESS], name="냉장고"))
    await house.report(Attr.EXPRESS_MODE, value=False)
    house.refusal = RemoteStartOffError("2301")
    with pytest.raises(HomeAssistantError) as raised:
        await hass.services.async_call(
            "switch", "turn_on", {"entity_id": house.entity_id("switch", "express_mode")}, blocking=True
        )
    assert raised.value.translation_key == "remote_start_off"
    assert house.state("switch", "express_mode").state == STATE_OFF


async def test_a_switch_that_cannot_be_read_says_so(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    blind = Attribute(key=Attr.EXPRESS_MODE, kind=Kind.BOOLEAN, readable=False, writable=True)
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [blind]))
    assert house.state("switch", "express_mode").attributes["assumed_state"] is True


async def test_a_plug_is_an_outlet_named_after_the_device(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    power = Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True)
    house = await set_up(hass, monkeypatch, make_device(DeviceType.PLUG, [power], name="서재 플러그"))
    state = house.state("switch", "on_off")
    assert state.attributes["device_class"] == "outlet"
    assert state.attributes["friendly_name"] == "서재 플러그"


async def test_a_select_offers_what_can_be_written(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [FILTER], name="냉장고"))
    await house.report(Attr.FRESH_AIR_FILTER, "auto")
    assert house.state("select", "fresh_air_filter").attributes["options"] == ["auto", "off"]
    assert house.state("select", "fresh_air_filter").state == "auto"
    await hass.services.async_call(
        "select",
        "select_option",
        {"entity_id": house.entity_id("select", "fresh_air_filter"), "option": "off"},
        blocking=True,
    )
    assert dict(house.commands[-1].values) == {"fresh_air_filter": "off"}
    assert house.state("select", "fresh_air_filter").state == "off"
    # What cannot be chosen is seen in the sensor.
    await house.report(Attr.FRESH_AIR_FILTER, "replace")
    assert house.state("select", "fresh_air_filter").state == STATE_UNKNOWN
    assert house.state("sensor", "fresh_air_filter").state == "replace"


async def test_an_event_fires_every_time_and_loses_no_code(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [NOTIFICATION], name="냉장고"))
    assert house.state("event", "notification").attributes["event_types"] == ["door_is_open", "other"]
    await house.happen(Attr.NOTIFICATION, Happening(type="door_is_open"))
    first = house.state("event", "notification")
    assert first.attributes["event_type"] == "door_is_open"
    await house.happen(Attr.NOTIFICATION, Happening(type="door_is_open"))
    assert house.state("event", "notification").state != first.state
    await house.happen(Attr.NOTIFICATION, Happening(type="ice_is_ready", data={"shelf": 2}))
    state = house.state("event", "notification")
    assert (state.attributes["event_type"], state.attributes["shelf"]) == ("ice_is_ready", 2)


async def test_a_doorbell_rings(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    bell = Attribute(key=Attr.DOORBELL, kind=Kind.EVENT, readable=False, options=("ring",))
    house = await set_up(hass, monkeypatch, make_device(DeviceType.ENTRANCE, [bell], name="공동 현관"))
    state = house.state("event", "doorbell")
    assert (state.attributes["device_class"], state.attributes["event_types"]) == ("doorbell", ["ring"])
    await house.happen(Attr.DOORBELL, Happening(type="ring"))
    assert house.state("event", "doorbell").attributes["event_type"] == "ring"


async def test_an_attribute_that_comes_and_goes(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, [DOOR], name="냉장고"))
    house.store.set_device(make_device(DeviceType.REFRIGERATOR, [DOOR, EXPRESS], name="냉장고"))
    await hass.async_block_till_done()
    assert house.state("switch", "express_mode")
    house.store.set_device(make_device(DeviceType.REFRIGERATOR, [EXPRESS], name="냉장고"))
    await hass.async_block_till_done()
    assert er.async_get(hass).async_get_entity_id("binary_sensor", "dongju", "uplus_1-door") is None
    assert house.state("switch", "express_mode")


async def test_parts_are_child_devices_and_go_with_their_device(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    power = Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True)
    parts = [
        Part(id="switch_1", type=DeviceType.LIGHT_SWITCH, attributes={power.key: power}, name_key="switch_1"),
        Part(id="balcony", type=DeviceType.LIGHT_SWITCH, attributes={power.key: power}, name="베란다등"),
        Part(id="third", type=DeviceType.LIGHT_SWITCH, attributes={power.key: power}),
    ]
    hass.config.language = "ko"
    house = await set_up(hass, monkeypatch, make_device(DeviceType.LIGHT_SWITCH, [DOOR], parts=parts, name="거실 조명"))
    registry = dr.async_get(hass)
    entities = er.async_get(hass)

    def children() -> set[str | None]:
        return {child.name for child in dr.async_child_entries_for_config_entry(registry, house.entry.entry_id)}

    assert children() == {"스위치 1", "베란다등", "third"}
    assert len(er.async_entries_for_config_entry(entities, house.entry.entry_id)) == 4
    # A part that is no more takes its child device and its entities along.
    house.store.set_device(make_device(DeviceType.LIGHT_SWITCH, [DOOR], parts=parts[:2], name="거실 조명"))
    await hass.async_block_till_done()
    assert children() == {"스위치 1", "베란다등"}
    assert len(er.async_entries_for_config_entry(entities, house.entry.entry_id)) == 3
    house.store.remove_device("uplus_1")
    await hass.async_block_till_done()
    assert dr.async_entries_for_config_entry(registry, house.entry.entry_id) == []
    assert children() == set()
    assert er.async_entries_for_config_entry(entities, house.entry.entry_id) == []


async def test_a_device_that_left_meanwhile_is_removed_at_the_next_start(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    fridge = make_device(DeviceType.REFRIGERATOR, [DOOR], name="냉장고")
    plug = make_device(DeviceType.CONTACT_SENSOR, [DOOR], name="현관문", number=2)
    house = await set_up(hass, monkeypatch, fridge, plug)
    registry = dr.async_get(hass)
    house.devices = (fridge,)
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    names = {device.name for device in dr.async_entries_for_config_entry(registry, house.entry.entry_id)}
    assert names == {"냉장고"}
    # An account that lists nothing at all is not believed.
    house.devices = ()
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    names = {device.name for device in dr.async_entries_for_config_entry(registry, house.entry.entry_id)}
    assert names == {"냉장고"}


async def test_a_device_that_cannot_be_described_harms_no_other(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broken = make_device(DeviceType.WASHER, [DOOR], name="고장", number=2)
    object.__setattr__(broken, "parts", {"": None})
    house = await set_up(hass, monkeypatch, broken, make_device(DeviceType.REFRIGERATOR, [DOOR], name="냉장고"))
    assert house.state("binary_sensor", "door")
    assert "Could not make entities of a washer" in caplog.text


async def test_nobody_listens_after_unloading(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = [DOOR, EXPRESS, FILTER, NOTIFICATION]
    house = await set_up(hass, monkeypatch, make_device(DeviceType.REFRIGERATOR, attributes, name="냉장고"))
    assert house.store.subscriber_count
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    assert house.store.subscriber_count == 0
