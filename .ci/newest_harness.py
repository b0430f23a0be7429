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

# Through a name of our own: the helper is gone from the newest Home Assistant, and private in the older.
helper = "_clear_logger_overwrites"
if not hasattr(logger, helper):
    setattr(logger, helper, lambda _hass: None)
