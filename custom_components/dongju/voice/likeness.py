"""Words that are almost a device's: a slip of the tongue or of the ear must never become a title or a question."""

from functools import cache
from typing import Final

from .hangul import is_syllable
from .lexicon.ko.build import lexicon

_SHORTEST: Final = 2
_SHORTEST_CHANGED: Final = 3


@cache
def _kind_words() -> tuple[str, ...]:
    """Return the Korean words for kinds of devices that are long enough to be mistaken."""
    return tuple(word for word in lexicon().kinds if len(word) >= _SHORTEST_CHANGED and not word.isascii())


def is_near_device(text: str) -> bool:
    """Tell whether the first or the last word of a text is a Korean device word with a syllable lost, doubled or changed."""
    words = text.split()
    return any(_is_near(word) for word in {*words[:1], *words[-1:]} if all(map(is_syllable, word)))


def _is_near(word: str) -> bool:
    if len(word) < _SHORTEST:
        return False
    return any(word != kind and _one_apart(word, kind) for kind in _kind_words())


def _one_apart(word: str, kind: str) -> bool:
    """Tell whether one syllable more, less or other makes the two words equal."""
    if len(word) == len(kind):
        return sum(one != other for one, other in zip(word, kind, strict=True)) == 1
    short, long = sorted((word, kind), key=len)
    return len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
