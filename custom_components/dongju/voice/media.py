"""Music and video: what to play. The buttons of a player are in `player`."""

from dataclasses import dataclass, replace
from itertools import pairwise
import re
from typing import Final

from .entities import kind_of, mentions
from .frames import Frame, Question, RefusedError
from .hangul import final_of
from .home import HomeIndex
from .likeness import is_near_device
from .morphology import Mood
from .player import MUSIC, buttons, play_modes, without_modes
from .slots import Context, Slots
from .tokens import Tag, Token

_NO_VERB: Final = Token(Tag.VERB, "", 0, 0, "")
_PLAYERS: Final = frozenset({"tv", "speaker"})
_PLAY: Final = ("play", "play_on", "find", "show", "start", "on", "run", "open", "tell")
_EDGE: Final = frozenset(
    {Tag.WAKE, Tag.AGAIN, Tag.FILLER, Tag.GLUE, Tag.TO, Tag.DEGREE, Tag.AND, Tag.BY, Tag.HERE, Tag.ALL}
)
_LEFT_EDGE: Final = frozenset({Tag.WAKE, Tag.AGAIN, Tag.FILLER, Tag.TO, Tag.AND})
_SPEAKERS: Final = frozenset({"나", "내가", "우리", "저희", "난", "me", "us", "i"})
# Particles that end a title; others ("로", "이") may be its last syllable.
_OBJECT_PARTICLES: Final = frozenset(
    {"을", "를", "에서", "에", "만", "도", "거", "것", "으로", "on", "in", "from", "with", "for", "to", "at"}
)
_LIKE_A_DEVICE: Final = re.compile(
    r"(?:기|등|불|팬|조명|장판|히터|문|밸브|장치|시스템|모드|코스|램프|스탠드|커튼|센서|스위치|제품|버튼|매트|펌프|온도|방|실|머신|메이커|"
    r"쿠커|쿨러|워머|분무|히팅|스팀|세척|살균|관리|포트|그릴|보드)$"
)
# Words that only say where to show it.
_WHERE: Final = frozenset({Tag.AREA, Tag.HERE, Tag.KIND, Tag.DEVICE, Tag.GLUE, Tag.TO, Tag.FILLER})
_OF: Final = re.compile(r"^(.{1,40}?)의 (.{1,60})$")
_SONGS_OF: Final = re.compile(r"^(\S{1,20}(?: \S{1,20})?) ?(?:노래|곡)(?: ?중에서?| ?가운데)? (\S.*)$")
_OF_JOINED: Final = re.compile(r"^(\S{2,20}?)의(\S{2,40})$")


# Where one of these is named, the sentence is about the home: no title, unless it is called a song or a film.
_AT_HOME: Final = frozenset({Tag.KIND, Tag.DEVICE, Tag.AREA, Tag.MODE})


@dataclass(frozen=True, slots=True)
class Body:
    """The words of a clause that are nobody's but a title's or an artist's."""

    text: str
    tokens: tuple[Token, ...]

    @property
    def plausible(self) -> bool:
        """Tell whether the words can be a title or a name: not an appliance or a room."""
        named = any(
            token.tag in {Tag.THING, Tag.KIND, Tag.DEVICE, Tag.AREA, Tag.AREA_WORD, Tag.ATTRIBUTE, Tag.NUMBER}
            for token in self.tokens
        )
        return (
            bool(self.text)
            and not is_near_device(self.text)
            and not any(token.tag in {Tag.DURATION, Tag.LEVEL} or token.mood is Mood.MANNER for token in self.tokens)
            and not _LIKE_A_DEVICE.search(self.text)
            and not any(token.tag in _AT_HOME for token in self.tokens)
            and (not named or any(token.tag is Tag.UNKNOWN for token in self.tokens))
        )


_CANNOT: Final = frozenset({"can't", "cannot", "couldn't", "won't"})  # "I can't hear the TV" names no title


def media(slots: Slots, home: HomeIndex, context: Context) -> list[Frame]:
    """Return the frames of a clause about music or video, none when it is about something else."""
    if any(token.text in _CANNOT for token in slots.tokens):
        return []
    if found := buttons(slots) or _video(slots, home, context):
        return found
    rest = without_modes(slots)  # "아이유 노래 섞어서 틀어줘": what to play, and how
    music = _music(rest, home, context) if rest.tokens else []
    return [*music, *play_modes(slots)] if music else []


def _strip(tokens: list[Token], home: HomeIndex, language: str) -> tuple[Token, ...]:
    """Return the tokens between the players, applications and verbs at both ends."""
    left, right = _after_player(tokens, home, language), _before_player(tokens, home, language)
    while (
        left < right
        and _is_edge(tokens[left], home, left=True)
        and (language == "en" or tokens[left].tag is not Tag.VERB)
        and not _begins_with_filler(tokens, left)
    ):
        noun = tokens[left].tag not in {Tag.FILLER, Tag.WAKE}
        left += 1
        if noun and left < right and tokens[left].tag in {Tag.GLUE, Tag.TO} and not _begins_title(tokens, left):
            left += 1
    while left < right and _is_edge(tokens[right - 1], home, left=False) and not _ends_title(tokens[left:right]):
        right -= 1
    inner = tuple(tokens[left:right])
    return () if all(token.tag in {Tag.GLUE, Tag.TO} for token in inner) else inner


def _is_television(token: Token, home: HomeIndex) -> bool:
    return token.tag in {Tag.DEVICE, Tag.KIND} and kind_of(token, home) == "tv"


def _after_player(tokens: list[Token], home: HomeIndex, language: str) -> int:
    """Return where a title can begin after a television with its room ("멀티룸 티비로 ...")."""
    if language == "ko" and len(tokens) > 1 and tokens[0].tag is Tag.AREA and _is_television(tokens[1], home):
        return 1
    return 0


def _before_player(tokens: list[Token], home: HomeIndex, language: str) -> int:
    """Return where a title ends before "on the projector" or "in the den"."""
    end = len(tokens)
    if language == "ko" or not tokens or not (tokens[-1].tag is Tag.AREA or _is_television(tokens[-1], home)):
        return end
    at = end - 1
    while at and tokens[at - 1].tag is Tag.AREA:
        at -= 1
    at -= at > 0 and tokens[at - 1].text == "the"
    return at - 1 if at > 1 and tokens[at - 1].text in {"on", "in"} else end


def _shown_on(slots: Slots, home: HomeIndex, context: Context) -> bool:
    """Tell whether something is to be played on a television named with "on" or "에서"."""
    for before, token, after in zip(slots.tokens, slots.tokens[1:], [*slots.tokens[2:], None], strict=False):
        if context.language == "en" and _is_television(token, home):
            return before.text in {"on", "the"} and slots.says("play", "show")
        if context.language == "ko" and _is_television(before, home) and slots.says("play", "play_on", "show"):
            return token.text in {"에서", "로", "으로"} and after is not None
    return False


def _ends_title(tokens: list[Token]) -> bool:
    """Tell whether what looks like a particle ends a title: "을" follows no open syllable ("붉은 노을")."""
    if len(tokens) < 2 or tokens[-2].tag is not Tag.UNKNOWN:
        return False
    if tokens[-1].text in {"에", "에서", "에게"}:  # "김동률의 출발에서"
        # A place that music is to come from is a room or a device of the home, and so no unknown word.
        return len(tokens) > 2 or any(token.text == "의" or "의 " in token.text for token in tokens)
    return tokens[-1].text == "을" and not final_of(tokens[-2].text)


def _begins_title(tokens: list[Token], index: int) -> bool:
    """Tell whether "the" after a verb belongs to a title ("play The Glory")."""
    after = tokens[index + 1 : index + 2]
    return (
        tokens[index].text == "the"
        and tokens[index - 1].tag is Tag.VERB
        and bool(after)
        and after[0].tag is Tag.UNKNOWN
    )


def _begins_with_filler(tokens: list[Token], index: int) -> bool:
    """Tell whether a word that else says nothing begins an English title ("play Hello Stranger")."""
    after = tokens[index + 1 : index + 2]
    return (
        index > 0
        and tokens[index].tag is Tag.FILLER
        and tokens[index].text
        in {"hey", "hello", "hi", "so", "just", "now", "right", "well", "yet", "maybe", "perhaps", "time to"}
        and tokens[index - 1].word == "play"
        and bool(after)
        and after[0].tag in {Tag.UNKNOWN, Tag.BY}
    )


def _is_edge(token: Token, home: HomeIndex, *, left: bool) -> bool:
    """Tell whether a token at the left or right end of a clause is not part of a title."""
    if token.tag in {Tag.DEVICE, Tag.KIND}:
        return kind_of(token, home) in _PLAYERS
    if token.tag is Tag.TOPIC:
        return token.word in {*MUSIC, "video", "episode", "app"} or (not left and token.word == "steps")
    if token.tag is Tag.VERB:
        return left or (token.word in _PLAY and token.mood is not Mood.TOLD)  # "가을 연가"
    if token.tag is Tag.FEEL:
        return not left and token.word in {"loud", "quiet"} and token.mood is Mood.MANNER
    if token.tag is Tag.PERSON:
        return left and token.text in _SPEAKERS
    if not left and token.tag in {Tag.GLUE, Tag.TO}:
        return token.text in _OBJECT_PARTICLES
    return token.tag in {Tag.APP, Tag.BY} or token.tag in (_LEFT_EDGE if left else _EDGE)


def body_of(slots: Slots, home: HomeIndex, context: Context) -> Body:
    """Return what is left of a clause for a title or an artist."""
    inner = _strip(slots.tokens, home, context.language)
    spans: list[tuple[int, int]] = []
    for token in inner:  # what is said after the verb was moved before it: the verb between is no part of the title
        if spans and spans[-1][1] == token.start:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    return Body(" ".join(context.text.original(*span).strip() for span in spans), inner)


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
    if not body.text or not slots.says(*_PLAY) or all(token.tag in _WHERE for token in body.tokens):
        return []
    if app is None and not (body.plausible and any(token.tag is Tag.UNKNOWN for token in body.tokens)):
        return []
    devices, _ = mentions(slots.tokens)
    area = devices[0].areas[0] if devices and devices[0].areas else None
    return [Frame(action="play_video", device="tv", area=area, app=app.word if app else None, title=body.text)]


def _before_application(slots: Slots, app: Token, context: Context) -> str:
    """Return the words between "watch" and "on" an application where a verb among them can only be a title's."""
    verb = next((token for token in slots.tokens if token.tag is Tag.VERB and token.word in _PLAY), None)
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
        token.tag in {Tag.KIND, Tag.DEVICE, Tag.THING} and not _is_edge(token, home, left=True)
        for token in slots.tokens
    )
    if (
        not plays
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
    at_home = context.language == "ko" and any(token.tag in _AT_HOME for token in body.tokens)
    stray = unknown and topic and body.tokens[0].tag is Tag.WAY and body.tokens[0].word in {"next", "previous"}
    if stray or (not topic and (not unknown or (not body.plausible and (at_home or not slots.says("play"))))):
        return []
    if topic and body.tokens[-1].mood is Mood.MODIFY:
        return [Frame(action="play_music", area=_area(slots))]  # "운동할 때 듣기 좋은 음악": a wish, not a title
    if topic and all(
        token.tag in {Tag.FEEL, Tag.WAY, Tag.WHEN, Tag.COLOR, Tag.AREA, Tag.PERSON} for token in body.tokens
    ):
        feeling = next((token.text for token in body.tokens if token.tag is Tag.FEEL), None)
        return [Frame(action="play_music", genre=feeling, area=_area(slots))]
    named = _named(body, context, song=topic, some=slots.has(Tag.DEGREE, "some"))
    return [replace(named, or_video=None if topic else body.text)]


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
    if not topic:
        return bare and begged and _OF.match(slots.tokens[0].text) is not None  # "아이유의 밤편지 부탁해요"
    return (
        slots.says("start", "on", "run", "do", "resume")
        or begged
        or (bare and (slots.tokens[0].tag is Tag.UNKNOWN or _suited(slots)))  # "아이유 노래"
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


def _named(body: Body, context: Context, *, song: bool, some: bool) -> Frame:
    """Split a body into artist and title."""
    frame = Frame(action="play_music")
    if context.language == "en":
        return _named_in_english(body.text, song=song, some=some)
    text = body.text.removesuffix("의")
    if found := _SONGS_OF.match(text):
        return replace(frame, artist=found[1].removesuffix("의"), title=found[2])
    if found := _OF.match(text) or _OF_JOINED.match(text):
        return replace(frame, artist=found[1], title=found[2])
    artist, _, title = text.partition(" ")
    return replace(frame, artist=artist, title=title or None)


_ANYTHING: Final = frozenset({"", "song", "songs", "music", "something", "anything"})


def _named_in_english(text: str, *, song: bool, some: bool) -> Frame:
    words = re.sub(r"^(?:(?:some|me|us|by|(?:the |a )?(?:song|songs|music|album|track)) )+", "", f"{text} ").strip()
    title, by, artist = words.partition(" by ")
    if by:
        title = re.sub(r"(?: (?:song|songs|music|something))+$", "", f" {title}").strip()
        return Frame(
            action="play_music",
            artist=artist,
            title=title if title not in _ANYTHING else None,
        )
    if words in _ANYTHING:
        return Frame(action="play_music")
    if some or song:
        return Frame(action="play_music", artist=words)
    return Frame(action="play_music", title=words)
