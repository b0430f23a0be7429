"""What can go wrong, as the hub says it.

`key` names the sentence a person reads; nothing vendor-specific leaves a vendor folder.
"""

from typing import ClassVar, override


class HubError(Exception):
    """Base of every error of the hub; `placeholders` fill the sentence that `key` names."""

    key: ClassVar[str] = "unknown_error"

    def __init__(self, detail: str = "", **placeholders: str | float) -> None:
        """Remember what to say; `detail` is for logs only and never holds a secret."""
        super().__init__(detail or self.key)
        self.detail = detail
        self.placeholders = {
            name: f"{value:g}" if isinstance(value, float) else str(value) for name, value in placeholders.items()
        }

    @override
    def __repr__(self) -> str:
        """Name the error with its detail."""
        return f"{type(self).__name__}({self.detail!r})"


class CannotConnectError(HubError):
    """The server cannot be reached, or did not answer in time."""

    key = "cannot_connect"


class UnexpectedAnswerError(CannotConnectError):
    """Something answered that does not speak the vendor's protocol (HTML, half a JSON, another server)."""

    key = "unexpected_answer"


class ServerError(CannotConnectError):
    """The vendor's server says that it is in trouble (5xx)."""

    key = "server_error"


class CloudAwayError(CannotConnectError):
    """A command was not sent, because there is no way to the vendor's server."""

    key = "cloud_away"


class UnansweredError(CannotConnectError):
    """A command was sent, and nobody knows what became of it."""

    key = "unanswered"


class ClosingError(HubError):
    """A command did not come to its end, because the account is being unloaded."""

    key = "closing"


class AuthError(HubError):
    """The token is not, or no longer, valid: a person has to give a new one."""

    key = "invalid_auth"


class HouseholdGoneError(HubError):
    """The account no longer has the household that was set up."""

    key = "household_gone"


class TermsNotAcceptedError(HubError):
    """The account has not accepted the vendor's terms."""

    key = "terms_not_accepted"


class WrongCountryError(HubError):
    """The account does not belong to this country."""

    key = "wrong_country"


class ApiNotAllowedError(HubError):
    """The token lacks a permission."""

    key = "api_not_allowed"


class RateLimitedError(HubError):
    """The vendor, or our own allowance, refuses more calls for now; `retry_after` in seconds."""

    key = "rate_limited"

    def __init__(self, detail: str = "", *, retry_after: float = 0.0) -> None:
        """Remember when to try again."""
        super().__init__(detail, minutes=str(max(1, round(retry_after / 60))))
        self.retry_after = retry_after


class DeviceError(HubError):
    """Base of what is wrong with one device or one command: the account is fine."""

    key = "command_failed"


class DeviceOfflineError(DeviceError):
    """The device is not connected to its cloud."""

    key = "device_offline"


class DeviceGoneError(DeviceError):
    """The account no longer has this device."""

    key = "device_gone"


class NotSupportedError(DeviceError):
    """The device, or its profile, does not have what was asked."""

    key = "not_supported"


class RemoteStartOffError(DeviceError):
    """Remote control has to be switched on at the appliance itself."""

    key = "remote_start_off"


class PoweredOffError(DeviceError):
    """The device is off and takes no such command."""

    key = "powered_off"


class WrongModeError(DeviceError):
    """Not possible in the device's present mode."""

    key = "wrong_mode"


class WrongStateError(DeviceError):
    """Not possible in the device's present state (busy, door open, running)."""

    key = "wrong_state"


class SpeakerMutedError(WrongStateError):
    """A speaker that is muted says nothing."""

    key = "speaker_muted"


class DeviceFaultError(DeviceError):
    """The device reports an error and refuses."""

    key = "device_fault"


class OutOfRangeError(DeviceError):
    """A number outside what the device allows; placeholders minimum, maximum."""

    key = "out_of_range"


class UnknownOptionError(DeviceError):
    """A word the device does not know; placeholder value."""

    key = "unknown_option"


class UnconfirmedError(DeviceError):
    """The vendor took the command, but the device never confirmed it."""

    key = "unconfirmed"


class TransientError(DeviceError):
    """The vendor asks to try again."""

    key = "try_again"


class UnsafeError(DeviceError):
    """Refused for safety, whoever asks."""

    key = "unsafe"


class VoiceForbiddenError(UnsafeError):
    """Refused because a voice asked."""

    key = "voice_forbidden"


class ConfirmationNeededError(UnsafeError):
    """Allowed only after a spoken yes."""

    key = "confirmation_needed"


class PinRequiredError(DeviceError):
    """A PIN is needed."""

    key = "pin_required"


class PinWrongError(DeviceError):
    """The PIN is wrong; placeholder left (tries)."""

    key = "pin_wrong"


class PinRefusedError(PinWrongError):
    """The PIN is wrong, and the vendor does not tell how many tries are left."""

    key = "pin_refused"


class LockedOutError(DeviceError):
    """Too many wrong PINs."""

    key = "locked_out"


class AmbiguousError(DeviceError):
    """Several things have that name; placeholder candidates."""

    key = "ambiguous"


class NotFoundError(DeviceError):
    """Nothing has that name; placeholder name."""

    key = "not_found"


class LoginRequiredError(DeviceError):
    """A service behind the account (music) is not linked."""

    key = "login_required"


class IncompleteError(DeviceError):
    """Of several things some were not done; placeholder names."""

    key = "incomplete"


class CourseNotRemoteError(NotSupportedError):
    """The course can only be chosen at the appliance: LG's public API has no course."""

    key = "course_not_remote"
