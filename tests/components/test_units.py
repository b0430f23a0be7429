"""A person changes the unit system: temperatures come from the vendor's own pair in the other unit, ranges included."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any

from homeassistant.components.climate import ATTR_MAX_TEMP, ATTR_MIN_TEMP, ATTR_TEMPERATURE
from homeassistant.const import ATTR_UNIT_OF_MEASUREMENT
from homeassistant.core import HomeAssistant
import pytest

from custom_components.dongju.model.vocabulary import Vendor
from tests.components.accounts import PATIENCE_SECONDS, Clouds, device_of, entity_id, mock_clouds, until

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def clouds(hass: HomeAssistant, hass_storage: dict[str, Any], socket_enabled: None) -> AsyncGenerator[Clouds]:
    async with mock_clouds(hass) as running:
        await running.control(Vendor.THINQ, "rate_limit", per_hour=None)
        yield running


def profile_range(state: dict[str, Any], location: str, unit: str) -> tuple[float, float]:
    """Return the limits that the vendor's profile has for a temperature."""
    for row in state["profile"]["property"]["temperatureInUnits"]:
        if row["locationName"] == location:
            limits = row[f"targetTemperature{unit}"]["value"]["w"]
            return float(limits["min"]), float(limits["max"])
    raise LookupError(location)


async def fridge_state(clouds: Clouds) -> dict[str, Any]:
    return await clouds.control(Vendor.THINQ, "state", device="냉장고")


def target(state: dict[str, Any], unit: str) -> float:
    row = next(row for row in state["state"]["temperatureInUnits"] if row["locationName"] == "FRIDGE")
    return float(row[f"targetTemperature{unit}"])


@pytest.mark.smoke
async def test_a_refrigerator_in_both_units(hass, clouds):
    entry = await clouds.loaded(Vendor.THINQ)
    number = entity_id(hass, "number", device_of(entry, "냉장고"), "target_temperature", "fridge")
    for system, unit, other, wanted in (
        ("metric", "C", "°C", 2),
        ("us_customary", "F", "°F", 41),
        ("metric", "C", "°C", 5),
    ):
        await hass.config.async_update(unit_system=system)
        await until(
            lambda: hass.states.get(number).attributes[ATTR_UNIT_OF_MEASUREMENT] == other  # noqa: B023
        )
        cloud = await fridge_state(clouds)
        await until(lambda: float(hass.states.get(number).state) == target(cloud, unit))  # noqa: B023
        shown = hass.states.get(number)
        assert (shown.attributes["min"], shown.attributes["max"]) == profile_range(cloud, "FRIDGE", unit)
        assert shown.attributes["step"] == 1
        await hass.services.async_call("number", "set_value", {"entity_id": number, "value": wanted}, blocking=True)
        await until_cloud_has(clouds, unit, wanted)
        await until(lambda: float(hass.states.get(number).state) == wanted)  # noqa: B023
        sent = (await clouds.control(Vendor.THINQ, "requests", kind="control", device="냉장고"))["requests"][-1]["body"]
        assert sent["temperatureInUnits"][f"targetTemperature{unit}"] == wanted, (
            "in the vendor's own pair, not converted"
        )


async def test_a_value_that_was_just_set_is_not_shown_in_the_other_unit(hass, clouds):
    await clouds.control(Vendor.THINQ, "device_options", device="냉장고", confirm_seconds=[60, 60])
    entry = await clouds.loaded(Vendor.THINQ)
    number = entity_id(hass, "number", device_of(entry, "냉장고"), "target_temperature", "fridge")
    task = hass.async_create_task(
        hass.services.async_call("number", "set_value", {"entity_id": number, "value": 2}, blocking=True)
    )
    await until(lambda: float(hass.states.get(number).state) == 2)
    await hass.config.async_update(unit_system="us_customary")
    await until(lambda: hass.states.get(number).attributes[ATTR_UNIT_OF_MEASUREMENT] == "°F")
    assert float(hass.states.get(number).state) > 32
    await task


async def until_cloud_has(clouds: Clouds, unit: str, temperature: float) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while target(await fridge_state(clouds), unit) != temperature:  # noqa: ASYNC110 - appliances take their time
            await asyncio.sleep(0.05)


async def test_an_air_conditioner_in_both_units(hass, clouds):
    entry = await clouds.loaded(Vendor.THINQ)
    climate = entity_id(hass, "climate", device_of(entry, "에어컨"), "climate")
    await hass.services.async_call(
        "climate", "set_temperature", {"entity_id": climate, "hvac_mode": "cool", "temperature": 24}, blocking=True
    )
    await until(lambda: hass.states.get(climate).attributes.get(ATTR_TEMPERATURE) == 24)
    celsius = dict(hass.states.get(climate).attributes)
    await hass.config.async_update(unit_system="us_customary")
    await until(lambda: hass.states.get(climate).attributes[ATTR_MAX_TEMP] > 60)
    shown = hass.states.get(climate).attributes
    assert shown[ATTR_MIN_TEMP] == 64
    assert shown[ATTR_MAX_TEMP] == 86
    await hass.config.async_update(unit_system="metric")
    await until(lambda: hass.states.get(climate).attributes[ATTR_MAX_TEMP] < 60)
    assert hass.states.get(climate).attributes[ATTR_MIN_TEMP] == celsius[ATTR_MIN_TEMP]
    await until(lambda: hass.states.get(climate).attributes[ATTR_TEMPERATURE] == 24)


@pytest.mark.parametrize("vendor", list(Vendor))
async def test_other_changes_of_the_core_configuration_change_nothing(hass, clouds, vendor):
    entry = await clouds.loaded(vendor)
    before = {state.entity_id: (state.state, dict(state.attributes)) for state in hass.states.async_all("light")}
    descriptions = dict(entry.runtime_data.store.devices)
    await hass.config.async_update(elevation=99)
    await hass.async_block_till_done()
    assert dict(entry.runtime_data.store.devices) == descriptions
    after = {state.entity_id: (state.state, dict(state.attributes)) for state in hass.states.async_all("light")}
    assert after == before


async def test_vendors_without_pairs_are_converted_by_home_assistant(hass, clouds):
    await clouds.control(
        Vendor.GENIE,
        "add_device",
        device={"id": "boiler", "kind": "boiler", "name": "난방", "room": "living_room", "state": {"targetC": 21.0}},
    )
    entry = await clouds.loaded(Vendor.GENIE)
    climate = entity_id(hass, "climate", device_of(entry, "난방"), "climate")
    assert hass.states.get(climate).attributes[ATTR_TEMPERATURE] in {21.0, None}
    await hass.config.async_update(unit_system="us_customary")
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    shown = hass.states.get(climate).attributes
    assert shown[ATTR_MIN_TEMP] >= 40
