"""Diagnostics: enough to help, and nothing that is a secret, an id, or a person's own words."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, time
import json
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.components.diagnostics import (
    get_diagnostics_for_config_entry,
    get_diagnostics_for_device,
)
from syrupy.assertion import SnapshotAssertion

from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, CONF_VOICE_HIDDEN, DOMAIN, EntryKind
from custom_components.dongju.model.device import MAIN, Attribute, Part
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Unit, Vendor
from custom_components.dongju.simulator.home import load_home
from tests.components.accounts import Clouds, mock_clouds, registered, until
from tests.components.described_house import make_device, set_up

KT_WORDS = {"GiGA Genie", "elevator", "package", "parking", "visitor"}
"""Ids and names in the Demo home that are no more than the name of a kind or a model."""

NOT_SECRET = {CONF_KIND, CONF_VENDOR, "country", "voice_extension", "seed"}


@pytest.fixture(autouse=True)
async def diagnostics(hass: HomeAssistant) -> None:
    """Offer diagnostics."""
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "diagnostics", {})


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    """Yield the mock clouds of the whole Demo home."""
    async with mock_clouds(hass, load_home(None)) as running:
        yield running


async def entry_report(hass: HomeAssistant, hass_client: Any, entry: Any) -> Any:
    return await get_diagnostics_for_config_entry(hass, hass_client, entry)


async def device_report(hass: HomeAssistant, hass_client: Any, entry: Any, device: Any) -> Any:
    return await get_diagnostics_for_device(hass, hass_client, entry, device)


def words(data: Any) -> Iterator[str]:
    """Return every text of some data."""
    match data:
        case str():
            yield data
            # A certificate counts line by line: none of it may show.
            yield from (line for line in data.splitlines() if len(line) > 20 and not line.startswith("-----"))
        case dict():
            for value in data.values():
                yield from words(value)
        case list() | tuple() | set() | frozenset():
            for value in data:
                yield from words(value)


def private_words(entry: MockConfigEntry) -> set[str]:
    """Return what must not be found: secrets, addresses, ids, and names that people gave."""
    found = set(words({key: value for key, value in entry.data.items() if key not in NOT_SECRET}))
    for device in entry.runtime_data.store.devices.values():
        found |= {device.id, device.vendor_id, device.name, device.room or "", device.serial_number or ""}
        for part in device.parts.values():
            found |= {part.name or ""}
            for key, attribute in part.attributes.items():
                found |= {attribute.name or "", key.removeprefix("scene_") if attribute.name else ""}
                value = entry.runtime_data.store.value((device.id, part.id, key))
                # A text of one plain word may be the vendor's as well ("auto").
                if attribute.kind is Kind.TEXT and isinstance(value, str) and not value.isascii():
                    found.add(value)
    return found - KT_WORDS - {""}


def leaks(dump: str, private: set[str]) -> list[str]:
    """Return what of it stands in a dump as a word of its own, or at all when it is no short word."""
    return [
        word
        for word in private
        if (word in dump if len(word) > 8 else re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", dump))
    ]


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_nothing_private_leaves_the_house(hass, clouds, hass_client, vendor):
    entry = await clouds.loaded(vendor)
    if vendor is not Vendor.UPLUS:
        await until(lambda: entry.runtime_data.coordinator.session(vendor).health()["connected"])
    hidden = next(iter(entry.runtime_data.store.devices))
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE_HIDDEN: [hidden]})
    told = await entry_report(hass, hass_client, entry)
    dump = json.dumps(told, ensure_ascii=False)
    private = private_words(entry)
    assert len(private) > 15
    assert leaks(dump, private) == []
    # ... and yet there is something to work with.
    assert len(told["devices"]) == len(entry.runtime_data.store.devices)
    assert told["sessions"][vendor]["health"]["connected"] is True
    assert told["options"][CONF_VOICE_HIDDEN] == [next(iter(told["devices"]))]
    types = {device["type"] for device in told["devices"].values()}
    assert types == {device.type for device in entry.runtime_data.store.devices.values()}


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_every_device_has_its_own(hass, clouds, hass_client, vendor):
    entry = await clouds.loaded(vendor)
    whole = (await entry_report(hass, hass_client, entry))["devices"]
    private = private_words(entry)
    for registry_entry in list(registered(hass, entry).values())[:6]:
        told = await device_report(hass, hass_client, entry, registry_entry)
        assert len(told) == 1
        assert told.keys() <= whole.keys()
        assert leaks(json.dumps(told, ensure_ascii=False), private) == []


async def test_unknown_values_are_counted(hass, clouds, hass_client):
    entry = await clouds.loaded(Vendor.THINQ)
    session = entry.runtime_data.coordinator.session(Vendor.THINQ)
    await until(lambda: session.health()["connected"])
    await clouds.control(
        Vendor.THINQ, "report", device="냉장고", report={"refrigeration": {"expressMode": "SOMETHING_NEW"}}
    )
    await until(lambda: session.diagnostics()["messages"])
    told = await entry_report(hass, hass_client, entry)
    assert told["sessions"]["thinq"]["messages"]


async def test_a_part_tells_of_its_device(hass, clouds, hass_client):
    entry = await clouds.loaded(Vendor.THINQ)
    for device in registered(hass, entry).values():
        if children := dr.async_entries_for_parent_device(dr.async_get(hass), device.id):
            assert await device_report(hass, hass_client, entry, children[0]) == (
                await device_report(hass, hass_client, entry, device)
            )
            return
    pytest.fail("no device has parts")


async def test_a_device_that_is_gone_tells_nothing(hass, clouds, hass_client):
    entry = await clouds.loaded(Vendor.UPLUS)
    gone = dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, identifiers={(DOMAIN, "uplus_gone")})
    assert await device_report(hass, hass_client, entry, gone) == {}


async def test_an_account_that_is_down_still_tells_its_settings(hass, clouds, hass_client):
    entry = await clouds.loaded(Vendor.UPLUS)
    device = next(iter(registered(hass, entry).values()))
    assert await hass.config_entries.async_unload(entry.entry_id)
    told = await entry_report(hass, hass_client, entry)
    assert set(told) == {"data", "options"}
    assert entry.data["token"] not in json.dumps(told)
    assert await device_report(hass, hass_client, entry, device) == {}


async def test_the_hub(hass, clouds, hass_client):
    await clouds.loaded(Vendor.UPLUS)
    (hub,) = [entry for entry in hass.config_entries.async_entries(DOMAIN) if entry.data[CONF_KIND] == EntryKind.HUB]
    told = await entry_report(hass, hass_client, hub)
    assert told == {"data": {CONF_KIND: EntryKind.HUB}, "options": {}}
    device = dr.async_entries_for_config_entry(dr.async_get(hass), hub.entry_id)[0]
    assert await device_report(hass, hass_client, hub, device) == {}


ATTRIBUTES = (
    Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True, sources=("operation.power",)),
    Attribute(key=Attr.TARGET_TEMPERATURE, kind=Kind.NUMBER, unit=Unit.CELSIUS, writable=True, minimum=16, maximum=30),
    Attribute(key=Attr.FINISH_TIME, kind=Kind.TIMESTAMP),
    Attribute(key=Attr.START_TIME, kind=Kind.TIME),
    Attribute(key="made_up", kind=Kind.TEXT, known=False, sources=("made.up",)),
    Attribute(key="words", kind=Kind.LIST, options=("one", "two"), known=False),
    Attribute(key="scene_party", kind=Kind.COMMAND, name="우리 파티", write_options=("run",), writable=True),
)


async def test_shape(hass: HomeAssistant, monkeypatch, hass_client, snapshot: SnapshotAssertion) -> None:
    part = Part(
        id="lower", type=DeviceType.COMPARTMENT, attributes={"door": Attribute(key=Attr.DOOR, kind=Kind.BOOLEAN)}
    )
    device = replace(make_device(DeviceType.AIR_CONDITIONER, ATTRIBUTES, parts=(part,), name="우리 에어컨"), model="M1")
    house = await set_up(hass, monkeypatch, device)
    for key, value in (
        (Attr.ON_OFF, True),
        (Attr.TARGET_TEMPERATURE, 24.5),
        (Attr.FINISH_TIME, datetime(2026, 11, 1, 12, 30, tzinfo=UTC)),
        (Attr.START_TIME, time(7, 15)),
        ("made_up", "말한 것"),
        ("words", ("one", "two")),
    ):
        house.store.apply({(device.id, MAIN, str(key)): value})
    assert await entry_report(hass, hass_client, house.entry) == snapshot
