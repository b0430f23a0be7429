"""The command bus: the one road from a wish to a vendor.

Per device, commands go out in order and one at a time; a slider dragged over ten values sends the first and the last.
What was asked is shown at once and lifted when the vendor refuses, or when no report confirms it before the deadline.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
import logging
from typing import Final

from . import limits, safety
from .command import Command
from .device import Key, Value
from .errors import ClosingError, CloudAwayError, DeviceGoneError, DeviceOfflineError, HubError
from .store import Store
from .vocabulary import Attr, Kind

_LOGGER: Final = logging.getLogger(__name__)

CONFIRM_SECONDS: Final = 12.0
"""How long a written value is shown without a report; slow appliances report after 2-5 s."""

type Execute = Callable[[Command], Awaitable[None]]
type Refresh = Callable[[str], Awaitable[None]]
type CreateTask = Callable[[Coroutine[object, object, None], str], asyncio.Task[None]]


@dataclass(slots=True)
class _Waiting:
    """A command in the queue and everyone who waits for it (more than one once it was coalesced)."""

    command: Command
    done: list[asyncio.Future[None]] = field(default_factory=list)

    def settle(self, error: BaseException | None) -> None:
        for future in self.done:
            if future.done():
                continue
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)


class CommandBus:
    """Sends the commands of one account."""

    def __init__(self, store: Store, execute: Execute, refresh: Refresh, create_task: CreateTask) -> None:
        """Use `execute` to send a command and `refresh` to read a device again when nothing confirmed one."""
        self._store = store
        self._execute = execute
        self._refresh = refresh
        self._create_task = create_task
        self._queues: dict[str, list[_Waiting]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._deadlines: dict[Key, asyncio.TimerHandle] = {}
        self._refreshing: set[str] = set()

    async def send(self, command: Command) -> None:
        """Check a command, show it, and return once the vendor took it; raise HubError when it is refused."""
        self.check(command)
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._show(command)
        self._enqueue(command, future)
        await future

    def check(self, command: Command) -> None:
        """Raise the HubError with which `send` would refuse the command without asking the vendor."""
        device = self._store.devices.get(command.device_id)
        if device is None or command.part not in device.parts:
            raise DeviceGoneError(command.device_id)
        safety.check(command, device, device.parts[command.part])
        if not self._store.available(command.device_id):
            away = self._store.cloud_away(command.device_id)
            raise CloudAwayError(command.device_id) if away else DeviceOfflineError(command.device_id)
        for key, value in command.values.items():
            limits.check(device.attribute(command.part, key), key, value)

    def close(self) -> None:
        """Refuse what still waits and forget every deadline."""
        for handle in self._deadlines.values():
            handle.cancel()
        self._deadlines.clear()
        for task in tuple(self._workers.values()):
            task.cancel()
        for queue in self._queues.values():
            for waiting in queue:
                waiting.settle(ClosingError())
        self._queues.clear()

    def _enqueue(self, command: Command, future: asyncio.Future[None]) -> None:
        queue = self._queues.setdefault(command.device_id, [])
        last = queue[-1] if queue else None
        if last and _supersedes(command, last.command) and self._is_state(command):
            last.command = command
            last.done.append(future)
            return
        queue.append(_Waiting(command, [future]))
        if command.device_id in self._workers:
            return
        task = self._create_task(self._work(command.device_id), f"commands of {command.device_id}")
        if not task.done():  # an eager task may have finished already
            self._workers[command.device_id] = task

    def _is_state(self, command: Command) -> bool:
        """Tell whether a command only sets values: of those the last counts, while each key and each sentence does."""
        device = self._store.devices[command.device_id]
        attributes = (device.attribute(command.part, key) for key in command.values)
        return all(attribute and attribute.readable and attribute.kind is not Kind.COMMAND for attribute in attributes)

    async def _work(self, device_id: str) -> None:
        """Send what waits for one device, in order, then end."""
        try:
            while queue := self._queues.get(device_id):
                await self._send_one(queue.pop(0))
        finally:
            self._workers.pop(device_id, None)
            for waiting in self._queues.pop(device_id, ()):
                waiting.settle(ClosingError())

    async def _send_one(self, waiting: _Waiting) -> None:
        command = waiting.command
        try:
            await self._execute(command)
        except HubError as err:
            self._lift(command)
            waiting.settle(err)
        except asyncio.CancelledError:
            self._lift(command)
            waiting.settle(ClosingError())
            raise
        except Exception as err:  # a vendor's fault must not end the device's queue
            _LOGGER.exception("A command failed unexpectedly")
            self._lift(command)
            error = HubError(str(err))
            waiting.settle(error)
        else:
            self._expect_confirmation(command)
            waiting.settle(None)

    def _show(self, command: Command) -> None:
        device = self._store.devices[command.device_id]
        shown: dict[Key, Value] = {}
        for key, value in command.values.items():
            attribute = device.attribute(command.part, key)
            if attribute and attribute.readable and attribute.kind not in {Kind.COMMAND, Kind.EVENT}:
                shown[command.device_id, command.part, key] = value
        if Attr.OPERATION in command.values:
            # Opened, closed or stopped: where a curtain was sent before counts no longer, and never will be confirmed.
            self._store.unshow([(command.device_id, command.part, Attr.POSITION.value)])
        self._store.show(shown)

    def _lift(self, command: Command) -> None:
        """Show the truth again, but for what a later command of the queue still asks."""
        later = {key for waiting in self._queues.get(command.device_id, ()) for key in waiting.command.store_keys()}
        self._store.unshow(key for key in command.store_keys() if key not in later)

    def _expect_confirmation(self, command: Command) -> None:
        loop = asyncio.get_running_loop()
        for key in command.store_keys():
            if handle := self._deadlines.pop(key, None):
                handle.cancel()
            if self._store.showing(key):
                self._deadlines[key] = loop.call_later(CONFIRM_SECONDS, self._deadline, key)

    def _deadline(self, key: Key) -> None:
        """Read the device once when a value was not confirmed; the reading decides what is shown."""
        del self._deadlines[key]
        device_id = key[0]
        if self._store.showing(key) and device_id not in self._refreshing:
            self._refreshing.add(device_id)
            self._create_task(self._read_again(device_id), f"confirm {device_id}")

    async def _read_again(self, device_id: str) -> None:
        try:
            await self._refresh(device_id)
        except HubError as err:
            _LOGGER.debug("Could not confirm a command of %s: %r", device_id, err)
        finally:
            self._refreshing.discard(device_id)
            waiting = {key for entry in self._queues.get(device_id, ()) for key in entry.command.store_keys()}
            stale = [
                (device_id, part.id, attribute)
                for part in (self._store.devices[device_id].parts.values() if device_id in self._store.devices else ())
                for attribute in part.attributes
            ]
            self._store.unshow(key for key in stale if key not in waiting and key not in self._deadlines)


def _supersedes(new: Command, old: Command) -> bool:
    """Tell whether a waiting command is pointless once `new` follows it (a dragged slider)."""
    return (
        new.part == old.part
        and new.origin is old.origin
        and set(new.values) == set(old.values)
        and replace(new, values=old.values) == old
    )
