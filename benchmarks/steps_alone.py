"""Steps that only Dongju is asked to take: a burst of reports, and sentences that become commands."""

import asyncio
import json
from pathlib import Path
import time
from typing import Any, Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Event, EventStateChangedData

from benchmarks.bench import Bench, private_memory, spread, states_changed, until
from benchmarks.integrations import config_entry

type JsonDict = dict[str, Any]

_COOL: Final = {"airConJobMode": {"currentJobMode": "COOL"}, "operation": {"airConOperationMode": "POWER_ON"}}
_APART_SECONDS: Final = 0.4
_LANDING_SECONDS: Final = 60.0


async def burst(bench: Bench, *, file: str, per_second: float) -> JsonDict:
    """Have every appliance count, all of them at once; each must be seen to count without a gap, in order."""
    rounds: list[list[str]] = json.loads(await asyncio.to_thread(Path(file).read_text))
    expected = [str(number) for number in range(1, len(rounds) + 1)]
    counted: dict[str, list[str]] = {}

    def note(event: Event[EventStateChangedData]) -> None:
        if (state := event.data["new_state"]) is not None:
            counted.setdefault(state.entity_id, []).append(state.state)

    memory = private_memory()
    await asyncio.sleep(0.1)
    bench.selector.stalls.reset()
    with states_changed(bench.hass, note):
        started, cpu = time.monotonic(), time.process_time()
        answer = await bench.cloud.ask("stream", file=file, per_second=per_second)

        def landed() -> bool:
            return sum(map(len, counted.values())) >= answer["count"]

        await until(landed, _LANDING_SECONDS)
        ended, used = time.monotonic(), time.process_time() - cpu
    stalls = bench.selector.stalls.as_dict()
    right = sum(seen == expected for seen in counted.values())
    seconds = answer["sent"][1] - started
    return {
        "devices": bench.devices,
        "pushes": answer["count"],
        "pushes_per_second": round(answer["count"] / seconds),
        "seconds": round(seconds, 1),
        "devices_out_of_order": bench.devices - right,
        "pushes_lost": answer["count"] - sum(map(len, counted.values())),
        "last_state_ms_after_the_last_push": round((ended - answer["sent"][1]) * 1000),
        "cores_used": round(used / seconds, 3),
        "cpu_us_per_push": round(used / answer["count"] * 1e6, 1),
        **{f"longest_stall_{clock}": longest[0] for clock, longest in stalls.items()},
        "memory_grown_mib": round((private_memory() - memory) / 2**20, 2),
    }


async def spoken(bench: Bench, *, speaker: str, appliance: str, samples: int) -> JsonDict:
    """Say sentences to a KT speaker that set the temperature of an LG appliance; return how long each took."""
    await _add_genie(bench)
    await bench.cloud.control("thinq", "act", device=appliance, do="set_state", data={"state": _COOL})
    await asyncio.sleep(2.0)
    taken: list[float] = []
    unheard: set[str] = set()
    for number in range(samples):
        degrees = 18 + number % 12
        answer = await bench.cloud.ask("say", device=speaker, text=f"{appliance} {degrees}도로 맞춰줘")
        requests = (await bench.cloud.ask("requests", kind="control", limit=3))["requests"]
        arrived = [request["at"] for request in requests if request["at"] >= answer["at"]]
        if arrived:
            taken.append(min(arrived) - answer["at"])
        else:
            unheard.add(str(answer["heard"].get("spoken")))
        await asyncio.sleep(_APART_SECONDS)
    return {
        "devices": bench.devices,
        **spread(taken),
        "without_a_command": samples - len(taken),
        "why": sorted(unheard),
    }


async def _add_genie(bench: Bench) -> None:
    """Set up the KT account beside the LG account, as a person does."""
    from custom_components.dongju.vendors.registry import VENDORS  # noqa: PLC0415 - core's worker does not need it

    connection = await bench.cloud.ask("connection")
    genie = next(vendor for vendor in VENDORS if vendor == "genie")
    data = {"kind": "account", "vendor": str(genie), **VENDORS[genie].demo_data(connection["genie"])}
    entry = config_entry(bench.driver.domain, data, {}, unique_id="benchmark-genie")
    await bench.hass.config_entries.async_add(entry)
    assert entry.state is ConfigEntryState.LOADED, entry.reason
    await bench.hass.async_block_till_done()
