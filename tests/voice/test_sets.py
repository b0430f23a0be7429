"""The sets of sentences with their meanings, as a regression: the bars are those of the product."""

from collections.abc import Callable
import json
from pathlib import Path
import subprocess
import sys

import pytest

from custom_components.dongju.voice.evaluate import predict
from custom_components.dongju.voice.home import HomeIndex
from custom_components.dongju.voice.understand import Understander
from tests.voice.scoring import DATA, grade, load

SETS = [
    ("public.jsonl", "public_home.json"),
    ("second.jsonl", "second_home.json"),
    ("third.jsonl", "second_home.json"),
    ("fourth.jsonl", "public_home.json"),
    ("fifth.jsonl", "fifth_home.json"),
    ("sixth.jsonl", "sixth_home.json"),
    ("seventh.jsonl", "seventh_home.json"),
    ("eighth.jsonl", "eighth_home.json"),
    ("ninth.jsonl", "ninth_home.json"),
    ("tenth.jsonl", "tenth_home.json"),
    ("eleventh.jsonl", "eleventh_home.json"),
    ("twelfth.jsonl", "twelfth_home.json"),
    ("thirteenth.jsonl", "eighth_home.json"),
]
BARS = {"ko": 95.0, "en": 95.0}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("rows", "home"), SETS)
def test_set(rows: str, home: str, language: str, record_property: Callable[[str, object], None]) -> None:
    understander = Understander(HomeIndex.from_json(json.loads((DATA / home).read_text(encoding="utf-8"))))
    gold = [row for row in load(rows) if row["lang"] == language]
    predictions = {row["id"]: row["got"] for row in predict(understander, iter(gold), language)}
    assert len(predictions) == len(gold)
    score = grade((row, predictions[row["id"]]) for row in gold)
    record_property("score", str(score))
    assert score.rate >= BARS[language], score
    assert score.wrong_rate <= (0.0 if rows == "public.jsonl" else 1.0), score
    assert score.acted_on_refusal == 0, score


def test_evaluate_runs_without_home_assistant(tmp_path: Path) -> None:
    package = Path(__file__).parents[2] / "custom_components" / "dongju"
    program = (
        "import sys, types\n"
        "package = types.ModuleType('dongju'); package.__path__ = [sys.argv.pop(1)]; sys.modules['dongju'] = package\n"
        "from dongju.voice.evaluate import main\n"
        "main(sys.argv[1:])\n"
        "assert not any(name.split('.')[0] == 'homeassistant' for name in sys.modules)\n"
    )
    rows = tmp_path / "rows.jsonl"
    rows.write_text(
        '{"id": "a", "lang": "ko", "text": "냉장고 3도로 맞춰줘", "context": {}}\n'
        '{"id": "b", "lang": "en", "text": "lock the front door", "context": {}}\n',
        encoding="utf-8",
    )
    arguments = [str(package), "--home", str(DATA / "public_home.json"), "--lang", "ko", str(rows)]
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    (line,) = done.stdout.splitlines()
    prediction = json.loads(line)
    assert prediction["id"] == "a"
    assert prediction["ms"] >= 0
    assert prediction["got"][0] | {"area": None} == {
        "action": "set_temperature",
        "device": "fridge",
        "value": 3,
        "area": None,
    }


def test_evaluate_answers_every_odd_row() -> None:
    """A row without text, without context, too long or in another language gets its prediction like any other."""
    understander = Understander(
        HomeIndex.from_json(json.loads((DATA / "public_home.json").read_text(encoding="utf-8")))
    )
    rows: list[dict[str, object]] = [
        {"id": "empty", "lang": "ko", "text": "", "context": {}},
        {"id": "no context", "lang": "ko", "text": "티비 켜"},
        {"id": "null context", "lang": "ko", "text": "エアコンをつけて", "context": None},
        {"id": "no text", "lang": "ko", "context": {"area": None}},
        {"id": "long", "lang": "ko", "text": "불 꺼줘 " * 2000, "context": {}},
        {"id": "signs", "lang": "ko", "text": "😀🔥?!", "context": {"area": "nowhere"}},
    ]
    got = {row["id"]: row["got"] for row in predict(understander, iter(rows), "ko")}
    assert list(got) == [row["id"] for row in rows]
    assert got["no context"][0]["action"] == "turn_on"
    acted = {name for name, commands in got.items() if commands[0]["action"] not in {"refuse", "clarify", "none"}}
    assert acted == {"no context"}
