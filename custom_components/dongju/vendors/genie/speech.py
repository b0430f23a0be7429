"""Speaking: texts cut into pieces that KT's speakers take, said one after another.

A speaker refuses a text while it says another, so the next piece waits for the end of the one before, which is told by
push. What the person interrupts is not taken up again.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
import logging
import re
from typing import Any, Final

from ...model.errors import HubError, WrongStateError
from .client import GenieClient, segment
from .errors import VoiceRevokedError

_LOGGER: Final = logging.getLogger(__name__)

MAX_SPEECH: Final = 1024
# The Service SDK's codes of how a spoken text ended (KT's own).
SAID: Final = 200
BUSY: Final = 409

_MAX_WAITING: Final = 50
_MAX_REMEMBERED: Final = 100
_SYLLABLES_PER_SECOND: Final = 4.0
"""A slow speaker's pace: how long to wait for the end of a text before it is taken as said."""
_LATENCY_S: Final = 5.0
_BUSY_TRIES: Final = 20
_BUSY_WAIT_S: Final = 5.0
_SENTENCE_END: Final = re.compile(r"[.?!…](?=\s)|[\u3002\uff1f\uff01\n]")

type CreateTask = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


@dataclass(slots=True)
class _Speaker:
    """What one speaker still has to say, by text, and what wakes its worker."""

    waiting: deque[tuple[int, str]] = field(default_factory=deque)
    free: asyncio.Event = field(default_factory=asyncio.Event)
    outcomes: dict[str, int] = field(default_factory=dict)
    task: asyncio.Task[None] | None = None


class SpeechDesk:
    """Says texts on the speakers of a household."""

    def __init__(self, client: GenieClient, create_task: CreateTask) -> None:
        """Speak through the account API."""
        self._client = client
        self._create_task = create_task
        self._speakers: dict[str, _Speaker] = {}
        self._texts = 0

    async def say(self, vendor_id: str, text: str) -> None:
        """Say a text; return when its first piece was taken, or when it waits for its turn. Raises HubError."""
        pieces = split_speech(text)
        if not pieces:
            return
        self._texts += 1
        number = self._texts
        speaker = self._speakers.setdefault(vendor_id, _Speaker())
        if speaker.task is not None:
            if len(speaker.waiting) + len(pieces) > _MAX_WAITING:
                raise WrongStateError("too much to say")
            speaker.waiting.extend((number, piece) for piece in pieces)
            return
        play_id = await self._post(vendor_id, pieces[0])
        speaker.waiting.extend((number, piece) for piece in pieces[1:])
        task = self._create_task(self._go_on(vendor_id, speaker, number, pieces[0], play_id), "genie speech")
        speaker.task = None if task.done() else task

    def ended(self, vendor_id: str, play_id: str, code: int) -> None:
        """Take from push how a text ended."""
        speaker = self._speakers.get(vendor_id)
        if speaker is None:
            return
        speaker.outcomes[play_id] = code
        while len(speaker.outcomes) > _MAX_REMEMBERED:
            del speaker.outcomes[next(iter(speaker.outcomes))]
        speaker.free.set()

    def close(self) -> None:
        """Fall silent."""
        for speaker in self._speakers.values():
            if speaker.task:
                speaker.task.cancel()
        self._speakers.clear()

    async def _go_on(self, vendor_id: str, speaker: _Speaker, number: int, piece: str, play_id: str) -> None:
        """See a piece through, then the ones that wait."""
        try:
            while True:
                code = await self._see_through(vendor_id, speaker, piece, play_id)
                if code != SAID:
                    _LOGGER.debug("A text was not said to its end: %s", code)
                    while speaker.waiting and speaker.waiting[0][0] == number:
                        speaker.waiting.popleft()
                if not speaker.waiting:
                    return
                number, piece = speaker.waiting.popleft()
                play_id = await self._post(vendor_id, piece)
        except HubError as err:
            _LOGGER.debug("Could not go on speaking: %r", err)
        finally:
            speaker.task = None
            speaker.waiting.clear()
            speaker.outcomes.clear()

    async def _see_through(self, vendor_id: str, speaker: _Speaker, piece: str, play_id: str) -> int:
        """Return how a piece ended; one that met a speaking speaker is tried again when that falls silent."""
        for _try in range(_BUSY_TRIES):
            code = await _outcome(speaker, play_id, _LATENCY_S + len(piece) / _SYLLABLES_PER_SECOND)
            if code != BUSY:
                return code
            speaker.free.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(_BUSY_WAIT_S):
                    await speaker.free.wait()
            play_id = await self._post(vendor_id, piece)
        return BUSY

    async def _post(self, vendor_id: str, text: str) -> str:
        """Have a text spoken and return its play id; a voice that was withdrawn is replaced by the one offered."""
        path = f"speakers/{segment(vendor_id)}/speak"
        try:
            answer = await self._client.async_command(path, {"text": text})
        except VoiceRevokedError as err:
            if err.fallback is None:
                raise
            answer = await self._client.async_command(path, {"text": text, "voice": err.fallback})
        return str(answer.get("playId")) if isinstance(answer, dict) else ""


async def _outcome(speaker: _Speaker, play_id: str, seconds: float) -> int:
    """Wait for push to tell how a text ended; silence means that it was said."""
    try:
        async with asyncio.timeout(seconds):
            while play_id not in speaker.outcomes:
                speaker.free.clear()
                await speaker.free.wait()
    except TimeoutError:
        return SAID
    return speaker.outcomes.pop(play_id)


def split_speech(text: str, limit: int = MAX_SPEECH) -> list[str]:
    """Return a text in pieces of at most `limit` characters, cut at sentence ends, else at spaces, else anywhere."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        # One more character shows whether a space follows.
        window = rest[: limit + 1]
        ends = [match.end() for match in _SENTENCE_END.finditer(window) if match.end() <= limit]
        cut = ends[-1] if ends else window.rfind(" ") + 1 or limit
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest] if rest else pieces
