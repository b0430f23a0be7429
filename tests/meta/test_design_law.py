"""Vendor code ends at the device model, and Home Assistant code starts there."""

import ast
from pathlib import Path
import subprocess
import sys

from homeassistant.const import Platform
import pytest

from tests.real_home_assistant import INTEGRATION, ROOT

PURE_PACKAGES = ("model", "vendors", "voice", "simulator")

IMPORT_ALL = """
import sys
import _standalone
_standalone.prepare()
from importlib import import_module
for name in sys.argv[1:]:
    import_module(name)
leaked = sorted(name for name in sys.modules if name.partition(".")[0] == "homeassistant")
sys.exit(f"imported {leaked}" if leaked else 0)
"""


def modules(package: str) -> list[str]:
    """Return the dotted names of all modules of a pure package."""
    files = (path.relative_to(INTEGRATION) for path in (INTEGRATION / package).rglob("*.py"))
    return sorted(
        ".".join(("dongju", *path.with_suffix("").parts)).removesuffix(".__init__")
        for path in files
        if path.name != "__main__.py"
    )


@pytest.mark.parametrize("package", PURE_PACKAGES)
def test_pure_package_loads_without_home_assistant(package):
    names = modules(package)
    assert names
    result = subprocess.run(  # noqa: S603
        [sys.executable, "-c", IMPORT_ALL, *names],
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "scripts")},
        timeout=120,
    )
    assert result.returncode == 0, result.stderr


def imported_by(path: Path) -> set[str]:
    """Return what a module imports, as paths inside the integration or absolute names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            names.add(base)
            names.update(f"{base}.{alias.name}".lstrip(".") for alias in node.names)
    return names


def test_platforms_know_no_vendor():
    offenders = {
        path.name: found
        for platform in Platform
        if (path := INTEGRATION / f"{platform}.py").exists()
        and (found := {name for name in imported_by(path) if names_a_vendor(name)})
    }
    assert offenders == {}


def names_a_vendor(module: str) -> bool:
    """Tell whether a name inside `vendors` is more than what all vendors have in common (`vendors.base`)."""
    head, _, rest = module.partition("vendors.")
    return head in ("", ".") and bool(rest) and rest.partition(".")[0] != "base"


def test_every_import_inside_the_package_is_relative():
    absolute = {
        str(path.relative_to(INTEGRATION)): name
        for path in INTEGRATION.rglob("*.py")
        for name in imported_by(path)
        if name.startswith(("custom_components", "dongju."))
    }
    assert absolute == {}
