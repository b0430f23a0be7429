"""Names of the integration: its domain, the kinds of its entries, and the keys of entry data."""

from enum import StrEnum
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "dongju"

CONF_KIND: Final = "kind"
CONF_VENDOR: Final = "vendor"
CONF_SEED: Final = "seed"
CONF_ADVANCED: Final = "advanced"
CONF_VOICE_DEVICES: Final = "voice_devices"
"""Field of a form: the devices that voice may reach."""

CONF_VOICE_HIDDEN: Final = "voice_hidden"
"""Option of an account: ids of the devices that voice must not reach."""


class EntryKind(StrEnum):
    """What a config entry is."""

    ACCOUNT = "account"
    DEMO = "demo"
    HUB = "hub"


HUB_UNIQUE_ID: Final = "hub"
DEMO_UNIQUE_ID: Final = "demo"

HUB_PLATFORMS: Final[tuple[Platform, ...]] = (Platform.CONVERSATION,)
