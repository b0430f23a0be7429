"""What the speaker takes back: "3도, 아니 2도", "안방 말고 거실", "끄지 말고 켜"."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .entities import kind_of
from .grammar import DEVICES, PLACES, content, group
from .home import HomeIndex
from .morphology import Mood
from .tokens import SILENT, Tag, Token


def _sentence_start(tokens: Sequence[Token], end: int) -> int:
    """Return where the clause that ends before `end` begins."""
    for index in range(end - 1, -1, -1):
        if tokens[index].tag is Tag.VERB and tokens[index].mood in {Mood.DO, Mood.LINK}:
            return index + 1
    return 0


def take_back(tokens: list[Token], home: HomeIndex) -> list[Token]:
    """Drop what the speaker takes back: "3도, 아니 2도", "안방 말고 거실", "끄지 말고 켜"."""
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token.tag is Tag.INSTEAD:
            start = _sentence_start(tokens, index)
            repaired = [other for other in tokens[start : start + 1] if other.tag is Tag.REPAIR]
            start += len(repaired)
            return take_back(
                [*tokens[:start], *_instead(tokens[start:index], tokens[index + 1 :], home), *tokens[index + 1 :]], home
            )
        if token.tag is Tag.VERB and token.mood is Mood.FORBID_LINK and content(tokens[index + 1 :]):
            start = _sentence_start(tokens, index)
            named = any(other.tag in DEVICES for other in tokens[index + 1 :])
            kept = [] if named else [other for other in tokens[start:index] if other.tag is not Tag.VERB]
            return take_back(tokens[:start] + kept + tokens[index + 1 :], home)
        if token.tag is Tag.REPAIR and content(tokens[:index]) and content(tokens[index + 1 :]):
            return take_back(_overlay(tokens[:index], tokens[index + 1 :]) + tokens[index + 1 :], home)
    return tokens


def _holds(index: int, before: Sequence[Token], replaced: set[Tag]) -> bool:
    """Tell whether a word still holds; an unknown one goes with the known word that it describes."""
    if before[index].tag is not Tag.UNKNOWN:
        return before[index].tag not in replaced
    said = next((token for token in before[index + 1 :] if token.tag not in SILENT), None)
    return said is not None and said.tag in DEVICES and said.tag not in replaced


def _overlay(before: list[Token], after: list[Token]) -> list[Token]:
    """Return what of `before` still holds when `after` is said instead."""
    replaced: set[Tag] = set()
    for token in after:
        if token.tag not in SILENT:
            replaced |= group(token.tag)
    if any(token.tag is Tag.DEVICE for token in after):
        replaced |= PLACES
    kept = [token for index, token in enumerate(before) if _holds(index, before, replaced)]
    # A pure statement before the repair is dropped with its subject.
    if any(token.tag in DEVICES for token in after) and any(token.tag is Tag.VERB for token in after):
        kept = [token for token in kept if token.tag not in SILENT]
    return kept


_PHRASE: Final = frozenset(
    {
        Tag.TOPIC,
        Tag.UNKNOWN,
        Tag.GLUE,
        Tag.CHANNEL,
        Tag.APP,
        Tag.MODE_WORD,
        Tag.COURSE,
        Tag.MODE,
        Tag.DEGREE,
        Tag.FEEL,
        Tag.WAY,
        Tag.NUMBER,
    }
)


_ONE_OF_THEM: Final = ("거", "걸", "걸로", "것")


def _instead(before: list[Token], after: list[Token], home: HomeIndex) -> list[Token]:
    """Return what of `before` still holds when its last word is refused in favour of `after`."""
    topics = [token for token in before if token.tag is Tag.TOPIC]
    if topics and any(token.tag is Tag.WAY and token.text.endswith(_ONE_OF_THEM) for token in after):
        return topics  # "이 노래 말고 다음 거"
    kept = _overlay(before, after)
    said = content(before)
    nearest = next((token for token in reversed(before) if token.tag is not Tag.GLUE), None)
    if not said or (nearest is not None and nearest.tag is Tag.FILLER):
        return kept  # "지금 말고": only the time is refused
    refused = said[-1]
    last = before.index(refused)
    while last > 0 and before[last - 1].tag in _PHRASE:
        last -= 1
    phrase = {id(token) for token in before[last:]}
    kept = [token for token in kept if id(token) not in phrase]
    if refused.tag in {Tag.DEVICE, Tag.KIND} and not any(token.tag in DEVICES for token in after):
        if any(token.tag in PLACES for token in after):
            kept.append(
                replace(refused, tag=Tag.KIND, value=kind_of(refused, home))
            )  # "거실 에어컨 말고 안방": the room is refused, the device stays
    elif refused.tag is Tag.VERB:
        kept = [token for token in kept if token.tag is not Tag.UNKNOWN]
    return kept
