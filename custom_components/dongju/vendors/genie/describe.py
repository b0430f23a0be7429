"""From the rows of Genie's lists to canonical devices: home IoT, speakers, set-top boxes, and KT's services."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ...model.device import MAIN, Attribute, Device, Part
from ...model.vocabulary import Attr, DeviceType, Kind, Vendor
from .mapping import KINDS
from .rows import StateRow, remaining_rows

MANUFACTURER: Final = "KT"
_MANUFACTURERS: Final[Mapping[str, str]] = {"UPLUS": "LG U+"}

ALERT_LEVELS: Final = ("none", "info", "advisory", "warning", "emergency")
SCENE_PREFIX: Final = f"{Attr.SCENE}_"
_SERVICE_ROWS: Final = (
    StateRow(attr=Attr.WEATHER, kind=Kind.TEXT),
    StateRow(attr=Attr.ALERT_LEVEL, kind=Kind.ENUM, options=ALERT_LEVELS),
    StateRow(attr=Attr.ALERT, kind=Kind.EVENT, options=("issue", "update", "cancel")),
)
_PROBLEM: Final = StateRow(attr=Attr.PROBLEM, kind=Kind.BOOLEAN)


def store_id(vendor_id: object) -> str:
    """Return the id of a device in the store."""
    return f"{Vendor.GENIE}_{vendor_id}"


def home_iot_rows(kind: str, state: Mapping[str, Any]) -> tuple[DeviceType, tuple[StateRow, ...]]:
    """Return type and rows of a home IoT device; of a kind that no row knows, whatever its state holds."""
    row = KINDS.get(kind)
    known = row.rows if row else ()
    return (row.type if row else DeviceType.UNKNOWN), (*known, *remaining_rows(state, known))


def make_device(raw: Mapping[str, Any], device_type: DeviceType, rows: tuple[StateRow, ...]) -> Device:
    """Return the description of a listed device; raise KeyError or TypeError when its row makes no sense."""
    state = raw["state"]
    attributes = {str(row.attr): row.describe(state) for row in (*rows, _PROBLEM)}
    vendor = str(raw.get("vendor") or MANUFACTURER)
    return Device(
        id=store_id(raw["id"]),
        vendor=Vendor.GENIE,
        vendor_id=str(raw["id"]),
        type=device_type,
        name=str(raw["name"]),
        manufacturer=_MANUFACTURERS.get(vendor, vendor),
        model=str(raw["model"]) if raw.get("model") else None,
        room=str(raw.get("roomName") or raw.get("room") or "") or None,
        parts={MAIN: Part(type=device_type, attributes=attributes)},
    )


def make_service(household: str, scenes: Iterable[Any]) -> Device:
    """Return the device that stands for KT's services: weather, warnings, and the scenes of the household."""
    attributes = {str(row.attr): row.describe({}) for row in _SERVICE_ROWS}
    for scene in scenes:
        if isinstance(scene, Mapping) and scene.get("id") and scene.get("name"):
            key = f"{SCENE_PREFIX}{scene['id']}"
            attributes[key] = Attribute(
                key=key,
                kind=Kind.COMMAND,
                readable=False,
                writable=True,
                options=("run",),
                write_options=("run",),
                name=str(scene["name"]),
            )
    return Device(
        id=store_id(f"service_{household}"),
        vendor=Vendor.GENIE,
        vendor_id=household,
        type=DeviceType.SERVICE,
        name="GiGA Genie",
        manufacturer=MANUFACTURER,
        parts={MAIN: Part(type=DeviceType.SERVICE, attributes=attributes)},
    )
