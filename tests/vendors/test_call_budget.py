import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from custom_components.dongju.model.errors import ClosingError, RateLimitedError
from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.vendors.call_budget import CallBudget, Priority


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def budget_of(clock: ManualClock, allowance: int = 100) -> CallBudget:
    return CallBudget(now=clock.now, monotonic=clock.monotonic, allowance=allowance, call_later=clock.call_later)


async def call(budget: CallBudget, priority: Priority, done: list[str] | None = None, name: str = "") -> None:
    async with budget.call(priority):
        if done is not None:
            done.append(name or priority.name)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_a_person_keeps_a_reserve(clock: ManualClock) -> None:
    budget = budget_of(clock)
    tasks = [asyncio.create_task(call(budget, Priority.RECONCILE)) for _ in range(100)]
    await settle()
    for _ in range(30):
        clock.advance(0)
        await settle()
    assert budget.used == 85
    assert budget.left == 15
    for _ in range(15):
        await call(budget, Priority.COMMAND)
    with pytest.raises(RateLimitedError) as refused:
        await call(budget, Priority.COMMAND)
    assert refused.value.retry_after == pytest.approx(3600)
    clock.advance(3600)
    await asyncio.gather(*tasks)
    assert budget.used == 15


async def test_waiting_calls_go_by_priority(clock: ManualClock) -> None:
    budget = budget_of(clock, 20)
    for _ in range(17):
        await call(budget, Priority.PROFILE)
    done: list[str] = []
    order = [Priority.ENERGY, Priority.PROFILE, Priority.SUBSCRIBE, Priority.RECONCILE]
    tasks = [asyncio.create_task(call(budget, priority, done)) for priority in order]
    await settle()
    assert done == []
    assert budget.waiting == 4
    clock.advance(3600)
    await asyncio.gather(*tasks)
    assert done == ["RECONCILE", "SUBSCRIBE", "PROFILE", "ENERGY"]


async def test_energy_has_a_share_of_its_own(clock: ManualClock) -> None:
    budget = budget_of(clock)
    tasks = [asyncio.create_task(call(budget, Priority.ENERGY)) for _ in range(30)]
    for _ in range(20):
        clock.advance(0)
        await settle()
    assert budget.used == 20
    await call(budget, Priority.RECONCILE)
    clock.advance(3600)
    for _ in range(10):
        clock.advance(0)
        await settle()
    await asyncio.gather(*tasks)


async def test_few_calls_are_in_flight_at_once(clock: ManualClock) -> None:
    budget = budget_of(clock)
    gate = asyncio.Event()
    running = 0
    most = 0

    async def slow() -> None:
        nonlocal running, most
        async with budget.call(Priority.SUBSCRIBE):
            running += 1
            most = max(most, running)
            await gate.wait()
            running -= 1

    tasks = [asyncio.create_task(slow()) for _ in range(20)]
    await settle()
    await call(budget, Priority.COMMAND)
    assert 1 < most <= 6
    gate.set()
    for _ in range(10):
        clock.advance(0)
        await settle()
    await asyncio.gather(*tasks)
    assert budget.used == 21


async def test_a_refusal_pauses_everyone_and_longer_each_time(clock: ManualClock) -> None:
    budget = budget_of(clock)
    pauses = []
    for _ in range(7):
        budget.refused()
        pauses.append(budget.paused_seconds)
        clock.advance(budget.paused_seconds)
    assert pauses == [120, 240, 480, 960, 1920, 3600, 3600]
    assert budget.diagnostics()["refused"] == 7


async def test_refusals_in_one_breath_count_as_one(clock: ManualClock) -> None:
    budget = budget_of(clock)
    for _ in range(6):
        budget.refused()
    assert budget.paused_seconds == 120


async def test_a_pause_asked_for_by_the_cloud_is_kept(clock: ManualClock) -> None:
    budget = budget_of(clock)
    budget.refused(retry_after=500)
    assert budget.paused_seconds == 500


async def test_commands_probe_a_pause_sparingly_and_a_success_ends_it(clock: ManualClock) -> None:
    budget = budget_of(clock)
    budget.refused()
    waiting = asyncio.create_task(call(budget, Priority.RECONCILE))
    clock.advance(1)
    async with budget.call(Priority.COMMAND) as started:
        with pytest.raises(RateLimitedError):
            await call(budget, Priority.COMMAND)
    await settle()
    assert not waiting.done()
    budget.succeeded(started)
    await settle()
    assert waiting.done()
    assert budget.paused_seconds == 0


async def test_an_answer_to_an_older_call_does_not_end_a_pause(clock: ManualClock) -> None:
    budget = budget_of(clock)
    async with budget.call(Priority.RECONCILE) as started:
        clock.advance(1)
        budget.refused()
        budget.succeeded(started)
    assert budget.paused_seconds == 120


async def test_who_cannot_wait_is_told_how_long_it_would_take(clock: ManualClock) -> None:
    budget = budget_of(clock)
    budget.refused()
    with pytest.raises(RateLimitedError) as refused:
        async with budget.call(Priority.RECONCILE, max_wait=10):
            pass
    assert refused.value.retry_after == 120


async def test_a_cancelled_wait_costs_nothing(clock: ManualClock) -> None:
    budget = budget_of(clock, 20)
    for _ in range(17):
        await call(budget, Priority.RECONCILE)
    task = asyncio.create_task(call(budget, Priority.RECONCILE))
    await settle()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert budget.waiting == 0
    clock.advance(3600)
    await settle()
    assert budget.used == 0


async def test_a_call_cancelled_when_it_was_granted_frees_its_place(clock: ManualClock) -> None:
    budget = budget_of(clock, 20)
    for _ in range(17):
        await call(budget, Priority.RECONCILE)
    tasks = [asyncio.create_task(call(budget, Priority.RECONCILE)) for _ in range(6)]
    await settle()
    clock.advance(3600)  # grants, but the tasks have not run yet
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.wait_for(call(budget, Priority.RECONCILE), 1)


async def test_a_restart_forgets_neither_calls_nor_pause(clock: ManualClock) -> None:
    budget = budget_of(clock)
    for _ in range(40):
        await call(budget, Priority.RECONCILE)
    clock.advance(600)
    budget.refused()
    clock.advance(60)
    kept = budget.snapshot()
    after = budget_of(clock)
    clock.advance(30)
    after.restore(kept)
    assert after.used == 40
    assert after.paused_seconds == pytest.approx(30, abs=2)
    clock.advance(40)
    after.refused()
    assert after.paused_seconds == 240
    clock.advance(3600)
    assert after.used == 0


@pytest.mark.parametrize(
    "damaged",
    [
        {},
        {"calls": None},
        {"calls": [["x", 1]]},
        {"calls": [[1]]},
        {"calls": [], "paused_until": "never"},
        {"calls": [[0, 99]]},
        {"refusals_in_row": []},
    ],
)
async def test_a_damaged_snapshot_is_left_out(clock: ManualClock, damaged: dict[str, Any]) -> None:
    budget = budget_of(clock)
    budget.restore(damaged)
    assert budget.used == 0
    assert budget.paused_seconds == 0


async def test_a_clock_that_was_set_back_does_not_block_for_ever() -> None:
    wall = datetime(2026, 11, 22, tzinfo=UTC)
    first = CallBudget(now=lambda: wall, monotonic=lambda: 100.0, allowance=100)
    async with first.call(Priority.RECONCILE):
        pass
    first.refused()
    kept = first.snapshot()
    second = CallBudget(now=lambda: wall - timedelta(days=400), monotonic=lambda: 5.0, allowance=100)
    second.restore(kept)
    assert second.used == 0
    assert second.paused_seconds == 0


async def test_close_sends_waiting_calls_away(clock: ManualClock) -> None:
    budget = budget_of(clock)
    budget.refused()
    task = asyncio.create_task(call(budget, Priority.RECONCILE))
    await settle()
    assert budget.stalled.is_set()
    budget.close()
    # Not as cancelled: whoever asked has not been.
    with pytest.raises(ClosingError):
        await task


async def test_room_says_what_could_go_out_at_once(clock: ManualClock) -> None:
    budget = budget_of(clock, 200)
    assert budget.room(Priority.RECONCILE) == 170
    assert budget.room(Priority.COMMAND) == 200
    budget.refused()
    assert budget.room(Priority.RECONCILE) == 0
