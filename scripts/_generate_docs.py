"""Writes docs/supported-devices.md from what the test fixtures and the entity rows really give."""

from collections import defaultdict
from collections.abc import Iterable
import json
from pathlib import Path
import sys
from typing import Final

from custom_components.dongju.model.vocabulary import DeviceType, Vendor
from tests.components.appliances import Described, all_appliances, home_iot_devices

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "supported-devices.md"
NAMES: Final = {Vendor.THINQ: "LG ThinQ", Vendor.GENIE: "KT GiGA Genie", Vendor.UPLUS: "LG U+ home IoT"}
HEAD: Final = """# Supported devices

This page is generated from the test fixtures by `scripts/generate-docs`; do not edit it by hand.

A device has the entities its own profile allows. The lists show what the devices known to the tests have together;
entities that are disabled by default are not listed. A property that no row knows becomes a diagnostic entity.
"""


def page() -> str:
    """Return the page as it should be."""
    texts = json.loads((ROOT / "custom_components/dongju/translations/en.json").read_text(encoding="utf-8"))["entity"]
    parts = [HEAD]
    for vendor, title in NAMES.items():
        parts.append(f"## {title}\n\n| Device | Entities |\n|---|---|")
        parts.extend(_rows(vendor, texts))
        parts.append("")
    return "\n".join(parts)


def _rows(vendor: Vendor, texts: dict[str, dict[str, dict[str, str]]]) -> Iterable[str]:
    found: dict[DeviceType, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for described in (*all_appliances(), *home_iot_devices()):
        if described.device.vendor is vendor:
            _note(described, found[described.device.type], texts)
    for device_type in sorted(found):
        entities = "; ".join(
            f"**{platform}** {', '.join(sorted(names))}".strip()
            for platform, names in sorted(found[device_type].items())
        )
        yield f"| {device_type.replace('_', ' ').capitalize()} | {entities} |"


def _note(described: Described, platforms: dict[str, set[str]], texts: dict[str, dict[str, dict[str, str]]]) -> None:
    for found in described.entities:
        description = found.description
        if not description.entity_registry_enabled_default:
            continue
        platform = str(found.row.platform)
        key = description.translation_key or description.key
        name = texts.get(platform, {}).get(key, {}).get("name")
        shown = name or (key.replace("_", " ") if description.name is not None else "")
        platforms[platform].update([shown.lower()] if shown else [])


def main() -> int:
    """Write the page; with --check only tell whether it is current."""
    wanted = page()
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted
        print("current" if current else "docs/supported-devices.md is not current: run scripts/generate-docs")
        return 0 if current else 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
