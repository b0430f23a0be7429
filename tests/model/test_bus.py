"""The command bus: order, coalescing, optimism, refusals, and the safety rules on the way."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.dongju.model import errors
from custom_components.dongju.model.bus import CONFIRM_SECONDS, CommandBus
from custom_components.dongju.model.command import Command, Origin
from custom_components.dongju.model.device import MAIN, Attribute, Device, Part, Value
from custom_components.dongju.model.store import Store
from custom_components.dongju.model.vocabulary import Attr, DeviceType, Kind, Vendor


def make_device(device_type: DeviceType, *attributes: Attribute, part_type: DeviceType | None = None) -> Device:
    part = Part(type=part_type or device_type, attributes={attribute.key: attribute for attribute in attributes})
    return Device(
        id="d1", vendor=Vendor.THINQ, vendor_id="1", type=device_type, name="x", manufacturer="LG", parts={MAIN: part}
    )


FRIDGE = make_device(
    DeviceType.REFRIGERATOR,
    Attribute(key="target_temperature", kind=Kind.NUMBER, writable=True, minimum=1, maximum=7, step=1, excluded=(5.0,)),
    Attribute(key="express_mode", kind=Kind.BOOLEAN, writable=True),
    Attribute(key="door", kind=Kind.ENUM, options=("open", "close")),
)
TEMPERATURE = ("d1", MAIN, "target_temperature")


class Vendorish:
    """Takes commands, slowly when told, and refuses when told."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Value]] = []
        self.refreshed: list[str] = []
        self.gate: asyncio.Event | None = None
        self.error: Exception | None = None
        self.on_refresh: Callable[[], None] = lambda: None

    async def execute(self, command: Command) -> None:
        self.taken.append(dict(command.values))
        if self.gate:
            await self.gate.wait()
        if self.error:
            raise self.error

    async def refresh(self, device_id: str) -> None:
        self.refreshed.append(device_id)
        self.on_refresh()


@pytest.fixture
def vendor() -> Vendorish:
    return Vendorish()


def make_bus(hass: HomeAssistant, vendor: Vendorish, device: Device) -> tuple[Store, CommandBus]:
    store = Store()
    store.set_device(device)
    store.set_available([device.id], available=True)

    def create_task(coro: Any, name: str) -> asyncio.Task[None]:
        return hass.async_create_background_task(coro, name)

    return store, CommandBus(store, vendor.execute, vendor.refresh, create_task)


def wish(**values: Value) -> Command:
    return Command(device_id="d1", values=values)


async def test_commands_of_one_device_go_in_order_one_at_a_time(hass: HomeAssistant, vendor: Vendorish) -> None:
    _, bus = make_bus(hass, vendor, FRIDGE)
    vendor.gate = asyncio.Event()
    first = asyncio.create_task(bus.send(wish(target_temperature=3)))
    second = asyncio.create_task(bus.send(wish(express_mode=True)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert vendor.taken == [{"target_temperature": 3}]
    vendor.gate.set()
    await asyncio.gather(first, second)
    assert vendor.taken == [{"target_temperature": 3}, {"express_mode": True}]
    bus.close()


async def test_a_dragged_slider_sends_the_first_and_the_last(hass: HomeAssistant, vendor: Vendorish) -> None:
    store, bus = make_bus(hass, vendor, FRIDGE)
    vendor.gate = asyncio.Event()
    tasks = [asyncio.create_task(bus.send(wish(target_temperature=value))) for value in (1, 2, 3, 4, 6)]
    for _ in range(3):
        await asyncio.sleep(0)
    assert store.value(TEMPERATURE) == 6
    vendor.gate.set()
    await asyncio.gather(*tasks)
    assert vendor.taken == [{"target_temperature": 1}, {"target_temperature": 6}]
    bus.close()


async def test_a_refusal_shows_the_truth_again(hass: HomeAssistant, vendor: Vendorish) -> None:
    store, bus = make_bus(hass, vendor, FRIDGE)
    store.apply({TEMPERATURE: 4})
    vendor.error = errors.WrongStateError("busy")
    with pytest.raises(errors.WrongStateError):
        await bus.send(wish(target_temperature=3))
    assert store.value(TEMPERATURE) == 4
    vendor.error = RuntimeError("bug")
    with pytest.raises(errors.HubError):
        await bus.send(wish(target_temperature=3))
    vendor.error = None
    await bus.send(wish(target_temperature=3))
    assert store.value(TEMPERATURE) == 3
    bus.close()


async def test_an_unconfirmed_value_is_read_again(
    hass: HomeAssistant, vendor: Vendorish, freezer: FrozenDateTimeFactory
) -> None:
    store, bus = make_bus(hass, vendor, FRIDGE)
    store.apply({TEMPERATURE: 4})
    await bus.send(wish(target_temperature=3))
    assert store.value(TEMPERATURE) == 3
    freezer.tick(timedelta(seconds=CONFIRM_SECONDS + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert vendor.refreshed == ["d1"]
    assert store.value(TEMPERATURE) == 4
    bus.close()


async def test_a_confirmed_value_is_not_read_again(
    hass: HomeAssistant, vendor: Vendorish, freezer: FrozenDateTimeFactory
) -> None:
    store, bus = make_bus(hass, vendor, FRIDGE)
    await bus.send(wish(target_temperature=3))
    store.apply({TEMPERATURE: 3})
    freezer.tick(timedelta(seconds=CONFIRM_SECONDS + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert vendor.refreshed == []
    assert store.value(TEMPERATURE) == 3
    bus.close()


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"target_temperature": 0}, errors.OutOfRangeError),
        ({"target_temperature": 8}, errors.OutOfRangeError),
        ({"target_temperature": 2.5}, errors.OutOfRangeError),
        ({"target_temperature": 5}, errors.OutOfRangeError),
        ({"target_temperature": "warm"}, errors.UnknownOptionError),
        ({"target_temperature": True}, errors.UnknownOptionError),
        ({"express_mode": 1}, errors.UnknownOptionError),
        ({"door": "open"}, errors.NotSupportedError),
        ({"nothing": 1}, errors.NotSupportedError),
    ],
)
async def test_what_the_profile_forbids_costs_no_call(
    hass: HomeAssistant, vendor: Vendorish, values: dict[str, Value], error: type[Exception]
) -> None:
    _, bus = make_bus(hass, vendor, FRIDGE)
    with pytest.raises(error):
        await bus.send(wish(**values))
    assert vendor.taken == []


async def test_offline_and_gone_devices_refuse(hass: HomeAssistant, vendor: Vendorish) -> None:
    store, bus = make_bus(hass, vendor, FRIDGE)
    store.set_available(["d1"], available=False)
    with pytest.raises(errors.DeviceOfflineError):
        await bus.send(wish(target_temperature=3))
    store.set_available(["d1"], available=False, cloud_away=True)
    with pytest.raises(errors.CloudAwayError):
        await bus.send(wish(target_temperature=3))
    store.set_available(["d1"], available=False)
    with pytest.raises(errors.DeviceOfflineError):
        await bus.send(wish(target_temperature=3))
    store.remove_device("d1")
    with pytest.raises(errors.DeviceGoneError):
        await bus.send(wish(target_temperature=3))
    assert vendor.taken == []


async def test_a_stop_ends_the_wait_for_a_position(hass: HomeAssistant, vendor: Vendorish) -> None:
    curtain = make_device(
        DeviceType.CURTAIN,
        Attribute(key=Attr.POSITION, kind=Kind.NUMBER, writable=True, minimum=0, maximum=100),
        Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, readable=False, writable=True, write_options=("stop",)),
    )
    store, bus = make_bus(hass, vendor, curtain)
    position = ("d1", MAIN, "position")
    store.apply({position: 50})
    await bus.send(wish(position=80))
    assert store.value(position) == 80
    await bus.send(wish(operation="stop"))
    store.apply({position: 63})
    assert store.value(position) == 63
    bus.close()


async def test_closing_refuses_what_waits(hass: HomeAssistant, vendor: Vendorish) -> None:
    _, bus = make_bus(hass, vendor, FRIDGE)
    vendor.gate = asyncio.Event()
    first = asyncio.create_task(bus.send(wish(target_temperature=3)))
    second = asyncio.create_task(bus.send(wish(express_mode=True)))
    for _ in range(3):
        await asyncio.sleep(0)
    bus.close()
    results = await asyncio.gather(first, second, return_exceptions=True)
    assert all(isinstance(result, errors.ClosingError) for result in results)


VALVE = make_device(
    DeviceType.GAS_VALVE,
    Attribute(key=Attr.OPEN, kind=Kind.BOOLEAN, writable=True),
    Attribute(key=Attr.ON_OFF, kind=Kind.BOOLEAN, writable=True),
    Attribute(key=Attr.POSITION, kind=Kind.NUMBER, writable=True),
)
LOCK = make_device(DeviceType.DOOR_LOCK, Attribute(key=Attr.LOCKED, kind=Kind.BOOLEAN, writable=True))
ENTRANCE = make_device(
    DeviceType.ENTRANCE, Attribute(key=Attr.ENTRANCE_OPEN, kind=Kind.COMMAND, writable=True, write_options=("open",))
)
OVEN = make_device(
    DeviceType.OVEN,
    Attribute(key=Attr.OPERATION, kind=Kind.COMMAND, writable=True, write_options=("start", "preheat", "stop")),
    Attribute(key=Attr.TARGET_TEMPERATURE, kind=Kind.NUMBER, writable=True),
    part_type=DeviceType.OVEN_CAVITY,
)
VOICE = {"origin": Origin.VOICE}


@pytest.mark.parametrize(
    ("device", "values", "extra", "error"),
    [
        (VALVE, {Attr.OPEN: True}, {}, errors.UnsafeError),
        (VALVE, {Attr.ON_OFF: True}, {}, errors.UnsafeError),
        (VALVE, {Attr.POSITION: 50}, {}, errors.UnsafeError),
        (VALVE, {Attr.OPEN: True}, {"confirmed": True, "pin": "1"}, errors.UnsafeError),
        (VALVE, {Attr.OPEN: False}, VOICE, None),
        (LOCK, {Attr.LOCKED: False}, {}, errors.PinRequiredError),
        (LOCK, {Attr.LOCKED: False}, {"pin": "1234"}, None),
        (LOCK, {Attr.LOCKED: False}, {**VOICE, "pin": "1234", "confirmed": True}, errors.VoiceForbiddenError),
        (LOCK, {Attr.LOCKED: True}, VOICE, None),
        (ENTRANCE, {Attr.ENTRANCE_OPEN: "open"}, {}, None),
        (ENTRANCE, {Attr.ENTRANCE_OPEN: "open"}, {**VOICE, "confirmed": True}, errors.VoiceForbiddenError),
        (OVEN, {Attr.OPERATION: "start"}, VOICE, errors.ConfirmationNeededError),
        (OVEN, {Attr.TARGET_TEMPERATURE: 180}, VOICE, errors.ConfirmationNeededError),
        (OVEN, {Attr.OPERATION: "start"}, {**VOICE, "confirmed": True}, None),
        (OVEN, {Attr.OPERATION: "start"}, {}, None),
        (OVEN, {Attr.OPERATION: "stop"}, VOICE, None),
    ],
)
async def test_safety_rules(
    hass: HomeAssistant,
    vendor: Vendorish,
    device: Device,
    values: dict[str, Value],
    extra: dict[str, Any],
    error: type[Exception] | None,
) -> None:
    _, bus = make_bus(hass, vendor, device)
    command = Command(device_id="d1", values=values, **extra)
    if error is None:
        await bus.send(command)
        assert vendor.taken == [values]
    else:
        with pytest.raises(error):
            await bus.send(command)
        assert vendor.taken == []
    bus.close()
