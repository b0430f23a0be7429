"""How long understanding takes: `python benchmarks/voice.py` prints figures as JSON. Needs no Home Assistant."""

import gc
import json
from pathlib import Path
from statistics import median, quantiles
import sys
import time
from typing import Any, Final

import psutil

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

_BEFORE: Final = psutil.Process().memory_full_info().uss

import _standalone  # noqa: E402

_standalone.prepare()
sys.modules["custom_components.dongju"] = sys.modules["dongju"]

from custom_components.dongju.voice.home import HomeIndex  # noqa: E402
from custom_components.dongju.voice.understand import Understander  # noqa: E402

_DATA: Final = ROOT / "tests" / "voice" / "data"
_WARMING: Final = {"ko": "지금 몇 시야", "en": "what time is it"}
_DEVICES: Final = 100


def main() -> None:
    """Understand every sentence of the public set, in its own home and, for the second time, in one of 100 devices."""
    home = json.loads((_DATA / "public_home.json").read_text(encoding="utf-8"))
    lines = (_DATA / "public.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, filter(None, lines)) if isinstance(row.get("text"), str)]
    figures: dict[str, Any] = {
        "home_of_the_sentences": _measure(home, rows),
        "home_of_100_devices": _measure(_grown(home), rows),
    }
    gc.collect()
    figures["memory_mb"] = round((psutil.Process().memory_full_info().uss - _BEFORE) / 1e6, 1)
    print(json.dumps(figures))


def _measure(home: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return CPU milliseconds of sentences heard for the first time, once the tables of both languages are built."""
    started = time.process_time()
    understander = Understander(HomeIndex.from_json(home))
    for language, sentence in _WARMING.items():
        understander.understand(sentence, language=language)
    built = time.process_time() - started
    taken = []
    for row in rows:
        area = (row.get("context") or {}).get("area")
        started = time.process_time()
        understander.understand(row["text"], language=row["lang"], area=area)
        taken.append(time.process_time() - started)
    return {
        "devices": len(home["devices"]),
        "sentences": len(rows),
        "tables_ms": round(built * 1000, 1),
        "p50_ms": round(median(taken) * 1000, 3),
        "p99_ms": round(quantiles(taken, n=100)[98] * 1000, 3),
    }


def _grown(home: dict[str, Any]) -> dict[str, Any]:
    """Return a home with more lamps, each with a name of its own."""
    areas = [area["id"] for area in home["areas"]]
    more = [
        {"kind": "light", "area": areas[n % len(areas)], "names": [f"{n}번 조명", f"lamp {n}"], "name": f"lamp {n}"}
        for n in range(_DEVICES - len(home["devices"]))
    ]
    return {**home, "devices": [*home["devices"], *more]}


if __name__ == "__main__":
    main()
