"""What was put off is said, listed, corrected and cancelled one by one."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.dongju.model.errors import DeviceOfflineError
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Unit

from .spoken_house import SpokenHouse, command, make_device, number, spoken_house, switch, words

WASHER = make_device(
    DeviceType.WASHER,
    [
        command("start", "stop"),
        words(Attr.RUN_STATE, "initial", "reserved"),
        number(Attr.DELAY_START, 3, 19, Unit.HOURS),
    ],
    name="세탁기",
)
LAMP = make_device(DeviceType.LIGHT, [switch()], name="무드등", number=2)
PLUG = make_device(DeviceType.PLUG, [switch()], name="어항 콘센트", number=3)
DRYER = make_device(DeviceType.DRYER, [command("start", "stop")], name="건조기", number=4)
TALK = {"conversation_id": "a talk"}


@pytest.fixture
async def house(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, freezer: FrozenDateTimeFactory) -> SpokenHouse:
    freezer.move_to("2026-03-01 03:00:00+00:00")  # noon in Seoul, a Sunday
    await hass.config.async_set_time_zone("Asia/Seoul")
    return await spoken_house(hass, monkeypatch, WASHER, LAMP, PLUG, DRYER)


def due(house: SpokenHouse) -> list[tuple[str, str]]:
    """Return what waits: when, and for which device."""
    waiting = house.hub.runtime_data.assistant.delayed.waiting
    return [(delayed.due[:16], str(delayed.frame.device)) for delayed in waiting]


def sent(house: SpokenHouse) -> list[tuple[str, dict[str, object]]]:
    return [(one.device_id, {str(key): value for key, value in one.values.items()}) for one in house.house.commands]


async def test_it_is_said_what_will_be_done_and_when(house: SpokenHouse) -> None:
    assert await house.answer("30분 뒤에 무드등 꺼줘") == "오후 12시 30분에 무드등을 끌게요."
    assert await house.answer("모레 아침 9시에 건조기 돌려줘") == "3월 3일 오전 9시에 건조기를 시작할게요."
    assert await house.answer("토요일 3시에 무드등 켜줘") == "3월 7일 오후 3시에 무드등을 켤게요."
    english = await house.answer("turn off the light at 6 o'clock", language="en")
    assert english == "I'll turn off the 무드등 at 18:00."
    assert [when for when, _ in due(house)] == [
        "2026-03-01T03:30",
        "2026-03-01T09:00",
        "2026-03-03T00:00",
        "2026-03-07T06:00",
    ]
    assert "자동화" in await house.answer("매일 9시에 무드등 켜줘")


async def test_a_day_without_a_time_is_asked_for_and_answered(house: SpokenHouse) -> None:
    assert "언제" in await house.answer("내일 건조기 돌려줘", **TALK)
    assert await house.answer("아침 7시", **TALK) == "내일 오전 7시에 건조기를 시작할게요."


async def test_one_of_several_is_cancelled(house: SpokenHouse) -> None:
    for sentence in ("30분 뒤에 무드등 꺼줘", "한 시간 뒤에 어항 콘센트 켜줘", "두 시간 뒤에 건조기 돌려줘"):
        await house.answer(sentence)
    listed = await house.answer("예약 뭐 있어?")
    assert listed == (
        "예약이 3개 있어요. 오후 12시 30분에 무드등을 끌게요. "
        "오후 1시에 어항 콘센트를 켤게요. 오후 2시에 건조기를 시작할게요."
    )
    assert await house.answer("건조기 예약 취소해줘") == "오후 2시 건조기 예약을 취소했어요."
    assert [device for _, device in due(house)] == ["light", "outlet"]
    assert await house.answer("식기세척기 예약 취소해줘") == "그런 예약은 없어요."

    question = await house.answer("예약 취소해줘", **TALK)
    assert question.startswith("어느 예약을 취소할까요?")
    assert len(due(house)) == 2
    assert await house.answer("두 번째", **TALK) == "오후 1시 어항 콘센트 예약을 취소했어요."
    assert [device for _, device in due(house)] == ["light"]
    assert await house.answer("예약 취소해줘") == "오후 12시 30분 무드등 예약을 취소했어요."
    assert await house.answer("예약 취소해줘") == "예약된 것이 없어요."
    assert sent(house) == []


async def test_all_are_cancelled_when_that_is_said(house: SpokenHouse) -> None:
    for sentence in ("30분 뒤에 무드등 꺼줘", "한 시간 뒤에 어항 콘센트 켜줘"):
        await house.answer(sentence, **TALK)
    assert await house.answer("전부 취소해줘", **TALK) == "예약 2개를 모두 취소했어요."
    assert due(house) == []


async def test_a_correction_takes_the_place_of_what_was_put_off(house: SpokenHouse) -> None:
    await house.answer("밤 11시에 무드등 꺼줘", **TALK)
    assert await house.answer("아니 11시 반에", **TALK) == "오후 11시 30분에 무드등을 끌게요."
    assert due(house) == [("2026-03-01T14:30", "light")]
    await house.answer("그거 취소해줘", **TALK)
    assert due(house) == []


async def test_a_machine_that_waits_by_itself_is_listed_and_cancelled(house: SpokenHouse) -> None:
    assert await house.answer("세 시간 뒤에 세탁기 돌려줘") == "세탁기를 3시간 뒤에 시작하도록 예약했어요."
    assert (due(house), sent(house)) == ([], [(WASHER.id, {"delay_start": 3})])
    await house.house.report(Attr.RUN_STATE, "reserved")
    assert await house.answer("예약 뭐 있어?") == "예약이 1개 있어요. 세탁기는 시작 예약이 되어 있어요."
    assert await house.answer("세탁기 예약 취소해줘") == "세탁기 예약을 취소했어요."
    assert sent(house)[1:] == [(WASHER.id, {"operation": "stop"})]


@pytest.mark.parametrize(
    "sentence", ["10분 뒤에 세탁기 돌려줘", "세 시간 반 뒤에 세탁기 돌려줘", "20시간 뒤에 세탁기 돌려줘"]
)
async def test_a_delay_that_the_machine_does_not_know_is_kept_here(house: SpokenHouse, sentence: str) -> None:
    assert "세탁기를 시작할게요" in await house.answer(sentence)
    assert ([device for _, device in due(house)], sent(house)) == (["washer"], [])


async def test_a_time_a_room_or_a_purpose_tells_which(house: SpokenHouse) -> None:
    house.place(LAMP, "거실")
    house.place(PLUG, "안방")
    sentences = (
        "저녁 9시에 무드등 꺼줘",
        "저녁 8시에 무드등 켜줘",
        "저녁 7시에 어항 콘센트 꺼줘",
        "내일 아침 7시에 건조기 돌려줘",
    )
    for sentence in sentences:
        await house.answer(sentence)
    assert await house.answer("9시 예약 취소해줘") == "오후 9시 무드등 예약을 취소했어요."
    assert await house.answer("6시 예약 취소해줘") == "그런 예약은 없어요."
    assert await house.answer("무드등 끄는 예약 취소해줘") == "그런 예약은 없어요."
    assert await house.answer("무드등 켜는 예약 취소해줘") == "오후 8시 무드등 예약을 취소했어요."
    assert await house.answer("안방 예약 취소해줘") == "오후 7시 어항 콘센트 예약을 취소했어요."
    assert [device for _, device in due(house)] == ["dryer"]


async def test_a_machine_that_cannot_be_reached_keeps_its_delayed_start(house: SpokenHouse) -> None:
    await house.house.report(Attr.RUN_STATE, "reserved")
    house.house.entry.runtime_data.store.set_available([WASHER.id], available=False)
    assert await house.answer("세탁기 예약 취소해줘") == "세탁기가 연결되어 있지 않아요."


async def test_what_was_put_off_and_fails_is_told(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    house.house.refusal = DeviceOfflineError("off")
    await house.answer("30분 뒤에 무드등 꺼줘")
    freezer.tick(31 * 60)
    async_fire_time_changed(house.hass)
    await house.hass.async_block_till_done()
    notes = persistent_notification._async_get_or_create_notifications(house.hass)
    assert [note["message"] for note in notes.values()] == [
        "무드등이 연결되어 있지 않아요. 그래서 예약하신 일을 다 하지 못했어요."
    ]


async def test_what_begins_later_also_ends(house: SpokenHouse, freezer: FrozenDateTimeFactory) -> None:
    assert await house.answer("10분 뒤에 무드등 한 시간 켜줘") == "오후 12시 10분에 무드등을 1시간 동안 켤게요."
    for seconds, on in ((601, True), (3601, False)):
        freezer.tick(seconds)
        async_fire_time_changed(house.hass)
        await house.hass.async_block_till_done()
        assert sent(house)[-1] == ("uplus_2", {"on_off": on})
    assert len(sent(house)) == 2


async def test_what_is_off_already_costs_no_call(house: SpokenHouse) -> None:
    await house.house.report(Attr.ON_OFF, False, number=2)
    assert await house.answer("불 다 꺼줘") == "무드등은 이미 꺼져 있어요."
    assert sent(house) == []
    await house.answer("무드등 꺼줘")
    assert len(sent(house)) == 1, "what is named is always told"
    await house.house.report(Attr.ON_OFF, True, number=2)
    await house.answer("불 다 꺼줘")
    assert len(sent(house)) == 2
