"""The state of a set-top box as it starts."""

from typing import Final

from .envelope import JsonDict

OFF: Final = "0"
STANDBY: Final = "1"
ON: Final = "2"

STB_STATE: Final[JsonDict] = {
    "stbState": ON,
    "on": True,
    "channelNumber": 9,
    "channelName": "KBS1",
    "previousChannel": 9,
    "programme": None,
    "volume": 20,
    "muted": False,
    "screen": "live",
    "app": None,
    "vod": None,
    "favourites": [5, 7, 9, 11, 13, 15, 17, 21, 23, 24, 132],
}
