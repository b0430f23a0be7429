"""The figures as Markdown: both integrations beside each other, with the ratio and the goal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

type JsonDict = dict[str, Any]

DOCUMENT: Final = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
_BEGINS: Final = "<!-- scripts/bench --write-docs begins here -->\n"
_ENDS: Final = "<!-- scripts/bench --write-docs ends here -->\n"


class Goal(NamedTuple):
    """What a figure should be: a part of core's, an amount, or so many calls besides one for each appliance."""

    ratio: float | None = None
    most: float | None = None
    least: float | None = None
    calls: int | None = None
    says: str = ""

    def __str__(self) -> str:
        """Return the goal as it stands in the table."""
        if self.ratio is not None:
            return f"<= 1/{1 / self.ratio:.0f} of core"
        if self.calls is not None:
            return f"<= N+{self.calls}"
        if self.most is not None:
            return f"<= {self.most:g}"
        return f">= {self.least:g}" if self.least is not None else self.says

    def is_missed(self, ours: float | None, core: float | None = None, size: int = 0) -> bool:
        """Tell whether a figure is not what it should be."""
        if ours is None:
            return False
        limits = (
            None if self.ratio is None or core is None else self.ratio * core,
            self.most,
            None if self.calls is None else size + self.calls,
        )
        too_much = any(limit is not None and ours > limit for limit in limits)
        return too_much or (self.least is not None and ours < self.least)


class Row(NamedTuple):
    """One line of the table: what was measured, where its figure is, and what it should be."""

    what: str
    path: str
    title: str
    unit: str = ""
    goal: Goal = Goal()
    digits: int = 2


_TIMES: Final = frozenset({"s", "ms"})
"""Units of what a distant cloud changes."""

_HALF: Final = Goal(ratio=1 / 2)
_FIFTH: Final = Goal(ratio=1 / 5)
_TWENTIETH: Final = Goal(ratio=1 / 20)
_STALL: Final = Goal(most=20)
_MEMORY: Final = Goal(most=10)
_FIRST: Final = "first start"
_RESTART: Final = "restart"
_QUIET: Final = "quiet hour"

ROWS: Final = (
    Row(_FIRST, "handler/changed_us", "CPU per push, value changed, through the handler", "us", _FIFTH),
    Row(_FIRST, "handler/identical_us", "CPU per push, identical report, through the handler", "us", _TWENTIETH),
    Row(_FIRST, "mqtt/changed_us", "CPU per push, value changed, through MQTT and TLS", "us"),
    Row(_FIRST, "mqtt/identical_us", "CPU per push, identical report, through MQTT and TLS", "us"),
    Row(_FIRST, "handler/writes_changed", "States written per push, value changed"),
    Row(_FIRST, "handler/states_changed", "States that changed per push"),
    Row(_FIRST, "handler/writes_identical", "States written per push, identical report"),
    Row(_FIRST, "set_up/calls", "Cloud calls, first start", digits=0),
    Row(_RESTART, "set_up/calls", "Cloud calls, restart", goal=Goal(calls=4), digits=0),
    Row(_FIRST, "set_up/calls_energy", "Cloud calls about energy, first start", digits=0),
    Row(_FIRST, "calls_at_stop", "Cloud calls at stop", digits=0),
    Row(_QUIET, "calls", "Cloud calls in a quiet hour", digits=0),
    Row(_QUIET, "calls_energy", "Cloud calls about energy in a quiet hour", digits=0),
    Row(_FIRST, "set_up/entities", "Entities", digits=0),
    Row(_FIRST, "set_up/wall_s", "First start, set-up, by the clock", "s", _HALF),
    Row(_FIRST, "set_up/cpu_complete_s", "First start, CPU until every device is read", "s", _HALF),
    Row(_RESTART, "set_up/wall_s", "Restart (cached profiles), all entities there, by the clock", "s", Goal(most=1)),
    Row(_RESTART, "set_up/wall_complete_s", "Restart, every device read, by the clock", "s", _HALF),
    Row(_RESTART, "set_up/cpu_s", "Restart, CPU until all entities are there", "s"),
    Row(_RESTART, "set_up/cpu_complete_s", "Restart, CPU until every device is read", "s", _HALF),
    *(
        Row(what, f"set_up/stalls/{clock}_ms/0", f"Longest stall, {what}, {title}", "ms", goal, 1)
        for what in (_FIRST, _RESTART)
        for clock, title, goal in (
            ("own", "CPU but for garbage collection", _STALL),
            ("cpu", "CPU with garbage collection", _STALL),
            ("wall", "by the clock", Goal()),
        )
    ),
    Row(_FIRST, "set_up/memory_mib_per_1000_entities", "Memory per 1,000 entities, first start", "MiB", _MEMORY),
    Row(_RESTART, "set_up/memory_mib_per_1000_entities", "Memory per 1,000 entities, restart", "MiB", _MEMORY),
    Row(_FIRST, "push_latency/p50_ms", "Push to state, p50", "ms"),
    Row(_FIRST, "push_latency/p99_ms", "Push to state, p99", "ms"),
    Row(_FIRST, "commands/request/p50_ms", "Service call to request, p50", "ms"),
    Row(_FIRST, "commands/request/p99_ms", "Service call to request, p99", "ms"),
    Row(_FIRST, "commands/second_request/p50_ms", "Second command to the same device, p50", "ms", Goal(says="at once")),
    Row(_FIRST, "commands/second_request/p99_ms", "Second command to the same device, p99", "ms"),
    Row(_FIRST, "commands/off_to_cool/p50_ms", "Off to cool, 23 degrees: last request, p50", "ms", digits=0),
    Row(_FIRST, "commands/off_to_cool_right", "Off to cool, 23 degrees: appliances that did it, of 6", digits=0),
)

_LITTLE_HOME: Final = "Voice understanding, 33 devices"
_LARGE_HOME: Final = "Voice understanding, 100 devices"

ALONE: Final = (
    Row("burst", "devices", "Burst: devices", digits=0),
    Row("burst", "pushes", "Burst: pushes, each a change", digits=0),
    Row("burst", "seconds", "Burst: duration", "s", digits=1),
    Row("burst", "pushes_per_second", "Burst: pushes per second", digits=0),
    Row("burst", "pushes_lost", "Burst: pushes lost", goal=Goal(most=0), digits=0),
    Row("burst", "devices_out_of_order", "Burst: devices with a gap or out of order", goal=Goal(most=0), digits=0),
    Row("burst", "cores_used", "Burst: cores used", goal=Goal(most=1)),
    Row("burst", "cpu_us_per_push", "Burst: CPU per push, through MQTT and TLS", "us", digits=0),
    Row("burst", "last_state_ms_after_the_last_push", "Burst: last push to last state", "ms", digits=0),
    Row("burst", "longest_stall_own_ms", "Burst: longest stall, CPU but for garbage collection", "ms", _STALL, 1),
    Row("burst", "longest_stall_cpu_ms", "Burst: longest stall, CPU with garbage collection", "ms", _STALL, 1),
    Row("voice", "home_of_the_sentences/p50_ms", f"{_LITTLE_HOME}, CPU, p50", "ms"),
    Row("voice", "home_of_the_sentences/p99_ms", f"{_LITTLE_HOME}, CPU, p99", "ms", Goal(most=5)),
    Row("voice", "home_of_100_devices/p50_ms", f"{_LARGE_HOME}, CPU, p50", "ms"),
    Row("voice", "home_of_100_devices/p99_ms", f"{_LARGE_HOME}, CPU, p99", "ms", Goal(most=5)),
    Row("voice", "memory_mb", "Voice understanding: memory, code and tables", "MB", Goal(most=30), 1),
    Row("spoken", "devices", "Utterance at the mock speaker to command at the mock LG cloud: devices", digits=0),
    Row("spoken", "p50_ms", "Utterance to command, p50", "ms", digits=1),
    Row("spoken", "p99_ms", "Utterance to command, p99", "ms", Goal(most=100), 1),
    Row("spoken", "without_a_command", "Utterances without a command", goal=Goal(most=0), digits=0),
)


_VERSIONS: Final = (
    ("Python", "python"),
    ("Home Assistant", "homeassistant"),
    ("thinqconnect", "thinqconnect"),
    ("aiomqtt", "aiomqtt"),
)


def table(document: Mapping[str, Any]) -> str:
    """Return the tables of a run: one for each latency, then what only Dongju was asked."""
    results = document["results"]
    lines = [
        f"Machine: {document['cpu']}, {document['cores']} cores, load {document['load']:.1f}, {document['system']}.",
        f"Versions: {', '.join(f'{name} {document[key]}' for name, key in _VERSIONS)}.",
        f"Command: `{document['command']}`, {document['at']}, {document['minutes']} minutes.",
        "",
        "A cell says: core → Dongju (Dongju / core). ✗ marks a goal that is missed.",
    ]
    if document["failures"]:
        lines += ["", f"Not measured, because it failed: {', '.join(document['failures'])}."]
    for latency in sorted({result.get("latency", 0.0) for result in results if "integration" in result}):
        lines += ["", *_compared(results, latency)]
    if alone := list(_alone(results)):
        lines += ["", "| Dongju alone | Goal | |", "|---|---|---|", *alone]
    return "\n".join(lines)


def write_docs(document: Mapping[str, Any]) -> None:
    """Put the tables of a run into the documentation, in the place of the last ones."""
    before, _, rest = DOCUMENT.read_text(encoding="utf-8").partition(_BEGINS)
    _, found, after = rest.partition(_ENDS)
    if not found:
        raise ValueError(f"{DOCUMENT} has lost the marks between which the tables stand")
    DOCUMENT.write_text(f"{before}{_BEGINS}\n{table(document)}\n\n{_ENDS}{after}", encoding="utf-8")


def _compared(results: Sequence[Mapping[str, Any]], latency: float) -> Iterator[str]:
    rows = [row for row in ROWS if not latency or row.unit in _TIMES]
    cells = {row: _cells(row, results, latency) for row in rows}
    sizes = sorted({size for found in cells.values() for size in found})
    yield f"| {latency * 1000:.0f} ms to the cloud | Goal | {' | '.join(f'{size} appliances' for size in sizes)} |"
    yield f"|---|---|{'---|' * len(sizes)}"
    for row, found in cells.items():
        if found:
            yield f"| {row.title} | {row.goal} | {' | '.join(found.get(size, '') for size in sizes)} |"
    if not latency:
        yield from _further_memory(results, sizes)


def _further_memory(results: Sequence[Mapping[str, Any]], sizes: Sequence[int]) -> Iterator[str]:
    """Yield what 1,000 entities more take: what a home needs more than the next smaller one, without fixed costs."""
    for what in (_FIRST, _RESTART):
        row = Row(what, "", f"Memory of each further 1,000 entities, {what}", "MiB", _MEMORY)
        memory, entities = (_figures(row._replace(path=f"set_up/{name}"), results, 0.0) for name in _GROWING)
        cells = [""]
        for small, large in pairwise(sizes):
            further = {
                name: (memory[large][name] - memory[small][name]) / (entities[large][name] - entities[small][name])
                for name in memory.get(large, {}).keys() & memory.get(small, {}).keys()
            }
            cells.append(_cell(row, {name: 1000 * mib for name, mib in further.items()}) if further else "")
        if any(cells):
            yield f"| {row.title} | {row.goal} | {' | '.join(cells)} |"


_GROWING: Final = ("memory_mib", "entities")


def _cells(row: Row, results: Iterable[Mapping[str, Any]], latency: float) -> dict[int, str]:
    return {size: _cell(row, figures, size) for size, figures in _figures(row, results, latency).items()}


def _figures(row: Row, results: Iterable[Mapping[str, Any]], latency: float) -> dict[int, dict[str, float]]:
    """Return the median figure of each integration, by the size of the home."""
    figures: dict[int, dict[str, list[float]]] = {}
    for result in results:
        if result["what"] != row.what or result.get("latency", 0.0) != latency:
            continue
        if (figure := _dig(result["found"], row.path)) is not None:
            figures.setdefault(result["size"], {}).setdefault(result["integration"], []).append(figure)
    return {size: {name: median(found) for name, found in by.items()} for size, by in figures.items()}


def _cell(row: Row, figures: Mapping[str, float], size: int = 0) -> str:
    core, ours = figures.get("core"), figures.get("dongju")
    ratio = f" ({ours / core:.2g})" if core and ours else ""
    missed = " ✗" if row.goal.is_missed(ours, core, size) else ""
    return f"{_number(core, row)} → {_number(ours, row)} {row.unit}".rstrip() + ratio + missed


def _number(figure: float | None, row: Row) -> str:
    return "?" if figure is None else f"{figure:,.{row.digits}f}"


def _dig(found: Any, path: str) -> float | None:
    for key in path.split("/"):
        if isinstance(found, list):
            found = found[int(key)] if int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, int | float) else None


def _alone(results: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    measured = {result["what"]: result["found"] for result in results if "integration" not in result}
    for row in ALONE:
        if (figure := _dig(measured.get(row.what), row.path)) is not None:
            missed = " ✗" if row.goal.is_missed(figure) else ""
            yield f"| {row.title} | {row.goal} | {_number(figure, row)} {row.unit}".rstrip() + f"{missed} |"
