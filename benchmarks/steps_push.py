"""Steps about reports: what they cost through the handler and through MQTT over TLS, and how long they take."""

import asyncio
from collections.abc import Sequence
import json
from pathlib import Path
from statistics import median
import time
from typing import Any, Final

from homeassistant.core import Event, EventStateChangedData

from benchmarks.bench import Bench, counting_writes, spread, states_changed, until
from benchmarks.integrations import Deliver

type JsonDict = dict[str, Any]

_BATCHES: Final = 7


async def handler(bench: Bench, *, file: str, pushes: int) -> JsonDict:
    """Give the handler reports that change something, then the same ones again and again."""
    rounds = await _read(file)
    deliver = bench.driver.deliver(bench.entry)
    # Whole rounds, there and back again, as many as are needed: a large home has thousands of reports a round.
    changing = [text.encode() for texts in rounds[: 2 * max(1, pushes // 4 // len(rounds[0]))] for text in texts]
    repeated = changing[-len(rounds[0]) :]
    writes, states = await _count(bench, deliver, changing)
    repeated_writes, repeated_states = await _count(bench, deliver, repeated)
    changed_us = await _cpu_us(deliver, changing, pushes)
    # The last round was the last that was delivered, whatever the number of pushes.
    for text in repeated:
        await deliver(text)
    identical_us = await _cpu_us(deliver, repeated, pushes)
    return {
        "changed_us": changed_us,
        "identical_us": identical_us,
        "writes_changed": round(writes / len(changing), 2),
        "states_changed": round(states / len(changing), 2),
        "writes_identical": round(repeated_writes / len(repeated), 2),
        "states_identical": round(repeated_states / len(repeated), 2),
        "pushes": pushes,
    }


async def mqtt(bench: Bench, *, file: str, per_second: float, changed_rounds: int, identical_pushes: int) -> JsonDict:
    """Have the cloud push over MQTT and TLS; return the CPU of this process for each push.

    What the process does anyway is measured in a pause of the same length, and taken off.
    """
    rounds = await _read(file)
    count = len(rounds[0])
    seen = [0]

    def note(_event: Event[EventStateChangedData]) -> None:
        seen[0] += 1

    idle = await _idle_cpu(2.0)
    with states_changed(bench.hass, note):
        order = [n % len(rounds) for n in range(changed_rounds)]
        changed = await _stream_cpu(bench, file, order, per_second, idle)
        landed = seen[0]
    last = order[-1]
    identical = await _stream_cpu(bench, file, [last] * max(1, identical_pushes // count), per_second, idle)
    return {"changed_us": changed, "identical_us": identical, "states": landed, "pushes": changed_rounds * count}


async def push_latency(bench: Bench, *, file: str, samples: int, per_second: float) -> JsonDict:
    """Return how long a report takes from the cloud's hand to a state that changed, one report at a time."""
    rounds = await _read(file)
    needed = -(-samples // len(rounds[0]))
    times: list[float] = []
    with states_changed(bench.hass, lambda _event: times.append(time.monotonic())):
        answer = await bench.cloud.ask(
            "stream",
            file=file,
            rounds=[n % len(rounds) for n in range(needed)],
            limit=samples,
            per_second=per_second,
            times=True,
        )
        await asyncio.sleep(1.0)
    sent = answer["sent"]
    taken = []
    for number, at in enumerate(sent):
        ends = sent[number + 1] if number + 1 < len(sent) else at + 1.0
        first = next((when for when in times if at <= when < ends), None)
        if first is not None:
            taken.append(first - at)
    return {**spread(taken), "missed": len(sent) - len(taken)}


async def _read(file: str) -> list[list[str]]:
    rounds: list[list[str]] = json.loads(await asyncio.to_thread(Path(file).read_text))
    return rounds


async def _count(bench: Bench, deliver: Deliver, texts: Sequence[bytes]) -> tuple[int, int]:
    """Return how many states were written, and how many of them changed."""
    changed = [0]

    def note(_event: Event[EventStateChangedData]) -> None:
        changed[0] += 1

    with counting_writes() as written, states_changed(bench.hass, note):
        for text in texts:
            await deliver(text)
    return written[0], changed[0]


async def _cpu_us(deliver: Deliver, texts: Sequence[bytes], pushes: int) -> float:
    """Return the CPU of one push in microseconds: the median of some batches of whole cycles."""
    cycles = max(1, pushes // _BATCHES // len(texts))
    for text in texts:
        await deliver(text)
    figures = []
    for _ in range(_BATCHES):
        started = time.process_time()
        for _ in range(cycles):
            for text in texts:
                await deliver(text)
        figures.append((time.process_time() - started) / cycles / len(texts))
        await asyncio.sleep(0)
    return round(median(figures) * 1e6, 2)


async def _idle_cpu(seconds: float) -> float:
    """Return the CPU seconds this process uses in a second without pushes."""
    started = time.process_time()
    await asyncio.sleep(seconds)
    return (time.process_time() - started) / seconds


async def _stream_cpu(bench: Bench, file: str, order: Sequence[int], per_second: float, idle: float) -> float:
    before = (await bench.cloud.control("thinq", "mqtt"))["acknowledged"]
    started, cpu = time.perf_counter(), time.process_time()
    bench.selector.watching = False
    answer = await bench.cloud.ask("stream", file=file, rounds=list(order), per_second=per_second)
    statistics: JsonDict = {}

    while (statistics := await bench.cloud.control("thinq", "mqtt"))["acknowledged"] - before < answer["count"]:
        await asyncio.sleep(0.05)
        if time.perf_counter() - started > 300:
            raise TimeoutError(f"only {statistics['acknowledged'] - before} of {answer['count']} were taken")
    await until(lambda: True)
    used = time.process_time() - cpu - idle * (time.perf_counter() - started)
    bench.selector.watching = True
    return round(used / answer["count"] * 1e6, 2)
