"""Words that are almost a device's: a slip of the tongue or of the ear must never become a title or a question."""

from functools import cache
from typing import Final

from .hangul import is_syllable
from .lexicon.apps import APPS
from .lexicon.ko.build import lexicon

_SHORTEST: Final = 2
_SHORTEST_CHANGED: Final = 3


@cache
def _kind_words() -> tuple[str, ...]:
    """Return the Korean words for devices and applications that are long enough to be mistaken."""
    words = [*lexicon().kinds, *(word for _, names in APPS for word in names.split())]
    return tuple(word for word in words if len(word) >= _SHORTEST_CHANGED and all(map(is_syllable, word)))


def is_near_device(text: str) -> bool:
    """Tell whether a text begins or ends with a Korean device word that has a syllable too few, too many or wrong."""
    words = [word.removesuffix("에서") for word in text.split()]
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
