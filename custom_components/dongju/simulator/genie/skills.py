"""Skills: registering a partner's webhook, signing calls to it and reading its answer.

What KT's own S2S calls look like is not public; this is our proposal with the names of the DialogKit.
"""

from dataclasses import asdict, dataclass, field
import hashlib
import hmac
from http import HTTPStatus
import json
from typing import Any, Final

import aiohttp
from yarl import URL

from .envelope import BODY_LIMIT, GenieError, JsonDict, bad_parameter, dump, not_found, text_of
from .identifiers import Identifiers

MAX_SKILLS: Final = 10
ANSWER_S: Final = 3.0
_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


@dataclass(slots=True, kw_only=True)
class Skill:
    """A registered webhook; the secret is told once, at registration."""

    id: str
    secret: str
    household_id: str
    name: str
    url: str
    intents: list[str] = field(default_factory=list)

    def shown(self) -> JsonDict:
        """Return the skill without its secret."""
        return {
            "skillId": self.id,
            "householdId": self.household_id,
            "name": self.name,
            "url": self.url,
            "intents": self.intents,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Tamper:
    """What a test wants to be wrong with a call."""

    signature: bool = False
    nonce: str | None = None
    body_suffix: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAnswer:
    """What came of a call: the HTTP status and body, or the reason there is none."""

    status: int | None = None
    body: JsonDict | None = None
    error: str | None = None

    @property
    def message(self) -> str | None:
        """Return the text to speak, if there is one."""
        info = (self.body or {}).get("metaInfo")
        text = info.get("mesg") if isinstance(info, dict) else None
        return text if isinstance(text, str) and text.strip() else None

    @property
    def confirm(self) -> JsonDict | None:
        """Return `{token, prompt, expiresIn}` when the skill asks back."""
        body = self.body or {}
        confirm = body.get("confirm")
        return confirm if body.get("rc") == HTTPStatus.ACCEPTED and isinstance(confirm, dict) else None


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the hex HMAC-SHA256 of `timestamp.nonce.sha256hex(body)`."""
    message = f"{timestamp}.{nonce}.{hashlib.sha256(body).hexdigest()}"
    return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest()


class Skills:
    """The registered skills, and calling one."""

    def __init__(self, ids: Identifiers, state: list[JsonDict] | None = None) -> None:
        self._ids = ids
        self._skills = {row["id"]: Skill(**row) for row in state or []}
        self.answer_s = ANSWER_S
        self._http: aiohttp.ClientSession | None = None

    async def start(self) -> None:
        """Get ready to call."""
        self._http = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())

    async def close(self) -> None:
        """Close every connection to a webhook."""
        if self._http is not None:
            await self._http.close()
            self._http = None

    def register(self, body: JsonDict, household_id: str) -> JsonDict:
        """Register a webhook on this machine and return its secret, once; raise 400 or 416."""
        url = text_of(body, "url", limit=500)
        try:
            parsed = URL(url)
        except ValueError as err:
            raise bad_parameter("url is no address") from err
        if parsed.scheme not in {"http", "https"} or parsed.host not in _LOOPBACK:
            raise bad_parameter("the mock calls webhooks on this machine only")
        intents = body.get("intents", [])
        if not isinstance(intents, list):
            raise bad_parameter("intents is a list")
        if len(self._skills) >= MAX_SKILLS:
            raise GenieError(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "TOO_MANY_SKILLS", "ten skills at most")
        skill = Skill(
            id=self._ids.name("sk"),
            secret=self._ids.token("skill"),
            household_id=household_id,
            name=text_of(body, "name", limit=100, required=False) or "skill",
            url=url,
            intents=[str(intent) for intent in intents],
        )
        self._skills[skill.id] = skill
        return {**skill.shown(), "skillSecret": skill.secret}

    def shown(self) -> list[JsonDict]:
        """Return every skill without its secret."""
        return [skill.shown() for skill in self._skills.values()]

    def get(self, skill_id: str) -> Skill:
        """Return a skill; raise 404."""
        if skill_id not in self._skills:
            raise not_found("skill")
        return self._skills[skill_id]

    def remove(self, skill_id: str) -> None:
        """Forget a skill; raise 404."""
        del self._skills[self.get(skill_id).id]

    def serving(self, household_id: str) -> Skill | None:
        """Return the skill that answers a household: the one registered last."""
        mine = [skill for skill in self._skills.values() if skill.household_id == household_id]
        return mine[-1] if mine else None

    async def call(self, skill: Skill, payload: JsonDict, timestamp: str, tamper: Tamper | None = None) -> SkillAnswer:
        """Call a skill's webhook and return what came of it; never raises."""
        if self._http is None:
            return SkillAnswer(error="closed")
        tamper = tamper or Tamper()
        body = dump(payload).encode()
        nonce = tamper.nonce or self._ids.token("nonce")[:24]
        signed = signature(skill.secret, timestamp, nonce, body)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "x-genie-skill-id": skill.id,
            "x-auth-timestamp": timestamp,
            "x-genie-nonce": nonce,
            "x-genie-signature": signed[::-1] if tamper.signature else signed,
        }
        timeout = aiohttp.ClientTimeout(total=self.answer_s)
        try:
            async with self._http.post(
                skill.url,
                data=body + tamper.body_suffix,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                # A certificate for a loopback address proves nothing.
                ssl=False,
            ) as response:
                return _read(response.status, await response.content.read(BODY_LIMIT + 1))
        except TimeoutError:
            return SkillAnswer(error="timeout")
        except aiohttp.ClientError as err:
            return SkillAnswer(error=type(err).__name__)

    def snapshot(self) -> list[JsonDict]:
        """Return every skill with its secret."""
        return [asdict(skill) for skill in self._skills.values()]


def _read(status: int, raw: bytes) -> SkillAnswer:
    if status != HTTPStatus.OK:
        return SkillAnswer(status=status, error="http")
    if len(raw) > BODY_LIMIT:
        return SkillAnswer(status=status, error="too_long")
    try:
        body: Any = json.loads(raw)
    except ValueError:
        return SkillAnswer(status=status, error="malformed")
    if not isinstance(body, dict):
        return SkillAnswer(status=status, error="malformed")
    return SkillAnswer(status=status, body=body)
