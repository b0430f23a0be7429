"""Any microphone, any brand: speakers reach LG appliances, LG appliances reach KT's television and services."""

from typing import Any

from homeassistant.core import ServiceCall

from custom_components.dongju.model.device import Happening

from .demo_house import DemoHouse
from .test_safety import speak_to_fridge


async def test_a_genie_speaker_sets_the_lg_refrigerator_and_speaks_the_answer(house: DemoHouse) -> None:
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "냉장고 5도로 맞춰줘"})
    assert "5도" in heard["spoken"]
    await house.until(lambda: house.reported("냉장고", "fridge", "target_temperature") == 5)


async def test_a_failure_is_spoken(house: DemoHouse) -> None:
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "냉장고 9도로 맞춰줘"})
    assert "까지만" in heard["spoken"]


async def test_a_sentence_that_arrives_twice_is_executed_once(house: DemoHouse) -> None:
    before = house.reported("거실 난방", "", "target_temperature")
    assert isinstance(before, float | int)
    await house.simulator.control(
        "genie", "say", {"deviceId": "sp-living", "text": "거실 난방 1도 올려줘", "repeat": 3}
    )
    await house.until(lambda: house.reported("거실 난방", "", "target_temperature") == before + 1)
    await house.hass.async_block_till_done()
    assert house.reported("거실 난방", "", "target_temperature") == before + 1


async def test_the_room_of_the_speaker_counts(house: DemoHouse) -> None:
    await house.simulator.control("genie", "say", {"deviceId": "sp-bedroom", "text": "불 켜줘"})
    await house.until(lambda: house.reported("안방 조명", "", "on_off") is True)


async def test_a_refrigerator_changes_the_channel(house: DemoHouse) -> None:
    answer = await speak_to_fridge(house, "하이 엘지, MBC 틀어줘")
    assert "MBC" in answer
    await house.until(lambda: house.reported("지니 TV", "", "channel_name") == "MBC")


async def test_a_refrigerator_tells_the_news(house: DemoHouse) -> None:
    assert "뉴스" in await speak_to_fridge(house, "하이 엘지 뉴스 들려줘")


async def test_a_display_gets_the_picture_and_the_media_of_an_answer(house: DemoHouse) -> None:
    answer = await house.hass.services.async_call(
        "dongju",
        "use_demo_device",
        {
            "device_id": house.registry_id(house.device("냉장고")),
            "act": "say",
            "data": {"text": "하이 엘지 내일 날씨 어때?"},
        },
        blocking=True,
        return_response=True,
    )
    assert isinstance(answer, dict)
    reply = answer["reply"]
    assert isinstance(reply, dict)
    assert "날씨" in str(reply["text"])
    assert reply["media"]


async def test_a_delayed_command_waits_and_can_be_cancelled(house: DemoHouse) -> None:
    await house.answer("무드등 켜줘")
    await house.until(lambda: house.reported("무드등", "", "on_off") is True)
    answer = await house.answer("30분 뒤에 무드등 꺼줘")
    assert "무드등을 끌게요" in answer
    delayed = house.assistant.delayed
    assert len(delayed.waiting) == 1

    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    delayed = house.assistant.delayed
    assert [waiting.frame.action for waiting in delayed.waiting] == ["turn_off"], "it survives a restart"

    assert "취소" in await house.answer("예약 취소해줘")
    assert delayed.waiting == []
    assert house.reported("무드등", "", "on_off") is True


async def test_a_removed_hub_leaves_nothing_waiting_on_disk(house: DemoHouse, hass_storage: dict[str, Any]) -> None:
    await house.answer("30분 뒤에 무드등 꺼줘")
    await house.answer("아기옷 세탁기 다 되면 알려줘")
    waiting = {"dongju.delayed", "dongju.reminders"}
    assert waiting <= hass_storage.keys()
    await house.hass.config_entries.async_remove(house.hub.entry_id)
    await house.hass.async_block_till_done()
    assert not waiting & hass_storage.keys()


async def test_a_promise_to_tell_is_taken_back(house: DemoHouse) -> None:
    promised = await house.say("워시타워 세탁기 다 되면 알려줘", conversation_id="promise")
    assert "알려" in promised.response.speech["plain"]["speech"]
    assert house.assistant.reminders.waiting
    said = await house.answer("취소해줘", conversation_id="promise")
    assert said == "끝나도 알려드리지 않을게요."
    assert not house.assistant.reminders.waiting


async def test_the_speaker_tells_when_the_washer_is_done(house: DemoHouse) -> None:
    heard = await house.simulator.control(
        "genie", "say", {"deviceId": "sp-living", "text": "아기옷 세탁기 다 되면 알려줘"}
    )
    assert "알려드릴게요" in heard["spoken"]
    await house.answer("아기옷 세탁기 다 되면 알려줘")
    refused = await house.answer("거실 조명 다 되면 알려줘")
    assert "알려드릴게요" not in refused
    for entry in (house.hub, house.entry):
        assert await house.hass.config_entries.async_reload(entry.entry_id), "a promise survives a restart"
    washer = house.device("아기옷 세탁기")
    part = next(part for part in washer.parts if washer.attribute(part, "finished"))
    assert house.reported("거실 기가지니", "", "speaking") is False
    house.entry.runtime_data.store.fire((washer.id, part, "finished"), Happening(type="finished"))
    await house.until(lambda: house.reported("거실 기가지니", "", "speaking") is True)


async def test_a_film_is_found_and_played(house: DemoHouse) -> None:
    answer = await house.answer("서울 추격전 영화 틀어줘")
    assert "서울 추격전" in answer
    await house.until(lambda: house.reported("지니 TV", "", "media_title") == "서울 추격전")


async def test_a_demo_microphone_reaches_demo_devices_only(house: DemoHouse) -> None:
    calls: list[ServiceCall] = []
    house.hass.states.async_set("light.hallway", "off", {"friendly_name": "복도 전등"})
    house.hass.services.async_register("homeassistant", "turn_on", calls.append)
    house.hass.services.async_register("light", "turn_on", calls.append)
    house.assistant.maps.forget()
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "복도 전등 켜줘"})
    assert "켰어요" not in heard["spoken"]
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "turn on 복도 전등"})
    assert calls == []

    house.hass.config_entries.async_update_entry(house.hub, options={"demo_reaches_all": True})
    assert await house.hass.config_entries.async_reload(house.hub.entry_id)
    heard = await house.simulator.control("genie", "say", {"deviceId": "sp-living", "text": "복도 전등 켜줘"})
    assert "켰어요" in heard["spoken"]
    assert len(calls) == 1
