"""The registry line of LG U+: what its form asks, and how its answers are tried."""

from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from ...model.vocabulary import Vendor
from ..base import Account, Field, FieldType, JsonDict, ListedDevice, VendorDefinition
from .client import UplusClient
from .listing import parse
from .mapping import TYPES, type_row
from .session import UplusSession, account_id


async def check(http: aiohttp.ClientSession, answers: JsonDict) -> Account:
    """List the devices of an account; raise HubError when that fails."""
    token = str(answers["token"])
    listing = parse(await UplusClient(http, str(answers["server_url"]), token).async_list())
    return Account(
        id=account_id(token),
        title="LG U+",
        devices={
            f"{Vendor.UPLUS}_{listed.serial}": ListedDevice(name=listed.name, type=type_row(listed.type).type)
            for listed in listing.devices
        },
        # Tokens change every thirty days and the cloud names no account: its devices tell which one it is.
        anonymous=True,
    )


def demo_data(connection: Mapping[str, Any]) -> JsonDict:
    """Return the entry data for a mock cloud by what it says of itself."""
    return {"server_url": connection["base_url"], "token": connection["token"]}


DEFINITION: Final = VendorDefinition(
    vendor=Vendor.UPLUS,
    name="LG U+",
    fields=(Field(key="server_url", type=FieldType.URL), Field(key="token", type=FieldType.SECRET)),
    options=(
        Field(
            key="device_types",
            type=FieldType.CHOICE,
            required=False,
            choices=tuple(sorted({row.type for row in TYPES.values()})),
            multiple=True,
        ),
    ),
    reauth=("token",),
    check=check,
    demo_data=demo_data,
    create_session=UplusSession,
    redact=frozenset({"token"}),
)
