"""The result codes of the U+ dialect as errors of the hub."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from ...model import errors

OK: Final = "0000"
_RETRY_S: Final = 30.0

_ERRORS: Final[Mapping[str, type[errors.HubError]]] = {
    "1001": errors.AuthError,
    "1002": errors.AuthError,
    "2001": errors.DeviceGoneError,
    "2002": errors.DeviceOfflineError,
    "2003": errors.NotSupportedError,
    "2005": errors.UnsafeError,
    "2006": errors.PinRefusedError,
    "2007": errors.LockedOutError,
    "9001": errors.ServerError,
}


def refusal(body: Mapping[str, Any], value: str = "") -> errors.HubError:
    """Return the hub's error for an answer that is no success; `value` is what was asked for."""
    code = str(body.get("resultCode"))
    if special := _SPECIAL.get(code):
        return special(code, body, value)
    return _ERRORS.get(code, errors.DeviceError)(code)


def seconds(text: object) -> float:
    """Return how long to wait, from a number as text; a usual time where there is none."""
    found = str(text)
    return float(found) if found.isascii() and found.isdecimal() else _RETRY_S


_SPECIAL: Final[Mapping[str, Callable[[str, Mapping[str, Any], str], errors.HubError]]] = {
    "2004": lambda code, _body, value: errors.UnknownOptionError(code, value=value),
    "3001": lambda code, body, _value: errors.RateLimitedError(code, retry_after=seconds(body.get("retrySec"))),
}
