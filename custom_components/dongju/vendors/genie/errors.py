"""The account API's refusals as errors of the hub.

Names and codes are the mock Genie cloud's, KT's own where KT published them.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from ...model import errors

_LONGEST_WAIT_S: Final = 3600.0
_USUAL_WAIT_S: Final = 30.0


class ConflictError(errors.WrongStateError):
    """The device has changed since it was read."""


class MaintenanceError(errors.ServerError):
    """The server is closed for maintenance: asking again at once is of no use."""


class VoiceRevokedError(errors.NotSupportedError):
    """The voice was withdrawn; `fallback` is one to use instead."""

    def __init__(self, detail: str = "", *, fallback: str | None = None) -> None:
        """Remember the other voice."""
        super().__init__(detail)
        self.fallback = fallback


type _Maker = Callable[[str, Mapping[str, Any]], errors.HubError]


def _plain(error: type[errors.HubError]) -> _Maker:
    return lambda detail, _data: error(detail)


def _out_of_range(detail: str, data: Mapping[str, Any]) -> errors.HubError:
    return errors.OutOfRangeError(detail, minimum=data.get("min", ""), maximum=data.get("max", ""))


def _voice_revoked(detail: str, data: Mapping[str, Any]) -> errors.HubError:
    fallback = data.get("fallback")
    return VoiceRevokedError(detail, fallback=fallback if isinstance(fallback, str) else None)


_BY_NAME: Final[Mapping[str, _Maker]] = {
    "invalid_grant": _plain(errors.AuthError),
    "UNAUTHORIZED": _plain(errors.AuthError),
    "NO_AUTHORITY": _plain(errors.NotSupportedError),
    "SAFETY_BLOCKED": _plain(errors.UnsafeError),
    "MUSIC_LOGIN_REQUIRED": _plain(errors.LoginRequiredError),
    "NOT_FOUND": lambda detail, data: errors.NotFoundError(detail, name=str(data.get("rcmsg", ""))),
    "MISMATCH": _plain(errors.WrongStateError),
    "CONFLICT": _plain(ConflictError),
    "BUSY": _plain(errors.WrongStateError),
    "ALARM_FULL": _plain(errors.WrongStateError),
    "NOT_RINGING": _plain(errors.WrongStateError),
    "STB_OFF": _plain(errors.PoweredOffError),
    "VOICE_REVOKED": _voice_revoked,
    "OUT_OF_RANGE": _out_of_range,
    "UNSUPPORTED": _plain(errors.NotSupportedError),
    "PIN_REQUIRED": _plain(errors.PinRequiredError),
    "PIN_WRONG": lambda detail, data: errors.PinWrongError(detail, left=data.get("left", 0)),
    "LOCKED_OUT": _plain(errors.LockedOutError),
    "DEVICE_OFFLINE": _plain(errors.DeviceOfflineError),
    "DEVICE_TIMEOUT": _plain(errors.TransientError),
    "MAINTENANCE": _plain(MaintenanceError),
}


def refusal(status: int, body: Mapping[str, Any], retry_after: str | None) -> errors.HubError:
    """Return the hub's error for a refused call: by its name, else by its status."""
    name = str(body.get("error", ""))
    data = body.get("data")
    facts = {"rcmsg": body.get("rcmsg", ""), **(data if isinstance(data, Mapping) else {})}
    detail = f"{status} {name}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return errors.RateLimitedError(detail, retry_after=_seconds(retry_after))
    if maker := _BY_NAME.get(name):
        return maker(detail, facts)
    if status == HTTPStatus.UNAUTHORIZED:
        return errors.AuthError(detail)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.ServerError(detail)
    return errors.DeviceError(detail)


def _seconds(text: str | None) -> float:
    """Return the seconds of a `Retry-After` header (a number here, never a date)."""
    if text is None or not (text.isascii() and text.isdecimal()):
        return _USUAL_WAIT_S
    return min(float(text), _LONGEST_WAIT_S)
