"""What the steps of a benchmark share: the running Home Assistant, the cloud, and how to measure on them."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
import gc
import os
from statistics import median, quantiles
import time
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, StateMachine, callback
import psutil

from benchmarks.clocks import WatchingSelector
from benchmarks.cloud import Cloud
from benchmarks.integrations import Driver

PATIENCE_SECONDS: Final = 300.0
_TICK_SECONDS: Final = 0.02


@dataclass(slots=True, kw_only=True)
class Bench:
    """A Home Assistant with one integration set up on one cloud."""

    hass: HomeAssistant
    cloud: Cloud
    driver: Driver
    entry: ConfigEntry[Any]
    selector: WatchingSelector
    devices: int
    rate: float = 1.0
    """How many seconds of this process pass in a real one."""


@contextmanager
def states_changed(hass: HomeAssistant, note: Callable[[Event[EventStateChangedData]], None]) -> Iterator[None]:
    """Have every changed state noted at once, while the block runs."""
    unsubscribe = hass.bus.async_listen(EVENT_STATE_CHANGED, callback(note))
    try:
        yield
    finally:
        unsubscribe()


@contextmanager
def counting_writes() -> Iterator[list[int]]:
    """Count what entities write to the state machine, changed or not; slows it down, so nothing is timed meanwhile."""
    count = [0]
    real = StateMachine.async_set_internal

    def counted(*args: Any, **kwargs: Any) -> None:
        count[0] += 1
        real(*args, **kwargs)

    setattr(StateMachine, "async_set_internal", counted)  # noqa: B010 - not meant to be replaced
    try:
        yield count
    finally:
        setattr(StateMachine, "async_set_internal", real)  # noqa: B010


async def until(true: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Look now and then whether something is true; return whether it became so in time."""
    ends = time.monotonic() + seconds
    while not true():
        if time.monotonic() > ends:
            return False
        await asyncio.sleep(_TICK_SECONDS)
    return True


async def calls_at_rest(cloud: Cloud, seconds: float = 1.0) -> dict[str, int]:
    """Wait until the cloud has not been called for a while; return the calls by kind."""
    calls: dict[str, int] = {}
    while (now := (await cloud.ask("calls"))["by_endpoint"]) != calls:
        calls = now
        await asyncio.sleep(seconds)
    return calls


def private_memory() -> int:
    """Return the bytes that only this process uses, after collecting garbage."""
    gc.collect()
    return int(psutil.Process(os.getpid()).memory_full_info().uss)


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return median and 99th percentile in milliseconds."""
    if len(seconds) < 2:
        return {"p50_ms": round(1000 * sum(seconds), 2), "p99_ms": round(1000 * sum(seconds), 2), "n": len(seconds)}
    return {
        "p50_ms": round(median(seconds) * 1000, 2),
        "p99_ms": round(quantiles(seconds, n=100, method="inclusive")[98] * 1000, 2),
        "n": len(seconds),
    }
