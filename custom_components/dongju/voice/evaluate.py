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
        tongue = row.get("lang")
        if language and tongue not in {None, language}:
            continue
        text = row.get("text")
        spoken = text if isinstance(text, str) else ""
        started = time.perf_counter()
        understood = understander.understand(spoken, language=tongue, area=(row.get("context") or {}).get("area"))
        elapsed = (time.perf_counter() - started) * 1000
        yield {"id": row.get("id"), "got": commands(understood), "ms": round(elapsed, 3)}


_FIRST: Final = (
    "지금 몇 시야",
    "에어컨 켜줘",
    "아이유 노래 틀어줘",
    "what time is it",
    "turn on the light",
    "play a song",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a prediction for every row of a file of sentences to standard output."""
    parser = argparse.ArgumentParser(
        prog="voice-eval", description="Predict the commands of sentences in the home of a JSON file."
    )
    parser.add_argument("--home", type=Path, required=True, help="JSON file with areas, devices and scenes")
    parser.add_argument("--lang", choices=("ko", "en"), help="only rows of this language")
    parser.add_argument("input", type=Path, help="JSON lines with id, lang, text and context")
    options = parser.parse_args(arguments)
    understander = Understander(HomeIndex.from_json(json.loads(options.home.read_text(encoding="utf-8"))))
    for sentence in _FIRST:
        understander.understand(sentence)  # so that building the tables is no one sentence's latency
    lines = options.input.read_text(encoding="utf-8-sig").split("\n")
    for prediction in predict(understander, (json.loads(line) for line in lines if line.strip()), options.lang):
        sys.stdout.write(json.dumps(prediction, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
