"""`scripts/voice-eval` as it is used: a file of sentences in, a line of predictions for each out."""

import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.dongju.voice.evaluate import main
from tests.voice.scoring import DATA

HOME = str(DATA / "public_home.json")


def predictions(capsys: pytest.CaptureFixture[str]) -> dict[str, list[dict[str, Any]]]:
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert all(set(row) == {"id", "got", "ms"} and row["ms"] >= 0 for row in rows)
    return {row["id"]: row["got"] for row in rows}


def written(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


SENTENCES = [
    {"id": "a", "lang": "ko", "text": "냉장고 3도로 맞춰줘", "context": {}},
    {"id": "b", "lang": "en", "text": "lock the front door"},
    {"id": "c", "lang": "ko", "text": "불 켜줘", "context": {"area": "kitchen"}},
    {"id": "d", "lang": "ko", "text": "가스 밸브 열어줘"},
    {"id": "e", "text": "오븐 180도로 예열해줘"},
    {"id": "f", "lang": "ko", "text": "타이머 맞춰줘"},
    {"id": "g", "lang": "ko", "text": "어제 날씨 어때"},
]


def test_every_row_has_its_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = written(tmp_path, *(json.dumps(row, ensure_ascii=False) for row in SENTENCES), "")
    assert main(["--home", HOME, rows]) == 0
    got = predictions(capsys)
    assert {name: commands[0]["action"] for name, commands in got.items()} == {
        "a": "set_temperature",
        "b": "lock",
        "c": "turn_on",
        "d": "refuse",
        "e": "preheat",
        "f": "clarify",
        "g": "none",
    }
    assert got["c"][0]["area"] == "kitchen"
    assert got["d"][0]["reason"] == "unsafe"


def test_one_language_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = written(tmp_path, *(json.dumps(row, ensure_ascii=False) for row in SENTENCES))
    assert main(["--home", HOME, "--lang", "en", rows]) == 0
    assert list(predictions(capsys)) == ["b", "e"], "a row that names no language is of every one"


def test_lines_that_are_no_rows_cost_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    odd = [
        '{"id": "x", "text": "불',
        "[1, 2]",
        '{"id": "text", "lang": "ko", "text": 5}',
        '{"id": "lang", "lang": 7, "text": "주방 불 켜줘", "context": "kitchen"}',
        '{"id": "area", "lang": "fr", "text": "turn on the kitchen light", "context": {"area": ["kitchen"]}}',
    ]
    assert main(["--home", HOME, written(tmp_path, *odd)]) == 1
    out, err = capsys.readouterr()
    got = {row["id"]: row["got"][0]["action"] for row in map(json.loads, out.splitlines())}
    assert got == {"text": "none", "lang": "turn_on", "area": "turn_on"}
    assert [line.split(": ")[1] for line in err.splitlines()] == ["line 1", "line 2"]


@pytest.mark.parametrize(
    ("home", "said"),
    [
        ("{", "is no home"),
        ("[]", "is no home"),
        ('{"devices": [{"names": ["불"]}]}', "is no home"),
        (None, "No such file"),
    ],
)
def test_a_home_that_is_none(tmp_path: Path, capsys: pytest.CaptureFixture[str], home: str | None, said: str) -> None:
    path = tmp_path / "home.json"
    if home is not None:
        path.write_text(home, encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        main(["--home", str(path), written(tmp_path, "{}")])
    assert stopped.value.code == 2
    assert said in capsys.readouterr().err


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00\xd8")
    for name in ("nowhere", "binary"):
        with pytest.raises(SystemExit) as stopped:
            main(["--home", HOME, str(tmp_path / name)])
        assert stopped.value.code == 2
        assert f"{name} cannot be read" in capsys.readouterr().err
