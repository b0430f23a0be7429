"""The figures as a table: both integrations beside each other, with the ratio and the goal."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median
from typing import Any, Final, NamedTuple

type JsonDict = dict[str, Any]


class Row(NamedTuple):
    """One line of the table: what was measured, where its figure is, and what it should be."""

    what: str
    path: str
    title: str
    unit: str = ""
    goal: str = ""
    digits: int = 2


_TIMES: Final = frozenset({"s", "ms"})
"""Units of what a distant cloud changes."""

_FIRST: Final = "first start"
_RESTART: Final = "restart"
_QUIET: Final = "quiet hour"

ROWS: Final = (
    Row(_FIRST, "handler/changed_us", "CPU per push, value changed, through the handler", "us", "<= 1/5"),
    Row(_FIRST, "handler/identical_us", "CPU per push, identical report, through the handler", "us", "<= 1/20"),
    Row(_FIRST, "mqtt/changed_us", "CPU per push, value changed, through MQTT and TLS", "us"),
    Row(_FIRST, "mqtt/identical_us", "CPU per push, identical report, through MQTT and TLS", "us"),
    Row(_FIRST, "handler/writes_changed", "States written per push, value changed"),
    Row(_FIRST, "handler/states_changed", "States that changed per push"),
    Row(_FIRST, "handler/writes_identical", "States written per push, identical report"),
    Row(_FIRST, "set_up/calls", "Cloud calls, first start", digits=0),
    Row(_RESTART, "set_up/calls", "Cloud calls, restart", goal="N+4", digits=0),
    Row(_FIRST, "set_up/calls_energy", "Cloud calls about energy, first start", digits=0),
    Row(_FIRST, "calls_at_stop", "Cloud calls at stop", digits=0),
    Row(_QUIET, "calls", "Cloud calls in a quiet hour", digits=0),
    Row(_QUIET, "calls_energy", "Cloud calls about energy in a quiet hour", digits=0),
    Row(_FIRST, "set_up/entities", "Entities", digits=0),
    Row(_FIRST, "set_up/wall_s", "First start, set-up, by the clock", "s", "<= 1/2"),
    Row(_FIRST, "set_up/cpu_complete_s", "First start, CPU until every device is read", "s", "<= 1/2"),
    Row(_RESTART, "set_up/wall_s", "Restart, all entities there, by the clock", "s", "<= 1 s"),
    Row(_RESTART, "set_up/wall_complete_s", "Restart, every device read, by the clock", "s", "<= 1/2"),
    Row(_RESTART, "set_up/cpu_s", "Restart, CPU until all entities are there", "s"),
    Row(_RESTART, "set_up/cpu_complete_s", "Restart, CPU until every device is read", "s", "<= 1/2"),
    Row(_FIRST, "set_up/stalls/own_ms/0", "Longest stall, first start, but for garbage collection", "ms", "<= 20", 1),
    Row(_FIRST, "set_up/stalls/cpu_ms/0", "Longest stall, first start, CPU", "ms", digits=1),
    Row(_FIRST, "set_up/stalls/wall_ms/0", "Longest stall, first start, by the clock", "ms", digits=1),
    Row(_RESTART, "set_up/stalls/own_ms/0", "Longest stall, restart, but for garbage collection", "ms", "<= 20", 1),
    Row(_RESTART, "set_up/stalls/cpu_ms/0", "Longest stall, restart, CPU", "ms", digits=1),
    Row(_RESTART, "set_up/stalls/wall_ms/0", "Longest stall, restart, by the clock", "ms", digits=1),
    Row(_FIRST, "set_up/memory_mib_per_1000_entities", "Memory per 1,000 entities, first start", "MiB", "<= 10"),
    Row(_RESTART, "set_up/memory_mib_per_1000_entities", "Memory per 1,000 entities, restart", "MiB", "<= 10"),
    Row(_FIRST, "push_latency/p50_ms", "Push to state, p50", "ms"),
    Row(_FIRST, "push_latency/p99_ms", "Push to state, p99", "ms"),
    Row(_FIRST, "commands/request/p50_ms", "Service call to request, p50", "ms"),
    Row(_FIRST, "commands/request/p99_ms", "Service call to request, p99", "ms"),
    Row(_FIRST, "commands/second_request/p50_ms", "Second command to the same device, p50", "ms", "at once"),
    Row(_FIRST, "commands/second_request/p99_ms", "Second command to the same device, p99", "ms"),
    Row(_FIRST, "commands/off_to_cool/p50_ms", "Off to cool, 23 degrees: last request, p50", "ms", digits=0),
    Row(_FIRST, "commands/off_to_cool_right", "Off to cool, 23 degrees: appliances that did it, of 6", digits=0),
)


def table(document: Mapping[str, Any]) -> str:
    """Return the tables of a run as Markdown: one for each latency, then what only Dongju was asked."""
    about = (
        f"{document['at']}, {document['cpu']} ({document['cores']} cores), {document['system']}, "
        f"Python {document['python']}, Home Assistant {document['homeassistant']}, "
        f"thinqconnect {document['thinqconnect']}, aiomqtt {document['aiomqtt']}; "
        f"{document['command']}, {document['minutes']} min"
    )
    results = document["results"]
    lines = [about]
    for latency in sorted({result["latency"] for result in results if "latency" in result}):
        lines += ["", *_compared(results, latency)]
    lines += ["", "| Dongju alone | |", "|---|---|", *_alone(results)]
    return "\n".join(lines)


def _compared(results: Sequence[Mapping[str, Any]], latency: float) -> Iterator[str]:
    """Yield a table whose cells say: core, Dongju, and the part of core's that Dongju needs."""
    rows = [row for row in ROWS if not latency or row.unit in _TIMES]
    cells = {row: _cells(row, results, latency) for row in rows}
    sizes = sorted({size for found in cells.values() for size in found})
    yield f"| {latency * 1000:.0f} ms to the cloud | Goal | {' | '.join(f'{size} appliances' for size in sizes)} |"
    yield f"|---|---|{'---|' * len(sizes)}"
    for row, found in cells.items():
        if found:
            yield f"| {row.title} | {row.goal} | {' | '.join(found.get(size, '') for size in sizes)} |"
    if len(sizes) > 1 and not latency:
        for what in (_FIRST, _RESTART):
            row = Row(what, "", f"Memory of each further 1,000 entities, {what}", "MiB", "<= 10")
            further = _cell(row, _further_memory(what, results, sizes[0], sizes[-1]))
            yield f"| {row.title} | {row.goal} |{' |' * (len(sizes) - 1)} {further} |"


def _further_memory(what: str, results: Iterable[Mapping[str, Any]], small: int, large: int) -> dict[str, float]:
    """Return the MiB that 1,000 entities more take, by what a large home needs more than a small one."""
    figures: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for result in results:
        if result["what"] == what and not result["latency"]:
            found = result["found"]["set_up"]
            pair = (found["memory_mib"], found["entities"])
            figures.setdefault((result["integration"], result["size"]), []).append(pair)
    further = {}
    for integration in {integration for integration, _ in figures}:
        (less, few), (more, many) = (_middle(figures[integration, size]) for size in (small, large))
        further[integration] = (more - less) / (many - few) * 1000
    return further


def _middle(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _cells(row: Row, results: Iterable[Mapping[str, Any]], latency: float) -> dict[int, str]:
    """Return the cell of each size."""
    figures: dict[int, dict[str, list[float]]] = {}
    for result in results:
        if result["what"] != row.what or result.get("latency", 0.0) != latency:
            continue
        if (figure := _dig(result["found"], row.path.split("/"))) is not None:
            figures.setdefault(result["size"], {}).setdefault(result["integration"], []).append(figure)
    return {size: _cell(row, {name: median(found) for name, found in by.items()}) for size, by in figures.items()}


def _cell(row: Row, figures: Mapping[str, float]) -> str:
    core, ours = figures.get("core"), figures.get("dongju")
    ratio = f" ({ours / core:.2g})" if core and ours else ""
    return f"{_number(core, row)} → {_number(ours, row)} {row.unit}".rstrip() + ratio


def _number(figure: float | None, row: Row) -> str:
    return "?" if figure is None else f"{figure:,.{row.digits}f}"


def _dig(found: Any, path: Iterable[str]) -> float | None:
    for key in path:
        if isinstance(found, list):
            found = found[int(key)] if int(key) < len(found) else None
        else:
            found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, int | float) else None


def _alone(results: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for result in results:
        if "integration" in result:
            continue
        for key, figure in result["found"].items():
            yield f"| {result['what']}: {key.replace('_', ' ')} | {_plain(figure)} |"


_FORMS: Final[tuple[tuple[type, Callable[[Any], str]], ...]] = ((float, "{:,.3f}".format), (int, "{:,}".format))


def _plain(figure: Any) -> str:
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    return next((form(figure) for kind, form in _FORMS if isinstance(figure, kind)), str(figure))
