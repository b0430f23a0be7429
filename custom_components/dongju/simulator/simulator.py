"""The virtual home with all of its mock clouds, as one thing to start and stop."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .clock import AdjustableClock, RealClock
from .cloud import CloudFactory, ControlError, MockCloud
from .genie.cloud import GenieCloud
from .home import HomeSpec
from .thinq.cloud import ThinqCloud
from .uplus.cloud import UplusCloud

CLOUD_FACTORIES: Final[dict[str, CloudFactory]] = {
    "thinq": ThinqCloud,
    "genie": GenieCloud,
    "uplus": UplusCloud,
}


class Simulator:
    """A virtual home, served by one mock cloud per vendor."""

    def __init__(
        self,
        home: HomeSpec,
        *,
        seed: int = 0,
        clock: AdjustableClock | None = None,
        state: Mapping[str, Any] | None = None,
        thinq_folders: Sequence[Path] = (),
    ) -> None:
        """Prepare the clouds; `state` is an earlier `snapshot()`."""
        earlier = state or {}
        # A restored home keeps its seed, so that ids and tokens stay the same.
        self.seed: Final = int(earlier.get("seed", seed))
        self.clock: Final = clock or RealClock()
        self.home: Final = replace(home, thinq_folders=(*home.thinq_folders, *thinq_folders))
        self.clouds: Final[dict[str, MockCloud]] = {
            name: factory(
                self.home,
                clock=self.clock,
                seed=self.seed,
                state=earlier.get("clouds", {}).get(name),
            )
            for name, factory in CLOUD_FACTORIES.items()
        }

    async def start(self) -> None:
        """Open every cloud; when one fails the others are closed again."""
        try:
            for cloud in self.clouds.values():
                await cloud.start()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Stop every cloud."""
        for cloud in self.clouds.values():
            await cloud.close()

    def connection(self) -> dict[str, Any]:
        """Return the addresses and tokens of every cloud, by its name."""
        return {name: cloud.connection() for name, cloud in self.clouds.items()}

    def snapshot(self) -> dict[str, Any]:
        """Return what must survive a restart, JSON-able."""
        return {
            "seed": self.seed,
            "clouds": {name: cloud.snapshot() for name, cloud in self.clouds.items()},
        }

    async def control(self, cloud: str, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Run a control action of one cloud, or of the clock when `cloud` is "clock"."""
        if cloud == "clock":
            return self._control_clock(action, data)
        if cloud not in self.clouds:
            known = ", ".join(["clock", *self.clouds])
            raise ControlError(f"unknown cloud {cloud!r}; known: {known}")
        return await self.clouds[cloud].control(action, data)

    def _control_clock(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Set the pace (`rate`) or jump ahead (`advance` by `seconds`)."""
        try:
            if action == "rate":
                self.clock.set_rate(float(data["rate"]))
            elif action == "advance":
                self.clock.advance(float(data["seconds"]))
            else:
                raise ControlError(f"unknown action {action!r}; known: advance, rate")
        except (KeyError, TypeError, ValueError) as err:
            raise ControlError(f"clock {action}: {err}") from err
        return self.describe_clock()

    def describe_clock(self) -> dict[str, Any]:
        """Return the time in the virtual home and its pace."""
        return {"now": self.clock.now().isoformat(), "rate": self.clock.rate}
