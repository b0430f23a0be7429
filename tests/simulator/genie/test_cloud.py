"""The mock Genie cloud as a whole: surviving a restart, repeatable runs, its description."""

import json
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.simulator.home import HomeSpec, load_home

from .account import Account
from .home import two_households


async def test_a_restart_keeps_tokens_devices_and_plans(
    cloud: GenieCloud, account: Account, clock: ManualClock, http: aiohttp.ClientSession
) -> None:
    await account.post("speakers/sp-living/timers", inSeconds=600)
    await account.post("speakers/sp-living/media", act="play", query="재즈")
    await cloud.control("wall_switch", {"deviceId": "light-mood", "on": True})
    await cloud.control("remove_device", {"deviceId": "light-bathroom"})
    await cloud.control("add_device", {"device": {"id": "light-new", "kind": "light", "name": "새 조명"}})
    _status, skill = await account.call("POST", "skills", {"url": "http://127.0.0.1:1/"})
    await cloud.control("music_link", {"linked": False})
    kept = json.loads(json.dumps(cloud.snapshot()))
    await cloud.close()

    later = GenieCloud(two_households(), clock=clock, seed=7, state=kept)
    await later.start()
    try:
        assert later.connection()["pairing_token"] == account.connection["pairing_token"]
        account.base = later.connection()["base_url"]
        assert (await account.state("light-mood"))["on"] is True
        assert (await account.state("sp-living"))["media"]["status"] == "stopped"
        ids = {device["id"] for device in (await account.get("households/h1/devices"))["devices"]}
        assert "light-new" in ids
        assert "light-bathroom" not in ids
        assert (await account.get("skills"))["skills"][0]["skillId"] == skill["data"]["skillId"]
        assert (await account.get("services/music/link"))["oauth_status"] == "invalid"
        push = await account.listen(last_seq=kept["seq"])
        assert (push.reply["seq"], push.reply["resumed"]) == (kept["seq"], True)
        clock.advance(600)
        assert (await push.next("timer.fired"))["seq"] > kept["seq"]
        await push.socket.close()
        # Nothing is numbered or named twice after the restart.
        before = account.tokens["access_token"]
        await account.pair()
        assert account.tokens["access_token"] != before
    finally:
        await later.close()


async def run(seed: int) -> list[dict[str, Any]]:
    """Live through the same hour and return all that was pushed."""
    clock = ManualClock()
    cloud = GenieCloud(load_home(), clock=clock, seed=seed)
    await cloud.start()
    try:
        async with aiohttp.ClientSession() as http:
            account = Account(http, cloud.connection())
            await account.pair()
            push = await account.listen()
            await account.command("boiler-living", "boiler", "set", targetC=25)
            await cloud.control("say", {"deviceId": "sp-living", "text": "오늘 날씨 어때"})
            clock.advance(3600)
            messages = await push.all()
            await push.socket.close()
            return messages
    finally:
        await cloud.close()


async def test_the_same_seed_gives_the_same_run(socket_enabled: None) -> None:
    first, again, other = await run(3), await run(3), await run(4)
    assert first == again
    assert len(first) > 10
    assert first != other


async def test_tokens_differ_by_seed(clock: ManualClock) -> None:
    seeds = [GenieCloud(load_home(), clock=clock, seed=seed) for seed in (1, 2)]
    assert seeds[0].connection()["pairing_token"] != seeds[1].connection()["pairing_token"]


async def test_it_describes_itself(cloud: GenieCloud) -> None:
    described = json.loads(json.dumps(cloud.describe()))
    assert {"say", "doorbell", "expire_token", "push_fault", "fault", "clear_faults"} <= set(described["actions"])
    assert len(described["state"]["devices"]) == 28
    assert "secret" not in json.dumps(described["state"]["skills"])


async def test_a_home_without_genie_is_an_empty_cloud(socket_enabled: None, clock: ManualClock) -> None:
    cloud = GenieCloud(HomeSpec(), clock=clock, seed=1)
    await cloud.start()
    assert cloud.connection()["otp_device_id"] is None
    await cloud.close()
    await cloud.close()


def test_an_unknown_kind_in_a_home_is_refused(clock: ManualClock) -> None:
    home = HomeSpec(genie={"households": [{"id": "h", "devices": [{"id": "x", "kind": "teleporter"}]}]})
    with pytest.raises(ValueError, match="teleporter"):
        GenieCloud(home, clock=clock, seed=1)
