"""The official SDK's own classes read every virtual appliance, its reports included."""

import json
from pathlib import Path
from typing import Any

import pytest
from thinqconnect.integration.homeassistant.api import DEVICE_TYPE_API_MAP

from custom_components.dongju.simulator.thinq.appliance import load_folder
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from tests.simulator.living import Living, writables
from tests.simulator.test_appliance_captured import FIXTURES, fixture_id
from tests.simulator.test_appliance_contract import VARIANTS, ready

SDK_CLASSES: dict[str, Any] = {
    str(device_type): device_class for device_type, device_class in DEVICE_TYPE_API_MAP.items()
}


def sdk_device(living: Living) -> Any:
    appliance = living.appliance
    device = SDK_CLASSES[appliance.device_type](
        thinq_api=None,
        device_id=appliance.device_id,
        device_type=appliance.device_type,
        model_name=appliance.model_name,
        alias=appliance.alias,
        reportable=appliance.reportable,
        group_id=None,
        profile=appliance.profile,
    )
    device.set_status(json.loads(json.dumps(appliance.state)))
    return device


def statuses(device: Any) -> dict[str, Any]:
    """Return everything the SDK read, by location and property."""
    found = {}
    names = [None, *device.profiles.locations]
    for location in names:
        part = device if location is None else device.get_sub_device(location)
        profiles = device.profiles if location is None else device.profiles.get_sub_profile(location)
        for name, properties in (profiles.properties or {}).items():
            for item in properties:
                found[f"{location}/{name}/{item}"] = part.get_status(item)
    return found


def shown(living: Living) -> str:
    return str(living.get("temperatureInUnits")[0]["unit"])


def known(kind: str) -> bool:
    return FAMILIES[VARIANTS[kind][0]].device_type in SDK_CLASSES


@pytest.mark.parametrize("variant", [kind for kind in VARIANTS if known(kind)])
def test_sdk_reads_state_and_follows_reports(variant: str) -> None:
    living = ready(variant)
    followed = sdk_device(living)
    read = statuses(followed)
    assert [value for value in read.values() if value is not None], read
    living.appliance.on_report = lambda _appliance, report: followed.update_status(json.loads(json.dumps(report)))
    for item in writables(living.appliance.profile):
        for value in item.allowed()[-2:]:
            living.refused(item.body(value))
            living.minutes(7)
    living.clock.advance(86400)
    fresh = statuses(sdk_device(living))
    # Of a refrigerator or cellar the SDK follows the unit shown only.
    per_compartment = VARIANTS[variant][0] in {"refrigerator", "wine_cellar"}
    unseen = ("temperature_c" if shown(living) == "F" else "temperature_f") if per_compartment else None
    skipped = {name for name in fresh if unseen and name.endswith(unseen)}
    assert {name: value for name, value in statuses(followed).items() if name not in skipped} == {
        name: value for name, value in fresh.items() if name not in skipped
    }


@pytest.mark.parametrize("folder", FIXTURES, ids=fixture_id)
def test_sdk_reads_every_fixture(folder: Path) -> None:
    living = Living(load_folder(folder)).start()
    if living.appliance.device_type not in SDK_CLASSES:
        assert living.appliance.device_type.startswith("DEVICE_HEJ_")
        return
    read = statuses(sdk_device(living))
    # A bare `temperature` of a water heater is all the SDK cannot read.
    assert any(value is not None for value in read.values()) or not read
