"""`scripts/voice-eval`: predictions for rows of sentences, by the code of the product."""

import argparse
from collections.abc import Iterator, Sequence
import json
from pathlib import Path
import sys
import time
from typing import Any, Final

from .frames import Understanding
from .home import HomeIndex
from .understand import Understander


def commands(understood: Understanding) -> list[dict[str, Any]]:
    """Return the commands of an understanding, or the one that says why there are none."""
    if understood.outcome in {"act", "confirm"}:
        return [frame.to_command() for frame in understood.frames]
    outcome = "none" if understood.outcome == "none" else "clarify" if understood.outcome == "clarify" else "refuse"
    command = {"action": outcome, "reason": understood.reason, "device": understood.device}
    return [{key: value for key, value in command.items() if value is not None}]


def predict(
    understander: Understander, rows: Iterator[dict[str, Any]], language: str | None
) -> Iterator[dict[str, Any]]:
    """Yield a prediction {"id", "got", "ms"} for each row, of one language if given.

    A row without text is a silence: nothing is understood. One that names no language is of the language asked for.
    """
    for row in rows:
        tongue = _text(row.get("lang"))
        if language and tongue not in {None, language}:
            continue
        context = row.get("context")
        area = _text(context.get("area")) if isinstance(context, dict) else None
        spoken = _text(row.get("text")) or ""
        started = time.perf_counter()
        understood = understander.understand(spoken, language=tongue, area=area)
        elapsed = (time.perf_counter() - started) * 1000
        yield {"id": row.get("id"), "got": commands(understood), "ms": round(elapsed, 3)}


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


class _Lines:
    """The rows of a file; `wrong` counts those that are none, each of which standard error names."""

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self._lines = path.read_text(encoding="utf-8-sig").split("\n")
        self.wrong = 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield the rows."""
        for number, line in enumerate(self._lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as err:
                row = err
            if isinstance(row, dict):
                yield row
            else:
                self.wrong += 1
                reason = row if isinstance(row, ValueError) else "not a JSON object"
                sys.stderr.write(f"voice-eval: line {number}: {reason}\n")


_FIRST: Final = (
    "지금 몇 시야",
    "에어컨 켜줘",
    "아이유 노래 틀어줘",
    "what time is it",
    "turn on the light",
    "play a song",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a prediction for every row of a file to standard output; return 1 if a line of it is no row."""
    parser = argparse.ArgumentParser(
        prog="voice-eval", description="Predict the commands of sentences in the home of a JSON file."
    )
    parser.add_argument("--home", type=Path, required=True, help="JSON file with areas, devices and scenes")
    parser.add_argument("--lang", choices=("ko", "en"), help="only rows of this language")
    parser.add_argument("input", type=Path, help="JSON lines with id, lang, text and context")
    options = parser.parse_args(arguments)
    try:
        home = HomeIndex.from_json(json.loads(options.home.read_text(encoding="utf-8-sig")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as err:
        parser.error(f"{options.home} is no home: {err!r}")
    try:
        lines = _Lines(options.input)
    except (OSError, ValueError) as err:
        parser.error(f"{options.input} cannot be read: {err}")
    understander = Understander(home)
    for sentence in _FIRST:
        understander.understand(sentence)  # so that building the tables is no one sentence's latency
    for prediction in predict(understander, iter(lines), options.lang):
        sys.stdout.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return 1 if lines.wrong else 0
