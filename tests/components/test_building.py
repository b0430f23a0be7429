"""Gas valve, curtain, door lock, elevator and entrance of a Genie home."""

from collections.abc import AsyncGenerator

from homeassistant.components.cover import CoverState
from homeassistant.components.lock import LockState
from homeassistant.components.valve import ValveEntityFeature, ValveState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceNotSupported, ServiceValidationError
import pytest

from .cloud_house import CloudHouse, genie_house

pytestmark = pytest.mark.usefixtures("socket_enabled")

GAS = "Gas"
CURTAIN = "Curtain"
LOCK = "Lock"
ELEVATOR = "Elevator"
ENTRANCE = "Entrance"
PIN = "2580"


@pytest.fixture
async def house(hass: HomeAssistant) -> AsyncGenerator[CloudHouse]:
    async with genie_house(
        hass,
        {"id": "gas", "kind": "gas_valve", "name": GAS, "state": {"open": True}},
        {"id": "curtain", "kind": "curtain", "name": CURTAIN, "state": {"position": 0}},
        {"id": "lock", "kind": "door_lock", "name": LOCK, "config": {"pin": PIN}},
        {"id": "elevator", "kind": "elevator", "name": ELEVATOR},
        {"id": "entrance", "kind": "entrance", "name": ENTRANCE},
    ) as made:
        yield made


async def test_gas_is_closed_and_never_opened(house: CloudHouse) -> None:
    valve = house.entity_id("valve", GAS, "valve")
    state = await house.until_state(valve, ValveState.OPEN)
    assert state.attributes["supported_features"] == ValveEntityFeature.CLOSE
    with pytest.raises(ServiceNotSupported):
        await house.call("valve.open_valve", valve)
    await house.call("valve.close_valve", valve)
    await house.pass_time(5)
    await house.until_state(valve, ValveState.CLOSED)
    await house.control("gas_handle", deviceId="gas", open=True)
    await house.until_state(valve, ValveState.OPEN)


async def test_a_curtain_moves_and_stops(house: CloudHouse) -> None:
    curtain = house.entity_id("cover", CURTAIN, "cover")
    await house.until_state(curtain, CoverState.CLOSED)
    await house.call("cover.open_cover", curtain)
    await house.until_state(curtain, CoverState.OPENING)
    await house.pass_time(10)
    await house.until(curtain, lambda state: state.attributes["current_position"] == 100)
    await house.call("cover.set_cover_position", curtain, position=50)
    await house.until_state(curtain, CoverState.CLOSING)
    await house.pass_time(5)
    state = await house.until_state(curtain, CoverState.OPEN)
    assert state.attributes["current_position"] == 50
    await house.call("cover.close_cover", curtain)
    await house.until_state(curtain, CoverState.CLOSING)
    await house.call("cover.stop_cover", curtain)
    await house.until_state(curtain, CoverState.OPEN)


async def test_a_lock_opens_only_with_its_pin(house: CloudHouse) -> None:
    lock = house.entity_id("lock", LOCK, "lock")
    await house.until_state(lock, LockState.LOCKED)
    with pytest.raises(ServiceValidationError) as refused:
        await house.call("lock.unlock", lock)
    assert refused.value.translation_key == "pin_required"
    with pytest.raises(ServiceValidationError) as refused:
        await house.call("lock.unlock", lock, code="1111")
    assert refused.value.translation_key == "pin_wrong"
    assert house.state(lock).state == LockState.LOCKED

    await house.call("lock.unlock", lock, code=PIN)
    state = await house.until_state(lock, LockState.UNLOCKED)
    assert PIN not in str(state.as_dict())
    await house.pass_time(1)
    await house.call("lock.lock", lock)
    await house.pass_time(1)
    await house.until_state(lock, LockState.LOCKED)
    await house.control("lock_handle", deviceId="lock", locked=False, by="key")
    state = await house.until_state(lock, LockState.UNLOCKED)
    assert state.attributes["changed_by"] == "key"


async def test_a_lock_that_jams(house: CloudHouse) -> None:
    lock = house.entity_id("lock", LOCK, "lock")
    await house.call("lock.unlock", lock, code=PIN)
    await house.pass_time(1)
    await house.until_state(lock, LockState.UNLOCKED)
    await house.control("jam_lock", deviceId="lock", jammed=True)
    await house.pass_time(1)
    await house.call("lock.lock", lock)
    await house.pass_time(1)
    await house.until_state(lock, LockState.JAMMED)


async def test_the_elevator_is_called(house: CloudHouse) -> None:
    floor = house.entity_id("sensor", ELEVATOR, "floor")
    before = house.state(floor).state
    await house.call("button.press", house.entity_id("button", ELEVATOR, "call_elevator_down"))
    await house.pass_time(4)
    await house.until(floor, lambda state: state.state != before)


async def test_the_entrance_opens_only_while_somebody_rings(house: CloudHouse) -> None:
    button = house.entity_id("button", ENTRANCE, "entrance_open")
    with pytest.raises(HomeAssistantError):
        await house.call("button.press", button)
    await house.control("doorbell", deviceId="entrance")
    await house.call("button.press", button)
    ringing = house.entity_id("binary_sensor", ENTRANCE, "ringing")
    await house.until_state(ringing, "off")
