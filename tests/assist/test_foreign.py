"""Frames into Home Assistant's actions, and the errors behind failed ones."""

# ruff: noqa: E501 - a table reads best with a row a line

from typing import Any

from homeassistant.core import Context, HomeAssistant, ServiceCall, State, SupportsResponse
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.dongju.assist import foreign, policy
from custom_components.dongju.model import errors
from custom_components.dongju.voice.frames import Frame

CLIMATE = {
    "hvac_modes": ["cool", "heat_cool"],
    "fan_modes": ["low", "middle"],
    "preset_modes": ["eco"],
    "temperature": 24,
}
FAN = {"preset_modes": ["auto", "nature"]}
COLOR = {"supported_color_modes": ["rgb", "color_temp"]}
TV = {"source_list": ["KBS1", "Disney+"], "volume_level": 0.3}
HUMIDIFIER = {"available_modes": ["sleep"]}


@pytest.mark.parametrize(
    ("entity", "attributes", "frame", "call"),
    [
        ("climate.a", CLIMATE, Frame(action="set_temperature", value=22), ("climate", "set_temperature", {"temperature": 22})),
        ("climate.a", CLIMATE, Frame(action="adjust_temperature", value="up"), ("climate", "set_temperature", {"temperature": 25})),
        ("climate.a", CLIMATE, Frame(action="adjust_temperature", value=-2), ("climate", "set_temperature", {"temperature": 22})),
        ("climate.a", CLIMATE, Frame(action="set_mode", value="auto"), ("climate", "set_hvac_mode", {"hvac_mode": "heat_cool"})),
        ("climate.a", CLIMATE, Frame(action="set_mode", value="eco"), ("climate", "set_preset_mode", {"preset_mode": "eco"})),
        ("climate.a", CLIMATE, Frame(action="set_fan_speed", value="medium"), ("climate", "set_fan_mode", {"fan_mode": "middle"})),
        ("fan.a", FAN, Frame(action="set_fan_speed", value="up"), ("fan", "increase_speed", {})),
        ("fan.a", FAN, Frame(action="set_fan_speed", value="auto"), ("fan", "set_preset_mode", {"preset_mode": "auto"})),
        ("fan.a", FAN, Frame(action="set_fan_speed", value="high"), ("fan", "set_percentage", {"percentage": 100})),
        ("fan.a", FAN, Frame(action="set_mode", value="nature"), ("fan", "set_preset_mode", {"preset_mode": "nature"})),
        ("light.a", {}, Frame(action="set_brightness", value=40), ("light", "turn_on", {"brightness_pct": 40})),
        ("light.a", {}, Frame(action="set_brightness", value="down"), ("light", "turn_on", {"brightness_step_pct": -20})),
        ("light.a", COLOR, Frame(action="set_color", value="red"), ("light", "turn_on", {"color_name": "red"})),
        ("light.a", COLOR, Frame(action="set_color", value="warm_white"), ("light", "turn_on", {"color_temp_kelvin": 2700})),
        ("humidifier.a", HUMIDIFIER, Frame(action="set_humidity", value=50), ("humidifier", "set_humidity", {"humidity": 50})),
        ("humidifier.a", HUMIDIFIER, Frame(action="set_mode", value="sleep"), ("humidifier", "set_mode", {"mode": "sleep"})),
        ("media_player.a", TV, Frame(action="set_volume", value=20), ("media_player", "volume_set", {"volume_level": 0.2})),
        ("media_player.a", TV, Frame(action="volume_up"), ("media_player", "volume_set", {"volume_level": 0.4})),
        ("media_player.a", TV, Frame(action="volume_down", value=5), ("media_player", "volume_set", {"volume_level": 0.25})),
        ("media_player.a", {}, Frame(action="volume_down"), ("media_player", "volume_down", {})),
        ("media_player.a", TV, Frame(action="launch_app", value="disney"), ("media_player", "select_source", {"source": "Disney+"})),
        ("media_player.a", TV, Frame(action="set_input", value="HDMI1"), ("media_player", "select_source", {"source": "HDMI1"})),
        ("media_player.a", TV, Frame(action="play_music"), ("media_player", "media_play", {})),
        ("cover.a", {}, Frame(action="set_position", value=30), ("cover", "set_cover_position", {"position": 30})),
        ("cover.a", {"current_position": 90}, Frame(action="set_position", value="up"), ("cover", "set_cover_position", {"position": 100})),
        ("cover.a", {"current_position": 90}, Frame(action="set_position", value="down"), ("cover", "set_cover_position", {"position": 65})),
        ("switch.a", {}, Frame(action="start"), ("homeassistant", "turn_on", {})),
        ("vacuum.a", {}, Frame(action="turn_off"), ("vacuum", "return_to_base", {})),
        ("valve.a", {}, Frame(action="close"), ("valve", "close_valve", {})),
    ],
)  # fmt: skip
def test_a_frame_becomes_an_action(entity: str, attributes: dict[str, Any], frame: Frame, call: foreign.Call) -> None:
    assert foreign.call_for(State(entity, "on", attributes), frame) == call


def test_an_app_nobody_lists_is_asked_for_by_its_id() -> None:
    call = foreign.call_for(State("media_player.a", "on", TV), Frame(action="launch_app", value="wavve"))
    assert call == ("media_player", "play_media", {"media_content_type": "app", "media_content_id": "wavve"})


@pytest.mark.parametrize(
    ("entity", "frame"),
    [
        ("light.a", Frame(action="dock")),
        ("binary_sensor.a", Frame(action="turn_on")),
        ("light.a", Frame(action="set_color", value="red")),
        ("light.a", Frame(action="set_brightness", value=None)),
        ("climate.a", Frame(action="adjust_temperature", value="up")),
        ("climate.a", Frame(action="set_mode", value="swim")),
        ("fan.a", Frame(action="set_fan_speed", value="gentle")),
        ("media_player.a", Frame(action="set_channel")),
    ],
)
def test_what_an_entity_cannot_do_is_refused(entity: str, frame: Frame) -> None:
    with pytest.raises(errors.NotSupportedError):
        foreign.call_for(State(entity, "on"), frame)


async def act(hass: HomeAssistant, raised: Exception | None) -> None:
    """Switch a light on whose service fails so."""

    async def turn_on(call: ServiceCall) -> None:
        if raised:
            raise raised

    hass.states.async_set("light.a", "off")
    hass.services.async_register("homeassistant", "turn_on", turn_on, supports_response=SupportsResponse.NONE)
    await foreign.async_act(hass, "light.a", Frame(action="turn_on"), Context())


@pytest.mark.parametrize(
    ("raised", "error"),
    [
        (ServiceValidationError(translation_domain="dongju", translation_key="remote_start_off"), errors.RemoteStartOffError),
        (ServiceValidationError("no"), errors.NotSupportedError),
        (HomeAssistantError("broken"), errors.DeviceError),
        (ValueError("bad data"), errors.NotSupportedError),
    ],
)  # fmt: skip
async def test_a_failed_action_is_said_as_what_it_is(
    hass: HomeAssistant, raised: Exception, error: type[errors.HubError]
) -> None:
    with pytest.raises(error):
        await act(hass, raised)


async def test_what_is_not_there_is_said(hass: HomeAssistant) -> None:
    with pytest.raises(errors.DeviceGoneError):
        await foreign.async_act(hass, "light.none", Frame(action="turn_on"), Context())
    hass.states.async_set("light.away", "unavailable")
    with pytest.raises(errors.DeviceOfflineError):
        await foreign.async_act(hass, "light.away", Frame(action="turn_on"), Context())
    hass.states.async_set("vacuum.a", "docked")
    with pytest.raises(errors.NotSupportedError):
        await foreign.async_act(hass, "vacuum.a", Frame(action="start"), Context())


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("door_lock", "unlock"),
        ("gas_valve", "open"),
        ("garage_door", "open"),
        ("security", "turn_on"),
        ("light", "disarm"),
    ],
)
def test_what_voice_never_does(kind: str, action: str) -> None:
    with pytest.raises(errors.VoiceForbiddenError):
        policy.check(Frame(action=action), kind)
    policy.check(Frame(action="close"), kind)
