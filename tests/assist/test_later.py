"""What waits: delayed commands over restarts, reminders without a speaker, rooms of satellites."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components import persistent_notification
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar, entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.dongju.assist.answers import about_entity, about_room
from custom_components.dongju.assist.delayed import Delayed, DelayedCommands
from custom_components.dongju.assist.reminders import Reminders
from custom_components.dongju.model.errors import NotSupportedError
from custom_components.dongju.vendors.base import Utterance
from custom_components.dongju.voice.frames import Frame

ASKED = Utterance(assistant="assist", text="30분 뒤에 꺼줘", language="ko", device_id="")
FRAME = Frame(action="turn_off", device="light", targets=("l1",))


class Runner:
    """Remembers what was carried out."""

    def __init__(self) -> None:
        self.ran: list[Delayed] = []
        self.missed: list[str] = []

    async def run(self, delayed: Delayed) -> None:
        self.ran.append(delayed)

    async def miss(self, delayed: Delayed) -> None:
        self.missed.append(delayed.utterance.text)

    def commands(self, hass: HomeAssistant) -> DelayedCommands:
        return DelayedCommands(hass, self.run, self.miss)


async def test_a_delayed_command_runs_once_also_after_a_restart(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    runner = Runner()
    first = runner.commands(hass)
    await first.async_start()
    await first.async_add(FRAME, ASKED, None, dt_util.utcnow() + timedelta(minutes=30))
    first.stop()

    second = runner.commands(hass)
    await second.async_start()
    assert [waiting.frame for waiting in second.waiting] == [FRAME]
    freezer.tick(timedelta(minutes=31))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert [ran.frame for ran in runner.ran] == [FRAME]
    second.stop()

    third = runner.commands(hass)
    await third.async_start()
    assert third.waiting == []


async def test_what_is_long_overdue_is_told_once_and_what_makes_no_sense_is_dropped(
    hass: HomeAssistant, hass_storage: dict[str, Any], freezer: FrozenDateTimeFactory
) -> None:
    runner = Runner()
    first = runner.commands(hass)
    await first.async_add(FRAME, ASKED, None, dt_util.utcnow() + timedelta(minutes=30))
    first.stop()
    hass_storage["dongju.delayed"]["data"].append({"id": "broken"})
    freezer.tick(timedelta(hours=5))
    second = runner.commands(hass)
    await second.async_start()
    assert second.waiting == []
    await runner.commands(hass).async_start()
    assert runner.missed == [ASKED.text]


async def test_only_so_many_wait(hass: HomeAssistant) -> None:
    delayed = Runner().commands(hass)
    due = dt_util.utcnow() + timedelta(hours=1)
    taken = [await delayed.async_add(FRAME, ASKED, None, due) for _ in range(51)]
    assert [kept is not None for kept in taken] == [True] * 50 + [False]
    await delayed.async_cancel(*(waiting.id for waiting in delayed.waiting), "gone")
    assert delayed.waiting == []


async def test_without_a_speaker_a_reminder_is_shown_once_also_after_a_restart(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    def shown() -> list[str]:
        notes = persistent_notification._async_get_or_create_notifications(hass)
        return [note["message"] for note in notes.values()]

    last_week = (dt_util.utcnow() - timedelta(days=7)).isoformat()
    hass.states.async_set("event.washer", last_week)
    first = Reminders(hass)
    await first.async_add("event.washer", "세탁기", ASKED, None)
    await first.async_add("event.washer", "세탁기", ASKED, None)
    first.stop()

    second = Reminders(hass)
    await second.async_start()
    for state in ("unavailable", "unknown", last_week):
        hass.states.async_set("event.washer", state)
    await hass.async_block_till_done()
    assert shown() == []
    for _ in range(2):
        freezer.tick(60)
        hass.states.async_set("event.washer", dt_util.utcnow().isoformat())
        await hass.async_block_till_done()
    assert shown() == ["세탁기는 다 끝났어요."]
    second.stop()

    third = Reminders(hass)
    await third.async_start()
    freezer.tick(60)
    hass.states.async_set("event.washer", dt_util.utcnow().isoformat())
    await hass.async_block_till_done()
    assert len(shown()) == 1


async def test_only_so_many_reminders_wait_and_a_broken_one_is_dropped(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    reminders = Reminders(hass)
    for number in range(20):
        await reminders.async_add(f"event.washer_{number}", "x", ASKED, None)
    with pytest.raises(NotSupportedError):
        await reminders.async_add("event.one_more", "x", ASKED, None)
    reminders.stop()
    stored = hass_storage["dongju.reminders"]["data"]
    stored[0] = {"entity_id": "event.washer_0"}
    stored[1]["asked"] = "yesterday"
    again = Reminders(hass)
    await again.async_start()
    for name in ("one_more", "another"):
        await again.async_add(f"event.{name}", "x", ASKED, None)
    with pytest.raises(NotSupportedError):
        await again.async_add("event.too_much", "x", ASKED, None)
    again.stop()


async def test_a_rooms_sensors_answer_for_the_room(hass: HomeAssistant) -> None:
    area = ar.async_get(hass).async_get_or_create("서재")
    registry = er.async_get(hass)
    for name, value in (("one", "21.0"), ("two", "23"), ("three", "unknown")):
        entity = registry.async_get_or_create("sensor", "test", name, suggested_object_id=name)
        registry.async_update_entity(entity.entity_id, area_id=area.id)
        hass.states.async_set(entity.entity_id, value, {"device_class": "temperature"})
    hass.states.async_set("sensor.loose", "50", {"device_class": "temperature"})
    told = about_room(hass, area.id, "temperature")
    assert (told.key, told.values["room"], told.values["value"]) == ("room_temperature", "서재", "22")
    assert about_room(hass, area.id, "humidity").key == "no_sensor"


@pytest.mark.parametrize(
    ("state", "attributes", "attribute", "key"),
    [
        ("cool", {"current_temperature": 25.5}, "temperature", "is_degrees"),
        ("cool", {"temperature": 24}, "target_temperature", "is_set_to"),
        ("on", {"current_humidity": 40}, "humidity", "is_percent"),
        ("docked", {"battery_level": 80}, "battery", "battery_left"),
        ("on", {"source": "KBS1"}, "channel", "is_channel"),
        ("on", {}, "state", "is_on"),
        ("off", {}, "state", "is_off"),
        ("docked", {}, "state", "is_state"),
        ("on", {}, "temperature", "unknown_value"),
        ("unavailable", {}, "state", "offline"),
    ],
)
async def test_any_entity_answers(
    hass: HomeAssistant, state: str, attributes: dict[str, Any], attribute: str, key: str
) -> None:
    hass.states.async_set("switch.a", state, attributes)
    assert about_entity(hass, "switch.a", "x", Frame(action="query", attribute=attribute), "ko").key == key
    assert about_entity(hass, "switch.none", "x", Frame(action="query"), "ko").key == "offline"
