"""The account API's refusals as errors of the hub.

Names and codes are the mock Genie cloud's, KT's own where KT published them.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from ...model import errors

type _Maker = Callable[[str, Mapping[str, Any]], errors.HubError]


def _plain(error: type[errors.HubError]) -> _Maker:
    return lambda detail, _data: error(detail)


def _out_of_range(detail: str, data: Mapping[str, Any]) -> errors.HubError:
    return errors.OutOfRangeError(detail, minimum=data.get("min", ""), maximum=data.get("max", ""))


_BY_NAME: Final[Mapping[str, _Maker]] = {
    "invalid_grant": _plain(errors.AuthError),
    "UNAUTHORIZED": _plain(errors.AuthError),
    "NO_AUTHORITY": _plain(errors.NotSupportedError),
    "SAFETY_BLOCKED": _plain(errors.UnsafeError),
    "MUSIC_LOGIN_REQUIRED": _plain(errors.LoginRequiredError),
    "NOT_FOUND": lambda detail, _data: errors.NotFoundError(detail, name=detail),
    "MISMATCH": _plain(errors.WrongStateError),
    "CONFLICT": _plain(errors.WrongStateError),
    "BUSY": _plain(errors.WrongStateError),
    "ALARM_FULL": _plain(errors.WrongStateError),
    "NOT_RINGING": _plain(errors.WrongStateError),
    "STB_OFF": _plain(errors.PoweredOffError),
    "VOICE_REVOKED": _plain(errors.NotSupportedError),
    "OUT_OF_RANGE": _out_of_range,
    "UNSUPPORTED": _plain(errors.NotSupportedError),
    "PIN_REQUIRED": _plain(errors.PinRequiredError),
    "PIN_WRONG": lambda detail, data: errors.PinWrongError(detail, left=data.get("left", 0)),
    "LOCKED_OUT": _plain(errors.LockedOutError),
    "DEVICE_OFFLINE": _plain(errors.DeviceOfflineError),
    "DEVICE_TIMEOUT": _plain(errors.TransientError),
}


def refusal(status: int, body: Mapping[str, Any], retry_after: str | None) -> errors.HubError:
    """Return the hub's error for a refused call: by its name, else by its status."""
    name = str(body.get("error", ""))
    data = body.get("data")
    detail = f"{status} {name}"
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return errors.RateLimitedError(detail, retry_after=_seconds(retry_after))
    if maker := _BY_NAME.get(name):
        return maker(detail, data if isinstance(data, Mapping) else {})
    if status == HTTPStatus.UNAUTHORIZED:
        return errors.AuthError(detail)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return errors.ServerError(detail)
    return errors.DeviceError(detail)


def _seconds(text: str | None) -> float:
    """Return the seconds of a `Retry-After` header (a number here, never a date)."""
    return float(text) if text and text.isdecimal() else 30.0
