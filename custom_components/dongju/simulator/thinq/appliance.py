"""A virtual LG appliance: served state, commands with slow confirmation, reports, the physical world."""

from collections import deque
from collections.abc import Callable, Mapping
from copy import deepcopy
import hashlib
import json
from pathlib import Path
import random
from typing import Any, Final

from ..clock import Clock, TimerHandle
from .energy import EnergyMeter
from .kept import digest, replace_tree
from .machine import Machine
from .part import Command, Part, PartTree, WireState
from .profile import Wire
from .refusal import ControlRefused, Refusal

__all__ = ["Appliance", "ControlRefused", "create_appliance", "load_folder"]

# Seconds between an accepted command and the appliance's report.
CONFIRM_SECONDS: Final = (0.3, 1.5)

_COMMON_ACTIONS: Final = {
    "set_state": "overwrite values and report them: state (partial), part?",
    "push": "send a notification: code",
}


class Appliance:
    """One appliance of the home, made of parts and the machines that move them."""

    def __init__(  # noqa: PLR0913 - what the device list, the profile and the home say of it
        self,
        *,
        device_id: str,
        device_type: str,
        model_name: str,
        alias: str,
        profile: Wire,
        state: WireState,
        reportable: bool = True,
        room: str | None = None,
        energy: EnergyMeter | None = None,
    ) -> None:
        """Build the parts of a profile; machines are added with `add_machine`."""
        self.device_id: Final = device_id
        self.device_type: Final = device_type
        self.model_name: Final = model_name
        self.alias = alias
        self.reportable: Final = reportable
        self.room: Final = room
        self.profile: Final = profile
        self.group_id: str | None = None
        # Refuse what real appliances are said to choke on: several resources in one command, and a
        # command while the last one is not confirmed yet.
        self.strict = False
        self.confirm_seconds: tuple[float, float] = CONFIRM_SECONDS
        self.on_report: Callable[[Appliance, WireState], None] = _ignore
        self.on_push: Callable[[Appliance, str], None] = _ignore
        self._tree: Final = PartTree(profile, state)
        self._machines: list[Machine] = []
        self._energy = energy
        self._online = True
        self._clock: Clock | None = None
        self._rng = random.Random(device_id)
        self._timers: dict[str, TimerHandle] = {}
        self._due: dict[str, float] = {}
        # Seconds left on the timers of an appliance that stands still; None before its first life.
        self._frozen: dict[str, float] | None = None
        self._unconfirmed: deque[TimerHandle] = deque()
        self._last_confirmation = 0.0

    @property
    def state(self) -> WireState:
        """Return the wire state, as the state call answers it."""
        return self._tree.state

    @property
    def parts(self) -> list[Part]:
        """Return the parts with their profiles, one for a plain appliance."""
        return self._tree.parts

    @property
    def all_parts(self) -> list[Part]:
        """Return the parts and, last, the extras that belong to no location."""
        return [*self._tree.parts, *self._tree.extras]

    @property
    def online(self) -> bool:
        """Tell whether the cloud can reach the appliance."""
        return self._online

    @online.setter
    def online(self, online: bool) -> None:
        """Unplug the network or plug it in; an appliance that comes back reports everything."""
        came_back = online and not self._online
        self._online = online
        if came_back:
            self._tree.take_reports()
            self.on_report(self, deepcopy(self.state))

    @property
    def clock(self) -> Clock:
        """Return the clock the appliance lives on; raise RuntimeError before `start`."""
        if self._clock is None:
            raise RuntimeError("the appliance is not started")
        return self._clock

    @property
    def rng(self) -> random.Random:
        """Return the seeded source of chance."""
        return self._rng

    @property
    def machines(self) -> list[Machine]:
        """Return the machines, in the order they are asked."""
        return self._machines

    def add_machine(self, machine: Machine) -> None:
        """Give the appliance another machine, before it starts."""
        machine.host = self
        self._machines.append(machine)

    def info(self) -> dict[str, Any]:
        """Return the element of the device list."""
        info: dict[str, Any] = {
            "deviceType": self.device_type,
            "modelName": self.model_name,
            "alias": self.alias,
            "reportable": self.reportable,
        }
        if self.group_id is not None:
            info["groupId"] = self.group_id
        return {"deviceId": self.device_id, "deviceInfo": info}

    def start(self, clock: Clock, rng: random.Random | None = None) -> None:
        """Bring the appliance to life on a clock."""
        self._clock = clock
        if rng is not None:
            self._rng = rng
        if self._frozen is None:
            for machine in self._machines:
                machine.begin()
        else:
            self._thaw(self._frozen)
        self._frozen = None
        # What changed while preparing is part of the first state, not news.
        self._tree.take_reports()

    def close(self) -> None:
        """Stop everything that is waiting; the appliance can be started again."""
        if self._clock is None:
            return
        self._frozen = self._left()
        for handle in [*self._timers.values(), *self._unconfirmed]:
            handle.cancel()
        self._timers.clear()
        self._due.clear()
        self._unconfirmed.clear()
        self._clock = None

    def control(self, body: object) -> None:
        """Accept a control body, confirmed by a report later; raise ControlRefused."""
        if not self._online:
            raise ControlRefused(Refusal.NOT_CONNECTED_DEVICE, "Not connected device")
        commands = self._tree.parse(body)
        if self.strict:
            self._check_strict(commands)
        for command in commands:
            for machine in self._machines_of(command.part):
                machine.check(command)
        now = self.clock.monotonic()
        # Confirmations keep the order of the commands.
        due = max(now + self._rng.uniform(*self.confirm_seconds), self._last_confirmation)
        self._last_confirmation = due
        self._unconfirmed.append(self.clock.call_later(due - now, lambda: self._confirm(commands)))

    def actions(self) -> dict[str, str]:
        """Return what can be done to the appliance by hand, with a description."""
        found = dict(_COMMON_ACTIONS)
        for machine in self._machines:
            found |= machine.actions
        return found

    def action(self, name: str, data: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Act on the physical appliance; `data["part"]` picks a part; raise ValueError."""
        data = data or {}
        machines = [machine for machine in self._machines if name in machine.actions]
        if machines:
            wanted = data.get("part")
            machine = next((item for item in machines if wanted in (None, item.part.half, item.part.location)), None)
            if machine is None:
                raise ValueError(f"{self.alias} has no part {wanted!r}")
            told = machine.act(name, data) or {}
        elif name in _COMMON_ACTIONS:
            told = self._set_state(data) if name == "set_state" else self._push_anything(data)
        else:
            raise ValueError(f"{self.alias} knows no action {name!r}; known: {', '.join(self.actions())}")
        self.flush()
        return dict(told)

    def energy_profile(self) -> dict[str, Any] | None:
        """Return the answer of the energy profile call, None for an appliance without a meter."""
        return self._energy.profile() if self._energy else None

    def energy_usage(self, energy_property: str, period: str, start: str, end: str) -> dict[str, Any]:
        """Return the answer of the energy usage call in Wh; raise ControlRefused."""
        if self._energy is None:
            raise ControlRefused(Refusal.NOT_SUPPORTED_PRODUCT, "Not supported product")
        return self._energy.usage(energy_property, period, start, end, self.clock.now())

    def snapshot(self) -> dict[str, Any]:
        """Return what must survive a restart, JSON-able."""
        return json.loads(  # type: ignore[no-any-return]
            json.dumps(
                {
                    "profile": digest(self.profile),
                    "alias": self.alias,
                    "online": self._online,
                    "state": self.state,
                    "machines": [machine.snapshot() for machine in self._machines],
                    # Time stands still for an appliance while nobody runs the home.
                    "timers": self._left() if self._clock else self._frozen,
                }
            )
        )

    def restore(self, data: Mapping[str, Any]) -> None:
        """Take over a snapshot before `start`; one of another shape is ignored."""
        machines = data.get("machines")
        if data.get("profile") != digest(self.profile):
            return
        if not isinstance(machines, list) or len(machines) != len(self._machines):
            return
        if not replace_tree(self.state, data.get("state")):
            return
        self.alias = str(data.get("alias", self.alias))
        self._online = bool(data.get("online", True))
        for machine, kept in zip(self._machines, machines, strict=True):
            machine.restore(kept)
        timers = data.get("timers")
        self._frozen = timers if isinstance(timers, dict) else None

    def set_timer(self, key: str, seconds: float, machine: Machine, timer: str) -> None:
        """Wake a machine later; a timer of the same key is replaced."""
        self.cancel_timer(key)
        seconds = max(0.0, seconds)
        self._due[key] = self.clock.monotonic() + seconds

        def wake() -> None:
            self._timers.pop(key, None)
            self._due.pop(key, None)
            machine.wake(timer)
            self.flush()

        self._timers[key] = self.clock.call_later(seconds, wake)

    def cancel_timer(self, key: str) -> None:
        """Forget a timer; harmless when there is none."""
        self._due.pop(key, None)
        if (handle := self._timers.pop(key, None)) is not None:
            handle.cancel()

    def has_timer(self, key: str) -> bool:
        """Tell whether a timer is running."""
        return key in self._timers

    def push(self, part: Part, code: str) -> None:
        """Send a notification, if the profile lists it."""
        if self._online and code in (*part.notifications, *part.errors):
            # What led to the notification is reported before it.
            self.flush()
            self.on_push(self, code)

    def fault_changed(self, part: Part, *, active: bool) -> None:
        """Tell the machines of a part that an error came or went."""
        for machine in self._machines_of(part):
            machine.on_fault(active=active)

    def flush(self) -> None:
        """Report what changed since the last report."""
        for report in self._tree.take_reports():
            if self._online:
                self.on_report(self, report)

    def _left(self) -> dict[str, float]:
        now = self.clock.monotonic()
        return {key: due - now for key, due in self._due.items()}

    def _thaw(self, timers: Mapping[str, float]) -> None:
        machines = {machine.key: machine for machine in self._machines}
        for key, seconds in timers.items():
            owner, _, timer = key.rpartition("/")
            if (machine := machines.get(owner)) is not None:
                self.set_timer(key, seconds, machine, timer)

    def _machines_of(self, part: Part) -> list[Machine]:
        return [machine for machine in self._machines if machine.part is part]

    def _check_strict(self, commands: list[Command]) -> None:
        if self._unconfirmed:
            raise ControlRefused(Refusal.COMMAND_NOT_SUPPORTED_IN_STATE, "the last command is not done yet")
        if len({change.path for command in commands for change in command.changes}) > 1:
            raise ControlRefused(Refusal.INVALID_COMMAND_ERROR, "one property at a time")

    def _confirm(self, commands: list[Command]) -> None:
        self._unconfirmed.popleft()
        for command in commands:
            if self._is_still_allowed(command):
                self._carry_out(command)
        self.flush()

    def _is_still_allowed(self, command: Command) -> bool:
        """Look again: somebody may have opened the door since the command was accepted."""
        try:
            for machine in self._machines_of(command.part):
                machine.check(command)
        except ControlRefused:
            return False
        return True

    def _carry_out(self, command: Command) -> None:
        for machine in self._machines_of(command.part):
            machine.apply(command)
            if command.lost:
                return
        for change in command.rest():
            command.part.store(change)

    def _set_state(self, data: Mapping[str, Any]) -> dict[str, Any]:
        state = data.get("state")
        if not isinstance(state, Mapping):
            raise ValueError("set_state needs a state")  # noqa: TRY004
        wanted = data.get("part")
        part = next((item for item in self.parts if wanted in (None, item.half, item.location)), None)
        if part is None:
            raise ValueError(f"{self.alias} has no part {wanted!r}")
        for resource, values in state.items():
            if isinstance(values, Mapping) and isinstance(part.get(resource), Mapping | None):
                for name, value in values.items():
                    part.set(f"{resource}.{name}", value, force=True)
            else:
                part.set(resource, values, force=True)
        return {}

    def _push_anything(self, data: Mapping[str, Any]) -> dict[str, Any]:
        if self._online:
            self.on_push(self, str(data["code"]))
        return {}


def create_appliance(raw: Mapping[str, Any], rng: random.Random) -> Appliance:
    """Create an appliance from a row of a home description; raise ValueError.

    `raw` holds at least `type` (a row of `appliances.FAMILIES`) and `name`. Give every appliance
    an `rng` of its own, seeded from the home's seed and the name, so that ids stay the same when
    the home grows.
    """
    from .appliances import FAMILIES  # noqa: PLC0415 - the rows import what appliances are made of

    family = FAMILIES.get(str(raw.get("type")))
    if family is None:
        raise ValueError(f"unknown appliance type {raw.get('type')!r}; known: {', '.join(FAMILIES)}")
    name = raw.get("name")
    if not isinstance(name, str) or not name:
        raise ValueError(f"an appliance of type {family.type} needs a name: {dict(raw)!r}")
    return family.create(raw, device_id(name, rng), rng)


def device_id(name: str, rng: random.Random) -> str:
    """Return 64 hex digits that follow from a name and a seed."""
    return hashlib.sha256(f"{rng.getrandbits(64):x}/{name}".encode()).hexdigest()


def load_folder(path: Path) -> Appliance:
    """Load a captured appliance of any type; raise ValueError when it cannot be read.

    The folder holds `device.json` (an element of the device list), `profile.json`, `status.json`
    and optionally `energy_profile.json`. It is served as it is: no behaviour, but writable
    properties take what the profile allows and are reported. Reads files: call it off the loop.
    """
    from .appliances.captured import CapturedMachine  # noqa: PLC0415 - as in create_appliance

    device, profile, state = (_read_json(path / f"{name}.json") for name in ("device", "profile", "status"))
    if not isinstance(device, dict) or not isinstance(device.get("deviceId"), str):
        raise ValueError(f"{path}/device.json: needs a deviceId")  # noqa: TRY004
    info = device.get("deviceInfo")
    info = info if isinstance(info, dict) else {}
    energy_file = path / "energy_profile.json"
    meter = EnergyMeter.from_profile(device["deviceId"], _read_json(energy_file)) if energy_file.exists() else None
    appliance = Appliance(
        device_id=device["deviceId"],
        device_type=str(info.get("deviceType", "DEVICE_UNKNOWN")),
        model_name=str(info.get("modelName", "")),
        alias=str(info.get("alias", path.name)),
        reportable=bool(info.get("reportable", True)),
        profile=profile if isinstance(profile, dict) else {},
        state=state if isinstance(state, dict | list) else {},
        energy=meter,
    )
    group = info.get("groupId")
    appliance.group_id = group if isinstance(group, str) else None
    for part in appliance.parts:
        appliance.add_machine(CapturedMachine(part))
    return appliance


def _read_json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as err:
        raise ValueError(f"{file}: {err}") from err


def _ignore(_appliance: Appliance, _news: Any) -> None:
    """Report to nobody."""
