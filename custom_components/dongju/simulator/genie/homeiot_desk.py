"""Carrying out home IoT commands, and what the house does by itself: drifting temperatures, people, leaks."""

from collections.abc import Callable, Mapping, Sequence
import random
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .devices import Devices, GenieDevice
from .envelope import JsonDict, unsupported
from .homeiot import Change
from .homeiot_effects import plug_power
from .homeiot_kinds import KINDS
from .identifiers import Identifiers

LATENCY_S: Final = 0.1
TICK_S: Final = 60.0


class HomeIotDesk:
    """Accept commands for home IoT devices and let time work on the devices."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._tick: TimerHandle | None = None

    def start(self) -> None:
        """Let time begin to work."""
        self._tick = self._clock.call_later(TICK_S, self._pass_a_minute)

    def close(self) -> None:
        """Stop time."""
        if self._tick is not None:
            self._tick.cancel()

    def command(
        self, device: GenieDevice, capability: str, command: str, args: Mapping[str, Any], cause: str | None
    ) -> None:
        """Accept a command, whose effects follow by push; raise 400, 403, 409, 422 or 423."""
        kind = KINDS[device.kind]
        if capability != device.kind:
            raise unsupported(f"{device.kind} has no capability {capability[:40]!r}")
        values = kind.arguments(command, args, device.state)
        changes = kind.commands[command].effect(device, values, self._clock.now())
        self.plan(device, changes, cause, replace=kind.moves)

    def plan(self, device: GenieDevice, changes: Sequence[Change], cause: str | None, *, replace: bool = False) -> None:
        """Make changes happen in their time."""
        if replace:
            self._devices.forget_plans(device.id)
        for change in changes:
            self._devices.later(device, LATENCY_S + change.after_s, self._apply(device, change.values, cause))

    def change_now(self, device: GenieDevice, values: JsonDict) -> None:
        """Change a device as someone in the house does it; an offline device tells nobody until it is back."""
        if device.kind == "plug" and "on" in values:
            values = {"powerW": plug_power(device, on=bool(values["on"])), **values}
        for exact in ("exactC", "exactWh"):
            device.memory.pop(exact, None)
        if device.online:
            self._devices.update(device, values)
        else:
            device.state.update(values)

    def _apply(self, device: GenieDevice, values: JsonDict, cause: str | None) -> Callable[[], None]:
        def apply() -> None:
            if device.online:
                self._devices.update(device, values, cause=cause)

        return apply

    def _pass_a_minute(self) -> None:
        self._tick = self._clock.call_later(TICK_S, self._pass_a_minute)
        now = self._clock.now()
        for device in self._devices.online(_DRIFTS):
            minute = int(now.timestamp() // TICK_S)
            every, drift = _DRIFTS[device.kind]
            if minute % every:
                continue
            rng = self._ids.random(f"{device.id}:{minute}")
            changes = {key: value for key, value in drift(device, rng).items() if device.state.get(key) != value}
            if changes:
                self._devices.update(device, changes)


def _drift_temperature(device: GenieDevice, rng: random.Random) -> JsonDict:
    """Move a room's temperature a tenth towards what heats or cools it, in readings of half a degree."""
    state = device.state
    if device.kind == "boiler":
        goal = float(state["targetC"]) if state["on"] and state["mode"] != "hotwater" else 18.0
    else:
        cools = state["on"] and state["mode"] in {"cool", "auto", "dry"}
        goal = float(state["targetC"]) if cools else 27.0
    exact = float(device.memory.get("exactC") or state["currentC"])
    exact += max(-0.2, min(0.2, goal - exact)) + rng.uniform(-0.02, 0.02)
    device.memory["exactC"] = exact
    return {"currentC": round(exact * 2) / 2}


def _drift_air(device: GenieDevice, rng: random.Random) -> JsonDict:
    """Let particles and gases wander; the grade follows the Korean limits for PM2.5."""
    state = device.state
    pm25 = _wander(rng, state["pm25"], 3, 3, 120)
    return {
        "pm25": pm25,
        "pm10": _wander(rng, state["pm10"], 4, 6, 200),
        "co2": _wander(rng, state["co2"], 25, 420, 2500),
        "humidity": _wander(rng, state["humidity"], 1, 20, 85),
        "grade": air_grade(pm25),
    }


def air_grade(pm25: float) -> int:
    """Return 1 good, 2 normal, 3 bad, 4 very bad, as Korea grades PM2.5."""
    return 1 + sum(pm25 > limit for limit in (15, 35, 75))


def _drift_ventilation(device: GenieDevice, rng: random.Random) -> JsonDict:
    pull = {"low": 20, "mid": 40, "high": 60, "auto": 40}[device.state["speed"]] if device.state["on"] else -10
    return {"co2": max(420, min(2500, int(device.state["co2"]) - pull + rng.randint(-8, 8)))}


def _count_energy(device: GenieDevice, _rng: random.Random) -> JsonDict:
    """Add five minutes' energy; whole watt-hours are reported."""
    exact = float(device.memory.get("exactWh") or device.state["energyWh"]) + float(device.state["powerW"]) / 12
    device.memory["exactWh"] = exact
    return {"energyWh": int(exact)}


def _wander(rng: random.Random, value: float, step: int, low: int, high: int) -> int:
    return int(max(low, min(high, value + rng.randint(-step, step))))


# How many minutes apart, and what changes then.
_DRIFTS: Final[Mapping[str, tuple[int, Callable[[GenieDevice, random.Random], JsonDict]]]] = {
    "boiler": (1, _drift_temperature),
    "aircon": (1, _drift_temperature),
    "air_quality": (5, _drift_air),
    "ventilation": (5, _drift_ventilation),
    "plug": (5, _count_energy),
}
