"""REST API of the mock ThinQ cloud."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC
import json
import math
import re
from typing import Any, Final, NamedTuple

from aiohttp import web
from aiohttp.typedefs import Handler

from ..http_faults import fault_middleware
from .accounts import Account
from .appliance import Appliance, ControlRefused
from .broker import client_topic
from .call_log import Call
from .certificates import CertificateAuthority, SigningRequestError
from .context import CloudContext
from .errors import ApiError, EmptyAnswerError
from .request_checks import authenticate

DATA_FAULTS: Final = {
    "empty_list": "answer the device list with no device",
    "duplicate_ids": "answer the device list with every device twice",
    "replace_response": "answer a call with `response` in place of the real one; narrowed by endpoint, device_id",
    "hold_response": "keep answers, `most` of them, back until this is cleared; `held` counts them; narrowed likewise",
}

_HELD_SECONDS: Final = 0.01
ROOT_CA_PATH: Final = "/repository/AmazonRootCA1.pem"
_CLIENT_BODY: Final = {"type": "MQTT", "service-code": "SVC202", "device-type": "607"}
_DEFAULT_EVENT_HOURS: Final = 1
# Real clouds answered these types' energy calls with a bare 406 where others get 1221.
_BARE_406_TYPES: Final = frozenset({"DEVICE_OVEN"})
_DATE: Final = {"DAILY": re.compile(r"\d{8}"), "MONTHLY": re.compile(r"\d{6}")}


class ApiCall(NamedTuple):
    """A verified call: who asks, by which client, about which device."""

    request: web.Request
    account: Account
    client_id: str
    body: Any
    # The caller's country is not the account's, but of the same region: it sees no devices.
    foreign: bool

    @property
    def device_id(self) -> str:
        """Return the device of the path."""
        return self.request.match_info["device_id"]


type ApiHandler = Callable[[ApiCall], Awaitable[Any]]


class RestApi:
    """Every endpoint of the API, as an aiohttp application."""

    def __init__(self, context: CloudContext, authority: CertificateAuthority, route: Callable[[], Any]) -> None:
        """Answer from the shared parts; `route` returns the addresses in use."""
        self._context = context
        self._authority = authority
        self._route = route

    def application(self) -> web.Application:
        """Return the application with its routes."""
        spoil = fault_middleware(self._context.faults, _describe, self._error)
        app = web.Application(middlewares=[self._log, self._answer_errors, spoil])
        for method, path, kind, handler in (
            ("GET", "/devices", "devices", self._devices),
            ("GET", "/devices/{device_id}/profile", "profile", self._profile),
            ("GET", "/devices/{device_id}/state", "state", self._state),
            ("POST", "/devices/{device_id}/control", "control", self._control),
            ("POST", "/devices/{device_id}/voice-reply", "voice_reply", self._voice_reply),
            ("GET", "/devices/energy/{device_id}/profile", "energy_profile", self._energy_profile),
            ("GET", "/devices/energy/{device_id}/usage", "energy_usage", self._energy_usage),
            ("POST", "/client", "client_register", self._register),
            ("DELETE", "/client", "client_delete", self._unregister),
            ("POST", "/client/certificate", "certificate", self._certificate),
            ("GET", "/push", "push_list", self._push_list),
            ("POST", "/push/{device_id}/subscribe", "push_subscribe", self._push_subscribe),
            ("DELETE", "/push/{device_id}/unsubscribe", "push_unsubscribe", self._push_unsubscribe),
            ("GET", "/event", "event_list", self._event_list),
            ("POST", "/event/{device_id}/subscribe", "event_subscribe", self._event_subscribe),
            ("DELETE", "/event/{device_id}/unsubscribe", "event_unsubscribe", self._event_unsubscribe),
            ("GET", "/push/devices", "push_devices_list", self._home_list),
            ("POST", "/push/devices", "push_devices_subscribe", self._home_subscribe),
            ("DELETE", "/push/devices", "push_devices_unsubscribe", self._home_unsubscribe),
            ("GET", "/route", "route", self._get_route),
        ):
            app.router.add_route(method, path, self._verified(kind, handler), name=kind)
        app.router.add_get(ROOT_CA_PATH, self._root_ca, name="root_ca")
        return app

    # aiohttp calls these around every request, the outermost first.

    @web.middleware
    async def _log(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        status, kind = 0, _describe(request)["endpoint"]
        try:
            response = await handler(request)
            status = response.status
        finally:
            if kind != "root_ca":
                self._context.calls.add(
                    Call(
                        kind=kind,
                        method=request.method,
                        path=request.path_qs,
                        device_id=request.match_info.get("device_id"),
                        client_id=request.headers.get("x-client-id"),
                        body=request.get("body"),
                        status=status,
                        code=request.get("code"),
                        at=self._context.clock.monotonic(),
                    )
                )
        await self._hold(_describe(request))
        return response

    @web.middleware
    async def _answer_errors(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except ApiError as err:
            request["code"] = err.code
            return self._error(err.status, err.code, err.message, request)
        except ControlRefused as err:
            refusal = ApiError(err.code, err.message)
            request["code"] = refusal.code
            return self._error(refusal.status, refusal.code, refusal.message, request)
        except EmptyAnswerError as err:
            return web.Response(status=err.status)
        except web.HTTPException as err:
            request["code"] = "1000"
            return self._error(err.status, "1000", err.reason, request)

    def _verified(self, kind: str, handler: ApiHandler) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            body = await _read_body(request)
            request["body"] = body
            account, foreign = authenticate(request, kind, self._context.accounts)
            call = ApiCall(request, account, request.headers["x-client-id"], body, foreign)
            payload = await handler(call)
            if (fault := self._context.faults.take("replace_response", **_describe(request))) is not None:
                payload = fault.data.get("response")
            return self._envelope(200, {"response": payload}, request)

        return answer

    async def _hold(self, described: dict[str, Any]) -> None:
        """Keep an answer back for as long as somebody wants that."""
        faults = self._context.faults
        fault = faults.peek("hold_response", **described)
        if fault is None or (held := int(fault.data.get("held", 0))) >= fault.data.get("most", math.inf):
            return
        fault.data["held"] = held + 1
        # The network's slowness is real time, whatever the pace of the virtual home.
        while faults.peek("hold_response", **described) is fault:  # noqa: ASYNC110 - asks what nobody announces
            await asyncio.sleep(_HELD_SECONDS)

    def _envelope(self, status: int, content: dict[str, Any], request: web.Request | None) -> web.Response:
        message_id = request.headers.get("x-message-id", "") if request is not None else ""
        timestamp = self._context.clock.now().astimezone(UTC).replace(tzinfo=None)
        document = {
            "messageId": message_id,
            "timestamp": timestamp.isoformat(timespec="microseconds"),
            **content,
        }
        return web.Response(
            status=status,
            body=json.dumps(document, ensure_ascii=False).encode(),
            content_type="application/json",
        )

    def _error(self, status: int, code: str, message: str, request: web.Request | None = None) -> web.Response:
        return self._envelope(status, {"error": {"code": code, "message": message}}, request)

    # Devices.

    def _appliance(self, call: ApiCall) -> Appliance:
        if call.foreign or not call.account.owns(call.device_id):
            raise ApiError("1205")
        return self._context.fleet.get(call.device_id)

    async def _devices(self, call: ApiCall) -> Any:
        faults = self._context.faults
        if call.foreign or faults.take("empty_list") is not None:
            return []
        owned = [appliance.info() for appliance in self._context.fleet.all() if call.account.owns(appliance.device_id)]
        return owned * 2 if faults.take("duplicate_ids") is not None else owned

    async def _profile(self, call: ApiCall) -> Any:
        return self._appliance(call).profile

    async def _state(self, call: ApiCall) -> Any:
        appliance = self._appliance(call)
        if not appliance.online:
            raise ApiError("1222")
        return appliance.state

    async def _control(self, call: ApiCall) -> Any:
        appliance = self._appliance(call)
        if not isinstance(call.body, dict):
            raise ApiError("1311")
        appliance.control(call.body)
        return {}

    async def _energy_profile(self, call: ApiCall) -> Any:
        return self._metered(call)[1]

    async def _energy_usage(self, call: ApiCall) -> Any:
        appliance, _ = self._metered(call)
        query = call.request.query
        values = [query.get(name, "") for name in ("property", "period", "startDate", "endDate")]
        if not all(values):
            raise ApiError("1101")
        date = _DATE.get(values[1])
        if date is None or not date.fullmatch(values[2]) or not date.fullmatch(values[3]):
            raise ApiError("1102")
        return appliance.energy_usage(*values)

    def _metered(self, call: ApiCall) -> tuple[Appliance, dict[str, Any]]:
        appliance = self._appliance(call)
        profile = appliance.energy_profile()
        if profile is None:
            if appliance.device_type in _BARE_406_TYPES:
                raise EmptyAnswerError(406)
            raise ApiError("1221")
        return appliance, profile

    async def _voice_reply(self, call: ApiCall) -> Any:
        if not call.account.voice:
            # To accounts without the extension there is no such address.
            raise web.HTTPNotFound
        appliance = self._appliance(call)
        if not isinstance(call.body, dict):
            raise ApiError("1311")
        self._context.voice.reply(appliance.device_id, call.body)
        return {}

    # Clients.

    async def _register(self, call: ApiCall) -> Any:
        body = _client_body(call)
        self._context.clients.register(call.account, call.client_id, allow_existing=bool(body.get("allowExist")))
        return {}

    async def _unregister(self, call: ApiCall) -> Any:
        _client_body(call)
        self._context.clients.unregister(call.account, call.client_id)
        self._context.subscriptions.drop_client(call.client_id)
        return {}

    async def _certificate(self, call: ApiCall) -> Any:
        body = call.body if isinstance(call.body, dict) else {}
        # Some clients wrap what LG's own SDK sends bare.
        body = body["body"] if isinstance(body.get("body"), dict) else body
        csr = body.get("csr")
        if not isinstance(csr, str) or not csr:
            raise ApiError("1101")
        client = self._context.clients.require(call.account, call.client_id)
        loop = asyncio.get_running_loop()
        try:
            issued = await loop.run_in_executor(None, self._authority.sign_request, csr)
        except SigningRequestError as err:
            raise ApiError("1102", str(err)) from err
        self._context.clients.add_certificate(client, issued.serial)
        return {
            "resultCode": "0000",
            "result": {"certificatePem": issued.pem, "subscriptions": [client_topic(call.client_id)]},
        }

    async def _get_route(self, _call: ApiCall) -> Any:
        return self._route()

    async def _root_ca(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._authority.certificate_pem, content_type="application/x-pem-file")

    # Subscriptions.

    def _subscriber(self, call: ApiCall) -> Appliance:
        """Return the appliance of a subscription, after noting who subscribes."""
        appliance = self._appliance(call)
        self._context.clients.note(call.account, call.client_id)
        return appliance

    async def _push_list(self, call: ApiCall) -> Any:
        return [{"deviceId": device_id} for device_id in self._context.subscriptions.pushes_of(call.client_id)]

    async def _push_subscribe(self, call: ApiCall) -> Any:
        self._context.subscriptions.subscribe_push(call.client_id, self._subscriber(call).device_id)
        return {}

    async def _push_unsubscribe(self, call: ApiCall) -> Any:
        self._context.subscriptions.unsubscribe_push(call.client_id, self._appliance(call).device_id)
        return {}

    async def _event_list(self, call: ApiCall) -> Any:
        return [{"deviceId": device_id} for device_id in self._context.subscriptions.events_of(call.client_id)]

    async def _event_subscribe(self, call: ApiCall) -> Any:
        appliance = self._subscriber(call)
        if not appliance.reportable:
            raise ApiError("1220")
        hours = min(_event_hours(call.body), call.account.event_hours)
        self._context.subscriptions.subscribe_event(call.account, call.client_id, appliance.device_id, hours)
        return {}

    async def _event_unsubscribe(self, call: ApiCall) -> Any:
        self._context.subscriptions.unsubscribe_event(call.client_id, self._appliance(call).device_id)
        return {}

    async def _home_list(self, call: ApiCall) -> Any:
        members = self._context.subscriptions.home_clients()
        clients = self._context.clients
        return [{"clientId": name} for name in members if clients.user_of(name) == call.account.user_number]

    async def _home_subscribe(self, call: ApiCall) -> Any:
        self._context.clients.note(call.account, call.client_id)
        self._context.subscriptions.subscribe_home(call.client_id)
        return {}

    async def _home_unsubscribe(self, call: ApiCall) -> Any:
        self._context.subscriptions.unsubscribe_home(call.client_id)
        return {}


def _describe(request: web.Request) -> dict[str, Any]:
    """Describe a request for fault matching."""
    return {
        "endpoint": request.match_info.route.name or "unknown",
        "method": request.method,
        "device_id": request.match_info.get("device_id"),
        "client_id": request.headers.get("x-client-id"),
    }


async def _read_body(request: web.Request) -> Any:
    """Read JSON whatever its declared type, as body-less calls come with a type of their own."""
    raw = await request.read()
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError as err:
        raise ApiError("1311") from err


def _client_body(call: ApiCall) -> dict[str, Any]:
    if not isinstance(call.body, dict):
        raise ApiError("1101")
    if any(call.body.get(name) != value for name, value in _CLIENT_BODY.items()):
        raise ApiError("1102")
    return call.body


def _event_hours(body: Any) -> int:
    if body is None:
        return _DEFAULT_EVENT_HOURS
    expire = body.get("expire", {}) if isinstance(body, dict) else None
    if not isinstance(expire, dict) or expire.get("unit", "HOUR") != "HOUR":
        raise ApiError("1102")
    hours = expire.get("timer", _DEFAULT_EVENT_HOURS)
    if isinstance(hours, bool) or not isinstance(hours, int) or hours < 1:
        raise ApiError("1102")
    return hours
