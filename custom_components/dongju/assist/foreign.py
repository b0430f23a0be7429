"""Frames into Home Assistant actions, for media players of ours and for everything other integrations have."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.core import Context, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event

from ..const import DOMAIN
from ..model.errors import DeviceError, DeviceGoneError, DeviceOfflineError, HubError, NotSupportedError
from ..voice.frames import Frame

type Call = tuple[str, str, dict[str, Any]]
"""Domain, service, data."""

type Maker = Callable[[State, Frame], Call]

_OFF: Final = frozenset({"off", "standby"})
_WAKING_S: Final = 5.0
_WATCHING: Final = frozenset(
    {"set_channel", "channel_up", "channel_down", "channel_previous", "launch_app", "set_input", "play_video"}
)
_POPULAR: Final = "노래"  # Genie Music answers "songs" with its popular ones
_UP: Final = frozenset({"up", "more"})
_VOLUME_STEP: Final = 0.1
_POSITION_STEP: Final = 25


async def async_act(hass: HomeAssistant, entity_id: str, frame: Frame, context: Context) -> None:
    """Do what a frame asks of an entity; raise HubError when it cannot be done."""
    state = hass.states.get(entity_id)
    if state is None:
        raise DeviceGoneError(entity_id)
    if state.state == "unavailable":
        raise DeviceOfflineError(entity_id)
    if state.domain == "media_player" and state.state in _OFF and frame.action in _WATCHING:
        state = await _async_switched_on(hass, state, context)
    domain, service, data = call_for(state, _with_music(hass, state, frame))
    if not hass.services.has_service(domain, service):
        raise NotSupportedError(f"{domain}.{service}")
    try:
        await hass.services.async_call(
            domain, service, {"entity_id": entity_id, **data}, blocking=True, context=context
        )
    except ServiceValidationError as err:
        raise _reason(err, frame) from err
    except HomeAssistantError as err:
        raise DeviceError(str(err)) from err
    except ValueError as err:  # a schema that refuses the data
        raise NotSupportedError(frame.action) from err


async def _async_switched_on(hass: HomeAssistant, state: State, context: Context) -> State:
    """Switch a television on before it is told what to show, and wait until it is on for as long as that is swift."""
    is_on = asyncio.Event()

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if new is not None and new.state not in _OFF:
            is_on.set()

    stop = async_track_state_change_event(hass, state.entity_id, changed)
    try:
        await async_act(hass, state.entity_id, Frame(action="turn_on"), context)
        async with asyncio.timeout(_WAKING_S):
            await is_on.wait()
    except TimeoutError:
        pass  # what is told to it next says what is wrong
    finally:
        stop()
    return hass.states.get(state.entity_id) or state


def _with_music(hass: HomeAssistant, state: State, frame: Frame) -> Frame:
    """Return what to play where only "some music" is asked of a Genie speaker that has nothing to go on with."""
    if frame.action != "play_music" or frame.artist or frame.title or frame.genre or state.state == "paused":
        return frame
    entity = er.async_get(hass).async_get(state.entity_id)
    return replace(frame, title=_POPULAR) if entity is not None and entity.platform == DOMAIN else frame


def call_for(state: State, frame: Frame) -> Call:
    """Return the action that does what a frame asks of an entity; raise NotSupportedError."""
    anything = None if state.domain in _ONLY_TOLD else _ANY.get(frame.action)
    maker = _CALLS.get((state.domain, frame.action)) or anything
    if maker is None:
        raise NotSupportedError(f"{state.domain}: {frame.action}")
    return maker(state, frame)


def _reason(err: ServiceValidationError, frame: Frame) -> HubError:
    """Return the hub's error behind a translated one of ours, so that it is spoken as what it is."""
    error = _SPOKEN.get(err.translation_key or "", NotSupportedError)
    return error(frame.action, **(err.translation_placeholders or {}))


def _subclasses(base: type[HubError]) -> tuple[type[HubError], ...]:
    found: list[type[HubError]] = []
    for cls in base.__subclasses__():
        found += [cls, *_subclasses(cls)]
    return tuple(found)


_SPOKEN: Final = {error.key: error for error in _subclasses(DeviceError)}


def _plain(service: str, domain: str | None = None, **data: Any) -> Maker:
    return lambda state, _frame: (domain or state.domain, service, dict(data))


def _number(frame: Frame) -> float:
    if isinstance(frame.value, bool) or not isinstance(frame.value, int | float):
        raise NotSupportedError(frame.action)
    return frame.value


def _position(state: State, frame: Frame) -> float:
    """Return where a cover is to go, a little further than it stands where only a direction was said."""
    if not isinstance(frame.value, str):
        return _number(frame)
    current = state.attributes.get("current_position")
    if not isinstance(current, int | float):
        raise NotSupportedError(frame.action)
    return min(100, current + _POSITION_STEP) if frame.value in _UP else max(0, current - _POSITION_STEP)


def _set_temperature(state: State, frame: Frame) -> Call:
    return state.domain, "set_temperature", {"temperature": _number(frame)}


def _adjust_temperature(state: State, frame: Frame) -> Call:
    current = state.attributes.get("temperature")
    if not isinstance(current, int | float):
        raise NotSupportedError(frame.action)
    step = state.attributes.get("target_temp_step") or 1
    by = frame.value if isinstance(frame.value, int | float) else step if frame.value in _UP else -step
    return state.domain, "set_temperature", {"temperature": current + by}


def _option(state: State, frame: Frame, attribute: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """Return the entity's own word for a value."""
    options = state.attributes.get(attribute) or ()
    wanted = str(frame.value)
    for word in words.get(wanted, (wanted,)):
        if word in options:
            return word
    raise NotSupportedError(wanted)


def _climate_mode(state: State, frame: Frame) -> Call:
    try:
        mode = _option(state, frame, "hvac_modes", _HVAC_WORDS)
    except NotSupportedError:
        return "climate", "set_preset_mode", {"preset_mode": _option(state, frame, "preset_modes", {})}
    return "climate", "set_hvac_mode", {"hvac_mode": mode}


def _climate_fan(state: State, frame: Frame) -> Call:
    return "climate", "set_fan_mode", {"fan_mode": _option(state, frame, "fan_modes", _SPEED_WORDS)}


def _fan_speed(state: State, frame: Frame) -> Call:
    if frame.value in {"up", "down"}:
        return "fan", f"{'in' if frame.value == 'up' else 'de'}crease_speed", {}
    if frame.value == "auto":
        return "fan", "set_preset_mode", {"preset_mode": _option(state, frame, "preset_modes", {})}
    if (percentage := _PERCENTAGES.get(str(frame.value))) is None:
        raise NotSupportedError(str(frame.value))
    return "fan", "set_percentage", {"percentage": percentage}


def _brightness(_state: State, frame: Frame) -> Call:
    if isinstance(frame.value, str):
        return "light", "turn_on", {"brightness_step_pct": 20 if frame.value in _UP else -20}
    return "light", "turn_on", {"brightness_pct": _number(frame)}


def _color(state: State, frame: Frame) -> Call:
    modes = set(state.attributes.get("supported_color_modes") or ())
    if frame.value in _WHITES and modes & {"color_temp", "rgbww", "rgbw", "white"}:
        return "light", "turn_on", {"color_temp_kelvin": _WHITES[str(frame.value)]}
    if not modes & {"hs", "rgb", "rgbw", "rgbww", "xy"}:
        raise NotSupportedError(frame.action)
    return "light", "turn_on", {"color_name": str(frame.value)}


def _volume(_state: State, frame: Frame) -> Call:
    return "media_player", "volume_set", {"volume_level": max(0.0, min(1.0, _number(frame) / 100))}


def _volume_step(*, up: bool) -> Maker:
    def make(state: State, frame: Frame) -> Call:
        level = state.attributes.get("volume_level")
        if not isinstance(level, int | float):
            return "media_player", "volume_up" if up else "volume_down", {}
        size = frame.value / 100 if isinstance(frame.value, int | float) else _VOLUME_STEP
        moved = level + (size if up else -size)
        return "media_player", "volume_set", {"volume_level": round(max(0.0, min(1.0, moved)), 2)}

    return make


def _channel(_state: State, frame: Frame) -> Call:
    if frame.value is None:
        raise NotSupportedError(frame.action)
    return "media_player", "play_media", {"media_content_type": "channel", "media_content_id": str(frame.value)}


def _previous_channel(state: State, frame: Frame) -> Call:
    """Tune to the channel watched before, where the player tells it (ours does)."""
    if (number := state.attributes.get("previous_channel")) is None:
        raise NotSupportedError(frame.action)
    return "media_player", "play_media", {"media_content_type": "channel", "media_content_id": str(number)}


def _app(state: State, frame: Frame) -> Call:
    """Open an app by the id that voice knows, or by the name the television lists it under."""
    wanted = str(frame.value or frame.app).replace("_", "").casefold()
    for source in state.attributes.get("source_list") or ():
        if wanted == "".join(filter(str.isalnum, str(source))).casefold():
            return "media_player", "select_source", {"source": source}
    return (
        "media_player",
        "play_media",
        {"media_content_type": "app", "media_content_id": str(frame.value or frame.app)},
    )


def _input(_state: State, frame: Frame) -> Call:
    return "media_player", "select_source", {"source": str(frame.value)}


def _music(_state: State, frame: Frame) -> Call:
    words = " ".join(str(word) for word in (frame.artist, frame.title, frame.genre) if word)
    if not words:
        return "media_player", "media_play", {}
    return "media_player", "play_media", {"media_content_type": "music", "media_content_id": f"query:{words}"}


_HVAC_WORDS: Final[Mapping[str, tuple[str, ...]]] = {"auto": ("auto", "heat_cool")}
_SPEED_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "medium": ("medium", "middle", "mid"),
    "turbo": ("turbo", "power", "high"),
}
_PERCENTAGES: Final = {"low": 33, "medium": 66, "high": 100, "turbo": 100}
_WHITES: Final = {"warm_white": 2700, "white": 4000, "cool_white": 6500, "daylight": 6500}

_ONLY_TOLD: Final = frozenset({"binary_sensor"})
_ANY: Final[Mapping[str, Maker]] = {
    "turn_on": _plain("turn_on", "homeassistant"),
    "turn_off": _plain("turn_off", "homeassistant"),
    "start": _plain("turn_on", "homeassistant"),
    "stop": _plain("turn_off", "homeassistant"),
}
_CALLS: Final[Mapping[tuple[str, str], Maker]] = {
    ("climate", "turn_on"): _plain("turn_on"),
    ("climate", "turn_off"): _plain("turn_off"),
    ("climate", "set_temperature"): _set_temperature,
    ("climate", "adjust_temperature"): _adjust_temperature,
    ("climate", "set_mode"): _climate_mode,
    ("climate", "set_fan_speed"): _climate_fan,
    ("water_heater", "set_temperature"): _set_temperature,
    ("water_heater", "adjust_temperature"): _adjust_temperature,
    ("cover", "open"): _plain("open_cover"),
    ("cover", "close"): _plain("close_cover"),
    ("cover", "stop"): _plain("stop_cover"),
    ("cover", "set_position"): lambda state, frame: (
        "cover",
        "set_cover_position",
        {"position": _position(state, frame)},
    ),
    ("fan", "set_fan_speed"): _fan_speed,
    ("fan", "set_mode"): lambda state, frame: (
        "fan",
        "set_preset_mode",
        {"preset_mode": _option(state, frame, "preset_modes", {})},
    ),
    ("humidifier", "set_humidity"): lambda _state, frame: ("humidifier", "set_humidity", {"humidity": _number(frame)}),
    ("humidifier", "set_mode"): lambda state, frame: (
        "humidifier",
        "set_mode",
        {"mode": _option(state, frame, "available_modes", {})},
    ),
    ("light", "set_brightness"): _brightness,
    ("light", "set_color"): _color,
    ("lock", "lock"): _plain("lock"),
    ("vacuum", "start"): _plain("start"),
    ("vacuum", "turn_on"): _plain("start"),
    ("vacuum", "resume"): _plain("start"),
    ("vacuum", "pause"): _plain("pause"),
    ("vacuum", "stop"): _plain("stop"),
    ("vacuum", "turn_off"): _plain("return_to_base"),
    ("vacuum", "dock"): _plain("return_to_base"),
    ("valve", "close"): _plain("close_valve"),
    ("valve", "turn_off"): _plain("close_valve"),
    ("media_player", "turn_on"): _plain("turn_on"),
    ("media_player", "turn_off"): _plain("turn_off"),
    ("media_player", "set_volume"): _volume,
    ("media_player", "volume_up"): _volume_step(up=True),
    ("media_player", "volume_down"): _volume_step(up=False),
    ("media_player", "mute"): _plain("volume_mute", is_volume_muted=True),
    ("media_player", "unmute"): _plain("volume_mute", is_volume_muted=False),
    ("media_player", "set_channel"): _channel,
    ("media_player", "channel_up"): _plain("media_next_track"),
    ("media_player", "channel_down"): _plain("media_previous_track"),
    ("media_player", "channel_previous"): _previous_channel,
    ("media_player", "launch_app"): _app,
    ("media_player", "set_input"): _input,
    ("media_player", "play_music"): _music,
    ("media_player", "media_pause"): _plain("media_pause"),
    ("media_player", "media_resume"): _plain("media_play"),
    ("media_player", "media_next"): _plain("media_next_track"),
    ("media_player", "media_previous"): _plain("media_previous_track"),
    ("media_player", "media_restart"): _plain("media_seek", seek_position=0),
    ("media_player", "set_repeat"): lambda _state, frame: ("media_player", "repeat_set", {"repeat": str(frame.value)}),
    ("media_player", "set_shuffle"): lambda _state, frame: (
        "media_player",
        "shuffle_set",
        {"shuffle": frame.value == "on"},
    ),
    ("media_player", "media_stop"): _plain("media_stop"),
    ("media_player", "stop"): _plain("media_stop"),
    ("media_player", "pause"): _plain("media_pause"),
    ("media_player", "resume"): _plain("media_play"),
    ("scene", "scene"): _plain("turn_on"),
    ("script", "scene"): _plain("turn_on"),
}
