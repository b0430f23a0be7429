"""Repair issues: only what a person can do something about."""

from typing import Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir

from .const import CONF_VENDOR, DOMAIN
from .model.vocabulary import Vendor
from .runtime import AccountEntry

CORE_THINQ: Final = "lg_thinq"


@callback
def async_check_shared_account(hass: HomeAssistant, entry: AccountEntry) -> None:
    """Explain the shared call limit when core's LG ThinQ is set up beside us: LG counts calls per account."""
    issue_id = f"shared_call_limit_{entry.entry_id}"
    if entry.data.get(CONF_VENDOR) != Vendor.THINQ or not hass.config_entries.async_entries(
        CORE_THINQ, include_disabled=False
    ):
        ir.async_delete_issue(hass, DOMAIN, issue_id)
        return
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="shared_call_limit",
        translation_placeholders={"account": entry.title},
    )


@callback
def async_forget(hass: HomeAssistant, entry_id: str) -> None:
    """Delete every issue of an entry that was removed."""
    registry = ir.async_get(hass)
    for domain, issue_id in [key for key in registry.issues if key[0] == DOMAIN and entry_id in key[1]]:
        ir.async_delete_issue(hass, domain, issue_id)
