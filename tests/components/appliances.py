"""Every device the tests know, described as its vendor's session describes it, without a session.

LG's: the Demo home's, one of each family the simulator has, and the captured ones of `tests/fixtures/thinq`. KT's and
LG U+'s: one of each kind.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
import random
from typing import Any

from custom_components.dongju.discovery import Discovered, discover
from custom_components.dongju.model.device import MAIN, Attribute, Device, Part
from custom_components.dongju.model.vocabulary import DeviceType, Vendor
from custom_components.dongju.platforms import ROWS
from custom_components.dongju.simulator.home import load_home
from custom_components.dongju.simulator.thinq.appliance import Appliance, create_appliance, load_folder
from custom_components.dongju.simulator.thinq.appliances import FAMILIES
from custom_components.dongju.vendors.genie.mapping import KINDS
from custom_components.dongju.vendors.genie.media import box_rows, speaker_rows
from custom_components.dongju.vendors.thinq.mapping.describe import Identity, describe
from custom_components.dongju.vendors.thinq.profile import parse_profile
from custom_components.dongju.vendors.thinq.state import flatten
from custom_components.dongju.vendors.uplus.mapping import TYPES

FIXTURES = Path(__file__).parents[1] / "fixtures" / "thinq"


@dataclass(frozen=True)
class Described:
    """An appliance's profile as LG tells it, and what the hub makes of it."""

    name: str
    profile: dict[str, Any]
    device: Device

    @property
    def entities(self) -> tuple[Discovered, ...]:
        """Return every entity it gets."""
        return tuple(discover(self.device, ROWS))

    def __str__(self) -> str:
        return self.name


@cache
def all_appliances() -> tuple[Described, ...]:
    """Return every appliance, each once."""
    return tuple(_described(name, appliance) for name, appliance in _appliances())


def _appliances() -> Iterator[tuple[str, Appliance]]:
    rng = random.Random(1)
    for row in load_home(None).thinq:
        yield f"demo_{row['type']}_{row['name']}", create_appliance(row, rng)
    for kind in FAMILIES:
        yield f"family_{kind}", create_appliance({"type": kind, "name": kind}, rng)
    for folder in sorted(FIXTURES.glob("*/profile.json")):
        yield f"fixture_{folder.parent.name}", load_folder(folder.parent)


def _described(name: str, appliance: Appliance) -> Described:
    info = appliance.info()["deviceInfo"]
    profile = parse_profile(appliance.profile)
    identity = Identity(
        vendor_id=appliance.device_id, raw_type=info["deviceType"], model=info["modelName"], alias=info["alias"]
    )
    description = describe(identity, profile, flatten(appliance.state, profile), fahrenheit=False)
    return Described(name, appliance.profile, description.device)


@cache
def home_iot_devices() -> tuple[Described, ...]:
    """Return one device of each kind that KT and LG U+ have."""
    genie: dict[str, tuple[DeviceType, Iterable[Attribute]]] = {
        **{kind: (row.type, [each.describe({}) for each in row.rows]) for kind, row in KINDS.items()},
        "speaker": (
            DeviceType.SPEAKER,
            [each.describe({}) for each in speaker_rows({"wakeWords": ["지니야"]}, ("mina",))],
        ),
        "settopbox": (DeviceType.SET_TOP_BOX, [each.describe({}) for each in box_rows(("youtube",))]),
    }
    uplus = {code: (row.type, [each.describe({}) for each in row.rows]) for code, row in TYPES.items()}
    return tuple(
        Described(f"{vendor}_{kind}", {}, _plain_device(vendor, kind, device_type, attributes))
        for vendor, kinds in ((Vendor.GENIE, genie), (Vendor.UPLUS, uplus))
        for kind, (device_type, attributes) in kinds.items()
    )


def _plain_device(vendor: Vendor, kind: str, device_type: DeviceType, attributes: Iterable[Attribute]) -> Device:
    part = Part(type=device_type, attributes={str(attribute.key): attribute for attribute in attributes})
    return Device(
        id=f"{vendor}_{kind}",
        vendor=vendor,
        vendor_id=kind,
        type=device_type,
        name=kind,
        manufacturer=vendor.upper(),
        parts={MAIN: part},
    )
