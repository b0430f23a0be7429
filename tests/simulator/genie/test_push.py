"""The push channel: sign-in, sequence, resume, heartbeats and its faults."""

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import Account, Push


async def switch(cloud: GenieCloud, *, on: bool = True) -> None:
    await cloud.control("wall_switch", {"deviceId": "light-mood", "on": on})


async def test_sign_in(account: Account, push: Push) -> None:
    assert push.reply == {"msgtype": "reply", "operation": "auth", "rc": 200, "resumed": False, "seq": 0}
    account.tokens["access_token"] = "wrong"
    refused = await account.listen()
    assert (refused.reply["rc"], refused.reply["error"]) == (401, "UNAUTHORIZED")
    assert await refused.closed() == 4401


async def test_anything_before_the_sign_in_is_refused(account: Account) -> None:
    socket = await account.http.ws_connect(f"{account.base}/push")
    await socket.send_json({"msgtype": "request", "operation": "ras_alive"})
    assert (await socket.receive_json())["rc"] == 400
    assert await Push(socket, {}).closed() == 4401


async def test_a_notification(cloud: GenieCloud, account: Account, push: Push, clock: ManualClock) -> None:
    await account.post(
        "devices/light-mood/commands", commandId="mine", capability="light", command="set", args={"on": True}
    )
    clock.advance(1)
    message = await push.next()
    assert message == {
        "msgtype": "notify",
        "seq": 1,
        "at": "2026-07-01T09:00:00.100+09:00",
        "event": "homeiot.state",
        "householdId": "h1",
        "deviceId": "light-mood",
        "data": {
            "version": 2,
            "state": {"on": True, "brightness": 40, "colorTempK": 2700},
            "causeCommandId": "mine",
        },
    }
    await switch(cloud, on=False)
    message = await push.next()
    assert (message["seq"], message["data"]["version"]) == (2, 3)
    assert "causeCommandId" not in message["data"]


async def test_resume_sends_what_was_missed(cloud: GenieCloud, account: Account, push: Push) -> None:
    for on in (True, False, True):
        await switch(cloud, on=on)
    await push.socket.close()
    again = await account.listen(last_seq=1)
    assert (again.reply["resumed"], again.reply["seq"]) == (True, 3)
    assert [message["seq"] for message in await again.all()] == [2, 3]
    await again.socket.close()
    level = await account.listen(last_seq=3)
    assert level.reply["resumed"] is True
    assert await level.all() == []
    await level.socket.close()


@pytest.mark.parametrize("last_seq", [99, None])
async def test_no_resume_from_an_unknown_place(cloud: GenieCloud, account: Account, last_seq: int | None) -> None:
    await switch(cloud)
    push = await account.listen(last_seq=last_seq)
    assert push.reply["resumed"] is False
    await push.socket.close()


async def test_the_history_is_bounded(cloud: GenieCloud, account: Account) -> None:
    for number in range(510):
        await switch(cloud, on=number % 2 == 0)
    lost = await account.listen(last_seq=5)
    assert lost.reply["resumed"] is False
    await lost.socket.close()
    kept = await account.listen(last_seq=10)
    assert kept.reply["resumed"] is True
    assert len(await kept.all()) == 500
    await kept.socket.close()


async def test_a_silent_client_is_dropped(cloud: GenieCloud, account: Account) -> None:
    await cloud.control("push_fault", {"silence_s": 0.05})
    push = await account.listen()
    assert await push.closed() == 1001


async def test_a_muted_heartbeat_is_not_answered(cloud: GenieCloud, push: Push) -> None:
    await cloud.control("push_fault", {"mute_heartbeat": True})
    await push.socket.send_json({"msgtype": "request", "operation": "ras_alive"})
    await switch(cloud)
    assert (await push.socket.receive_json())["event"] == "homeiot.state"


async def test_dropped_duplicated_and_reordered(cloud: GenieCloud, push: Push) -> None:
    async def sent(**faults: int) -> list[int]:
        await cloud.control("push_fault", faults)
        for on in (True, False, True):
            await switch(cloud, on=on)
        return [message["seq"] for message in await push.all()]

    assert await sent(drop=1) == [2, 3]
    assert await sent(duplicate=1) == [4, 4, 5, 6]
    assert await sent(reorder=1) == [8, 7, 9]


async def test_delayed(cloud: GenieCloud, push: Push, clock: ManualClock) -> None:
    await cloud.control("push_fault", {"delay_s": 20})
    await switch(cloud)
    assert await push.all() == []
    clock.advance(20)
    assert [message["seq"] for message in await push.all()] == [1]


async def test_a_gap_cannot_be_resumed(cloud: GenieCloud, account: Account, push: Push) -> None:
    await switch(cloud)
    assert (await push.next())["seq"] == 1
    assert await cloud.control("push_gap", {"count": 3}) == {"seq": 4}
    await switch(cloud, on=False)
    assert (await push.next())["seq"] == 5
    again = await account.listen(last_seq=1)
    assert again.reply["resumed"] is False
    await again.socket.close()


async def test_disconnect_and_forget(cloud: GenieCloud, account: Account, push: Push) -> None:
    await switch(cloud)
    await push.next()
    assert await cloud.control("push_disconnect", {}) == {"dropped": 1}
    assert await push.closed() == 1012
    again = await account.listen(last_seq=0)
    assert again.reply["resumed"] is True
    await cloud.control("push_disconnect", {"forget": True})
    assert await again.closed() == 1012
    last = await account.listen(last_seq=0)
    assert last.reply["resumed"] is False
    await last.socket.close()


async def test_revoking_ends_push(cloud: GenieCloud, push: Push) -> None:
    await cloud.control("revoke_all", {})
    assert await push.closed() == 1012


async def test_an_old_version_can_be_sent(cloud: GenieCloud, push: Push) -> None:
    await switch(cloud)
    await cloud.control("version_regress", {"deviceId": "light-mood", "values": {"on": False}})
    first, second = await push.next(), await push.next()
    assert (first["data"]["version"], second["data"]["version"]) == (2, 1)
    assert second["data"]["state"]["on"] is False
    assert second["seq"] > first["seq"]


async def test_devices_come_go_and_change(cloud: GenieCloud, account: Account, push: Push) -> None:
    await cloud.control(
        "add_device", {"device": {"id": "light-new", "kind": "light", "name": "새 조명", "room": "study"}}
    )
    added = await push.next("device.added")
    assert added["data"]["device"]["name"] == "새 조명"
    await cloud.control("rename_device", {"deviceId": "light-new", "name": "서재 조명"})
    assert (await push.next("device.changed"))["data"]["device"]["name"] == "서재 조명"
    await cloud.control("offline", {"deviceId": "light-new"})
    assert (await push.next("device.online"))["data"] == {"online": False, "version": 3}
    await cloud.control("remove_device", {"deviceId": "light-new"})
    assert (await push.next("device.removed"))["deviceId"] == "light-new"
    assert (await account.call("GET", "devices/light-new/state"))[0] == 404


async def test_the_servers_clock_stamps_events(cloud: GenieCloud, push: Push) -> None:
    await cloud.control("clock_skew", {"seconds": -90})
    await switch(cloud)
    assert (await push.next())["at"] == "2026-07-01T08:58:30.000+09:00"
