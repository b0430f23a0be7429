"""Music and video: what to play. Its words are read in `titles`, the buttons of a player in `player`."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from .entities import mentions
from .frames import Frame, Question, RefusedError
from .home import HomeIndex
from .morphology import Mood
from .player import MUSIC, buttons, play_modes, what_plays, without_modes
from .slots import Context, Slots
from .titles import AT_HOME, OF, PLAY, artist_and_title, body_of, is_edge, is_television, title_of_known_words
from .tokens import Tag, Token
from .where import place_of, without_place

_NO_VERB: Final = Token(Tag.VERB, "", 0, 0, "")
# Words that only say where to show it.
_WHERE: Final = frozenset({Tag.AREA, Tag.HERE, Tag.KIND, Tag.DEVICE, Tag.GLUE, Tag.TO, Tag.FILLER})


_CANNOT: Final = frozenset({"can't", "cannot", "couldn't", "won't"})  # "I can't watch Netflix" names no title


def media(slots: Slots, home: HomeIndex, context: Context) -> list[Frame]:
    """Return the frames of a clause about music or video, none when it is about something else."""
    if any(token.text in _CANNOT for token in slots.tokens):
        return []
    if found := what_plays(slots, home):
        return found
    if found := buttons(slots):
        place = place_of(slots.tokens, home)
        return [place.of(frame) for frame in found]
    if found := _video(slots, home, context):
        return found
    rest, place = without_place(without_modes(slots), home, context.language)
    music = _music(rest, home, context) if rest.tokens else []
    if music:
        return [place.of(frame) for frame in (*music, *play_modes(slots))]  # "아이유 노래 섞어서 틀어줘"
    title = title_of_known_words(slots, context)
    return [Frame(action="play_music", title=title, or_video=title)] if title else []


def _shown_on(slots: Slots, home: HomeIndex, context: Context) -> bool:
    """Tell whether something is to be played on a television named with "on" or "에서"."""
    at = next((index for index, token in enumerate(slots.tokens) if is_television(token, home)), -1)
    after = slots.tokens[at + 1 :]
    if context.language == "en":
        before = [token.text for token in slots.tokens[: max(at, 0)] if token.tag is not Tag.AREA]
        return bool(before) and before[-1] in {"on", "the"} and slots.says("play", "show")
    shows = at >= 0 and slots.says("play", "play_on", "show")
    return shows and len(after) > 1 and after[0].text in {"에서", "로", "으로"}


def _area(slots: Slots) -> str | None:
    _, rooms = mentions(slots.tokens)
    return rooms[0] if rooms else None


def _video(slots: Slots, home: HomeIndex, context: Context) -> list[Frame]:
    """Decode a title to watch, in an application or not."""
    app = slots.last(Tag.APP)
    about = slots.has(Tag.TOPIC, "video") or slots.has(Tag.TOPIC, "episode")
    about = about or (_shown_on(slots, home, context) and not slots.has(Tag.TOPIC) and not slots.has(Tag.GENRE))
    if (
        (app is None and not about)
        or slots.has(Tag.ATTRIBUTE)
        or slots.has(Tag.CHANNEL)
        or slots.says("off", "stop", "pause", "cancel")
    ):
        return []
    body = body_of(slots, home, context)
    if app is not None and not body.text and (title := _before_application(slots, app, context)):
        return [Frame(action="play_video", device="tv", app=app.word, title=title)]
    if app is None and not body.tokens and slots.says("play", "play_on"):  # "영화 틀어줘"
        raise RefusedError("incomplete", device="tv", question=Question(slot="title"))
    asks = slots.says(*PLAY) or (context.language == "ko" and app is not None and not slots.verbs())
    if not body.text or not asks or all(token.tag in _WHERE for token in body.tokens):
        return []
    if app is None and not (body.plausible and any(token.tag is Tag.UNKNOWN for token in body.tokens)):
        return []
    devices, _ = mentions(slots.tokens)
    area = devices[0].areas[0] if devices and devices[0].areas else None
    return [Frame(action="play_video", device="tv", area=area, app=app.word if app else None, title=body.text)]


def _before_application(slots: Slots, app: Token, context: Context) -> str:
    """Return the words between "watch" and "on" an application where a verb among them can only be a title's."""
    verb = next((token for token in slots.tokens if token.tag is Tag.VERB and token.word in PLAY), None)
    if context.language != "en" or verb is None:
        return ""
    between = [token for token in slots.tokens if verb.end <= token.start and token.end <= app.start]
    while between and between[-1].tag in {Tag.GLUE, Tag.TO}:
        between.pop()
    if not any(token.tag is Tag.VERB for token in between):
        return ""
    return context.text.original(between[0].start, between[-1].end).strip()


def _music(slots: Slots, home: HomeIndex, context: Context) -> list[Frame]:
    """Decode what music to play."""
    topic = slots.has(Tag.TOPIC, *MUSIC) or _something_felt(slots)
    genre = slots.last(Tag.GENRE)
    if (
        _is_broken(slots, context)
        or slots.has(Tag.WH)
        or not any(verb.mood in {Mood.DO, Mood.NOUN, Mood.LINK} for verb in slots.verbs() or [_NO_VERB])
    ):
        return []
    plays = _asks_for_music(slots, context, topic=topic)
    other = any(
        token.tag in {Tag.KIND, Tag.DEVICE, Tag.THING} and not is_edge(token, home, left=True) for token in slots.tokens
    )
    if (
        not plays
        or _is_of_loudness(slots)
        or slots.has(Tag.ATTRIBUTE)
        or slots.has(Tag.CHANNEL)
        or slots.has(Tag.APP)
        or slots.has(Tag.TOPIC, "news", "timer", "alarm")
        or (not topic and slots.number("ch"))
        or (genre is None and slots.has(Tag.TOPIC, "weather") and not _suited(slots))
    ):
        return []
    if (genre is not None or _suited(slots)) and not other:
        return [Frame(action="play_music", genre=str(genre.value) if genre else None, area=_area(slots))]
    body = body_of(slots, home, context)
    if not body.text:
        spoken = slots.verbs()
        return (
            [Frame(action="play_music", area=_area(slots))]
            if topic and (spoken or slots.has(Tag.TOPIC, "music"))
            else []
        )
    unknown = any(token.tag is Tag.UNKNOWN for token in body.tokens)
    at_home = context.language == "ko" and any(token.tag in AT_HOME for token in body.tokens)
    stray = unknown and topic and body.tokens[0].tag is Tag.WAY and body.tokens[0].word in {"next", "previous"}
    if stray or (not topic and (not unknown or (not body.plausible and (at_home or not slots.says("play"))))):
        return []
    if topic and body.tokens[-1].mood is Mood.MODIFY:
        return [Frame(action="play_music", area=_area(slots))]  # "운동할 때 듣기 좋은 음악": a wish, not a title
    if topic and all(
        token.tag in {Tag.FEEL, Tag.WAY, Tag.WHEN, Tag.COLOR, Tag.AREA, Tag.PERSON} for token in body.tokens
    ):
        felt = (token.text for token in body.tokens if token.tag is Tag.FEEL and context.language == "en")
        return [Frame(action="play_music", genre=next(felt, None), area=_area(slots))]
    named = artist_and_title(body, context, song=topic, some=slots.has(Tag.DEGREE, "some"))
    return [replace(named, or_video=None if topic else body.text)]


def _is_of_loudness(slots: Slots) -> bool:
    """Tell whether music is to be louder or quieter, not begun ("turn the music up", "음악 크게 해줘")."""
    if slots.says("louder", "quieter"):
        return True
    felt = any(slots.feeling(name) for name in ("loud", "quiet"))
    return (felt or slots.has(Tag.WAY, "up", "down")) and not slots.says("play", "play_on")


def _is_wish(slots: Slots) -> bool:
    """Tell whether nothing is said but what the music is to be like ("신나는 노래"); "좋은 노래네" only praises."""
    first, *rest = slots.tokens
    described = first.tag is Tag.FEEL and first.mood is Mood.MODIFY and not first.text.startswith("좋")
    return described and len(rest) == 1 and rest[0].word in MUSIC


def _suited(slots: Slots) -> bool:
    """Tell whether music is only wished for by what it is good for ("비 오는 날 듣기 좋은 노래")."""
    return any(
        one.tag is Tag.FEEL and one.mood is Mood.MODIFY and one.text.endswith("좋은") and two.word in MUSIC
        for one, two in pairwise(slots.tokens)
    )


def _something_felt(slots: Slots) -> bool:
    """Tell whether what is to be played is only said to feel like something ("잔잔한 거 틀어줘")."""
    return slots.says("play", "play_on") and any(
        one.tag is Tag.FEEL and one.mood is Mood.MODIFY and one.word in _MOODS and two.text in {"거", "것", "걸로"}
        for one, two in pairwise(slots.tokens)
    )


_MOODS: Final = frozenset({"nice", "quiet", "cool"})


def _asks_for_music(slots: Slots, context: Context, *, topic: bool) -> bool:
    """Tell whether the verb, or the lack of one, asks to play something."""
    if slots.says("play", "play_on", "find"):
        return True
    begged = slots.has(Tag.FILLER, "polite")
    bare = context.language == "ko" and not slots.verbs()
    genre = slots.last(Tag.GENRE)
    if bare and genre is not None and genre.text.endswith(("음악", "노래")):
        return len(slots.tokens) == 1  # "재즈 음악"
    if not topic:
        return bare and begged and OF.match(slots.tokens[0].text) is not None  # "아이유의 밤편지 부탁해요"
    named = (genre is not None or _suited(slots)) and slots.tokens[-1].word in MUSIC
    return (
        slots.says("start", "on", "run", "do", "resume")
        or begged
        or (bare and (_is_wish(slots) or slots.tokens[0].tag is Tag.UNKNOWN or named))  # "아이유 노래"
    )


def _is_broken(slots: Slots, context: Context) -> bool:
    """Tell whether a clause begins with a torn word: an English title follows its verb, a Korean one no particle."""
    first = slots.tokens[0]
    if any("채널" in token.text for token in slots.tokens):
        return True
    if context.language == "en":
        told = next((token for token in slots.tokens if token.tag is not Tag.PERSON), first)
        return told.tag is Tag.UNKNOWN and slots.says("play")
    return first.tag in {Tag.GLUE, Tag.TO} and len(first.text) > 1
