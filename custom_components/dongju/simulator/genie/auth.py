"""Account linking: a pairing token becomes an access token and a refresh token that changes with every use."""

from dataclasses import dataclass
import hmac
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock
from .envelope import GenieError, JsonDict, bad_parameter
from .identifiers import Identifiers

ACCESS_TOKEN_S: Final = 3600


@dataclass(slots=True)
class Grant:
    """One linked client: its current tokens and when the access token ends (seconds since 1970)."""

    id: str
    access_token: str
    refresh_token: str
    expires_at: float

    def as_dict(self) -> JsonDict:
        """Return the grant for the snapshot."""
        return {
            "id": self.id,
            "access_token": self.access_token,
            "refresh_token": self.refresh_token,
            "expires_at": self.expires_at,
        }


class Accounts:
    """Hand out tokens and tell which are good."""

    def __init__(self, clock: Clock, ids: Identifiers, state: JsonDict | None = None) -> None:
        self._clock = clock
        self._ids = ids
        state = state or {}
        self.pairing_token: str = state.get("pairing_token") or f"gg-{ids.fixed('pairing')[:20]}"
        self._grants = [Grant(**grant) for grant in state.get("grants", [])]

    def exchange(self, body: JsonDict) -> JsonDict:
        """Answer a token request; raise 400 `invalid_grant` for a wrong pairing token or a used refresh token."""
        kind = body.get("grant_type")
        if kind == "pairing_token":
            if not _same(body.get("pairing_token"), self.pairing_token):
                raise _invalid_grant("the pairing token is not valid")
            grant = Grant(self._ids.name("grant"), "", "", 0)
            self._grants.append(grant)
        elif kind == "refresh_token":
            grant = self._by_refresh_token(body.get("refresh_token"))
        else:
            raise bad_parameter("grant_type must be pairing_token or refresh_token")
        grant.access_token = self._ids.token("access")
        grant.refresh_token = self._ids.token("refresh")
        grant.expires_at = self._clock.now().timestamp() + ACCESS_TOKEN_S
        return {
            "access_token": grant.access_token,
            "token_type": "Bearer",
            "expires_in": ACCESS_TOKEN_S,
            "refresh_token": grant.refresh_token,
        }

    def check(self, access_token: str) -> Grant:
        """Return the grant of an access token; raise 401 when it is unknown or has expired."""
        now = self._clock.now().timestamp()
        for grant in self._grants:
            if _same(access_token, grant.access_token):
                if now < grant.expires_at:
                    return grant
                break
        raise GenieError(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "the access token is not valid")

    def check_header(self, header: str | None) -> Grant:
        """Return the grant of an `Authorization` header; raise 401."""
        scheme, _, token = (header or "").partition(" ")
        return self.check(token.strip() if scheme.lower() == "bearer" else "")

    def revoke(self, grant_id: str) -> None:
        """End one grant: what a client does when its account entry is removed."""
        self._grants = [grant for grant in self._grants if grant.id != grant_id]

    def revoke_all(self) -> int:
        """End every grant, as when the person unlinks the app; return how many there were."""
        count = len(self._grants)
        self._grants.clear()
        return count

    def revoke_refresh_tokens(self) -> int:
        """Make every refresh token useless; access tokens live on until they expire."""
        for grant in self._grants:
            grant.refresh_token = ""
        return len(self._grants)

    def expire_access_tokens(self) -> int:
        """End every access token now."""
        for grant in self._grants:
            grant.expires_at = 0
        return len(self._grants)

    def new_pairing_token(self) -> str:
        """Replace the pairing token; the old one links nothing any more."""
        self.pairing_token = f"gg-{self._ids.token('pairing')[:20]}"
        return self.pairing_token

    def snapshot(self) -> JsonDict:
        """Return the pairing token and the grants."""
        return {"pairing_token": self.pairing_token, "grants": [grant.as_dict() for grant in self._grants]}

    def _by_refresh_token(self, token: Any) -> Grant:
        for grant in self._grants:
            if grant.refresh_token and _same(token, grant.refresh_token):
                return grant
        raise _invalid_grant("the refresh token was used or revoked")


def _same(given: Any, known: str) -> bool:
    return isinstance(given, str) and bool(known) and hmac.compare_digest(given.encode(), known.encode())


def _invalid_grant(message: str) -> GenieError:
    return GenieError(HTTPStatus.BAD_REQUEST, "invalid_grant", message)
