"""Sends commands: in the order an appliance needs, with time to settle, and with a second look when LG is not sure."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
import logging
import time
from typing import Any, Final

from ...model.command import Command
from ...model.device import Value
from ...model.errors import (
    AuthError,
    CannotConnectError,
    CloudAwayError,
    DeviceGoneError,
    DeviceOfflineError,
    HubError,
    NotSupportedError,
    PoweredOffError,
    RateLimitedError,
    ServerError,
    TransientError,
    UnansweredError,
    UnexpectedAnswerError,
    WrongModeError,
    WrongStateError,
)
from ...model.vocabulary import Attr, Kind
from .client import ThinQClient
from .device import ThinQDevice
from .fleet import Fleet
from .mapping.body import control_body
from .mapping.row import Write
from .quirks import EXCLUSIVE, ONE_BODY, with_companions
from .reader import StateReader
from .state import RawState, WireKey

_LOGGER: Final = logging.getLogger(__name__)

_SETTLE_AFTER_POWER: Final = 2.0
"""How long an appliance may take to wake up before the next command goes out all the same."""

_SETTLE: Final = 1.5
_SETTLE_BLIND: Final = 0.5
"""After a command that no report confirms."""

_WAKING: Final = 6.0
_GOING_OFF: Final = 6.0
"""How long after it was told to switch off an appliance may still report that it is on."""

_UNREPORTED: Final = 6.0
"""How long what was written counts as the state of an appliance before it reports it."""

_BEFORE_VERIFYING: Final = 1.0
_VERIFY_WAIT: Final = 5.0

_RANKS: Final[dict[str, int]] = {str(Attr.MODE): 1, str(Attr.HOT_WATER_MODE): 1, str(Attr.OPERATION): 8}
_LATER: Final = 5
_ON: Final = 0
_OFF: Final = 9


class Commander:
    """Sends the commands of an account's devices."""

    def __init__(
        self,
        client: ThinQClient,
        fleet: Fleet,
        reader: StateReader,
        *,
        on_account_error: Callable[[HubError], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Confirm by the fleet's reports, and by reading where LG is not sure."""
        self._client = client
        self._fleet = fleet
        self._reader = reader
        self._on_account_error = on_account_error
        self._sleep = sleep
        self._switched: dict[tuple[str, str], tuple[bool, float]] = {}
        """What the power of a part was last told, and when: its report may come much later."""
        self._unreported: dict[str, dict[WireKey, tuple[Any, float]]] = {}

    async def execute(self, command: Command) -> None:
        """Send a command step by step; raise HubError when LG, or the device, refuses."""
        device = self._fleet.by_device_id(command.device_id)
        if device is None:
            raise DeviceGoneError(command.device_id)
        steps = _steps(device, command)
        assumed = self._expected(device)
        key = (command.device_id, command.part)
        # "Switch on", then "24 degrees" a second later: the appliance may still be waking up.
        woken = self._was_told(key, on=True, within=_WAKING)
        spared: dict[str, Value] | None = None
        for number, values in enumerate(steps):
            last = number == len(steps) - 1
            waking = values.get(Attr.ON_OFF) is True
            if waking and not last and self._reported(device, command.part, Attr.ON_OFF) is True:
                if not self._was_told(key, on=False, within=_GOING_OFF):
                    spared = values
                    continue
                # What it reports is older than what it was told: only when it is off can it be switched on.
                await device.wait_for(lambda: self._reported(device, command.part, Attr.ON_OFF) is not True, _GOING_OFF)
            writes = _writes(device, command.part, values, assumed)
            try:
                await self._send(device, command.part, values, control_body(writes), woken=woken)
            except PoweredOffError:
                if spared is None:
                    raise
                # The report that spared the switching on is older than the switching off before it.
                await self._wake(device, command.part, spared)
                await self._send(device, command.part, values, control_body(writes), woken=True)
            assumed.update(_outcome(writes))
            now = time.monotonic()
            told = _outcome(write for write in writes if write.property.readable)
            self._unreported[device.device_id].update({wire: (value, now) for wire, value in told.items()})
            woken = woken or waking
            if isinstance(power := values.get(Attr.ON_OFF), bool):
                self._switched[key] = (power, now)
            if not last:
                await self._settle(device, command.part, values, waking=waking)

    def _expected(self, device: ThinQDevice) -> RawState:
        """Return what was written a moment ago and is not reported yet: the next command builds on it."""
        oldest = time.monotonic() - _UNREPORTED
        kept = {
            wire: (value, at)
            for wire, (value, at) in self._unreported.get(device.device_id, {}).items()
            if at > oldest and device.reader(wire[0]).get(wire[1]) != value
        }
        self._unreported[device.device_id] = kept
        return {wire: value for wire, (value, _) in kept.items()}

    def _was_told(self, key: tuple[str, str], *, on: bool, within: float) -> bool:
        """Tell whether the last that a part's power was told is this, and not long ago."""
        told, at = self._switched.get(key, (None, 0.0))
        return told is on and time.monotonic() - at < within

    async def _wake(self, device: ThinQDevice, part: str, values: Mapping[str, Value]) -> None:
        await self._send(device, part, values, control_body(_writes(device, part, values, {})), woken=False)
        await self._settle(device, part, values, waking=True)

    async def _send(
        self, device: ThinQDevice, part: str, values: Mapping[str, Value], body: dict[str, Any], *, woken: bool
    ) -> None:
        """Send one body; look twice where that may help."""
        before = device.reader(part).get("runState.currentState")
        try:
            await self._client.control(device.vendor_id, body)
        except TransientError:
            await self._sleep(_BEFORE_VERIFYING)
            if not await self._achieved(device, part, values, before):
                await self._control_again(device, body)
        except PoweredOffError:
            if not woken:
                raise
            # It was switched on a moment ago, and is still waking up.
            await device.wait_for(lambda: self._reported(device, part, Attr.ON_OFF) is True, _WAKING)
            await self._control_again(device, body)
        except WrongModeError, WrongStateError:
            if not self._expected(device):
                raise
            # It is still busy with what it was told a moment ago, a mode perhaps.
            await device.wait_for(lambda: not self._expected(device), _UNREPORTED)
            await self._control_again(device, body)
        except UnexpectedAnswerError, RateLimitedError, CloudAwayError:
            raise
        except CannotConnectError as err:
            # Nobody knows whether it got through.
            if not await self._achieved(device, part, values, before):
                raise err if isinstance(err, ServerError) else UnansweredError(err.detail) from err
        except DeviceOfflineError:
            self._fleet.unreachable(device.vendor_id)
            raise
        except AuthError as err:
            self._on_account_error(err)
            raise

    async def _control_again(self, device: ThinQDevice, body: dict[str, Any]) -> None:
        _LOGGER.debug("Sending a command of a %s once more", device.identity.raw_type)
        await self._client.control(device.vendor_id, body)

    async def _achieved(self, device: ThinQDevice, part: str, values: Mapping[str, Value], before: Any) -> bool:
        """Read the device and tell whether it already does what was asked."""
        try:
            await self._reader.read(device.vendor_id, max_wait=_VERIFY_WAIT)
        except HubError as err:
            _LOGGER.debug("A command could not be verified: %r", err)
            return False
        shown = {key: value for key, value in values.items() if self._confirmable(device, part, key)}
        if shown:
            return all(self._reported(device, part, key) == value for key, value in shown.items())
        return bool(device.reader(part).get("runState.currentState") != before)

    async def _settle(self, device: ThinQDevice, part: str, values: Mapping[str, Value], *, waking: bool) -> None:
        """Wait until the device reports what it was told, or for as long as that usually takes."""
        shown = {key: value for key, value in values.items() if self._confirmable(device, part, key)}
        if not shown:
            await self._sleep(_SETTLE_BLIND)
            return
        await device.wait_for(
            lambda: all(self._reported(device, part, key) == value for key, value in shown.items()),
            _SETTLE_AFTER_POWER if waking else _SETTLE,
        )

    def _confirmable(self, device: ThinQDevice, part: str, key: str) -> bool:
        binding = device.binding(part, key)
        return bool(binding and binding.attribute.readable and binding.attribute.kind is not Kind.COMMAND)

    def _reported(self, device: ThinQDevice, part: str, key: str) -> Value:
        binding = device.binding(part, key)
        return binding.decode(device.reader(part)) if binding else None


def plan(device: ThinQDevice, command: Command) -> list[dict[str, Any]]:
    """Return the control bodies a command becomes, in order. Raises DeviceError for what cannot be encoded."""
    assumed: RawState = {}
    bodies = []
    for values in _steps(device, command):
        writes = _writes(device, command.part, values, assumed)
        bodies.append(control_body(writes))
        assumed.update(_outcome(writes))
    return bodies


def _outcome(writes: Iterable[Write]) -> RawState:
    """Return the raw state to count on once writes are confirmed."""
    return {(write.property.part, write.property.path): write.value for write in writes}


def _steps(device: ThinQDevice, command: Command) -> list[dict[str, Value]]:
    """Return what goes out together, in order: wake up, mode, the rest, start, switch off."""
    values = {key: value for key, value in command.values.items() if EXCLUSIVE.get(key) not in command.values}
    if _types(device, command.part) & ONE_BODY:
        return [values]
    ranked = sorted(values.items(), key=lambda item: _rank(*item))
    return [{key: value} for key, value in ranked]


def _rank(key: str, value: Value) -> int:
    if key == Attr.ON_OFF:
        return _ON if value else _OFF
    return _RANKS.get(str(key), _LATER)


def _types(device: ThinQDevice, part: str) -> frozenset[Any]:
    described = device.description.parts.get(part)
    return frozenset({device.identity.type, *([described.type] if described else [])})


def _writes(
    device: ThinQDevice, part: str, values: Mapping[str, Value], assumed: Mapping[tuple[str, str], Any]
) -> tuple[Write, ...]:
    """Encode values, with what has to go along."""
    reader = device.reader(part, assumed)
    writes: list[Write] = []
    for key, value in values.items():
        binding = device.binding(part, key)
        if binding is None or binding.encode is None:
            raise NotSupportedError(key)
        writes.extend(binding.encode(value, reader))
    if not writes:
        raise NotSupportedError(", ".join(values))
    return with_companions(writes, _types(device, part), part, device.profile, reader)
