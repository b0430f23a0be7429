"""Set-up of accounts, of the Demo home and (by itself) of the hub; signing in again; changing an account; options.

The steps of a vendor come from its registry line: a new vendor adds no code here.
"""

from collections.abc import Callable, Coroutine, Mapping
import logging
import secrets
from typing import Any, Final, override

from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult, OptionsFlow, OptionsFlowWithReload
from homeassistant.const import CONF_COUNTRY
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import voluptuous as vol

from . import exposure
from .const import (
    CONF_KIND,
    CONF_SEED,
    CONF_VENDOR,
    CONF_VOICE_DEVICES,
    CONF_VOICE_HIDDEN,
    DEMO_UNIQUE_ID,
    DOMAIN,
    HUB_UNIQUE_ID,
    EntryKind,
)
from .forms import Answers, choice_schema, flatten, schema
from .hub_options import HubOptionsFlow
from .model.errors import HubError
from .model.vocabulary import Vendor
from .vendors.base import Account, Field, FieldType, ListedDevice, VendorDefinition
from .vendors.registry import VENDORS

_LOGGER: Final = logging.getLogger(__name__)


class DongjuConfigFlow(ConfigFlow, domain=DOMAIN):
    """One flow for every kind of entry."""

    VERSION = 1

    _answers: Answers
    _account: Account
    _definition: VendorDefinition

    async def async_step_user(self, _user_input: Answers | None = None) -> ConfigFlowResult:
        """Ask which account to add."""
        options = [EntryKind.DEMO.value] if not self._demo_exists() else []
        return self.async_show_menu(step_id="user", menu_options=[*options, *(vendor.value for vendor in VENDORS)])

    async def async_step_demo(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Add the Demo home, which needs no account."""
        await self.async_set_unique_id(DEMO_UNIQUE_ID)
        self._abort_if_unique_id_configured()
        if user_input is None:
            return self.async_show_form(step_id="demo", data_schema=vol.Schema({}))
        title = "데모 홈" if self.hass.config.language == "ko" else "Demo home"
        return self.async_create_entry(
            title=title, data={CONF_KIND: EntryKind.DEMO, CONF_SEED: secrets.randbelow(2**31)}
        )

    async def async_step_system(self, _user_input: Answers | None = None) -> ConfigFlowResult:
        """Create the Hub entry; asked for by the first account."""
        await self.async_set_unique_id(HUB_UNIQUE_ID)
        self._abort_if_unique_id_configured()
        title = "동주 허브" if self.hass.config.language == "ko" else "Dongju hub"
        return self.async_create_entry(title=title, data={CONF_KIND: EntryKind.HUB})

    async def async_step_account(self, definition: VendorDefinition, user_input: Answers | None) -> ConfigFlowResult:
        """Ask for a vendor's account and try it."""
        self._definition = definition
        errors: dict[str, str] = {}
        known: Answers = {CONF_COUNTRY: self.hass.config.country}
        if user_input is not None:
            self._answers = known = flatten(user_input)
            if account := await self._async_check(self._answers, errors):
                self._account = account
                return await (self.async_step_choice() if account.choices else self._async_chosen())
        return self._form(definition.vendor, definition.fields, known, errors)

    async def async_step_choice(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Ask what the account leaves open (which household)."""
        if user_input is None:
            return self.async_show_form(step_id="choice", data_schema=choice_schema(self._account.choices))
        self._account = self._account.choose(user_input)
        return await self._async_chosen()

    async def _async_chosen(self) -> ConfigFlowResult:
        """Go on with an account that leaves nothing open, unless it is set up already."""
        await self.async_set_unique_id(f"{self._definition.vendor}_{self._account.id}")
        self._abort_if_unique_id_configured()
        if self._account.anonymous and self._all_set_up(self._account.devices):
            return self.async_abort(reason="already_configured")
        return await self.async_step_voice()

    async def async_step_voice(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Ask which devices voice may reach, then add the account."""
        account, definition = self._account, self._definition
        names = {device_id: device.name for device_id, device in account.devices.items()}
        if user_input is None and names:
            asked = exposure.question(names, exposure.first_hidden(account.devices))
            return self.async_show_form(step_id="voice", data_schema=vol.Schema(asked))
        ticked = (user_input or {}).get(CONF_VOICE_DEVICES, ())
        data = {CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: definition.vendor, **_kept(self._answers, account)}
        return self.async_create_entry(title=account.title, data=data, options=exposure.answer(names, ticked))

    async def async_step_reauth(self, _entry_data: Mapping[str, Any]) -> ConfigFlowResult:
        """Sign in again after the vendor refused the token."""
        if self._get_reauth_entry().data[CONF_KIND] != EntryKind.ACCOUNT:
            return self.async_abort(reason="nothing_to_reconfigure")
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Ask for what has to be new."""
        entry = self._get_reauth_entry()
        definition = VENDORS[Vendor(entry.data[CONF_VENDOR])]
        fields = tuple(field for field in definition.fields if field.key in definition.reauth)
        return await self._async_change(entry, definition, "reauth_confirm", fields, user_input)

    async def async_step_reconfigure(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Change an account's token, country or address."""
        entry = self._get_reconfigure_entry()
        if entry.data[CONF_KIND] != EntryKind.ACCOUNT:
            return self.async_abort(reason="nothing_to_reconfigure")
        definition = VENDORS[Vendor(entry.data[CONF_VENDOR])]
        return await self._async_change(
            entry, definition, f"reconfigure_{definition.vendor}", definition.fields, user_input
        )

    async def _async_change(
        self,
        entry: ConfigEntry,
        definition: VendorDefinition,
        step_id: str,
        fields: tuple[Field, ...],
        user_input: Answers | None,
    ) -> ConfigFlowResult:
        """Try changed answers on an entry; the account has to stay the same."""
        self._definition = definition
        errors: dict[str, str] = {}
        if user_input is not None:
            answers = flatten(user_input)
            # A secret is never shown again, so one that is left out stays as it was.
            asked = {field.key for field in fields if field.type is not FieldType.SECRET}
            changed = {**{key: value for key, value in entry.data.items() if key not in asked}, **answers}
            if account := await self._async_check(changed, errors):
                if not self._same_account(entry, account):
                    return self.async_abort(reason="wrong_account")
                await self.async_set_unique_id(f"{definition.vendor}_{account.id}")
                return self.async_update_reload_and_abort(entry, unique_id=self.unique_id, data=_kept(changed, account))
        known = entry.data if user_input is None else flatten(user_input)
        return self._form(step_id, fields, known, errors, account=entry.title)

    async def _async_check(self, answers: Answers, errors: dict[str, str]) -> Account | None:
        """Sign in with the answers; on failure say why in `errors`."""
        definition = self._definition
        try:
            return await definition.check(async_get_clientsession(self.hass), answers)
        except HubError as err:
            _LOGGER.debug("%s refused the set-up: %r", definition.vendor, err)
            errors["base"] = err.key
        except Exception:
            _LOGGER.exception("Unexpected failure while checking a %s account", definition.vendor)
            errors["base"] = "unknown_error"
        return None

    def _form(
        self,
        step_id: str,
        fields: tuple[Field, ...],
        known: Mapping[str, Any],
        errors: dict[str, str],
        **placeholders: str,
    ) -> ConfigFlowResult:
        definition = self._definition
        return self.async_show_form(
            step_id=step_id,
            data_schema=schema(fields, known),
            errors=errors,
            description_placeholders={"vendor": definition.name, **definition.links, **placeholders},
        )

    def _same_account(self, entry: ConfigEntry, account: Account) -> bool:
        """Tell whether a checked account is the entry's.

        Same id, or (where the vendor names none) a device in common.
        """
        if entry.unique_id == f"{entry.data[CONF_VENDOR]}_{account.id}":
            return True
        known = self._device_ids(entry)
        return account.anonymous and (not known or bool(known & account.devices.keys()))

    def _all_set_up(self, listed: Mapping[str, ListedDevice]) -> bool:
        """Tell whether accounts that are there have every listed device: another token of one of them, most likely."""
        accounts = [entry for entry in self._async_current_entries() if entry.data.get(CONF_KIND) == EntryKind.ACCOUNT]
        known = {device_id for entry in accounts for device_id in self._device_ids(entry)}
        return bool(listed) and listed.keys() <= known

    def _device_ids(self, entry: ConfigEntry) -> set[str]:
        registered = dr.async_entries_for_config_entry(dr.async_get(self.hass), entry.entry_id)
        return {key for device in registered for domain, key in device.identifiers if domain == DOMAIN}

    def _demo_exists(self) -> bool:
        return any(entry.unique_id == DEMO_UNIQUE_ID for entry in self._async_current_entries(include_ignore=False))

    @override
    @staticmethod
    @callback
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the options of an account, or of the hub."""
        return HubOptionsFlow() if config_entry.data[CONF_KIND] == EntryKind.HUB else AccountOptionsFlow()

    @override
    @classmethod
    @callback
    def async_supports_options_flow(cls, config_entry: ConfigEntry) -> bool:
        """Offer options where there are any."""
        return config_entry.data[CONF_KIND] == EntryKind.HUB or bool(_option_fields(config_entry))


class AccountOptionsFlow(OptionsFlowWithReload):
    """Options of an account, from its vendor's registry line."""

    async def async_step_init(self, user_input: Answers | None = None) -> ConfigFlowResult:
        """Ask; the entry reloads with the answers."""
        entry = self.config_entry
        hidden = entry.options.get(CONF_VOICE_HIDDEN, [])
        names = exposure.names_of(self.hass, entry)
        if user_input is not None:
            answers = flatten(user_input)
            ticked = answers.pop(CONF_VOICE_DEVICES, ())
            if names or hidden:
                answers |= exposure.answer(names, ticked, hidden)
            return self.async_create_entry(data=answers)
        form = schema(_option_fields(entry), entry.options)
        return self.async_show_form(
            step_id="init", data_schema=form.extend(exposure.question(names, hidden)) if names else form
        )


def _kept(answers: Answers, account: Account) -> Answers:
    """Return what an entry keeps: the answers and what the account adds or takes out."""
    return {key: value for key, value in {**answers, **account.data}.items() if value is not None}


def _option_fields(entry: ConfigEntry) -> tuple[Field, ...]:
    """Return the option fields of an entry; the Demo home has those of every vendor."""
    if entry.data[CONF_KIND] == EntryKind.ACCOUNT:
        return VENDORS[Vendor(entry.data[CONF_VENDOR])].options
    if entry.data[CONF_KIND] == EntryKind.DEMO:
        return tuple({field.key: field for definition in VENDORS.values() for field in definition.options}.values())
    return ()


def _account_step(
    vendor: Vendor,
) -> Callable[[DongjuConfigFlow, Answers | None], Coroutine[Any, Any, ConfigFlowResult]]:
    async def step(self: DongjuConfigFlow, user_input: Answers | None = None) -> ConfigFlowResult:
        return await self.async_step_account(VENDORS[vendor], user_input)

    return step


def _reconfigure_step() -> Callable[[DongjuConfigFlow, Answers | None], Coroutine[Any, Any, ConfigFlowResult]]:
    async def step(self: DongjuConfigFlow, user_input: Answers | None = None) -> ConfigFlowResult:
        return await self.async_step_reconfigure(user_input)

    return step


for _vendor in VENDORS:
    setattr(DongjuConfigFlow, f"async_step_{_vendor}", _account_step(_vendor))
    setattr(DongjuConfigFlow, f"async_step_reconfigure_{_vendor}", _reconfigure_step())
