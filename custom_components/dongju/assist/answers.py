"""Questions about the home: from a query frame to the facts of a spoken answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.helpers.translation import async_get_cached_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..model.device import Value
from ..model.vocabulary import Attr, DeviceType
from ..voice.frames import Frame
from ..voice.text import detect_language
from .own import View

_MINUTE: Final = 60


SAID: Final = "said"
"""The key of an answer whose `text` is spoken as it is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say: the key of a sentence and what fills it."""

    key: str
    values: Mapping[str, Any]


def about_own(hass: HomeAssistant, view: View, name: str, frame: Frame, language: str) -> Answer:
    """Answer a question about a device of ours; `unknown_value` where it does not tell."""
    if not view.store.available(view.device.id):
        return Answer("offline", {"device": name})
    reader = _READERS.get(frame.attribute or "state", _state)
    return reader(view, name, _Words(hass, language)) or Answer("unknown_value", {"device": name})


def about_entity(hass: HomeAssistant, entity_id: str, name: str, frame: Frame, language: str) -> Answer:
    """Answer a question about any entity."""
    state = hass.states.get(entity_id)
    if state is None or state.state in {"unavailable", "unknown"}:
        return Answer("offline", {"device": name})
    attribute = frame.attribute or "state"
    if attribute in {"temperature", "target_temperature", "humidity", "battery"}:
        keys = _ENTITY_ATTRIBUTES[attribute]
        for key in keys:
            value = state.attributes.get(key)
            if isinstance(value, int | float):
                return Answer(_ENTITY_ANSWERS[attribute], {"device": name, "value": _plain(value)})
    if (state.domain == "media_player" or attribute == "channel") and (playing := _playing(state, name, attribute)):
        return playing
    if opening := _OPENINGS.get((state.domain, state.state)):
        return Answer(opening, {"device": name})
    if attribute not in _STATES:
        return Answer("unknown_value", {"device": name})
    if state.state in _SWITCHED:
        return Answer(_SWITCHED[state.state], {"device": name})
    words = _Words(hass, language)
    return Answer("is_state", {"device": name, "value": words.of_domain(state.domain, state.state)})


def _playing(state: State, name: str, attribute: str) -> Answer | None:
    """Tell what a player shows or plays, None when that was not asked."""
    if attribute not in {"state", "channel"}:
        return None
    if state.state in {"off", "standby"}:
        return Answer("is_off", {"device": name})
    title, artist = state.attributes.get("media_title"), state.attributes.get("media_artist")
    if channel := state.attributes.get("media_channel") or state.attributes.get("source"):
        key = "is_showing" if title and title != channel else "is_channel"
        return Answer(key, {"device": name, "value": channel, "title": title})
    if title and state.state in {"playing", "paused", "buffering"}:
        key = "is_paused" if state.state == "paused" else "is_playing"
        return Answer(key, {"device": name, "title": f"{artist} {title}" if artist else title})
    return Answer("is_silent", {"device": name}) if state.state == "idle" else None


def about_room(hass: HomeAssistant, area_id: str | None, attribute: str) -> Answer:
    """Answer "how warm is it" from the sensors of a room, or of the house when no room is meant."""
    found = _room_values(hass, area_id, _DEVICE_CLASSES.get(attribute, ()))
    if not found:
        return Answer("no_sensor", {})
    area = ar.async_get(hass).async_get_area(area_id) if area_id else None
    value = sum(found) / len(found)
    return Answer(f"room_{attribute}", {"room": area.name if area else "", "value": _plain(round(value, 1))})


def _room_values(hass: HomeAssistant, area_id: str | None, classes: tuple[str, ...]) -> list[float]:
    entities, devices = er.async_get(hass), dr.async_get(hass)
    found: list[float] = []
    for state in hass.states.async_all("sensor"):
        if state.attributes.get("device_class") not in classes:
            continue
        entity = entities.async_get(state.entity_id)
        if entity is None or entity.entity_category is not None:
            continue
        device = devices.async_get(entity.device_id) if entity.device_id else None
        where = entity.area_id or (device.area_id if device else None)
        if area_id is not None and where != area_id:
            continue
        try:
            found.append(float(state.state))
        except ValueError:
            continue
    return found


class _Words:
    """The words of states, as the frontend shows them."""

    def __init__(self, hass: HomeAssistant, language: str) -> None:
        self._hass = hass
        self.language = language

    def of_attribute(self, attribute: str, value: Value) -> str:
        """Return the translated word of one of our enum values."""
        translations = async_get_cached_translations(self._hass, self.language, "entity", DOMAIN)
        for platform in ("sensor", "select"):
            if word := translations.get(f"component.{DOMAIN}.entity.{platform}.{attribute}.state.{value}"):
                return word
        return str(value).replace("_", " ")

    def of_domain(self, domain: str, value: str) -> str:
        """Return the translated word of an entity's state."""
        translations = async_get_cached_translations(self._hass, self.language, "entity_component", domain)
        return translations.get(f"component.{domain}.entity_component._.state.{value}", value)


type _Reader = Callable[[View, str, _Words], Answer | None]


def _remaining(view: View, name: str, _words: _Words) -> Answer | None:
    finish, minutes = view.value(Attr.FINISH_TIME), view.value(Attr.REMAINING_TIME)
    if isinstance(finish, datetime):
        minutes = max(0, round((finish - dt_util.utcnow()).total_seconds() / _MINUTE))
    running = str(view.value(Attr.RUN_STATE) or "") not in NOT_RUNNING
    if not running or not isinstance(minutes, int | float) or minutes <= 0:
        return Answer("not_running", {"device": name})
    return Answer("time_left", {"device": name, "seconds": int(minutes) * _MINUTE})


def _number_of(key: str, *attributes: Attr) -> _Reader:
    def read(view: View, name: str, _words: _Words) -> Answer | None:
        value = view.value(*attributes)
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return Answer(key, {"device": name, "value": _plain(value)})

    return read


def _energy(view: View, name: str, _words: _Words) -> Answer | None:
    """Tell today's energy where the device counts days, else what its meter shows."""
    for attribute, key in ((Attr.ENERGY_TODAY, "energy_today"), (Attr.ENERGY, "energy_used")):
        value = view.value(attribute)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return Answer(key, {"device": name, "watt_hours": value})
    return None


def _word_of(key: str, *attributes: Attr) -> _Reader:
    def read(view: View, name: str, words: _Words) -> Answer | None:
        for attribute in attributes:
            value = view.value(attribute)
            if isinstance(value, str):
                return Answer(key, {"device": name, "value": words.of_attribute(attribute, value)})
        return None

    return read


def _door(view: View, name: str, _words: _Words) -> Answer | None:
    """Tell whether any door of a device is open: a refrigerator's doors are on its parts."""
    parts = view.device.parts
    values = [view.store.value((view.device.id, part, key)) for part in parts for key in (Attr.DOOR, Attr.OPEN)]
    known = [value for value in values if value is not None]
    if not known:
        return None
    opened = any(value is True or str(value).casefold() == "open" for value in known)
    return Answer("is_open" if opened else "is_closed", {"device": name})


def _flag(on: str, off: str, *attributes: Attr) -> _Reader:
    def read(view: View, name: str, _words: _Words) -> Answer | None:
        value = view.value(*attributes)
        if not isinstance(value, bool):
            return None
        return Answer(on if value else off, {"device": name})

    return read


def _function(name: str, *attributes: Attr) -> _Reader:
    """Return a reader of whether a function of a device is on, told by the name of the function."""
    read = _flag("function_on", "function_off", *attributes)

    def named(view: View, device: str, words: _Words) -> Answer | None:
        answer = read(view, device, words)
        return Answer(answer.key, {**answer.values, "function": name}) if answer else None

    return named


def _state(view: View, name: str, words: _Words) -> Answer | None:
    """Tell how a device is, by the first thing it knows of itself."""
    readers = (
        _notice,
        _LOCKED,
        _running,
        _door,
        _flag("is_on", "is_off", Attr.ON_OFF),
        _POSITION,
        _number_of("is_set_to", *_TEMPERATURES),
        _floor,
        _word_of("is_state", Attr.MODE, Attr.AIR_QUALITY),
    )
    return next((answer for reader in readers if (answer := reader(view, name, words))), None)


def _notice(view: View, name: str, words: _Words) -> Answer | None:
    """Tell what a notice board says, in its own words."""
    if view.device.type is not DeviceType.NOTICE_BOARD:
        return None
    told = view.value(Attr.PARKING, Attr.PACKAGE, Attr.VISITOR)
    if not told:
        return Answer("no_news", {"device": name})
    foreign = words.language == "en" and detect_language(str(told)) == "ko"
    return Answer("news_in_korean", {"device": name, "value": told}) if foreign else Answer(SAID, {"text": told})


def _floor(view: View, name: str, _words: _Words) -> Answer | None:
    floor = view.value(Attr.FLOOR)
    return Answer("is_floor", {"device": name, "value": floor}) if floor else None


def _running(view: View, name: str, words: _Words) -> Answer | None:
    state = view.value(Attr.RUN_STATE)
    if not isinstance(state, str):
        return None
    left = _remaining(view, name, words)
    if left and left.key == "time_left":
        return Answer("is_running", {**left.values, "state": words.of_attribute(Attr.RUN_STATE, state)})
    return Answer("is_state", {"device": name, "value": words.of_attribute(Attr.RUN_STATE, state)})


def _plain(value: float) -> str:
    return f"{value:g}"


NOT_RUNNING: Final = frozenset({"", "power_off", "initial", "end", "sleep", "error", "standby", "charging"})
_TEMPERATURES: Final = (Attr.TARGET_TEMPERATURE, Attr.HOT_WATER_TARGET_TEMPERATURE)
_DUST: Final = _number_of("is_pm25", Attr.PM2_5)
_LOCKED: Final = _flag("is_locked", "is_unlocked", Attr.LOCKED)
_POSITION: Final = _number_of("is_position", Attr.POSITION)
_READERS: Final[Mapping[str, _Reader]] = {
    "remaining_time": _remaining,
    "temperature": _number_of(
        "is_degrees", Attr.CURRENT_TEMPERATURE, Attr.ROOM_AIR_CURRENT_TEMPERATURE, *_TEMPERATURES
    ),
    "target_temperature": _number_of("is_set_to", *_TEMPERATURES),
    "humidity": _number_of("is_percent", Attr.CURRENT_HUMIDITY, Attr.TARGET_HUMIDITY),
    "battery": lambda view, name, words: (
        _number_of("battery_left", Attr.BATTERY)(view, name, words)
        or _word_of("is_state", Attr.BATTERY_LEVEL)(view, name, words)
    ),
    "air_quality": lambda view, name, words: (
        _word_of("is_air_quality", Attr.TOTAL_POLLUTION_LEVEL, Attr.AIR_QUALITY)(view, name, words)
        or _DUST(view, name, words)
    ),
    "pm25": _DUST,
    "fan_speed": lambda view, name, words: (
        _word_of("is_fan_speed", Attr.FAN_SPEED, Attr.HOOD_FAN_SPEED)(view, name, words)
        or _number_of("is_fan_speed", Attr.FAN_SPEED, Attr.FAN_STEP)(view, name, words)
        or _word_of("is_fan_speed", Attr.FAN_SPEED_DETAIL)(view, name, words)
    ),
    "filter": _number_of(
        "filter_left", Attr.FILTER_REMAINING, Attr.FRESH_AIR_FILTER_REMAINING, Attr.WATER_FILTER_1_REMAINING
    ),
    "energy": _energy,
    "door": lambda view, name, words: _door(view, name, words) or _POSITION(view, name, words),
    "lock": _LOCKED,
    "express_cool": _function("express_cool", Attr.EXPRESS_FRIDGE, Attr.EXPRESS_MODE),
    "express_freeze": _function("express_freeze", Attr.RAPID_FREEZE, Attr.EXPRESS_MODE),
}
_STATES: Final = frozenset({"state", "channel", "door", "lock"})
"""Attributes of which an entity's state itself tells."""
_SWITCHED: Final = {"on": "is_on", "off": "is_off"}
_OPENINGS: Final = {
    # Of binary sensors only doors, windows and their like are asked about.
    ("binary_sensor", "on"): "is_open",
    ("binary_sensor", "off"): "is_closed",
    ("cover", "open"): "is_open",
    ("cover", "closed"): "is_closed",
    ("lock", "locked"): "is_locked",
    ("lock", "open"): "is_unlocked",
    ("lock", "unlocked"): "is_unlocked",
}
_ENTITY_ATTRIBUTES: Final = {
    "temperature": ("current_temperature", "temperature"),
    "target_temperature": ("temperature",),
    "humidity": ("current_humidity", "humidity"),
    "battery": ("battery_level",),
}
_ENTITY_ANSWERS: Final = {
    "temperature": "is_degrees",
    "target_temperature": "is_set_to",
    "humidity": "is_percent",
    "battery": "battery_left",
}
_DEVICE_CLASSES: Final[Mapping[str, tuple[str, ...]]] = {
    "temperature": ("temperature",),
    "humidity": ("humidity",),
    "pm25": ("pm25",),
    "air_quality": ("pm25",),
    "energy": ("energy",),
}
