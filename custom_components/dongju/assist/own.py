"""Frames into commands for our own devices: one row an action, and words into what the device's profile knows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from ..model.device import Attribute, Device, Value
from ..model.errors import CourseNotRemoteError, NotSupportedError, OutOfRangeError, WrongStateError
from ..model.store import Store
from ..model.vocabulary import Attr, Kind
from ..voice.frames import Frame
from ..voice.kinds import COOKING, CYCLE_KINDS

type Wishes = dict[str, dict[str, Value]]
"""Part id -> attribute -> value."""


@dataclass(frozen=True, slots=True)
class View:
    """A device as one frame sees it: its parts in the order in which they are asked."""

    store: Store
    device: Device
    parts: tuple[str, ...]

    def find(self, *keys: str, writable: bool = True) -> tuple[str, Attribute] | None:
        """Return the first of the attributes that a part has (and may be written)."""
        for key in keys:
            for part in self.parts:
                attribute = self.device.attribute(part, key)
                if attribute and (attribute.writable or not writable):
                    return part, attribute
        return None

    def value(self, *keys: str) -> Value:
        """Return the first known value of the attributes."""
        for key in keys:
            for part in self.parts:
                value = self.store.value((self.device.id, part, key))
                if value is not None:
                    return value
        return None


def wishes(view: View, frame: Frame) -> Wishes:
    """Return what to write for a frame; raise NotSupportedError, OutOfRangeError or CourseNotRemoteError."""
    handler = _ACTIONS.get(frame.action)
    if handler is None:
        raise NotSupportedError(frame.action)
    made = handler(view, frame)
    return _merged(made, _cooking_time(view, frame)) if cooks_for(frame) else made


def cooks_for(frame: Frame) -> bool:
    """Tell whether a frame says how long something is to cook; the appliance itself then has to end it."""
    return frame.seconds is not None and frame.device in COOKING and frame.action in _HEATING


def lasts_for(frame: Frame) -> bool:
    """Tell whether a frame is for some time only and the hub has to end it ("두 시간 동안 켜 줘")."""
    ends_itself = frame.device in CYCLE_KINDS or cooks_for(frame)
    return bool(frame.seconds) and frame.action in _LASTING and not ends_itself


def _cooking_time(view: View, frame: Frame) -> Wishes:
    """Return the time to cook; raise NotSupportedError where the appliance cannot be told it, for it would go on."""
    found = view.find(Attr.TARGET_TIME)
    length = (frame.seconds or 0) / _SECONDS_IN.get(str(found[1].unit), 1) if found else 0
    if found is None or length != int(length):
        raise NotSupportedError(Attr.TARGET_TIME)
    return {found[0]: {found[1].key: int(length)}}


def _set(view: View, value: Value, *keys: str) -> Wishes:
    found = view.find(*keys)
    if found is None:
        raise NotSupportedError(keys[0])
    return {found[0]: {found[1].key: value}}


def _power(*, on: bool) -> Callable[[View, Frame], Wishes]:
    def handler(view: View, _frame: Frame) -> Wishes:
        if view.find(Attr.ON_OFF):
            return _set(view, on, Attr.ON_OFF)
        names = ("power_on", "wake_up", "start") if on else ("power_off", "stop", "homing")
        return _operate(*names)(view, _frame)

    return handler


def _operate(*names: str) -> Callable[[View, Frame], Wishes]:
    """Return a handler that gives the first operation the profile knows."""

    def handler(view: View, _frame: Frame) -> Wishes:
        found = view.find(Attr.OPERATION)
        if found:
            options = found[1].write_options or found[1].options
            for name in names:
                if name in options:
                    return {found[0]: {Attr.OPERATION.value: name}}
        raise NotSupportedError(names[0])

    return handler


def _start(view: View, frame: Frame) -> Wishes:
    """Start a run, with the vendor's own timer where one was asked for; a course needs a profile that can choose it."""
    delay: Wishes = {}
    if frame.value is not None:
        if view.find(Attr.COURSE) is None:
            raise CourseNotRemoteError(str(frame.value))
        delay = _set(view, frame.value, Attr.COURSE)
    if frame.delay_min and (found := view.find(Attr.DELAY_START)):
        return _merged(delay, {found[0]: {found[1].key: _in_unit(found[1], frame.delay_min)}})
    if view.find(Attr.OPERATION) is None:
        return _merged(delay, _set(view, True, Attr.ON_OFF))
    return _merged(delay, _operate("start", "resume")(view, frame))


def _set_temperature(view: View, frame: Frame) -> Wishes:
    """Set a target; an air conditioner or boiler that is off is switched on, as the person means."""
    return _switched_on(view, _set(view, _number(frame), *_TARGETS))


def _adjust_temperature(view: View, frame: Frame) -> Wishes:
    found = view.find(*_TARGETS)
    if found is None:
        raise NotSupportedError(Attr.TARGET_TEMPERATURE)
    return {found[0]: {found[1].key: _stepped(view, found, frame.value)}}


def _set_humidity(view: View, frame: Frame) -> Wishes:
    found = view.find(Attr.TARGET_HUMIDITY)
    if found is None:
        raise NotSupportedError(Attr.TARGET_HUMIDITY)
    value = _stepped(view, found, frame.value) if isinstance(frame.value, str) else _number(frame)
    return _switched_on(view, {found[0]: {found[1].key: value}})


def _set_mode(view: View, frame: Frame) -> Wishes:
    wanted = str(frame.value)
    names = _MODES.get(wanted, (wanted,))
    if found := view.find(Attr.MODE):
        for name in names:
            if name in (found[1].write_options or found[1].options):
                return _switched_on(view, {found[0]: {Attr.MODE.value: name}})
    if (flag := _MODE_FLAGS.get(wanted)) and view.find(flag):
        return _set(view, True, flag)
    return _set_fan_speed(view, frame)


def _set_fan_speed(view: View, frame: Frame) -> Wishes:
    wanted = str(frame.value)
    found = view.find(Attr.FAN_SPEED_DETAIL, Attr.FAN_SPEED, Attr.FAN_STEP, Attr.HOOD_FAN_SPEED)
    if found is None:
        raise NotSupportedError(Attr.FAN_SPEED)
    part, attribute = found
    if attribute.kind is Kind.NUMBER:
        return {part: {attribute.key: _fan_number(view, found, wanted)}}
    options = attribute.write_options or attribute.options
    if wanted in {"up", "down"}:
        return {part: {attribute.key: _neighbour(view.value(attribute.key), options, up=wanted == "up")}}
    for name in _SPEEDS.get(wanted, (wanted,)):
        if name in options:
            return _switched_on(view, {part: {attribute.key: name}})
    raise NotSupportedError(wanted)


def _fan_number(view: View, found: tuple[str, Attribute], wanted: str) -> float:
    low, high = found[1].minimum or 0, found[1].maximum or 1
    if wanted in {"up", "down"}:
        return _stepped(view, found, wanted)
    first = max(low, 1)
    levels = {"low": first, "medium": (first + high) // 2, "high": high, "turbo": high}
    if wanted not in levels:
        raise NotSupportedError(wanted)
    return levels[wanted]


def _neighbour(current: Value, options: tuple[str, ...], *, up: bool) -> str:
    """Return the next stronger or weaker speed; raise OutOfRangeError at the end."""
    ordered: list[str] = [name for name in _SPEED_ORDER if name in options]
    if not ordered:
        raise NotSupportedError(Attr.FAN_SPEED)
    at = ordered.index(str(current)) if current in ordered else (0 if up else len(ordered) - 1)
    wanted = at + (1 if up else -1)
    if not 0 <= wanted < len(ordered):
        raise OutOfRangeError(Attr.FAN_SPEED, minimum=ordered[0], maximum=ordered[-1])
    return ordered[wanted]


def _switch(*, on: bool) -> Callable[[View, Frame], Wishes]:
    def handler(view: View, frame: Frame) -> Wishes:
        keys = _SWITCHES.get(frame.attribute or "", ())
        if not keys:
            raise NotSupportedError(frame.attribute or "")
        return _set(view, on, *keys)

    return handler


def _preheat(view: View, frame: Frame) -> Wishes:
    """Heat an oven, where its profile allows it (LG's published ovens can only be stopped from afar)."""
    made = _operate("preheat", "start")(view, frame)
    if frame.value is not None:
        made = _merged(made, _set(view, _number(frame), Attr.TARGET_TEMPERATURE))
    return made


def _opening(*, open_it: bool) -> Callable[[View, Frame], Wishes]:
    def handler(view: View, frame: Frame) -> Wishes:
        if view.find(Attr.OPEN):
            return _set(view, open_it, Attr.OPEN)
        if view.find(Attr.POSITION):
            return _set(view, 100 if open_it else 0, Attr.POSITION)
        return _operate("open" if open_it else "close")(view, frame)

    return handler


def _locking(*, lock: bool) -> Callable[[View, Frame], Wishes]:
    return lambda view, _frame: _set(view, lock, Attr.LOCKED)


def _set_brightness(view: View, frame: Frame) -> Wishes:
    found = view.find(Attr.BRIGHTNESS, Attr.LAMP_BRIGHTNESS)
    if found is None:
        raise NotSupportedError(Attr.BRIGHTNESS)
    value = _stepped(view, found, frame.value, step=20) if isinstance(frame.value, str) else _number(frame)
    return _switched_on(view, {found[0]: {found[1].key: value}})


def _set_position(view: View, frame: Frame) -> Wishes:
    found = view.find(Attr.POSITION)
    if found is None:
        raise NotSupportedError(Attr.POSITION)
    if not isinstance(frame.value, str):
        return {found[0]: {found[1].key: _number(frame)}}
    try:
        return {found[0]: {found[1].key: _stepped(view, found, frame.value, step=25)}}
    except OutOfRangeError as err:
        raise WrongStateError(frame.action) from err  # "a little" of what is open or closed already


def _switched_on(view: View, made: Wishes) -> Wishes:
    """Switch on, too, what is off: who sets a temperature or a mode wants the device to run."""
    part = next(iter(made))
    attribute = view.device.attribute(part, Attr.ON_OFF)
    if attribute and attribute.writable and view.store.value((view.device.id, part, Attr.ON_OFF)) is False:
        made[part] = {Attr.ON_OFF.value: True, **made[part]}
    return made


def _number(frame: Frame) -> float:
    if isinstance(frame.value, bool) or not isinstance(frame.value, int | float):
        raise NotSupportedError(frame.action)
    return frame.value


def _stepped(view: View, found: tuple[str, Attribute], by: str | float | None, step: float | None = None) -> float:
    """Return the present value moved up, down or by a signed step; raise OutOfRangeError outside the range."""
    part, attribute = found
    current = view.store.value((view.device.id, part, attribute.key))
    if not isinstance(current, int | float) or isinstance(current, bool):
        raise NotSupportedError(attribute.key)
    size = step or attribute.step or 1
    moved = current + (by if isinstance(by, int | float) else size if by == "up" else -size)
    low, high = attribute.minimum, attribute.maximum
    if (low is not None and moved < low) or (high is not None and moved > high):
        if step and low is not None and high is not None and low < current < high:
            return low if moved < low else high
        raise OutOfRangeError(attribute.key, minimum=float(low or 0), maximum=float(high or 0))
    return moved


def _in_unit(attribute: Attribute, minutes: float) -> float:
    """Return a delay in the attribute's unit; hours are rounded up, for a washer that ends early wakes nobody."""
    if attribute.unit == "h":
        return -(-minutes // 60)
    return minutes


def _merged(first: Wishes, second: Wishes) -> Wishes:
    return {part: {**first.get(part, {}), **second.get(part, {})} for part in {**first, **second}}


_HEATING: Final = frozenset({"turn_on", "start", "preheat"})
_LASTING: Final = frozenset({"turn_on", "start", "resume", "preheat"})
_SECONDS_IN: Final = {"min": 60, "h": 3600}
_TARGETS: Final = (Attr.TARGET_TEMPERATURE, Attr.HOT_WATER_TARGET_TEMPERATURE)
_MODES: Final[Mapping[str, tuple[str, ...]]] = {
    "dry": ("air_dry", "dry", "clothes_dry"),
    "fan_only": ("fan",),
    "eco": ("energy_saving", "energy_saver", "eco"),
    "sleep": ("sleep", "quiet_humidity", "silent"),
    "auto": ("auto", "ai", "smart_humidity"),
    "power_cool": ("power", "rapid_humidity"),
}
_MODE_FLAGS: Final = {"eco": Attr.POWER_SAVE, "sleep": Attr.SLEEP_MODE, "auto": Attr.AUTO_MODE}
_SPEED_ORDER: Final = ("slow", "quiet", "very_low", "low", "low_mid", "mid", "mid_high", "high", "power", "turbo")
_SPEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "low": ("low", "slow", "quiet"),
    "medium": ("mid", "medium"),
    "high": ("high",),
    "turbo": ("turbo", "power", "super", "high"),
    "auto": ("auto", "ai", "nature"),
}
_SWITCHES: Final[Mapping[str, tuple[str, ...]]] = {
    "express_cool": (Attr.EXPRESS_FRIDGE, Attr.EXPRESS_MODE),
    "express_freeze": (Attr.RAPID_FREEZE, Attr.EXPRESS_MODE),
    "power": (Attr.ON_OFF,),
}
_ACTIONS: Final[Mapping[str, Callable[[View, Frame], Wishes]]] = {
    "turn_on": _power(on=True),
    "turn_off": _power(on=False),
    "start": _start,
    "stop": _operate("stop", "pause", "power_off"),
    "pause": _operate("pause"),
    "resume": _operate("resume", "start"),
    "dock": _operate("homing", "dock", "charge"),
    "call": lambda view, _frame: _set(view, "down", Attr.CALL_ELEVATOR),  # from home one goes down
    "set_temperature": _set_temperature,
    "adjust_temperature": _adjust_temperature,
    "set_humidity": _set_humidity,
    "set_mode": _set_mode,
    "set_fan_speed": _set_fan_speed,
    "enable": _switch(on=True),
    "disable": _switch(on=False),
    "set_course": _start,
    "preheat": _preheat,
    "open": _opening(open_it=True),
    "close": _opening(open_it=False),
    "set_position": _set_position,
    "lock": _locking(lock=True),
    "unlock": _locking(lock=False),
    "set_brightness": _set_brightness,
}
