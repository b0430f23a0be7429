"""The REST side of ThinQ Connect: one method for each endpoint, every call within the account's budget."""

import base64
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final, NamedTuple
import uuid

import aiohttp

from ...model.errors import (
    ApiNotAllowedError,
    AuthError,
    CannotConnectError,
    CloudAwayError,
    HubError,
    RateLimitedError,
    UnexpectedAnswerError,
)
from ..call_budget import CallBudget, Priority
from .errors import ALREADY_SUBSCRIBED, NOT_SUBSCRIBED, ApiError, hub_error, parse_answer
from .regions import base_url

type JsonDict = dict[str, Any]

API_KEY: Final = "v6GFvkweNo7DK7yD3ylIZ9w52aKBU0eJ7wLXkSR3"  # pragma: allowlist secret
"""LG's public constant, the same for everyone; the token is the secret."""

EVENT_HOURS: Final = 24
"""How long an event subscription is asked for; the most that LG's documentation promises to keep."""

_TIMEOUT: Final = aiohttp.ClientTimeout(total=15.0)
_SERVICE: Final = {"service-code": "SVC202"}
_CLIENT: Final = {"type": "MQTT", **_SERVICE, "device-type": "607", "allowExist": True}
_ROOT_CA_PATH: Final = "/repository/AmazonRootCA1.pem"
"""Where a server of the user's own offers its authority: the path Amazon has for its own."""

_LONGEST_WORD: Final = 16
"""Of a path; what is longer, or has digits, is an id."""

_NOTHING: Final[frozenset[str]] = frozenset()


def new_client_id() -> str:
    """Return a client id of our own; it is kept for ever, because LG blocks accounts that keep making new ones."""
    return f"dongju-{uuid.uuid4()}"


def new_message_id() -> str:
    """Return a fresh `x-message-id`: 16 random bytes in 22 URL-safe characters."""
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).rstrip(b"=").decode()


class _Turn(NamedTuple):
    """How long a call may wait for its turn, and what to do when it goes out."""

    max_wait: float | None = None
    begins: Callable[[], None] | None = None


_ANY_TURN: Final = _Turn()


class ThinQClient:
    """Speaks to one account's cloud. Every method raises HubError and nothing else."""

    def __init__(
        self,
        http: aiohttp.ClientSession,
        budget: CallBudget,
        *,
        token: str,
        country: str,
        client_id: str,
        server: str | None = None,
    ) -> None:
        """Use the country's cloud, or `server`; raises WrongCountryError or CannotConnectError for a wrong address."""
        self._http = http
        self._budget = budget
        self._base_url = base_url(country, server)
        self._own_server = bool(server)
        self.client_id = client_id
        self.denied: set[str] = set()
        """The kinds of calls that the token lacked a permission for when they were last made."""
        self._headers = {
            "Authorization": f"Bearer {token}",
            "x-country": country.upper(),
            "x-client-id": client_id,
            "x-api-key": API_KEY,
            "x-service-phase": "OP",
        }

    async def devices(self, *, max_wait: float | None = None) -> list[JsonDict]:
        """Return the account's devices as listed: `{"deviceId", "deviceInfo": {...}}` each."""
        answer = await self._call("GET", "devices", Priority.RECONCILE, turn=_Turn(max_wait))
        return [entry for entry in _list(answer) if isinstance(entry, dict)]

    async def profile(self, device_id: str, *, urgent: bool = False) -> JsonDict:
        """Return what a device has and allows; `urgent` when nothing can be shown of it without."""
        priority = Priority.RECONCILE if urgent else Priority.PROFILE
        return _dict(await self._call("GET", f"devices/{device_id}/profile", priority))

    async def state(
        self, device_id: str, *, max_wait: float | None = None, asked: Callable[[], None] | None = None
    ) -> Any:
        """Return a device's state, an object or a list by the kind of device; call `asked` when the call goes out."""
        path = f"devices/{device_id}/state"
        answer = await self._call("GET", path, Priority.RECONCILE, turn=_Turn(max_wait, asked))
        if not isinstance(answer, dict | list):
            raise UnexpectedAnswerError("a state that is no object")
        return answer

    async def control(self, device_id: str, body: JsonDict) -> None:
        """Send a command."""
        headers = {"x-conditional-control": "true"}
        try:
            await self._call("POST", f"devices/{device_id}/control", Priority.COMMAND, body=body, headers=headers)
        except CannotConnectError as err:
            if isinstance(err.__cause__, aiohttp.ClientConnectorError):
                raise CloudAwayError(err.detail) from err.__cause__
            raise

    async def energy_profile(self, device_id: str) -> list[str]:
        """Return the names of a device's energy figures, empty when it has none."""
        answer = _dict(await self._call("GET", f"devices/energy/{device_id}/profile", Priority.ENERGY))
        result = answer.get("result")
        names = result.get("property") if isinstance(result, dict) else None
        return [name for name in _list(names or []) if isinstance(name, str)]

    async def energy_usage(self, device_id: str, name: str, *, period: str, start: str, end: str) -> list[JsonDict]:
        """Return the rows of an energy figure. `period` is DAILY (dates YYYYMMDD) or MONTHLY (YYYYMM)."""
        params = {"property": name, "period": period, "startDate": start, "endDate": end}
        answer = _dict(await self._call("GET", f"devices/energy/{device_id}/usage", Priority.ENERGY, params=params))
        result = answer.get("result")
        rows = result.get("dataList") if isinstance(result, dict) else None
        return [row for row in _list(rows or []) if isinstance(row, dict)]

    async def route(self, *, max_wait: float | None = None) -> JsonDict:
        """Return the addresses of the account's servers: `mqttServer` is `mqtts://host:port`."""
        return _dict(await self._call("GET", "route", Priority.RECONCILE, turn=_Turn(max_wait)))

    async def register(self, *, max_wait: float | None = None) -> None:
        """Make this client known, or find it known."""
        await self._call("POST", "client", Priority.RECONCILE, body=dict(_CLIENT), turn=_Turn(max_wait))

    async def unregister(self) -> None:
        """Remove this client and with it its subscriptions."""
        await self._call("DELETE", "client", Priority.COMMAND, body=dict(_CLIENT))

    async def certificate(self, csr: str, *, max_wait: float | None = None) -> tuple[str, list[str]]:
        """Have a certificate signed; return its PEM and the topics this client may listen to."""
        body, path = {**_SERVICE, "csr": csr}, "client/certificate"
        answer = _dict(await self._call("POST", path, Priority.RECONCILE, body=body, turn=_Turn(max_wait)))
        result = _dict(answer.get("result"))
        pem = result.get("certificatePem")
        topics = [topic for topic in _list(result.get("subscriptions")) if isinstance(topic, str)]
        if not isinstance(pem, str) or not topics:
            raise UnexpectedAnswerError("an answer without a certificate")
        return pem, topics

    async def subscribe_push(self, device_id: str) -> None:
        """Ask for a device's notifications; they do not expire."""
        await self._call("POST", f"push/{device_id}/subscribe", Priority.SUBSCRIBE, accept=ALREADY_SUBSCRIBED)

    async def subscribe_event(self, device_id: str) -> None:
        """Ask for a device's state reports for `EVENT_HOURS`."""
        body = {"expire": {"unit": "HOUR", "timer": EVENT_HOURS}}
        await self._call(
            "POST", f"event/{device_id}/subscribe", Priority.SUBSCRIBE, body=body, accept=ALREADY_SUBSCRIBED
        )

    async def subscribe_home(self) -> None:
        """Ask to be told of devices that are added, removed or renamed."""
        await self._call("POST", "push/devices", Priority.SUBSCRIBE, accept=ALREADY_SUBSCRIBED)

    async def unsubscribe_home(self) -> None:
        """Ask no longer to be told of changed devices."""
        await self._call("DELETE", "push/devices", Priority.COMMAND, accept=NOT_SUBSCRIBED)

    async def unsubscribe_push(self, device_id: str) -> None:
        """Ask no longer for a device's notifications."""
        await self._call("DELETE", f"push/{device_id}/unsubscribe", Priority.COMMAND, accept=NOT_SUBSCRIBED)

    async def unsubscribe_event(self, device_id: str) -> None:
        """Ask no longer for a device's state reports."""
        await self._call("DELETE", f"event/{device_id}/unsubscribe", Priority.COMMAND, accept=NOT_SUBSCRIBED)

    async def voice_reply(self, device_id: str, body: JsonDict) -> None:
        """Answer a sentence heard by a device (an extension of the mock cloud; LG's has no such call)."""
        await self._call("POST", f"devices/{device_id}/voice-reply", Priority.COMMAND, body=body)

    async def server_ca(self) -> str | None:
        """Return the certificate authority that a server of the user's own has for its broker, None if it has none."""
        if not self._own_server:
            return None
        try:
            async with self._http.get(
                f"{self._base_url}{_ROOT_CA_PATH}", timeout=_TIMEOUT, allow_redirects=False
            ) as response:
                text = await response.text(errors="replace")
                return text if response.status == HTTPStatus.OK and "BEGIN CERTIFICATE" in text else None
        except (TimeoutError, aiohttp.ClientError) as err:
            raise CannotConnectError(type(err).__name__) from err

    async def _call(
        self,
        method: str,
        path: str,
        priority: Priority,
        *,
        body: JsonDict | None = None,
        params: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        accept: frozenset[str] = _NOTHING,
        turn: _Turn = _ANY_TURN,
    ) -> Any:
        """Make one call within the budget. An error code in `accept` counts as success."""
        async with self._budget.call(priority, max_wait=turn.max_wait) as started:
            if turn.begins:
                turn.begins()
            try:
                status, retry_after, raw = await self._send(method, path, body=body, params=params, headers=headers)
                answer = parse_answer(status, raw, retry_after)
            except ApiError as err:
                if err.code not in accept:
                    error = hub_error(err, status)
                    if isinstance(error, ApiNotAllowedError):
                        self.denied.add(_kind(method, path))
                    raise self._counted(error, started) from err
                answer = {}
            except HubError as err:
                raise self._counted(err, started) from err.__cause__
            self.denied.discard(_kind(method, path))
            self._budget.succeeded(started)
            return answer

    async def _send(
        self,
        method: str,
        path: str,
        *,
        body: JsonDict | None,
        params: dict[str, str] | None,
        headers: dict[str, str] | None,
    ) -> tuple[int, str | None, bytes]:
        """Return status, Retry-After and body; redirects are not followed, they would carry the token away."""
        try:
            async with self._http.request(
                method,
                f"{self._base_url}/{path}",
                json=body,
                params=params,
                headers={**self._headers, "x-message-id": new_message_id(), **(headers or {})},
                timeout=_TIMEOUT,
                allow_redirects=False,
            ) as response:
                return response.status, response.headers.get("Retry-After"), await response.read()
        except (TimeoutError, aiohttp.ClientError, ValueError) as err:
            raise CannotConnectError(type(err).__name__) from err

    def _counted(self, error: HubError, started: float) -> HubError:
        """Let the budget know what an error tells about the cloud."""
        if isinstance(error, RateLimitedError):
            self._budget.refused(error.retry_after)
            return RateLimitedError(error.detail, retry_after=self._budget.paused_seconds)
        if not isinstance(error, CannotConnectError | AuthError):
            self._budget.succeeded(started)
        return error


def _kind(method: str, path: str) -> str:
    """Return what a call is about, whichever device it concerns."""
    words = (part for part in path.split("/") if part.isalpha() and len(part) < _LONGEST_WORD)
    return " ".join((method, *words))


def _list(answer: Any) -> list[Any]:
    """Insist on a list."""
    if not isinstance(answer, list):
        raise UnexpectedAnswerError("an answer that is no list")
    return answer


def _dict(answer: Any) -> JsonDict:
    """Insist on an object."""
    if not isinstance(answer, dict):
        raise UnexpectedAnswerError("an answer that is no object")
    return answer
