"""Sentences that go on with what was just set or played: "15분으로 바꿔줘", "다음", "소리 키워"."""

from dataclasses import replace
from typing import Final

from .grammar import DEVICES, content
from .home import HomeIndex
from .morphology import Mood
from .tokens import SILENT, Number, Tag, Token

_CHANGING: Final = frozenset({"change", "set", "do"})
_TIMES: Final = frozenset({Tag.DURATION, Tag.CLOCK, Tag.NUMBER})
_STEPS: Final = frozenset({"skip", "stop", "pause", "resume", "play", "play_on", "cancel", "off", "repeat", "shuffle"})
_LOUDNESS: Final = frozenset({"loud", "quiet", "louder", "quieter", "up", "down", "mute", "unmute"})
_OF_OTHERS: Final = DEVICES | {Tag.CHANNEL, Tag.TOPIC, Tag.AREA, Tag.APP}
_MINUTE: Final = 60
_OF_NAMES: Final = frozenset({Tag.UNKNOWN, Tag.GENRE, Tag.PERSON})
_POLITE: Final = frozenset({"이요", "요", "이야", "이에요"})


def other_time(tokens: list[Token], before: list[Token]) -> list[Token]:
    """Return the time that is to stand instead of the one set before ("make it 15", "7시로 바꿔줘"), if one is said."""
    words = content(tokens)
    times = [token for token in words if token.tag in _TIMES]
    rest = [token for token in words if token not in times]
    verbs = [token for token in rest if token.tag is Tag.VERB]
    repaired = any(token.tag is Tag.REPAIR for token in tokens)  # "아니 두 시간 뒤에"
    if len(times) != 1 or not (verbs or repaired) or any(token.word not in _CHANGING for token in verbs):
        return []
    if any(token.tag not in {Tag.VERB, Tag.THAT, Tag.REPAIR, Tag.AFTER} for token in rest):
        return []
    set_before = next((token.tag for token in before if token.tag in {Tag.DURATION, Tag.CLOCK}), None)
    told = _as(times[0], set_before)
    return [told] if told is not None else []


def _as(said: Token, tag: Tag | None) -> Token | None:
    """Return a bare number as the minutes or the hour that it is to replace."""
    if said.tag is tag:
        return said
    if not isinstance(said.value, Number) or said.value.unit or tag is None:
        return None
    value = int(said.value.value)
    return replace(said, tag=tag, value=value * _MINUTE if tag is Tag.DURATION else f"{value:02d}:00")


def asks_for_it(tokens: list[Token]) -> bool:
    """Tell whether it is asked how long a timer goes on or when an alarm rings, unnamed ("얼마나 남았어?")."""
    words = content(tokens)
    asked = [token for token in words if token.tag is Tag.WH and token.word in {"how_much", "time", "when"}]
    verbs = {token.word for token in words if token.tag is Tag.VERB}
    longer = any(token.text.startswith(("how much longer", "how long")) for token in asked)
    return (
        bool(asked)
        and (bool(verbs) or longer)
        and verbs <= {"remain", "is_set", "call"}
        and all(token.tag in {Tag.WH, Tag.VERB, Tag.MORE} for token in words)
    )


def other_weather(tokens: list[Token], before: list[Token]) -> list[Token]:
    """Return the question for the weather of another day or place ("내일은?", "부산은?"), none for something else."""
    said = [token for token in tokens if token.tag in {Tag.WHEN, Tag.UNKNOWN}]
    rest = [token for token in tokens if token not in said and token.tag not in SILENT]
    if len(said) != 1 or any(token.tag is not Tag.AND and token.text != "what about" for token in rest):
        return []
    days = [] if said[0].tag is Tag.WHEN else [token for token in before if token.tag is Tag.WHEN]
    places = [] if said[0].tag is Tag.UNKNOWN else [token for token in before if token.tag is Tag.UNKNOWN][:1]
    asked = (Token(Tag.TOPIC, "weather", 0, 0, ""), Token(Tag.WH, "how", 0, 0, ""))
    return [*days, *(replace(token, start=0, end=0) for token in places), *said, *asked]


def other_music(tokens: list[Token]) -> list[Token]:
    """Return the order to play what is chosen instead ("아이유로", "재즈로"), none for something else."""
    words = content(tokens)
    if not words or not tokens[-1].text.endswith("로") or any(token.tag not in _OF_NAMES for token in words):
        return []
    play = Token(Tag.VERB, "play", 0, 0, "", Mood.DO)
    genre = next((token for token in words if token.tag is Tag.GENRE), None)
    if genre is not None:
        return [genre, play]
    if not any(token.tag is Tag.UNKNOWN for token in words):
        return []
    # A name is seldom known: "아이유로" may have been cut into "아이" and "유로".
    text = "".join(token.text for token in tokens).removesuffix("로").removesuffix("으")
    return [Token(Tag.UNKNOWN, "", tokens[0].start, tokens[0].start + len(text), text), play]


def as_title(tokens: list[Token]) -> list[Token]:
    """Return the answer to the question what to watch as a sentence ("기생충이요", "눈물의 여왕 틀어줘")."""
    title = [token for token in tokens if token.text not in _POLITE]
    plays = any(token.tag is Tag.VERB and token.mood is Mood.DO for token in tokens)
    verb = [] if plays else [Token(Tag.VERB, "play", 0, 0, "", Mood.DO)]
    return [Token(Tag.TOPIC, "video", 0, 0, ""), *title, *verb]


def of_music(tokens: list[Token], home: HomeIndex) -> Token | None:
    """Return what a sentence said after music leaves out: the song of "next", the speaker of "louder"."""
    words = content(tokens)
    if not words or any(token.tag in _OF_OTHERS for token in words):
        return None
    if any(token.tag is Tag.ATTRIBUTE and token.word != "volume" for token in words):
        return None
    if any(token.word == "volume" or token.word in _LOUDNESS for token in words):
        return Token(Tag.KIND, "speaker", 0, 0, "") if home.of_kind("speaker") else None
    moves = all(
        (token.tag is Tag.WAY and token.word in {"next", "previous"})
        or (token.tag is Tag.VERB and token.word in _STEPS)
        or token.tag in {Tag.THAT, Tag.AGAIN, Tag.PLAY_MODE}
        for token in words
    )
    return Token(Tag.TOPIC, "song", 0, 0, "") if moves else None
