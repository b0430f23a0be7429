"""Clocks of the virtual home."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from custom_components.dongju.simulator.clock import SEOUL, ManualClock, RealClock


def test_manual_clock_runs_due_callbacks_in_order_and_at_their_time() -> None:
    clock = ManualClock(datetime(2026, 1, 1, tzinfo=UTC))
    seen: list[tuple[str, float]] = []
    clock.call_later(20, lambda: seen.append(("late", clock.monotonic())))
    clock.call_later(10, lambda: seen.append(("first", clock.monotonic())))
    clock.call_later(10, lambda: clock.call_later(5, lambda: seen.append(("chained", clock.monotonic()))))
    clock.call_later(12, lambda: seen.append(("cancelled", 0))).cancel()
    clock.advance(9.9)
    assert seen == []
    clock.advance(100)
    assert seen == [("first", 10), ("chained", 15), ("late", 20)]
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=109.9)
    assert clock.now().tzinfo is SEOUL


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="back"):
        ManualClock().advance(-1)
    with pytest.raises(ValueError, match="back"):
        RealClock().advance(-1)


def test_rates() -> None:
    assert ManualClock().rate == 0
    with pytest.raises(ValueError, match="manual"):
        ManualClock().set_rate(2)
    with pytest.raises(ValueError, match="positive"):
        RealClock(0)


async def test_sleeping_on_a_manual_clock() -> None:
    clock = ManualClock()
    sleeping = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    clock.advance(59)
    await asyncio.sleep(0)
    assert not sleeping.done()
    clock.advance(1)
    await sleeping
    cancelled = asyncio.create_task(clock.sleep(60))
    await asyncio.sleep(0)
    cancelled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await cancelled
    clock.advance(60)


async def test_fast_clock() -> None:
    clock = RealClock(rate=36_000)
    start = clock.now()
    await asyncio.wait_for(clock.sleep(3600), 5)
    assert clock.now() - start >= timedelta(hours=1)


async def test_change_of_pace_moves_what_is_waiting() -> None:
    clock = RealClock()
    woken = asyncio.Event()
    clock.call_later(3600, woken.set)
    clock.set_rate(360_000)
    await asyncio.wait_for(woken.wait(), 5)
    assert clock.rate == 360_000


async def test_jump_runs_what_became_due_in_order() -> None:
    clock = RealClock()
    seen: list[str] = []
    done = asyncio.Event()
    clock.call_later(300, lambda: seen.append("third"))
    clock.call_later(300, done.set)
    clock.call_later(100, lambda: seen.append("first"))
    clock.call_later(200, lambda: seen.append("second"))
    forgotten = clock.call_later(150, lambda: seen.append("forgotten"))
    forgotten.cancel()
    clock.advance(300)
    await asyncio.wait_for(done.wait(), 5)
    assert seen == ["first", "second", "third"]
