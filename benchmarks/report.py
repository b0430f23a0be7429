"""The figures as a table: both integrations beside each other, with the ratio and the goal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
    """Return the table of a run as Markdown."""
    about = (
        f"{document['at']}, {document['cpu']} ({document['cores']} cores), {document['system']}, "
        f"Python {document['python']}, Home Assistant {document['homeassistant']}, "
        f"thinqconnect {document['thinqconnect']}; {document['command']}, {document['minutes']} min"
    )
    lines = [
        about,
        "",
        "| | Appliances | Latency | core | Dongju | Dongju / core | Goal |",
        "|---|---|---|---|---|---|---|",
    ]
    lines.extend(_compared(document["results"]))
    lines += ["", "| Dongju alone | |", "|---|---|"]
    lines.extend(_alone(document["results"]))
    return "\n".join(lines)


def _compared(results: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for row in ROWS:
        cases: dict[tuple[int, float], dict[str, list[float]]] = {}
        for result in results:
            if result["what"] == row.what and (figure := _dig(result["found"], row.path.split("/"))) is not None:
                case = cases.setdefault((result["size"], result.get("latency", 0.0)), {})
                case.setdefault(result["integration"], []).append(figure)
        for (size, latency), figures in sorted(cases.items()):
            yield _line(row, size, latency, {name: median(found) for name, found in figures.items()})


def _line(row: Row, size: int, latency: float, figures: Mapping[str, float]) -> str:
    core, ours = figures.get("core"), figures.get("dongju")
    ratio = f"{ours / core:.3f}" if core and ours is not None else ""
    cells = (
        row.title,
        str(size),
        f"{latency * 1000:.0f} ms",
        _number(core, row),
        _number(ours, row),
        ratio,
        row.goal.replace("N+4", str(size + 4)),
    )
    return f"| {' | '.join(cells)} |"


def _number(figure: float | None, row: Row) -> str:
    return "" if figure is None else f"{figure:,.{row.digits}f} {row.unit}".rstrip()


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
