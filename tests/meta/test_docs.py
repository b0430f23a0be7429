"""The documentation says what the product has: fields, options, actions, messages, and links that lead somewhere."""

import json
from pathlib import Path
import re
from typing import Any
from urllib.parse import quote

from homeassistant.const import Platform
import pytest
import yaml

from _generate_docs import PAGE, page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "custom_components" / "dongju"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
BLUEPRINTS = sorted((ROOT / "blueprints").rglob("*.yaml"))
IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def texts() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PACKAGE / "translations" / "en.json").read_text(encoding="utf-8"))
    return loaded


def repository() -> str:
    """Return the address of the repository."""
    manifest: dict[str, Any] = json.loads((PACKAGE / "manifest.json").read_text(encoding="utf-8"))
    return str(manifest["documentation"])


def keys_of_forms() -> set[str]:
    steps = texts()["config"]["step"]
    keys: set[str] = set()
    for step in steps.values():
        keys |= set(step.get("data", {}))
        for section in step.get("sections", {}).values():
            keys |= set(section.get("data", {}))
    return keys | set(texts()["options"]["step"]["init"]["data"])


@pytest.mark.parametrize("key", sorted(keys_of_forms()))
def test_every_field_and_option_is_described(key: str) -> None:
    assert f"`{key}`" in (DOCS / "configuration.md").read_text(encoding="utf-8")


def test_every_action_and_field_is_described() -> None:
    written = (DOCS / "actions.md").read_text(encoding="utf-8")
    services = yaml.safe_load((PACKAGE / "services.yaml").read_text(encoding="utf-8"))
    for name, row in services.items():
        assert f"`dongju.{name}`" in written
        for field in (row or {}).get("fields", {}):
            assert f"`{field}`" in written, (name, field)


def section(title: str) -> str:
    """Return a section of the page on troubleshooting."""
    parts = re.split(r"^## ", (DOCS / "troubleshooting.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    [found] = [part for part in parts if part.startswith(title)]
    return found


def test_every_message_has_a_remedy() -> None:
    written = section("What a message means")
    rows = {key: f"| {text['message']} (`{key}`) |" for key, text in texts()["exceptions"].items()}
    assert [key for key, row in rows.items() if row not in written] == []


def test_every_notice_has_a_remedy() -> None:
    written = section("Notices")
    rows = {key: f"| {text['title']} (`{key}`) |" for key, text in texts()["issues"].items()}
    assert [key for key, row in rows.items() if row not in written] == []


def test_every_platform_is_described() -> None:
    written = (DOCS / "entities.md").read_text(encoding="utf-8")
    modules = {path.stem for path in PACKAGE.glob("*.py")} & set(Platform)
    assert [name for name in modules if f"| `{name}` |" not in written] == []


@pytest.mark.parametrize("path", BLUEPRINTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_blueprint_can_be_imported_with_one_press(path: Path) -> None:
    written = (DOCS / "automations.md").read_text(encoding="utf-8")
    name = path.relative_to(ROOT).as_posix()
    address = f"{repository()}/blob/main/{name}"
    assert f"https://my.home-assistant.io/redirect/blueprint_import/?blueprint_url={quote(address, safe='')}" in written
    assert f"(../{name})" in written


@pytest.mark.parametrize("name", ["README.md", "README.ko.md"])
def test_pictures_of_the_readme_have_an_address_that_a_shop_can_show(name: str) -> None:
    readme = (ROOT / name).read_text(encoding="utf-8")
    raw = f"{repository().replace('github.com', 'raw.githubusercontent.com')}/main/"
    pictures = [target for target in IMAGE.findall(readme) if not target.startswith("https://my.home-assistant.io/")]
    assert pictures
    for target in pictures:
        assert target.startswith(raw)
        assert (ROOT / target.removeprefix(raw)).exists(), target
    assert "<svg" not in readme


@pytest.mark.parametrize("path", sorted((DOCS / "images").iterdir()), ids=lambda path: path.name)
def test_pictures_are_small_and_used(path: Path) -> None:
    assert path.suffix == ".png"
    assert path.stat().st_size < 300_000
    assert any(f"images/{path.name}" in page.read_text(encoding="utf-8") for page in PAGES)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_generated_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
