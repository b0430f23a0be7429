"""The mock LG U+ cloud: one list, one control call, a static token that lasts thirty days."""

from collections.abc import Awaitable, Callable, Mapping
from copy import deepcopy
import hashlib
import hmac
import json
from typing import Any, Final, override

from aiohttp import web

from ..clock import Clock
from ..cloud import Action, ActionTable, ControlError, MockCloud
from ..faults import HTTP_FAULTS, FaultBox
from ..home import HomeSpec
from ..http_faults import fault_middleware
from ..http_server import LoopbackServer
from .dialect import (
    BAD_REQUEST,
    EXPIRED,
    MAINTENANCE,
    MESSAGES,
    NO,
    OK,
    TOO_MANY_CALLS,
    UNAUTHENTICATED,
    YES,
    UplusError,
)
from .house import UplusDevice, UplusHouse, expiry, read_control

PREFIX: Final = "/uplus/v1"
HEADER: Final = "X-UPLUS-Token"
TOKEN_DAYS: Final = 30

FAULTS: Final = {
    **HTTP_FAULTS,
    "rate_limited": "answer 3001 with `retrySec` (default 30)",
    "maintenance": "answer 9001",
    "ignored_control": "say 0000 to a control and do nothing (match: deviceSn)",
    "lost_answer": "do what a control says, and answer 502 (match: deviceSn)",
    "stale_list": "answer the list as it was at the poll before",
    "empty_list": "answer an empty list",
    "extra_rows": "list `rows` too, whatever they are; `totalCnt` says how many rows are claimed",
    "extra_status": "list the codes of `status` too (match: deviceSn)",
    "missing_device": "leave a device out of the list (match: deviceSn)",
    "contradiction": "list every status of a device twice, the second time as it is not (match: deviceSn)",
}


class UplusCloud(MockCloud):
    """LG U+'s cloud for one home."""

    def __init__(self, home: HomeSpec, *, clock: Clock, seed: int, state: Mapping[str, Any] | None = None) -> None:
        """Load the home's `uplus` section; `state` is an earlier `snapshot()`."""
        earlier = state or {}
        self._clock = clock
        self._key = f"uplus-{seed}".encode()
        self._faults = FaultBox(clock, FAULTS)
        self._house = UplusHouse(home, clock, seed, earlier.get("house"))
        self._issued: int = earlier.get("issued", 1)
        self._issued_at: float = earlier.get("issued_at", clock.now().timestamp())
        self._last_items: list[dict[str, Any]] = []
        self._actions = ActionTable(self._faults, self._action_rows())
        app = web.Application(
            middlewares=[fault_middleware(self._faults, _describe, _error)], client_max_size=16 * 1024
        )
        app.add_routes(
            [
                web.get(f"{PREFIX}/devices", self._serve(self._list)),
                web.post(f"{PREFIX}/control", self._serve(self._control)),
            ]
        )
        self._server = LoopbackServer(app)
        self._started = False

    @property
    @override
    def name(self) -> str:
        """Return `uplus`."""
        return "uplus"

    @property
    @override
    def device_field(self) -> str:
        """Return `deviceSn`."""
        return "deviceSn"

    @property
    @override
    def faults(self) -> FaultBox:
        """Return the fault knobs."""
        return self._faults

    @override
    async def start(self) -> None:
        """Open the server and let time work on the devices; a token that ended while it was closed is issued anew."""
        if self._clock.now() >= self._expires:
            self._issue()
        await self._server.start()
        self._started = True
        self._house.start()

    @override
    async def close(self) -> None:
        """Close everything; harmless when not started."""
        self._house.close()
        if self._started:
            self._started = False
            await self._server.close()

    @override
    def connection(self) -> dict[str, Any]:
        """Return the address and the token."""
        return {"base_url": f"{self._server.url}{PREFIX}", "token": self._token}

    @override
    def describe(self) -> dict[str, Any]:
        """Return the control actions and the state of every device."""
        return {
            "actions": self._actions.describe(),
            "state": {
                "devices": [device.item() for device in self._house.devices.values()],
                "token_expires": self._expires.isoformat(),
                "faults": self._faults.active(),
            },
        }

    @override
    async def control(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Act on the physical world or turn a knob; raise ControlError."""
        try:
            return await self._actions.run(action, data)
        except UplusError as err:
            raise ControlError(str(err)) from err

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return devices and the token's age."""
        return {"issued": self._issued, "issued_at": self._issued_at, "house": self._house.snapshot()}

    @property
    def _token(self) -> str:
        return "up-" + hmac.new(self._key, f"token:{self._issued}".encode(), hashlib.sha256).hexdigest()[:32]

    @property
    def _expires(self) -> Any:
        return expiry(self._issued_at, TOKEN_DAYS, self._clock.now())

    def _serve(
        self, answer: Callable[[web.Request], Awaitable[dict[str, Any]]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def serve(request: web.Request) -> web.Response:
            try:
                self._check(request)
                values = await answer(request)
            except UplusError as err:
                return _result(err.code, retrySec="30") if err.code == TOO_MANY_CALLS else _result(err.code)
            return _result(OK, **values)

        return serve

    def _check(self, request: web.Request) -> None:
        """Raise 1001 or 1002 for the token, 3001 or 9001 when a knob says so."""
        token = request.headers.get(HEADER, "")
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            raise UplusError(UNAUTHENTICATED)
        if self._clock.now() >= self._expires:
            raise UplusError(EXPIRED)
        for knob, code in (("rate_limited", TOO_MANY_CALLS), ("maintenance", MAINTENANCE)):
            if self._faults.take(knob) is not None:
                raise UplusError(code)

    async def _list(self, _request: web.Request) -> dict[str, Any]:
        items = [self._listed(device) for device in self._house.devices.values()]
        shown = [item for item in items if item is not None]
        if self._faults.take("stale_list") is not None:
            shown = self._last_items
        else:
            self._last_items = deepcopy(shown)
        if self._faults.take("empty_list") is not None:
            shown = []
        extra = self._faults.take("extra_rows")
        shown = [*shown, *extra.data.get("rows", [])] if extra else shown
        return {
            "items": shown,
            "totalCnt": extra.data.get("totalCnt", str(len(shown))) if extra else str(len(shown)),
            "respDt": f"{self._clock.now():%Y%m%d%H%M%S}",
            "tokenExpDt": f"{self._expires:%Y%m%d%H%M%S}",
        }

    def _listed(self, device: UplusDevice) -> dict[str, Any] | None:
        if self._faults.take("missing_device", deviceSn=device.serial) is not None:
            return None
        item = device.item()
        if (extra := self._faults.take("extra_status", deviceSn=device.serial)) is not None:
            item["statusList"] += [{"code": code, "val": value} for code, value in extra.data["status"].items()]
        if self._faults.take("contradiction", deviceSn=device.serial) is not None:
            item["statusList"] += [_contrary(status) for status in item["statusList"]]
        return item

    async def _control(self, request: web.Request) -> dict[str, Any]:
        try:
            body = json.loads(await request.read())
        except ValueError as err:
            raise UplusError(BAD_REQUEST) from err
        if not isinstance(body, dict):
            raise UplusError(BAD_REQUEST)
        serial, code, value, pin = read_control(body)
        if self._faults.take("ignored_control", deviceSn=serial) is None:
            self._house.control(serial, code, value, pin)
        if self._faults.take("lost_answer", deviceSn=serial) is not None:
            raise web.HTTPBadGateway
        return {"reqDt": f"{self._clock.now():%Y%m%d%H%M%S}"}

    def _action_rows(self) -> list[Action]:
        rows = (
            ("set_status", "change a device as if by hand: deviceSn, status {code: value}", self._set_status),
            ("offline", "take a device off the network: deviceSn", lambda data: self._connect(data, online=False)),
            ("online", "bring a device back: deviceSn", lambda data: self._connect(data, online=True)),
            ("add_device", "add a device: deviceSn, typeCd, nickNm, room, status", self._add),
            ("remove_device", "remove a device: deviceSn", self._remove),
            ("rename_device", "rename a device: deviceSn, nickNm", self._rename),
            ("expire_token", "end the token in `days` (default: now)", self._expire),
            ("renew_token", "issue a new token; the old one is unknown from then on", self._renew),
        )
        return [Action(name=name, description=text, handler=handler) for name, text, handler in rows]

    async def _set_status(self, data: dict[str, Any]) -> dict[str, Any]:
        return self._house.change(str(data["deviceSn"]), data["status"]).item()

    async def _connect(self, data: dict[str, Any], *, online: bool) -> dict[str, Any]:
        device = self._house.get(str(data["deviceSn"]))
        device.online = online
        return device.item()

    async def _add(self, data: dict[str, Any]) -> dict[str, Any]:
        return self._house.add(data).item()

    async def _remove(self, data: dict[str, Any]) -> dict[str, Any]:
        self._house.remove(str(data["deviceSn"]))
        return {}

    async def _rename(self, data: dict[str, Any]) -> dict[str, Any]:
        device = self._house.get(str(data["deviceSn"]))
        device.name = str(data["nickNm"])
        return device.item()

    async def _expire(self, data: dict[str, Any]) -> dict[str, Any]:
        self._issued_at = self._clock.now().timestamp() - (TOKEN_DAYS - float(data.get("days", 0))) * 86_400
        return {"expires": self._expires.isoformat()}

    async def _renew(self, _data: dict[str, Any]) -> dict[str, Any]:
        self._issue()
        return {"token": self._token}

    def _issue(self) -> None:
        self._issued += 1
        self._issued_at = self._clock.now().timestamp()


def _result(code: str, **values: Any) -> web.Response:
    """Return an answer: HTTP says 200 whatever the result code is."""
    body = {"resultCode": code, "resultMsg": MESSAGES[code], **values}
    return web.json_response(body, dumps=lambda value: json.dumps(value, ensure_ascii=False))


def _error(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"resultCode": code, "resultMsg": message}, status=status)


def _describe(request: web.Request) -> dict[str, Any]:
    """Describe a request for the fault knobs: endpoint and method."""
    return {"endpoint": request.path.rpartition("/")[2], "method": request.method}


def _contrary(status: dict[str, str]) -> dict[str, str]:
    value = status["val"]
    if value in {YES, NO}:
        return {**status, "val": NO if value == YES else YES}
    return {**status, "val": str(int(value) + 10) if value.isdecimal() else value}
