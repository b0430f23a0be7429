"""Skill calls: who is let in, what is answered, and the whole way from a sentence to a spoken answer."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
import json
from typing import Any

import pytest

from custom_components.dongju.model.errors import CannotConnectError
from custom_components.dongju.vendors.base import JsonDict, SpokenReply
from custom_components.dongju.vendors.genie.skill import MAX_BODY, SkillGate, signature

from .living import Living, until

SECRET = "demo-skill-secret"
SKILL = "sk-1"
NOW = datetime(2026, 11, 22, 0, 30, 0, 123000, tzinfo=UTC)
STAMP = "20261122093000123"


class Gate:
    """A gate with a clock, and callers both honest and not."""

    def __init__(self) -> None:
        self.now = NOW - timedelta(seconds=30)
        self.offset = timedelta()
        self.true_offset = timedelta()
        self.clock_reads = 0
        self.clock_fails = False
        self.heard: list[JsonDict] = []
        self.spoken: list[tuple[str, str]] = []
        self.reply = SpokenReply(text="네.")
        self.fails = False
        self.release = asyncio.Event()
        self.release.set()
        self.gate = SkillGate(
            SKILL,
            SECRET,
            now=lambda: self.now,
            offset=lambda: self.offset,
            read_clock=self._read_clock,
            respond=self._respond,
            speak_later=self._speak,
            answer_s=0.1,
        )
        self.now = NOW

    async def call(self, body: bytes | JsonDict, *, nonce: str = "n-0001", **changed: str) -> tuple[int, Any]:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        timestamp = changed.pop("timestamp", STAMP)
        headers = {
            "x-genie-skill-id": SKILL,
            "x-auth-timestamp": timestamp,
            "x-genie-nonce": nonce,
            "x-genie-signature": signature(SECRET, timestamp, nonce, raw),
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        status, answer = await self.gate.handle(headers, raw)
        return int(status), answer

    async def _respond(self, payload: JsonDict) -> SpokenReply:
        self.heard.append(payload)
        await self.release.wait()
        if self.fails:
            raise CannotConnectError("gone")
        return self.reply

    async def _speak(self, device_id: str, text: str) -> None:
        self.spoken.append((device_id, text))

    async def _read_clock(self) -> None:
        self.clock_reads += 1
        if self.clock_fails:
            raise CannotConnectError("gone")
        self.offset = self.true_offset


@pytest.fixture
async def gate() -> AsyncGenerator[Gate]:
    made = Gate()
    yield made
    await made.gate.close()


def intent(request_id: str = "r-1", **extra: Any) -> JsonDict:
    return {"requestId": request_id, "type": "intent", "deviceId": "sp-1", "uword": "불 꺼 줘", "lang": "ko", **extra}


def test_the_references_signature() -> None:
    body = b'{"requestId":"r-0001","intent":"SetTemperature"}'
    expected = "b3be0ed7f1acbd2efdb6552821dfd069fca53471315a55c663fb8182442494a8"
    assert signature("demo-skill-secret", "20261122093000123", "n-0001", body) == expected


async def test_a_signed_call_is_answered(gate: Gate) -> None:
    status, answer = await gate.call(intent())
    assert status == 200
    assert answer == {
        "requestId": "r-1",
        "rc": 200,
        "metaInfo": {"mesg": "네.", "actFeel": "calm"},
        "directives": [],
        "endSession": True,
    }
    assert gate.heard[0]["uword"] == "불 꺼 줘"


REFUSED: list[tuple[dict[str, str], int]] = [
    ({"x_genie_signature": "0" * 64}, 401),
    ({"x_genie_signature": ""}, 401),
    ({"x_genie_signature": "\udcff"}, 401),
    ({"x_genie_skill_id": "sk-2"}, 404),
    ({"timestamp": "20261122092859000"}, 401),
    ({"timestamp": "20261122093101000"}, 401),
    ({"timestamp": "2026112209300012"}, 401),
    ({"timestamp": "20261322093000123"}, 401),
    ({"timestamp": "٢0261122093000123"}, 401),
    ({"nonce": ""}, 401),
    ({"nonce": "n" * 129}, 401),
]


@pytest.mark.parametrize(("changed", "status"), REFUSED)
async def test_what_is_not_let_in(gate: Gate, changed: dict[str, str], status: int) -> None:
    assert await gate.call(intent(), **changed) == (status, None)
    assert gate.heard == []
    assert gate.gate.refused == 1


async def test_a_changed_body_is_not_let_in(gate: Gate) -> None:
    good = signature(SECRET, STAMP, "n-0001", json.dumps(intent()).encode())
    assert (await gate.call(intent(uword="문 열어 줘"), x_genie_signature=good))[0] == 401
    assert gate.heard == []


async def test_a_nonce_is_good_once(gate: Gate) -> None:
    assert (await gate.call(intent()))[0] == 200
    assert await gate.call(intent()) == (409, None)
    assert await gate.call(intent("r-2")) == (409, None)
    assert len(gate.heard) == 1


async def test_nonces_are_forgotten_only_after_their_time(gate: Gate) -> None:
    await gate.call(intent())
    gate.now += timedelta(minutes=6)
    assert (await gate.call(intent("r-2"), timestamp="20261122093600123"))[0] == 200


async def test_too_many_calls_at_once(gate: Gate) -> None:
    gate.release.clear()
    for number in range(1000):
        status, _answer = await gate.call({"requestId": str(number), "type": "health"}, nonce=f"n-{number}")
        assert status == 200
    assert await gate.call(intent(), nonce="one more") == (429, None)


async def test_too_large_a_body(gate: Gate) -> None:
    assert await gate.call(b"x" * (MAX_BODY + 1)) == (413, None)


async def test_nothing_from_before_the_start(gate: Gate) -> None:
    assert (await gate.call(intent(), timestamp="20261122092927000"))[0] == 401
    assert (await gate.call(intent(), timestamp="20261122092929000"))[0] == 200


@pytest.mark.parametrize("body", [b"nonsense", b"[]", b"{}", b'{"requestId": 3}', b"[" * 60_000])
async def test_a_signed_call_without_sense(gate: Gate, body: bytes) -> None:
    assert await gate.call(body) == (400, None)


@pytest.mark.parametrize("kind", ["discover", "link", "unlink", None])
async def test_only_sentences_are_carried_out(gate: Gate, kind: str | None) -> None:
    status, answer = await gate.call(intent(type=kind))
    assert (status, answer["rc"]) == (200, 422)
    assert gate.heard == []


async def test_an_empty_sentence(gate: Gate) -> None:
    _status, answer = await gate.call(intent(uword="  ", lang="en"))
    assert answer["metaInfo"]["mesg"] == "Please say what to do."


async def test_health(gate: Gate) -> None:
    assert await gate.call({"requestId": "h", "type": "health"}) == (200, {"requestId": "h", "rc": 200})


async def test_the_same_request_is_carried_out_once(gate: Gate) -> None:
    _status, first = await gate.call(intent())
    _status, second = await gate.call(intent(), nonce="n-2")
    assert first == second
    assert len(gate.heard) == 1


@pytest.mark.parametrize(("language", "working"), [("ko", "요청을 처리하고 있어요."), ("en", "Working on it.")])
async def test_a_slow_answer_is_spoken_afterwards_once(gate: Gate, language: str, working: str) -> None:
    gate.release.clear()
    for nonce in ("n-1", "n-2"):
        _status, answer = await gate.call(intent(lang=language), nonce=nonce)
        assert answer["metaInfo"]["mesg"] == working
    gate.release.set()
    await until(lambda: gate.spoken)
    await asyncio.sleep(0.01)
    assert gate.spoken == [("sp-1", "네.")]
    assert len(gate.heard) == 1


async def test_a_slow_failure_is_spoken_too(gate: Gate) -> None:
    gate.release.clear()
    gate.fails = True
    await gate.call(intent())
    gate.release.set()
    await until(lambda: gate.spoken)
    assert "처리하지 못했어요" in gate.spoken[0][1]


async def test_a_failure_is_answered(gate: Gate) -> None:
    gate.fails = True
    _status, answer = await gate.call(intent(lang="en-US"))
    assert (answer["rc"], answer["metaInfo"]["mesg"]) == (500, "That did not work. Please try again.")


async def test_a_question_keeps_the_session_open(gate: Gate) -> None:
    gate.reply = SpokenReply(text="정말요?", continues=True)
    _status, answer = await gate.call(intent())
    assert answer["endSession"] is False


async def test_what_a_display_shows(gate: Gate) -> None:
    gate.reply = SpokenReply(text="비가 와요.", picture="https://example.com/p.png")
    _status, answer = await gate.call(intent())
    assert answer["metaInfo"]["infoDetail"] == {"imageurl": "https://example.com/p.png"}
    gate.reply = SpokenReply(text="비가 와요.", media={"contentType": "weather", "infoDetail": {"icon": 5}})
    _status, answer = await gate.call(intent("r-2"), nonce="n-2")
    assert answer["metaInfo"]["contentType"] == "weather"
    assert answer["metaInfo"]["infoDetail"] == {"icon": 5}


@pytest.mark.parametrize("seconds", [-90, 90])
async def test_a_wrong_clock_is_corrected(gate: Gate, seconds: float) -> None:
    gate.true_offset = timedelta(seconds=seconds)
    moment = NOW + timedelta(hours=9, seconds=seconds)
    assert (await gate.call(intent(), timestamp=f"{moment:%Y%m%d%H%M%S}123"))[0] == 200
    assert gate.clock_reads == 1


async def test_a_forged_call_does_not_make_us_ask_the_time(gate: Gate) -> None:
    await gate.call(intent(), timestamp="20261122092500000", x_genie_signature="0" * 64)
    assert gate.clock_reads == 0


async def test_a_clock_that_cannot_be_read_lets_nobody_in(gate: Gate) -> None:
    gate.clock_fails = True
    assert (await gate.call(intent(), timestamp="20261122092500000"))[0] == 401


async def test_closing_ends_what_is_being_answered(gate: Gate) -> None:
    gate.release.clear()
    await gate.call(intent())
    await gate.gate.close()
    gate.release.set()
    await asyncio.sleep(0.01)
    assert gate.spoken == []


async def say(live: Living, text: str = "냉장실 2도로 맞춰 줘", **data: Any) -> dict[str, Any]:
    return await live.control("say", deviceId="sp-living", text=text, **data)


async def test_a_sentence_makes_the_whole_way(voiced: Living) -> None:
    result = await say(voiced, voiceId="v-1")
    assert result["spoken"] == "네, 그렇게 할게요."
    (heard,) = voiced.heard
    assert (heard.assistant, heard.text, heard.device_id) == ("genie", "냉장실 2도로 맞춰 줘", "genie_sp-living")
    assert (heard.room, heard.user, heard.language) == ("거실", "v-1", "ko")
    assert heard.conversation_id is not None
    assert voiced.session.diagnostics()["skill_registered"] is True


async def test_a_sentence_that_comes_twice_is_carried_out_once(voiced: Living) -> None:
    await say(voiced, repeat=3)
    assert len(voiced.heard) == 1


async def test_a_dialogue_keeps_its_session(voiced: Living) -> None:
    voiced.reply = SpokenReply(text="몇 도로요?", continues=True)
    await say(voiced)
    await say(voiced, "2도")
    first, second = voiced.heard
    assert first.conversation_id == second.conversation_id


@pytest.mark.parametrize("tamper", [{"signature": True}, {"body": True}, {"timestamp": "20200101000000000"}])
async def test_forged_sentences_reach_nobody(voiced: Living, tamper: dict[str, Any]) -> None:
    result = await say(voiced, tamper=tamper)
    assert result["skill"]["status"] == 401
    assert voiced.heard == []
    assert voiced.session.diagnostics()["skill_refused"] == 1


async def test_a_replayed_nonce_reaches_nobody(voiced: Living) -> None:
    await say(voiced, tamper={"nonce": "same"})
    result = await say(voiced, tamper={"nonce": "same"})
    assert result["skill"]["status"] == 409
    assert len(voiced.heard) == 1


@pytest.mark.parametrize("seconds", [-90, 90])
async def test_a_cloud_with_a_wrong_clock_is_heard(voiced: Living, seconds: float) -> None:
    await voiced.control("clock_skew", seconds=seconds)
    # What was sent before this process began is not accepted: a slow clock has to pass that moment first.
    voiced.clock.advance(5)
    result = await say(voiced)
    assert result["spoken"] == "네, 그렇게 할게요."


async def test_a_slow_hub_speaks_when_it_is_done(voiced: Living) -> None:
    voiced.reply_after = asyncio.Event()
    result = await say(voiced)
    assert result["spoken"] == "요청을 처리하고 있어요."
    voiced.clock.advance(30)
    await voiced.until_value("sp-living", "speaking", False)
    voiced.reply_after.set()
    await voiced.until_value("sp-living", "speaking", True)


async def test_a_late_answer_for_a_speaker_that_left_is_lost(voiced: Living) -> None:
    voiced.reply_after = asyncio.Event()
    await say(voiced)
    await voiced.control("offline", deviceId="sp-living")
    voiced.reply_after.set()
    await until(lambda: voiced.spoken)
    await asyncio.sleep(0.05)
    assert voiced.spoken == ["네, 그렇게 할게요."]
    await voiced.control("online", deviceId="sp-living")
    assert (await say(voiced, "다시"))["spoken"] == "네, 그렇게 할게요."


async def test_without_a_hub_the_person_is_told(voiced: Living) -> None:
    voiced.reply_error = CannotConnectError("no hub")
    result = await say(voiced)
    assert "처리하지 못했어요" in result["spoken"]


async def test_the_skill_is_taken_back(voiced: Living) -> None:
    assert len(voiced.cloud.describe()["state"]["skills"]) == 1
    await voiced.stop()
    assert voiced.cloud.describe()["state"]["skills"] == []
    assert voiced.cache.data == {}


async def test_a_skill_of_a_run_that_crashed_is_replaced(voiced: Living) -> None:
    old = voiced.session
    voiced.renew()
    await voiced.start()
    assert len(voiced.cloud.describe()["state"]["skills"]) == 1
    assert voiced.session.diagnostics()["skill_registered"] is True
    await old.async_close()


async def test_forgotten_skills_make_room(voiced: Living) -> None:
    await voiced.stop()
    voiced.renew()
    body: JsonDict = {"name": "Dongju", "householdId": "h1", "url": voiced.webhook, "intents": []}
    for _skill in range(10):
        await voiced.session.client.async_post("skills", body)
    await voiced.start()
    assert len(voiced.cloud.describe()["state"]["skills"]) == 1


async def test_a_skill_that_cannot_be_registered_is_tried_again(voiced: Living) -> None:
    await voiced.stop()
    voiced.renew()
    await voiced.fault("http_status", data={"status": 500}, match={"path": "/genie/v1/skills"})
    await voiced.start()
    assert voiced.session.diagnostics()["skill_registered"] is False
    assert await voiced.session.async_webhook({}, b"") == (404, None)
    await voiced.control("clear_faults")
    await voiced.session.async_poll()
    assert voiced.session.diagnostics()["skill_registered"] is True


async def test_an_account_that_leaves_takes_its_skill_along(voiced: Living) -> None:
    await voiced.fault("http_status", data={"status": 500}, match={"method": "DELETE"})
    await voiced.stop()
    assert len(voiced.cloud.describe()["state"]["skills"]) == 1
    await voiced.control("clear_faults")
    voiced.renew()
    await voiced.session.async_remove_account()
    assert voiced.cloud.describe()["state"]["skills"] == []
