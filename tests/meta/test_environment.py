"""The environment holds what Home Assistant would otherwise install at run time."""

from importlib.metadata import PackageNotFoundError, version
import json
from pathlib import Path

from homeassistant import components
from homeassistant.auth.mfa_modules import totp
from homeassistant.util.yaml import load_yaml_dict
import pytest

from tests.real_home_assistant import INTEGRATION, RealHomeAssistant

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
def test_run_time_requirements_are_installed(tmp_path):
    RealHomeAssistant(tmp_path, port=8123).write_config()
    manifest = json.loads((INTEGRATION / "manifest.json").read_text())
    configured = set(load_yaml_dict(str(tmp_path / "configuration.yaml"))) - {"homeassistant"}
    domains = {*configured, *ALWAYS, *manifest["dependencies"], *manifest["after_dependencies"]}
    requirements = required_by(domains) | {*totp.REQUIREMENTS, *manifest["requirements"]}
    assert len(requirements) > 10
    assert not {requirement for requirement in requirements if not installed(requirement)}
