"""LG accounts: their access tokens, country, rights, and how many calls they may make."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
import random
from typing import Any, Final

from ..clock import Clock
from .errors import ApiError, EmptyAnswerError
from .regions import REGION_BY_COUNTRY

# Calls per hour; the real number is secret, about 360 were seen to be the end of it.
DEFAULT_CALLS_PER_HOUR: Final = 360
_WINDOW_SECONDS: Final = 3600.0
# States of a token and how the cloud refuses it; both answers were seen on the real one.
_REFUSALS: Final[dict[str, str | None]] = {"revoked": "1103", "expired": "1218", "unknown": "1302", "empty": None}


class CallLimit:
    """A sliding window over the calls of one account."""

    def __init__(self, clock: Clock, per_hour: int | None) -> None:
        """Allow `per_hour` calls in any hour; None is no limit."""
        self._clock = clock
        self._times: deque[float] = deque()
        self.per_hour = per_hour

    def used(self) -> int:
        """Return the calls of the last hour."""
        oldest = self._clock.monotonic() - _WINDOW_SECONDS
        while self._times and self._times[0] <= oldest:
            self._times.popleft()
        return len(self._times)

    def count(self) -> None:
        """Count a call, or raise ApiError 1314 when the hour is used up."""
        if self.per_hour is not None and self.used() >= self.per_hour:
            raise ApiError("1314")
        self._times.append(self._clock.monotonic())

    def reset(self) -> None:
        """Forget the calls made so far."""
        self._times.clear()


@dataclass(kw_only=True)
class Account:
    """One LG account."""

    user_number: str
    country: str
    calls: CallLimit
    # Token -> "valid" or one of the refusals.
    tokens: dict[str, str] = field(default_factory=dict)
    # Ids of the devices it owns; None is every device of the home.
    device_ids: set[str] | None = None
    terms_accepted: bool = True
    # Endpoint kinds the token's scopes leave out.
    forbidden: set[str] = field(default_factory=set)
    # Whether the voice extension is honoured.
    voice: bool = False
    # Longest life of an event subscription in hours and how many there may be.
    event_hours: int = 4464
    event_subscriptions: int | None = None
    # Whether pushes come in the envelope LG documents for server callbacks.
    wrapped: bool = False

    @property
    def region(self) -> str:
        """Return the regional cloud that serves this account."""
        return REGION_BY_COUNTRY[self.country]

    def token(self) -> str:
        """Return the newest valid access token; raise LookupError when there is none."""
        valid = [token for token, state in self.tokens.items() if state == "valid"]
        if not valid:
            raise LookupError("the account has no valid access token")
        return valid[-1]

    def owns(self, device_id: str) -> bool:
        """Return whether a device belongs to the account."""
        return self.device_ids is None or device_id in self.device_ids


class AccountBook:
    """All accounts of the mock cloud, found by access token."""

    def __init__(self, clock: Clock, rng: random.Random, calls_per_hour: int | None) -> None:
        """Create an empty book; tokens and user numbers come from the random source."""
        self._clock = clock
        self._rng = rng
        self._calls_per_hour = calls_per_hour
        self.accounts: Final[list[Account]] = []

    def open(self, country: str = "KR", *, voice: bool = False, device_ids: set[str] | None = None) -> Account:
        """Open an account with one access token; raise ValueError for an unserved country."""
        if country not in REGION_BY_COUNTRY:
            raise ValueError(f"ThinQ is not offered in {country!r}")
        account = Account(
            user_number=self._unused(lambda: f"{country}{self._rng.randrange(10**13):013d}"),
            country=country,
            calls=CallLimit(self._clock, self._calls_per_hour),
            device_ids=device_ids,
            voice=voice,
        )
        self.issue_token(account)
        self.accounts.append(account)
        return account

    def issue_token(self, account: Account) -> str:
        """Add an access token to an account."""
        token = self._unused(lambda: f"thinqpat_{self._rng.randbytes(26).hex()}")
        account.tokens[token] = "valid"
        return token

    def spoil_token(self, token: str, state: str) -> None:
        """Make a token invalid in one of the ways the cloud knows; raise ValueError."""
        if state not in {"valid", *_REFUSALS}:
            raise ValueError(f"a token is valid, {', '.join(_REFUSALS)}, not {state!r}")
        self._find(token)[0].tokens[token] = state

    def authenticate(self, token: str) -> Account:
        """Return the account of a token; raise EmptyAnswerError or ApiError."""
        account, state = self._find(token)
        if state != "valid":
            code = _REFUSALS[state]
            raise EmptyAnswerError(401) if code is None else ApiError(code)
        return account

    def _find(self, token: str) -> tuple[Account, str]:
        for account in self.accounts:
            if token in account.tokens:
                return account, account.tokens[token]
        # A token nobody issued gets a bare 401, as seen on the real cloud.
        raise EmptyAnswerError(401)

    def _unused(self, draw: Callable[[], str]) -> str:
        """Draw until it is new: the random source of a restored home starts from its seed again."""
        while True:
            drawn = draw()
            if all(drawn not in account.tokens and drawn != account.user_number for account in self.accounts):
                return drawn

    def of_user(self, user_number: str | None) -> Account | None:
        """Return the account of a user number."""
        return next((account for account in self.accounts if account.user_number == user_number), None)

    def snapshot(self) -> list[dict[str, Any]]:
        """Return every account as plain data."""
        return [
            {
                "user_number": account.user_number,
                "country": account.country,
                "tokens": dict(account.tokens),
                "device_ids": None if account.device_ids is None else sorted(account.device_ids),
                "terms_accepted": account.terms_accepted,
                "forbidden": sorted(account.forbidden),
                "voice": account.voice,
                "event_hours": account.event_hours,
                "event_subscriptions": account.event_subscriptions,
                "wrapped": account.wrapped,
                "calls_per_hour": account.calls.per_hour,
            }
            for account in self.accounts
        ]

    def restore(self, saved: list[Mapping[str, Any]]) -> None:
        """Take the accounts of an earlier snapshot."""
        for raw in saved:
            fields = dict(raw)
            device_ids = fields.pop("device_ids")
            self.accounts.append(
                Account(
                    calls=CallLimit(self._clock, fields.pop("calls_per_hour")),
                    device_ids=None if device_ids is None else set(device_ids),
                    forbidden=set(fields.pop("forbidden")),
                    **fields,
                )
            )
