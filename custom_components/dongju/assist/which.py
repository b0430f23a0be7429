"""Which device is meant: what a person must be asked when several fit."""

from typing import Final

from ..voice import player
from ..voice.frames import Frame
from ..voice.kinds import CYCLE_KINDS
from .answers import Answer
from .execute import Execution, Outcome

WHICH: Final = "ambiguous"
_SEVERAL: Final = 2
_HEARD: Final = (player.ACTIONS - {"play_music"}) | {
    *("volume_up", "volume_down", "set_volume", "mute", "unmute", "pause", "stop", "resume"),
}
_FOR_ALL: Final = frozenset({"turn_off", "query", "close", "lock", "stop", "disable"})


def ask_which(execution: Execution, targets: tuple[str, ...]) -> Outcome:
    """Return the question which of several devices is meant."""
    names = ", ".join(execution.home.name(target) for target in targets)
    return Outcome(Answer(WHICH, {"candidates": names}), acted=False)


def sounding(execution: Execution, frame: Frame, targets: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of several players that play, for what is said of music or loudness without a room.

    To go on with music means one that pauses, before one that plays.
    """
    if len(targets) < _SEVERAL or frame.area is not None or frame.action not in _HEARD:
        return targets
    for status in ("paused", "playing") if frame.action == "media_resume" else ("playing", "paused"):
        found = tuple(target for target in targets if execution.plays(target) == status)
        if found:
            return found
    return targets


def too_many(frame: Frame, targets: tuple[str, ...]) -> bool:
    """Tell whether a person must say which: one run is meant, or a setting for some room that was not named.

    Switching everything of a kind off, and asking, harm nobody.
    """
    if len(targets) < _SEVERAL or frame.action in _FOR_ALL or frame.area == "all":
        return False
    return frame.device in CYCLE_KINDS or frame.area is None
