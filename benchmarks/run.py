"""Measures Dongju beside Home Assistant's own lg_thinq, on the same mock cloud.

Everything takes about 25 minutes, and wants a machine that does nothing else: `scripts/bench --write-docs`.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
import json
import os
from pathlib import Path
import platform
import signal
import sys
import tempfile
import time
from typing import Any, Final

from benchmarks import alone, home, report
from benchmarks.cloud import Cloud, running_cloud

ROOT: Final = Path(__file__).resolve().parent.parent
RESULTS: Final = Path(__file__).with_name("results")
_WORKER: Final = Path(__file__).with_name("worker.py")
_WORKER_SECONDS: Final = 1200
INTEGRATIONS: Final = ("core", "dongju")

# The work is compared, not the patience with LG's secret limit: the mock has none, and our governor is told so.
_UNLIMITED: Final = {"calls_per_hour": 1_000_000}

_QUIET_RATE: Final = 120.0
_HOUR: Final = 3600.0

type JsonDict = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    sizes: tuple[int, ...] = (10, 100, 500)
    latencies: tuple[float, ...] = (0.0, 0.05)
    repeats: int = 3
    pushes: int = 6000
    mqtt_pushes: int = 2000
    latency_samples: int = 200
    command_size: int = 100
    command_rounds: int = 5
    quiet_sizes: tuple[int, ...] = (10, 100, 500)
    burst_devices: int = 2500
    burst_seconds: float = 60.0
    spoken_devices: int = 100
    spoken_samples: int = 100


QUICK: Final = Plan(
    sizes=(10, 100),
    latencies=(0.0,),
    repeats=1,
    pushes=2000,
    mqtt_pushes=800,
    latency_samples=60,
    command_rounds=1,
    quiet_sizes=(),
    burst_devices=500,
    burst_seconds=5.0,
    spoken_samples=20,
)


@dataclass(slots=True)
class Runner:
    """Runs workers in a temporary folder, and collects what they found."""

    plan: Plan
    folder: Path
    results: list[JsonDict] = field(default_factory=list)
    allowed: set[tuple[str, str]] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    started: float = field(default_factory=time.monotonic)
    number: int = 0
    unlimited: Mapping[str, int] = field(default_factory=lambda: _UNLIMITED)

    async def worker(self, socket: str, **spec: Any) -> JsonDict:
        """Run one worker process to its end; return what it found. Raises RuntimeError when it fails."""
        self.number += 1
        result = self.folder / f"result-{self.number}.json"
        file = self.folder / f"spec-{self.number}.json"
        file.write_text(json.dumps({"steps": [], **spec, "socket": socket, "result": str(result)}))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", str(_WORKER), str(file), env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            _, errors = await asyncio.wait_for(process.communicate(), _WORKER_SECONDS)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if not result.exists():
            raise RuntimeError(f"a worker failed:\n{errors.decode(errors='replace')[-4000:]}")
        found: JsonDict = json.loads(result.read_text())
        return found

    async def alone(self, name: str, run: Callable[[Runner], Awaitable[JsonDict]]) -> None:
        """Measure what only Dongju can do."""
        self.note(what=name, found=await run(self))

    def note(self, **row: Any) -> None:
        """Keep what was found, and say that something was."""
        self.results.append(row)
        self.say(f"  {row['what']} {row.get('integration', '')}")

    def say(self, text: str) -> None:
        """Tell whoever waits how far it is, by minutes and seconds since the start."""
        minutes, seconds = divmod(round(time.monotonic() - self.started), 60)
        print(f"{minutes:3}:{seconds:02} {text}", flush=True)

    async def calibrate(self) -> None:
        """Find the reports that change a state with both integrations: only those are compared."""
        found: dict[str, list[list[int]]] = {}
        file = self.folder / "candidates.json"
        async with running_cloud(self.folder / "c", {"thinq": home.appliances(home.MIX_SIZE)}) as socket:
            cloud = await Cloud.open(socket)
            await cloud.ask("candidates", file=str(file))
            await cloud.close()
            for integration in INTEGRATIONS:
                answer = await self.worker(
                    socket,
                    integration=integration,
                    folder=str(self.folder / f"calibrate-{integration}"),
                    devices=home.MIX_SIZE,
                    options=_UNLIMITED,
                    steps=[["calibrate", {"file": str(file)}]],
                )
                found[integration] = answer["calibrate"]["counts"]
        candidates = json.loads(file.read_text())
        for candidate, *counts in zip(candidates, *found.values(), strict=True):
            if all(min(both) > 0 for both in counts):
                self.allowed.add((candidate["type"], candidate["path"]))
        self.say(f"  {len(self.allowed)} of {len(candidates)} kinds of reports change something with both")

    async def write_rounds(self, cloud: Cloud, name: str) -> str:
        """Write rounds of reports, each with one change for every appliance, and return the file's name."""
        candidates, file = self.folder / f"{name}-candidates.json", self.folder / f"{name}-rounds.json"
        await cloud.ask("candidates", file=str(candidates))
        by_device: dict[str, list[JsonDict]] = {}
        for candidate in json.loads(candidates.read_text()):
            if (candidate["type"], candidate["path"]) in self.allowed:
                by_device.setdefault(candidate["device"], []).append(candidate)
        turns = max(len(found) for found in by_device.values())
        rounds = [
            [found[turn % len(found)][way] for found in by_device.values()]
            for turn in range(turns)
            for way in ("there", "back")
        ]
        file.write_text(json.dumps(rounds))
        return str(file)

    async def side_by_side(self, size: int, latency: float) -> None:
        """Measure both integrations on one home."""
        async with running_cloud(self.folder / "c", {"thinq": home.appliances(size)}) as socket:
            cloud = await Cloud.open(socket)
            rounds = await self.write_rounds(cloud, f"{size}")
            await cloud.close()
            # Repeated for the sake of CPU time; what waits for a distant cloud takes its time anyway.
            for repeat in range(1 if latency else self.plan.repeats):
                for integration in INTEGRATIONS:
                    common = {
                        "integration": integration,
                        "folder": str(self.folder / f"{integration}-{size}-{latency}-{repeat}"),
                        "devices": size,
                        "options": _UNLIMITED,
                        "latency": latency,
                    }
                    about = {"integration": integration, "size": size, "latency": latency, "repeat": repeat}
                    steps = self._steps(size, latency, rounds) if repeat == 0 else []
                    self.note(what="first start", **about, found=await self.worker(socket, **common, steps=steps))
                    self.note(what="restart", **about, found=await self.worker(socket, **common, restart=True))

    def _steps(self, size: int, latency: float, rounds: str) -> list[tuple[str, JsonDict]]:
        plan = self.plan
        steps: list[tuple[str, JsonDict]] = []
        if latency == 0:
            steps.append(("handler", {"file": rounds, "pushes": plan.pushes}))
            count = max(2, plan.mqtt_pushes // size)
            steps.append(
                (
                    "mqtt",
                    {
                        "file": rounds,
                        "per_second": 400,
                        "changed_rounds": count,
                        "identical_pushes": plan.mqtt_pushes,
                    },
                )
            )
        samples, pace = (plan.latency_samples // 2, 8) if latency else (plan.latency_samples, 20)
        steps.append(("push_latency", {"file": rounds, "samples": samples, "per_second": pace}))
        if size == plan.command_size:
            coolers, refrigerators = (home.named(kind, size)[:6] for kind in ("air_conditioner", "refrigerator"))
            arguments = {"coolers": coolers, "refrigerators": refrigerators}
            steps.append(("commands", {**arguments, "rounds": 2 if latency else plan.command_rounds}))
        return steps

    async def quiet(self, size: int) -> None:
        """Count the calls of an hour in which nothing happens; only calls: both may have it at the same time."""
        async with asyncio.TaskGroup() as both:
            for integration in INTEGRATIONS:
                both.create_task(self._quiet(integration, size))

    async def _quiet(self, integration: str, size: int) -> None:
        """Count the calls of one integration in a quiet hour, with the default allowance of calls."""
        async with running_cloud(self.folder / f"c-{integration}", {"thinq": home.appliances(size)}) as socket:
            common = {"integration": integration, "folder": str(self.folder / f"{integration}-{size}-quiet")}
            await self.worker(socket, **common, devices=size, options=_UNLIMITED)
            # The calls of the start count for an hour: the second hour is a quiet one.
            step = ("quiet_hour", {"after": _HOUR / _QUIET_RATE, "seconds": _HOUR / _QUIET_RATE})
            hasty = {"restart": True, "rate": _QUIET_RATE, "steps": [step]}
            found = await self.worker(socket, **common, **hasty, devices=size, options={})
            self.note(what="quiet hour", integration=integration, size=size, found=found["quiet_hour"])


def machine() -> JsonDict:
    """Return what the figures depend on."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "homeassistant": version("homeassistant"),
        "thinqconnect": version("thinqconnect"),
        "aiomqtt": version("aiomqtt"),
        "load": os.getloadavg()[0],
    }


async def measure(runner: Runner, parts: Sequence[str]) -> None:
    """Measure what was asked for, part by part; one that fails is told of, and the others go on."""
    for name, work in _work(runner, parts):
        runner.say(name)
        try:
            await work()
        except Exception as err:  # noqa: BLE001 - whatever one part ran into, the others have been waited for
            print(f"  failed: {err!r}", file=sys.stderr, flush=True)
            runner.failures.append(name)


def run(plan: Plan, parts: Sequence[str]) -> Runner:
    """Measure in a temporary folder; what was found before an interruption is kept."""
    # To be told to end is like Ctrl+C: the clouds end too, and the folder goes.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        runner = Runner(plan, Path(folder))
        try:
            asyncio.run(measure(runner, parts))
        except KeyboardInterrupt:
            runner.failures.append("what came after the interruption")
    return runner


def _work(runner: Runner, parts: Sequence[str]) -> Iterator[tuple[str, Callable[[], Awaitable[None]]]]:
    """Yield what there is to do."""
    plan = runner.plan
    if "side" in parts:
        yield "reports to compare by", runner.calibrate
        for size in plan.sizes:
            for latency in plan.latencies:
                about = f"{size} appliances, {latency * 1000:.0f} ms"
                yield about, partial(runner.side_by_side, size, latency)
    if "quiet" in parts:
        for size in plan.quiet_sizes:
            yield f"a quiet hour of {size} appliances", partial(runner.quiet, size)
    for name, run in alone.PARTS.items():
        if name in parts:
            yield name, partial(runner.alone, name, run)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; return its exit code."""
    known = ("side", "quiet", *alone.PARTS)
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small homes and few samples: about four minutes")
    parser.add_argument("--only", action="append", choices=known, help="measure this part only (repeatable)")
    parser.add_argument("--sizes", help="sizes of the homes compared, as in 10,100,500")
    parser.add_argument("--output", type=Path, help="file for the figures (default: benchmarks/results/<time>.json)")
    parser.add_argument("--show", type=Path, metavar="FILE", help="measure nothing, show the figures of that file")
    parser.add_argument("--write-docs", action="store_true", help="put the tables into docs/performance.md too")
    options = parser.parse_args(arguments)
    if options.show:
        document = json.loads(options.show.read_text())
    else:
        plan = QUICK if options.quick else Plan()
        if options.sizes:
            plan = _with_sizes(plan, tuple(int(size) for size in options.sizes.split(",")))
        document = _document(plan, options.only or known, ("scripts/bench", *(arguments or sys.argv[1:])))
        file = options.output or RESULTS / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(document, indent=1, ensure_ascii=False))
        print(f"\n{file}")
    print(f"\n{report.table(document)}")
    if options.write_docs:
        report.write_docs(document)
    return 1 if document["failures"] else 0


def _document(plan: Plan, parts: Sequence[str], command: Sequence[str]) -> JsonDict:
    """Measure; return the figures with all they depend on."""
    about = {**machine(), "command": " ".join(command), "at": datetime.now(UTC).isoformat(timespec="seconds")}
    runner = run(plan, parts)
    minutes = round((time.monotonic() - runner.started) / 60, 1)
    return {**about, "minutes": minutes, "failures": runner.failures, "results": runner.results}


def _with_sizes(plan: Plan, sizes: tuple[int, ...]) -> Plan:
    return replace(plan, sizes=sizes, quiet_sizes=tuple(size for size in plan.quiet_sizes if size in sizes))


if __name__ == "__main__":
    sys.exit(main())
