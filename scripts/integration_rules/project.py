"""What the rules look at: the files of the integration, read once."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
import json
from pathlib import Path
from typing import Any

import yaml

type Json = Any
type Rule = Callable[[Project], Iterator[str]]

LANGUAGES = ("en", "ko")
PURE_PACKAGES = ("model", "simulator", "vendors", "voice")


@dataclass(frozen=True)
class Project:
    """The checkout at `root` with its one integration."""

    root: Path

    @cached_property
    def integration(self) -> Path:
        """The integration's folder."""
        [folder] = [path.parent for path in (self.root / "custom_components").glob("*/manifest.json")]
        return folder

    @cached_property
    def manifest(self) -> dict[str, Json]:
        """The integration's manifest."""
        manifest: dict[str, Json] = json.loads((self.integration / "manifest.json").read_text(encoding="utf-8"))
        return manifest

    @cached_property
    def translations(self) -> dict[str, dict[str, Json]]:
        """The texts by language; a language without a file is absent."""
        files = {language: self.integration / "translations" / f"{language}.json" for language in LANGUAGES}
        return {
            language: json.loads(path.read_text(encoding="utf-8")) for language, path in files.items() if path.exists()
        }

    @cached_property
    def modules(self) -> dict[Path, ast.Module]:
        """The parsed modules of the integration's Home Assistant edge (not of its pure packages)."""
        return {
            path: ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
            for path in sorted(self.integration.rglob("*.py"))
            if path.relative_to(self.integration).parts[0] not in PURE_PACKAGES
        }

    def json(self, path: str) -> Json:
        """Return a JSON file of the integration, or None when it is not there."""
        file = self.integration / path
        return json.loads(file.read_text(encoding="utf-8")) if file.exists() else None

    def yaml(self, path: str) -> Json:
        """Return a YAML file of the integration, or None when it is not there or empty."""
        file = self.integration / path
        return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None

    def text(self, language: str, *path: str) -> Json:
        """Return what stands at a path of a language's texts, or None."""
        node: Json = self.translations.get(language, {})
        for key in path:
            if not isinstance(node, dict) or key not in node:
                return None
            node = node[key]
        return node


def leaves(node: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield every text of a nested mapping with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from leaves(value, (*path, key))
    else:
        yield path, node
