"""The figures as a table: both integrations beside each other, with the ratio and the goal."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

type JsonDict = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: where its figure is, and what it should be."""

    title: str
    what: str
    path: tuple[str, ...]
    unit: str = ""
    goal: str = ""
    digits: int = 2


ROWS: Final = (
    Row(title="CPU per push, value changed, through the handler", what="first start", path=("handler", "changed_us"),
        unit="us", goal="<= 1/5"),
    Row(title="CPU per push, identical report, through the handler", what="first start",
        path=("handler", "identical_us"), unit="us", goal="<= 1/20"),
    Row(title="CPU per push, value changed, through MQTT and TLS", what="first start", path=("mqtt", "changed_us"),
        unit="us"),
    Row(title="CPU per push, identical report, through MQTT and TLS", what="first start",
        path=("mqtt", "identical_us"), unit="us"),
    Row(title="States written per push, value changed", what="first start", path=("handler", "writes_changed")),
    Row(title="States that changed per push", what="first start", path=("handler", "states_changed")),
    Row(title="States written per push, identical report", what="first start", path=("handler", "writes_identical")),
    Row(title="Cloud calls, first start", what="first start", path=("set_up", "calls"), digits=0),
    Row(title="Cloud calls, restart", what="restart", path=("set_up", "calls"), digits=0, goal="N+4"),
    Row(title="Cloud calls about energy, first start", what="first start", path=("set_up", "calls_energy"), digits=0),
    Row(title="Cloud calls at stop", what="first start", path=("calls_at_stop",), digits=0),
    Row(title="Cloud calls in a quiet hour", what="quiet hour", path=("calls",), digits=0),
    Row(title="Cloud calls about energy in a quiet hour", what="quiet hour", path=("calls_energy",), digits=0),
    Row(title="Entities", what="first start", path=("set_up", "entities"), digits=0),
    Row(title="First start, wall", what="first start", path=("set_up", "wall_s"), unit="s", goal="<= 1/2"),
    Row(title="First start, wall, every device read", what="first start", path=("set_up", "wall_complete_s"), unit="s"),
    Row(title="First start, CPU, every device read", what="first start", path=("set_up", "cpu_complete_s"), unit="s",
        goal="<= 1/2"),
    Row(title="Restart, wall, all entities there", what="restart", path=("set_up", "wall_s"), unit="s", goal="<= 1 s"),
    Row(title="Restart, wall, every device read", what="restart", path=("set_up", "wall_complete_s"), unit="s"),
    Row(title="Restart, CPU, every device read", what="restart", path=("set_up", "cpu_complete_s"), unit="s",
        goal="<= 1/2"),
    Row(title="Longest stall, first start, CPU", what="first start", path=("set_up", "stalls", "cpu_ms", "0"),
        unit="ms", goal="<= 20", digits=1),
    Row(title="Longest stall, first start, wall", what="first start", path=("set_up", "stalls", "wall_ms", "0"),
        unit="ms", digits=1),
    Row(title="Longest stall, restart, CPU", what="restart", path=("set_up", "stalls", "cpu_ms", "0"),
        unit="ms", goal="<= 20", digits=1),
    Row(title="Longest stall, restart, wall", what="restart", path=("set_up", "stalls", "wall_ms", "0"),
        unit="ms", digits=1),
    Row(title="Memory per 1,000 entities, first start", what="first start",
        path=("set_up", "memory_mib_per_1000_entities"), unit="MiB", goal="<= 10"),
    Row(title="Memory per 1,000 entities, restart", what="restart",
        path=("set_up", "memory_mib_per_1000_entities"), unit="MiB", goal="<= 10"),
    Row(title="Push to state, p50", what="first start", path=("push_latency", "p50_ms"), unit="ms"),
    Row(title="Push to state, p99", what="first start", path=("push_latency", "p99_ms"), unit="ms"),
    Row(title="Service call to request, p50", what="first start", path=("commands", "request", "p50_ms"), unit="ms"),
    Row(title="Service call to request, p99", what="first start", path=("commands", "request", "p99_ms"), unit="ms"),
    Row(title="Second command to the same device, p50", what="first start",
        path=("commands", "second_request", "p50_ms"), unit="ms", goal="at once"),
    Row(title="Second command to the same device, p99", what="first start",
        path=("commands", "second_request", "p99_ms"), unit="ms"),
    Row(title="Off to cool, 23 degrees: last request, p50", what="first start",
        path=("commands", "off_to_cool", "p50_ms"), unit="ms", digits=0),
    Row(title="Off to cool, 23 degrees: appliances that did it (of 6)", what="first start",
        path=("commands", "off_to_cool_right"), digits=0),
)  # fmt: skip


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
            if result["what"] == row.what and (figure := _dig(result["found"], row.path)) is not None:
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


def _dig(found: Any, path: tuple[str, ...]) -> float | None:
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
