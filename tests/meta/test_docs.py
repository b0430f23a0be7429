"""The documentation says what the product has: fields, options, actions, messages, and links that lead somewhere."""

import json
from pathlib import Path
import re
from typing import Any

import pytest
import yaml

from _generate_docs import PAGE, page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PACKAGE = ROOT / "custom_components" / "dongju"
PAGES = sorted([*DOCS.glob("*.md"), *ROOT.glob("*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def texts() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((PACKAGE / "translations" / "en.json").read_text(encoding="utf-8"))
    return loaded


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


@pytest.mark.parametrize("kind", ["exceptions", "issues"])
def test_every_message_has_a_remedy(kind: str) -> None:
    written = (DOCS / "troubleshooting.md").read_text(encoding="utf-8")
    assert [key for key in texts()[kind] if f"(`{key}`)" not in written] == []


def test_every_blueprint_is_linked_or_its_folder_is() -> None:
    assert "../blueprints/automation/dongju" in (DOCS / "automations.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (path.parent / target).exists(), target


def test_the_generated_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()
