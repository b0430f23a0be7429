"""How an appliance lives: small machines, each looking after some properties of a part."""

from collections.abc import Mapping, Sequence
import random
from typing import Any, ClassVar, Protocol

from ..clock import Clock
from .part import Command, Part
from .refusal import ControlRefused, Refusal


class Host(Protocol):
    """What an appliance offers to its machines."""

    @property
    def clock(self) -> Clock:
        """Return the clock the appliance lives on."""

    @property
    def rng(self) -> random.Random:
        """Return the seeded source of chance."""

    @property
    def strict(self) -> bool:
        """Tell whether the appliance is as picky as real ones are said to be."""

    @property
    def machines(self) -> Sequence[Machine]:
        """Return all machines of the appliance."""

    def set_timer(self, key: str, seconds: float, machine: Machine, timer: str) -> None:
        """Wake a machine later; a timer of the same key is replaced."""

    def cancel_timer(self, key: str) -> None:
        """Forget a timer; harmless when there is none."""

    def has_timer(self, key: str) -> bool:
        """Tell whether a timer is running."""

    def push(self, part: Part, code: str) -> None:
        """Send a notification, if the profile lists it."""

    def fault_changed(self, part: Part, *, active: bool) -> None:
        """Tell the machines of a part that an error came or went."""


class Machine:
    """Base of all behaviour: does nothing, allows everything."""

    # Tells machines of one part apart in timers and snapshots.
    name: ClassVar[str] = "machine"
    # What can be done to it by hand: name -> description with its data.
    actions: Mapping[str, str] = {}

    host: Host

    def __init__(self, part: Part) -> None:
        """Look after properties of a part."""
        self.part = part

    @property
    def key(self) -> str:
        """Return what tells this machine from all others of the appliance."""
        return f"{self.part.key}/{self.name}"

    def begin(self) -> None:
        """Arm the first timers when the appliance is switched to life."""

    def check(self, command: Command) -> None:
        """Raise ControlRefused when the state does not allow a command."""

    def apply(self, command: Command) -> None:
        """Carry out what this machine handles, taking it from the command."""

    def wake(self, timer: str) -> None:
        """Do what was due at the end of a timer."""

    def on_fault(self, *, active: bool) -> None:
        """React when an error of the part came or went."""

    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Do something by hand; return what is worth telling; raise ValueError."""

    def snapshot(self) -> dict[str, Any]:
        """Return what the wire state does not tell, JSON-able."""
        return {}

    def restore(self, data: Mapping[str, Any]) -> None:
        """Take over an earlier snapshot."""

    def after(self, timer: str, seconds: float) -> None:
        """Start or restart one of this machine's timers."""
        self.host.set_timer(self._timer_key(timer), seconds, self, timer)

    def cancel(self, *timers: str) -> None:
        """Stop timers of this machine."""
        for timer in timers:
            self.host.cancel_timer(self._timer_key(timer))

    def is_waiting(self, timer: str) -> bool:
        """Tell whether a timer of this machine is running."""
        return self.host.has_timer(self._timer_key(timer))

    def push(self, code: str) -> None:
        """Send a notification of this part."""
        self.host.push(self.part, code)

    def _timer_key(self, timer: str) -> str:
        return f"{self.key}/{timer}"


def refuse(refusal: Refusal, reason: str) -> ControlRefused:
    """Return a refusal to raise."""
    return ControlRefused(refusal, reason)
