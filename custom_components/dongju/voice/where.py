"""Where music is to play: "거실 스피커로", "안방에서", "on the living room speaker"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from .entities import kind_of, mentions
from .frames import Frame
from .home import HomeIndex
from .slots import Slots
from .text import Language
from .tokens import Tag, Token

_PARTICLES: Final = frozenset({"에서", "로", "으로", "에", "에다", "에다가", "에서만"})
_IN_ROOM: Final = frozenset({"에서", "에", "에서만"})
_AFTER_CALL: Final = frozenset({"에서", "로", "으로"})
_PREPOSITIONS: Final = frozenset({"on", "in", "from", "through", "over", "on the", "in the", "from the"})
_AROUND: Final = frozenset({Tag.FILLER, Tag.WAKE, Tag.VERB, Tag.DEGREE})


@dataclass(frozen=True, slots=True)
class Place:
    """A room, and the speakers that were named."""

    area: str | None = None
    targets: tuple[str, ...] = ()

    def of(self, frame: Frame) -> Frame:
        """Return a frame about music with the place where it plays."""
        return replace(frame, area=frame.area or self.area, targets=frame.targets or self.targets)


def place_of(tokens: Sequence[Token], home: HomeIndex) -> Place:
    """Return the room and the speakers that tokens name."""
    found, rooms = mentions(list(tokens))
    speaker = next((mention for mention in found if kind_of(mention.token, home) == "speaker"), None)
    rooms = [*(speaker.areas if speaker else []), *rooms]
    area = rooms[0] if rooms else None
    if speaker is None:
        return Place(area)
    if isinstance(speaker.token.value, tuple):
        named = [home.devices[index] for index in speaker.token.value]
        here = [device for device in named if area in {None, device.area}]
        return Place(area or here[0].area if here else area, tuple(device.id for device in here))
    return Place(area, tuple(device.id for device in home.in_area(home.of_kind("speaker"), area)) if area else ())


def without_place(slots: Slots, home: HomeIndex, language: Language) -> tuple[Slots, Place]:
    """Return a clause without the words for where its music is to play, and that place."""
    for start in range(len(slots.tokens)):
        end = (_korean_end if language == "ko" else _english_end)(slots.tokens, start, home)
        if end == start:
            continue
        before, after = slots.tokens[:start], slots.tokens[end:]
        outside = all(token.tag in _AROUND for token in before) or all(token.tag in _AROUND for token in after)
        if outside and any(token.tag not in _AROUND for token in (*before, *after)):
            rest = Slots([*before, *after], slots.question, slots.background)
            return rest, place_of(slots.tokens[start:end], home)
    return slots, Place()


def _player_end(tokens: Sequence[Token], at: int, home: HomeIndex) -> tuple[int, bool]:
    """Return where a room and a speaker end that begin at a token, and whether a speaker is among them."""
    if at < len(tokens) and tokens[at].tag is Tag.AREA:
        at += 1
    speaker = at < len(tokens) and tokens[at].tag in {Tag.KIND, Tag.DEVICE} and kind_of(tokens[at], home) == "speaker"
    return at + speaker, speaker


def _korean_end(tokens: Sequence[Token], start: int, home: HomeIndex) -> int:
    if start == 0 and tokens[0].text in _AFTER_CALL:
        return 1  # "기가지니에서 노래 틀어줘": the speaker's name was heard as its wake word
    end, speaker = _player_end(tokens, start, home)
    if end == start:
        return start
    particle = tokens[end].text if end < len(tokens) else ""
    if particle in (_PARTICLES if speaker else _IN_ROOM):
        return end + 1
    return end if speaker else start  # "거실 스피커 음악 틀어줘"


def _english_end(tokens: Sequence[Token], start: int, home: HomeIndex) -> int:
    if tokens[start].text not in _PREPOSITIONS:
        return start
    begin = start + 1
    while begin < len(tokens) and tokens[begin].text in {"the", "my"}:
        begin += 1
    end, _ = _player_end(tokens, begin, home)
    return end if end > begin else start
