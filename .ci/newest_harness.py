"""Load the test harness, made for Home Assistant 2026.10, on the newest Home Assistant: `pytest -p newest_harness`.

The harness patches modules by name when it is loaded. Two of those names have moved since, and one module must be
imported before a plugin that the harness brings (respx) imports the HTTP library it stands for.
"""

# isort: off
import homeassistant  # noqa: F401  (first: gives httpx its new home)

# isort: on
from homeassistant.components import logger
import pytest_homeassistant_custom_component.patch_json
import pytest_homeassistant_custom_component.patch_recorder
import pytest_homeassistant_custom_component.patch_time  # noqa: F401

if not hasattr(logger, "_clear_logger_overwrites"):
    logger._clear_logger_overwrites = lambda _hass: None  # type: ignore[attr-defined]  # noqa: SLF001
