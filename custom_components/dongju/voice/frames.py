"""What understanding a sentence yields: frames, or the reason why nothing is to be done."""

from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from .text import Language

type Outcome = Literal["act", "refuse", "clarify", "confirm", "none"]
type FrameValue = str | int | float

_INTERNAL: Final = frozenset({"targets", "either_half", "or_video", "switches_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One command in the closed vocabulary.

    `targets` are the ids of the devices meant: several for a whole room or home, or when the room was left open.
    `either_half` tells that the time of day may be of the morning or of the evening ("7시"). `or_video` is what is
    to be played where no word of music was said: it may be the title of something to watch. `switches_on` tells that
    what is set is to be switched on as well ("시원하게 틀어줘").
    """

    action: str
    device: str | None = None
    area: str | None = None
    name: str | None = None
    value: FrameValue | None = None
    attribute: str | None = None
    seconds: int | None = None
    delay_min: float | None = None
    at: str | None = None
    finish_at: str | None = None
    title: str | None = None
    artist: str | None = None
    genre: str | None = None
    app: str | None = None
    when: str | None = None
    place: str | None = None
    targets: tuple[str, ...] = ()
    either_half: bool = False
    or_video: str | None = None
    switches_on: bool = False

    def end(self) -> Frame:
        """Return the command that ends what this one begins ("두 시간 동안 켜 줘", "11시까지 틀어 줘")."""
        action = "dock" if self.device == "robot_cleaner" else "turn_off"
        return Frame(action=action, device=self.device, area=self.area, name=self.name, targets=self.targets)

    def to_command(self) -> dict[str, Any]:
        """Return the frame as a dictionary of what was said, without what was not."""
        return {
            item.name: value
            for item in fields(self)
            if item.name not in _INTERNAL and (value := getattr(self, item.name)) is not None
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What must be asked before acting: the missing slot, and the device it is about."""

    slot: str
    device: str | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """A sentence understood.

    `act`: execute the frames. `confirm`: execute them after a spoken yes. `clarify`: ask `question`. `refuse`: say why
    (`reason`). `none`: not for the home, hand it on.
    """

    outcome: Outcome
    language: Language
    frames: tuple[Frame, ...] = ()
    reason: str | None = None
    device: str | None = None
    limits: tuple[float, float] | None = None
    question: Question | None = None


class RefusedError(Exception):
    """The sentence must not be acted on; `reason` is one of the closed list."""

    def __init__(
        self,
        reason: str,
        *,
        device: str | None = None,
        limits: tuple[float, float] | None = None,
        question: Question | None = None,
    ) -> None:
        """Say why, about which kind of device, within which limits, or what to ask."""
        super().__init__(reason)
        self.reason = reason
        self.device = device
        self.limits = limits
        self.question = question
