"""The voice extension: heard once, answered in its session, and only where it is allowed."""

import asyncio
from typing import Any

import pytest

from custom_components.dongju.model.errors import NotFoundError
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.vendors.base import SpokenReply, Utterance

from .living import Living, living


@pytest.fixture
def appliances() -> list[dict[str, object]]:
    return [{"type": "refrigerator", "name": "냉장고", "voice": True}]


class Ears:
    """Answers what it hears."""

    def __init__(self, reply: SpokenReply | Exception | None = None) -> None:
        self.reply = reply or SpokenReply(text="네, 에어컨을 켤게요.", continues=True)
        self.heard: list[Utterance] = []

    async def __call__(self, utterance: Utterance) -> SpokenReply:
        self.heard.append(utterance)
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply


async def listening(home: Living) -> None:
    await home.start()
    await home.connected()
    await home.until(lambda: home.session.diagnostics()["subscriptions"]["pushes"] == 1)


async def test_a_sentence_is_answered_in_its_session(cloud: ThinqCloud, clock: ManualClock) -> None:
    ears = Ears()
    async with living(cloud, clock, handle_utterance=ears) as home:
        await listening(home)
        happened = home.listen("냉장고", "voice_command")
        told = await home.control("say", device="냉장고", utterance="에어컨 켜 줘", wait=5)
        assert told["reply"] == {"text": "네, 에어컨을 켤게요.", "language": "ko", "expectReply": True}
        (utterance,) = ears.heard
        assert (utterance.text, utterance.language, utterance.assistant) == ("에어컨 켜 줘", "ko", "thinq")
        assert utterance.device_id == home.device_id("냉장고")
        assert utterance.conversation_id == told["session_id"]
        assert [happening.type for happening in happened] == ["command"]
        assert "에어컨" not in str(happened[0].data), "what was said is not for the recorder"


async def test_a_display_gets_what_it_can_show(cloud: ThinqCloud, clock: ManualClock) -> None:
    media = {"contentType": "news", "infoDetail": {"title": "오늘의 뉴스"}}
    ears = Ears(SpokenReply(text="뉴스예요.", picture="http://127.0.0.1/news.png", media=media))
    async with living(cloud, clock, handle_utterance=ears) as home:
        await listening(home)
        told = await home.control("say", device="냉장고", text="뉴스 들려줘", wait=5)
        assert told["reply"]["picture"] == "http://127.0.0.1/news.png"
        assert told["reply"]["media"] == media


async def test_a_sentence_delivered_twice_is_one(cloud: ThinqCloud, clock: ManualClock) -> None:
    ears = Ears()
    async with living(cloud, clock, handle_utterance=ears) as home:
        await listening(home)
        await home.fault("push_duplicate")
        await home.control("say", device="냉장고", utterance="불 꺼 줘", wait=5)
        await asyncio.sleep(0.1)
        assert len(ears.heard) == 1


@pytest.mark.parametrize("reply", [NotFoundError("x", name="불"), SpokenReply(text="")])
async def test_no_answer_is_no_call(cloud: ThinqCloud, clock: ManualClock, reply: Any) -> None:
    ears = Ears(reply)
    async with living(cloud, clock, handle_utterance=ears) as home:
        await listening(home)
        await home.control("say", device="냉장고", utterance="불 꺼 줘")
        await home.until(lambda: bool(ears.heard))
        await asyncio.sleep(0.05)
        assert (await home.calls())["by_endpoint"].get("voice_reply", 0) == 0


async def test_an_account_that_does_not_allow_it_hears_nothing(cloud: ThinqCloud, clock: ManualClock) -> None:
    ears = Ears()
    async with living(cloud, clock, handle_utterance=ears, data={"voice_extension": False}) as home:
        await listening(home)
        assert "voice_command" not in home.store.devices[home.device_id("냉장고")].parts[""].attributes
        await home.control("say", device="냉장고", utterance="불 꺼 줘")
        await home.until(lambda: home.session.diagnostics()["messages"].get("VoiceCommand") == 1)
        assert ears.heard == []


async def test_an_answer_the_cloud_refuses_is_survived(cloud: ThinqCloud, clock: ManualClock) -> None:
    ears = Ears()
    async with living(cloud, clock, handle_utterance=ears) as home:
        await listening(home)
        await home.fault("http_status", status=500, match={"endpoint": "voice_reply"}, count=1)
        await home.control("say", device="냉장고", utterance="불 꺼 줘")
        await home.until(lambda: bool(ears.heard))
        told = await home.control("say", device="냉장고", utterance="불 켜 줘", wait=5)
        assert told["reply"]["text"]
