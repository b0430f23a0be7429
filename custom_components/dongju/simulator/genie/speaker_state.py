"""The state of a speaker: how it starts, and how clients see what is playing."""

from collections.abc import Mapping
from typing import Any, Final

from .envelope import JsonDict

# Wake-word ids are KT's; any other word comes by agreement and has none.
WAKE_WORDS: Final[Mapping[str, int]] = {"기가지니": 0, "지니야": 1, "친구야": 2, "자기야": 3}

NO_MEDIA: Final[JsonDict] = {
    "status": "stopped",
    "contentType": None,
    "trackId": None,
    "title": None,
    "artist": None,
    "album": None,
    "image": None,
    "durationMs": 0,
    "positionMs": 0,
    "positionAt": None,
    "queueSize": 0,
    "queueIndex": 0,
    "shuffle": False,
    "repeat": "off",
}

SPEAKER_STATE: Final[JsonDict] = {
    "volume": 35,
    "muted": False,
    "speaking": False,
    "listening": False,
    "micMuted": False,
    "wakeWord": "기가지니",
    "wakeWords": list(WAKE_WORDS),
    "language": "ko",
    "voice": "genie-1",
    "night": False,
    "media": NO_MEDIA,
    "timers": [],
}


def shown_media(media: Mapping[str, Any], base: str) -> JsonDict:
    """Return what is playing with the picture's full address."""
    image = media.get("image")
    shown = {key: value for key, value in media.items() if key != "image"}
    return {**shown, "imageUrl": f"{base}{image}" if image else None}
