"""Who calls the mock ThinQ cloud, and may they: headers, token, country, terms, scope, call limit."""

import re
from typing import Final

from aiohttp import web

from .accounts import Account, AccountBook
from .errors import ApiError, EmptyAnswerError
from .regions import REGION_BY_COUNTRY

# Public constant of LG's own SDK.
API_KEY: Final = "v6GFvkweNo7DK7yD3ylIZ9w52aKBU0eJ7wLXkSR3"
# A UUID's sixteen bytes in URL-safe base64 without padding.
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9_-]{22}")
_BEARER: Final = "Bearer "


def authenticate(request: web.Request, kind: str, accounts: AccountBook) -> tuple[Account, bool]:
    """Return the caller's account, and whether its country is not the caller's.

    Raise ApiError or EmptyAnswerError when the call is not allowed. Calls that fail here
    before the account is known do not count against anybody's limit.
    """
    headers = request.headers
    authorization = headers.get("Authorization", "")
    if not authorization.startswith(_BEARER):
        raise EmptyAnswerError(401)
    account = accounts.authenticate(authorization.removeprefix(_BEARER))
    _check_headers(request)
    country = headers["x-country"]
    region = REGION_BY_COUNTRY.get(country)
    if region is None:
        raise ApiError("1307")
    if region != account.region:
        # Another region's cloud does not know the token.
        raise ApiError("1103")
    if not account.terms_accepted:
        raise ApiError("1304")
    if kind in account.forbidden:
        raise ApiError("1309")
    account.calls.count()
    return account, country != account.country


def _check_headers(request: web.Request) -> None:
    headers = request.headers
    for name in ("x-country", "x-message-id", "x-client-id", "x-api-key", "x-service-phase"):
        if not headers.get(name):
            raise ApiError("1216", f"Missing header {name}")
    if headers["x-api-key"] != API_KEY:
        raise ApiError("1301")
    if headers["x-service-phase"] != "OP":
        raise ApiError("1216", "Unknown x-service-phase")
    if not _MESSAGE_ID.fullmatch(headers["x-message-id"]):
        raise ApiError("1104")
    # LG's SDK always sends it with a command; callers without it are served all the same.
    if headers.get("x-conditional-control", "true") not in {"true", "false"}:
        raise ApiError("1216", "Unknown x-conditional-control")
