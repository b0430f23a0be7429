"""The one function in which every microphone ends: `{assistant, user, room, language, text}` in, a spoken reply out.

Order: own understanding, guard (what is unsafe stops here, before any hand-on), KT's services for what is recognised as
news, knowledge, music, weather or a timer, then the caller's other agents (see `hand_on`).
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
import logging
import time
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..model.errors import HubError, NotFoundError
from ..vendors.base import SpokenReply, Utterance
from ..voice import player
from ..voice.dialog import Dialogs, DialogState
from ..voice.frames import Frame, Understanding
from ..voice.times import days_until, next_moment
from . import microphones, speech
from .answers import SAID, Answer
from .delayed import Delayed, DelayedCommands
from .execute import ALREADY_OFF, Execution, Outcome
from .home_map import HomeMaps
from .in_english import ONLY_KOREAN, in_english
from .information import INFORMED, async_inform
from .own import lasts_for
from .reminders import Reminders
from .scheduled import Scheduled, promise
from .speakers import async_tell
from .which import WHICH, ask_which, sounding, too_many

_LOGGER: Final = logging.getLogger(__name__)

CONF_DEMO_REACHES_ALL: Final = "demo_reaches_all"
CONF_SCENES: Final = "voice_scenes"
_MAX_TEXT: Final = 500

type HandOn = Callable[[Utterance], Awaitable[SpokenReply | None]]
"""Asks another agent; None when it has no answer either."""


class Assistant:
    """Understands, acts and answers for every microphone of the house."""

    def __init__(self, hass: HomeAssistant, options: Mapping[str, Any]) -> None:
        """Prepare; `async_start` follows the home."""
        self._hass = hass
        self._options = options
        self.maps = HomeMaps(hass, tuple(options.get(CONF_SCENES) or ()))
        self.delayed = DelayedCommands(hass, self._async_run_delayed, self._async_tell_missed)
        self._scheduled = Scheduled(self.delayed)
        self.reminders = Reminders(hass)
        self._dialogs = Dialogs(time.monotonic)
        self._started: dict[str, float] = {}

    async def async_start(self) -> None:
        """Follow the home's registries and take up delayed commands."""
        self.maps.start()
        await self.delayed.async_start()
        await self.reminders.async_start()

    @callback
    def stop(self) -> None:
        """Stop listening."""
        self.maps.stop()
        self.delayed.stop()
        self.reminders.stop()

    async def async_handle(
        self, utterance: Utterance, hand_on: HandOn | None = None, context: Context | None = None
    ) -> SpokenReply:
        """Answer a sentence. Never raises for what the home cannot do: that is said."""
        dialog = self._dialogs.state(utterance.conversation_id or f"{utterance.assistant}:{utterance.device_id}")
        reply = await self._async_answer(utterance, dialog, hand_on, context)
        dialog.said = reply.text
        return reply

    async def _async_answer(
        self, utterance: Utterance, dialog: DialogState, hand_on: HandOn | None, context: Context | None
    ) -> SpokenReply:
        text = utterance.text[:_MAX_TEXT]
        only_entry = microphones.only_entry(
            self._hass, utterance, reaches_all=bool(self._options.get(CONF_DEMO_REACHES_ALL))
        )
        if only_entry is not None:
            hand_on = None  # another agent would reach the whole home
        home = self.maps.get(only_entry)
        area = microphones.area_id(self._hass, utterance)
        waiting = dialog.waiting
        understood = home.understander.understand(text, language=utterance.language, area=area, dialog=dialog)
        taken_back, dialog.undo = dialog.undo, []
        confirmed = waiting is not None and understood.frames is waiting.frames
        language = understood.language
        _LOGGER.debug("Understood as %s (%s), %d frames", understood.outcome, understood.reason, len(understood.frames))
        if understood.outcome == "act":
            execution = Execution(
                self._hass, home, language, context or Context(), confirmed, dialog.undo, self._started
            )
            if dialog.corrects:
                await _async_take_back(taken_back)
            reply = await self._async_act(execution, utterance, understood.frames, only_entry, hand_on)
            if reply.continues:
                dialog.ask(dialog.put_off or "device")
            return reply
        if (understood.outcome, understood.reason) == ("none", "again") and dialog.said:
            return SpokenReply(text=dialog.said, continues=dialog.expects_answer)
        if (understood.outcome, understood.reason) in _FINAL:
            return _say(speech.refusal(understood, home), language)
        if understood.outcome == "confirm":
            hindrance = Execution(self._hass, home, language, context or Context()).hindrance(understood.frames)
            if hindrance is not None:
                dialog.drop_question()
                return _say(hindrance, language)
        asks = understood.outcome in ("clarify", "confirm")
        if not asks or _speaks_of_nothing(understood):
            answer = await hand_on(utterance) if hand_on else None
            if answer is not None:
                return answer
        if asks:
            return _say(speech.question(understood, home), language, continues=True)
        return _say(speech.refusal(understood, home), language)

    async def _async_act(
        self,
        execution: Execution,
        utterance: Utterance,
        frames: tuple[Frame, ...],
        only_entry: str | None,
        hand_on: HandOn | None,
    ) -> SpokenReply:
        """Carry out every frame of a sentence and put the answers together."""
        language = execution.language
        await async_get_translations(self._hass, language, "entity", [DOMAIN])
        spoken: list[str] = []
        off: list[str] = []  # what was off already is only worth a word when nothing was switched off
        acted = asks = False
        told: SpokenReply | None = None
        for frame in frames:
            result = await self._async_frame(execution, utterance, frame, only_entry)
            if isinstance(result, SpokenReply):
                told = result
                spoken.append(result.text)
                acted = True
                continue
            if result.answer.key in _UNTOLD and len(frames) == 1:
                answer = await hand_on(utterance) if hand_on else None
                if answer is not None:
                    return answer
            asks = result.answer.key in _WHICH_ONE and len(frames) == 1
            said_by = off if result.answer.key == ALREADY_OFF else spoken
            said_by.append(speech.text(result.answer, language))
            acted = acted or result.acted
        if len(off) > 1:
            off = [speech.text(Answer("all_off_already", {}), language)]
        return SpokenReply(
            text=" ".join(dict.fromkeys(text for text in spoken or off if text)),
            acted=acted,
            continues=asks,
            conversation_id=utterance.conversation_id,
            picture=told.picture if told else None,
            media=told.media if told else None,
        )

    async def _async_frame(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome | SpokenReply:
        if (later := await self._async_timed(execution, utterance, frame, only_entry)) is not None:
            return later
        if frame.attribute in {"reservation", "notify"}:
            return await self._scheduled.async_answer(execution, frame)
        if frame.action in INFORMED:
            return await self._async_inform(execution, utterance, frame, only_entry)
        if frame.action == "scene":
            return await execution.run(frame, tuple(t for t in (str(frame.value),) if t in execution.home.targets))
        targets = sounding(execution, frame, frame.targets or self._default_targets(execution, utterance, frame))
        if not targets and frame.action != "query":
            return Outcome(Answer("unknown_device", {}), acted=False)
        if frame.action == "notify":
            return await self._async_remind(execution, utterance, frame, only_entry)
        if too_many(frame, targets):
            return ask_which(execution, targets)
        return await self._async_now(execution, utterance, replace(frame, targets=targets), only_entry)

    async def _async_now(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome:
        """Carry out a frame; what is found to be no music may be something to watch."""
        ran = await self._async_run(execution, utterance, frame, only_entry)
        if frame.or_video and ran.answer.key == NotFoundError.key:
            watched = replace(frame, action="play_video", title=frame.or_video)
            shown = await self._async_inform(execution, utterance, watched, only_entry)
            return shown if isinstance(shown, Outcome) and shown.acted else ran
        return ran

    async def _async_run(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome:
        """Carry out a frame now, and see to its end when it is for some time only ("두 시간 동안 켜 줘")."""
        begun = await execution.run(frame, frame.targets)
        if not (begun.acted and frame.seconds and lasts_for(frame)):
            return begun
        due = dt_util.utcnow() + timedelta(seconds=frame.seconds)
        told = Answer("on_until", {**begun.answer.values, "value": _spoken(due, execution.language)})
        return await self._async_later(execution, frame.end(), utterance, only_entry, due, told)

    async def _async_timed(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome | None:
        """Keep a frame that is for later, None for one that is for now or that its machine keeps itself."""
        if frame.finish_at:
            return await self._async_finish(execution, utterance, frame, only_entry)
        due = _due(frame)
        if due is None or self._vendor_timer(execution, frame):
            return None
        if too_many(frame, frame.targets):
            return ask_which(execution, frame.targets)
        later = _now(frame)
        told = Answer(SAID, {"text": promise(execution, later, due)})
        return await self._async_later(execution, later, utterance, only_entry, due, told)

    async def _async_finish(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome:
        """Start a machine as much before the time at which it is to be done as its run takes."""
        lengths = [execution.run_length(device_id) for device_id in frame.targets]
        names = ", ".join(execution.home.name(device_id) for device_id in frame.targets)
        if len(lengths) > 1:
            return Outcome(Answer(WHICH, {"candidates": names}), acted=False)
        if not lengths or lengths[0] is None:
            return Outcome(Answer("not_supported", {"device": names}), acted=False)
        now = dt_util.now()
        end = next_moment(frame.finish_at or "", now, frame.when, either_half=frame.either_half)
        if (begin := end - lengths[0]) <= now:
            return await execution.run(_now(frame), frame.targets)
        values = {
            "device": names,
            "value": _spoken(end, execution.language),
            "begin": _spoken(begin, execution.language),
        }
        return await self._async_later(
            execution, _now(frame), utterance, only_entry, begin, Answer("finish_at", values)
        )

    async def _async_later(
        self,
        execution: Execution,
        frame: Frame,
        utterance: Utterance,
        only_entry: str | None,
        due: datetime,
        told: Answer,
    ) -> Outcome:
        """Keep a frame for later, and say so."""
        kept = await self.delayed.async_add(frame, utterance, only_entry, due)
        if kept is None:
            return Outcome(Answer("delayed_full", {}), acted=False)
        execution.undo.append(partial(self.delayed.async_cancel, kept.id))
        return Outcome(told, acted=True)

    async def _async_remind(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome:
        """Promise to tell when a run ends."""
        names = []
        try:
            for device_id in frame.targets:
                name = execution.home.name(device_id)
                event = execution.finished_event(device_id)
                await self.reminders.async_add(event, name, utterance, only_entry)
                execution.undo.append(partial(self.reminders.async_cancel, event))
                names.append(name)
        except HubError as err:
            return Outcome(Answer(err.key, {"device": execution.home.name(frame.targets[0])}), acted=bool(names))
        return Outcome(Answer("notify", {"device": ", ".join(names)}), acted=True)

    async def _async_inform(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome | SpokenReply:
        if frame.action in {"time", "date"}:
            return Outcome(_clock(frame), acted=False)
        try:
            result = await async_inform(self._hass, utterance, frame, only_entry, execution.undo)
        except HubError as err:
            if isinstance(err, NotFoundError) and not frame.title:
                return Outcome(Answer(_NO_SERVICE, {}), acted=False)
            return Outcome(Answer(err.key, {"device": "", **err.placeholders}), acted=False)
        if result is None:
            return await self._async_open(execution, utterance, frame, only_entry)
        told = in_english(result, frame, execution.language) if isinstance(result, SpokenReply) else result
        return Outcome(told, acted=told.key != ONLY_KOREAN) if isinstance(told, Answer) else told

    async def _async_open(
        self, execution: Execution, utterance: Utterance, frame: Frame, only_entry: str | None
    ) -> Outcome:
        """Open the application of a title that no service can play there: the person finds it on the screen."""
        nothing = Outcome(Answer(_NO_SERVICE, {}), acted=False)
        if not (frame.app and frame.title):
            return nothing
        opening = replace(frame, action="launch_app", device="tv", value=frame.app, title=None)
        targets = self._default_targets(execution, utterance, opening)
        if not targets:
            return nothing
        opened = await self._async_run(execution, utterance, replace(opening, targets=targets), only_entry)
        if not opened.acted:
            return nothing
        texts = (opened.answer, Answer("find_in_app", {"title": frame.title}))
        return replace(opened, answer=speech.joined(texts, execution.language))

    async def _async_run_delayed(self, delayed: Delayed) -> None:
        """Carry out what was asked for earlier; what fails is told, for somebody counts on it."""
        home, language = self.maps.get(delayed.only_entry), delayed.utterance.language
        execution = Execution(self._hass, home, language, Context())
        targets = delayed.frame.targets or self._default_targets(execution, delayed.utterance, delayed.frame)
        gone = Outcome(Answer("unknown_device", {}), acted=False, whole=False)
        frame = replace(delayed.frame, targets=targets)
        outcome = await self._async_run(execution, delayed.utterance, frame, delayed.only_entry) if targets else gone
        if not outcome.whole:
            await self._async_tell(delayed, Answer("delayed_failed", {"reason": speech.text(outcome.answer, language)}))

    async def _async_tell_missed(self, delayed: Delayed) -> None:
        """Tell of what was not done because Home Assistant did not run at its time."""
        await self._async_tell(delayed, Answer("delayed_missed", {"text": delayed.utterance.text}))

    async def _async_tell(self, delayed: Delayed, answer: Answer) -> None:
        text = speech.text(answer, delayed.utterance.language)
        await async_tell(self._hass, text, delayed.utterance, delayed.only_entry)

    def _vendor_timer(self, execution: Execution, frame: Frame) -> bool:
        """Tell whether every device meant can wait by itself (a washer's delayed start)."""
        return (
            frame.action == "start"
            and frame.delay_min is not None
            and bool(frame.targets)
            and all(execution.can_delay(device_id, frame.delay_min) for device_id in frame.targets)
        )

    def _default_targets(self, execution: Execution, utterance: Utterance, frame: Frame) -> tuple[str, ...]:
        """Return what a frame without targets means: the television, or the speaker that plays or is nearest."""
        kind = frame.device or ("speaker" if frame.action in player.ACTIONS else "tv")
        home = execution.home.understander.home
        found = home.of_kind(kind)
        if not found:
            return ()
        playing = sounding(execution, frame, tuple(device.id for device in found))
        found = tuple(device for device in found if device.id in playing)
        area = frame.area or microphones.area_id(self._hass, utterance)
        near = home.in_area(found, area) if area else ()
        return ((near or found)[0].id,)


def _due(frame: Frame) -> datetime | None:
    """Return when a frame is to be carried out, None for now."""
    if frame.delay_min:
        return dt_util.utcnow() + timedelta(minutes=frame.delay_min)
    if frame.at and frame.action not in _OF_A_TIME:
        return next_moment(frame.at, dt_util.now(), frame.when, either_half=frame.either_half)
    return None


def _now(frame: Frame) -> Frame:
    """Return a frame without its delay."""
    return replace(frame, delay_min=None, at=None, finish_at=None, when=None, either_half=False)


async def _async_take_back(undo: list[Callable[[], Awaitable[object]]]) -> None:
    """Cancel what the sentence before had put off; what is gone already is as good."""
    for take_back in undo:
        with suppress(HubError):
            await take_back()


def _spoken(moment: datetime, language: str) -> str:
    return speech.moment(dt_util.as_local(moment), language)


def _clock(frame: Frame) -> Answer:
    now = dt_util.now()
    if frame.action == "time":
        return Answer("time", {"hour": now.hour, "minute": f"{now.minute:02d}"})
    day = now + timedelta(days=-1 if frame.when == "yesterday" else days_until(frame.when, now))
    weekday = day.weekday()
    facts = {"month": day.month, "day": day.day, "weekday_ko": "월화수목금토일"[weekday], "weekday_en": _DAYS[weekday]}
    return Answer("date", facts)


def _say(answer: Answer, language: str, *, continues: bool = False) -> SpokenReply:
    return SpokenReply(text=speech.text(answer, language), continues=continues)


def _speaks_of_nothing(understood: Understanding) -> bool:
    """Tell whether a sentence names nothing of the home ("tell me a joke"): another agent may know what it means."""
    question = understood.question
    return (
        understood.outcome == "clarify" and question is not None and question.slot == "device" and not question.device
    )


_OF_A_TIME: Final = frozenset({"alarm_set", "timer_cancel", "timer_query"})  # their time says which
_NO_SERVICE: Final = "no_service"
_UNTOLD: Final = frozenset({_NO_SERVICE, ONLY_KOREAN})
_WHICH_ONE: Final = frozenset({WHICH, "delayed_which", "timer_which", "alarm_which"})
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FINAL: Final = frozenset(
    {
        *(("refuse", reason) for reason in ("unsafe", "negated", "out_of_range", "unsupported")),
        *(("none", reason) for reason in ("cancelled", "hello", "thanks", "help", "enough", "again")),
    }
)
"""Reasons that are answered here; an unknown device or a sentence that is no command may be another agent's."""
