import pytest

from custom_components.dongju.vendors.backoff import Backoff, jittered


def test_ceiling_doubles_up_to_the_cap() -> None:
    backoff = Backoff(base=2, cap=30, floor=0, rng=lambda: 1.0)
    assert [backoff.delay() for _ in range(6)] == [2, 4, 8, 16, 30, 30]


def test_jitter_is_full_but_never_nothing() -> None:
    backoff = Backoff(base=8, cap=60, floor=0.5, rng=lambda: 0.0)
    assert backoff.delay() == 0.5
    half = Backoff(base=8, cap=60, floor=0.5, rng=lambda: 0.5)
    assert half.delay() == 4


def test_reset_starts_over() -> None:
    backoff = Backoff(base=1, cap=100, floor=0, rng=lambda: 1.0)
    for _ in range(5):
        backoff.delay()
    backoff.reset()
    assert backoff.failures == 0
    assert backoff.delay() == 1


def test_what_waiting_does_not_heal_waits_near_the_cap_at_once() -> None:
    lowest = Backoff(base=1, cap=100, rng=lambda: 0.0)
    assert lowest.delay(at_cap=True) == 50
    assert Backoff(base=1, cap=100, rng=lambda: 1.0).delay(at_cap=True) == 100


def test_many_failures_do_not_overflow() -> None:
    backoff = Backoff(base=1, cap=300, rng=lambda: 1.0)
    for _ in range(5000):
        assert backoff.delay() <= 300


@pytest.mark.parametrize("at_cap", [False, True])
async def test_wait_sleeps_for_the_delay(at_cap: bool) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    backoff = Backoff(base=3, cap=12, rng=lambda: 1.0, sleep=sleep)
    assert await backoff.wait(at_cap=at_cap) == (12 if at_cap else 3)
    assert slept == [12 if at_cap else 3]


@pytest.mark.parametrize(("share", "seconds"), [(0.0, 27), (0.5, 30), (1.0, 33)])
def test_an_interval_is_spread_on_both_sides(share: float, seconds: float) -> None:
    assert jittered(30, lambda: share) == seconds
