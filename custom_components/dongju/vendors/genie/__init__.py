"""KT GiGA Genie: speakers, IPTV, home IoT and services of one household."""

from collections.abc import Mapping
import logging
from typing import Any, Final

import aiohttp

from ...model.errors import HubError, UnexpectedAnswerError
from ...model.vocabulary import DeviceType, Vendor
from ..base import (
    Account,
    Field,
    FieldType,
    JsonDict,
    ListedDevice,
    SessionContext,
    VendorDefinition,
    VendorSession,
    utc_now,
)
from .client import GenieClient, segment
from .describe import store_id
from .mapping import KINDS
from .media import SET_TOP_BOX, SPEAKER
from .session import GenieSession

_LOGGER: Final = logging.getLogger(__name__)

_MEDIA_TYPES: Final = {SPEAKER: DeviceType.SPEAKER, SET_TOP_BOX: DeviceType.SET_TOP_BOX}
_TERMINAL_KEYS: Final = ("client_id", "client_key", "client_secret", "ginside_url")


async def _check(http: aiohttp.ClientSession, data: JsonDict) -> Account:
    """Pair, and find the households; the pairing token itself is not kept, for it links whoever has it."""
    tokens: JsonDict = {}
    client = GenieClient(http, str(data["server_url"]), {}, tokens.update, utc_now)
    await client.async_pair(str(data["pairing_token"]))
    listed = await client.async_get("households")
    rows = listed.get("households") if isinstance(listed, dict) else None
    households = {
        str(row["id"]): str(row.get("name") or row["id"])
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and row.get("id")
    }
    if not households:
        raise UnexpectedAnswerError("no household")
    # An entry that is signed in again keeps its household, if it is still there.
    if (known := str(data.get("household"))) in households:
        households = {known: households[known]}
    devices = {household: await _list_devices(client, household) for household in households}

    def of(household: str) -> Account:
        return Account(
            id=household,
            title=f"KT GiGA Genie ({households[household]})",
            data={**tokens, "pairing_token": None, "household": household},
            devices=devices[household],
        )

    first = of(next(iter(households)))
    if len(households) == 1:
        return first
    return Account(
        id=first.id,
        title=first.title,
        data=first.data,
        choices={"household": households},
        choose=lambda answers: of(str(answers["household"])),
    )


async def _list_devices(client: GenieClient, household: str) -> dict[str, ListedDevice]:
    """Return the devices of a household by store id; none when the list fails, for set-up goes on without it."""
    try:
        listed = await client.async_get(f"households/{segment(household)}/devices")
    except HubError as err:
        _LOGGER.debug("No devices to ask about: %r", err)
        return {}
    rows = listed.get("devices") if isinstance(listed, dict) else None
    return {
        store_id(row["id"]): ListedDevice(name=str(row.get("name") or row["id"]), type=_type(row.get("kind")))
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and row.get("id")
    }


def _type(kind: Any) -> DeviceType:
    if kind in _MEDIA_TYPES:
        return _MEDIA_TYPES[kind]
    return KINDS[kind].type if kind in KINDS else DeviceType.UNKNOWN


def _demo_data(connection: Mapping[str, Any]) -> JsonDict:
    """Return the account of the Demo home; it keeps the pairing token, so that it can heal by itself."""
    return {
        "server_url": connection["base_url"],
        "pairing_token": connection["pairing_token"],
        "household": connection.get("household", "h1"),
        **{key: connection[key] for key in (*_TERMINAL_KEYS, "ginside_rest_url") if connection.get(key)},
    }


def _create_session(context: SessionContext) -> VendorSession:
    return GenieSession(context)


DEFINITION: Final = VendorDefinition(
    vendor=Vendor.GENIE,
    name="KT GiGA Genie",
    fields=(
        Field(key="server_url", type=FieldType.URL),
        Field(key="pairing_token", type=FieldType.SECRET),
        Field(key="client_id", type=FieldType.TEXT, required=False, advanced=True),
        Field(key="client_key", type=FieldType.SECRET, required=False, advanced=True),
        Field(key="client_secret", type=FieldType.SECRET, required=False, advanced=True),
        Field(key="ginside_url", type=FieldType.URL, required=False, advanced=True),
    ),
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
    redact=frozenset({"tokens", "pairing_token", "client_id", "client_key", "client_secret"}),
)
