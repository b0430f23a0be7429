"""The voice extension: a sentence heard by an appliance, answered by the hub.

LG's own cloud has no such message; only an account that allows it (the Demo home's does) is listened to.
"""

from collections.abc import Callable
import logging
from types import MappingProxyType
from typing import Final

from ...model.device import MAIN, Happening
from ...model.errors import HubError
from ...model.vocabulary import Attr, Vendor
from ..base import JsonDict, SessionContext, SpokenReply, Utterance
from .client import ThinQClient
from .device import VOICE_EVENT
from .fleet import Fleet
from .messages import VoiceCommand

_LOGGER: Final = logging.getLogger(__name__)

_ECHO_SECONDS: Final = 10.0


class VoiceDesk:
    """Answers what appliances hear."""

    def __init__(self, client: ThinQClient, fleet: Fleet, context: SessionContext) -> None:
        """Answer by the hub of `context`."""
        self._client = client
        self._fleet = fleet
        self._context = context
        self._monotonic: Callable[[], float] = context.monotonic
        self._heard: dict[tuple[str, str, str], float] = {}

    def hear(self, message: VoiceCommand) -> None:
        """Have a sentence answered; one that is delivered twice is one sentence."""
        device = self._fleet.get(message.device_id)
        if device is None or self._is_echo(message):
            return
        data = {"language": message.language, "wake_word": message.wake_word}
        self._context.store.fire(
            (device.device_id, MAIN, Attr.VOICE_COMMAND), Happening(type=VOICE_EVENT, data=MappingProxyType(data))
        )
        self._context.create_task(self._answer(device.device_id, message), "voice command")

    async def _answer(self, device_id: str, message: VoiceCommand) -> None:
        reply = await self._ask(device_id, message)
        if reply is None or not reply.text:
            return
        body: JsonDict = {
            "sessionId": message.session_id,
            "text": reply.text,
            "language": message.language,
            "expectReply": reply.continues,
        }
        # What a display shows beside the words: the mirror is then a Genie device like any other.
        if reply.picture:
            body["picture"] = reply.picture
        if reply.media:
            body["media"] = dict(reply.media)
        try:
            await self._client.voice_reply(message.device_id, body)
        except HubError as err:
            _LOGGER.debug("A spoken answer was not taken: %r", err)

    async def _ask(self, device_id: str, message: VoiceCommand) -> SpokenReply | None:
        if self._context.handle_utterance is None:
            return None
        try:
            return await self._context.handle_utterance(
                Utterance(
                    assistant=Vendor.THINQ,
                    text=message.utterance,
                    language=message.language,
                    device_id=device_id,
                    conversation_id=message.session_id,
                )
            )
        except HubError as err:
            _LOGGER.debug("A sentence could not be answered: %r", err)
            return None

    def _is_echo(self, message: VoiceCommand) -> bool:
        now = self._monotonic()
        self._heard = {key: at for key, at in self._heard.items() if now - at < _ECHO_SECONDS}
        key = (message.device_id, message.session_id, message.utterance)
        if key in self._heard:
            return True
        self._heard[key] = now
        return False
