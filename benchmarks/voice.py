"""How long understanding takes and what it weighs: run as `python benchmarks/voice.py`, Home Assistant not needed."""

import importlib
import json
from pathlib import Path
import statistics
import sys
import time
import tracemalloc
import types

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "voice" / "data"
SETS = (("public.jsonl", "public_home.json"), ("second.jsonl", "second_home.json"), ("third.jsonl", "second_home.json"))


def bare_package() -> None:
    """Make `dongju` importable without running the integration's own start."""
    package = types.ModuleType("dongju")
    package.__path__ = [str(ROOT / "custom_components" / "dongju")]
    sys.modules["dongju"] = package


def main() -> None:
    """Print latency over all sentences and the memory of a prepared understander."""
    bare_package()
    tracemalloc.start()
    HomeIndex = importlib.import_module("dongju.voice.home").HomeIndex  # noqa: N806 - a class, loaded while measured
    Understander = importlib.import_module("dongju.voice.understand").Understander  # noqa: N806

    started = time.perf_counter()
    understanders = {
        home: Understander(HomeIndex.from_json(json.loads((DATA / home).read_text("utf-8")))) for _, home in SETS
    }
    for understander in understanders.values():
        understander.understand("거실 불 켜줘")
        understander.understand("turn on the light")
    print(f"prepared in {(time.perf_counter() - started) * 1000:.0f} ms (memory being traced)")
    print(f"memory: {tracemalloc.get_traced_memory()[1] / 2**20:.1f} MiB at most")
    tracemalloc.stop()
    wall: list[float] = []
    busy: list[float] = []
    for rows, home in SETS:
        for line in (DATA / rows).read_text("utf-8").splitlines():
            row = json.loads(line)
            begun, worked = time.perf_counter(), time.thread_time()
            understanders[home].understand(row["text"], language=row["lang"], area=row["context"].get("area"))
            busy.append((time.thread_time() - worked) * 1000)
            wall.append((time.perf_counter() - begun) * 1000)
    for name, times in (("wall", wall), ("processor", busy)):
        times.sort()
        print(
            f"{name}: {len(times)} sentences, median {statistics.median(times):.2f} ms, "
            f"p99 {times[int(len(times) * 0.99)]:.2f} ms, most {times[-1]:.2f} ms"
        )


if __name__ == "__main__":
    main()
