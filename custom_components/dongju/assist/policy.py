"""What voice never does through Home Assistant's actions, whoever integrates the device.

The bus holds the same rules for our own devices (`model/safety.py`); this is the door for everybody else's.
"""

from typing import Final

from ..model.errors import VoiceForbiddenError
from ..voice.frames import Frame

_NEVER: Final = frozenset({"unlock", "disarm"})
_NEVER_OPENED: Final = frozenset({"gas_valve", "valve", "door_lock", "garage_door", "door", "security"})
_OPENING: Final = frozenset({"open", "unlock", "turn_on", "start", "set_position", "resume"})


def check(frame: Frame, kind: str) -> None:
    """Raise VoiceForbiddenError for what is never done by voice."""
    if frame.action in _NEVER or (kind in _NEVER_OPENED and frame.action in _OPENING):
        raise VoiceForbiddenError(f"{kind}: {frame.action}")
