"""What happens when someone speaks to a microphone: push events, the skill call, the spoken answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ..clock import Clock
from .answers import Answerer
from .devices import Devices, GenieDevice
from .envelope import GenieError, JsonDict, stamp
from .identifiers import Identifiers
from .media import MediaDesk
from .music import TRACKS
from .push import PushHub
from .skills import Skill, SkillAnswer, Skills, Tamper
from .speaker_state import WAKE_WORDS
from .speakers import SpeakerDesk

FAILED: Final = "지금은 연결할 수 없어요. 잠시 후 다시 말씀해 주세요."
NO_SKILL: Final = "무슨 말씀인지 잘 모르겠어요."


@dataclass(slots=True)
class _Session:
    """A dialogue that goes on: with the token of an open question, if there is one."""

    id: str
    skill_id: str
    ends_at: float
    confirm_token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One sentence at one microphone."""

    microphone: str
    household_id: str
    text: str
    request_id: str
    language: str = "ko"
    voice_id: str = "UNKNOWN"
    uuid: str | None = None


class Dialog:
    """Route a sentence to the skill and speak its answer."""

    def __init__(  # noqa: PLR0913 - it joins what the others do apart
        self,
        clock: Clock,
        ids: Identifiers,
        push: PushHub,
        devices: Devices,
        *,
        skills: Skills,
        speakers: SpeakerDesk,
        media: MediaDesk,
        answerer: Answerer,
        now: Callable[[], datetime],
    ) -> None:
        self._clock = clock
        self._ids = ids
        self._push = push
        self._devices = devices
        self._skills = skills
        self._speakers = speakers
        self._media = media
        self.answerer = answerer
        self._now = now
        self._sessions: dict[str, _Session] = {}

    async def say(self, device: GenieDevice, data: JsonDict) -> JsonDict:
        """Say a sentence to a speaker and return what was sent and spoken.

        `data`: `text`, and if wanted `wakeWord`, `voiceId`, `lang`, `speaker`, `push` or `skill` (False leaves that
        road out), `repeat` (calls the skill so often with one request id), `tamper` (see `ask`).
        """
        text = str(data["text"])
        if data.get("wakeWord", device.state["wakeWord"]):
            self._wake(device, data)
        heard = Heard(
            microphone=device.id,
            household_id=device.household_id,
            text=text,
            request_id=self._ids.name("r"),
            language=str(data.get("lang", device.state["language"])),
            voice_id=str(data.get("voiceId", "UNKNOWN")),
        )
        if data.get("push", True):
            self._tell(heard, known=data.get("speaker") == "known")
        if data.get("skill", True) is False:
            return {"requestId": heard.request_id, "spoken": None, "skill": None}
        tamper = data.get("tamper") or {}
        answers = [await self.ask(heard, **tamper) for _time in range(int(data.get("repeat", 1)))]
        spoken, answer = answers[-1]
        play_id = self._speakers.say(device, spoken)
        return {
            "requestId": heard.request_id,
            "spoken": spoken,
            "playId": play_id,
            "skill": None if answer is None else _shown(answer),
            "all": [None if each is None else _shown(each) for _text, each in answers],
        }

    async def query(self, device: GenieDevice, text: str, language: str, *, services_only: bool) -> JsonDict:
        """Answer a typed sentence: services by the mock itself, anything else by the skill, unless `services_only`."""
        info = self.answerer.answer(text)
        if info is not None:
            played = self._play(device, info)
            return {"handled": True, "by": "service", "metaInfo": {**info, **played}}
        if services_only or self._skills.serving(device.household_id) is None:
            return {
                "handled": False,
                "by": None,
                "metaInfo": {"mesg": NO_SKILL, "contentType": None, "infoDetail": None},
            }
        heard = Heard(
            microphone=device.id,
            household_id=device.household_id,
            text=text,
            request_id=self._ids.name("r"),
            language=language,
        )
        spoken, answer = await self.ask(heard)
        meta = (answer.body or {}).get("metaInfo") if answer else None
        return {
            "handled": answer is not None and answer.error is None,
            "by": "skill",
            "metaInfo": {**(meta or {}), "mesg": spoken},
        }

    async def ask(
        self,
        heard: Heard,
        *,
        signature: bool = False,
        body: bool = False,
        nonce: str | None = None,
        timestamp: str | None = None,
    ) -> tuple[str, SkillAnswer | None]:
        """Call the household's skill and return the text to speak with its answer; the keywords spoil the call."""
        skill = self._skills.serving(heard.household_id)
        if skill is None:
            info = self.answerer.answer(heard.text)
            return (str(info["mesg"]) if info else NO_SKILL), None
        payload = self._payload(heard, skill)
        tamper = Tamper(signature=signature, nonce=nonce, body_suffix=b" " if body else b"")
        answer = await self._skills.call(skill, payload, timestamp or stamp(self._now()), tamper)
        self._remember(heard, skill, answer, str(payload["session"]["id"]))
        confirm = answer.confirm
        prompt = confirm.get("prompt") if confirm else None
        return (prompt if isinstance(prompt, str) else None) or answer.message or FAILED, answer

    def hear(self, heard: Heard, word: str | None = None) -> None:
        """Tell the clients of a sentence at a microphone that is no speaker of the account."""
        if word:
            data: JsonDict = {
                "word": word,
                "wakeWordId": WAKE_WORDS.get(word),
                "voiceId": heard.voice_id,
                "agent": "KT",
            }
            self._push.notify("wakeword", heard.household_id, heard.microphone, data)
        self._tell(heard, known=False)

    def notify(self, event: str, household_id: str, data: JsonDict) -> None:
        """Tell the clients of something that happened in a household."""
        self._push.notify(event, household_id, None, data)

    def forget(self, microphone: str) -> None:
        """End the dialogue at a microphone."""
        self._sessions.pop(microphone, None)

    def _wake(self, device: GenieDevice, data: JsonDict) -> None:
        word = str(data.get("wakeWord", device.state["wakeWord"]))
        self._speakers.heard_wake_word(device)
        self._push.notify(
            "wakeword",
            device.household_id,
            device.id,
            {
                "word": word,
                "wakeWordId": WAKE_WORDS.get(word),
                "voiceId": str(data.get("voiceId", "UNKNOWN")),
                "confidence": float(data.get("confidence", 0.97)),
                "agent": "KT",
            },
        )

    def _tell(self, heard: Heard, *, known: bool) -> None:
        self._push.notify(
            "utterance",
            heard.household_id,
            heard.microphone,
            {
                "requestId": heard.request_id,
                "uword": heard.text,
                "lang": heard.language,
                "voiceId": heard.voice_id,
                "speaker": "known" if known else "unknown",
                "final": True,
            },
        )

    def _payload(self, heard: Heard, skill: Skill) -> JsonDict:
        session = self._session(heard, skill)
        payload: JsonDict = {
            "requestId": heard.request_id,
            "type": "confirm" if session and session.confirm_token else "intent",
            "skillId": skill.id,
            "householdId": heard.household_id,
            "deviceId": heard.microphone,
            "uuid": heard.uuid,
            "uword": heard.text,
            "voiceId": heard.voice_id,
            "lang": heard.language,
            "session": {"id": session.id if session else self._ids.name("s"), "isNew": session is None},
            # The mock understands nothing: the intent is always the one for "anything said".
            "dssMsg": {"Intent": "Utterance", "appInfo": {}},
        }
        if session and session.confirm_token:
            payload["confirm"] = {"token": session.confirm_token}
        return payload

    def _session(self, heard: Heard, skill: Skill) -> _Session | None:
        session = self._sessions.get(heard.microphone)
        if session is None or session.skill_id != skill.id or session.ends_at < self._clock.monotonic():
            self._sessions.pop(heard.microphone, None)
            return None
        return session

    def _remember(self, heard: Heard, skill: Skill, answer: SkillAnswer, session_id: str) -> None:
        """Keep the dialogue open when the skill asks back or does not end it."""
        self._sessions.pop(heard.microphone, None)
        confirm = answer.confirm
        if confirm is not None:
            seconds, token = float(confirm.get("expiresIn", 30)), str(confirm.get("token", ""))
        elif answer.body is not None and answer.body.get("endSession") is False:
            seconds, token = 30.0, ""
        else:
            return
        self._sessions[heard.microphone] = _Session(
            session_id, skill.id, self._clock.monotonic() + seconds, token or None
        )

    def _play(self, device: GenieDevice, info: JsonDict) -> JsonDict:
        """Play the music of an answer on the speaker; return what to say instead when that cannot be."""
        tracks = [TRACKS[track_id] for track_id in info.get("trackIds", [])]
        if not tracks:
            return {}
        try:
            self._media.play(device, tracks)
        except GenieError as err:
            return {"mesg": "지니뮤직에 로그인해 주세요.", "error": err.error, **(err.data or {})}
        return {}


def _shown(answer: SkillAnswer) -> JsonDict:
    return {"status": answer.status, "error": answer.error, "body": answer.body}
