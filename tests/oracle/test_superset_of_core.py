"""Whatever Home Assistant core's lg_thinq makes an entity of, the hub makes an entity of too."""

from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
from homeassistant.config_entries import SOURCE_USER, ConfigEntry, ConfigEntryState
from homeassistant.const import CONF_ACCESS_TOKEN, CONF_COUNTRY
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from thinqconnect.integration.homeassistant.property import PropertyHolder

from tests.components.appliances import FIXTURES, all_appliances
from tests.simulator.program import RunningSimulator

pytestmark = pytest.mark.usefixtures("sdk_addresses")

DOMAIN = "lg_thinq"
UNITS = ("C", "F")

# The SDK's own spelling of what it makes up from a temperature and its unit.
MADE_UP = {"temperature.C": "temperature.targetTemperature", "temperature.F": "temperature.targetTemperature"}

type Reach = tuple[str, str, str, str]
"""Alias and model of the device, part, property as LG writes it."""


@pytest.fixture(params=["demo", "fixture"])
def home(request: pytest.FixtureRequest) -> str:
    """Return which appliances there are: the Demo home's, or the captured ones."""
    return str(request.param)


@pytest.fixture
def home_arguments(home: str, tmp_path: Path) -> list[str]:
    """Return the simulator's arguments."""
    if home == "demo":
        return []
    empty = tmp_path / "home.yaml"
    empty.write_text("thinq: []\n", encoding="utf-8")
    folders = [str(profile.parent) for profile in sorted(FIXTURES.glob("*/profile.json"))]
    return ["--home", str(empty), *(word for folder in folders for word in ("--thinq-device", folder))]


@pytest.fixture
async def core(
    hass: HomeAssistant, simulator: RunningSimulator, http: aiohttp.ClientSession
) -> AsyncGenerator[ConfigEntry]:
    """Set lg_thinq up as a user does, in a cloud without a limit: it asks five times for each device."""
    await simulator.control(http, "thinq/rate_limit", {"per_hour": None})
    thinq = simulator.connection["thinq"]
    form = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER})
    answers = {CONF_ACCESS_TOKEN: thinq["token"], CONF_COUNTRY: thinq["country"]}
    await hass.config_entries.flow.async_configure(form["flow_id"], answers)
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


def plain(source: str) -> str:
    """Return a property without the unit that LG's library or a profile appends to its name."""
    resource = source.partition(".")[0]
    source = MADE_UP.get(source, source)
    return source[:-1] if source.endswith(UNITS) and resource.lower().endswith("inunits") else source


def reached_by_core(hass: HomeAssistant, entry: ConfigEntry) -> set[Reach]:
    """Return every property an entity of core's shows or sets."""
    unique_ids = [item.unique_id for item in er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)]
    reached = set()
    for coordinator in entry.runtime_data.coordinators.values():
        prefix = f"{coordinator.unique_id}_"
        for unique_id in (item.removeprefix(prefix) for item in unique_ids if item.startswith(prefix)):
            candidates = [key for key in coordinator.data if unique_id == key or unique_id.startswith(f"{key}_")]
            if not candidates:
                assert unique_id.startswith("energy"), unique_id
                continue
            state = coordinator.data[max(candidates, key=len)]
            for holder in state.holders:
                for source in sources(holder):
                    device = coordinator.api.device
                    reached.add((device.alias, device.model_name, part_of(coordinator, holder), source))
    return reached


def sources(holder: PropertyHolder) -> Iterator[str]:
    """Yield the wire properties of an SDK property: it looks them up in the profile's own table."""
    if holder.key in {"notification", "error"}:
        yield {"notification": "notification.push", "error": "error"}[holder.key]
        return
    for resource, members in holder.api.profiles.get_profile().items():
        for wire, key in members.items():
            if key == holder.key and holder.api.profiles.property_map.get(key):
                yield plain(f"{resource}.{wire}")


def part_of(coordinator: Any, holder: PropertyHolder) -> str:
    if coordinator.sub_id:
        return str(coordinator.sub_id)
    name = coordinator.api.device.profiles.get_location_key(holder.location) if holder.location else None
    return "" if name in {None, "MAIN"} else str(name).lower()


async def test_the_hub_reaches_what_core_reaches(hass: HomeAssistant, core: ConfigEntry, home: str) -> None:
    appliances = [appliance for appliance in all_appliances() if appliance.name.startswith(home)]
    ours = {
        (appliance.device.name, str(appliance.device.model)): {
            (found.part.id, plain(source))
            for found in appliance.entities
            for key in found.attributes
            for source in found.part.attributes[key].sources
        }
        for appliance in appliances
    }
    assert len(ours) == len(appliances)
    theirs = reached_by_core(hass, core)
    assert len({(alias, model) for alias, model, _, _ in theirs}) > len(ours) // 2
    lost = {
        (alias, part, source)
        for alias, model, part, source in theirs
        # A device whose only location is the whole device has no part of that name.
        if not {(part, source), ("", source)} & ours[alias, model]
    }
    assert lost == set()
