"""Skills: registration, the signed call, the spoken answer, asking back, and what can go wrong."""

import asyncio
from collections.abc import AsyncGenerator
import hashlib
import hmac
import json
from typing import Any

from aiohttp import web
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie.cloud import GenieCloud
from custom_components.dongju.simulator.genie.skills import signature
from custom_components.dongju.simulator.http_server import LoopbackServer

from .account import Account, Push

FAILED = "지금은 연결할 수 없어요. 잠시 후 다시 말씀해 주세요."


class Hub:
    """A partner's webhook: keeps what it was sent and answers as it is told."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.reply: dict[str, Any] | bytes = {"rc": 200, "metaInfo": {"mesg": "네, 그렇게 할게요."}, "endSession": True}
        self.status = 200
        self.delay_s = 0.0
        app = web.Application()
        app.router.add_post("/hook", self._serve)
        self.server = LoopbackServer(app)

    async def _serve(self, request: web.Request) -> web.Response:
        self.calls.append((dict(request.headers), await request.read()))
        await asyncio.sleep(self.delay_s)
        if isinstance(self.reply, bytes):
            return web.Response(body=self.reply, status=self.status)
        return web.json_response(self.reply, status=self.status)

    @property
    def url(self) -> str:
        return f"{self.server.url}/hook"

    def payload(self, number: int = -1) -> dict[str, Any]:
        payload: dict[str, Any] = json.loads(self.calls[number][1])
        return payload

    def signature_holds(self, secret: str, number: int = -1) -> bool:
        headers, body = self.calls[number]
        digest = hashlib.sha256(body).hexdigest()
        message = f"{headers['x-auth-timestamp']}.{headers['x-genie-nonce']}.{digest}"
        return hmac.new(secret.encode(), message.encode(), hashlib.sha256).hexdigest() == headers["x-genie-signature"]


@pytest.fixture
async def hub(socket_enabled: None) -> AsyncGenerator[Hub]:
    hub = Hub()
    await hub.server.start()
    yield hub
    await hub.server.close()


@pytest.fixture
async def secret(account: Account, hub: Hub) -> str:
    status, body = await account.call("POST", "skills", {"name": "Dongju", "url": hub.url})
    assert status == 200
    return str(body["data"]["skillSecret"])


async def say(cloud: GenieCloud, text: str = "냉장실 2도로 맞춰줘", **data: Any) -> dict[str, Any]:
    return await cloud.control("say", {"deviceId": "sp-living", "text": text, **data})


def test_the_published_vector() -> None:
    body = b'{"requestId":"r-0001","intent":"SetTemperature"}'
    assert hashlib.sha256(body).hexdigest() == "0097986426a3471ea9ae8adadb98be1dc9e530164ff4cc3422b578550684a93c"
    expected = "b3be0ed7f1acbd2efdb6552821dfd069fca53471315a55c663fb8182442494a8"
    assert signature("demo-skill-secret", "20261122093000123", "n-0001", body) == expected


async def test_the_secret_is_told_once(account: Account, hub: Hub) -> None:
    _status, body = await account.call("POST", "skills", {"name": "Dongju", "url": hub.url, "intents": ["SceneRun"]})
    skill = body["data"]
    assert len(skill["skillSecret"]) == 40
    shown = await account.get(f"skills/{skill['skillId']}")
    assert "skillSecret" not in shown
    assert (await account.get("skills"))["skills"] == [shown]
    assert (await account.call("DELETE", f"skills/{skill['skillId']}"))[0] == 200
    assert (await account.call("DELETE", f"skills/{skill['skillId']}"))[0] == 404


@pytest.mark.parametrize(
    "url", ["http://192.0.2.1/hook", "https://example.com/", "ftp://127.0.0.1/", "nonsense", "http://[", None]
)
async def test_only_webhooks_on_this_machine(account: Account, url: str | None) -> None:
    assert (await account.call("POST", "skills", {"url": url}))[0] == 400


async def test_ten_skills_at_most(account: Account, hub: Hub) -> None:
    for _number in range(10):
        assert (await account.call("POST", "skills", {"url": hub.url}))[0] == 200
    status, body = await account.call("POST", "skills", {"url": hub.url})
    assert (status, body["error"]) == (416, "TOO_MANY_SKILLS")


async def test_a_sentence_makes_the_whole_round_trip(
    cloud: GenieCloud, hub: Hub, secret: str, push: Push, clock: ManualClock
) -> None:
    result = await say(cloud, wakeWord="지니야", voiceId="v-1")
    assert result["spoken"] == "네, 그렇게 할게요."
    headers, _body = hub.calls[0]
    assert hub.signature_holds(secret)
    assert headers["x-auth-timestamp"] == "20260701090000000"
    payload = hub.payload()
    assert payload["session"].pop("id")
    assert payload == {
        "requestId": result["requestId"],
        "type": "intent",
        "skillId": headers["x-genie-skill-id"],
        "householdId": "h1",
        "deviceId": "sp-living",
        "uuid": None,
        "uword": "냉장실 2도로 맞춰줘",
        "voiceId": "v-1",
        "lang": "ko",
        "session": {"isNew": True},
        "dssMsg": {"Intent": "Utterance", "appInfo": {}},
    }
    wake = await push.next("wakeword")
    assert (wake["data"]["word"], wake["data"]["wakeWordId"]) == ("지니야", 1)
    utterance = await push.next("utterance")
    assert (utterance["data"]["requestId"], utterance["data"]["uword"]) == (result["requestId"], "냉장실 2도로 맞춰줘")
    clock.advance(60)
    finished = await push.next("tts.finished")
    assert (finished["data"]["playId"], finished["data"]["code"]) == (result["playId"], 200)


async def test_another_wake_word_has_no_id(cloud: GenieCloud, push: Push) -> None:
    await cloud.control("wake", {"deviceId": "sp-living", "wakeWord": "하이엘지"})
    data = (await push.next("wakeword"))["data"]
    assert (data["word"], data["wakeWordId"], data["agent"]) == ("하이엘지", None, "KT")
    assert await push.all() == []


async def test_roads_can_be_left_out(cloud: GenieCloud, hub: Hub, secret: str, push: Push) -> None:
    await say(cloud, skill=False, wakeWord="")
    assert hub.calls == []
    assert [message["event"] for message in await push.all()] == ["utterance"]
    await say(cloud, push=False, wakeWord="")
    assert len(hub.calls) == 1
    assert "utterance" not in [message["event"] for message in await push.all()]


async def test_asking_back(cloud: GenieCloud, hub: Hub, secret: str, clock: ManualClock) -> None:
    hub.reply = {"rc": 202, "confirm": {"token": "c-1", "prompt": "오븐을 켤까요?", "expiresIn": 30}}
    assert (await say(cloud, "오븐 180도로 켜줘"))["spoken"] == "오븐을 켤까요?"
    hub.reply = {"rc": 200, "metaInfo": {"mesg": "오븐을 켰어요."}}
    assert (await say(cloud, "응", wakeWord=""))["spoken"] == "오븐을 켰어요."
    first, second = hub.payload(0), hub.payload(1)
    assert (second["type"], second["confirm"], second["uword"]) == ("confirm", {"token": "c-1"}, "응")
    assert second["session"] == {"id": first["session"]["id"], "isNew": False}
    assert second["requestId"] != first["requestId"]
    await say(cloud)
    assert (hub.payload()["type"], hub.payload()["session"]["isNew"]) == ("intent", True)


async def test_a_question_is_forgotten_after_its_time(
    cloud: GenieCloud, hub: Hub, secret: str, clock: ManualClock
) -> None:
    hub.reply = {"rc": 202, "confirm": {"token": "c-1", "prompt": "켤까요?", "expiresIn": 30}}
    await say(cloud)
    clock.advance(31)
    await say(cloud, "응")
    assert hub.payload()["type"] == "intent"


async def test_a_dialogue_that_goes_on(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    hub.reply = {"rc": 200, "metaInfo": {"mesg": "어느 방이요?"}, "endSession": False}
    await say(cloud, "불 켜줘")
    await say(cloud, "거실", wakeWord="")
    assert hub.payload(0)["session"]["id"] == hub.payload(1)["session"]["id"]
    assert hub.payload(1)["type"] == "intent"
    # Another microphone is another dialogue.
    await cloud.control("say", {"deviceId": "sp-bedroom", "text": "안방"})
    assert hub.payload()["session"]["isNew"] is True


@pytest.mark.parametrize(
    ("status", "reply", "error"),
    [
        (401, {"rc": 401}, "http"),
        (302, b"", "http"),
        (200, b"not json", "malformed"),
        (200, b"[]", "malformed"),
        (200, b"x" * 70_000, "too_long"),
        (200, {"rc": 200}, None),
        (200, {"rc": 200, "metaInfo": {"mesg": 5}}, None),
    ],
)
async def test_bad_answers_are_spoken_as_a_failure(
    cloud: GenieCloud, hub: Hub, secret: str, status: int, reply: Any, error: str | None
) -> None:
    hub.status, hub.reply = status, reply
    result = await say(cloud)
    assert (result["spoken"], result["skill"]["error"]) == (FAILED, error)


async def test_an_answer_that_comes_too_late(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    hub.delay_s = 5
    assert await cloud.control("skill_timeout", {"seconds": 0.05}) == {"seconds": 0.05}
    result = await say(cloud)
    assert (result["spoken"], result["skill"]["error"]) == (FAILED, "timeout")


async def test_a_webhook_that_is_gone(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    await hub.server.close()
    result = await say(cloud)
    assert (result["spoken"], result["skill"]["error"]) == (FAILED, "ClientConnectorError")


async def test_a_refusal_is_spoken_as_it_is(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    hub.reply = {"rc": 422, "metaInfo": {"mesg": "냉장실은 1도에서 7도까지 돼요."}}
    assert (await say(cloud))["spoken"] == "냉장실은 1도에서 7도까지 돼요."


@pytest.mark.parametrize("tamper", [{"signature": True}, {"body": True}])
async def test_a_call_can_be_forged(cloud: GenieCloud, hub: Hub, secret: str, tamper: dict[str, Any]) -> None:
    await say(cloud, tamper=tamper)
    assert not hub.signature_holds(secret)


async def test_a_call_can_be_replayed_and_be_old(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    await say(cloud, tamper={"nonce": "n-1", "timestamp": "20200101000000000"}, repeat=2)
    assert [headers["x-genie-nonce"] for headers, _body in hub.calls] == ["n-1", "n-1"]
    assert {headers["x-auth-timestamp"] for headers, _body in hub.calls} == {"20200101000000000"}
    assert hub.payload(0)["requestId"] == hub.payload(1)["requestId"]
    assert hub.signature_holds(secret)


async def test_calls_are_stamped_by_the_servers_clock(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    await cloud.control("clock_skew", {"seconds": 90})
    await say(cloud)
    assert hub.calls[0][0]["x-auth-timestamp"] == "20260701090130000"


async def test_nonces_and_requests_are_never_given_twice(cloud: GenieCloud, hub: Hub, secret: str) -> None:
    for _number in range(3):
        await say(cloud)
    assert len({headers["x-genie-nonce"] for headers, _body in hub.calls}) == 3
    assert len({hub.payload(number)["requestId"] for number in range(3)}) == 3


async def test_without_a_skill_the_mock_answers_services_alone(cloud: GenieCloud) -> None:
    assert "날씨" in (await say(cloud, "오늘 날씨 어때"))["spoken"]
    assert (await say(cloud, "거실 불 꺼줘"))["spoken"] == "무슨 말씀인지 잘 모르겠어요."


async def test_a_typed_sentence_goes_to_the_skill_unless_told_otherwise(
    account: Account, hub: Hub, secret: str
) -> None:
    _status, body = await account.call("POST", "speakers/sp-living/query", {"text": "거실 불 꺼줘"})
    assert (body["data"]["by"], body["data"]["metaInfo"]["mesg"]) == ("skill", "네, 그렇게 할게요.")
    _status, body = await account.call(
        "POST", "speakers/sp-living/query", {"text": "거실 불 꺼줘", "servicesOnly": True}
    )
    assert body["data"]["handled"] is False
    assert len(hub.calls) == 1


async def test_a_deaf_speaker_hears_nothing(cloud: GenieCloud, account: Account) -> None:
    await account.command("sp-living", "speaker", "set", micMuted=True)
    with pytest.raises(Exception, match="does not hear"):
        await say(cloud)
