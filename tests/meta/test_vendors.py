"""What every vendor has to bring along (docs/adding-a-vendor.md), so that none is forgotten."""

import json
import tomllib
from typing import Any

import pytest

from custom_components.dongju.model.vocabulary import Vendor
from custom_components.dongju.simulator.home import load_home
from custom_components.dongju.simulator.simulator import CLOUD_FACTORIES
from custom_components.dongju.vendors.base import Field, FieldType, VendorDefinition
from custom_components.dongju.vendors.registry import VENDORS
from tests.real_home_assistant import INTEGRATION, ROOT

LANGUAGES = ("en", "ko")

on_every_vendor = pytest.mark.parametrize("definition", VENDORS.values(), ids=[str(vendor) for vendor in VENDORS])


def texts(language: str, *path: str) -> Any:
    """Return the texts at a path; an empty dict where there are none."""
    node: Any = json.loads((INTEGRATION / "translations" / f"{language}.json").read_text(encoding="utf-8"))
    for key in path:
        node = node.get(key, {})
    return node


def asked(step: dict[str, Any], field: Field) -> bool:
    """Tell whether a form has name and explanation of a field."""
    part = step.get("sections", {}).get("advanced", {}) if field.advanced else step
    return all(part.get(kind, {}).get(field.key) for kind in ("data", "data_description"))


def test_every_vendor_is_registered_has_a_folder_and_a_mock_cloud() -> None:
    assert set(VENDORS) == set(Vendor)
    folders = {path.parent.name for path in (INTEGRATION / "vendors").glob("*/__init__.py")}
    assert folders == set(Vendor) == set(CLOUD_FACTORIES)


def test_the_linter_keeps_every_vendor_from_the_others() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (contract,) = [contract for contract in contracts if contract["name"] == "Vendors do not know each other"]
    assert set(contract["modules"]) == {f"custom_components.dongju.vendors.{vendor}" for vendor in Vendor}


@pytest.mark.parametrize("vendor", Vendor)
def test_the_demo_home_has_something_of_every_vendor(vendor: Vendor) -> None:
    assert getattr(load_home(None), vendor)


@pytest.mark.parametrize("language", LANGUAGES)
@on_every_vendor
def test_every_question_has_texts(definition: VendorDefinition, language: str) -> None:
    steps = texts(language, "config", "step")
    assert steps["user"]["menu_options"][definition.vendor]
    for name in (definition.vendor, f"reconfigure_{definition.vendor}"):
        assert steps[name]["title"]
        assert steps[name]["description"]
        assert [field.key for field in definition.fields if not asked(steps[name], field)] == []
    again = [field for field in definition.fields if field.key in definition.reauth]
    assert [field.key for field in again if not asked(steps["reauth_confirm"], field)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@on_every_vendor
def test_every_option_has_texts(definition: VendorDefinition, language: str) -> None:
    options = texts(language, "options", "step", "init")
    assert [field.key for field in definition.options if not asked(options, field)] == []
    for field in (*definition.fields, *definition.options):
        words = texts(language, "selector", field.key, "options")
        assert [choice for choice in field.choices if choice not in words] == []


def test_no_two_vendors_have_an_option_of_one_name() -> None:
    """The Demo home shows the options of all of them in one form."""
    keys = [field.key for definition in VENDORS.values() for field in definition.options]
    assert len(keys) == len(set(keys))


@on_every_vendor
def test_secrets_are_asked_again_and_never_shown(definition: VendorDefinition) -> None:
    secrets = {field.key for field in definition.fields if field.type is FieldType.SECRET}
    assert secrets
    assert secrets <= definition.redact
    assert definition.reauth
    assert set(definition.reauth) <= {field.key for field in definition.fields}


@pytest.mark.parametrize("vendor", Vendor)
def test_what_the_demo_home_types_in_is_what_a_person_would(vendor: Vendor) -> None:
    """Addresses and tokens of the mock cloud answer every question of the form."""
    definition = VENDORS[vendor]

    class Anything(dict[str, Any]):
        def __missing__(self, key: str) -> str:
            return key

    answers = definition.demo_data(Anything())
    assert {field.key for field in definition.fields if field.required} <= set(answers)
