"""The safety rules of the hub, all of them, in one place. Nothing switches them off.

Whoever asks: a gas valve never opens; a lock opens only with its PIN. Voice, by any path: nothing is unlocked or
opened (gas, entrance, lock); a cooking appliance heats only after a spoken yes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from .command import Command, Origin
from .device import Device, Part, Value
from .errors import ConfirmationNeededError, HubError, PinRequiredError, UnsafeError, VoiceForbiddenError
from .vocabulary import Attr, DeviceType

COOKING_TYPES: Final = frozenset(
    {DeviceType.OVEN, DeviceType.OVEN_CAVITY, DeviceType.COOKTOP, DeviceType.COOKING_ZONE, DeviceType.MICROWAVE_OVEN}
)
_HEATING_ATTRIBUTES: Final = frozenset({Attr.COOK_MODE, Attr.POWER_LEVEL, Attr.TARGET_TEMPERATURE, Attr.TARGET_TIME})


@dataclass(frozen=True, slots=True)
class _Rule:
    """Refuse with `error` when `applies` and the values do `what`."""

    types: frozenset[DeviceType]
    does: Callable[[Mapping[str, Value]], bool]
    allowed: Callable[[Command], bool]
    error: type[HubError]


def _opens(values: Mapping[str, Value]) -> bool:
    """Tell whether values open something; anything but a plain "closed" counts as opening."""
    position = values.get(Attr.POSITION)
    return (
        values.get(Attr.OPEN, False) is not False
        or bool(values.get(Attr.ENTRANCE_OPEN))
        or (position is not None and position != 0)
        or values.get(Attr.ON_OFF, False) is not False
    )


def _unlocks(values: Mapping[str, Value]) -> bool:
    return values.get(Attr.LOCKED, True) is not True or values.get(Attr.OPEN, False) is not False


def _heats(values: Mapping[str, Value]) -> bool:
    """Tell whether values may make an appliance heat; stopping, pausing and switching off never do."""
    operation = values.get(Attr.OPERATION)
    if operation in {"stop", "pause", "power_off", "cancel"} or values.get(Attr.ON_OFF) is False:
        return False
    return (
        operation is not None
        or values.get(Attr.ON_OFF) is True
        or any(values.get(key) not in {None, 0} for key in _HEATING_ATTRIBUTES)
    )


def _never(_command: Command) -> bool:
    return False


def _by_hand(command: Command) -> bool:
    return command.origin is not Origin.VOICE


_RULES: Final = (
    _Rule(frozenset({DeviceType.GAS_VALVE}), _opens, _never, UnsafeError),
    _Rule(frozenset({DeviceType.DOOR_LOCK}), _unlocks, _by_hand, VoiceForbiddenError),
    _Rule(frozenset({DeviceType.DOOR_LOCK}), _unlocks, lambda command: bool(command.pin), PinRequiredError),
    _Rule(frozenset({DeviceType.ENTRANCE}), _opens, _by_hand, VoiceForbiddenError),
    _Rule(COOKING_TYPES, _heats, lambda command: _by_hand(command) or command.confirmed, ConfirmationNeededError),
)


def check(command: Command, device: Device, part: Part) -> None:
    """Raise UnsafeError, PinRequiredError or a subclass when the command breaks a rule."""
    for rule in _RULES:
        if (
            (device.type in rule.types or part.type in rule.types)
            and rule.does(command.values)
            and not rule.allowed(command)
        ):
            raise rule.error(f"{part.type}: {sorted(command.values)}")
