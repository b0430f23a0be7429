"""Grading of predictions against the expected commands of a set of sentences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SILENT = {"refuse", "clarify", "confirm", "none"}
CYCLES = {"washer", "dryer", "styler", "dishwasher", "oven"}
RUNNING = {"air_purifier", "dehumidifier", "humidifier", "fan", "ventilation", "boiler", "robot_cleaner"}
STATES = {"state", "power", "status", "lock", "door"}


@dataclass(slots=True)
class Score:
    """Counts over one set; a command row is one that expects an act, a refuse row one that expects none."""

    commands: int = 0
    right: int = 0
    wrong: int = 0
    refusals: int = 0
    acted_on_refusal: int = 0

    @property
    def rate(self) -> float:
        return 100 * self.right / self.commands

    @property
    def wrong_rate(self) -> float:
        return 100 * self.wrong / self.commands

    def __str__(self) -> str:
        return (
            f"{self.right}/{self.commands} = {self.rate:.1f} % right, {self.wrong} acted wrongly, "
            f"{self.acted_on_refusal} of {self.refusals} refusals acted on"
        )


def load(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line]


def _same_meaning(command: dict[str, Any]) -> dict[str, Any]:
    """Map commands that mean the same to one form."""
    command = dict(command)
    action, device = command["action"], command.get("device")
    if action == "stop" and device in CYCLES:
        command["action"] = "turn_off"
    elif action == "turn_on" and device in CYCLES | RUNNING:
        command["action"] = "start"
    elif action == "media_stop":
        command["action"] = "media_pause"
    elif action == "query" and command.get("attribute") in STATES:
        command["attribute"] = "state"
    return command


def _equal(expected: object, got: object) -> bool:
    if isinstance(expected, str) and isinstance(got, str):
        return expected.replace(" ", "").casefold() == got.replace(" ", "").casefold()
    return expected == got


def _matches(expected: dict[str, Any], got: dict[str, Any]) -> bool:
    """Tell whether a command has everything expected of it; it may say more, such as the room."""
    expected, got = _same_meaning(expected), _same_meaning(got)
    return all(
        _equal(value, got.get(key)) for key, value in expected.items() if not (key == "when" and value == "today")
    )


def _all_match(expected: Sequence[dict[str, Any]], acted: list[dict[str, Any]]) -> bool:
    if expected[0]["action"] in SILENT:
        return not acted
    left = list(acted)
    for command in expected:
        found = next((item for item in left if _matches(command, item)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def grade(rows: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]) -> Score:
    score = Score()
    for row, got in rows:
        acted = [command for command in got if command["action"] not in SILENT]
        right = any(_all_match(expected, acted) for expected in (row["expect"], *row.get("accept", [])))
        if row["expect"][0]["action"] in SILENT:
            score.refusals += 1
            score.acted_on_refusal += bool(acted) and not right
        else:
            score.commands += 1
            score.right += right
            score.wrong += bool(acted) and not right
    return score
