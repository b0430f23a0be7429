"""What an account is made of: the keys of its data, and its id."""

import hashlib
from typing import Final

CONF_TOKEN: Final = "access_token"  # noqa: S105 - the name of a key
CONF_COUNTRY: Final = "country"
CONF_SERVER: Final = "server_url"
CONF_CLIENT_ID: Final = "client_id"
CONF_VOICE: Final = "voice_extension"


def account_id(token: str) -> str:
    """Return an id for a token's account that does not give the token away; LG names no account."""
    return hashlib.sha256(token.encode()).hexdigest()[:16]
