"""Korean particles that fit the sound of the word before them, Latin letters, digits and symbols included."""

import re
from typing import Final

from .hangul import final_of, is_syllable

# How the last sound of a letter's Korean name ends; letters not listed end in a vowel.
_LETTERS: Final = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_DIGITS: Final = {"0": "ㅇ", "1": "ㄹ", "3": "ㅁ", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ"}
_SILENT_ENDING: Final = re.compile(r"[\s\"'”’)\]}>.,!?…·]+$")
_NUMBER: Final = re.compile(r"(\d[\d,]*)$")
_WORD: Final = re.compile(r"[A-Za-z]+$")
# A short closed syllable of a foreign word keeps its consonant in Korean: "Book" is 북, "Tab" is 탭.
_CLOSED: Final = re.compile(r"(?:^|[^aeiou])[aeiou]{1,2}[bckpt]$|ck$|ng$", re.IGNORECASE)


def last_sound(word: str) -> str:
    """Return the final consonant a word is pronounced with ("" after a vowel)."""
    plain = _SILENT_ENDING.sub("", word)
    if not plain:
        return ""
    if is_syllable(plain[-1]):
        return final_of(plain)
    if number := _NUMBER.search(plain):
        return _number_sound(number[1].replace(",", ""))
    if latin := _WORD.search(plain):
        return _latin_sound(latin[0])
    return ""  # %, +, ° and their like are read 퍼센트, 플러스, 도


def _number_sound(digits: str) -> str:
    if digits[-1] != "0" or not digits.strip("0"):
        return _DIGITS.get(digits[-1], "")
    zeros = len(digits) - len(digits.rstrip("0"))
    return {1: "ㅂ", 2: "ㄱ", 3: "ㄴ"}.get(zeros, "ㄴ" if zeros < 8 else "ㄱ")


def _latin_sound(word: str) -> str:
    letter = word[-1].lower()
    if word.isupper() or len(word) == 1:
        return _LETTERS.get(letter, "")
    if letter in {"l", "m", "n"}:
        return _LETTERS[letter]
    if word.lower().endswith("le"):
        return "ㄹ"
    return "ㄱ" if _CLOSED.search(word) else ""


def josa(word: str, pair: str) -> str:
    """Return a word followed by the particle of a pair that fits: "TV" with "을/를" is "TV를".

    The first of the pair follows a consonant; "으로/로" takes "로" after ㄹ as well.
    """
    closed, _, opened = pair.partition("/")
    sound = last_sound(word)
    takes_open = not sound or (sound == "ㄹ" and opened == "로")
    return word + (opened if takes_open else closed)
