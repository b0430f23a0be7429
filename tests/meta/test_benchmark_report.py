"""The benchmark's tables: of a whole run, and of what is left of one where parts failed."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks import report


def start(integration: str, size: int, *, what: str = "first start", memory: float, calls: int = 0) -> dict[str, Any]:
    found = {"set_up": {"memory_mib": memory, "entities": size * 10, "calls": calls, "stalls": {"cpu_ms": [25.0, 1.0]}}}
    return {"what": what, "integration": integration, "size": size, "latency": 0.0, "found": found}


def document(*results: dict[str, Any], failures: tuple[str, ...] = ()) -> dict[str, Any]:
    about = {"cpu": "a CPU", "cores": 2, "load": 0.1, "system": "Linux", "python": "3.14", "homeassistant": "2026.10"}
    versions = {"thinqconnect": "1", "aiomqtt": "2", "command": "scripts/bench", "at": "today", "minutes": 1.0}
    return {**about, **versions, "failures": list(failures), "results": list(results)}


def row(text: str, title: str) -> list[str]:
    (line,) = (line for line in text.splitlines() if line.startswith(f"| {title} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][2:]


def test_both_stand_beside_each_other_and_missed_goals_are_marked() -> None:
    text = report.table(
        document(
            start("core", 10, what="restart", memory=2.0, calls=40),
            start("dongju", 10, what="restart", memory=1.0, calls=14),
            start("core", 100, what="restart", memory=11.0, calls=400),
            start("dongju", 100, what="restart", memory=19.0, calls=105),
        )
    )
    assert row(text, "Cloud calls, restart") == ["40 → 14 (0.35)", "400 → 105 (0.26) ✗"]
    # What 900 entities more need, without what is needed once.
    assert row(text, "Memory of each further 1,000 entities, restart") == ["", "10.00 → 20.00 MiB (2) ✗"]
    assert row(text, "Longest stall, restart, CPU with garbage collection")[0] == "25.0 → 25.0 ms (1) ✗"


def test_what_failed_is_named_and_leaves_the_rest() -> None:
    text = report.table(
        document(
            start("core", 10, memory=2.0),
            start("core", 100, memory=11.0),
            start("dongju", 100, memory=9.0),
            {"what": "burst", "found": {"devices": 2500, "pushes_lost": 3}},
            failures=("10 appliances, 0 ms",),
        )
    )
    assert "10 appliances, 0 ms" in text
    assert row(text, "Memory of each further 1,000 entities, first start") == ["", "10.00 → ? MiB"]
    assert row(text, "Burst: devices") == ["2,500"]
    assert row(text, "Burst: pushes lost") == ["3 ✗"]


def test_a_quiet_hour_is_shown_alone_too() -> None:
    hours = [
        {"what": "quiet hour", "integration": name, "size": 10, "found": {"calls": calls}}
        for name, calls in (("core", 0), ("dongju", 3))
    ]
    assert row(report.table(document(*hours)), "Cloud calls in a quiet hour") == ["0 → 3"]


def test_nothing_at_all_makes_a_table_too() -> None:
    assert "scripts/bench" in report.table(document())


def test_the_documentation_keeps_what_is_around_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "performance.md"
    copy.write_text(report.DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(report, "DOCUMENT", copy)
    for figure in (1, 2):
        report.write_docs(document({"what": "burst", "found": {"devices": figure}}))
    text = copy.read_text(encoding="utf-8")
    assert row(text, "Burst: devices") == ["2"]
    assert text.startswith("# Performance")
    assert "## What the profiles showed" in text

    copy.write_text("# Performance", encoding="utf-8")
    with pytest.raises(ValueError, match="marks"):
        report.write_docs(document())
