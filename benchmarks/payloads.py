"""Reports as the mock cloud's own appliances word them: one property each, to one value and back.

Runs in the cloud's process, without Home Assistant.
"""

from collections.abc import Iterator, Mapping, Sequence
import json
from typing import Any, Final

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.simulator import Simulator
from custom_components.dongju.simulator.thinq.accounts import Account
from custom_components.dongju.simulator.thinq.appliance import Appliance
from custom_components.dongju.simulator.thinq.cloud import ThinqCloud
from custom_components.dongju.simulator.thinq.part import Part
from custom_components.dongju.simulator.thinq.profile import domain_of, is_readable
from custom_components.dongju.simulator.thinq.pushes import status_message

_MOST_PATHS: Final = 12

type Candidate = dict[str, Any]
"""Keys device, type, path, and the texts of two reports: `there` changes the value, `back` restores it."""


async def candidates(home: HomeSpec, seed: int) -> list[Candidate]:
    """Return reports for every appliance of a home, each property of its first part that has two values to show.

    The appliances are copies that never come alive: those of the running cloud are left in peace.
    """
    clock = ManualClock()
    cloud = Simulator(home, seed=seed, clock=clock).clouds["thinq"]
    assert isinstance(cloud, ThinqCloud)
    account = cloud.context.accounts.accounts[0]
    found: list[Candidate] = []
    for appliance in await cloud.context.fleet.create():
        appliance.start(clock)
        found.extend(_of_appliance(appliance, account))
        appliance.close()
    return found


async def counting(home: HomeSpec, seed: int, path: str, counts: Sequence[int]) -> list[list[str]]:
    """Return one report of `path` per appliance for each of `counts`, which is its value."""
    clock = ManualClock()
    cloud = Simulator(home, seed=seed, clock=clock).clouds["thinq"]
    assert isinstance(cloud, ThinqCloud)
    account = cloud.context.accounts.accounts[0]
    fleet = await cloud.context.fleet.create()
    for appliance in fleet:
        appliance.start(clock)
    rounds = [[_report(appliance, account, appliance.parts[0], path, count) for appliance in fleet] for count in counts]
    for appliance in fleet:
        appliance.close()
    return rounds


def _of_appliance(appliance: Appliance, account: Account) -> Iterator[Candidate]:
    part = appliance.parts[0]
    paths = [path for path in _paths(part) if part.get(path) is not None]
    for path in paths[:_MOST_PATHS]:
        before = part.get(path)
        other = _other_value(part.descriptor(path), before)
        if other is None:
            continue
        there = _report(appliance, account, part, path, other)
        back = _report(appliance, account, part, path, before)
        yield {
            "device": appliance.device_id,
            "type": appliance.device_type,
            "path": path,
            "there": there,
            "back": back,
        }


def _paths(part: Part) -> Iterator[str]:
    for resource, members in part.properties.items():
        if isinstance(members, Mapping):
            yield from (f"{resource}.{name}" for name, item in members.items() if is_readable(item))


def _other_value(descriptor: Any, value: Any) -> Any:
    """Return another value the profile allows, or None."""
    if not isinstance(descriptor, Mapping):
        return None
    if descriptor.get("type") == "number":
        return value + 1 if isinstance(value, int | float) else None
    domain = domain_of(descriptor, "r")
    if isinstance(domain, list):
        # Lists of words are values of their own; only plain members are taken here.
        return next((member for member in domain if member != value), None) if value in domain else None
    if isinstance(domain, Mapping) and isinstance(value, int | float):
        step = domain.get("step", 1)
        return value + step if value + step <= domain["max"] else value - step
    return None


def _report(appliance: Appliance, account: Account, part: Part, path: str, value: Any) -> str:
    """Set a value and return the message that tells of it."""
    reports: list[Any] = []
    appliance.on_report = lambda _appliance, report: reports.append(report)
    part.set(path, value, force=True)
    appliance.flush()
    (report,) = reports
    message = status_message(account, appliance.device_id, appliance.device_type, report)
    return json.dumps(message, ensure_ascii=False)
