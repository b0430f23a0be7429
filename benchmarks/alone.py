"""What only Dongju can be asked: a burst, sentences, and a sentence that becomes a command."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
import json
from pathlib import Path
import sys
from typing import TYPE_CHECKING, Any, Final

from benchmarks import home
from benchmarks.cloud import Cloud, running_cloud

if TYPE_CHECKING:
    from benchmarks.run import Runner

type JsonDict = dict[str, Any]

_VOICE_PROGRAM: Final = Path(__file__).with_name("voice.py")
_BURST_PER_SECOND: Final = 1000.0
_COUNTING: Final = "battery.percent"
_APPLIANCE: Final = "서재 에어컨"
_SPEAKER: Final = "sp-living"


async def burst(runner: Runner) -> JsonDict:
    """Push 1,000 reports a second, each with a change, over thousands of devices."""
    size = runner.plan.burst_devices
    rounds = max(1, round(_BURST_PER_SECOND * runner.plan.burst_seconds / size))
    file = runner.folder / "burst.json"
    async with running_cloud(runner.folder / "c", {"thinq": home.door_sensors(size)}) as socket:
        cloud = await Cloud.open(socket)
        await cloud.ask("counting", file=str(file), path=_COUNTING, counts=list(range(1, rounds + 1)))
        await cloud.close()
        found = await runner.worker(
            socket,
            integration="dongju",
            folder=str(runner.folder / "burst"),
            devices=size,
            options={**runner.unlimited, "energy": False},
            steps=[["burst", {"file": str(file), "per_second": _BURST_PER_SECOND}]],
        )
    result: JsonDict = found["burst"]
    return result


async def voice(_runner: Runner) -> JsonDict:
    """Understand sentences, without Home Assistant and without a cloud."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", str(_VOICE_PROGRAM), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await process.communicate()
    found: JsonDict = json.loads(output)
    return found


async def spoken(runner: Runner) -> JsonDict:
    """Say to a KT speaker what an LG air conditioner shall do, and wait for it at LG's cloud."""
    others = [{**row, "room": "balcony"} for row in home.appliances(runner.plan.spoken_devices - 1)]
    named = {"type": "air_conditioner", "name": _APPLIANCE, "room": "study", "power_on": True}
    speaker = {"id": _SPEAKER, "kind": "speaker", "name": "거실 기가지니", "room": "living_room"}
    household = {"id": "h1", "name": "우리집", "type": "home", "devices": [speaker]}
    clouds = {"thinq": [*others, named], "genie": {"households": [household]}}
    async with running_cloud(runner.folder / "c", clouds) as socket:
        found = await runner.worker(
            socket,
            integration="dongju",
            folder=str(runner.folder / "spoken"),
            devices=len(others) + 1,
            options=runner.unlimited,
            steps=[
                ["spoken", {"speaker": _SPEAKER, "appliance": _APPLIANCE, "samples": runner.plan.spoken_samples}],
            ],
        )
    result: JsonDict = found["spoken"]
    return result


PARTS: Final[Mapping[str, Callable[[Runner], Awaitable[JsonDict]]]] = {
    "burst": burst,
    "voice": voice,
    "spoken": spoken,
}
