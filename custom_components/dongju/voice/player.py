"""The buttons of a player: next, pause, resume, again from the beginning, in what order."""

from itertools import pairwise
from typing import Final

from .frames import Frame
from .grammar import content
from .home import HomeIndex
from .morphology import Mood
from .slots import Slots
from .tokens import Tag, Token

MUSIC: Final = ("music", "song", "album", "playlist", "music_app")
# What a command about music does, whoever plays it.
ACTIONS: Final = frozenset(
    {
        "play_music",
        "media_pause",
        "media_resume",
        "media_next",
        "media_previous",
        "media_stop",
        "media_restart",
        "set_repeat",
        "set_shuffle",
    }
)
_ENDING: Final = ("off", "stop", "pause", "cancel", "unlock")  # "반복 해제": the verb of unlocking
_PLAYING: Final = ("play", "play_on", "resume")
_ONE: Final = frozenset({"이", "한", "그", "이번", "지금", "this", "that", "one", "the", "current"})
_SONG: Final = frozenset({"노래", "노랠", "곡", "음악", "song", "track", "music"})
_OF_A_SONG: Final = frozenset(
    {"제목", "이름", "이름이뭐야", "가수", "name", "title", "called", "sings", "singing", "singer", "artist", "playing"}
)
_MEANS_NOTHING: Final = frozenset({"좀", "한번", "그냥", "이제", "one", "now", "just"})
_OTHER_SONG: Final = ("다른", "딴")


def buttons(slots: Slots) -> list[Frame]:
    """Decode what the buttons of a player do, none when something else is named."""
    return _modes_alone(slots) or _transport(slots)


def what_plays(slots: Slots, home: HomeIndex) -> list[Frame]:
    """Decode the question for the song that plays ("이 노래 누구 노래야?"), asked of every speaker."""
    said = content(slots.tokens)
    words = {token.text for token in said}
    asked = slots.has(Tag.WH, "what", "who") or slots.has(Tag.CHAT) or slots.tokens[0].text.startswith("what")
    asked = asked or (slots.says("tell") and bool(words & _OF_A_SONG))
    about = any(token.word in {"song", "music"} and token.text in _SONG for token in said)
    about = about or (asked and bool(words & {"playing", "sings"}))
    asked = asked and not any(token.text == "like" for token in slots.tokens)  # "what music do you like"
    speakers = home.of_kind("speaker")
    if not (asked and about and speakers) or not all(_may_ask_for_a_song(token) for token in said):
        return []
    return [Frame(action="query", device="speaker", attribute="state", targets=tuple(one.id for one in speakers))]


def _may_ask_for_a_song(token: Token) -> bool:
    return (
        token.tag in {Tag.WH, Tag.THAT, Tag.HERE}
        or token.text in _SONG
        or token.text in _OF_A_SONG
        or (token.tag is Tag.KIND and token.word == "speaker")
        or (token.tag is Tag.VERB and token.word in {"is_there", "tell", "call", "summon", "play", "do"})
    )


def play_modes(slots: Slots) -> list[Frame]:
    """Return the orders in which music is to be played: repeated, shuffled, from its beginning."""
    said = {_mode(token) for token in slots.tokens} - {""}
    ends = slots.says(*_ENDING)
    frames = []
    if "beginning" in said:
        frames.append(Frame(action="media_restart"))
    if said & {"repeat", "repeat_one"}:
        once = "repeat_one" in said or slots.has(Tag.THAT) or _is_one_song(slots)
        frames.append(Frame(action="set_repeat", value="off" if ends else "one" if once else "all"))
    if "shuffle" in said:
        frames.append(Frame(action="set_shuffle", value="off" if ends else "on"))
    return frames


def without_modes(slots: Slots) -> Slots:
    """Return a clause without the words for the order of playing and the particles after them."""
    left: list[Token] = []
    after_mode = False
    for token in slots.tokens:
        mode = token.tag is Tag.PLAY_MODE
        if not mode and not (after_mode and token.tag is Tag.TO):
            left.append(token)
        after_mode = mode
    return slots if len(left) == len(slots.tokens) else Slots(left, slots.question, slots.background)


def _mode(token: Token) -> str:
    if token.tag is Tag.PLAY_MODE:
        return token.word
    return token.word if token.tag is Tag.VERB and token.word in {"repeat", "shuffle"} else ""


def _is_one_song(slots: Slots) -> bool:
    """Tell whether a single song is meant ("이 노래", "한 곡만", "this song")."""
    return any(two.tag is Tag.TOPIC and two.word == "song" and one.text in _ONE for one, two in pairwise(slots.tokens))


def _modes_alone(slots: Slots) -> list[Frame]:
    """Decode the order of playing of what plays already."""
    frames = play_modes(slots)
    about_music = slots.has(Tag.TOPIC, *MUSIC) or slots.has(Tag.KIND, "speaker") or slots.says(*_PLAYING)
    if not frames or (slots.has(Tag.THAT) and not about_music and not _put_on(slots)):
        return []
    slots.use(Tag.PLAY_MODE, Tag.WAY, Tag.AGAIN, Tag.THAT, Tag.HERE, Tag.AREA, Tag.ALL, Tag.TO, Tag.DEGREE)
    slots.use_words(Tag.VERB, *_PLAYING, *_ENDING, "repeat", "shuffle", "on", "start", "do", "set", "change")
    slots.use_words(Tag.TOPIC, *MUSIC)
    slots.use_words(Tag.KIND, "speaker")
    return frames if not slots.unexplained() else []


def _is_button(slots: Slots, name: str) -> bool:
    """Tell whether the button of a player is all that is said ("재생", "play")."""
    pressed = [token for token in slots.tokens if token.tag is Tag.VERB and token.word == name]
    # Not even what else says nothing may stand beside it: "play My Way" names a song.
    return bool(pressed) and all(
        token in pressed or token.tag is Tag.THAT or token.text in _MEANS_NOTHING or token.word == "polite"
        for token in slots.tokens
    )


def _put_on(slots: Slots) -> bool:
    """Tell whether something is put "on repeat", which is only said of music."""
    return any(token.tag is Tag.PLAY_MODE and token.text.startswith("on ") for token in slots.tokens)


def _transport(slots: Slots) -> list[Frame]:
    """Decode next, previous, pause, stop and resume of music."""
    sounding = slots.has(Tag.GENRE) or any(
        (token.tag is Tag.TOPIC and token.word in MUSIC)
        or (token.tag is Tag.WAY and token.text.startswith(_OTHER_SONG))
        for token in (*slots.tokens, *slots.background)
    )
    if slots.has(Tag.APP) or slots.has(Tag.ATTRIBUTE):
        return []
    playing = sounding or any(token.text == "play" for token in slots.tokens)  # "play the next one"
    action = ""
    listened = any(
        token.tag is Tag.WAY and ("듣던" in token.text or "listening" in token.text) for token in slots.tokens
    )
    paused = sounding and any(
        token.tag is Tag.VERB and token.mood is Mood.MODIFY and token.word in {"stop", "pause", "off"}
        for token in slots.tokens
    )
    if (
        (paused and slots.says("play", "play_on", "start", "on", "do"))
        or listened
        or (slots.says("resume") and (sounding or "재생" in "".join(token.text for token in slots.verbs())))
        or _is_button(slots, "play")
    ):
        action = "media_resume"
    elif playing and slots.has(Tag.WAY, "next"):
        action = "media_next"
    elif playing and slots.has(Tag.WAY, "previous"):
        action = "media_previous"
    elif slots.says("skip") and (sounding or _is_button(slots, "skip")):
        action = "media_next"
    elif sounding and slots.says("pause", "stop", "off", "cancel"):
        action = "media_stop" if slots.says("off", "cancel") else "media_pause"
    elif playing and slots.has(Tag.AGAIN) and slots.says("play", "play_on", "start", "on"):
        action = "media_resume"
    elif slots.says("pause", "stop") and any(
        (token.tag is Tag.KIND and token.word == "speaker") or token.text == "playing" for token in slots.tokens
    ):
        action = "media_pause"
    if not action:
        return []
    slots.use(Tag.TOPIC, Tag.WAY, Tag.AGAIN, Tag.GENRE, Tag.VERB, Tag.ALL, Tag.HERE, Tag.THAT, Tag.AREA)
    slots.use_words(Tag.KIND, "speaker")
    return [Frame(action=action)] if not slots.unexplained() else []
