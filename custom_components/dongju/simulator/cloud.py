"""What every mock cloud offers to the simulator, and the errors of controlling it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from .clock import Clock
from .faults import FaultBox, UnknownFaultError
from .home import HomeSpec


class ControlError(ValueError):
    """A control action is unknown or cannot be done; the message says why."""


class MockCloud(Protocol):
    """One vendor's cloud, served on loopback."""

    @property
    def name(self) -> str:
        """Return the key of this cloud in `Simulator.clouds` and in addresses."""

    @property
    def faults(self) -> FaultBox:
        """Return the fault knobs of this cloud."""

    @property
    def device_field(self) -> str:
        """Return the field in which a control action names its device, by the vendor's id."""

    async def start(self) -> None:
        """Open the listeners on ports the system chooses and start the devices."""

    async def close(self) -> None:
        """Stop devices, connections and listeners; harmless when not started."""

    def connection(self) -> dict[str, Any]:
        """Return addresses and tokens a client needs, JSON-able; valid while started."""

    def describe(self) -> dict[str, Any]:
        """Return `{"actions": {name: description}, "state": ...}` for the control page."""

    async def control(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Act on the physical world or turn a knob; raise ControlError."""

    def snapshot(self) -> dict[str, Any]:
        """Return what must survive a restart, JSON-able: feed it back as `state=`."""


class CloudFactory(Protocol):
    """How the simulator makes a cloud: every cloud's constructor looks like this."""

    def __call__(
        self,
        home: HomeSpec,
        *,
        clock: Clock,
        seed: int,
        state: Mapping[str, Any] | None = None,
    ) -> MockCloud:
        """Create a cloud serving its section of the home."""


type ActionHandler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """One row of a cloud's control actions."""

    name: str
    description: str
    handler: ActionHandler


class ActionTable:
    """The control actions of a cloud, among them the fault knobs."""

    def __init__(self, faults: FaultBox, actions: list[Action]) -> None:
        """Collect the rows; `fault` and `clear_faults` are in every table."""
        self._faults = faults
        common = [
            Action(
                name="fault",
                description="turn a fault knob on: name, count, duration, match, data",
                handler=self._fault,
            ),
            Action(
                name="clear_faults",
                description="turn one fault knob (name) or all of them off",
                handler=self._clear_faults,
            ),
        ]
        self._actions: Final = {action.name: action for action in [*actions, *common]}

    def describe(self) -> dict[str, str]:
        """Return what can be done, by name."""
        return {name: action.description for name, action in self._actions.items()}

    async def run(self, name: str, data: dict[str, Any]) -> dict[str, Any]:
        """Run an action; raise ControlError when it is unknown or its data is wrong."""
        action = self._actions.get(name)
        if action is None:
            raise ControlError(f"unknown action {name!r}; known: {', '.join(sorted(self._actions))}")
        try:
            return await action.handler(data)
        except ControlError:
            raise
        except KeyError as err:
            raise ControlError(f"{name}: missing or unknown {err.args[0] if err.args else err}") from err
        except (TypeError, ValueError) as err:
            raise ControlError(str(err)) from err

    async def _fault(self, data: dict[str, Any]) -> dict[str, Any]:
        try:
            self._faults.set(
                str(data["name"]),
                count=data.get("count"),
                duration=data.get("duration"),
                match=data.get("match"),
                **data.get("data", {}),
            )
        except UnknownFaultError as err:
            raise ControlError(str(err)) from err
        return {"active": self._faults.active()}

    async def _clear_faults(self, data: dict[str, Any]) -> dict[str, Any]:
        self._faults.clear(data.get("name"))
        return {"active": self._faults.active()}
