"""Fixtures that every test shares."""

from hypothesis import settings
import pytest
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

import custom_components

# Imported before the harness puts its own (empty) custom_components folder on the path: the loader then finds ours.
assert custom_components.__path__

# The same examples in every run, and no clock: machines that run tests differ in speed.
settings.register_profile("dongju", deadline=None, derandomize=True, database=None)
settings.load_profile("dongju")


@pytest.fixture(autouse=True)
def load_custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant load this integration in tests that use Home Assistant at all."""
    if "hass" in request.fixturenames:
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Snapshot Home Assistant's own objects (states, registry entries) in a stable form."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)
