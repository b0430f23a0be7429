"""Every entity of every kind of appliance, as a person finds it in Home Assistant in Korean.

A change here is a change that people's dashboards and automations see: ids must never change.
"""

from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.entity import Entity
import pytest
from syrupy.assertion import SnapshotAssertion

from custom_components.dongju.discovery import Discovered
from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.mapping.describe import Identity

from .appliances import FIXTURES
from .described_house import House, set_up

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
FOLDERS = sorted(profile.parent for profile in FIXTURES.glob("*/profile.json"))
TOLD = {"friendly_name", "icon", "supported_features", "options", "event_types", "device_class", "unit_of_measurement"}
"""Attributes of a state that are shown by other lines, or are the same for every entity of a kind."""


def read(folder: Path, name: str) -> Any:
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def load(folder: Path) -> ThinQDevice:
    """Return a captured device as the ThinQ session knows it."""
    listed = read(folder, "device")
    info = listed["deviceInfo"]
    identity = Identity(
        vendor_id=listed["deviceId"], raw_type=info["deviceType"], model=info["modelName"], alias=info["alias"]
    )
    return ThinQDevice(identity, read(folder, "profile"), fahrenheit=False, now=lambda: NOW)


def entities(hass: HomeAssistant, house: House) -> dict[str, Any]:
    """Return what there is to see of every entity, by its id."""
    registry = er.async_get(hass)
    made = {
        (found.row.platform, found.unique_id): found
        for device in house.devices
        for found in house.entry.runtime_data.entities.found(device.id)
    }
    entries = er.async_entries_for_config_entry(registry, house.entry.entry_id)
    assert {(entry.domain, entry.unique_id) for entry in entries} == set(made)
    return {
        entry.entity_id: shown(hass, entry, made[entry.domain, entry.unique_id])
        for entry in sorted(entries, key=lambda entry: entry.entity_id)
    }


def shown(hass: HomeAssistant, entry: er.RegistryEntry, found: Discovered) -> dict[str, Any]:
    """Return what there is to see of an entity; what it does not have is left out."""
    state = hass.states.get(entry.entity_id)
    assert state is not None
    lines = {
        "unique_id": entry.unique_id.removeprefix(f"{found.device.id}-"),
        "name": state.attributes["friendly_name"],
        "category": entry.entity_category and str(entry.entity_category),
        "off by default": not found.description.entity_registry_enabled_default,
        "device_class": entry.original_device_class and str(entry.original_device_class),
        "unit": entry.unit_of_measurement,
        "options": state.attributes.get("options") or state.attributes.get("event_types"),
        "state": state.state,
        "attributes": {key: value for key, value in sorted(state.attributes.items()) if key not in TOLD},
        "made of": sorted(str(key) for key in found.attributes),
    }
    # Plain JSON: the types behind the words differ between versions of Home Assistant.
    plain: dict[str, Any] = json.loads(json.dumps({key: value for key, value in lines.items() if value}))
    return plain


@pytest.fixture(autouse=True)
def everything_enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enable what is off by default, so that its state is seen too."""
    monkeypatch.setattr(Entity, "entity_registry_enabled_default", True)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
async def test_every_entity_of_every_appliance(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, snapshot: SnapshotAssertion, folder: Path
) -> None:
    hass.config.language = "ko"
    appliance = load(folder)
    values = appliance.take(read(folder, "status"), whole=True).values
    house = await set_up(hass, monkeypatch, appliance.description)
    house.store.apply(values)
    await hass.async_block_till_done()

    registry = dr.async_get(hass)
    devices = dr.async_entries_for_config_entry(registry, house.entry.entry_id)
    parts = dr.async_child_entries_for_config_entry(registry, house.entry.entry_id)
    assert [str(device.name) for device in devices] + sorted(str(part.name) for part in parts) == snapshot(
        name="devices"
    )
    assert entities(hass, house) == snapshot(name="entities")
