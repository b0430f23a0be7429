"""Commands that wait, as they are spoken of: what is promised, what is scheduled, which of it is cancelled."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from homeassistant.util import dt as dt_util

from ..voice.frames import Frame
from ..voice.reply import reply
from . import speech
from .answers import Answer
from .delayed import Delayed, DelayedCommands
from .execute import Execution, Outcome

_MOST_SAID: Final = 5
_SWITCHING: Final = {
    "turn_on": frozenset({"turn_on", "start", "resume", "preheat", "open"}),
    "turn_off": frozenset({"turn_off", "stop", "dock", "close", "pause"}),
}


class Scheduled:
    """Answers about the commands that wait, those that a machine keeps itself among them."""

    def __init__(self, delayed: DelayedCommands) -> None:
        """Speak of the commands of `delayed`."""
        self._delayed = delayed

    async def async_answer(self, execution: Execution, frame: Frame) -> Outcome:
        """Tell what is scheduled, or cancel what is meant; ask which when that is not clear."""
        if frame.attribute == "notify":
            return Outcome(Answer("notify_cancelled", {}), acted=True)  # taken back with what the last sentence did
        found = self._chosen(frame)
        reserved = execution.reserved(frame.targets) if frame.value in {None, "all"} or not found else []
        if not found and not reserved:
            return Outcome(
                Answer("delayed_none" if not self._delayed.waiting else "delayed_not_found", {}), acted=False
            )
        if frame.action == "timer_query":
            said = _listed(execution, found, reserved)
            return Outcome(Answer("delayed_listed", {"count": len(found) + len(reserved), "list": said}), acted=False)
        if frame.value is None and len(found) + len(reserved) > 1:
            return Outcome(Answer("delayed_which", {"list": _listed(execution, found, reserved)}), acted=False)
        return await self._async_cancel(execution, found, reserved)

    async def _async_cancel(self, execution: Execution, found: Sequence[Delayed], reserved: Sequence[str]) -> Outcome:
        await self._delayed.async_cancel(*(delayed.id for delayed in found))
        for device_id in reserved:
            stopped = await execution.run(Frame(action="stop", targets=(device_id,)), (device_id,))
            if not stopped.acted:
                return stopped
        if len(found) + len(reserved) > 1:
            return Outcome(Answer("delayed_all_cancelled", {"count": len(found) + len(reserved)}), acted=True)
        if reserved:
            return Outcome(Answer("delay_cancelled_there", {"device": execution.home.name(reserved[0])}), acted=True)
        device = _device(execution, found[0].frame)
        values = {"device": device, "value": _when(found[0], execution.language)}
        return Outcome(Answer("delay_cancelled" if device else "delay_cancelled_at", values), acted=True)

    def _chosen(self, frame: Frame) -> list[Delayed]:
        """Return the commands that a frame means."""
        found = [delayed for delayed in self._delayed.waiting if _is_meant(delayed, frame)]
        if frame.value == "last":
            return [delayed for delayed in found if delayed is self._delayed.latest] or found[-1:]
        if isinstance(frame.value, int):
            index = frame.value - 1 if frame.value > 0 else frame.value
            return found[index : index + 1 or None]
        return found


def promise(execution: Execution, frame: Frame, due: datetime) -> str:
    """Return what will be done and when, as a sentence."""
    when = speech.at_moment(due, execution.language)
    return speech.promised(frame, execution.home, _device(execution, frame), when, execution.language)


def _device(execution: Execution, frame: Frame) -> str:
    return execution.spoken_name(frame, frame.targets) if frame.targets else ""


def _when(delayed: Delayed, language: str) -> str:
    return speech.moment(dt_util.as_local(datetime.fromisoformat(delayed.due)), language)


def _is_meant(delayed: Delayed, frame: Frame) -> bool:
    """Tell whether a command that waits is for the device, the time or the purpose that was said."""
    waiting = delayed.frame
    if frame.device and waiting.device != frame.device and not set(waiting.targets) & set(frame.targets):
        return False
    if (frame.targets or frame.area) and waiting.targets and not set(waiting.targets) & set(frame.targets):
        return False
    if isinstance(frame.value, str) and waiting.action not in _SWITCHING.get(frame.value, {waiting.action}):
        return False
    if frame.at is None:
        return True
    due = dt_util.as_local(datetime.fromisoformat(delayed.due))
    hour, minute = (int(part) for part in frame.at.split(":"))
    hours = 12 if frame.either_half else 24
    return (due.hour % hours, due.minute) == (hour % hours, minute)


def _listed(execution: Execution, found: Sequence[Delayed], reserved: Sequence[str]) -> str:
    """Return what is scheduled, sentence by sentence, the next first."""
    said = [promise(execution, delayed.frame, datetime.fromisoformat(delayed.due)) for delayed in found]
    said += [reply("is_reserved", execution.language, device=execution.home.name(device_id)) for device_id in reserved]
    more = len(said) - _MOST_SAID
    rest = [reply("and_more", execution.language, count=more)] if more > 0 else []
    return " ".join(said[:_MOST_SAID] + rest)
