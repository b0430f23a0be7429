"""Control API of the simulator program, and a page to use it from: loopback, with a token.

Inside Home Assistant none of this is opened; there the simulator is called in process.
"""

import hmac
import json
from pathlib import Path
import secrets
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler

from .cloud import ControlError
from .http_server import LoopbackServer
from .simulator import Simulator

_PAGE: Final = Path(__file__).parent / "control_page.html"
_PAGE_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "connect-src 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class ControlServer:
    """HTTP API: `GET /control`, `GET /control/{cloud}`, `POST /control/{cloud}/{action}`."""

    def __init__(self, simulator: Simulator) -> None:
        """Control a simulator; a new token is made every time."""
        self._simulator = simulator
        self.token: Final = secrets.token_urlsafe(24)
        # Read here, before an event loop would be blocked by it.
        self._page = _PAGE.read_text(encoding="utf-8")
        app = web.Application(middlewares=[self._guard])
        app.router.add_get("/", self._show_page)
        app.router.add_get("/control", self._overview)
        app.router.add_get("/control/{cloud}", self._describe)
        app.router.add_post("/control/{cloud}/{action}", self._control)
        self._server = LoopbackServer(app)

    @property
    def url(self) -> str:
        """Return the base address."""
        return self._server.url

    async def start(self, port: int = 0) -> None:
        """Start to listen."""
        await self._server.start(port)

    async def close(self) -> None:
        """Stop listening."""
        await self._server.close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Let through who may, and tell the rest why not."""
        refusal = self._refusal(request)
        if refusal is not None:
            return refusal
        try:
            return await handler(request)
        except ControlError as err:
            return _refuse(400, str(err))
        except web.HTTPException as err:
            return _refuse(err.status, err.reason)

    def _refusal(self, request: web.Request) -> web.Response | None:
        """Refuse other hosts (DNS rebinding), pages of other origins, and callers without the token."""
        port = self._server.port
        hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        if request.headers.get("Host") not in hosts:
            return _refuse(403, "unknown host")
        origin = request.headers.get("Origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            return _refuse(403, "a page of another origin may not control the simulator")
        if request.path == "/":
            # The page itself knows nothing; what it asks for needs the token.
            return None
        given = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(given, f"Bearer {self.token}".encode()):
            return _refuse(401, "the control token is missing or wrong")
        return None

    async def _show_page(self, _request: web.Request) -> web.Response:
        return web.Response(text=self._page, content_type="text/html", headers=_PAGE_HEADERS)

    async def _overview(self, _request: web.Request) -> web.Response:
        return _answer({"clock": self._simulator.describe_clock(), "clouds": list(self._simulator.clouds)})

    async def _describe(self, request: web.Request) -> web.Response:
        name = request.match_info["cloud"]
        if name == "clock":
            actions = {"rate": "change the pace: rate", "advance": "jump ahead: seconds"}
            return _answer({"actions": actions, "state": self._simulator.describe_clock()})
        cloud = self._simulator.clouds.get(name)
        if cloud is None:
            return _refuse(404, f"unknown cloud {name!r}; known: clock, {', '.join(self._simulator.clouds)}")
        return _answer(cloud.describe())

    async def _control(self, request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            data = json.loads(raw) if raw else {}
        except ValueError as err:
            return _refuse(400, f"the body is not JSON: {err}")
        if not isinstance(data, dict):
            return _refuse(400, "the body must be a JSON object")
        result = await self._simulator.control(request.match_info["cloud"], request.match_info["action"], data)
        return _answer(result)


def _answer(content: dict[str, Any]) -> web.Response:
    return web.Response(
        body=json.dumps(content, ensure_ascii=False).encode(),
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _refuse(status: int, message: str) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps({"error": message}, ensure_ascii=False).encode(),
        content_type="application/json",
    )
