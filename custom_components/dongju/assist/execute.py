"""Carrying out a frame on everything it means, and saying how that went."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
import time
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ASSUMED_STATE, STATE_OFF, Platform
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er

from .. import devices
from ..const import DOMAIN
from ..model.command import Command, Origin
from ..model.errors import (
    DeviceGoneError,
    HubError,
    NotFoundError,
    NotSupportedError,
    OutOfRangeError,
    RemoteStartOffError,
)
from ..model.vocabulary import Attr
from ..runtime import AccountRuntime
from ..voice.frames import Frame
from . import foreign, policy, speech
from .answers import NOT_RUNNING, SAID, Answer, about_entity, about_own, about_room
from .home_map import HomeMap
from .kind_words import kind_word
from .own import View, wishes
from .targets import EntityTarget, OwnTarget, Target
from .together import Told, on_now, together

ALREADY_OFF: Final = "already_off"
_ANSWER_S: Final = 8.0
_MOST_NAMES: Final = 3
_STEPS: Final = frozenset({"up", "down"})
# States of other integrations' entities that are not "on": switched off or at rest.
_NOT_ON: Final = frozenset({"off", "standby", "idle", "paused", "docked", "returning", "closed"})
_UNKNOWN: Final = frozenset({"unavailable", "unknown"})
_ENDING: Final = frozenset({"turn_off", "stop", "pause"})
_DOORS: Final = frozenset({"door", "door_lock"})
_STARTING: Final = frozenset({"start", "resume"})
_OF_A_RUN: Final = frozenset({"state", "remaining_time"})
_REPORTS_WITHIN_S: Final = 20.0
_FAN_ENDS: Final[Mapping[object, str]] = {"up": "fan_strongest", "down": "fan_weakest"}
_MINUTES_OF: Final = {"h": 60}
_RESERVED: Final = frozenset({"reserved", "reservation"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a frame went: what to say, whether anything was done, and whether everything was."""

    answer: Answer
    acted: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Execution:
    """One sentence being carried out."""

    hass: HomeAssistant
    home: HomeMap
    language: str
    context: Context
    confirmed: bool = False
    undo: list[Callable[[], Awaitable[object]]] = field(default_factory=list)  # takes back what was put off
    started: dict[str, float] = field(default_factory=dict)  # when machines were started that do not report it yet

    async def run(self, frame: Frame, targets: tuple[str, ...]) -> Outcome:
        """Carry out a frame; what fails on one device is said and harms no other."""
        if frame.action == "query":
            return Outcome(self.ask(frame, targets), acted=False)
        if frame.action == "turn_off" and frame.area == "all":
            named = self.spoken_name(frame, targets)
            targets = tuple(device_id for device_id in targets if not self._is_off(device_id))
            if not targets:
                return Outcome(Answer(ALREADY_OFF, {"device": named}), acted=False)
        off = [device_id for device_id in targets if frame.switches_on and self._must_wake(frame, device_id)]
        if off:
            return await self._run_awoken(frame, targets, tuple(off))
        results = await asyncio.gather(*(self._run_one(frame, device_id) for device_id in targets))
        failures = [result for result in results if isinstance(result, HubError)]
        if failures and len(failures) == len(results):
            return Outcome(
                self._failure(frame, failures[0], targets[results.index(failures[0])]), acted=False, whole=False
            )
        if failures:
            return Outcome(self._partly(frame, dict(zip(targets, results, strict=True))), acted=True, whole=False)
        return Outcome(self._done(frame, targets), acted=True)

    async def _run_awoken(self, frame: Frame, targets: tuple[str, ...], off: tuple[str, ...]) -> Outcome:
        """Switch on what is off before it is set; what is on but cannot be set further is told to be on."""
        awoken = await self.run(replace(frame, action="turn_on", value=None, switches_on=False), off)
        if not awoken.acted:
            return awoken
        outcome = await self.run(replace(frame, switches_on=False), targets)
        if not outcome.acted:
            return awoken
        return replace(outcome, answer=speech.joined((awoken.answer, outcome.answer), self.language))

    def _must_wake(self, frame: Frame, device_id: str) -> bool:
        """Tell whether a device is off and is not switched on by what is set on it, as our own are by most."""
        stepped = frame.action == "adjust_temperature" or frame.value in _STEPS
        return self._is_off(device_id) and (stepped or self._view(device_id) is None)

    def hindrance(self, frames: Iterable[Frame]) -> Answer | None:
        """Return why a sentence cannot be carried out, before a yes is asked for it; None when nothing is known."""
        for frame in frames:
            for device_id in frame.targets:
                if view := self._view(device_id):
                    try:
                        wishes(view, frame)
                    except HubError as err:
                        return self._failure(frame, err, device_id)
        return None

    def _partly(self, frame: Frame, results: Mapping[str, HubError | None]) -> Answer:
        """Say what was done, and of each other device why it was not."""
        done = tuple(device_id for device_id, err in results.items() if err is None)
        answers = [self._done(replace(frame, area=None) if len(done) < len(results) else frame, done)]
        answers += [self._failure(frame, err, device_id) for device_id, err in results.items() if err is not None]
        return speech.joined(answers, self.language)

    def ask(self, frame: Frame, targets: tuple[str, ...]) -> Answer:
        """Answer a question for all the devices that it is about."""
        if not targets:
            return about_room(self.hass, frame.area, frame.attribute or "temperature")
        if frame.device is None and frame.value == "on":
            return self._what_is_on(frame, targets)
        homes = [device for device in self.home.understander.home.devices if device.id in targets]
        apart = len({device.area for device in homes}) > 1
        names = {device.id: self._full_name(device.id, device.area if apart else None) for device in homes}
        told = [Told(names.get(device_id, ""), self._ask_one(frame, device_id)) for device_id in targets]
        mixed = len({device.kind for device in homes}) > 1 and frame.device in _DOORS
        asked = replace(frame, area=None if apart else frame.area, device="door" if mixed else frame.device)
        answers = together(told, self.spoken_name(asked, targets))
        return answers[0] if len(answers) == 1 else speech.joined(answers, self.language)

    def _what_is_on(self, frame: Frame, targets: tuple[str, ...]) -> Answer:
        area = ar.async_get(self.hass).async_get_area(frame.area) if frame.area else None
        states = {device_id: self._is_on(device_id) for device_id in targets}
        names = [self.home.name(device_id) for device_id, on in states.items() if on]
        answers = on_now(names, area.name if area else "", list(states.values()).count(None))
        return speech.joined(answers, self.language)

    def _full_name(self, device_id: str, area_id: str | None) -> str:
        """Return the name of a device with its room, where it stands beside those of other rooms."""
        name = self.home.name(device_id)
        area = ar.async_get(self.hass).async_get_area(area_id) if area_id else None
        return f"{area.name} {name}" if area and area.name not in name else name

    def can_delay(self, device_id: str, minutes: float) -> bool:
        """Tell whether a device has a delayed start of its own that knows this delay (LG's washers: 3 to 19 hours)."""
        view = self._view(device_id)
        found = view.find(Attr.DELAY_START) if view else None
        if found is None:
            return False
        amount, rest = divmod(minutes, _MINUTES_OF[found[1].unit]) if found[1].unit in _MINUTES_OF else (minutes, 0)
        low, high = found[1].minimum, found[1].maximum
        return not rest and (low is None or amount >= low) and (high is None or amount <= high)

    def reserved(self, targets: tuple[str, ...]) -> list[str]:
        """Return the machines that wait by themselves for their delayed start, of `targets` or of the home."""
        views = {device_id: self._view(device_id) for device_id in targets or self.home.targets}
        return [
            device_id
            for device_id, view in views.items()
            if view is not None and view.value(Attr.RUN_STATE) in _RESERVED
        ]

    def run_length(self, device_id: str) -> timedelta | None:
        """Return how long a machine's next run takes, None where nobody knows."""
        view = self._view(device_id)
        minutes = view.value(Attr.TOTAL_TIME, Attr.REMAINING_TIME) if view else None
        return timedelta(minutes=minutes) if isinstance(minutes, int | float) and minutes > 0 else None

    def _view(self, device_id: str) -> View | None:
        """Return a device of ours as it is now, None for one of others and for one that went."""
        target = self.home.targets.get(device_id)
        if not isinstance(target, OwnTarget):
            return None
        try:
            _, view = self._own(target)
        except DeviceGoneError:
            return None
        return view

    def _state(self, device_id: str) -> State | None:
        """Return the state of a device of another integration, None for one of ours and for one that went."""
        target = self.home.targets.get(device_id)
        return self.hass.states.get(target.entity_id) if isinstance(target, EntityTarget) else None

    def finished_event(self, device_id: str) -> str:
        """Return the event entity of the end of a device's run; raise NotSupportedError where there is none."""
        target = self.home.targets.get(device_id)
        if isinstance(target, OwnTarget):
            runtime, view = self._own(target)
            registry = er.async_get(self.hass)
            for found in runtime.entities.found(view.device.id):
                is_end = found.row.platform is Platform.EVENT and found.attributes[0] == Attr.FINISHED
                if is_end and found.part.id in view.parts:
                    entity_id = registry.async_get_entity_id(Platform.EVENT, DOMAIN, found.unique_id)
                    entry = registry.async_get(entity_id) if entity_id else None
                    if entry and not entry.disabled:
                        return entry.entity_id
        raise NotSupportedError("finished")

    def _ask_one(self, frame: Frame, device_id: str) -> Answer:
        target, name = self.home.targets[device_id], self.home.name(device_id)
        if isinstance(target, EntityTarget):
            return about_entity(self.hass, target.entity_id, name, frame, self.language)
        try:
            _, view = self._own(target)
        except DeviceGoneError:
            return Answer("offline", {"device": name})
        answer = about_own(self.hass, view, name, frame, self.language)
        if frame.attribute in _OF_A_RUN and self._has_just_started(device_id):
            length = self.run_length(device_id)
            values = {"device": name, "seconds": int(length.total_seconds())} if length else {"device": name}
            known = "just_started_now" if frame.attribute == "state" else "just_started"
            return Answer("just_started_for" if length else known, values)
        return answer if answer.key != "unknown_value" else self._compartments(target, view, frame) or answer

    def _has_just_started(self, device_id: str) -> bool:
        """Tell whether a machine was started a moment ago and has not reported that it runs."""
        since = self.started.get(device_id)
        return since is not None and time.monotonic() - since < _REPORTS_WITHIN_S and self._is_idle(device_id)

    def _compartments(self, target: OwnTarget, view: View, frame: Frame) -> Answer | None:
        """Return what the compartments of a device tell where the whole does not (a wine cellar's zones)."""
        said = []
        for part in view.device.parts:
            registered = devices.find(dr.async_get(self.hass), target.entry_id, view.device.id, part) if part else None
            if registered is None or part in view.parts[:1]:
                continue
            name = registered.name_by_user or registered.name or ""
            inner = View(view.store, view.device, (part,))
            answer = about_own(self.hass, inner, name, frame, self.language)
            if answer.key != "unknown_value":
                said.append(speech.text(answer, self.language))
        return Answer(SAID, {"text": " ".join(said)}) if said else None

    async def _run_one(self, frame: Frame, device_id: str) -> HubError | None:
        target = self.home.targets.get(device_id)
        try:
            if target is None:
                raise NotFoundError(device_id, name=device_id)
            async with asyncio.timeout(_ANSWER_S):
                await self._act(frame, device_id, target)
        except HubError as err:
            return err
        except TimeoutError:
            return HubError("too slow")
        return None

    async def _act(self, frame: Frame, device_id: str, target: Target) -> None:
        policy.check(frame, frame.device or "")
        self._check_room(frame, device_id)
        if isinstance(target, EntityTarget):
            await foreign.async_act(self.hass, target.entity_id, frame, self.context)
            return
        runtime, view = self._own(target)
        for part, values in wishes(view, frame).items():
            command = Command(
                device_id=target.device_id,
                part=part,
                values=values,
                origin=Origin.VOICE,
                confirmed=self.confirmed,
            )
            await runtime.bus.send(command)
        self.started.pop(device_id, None)
        if frame.action in _STARTING and not frame.delay_min:
            self.started[device_id] = time.monotonic()

    def _check_room(self, frame: Frame, device_id: str) -> None:
        """Raise NotSupportedError for one room to clean: no vacuum here can be told one, and not all was meant."""
        if frame.device != "robot_cleaner" or frame.action != "start" or frame.area in {None, "all"}:
            return
        here = next((device.area for device in self.home.understander.home.devices if device.id == device_id), None)
        if frame.area != here:
            raise NotSupportedError("room")

    def _own(self, target: OwnTarget) -> tuple[AccountRuntime, View]:
        entry = self.hass.config_entries.async_get_entry(target.entry_id)
        if entry is None or entry.domain != DOMAIN or entry.state is not ConfigEntryState.LOADED:
            raise DeviceGoneError(target.device_id)
        runtime: AccountRuntime = entry.runtime_data
        device = runtime.store.devices.get(target.device_id)
        if device is None:
            raise DeviceGoneError(target.device_id)
        return runtime, View(runtime.store, device, target.parts)

    def _failure(self, frame: Frame, err: HubError, device_id: str) -> Answer:
        if isinstance(err, RemoteStartOffError) and frame.action in _ENDING and self._is_idle(device_id):
            return Answer("not_running", {"device": self.home.name(device_id)})
        if isinstance(err, OutOfRangeError) and frame.action == "set_fan_speed" and frame.value in _FAN_ENDS:
            return Answer(_FAN_ENDS[frame.value], {"device": self.home.name(device_id)})
        return Answer(err.key, {"device": self.home.name(device_id), **err.placeholders, **_wanted(frame)})

    def _is_idle(self, device_id: str) -> bool:
        view = self._view(device_id)
        state = view.value(Attr.RUN_STATE) if view else None
        return isinstance(state, str) and state in NOT_RUNNING

    def _is_on(self, device_id: str) -> bool | None:
        """Tell whether a device is on, a machine runs, a player plays; None when it cannot be reached."""
        if view := self._view(device_id):
            if not view.store.available(view.device.id):
                return None
            if view.find(Attr.RUN_STATE, writable=False):
                return view.value(Attr.RUN_STATE) is not None and not self._is_idle(device_id)
            return view.value(Attr.ON_OFF) is True or self.plays(device_id) == "playing"
        state = self._state(device_id)
        return None if state is None or state.state in _UNKNOWN else state.state not in _NOT_ON

    def plays(self, device_id: str) -> str:
        """Return whether a player is "playing", "paused" or something else."""
        if view := self._view(device_id):
            return str(view.value(Attr.MEDIA_STATUS))
        state = self._state(device_id)
        return state.state if state else ""

    def _is_off(self, device_id: str) -> bool:
        """Tell whether a device reports that it is off: each command to it would be a call of a vendor's allowance."""
        if view := self._view(device_id):
            return view.store.available(view.device.id) and view.value(Attr.ON_OFF) is False
        state = self._state(device_id)
        return state is not None and state.state == STATE_OFF and not state.attributes.get(ATTR_ASSUMED_STATE)

    def _done(self, frame: Frame, targets: tuple[str, ...]) -> Answer:
        """Return what to say of a frame that was carried out."""
        return speech.done(frame, self.home, self.spoken_name(frame, targets), self.language)

    def spoken_name(self, frame: Frame, targets: tuple[str, ...]) -> str:
        """Return what the devices of a frame are called together."""
        names = [self.home.name(device_id) for device_id in targets]
        return names[0] if len(names) == 1 else self._group_name(frame, names)

    def _group_name(self, frame: Frame, names: list[str]) -> str:
        """Return what several devices are called together: "거실 조명"."""
        area = ar.async_get(self.hass).async_get_area(frame.area) if frame.area else None
        word = kind_word(frame.device, self.language)
        if area:
            return f"{area.name} {word}".strip()
        return word or ", ".join(names[:_MOST_NAMES])


def _wanted(frame: Frame) -> dict[str, str]:
    """Return what was looked for, as the name that was not found."""
    words = [str(word) for word in (frame.artist, frame.title, frame.genre) if word]
    return {"name": " ".join(words)} if words else {}
