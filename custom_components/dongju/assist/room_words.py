"""Rooms in the other language: an area called 거실 is also heard as "living room", and the other way round.

Areas carry the names their owner gave; English sentences in a Korean home (and the reverse) need the plain translation.
"""

from collections.abc import Iterable
from typing import Final

_ROWS: Final[tuple[tuple[str, ...], ...]] = (
    ("거실", "마루", "living room", "lounge"),
    ("주방", "부엌", "kitchen"),
    ("안방", "큰방", "master bedroom", "bedroom"),
    ("침실", "bedroom"),
    ("작은방", "small room"),
    ("아이방", "애들방", "아이 방", "kids room", "children's room", "kids' room"),
    ("아기방", "nursery"),
    ("서재", "공부방", "study", "office"),
    ("현관", "entrance", "hallway", "front door"),
    ("복도", "hallway", "corridor"),
    ("욕실", "화장실", "bathroom", "toilet"),
    ("베란다", "발코니", "balcony"),
    ("다용도실", "세탁실", "utility room", "laundry room"),
    ("드레스룸", "옷방", "dressing room"),
    ("손님방", "게스트룸", "guest room"),
    ("식당", "다이닝룸", "dining room"),
    ("창고", "storage room"),
    ("차고", "garage"),
    ("정원", "마당", "garden", "yard"),
    ("다락방", "다락", "attic"),
    ("지하실", "지하", "basement"),
)
_BY_NAME: Final = {name.replace(" ", "").casefold(): row for row in reversed(_ROWS) for name in row}


def other_names(names: Iterable[str], taken: frozenset[str]) -> tuple[str, ...]:
    """Return further names of an area; one that another area bears by itself is left to that one."""
    found: dict[str, None] = {}
    for name in names:
        for word in _BY_NAME.get(name.replace(" ", "").casefold(), ()):
            if word.casefold() not in taken:
                found[word] = None
    return tuple(found)
