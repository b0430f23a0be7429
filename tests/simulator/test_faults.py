"""Fault knobs."""

import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.faults import FaultBox, UnknownFaultError


@pytest.fixture
def box(clock: ManualClock) -> FaultBox:
    return FaultBox(clock, {"slow": "late", "lost": "gone"})


def test_counts_down(box: FaultBox) -> None:
    box.set("slow", count=2, seconds=4)
    assert box.peek("slow") is not None
    first = box.take("slow")
    assert first is not None
    assert first.data == {"seconds": 4}
    assert box.take("slow") is not None
    assert box.take("slow") is None
    assert not box.active_now


def test_ends_by_the_clock(box: FaultBox, clock: ManualClock) -> None:
    box.set("slow", duration=10)
    clock.advance(9)
    assert box.active()[0]["seconds_left"] == 1
    clock.advance(1)
    assert box.take("slow") is None
    assert box.active() == []


def test_only_where_it_was_aimed_at(box: FaultBox) -> None:
    box.set("lost", count=1, match={"device_id": "a"})
    assert box.take("lost", device_id="b") is None
    assert box.take("lost") is None
    assert box.take("lost", device_id="a", endpoint="state") is not None


def test_clears_one_or_all(box: FaultBox) -> None:
    box.set("slow")
    box.set("lost")
    box.clear("slow")
    assert [fault["name"] for fault in box.active()] == ["lost"]
    box.clear()
    assert box.active() == []


def test_unknown_fault(box: FaultBox) -> None:
    with pytest.raises(UnknownFaultError, match="earthquake"):
        box.set("earthquake")
