"""The only place where the hub's errors become translated Home Assistant errors."""

from typing import Final

from homeassistant.exceptions import (
    ConfigEntryAuthFailed,
    ConfigEntryError,
    ConfigEntryNotReady,
    HomeAssistantError,
    ServiceValidationError,
)

from .const import DOMAIN
from .model import errors

_BAD_USE: Final = (
    errors.AmbiguousError,
    errors.NotFoundError,
    errors.NotSupportedError,
    errors.OutOfRangeError,
    errors.PinRequiredError,
    errors.PinWrongError,
    errors.PoweredOffError,
    errors.RemoteStartOffError,
    errors.UnknownOptionError,
    errors.UnsafeError,
    errors.WrongModeError,
    errors.WrongStateError,
)
"""Errors that the person can do something about: no stack trace in the log."""

_PERMANENT: Final = (errors.ApiNotAllowedError, errors.TermsNotAcceptedError, errors.WrongCountryError)


def translated(err: errors.HubError) -> HomeAssistantError:
    """Return the Home Assistant error that says in the person's language what went wrong."""
    error = ServiceValidationError if isinstance(err, _BAD_USE) else HomeAssistantError
    return error(translation_domain=DOMAIN, translation_key=err.key, translation_placeholders=err.placeholders)


def translated_setup(err: errors.HubError, *, can_sign_in: bool = True) -> HomeAssistantError:
    """Return what a failed set-up of an entry raises: sign in again, give up, or try again later."""
    error: type[ConfigEntryAuthFailed | ConfigEntryError | ConfigEntryNotReady] = ConfigEntryNotReady
    if can_sign_in and isinstance(err, errors.AuthError):
        error = ConfigEntryAuthFailed
    elif isinstance(err, _PERMANENT):
        error = ConfigEntryError
    return error(translation_domain=DOMAIN, translation_key=err.key, translation_placeholders=err.placeholders)
