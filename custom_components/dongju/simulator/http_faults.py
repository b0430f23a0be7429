"""aiohttp middleware that acts out the HTTP faults every mock cloud shares."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from .faults import Fault, FaultBox

type RequestContext = Callable[[web.Request], dict[str, Any]]
type ErrorResponse = Callable[[int, str, str], web.Response]

_HTML: Final = "<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"


def fault_middleware(box: FaultBox, context: RequestContext, error: ErrorResponse) -> Middleware:
    """Return a middleware that spoils answers as the box says.

    `context` describes a request for matching (for example endpoint, device_id, method);
    `error(status, code, message)` builds the vendor's own error answer.
    """

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        described = context(request)
        for name, before in _BEFORE.items():
            if (fault := box.take(name, **described)) is not None:
                spoiled = await before(fault, request)
                if spoiled is not None:
                    return spoiled
        if (fault := box.take("http_error", **described)) is not None:
            return error(
                fault.data.get("status", 500),
                str(fault.data.get("code", "2000")),
                str(fault.data.get("message", "Injected error")),
            )
        response = await handler(request)
        if (fault := box.take("malformed_json", **described)) is not None:
            body = getattr(response, "body", None) or b'{"response": {'
            half = bytes(body)[: max(1, len(body) // 2)]
            return web.Response(body=half, content_type="application/json")
        return response

    return middleware


async def _never_answer(_fault: Fault, _request: web.Request) -> web.StreamResponse | None:
    # LoopbackServer cancels the handler when the client gives up or the server closes.
    await asyncio.Event().wait()
    return None


async def _drop_connection(_fault: Fault, request: web.Request) -> web.StreamResponse | None:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=504)


async def _slow(fault: Fault, _request: web.Request) -> web.StreamResponse | None:
    # The network's slowness is real time, whatever the pace of the virtual home.
    await asyncio.sleep(float(fault.data.get("seconds", 3.0)))
    return None


async def _status(fault: Fault, _request: web.Request) -> web.StreamResponse | None:
    return web.Response(status=int(fault.data.get("status", 503)))


async def _html(fault: Fault, _request: web.Request) -> web.StreamResponse | None:
    status = int(fault.data.get("status", 200))
    return web.Response(status=status, text=_HTML, content_type="text/html")


async def _empty(fault: Fault, _request: web.Request) -> web.StreamResponse | None:
    status = int(fault.data.get("status", 200))
    return web.Response(status=status, content_type="application/json")


_BEFORE: Final[dict[str, Callable[[Fault, web.Request], Awaitable[web.StreamResponse | None]]]] = {
    "slow": _slow,
    "timeout": _never_answer,
    "drop_connection": _drop_connection,
    "http_status": _status,
    "html_body": _html,
    "empty_body": _empty,
}
