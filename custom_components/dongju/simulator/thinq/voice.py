"""Voice extension of the mock ThinQ cloud: what is said to appliances, and what they answer.

ThinQ Connect has no such messages; only accounts that allow the extension have them.
"""

import asyncio
from dataclasses import dataclass, field
import random
from typing import Any, Final

from .errors import ApiError

_SHOWN: Final = ("picture", "media")
_WAKE_WORDS: Final = {"ko": "하이 엘지", "en": "Hi LG"}


@dataclass(kw_only=True, slots=True)
class VoiceSession:
    """One conversation at an appliance."""

    session_id: str
    device_id: str
    language: str
    utterances: list[str] = field(default_factory=list)
    replies: list[dict[str, Any]] = field(default_factory=list)
    replied: asyncio.Event = field(default_factory=asyncio.Event)


class VoiceDesk:
    """Conversations by session id."""

    def __init__(self, rng: random.Random, keep: int = 200) -> None:
        """Keep the latest conversations."""
        self._rng = rng
        self._keep = keep
        self._sessions: Final[dict[str, VoiceSession]] = {}

    def hear(self, device_id: str, utterance: str, language: str, session_id: str | None) -> VoiceSession:
        """Open a conversation, or continue one; raise ValueError for somebody else's session."""
        if session_id is None:
            session_id = self._rng.randbytes(8).hex()
        session = self._sessions.get(session_id)
        if session is None:
            session = VoiceSession(session_id=session_id, device_id=device_id, language=language)
            self._sessions[session_id] = session
            for old in list(self._sessions)[: -self._keep]:
                del self._sessions[old]
        if session.device_id != device_id:
            raise ValueError(f"session {session_id} belongs to another device")
        session.utterances.append(utterance)
        session.replied.clear()
        return session

    def spoken(self, session: VoiceSession) -> dict[str, Any]:
        """Return the last utterance in the extension's wire form."""
        return {
            "utterance": session.utterances[-1],
            "wakeWord": _WAKE_WORDS.get(session.language, _WAKE_WORDS["en"]),
            "language": session.language,
            "sessionId": session.session_id,
        }

    def reply(self, device_id: str, body: dict[str, Any]) -> None:
        """Take an answer `{sessionId, text, language?, expectReply?, picture?, media?}`; raise ApiError."""
        text = body.get("text")
        if not isinstance(body.get("sessionId"), str) or not isinstance(text, str) or not text:
            raise ApiError("1101")
        session = self._sessions.get(body["sessionId"])
        if session is None or session.device_id != device_id:
            raise ApiError("1102", "Unknown voice session")
        session.replies.append(
            {
                "text": text,
                "language": str(body.get("language", session.language)),
                "expectReply": bool(body.get("expectReply", False)),
                **{key: body[key] for key in _SHOWN if body.get(key)},
            }
        )
        session.replied.set()

    def latest(self) -> list[dict[str, Any]]:
        """Return the conversations as plain data, oldest first."""
        return [
            {
                "sessionId": session.session_id,
                "deviceId": session.device_id,
                "utterances": list(session.utterances),
                "replies": list(session.replies),
            }
            for session in self._sessions.values()
        ]
