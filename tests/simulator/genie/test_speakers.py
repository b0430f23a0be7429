"""Speakers: speaking, volume, settings, music, timers and alarms."""

from typing import Any

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push

SPEAKER = "sp-living"


async def speak(account: Account, text: str = "안녕하세요", **options: Any) -> tuple[int, dict[str, Any]]:
    return await account.post(f"speakers/{SPEAKER}/speak", text=text, **options)


async def media(account: Account, act: str, **options: Any) -> tuple[int, dict[str, Any]]:
    return await account.post(f"speakers/{SPEAKER}/media", act=act, **options)


async def timer(account: Account, **options: Any) -> tuple[int, dict[str, Any]]:
    return await account.post(f"speakers/{SPEAKER}/timers", **options)


async def outcome(push: Push) -> int:
    return int((await push.next("tts.finished"))["data"]["code"])


async def test_a_spoken_text_is_finished_later(account: Account, push: Push, clock: ManualClock) -> None:
    status, body = await speak(account, "세탁이 끝났어요", commandId="say-1")
    assert (status, body["rc"]) == (200, 202)
    assert (await push.next("speaker.state"))["data"]["state"]["speaking"] is True
    clock.advance(10)
    finished = await push.next("tts.finished")
    assert finished["data"]["playId"] == body["data"]["playId"]
    assert (finished["data"]["code"], finished["data"]["causeCommandId"]) == (200, "say-1")
    assert (await account.state(SPEAKER))["speaking"] is False


async def test_every_outcome_of_speaking(cloud: GenieCloud, account: Account, push: Push, clock: ManualClock) -> None:
    await speak(account)
    await speak(account)
    assert await outcome(push) == 409
    await speak(account, interrupt=True)
    assert await outcome(push) == 503
    await cloud.control("wake", {"deviceId": SPEAKER})
    assert await outcome(push) == 501
    await account.post(f"speakers/{SPEAKER}/volume", control="MT")
    await speak(account)
    assert await outcome(push) == 504
    await account.post(f"speakers/{SPEAKER}/volume", control="UMT")
    await cloud.control("tts_outcome", {"code": 502})
    await speak(account)
    assert await outcome(push) == 502
    await speak(account)
    clock.advance(10)
    assert await outcome(push) == 200


async def test_stopping_a_speech(account: Account, push: Push) -> None:
    _status, body = await speak(account)
    play_id = body["data"]["playId"]
    assert (await account.call("DELETE", f"speakers/{SPEAKER}/speak/{play_id}"))[0] == 200
    assert await outcome(push) == 503
    assert (await account.call("DELETE", f"speakers/{SPEAKER}/speak/{play_id}"))[0] == 404


@pytest.mark.parametrize(
    ("options", "status", "error"),
    [
        ({"text": "가" * 1025}, 400, "BAD_PARAMETER"),
        ({"text": " "}, 400, "BAD_PARAMETER"),
        ({"text": 5}, 400, "BAD_PARAMETER"),
        ({"speed": 49}, 422, "OUT_OF_RANGE"),
        ({"pitch": 151}, 422, "OUT_OF_RANGE"),
        ({"pitch": "high"}, 400, "BAD_PARAMETER"),
        ({"priority": "urgent"}, 400, "BAD_PARAMETER"),
        ({"voice": "nobody"}, 422, "UNSUPPORTED"),
    ],
)
async def test_what_cannot_be_spoken(account: Account, options: dict[str, Any], status: int, error: str) -> None:
    answer = await speak(account, **{"text": "안녕", **options})
    assert (answer[0], answer[1]["error"]) == (status, error)


async def test_1024_characters_can_be_spoken(account: Account) -> None:
    assert (await speak(account, "가" * 1024))[0] == 200


async def test_a_withdrawn_voice(cloud: GenieCloud, account: Account) -> None:
    assert (await speak(account, voice="family-1", priority="alert"))[0] == 200
    await cloud.control("revoke_voice", {"voiceId": "family-1"})
    status, body = await speak(account, voice="family-1")
    assert (status, body["error"], body["data"]) == (410, "VOICE_REVOKED", {"fallback": "genie-1"})
    voices = (await account.get(f"speakers/{SPEAKER}/voices"))["voices"]
    assert {voice["id"]: voice["status"] for voice in voices}["family-1"] == "revoked"


@pytest.mark.parametrize(
    ("control", "value", "volume"),
    [
        ("UP", "LE", 40),
        ("UP", "GN", 45),
        ("DN", "MO", 15),
        ("UP", "MX", 100),
        ("DN", 3, 32),
        ("ST", 70, 70),
        ("ST", "70", 70),
        ("UP", None, 45),
    ],
)
async def test_volume(account: Account, push: Push, control: str, value: object, volume: int) -> None:
    status, body = await account.post(f"speakers/{SPEAKER}/volume", control=control, value=value)
    assert (status, body["data"]["volume"]) == (200, volume)
    assert (await push.next("volume"))["data"]["volume"] == volume


@pytest.mark.parametrize(
    ("control", "value", "status"),
    [("ST", 101, 422), ("ST", None, 400), ("ST", True, 400), ("UP", "XX", 400), ("UP", 0, 400), ("LOUD", 1, 400)],
)
async def test_volume_that_cannot_be(account: Account, control: str, value: object, status: int) -> None:
    assert (await account.post(f"speakers/{SPEAKER}/volume", control=control, value=value))[0] == status


async def test_settings(account: Account, push: Push) -> None:
    assert (await account.command(SPEAKER, "speaker", "set", wakeWord="지니야", micMuted=True, voice="genie-2"))[
        0
    ] == 200
    state = (await push.next("speaker.state"))["data"]["state"]
    assert (state["wakeWord"], state["micMuted"], state["voice"]) == ("지니야", True, "genie-2")
    assert (await account.command(SPEAKER, "speaker", "set", wakeWord="하이엘지"))[0] == 422
    assert (await account.command(SPEAKER, "speaker", "set", language="fr"))[0] == 422
    assert (await account.command(SPEAKER, "speaker", "set", volume=3))[0] == 400
    assert (await account.command(SPEAKER, "light", "set", on=True))[0] == 422


async def test_music_plays_on_to_the_end_of_the_queue(account: Account, push: Push, clock: ManualClock) -> None:
    status, body = await media(account, "play", query="햇살 동요")
    assert (status, body["rc"]) == (200, 202)
    first = (await push.next("media.state"))["data"]["media"]
    assert (first["status"], first["contentType"], first["artist"]) == ("playing", "music", "햇살 동요단")
    assert first["imageUrl"].startswith("http://127.0.0.1:")
    queue = await account.get(f"speakers/{SPEAKER}/queue")
    assert len(queue["list"]) == first["queueSize"] > 1
    clock.advance(first["durationMs"] / 1000)
    second = (await push.next("media.state"))["data"]["media"]
    assert (second["queueIndex"], second["trackId"]) == (1, queue["list"][1]["trackId"])
    clock.advance(3600)
    changes = [message for message in await push.all() if message["event"] == "media.state"]
    assert changes[-1]["data"]["media"]["status"] == "stopped"


async def test_pause_resume_seek_and_skip(account: Account, clock: ManualClock) -> None:
    await media(account, "play", playlistId="pl-calm")
    clock.advance(20)
    _status, body = await media(account, "pause")
    assert (body["data"]["media"]["status"], body["data"]["media"]["positionMs"]) == ("paused", 20_000)
    clock.advance(1000)
    _status, body = await media(account, "resume")
    assert body["data"]["media"]["positionMs"] == 20_000
    _status, body = await media(account, "seek", playTime=60_000)
    assert body["data"]["media"]["positionMs"] == 60_000
    first = body["data"]["media"]
    assert (await media(account, "next"))[1]["data"]["media"]["queueIndex"] == 1
    assert (await media(account, "prev"))[1]["data"]["media"]["trackId"] == first["trackId"]
    status, body = await media(account, "seek", playTime=10**9)
    assert (status, body["data"]["max"]) == (422, first["durationMs"])
    assert (await media(account, "stop"))[1]["data"]["media"]["title"] is None
    assert (await media(account, "resume"))[0] == 404
    assert (await media(account, "next"))[0] == 404


async def test_repeat_and_shuffle(account: Account, push: Push, clock: ManualClock) -> None:
    await media(account, "set", repeat="one", shuffle=True)
    await media(account, "play", trackId="m-0003")
    await push.all()
    clock.advance(230)
    again = (await push.next("media.state"))["data"]["media"]
    assert (again["trackId"], again["positionMs"], again["status"]) == ("m-0003", 0, "playing")
    assert (await media(account, "set", repeat="twice"))[0] == 400


@pytest.mark.parametrize("options", [{"trackId": "m-9999"}, {"playlistId": "pl-none"}, {"query": "없는노래제목"}])
async def test_music_that_is_not_there(account: Account, options: dict[str, str]) -> None:
    assert (await media(account, "play", **options))[0] == 404


async def test_music_needs_the_link_and_radio_does_not(cloud: GenieCloud, account: Account, push: Push) -> None:
    await cloud.control("music_link", {"linked": False})
    assert (await push.next("link.revoked"))["data"] == {"service": "geniemusic"}
    status, body = await media(account, "play", query="재즈")
    assert (status, body["error"]) == (403, "MUSIC_LOGIN_REQUIRED")
    page = body["data"]["oauth_url"]
    assert (await media(account, "play", query="클래식 라디오"))[0] == 200
    link = await account.get("services/music/link")
    assert (link["oauth_status"], link["oauth_url"]) == ("invalid", page)

    async with account.http.get(page) as response:
        assert "지니뮤직" in await response.text()
    login, state = page.split("?state=")
    async with account.http.post(login, data={"state": "guessed"}) as response:
        assert response.status == 403
    async with account.http.post(login, data={"state": state}) as response:
        assert response.status == 200
    assert (await push.next("link.granted"))["data"] == {"service": "geniemusic"}
    assert (await media(account, "play", query="재즈"))[0] == 200
    assert (await account.call("DELETE", "services/music/link"))[1]["data"]["oauth_status"] == "invalid"


async def test_buttons_on_the_speaker(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("speaker_button", {"deviceId": SPEAKER, "button": "volume_up"})
    await cloud.control("speaker_button", {"deviceId": SPEAKER, "button": "mute"})
    state = await account.state(SPEAKER)
    assert (state["volume"], state["muted"]) == (40, True)
    await media(account, "play", query="재즈")
    await cloud.control("speaker_button", {"deviceId": SPEAKER, "button": "play_pause"})
    assert (await account.state(SPEAKER))["media"]["status"] == "paused"


async def test_a_timer_fires(account: Account, push: Push, clock: ManualClock) -> None:
    status, body = await timer(account, reqAct="0", inSeconds=180, label="라면")
    assert status == 200
    assert body["data"]["timer"]["fireAt"] == "2026-07-01T09:03:00.000+09:00"
    assert (await push.next("timer.set"))["data"]["timer"]["label"] == "라면"
    clock.advance(180)
    fired = await push.next("timer.fired")
    assert fired["at"] == "2026-07-01T09:03:00.000+09:00"
    assert fired["data"]["timers"] == []


@pytest.mark.parametrize(
    ("moment", "fire_at"),
    [
        ("20260701093000", "2026-07-01T09:30:00.000+09:00"),
        ("600", "2026-07-01T09:10:00.000+09:00"),
        (600, "2026-07-01T09:10:00.000+09:00"),
        ("2026-07-01T10:00:00+09:00", "2026-07-01T10:00:00.000+09:00"),
    ],
)
async def test_both_readings_of_set_time(account: Account, moment: object, fire_at: str) -> None:
    _status, body = await timer(account, reqAct="1", setTime=moment)
    assert body["data"]["timer"]["fireAt"] == fire_at


async def test_eight_alarms_at_most(account: Account) -> None:
    slots = [
        (await timer(account, kind="alarm", inSeconds=60 + number))[1]["data"]["timer"]["reqAct"] for number in range(8)
    ]
    assert slots == list("12345678")
    status, body = await timer(account, kind="alarm", inSeconds=60)
    assert (status, body["error"]) == (409, "ALARM_FULL")
    assert (await timer(account, reqAct="3", inSeconds=60))[1]["error"] == "ALARM_FULL"
    first = (await account.state(SPEAKER))["timers"][0]["id"]
    assert (await account.call("DELETE", f"speakers/{SPEAKER}/timers/{first}"))[0] == 200
    assert (await account.call("DELETE", f"speakers/{SPEAKER}/timers/{first}"))[0] == 404
    assert (await timer(account, reqAct="3", inSeconds=60))[1]["error"] == "CONFLICT"
    assert (await timer(account, reqAct="1", inSeconds=60))[0] == 200


async def test_an_alarm_repeats(account: Account, push: Push, clock: ManualClock) -> None:
    # 1 July 2026 is a Wednesday.
    await timer(account, reqAct="1", setTime="20260702070000", repeat=["thu", "mon"])
    clock.advance(22 * 3600)
    fired = await push.next("timer.fired")
    assert [row["fireAt"] for row in fired["data"]["timers"]] == ["2026-07-06T07:00:00.000+09:00"]


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({}, 400),
        ({"inSeconds": 0}, 422),
        ({"setTime": "20200101000000"}, 422),
        ({"inSeconds": 86_401}, 422),
        ({"setTime": "99999999999999"}, 400),
        ({"reqAct": "9", "inSeconds": 60}, 409),
        ({"reqAct": "x", "inSeconds": 60}, 400),
        ({"inSeconds": 60, "repeat": ["mon"]}, 400),
        ({"inSeconds": 60, "label": 5}, 400),
    ],
)
async def test_timers_that_cannot_be(account: Account, options: dict[str, Any], status: int) -> None:
    assert (await timer(account, **options))[0] == status


async def test_check_out_wipes_a_guests_traces(cloud: GenieCloud, account: Account, push: Push) -> None:
    await cloud.control("check_in", {"stayId": "s-1", "lang": "en"})
    assert (await push.next("stay.checkin"))["data"]["stayId"] == "s-1"
    assert (await account.state(SPEAKER))["language"] == "en"
    await timer(account, inSeconds=600)
    await media(account, "play", query="재즈")
    await account.command(SPEAKER, "speaker", "set", wakeWord="친구야")
    await cloud.control("check_out", {"stayId": "s-1"})
    assert (await push.next("stay.checkout"))["data"]["stayId"] == "s-1"
    state = await account.state(SPEAKER)
    assert (state["timers"], state["media"]["status"], state["wakeWord"], state["language"]) == (
        [],
        "stopped",
        "기가지니",
        "ko",
    )
    assert (await account.get("services/music/link"))["oauth_status"] == "invalid"
