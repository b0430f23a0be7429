"""The set-top box: KT's documented remote-control service, and what the account API adds."""

from datetime import datetime
from itertools import pairwise
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push

BOX = "stb-living"


class RemoteControl:
    """Calls `/otp/v1` as the phone app does."""

    def __init__(self, http: aiohttp.ClientSession, connection: dict[str, Any]) -> None:
        self.http = http
        self.base = connection["otp_url"]
        self.signed = {
            "DEVICE_ID": connection["otp_device_id"],
            "SVC_ID": "OTP",
            "SVC_PW": connection["otp_password"],
        }

    async def call(self, path: str, **extra: Any) -> tuple[str, Any]:
        async with self.http.post(f"{self.base}/{path}", json={**self.signed, **extra}) as response:
            assert response.status == 200
            body = await response.json()
            assert set(body) == {"STATUS", "DATA"}
            return body["STATUS"]["CODE"], body["DATA"]

    async def press(self, *keys: int) -> None:
        for key in keys:
            assert (await self.call("rmt/inputButton", KEY_CD=str(key)))[0] == "000"

    async def channel(self) -> str:
        return str((await self.call("rmt/getCurrentState"))[1]["CHNL_NO"])


@pytest.fixture
def remote(cloud: GenieCloud, http: aiohttp.ClientSession) -> RemoteControl:
    return RemoteControl(http, cloud.connection())


async def test_the_current_state_in_kts_shape(remote: RemoteControl, clock: ManualClock) -> None:
    code, data = await remote.call("rmt/getCurrentState")
    assert code == "000"
    assert set(data) == {"CHNL_NM", "CHNL_NO", "PRGM_ID", "PRGM_NM", "STRT_TM", "FIN_TM", "STB_STATE"}
    assert (data["CHNL_NO"], data["CHNL_NM"], data["STB_STATE"]) == ("9", "KBS1", "2")
    assert data["STRT_TM"] <= f"{clock.now():%Y%m%d%H%M%S}" < data["FIN_TM"]
    assert (await remote.call("etc/datetime"))[1] == {"DATETIME": "20260701090000"}


async def test_power_is_a_toggle_and_an_off_box_hears_nothing_else(remote: RemoteControl, account: Account) -> None:
    await remote.press(409)
    code, data = await remote.call("rmt/getCurrentState")
    assert (code, data["STB_STATE"], data["CHNL_NO"]) == ("000", "0", "")
    await remote.press(427, 449)
    assert (await remote.call("rmt/changeChannel", CH_NO="11", TYPE="0"))[0] == "000"
    await remote.press(409)
    assert await remote.channel() == "9"
    assert (await remote.call("rmt/getMuteState"))[1] == {"STATE": "0"}
    assert (await account.state(BOX))["on"] is True


async def test_keys(remote: RemoteControl, account: Account, clock: ManualClock) -> None:
    await remote.press(427)
    assert await remote.channel() == "10"
    await remote.press(428, 428)
    assert await remote.channel() == "8"
    await remote.press(49, 51, 50)
    assert await remote.channel() == "8"
    clock.advance(2)
    assert await remote.channel() == "132"
    await remote.press(49, 53, 10)
    assert await remote.channel() == "15"
    await remote.press(447, 447, 448, 449)
    state = await account.state(BOX)
    assert (state["volume"], state["muted"]) == (21, True)
    assert (await remote.call("rmt/getMuteState"))[1] == {"STATE": "1"}
    await remote.press(36)
    assert (await account.state(BOX))["screen"] == "home"
    await remote.press(27, 37, 38, 39, 40, 403, 404, 405, 406, 112, 113, 8)
    assert (await account.state(BOX))["screen"] == "live"


@pytest.mark.parametrize(
    ("path", "extra", "code"),
    [
        ("rmt/inputButton", {"KEY_CD": "9999"}, "200"),
        ("rmt/inputButton", {}, "200"),
        ("rmt/changeChannel", {"CH_NO": "998", "TYPE": "0"}, "200"),
        ("rmt/changeChannel", {"CH_NO": "11", "TYPE": "7"}, "200"),
        ("rmt/getCurrentState", {"SVC_PW": "guess"}, "102"),
        ("epg/list", {"GENRE_ID": "11"}, "200"),
        ("epg/list", {"GENRE_ID": "1", "SRCH_DATE": "2026-07"}, "200"),
        ("srch/epg", {"SRCH_WORD": "없는프로그램"}, "300"),
        ("srch/epg", {}, "200"),
    ],
)
async def test_refusals(remote: RemoteControl, path: str, extra: dict[str, str], code: str) -> None:
    assert await remote.call(path, **extra) == (code, None)


async def test_an_unknown_call_is_no_page(remote: RemoteControl) -> None:
    async with remote.http.post(f"{remote.base}/rmt/explode", json=remote.signed) as response:
        assert response.status == 404


async def test_the_guide_in_kts_shape(remote: RemoteControl) -> None:
    _code, rows = await remote.call("epg/list", GENRE_ID="1", SRCH_DATE="20260701")
    assert {row["CHNL_NM"] for row in rows} == {"SBS", "KBS2", "KBS1", "MBC", "EBS1", "OBS", "EBS2"}
    _code, mine = await remote.call("epg/getMyChannel")
    assert [row["CHNL_NO"] for row in mine][:3] == ["5", "7", "9"]
    _code, detail = await remote.call("epg/detail", CH_NO="24")
    assert {row["CHNL_NM"] for row in detail} == {"YTN"}
    word = detail[-1]["PRGM_NM"]
    _code, found = await remote.call("srch/epg", SRCH_WORD=word)
    assert all(word in row["PRGM_NM"] for row in found)


async def test_the_account_hands_out_the_remotes_keys(remote: RemoteControl, account: Account) -> None:
    assert await account.get(f"iptv/{BOX}/otp") == remote.signed


async def test_the_channel_map(account: Account) -> None:
    data = await account.get(f"iptv/{BOX}/channels")
    channels = {row["name"]: row for row in data["channels"]}
    assert len(channels) == len({row["number"] for row in data["channels"]}) > 150
    assert "YNA_TV" in channels["연합뉴스TV"]["aliases"]
    assert channels["투니버스"]["nameEn"] == "Tooniverse"
    assert [row["name"] for row in data["channels"] if "MBC스포츠" in row["aliases"]] == [
        "MBC 스포츠플러스",
        "MBC 스포츠플러스2",
    ]
    assert set(data["favourites"]) <= {row["number"] for row in data["channels"]}


async def test_the_guide_has_no_gaps_and_is_the_same_every_time(account: Account, clock: ManualClock) -> None:
    window = {"ch": "9,11", "from": "20260701000000", "to": "2026-07-02T12:00:00+09:00"}
    rows = (await account.get(f"iptv/{BOX}/epg", **window))["programmes"]
    assert rows == (await account.get(f"iptv/{BOX}/epg", **window))["programmes"]
    for number in (9, 11):
        mine = [row for row in rows if row["channelNumber"] == number]
        assert all(earlier["end"] == later["start"] for earlier, later in pairwise(mine))
        assert datetime.fromisoformat(mine[-1]["end"]) >= datetime.fromisoformat(window["to"])
    everything = (await account.get(f"iptv/{BOX}/epg"))["programmes"]
    assert len({row["channelNumber"] for row in everything}) > 150


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"ch": "998"}, 404),
        ({"ch": "KBS"}, 400),
        ({"from": "yesterday"}, 400),
        ({"from": "20260701000000", "to": "20260630000000"}, 400),
        ({"from": "20260701000000", "to": "20260710000000"}, 400),
    ],
)
async def test_guides_that_cannot_be(account: Account, query: dict[str, str], status: int) -> None:
    assert (await account.call("GET", f"iptv/{BOX}/epg", **query))[0] == status


async def test_commands(account: Account, push: Push, clock: ManualClock) -> None:
    async def after(command: str, **args: Any) -> dict[str, Any]:
        status, _body = await account.command(BOX, "iptv", command, **args)
        assert status == 200
        clock.advance(1)
        message = await push.next("iptv.state")
        assert message["data"]["causeCommandId"]
        return message["data"]["state"]

    state = await after("channel", number=24)
    assert (state["channelNumber"], state["channelName"], state["previousChannel"]) == (24, "YTN", 9)
    assert state["programme"]["start"] <= "2026-07-01T09:00:01" < state["programme"]["end"]
    assert (await after("volume", control="ST", value=33))["volume"] == 33
    assert (await after("volume", control="UP", value=2))["volume"] == 35
    assert (await after("mute", muted=True))["muted"] is True
    state = await after("app", appId="netflix")
    assert (state["screen"], state["app"]) == ("app", {"appId": "netflix", "name": "Netflix"})
    assert (await after("key", keyCode=115))["app"] is None
    assert (await after("key", keyCode=409))["on"] is False
    assert (await account.command(BOX, "iptv", "channel", number=5))[1]["error"] == "STB_OFF"
    assert (await after("key", keyCode=409))["channelNumber"] == 24


@pytest.mark.parametrize(
    ("command", "args", "status"),
    [
        ("channel", {"number": 998}, 404),
        ("channel", {"number": "KBS"}, 400),
        ("volume", {"value": 101}, 422),
        ("mute", {"muted": "yes"}, 400),
        ("app", {"appId": "minesweeper"}, 422),
        ("key", {"keyCode": 999}, 422),
        ("media", {"act": "pause"}, 422),
        ("dance", {}, 422),
    ],
)
async def test_commands_that_cannot_be(account: Account, command: str, args: dict[str, Any], status: int) -> None:
    assert (await account.command(BOX, "iptv", command, **args))[0] == status


async def test_videos(account: Account, remote: RemoteControl, clock: ManualClock) -> None:
    _status, body = await account.call("POST", f"iptv/{BOX}/vod/search", {"query": "우주 기차단"})
    free, priced = body["data"]["videos"]
    assert (free["title"], priced["price"]) == ("우주 기차단", 11000)
    status, body = await account.post(f"iptv/{BOX}/vod/play", vodId=priced["vodId"])
    assert (status, body["error"], body["data"]) == (403, "NO_AUTHORITY", {"price": 11000})
    assert (await account.post(f"iptv/{BOX}/vod/play", vodId="v-999"))[0] == 404
    assert (await account.post(f"iptv/{BOX}/vod/play", vodId=free["vodId"]))[0] == 200
    clock.advance(60)
    await remote.press(415)
    vod = (await account.state(BOX))["vod"]
    assert (vod["title"], vod["status"], vod["positionMs"]) == ("우주 기차단", "paused", 60_000)
    await remote.press(417, 417, 412)
    assert (await account.state(BOX))["vod"]["positionMs"] == 90_000
    await account.command(BOX, "iptv", "media", act="seek", playTime=5000)
    await account.command(BOX, "iptv", "media", act="resume")
    clock.advance(1)
    assert (await account.state(BOX))["vod"]["status"] == "playing"
    assert (await account.command(BOX, "iptv", "media", act="seek", playTime=10**9))[0] == 422
    assert (await account.command(BOX, "iptv", "media", act="rewind"))[0] == 400
    await account.command(BOX, "iptv", "media", act="stop")
    clock.advance(1)
    assert (await account.state(BOX))["screen"] == "live"


async def test_apps(account: Account) -> None:
    apps = {app["appId"]: app for app in (await account.get(f"iptv/{BOX}/apps"))["apps"]}
    assert {"netflix", "disney_plus", "youtube", "tving", "wavve", "coupang_play"} <= set(apps)
    assert "디즈니플러스" in apps["disney_plus"]["aliases"]


async def test_the_next_programme_is_told(account: Account, push: Push, clock: ManualClock) -> None:
    programme = (await account.state(BOX))["programme"]
    clock.advance((datetime.fromisoformat(programme["end"]) - clock.now()).total_seconds())
    following = (await push.next("iptv.state"))["data"]["state"]["programme"]
    assert following["start"] == programme["end"]


async def test_standby_and_offline(cloud: GenieCloud, remote: RemoteControl, account: Account) -> None:
    await cloud.control("stb_power", {"power": "standby"})
    assert (await remote.call("rmt/getCurrentState"))[1]["STB_STATE"] == "1"
    await cloud.control("stb_key", {"key": 409})
    assert (await remote.call("rmt/getCurrentState"))[1]["STB_STATE"] == "2"
    await cloud.control("offline", {"deviceId": BOX})
    assert (await remote.call("rmt/getCurrentState"))[1]["STB_STATE"] == "0"
    assert (await account.command(BOX, "iptv", "mute", muted=True))[0] == 504
