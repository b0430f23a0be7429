"""Which account has which device: the first to own one keeps it, a second is told once."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr, issue_registry as ir
from homeassistant.util.hass_dict import HassKey

from . import devices
from .const import DOMAIN

if TYPE_CHECKING:
    from .runtime import AccountEntry

OWNERS: Final[HassKey[dict[str, str]]] = HassKey(f"{DOMAIN}_owners")
"""Device id -> entry id."""

_ISSUE: Final = "device_of_other_account"


def owner_check(hass: HomeAssistant, entry: AccountEntry) -> Callable[[str], bool]:
    """Return whether this entry may have a device; claims it when nobody has it."""
    owners = hass.data.setdefault(OWNERS, {})

    @callback
    def owns(device_id: str) -> bool:
        if device_id not in owners:
            owners[device_id] = _registered_owner(hass, device_id) or entry.entry_id
        if owners[device_id] == entry.entry_id:
            return True
        ir.async_create_issue(
            hass,
            DOMAIN,
            f"{_ISSUE}_{entry.entry_id}",
            is_fixable=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=_ISSUE,
            translation_placeholders={"account": entry.title},
        )
        return False

    return owns


def _registered_owner(hass: HomeAssistant, device_id: str) -> str | None:
    """Return the entry that had a device before Home Assistant was restarted: who comes up first must not matter."""
    registry = dr.async_get(hass)
    for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False):
        if devices.find(registry, entry.entry_id, device_id):
            return entry.entry_id
    return None


@callback
def release_device(hass: HomeAssistant, entry_id: str, device_id: str) -> None:
    """Let other accounts have a device that left an account."""
    owners = hass.data.get(OWNERS, {})
    if owners.get(device_id) == entry_id:
        del owners[device_id]


@callback
def release_all(hass: HomeAssistant, entry_id: str) -> None:
    """Let other accounts have the devices of an entry that goes; those who still share some will be told again."""
    owners = hass.data.get(OWNERS, {})
    for device_id in [device_id for device_id, holder in owners.items() if holder == entry_id]:
        del owners[device_id]
    registry = ir.async_get(hass)
    for domain, issue_id in [key for key in registry.issues if key[0] == DOMAIN and key[1].startswith(_ISSUE)]:
        ir.async_delete_issue(hass, domain, issue_id)
