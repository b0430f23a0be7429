"""Timers and alarms of GiGA Genie speakers, as they are asked for and spoken of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from homeassistant.util import dt as dt_util

from ..vendors.base import JsonDict, Utterance
from ..voice.frames import Frame
from ..voice.later import QUOTES
from ..voice.reply import reply
from ..voice.times import next_moment
from . import speech
from .answers import Answer
from .speakers import Genie, speaker_near

_BACK: Final = {"my": "your", "me": "you", "our": "your", "us": "you", "i": "you"}


@dataclass(frozen=True, slots=True)
class _Timer:
    """One that runs: a timer, or an alarm."""

    id: str
    label: str
    fires: datetime
    set_at: str

    def said(self, kind: str, language: str) -> Answer:
        """Return what there is to say of it."""
        if kind == "alarm":
            return Answer("alarm_left", {"value": self.when(kind, language)})
        key = "timer_left_named" if self.label else "timer_left"
        key = "remind_in" if self.label.endswith(QUOTES) else key
        return Answer(key, {"name": self.label, "value": self.when(kind, language)})

    def when(self, kind: str, language: str) -> str:
        """Return the time of an alarm, or how long a timer still runs."""
        if kind == "alarm":
            return speech.moment(dt_util.as_local(self.fires), language)
        left = (self.fires - dt_util.now()) / timedelta(seconds=1)
        return speech.duration(max(0, round(left)), language)


async def timer_start(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    """Start a timer, or a reminder in some minutes."""
    timer = await _set(genie, utterance, frame, {"seconds": frame.seconds})
    key = ("remind_in" if frame.attribute == "reminder" else "timer_start_named") if frame.name else "timer_start"
    return Answer(key, {"seconds": frame.seconds or 0, "name": _told(frame), "timer": timer})


async def alarm_set(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    """Set an alarm, or a reminder at a time of day."""
    moment = next_moment(frame.at or "", dt_util.now(), frame.when, either_half=frame.either_half)
    timer = await _set(genie, utterance, frame, {"at": moment.isoformat()})
    values = {"value": speech.moment(moment, utterance.language), "name": _told(frame), "timer": timer}
    return Answer("remind_at" if frame.name else "alarm_set", values)


async def query(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    """Tell how long timers still run, or when alarms ring."""
    kind, language = _kind(frame), utterance.language
    running = await _running(genie, utterance, kind)
    found = _meant(running, frame)
    if not found:
        return _nothing(kind, frame, running)
    if len(found) == 1:
        return found[0].said(kind, language)
    return Answer(f"{kind}_listed", {"count": len(found), "list": _listed(found, kind, language)})


async def cancel(genie: Genie, utterance: Utterance, frame: Frame) -> Answer:
    """Cancel the timer or alarm that is meant; ask which when that is not clear."""
    kind, language = _kind(frame), utterance.language
    running = await _running(genie, utterance, kind)
    found = _meant(running, frame)
    if not found:
        return _nothing(kind, frame, running)
    if len(found) > 1 and frame.value != "all":
        return Answer(f"{kind}_which", {"list": _listed(found, kind, language)})
    speaker = speaker_near(genie, utterance)
    for timer in found:
        await genie.session.async_query("cancel_timer", {"device": speaker.vendor_id, "timer": timer.id})
    if len(found) > 1:
        return Answer(f"{kind}_cancel_all", {"count": len(found)})
    named = kind == "timer" and bool(found[0].label)
    values = {"name": found[0].label, "value": found[0].when(kind, language)}
    return Answer("timer_cancel_named" if named else f"{kind}_cancel", values)


async def _set(genie: Genie, utterance: Utterance, frame: Frame, when: JsonDict) -> JsonDict | None:
    """Set one on the nearest speaker; return what cancels it."""
    speaker = speaker_near(genie, utterance)
    arguments = {"device": speaker.vendor_id, "label": frame.name or "", **when}
    answer = await genie.session.async_query("set_timer", arguments)
    timer = answer.get("timer")
    return {"device": speaker.vendor_id, "timer": timer["id"]} if isinstance(timer, dict) and "id" in timer else None


async def _running(genie: Genie, utterance: Utterance, kind: str) -> list[_Timer]:
    """Return the timers or alarms of the nearest speaker, the next first."""
    state = await genie.session.async_query("timers", {"device": speaker_near(genie, utterance).vendor_id})
    rows = (state.get("state") or {}).get("timers") or []
    found = [
        _Timer(
            str(row["id"]), str(row.get("label") or ""), datetime.fromisoformat(row["fireAt"]), str(row.get("setAt"))
        )
        for row in rows
        if isinstance(row, dict) and row.get("kind", "timer") == kind
    ]
    return sorted(found, key=lambda timer: timer.fires)


def _meant(running: Sequence[_Timer], frame: Frame) -> list[_Timer]:
    """Return those that a frame means."""
    found = [timer for timer in running if _fits(timer, frame)]
    if isinstance(frame.value, int):
        index = frame.value - 1 if frame.value > 0 else frame.value
        return found[index : index + 1 or None]
    return sorted(found, key=lambda timer: timer.set_at)[-1:] if frame.value == "last" else found


def _fits(timer: _Timer, frame: Frame) -> bool:
    if frame.name and frame.name.replace(" ", "") not in timer.label.replace(" ", ""):
        return False
    if frame.at is None:
        return True
    local = dt_util.as_local(timer.fires)
    hour, minute = (int(part) for part in frame.at.split(":"))
    hours = 12 if frame.either_half else 24
    return (local.hour % hours, local.minute) == (hour % hours, minute)


def _nothing(kind: str, frame: Frame, running: Sequence[_Timer]) -> Answer:
    found = running and (frame.name or kind == "alarm")
    return Answer(f"{kind}_not_found" if found else f"{kind}_none", {"name": frame.name or ""})


def _listed(found: Sequence[_Timer], kind: str, language: str) -> str:
    answers = [timer.said(kind, language) for timer in found]
    return " ".join(reply(answer.key, language, **answer.values) for answer in answers)


def _told(frame: Frame) -> str:
    """Return a name as it is said back to whoever gave it: "my pills" are your pills."""
    return " ".join(_BACK.get(word, word) for word in (frame.name or "").split(" "))


def _kind(frame: Frame) -> str:
    return "alarm" if frame.attribute == "alarm" else "timer"
