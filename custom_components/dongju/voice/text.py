"""A sentence made ready for tagging: one form of Unicode, lower case, no punctuation, spaces remembered."""

from dataclasses import dataclass
import re
from typing import Final, Literal
import unicodedata

type Language = Literal["ko", "en"]

MAX_LENGTH: Final = 200
# Kept because they carry meaning: points and colons inside numbers, a minus before one, per cent, degrees, apostrophes.
_PUNCTUATION: Final = re.compile(r"(?<=\d)[.:](?=\d)|-(?=\d)|[\w%°+&'\s]|(.)")
_SPACES: Final = re.compile(r"\s+")
_HANGUL: Final = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


@dataclass(frozen=True, slots=True)
class Text:
    """A normalised sentence.

    `words` has single spaces and commas as words of their own; `joined` has neither, `breaks` are the positions in
    `joined` where a space stood.
    """

    words: str
    joined: str
    breaks: frozenset[int]
    question: bool

    def original(self, start: int, end: int) -> str:
        """Return a span of `joined` with its spaces put back."""
        return "".join(
            " " * (index in self.breaks and index > start) + self.joined[index] for index in range(start, end)
        )


def detect_language(text: str) -> Language:
    """Return the language of a sentence by its script: any Hangul means Korean."""
    return "ko" if _HANGUL.search(unicodedata.normalize("NFC", text[:MAX_LENGTH])) else "en"


def _mark(found: re.Match[str]) -> str:
    if found[1] is None:
        return found[0]
    return " , " if found[1] in ",、，" else " "


def normalise(text: str) -> Text:
    """Return the normalised sentence, cut at `MAX_LENGTH` characters."""
    plain = (
        unicodedata.normalize("NFKC", text[:MAX_LENGTH])
        .casefold()
        .replace("’", "'")
        .replace("℃", "°c")
        .replace("_", " ")
    )
    plain = unicodedata.normalize("NFC", plain)
    words = _SPACES.sub(" ", _PUNCTUATION.sub(_mark, plain)).strip()
    joined: list[str] = []
    breaks: set[int] = set()
    for char in words:
        if char in " ,":
            breaks.add(len(joined))
        else:
            joined.append(char)
    return Text(words, "".join(joined), frozenset(breaks), "?" in plain)
