"""Steps around starting: set-up itself, a quiet hour, and which reports change something."""

import asyncio
from collections import Counter
import json
from pathlib import Path
import time
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from benchmarks.bench import Bench, calls_at_rest, counting_writes, private_memory, states_changed, until
from benchmarks.integrations import only_energy, without_energy

type JsonDict = dict[str, Any]


async def set_up(bench: Bench, *, restart: bool) -> JsonDict:
    """Set the integration up and measure it, from the first line of its code to the last device's last call."""
    hass, entry = bench.hass, bench.entry
    await bench.cloud.ask("calls", reset=True)
    memory = private_memory()
    # The turn of the loop in which garbage was collected must not count.
    await asyncio.sleep(0.1)
    bench.selector.stalls.reset()
    started, cpu = time.perf_counter(), time.process_time()
    if restart:
        assert await async_setup_component(hass, bench.driver.domain, {})
    else:
        await hass.config_entries.async_add(entry)
    returned, cpu_returned = time.perf_counter(), time.process_time()
    assert entry.state is ConfigEntryState.LOADED, entry.reason
    entities = _states_of(bench)
    complete = await until(lambda: bench.driver.ready(entry, bench.devices))
    done, cpu_done = time.perf_counter(), time.process_time()
    await hass.async_block_till_done()
    await asyncio.sleep(0)
    stalls = bench.selector.stalls.as_dict()
    calls = await calls_at_rest(bench.cloud)
    entities_now = _states_of(bench)
    grown = private_memory() - memory
    registered = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    return {
        "complete": complete,
        "wall_s": round(returned - started, 3),
        "wall_complete_s": round(done - started, 3),
        "cpu_s": round(cpu_returned - cpu, 3),
        "cpu_complete_s": round(cpu_done - cpu, 3),
        "entities": entities_now,
        "entities_at_return": entities,
        "entities_disabled": sum(item.disabled for item in registered),
        "calls": without_energy(calls),
        "calls_energy": only_energy(calls),
        "calls_by_kind": calls,
        "stalls": stalls,
        "memory_mib": round(grown / 2**20, 2),
        "memory_mib_per_1000_entities": round(grown / 2**20 / max(1, entities_now) * 1000, 2),
        "without_value": sum(
            state.state in {"unknown", "unavailable"}
            for item in registered
            if (state := hass.states.get(item.entity_id))
        ),
    }


async def quiet_hour(bench: Bench, *, after: float, seconds: float) -> JsonDict:
    """Let time pass while nothing happens in the home; return the calls of `seconds` real ones, `after` others."""
    await bench.cloud.control("thinq", "fault", name="push_drop")
    await asyncio.sleep(after * bench.rate)
    await bench.cloud.ask("calls", reset=True)
    await asyncio.sleep(seconds * bench.rate)
    calls = (await bench.cloud.ask("calls"))["by_endpoint"]
    return {"calls": without_energy(calls), "calls_energy": only_energy(calls), "calls_by_kind": calls}


async def calibrate(bench: Bench, *, file: str) -> JsonDict:
    """Return for each candidate report how many states it changed, there and back."""
    candidates = json.loads(await asyncio.to_thread(Path(file).read_text))
    deliver = bench.driver.deliver(bench.entry)
    changed: Counter[str] = Counter()
    with states_changed(bench.hass, lambda _event: changed.update(n=1)), counting_writes():
        counts = []
        for candidate in candidates:
            both = []
            for text in (candidate["there"], candidate["back"]):
                changed.clear()
                try:
                    await deliver(text.encode())
                except Exception as err:  # noqa: BLE001 - a report that core cannot take is no candidate
                    changed.clear()
                    both.append(0)
                    candidate["error"] = repr(err)
                else:
                    both.append(changed["n"])
            counts.append(both)
    return {"counts": counts}


def _states_of(bench: Bench) -> int:
    registered = er.async_entries_for_config_entry(er.async_get(bench.hass), bench.entry.entry_id)
    return sum(bench.hass.states.get(item.entity_id) is not None for item in registered)
