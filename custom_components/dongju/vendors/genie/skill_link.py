"""The household's skill: registered with our webhook, answered by the hub, and removed again."""

from collections.abc import Callable, Mapping
import logging
from typing import Any, Final

from ...model.errors import DeviceError, HubError, NotFoundError, NotSupportedError
from ..base import JsonDict, SessionContext, SpokenReply, Utterance
from .client import GenieClient, segment
from .describe import store_id
from .inventory import MALFORMED
from .kept import Kept
from .skill import SkillGate
from .speech import SpeechDesk

_LOGGER: Final = logging.getLogger(__name__)

_NAME: Final = "Dongju"
_KEPT: Final = "skill"


class SkillLink:
    """Registers the skill of one household, and hands what it hears to the hub."""

    def __init__(
        self,
        context: SessionContext,
        client: GenieClient,
        kept: Kept,
        household: str,
        speech: SpeechDesk,
        own_terminal: Callable[[str], bool],
    ) -> None:
        """Prepare; `own_terminal` tells one that speaks for the hub: its questions are not for the hub."""
        self._context = context
        self._client = client
        self._kept = kept
        self._household = household
        self._speech = speech
        self._own_terminal = own_terminal
        self._url: str | None = None
        self._gate: SkillGate | None = None
        self._skill_id: str | None = None

    @property
    def registered(self) -> bool:
        """Return whether the cloud calls us."""
        return self._gate is not None

    @property
    def refused(self) -> int:
        """Return how many calls were refused."""
        return self._gate.refused if self._gate else 0

    async def register(self) -> None:
        """Ask the cloud to call our webhook with what is said to the speakers; without one there is only push."""
        if self._gate is not None:
            return
        self._url = self._url or self._context.webhook_url()
        if self._url is None:
            return
        try:
            await self._remove_earlier()
            skill = await self._post()
            skill_id, secret = str(skill["skillId"]), str(skill["skillSecret"])
        except (HubError, *MALFORMED) as err:
            _LOGGER.debug("No skill yet: %r", err)
            return
        self._skill_id = skill_id
        self._kept.put(_KEPT, skill_id)
        self._gate = SkillGate(
            skill_id,
            secret,
            now=self._context.now,
            offset=lambda: self._client.clock_offset,
            read_clock=lambda: self._client.async_get("households"),
            respond=self._respond,
            speak_later=self._speak,
        )

    async def handle(self, headers: Mapping[str, str], body: bytes) -> tuple[int, JsonDict | None]:
        """Answer a call to the webhook."""
        return await self._gate.handle(headers, body) if self._gate else (404, None)

    async def close(self) -> None:
        """Stop answering and take the skill back."""
        if self._gate:
            await self._gate.close()
            self._gate = None
        if self._skill_id and await self._delete(self._skill_id):
            self._kept.put(_KEPT, None)
        self._skill_id = None

    async def remove_left(self) -> None:
        """Remove what an earlier run may have left; never raises."""
        await self._remove_earlier()

    async def _post(self) -> Any:
        """Register; when the account has no room for another skill, ours that were forgotten make it."""
        body: JsonDict = {"householdId": self._household, "name": _NAME, "url": self._url, "intents": []}
        try:
            return await self._client.async_post("skills", body)
        except DeviceError:
            listed = await self._client.async_get("skills")
            for skill in listed.get("skills", ()):
                if skill.get("name") == _NAME and skill.get("householdId") == self._household:
                    await self._delete(str(skill["skillId"]))
            return await self._client.async_post("skills", body)

    async def _remove_earlier(self) -> None:
        """Remove the skill of a run that ended without saying goodbye; its secret is lost."""
        earlier = self._kept.get(_KEPT)
        if isinstance(earlier, str) and await self._delete(earlier):
            self._kept.put(_KEPT, None)

    async def _delete(self, skill_id: str) -> bool:
        """Remove a skill; return whether it is gone."""
        try:
            await self._client.async_delete(f"skills/{segment(skill_id)}")
        except NotFoundError:
            return True
        except HubError as err:
            _LOGGER.debug("Could not remove a skill: %r", err)
            return False
        return True

    async def _respond(self, payload: JsonDict) -> SpokenReply:
        """Hand an utterance to the hub."""
        microphone = str(payload.get("deviceId", ""))
        if self._own_terminal(microphone):
            return SpokenReply(text="")
        if self._context.handle_utterance is None:
            raise NotSupportedError("no voice")
        device_id = store_id(microphone)
        device = self._context.store.devices.get(device_id)
        session = payload.get("session")
        session_id = session.get("id") if isinstance(session, Mapping) else None
        voice_id = payload.get("voiceId")
        return await self._context.handle_utterance(
            Utterance(
                assistant="genie",
                text=str(payload["uword"]),
                language=str(payload.get("lang", "ko")),
                device_id=device_id,
                room=device.room if device else None,
                user=str(voice_id) if voice_id not in {None, "UNKNOWN"} else None,
                conversation_id=f"genie-{session_id}" if session_id else None,
            )
        )

    async def _speak(self, vendor_id: str, text: str) -> None:
        """Say on a speaker what came too late for the skill's answer."""
        try:
            await self._speech.say(vendor_id, text)
        except HubError as err:
            _LOGGER.debug("Could not say a late answer: %r", err)
