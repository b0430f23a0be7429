"""Rare things that clients and people do to the mock Genie cloud all the same."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.cloud import ControlError
from custom_components.dongju.simulator.genie import push as push_module
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.simulator.genie.vod import search_videos

from .account import REAL_TIMEOUT_S, Account, Push
from .test_ginside import Terminal
from .test_push import switch

SPEAKER = "sp-living"


async def media(account: Account) -> Any:
    return (await account.state(SPEAKER))["media"]


async def act(account: Account, **body: Any) -> int:
    """Ask the speaker to play, pause and so on; return the status."""
    return (await account.post(f"speakers/{SPEAKER}/media", **body))[0]


async def test_a_client_that_reads_too_slowly_is_dropped(cloud: GenieCloud, push: Push) -> None:
    for number in range(push_module.QUEUE + 1):
        await switch(cloud, on=number % 2 == 0)
    assert await push.closed() == push_module.CLOSE_TOO_SLOW


async def test_what_is_delayed_is_forgotten_when_the_cloud_closes(
    cloud: GenieCloud, push: Push, clock: ManualClock
) -> None:
    await cloud.control("push_fault", {"delay_s": 20})
    await switch(cloud)
    await cloud.close()
    clock.advance(60)
    message = await push.socket.receive(timeout=REAL_TIMEOUT_S)
    assert (message.type, message.data) == (aiohttp.WSMsgType.CLOSE, 1012)


async def test_a_client_that_never_signs_in_is_refused(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(push_module, "AUTH_TIMEOUT_S", 0.05)
    socket = await account.http.ws_connect(f"{account.base}/push")
    assert await Push(socket, {}).closed() == push_module.CLOSE_UNAUTHORIZED


@pytest.mark.parametrize("text", ["{", "[]", '"auth"'])
async def test_a_sign_in_that_is_no_object_is_refused(account: Account, text: str) -> None:
    socket = await account.http.ws_connect(f"{account.base}/push")
    await socket.send_str(text)
    assert (await socket.receive_json(timeout=REAL_TIMEOUT_S))["error"] == "BAD_PARAMETER"
    assert await Push(socket, {}).closed() == push_module.CLOSE_UNAUTHORIZED


async def test_a_client_that_hangs_up_before_signing_in_is_no_connection(account: Account, push: Push) -> None:
    socket = await account.http.ws_connect(f"{account.base}/push")
    await socket.close()
    assert await push.all() == []


async def test_nonsense_after_the_sign_in_is_ignored(push: Push) -> None:
    await push.socket.send_bytes(b"\x00\x01")
    await push.socket.send_str("nonsense")
    assert await push.all() == []


@pytest.fixture
async def terminal(cloud: GenieCloud, http: aiohttp.ClientSession) -> AsyncGenerator[Terminal]:
    """Yield a registered terminal that is not connected."""
    terminal = Terminal(http, cloud.connection())
    assert (await terminal.authorize())["rc"] == 200
    yield terminal
    if terminal.socket:
        await terminal.socket.close()


async def test_a_registration_that_is_no_json(terminal: Terminal) -> None:
    url = f"{terminal.connection['ginside_rest_url']}/v2/authorize"
    async with terminal.http.post(url, data=b"{", headers={"x-auth-clienttype": "GINSIDE"}) as response:
        assert (response.status, (await response.json())["rc"]) == (200, 400)


async def test_a_check_without_a_signature(terminal: Terminal) -> None:
    url = f"{terminal.connection['ginside_rest_url']}/v2/authorize/{terminal.uuid}"
    async with terminal.http.get(url, headers={"x-auth-clienttype": "GINSIDE"}) as response:
        unsigned = (await response.json())["rc"]
    assert (unsigned, await terminal.check()) == (await terminal.check(signature="00"), 200)


@pytest.mark.parametrize("text", ["{", "[]", "null"])
async def test_a_handshake_that_is_no_object(terminal: Terminal, text: str) -> None:
    socket = await terminal.http.ws_connect(terminal.connection["ginside_url"], protocols=["device-protocol"])
    assert await socket.receive_json(timeout=REAL_TIMEOUT_S) == {"operation": "WHO"}
    await socket.send_str(text)
    assert (await socket.receive(timeout=REAL_TIMEOUT_S)).data == 4401


async def test_text_after_the_handshake_is_ignored(terminal: Terminal) -> None:
    assert await terminal.connect() == {"operation": "WELCOME"}
    assert terminal.socket
    await terminal.socket.send_str("hello")
    assert (await terminal.ask("오늘 날씨 어때")).type == "Req_PLMD"


async def test_a_terminal_is_named_by_its_uuid(cloud: GenieCloud, terminal: Terminal) -> None:
    assert await terminal.connect() == {"operation": "WELCOME"}
    await cloud.control("ginside_send", {"uuid": terminal.uuid, "msgType": "Snd_SVEV", "cmdOpt": {"type": "standby"}})
    assert (await terminal.receive()).type == "Snd_SVEV"
    with pytest.raises(ControlError):
        await cloud.control("ginside_send", {"uuid": "unknown", "msgType": "Snd_SVEV", "cmdOpt": {}})


async def test_closing_the_cloud_drops_terminals(cloud: GenieCloud, terminal: Terminal) -> None:
    assert await terminal.connect() == {"operation": "WELCOME"}
    assert terminal.socket
    await cloud.close()
    assert (await terminal.socket.receive(timeout=REAL_TIMEOUT_S)).data == 1012


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"act": "dance"}, 400),
        ({"act": 5}, 400),
        ({"act": "play"}, 404),
        ({"act": "play", "trackId": "none"}, 404),
        ({"act": "resume"}, 404),
        ({"act": "next"}, 404),
        ({"act": "seek", "playTime": 0}, 404),
        ({"act": "seek", "playTime": "soon"}, 400),
        ({"act": "seek", "playTime": True}, 400),
        ({"act": "set", "repeat": "twice"}, 400),
    ],
)
async def test_what_a_silent_speaker_refuses(account: Account, body: dict[str, Any], status: int) -> None:
    assert await act(account, **body) == status
    assert (await media(account))["status"] == "stopped"


async def test_pausing_twice_and_playing_on(account: Account, clock: ManualClock) -> None:
    assert await act(account, act="play", query="재즈") == 200
    clock.advance(5)
    assert await act(account, act="pause") == 200
    clock.advance(5)
    assert await act(account, act="pause") == 200
    paused = await media(account)
    assert (paused["status"], paused["positionMs"]) == ("paused", 5000)
    assert await act(account, act="seek", playTime=7000) == 200
    assert (await media(account))["positionMs"] == 7000
    assert await act(account, act="play") == 200
    assert (await media(account))["status"] == "playing"


async def test_a_radio_plays_on_without_the_music_link_but_cannot_seek(cloud: GenieCloud, account: Account) -> None:
    assert await act(account, act="play", query="클래식 라디오") == 200
    await cloud.control("music_link", {"linked": False})
    await cloud.control("music_link", {"linked": False})
    assert await act(account, act="pause") == 200
    assert await act(account, act="resume") == 200
    assert (await media(account))["status"] == "playing"
    assert await act(account, act="seek", playTime=0) == 404


async def test_the_ends_of_the_queue(account: Account, clock: ManualClock) -> None:
    assert await act(account, act="play", query="재즈") == 200
    first = await media(account)
    assert first["queueSize"] > 1
    assert await act(account, act="prev") == 200
    assert (await media(account))["queueIndex"] == 0
    assert await act(account, act="set", repeat="all") == 200
    assert await act(account, act="prev") == 200
    last = await media(account)
    assert last["queueIndex"] == last["queueSize"] - 1
    clock.advance(last["durationMs"] / 1000)
    assert (await media(account))["trackId"] == first["trackId"]


async def test_unlinking_twice_is_told_once(cloud: GenieCloud, push: Push) -> None:
    for _ in range(2):
        await cloud.control("music_link", {"linked": False})
    assert [message["event"] for message in await push.all()] == ["link.revoked"]


@pytest.mark.parametrize(
    ("action", "data", "complaint"),
    [
        ("speaker_button", {"deviceId": SPEAKER, "button": "eject"}, "no button"),
        ("speaker_button", {"deviceId": SPEAKER, "button": "next"}, "music"),
        ("stb_power", {"power": "dim"}, "on, standby or off"),
        ("stb_key", {"key": 99999}, "99999|key|KEY"),
        ("check_in", {"householdId": "h99"}, "no such household"),
    ],
)
async def test_actions_that_make_no_sense(cloud: GenieCloud, action: str, data: dict[str, Any], complaint: str) -> None:
    before = cloud.describe()["state"]["devices"]
    with pytest.raises(ControlError, match=complaint):
        await cloud.control(action, data)
    assert cloud.describe()["state"]["devices"] == before


async def test_the_box_is_switched_by_its_own_button(cloud: GenieCloud) -> None:
    assert (await cloud.control("stb_power", {"power": "off"}))["state"]["on"] is False
    assert (await cloud.control("stb_power", {"power": "on"}))["state"]["on"] is True


async def test_a_part_of_the_air_or_of_a_door_leaves_the_rest(cloud: GenieCloud) -> None:
    before = (await cloud.control("air", {"pm25": 100}))["state"]
    after = (await cloud.control("air", {"co2": 1500}))["state"]
    assert (after["grade"], after["co2"]) == (before["grade"], 1500)
    tampered = (await cloud.control("door", {"open": True, "tamper": True}))["state"]
    assert (await cloud.control("door", {"open": False}))["state"] == {**tampered, "open": False}


def test_videos_are_found_by_genre_and_not_by_nothing() -> None:
    assert search_videos("  ") == []
    found = search_videos("다큐멘터리")
    assert len(found) > 1
    assert {video.genre for video in found} == {"다큐멘터리"}
    assert len(search_videos("다큐멘터리", limit=1)) == 1
