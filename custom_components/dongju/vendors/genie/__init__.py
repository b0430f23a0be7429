"""KT GiGA Genie: speakers, IPTV, home IoT and services of one household."""

from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from ...model.errors import UnexpectedAnswerError
from ...model.vocabulary import Vendor
from ..base import Account, Field, FieldType, JsonDict, SessionContext, VendorDefinition, VendorSession, utc_now
from .client import GenieClient
from .mapping import KINDS
from .media import SET_TOP_BOX, SPEAKER
from .session import GenieSession


async def _check(http: aiohttp.ClientSession, data: JsonDict) -> Account:
    """Pair, and find the households; the pairing token itself is not kept, for it is of no more use."""
    tokens: JsonDict = {}
    client = GenieClient(http, str(data["server_url"]), {}, tokens.update, utc_now)
    await client.async_pair(str(data["pairing_token"]))
    listed = await client.async_get("households")
    households = {
        str(row["id"]): str(row.get("name") or row["id"])
        for row in (listed.get("households", ()) if isinstance(listed, dict) else ())
        if isinstance(row, dict) and "id" in row
    }
    if not households:
        raise UnexpectedAnswerError("no household")
    first = next(iter(households))
    return Account(
        id=first,
        title=f"KT GiGA Genie ({households[first]})",
        data={**tokens, "household": first},
        choices={"household": households} if len(households) > 1 else {},
    )


def _demo_data(connection: Mapping[str, Any]) -> JsonDict:
    return {
        "server_url": connection["base_url"],
        "pairing_token": connection["pairing_token"],
        "household": connection.get("household", "h1"),
    }


def _create_session(context: SessionContext) -> VendorSession:
    return GenieSession(context)


DEFINITION: Final = VendorDefinition(
    vendor=Vendor.GENIE,
    name="KT GiGA Genie",
    fields=(Field(key="server_url", type=FieldType.URL), Field(key="pairing_token", type=FieldType.SECRET)),
    options=(
        Field(
            key="kinds", type=FieldType.CHOICE, required=False, choices=(SPEAKER, SET_TOP_BOX, *KINDS), multiple=True
        ),
        Field(key="record_utterances", type=FieldType.BOOLEAN, default=False),
    ),
    reauth=("pairing_token",),
    check=_check,
    demo_data=_demo_data,
    create_session=_create_session,
    redact=frozenset({"tokens", "pairing_token"}),
)
