"""Finding a television channel by what a person calls it: number, exact name, alias, then the name made plain.

A name that fits several channels is refused with the candidates: guessing would tune to the wrong one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
import re
from typing import Any, Final
import unicodedata

from .errors import AmbiguousError, NotFoundError

_MAX_CANDIDATES: Final = 6
# What people add to a channel's name or leave out of it.
_NOISE: Final = re.compile(r"(채널|channel|티비|tv|uhd|hd|[\s\-_.·&+])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One channel of the channel map."""

    number: int
    name: str
    name_en: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name."""
        return tuple(name for name in (self.name, self.name_en, *self.aliases) if name)


def channels_from(rows: Iterable[Any]) -> tuple[Channel, ...]:
    """Return the channels of a channel list's rows; a row that makes no sense is left out."""
    return tuple(
        Channel(
            number=row["number"],
            name=str(row.get("name", row["number"])),
            name_en=str(row.get("nameEn") or ""),
            aliases=tuple(str(alias) for alias in row.get("aliases") or ()),
        )
        for row in rows
        if isinstance(row, Mapping) and isinstance(row.get("number"), int)
    )


def find_channel(query: str, channels: Sequence[Channel]) -> Channel:
    """Return the channel a person means; raise AmbiguousError or NotFoundError."""
    wanted = unicodedata.normalize("NFKC", query).strip()
    number = re.fullmatch(r"(?:채널|channel|ch\.?)?\s*(\d{1,3})\s*번?", wanted, re.IGNORECASE)
    if number:
        return _only(query, [channel for channel in channels if channel.number == int(number[1])])
    steps: tuple[Callable[[Channel], bool], ...] = (
        lambda channel: wanted in {channel.name, channel.name_en},
        lambda channel: wanted in channel.aliases,
        lambda channel: _plain(wanted) in {_plain(name) for name in channel.names},
    )
    for step in steps:
        found = [channel for channel in channels if step(channel)]
        if found:
            return _only(query, found)
    plain = _plain(wanted)
    return _only(query, [c for c in channels if plain and any(_plain(name).startswith(plain) for name in c.names)])


def _only(query: str, found: Sequence[Channel]) -> Channel:
    if not found:
        raise NotFoundError(query, name=query)
    if len(found) > 1:
        candidates = ", ".join(f"{channel.name} ({channel.number})" for channel in found[:_MAX_CANDIDATES])
        raise AmbiguousError(query, candidates=candidates)
    return found[0]


def _plain(name: str) -> str:
    """Return a name without case, spaces and what people add to it; all of it when nothing else is left."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _NOISE.sub("", folded) or folded
