"""What the scenes of a home are for, told by their names: "나갔다 올게" runs the one called "외출"."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from .home import HomeIndex, HomeScene
from .lexicon.en import nouns as english, words as english_words
from .lexicon.ko import nouns as korean, words as korean_words
from .slots import Slots
from .tokens import Tag, Token

_FILMS = frozenset({"영화", "movie", "movies", "film", "films"})
_ENDINGS = ("", "모드", "mode", "scene")


def as_played(slots: Slots) -> list[Token]:
    """Return an order to play "a movie" as one for a film, also where a scene is called so."""
    if not slots.says("play", "play_on", "find") or slots.has(Tag.MODE_WORD):
        return slots.tokens
    return [
        replace(token, tag=Tag.TOPIC, value="video") if token.tag is Tag.SCENE and token.text in _FILMS else token
        for token in slots.tokens
    ]


def find_scene(home: HomeIndex, wanted: str) -> str | None:
    """Return the id of the scene with an id, or else of the first whose name means it (away, home, sleep ...)."""
    for scene in home.scenes:
        if scene.id == wanted:
            return scene.id
    return next((scene.id for scene in home.scenes if wanted in _meanings(scene)), None)


def _meanings(scene: HomeScene) -> set[str]:
    known = _known()
    names = [_key(name) for name in scene.names]
    return {known[name + ending] for name in names for ending in _ENDINGS if name + ending in known}


@cache
def _known() -> dict[str, str]:
    return {_key(name): scene for scene, names in _rows() for name in names}


def _rows() -> Iterator[tuple[str, list[str]]]:
    yield from ((scene, names.split()) for scene, names in korean_words.SCENE_SENTENCES)
    yield from ((scene, names.split(",")) for scene, names in english_words.SCENE_SENTENCES)
    yield from ((scene, names.split()) for tag, scene, names in korean.VALUES if tag is Tag.SCENE)
    yield from ((scene, names.split(",")) for tag, scene, names in english.VALUES if tag is Tag.SCENE)


def _key(name: str) -> str:
    return "".join(name.casefold().split())
