"""What every vendor offers the hub, and what the hub offers every vendor session."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol

import aiohttp

from ..model.command import Command
from ..model.errors import HubError
from ..model.store import Store
from ..model.vocabulary import DeviceType, Vendor

type JsonDict = dict[str, Any]


def utc_now() -> datetime:
    """Return the time, aware."""
    return datetime.now(UTC)


class Cache(Protocol):
    """What a session keeps between restarts and can do without (profiles, call counts); not a place for secrets."""

    async def async_load(self) -> JsonDict:
        """Return what was kept, or an empty dict."""
        ...

    def save(self, data: Callable[[], JsonDict]) -> None:
        """Have `data()` written soon; several calls become one write."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A sentence heard by a vendor's microphone. `device_id` is the microphone's device in the store."""

    assistant: str
    text: str
    language: str
    device_id: str
    user: str | None = None
    room: str | None = None
    conversation_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenReply:
    """What the hub answers; `continues` asks the microphone to listen on.

    `media` and `picture` are shown where a display is.
    """

    text: str
    continues: bool = False
    acted: bool = False
    conversation_id: str | None = None
    picture: str | None = None
    media: JsonDict | None = None


@dataclass(slots=True, kw_only=True)
class SessionContext:
    """What a session is given. Everything here is safe to call from the event loop.

    `data` is the account's entry data (secrets included), `save_data` merges changed secrets into it (rotated tokens,
    certificates). `options` are the user's settings. `create_task` runs something in the background until the account
    is unloaded. `run_in_executor` is for blocking work. `auth_failed` asks the person to sign in again; `issue`
    raises a repair issue by key with placeholders, or clears it with None; `handle_utterance` answers a vendor's
    microphone.
    """

    store: Store
    http: aiohttp.ClientSession
    cache: Cache
    data: Mapping[str, Any]
    options: Mapping[str, Any]
    save_data: Callable[[JsonDict], None]
    create_task: Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]
    run_in_executor: Callable[..., Awaitable[Any]]
    now: Callable[[], datetime]
    monotonic: Callable[[], float]
    auth_failed: Callable[[HubError], None]
    issue: Callable[[str, Mapping[str, str] | None], None]
    handle_utterance: Callable[[Utterance], Awaitable[SpokenReply]] | None = None
    webhook_url: Callable[[], str | None] = lambda: None
    fahrenheit: bool = False
    owns: Callable[[str], bool] = lambda _device_id: True


class VendorSession(Protocol):
    """One account at one vendor, alive between `async_start` and `async_close`."""

    vendor: Vendor
    account_id: str

    async def async_start(self) -> None:
        """Sign in, publish the devices in the store (from the cache at once where it can) and start listening.

        Raises AuthError, TermsNotAcceptedError, WrongCountryError, ApiNotAllowedError, RateLimitedError,
        CannotConnectError.
        """
        ...

    async def async_close(self) -> None:
        """Stop everything; leave nothing running."""
        ...

    async def async_remove_account(self) -> None:
        """Delete what was registered at the vendor (client, subscriptions, skill); never raises."""
        ...

    async def async_execute(self, command: Command) -> None:
        """Send a command that was checked; raise HubError when the vendor refuses."""
        ...

    async def async_refresh(self, device_id: str) -> None:
        """Read one device's state now; raise HubError when that fails."""
        ...

    async def async_poll(self) -> float:
        """Do what the safety poll owes now; return the seconds until the next call. Never raises HubError."""
        ...

    async def async_query(self, name: str, arguments: JsonDict) -> JsonDict:
        """Answer a question the vendor has a service for (news, channels, ...); NotSupportedError where it has none."""
        ...

    def listed(self) -> frozenset[str] | None:
        """Return the store ids of every device of the account, also of those that are not in the store yet.

        None means that the store has them all.
        """
        return None

    async def async_set_fahrenheit(self, *, fahrenheit: bool) -> None:
        """Describe temperatures in the other unit of the vendor's own pairs."""
        ...

    def diagnostics(self) -> JsonDict:
        """Return counters and health; no secrets, no ids."""
        ...

    def health(self) -> JsonDict:
        """Return a few plain values for the system health page: connected, last_message, calls_left."""
        ...


class FieldType(StrEnum):
    """How a set-up or option field is asked."""

    TEXT = "text"
    SECRET = "secret"  # noqa: S105 - a kind of field, not a secret
    COUNTRY = "country"
    URL = "url"
    BOOLEAN = "boolean"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a vendor's set-up or options form; texts are translations under its key.

    `choices` are fixed members (translated); `advanced` ones go into a collapsed section.
    """

    key: str
    type: FieldType
    required: bool = True
    advanced: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    multiple: bool = False
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDevice:
    """A device of a checked account, as far as questions about it need."""

    name: str
    type: DeviceType = DeviceType.UNKNOWN


def _nothing_to_choose(_answers: JsonDict) -> Account:
    raise LookupError("the account leaves nothing open")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A checked account: its lasting id, a title for the entry, and what to add to the entry's data.

    A key of `data` that is None is not kept. `choices` asks a second question when the account leaves something open:
    field key -> {value: label}; `choose` makes the account of its answers. `devices` (by store id) are what voice may
    be allowed to reach. `anonymous` tells that the vendor names no account (LG does not): then `id` changes with the
    token, and devices in common tell whether another token opens the same account.
    """

    id: str
    title: str
    data: JsonDict = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    choose: Callable[[JsonDict], Account] = _nothing_to_choose
    devices: Mapping[str, ListedDevice] = field(default_factory=dict)
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorDefinition:
    """The registry line of a vendor.

    `check` signs in with the answers of the form and returns the account, or raises HubError; `demo_data` turns what
    a mock cloud says of itself (`connection()`) into entry data; `reauth` names the fields asked again when the token
    is refused; `redact` names the secret keys of its data; `links` are web addresses for the texts of its forms, by
    placeholder.
    """

    vendor: Vendor
    name: str
    fields: tuple[Field, ...]
    options: tuple[Field, ...]
    reauth: tuple[str, ...]
    check: Callable[[aiohttp.ClientSession, JsonDict], Awaitable[Account]]
    demo_data: Callable[[Mapping[str, Any]], JsonDict]
    create_session: Callable[[SessionContext], VendorSession]
    redact: frozenset[str] = frozenset()
    links: Mapping[str, str] = field(default_factory=dict)
