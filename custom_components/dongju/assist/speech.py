"""From an answer to the sentence that is spoken: which row of the reply table, and how values sound."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.util import dt as dt_util

from ..voice.frames import Frame, Understanding
from ..voice.kinds import COOKING
from ..voice.promises import PROMISES
from ..voice.reply import REPLIES, fill_in, reply
from .answers import SAID, Answer
from .home_map import HomeMap
from .kind_words import kind_word
from .own import cooks_for, lasts_for
from .value_words import value_word

_HOUR: Final = 3600
_SOON: Final = 100  # seconds; a clock tells minutes
_MINUTE: Final = 60
_KILO: Final = 1000
_NOON: Final = 12
_HALVES: Final = ("오전", "오후")

# A hub error's key -> the row that says it. What is not here is "could not be done".
_ERRORS: Final[Mapping[str, str]] = {
    "ambiguous": "ambiguous",
    "api_not_allowed": "sign_in_again",
    "cannot_connect": "timeout",
    "closing": "timeout",
    "cloud_away": "timeout",
    "command_failed": "failed",
    "confirmation_needed": "confirmation_needed",
    "course_not_remote": "course_by_hand",
    "device_fault": "busy",
    "device_gone": "unknown_device",
    "device_offline": "offline",
    "invalid_auth": "sign_in_again",
    "locked_out": "unsafe",
    "login_required": "login_required",
    "not_found": "not_found",
    "not_supported": "unsupported",
    "out_of_range": "out_of_range",
    "pin_required": "unsafe",
    "powered_off": "is_powered_off",
    "rate_limited": "rate_limited",
    "remote_start_off": "remote_start_off",
    "server_error": "timeout",
    "terms_not_accepted": "sign_in_again",
    "try_again": "busy",
    "unanswered": "timeout",
    "unconfirmed": "timeout",
    "unexpected_answer": "timeout",
    "unknown_error": "failed",
    "unknown_option": "unsupported",
    "unsafe": "unsafe",
    "voice_forbidden": "unsafe",
    "wrong_mode": "busy",
    "wrong_state": "busy",
}
_COURSES: Final = {"start": "start_with", "set_course": "set_course"}


def joined(answers: Iterable[Answer], language: str) -> Answer:
    """Return several answers as one, sentence after sentence."""
    return Answer(SAID, {"text": " ".join(dict.fromkeys(text(answer, language) for answer in answers))})


def text(answer: Answer, language: str) -> str:
    """Return the spoken sentence of an answer in "ko" or "en"."""
    if answer.key == SAID:
        return str(answer.values["text"])
    key = _ERRORS.get(answer.key, answer.key)
    values: dict[str, Any] = {"device": "", "value": "", "minutes": 1, **answer.values}
    if key == "out_of_range":
        low, high = value_word(values.get("minimum"), language), value_word(values.get("maximum"), language)
        values = {**values, "low": low, "high": high}
        key = _RANGES.get(str(values.get("unit", "")), key)
        if values["low"] == "" or values["high"] == "":
            key = "unsupported"
    if "function" in values:
        values["value"] = value_word(values["function"], language)
    if "watt_hours" in values:
        values["value"] = energy(float(values["watt_hours"]), language)
    if values.get("room") == "":
        values["room"] = "집 안" if language.startswith("ko") else "house"
    if "state" in values:
        # The sentence says "중" itself.
        values["state"] = str(values["state"]).removesuffix("중").strip()
    if key == "is_state" and str(values["value"]).endswith("중"):
        key = "is_going_on"
    if "seconds" in values:
        values["value"] = duration(int(values["seconds"]), language)
    if key in _BARE and not values["device"]:
        key = _BARE[key]
    said = reply(key if key in REPLIES else "failed", language, **values)
    return f"{said} {values['list']}" if "list" in values else said


def done(frame: Frame, home: HomeMap, device: str, language: str) -> Answer:
    """Return the answer of a frame that was carried out."""
    value = frame.value
    shown = frame.attribute if frame.action in {"enable", "disable"} else value
    values = {"device": device, "value": value_word(shown, language), "title": _title(frame)}
    key = frame.action
    if frame.action == "scene":
        name = home.name(str(value)) or str(value)
        # The sentence says "mode" itself.
        return Answer("scene", {**values, "value": name.removesuffix("모드").removesuffix("mode").strip()})
    if frame.action in _COURSES and value is not None:
        key = _COURSES[frame.action]
    elif cooks_for(frame) and frame.seconds:
        return Answer("run_for", {**values, "seconds": frame.seconds})
    elif frame.action == "start" and frame.delay_min:
        return Answer("start_later", {**values, "seconds": round(frame.delay_min * _MINUTE)})
    elif special := _SPECIAL.get(frame.action):
        key = special(frame)
    return Answer(key if key in REPLIES else "done", values)


_FOR: Final = frozenset({"turn_on_for", "run_for"})


def promised(frame: Frame, home: HomeMap, device: str, when: str, language: str) -> str:
    """Return the sentence that promises a frame for later: "오후 5시에 거실 조명을 끌게요.".

    `when` is what `at_moment` returns.
    """
    answer = done(frame, home, device, language)
    key, values = answer.key, answer.values
    if lasts_for(frame):
        key = "turn_on_for" if frame.action == "turn_on" else "run_for"
    if key in _FOR and frame.seconds:
        values = {**values, "value": duration(frame.seconds, language)}
    will = fill_in(PROMISES.get(key, PROMISES["done"]), language, **values)
    return f"{when} {will}." if language.startswith("ko") else f"I'll {will} {when}."


def question(understood: Understanding, home: HomeMap) -> Answer:
    """Return what to ask back."""
    if understood.outcome == "confirm":
        names = dict.fromkeys(home.name(target) for frame in understood.frames for target in frame.targets)
        degrees = next((frame.value for frame in understood.frames if frame.action == "preheat"), None)
        values = {"device": ", ".join(names), "value": degrees if degrees is not None else ""}
        if seconds := next((frame.seconds for frame in understood.frames if cooks_for(frame)), None):
            key = "confirm_for" if degrees is None else "confirm_at_for"
            return Answer(key, {**values, "degrees": degrees, "seconds": seconds})
        return Answer("confirm" if degrees is not None else "confirm_start", values)
    asked = understood.question
    key = f"ask_{asked.slot}" if asked else "incomplete"
    kind = (asked.device if asked else None) or understood.device
    return Answer(key if key in REPLIES else "incomplete", {"device": kind_word(kind, understood.language)})


def refusal(understood: Understanding, home: HomeMap) -> Answer:
    """Return why nothing is done."""
    reason = understood.reason or "not_a_command"
    device = _kind_name(understood.device, home, understood.language)
    if reason == "out_of_range" and understood.limits:
        low, high = understood.limits
        unit = _UNITS.get(understood.device or "", "°C")
        return Answer("out_of_range", {"device": device, "minimum": low, "maximum": high, "unit": unit})
    if reason == "unsupported" and understood.device in {"scene", "recurring"}:
        return Answer(f"no_{understood.device}", {})
    if reason == "unsafe" and understood.device in COOKING:
        return Answer("unsafe_heat", {"device": device})
    if reason in {"out_of_range", "unsupported"} and not device:
        return Answer("unsupported_here", {})
    return Answer(reason if reason in REPLIES else "not_a_command", {"device": device})


def duration(seconds: int, language: str) -> str:
    """Return a duration as it is said: "1시간 20분", "3 minutes"."""
    hours, rest = divmod(seconds, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if language.startswith("ko"):
        parts = ((hours, "시간"), (minutes, "분"), (left, "초"))
        return " ".join(f"{number}{unit}" for number, unit in parts if number) or "0초"
    named = ((hours, "hour"), (minutes, "minute"), (left, "second"))
    spoken = [f"{number} {unit}{'' if number == 1 else 's'}" for number, unit in named if number]
    return " ".join(spoken) or "0 seconds"


def energy(watt_hours: float, language: str) -> str:
    """Return an amount of energy as it is said: "350와트시", "18.5 kilowatt-hours"."""
    small, large = ("와트시", "킬로와트시") if language.startswith("ko") else (" watt-hours", " kilowatt-hours")
    return f"{watt_hours:g}{small}" if watt_hours < _KILO else f"{watt_hours / _KILO:.1f}{large}"


def clock(moment: datetime, language: str) -> str:
    """Return a time of day as it is said: "오후 5시 20분", "17:20"."""
    if not language.startswith("ko"):
        return moment.strftime("%H:%M")
    half, hour = _HALVES[moment.hour // _NOON] if moment.hour else "밤", moment.hour % _NOON or _NOON
    return f"{half} {hour}시 {moment.minute}분" if moment.minute else f"{half} {hour}시"


def at_moment(due: datetime, language: str) -> str:
    """Return when something is done: "오후 5시에", "at 17:00"; what is due at once is told in seconds ("30초 뒤에")."""
    korean = language.startswith("ko")
    left = round((due - dt_util.utcnow()).total_seconds())
    if 0 < left < _SOON:
        return f"{duration(left, language)} 뒤에" if korean else f"in {duration(left, language)}"
    at = moment(dt_util.as_local(due), language)
    return f"{at}에" if korean else f"at {at}"


def moment(at: datetime, language: str) -> str:
    """Return when something will be, as it is said today: "오후 5시", "내일 오전 7시", "07:00 on 12/24"."""
    korean = language.startswith("ko")
    days = (at.date() - dt_util.now().date()).days
    if korean and at.hour == 0:  # "밤 12시" belongs to the day before
        days -= 1
        at_night = "오늘 " if days == 0 else ""
        if days <= 0:
            return at_night + clock(at, language)
        at -= timedelta(days=1)
    if days <= 0:
        return clock(at, language)
    if days == 1:
        return f"내일 {clock(at, language)}" if korean else f"{clock(at, language)} tomorrow"
    day = f"{at.month}월 {at.day}일" if korean else f"{at.month}/{at.day}"
    return f"{day} {clock(at, language)}" if korean else f"{clock(at, language)} on {day}"


def _kind_name(kind: str | None, home: HomeMap, language: str) -> str:
    """Return what the home calls its (first) device of a kind."""
    if not kind:
        return ""
    found = home.understander.home.of_kind(kind)
    return home.name(found[0].id) if len(found) == 1 else kind_word(kind, language)


def _title(frame: Frame) -> str:
    words = [str(word) for word in (frame.artist, frame.title, frame.genre) if word]
    return " ".join(words)


_SPECIAL: Final[Mapping[str, Callable[[Frame], str]]] = {
    "close": lambda frame: "close_gas" if frame.device == "gas_valve" else "close",
    "set_brightness": lambda frame: (
        {"up": "brighter", "down": "dimmer"}.get(frame.value, "set_brightness")
        if isinstance(frame.value, str)
        else "set_brightness"
    ),
    "set_position": lambda frame: (
        {"up": "opened_a_little", "down": "closed_a_little"}.get(frame.value, "set_position")
        if isinstance(frame.value, str)
        else "set_position"
    ),
    "adjust_temperature": lambda frame: "warmer" if _is_up(frame.value) else "cooler",
    "set_fan_speed": lambda frame: (
        {"up": "fan_up", "down": "fan_down"}.get(frame.value, "set_fan_speed")
        if isinstance(frame.value, str)
        else "set_fan_speed"
    ),
    "set_channel": lambda frame: "set_channel" if isinstance(frame.value, str) else "set_channel_number",
    "play_music": lambda frame: "play_music" if _title(frame) else "play_some_music",
    "set_repeat": lambda frame: f"set_repeat_{frame.value}",
    "set_shuffle": lambda frame: f"set_shuffle_{frame.value}",
}


def _is_up(value: object) -> bool:
    return value == "up" or (isinstance(value, int | float) and value > 0)


_RANGES: Final = {"°C": "out_of_range_degrees", "°F": "out_of_range_degrees", "%": "out_of_range_percent"}
_UNITS: Final = {
    **dict.fromkeys(("dehumidifier", "humidifier", "light", "curtain", "blind"), "%"),
    **dict.fromkeys(("tv", "speaker", "fan"), ""),
}
"""The unit of what is set on a kind of device, degrees where none is given."""
_BARE: Final = {"unsupported": "unsupported_here", "failed": "unsupported_here"}
