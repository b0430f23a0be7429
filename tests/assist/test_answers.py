"""Questions about described devices and rooms: what they tell, and that nothing else is told instead."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.dongju.model.vocabulary import Attr, DeviceType

from .spoken_house import SpokenHouse, command, make_device, number, spoken_house, switch, words

WASHER = make_device(
    DeviceType.WASHER,
    [command("start", "stop"), words(Attr.RUN_STATE, "initial", "running", "moon_wash"), number(Attr.REMAINING_TIME)],
    name="세탁기",
)


async def test_a_run_is_told_with_its_step(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await spoken_house(hass, monkeypatch, WASHER)
    assert await house.answer("세탁기 뭐 하고 있어?") == "세탁기 상태를 지금은 알 수 없어요."
    await house.house.report(Attr.RUN_STATE, "initial")
    assert await house.answer("세탁기 뭐 하고 있어?") == "세탁기는 지금 대기 중이에요."
    await house.house.report(Attr.RUN_STATE, "running")
    await house.house.report(Attr.REMAINING_TIME, 30)
    assert await house.answer("세탁기 뭐 하고 있어?") == "세탁기는 지금 동작 중이고 30분 남았어요."
    # A step that no translation has is told in the vendor's word.
    await house.house.report(Attr.RUN_STATE, "moon_wash")
    assert await house.answer("세탁기 뭐 하고 있어?") == "세탁기는 지금 moon wash 중이고 30분 남았어요."


async def test_what_was_not_asked_is_no_answer(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    purifier = make_device(DeviceType.AIR_PURIFIER, [words(Attr.MODE, "auto", "clean")], name="공기청정기", number=2)
    house = await spoken_house(hass, monkeypatch, WASHER, purifier)
    await house.house.report(Attr.RUN_STATE, "initial")
    await house.house.report(Attr.MODE, "auto", number=2)
    for question in ("세탁기 배터리 얼마나 남았어?", "세탁기 몇 도야?", "세탁기 문 열렸어?"):
        assert await house.answer(question) == "세탁기 상태를 지금은 알 수 없어요.", question
    assert await house.answer("공기청정기 공기질 어때?") == "공기청정기 상태를 지금은 알 수 없어요."
    assert await house.answer("공기청정기 켜져 있어?") == "공기청정기는 지금 자동 상태예요."


async def test_a_word_or_a_number_tells_the_air(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = [switch(), words(Attr.TOTAL_POLLUTION_LEVEL, "good", "bad"), number(Attr.PM2_5)]
    house = await spoken_house(hass, monkeypatch, make_device(DeviceType.AIR_PURIFIER, attributes, name="공기청정기"))
    await house.house.report(Attr.PM2_5, 14)
    assert await house.answer("공기질 어때?") == "초미세먼지 농도는 14마이크로그램이에요."
    await house.house.report(Attr.TOTAL_POLLUTION_LEVEL, "bad")
    assert await house.answer("공기질 어때?") == "공기 상태는 나쁨이에요."


async def test_a_meter_tells_what_was_used(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    attributes = [switch(), number(Attr.ENERGY_TODAY), number(Attr.ENERGY)]
    house = await spoken_house(hass, monkeypatch, make_device(DeviceType.PLUG, attributes, name="콘센트"))
    question = "콘센트 전기 얼마나 썼어?"
    assert await house.answer(question) == "콘센트 상태를 지금은 알 수 없어요."
    await house.house.report(Attr.ENERGY, 18450)
    assert "18.4" in await house.answer(question)
    await house.house.report(Attr.ENERGY_TODAY, 320)
    answer = await house.answer(question)
    assert "오늘" in answer
    assert "320와트시" in answer


async def test_an_open_curtain_tells_how_far(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    curtain = make_device(DeviceType.CURTAIN, [number(Attr.POSITION, 0, 100)], name="커튼")
    house = await spoken_house(hass, monkeypatch, curtain)
    assert await house.answer("커튼 열렸어?") == "커튼 상태를 지금은 알 수 없어요."
    await house.house.report(Attr.POSITION, 40)
    assert await house.answer("커튼 열렸어?") == "커튼은 40% 열려 있어요."


def thermometer(hass: HomeAssistant, room: str, degrees: float, *, by_device: bool) -> None:
    """Put another integration's sensor into a room: itself, or the device it belongs to."""
    area = ar.async_get(hass).async_get_or_create(room)
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, identifiers={("test", room)})
    entity = er.async_get(hass).async_get_or_create(
        "sensor", "test", room, config_entry=entry, device_id=device.id, original_name="온도"
    )
    if by_device:
        dr.async_get(hass).async_update_device(device.id, area_id=area.id)
    else:
        er.async_get(hass).async_update_entity(entity.entity_id, area_id=area.id)
    hass.states.async_set(entity.entity_id, str(degrees), {"device_class": "temperature"})


async def test_a_room_is_told_from_its_own_sensors(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house: SpokenHouse = await spoken_house(hass, monkeypatch, WASHER)
    thermometer(hass, "서재", 21, by_device=False)
    thermometer(hass, "베란다", 3, by_device=True)
    hass.states.async_set("sensor.loose", "50", {"device_class": "temperature"})
    assert await house.answer("서재 온도 몇 도야?") == "서재 온도는 21도예요."
    assert await house.answer("베란다 몇 도야?") == "베란다 온도는 3도예요."
    assert await house.answer("온도 몇 도야?") == "집 안 온도는 12도예요."
    assert await house.answer("What's the temperature?", language="en") == "It is 12 degrees in the house."
    assert await house.answer("서재 습도 어때?") == "그걸 알려 주는 센서가 없어요."


async def test_windows_and_doors_of_other_integrations(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    house = await spoken_house(hass, monkeypatch, WASHER)
    assert await async_setup_component(hass, "homeassistant", {})
    for name, kind, state in (
        ("안방 창문", "window", "off"),
        ("서재 창문", "window", "on"),
        ("베란다 문", "door", "off"),
    ):
        entity_id = f"binary_sensor.a{len(hass.states.async_all())}"
        hass.states.async_set(entity_id, state, {"friendly_name": name, "device_class": kind})
    assert await house.answer("창문 열렸어?") == "서재 창문이 열려 있어요."
    assert await house.answer("안방 창문 닫혀 있어?") == "안방 창문은 닫혀 있어요."
    assert await house.answer("문 열렸어?") == "베란다 문은 닫혀 있어요."
    assert "켰어요" not in await house.answer("서재 창문 켜줘")


async def test_where_the_elevator_is(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    floor = words(Attr.FLOOR)
    house = await spoken_house(hass, monkeypatch, make_device(DeviceType.ELEVATOR, [floor], name="엘리베이터"))
    await house.house.report(Attr.FLOOR, "B1")
    assert await house.answer("엘리베이터 몇 층이야?") == "엘리베이터는 지금 B1층에 있어요."


async def test_several_devices_answer_together(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    lamps = [
        make_device(DeviceType.LIGHT, [switch()], name=name, number=place)
        for place, name in enumerate(("천장등", "스탠드", "무드등"), start=1)
    ]
    house = await spoken_house(hass, monkeypatch, *lamps)
    for lamp, room in zip(lamps, ("거실", "거실", "안방"), strict=True):
        house.place(lamp, room)
    for place in (1, 2, 3):
        await house.house.report(Attr.ON_OFF, False, number=place)
    assert await house.answer("거실 불 켜져 있어?") == "거실 조명은 모두 꺼져 있어요."
    for question in ("불 켜진 데 있어?", "어디 불이 켜져 있어?", "켜진 불 있어?", "불 다 꺼졌어?"):
        assert await house.answer(question) == "조명은 모두 꺼져 있어요.", question
    await house.house.report(Attr.ON_OFF, True, number=2)
    assert await house.answer("거실 불 켜져 있어?") == "스탠드가 켜져 있어요."
    assert await house.answer("which lights are on?", language="en") == "Only the 거실 스탠드 is on."
    await house.house.report(Attr.ON_OFF, True, number=3)
    assert await house.answer("불 켜진 데 있어?") == "거실 스탠드, 안방 무드등이 켜져 있어요."
    await house.house.report(Attr.ON_OFF, True, number=1)
    assert await house.answer("are all the lights on?", language="en") == "Every light is on."


async def test_several_doors_answer_together(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = make_device(DeviceType.DOOR_LOCK, [switch(Attr.LOCKED, writable=False)], name="현관 도어락")
    sensor = make_device(DeviceType.CONTACT_SENSOR, [switch(Attr.OPEN, writable=False)], name="베란다 문", number=2)
    house = await spoken_house(hass, monkeypatch, lock, sensor)
    await house.house.report(Attr.LOCKED, True)
    await house.house.report(Attr.OPEN, False, number=2)
    assert await house.answer("문 다 닫혔어?") == "문은 모두 닫혀 있어요."
    assert await house.answer("are all the doors locked?", language="en") == "The 현관 도어락 is locked."
    await house.house.report(Attr.OPEN, True, number=2)
    assert await house.answer("is any door open?", language="en") == "The 베란다 문 is open."
    assert await house.answer("열린 문 있어?") == "베란다 문이 열려 있어요."


async def test_a_fan_tells_its_speed_and_a_machine_what_it_does(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    purifier = make_device(DeviceType.AIR_PURIFIER, [switch(), words(Attr.FAN_SPEED, "low", "high")], name="공기청정기")
    house = await spoken_house(hass, monkeypatch, purifier)
    await house.house.report(Attr.FAN_SPEED, "high")
    assert await house.answer("공기청정기 바람 세기 몇이야?") == "공기청정기 바람은 강풍이에요."


async def test_a_machine_that_was_started_a_moment_ago_is_not_still(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = [command("start", "stop"), words(Attr.RUN_STATE, "initial", "running"), number(Attr.TOTAL_TIME)]
    house = await spoken_house(hass, monkeypatch, make_device(DeviceType.WASHER, run, name="세탁기"))
    await house.house.report(Attr.RUN_STATE, "initial")
    assert await house.answer("세탁 얼마나 남았어?") == "세탁기는 지금 돌아가고 있지 않아요."
    assert await house.answer("세탁기 돌려줘") == "세탁기를 시작했어요."
    unknown = "세탁기는 방금 시작했어요. 남은 시간은 잠시 뒤에 알 수 있어요."
    assert await house.answer("세탁 얼마나 남았어?") == unknown
    await house.house.report(Attr.TOTAL_TIME, 55)
    assert await house.answer("세탁 얼마나 남았어?") == "세탁기는 방금 시작했고 약 55분 걸려요."
    assert await house.answer("how long does the washer take", language="en") == (
        "The 세탁기 has just started and takes about 55 minutes."
    )
    await house.answer("세탁기 멈춰")
    assert await house.answer("세탁 얼마나 남았어?") == "세탁기는 지금 돌아가고 있지 않아요."


async def test_a_fan_at_its_end_is_said_to_be_there(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    speeds = words(Attr.FAN_SPEED, "slow", "low", "high", writable=True)
    fan = make_device(DeviceType.CEILING_FAN, [switch(), speeds], name="선풍기")
    house = await spoken_house(hass, monkeypatch, fan)
    await house.house.report(Attr.ON_OFF, True)
    await house.house.report(Attr.FAN_SPEED, "high")
    assert await house.answer("선풍기 바람 더 세게") == "선풍기 바람이 이미 가장 세요."
    await house.house.report(Attr.FAN_SPEED, "slow")
    assert await house.answer("선풍기 바람 더 약하게") == "선풍기 바람이 이미 가장 약해요."


async def test_several_measures_are_told_by_their_place(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("거실 공기청정기", "안방 공기청정기")
    purifiers = [
        make_device(DeviceType.AIR_PURIFIER, [switch(), number(Attr.PM2_5)], name=name, number=at)
        for at, name in enumerate(names, 1)
    ]
    house = await spoken_house(hass, monkeypatch, *purifiers)
    for at, device in enumerate(purifiers, 1):
        house.place(device, device.name.split()[0])
        await house.house.report(Attr.PM2_5, 10 * at, number=at)
    assert await house.answer("공기질 어때?") == (
        "거실 공기청정기는 초미세먼지 10마이크로그램을 가리켜요. "
        "안방 공기청정기는 초미세먼지 20마이크로그램을 가리켜요."
    )
