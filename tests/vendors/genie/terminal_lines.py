"""Asking as a terminal, and a G-INSIDE server that says what a test wants."""

import json
from typing import Any

from aiohttp import web

from custom_components.dongju.simulator.http_server import LoopbackServer

from .living import Living

MIRROR = "thinq_mirror"


async def ask(live: Living, text: str, device: str = MIRROR) -> dict[str, Any]:
    return await live.session.async_query("terminal", {"device": device, "text": text, "language": "ko"})


def framed(payload: bytes, op: int = 0) -> bytes:
    return bytes([op]) + len(payload).to_bytes(3, "big") + payload


class Kt:
    """A G-INSIDE server that says what the test wants."""

    def __init__(self) -> None:
        self.operations: list[str] = ["WHO", "WELCOME"]
        self.down: list[tuple[str, dict[str, Any]] | bytes] = []
        self.authorize: Any = {"rc": 200, "uuid": "u-1"}
        self.up: list[tuple[str, dict[str, Any]]] = []
        self.hang_up = False
        app = web.Application()
        app.router.add_post("/v2/authorize", self._authorize)
        app.router.add_get("/ginside", self._socket)
        self.server = LoopbackServer(app)

    def sent(self, message_type: str) -> list[dict[str, Any]]:
        return [options for kind, options in self.up if kind == message_type]

    async def _authorize(self, _request: web.Request) -> web.Response:
        return web.json_response(self.authorize)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(protocols=("device-protocol",))
        await socket.prepare(request)
        for operation in self.operations:
            await socket.send_str(operation if operation.startswith("!") else json.dumps({"operation": operation}))
            if operation == "WHO":
                await socket.receive()
        async for frame in socket:
            data = json.loads(frame.data[4:])["devCommand"]
            self.up.append((data["msgType"], json.loads(data["msgPayload"])["cmdOpt"]))
            if data["msgType"] == "Req_TXCM":
                if self.hang_up:
                    break
                for row in self.down:
                    await socket.send_bytes(row if isinstance(row, bytes) else downward(*row))
        return socket


def downward(message_type: str, options: dict[str, Any]) -> bytes:
    payload = json.dumps({"rc": 200, "cmdOpt": options})
    return framed(json.dumps({"srvCommand": {"msgType": message_type, "msgPayload": payload}}).encode())
