"""A command: what somebody wants a device to be or do, before anyone knows how the vendor says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .device import MAIN, Key, Value


class Origin(StrEnum):
    """Who asks. Voice is refused more than a hand is (see `safety`)."""

    USER = "user"
    VOICE = "voice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Values to write to one part, as one wish: "off -> cool, 23 degrees" is one command with three values.

    The vendor's session finds the order and the settling time. `confirmed` is the spoken yes; `pin` never leaves the
    session that sends it.
    """

    device_id: str
    part: str = MAIN
    values: Mapping[str, Value]
    origin: Origin = Origin.USER
    confirmed: bool = False
    pin: str | None = None

    def store_keys(self) -> tuple[Key, ...]:
        """Return the store keys this command writes."""
        return tuple((self.device_id, self.part, attribute) for attribute in self.values)
