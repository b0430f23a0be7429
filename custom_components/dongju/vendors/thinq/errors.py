"""LG's error codes and odd answers, said in the hub's words."""

from http import HTTPStatus
import json
from typing import Any, Final

from ...model.errors import (
    ApiNotAllowedError,
    AuthError,
    DeviceError,
    DeviceFaultError,
    DeviceGoneError,
    DeviceOfflineError,
    HubError,
    NotSupportedError,
    PoweredOffError,
    RateLimitedError,
    RemoteStartOffError,
    ServerError,
    TermsNotAcceptedError,
    TransientError,
    UnexpectedAnswerError,
    WrongCountryError,
    WrongModeError,
    WrongStateError,
)

ALREADY_SUBSCRIBED: Final = frozenset({"1207", "4001"})
NOT_SUBSCRIBED: Final = frozenset({"1204", "1206"})
GONE: Final = frozenset({"1205", "1210", "1211", "1212", "1213", "1217", "1224"})
TOO_MANY_SUBSCRIPTIONS: Final = "1312"
RATE_LIMITED: Final = frozenset({"1306", "1314"})

ACCOUNT_ERRORS: Final = (AuthError, TermsNotAcceptedError, ApiNotAllowedError, WrongCountryError)
"""What is wrong with the account, not with a device or the cloud: only a person can mend it."""

_BY_CODE: Final[dict[str, type[HubError]]] = {
    "0000": ServerError,
    "1103": AuthError,
    "1218": AuthError,
    "1302": AuthError,
    "1303": AuthError,
    "1214": NotSupportedError,
    "1219": NotSupportedError,
    "1220": NotSupportedError,
    "1221": NotSupportedError,
    "1222": DeviceOfflineError,
    "1223": WrongStateError,
    "1301": ApiNotAllowedError,
    "1304": TermsNotAcceptedError,
    "1305": ApiNotAllowedError,
    "1307": WrongCountryError,
    "1308": ApiNotAllowedError,
    "1309": ApiNotAllowedError,
    "1310": NotSupportedError,
    "1312": NotSupportedError,
    "2000": ServerError,
    "2101": NotSupportedError,
    "2201": NotSupportedError,
    "2202": NotSupportedError,
    "2203": NotSupportedError,
    "2205": WrongStateError,
    "2207": NotSupportedError,
    "2208": TransientError,
    "2209": TransientError,
    "2210": TransientError,
    "2212": TransientError,
    "2213": DeviceGoneError,
    "2214": TransientError,
    "2301": RemoteStartOffError,
    "2302": WrongStateError,
    "2303": DeviceFaultError,
    "2304": PoweredOffError,
    "2305": WrongModeError,
    **dict.fromkeys(GONE, DeviceGoneError),
    **dict.fromkeys(("1000", "1101", "1102", "1311"), DeviceError),
}


class ApiError(Exception):
    """An error envelope as the cloud sent it; leaves the client only as a HubError."""

    def __init__(self, code: str, message: str) -> None:
        """Remember the code that decides and the message for the log."""
        super().__init__(f"{code} {message}")
        self.code = code


def hub_error(error: ApiError, status: int) -> HubError:
    """Say an error envelope in the hub's words. The code decides, not the HTTP status: 401 also means "too many"."""
    detail = f"{error} (HTTP {status})"
    if error.code in RATE_LIMITED:
        return RateLimitedError(detail)
    if found := _BY_CODE.get(error.code):
        return found(detail)
    if error.code.startswith("2"):
        return DeviceError(detail)
    return ServerError(detail) if status >= HTTPStatus.INTERNAL_SERVER_ERROR else UnexpectedAnswerError(detail)


def parse_answer(status: int, body: bytes, retry_after: str | None = None) -> Any:
    """Return the `response` of an answer; raise ApiError for an error envelope, a HubError for everything else.

    An empty 401 is how the real cloud refuses a token; an empty 406 how it says that a device has no energy figures.
    HTML, half a JSON, or JSON without an envelope come from something that is not the cloud.
    """
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise RateLimitedError(f"HTTP {status}", retry_after=_seconds(retry_after))
    if not body.strip():
        raise _empty_error(status)
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as err:
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise ServerError(f"HTTP {status}") from err
        raise UnexpectedAnswerError(f"HTTP {status}, not JSON") from err
    if isinstance(data, dict):
        error = data.get("error")
        if isinstance(error, dict) and error.get("code") is not None:
            raise ApiError(str(error["code"]), str(error.get("message", ""))[:200])
        if status < HTTPStatus.MULTIPLE_CHOICES and "response" in data:
            return data["response"]
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ServerError(f"HTTP {status}")
    raise UnexpectedAnswerError(f"HTTP {status}, no envelope")


def _empty_error(status: int) -> HubError:
    """Return what an answer without a body means."""
    if status == HTTPStatus.UNAUTHORIZED:
        return AuthError("HTTP 401 without a body")
    if status == HTTPStatus.NOT_ACCEPTABLE:
        return NotSupportedError("HTTP 406 without a body")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(f"HTTP {status} without a body")
    return UnexpectedAnswerError(f"HTTP {status} without a body")


def _seconds(value: str | None) -> float:
    """Read a Retry-After header in seconds; its date form is not worth a parser here."""
    try:
        return max(0.0, float(value or 0))
    except ValueError:
        return 0.0
