"""The store: what changed is announced once, what did not is not, and optimism is lifted."""

from dataclasses import replace

import pytest

from custom_components.dongju.model.device import AVAILABLE, DESCRIPTION, MAIN, Attribute, Device, Happening, Part
from custom_components.dongju.model.store import DeviceChange, Store
from custom_components.dongju.model.vocabulary import DeviceType, Kind, Vendor

POWER = ("thinq_1", MAIN, "on_off")
MODE = ("thinq_1", MAIN, "mode")
DEVICE = Device(
    id="thinq_1",
    vendor=Vendor.THINQ,
    vendor_id="1",
    type=DeviceType.AIR_CONDITIONER,
    name="에어컨",
    manufacturer="LG",
    parts={
        MAIN: Part(
            type=DeviceType.AIR_CONDITIONER,
            attributes={
                "on_off": Attribute(key="on_off", kind=Kind.BOOLEAN, writable=True),
                "mode": Attribute(key="mode", kind=Kind.ENUM, writable=True, options=("cool", "heat")),
            },
        )
    },
)


@pytest.fixture
def store() -> Store:
    store = Store()
    store.set_device(DEVICE)
    store.set_available([DEVICE.id], available=True)
    return store


def test_a_batch_calls_each_subscriber_once_and_only_for_changes(store: Store) -> None:
    calls = []
    store.subscribe([POWER, MODE], lambda: calls.append("both"))
    store.subscribe([MODE], lambda: calls.append("mode"))
    assert store.apply({POWER: True, MODE: "cool"}) == 2
    assert calls == ["both", "mode"]
    assert store.apply({POWER: True, MODE: "cool"}) == 0
    assert store.apply({POWER: False}) == 1
    assert calls == ["both", "mode", "both"]


def test_true_is_not_one(store: Store) -> None:
    store.apply({POWER: 1})
    assert store.apply({POWER: True}) == 1
    assert store.value(POWER) is True


def test_an_optimistic_value_is_confirmed_by_the_report(store: Store) -> None:
    store.apply({MODE: "heat"})
    calls = []
    store.subscribe([MODE], lambda: calls.append(store.value(MODE)))
    store.show({MODE: "cool"})
    assert store.value(MODE) == "cool"
    assert store.reported(MODE) == "heat"
    store.apply({MODE: "heat"})
    assert store.value(MODE) == "cool", "an old report on its way must not jump back"
    store.apply({MODE: "cool"})
    assert not store.showing(MODE)
    assert calls == ["cool"]


def test_a_lifted_value_shows_the_truth_again(store: Store) -> None:
    store.apply({MODE: "heat"})
    store.show({MODE: "cool"})
    assert store.unshow([MODE, POWER]) is True
    assert store.value(MODE) == "heat"
    assert store.unshow([MODE]) is False


def test_availability_and_description_are_announced(store: Store) -> None:
    calls = []
    store.subscribe([(DEVICE.id, MAIN, AVAILABLE)], lambda: calls.append("available"))
    store.subscribe([(DEVICE.id, MAIN, DESCRIPTION)], lambda: calls.append("description"))
    store.set_available([DEVICE.id, "unknown"], available=False)
    store.set_available([DEVICE.id], available=False)
    store.set_device(DEVICE)
    store.set_device(replace(DEVICE, name="거실 에어컨"))
    assert calls == ["available", "description"]
    assert not store.available(DEVICE.id)


def test_devices_come_change_and_go() -> None:
    store = Store()
    seen = []
    stop = store.on_device(lambda change, device: seen.append((change, device.name)))
    store.set_device(DEVICE)
    store.set_device(replace(DEVICE, name="안방 에어컨"))
    store.apply({MODE: "cool"})
    store.remove_device(DEVICE.id)
    store.remove_device(DEVICE.id)
    assert seen == [
        (DeviceChange.ADDED, "에어컨"),
        (DeviceChange.CHANGED, "안방 에어컨"),
        (DeviceChange.REMOVED, "안방 에어컨"),
    ]
    assert store.value(MODE) is None
    stop()
    assert store.subscriber_count == 0


def test_a_failing_subscriber_harms_nobody(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    calls = []

    def fail() -> None:
        raise ValueError("boom")

    store.subscribe([MODE], fail)
    store.subscribe([MODE], lambda: calls.append("second"))
    store.apply({MODE: "cool"})
    assert calls == ["second"]
    assert "A subscriber failed" in caplog.text


def test_events_reach_their_subscribers_and_unsubscribe(store: Store) -> None:
    heard: list[Happening] = []
    key = (DEVICE.id, MAIN, "notification")
    stop = store.subscribe_event(key, heard.append)
    store.fire(key, Happening(type="water_is_full"))
    stop()
    store.fire(key, Happening(type="water_is_full"))
    assert [happening.type for happening in heard] == ["water_is_full"]
    assert store.subscriber_count == 0
