"""A client of the mock's account API, as plain as can be."""

import asyncio
import itertools
from typing import Any

import aiohttp

REAL_TIMEOUT_S = 10


class Account:
    """Sign in with the pairing token, call, and listen to push."""

    def __init__(self, http: aiohttp.ClientSession, connection: dict[str, Any]) -> None:
        self.http = http
        self.connection = connection
        self.base = connection["base_url"]
        self.tokens: dict[str, Any] = {}
        self._numbers = itertools.count(1)

    async def pair(self) -> None:
        status, body = await self.token(grant_type="pairing_token", pairing_token=self.connection["pairing_token"])
        assert status == 200
        self.tokens = body["data"]

    async def token(self, **body: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(f"{self.base}/oauth/token", json=body) as response:
            return response.status, await response.json()

    async def call(self, method: str, path: str, body: Any = None, **query: str) -> tuple[int, dict[str, Any]]:
        async with self.http.request(
            method, f"{self.base}/{path}", json=body, params=query, headers=self.headers
        ) as response:
            return response.status, await response.json()

    async def get(self, path: str, **query: str) -> Any:
        status, body = await self.call("GET", path, **query)
        assert status == 200, body
        return body["data"]

    async def post(self, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        """Post a command with an id of its own."""
        body.setdefault("commandId", f"c-{next(self._numbers)}")
        return await self.call("POST", path, body)

    async def command(self, device_id: str, capability: str, command: str, **args: Any) -> tuple[int, dict[str, Any]]:
        return await self.post(f"devices/{device_id}/commands", capability=capability, command=command, args=args)

    async def state(self, device_id: str) -> dict[str, Any]:
        return (await self.get(f"devices/{device_id}/state"))["state"]

    async def listen(self, last_seq: int | None = None) -> Push:
        socket = await self.http.ws_connect(f"{self.base}/push")
        request = {"msgtype": "request", "operation": "auth", "token": self.tokens["access_token"], "lastSeq": last_seq}
        await socket.send_json(request)
        return Push(socket, await socket.receive_json(timeout=REAL_TIMEOUT_S))

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens.get('access_token', '')}"}


class Push:
    """One push connection after its sign-in."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, reply: dict[str, Any]) -> None:
        self.socket = socket
        self.reply = reply

    async def next(self, event: str | None = None) -> dict[str, Any]:
        """Return the next notification, of an event if one is named."""
        while True:
            message = await self.socket.receive_json(timeout=REAL_TIMEOUT_S)
            if message["msgtype"] == "notify" and event in {None, message["event"]}:
                return message

    async def all(self) -> list[dict[str, Any]]:
        """Return what has been sent so far: everything before the answer to a heartbeat."""
        await self.socket.send_json({"msgtype": "request", "operation": "ras_alive"})
        messages: list[dict[str, Any]] = []
        while True:
            message = await self.socket.receive_json(timeout=REAL_TIMEOUT_S)
            if message.get("operation") == "ras_alive":
                return messages
            messages.append(message)

    async def closed(self) -> int | None:
        """Wait for the server to close and return its code."""
        async with asyncio.timeout(REAL_TIMEOUT_S):
            async for _message in self.socket:
                pass
        return self.socket.close_code
