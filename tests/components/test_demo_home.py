"""The Demo home: survives restarts as it was left, heals, and one vendor's failure stays that vendor's."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE, EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import area_registry as ar, device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.dongju.const import CONF_KIND, DOMAIN, EntryKind
from custom_components.dongju.demo import DemoHome
from custom_components.dongju.model.errors import AuthError, CannotConnectError
from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.vendors.genie.session import GenieSession
from custom_components.dongju.vendors.thinq.session import ThinQSession
from custom_components.dongju.vendors.uplus.session import UplusSession
from tests.components.accounts import device_of, entity_id, registered, until

pytestmark = pytest.mark.usefixtures("socket_enabled")

PREFIXES = {vendor: f"{vendor}_" for vendor in Vendor}


@pytest.fixture
async def entry(
    hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None
) -> AsyncGenerator[MockConfigEntry]:
    """Return a Demo home that is not set up yet, and take it away at the end."""
    hass.config.language = "ko"
    assert await async_setup_component(hass, "homeassistant", {})
    entry = MockConfigEntry(
        domain=DOMAIN, title="데모 홈", unique_id="demo", data={CONF_KIND: EntryKind.DEMO, "seed": 11}
    )
    entry.add_to_hass(hass)
    yield entry
    if hass.config_entries.async_get_entry(entry.entry_id):
        await hass.config_entries.async_remove(entry.entry_id)
        await hass.async_block_till_done()


async def set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()


def demo_of(entry: MockConfigEntry) -> DemoHome:
    demo = entry.runtime_data.coordinator.demo
    assert demo
    return demo


def connection(entry: MockConfigEntry) -> dict[str, Any]:
    simulator = demo_of(entry).simulator
    assert simulator
    return simulator.connection()


def count(entry: MockConfigEntry, vendor: Vendor) -> int:
    return sum(device.vendor is vendor for device in entry.runtime_data.store.devices.values())


async def set_fridge(hass: HomeAssistant, entry: MockConfigEntry, to: float) -> str:
    """Set the refrigerator's temperature and wait until its cloud has it."""
    fridge = device_of(entry, "냉장고")
    number = entity_id(hass, "number", fridge, "target_temperature", "fridge")
    await hass.services.async_call("number", "set_value", {"entity_id": number, "value": to}, blocking=True)
    await until_cloud_has(entry, to)
    return number


async def until_cloud_has(entry: MockConfigEntry, temperature: float) -> None:
    async with asyncio.timeout(20):
        while await virtual_temperature(entry) != temperature:  # noqa: ASYNC110 - the other end is a real socket
            await asyncio.sleep(0.05)


async def virtual_temperature(entry: MockConfigEntry) -> float:
    state = (await demo_of(entry).async_control("thinq", "state", {"device": "냉장고"}))["state"]
    row = next(row for row in state["temperatureInUnits"] if row["locationName"] == "FRIDGE")
    return float(row["targetTemperatureC"])


async def test_every_vendor_is_there_with_rooms(hass, entry):
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    for vendor in Vendor:
        assert count(entry, vendor) > 5
    areas = {area.id: area.name for area in ar.async_get(hass).async_list_areas()}
    fridge = registered(hass, entry)[device_of(entry, "냉장고").id]
    assert areas[str(fridge.area_id)] == "주방"
    assert set(areas.values()) >= {"거실", "주방", "안방", "아이방", "서재", "욕실", "현관", "다용도실", "베란다"}


async def test_rooms_are_named_in_the_language_of_the_home(hass, entry):
    hass.config.language = "en"
    await set_up(hass, entry)
    areas = {area.id: area.name for area in ar.async_get(hass).async_list_areas()}
    assert areas[str(registered(hass, entry)[device_of(entry, "냉장고").id].area_id)] == "Kitchen"
    assert not [name for name in areas.values() if not name.isascii()]


@pytest.mark.smoke
async def test_a_restart_changes_nothing_but_the_addresses(hass, entry, hass_storage):
    await set_up(hass, entry)
    number = await set_fridge(hass, entry, 2)
    before, devices = connection(entry), {key: device.id for key, device in registered(hass, entry).items()}
    client_id = entry.runtime_data.coordinator.session(Vendor.THINQ).account_id
    ports = {said.get("rest_url") or said["base_url"] for said in before.values()}

    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert demo_of(entry).simulator is None
    for url in ports:
        host, port = url.split("/")[2].split(":")
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(host, int(port))
    kept = hass_storage[f"{DOMAIN}.{entry.entry_id}.demo_home"]["data"]
    assert kept["clouds"]["seed"] == 11
    assert not [url for url in ports if url in str(kept)], "addresses are of this run alone"

    assert await hass.config_entries.async_unload(entry.entry_id)
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    after = connection(entry)
    assert {key: device.id for key, device in registered(hass, entry).items()} == devices
    assert after["thinq"]["token"] == before["thinq"]["token"]
    assert after["genie"]["pairing_token"] == before["genie"]["pairing_token"]
    assert after["uplus"]["token"] == before["uplus"]["token"]
    assert entry.runtime_data.coordinator.session(Vendor.THINQ).account_id == client_id
    assert await virtual_temperature(entry) == 2
    await until(lambda: float(hass.states.get(number).state) == 2)


async def test_a_restart_keeps_the_client_and_its_certificate(hass, entry):
    await set_up(hass, entry)
    session = entry.runtime_data.coordinator.session(Vendor.THINQ)
    await until(lambda: session.health()["connected"])
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    session = entry.runtime_data.coordinator.session(Vendor.THINQ)
    await until(lambda: session.health()["connected"])
    assert session.diagnostics()["push"]["certificates"] == 0, "the one of the first run is still good"


@pytest.mark.parametrize("kept", [{"clouds": "nonsense"}, {"clouds": {"seed": "x", "clouds": []}}, ["a list"]])
async def test_a_home_that_cannot_be_restored_starts_anew(hass, entry, hass_storage, kept):
    hass_storage[f"{DOMAIN}.{entry.entry_id}.demo_home"] = {
        "version": 1,
        "minor_version": 1,
        "key": f"{DOMAIN}.{entry.entry_id}.demo_home",
        "data": kept,
    }
    await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert count(entry, Vendor.THINQ) > 20


async def test_no_port_to_be_had(hass, entry, caplog):
    with patch("asyncio.base_events.BaseEventLoop.create_server", side_effect=OSError("no port")):
        await set_up(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "cannot_connect"
    async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=2))
    await until(lambda: entry.state is ConfigEntryState.LOADED)


def faults_of_ours(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if DOMAIN in record.name and record.levelname == "ERROR"]


async def test_a_fault_of_ours_in_a_new_home_is_not_hidden(hass, entry, caplog):
    with patch("custom_components.dongju.simulator.simulator.Simulator.start", side_effect=RuntimeError("a fault")):
        await set_up(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert "a fault" in caplog.text


SESSIONS: dict[Vendor, type[Any]] = {Vendor.THINQ: ThinQSession, Vendor.GENIE: GenieSession, Vendor.UPLUS: UplusSession}


@pytest.mark.parametrize(
    "failure", [CannotConnectError("gone"), RuntimeError("a fault of ours")], ids=["gone", "fault"]
)
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_one_vendor_that_fails_harms_no_other(hass, entry, vendor, failure, caplog):
    await set_up(hass, entry)
    devices = set(registered(hass, entry))
    assert await hass.config_entries.async_unload(entry.entry_id)
    with patch.object(SESSIONS[vendor], "async_start", side_effect=failure):
        await set_up(hass, entry)
    assert entry.state is ConfigEntryState.LOADED
    assert set(entry.runtime_data.coordinator.sessions) == set(Vendor) - {vendor}
    assert set(registered(hass, entry)) == devices, "a vendor that does not answer has lost no device"
    assert bool(faults_of_ours(caplog)) is isinstance(failure, RuntimeError)
    assert count(entry, vendor) == 0

    async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=2))
    await until(lambda: vendor in entry.runtime_data.coordinator.sessions and count(entry, vendor) > 5)
    await hass.async_block_till_done()
    assert set(registered(hass, entry)) == devices


async def test_a_vendor_that_fails_again_is_tried_again(hass, entry):
    with patch.object(UplusSession, "async_start", side_effect=CannotConnectError("gone")) as start:
        await set_up(hass, entry)
        for turn in (1, 2):
            async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=2 * turn))
            await until(lambda: start.call_count > turn)  # noqa: B023 - waited for within the turn
    assert entry.state is ConfigEntryState.LOADED


async def test_when_every_vendor_fails_nobody_is_asked_to_sign_in(hass, entry):
    with (
        patch.object(ThinQSession, "async_start", side_effect=AuthError("no")),
        patch.object(GenieSession, "async_start", side_effect=AuthError("no")),
        patch.object(UplusSession, "async_start", side_effect=AuthError("no")),
    ):
        await set_up(hass, entry)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow for flow in flows if flow["context"]["source"] == SOURCE_REAUTH] == []


@pytest.mark.parametrize("vendor", list(Vendor))
async def test_a_vendor_that_does_not_close_keeps_nobody_from_leaving(hass, entry, vendor, caplog):
    await set_up(hass, entry)
    store = entry.runtime_data.store
    close = SESSIONS[vendor].async_close

    async def fail(session: Any) -> None:
        await close(session)
        raise RuntimeError("a fault of ours")

    with patch.object(SESSIONS[vendor], "async_close", fail):
        assert await hass.config_entries.async_unload(entry.entry_id)
    assert "did not close" in caplog.text
    assert store.subscriber_count == 0


async def test_a_poll_that_fails_is_logged_and_comes_again(hass, entry, caplog):
    with patch.object(UplusSession, "async_poll", side_effect=RuntimeError("a fault of ours")) as poll:
        await set_up(hass, entry)
        async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(seconds=5))
        await until(lambda: poll.call_count == 1)
        async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(seconds=120))
        await hass.async_block_till_done()
        assert poll.call_count == 1, "not every minute"
        async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=20))
        await until(lambda: poll.call_count == 2)
    assert caplog.text.count("The safety poll of uplus failed") == 2


async def test_a_token_that_is_refused_while_running_is_replaced_by_itself(hass, entry):
    await set_up(hass, entry)
    token = connection(entry)["uplus"]["token"]
    await demo_of(entry).async_control("uplus", "renew_token", {})
    light = entity_id(hass, "light", device_of(entry, "서재 조명"), "light")
    first = demo_of(entry)
    with pytest.raises(HomeAssistantError):
        await hass.services.async_call("light", "turn_on", {"entity_id": light}, blocking=True)
    await until(lambda: entry.state is ConfigEntryState.LOADED and demo_of(entry) is not first)
    assert connection(entry)["uplus"]["token"] != token
    await until(lambda: not hass.states.is_state(light, "unavailable"))
    await hass.services.async_call("light", "turn_on", {"entity_id": light}, blocking=True)
    flows = hass.config_entries.flow.async_progress_by_handler(DOMAIN)
    assert [flow for flow in flows if flow["context"]["source"] == SOURCE_REAUTH] == []


async def test_removal_leaves_nothing_on_disk(hass, entry, hass_storage):
    await set_up(hass, entry)
    await set_fridge(hass, entry, 3)
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()
    async_fire_time_changed(hass, dt_util.utcnow() + dt_util.dt.timedelta(minutes=10))
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    assert [key for key in hass_storage if entry.entry_id in key] == []


async def test_a_closed_home_does_nothing(hass, entry):
    await set_up(hass, entry)
    demo = demo_of(entry)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await demo.async_control("thinq", "state", {"device": "냉장고"}) == {}
    await demo.async_close()


async def use(hass: HomeAssistant, entry: MockConfigEntry, name: str, act: str, **data: Any) -> Any:
    """Do something by hand to a device, as a person does in Home Assistant's user interface."""
    device = registered(hass, entry)[device_of(entry, name).id]
    return await hass.services.async_call(
        DOMAIN,
        "use_demo_device",
        {"device_id": device.id, "act": act, "data": data},
        blocking=True,
        return_response=True,
    )


@pytest.mark.parametrize(
    ("name", "act", "data", "platform", "key", "expected"),
    [
        ("현관문 센서", "open_door", {}, "binary_sensor", "open", "on"),
        ("현관 동작 센서", "motion", {"detected": True}, "binary_sensor", "motion", "on"),
    ],
)
async def test_a_person_uses_a_device_by_hand(hass, entry, name, act, data, platform, key, expected):
    await set_up(hass, entry)
    entity = entity_id(hass, platform, device_of(entry, name), key)
    assert hass.states.get(entity).state != expected
    assert await use(hass, entry, name, act, **data)
    await until(lambda: hass.states.get(entity).state == expected)


async def test_a_device_that_is_only_polled_is_used_by_hand_too(hass, entry):
    await set_up(hass, entry)
    told = await use(hass, entry, "서재 콘센트", "set_status", status={"PWR": "N"})
    assert {"code": "PWR", "val": "N"} in told["statusList"]


async def test_remote_start_is_pressed_at_the_washer(hass, entry):
    await set_up(hass, entry)
    remote_start = entity_id(hass, "binary_sensor", device_of(entry, "아기옷 세탁기"), "remote_start")
    assert hass.states.get(remote_start).state == "off"
    with pytest.raises(ServiceValidationError, match="switch it on"):
        await use(hass, entry, "아기옷 세탁기", "press_remote_start")
    for act in ("press_power", "press_remote_start"):
        await use(hass, entry, "아기옷 세탁기", act)
    await until(lambda: hass.states.get(remote_start).state == "on")


async def test_what_a_device_cannot_do_is_said_with_what_it_can(hass, entry):
    await set_up(hass, entry)
    with pytest.raises(ServiceValidationError) as refused:
        await use(hass, entry, "냉장고", "press_remote_start")
    assert refused.value.translation_key == "demo_refused"
    assert "open_door" in str(refused.value)
    with pytest.raises(ServiceValidationError, match="missing"):
        await use(hass, entry, "거실 기가지니", "speaker_button")
    hub = hass.config_entries.async_entries(DOMAIN)[-1]
    assert hub is not entry
    stranger = dr.async_entries_for_config_entry(dr.async_get(hass), hub.entry_id)[0]
    for device_id in (stranger.id, "no such device"):
        with pytest.raises(ServiceValidationError) as refused:
            await hass.services.async_call(
                DOMAIN, "use_demo_device", {"device_id": device_id, "act": "open_door"}, blocking=True
            )
        assert refused.value.translation_key == "not_a_demo_device"
