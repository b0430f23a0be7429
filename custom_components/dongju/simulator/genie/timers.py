"""Timers ("0") and alarms ("1" to "8") of a speaker."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .devices import SPEAKER, Devices, GenieDevice
from .envelope import GenieError, JsonDict, bad_parameter, iso, not_found, out_of_range, parse_moment
from .identifiers import Identifiers

ALARMS: Final = tuple(str(number) for number in range(1, 9))
MAX_TIMERS: Final = 8
LONGEST_TIMER_S: Final = 24 * 3600
WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class TimerDesk:
    """Set, clear and fire."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._waiting: dict[str, TimerHandle] = {}

    def start(self) -> None:
        """Wait again for what was set before a restart; what ran out meanwhile fires now."""
        for device in self._devices.of(kind=SPEAKER):
            for timer in device.state["timers"]:
                self._wait(device, timer)

    def close(self) -> None:
        """Wait no longer."""
        for handle in self._waiting.values():
            handle.cancel()
        self._waiting.clear()

    def set(self, device: GenieDevice, body: JsonDict, cause: str | None) -> JsonDict:
        """Set a timer or alarm; raise 400, 409 or 422."""
        now = self._clock.now()
        slot = self._slot(device, body)
        fire_at = _fire_at(body, now, alarm=slot != "0")
        repeat = body.get("repeat") or []
        if not isinstance(repeat, list) or any(day not in WEEKDAYS for day in repeat) or (repeat and slot == "0"):
            raise bad_parameter("repeat is a list of weekdays of an alarm")
        label = body.get("label") or ""
        if not isinstance(label, str) or len(label) > 100:
            raise bad_parameter("label is a text of at most 100 characters")
        timer: JsonDict = {
            "id": self._ids.name("tm"),
            "reqAct": slot,
            "kind": "timer" if slot == "0" else "alarm",
            "label": label,
            "setAt": iso(now),
            "fireAt": iso(fire_at),
            "repeat": repeat,
        }
        self._change(device, [*device.state["timers"], timer], "timer.set", timer, cause)
        self._wait(device, timer)
        return timer

    def clear(self, device: GenieDevice, timer_id: str, cause: str | None = None) -> JsonDict:
        """Clear one; raise 404."""
        timer = next((timer for timer in device.state["timers"] if timer["id"] == timer_id), None)
        if timer is None:
            raise not_found("timer")
        self._forget(timer_id)
        rest = [other for other in device.state["timers"] if other["id"] != timer_id]
        self._change(device, rest, "timer.cleared", timer, cause)
        return dict(timer)

    def clear_all(self, device: GenieDevice) -> None:
        """Clear every one, as at a check-out."""
        for timer in list(device.state["timers"]):
            self.clear(device, timer["id"])

    def _slot(self, device: GenieDevice, body: JsonDict) -> str:
        """Return the slot to use: the given one when it is free, else the first free one for `kind: alarm`."""
        taken = [timer["reqAct"] for timer in device.state["timers"]]
        slot = body.get("reqAct")
        if slot is None and body.get("kind") == "alarm":
            slot = next((number for number in ALARMS if number not in taken), "9")
        slot = "0" if slot is None else str(slot)
        full = (slot == "0" and taken.count("0") >= MAX_TIMERS) or slot == "9"
        if full or (slot in ALARMS and all(number in taken for number in ALARMS)):
            raise GenieError(HTTPStatus.CONFLICT, "ALARM_FULL", "there are eight already", data={"max": MAX_TIMERS})
        if slot != "0" and slot not in ALARMS:
            raise bad_parameter("reqAct is 0 for a timer, 1 to 8 for an alarm")
        if slot != "0" and slot in taken:
            raise GenieError(HTTPStatus.CONFLICT, "CONFLICT", f"alarm {slot} is set already")
        return slot

    def _wait(self, device: GenieDevice, timer: JsonDict) -> None:
        left = (datetime.fromisoformat(timer["fireAt"]) - self._clock.now()).total_seconds()
        self._waiting[timer["id"]] = self._clock.call_later(max(0.0, left), lambda: self._fire(device, timer["id"]))

    def _fire(self, device: GenieDevice, timer_id: str) -> None:
        self._forget(timer_id)
        timer = next((timer for timer in device.state["timers"] if timer["id"] == timer_id), None)
        if timer is None or self._devices.devices.get(device.id) is not device:
            return
        rest = [other for other in device.state["timers"] if other["id"] != timer_id]
        again = _next_day(timer, self._clock.now())
        self._change(device, [*rest, again] if again else rest, "timer.fired", timer, None)
        if again:
            self._wait(device, again)

    def _forget(self, timer_id: str) -> None:
        if handle := self._waiting.pop(timer_id, None):
            handle.cancel()

    def _change(
        self, device: GenieDevice, timers: list[JsonDict], event: str, timer: JsonDict, cause: str | None
    ) -> None:
        timers = sorted(timers, key=lambda row: str(row["fireAt"]))
        self._devices.update(
            device,
            {"timers": timers},
            cause=cause,
            event=event,
            show=lambda changed: {"timer": timer, "timers": changed.state["timers"]},
        )


def _fire_at(body: JsonDict, now: datetime, *, alarm: bool) -> datetime:
    """Return when to fire: `inSeconds`, or KT's `setTime`, which is 14 digits of local time or relative seconds."""
    seconds: Any = body.get("inSeconds")
    moment: Any = body.get("setTime")
    if isinstance(moment, str) and moment.isdecimal() and len(moment) < 14:
        seconds = int(moment)
    elif isinstance(moment, str):
        seconds = (parse_moment(moment) - now).total_seconds()
    elif isinstance(moment, int) and not isinstance(moment, bool):
        seconds = moment
    if not isinstance(seconds, int | float) or isinstance(seconds, bool):
        raise bad_parameter("inSeconds or setTime is required")
    longest = 366 * 24 * 3600 if alarm else LONGEST_TIMER_S
    if not 1 <= seconds <= longest:
        raise out_of_range("inSeconds", 1, longest)
    return now + timedelta(seconds=seconds)


def _next_day(timer: JsonDict, now: datetime) -> JsonDict | None:
    """Return a repeating alarm set for its next weekday, or None."""
    if not timer["repeat"]:
        return None
    fire_at = datetime.fromisoformat(timer["fireAt"])
    for _day in range(8):
        fire_at += timedelta(days=1)
        if WEEKDAYS[fire_at.weekday()] in timer["repeat"] and fire_at > now:
            return {**timer, "fireAt": iso(fire_at)}
    return None
