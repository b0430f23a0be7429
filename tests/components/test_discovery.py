"""Rows claim attributes: the first one has them, sharing ones leave them, and nothing is left over."""

from dataclasses import replace
from typing import Any

from homeassistant.const import EntityCategory, Platform
from homeassistant.helpers.entity import EntityDescription
import pytest

from custom_components.dongju.discovery import Discovered, EntityRow, discover
from custom_components.dongju.entity import DongjuEntity
from custom_components.dongju.model.device import MAIN, Attribute, Device, Part
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Vendor
from custom_components.dongju.platforms import ROWS

from .appliances import Described, all_appliances, home_iot_devices


def device(*attributes: Attribute, part: str = MAIN, kind: DeviceType = DeviceType.UNKNOWN) -> Device:
    """Return a device with one part of these attributes."""
    described = Part(id=part, type=kind, attributes={attribute.key: attribute for attribute in attributes})
    return Device(
        id="thinq_1",
        vendor=Vendor.THINQ,
        vendor_id="1",
        type=DeviceType.UNKNOWN,
        name="기기",
        manufacturer="LG",
        parts={part: described},
    )


def row(attribute: str, platform: Platform = Platform.SENSOR, **kwargs: Any) -> EntityRow:
    """Return a row for a test's own table."""
    return EntityRow(
        platform=platform,
        entity_class=DongjuEntity,
        attribute=attribute,
        description=EntityDescription(key=attribute),
        **kwargs,
    )


def boolean(key: str) -> Attribute:
    return Attribute(key=key, kind=Kind.BOOLEAN)


def made(found: list[Discovered]) -> list[tuple[Platform, tuple[str, ...]]]:
    return [(item.row.platform, item.attributes) for item in found]


def test_the_first_row_has_an_attribute() -> None:
    rows = (row("door", Platform.BINARY_SENSOR), row("door", Platform.SENSOR))
    assert made(list(discover(device(boolean("door")), rows))) == [(Platform.BINARY_SENSOR, ("door",))]


def test_a_composite_row_takes_what_it_needs_and_what_it_can_use() -> None:
    climate = row("mode", Platform.CLIMATE, requires=("target",), also=("fan", "swing"))
    rows = (climate, row("fan"), row("door"))
    found = discover(device(*map(boolean, ("mode", "target", "fan", "door"))), rows)
    assert made(list(found)) == [(Platform.CLIMATE, ("mode", "target", "fan")), (Platform.SENSOR, ("door",))]


def test_a_composite_row_without_what_it_needs_takes_nothing() -> None:
    rows = (row("mode", Platform.CLIMATE, requires=("target",), also=("fan",)), row("mode"), row("fan"))
    found = discover(device(boolean("mode"), boolean("fan")), rows)
    assert made(list(found)) == [(Platform.SENSOR, ("mode",)), (Platform.SENSOR, ("fan",))]


def test_a_sharing_row_leaves_its_attributes() -> None:
    rows = (row("mode", Platform.SELECT, shared=True), row("mode", Platform.SENSOR))
    found = discover(device(boolean("mode")), rows)
    assert made(list(found)) == [(Platform.SELECT, ("mode",)), (Platform.SENSOR, ("mode",))]


def test_a_row_is_limited_to_types_of_parts_or_devices() -> None:
    rows = (row("on_off", Platform.SWITCH, types=frozenset({DeviceType.PLUG})), row("on_off"))
    plug = device(boolean("on_off"), part="left", kind=DeviceType.PLUG)
    assert made(list(discover(plug, rows)))[0][0] is Platform.SWITCH
    assert made(list(discover(replace(plug, type=DeviceType.PLUG), rows)))[0][0] is Platform.SWITCH
    assert made(list(discover(device(boolean("on_off")), rows)))[0][0] is Platform.SENSOR


def test_a_row_without_a_description_is_a_fault_of_the_table() -> None:
    broken = EntityRow(platform=Platform.SENSOR, entity_class=DongjuEntity, attribute="door")
    with pytest.raises(ValueError, match="neither description nor build"):
        list(discover(device(boolean("door")), (broken,)))


UNKNOWN = "air_flow_secret_wind"


@pytest.mark.parametrize(
    ("attribute", "platform", "category"),
    [
        (Attribute(key=UNKNOWN, kind=Kind.NUMBER), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.TEXT), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.TEXT, writable=True), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.LIST, options=("a",)), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.ENUM, options=("a",)), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.TIME), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.TIMESTAMP), Platform.SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.BOOLEAN), Platform.BINARY_SENSOR, EntityCategory.DIAGNOSTIC),
        (Attribute(key=UNKNOWN, kind=Kind.BOOLEAN, writable=True), Platform.SWITCH, EntityCategory.CONFIG),
        (
            Attribute(key=UNKNOWN, kind=Kind.ENUM, writable=True, options=("a",), write_options=("a",)),
            Platform.SELECT,
            EntityCategory.CONFIG,
        ),
        (
            Attribute(key=UNKNOWN, kind=Kind.COMMAND, readable=False, writable=True, write_options=("a", "b")),
            Platform.SELECT,
            EntityCategory.CONFIG,
        ),
        (
            Attribute(key=UNKNOWN, kind=Kind.EVENT, readable=False, options=("a",)),
            Platform.EVENT,
            EntityCategory.DIAGNOSTIC,
        ),
    ],
)
def test_what_no_row_knows_becomes_a_plain_entity_that_is_off(
    attribute: Attribute, platform: Platform, category: EntityCategory
) -> None:
    (found,) = discover(device(replace(attribute, known=False)), ROWS)
    assert found.row.platform is platform
    assert found.description.entity_category is category
    assert found.description.entity_registry_enabled_default is False
    assert found.description.name == "Air flow secret wind"
    assert found.unique_id == f"thinq_1-{UNKNOWN}"


def test_states_that_cannot_be_chosen_are_shown_beside_the_select() -> None:
    mode = Attribute(
        key=Attr.HYGIENE_DRY_MODE,
        kind=Kind.ENUM,
        writable=True,
        options=("off", "fast", "silent"),
        write_options=("off", "fast"),
    )
    found = list(discover(device(mode), ROWS))
    assert made(found) == [
        (Platform.SELECT, (Attr.HYGIENE_DRY_MODE,)),
        (Platform.SENSOR, (Attr.HYGIENE_DRY_MODE,)),
    ]


def test_a_known_attribute_of_an_unexpected_kind_is_not_lost() -> None:
    """A profile may call a number what every other profile calls a word."""
    for kind in (Kind.NUMBER, Kind.TEXT, Kind.ENUM, Kind.BOOLEAN, Kind.LIST):
        for key in (Attr.RUN_STATE, Attr.TARGET_TEMPERATURE, Attr.FRESH_AIR_FILTER, Attr.RINSE_REFILL, Attr.CO2):
            found = list(discover(device(Attribute(key=key, kind=kind, options=("a",))), ROWS))
            assert [item.attributes for item in found] == [(key,)], (key, kind)


@pytest.mark.parametrize("appliance", [*all_appliances(), *home_iot_devices()], ids=str)
def test_unique_ids_are_unique(appliance: Described) -> None:
    ids = [(found.row.platform, found.unique_id) for found in appliance.entities]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("appliance", home_iot_devices(), ids=str)
def test_every_attribute_of_a_home_iot_device_is_reachable(appliance: Described) -> None:
    claimed = {key for found in appliance.entities for key in found.attributes}
    assert set(appliance.device.parts[MAIN].attributes) - claimed == set()
