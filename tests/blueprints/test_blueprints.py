"""Blueprints: Home Assistant takes every one, both languages do the same, and what they promise happens."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
import shutil
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.automation.config import AUTOMATION_BLUEPRINT_SCHEMA
from homeassistant.components.blueprint.models import Blueprint
from homeassistant.components.blueprint.schemas import BLUEPRINT_SCHEMA
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import area_registry as ar, device_registry as dr, entity_registry as er
from homeassistant.helpers.selector import validate_selector
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from homeassistant.util.yaml import load_yaml_dict
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
    async_mock_service,
)

ROOT = Path(__file__).parents[2] / "blueprints"
FILES = sorted(ROOT.rglob("*.yaml"))
ENGLISH = [path for path in FILES if not path.stem.endswith("_ko")]
SCHEMAS: dict[str, Callable[[Any], Any]] = {"automation": AUTOMATION_BLUEPRINT_SCHEMA, "script": BLUEPRINT_SCHEMA}
WORDS = {"name", "description", "source_url"}
"""Keys of a blueprint that hold words; so does the default of a template."""

TURNS = 100
"""Turns of the event loop in which every step of a script is done."""

SPEAKERS = ["notify.kitchen_speaker", "notify.bedroom_speaker"]


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _without_words(node: Any) -> Any:
    """Return a blueprint's head without what a person reads."""
    if not isinstance(node, dict):
        return node
    is_text = "template" in node.get("selector", {})
    return {
        key: _without_words(value)
        for key, value in node.items()
        if (key not in WORDS or isinstance(value, dict)) and not (is_text and key == "default")
    }


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_home_assistant_takes_it(path: Path) -> None:
    domain = path.relative_to(ROOT).parts[0]
    blueprint = Blueprint(load_yaml_dict(path), path=str(path), expected_domain=domain, schema=SCHEMAS[domain])
    assert blueprint.validate() is None
    assert blueprint.metadata["source_url"].endswith(f"/blueprints/{_name(path)}")
    for name, field in blueprint.inputs.items():
        assert field["name"], name
        assert field["description"], name
        validate_selector(field["selector"])


@pytest.mark.parametrize("path", ENGLISH, ids=_name)
def test_both_languages_do_the_same(path: Path) -> None:
    korean = load_yaml_dict(path.with_stem(f"{path.stem}_ko"))
    english = load_yaml_dict(path)
    assert _without_words(korean.pop("blueprint")) == _without_words(english.pop("blueprint"))
    assert korean == english


@pytest.fixture(params=["", "_ko"], ids=["en", "ko"])
def language(request: pytest.FixtureRequest) -> str:
    """Return the end of the file names of a language."""
    return str(request.param)


@pytest.fixture
def use(hass: HomeAssistant, tmp_path: Path, language: str) -> Callable[..., Any]:
    """Return what makes an automation or a script of a blueprint, as the user interface does."""
    hass.config.config_dir = str(tmp_path)
    shutil.copytree(ROOT, tmp_path / "blueprints")

    async def use(blueprint: str, domain: str = "automation", **inputs: Any) -> None:
        await async_setup_component(hass, "homeassistant", {})
        made = {"use_blueprint": {"path": f"dongju/{blueprint}{language}.yaml", "input": inputs}}
        config = {"made": made} if domain == "script" else [{"alias": "made", **made}]
        assert await async_setup_component(hass, domain, {domain: config})
        await hass.async_block_till_done()
        state = hass.states.get(f"{domain}.made")
        assert state is not None
        assert state.state == ("on" if domain == "automation" else "off")

    return use


@pytest.fixture
def said(hass: HomeAssistant) -> list[ServiceCall]:
    """Return what was said and shown."""
    return async_mock_service(hass, "notify", "send_message")


def _happen(hass: HomeAssistant, entity_id: str, event_type: str, **data: Any) -> None:
    """Let an event entity report something."""
    hass.states.async_set(entity_id, dt_util.utcnow().isoformat(), {"event_type": event_type, **data})


async def _settle() -> None:
    """Let everything go on that waits for no time to pass; `async_block_till_done` waits for whole scripts."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


def _targets(calls: list[ServiceCall]) -> list[list[str]]:
    return [call.data["entity_id"] for call in calls]


async def _later(hass: HomeAssistant, freezer: FrozenDateTimeFactory, **time: float) -> None:
    """Let time pass."""
    freezer.tick(timedelta(**time))
    async_fire_time_changed(hass)
    await _settle()


@pytest.fixture
def rooms(hass: HomeAssistant) -> None:
    """Furnish a kitchen and a bedroom: a speaker and a motion sensor each, and a washer in the kitchen."""
    areas, entities, devices = ar.async_get(hass), er.async_get(hass), dr.async_get(hass)
    entry = MockConfigEntry(domain="test")
    entry.add_to_hass(hass)
    kitchen, bedroom = areas.async_create("kitchen"), areas.async_create("bedroom")
    for area in (kitchen, bedroom):
        room = area.name
        for domain, what in (("notify", "speaker"), ("binary_sensor", "motion")):
            entity = entities.async_get_or_create(domain, "test", room, suggested_object_id=f"{room}_{what}")
            entities.async_update_entity(entity.entity_id, area_id=area.id)
    washer = devices.async_get_or_create(config_entry_id=entry.entry_id, identifiers={("test", "w")}, name="Washer")
    devices.async_update_device(washer.id, area_id=kitchen.id)
    entities.async_get_or_create(
        "event", "test", "washer", suggested_object_id="washer_finished", device_id=washer.id, config_entry=entry
    )
    hass.states.async_set("event.washer_finished", "unknown")


@pytest.mark.usefixtures("rooms")
class TestApplianceFinished:
    """The nearest speaker says it."""

    @pytest.mark.parametrize(
        ("kitchen", "bedroom", "nearest"),
        [("off", "on", "bedroom"), ("on", "off", "kitchen"), ("unavailable", "off", "bedroom")],
    )
    async def test_said_where_somebody_moves(self, hass, use, said, kitchen, bedroom, nearest):
        hass.states.async_set("binary_sensor.kitchen_motion", kitchen)
        hass.states.async_set("binary_sensor.bedroom_motion", bedroom)
        motion = ["binary_sensor.kitchen_motion", "binary_sensor.bedroom_motion"]
        await use("appliance_finished", finished=["event.washer_finished"], speakers=SPEAKERS, motion=motion)
        _happen(hass, "event.washer_finished", "finished")
        await _settle()
        assert _targets(said) == [[f"notify.{nearest}_speaker"]]
        assert said[0].data["message"].startswith("Washer ")

    async def test_the_last_movement_counts(self, hass, use, said, freezer):
        motion = ["binary_sensor.kitchen_motion", "binary_sensor.bedroom_motion"]
        hass.states.async_set("binary_sensor.bedroom_motion", "off")
        await _later(hass, freezer, minutes=5)
        hass.states.async_set("binary_sensor.kitchen_motion", "off")
        await use("appliance_finished", finished=["event.washer_finished"], speakers=SPEAKERS, motion=motion)
        _happen(hass, "event.washer_finished", "finished")
        await _settle()
        assert _targets(said) == [["notify.kitchen_speaker"]]

    async def test_without_motion_sensors_in_the_appliance_room_and_on_the_tv(self, hass, use, said):
        finished = ["event.washer_finished"]
        await use("appliance_finished", finished=finished, speakers=SPEAKERS, screens=["notify.tv"])
        _happen(hass, "event.washer_finished", "finished")
        await _settle()
        assert _targets(said) == [["notify.kitchen_speaker"], ["notify.tv"]]
        assert said[0].data["message"] == said[1].data["message"]

    async def test_elsewhere_everywhere(self, hass, use, said):
        hass.states.async_set("event.dryer_finished", "unknown")
        await use("appliance_finished", finished=["event.dryer_finished"], speakers=SPEAKERS)
        _happen(hass, "event.dryer_finished", "finished")
        await _settle()
        assert _targets(said) == [SPEAKERS]

    async def test_coming_back_is_not_finishing(self, hass, use, said):
        attributes = {"event_type": "finished"}
        hass.states.async_set("event.washer_finished", "unavailable")
        await use("appliance_finished", finished=["event.washer_finished"], speakers=SPEAKERS)
        hass.states.async_set("event.washer_finished", dt_util.utcnow().isoformat(), attributes)
        await _settle()
        _happen(hass, "event.washer_finished", "other")
        await _settle()
        assert said == []


async def test_an_open_door_is_told_until_it_is_closed(hass, use, said, freezer):
    door = {"device_class": "door", "friendly_name": "Refrigerator door"}
    hass.states.async_set("binary_sensor.fridge_door", "off", door)
    await use("door_left_open", doors=["binary_sensor.fridge_door"], minutes=2, times=5, speakers=SPEAKERS)
    hass.states.async_set("binary_sensor.fridge_door", "on", door)
    await _settle()
    await _later(hass, freezer, minutes=1)
    assert said == []
    await _later(hass, freezer, minutes=1.1)
    assert _targets(said) == [SPEAKERS]
    assert "Refrigerator door" in said[0].data["message"]
    await _later(hass, freezer, minutes=2.1)
    assert len(said) == 2
    hass.states.async_set("binary_sensor.fridge_door", "off", door)
    await _settle()
    await _later(hass, freezer, minutes=10)
    assert len(said) == 2


async def test_a_door_that_stays_open_is_told_so_often_only(hass, use, said, freezer):
    door = {"device_class": "door"}
    hass.states.async_set("binary_sensor.fridge_door", "off", door)
    doors = ["binary_sensor.fridge_door"]
    await use("door_left_open", doors=doors, minutes=1, times=2, speakers=SPEAKERS, screens=["notify.tv"])
    hass.states.async_set("binary_sensor.fridge_door", "on", door)
    await _settle()
    for _ in range(5):
        await _later(hass, freezer, minutes=1.1)
    assert _targets(said) == [SPEAKERS, ["notify.tv"]] * 2


HOUSE = {
    "scenes": ["scene.away"],
    "lights": ["light.lg", "light.kt", "switch.uplus_outlet"],
    "climates": ["climate.lg"],
    "others": ["media_player.tv", "fan.purifier"],
    "covers": ["cover.curtain"],
    "gas_valves": ["valve.gas"],
    "locks": ["lock.entrance"],
    "speakers": SPEAKERS,
}
ORDERS = {
    ("scene", "turn_on"): [["scene.away"]],
    ("valve", "close_valve"): [["valve.gas"]],
    ("lock", "lock"): [["lock.entrance"]],
    ("homeassistant", "turn_off"): [
        ["light.lg", "light.kt", "switch.uplus_outlet"],
        ["media_player.tv", "fan.purifier"],
    ],
    ("climate", "turn_off"): [["climate.lg"]],
    ("cover", "close_cover"): [["cover.curtain"]],
}


@pytest.fixture
def orders(hass: HomeAssistant) -> dict[tuple[str, str], list[ServiceCall]]:
    """Return the calls that close the house, by action; nothing follows them by itself."""
    hass.states.async_set("valve.gas", "open", {"friendly_name": "Gas valve"})
    hass.states.async_set("lock.entrance", "unlocked", {"friendly_name": "Entrance"})
    return {action: async_mock_service(hass, *action) for action in ORDERS}


@pytest.fixture
async def core(hass: HomeAssistant) -> None:
    """Register Home Assistant's own actions before the fake ones take their place."""
    await async_setup_component(hass, "homeassistant", {})


async def _start(hass: HomeAssistant, use: Callable[..., Any], domain: str, **inputs: Any) -> None:
    """Make the automation or the script, and set it off."""
    if domain == "script":
        await use("goodnight", "script", **inputs)
        await hass.services.async_call("script", "turn_on", {"entity_id": "script.made"})
    else:
        await use("goodnight", **inputs, when=[{"trigger": "event", "event_type": "goodnight"}])
        hass.bus.async_fire("goodnight")
    await _settle()


@pytest.mark.usefixtures("core")
@pytest.mark.parametrize("domain", ["automation", "script"])
class TestGoodnight:
    """Everything off, whatever the brand; what stays open is named."""

    async def test_everything_is_closed(self, hass, orders, use, said, domain):
        await _start(hass, use, domain, **HOUSE)
        assert {action: _targets(calls) for action, calls in orders.items()} == ORDERS
        assert said == []
        hass.states.async_set("valve.gas", "closed")
        hass.states.async_set("lock.entrance", "locked")
        await _settle()
        assert _targets(said) == [SPEAKERS]
        assert "Gas" not in said[0].data["message"]

    async def test_what_stays_open_is_named(self, hass, orders, use, said, domain, freezer):
        await _start(hass, use, domain, **HOUSE)
        hass.states.async_set("lock.entrance", "locked")
        await _later(hass, freezer, seconds=31)
        assert _targets(said) == [SPEAKERS]
        assert "Gas valve" in said[0].data["message"]
        assert "Entrance" not in said[0].data["message"]

    async def test_what_is_still_on_is_named(self, hass, orders, use, said, domain, freezer):
        hass.states.async_set("valve.gas", "closed")
        hass.states.async_set("lock.entrance", "locked")
        hass.states.async_set("light.kt", "on", {"friendly_name": "Bedroom light"})
        hass.states.async_set("climate.lg", "cool", {"friendly_name": "Air conditioner"})
        hass.states.async_set("media_player.tv", "off", {"friendly_name": "TV"})
        await _start(hass, use, domain, **HOUSE)
        await _later(hass, freezer, seconds=31)
        (message,) = [call.data["message"] for call in said]
        assert ("Bedroom light" in message, "Air conditioner" in message, "TV" in message) == (True, True, False)

    async def test_only_what_was_chosen(self, hass, orders, use, said, domain):
        await _start(hass, use, domain, lights=["light.lg"])
        assert {action: _targets(calls) for action, calls in orders.items() if calls} == {
            ("homeassistant", "turn_off"): [["light.lg"]]
        }
        assert said == []


async def test_goodnight_comes_at_its_time(hass, use, freezer):
    off = async_mock_service(hass, "climate", "turn_off")
    freezer.move_to(dt_util.now().replace(hour=23, minute=29, second=50))
    await use("goodnight", climates=["climate.lg"])
    await _later(hass, freezer, seconds=15)
    assert _targets(off) == [["climate.lg"]]
    await hass.services.async_call("automation", "turn_off", {"entity_id": "automation.made"}, blocking=True)


class TestBadAir:
    """Purifiers of one brand follow the sensors of another."""

    @pytest.fixture
    def fans(self, hass):
        for fan in ("fan.purifier", "fan.ventilation"):
            hass.states.async_set(fan, "off")
        return {action: async_mock_service(hass, "fan", action) for action in ("turn_on", "turn_off")}

    @pytest.fixture
    def dust(self, hass):
        def dust(sensor: str, value: str) -> None:
            attributes = {"device_class": "pm25", "unit_of_measurement": "μg/m³"}
            hass.states.async_set(f"sensor.{sensor}", value, attributes)

        dust("lg", "10")
        dust("kt", "10")
        return dust

    @pytest.fixture
    async def made(self, hass, fans, dust, use):
        async def made(**inputs: Any) -> None:
            await use(
                "bad_air",
                sensors=["sensor.lg", "sensor.kt"],
                purifiers=["fan.purifier", "fan.ventilation"],
                speakers=SPEAKERS,
                **inputs,
            )

        return made

    async def test_on_when_bad_off_when_good_everywhere(self, hass, fans, dust, made, said, freezer):
        await made()
        dust("kt", "80")
        await _settle()
        await _later(hass, freezer, minutes=4)
        assert fans["turn_on"] == []
        await _later(hass, freezer, minutes=1.1)
        assert _targets(fans["turn_on"]) == [["fan.purifier", "fan.ventilation"]]
        assert _targets(said) == [SPEAKERS]
        dust("lg", "60")
        dust("kt", "10")
        await _later(hass, freezer, minutes=6)
        assert fans["turn_off"] == []
        dust("lg", "9")
        await _settle()
        await _later(hass, freezer, minutes=5.1)
        assert _targets(fans["turn_off"]) == [["fan.purifier", "fan.ventilation"]]

    async def test_what_runs_is_left_alone(self, hass, fans, dust, made, said, freezer):
        await made()
        hass.states.async_set("fan.purifier", "on")
        dust("lg", "80")
        await _settle()
        await _later(hass, freezer, minutes=5.1)
        assert _targets(fans["turn_on"]) == [["fan.ventilation"]]

    async def test_stays_on_when_wished(self, hass, fans, dust, made, said, freezer):
        await made(off_again=False)
        dust("lg", "80")
        await _settle()
        await _later(hass, freezer, minutes=5.1)
        dust("lg", "5")
        await _settle()
        await _later(hass, freezer, minutes=5.1)
        assert len(fans["turn_on"]) == 1
        assert fans["turn_off"] == []


class TestDoorbell:
    """The TV goes quiet while the speakers speak."""

    @pytest.fixture
    def volumes(self, hass):
        hass.states.async_set("event.bell", "unknown", {"device_class": "doorbell"})
        hass.states.async_set("media_player.tv", "playing", {"volume_level": 0.4})
        hass.states.async_set("media_player.quiet", "playing", {"volume_level": 0.02})
        hass.states.async_set("media_player.off", "off")
        return async_mock_service(hass, "media_player", "volume_set")

    async def _ring(self, hass, use):
        players = ["media_player.tv", "media_player.quiet", "media_player.off"]
        await use("doorbell", doorbells=["event.bell"], speakers=SPEAKERS, players=players)
        _happen(hass, "event.bell", "ring", device_class="doorbell", friendly_name="Common entrance")
        await _settle()

    async def test_quiet_for_a_moment(self, hass, use, said, volumes, freezer):
        await self._ring(hass, use)
        assert _targets(said) == [SPEAKERS]
        assert "Common entrance" in said[0].data["message"]
        assert [(call.data["entity_id"], call.data["volume_level"]) for call in volumes] == [
            (["media_player.tv"], 0.05)
        ]
        hass.states.async_set("media_player.tv", "playing", {"volume_level": 0.05})
        await _later(hass, freezer, seconds=31)
        assert (volumes[-1].data["entity_id"], volumes[-1].data["volume_level"]) == (["media_player.tv"], 0.4)

    async def test_a_volume_that_somebody_changed_stays(self, hass, use, said, volumes, freezer):
        await self._ring(hass, use)
        hass.states.async_set("media_player.tv", "playing", {"volume_level": 0.25})
        await _later(hass, freezer, seconds=31)
        assert len(volumes) == 1


class TestArrivalNotice:
    """What the building reports is said by day, and shown by day and night."""

    TEXT = "지하 1층 B-12 구역에 주차되어 있습니다."

    @pytest.mark.parametrize(("hour", "where"), [(12, [SPEAKERS, ["notify.phone"]]), (3, [["notify.phone"]])])
    async def test_aloud_by_day_only(self, hass, use, said, freezer, hour, where):
        freezer.move_to(dt_util.now().replace(hour=hour, minute=0))
        hass.states.async_set("event.parking", "unknown")
        await use("arrival_notice", notices=["event.parking"], speakers=SPEAKERS, screens=["notify.phone"])
        _happen(hass, "event.parking", "arrived", text=self.TEXT)
        await _settle()
        assert _targets(said) == where
        assert {call.data["message"] for call in said} == {self.TEXT}

    async def test_without_a_text_it_says_what_it_is_about(self, hass, use, said, freezer):
        freezer.move_to(dt_util.now().replace(hour=12, minute=0))
        hass.states.async_set("event.parcel", "unknown")
        await use("arrival_notice", notices=["event.parcel"], speakers=SPEAKERS)
        _happen(hass, "event.parcel", "arrived", text="", friendly_name="Parcel")
        await _settle()
        assert said[0].data["message"].startswith("Parcel")
