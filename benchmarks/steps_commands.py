"""Steps about commands: from a service call to the request that reaches the cloud."""

import asyncio
import time
from typing import Any, Final

from homeassistant.helpers import device_registry as dr, entity_registry as er

from benchmarks.bench import Bench, spread

type JsonDict = dict[str, Any]

_OFF: Final = {"operation": {"airConOperationMode": "POWER_OFF"}}
_APART_SECONDS: Final = 3.5
"""Longer than LG's SDK makes a second command of a device wait, and than an appliance takes to confirm one."""

_LAST_REQUEST_SECONDS: Final = 12.0


async def commands(bench: Bench, *, coolers: list[str], refrigerators: list[str], rounds: int) -> JsonDict:
    """Set numbers of refrigerators, one, then two in a row; have air conditioners go from off to cool, 23 degrees."""
    numbers = _entities(bench, "number", "target_temperature", refrigerators)
    climates = _entities(bench, "climate", "", coolers)
    first: list[float] = []
    second: list[float] = []
    for turn in range(rounds):
        await asyncio.sleep(_APART_SECONDS)
        for name, entity_id in numbers.items():
            first += await _timed(bench, name, entity_id, 2 + turn % 2)
    for turn in range(rounds):
        await asyncio.sleep(_APART_SECONDS)
        for taken in await asyncio.gather(*(_two(bench, name, entity_id, turn) for name, entity_id in numbers.items())):
            second += taken
    await _set_state(bench, coolers, _OFF)
    await asyncio.sleep(_APART_SECONDS)
    requests = await asyncio.gather(*(_wake_and_cool(bench, name, entity_id) for name, entity_id in climates.items()))
    return {
        "request": spread(first),
        "second_request": spread(second),
        "off_to_cool": spread([seconds for seconds, _ in requests]),
        "off_to_cool_requests": max(count for _, count in requests),
        "off_to_cool_right": await _is_cool(bench, coolers),
    }


def _entities(bench: Bench, domain: str, ending: str, names: list[str]) -> dict[str, str]:
    """Return an entity of each device, by the device's name: the first whose unique id ends as asked."""
    devices = dr.async_get(bench.hass)
    found: dict[str, str] = {}
    registered = er.async_entries_for_config_entry(er.async_get(bench.hass), bench.entry.entry_id)
    for item in sorted(registered, key=lambda item: item.unique_id):
        device = devices.async_get(item.device_id) if item.device_id else None
        if isinstance(device, dr.ChildDeviceEntry):
            device = devices.async_get(device.parent_device_id)
        if item.domain == domain and item.unique_id.endswith(ending) and device is not None and device.name in names:
            found.setdefault(str(device.name), item.entity_id)
    assert len(found) == len(names), (domain, found)
    return found


async def _set_state(bench: Bench, names: list[str], state: JsonDict) -> None:
    for name in names:
        await bench.cloud.control("thinq", "act", device=name, do="set_state", data={"state": state})
    await asyncio.sleep(1.0)


async def _timed(bench: Bench, name: str, entity_id: str, degrees: float) -> list[float]:
    """Set a temperature; return how long its request took to arrive, nothing when none was sent."""
    called = time.monotonic()
    data = {"entity_id": entity_id, "value": degrees}
    await bench.hass.services.async_call("number", "set_value", data, blocking=True)
    answer = await bench.cloud.ask("requests", kind="control", limit=5, device=await _device_id(bench, name))
    arrived = [request["at"] for request in answer["requests"] if request["at"] >= called]
    return [arrived[0] - called] if arrived else []


async def _two(bench: Bench, name: str, entity_id: str, turn: int) -> list[float]:
    """Set a temperature and another one right after; return how long the second request took."""
    await _timed(bench, name, entity_id, 4 + turn % 2)
    return await _timed(bench, name, entity_id, 6 + turn % 2)


async def _wake_and_cool(bench: Bench, name: str, entity_id: str) -> tuple[float, int]:
    """Switch on, to cool, to 23 degrees in one call; return when the last request arrived and how many there were."""
    called = time.monotonic()
    data = {"entity_id": entity_id, "hvac_mode": "cool", "temperature": 23}
    await bench.hass.services.async_call("climate", "set_temperature", data, blocking=True)
    answer = await bench.cloud.ask("requests", kind="control", limit=9, device=await _device_id(bench, name))
    arrived = [request["at"] for request in answer["requests"] if request["at"] >= called]
    return (max(arrived) - called if arrived else _LAST_REQUEST_SECONDS), len(arrived)


async def _is_cool(bench: Bench, names: list[str]) -> int:
    """Return how many appliances ended as they were told."""
    await asyncio.sleep(2.0)
    right = 0
    for name in names:
        state = (await bench.cloud.control("thinq", "state", device=name))["state"]
        targets = [item.get("targetTemperature") for item in state["temperatureInUnits"] if item.get("unit") == "C"] + [
            state.get("temperature", {}).get("targetTemperature")
        ]
        cool = state["airConJobMode"]["currentJobMode"] == "COOL"
        right += cool and state["operation"]["airConOperationMode"] == "POWER_ON" and 23 in targets
    return right


_IDS: Final[dict[str, str]] = {}


async def _device_id(bench: Bench, name: str) -> str:
    if name not in _IDS:
        _IDS[name] = (await bench.cloud.control("thinq", "state", device=name))["deviceId"]
    return _IDS[name]
