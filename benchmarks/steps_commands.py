"""Steps about commands: from a service call to the request that reaches the cloud."""

import asyncio
import time
from typing import Any, Final

from homeassistant.helpers import device_registry as dr, entity_registry as er

from benchmarks.bench import Bench, spread

type JsonDict = dict[str, Any]

_COOL: Final = {"airConJobMode": {"currentJobMode": "COOL"}, "operation": {"airConOperationMode": "POWER_ON"}}
_OFF: Final = {"operation": {"airConOperationMode": "POWER_OFF"}}
_APART_SECONDS: Final = 3.5
"""Longer than LG's SDK makes a second command of a device wait, and than an appliance takes to confirm one."""

_LAST_REQUEST_SECONDS: Final = 12.0


async def commands(bench: Bench, *, names: list[str], rounds: int) -> JsonDict:
    """Set temperatures of air conditioners that run; then two in a row; then from off to cool with 23 degrees."""
    entities = _climates(bench, names)
    await _set_state(bench, names, _COOL)
    first: list[float] = []
    second: list[float] = []
    for turn in range(rounds):
        await asyncio.sleep(_APART_SECONDS)
        for name in names:
            first += await _timed(bench, name, entities[name], 20 + turn % 3)
    for turn in range(rounds):
        await asyncio.sleep(_APART_SECONDS)
        for taken in await asyncio.gather(*(_two(bench, name, entities[name], turn) for name in names)):
            second += taken
    await asyncio.sleep(_APART_SECONDS)
    await _set_state(bench, names, _OFF)
    await asyncio.sleep(_APART_SECONDS)
    requests = await asyncio.gather(*(_wake_and_cool(bench, name, entities[name]) for name in names))
    return {
        "request": spread(first),
        "second_request": spread(second),
        "off_to_cool": spread([seconds for seconds, _ in requests]),
        "off_to_cool_requests": max(count for _, count in requests),
        "off_to_cool_right": await _is_cool(bench, names),
    }


def _climates(bench: Bench, names: list[str]) -> dict[str, str]:
    """Return the climate entity of each device, by the device's name."""
    devices = dr.async_get(bench.hass)
    found = {}
    for item in er.async_entries_for_config_entry(er.async_get(bench.hass), bench.entry.entry_id):
        device = devices.async_get(item.device_id) if item.device_id else None
        if item.domain == "climate" and device is not None and device.name in names:
            found[str(device.name)] = item.entity_id
    assert len(found) == len(names)
    return found


async def _set_state(bench: Bench, names: list[str], state: JsonDict) -> None:
    for name in names:
        await bench.cloud.control("thinq", "act", device=name, do="set_state", data={"state": state})
    await asyncio.sleep(1.0)


async def _timed(bench: Bench, name: str, entity_id: str, degrees: float) -> list[float]:
    """Set a temperature; return how long its request took to arrive, nothing when none was sent."""
    called = time.monotonic()
    data = {"entity_id": entity_id, "temperature": degrees}
    await bench.hass.services.async_call("climate", "set_temperature", data, blocking=True)
    answer = await bench.cloud.ask("requests", kind="control", limit=5, device=await _device_id(bench, name))
    arrived = [request["at"] for request in answer["requests"] if request["at"] >= called]
    return [arrived[0] - called] if arrived else []


async def _two(bench: Bench, name: str, entity_id: str, turn: int) -> list[float]:
    """Set a temperature and another one right after; return how long the second request took."""
    # Never what the device still shows: core sends nothing then.
    await _timed(bench, name, entity_id, 24 + turn % 3)
    return await _timed(bench, name, entity_id, 27 + turn % 3)


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
