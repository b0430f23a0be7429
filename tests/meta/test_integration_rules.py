"""Each rule of our own integration check finds what it is there for."""

import json
from pathlib import Path
import re
import shutil

import pytest

from integration_rules import Project, problems
from tests.real_home_assistant import INTEGRATION, ROOT


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of what the rules look at."""
    ignore = shutil.ignore_patterns("__pycache__", "simulator", "vendors", "voice")
    shutil.copytree(INTEGRATION, tmp_path / "custom_components" / "dongju", ignore=ignore)
    for name in ("LICENSE", "hacs.json", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def edit(checkout: Path, file: str, pattern: str, replacement: str) -> None:
    """Replace the first match of a pattern in a file of the integration."""
    path = checkout / "custom_components" / "dongju" / file
    text, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
    assert count
    path.write_text(text, encoding="utf-8")


def add(checkout: Path, file: str, text: str) -> None:
    """Append to a file of the integration, or make it."""
    with (checkout / "custom_components" / "dongju" / file).open("a", encoding="utf-8") as stream:
        stream.write(text)


def set_text(checkout: Path, language: str, path: str, text: str | None) -> None:
    """Set a text of a language, or delete it."""
    file = checkout / "custom_components" / "dongju" / "translations" / f"{language}.json"
    tree = json.loads(file.read_text(encoding="utf-8"))
    *parents, last = path.split(".")
    node = tree
    for key in parents:
        node = node.setdefault(key, {})
    if text is None:
        del node[last]
    else:
        node[last] = text
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")


def test_the_project_keeps_the_rules():
    assert problems(Project(ROOT)) == []


EDITS = [
    ("manifest.json", r'"name": "Dongju",', r'"name": "Dongju", "colour": "blue",', "unknown keys"),
    ("manifest.json", r'"version": "[^"]*"', '"version": "next"', "no form that Home Assistant loads"),
    ("manifest.json", r'"domain": "dongju"', '"domain": "junk"', "not the folder's name"),
    ("manifest.json", r'"codeowners": \[[^\]]*\]', '"codeowners": []', "GitHub names"),
    ("manifest.json", r'("requirements": \[)', r'\1"aiohttp==3.9.0", ', "comes with Home Assistant"),
    ("manifest.json", r'("requirements": \[)', r'\1"nothing", ', "not pinned"),
    ("manifest.json", r'("dependencies": \[)', r'\1"no_such_integration", ', "has no no_such_integration"),
    ("quality_scale.yaml", r"  brands: \w+\n", "", r"no answer to \['brands'\]"),
    ("quality_scale.yaml", r"brands: \w+", "brands:\n    status: exempt", "brands: exempt without a comment"),
]


@pytest.mark.parametrize(("file", "pattern", "replacement", "problem"), EDITS)
def test_finds_a_wrong_file(checkout, file, pattern, replacement, problem):
    edit(checkout, file, pattern, replacement)
    assert re.search(problem, "\n".join(problems(Project(checkout))))


def test_finds_a_grade_that_is_not_reached(checkout):
    edit(checkout, "quality_scale.yaml", r"brands: \w+", "brands: todo")
    edit(checkout, "manifest.json", r'"quality_scale": "\w+"', '"quality_scale": "bronze"')
    assert "the manifest claims bronze, but brands is todo" in "\n".join(problems(Project(checkout)))


TEXTS = [
    ("ko", "config.abort.already_configured", None, "ko.json lacks config.abort.already_configured"),
    ("en", "config.abort.already_configured", "See https://example.com", "has an address"),
    ("en", "config.abort.already_configured", "A <b>bold</b> one", "has HTML"),
    ("en", "config.abort.already_configured", "It is {missing}", "placeholders differ"),
    ("ko", "config.abort.already_configured", "이미 있어요.", "합니다체"),
    ("en", "config.step.demo.data.seed", "Seed", "no description of"),
    ("en", "entity.spaceship.engine.name", "Engine", "is no platform"),
    ("en", "weather.today", "Rain", "unknown sections"),
    ("en", "issues.broken.title", "Broken", "needs a title and either"),
    ("en", "services.fly.name", "Fly", "name different actions"),
    ("en", "exceptions.cannot_connect.message", None, "needs exactly a message|lacks"),
]


@pytest.mark.parametrize(("language", "path", "text", "problem"), TEXTS)
def test_finds_a_wrong_text(checkout, language, path, text, problem):
    set_text(checkout, language, path, text)
    assert re.search(problem, "\n".join(problems(Project(checkout))))


@pytest.mark.parametrize("text", ["{account}은 이미 있습니다.", "'{account}'를 추가합니다.", "{account}으로 바뀝니다."])
def test_finds_a_josa_after_a_placeholder(checkout, text):
    set_text(checkout, "ko", "exceptions.cannot_connect.message", text)
    assert "josa after a placeholder" in "\n".join(problems(Project(checkout)))


CODE = [
    ("wake_word.py", "X = 1\n", "wake_word.py has no PARALLEL_UPDATES"),
    (
        "number.py",
        'ROW = NumberEntityDescription(key="x", translation_key="no_such")\n',
        "text for 'no_such'",
    ),
    ("extra.py", 'raise HomeAssistantError("oops")\n', "HomeAssistantError without translation_key"),
    ("extra.py", "raise UpdateFailed\n", "UpdateFailed without translation_key"),
    ("extra.py", 'raise X(translation_key="a") from ServiceValidationError(translation_key="b")\n', "text for 'b'"),
    ("extra.py", 'ROW = SensorEntityDescription(key="x", icon="mdi:x")\n', "an icon outside of icons.json"),
    ("extra.py", 'hass.services.async_register(DOMAIN, "x", y)\n', "actions are registered in services.py"),
    ("extra.py", "runtime = hass.data[DOMAIN]\n", "runtime_data"),
    ("model/errors.py", '\n\nclass OddError(HubError):\n    """Odd."""\n\n    key = "odd"\n', "text for 'odd'"),
]


@pytest.mark.parametrize(("file", "text", "problem"), CODE)
def test_finds_wrong_code(checkout, file, text, problem):
    add(checkout, file, text)
    assert problem in "\n".join(problems(Project(checkout)))


ICONS = [
    ({"entity": {"sensor": {"no_such": {"default": "mdi:home"}}}}, "entity.sensor.no_such has no text"),
    ({"entity": {"sensor": {"x": {"default": "home"}}}}, "'home' is no icon"),
    ({"entity": {"sensor": {"x": {"state": {"on": "mdi:home"}}}}}, "has no default"),
    ({"entity": {"sensor": {"x": {"range": {"9": "mdi:a", "10": "mdi:b", "1": "mdi:c"}}}}}, "not in order"),
    ({"doors": {}}, "unknown sections"),
]


@pytest.mark.parametrize(("icons", "problem"), ICONS)
def test_finds_wrong_icons(checkout, icons, problem):
    path = checkout / "custom_components" / "dongju" / "icons.json"
    path.write_text(json.dumps(icons), encoding="utf-8")
    assert problem in "\n".join(problems(Project(checkout)))


def test_finds_a_picture_of_the_wrong_size(checkout):
    brand = checkout / "custom_components" / "dongju" / "brand"
    shutil.copy(brand / "icon@2x.png", brand / "icon.png")
    assert "brand/icon.png is 512x512" in "\n".join(problems(Project(checkout)))
