"""Repair issues: only what a person can do something about."""

from typing import Final

from homeassistant.config_entries import SIGNAL_CONFIG_ENTRY_CHANGED, ConfigEntry, ConfigEntryChange
from homeassistant.const import CONF_COUNTRY
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.dispatcher import async_dispatcher_connect

from .const import CONF_VENDOR, DOMAIN
from .model.vocabulary import Vendor
from .runtime import AccountEntry

CORE_THINQ: Final = "lg_thinq"


@callback
def async_watch_shared_account(hass: HomeAssistant, entry: AccountEntry) -> None:
    """Explain the shared call limit while core's LG ThinQ is set up beside us: LG counts calls per account."""
    if entry.data.get(CONF_VENDOR) != Vendor.THINQ:
        return
    issue_id = f"shared_call_limit_{entry.entry_id}"

    @callback
    def check() -> None:
        if not _beside(hass, entry):
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
    def handle_change(_change: ConfigEntryChange, changed: ConfigEntry) -> None:
        if changed.domain == CORE_THINQ:
            check()

    entry.async_on_unload(async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, handle_change))
    check()


def _beside(hass: HomeAssistant, entry: AccountEntry) -> bool:
    """Tell whether core's integration may use the same account; one of another country cannot."""
    return any(
        other.data.get(CONF_COUNTRY, entry.data.get(CONF_COUNTRY)) == entry.data.get(CONF_COUNTRY)
        for other in hass.config_entries.async_entries(CORE_THINQ, include_ignore=False, include_disabled=False)
    )


@callback
def async_forget(hass: HomeAssistant, entry_id: str) -> None:
    """Delete every issue of an entry that was removed."""
    registry = ir.async_get(hass)
    for domain, issue_id in [key for key in registry.issues if key[0] == DOMAIN and entry_id in key[1]]:
        ir.async_delete_issue(hass, domain, issue_id)
