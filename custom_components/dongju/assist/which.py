"""Which device is meant: what a person must be asked when several fit."""

from typing import Final

from ..voice.frames import Frame
from ..voice.kinds import CYCLE_KINDS
from .answers import Answer
from .execute import Execution, Outcome

WHICH: Final = "ambiguous"
_SEVERAL: Final = 2
_FOR_ALL: Final = frozenset({"turn_off", "query", "close", "lock", "stop", "disable"})


def ask_which(execution: Execution, targets: tuple[str, ...]) -> Outcome:
    """Return the question which of several devices is meant."""
    names = ", ".join(execution.home.name(target) for target in targets)
    return Outcome(Answer(WHICH, {"candidates": names}), acted=False)


def too_many(frame: Frame, targets: tuple[str, ...]) -> bool:
    """Tell whether a person must say which: one run is meant, or a setting for some room that was not named.

    Switching everything of a kind off, and asking, harm nobody.
    """
    if len(targets) < _SEVERAL or frame.action in _FOR_ALL or frame.area == "all":
        return False
    return frame.device in CYCLE_KINDS or frame.area is None
