"""One measurement: one integration on one cloud in a process of its own. `python benchmarks/worker.py SPEC.json`.

SPEC: integration, socket, folder, result, devices, options, restart, rate, steps [[name, arguments], ...].
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
import contextlib
import cProfile
import json
from pathlib import Path
import sys
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SPEC: Final[dict[str, Any]] = json.loads(Path(sys.argv[1]).read_text())

from benchmarks import clocks  # noqa: E402

RATE: Final = float(SPEC.get("rate", 1.0))
if RATE != 1.0:
    fast_time = clocks.hasten(RATE)
    from datetime import UTC, datetime, tzinfo

    from homeassistant.util import dt as dt_util

    def _now(zone: tzinfo | None = None) -> datetime:
        return datetime.fromtimestamp(fast_time(), zone or dt_util.DEFAULT_TIME_ZONE)

    def _utcnow() -> datetime:
        return datetime.fromtimestamp(fast_time(), UTC)

    setattr(dt_util, "now", _now)  # noqa: B010 - not meant to be replaced
    setattr(dt_util, "utcnow", _utcnow)  # noqa: B010

from benchmarks import steps_alone, steps_commands, steps_push, steps_setup  # noqa: E402
from benchmarks.bench import Bench  # noqa: E402
from benchmarks.cloud import Cloud  # noqa: E402
from benchmarks.hass_process import create_loop, running_home_assistant  # noqa: E402
from benchmarks.integrations import DRIVERS, PLATFORMS  # noqa: E402

STEPS: Final[Mapping[str, Callable[..., Awaitable[dict[str, Any]]]]] = {
    "quiet_hour": steps_setup.quiet_hour,
    "calibrate": steps_setup.calibrate,
    "handler": steps_push.handler,
    "mqtt": steps_push.mqtt,
    "push_latency": steps_push.push_latency,
    "commands": steps_commands.commands,
    "burst": steps_alone.burst,
    "spoken": steps_alone.spoken,
}


@contextlib.contextmanager
def _profiled(name: str) -> Iterator[None]:
    """Write a profile of a step where the specification asks for one; its figures are of no use then."""
    if SPEC.get("profile") != name:
        yield
        return
    profile = cProfile.Profile()
    with profile:
        yield
    profile.dump_stats(f"{SPEC['result']}.{name}.prof")


async def measure(selector: clocks.WatchingSelector) -> dict[str, Any]:
    """Set up and run the steps; return what each found, by its name."""
    driver = DRIVERS[SPEC["integration"]]()
    cloud = await Cloud.open(SPEC["socket"])
    connection = (await cloud.ask("connection"))["thinq"]
    driver.prepare(connection)
    results: dict[str, Any] = {}
    async with running_home_assistant(Path(SPEC["folder"]), (driver.domain,), PLATFORMS) as hass:
        if SPEC.get("restart"):
            entries = hass.config_entries.async_entries(driver.domain)
            entry = next(entry for entry in entries if "access_token" in entry.data)
            hass.config_entries.async_update_entry(entry, options=SPEC.get("options", {}))
        else:
            entry = driver.entry(connection, SPEC.get("options", {}))
        bench = Bench(
            hass=hass, cloud=cloud, driver=driver, entry=entry, selector=selector, devices=SPEC["devices"], rate=RATE
        )
        await cloud.ask("latency", seconds=SPEC.get("latency", 0.0))
        with _profiled("set_up"):
            results["set_up"] = await steps_setup.set_up(bench, restart=bool(SPEC.get("restart")))
        for name, arguments in SPEC["steps"]:
            with _profiled(name):
                results[name] = await STEPS[name](bench, **arguments)
        await cloud.ask("calls", reset=True)
        await cloud.ask("latency", seconds=0.0)
    results["calls_at_stop"] = sum((await cloud.ask("calls"))["by_endpoint"].values())
    await cloud.close()
    return results


def main() -> None:
    """Measure, and write the result."""
    loop, selector = create_loop(RATE)
    asyncio.set_event_loop(loop)
    try:
        results = loop.run_until_complete(measure(selector))
        Path(SPEC["result"]).write_text(json.dumps(results))
    finally:
        loop.run_until_complete(loop.shutdown_default_executor())
        asyncio.set_event_loop(None)
        loop.close()


if __name__ == "__main__":
    main()
