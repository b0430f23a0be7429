"""Nothing is unlocked, opened or heated by voice, by any path: agent, skill call, appliance, LLM tool."""

from typing import Any

from homeassistant.components.llm import LLMTools
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext, ToolInput
import pytest

from custom_components.dongju import llm as dongju_llm
from custom_components.dongju.model.device import Device, Value
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Unit

from .demo_house import DemoHouse
from .spoken_house import command, make_device, number, spoken_house, words

OPEN_GAS = ("가스 밸브 열어줘", "가스 켜줘", "가스 잠금 풀어줘", "open the gas valve", "지니야 가스불 켜")
UNLOCK = ("현관문 열어줘", "도어락 열어", "현관 잠금 해제해줘", "unlock the front door", "공동현관 열어줘")
HEAT = "오븐 180도로 예열해줘"


def guarded(house: DemoHouse) -> dict[tuple[str, str], Value]:
    """Return what must stay as it is, as the virtual home has it."""
    values: dict[tuple[str, str], Value] = {}
    for device in house.entry.runtime_data.store.devices.values():
        if device.type in {DeviceType.GAS_VALVE, DeviceType.DOOR_LOCK, DeviceType.ENTRANCE}:
            for key in device.parts[""].attributes:
                values[device.name, key] = house.reported(device.name, "", key)
        if device.type is DeviceType.OVEN:
            for part in device.parts:
                values[device.name, part] = house.reported(device.name, part, "run_state")
    return values


async def close_gas(house: DemoHouse) -> None:
    """Close the gas first, so that an opening would show."""
    await house.answer("가스 잠가줘")
    await house.until(lambda: house.reported("가스밸브", "", "open") is False)


async def test_the_agent_refuses(house: DemoHouse) -> None:
    await close_gas(house)
    before = guarded(house)
    for text in (*OPEN_GAS, *UNLOCK):
        language = "en" if text.isascii() else "ko"
        assert ("safety" if language == "en" else "안전") in await house.answer(text, language=language), text
    await house.hass.async_block_till_done()
    assert guarded(house) == before


async def test_an_unsafe_sentence_is_not_handed_on(house: DemoHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    async def hand_on(*args: Any) -> None:
        asked.append(args)

    monkeypatch.setattr("custom_components.dongju.conversation.async_hand_on", hand_on)
    await house.answer("가스 밸브 열어줘")
    await house.answer("현관문 열어줘")
    assert asked == []
    await house.answer("재미있는 농담 하나 해줘")
    assert len(asked) == 1


async def test_the_skill_call_refuses(house: DemoHouse) -> None:
    await close_gas(house)
    before = guarded(house)
    for text in (OPEN_GAS[0], UNLOCK[0], UNLOCK[4]):
        spoken = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": text})
        assert "안전" in spoken["spoken"], text
    assert guarded(house) == before


async def test_an_appliances_microphone_refuses(house: DemoHouse) -> None:
    await close_gas(house)
    before = guarded(house)
    for at, text in enumerate((OPEN_GAS[0], UNLOCK[0])):
        assert "안전" in await speak_to_fridge(house, text, f"s-{at}"), text
    assert guarded(house) == before


async def speak_to_fridge(house: DemoHouse, text: str, session: str = "s-1") -> str:
    """Say a sentence to the virtual refrigerator and return what it is told to answer."""
    fridge = house.device("냉장고")
    heard = await house.simulator.control(
        "thinq", "say", {"device": fridge.vendor_id, "utterance": text, "session_id": session, "wait": 8}
    )
    assert heard["reply"] is not None
    return str(heard["reply"]["text"])


async def tools(house: DemoHouse) -> LLMTools:
    found = dongju_llm.async_get_tools(house.hass, llm_context(), LLM_API_ASSIST)
    assert found is not None
    return found


def llm_context() -> LLMContext:
    return LLMContext(platform="test", context=Context(), language="ko", assistant="conversation", device_id=None)


async def call(house: DemoHouse, name: str, **arguments: Any) -> Any:
    tool = next(tool for tool in (await tools(house)).tools if tool.name == f"dongju__{name}")
    return await tool.async_call(house.hass, ToolInput(tool_name=tool.name, tool_args=arguments), llm_context())


async def test_llm_tools_list_ask_and_control(house: DemoHouse) -> None:
    listed = (await call(house, "list_devices")).data["devices"]
    fridge = next(row for row in listed if row["kind"] == "fridge")
    assert fridge["range"] == [1, 7]
    assert "도" in (await call(house, "query_device", device_id=fridge["id"], attribute="temperature")).data["answer"]
    done = await call(house, "control_devices", device_ids=[fridge["id"]], action="set_temperature", value=4)
    assert done.data["done"] is True
    await house.until(lambda: house.reported("냉장고", "fridge", "target_temperature") == 4)


async def test_an_llm_tool_carries_out_a_sentence_but_never_says_yes(house: DemoHouse) -> None:
    done = await call(house, "run_sentence", sentence="30분 뒤에 무드등 꺼줘")
    assert (done.data["done"], "무드등을 끌게요" in done.data["answer"]) == (True, True)
    assert "무드등" in (await call(house, "run_sentence", sentence="what is scheduled?")).data["answer"]
    assert (await call(house, "run_sentence", sentence="3분 타이머 맞춰줘")).data["answer"] == "타이머를 3분 맞췄어요."
    before = guarded(house)
    for sentence in ("가스 열어줘", "현관문 열어줘", HEAT, "응", "open the front door"):
        assert not (await call(house, "run_sentence", sentence=sentence)).data["done"], sentence
    assert guarded(house) == before


async def test_llm_tools_refuse_what_voice_refuses(house: DemoHouse) -> None:
    await close_gas(house)
    before = guarded(house)
    listed = (await call(house, "list_devices")).data["devices"]
    for kind, action, value in (
        ("gas_valve", "open", None),
        ("gas_valve", "turn_on", None),
        ("gas_valve", "set_position", 100),
        ("door_lock", "open", None),
        ("door_lock", "turn_off", None),
        ("oven", "start", None),
        ("oven", "set_temperature", 180),
        ("door", "open", None),
    ):
        for row in listed:
            if row["kind"] != kind:
                continue
            arguments = {"device_ids": [row["id"]], "action": action}
            result = await call(house, "control_devices", **arguments, **({"value": value} if value else {}))
            assert result.error, (kind, action)
    assert guarded(house) == before


async def test_an_llm_tool_says_what_is_destructive(house: DemoHouse) -> None:
    annotations = {tool.name: tool.annotations for tool in (await tools(house)).tools}
    assert annotations["dongju__control_devices"].destructive
    assert annotations["dongju__list_devices"].read_only
    assert all(tool.integration == "dongju" for tool in (await tools(house)).tools)


async def test_an_oven_heats_only_after_yes_and_with_its_own_permission(house: DemoHouse) -> None:
    asked = await house.say(HEAT, conversation_id="kitchen")
    assert asked.continue_conversation
    assert "예열할까요" in asked.response.speech["plain"]["speech"]
    oven = house.device("광파오븐")
    part = next(part for part in oven.parts if oven.attribute(part, "run_state"))
    before = house.reported("광파오븐", part, "run_state")

    refused = await house.answer("응", conversation_id="kitchen")
    assert "원격 시작" in refused
    assert house.reported("광파오븐", part, "run_state") == before

    await house.simulator.control("thinq", "act", {"device": oven.vendor_id, "do": "press_remote_start"})
    await house.until(lambda: house.reported("광파오븐", part, "remote_start") is True)
    await house.say(HEAT, conversation_id="kitchen")
    await house.answer("아니", conversation_id="kitchen")
    assert house.reported("광파오븐", part, "run_state") == before
    await house.say(HEAT, conversation_id="kitchen")
    await house.answer("응", conversation_id="kitchen")
    await house.until(lambda: house.reported("광파오븐", part, "run_state") != before)


async def test_llm_tools_ask_services_and_say_what_they_do_not_know(house: DemoHouse) -> None:
    weather = await call(house, "ask_service", service="weather", question="오늘 날씨 어때?")
    assert "날씨" in weather.data["answer"]
    week = await call(house, "ask_service", service="weather", question="부산", place="부산", when="this_week")
    assert week.data["answer"].startswith("이번 주 부산 날씨")
    unknown = await call(house, "ask_service", service="ask", question="파리의 수도가 어디야?")
    assert unknown.error
    assert (await call(house, "query_device", device_id="nothing")).data["error"] == "unknown_device"
    assert (await call(house, "control_devices", device_ids=["nothing"], action="turn_on")).error
    speaker = next(row for row in (await call(house, "list_devices")).data["devices"] if row["kind"] == "speaker")
    played = await call(house, "control_devices", device_ids=[speaker["id"]], action="play_music", value="가상 밴드")
    assert played.data["done"] is True


async def test_no_tools_without_the_hub_or_outside_assist(house: DemoHouse) -> None:
    assert dongju_llm.async_get_tools(house.hass, llm_context(), "another_api") is None
    assert await house.hass.config_entries.async_unload(house.hub.entry_id)
    assert dongju_llm.async_get_tools(house.hass, llm_context(), LLM_API_ASSIST) is None
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "무드등 켜줘"})
    assert heard["spoken"]
    assert house.reported("무드등", "", "on_off") is False


def microwave(unit: Unit | None, *, timed: bool) -> Device:
    attributes = [command("start", "stop"), words(Attr.RUN_STATE, "initial", "cook")]
    time = [number(Attr.TARGET_TIME, 0, 3600, unit)] if timed else []
    return make_device(DeviceType.MICROWAVE_OVEN, [*attributes, *time], name="전자레인지")


@pytest.mark.parametrize(("unit", "length"), [(Unit.MINUTES, 2), (Unit.SECONDS, 120)])
async def test_a_time_to_cook_is_told_to_the_appliance(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, unit: Unit, length: int
) -> None:
    house = await spoken_house(hass, monkeypatch, microwave(unit, timed=True))
    await house.house.report(Attr.RUN_STATE, "initial")
    heard = {"conversation_id": "cook"}
    assert await house.answer("전자레인지 2분 돌려줘", **heard) == "전자레인지를 2분 동안 돌릴까요?"
    assert house.house.commands == []
    assert await house.answer("응", **heard) == "전자레인지를 2분 동안 돌릴게요."
    assert [sent.values for sent in house.house.commands] == [{Attr.OPERATION: "start", Attr.TARGET_TIME: length}]


async def test_what_cannot_be_told_a_time_is_not_started_for_ever(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await spoken_house(hass, monkeypatch, microwave(None, timed=False))
    heard = {"conversation_id": "cook"}
    assert "음성으로 쓸 수 없어요" in await house.answer("전자레인지 2분 돌려줘", **heard)
    await house.answer("응", **heard)
    assert house.house.commands == []
