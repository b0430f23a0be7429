"""The decoders by the names that profiles use."""

from collections.abc import Callable, Mapping
from typing import Final

from .decode_appliances import course, express, humidity, level, mode, preheat, temperature
from .decode_rooms import brightness, color, position
from .decode_television import app, channel, source, volume
from .entities import Entity
from .setting import Command
from .slots import Slots

type Decoder = Callable[[Slots, Entity], list[Command]]


DECODERS: Final[Mapping[str, Decoder]] = {
    "express": express,
    "temperature": temperature,
    "preheat": preheat,
    "humidity": humidity,
    "level": level,
    "mode": mode,
    "course": course,
    "brightness": brightness,
    "color": color,
    "position": position,
    "volume": volume,
    "channel": channel,
    "input": source,
    "app": app,
}
