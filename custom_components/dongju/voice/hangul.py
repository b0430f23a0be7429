"""Hangul syllables taken apart and put together."""

from typing import Final

_FIRST: Final = 0xAC00
_LAST: Final = 0xD7A3
_FINALS: Final = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
_VOWELS: Final = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"


def is_syllable(char: str) -> bool:
    """Tell whether a character is a whole Hangul syllable."""
    return len(char) == 1 and _FIRST <= ord(char) <= _LAST


def split(syllable: str) -> tuple[str, str, str]:
    """Return the initial, the vowel and the final ("" when open) of a syllable."""
    index = ord(syllable) - _FIRST
    return _INITIALS[index // 588], _VOWELS[index % 588 // 28], _FINALS[index % 28]


def join(initial: str, vowel: str, final: str = "") -> str:
    """Return the syllable made of an initial, a vowel and a final."""
    return chr(_FIRST + (_INITIALS.index(initial) * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final))


def final_of(word: str) -> str:
    """Return the final consonant of a word's last syllable, "" when it is open or no Hangul."""
    return split(word[-1])[2] if word and is_syllable(word[-1]) else ""


def with_final(word: str, final: str) -> str:
    """Return the word with the final of its last syllable replaced."""
    initial, vowel, _ = split(word[-1])
    return word[:-1] + join(initial, vowel, final)


def with_vowel(word: str, vowel: str, final: str = "") -> str:
    """Return the word with vowel and final of its last syllable replaced."""
    return word[:-1] + join(split(word[-1])[0], vowel, final)
