"""Rules on the manifest, HACS's file, the pictures and the icons."""

from collections.abc import Iterator
from importlib.metadata import requires
import json
from pathlib import Path
import re
import struct
import tomllib

from awesomeversion import AwesomeVersion, AwesomeVersionStrategy
from homeassistant import components

from integration_rules.project import Project, Rule

CORE = Path(components.__path__[0])
REQUIRED_KEYS = {"domain", "name", "codeowners", "documentation", "iot_class", "issue_tracker", "version"}
KEYS = REQUIRED_KEYS | {
    "after_dependencies",
    "config_flow",
    "dependencies",
    "integration_type",
    "loggers",
    "preview_features",
    "quality_scale",
    "requirements",
    "single_config_entry",
    "system_health",
}
IOT_CLASSES = {"assumed_state", "calculated", "cloud_polling", "cloud_push", "local_polling", "local_push"}
INTEGRATION_TYPES = {"device", "entity", "hardware", "helper", "hub", "service", "system", "virtual"}
QUALITY = {"custom", "bronze", "silver", "gold", "platinum"}
VERSION_FORMS = (
    AwesomeVersionStrategy.CALVER,
    AwesomeVersionStrategy.SEMVER,
    AwesomeVersionStrategy.SIMPLEVER,
    AwesomeVersionStrategy.BUILDVER,
    AwesomeVersionStrategy.PEP440,
)
HACS_KEYS = {
    "content_in_root",
    "country",
    "filename",
    "hacs",
    "hide_default_branch",
    "homeassistant",
    "name",
    "persistent_directory",
    "render_readme",
    "zip_release",
}
# Width and height a picture may have, as (smallest, largest) of its shorter side.
PICTURES = {
    "icon.png": (256, 256),
    "icon@2x.png": (512, 512),
    "dark_icon.png": (256, 256),
    "dark_icon@2x.png": (512, 512),
    "logo.png": (128, 256),
    "logo@2x.png": (256, 512),
    "dark_logo.png": (128, 256),
    "dark_logo@2x.png": (256, 512),
}
ICON = re.compile(r"mdi:[a-z0-9]+(-[a-z0-9]+)*")
ICON_SECTIONS = {"conditions", "entity", "issues", "services", "triggers"}


def manifest_keys(project: Project) -> Iterator[str]:
    """Keys that are known, present and in order."""
    keys = list(project.manifest)
    if unknown := set(keys) - KEYS:
        yield f"unknown keys {sorted(unknown)}"
    if missing := REQUIRED_KEYS - set(keys):
        yield f"missing keys {sorted(missing)}"
    if keys != ["domain", "name", *sorted(set(keys) - {"domain", "name"})]:
        yield "keys must be domain, name, and then the others in alphabetical order"


def manifest_values(project: Project) -> Iterator[str]:
    """Values that Home Assistant's loader and hassfest accept."""
    manifest = project.manifest
    if manifest.get("domain") != project.integration.name:
        yield "domain is not the folder's name"
    if AwesomeVersion(manifest.get("version", "")).strategy not in VERSION_FORMS:
        yield f"version {manifest.get('version')!r} has no form that Home Assistant loads"
    if manifest.get("iot_class") not in IOT_CLASSES:
        yield f"iot_class {manifest.get('iot_class')!r}"
    if manifest.get("integration_type", "hub") not in INTEGRATION_TYPES:
        yield f"integration_type {manifest.get('integration_type')!r}"
    if manifest.get("quality_scale", "custom") not in QUALITY:
        yield f"quality_scale {manifest.get('quality_scale')!r}"
    for key in ("documentation", "issue_tracker"):
        address = manifest.get(key, "")
        if not address.startswith("https://") or address.startswith("https://www.home-assistant.io/integrations"):
            yield f"{key} must be an https address of the project's own"
    if not manifest.get("codeowners") or any(not owner.startswith("@") for owner in manifest["codeowners"]):
        yield "codeowners must be GitHub names"
    if manifest.get("config_flow", False) != (project.integration / "config_flow.py").exists():
        yield "config_flow and config_flow.py do not agree"


def manifest_dependencies(project: Project) -> Iterator[str]:
    """Integrations that exist; packages that are pinned, not Home Assistant's own, and the same in pyproject.toml."""
    manifest = project.manifest
    for key in ("dependencies", "after_dependencies"):
        for domain in manifest.get(key, ()):
            if not (CORE / domain / "manifest.json").exists():
                yield f"{key}: Home Assistant has no {domain}"
    shipped = {re.split(r"[<>=!~;\[ ]", name)[0].lower() for name in requires("homeassistant") or ()}
    requirements = manifest.get("requirements", [])
    for requirement in requirements:
        name, pin, _version = requirement.partition("==")
        if not pin:
            yield f"{requirement} is not pinned"
        if name.lower() in shipped:
            yield f"{name} comes with Home Assistant"
    pyproject = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    if pyproject["project"]["dependencies"] != requirements:
        yield "requirements and pyproject.toml's dependencies differ"


def hacs(project: Project) -> Iterator[str]:
    """Check what HACS and the Marketplace ask of a repository."""
    if len([path for path in (project.root / "custom_components").iterdir() if path.is_dir()]) != 1:
        yield "custom_components must hold exactly one integration"
    for name in ("LICENSE", "hacs.json"):
        if not (project.root / name).exists():
            yield f"{name} is missing"
            return
    file = json.loads((project.root / "hacs.json").read_text(encoding="utf-8"))
    if unknown := set(file) - HACS_KEYS:
        yield f"hacs.json: unknown keys {sorted(unknown)}"
    if not file.get("name"):
        yield "hacs.json: name is missing"
    if file.get("zip_release") and not file.get("filename"):
        yield "hacs.json: zip_release needs a filename"
    if "country" in file:
        yield "hacs.json: country hides the integration from everyone else"


def brand(project: Project) -> Iterator[str]:
    """Pictures in the sizes Home Assistant shows."""
    folder = project.integration / "brand"
    if not folder.exists():
        yield "brand/ is missing"
        return
    for name, (smallest, largest) in PICTURES.items():
        path = folder / name
        if not path.exists():
            yield f"brand/{name} is missing"
            continue
        data = path.read_bytes()
        width, height = struct.unpack(">II", data[16:24])
        if data[:8] != b"\x89PNG\r\n\x1a\n":
            yield f"brand/{name} is not a PNG"
        elif not smallest <= min(width, height) <= largest or ("icon" in name and width != height):
            yield f"brand/{name} is {width}x{height}"


def icons(project: Project) -> Iterator[str]:
    """Icons by translation key: known names, known states."""
    file = project.json("icons.json")
    if file is None:
        return
    if unknown := set(file) - ICON_SECTIONS:
        yield f"unknown sections {sorted(unknown)}"
    for platform, entities in file.get("entity", {}).items():
        for key, entity in entities.items():
            where = f"entity.{platform}.{key}"
            if project.text("en", "entity", platform, key) is None:
                yield f"{where} has no text"
            yield from _entity_icons(project, (platform, key), entity, where)
    for action in file.get("services", {}):
        if project.text("en", "services", action) is None:
            yield f"services.{action} has no text"


def _entity_icons(project: Project, key: tuple[str, str], entity: dict[str, object], where: str) -> Iterator[str]:
    if "default" not in entity and "range" not in entity:
        yield f"{where} has no default"
    states = entity.get("state", {})
    ranges = entity.get("range", {})
    assert isinstance(states, dict)  # noqa: S101
    assert isinstance(ranges, dict)  # noqa: S101
    for icon in (entity.get("default"), *states.values(), *ranges.values()):
        if icon is not None and not ICON.fullmatch(str(icon)):
            yield f"{where}: {icon!r} is no icon"
    known = project.text("en", "entity", *key, "state")
    if key[0] == "sensor" and known is not None and (stray := set(states) - set(known)):
        yield f"{where}: icons for unknown states {sorted(stray)}"
    numbers = [float(number) for number in ranges]
    if numbers != sorted(numbers):
        yield f"{where}: range is not in order"


RULES: tuple[Rule, ...] = (manifest_keys, manifest_values, manifest_dependencies, hacs, brand, icons)
