"""What a user, a browser or a phone says to Home Assistant: REST, WebSocket, log-in, config flows, states."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
import contextlib
import json
from pathlib import Path
import secrets
from typing import Any

import aiohttp

type Json = Any
type Answers = Mapping[str, Any]


class HomeAssistantError(Exception):
    """Home Assistant did not start, or refused a request (its answer is the text)."""


class HomeAssistantClient:
    """A client of one Home Assistant, logged in as its owner."""

    def __init__(self, url: str, *, user: str, password: str, language: str, token_file: Path) -> None:
        """Describe the client; nothing is sent before `open` and `log_in`."""
        self.url = url
        self.user = user
        self.password = password
        self.language = language
        self.token_file = token_file
        self.token = ""
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Open the HTTP session."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60))

    async def close(self) -> None:
        """Close the HTTP session."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The HTTP session of a started home."""
        if self._session is None:
            raise HomeAssistantError("not started")
        return self._session

    async def request(
        self, method: str, path: str, *, data: Json = None, form: Mapping[str, str] | None = None
    ) -> Json:
        """Send one request with the token, if there is one; return JSON or text."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        async with self.session.request(method, self.url + path, json=data, data=form, headers=headers) as response:
            text = await response.text()
            if response.status >= 400:
                raise HomeAssistantError(f"{method} {path}: {response.status} {text[:500]}")
            return json.loads(text) if text and "json" in response.content_type else text

    async def get(self, path: str) -> Json:
        """Return the answer to a GET."""
        return await self.request("GET", path)

    async def post(self, path: str, data: Json = None) -> Json:
        """Return the answer to a POST."""
        return await self.request("POST", path, data={} if data is None else data)

    async def delete(self, path: str) -> Json:
        """Return the answer to a DELETE."""
        return await self.request("DELETE", path)

    async def websocket(self, *commands: Mapping[str, Json]) -> list[Json]:
        """Send WebSocket commands one after another; return their results."""
        results: list[Json] = []
        async with self.session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0) as socket_:
            await socket_.receive_json()
            await socket_.send_json({"type": "auth", "access_token": self.token})
            if (answer := await socket_.receive_json())["type"] != "auth_ok":
                raise HomeAssistantError(f"WebSocket: {answer}")
            for number, command in enumerate(commands, 1):
                await socket_.send_json({"id": number, **command})
                while (answer := await socket_.receive_json()).get("type") != "result" or answer["id"] != number:
                    pass
                if not answer["success"]:
                    raise HomeAssistantError(f"{command['type']}: {answer['error']}")
                results.append(answer["result"])
        return results

    async def log_in(self) -> None:
        """Create the owner, or log in as it; keep a long-lived token in the configuration folder."""
        kept = self.token_file
        if kept.exists():
            self.token = kept.read_text().strip()
            with contextlib.suppress(HomeAssistantError):
                await self.get("/api/")
                return
        self.token = ""
        self.token = await self._access_token(await self._authorization_code())
        name = f"Dongju's scripts {secrets.token_hex(4)}"  # Home Assistant wants another name for every token
        [token] = await self.websocket({"type": "auth/long_lived_access_token", "client_name": name, "lifespan": 3650})
        self.token = token
        kept.touch(mode=0o600)
        kept.write_text(token)
        await self.websocket(
            {"type": "frontend/set_user_data", "key": "language", "value": {"language": self.language}}
        )

    async def _authorization_code(self) -> str:
        client = f"{self.url}/"
        credentials = {"client_id": client, "username": self.user, "password": self.password}
        if not await self._has_owner():
            body = {**credentials, "name": self.user, "language": self.language}
            answer = await self.post("/api/onboarding/users", body)
            return str(answer["auth_code"])
        start = {"client_id": client, "handler": ["homeassistant", None], "redirect_uri": client}
        flow = await self.post("/auth/login_flow", start)
        answer = await self.post(f"/auth/login_flow/{flow['flow_id']}", credentials)
        if answer["type"] != "create_entry":
            raise HomeAssistantError(f"the user {self.user} could not log in: {answer.get('errors')}")
        return str(answer["result"])

    async def _has_owner(self) -> bool:
        try:
            steps = await self.get("/api/onboarding")
        except HomeAssistantError:
            return True  # once everything is done, a restarted Home Assistant has no such address
        return any(step["step"] == "user" and step["done"] for step in steps)

    async def _access_token(self, code: str) -> str:
        form = {"client_id": f"{self.url}/", "grant_type": "authorization_code", "code": code}
        answer = await self.request("POST", "/auth/token", form=form)
        return str(answer["access_token"])

    async def config_flow(self, domain: str, *answers: Answers) -> Json:
        """Run a config flow, one mapping of answers a step (`next_step_id` in a menu); return its last step."""
        result = await self.post("/api/config/config_entries/flow", {"handler": domain})
        for answer in answers:
            if result["type"] not in ("form", "menu"):
                break
            result = await self.post(f"/api/config/config_entries/flow/{result['flow_id']}", answer)
        return result

    async def entries(self, domain: str = "dongju") -> list[Json]:
        """Return the config entries of a domain."""
        entries: list[Json] = await self.get(f"/api/config/config_entries/entry?domain={domain}")
        return entries

    async def wait_for_entries(self, domain: str = "dongju", within: float = 60) -> list[Json]:
        """Return the entries of a domain once every one is loaded."""

        async def loaded() -> list[Json]:
            entries = await self.entries(domain)
            return entries if entries and all(entry["state"] == "loaded" for entry in entries) else []

        result: list[Json] = await self._eventually(loaded, within, lambda: f"entries of {domain}")
        return result

    async def call_service(self, domain: str, service: str, data: Answers | None = None) -> Json:
        """Call a service and wait for it."""
        return await self.post(f"/api/services/{domain}/{service}", dict(data or {}))

    async def states(self) -> dict[str, Json]:
        """Return every state object by entity id."""
        return {state["entity_id"]: state for state in await self.get("/api/states")}

    async def state(self, entity_id: str) -> str:
        """Return the state of one entity."""
        answer = await self.get(f"/api/states/{entity_id}")
        return str(answer["state"])

    async def wait_for_state(self, entity_id: str, expected: str | Callable[[Json], bool], within: float = 30) -> Json:
        """Return the state object once it is as expected: a state, or a predicate on the whole object."""
        last: Json = None

        async def as_expected() -> Json:
            nonlocal last
            last = (await self.states()).get(entity_id)
            if last is None:
                return None
            good = last["state"] == expected if isinstance(expected, str) else expected(last)
            return last if good else None

        return await self._eventually(as_expected, within, lambda: f"{entity_id} as expected, last seen: {last}")

    async def _eventually(self, ask: Callable[[], Awaitable[Json]], within: float, what: Callable[[], str]) -> Json:
        try:
            async with asyncio.timeout(within):
                while not (answer := await ask()):  # noqa: ASYNC110 - the answer is in another process
                    await asyncio.sleep(0.1)
                return answer
        except TimeoutError as err:
            raise HomeAssistantError(f"never saw {what()}") from err
