"""Speakers and the set-top box: what a person does in Home Assistant, and what happens in the flat."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

from homeassistant.components.media_player import (
    BrowseError,
    BrowseMedia,
    MediaPlayerState,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import DATA_COMPONENT as PLAYERS
from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from .cloud_house import CloudHouse
from .genie_flat import genie_flat, until, virtual

pytestmark = pytest.mark.usefixtures("socket_enabled")


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with genie_flat(hass) as made:
        yield made


@pytest.fixture
def speaker(house: CloudHouse) -> str:
    return house.entity_id("media_player", "거실 기가지니", "speaker")


@pytest.fixture
def box(house: CloudHouse) -> str:
    return house.entity_id("media_player", "지니 TV", "set_top_box")


def tuned_to(number: int) -> Callable[[State], bool]:
    return lambda state: bool(state.attributes["channel_number"] == number)


async def listed(house: CloudHouse, box: str) -> None:
    """Wait for the channel map."""
    await house.until(box, lambda state: bool(state.attributes.get("source_list")))


async def test_music_from_start_to_stop(house: CloudHouse, speaker: str) -> None:
    assert house.state(speaker).state == MediaPlayerState.IDLE
    await house.call(
        "media_player.play_media", speaker, media_content_type="playlist", media_content_id="playlist:pl-top"
    )
    state = await house.until_state(speaker, MediaPlayerState.PLAYING)
    first = state.attributes["media_title"]
    assert state.attributes["media_artist"]
    assert state.attributes["media_duration"] > 0
    assert state.attributes["media_content_type"] == "music"
    await house.call("media_player.media_next_track", speaker)
    await house.until(speaker, lambda state: state.attributes["media_title"] != first)
    await house.call("media_player.media_previous_track", speaker)
    await house.until(speaker, lambda state: state.attributes["media_title"] == first)
    await house.call("media_player.media_seek", speaker, seek_position=42)
    await house.until(speaker, lambda state: state.attributes["media_position"] == 42)
    await house.call("media_player.media_pause", speaker)
    await house.until_state(speaker, MediaPlayerState.PAUSED)
    await house.call("media_player.media_play", speaker)
    await house.until_state(speaker, MediaPlayerState.PLAYING)
    await house.call("media_player.shuffle_set", speaker, shuffle=True)
    await house.call("media_player.repeat_set", speaker, repeat="all")
    await house.until(speaker, lambda state: state.attributes["repeat"] == "all" and state.attributes["shuffle"])
    await house.call("media_player.media_stop", speaker)
    await house.until_state(speaker, MediaPlayerState.IDLE)
    assert virtual(house, "sp-living")["media"]["status"] == "stopped"


async def test_volume(house: CloudHouse, speaker: str) -> None:
    await house.call("media_player.volume_set", speaker, volume_level=0.5)
    await house.until(speaker, lambda state: state.attributes["volume_level"] == 0.5)
    await house.call("media_player.volume_up", speaker)
    await house.call("media_player.volume_down", speaker)
    await house.call("media_player.volume_down", speaker)
    await house.until(speaker, lambda state: state.attributes["volume_level"] == 0.45)
    await house.call("media_player.volume_mute", speaker, is_volume_muted=True)
    await house.until(speaker, lambda state: state.attributes["is_volume_muted"] is True)
    assert virtual(house, "sp-living")["muted"] is True


async def test_an_announcement_is_spoken(house: CloudHouse, speaker: str) -> None:
    await house.call(
        "media_player.play_media",
        speaker,
        media_content_type="music",
        media_content_id="빨래가 끝났어요.",
        announce=True,
    )
    await until(lambda: virtual(house, "sp-living")["speaking"])


async def test_text_to_speech_is_spoken_by_the_speakers_own_voice(house: CloudHouse, speaker: str) -> None:
    media = "media-source://tts/tts.any?message=%EC%95%88%EB%85%95&language=ko"
    await house.call("media_player.play_media", speaker, media_content_type="provider", media_content_id=media)
    await until(lambda: virtual(house, "sp-living")["speaking"])


@pytest.mark.parametrize("announce", [True, False])
@pytest.mark.parametrize(
    "media", ["http://example.com/a.mp3", "https://example.com/a.mp3", "media-source://media/a.mp3"]
)
async def test_foreign_sound_is_refused_in_words(house: CloudHouse, speaker: str, media: str, announce: bool) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await house.call(
            "media_player.play_media", speaker, media_content_type="music", media_content_id=media, announce=announce
        )
    assert caught.value.translation_key == "not_supported"
    assert not virtual(house, "sp-living")["speaking"]


async def test_speaking_by_notify(house: CloudHouse) -> None:
    notify = house.entity_id("notify", "안방 기가지니", "speak")
    await house.call("notify.send_message", notify, message="저녁 드세요.", title="주방")
    await until(lambda: virtual(house, "sp-bedroom")["speaking"])


async def test_a_muted_speaker_refuses_to_speak(house: CloudHouse, speaker: str) -> None:
    await house.call("media_player.volume_mute", speaker, is_volume_muted=True)
    await house.until(speaker, lambda state: state.attributes["is_volume_muted"] is True)
    notify = house.entity_id("notify", "거실 기가지니", "speak")
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("notify.send_message", notify, message="들려요?")
    assert caught.value.translation_key == "speaker_muted"


async def browse(hass: HomeAssistant, entity_id: str, *place: str) -> BrowseMedia:
    player = hass.data[PLAYERS].get_entity(entity_id)
    assert player is not None
    return await player.async_browse_media(*place)


async def test_browsing_and_searching_music(hass: HomeAssistant, house: CloudHouse, speaker: str) -> None:
    top = await browse(hass, speaker)
    assert top.children
    playlist = top.children[0]
    assert playlist.can_expand
    assert playlist.can_play
    songs = await browse(hass, speaker, str(playlist.media_content_type), playlist.media_content_id)
    assert songs.title == playlist.title
    assert songs.children
    assert songs.children[0].media_content_id.startswith("track:")
    player = hass.data[PLAYERS].get_entity(speaker)
    assert player is not None
    found = await player.async_search_media(SearchMediaQuery(search_query="자장가"))
    assert found.result
    await house.call(
        "media_player.play_media",
        speaker,
        media_content_type="music",
        media_content_id=found.result[0].media_content_id,
    )
    await house.until_state(speaker, MediaPlayerState.PLAYING)


async def test_music_that_cannot_be_had(house: CloudHouse, speaker: str) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("media_player.play_media", speaker, media_content_type="music", media_content_id="track:none")
    assert caught.value.translation_key == "not_found"
    await house.control("music_link", linked=False)
    with pytest.raises(HomeAssistantError) as refused:
        await house.call("media_player.play_media", speaker, media_content_type="music", media_content_id="자장가")
    assert refused.value.translation_key == "login_required"


async def test_power_is_guarded(house: CloudHouse, box: str) -> None:
    await house.call("media_player.turn_on", box)
    assert virtual(house, "stb-living")["on"] is True
    await house.call("media_player.turn_off", box)
    await house.until_state(box, MediaPlayerState.OFF)
    await house.call("media_player.turn_off", box)
    assert virtual(house, "stb-living")["on"] is False
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id="9")
    assert caught.value.translation_key == "powered_off"
    await house.call("media_player.turn_on", box)
    await house.until_state(box, MediaPlayerState.PLAYING)
    await house.control("stb_power", power="standby")
    await house.until_state(box, MediaPlayerState.STANDBY)


async def test_channels_by_number_name_and_alias(house: CloudHouse, box: str) -> None:
    await listed(house, box)
    for wanted, number in (("9", 9), ("SBS", 5), ("에스비에스", 5), ("kbs 2", 7), ("채널 11번", 11)):
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id=wanted)
        state = await house.until(box, tuned_to(number))
        assert state.attributes["media_channel"]
        assert state.attributes["programme"]
        assert state.attributes["programme_start"] < state.attributes["programme_end"]
    await house.call("media_player.media_next_track", box)
    await house.until(box, lambda state: state.attributes["channel_number"] != 11)
    await house.call("media_player.media_previous_track", box)
    await house.until(box, lambda state: state.attributes["channel_number"] == 11)


async def test_the_channel_watched_before_is_remembered(house: CloudHouse, box: str) -> None:
    for number in (11, 9, 9):
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id=str(number))
        await house.until(box, tuned_to(number))
    assert house.state(box).attributes["previous_channel"] == 11


async def test_a_channel_that_was_never_reached_is_not_remembered(house: CloudHouse, box: str) -> None:
    for number in (11, 9):
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id=str(number))
        await house.until(box, tuned_to(number))
    with pytest.raises(HomeAssistantError):
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id="998")
    assert house.state(box).attributes["channel_number"] == 9
    assert house.state(box).attributes["previous_channel"] == 11


async def test_an_ambiguous_channel_is_refused_with_the_candidates(house: CloudHouse, box: str) -> None:
    await listed(house, box)
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id="애니")
    assert caught.value.translation_key == "ambiguous"
    placeholders = caught.value.translation_placeholders
    assert placeholders
    assert "애니맥스 (133)" in placeholders["candidates"]


@pytest.mark.parametrize("wanted", ["없는 방송", "998"])
async def test_a_channel_that_is_not_there(house: CloudHouse, box: str, wanted: str) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("media_player.play_media", box, media_content_type="channel", media_content_id=wanted)
    assert caught.value.translation_key in {"not_found", "out_of_range"}


async def test_sources_are_favourites_and_apps(house: CloudHouse, box: str) -> None:
    await listed(house, box)
    sources = house.state(box).attributes["source_list"]
    assert "Netflix" in sources
    await house.call("media_player.select_source", box, source="Netflix")
    state = await house.until(box, lambda state: state.attributes.get("app_id") == "netflix")
    assert (state.attributes["app_name"], state.attributes["source"]) == ("Netflix", "Netflix")
    await house.call("media_player.select_source", box, source=sources[0])
    state = await house.until(box, lambda state: "app_id" not in state.attributes)
    assert state.attributes["source"] == sources[0]
    await house.call("media_player.play_media", box, media_content_type="app", media_content_id="넷플릭스")
    await house.until(box, lambda state: state.attributes.get("app_id") == "netflix")


async def test_videos(house: CloudHouse, box: str) -> None:
    session = house.entry.runtime_data.coordinator.session_of("genie_stb-living")
    videos = (await session.async_query("videos", {"device": "stb-living", "query": "바다"}))["videos"]
    await house.call(
        "media_player.play_media", box, media_content_type="video", media_content_id=f"vod:{videos[0]['vodId']}"
    )
    state = await house.until(box, lambda state: state.attributes.get("media_title") == videos[0]["title"])
    assert state.attributes["media_content_type"] == "video"
    await house.call("media_player.media_pause", box)
    await house.until_state(box, MediaPlayerState.PAUSED)


async def test_what_a_box_cannot_play(house: CloudHouse, box: str) -> None:
    with pytest.raises(ServiceValidationError) as caught:
        await house.call("media_player.play_media", box, media_content_type="music", media_content_id="노래")
    assert caught.value.translation_key == "not_supported"


@pytest.mark.parametrize(("language", "folders"), [("ko", ["채널", "앱"]), ("de", ["Channels", "Apps"])])
async def test_browsing_the_box(
    hass: HomeAssistant, house: CloudHouse, box: str, language: str, folders: list[str]
) -> None:
    hass.config.language = language
    top = await browse(hass, box)
    assert top.children
    assert [folder.title for folder in top.children] == folders
    channels, apps = top.children
    assert channels.children
    assert apps.children
    assert len(channels.children) > 100


async def test_a_channel_map_that_does_not_come_is_asked_for_again(hass: HomeAssistant) -> None:
    async with genie_flat(hass) as house:
        box = house.entity_id("media_player", "지니 TV", "set_top_box")
        await listed(house, box)
        player: Any = hass.data[PLAYERS].get_entity(box)
        assert player is not None
        path = "/genie/v1/iptv/stb-living/channels"
        await house.control("fault", name="http_status", match={"path": path}, data={"status": 500})
        with pytest.raises(HomeAssistantError):
            await player.async_get_channels()
        await house.control("clear_faults")
        assert (await player.async_get_channels())["channels"]


async def test_the_remotes_keys(house: CloudHouse, box: str) -> None:
    remote = house.entity_id("remote", "지니 TV", "remote")
    await house.until_state(remote, "on")
    await house.call("media_player.play_media", box, media_content_type="channel", media_content_id="9")
    await house.until(box, lambda state: state.attributes["channel_number"] == 9)
    await house.call("remote.send_command", remote, command=["volume_up", "volume_up"], num_repeats=2, delay_secs=0)
    await house.until(box, lambda state: state.attributes["volume_level"] == 0.24)
    await house.call("remote.send_command", remote, command=[1, 1], delay_secs=0)
    await house.pass_time(3)
    await house.until(box, lambda state: state.attributes["channel_number"] == 11)
    with pytest.raises(ServiceValidationError):
        await house.call("remote.send_command", remote, command=["self_destruct"])
    await house.call("remote.turn_off", remote)
    await house.until_state(remote, "off")
    await house.call("remote.turn_on", remote)
    await house.until_state(remote, "on")


async def test_browsing_what_is_not_there(hass: HomeAssistant, house: CloudHouse, speaker: str) -> None:
    with pytest.raises((BrowseError, HomeAssistantError)):
        await browse(hass, speaker, "playlist", "playlist:none")
