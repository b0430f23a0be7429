"""Commands on the wire, and what they do in the virtual home; speaking in turn; safety."""

import asyncio
import contextlib

import pytest

from custom_components.dongju.model import errors
from custom_components.dongju.model.command import Command, Origin
from custom_components.dongju.vendors.genie import commands, speech
from custom_components.dongju.vendors.genie.errors import VoiceRevokedError

from .living import Living, until

LIGHT = "light-living"
SPEAKER = "sp-living"
BOX = "stb-living"


async def test_lights_heating_and_curtains(live: Living) -> None:
    await live.send(LIGHT, on_off=True, brightness=30, color_temperature=3000)
    await live.send("boiler-living", target_temperature=23.5)
    await live.send("curtain-living", position=50)
    await live.send("plug-living", standby_cut=True)
    await live.until_value(LIGHT, "brightness", 30)
    await live.until_value("boiler-living", "target_temperature", 23.5)
    await live.until_value("curtain-living", "moving", "closing")
    await live.until_value("plug-living", "standby_cut", True)
    assert live.virtual(LIGHT)["colorTempK"] == 3000


async def test_gas_closes_and_never_opens(live: Living) -> None:
    for origin in Origin:
        with pytest.raises(errors.UnsafeError):
            await live.send_with("gas-kitchen", origin=origin, pin="2580", open=True)
    await live.send("gas-kitchen", open=False)
    live.clock.advance(4)
    await live.until_value("gas-kitchen", "open", False)


async def test_a_lock_wants_its_pin(live: Living) -> None:
    with pytest.raises(errors.PinRequiredError):
        await live.send("lock-entrance", locked=False)
    with pytest.raises(errors.PinWrongError):
        await live.send_with("lock-entrance", pin="1111", locked=False)
    with pytest.raises(errors.VoiceForbiddenError):
        await live.send_with("lock-entrance", origin=Origin.VOICE, pin="2580", locked=False)
    assert live.virtual("lock-entrance")["locked"] is True
    await live.send_with("lock-entrance", pin="2580", locked=False)
    await live.until_value("lock-entrance", "locked", False)
    await live.send("lock-entrance", locked=True)
    await live.until_value("lock-entrance", "locked", True)


async def test_too_many_wrong_pins(live: Living) -> None:
    for _try in range(4):
        with pytest.raises(errors.PinWrongError):
            await live.send_with("lock-entrance", pin="1111", locked=False)
    for _try in range(2):
        with pytest.raises(errors.LockedOutError):
            await live.send_with("lock-entrance", pin="1111", locked=False)


async def test_the_entrance_opens_only_while_somebody_rings(live: Living) -> None:
    with pytest.raises(errors.WrongStateError):
        await live.send("entrance-common", entrance_open="open")
    await live.control("doorbell", deviceId="entrance-common")
    with pytest.raises(errors.VoiceForbiddenError):
        await live.send_with("entrance-common", origin=Origin.VOICE, pin=None, entrance_open="open")
    await live.send("entrance-common", entrance_open="open")
    live.clock.advance(2)
    await until(lambda: live.virtual("entrance-common")["opened"])


async def test_an_offline_device_refuses(live: Living) -> None:
    await live.control("offline", deviceId=LIGHT)
    await until(lambda: not live.available(LIGHT))
    with pytest.raises(errors.DeviceOfflineError):
        await live.send(LIGHT, on_off=False)


async def test_a_device_that_left_takes_no_command(live: Living) -> None:
    await live.control("remove_device", deviceId=LIGHT)
    await until(lambda: f"genie_{LIGHT}" not in live.store.devices)
    with pytest.raises(errors.DeviceGoneError):
        await live.send(LIGHT, on_off=False)


async def test_a_speakers_settings(live: Living) -> None:
    await live.send(SPEAKER, volume=42.0)
    await live.until_value(SPEAKER, "volume", 42)
    await live.send(SPEAKER, muted=True)
    await live.until_value(SPEAKER, "muted", True)
    await live.send(SPEAKER, wake_word="지니야")
    await live.until_value(SPEAKER, "wake_word", "지니야")
    await live.send(SPEAKER, voice="genie-2")
    await live.until_value(SPEAKER, "voice", "genie-2")
    await live.send(SPEAKER, microphone_muted=True)
    await live.until_value(SPEAKER, "microphone_muted", True)


async def test_music(live: Living) -> None:
    await live.send(SPEAKER, media="playlist:pl-top")
    await live.until_value(SPEAKER, "media_status", "playing")
    title = live.value(SPEAKER, "media_title")
    await live.send(SPEAKER, media_command="next")
    await until(lambda: live.value(SPEAKER, "media_title") != title)
    await live.send(SPEAKER, media_command="pause")
    await live.until_value(SPEAKER, "media_status", "paused")
    await live.send(SPEAKER, media_position=30.0)
    await live.until_value(SPEAKER, "media_position", 30)
    await live.send(SPEAKER, media_shuffle=True)
    await live.send(SPEAKER, media_repeat="all")
    await live.until_value(SPEAKER, "media_repeat", "all")
    await live.send(SPEAKER, media_command="stop")
    await live.until_value(SPEAKER, "media_status", "idle")


async def test_music_that_is_not_there(live: Living) -> None:
    with pytest.raises(errors.NotFoundError) as caught:
        await live.send(SPEAKER, media="track:nothing")
    assert caught.value.placeholders == {"name": "nothing"}
    with pytest.raises(errors.WrongStateError):
        await live.send(SPEAKER, media_command="play")


async def test_music_without_a_link(live: Living) -> None:
    await live.control("music_link", linked=False)
    await until(lambda: "music_login_required" in live.issues)
    live.issues.clear()
    with pytest.raises(errors.LoginRequiredError):
        await live.send(SPEAKER, media="playlist:pl-top")
    await until(lambda: "music_login_required" in live.issues)


async def test_the_power_key_is_pressed_only_when_it_has_to_be(live: Living) -> None:
    assert live.virtual(BOX)["on"] is True
    await live.send(BOX, on_off=True)
    assert live.virtual(BOX)["on"] is True
    await live.send(BOX, on_off=False)
    assert live.virtual(BOX)["on"] is False
    await live.send(BOX, on_off=False)
    assert live.virtual(BOX)["on"] is False
    await live.send(BOX, on_off=True)
    assert live.virtual(BOX)["on"] is True


async def test_a_box_switched_by_hand_meanwhile_is_read_first(live: Living) -> None:
    await live.control("push_fault", drop=1)
    await live.control("stb_power", deviceId=BOX, power="off")
    await live.send(BOX, on_off=False)
    assert live.virtual(BOX)["on"] is False


async def test_a_press_by_somebody_else_at_the_same_moment_is_not_undone(live: Living) -> None:
    async def press_too(path: str) -> None:
        if path.endswith("/commands"):
            live.before_request = None
            await live.control("stb_power", deviceId=BOX, power="off")

    live.before_request = press_too
    await live.send(BOX, on_off=False)
    assert live.virtual(BOX)["on"] is False


async def test_channels_apps_videos_and_keys(live: Living) -> None:
    await live.send(BOX, channel=9)
    await live.until_value(BOX, "channel", 9)
    await live.send(BOX, key="channel_up")
    await live.until_value(BOX, "channel", 10)
    await live.send(BOX, app="netflix")
    await live.until_value(BOX, "app", "netflix")
    await live.send(BOX, muted=True)
    await live.until_value(BOX, "muted", True)
    await live.send(BOX, volume=15)
    await live.until_value(BOX, "volume", 15)
    videos = (await live.session.async_query("videos", {"device": BOX, "query": "바다"}))["videos"]
    await live.send(BOX, media=f"vod:{videos[0]['vodId']}")
    await live.until_value(BOX, "media_status", "playing")
    await live.send(BOX, media_command="pause")
    await live.until_value(BOX, "media_status", "paused")
    await live.send(BOX, media_position=60.0)
    await live.until_value(BOX, "media_position", 60)


async def test_a_channel_that_is_not_there(live: Living) -> None:
    with pytest.raises(errors.NotFoundError) as caught:
        await live.send(BOX, channel=998)
    assert caught.value.placeholders == {"name": "998"}


async def test_a_box_that_is_off_says_so(live: Living) -> None:
    await live.send(BOX, on_off=False)
    with pytest.raises(errors.PoweredOffError):
        await live.send(BOX, channel=9)


async def test_a_scene(live: Living) -> None:
    await live.send("service_h1", scene_away="run")
    live.clock.advance(4)
    await live.until_value("gas-kitchen", "open", False)
    await live.until_value(LIGHT, "on_off", False)


async def test_a_scene_with_a_device_that_does_not_follow(live: Living) -> None:
    await live.control("offline", deviceId="light-mood")
    with pytest.raises(errors.IncompleteError) as caught:
        await live.send("service_h1", scene_away="run")
    assert caught.value.placeholders == {"names": "무드등"}


async def test_the_services_take_nothing_but_scenes(live: Living) -> None:
    with pytest.raises(errors.NotSupportedError):
        await live.send("service_h1", weather="rain")


async def test_keys_pressed_at_once_are_all_pressed(live: Living) -> None:
    await asyncio.gather(*(live.send(BOX, key="volume_up") for _press in range(5)))
    await live.until_value(BOX, "volume", 25)


async def test_sentences_said_at_once_are_all_said(live: Living) -> None:
    await asyncio.gather(*(live.send(SPEAKER, speak=f"문장 {number}.") for number in range(4)))
    while len(live.spoken) < 4:
        live.clock.advance(2)
        await asyncio.sleep(0.02)
    assert sorted(set(live.spoken)) == [f"문장 {number}." for number in range(4)]


LONG = " ".join(["가나다라마바사아자차" * 10 + "."] * 25)


async def test_a_long_text_is_said_piece_after_piece(live: Living) -> None:
    await live.send(SPEAKER, speak=LONG)
    assert len(live.spoken) == 1
    while len(live.spoken) < 3:
        await until(lambda: live.virtual(SPEAKER)["speaking"])
        live.clock.advance(200)
        await asyncio.sleep(0.02)
    assert " ".join(live.spoken) == LONG
    assert all(len(text) <= 1024 and text.endswith(".") for text in live.spoken)


async def test_what_the_person_interrupts_is_not_taken_up_again(live: Living) -> None:
    await live.send(SPEAKER, speak=LONG)
    await live.control("wake", deviceId=SPEAKER)
    await live.until_value(SPEAKER, "speaking", False)
    await live.send(SPEAKER, speak="새 문장.")
    await until(lambda: "새 문장." in live.spoken)
    assert len(live.spoken) == 2


async def test_a_busy_speaker_is_asked_again(live: Living) -> None:
    await live.control("say", deviceId=SPEAKER, text="뭐라고?")
    await live.until_value(SPEAKER, "speaking", True)
    await live.send(SPEAKER, speak="첫 번째.")
    assert live.spoken == ["첫 번째."]
    assert live.value(SPEAKER, "speaking") is True
    await asyncio.sleep(0.1)
    live.clock.advance(60)
    await until(lambda: len(live.spoken) == 2)
    await until(lambda: live.virtual(SPEAKER)["speaking"])


async def test_a_muted_speaker_says_so(live: Living) -> None:
    await live.send(SPEAKER, muted=True)
    await live.until_value(SPEAKER, "muted", True)
    with pytest.raises(errors.SpeakerMutedError):
        await live.send(SPEAKER, speak="들려요?")


async def test_a_withdrawn_voice_is_replaced(live: Living) -> None:
    await live.send(SPEAKER, voice="family-1")
    await live.until_value(SPEAKER, "voice", "family-1")
    await live.control("revoke_voice", voiceId="family-1")
    await live.send(SPEAKER, speak="안녕하세요.")
    await live.until_value(SPEAKER, "speaking", True)


async def test_nothing_to_say_is_not_said(live: Living) -> None:
    await live.send(SPEAKER, speak="   ")
    assert live.spoken == []


async def test_too_much_to_say(live: Living) -> None:
    await live.send(SPEAKER, speak="첫 문장.")
    with pytest.raises(errors.WrongStateError):
        await live.send(SPEAKER, speak=LONG * 20)


async def test_a_server_that_fails_in_the_middle_of_a_text_ends_it(live: Living) -> None:
    await live.send(SPEAKER, speak=LONG)
    await live.fault("http_status", data={"status": 400}, match={"method": "POST"})
    live.clock.advance(200)
    await asyncio.sleep(0.2)
    await live.control("clear_faults")
    with contextlib.suppress(errors.HubError):
        await live.send(SPEAKER, speak="다시.")
    await live.until_value(SPEAKER, "speaking", True)


async def test_a_command_for_a_device_that_left_meanwhile(live: Living) -> None:
    for device_id in ("genie_nothing", "thinq_washer"):
        with pytest.raises(errors.DeviceGoneError):
            await live.session.async_execute(Command(device_id=device_id, values={"on_off": True}))


async def test_the_services_have_no_other_command(live: Living) -> None:
    with pytest.raises(errors.NotSupportedError):
        await live.session.async_execute(Command(device_id="genie_service_h1", values={"alert": "x"}))


async def test_a_box_that_does_not_obey_is_told(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_POWER_LOOKS_S", (0.0, 0.0))
    live.clock.set_rate(0.001)
    with pytest.raises(errors.UnconfirmedError):
        await live.send(BOX, on_off=False)
    live.clock.set_rate(1)
    await live.until_value(BOX, "on_off", False)


async def test_without_push_a_text_counts_as_said(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_SYLLABLES_PER_SECOND", 1e9)
    monkeypatch.setattr(speech, "_LATENCY_S", 0.05)
    await live.control("push_fault", drop=100)
    await live.send(SPEAKER, speak=LONG)
    await until(lambda: len(live.spoken) == 3)
    assert " ".join(live.spoken) == LONG


async def test_a_speaker_that_stays_busy_is_left_alone(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "_BUSY_WAIT_S", 0.01)
    await live.control("tts_outcome", code=409, count=100)
    await live.send(SPEAKER, speak="들려요?")
    await until(lambda: len(live.spoken) == 21)
    await asyncio.sleep(0.1)
    assert len(live.spoken) == 21


async def test_a_voice_without_a_replacement(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    await live.fault("http_error", data={"status": 410, "code": "VOICE_REVOKED"}, match={"method": "POST"})
    with pytest.raises(VoiceRevokedError):
        await live.send(SPEAKER, speak="안녕하세요.")
