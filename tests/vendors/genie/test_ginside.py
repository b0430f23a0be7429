"""LG appliances as G-INSIDE terminals: KT's protocol on the mock's wire, and what a terminal has to do."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.model import errors
from custom_components.dongju.vendors.genie import ginside, terminal as terminal_module
from custom_components.dongju.vendors.genie.ginside_wire import (
    FrameError,
    command,
    parse,
    seconds_until,
    signature,
    stamp,
    terminal_mac,
)

from .living import Living, until
from .terminal_lines import MIRROR, ask, framed


def terminals(live: Living) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = live.cloud.describe()["state"]["terminals"]
    return rows


def test_the_references_signature() -> None:
    expected = "b077be4aa5828cf4313fc0d646df184558f7bbd9d5625df5422b0215663f77ea"
    assert signature("demo-id", "demo-key", "demo-secret-0001", "20261122093000123") == expected


def test_the_references_frame() -> None:
    assert command("Req_TXCM", {})[:4] == bytes([0, 0, 0, 0x37])
    assert command("Req_TXCM", {})[4:] == b'{"devCommand":{"msgType":"Req_TXCM","msgPayload":"{}"}}'


def test_a_timestamp_is_korean() -> None:
    assert stamp(datetime(2026, 11, 22, 0, 30, 0, 123456, tzinfo=UTC)) == "20261122093000123"


def test_a_terminals_address_is_its_own_and_stays() -> None:
    assert terminal_mac("a") == terminal_mac("a")
    assert terminal_mac("a") != terminal_mac("b")
    assert int(terminal_mac("a")[:2], 16) & 0b10


def test_sound_is_no_command() -> None:
    assert parse(framed(b"RIFF", 1)) is None


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x07\x00\x00\x00",
        b"\x00\x00\x00\x05{}",
        framed(b"nonsense"),
        framed(b"[]"),
        framed(b'{"srvCommand": 3}'),
        framed(b'{"srvCommand": {"msgType": 3, "msgPayload": "{}"}}'),
        framed(b'{"srvCommand": {"msgType": "x", "msgPayload": "{\\"cmdOpt\\": [1]}"}}'),
    ],
)
def test_broken_frames(frame: bytes) -> None:
    with pytest.raises(FrameError):
        parse(frame)


def test_a_payload_that_three_bytes_cannot_count() -> None:
    with pytest.raises(FrameError):
        command("x", {"text": "x" * 0x1000000})


@pytest.mark.parametrize(
    ("given", "seconds"),
    [("90", 90), (90, 90), ("20261122093100", 60), ("20261122092900", 0), ("20269922092900", None), (None, None)],
)
def test_both_ways_to_set_a_time(given: object, seconds: float | None) -> None:
    assert seconds_until(given, datetime(2026, 11, 22, 0, 30, tzinfo=UTC)) == seconds


async def test_a_question_is_answered(live: Living) -> None:
    answer = await ask(live, "오늘 날씨 어때")
    assert answer["contentType"] == "weather"
    assert "날씨" in answer["mesg"]
    assert answer["infoDetail"]["temp"] is not None
    (terminal,) = terminals(live)
    assert terminal["connected"]
    await until(lambda: terminals(live)[0]["dssStatus"] == ["SU:016", "SU:027", "SI:002", "SG:000"])


async def test_one_connection_for_each_microphone(live: Living) -> None:
    await asyncio.gather(*(ask(live, "세종대왕이 누구야", device) for device in (MIRROR, MIRROR, "thinq_fridge")))
    assert len(terminals(live)) == 2
    assert live.session.diagnostics()["terminals"] == 2


async def test_music_comes_with_its_address(live: Living) -> None:
    answer = await ask(live, "자장가 틀어 줘")
    assert answer["contentType"] == "music"
    assert answer["media"]["channel"] == 101
    assert answer["media"]["url"].endswith(".wav")
    assert answer["infoDetail"]["title"]
    # Nothing plays at a terminal without sound: the server hears so, and sends no song after this one.
    await until(lambda: terminals(live)[0]["media"]["status"] == "stopped")


async def test_music_without_a_link(live: Living) -> None:
    await live.control("music_link", linked=False)
    await until(lambda: "music_login_required" in live.issues)
    with pytest.raises(errors.LoginRequiredError):
        await ask(live, "자장가 틀어 줘")


async def test_volume_is_set_and_reported(live: Living) -> None:
    assert (await ask(live, "소리 키워 줘"))["volume"] == 60
    assert (await ask(live, "소리 줄여 줘"))["volume"] == 50


async def test_a_timer_ends_at_the_server(live: Living) -> None:
    answer = await ask(live, "1초 타이머 맞춰 줘")
    assert "타이머" in answer["mesg"]
    await asyncio.sleep(1.1)
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_what_kt_does_not_answer_is_not_the_hubs_to_answer(voiced: Living) -> None:
    with pytest.raises(errors.NotFoundError):
        await ask(voiced, "거실 불 꺼 줘")
    assert voiced.heard == []


async def test_a_uuid_is_kept_over_restarts(live: Living) -> None:
    await ask(live, "오늘 날씨 어때")
    await live.stop()
    live.renew()
    await live.start()
    await ask(live, "오늘 날씨 어때")
    assert len(terminals(live)) == 1
    assert live.cache.data["terminals"] == {MIRROR: terminals(live)[0]["uuid"]}


async def test_a_uuid_the_server_forgot_is_asked_for_again(live: Living) -> None:
    live.cache.data["terminals"] = {MIRROR: "forgotten"}
    live.renew()
    await live.start()
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"
    assert live.cache.data["terminals"][MIRROR] != "forgotten"


async def test_a_dropped_connection_is_made_again(live: Living) -> None:
    await ask(live, "오늘 날씨 어때")
    await live.control("ginside_drop")
    await until(lambda: live.session.diagnostics()["terminals"] == 0)
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_a_deactivated_terminal_registers_again(live: Living) -> None:
    await ask(live, "오늘 날씨 어때")
    await live.control("ginside_send", msgType="Snd_SVEV", cmdOpt={"type": "standby"})
    await until(lambda: live.session.diagnostics()["terminals"] == 0)
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_an_idle_connection_is_hung_up(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ginside, "IDLE_S", 0.05)
    await ask(live, "오늘 날씨 어때")
    await until(lambda: not terminals(live)[0]["connected"])
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_a_running_timer_keeps_the_line(live: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ginside, "IDLE_S", 0.05)
    await ask(live, "10분 타이머 맞춰 줘")
    await asyncio.sleep(0.2)
    assert terminals(live)[0]["connected"]
    await live.control("ginside_send", msgType="Req_STTM", cmdOpt={"setOpt": "clear", "reqAct": "0"})
    await until(lambda: not terminals(live)[0]["connected"])


@pytest.mark.parametrize("seconds", [-90, 90])
async def test_a_server_with_a_wrong_clock(live: Living, seconds: float) -> None:
    await live.control("clock_skew", seconds=seconds)
    assert (await ask(live, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_wrong_keys(home: Living) -> None:
    home.data["client_secret"] = "wrong"
    home.renew()
    await home.start()
    with pytest.raises(errors.NotSupportedError):
        await ask(home, "오늘 날씨 어때")


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": None},
        {"ginside_url": "ws://kt.example/ginside"},
        {"ginside_url": "ftp://127.0.0.1/"},
        {"ginside_url": "http://["},
        {"ginside_url": "nonsense"},
        {"ginside_rest_url": "https://kt.example"},
    ],
)
async def test_without_good_keys_there_is_no_terminal(home: Living, changed: dict[str, Any]) -> None:
    home.data.update(changed)
    home.renew()
    await home.start()
    with pytest.raises(errors.NotSupportedError):
        await ask(home, "오늘 날씨 어때")
    await home.session.async_remove_account()


async def test_the_registration_service_is_found_beside_the_socket(home: Living) -> None:
    del home.data["ginside_rest_url"]
    home.renew()
    await home.start()
    assert (await ask(home, "오늘 날씨 어때"))["contentType"] == "weather"


async def test_leaving_unregisters(live: Living) -> None:
    await ask(live, "오늘 날씨 어때")
    await live.stop()
    live.renew()
    await live.session.async_remove_account()
    assert terminals(live) == []


async def test_leaving_while_the_server_is_away(live: Living) -> None:
    await ask(live, "오늘 날씨 어때")
    await live.stop()
    live.renew()
    await live.fault("http_status", data={"status": 500}, match={"layer": "ginside"})
    await live.session.async_remove_account()


@pytest.mark.parametrize("fault", ["malformed_json", "drop_connection", "html_body", "timeout"])
async def test_registration_on_a_bad_day(live: Living, fault: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_module, "CONNECT_S", 0.3)
    monkeypatch.setattr(ginside, "_TIMEOUT", aiohttp.ClientTimeout(total=0.3))
    await live.fault(fault, match={"layer": "ginside"})
    with pytest.raises(errors.CannotConnectError):
        await ask(live, "오늘 날씨 어때")
