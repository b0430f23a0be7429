"""Reads states: each device once at a time, again when that was asked in between, patient with a cloud in trouble."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
import logging
from typing import Any, Final

from ...model.errors import (
    CannotConnectError,
    DeviceGoneError,
    DeviceOfflineError,
    HubError,
    RateLimitedError,
)
from ..backoff import Backoff
from .client import ThinQClient
from .errors import ACCOUNT_ERRORS
from .fleet import Fleet, Reading

_LOGGER: Final = logging.getLogger(__name__)

_TRIES: Final = 4
_REFRESH_SECONDS: Final = 10.0

type CreateTask = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


class StateReader:
    """Keeps the fleet's states true."""

    def __init__(
        self,
        client: ThinQClient,
        fleet: Fleet,
        create_task: CreateTask,
        *,
        on_gone: Callable[[str], None],
        on_account_error: Callable[[HubError], None],
        on_reached: Callable[[bool], None],
    ) -> None:
        """Tell `on_gone` of a device the account no longer has, `on_reached` whether the cloud answered."""
        self._client = client
        self._fleet = fleet
        self._create_task = create_task
        self._on_gone = on_gone
        self._on_account_error = on_account_error
        self._on_reached = on_reached
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._missing: set[str] = set()
        self.surprises = 0
        """Readings that held what no report had told."""

    @property
    def waiting(self) -> int:
        """Return how many devices wait to be read."""
        return len(self._tasks)

    @property
    def missing(self) -> list[str]:
        """Return the devices whose state could not be had when it was wanted."""
        return [vendor_id for vendor_id in self._missing if self._fleet.get(vendor_id)]

    def miss(self, vendor_id: str) -> None:
        """Take note that a device's state is wanted, and could not be had."""
        self._missing.add(vendor_id)

    def request(self, vendor_ids: Iterable[str]) -> list[asyncio.Task[None]]:
        """Have devices read soon; one that is being read is read again afterwards."""
        tasks = []
        for vendor_id in vendor_ids:
            if vendor_id in self._tasks:
                self._again.add(vendor_id)
            else:
                self._tasks[vendor_id] = self._create_task(self._read_until_done(vendor_id), "reading of a state")
            tasks.append(self._tasks[vendor_id])
        return tasks

    async def read(self, vendor_id: str, *, max_wait: float | None = _REFRESH_SECONDS) -> bool:
        """Read one device now; return whether that was a surprise. Raises HubError."""
        try:
            with self._fleet.reading(vendor_id) as reading:
                raw = await self._ask(reading, max_wait)
                surprise = self._fleet.take_state(reading, raw)
        except CannotConnectError, RateLimitedError:
            self.miss(vendor_id)
            raise
        except HubError:
            self._missing.discard(vendor_id)
            raise
        self._missing.discard(vendor_id)
        self.surprises += surprise
        return surprise

    async def _ask(self, reading: Reading, max_wait: float | None) -> Any:
        """Return a state as the cloud gives it; draw the conclusions from an error."""
        vendor_id = reading.vendor_id
        try:
            raw = await self._client.state(vendor_id, max_wait=max_wait, asked=lambda: self._fleet.asked(reading))
        except DeviceOfflineError:
            self._on_reached(True)
            if not reading.reports:
                self._fleet.unreachable(vendor_id)
            raise
        except DeviceGoneError:
            self._on_gone(vendor_id)
            raise
        except ACCOUNT_ERRORS as err:
            self._on_account_error(err)
            raise
        except CannotConnectError:
            self._on_reached(False)
            raise
        self._on_reached(True)
        return raw

    async def _read_until_done(self, vendor_id: str) -> None:
        backoff = Backoff(base=5.0, cap=120.0)
        try:
            while True:
                self._again.discard(vendor_id)
                for _ in range(_TRIES):
                    if await self._try(vendor_id):
                        break
                    await backoff.wait()
                if vendor_id not in self._again:
                    return
        finally:
            self._tasks.pop(vendor_id, None)

    async def _try(self, vendor_id: str) -> bool:
        """Read once; return whether there is no sense in trying again."""
        try:
            await self.read(vendor_id, max_wait=None)
        except RateLimitedError, CannotConnectError:
            return False
        except HubError as err:
            _LOGGER.debug("A state could not be read: %r", err)
        return True
