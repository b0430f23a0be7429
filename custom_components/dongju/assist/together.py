"""One answer about several devices: all of them, or those that stand out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .answers import Answer

_MOST_NAMES: Final = 5
_MOST_ON: Final = 8
_MOST_SENTENCES: Final = 3
_MUTE: Final = "is_silent"
_AT: Final = {"is_pm25": "pm25_at", "is_air_quality": "air_quality_at"}
"""What says nothing of its device where there is only one."""
_STILL: Final = "not_running"
_SILENT: Final = frozenset({"unknown_value", "offline"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """A state that stands out (on, open, unlocked) and its opposite; the rows for some, for all and for none of it."""

    yes: frozenset[str]
    no: frozenset[str]
    some: str
    all: str
    none: str


_PAIRS: Final = (
    _Pair(frozenset({"is_on"}), frozenset({"is_off"}), "some_on", "all_on", "all_off"),
    _Pair(frozenset({"is_unlocked"}), frozenset({"is_locked"}), "some_unlocked", "all_unlocked", "all_locked"),
    _Pair(
        frozenset({"is_open", "is_unlocked"}),
        frozenset({"is_closed", "is_locked"}),
        "some_open",
        "all_open",
        "all_closed",
    ),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one of several devices answers, and what it is called beside the others."""

    name: str
    answer: Answer


def together(told: Sequence[Told], group: str) -> tuple[Answer, ...]:
    """Return one answer for all where they answer yes or no, else what the first few of them tell."""
    telling = [each for each in told if each.answer.key not in _SILENT]
    if not telling:
        return (told[0].answer,)
    away = [each for each in told if each.answer.key == "offline"]
    return (*_of_telling(telling, group), *_of_away(away))


def _of_away(away: Sequence[Told]) -> tuple[Answer, ...]:
    """Name those that cannot be reached: nobody shall take them for closed or off."""
    if not away:
        return ()
    return (Answer("are_offline" if len(away) > 1 else "offline", {"device": _names(away)}),)


def _of_telling(telling: Sequence[Told], group: str) -> tuple[Answer, ...]:
    if len(telling) == 1:
        return (telling[0].answer,)
    plain = [Told(each.name, _plain(each.answer)) for each in telling]
    keys = {each.answer.key for each in plain}
    if keys == {_STILL}:
        return (Answer(_STILL, {"device": group}),)
    if _STILL in keys:  # the machine that runs is the one that is meant
        telling = [each for each in telling if each.answer.key != _STILL]
    if _MUTE in keys:
        telling = [each for each in telling if each.answer.key != _MUTE] or telling[:1]
    for pair in _PAIRS:
        if keys <= pair.yes | pair.no:
            return (_of_pair(pair, plain, group),)
    return tuple(_named(each) for each in telling[:_MOST_SENTENCES])


def _named(told: Told) -> Answer:
    """Return an answer that says of which device it is."""
    return Answer(_AT.get(told.answer.key, told.answer.key), {"device": told.name, **told.answer.values})


def _of_pair(pair: _Pair, told: Sequence[Told], group: str) -> Answer:
    marked = [each for each in told if each.answer.key in pair.yes]
    if not marked:
        return Answer(pair.none, {"device": group})
    if len(marked) == len(told):
        return Answer(pair.all, {"device": group})
    if len(marked) == 1:
        key = marked[0].answer.key
        return Answer("one_on" if key == "is_on" else key, {**marked[0].answer.values, "device": marked[0].name})
    return Answer(pair.some, {"device": _names(marked)})


def _names(told: Sequence[Told]) -> str:
    return ", ".join(each.name for each in told[:_MOST_NAMES])


def _plain(answer: Answer) -> Answer:
    """Return whether something is open or on for an answer that tells how far, or how."""
    if answer.key == "is_position":
        return Answer("is_closed" if answer.values.get("value") == "0" else "is_open", answer.values)
    return Answer(_AS_ON.get(answer.key, answer.key), answer.values)


_AS_ON: Final[Mapping[str, str]] = {"is_running": "is_on"}


def on_now(names: Sequence[str], room: str, away: int) -> list[Answer]:
    """Return which devices are on ("집에 켜져 있는 거 있어?"), of a room where one was meant; `away` are not known."""
    more = len(names) - _MOST_ON
    values = {"names": ", ".join(names[:_MOST_ON]), "count": more, "room": room}
    none = "on_none_in" if room else "on_none"
    answers = [Answer("on_and_more" if more > 0 else "on_list" if names else none, values)]
    return [*answers, Answer("on_unknown", {"count": away})] if away else answers
