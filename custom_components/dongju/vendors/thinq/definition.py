"""The registry line of LG ThinQ: what its form asks, and how its answers are tried."""

from collections.abc import Mapping
from datetime import UTC, datetime
import time
from typing import Any, Final

import aiohttp

from ...model.errors import WrongCountryError
from ...model.vocabulary import Vendor
from ..base import Account, Field, FieldType, JsonDict, ListedDevice, VendorDefinition
from ..call_budget import DEFAULT_ALLOWANCE, CallBudget
from .account import CONF_CLIENT_ID, CONF_COUNTRY, CONF_SERVER, CONF_TOKEN, CONF_VOICE, account_id
from .client import ThinQClient, new_client_id
from .inventory import listed_identity
from .link import SECRETS
from .session import OPTION_ALLOWANCE, OPTION_ENERGY, ThinQSession

PAT_URL: Final = "https://connect-pat.lgthinq.com"


async def check(http: aiohttp.ClientSession, answers: JsonDict) -> Account:
    """List the devices of an account; raise HubError when that fails.

    A token of another country of the same region is answered with an empty list.
    """
    token, country = str(answers[CONF_TOKEN]).strip(), str(answers[CONF_COUNTRY]).upper()
    client_id = str(answers.get(CONF_CLIENT_ID) or new_client_id())
    budget = CallBudget(now=lambda: datetime.now(UTC), monotonic=time.monotonic)
    server = answers.get(CONF_SERVER) or None
    client = ThinQClient(http, budget, token=token, country=country, client_id=client_id, server=server)
    listed = [identity for entry in await client.devices() if (identity := listed_identity(entry))]
    if not listed:
        raise WrongCountryError("an account without devices")
    return Account(
        id=account_id(token),
        title=f"LG ThinQ ({country})",
        data={CONF_TOKEN: token, CONF_COUNTRY: country, CONF_CLIENT_ID: client_id},
        devices={known.device_id: ListedDevice(name=known.alias, type=known.type) for known in listed},
        anonymous=True,
    )


def demo_data(connection: Mapping[str, Any]) -> JsonDict:
    """Return the entry data for a mock cloud by what it says of itself."""
    return {
        CONF_TOKEN: connection["token"],
        CONF_COUNTRY: connection["country"],
        CONF_SERVER: connection["rest_url"],
        CONF_VOICE: True,
    }


DEFINITION: Final = VendorDefinition(
    vendor=Vendor.THINQ,
    name="LG ThinQ",
    fields=(
        Field(key=CONF_TOKEN, type=FieldType.SECRET),
        Field(key=CONF_COUNTRY, type=FieldType.COUNTRY),
        Field(key=CONF_SERVER, type=FieldType.URL, required=False, advanced=True),
    ),
    options=(
        Field(key=OPTION_ALLOWANCE, type=FieldType.NUMBER, default=DEFAULT_ALLOWANCE, minimum=30, maximum=3000),
        Field(key=OPTION_ENERGY, type=FieldType.BOOLEAN, default=True),
    ),
    reauth=(CONF_TOKEN,),
    check=check,
    demo_data=demo_data,
    create_session=ThinQSession,
    redact=frozenset({CONF_TOKEN, CONF_CLIENT_ID, *SECRETS, "topics"}),
    links={"pat_url": PAT_URL},
)
