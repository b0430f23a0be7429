"""The words of a title or an artist, and what of a sentence they are."""

from dataclasses import dataclass, replace
import re
from typing import Final

from .entities import kind_of
from .frames import Frame
from .hangul import final_of
from .home import HomeIndex
from .likeness import is_near_device
from .morphology import Mood
from .player import MUSIC
from .slots import Context, Slots
from .tokens import Tag, Token

_PLAYERS: Final = frozenset({"tv", "speaker"})
PLAY: Final = ("play", "play_on", "find", "show", "start", "on", "run", "open", "tell")
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
OF: Final = re.compile(r"^(.{1,40}?)의 (.{1,60})$")
_SONGS_OF: Final = re.compile(r"^(\S{1,20}(?: \S{1,20})?) ?(?:노래|곡)(?: ?중에서?| ?가운데)? (\S.*)$")
_OF_JOINED: Final = re.compile(r"^(\S{2,20}?)의(\S{2,40})$")


# Where one of these is named, the sentence is about the home: no title, unless it is called a song or a film.
AT_HOME: Final = frozenset({Tag.KIND, Tag.DEVICE, Tag.AREA, Tag.MODE})


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
            and not any(token.tag in AT_HOME for token in self.tokens)
            and (not named or any(token.tag is Tag.UNKNOWN for token in self.tokens))
        )


def _strip(tokens: list[Token], home: HomeIndex, language: str) -> tuple[Token, ...]:
    """Return the tokens between the players, applications and verbs at both ends."""
    left, right = _after_player(tokens, home, language), _before_player(tokens, home, language)
    while (
        left < right
        and is_edge(tokens[left], home, left=True)
        and (language == "en" or tokens[left].tag is not Tag.VERB)
        and not _begins_with_filler(tokens, left)
    ):
        noun = tokens[left].tag not in {Tag.FILLER, Tag.WAKE}
        left += 1
        if noun and left < right and tokens[left].tag in {Tag.GLUE, Tag.TO} and not _begins_title(tokens, left):
            left += 1
    while left < right and (
        (is_edge(tokens[right - 1], home, left=False) and not _ends_title(tokens[left:right]))
        or (tokens[right - 1].tag is Tag.TO and tokens[right - 2].word in MUSIC)  # "신나는 노래로"
    ):
        right -= 1
    inner = tuple(tokens[left:right])
    return () if all(token.tag in {Tag.GLUE, Tag.TO} for token in inner) else inner


def is_television(token: Token, home: HomeIndex) -> bool:
    """Tell whether a token names a television."""
    return token.tag in {Tag.DEVICE, Tag.KIND} and kind_of(token, home) == "tv"


def _after_player(tokens: list[Token], home: HomeIndex, language: str) -> int:
    """Return where a title can begin after a television with its room ("멀티룸 티비로 ...")."""
    if language == "ko" and len(tokens) > 1 and tokens[0].tag is Tag.AREA and is_television(tokens[1], home):
        return 1
    return 0


def _before_player(tokens: list[Token], home: HomeIndex, language: str) -> int:
    """Return where a title ends before "on the projector" or "in the den"."""
    end = len(tokens)
    if language == "ko" or not tokens or not (tokens[-1].tag is Tag.AREA or is_television(tokens[-1], home)):
        return end
    at = end - 1
    while at and tokens[at - 1].tag is Tag.AREA:
        at -= 1
    at -= at > 0 and tokens[at - 1].text == "the"
    return at - 1 if at > 1 and tokens[at - 1].text in {"on", "in"} else end


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


def is_edge(token: Token, home: HomeIndex, *, left: bool) -> bool:
    """Tell whether a token at the left or right end of a clause is not part of a title."""
    if token.tag in {Tag.DEVICE, Tag.KIND}:
        return kind_of(token, home) in _PLAYERS
    if token.tag is Tag.TOPIC:
        return token.word in {*MUSIC, "video", "episode", "app"} or (not left and token.word == "steps")
    if token.tag is Tag.VERB:
        return left or (token.word in PLAY and token.mood is not Mood.TOLD)  # "가을 연가"
    if token.tag is Tag.FEEL:
        return not left and token.word in {"loud", "quiet"} and token.mood is Mood.MANNER
    if token.tag is Tag.PERSON:
        return left and token.text in _SPEAKERS
    if not left and token.tag in {Tag.GLUE, Tag.TO}:
        return token.text in _OBJECT_PARTICLES
    return token.tag in {Tag.APP, Tag.BY} or token.tag in (_LEFT_EDGE if left else _EDGE)


def body_of(slots: Slots, home: HomeIndex, context: Context) -> Body:
    """Return what is left of a clause for a title or an artist."""
    liked = next((index for index, token in enumerate(slots.tokens) if token.word == "like"), -1)
    inner = _strip(slots.tokens[liked + 1 :], home, context.language)  # "우리 애가 좋아하는 아이유 노래"
    spans: list[tuple[int, int]] = []
    for token in inner:  # what is said after the verb was moved before it: the verb between is no part of the title
        if spans and spans[-1][1] == token.start:
            spans[-1] = (spans[-1][0], token.end)
        else:
            spans.append((token.start, token.end))
    return Body(" ".join(context.text.original(*span).strip() for span in spans), inner)


# Of such words titles are made as well as sentences ("play Let It Be", "play Yesterday").
_OF_TITLES: Final = frozenset(
    {
        Tag.VERB,
        Tag.PERSON,
        Tag.WHEN,
        Tag.FEEL,
        Tag.CHAT,
        Tag.FILLER,
        Tag.GLUE,
        Tag.TO,
        Tag.THAT,
        Tag.DEGREE,
        Tag.UNKNOWN,
    }
)
_SAYING: Final = frozenset({Tag.VERB, Tag.PERSON, Tag.WHEN, Tag.FEEL, Tag.CHAT, Tag.FILLER})
_HOW: Final = frozenset({"play", "on", "off", "stop", "pause", "up", "down", "loud", "quiet", "louder", "quieter"})


def title_of_known_words(slots: Slots, context: Context) -> str:
    """Return what follows an English "play" when it names nothing of the home, however plain its words are."""
    tokens = [token for token in slots.tokens if token.tag is not Tag.WAKE and token.word != "polite"]
    if context.language != "en" or not tokens or tokens[0].text not in {"play", "listen to"}:
        return ""
    rest = tokens[1:]
    if any(token.tag not in _OF_TITLES or token.word in _HOW for token in rest):
        return ""
    if not any(token.tag in _SAYING for token in rest):
        return ""
    return context.text.original(rest[0].start, rest[-1].end).strip()


def artist_and_title(body: Body, context: Context, *, song: bool, some: bool) -> Frame:
    """Split a body into artist and title."""
    frame = Frame(action="play_music")
    if context.language == "en":
        return _named_in_english(body.text, song=song, some=some)
    text = body.text.removesuffix("의")
    if found := _SONGS_OF.match(text):
        return replace(frame, artist=found[1].removesuffix("의"), title=found[2])
    if found := OF.match(text) or _OF_JOINED.match(text):
        return replace(frame, artist=found[1], title=found[2])
    artist, _, title = text.partition(" ")
    return replace(frame, artist=artist, title=title or None)


_ANYTHING: Final = frozenset({"", "song", "songs", "music", "something", "anything"})


def _named_in_english(text: str, *, song: bool, some: bool) -> Frame:
    words = re.sub(
        r"^(?:(?:some|me|us|by|my favou?rite|(?:the |a )?(?:song|songs|music|album|track)) )+", "", f"{text} "
    ).strip()
    words = re.sub(r"(?:that )?(?:i|we) (?:like|love)$", "", words).strip()
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
