"""The environment holds what Home Assistant would otherwise install at run time."""

from importlib.metadata import PackageNotFoundError, version
import json
from pathlib import Path

from homeassistant import components
from homeassistant.auth.mfa_modules import totp
import pytest
import yaml

from tests.real_home_assistant import CONFIGURATION, INTEGRATION

CORE = Path(components.__path__[0])
# Loaded by Home Assistant's own start, and by tests of ours.
ALWAYS = ("backup", "hardware", "lg_thinq", "mqtt", "onboarding", "network", "zone")


def required_by(domains: set[str]) -> set[str]:
    """Return the requirements of integrations and of all they depend on."""
    requirements: set[str] = set()
    seen: set[str] = set()
    waiting = set(domains)
    while waiting:
        domain = waiting.pop()
        seen.add(domain)
        manifest = json.loads((CORE / domain / "manifest.json").read_text())
        requirements.update(manifest.get("requirements", ()))
        waiting |= set(manifest.get("dependencies", ())) - seen
    return requirements


def installed(requirement: str) -> bool:
    name, _, wanted = requirement.partition("==")
    try:
        return version(name.partition("[")[0]) == wanted
    except PackageNotFoundError:
        return False


@pytest.mark.smoke
def test_run_time_requirements_are_installed():
    manifest = json.loads((INTEGRATION / "manifest.json").read_text())
    configured = set(yaml.safe_load(CONFIGURATION)) - {"homeassistant"}
    domains = {*configured, *ALWAYS, *manifest["dependencies"], *manifest["after_dependencies"]}
    requirements = required_by(domains) | {*totp.REQUIREMENTS, *manifest["requirements"]}
    assert len(requirements) > 10
    assert not {requirement for requirement in requirements if not installed(requirement)}
