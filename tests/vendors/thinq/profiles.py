"""Short ways to write device profiles in tests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.mapping.describe import Identity

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def words(*options: str, write: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Return an enum that is read and written; `write` are the members that are written, if not all."""
    return {"mode": ["r", "w"], "type": "enum", "value": {"r": list(options), "w": list(write or options)}}


def read_words(*options: str) -> dict[str, Any]:
    return {"mode": ["r"], "type": "enum", "value": {"r": list(options)}}


def command(*options: str) -> dict[str, Any]:
    return {"mode": ["w"], "type": "enum", "value": {"w": list(options)}}


def flag(mode: str = "rw") -> dict[str, Any]:
    return {"mode": list(mode), "type": "boolean", "value": {letter: [True, False] for letter in mode}}


def number(mode: str = "r") -> dict[str, Any]:
    return {"mode": list(mode), "type": "number"}


def span(
    low: float, high: float, step: float | None = 1, mode: str = "rw", excluded: list[float] | None = None
) -> dict[str, Any]:
    domain = {"min": low, "max": high, **({} if step is None else {"step": step}), "except": excluded or []}
    return {"mode": list(mode), "type": "range", "value": dict.fromkeys(mode, domain)}


def device_of(
    kind: str,
    properties: Any,
    state: Any = None,
    *,
    fahrenheit: bool = False,
    now: datetime = NOW,
    top: Mapping[str, Any] | None = None,
) -> ThinQDevice:
    """Return a device with a profile of these properties, that has reported a state."""
    identity = Identity(vendor_id="id", raw_type=f"DEVICE_{kind}", model="MODEL", alias="device")
    device = ThinQDevice(identity, {"property": properties, **(top or {})}, fahrenheit=fahrenheit, now=lambda: now)
    if state is not None:
        device.take(state, whole=True)
    return device


def value(device: ThinQDevice, key: str, part: str = "") -> Any:
    """Return one value of a device."""
    return device.values()[device.device_id, part, key]
