"""The mock U+ cloud with one session of ours on it; the session sleeps by the clock of the virtual house."""

from typing import Any, override

from custom_components.dongju.vendors.uplus.session import UplusSession
from tests.vendors.host import SessionHost

LIGHT, LAMP, PLUG, GAS, BOILER = "UP10000001", "UP10000002", "UP10000003", "UP10000005", "UP10000006"
LOCK, CURTAIN, MOTION, DOOR, AIR = "UP10000007", "UP10000008", "UP10000009", "UP10000010", "UP10000011"
PIN = "1379"
POLL = 34.0
"""Longer than the longest interval between two polls that work."""
BACK_OFF = 601.0
"""Longer than the longest wait after a poll that failed."""


class Living(SessionHost):
    """One session and its surroundings."""

    @override
    def create_session(self) -> UplusSession:
        return UplusSession(self.context(), sleep=self.clock.sleep)

    async def poll(self, times: int = 1, every: float = POLL) -> float:
        """Let the time of a poll come, `every` some seconds; return the seconds until the next one."""
        wait = 0.0
        for _time in range(times):
            self.clock.advance(every)
            wait = await self.session.async_poll()
        return wait

    async def status(self, serial: str) -> dict[str, str]:
        """Return what the device itself says."""
        state = self.cloud.describe()["state"]["devices"]
        item = next(item for item in state if item["deviceSn"] == serial)
        return {status["code"]: status["val"] for status in item["statusList"]}

    def fault(self, name: str, *, count: int | None = 1, serial: str | None = None, **data: Any) -> None:
        """Turn a knob."""
        match = data.pop("match", {}) | ({"deviceSn": serial} if serial else {})
        self.cloud.faults.set(name, count=count, match=match, **data)
