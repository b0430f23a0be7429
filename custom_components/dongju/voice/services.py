"""Clauses about no device: weather, news, time, questions of knowledge, scenes, and what is for later (`later`)."""

from typing import Final

from .frames import Frame, RefusedError
from .grammar import Clause, Role, content
from .home import HomeIndex
from .later import LATER
from .likeness import is_near_device
from .scenes import find_scene
from .slots import Context, Slots
from .text import Text
from .times import WEEKDAYS, is_day
from .tokens import Number, Tag, Token

_SELF: Final = frozenset(
    {
        "나",
        "내",
        "나도",
        "내가",
        "제가",
        "난",
        "너",
        "너는",
        "넌",
        "네",
        "니",
        "당신",
        "우리",
        "i",
        "me",
        "my",
        "we",
        "you",
        "your",
        "mine",
    }
)


def services(slots: Slots, clause: Clause, home: HomeIndex, context: Context) -> list[Frame]:
    """Return the frames of a clause that speaks of no device, none when it does."""
    for read in (*LATER, _clock, _weather, _news, _scene):
        if frames := read(slots, clause, home, context):
            return frames
    return []


def _clock(slots: Slots, clause: Clause, _home: HomeIndex, _context: Context) -> list[Frame]:
    """Decode questions for the time and the date."""
    if slots.has(Tag.KIND) or slots.has(Tag.DEVICE) or slots.has(Tag.ATTRIBUTE) or slots.says("finish", "remain"):
        return []
    if slots.has(Tag.UNKNOWN):  # "크리스마스가 무슨 요일이야"
        named = slots.has(Tag.TOPIC, "date") and not slots.verbs() and not slots.has(Tag.AREA)
        return [Frame(action="ask")] if named else []
    asks = clause.role is Role.TOLD or slots.has(Tag.WH) or slots.says("tell", "show", "play") or slots.question
    if len(slots.all(Tag.WHEN)) > 1:
        return [Frame(action="ask")] if slots.has(Tag.TOPIC, "date") else []
    if slots.has(Tag.TOPIC, "date"):
        return [Frame(action="date", when=_when(slots))]
    if slots.has(Tag.WH, "time") or (slots.has(Tag.TOPIC, "time") and asks):
        return [Frame(action="time")]
    if slots.has(Tag.WHEN) and slots.has(Tag.WH, "what") and not slots.verbs() and not slots.has(Tag.TOPIC):
        return [Frame(action="date", when=_when(slots))]
    return []


def _when(slots: Slots) -> str | None:
    found = slots.last(Tag.WHEN)
    return found.word if found else None


def _forecast(slots: Slots) -> str | None:
    """Return the day of a forecast: services know the weekend and the week, not single days of it."""
    when = _when(slots)
    return ("weekend" if when in WEEKDAYS[-2:] else "this_week") if when in WEEKDAYS else when


def _is_ahead(slots: Slots) -> bool:
    """Tell whether a day is said of which only a forecast can tell."""
    days = [token.word for token in slots.all(Tag.WHEN)]
    return any(day == "weekend" or (day != "today" and is_day(day)) for day in days)


# What the weather can feel like.
_OUTSIDE: Final = (
    "hot",
    "cold",
    "cool",
    "warm",
    "humid",
    "dry",
    "dark",
    "bright",
    "nice",
    "stuffy",
    "severe",
    "strong",
    "high",
    "low",
)

# Words of the weather that titles begin with: "비와 당신 틀어줘".
_IN_TITLES: Final = frozenset({"비", "눈", "밖", "바깥", "rain", "snow", "raining", "outside", "sunny"})


def _weather(slots: Slots, clause: Clause, _home: HomeIndex, context: Context) -> list[Frame]:
    """Decode questions for the weather of a day and a place."""
    asks = (
        clause.role in {Role.TOLD, Role.BACKGROUND}
        or slots.has(Tag.WH)
        or slots.question
        or slots.says("tell", "show", "play", "play_on", "find")
    )
    air = slots.has(Tag.ATTRIBUTE, "pm25", "air_quality", "temperature", "humidity") and (
        _is_ahead(slots) or slots.has(Tag.TOPIC, "weather")
    )
    felt = (
        slots.has(Tag.WHEN)
        and slots.feeling(*_OUTSIDE) is not None
        and (slots.question or slots.has(Tag.WH) or _asking(slots))
    )
    degrees = (slots.has(Tag.WHEN, "today") or _is_ahead(slots)) and any(
        token.tag is Tag.WH and token.text.startswith(("몇도", "how cold", "how hot", "how warm"))
        for token in slots.tokens
    )
    worn = slots.has(Tag.WH, "aux") and any(token.text in {"coat", "jacket"} for token in slots.all(Tag.COURSE))
    felt = felt or (worn and slots.has(Tag.WHEN)) or (degrees and not slots.has(Tag.AREA) and not slots.has(Tag.HERE))
    named = slots.has(Tag.TOPIC, "weather") or (
        any(token.text == "기온" for token in slots.tokens) and not slots.has(Tag.AREA)
    )
    if slots.says("play", "play_on") and all(token.text in _IN_TITLES for token in slots.all(Tag.TOPIC)):
        return []
    if slots.has(Tag.GENRE) or slots.has(Tag.TOPIC, "music", "song"):
        return []
    away = next((token for token in slots.tokens[:1] if token.tag is Tag.UNKNOWN), None)
    if (
        away is not None
        and slots.has(Tag.ATTRIBUTE, "pm25", "air_quality")
        and len(slots.all(Tag.UNKNOWN)) == 1
        and asks
    ):
        return [Frame(action="weather", when=_forecast(slots), place=_place(slots, away, context.text))]
    if not (named or air or felt) or slots.has(Tag.KIND) or slots.has(Tag.DEVICE) or slots.has(Tag.WHEN, "yesterday"):
        return []
    bare = (named or (air and _is_ahead(slots))) and not slots.verbs() and not slots.has(Tag.FEEL)
    if not (asks or bare):
        return []
    if (
        clause.role is Role.TOLD
        and slots.has(Tag.FEEL)
        and not slots.question
        and not slots.has(Tag.WH)
        and not _asking(slots)
    ):
        return []
    asked = next((token.start for token in slots.all(Tag.WH) if token.word == "what"), len(context.text.joined))
    places = [token for token in slots.all(Tag.UNKNOWN) if context.language == "en" or token.start < asked]
    place = _place(slots, places[0], context.text) if places and (named or air) else None
    if len(places) > 1:
        return []
    return [Frame(action="weather", when=_forecast(slots) or ("today" if not place else None), place=place)]


def _place(slots: Slots, token: Token, text: Text) -> str:
    """Return a place's name, with the "도" of a province that looks like a particle."""
    if token.start == token.end:
        return token.text  # of a sentence before
    after = next((other for other in slots.tokens if other.start == token.end and other.text == "도"), None)
    return text.original(token.start, after.end if after and token.end - token.start <= 3 else token.end)


def _asking(slots: Slots) -> bool:
    """Tell whether a remark about the weather is a question by its ending ("추울까", "춥니")."""
    return any(
        token.tag is Tag.FEEL and token.text.endswith(("까", "까요", "니", "나", "나요", "려나", "대", "대요"))
        for token in slots.tokens
    )


def _news(slots: Slots, _clause: Clause, _home: HomeIndex, _context: Context) -> list[Frame]:
    if (
        not slots.has(Tag.TOPIC, "news")
        or slots.has(Tag.ATTRIBUTE)
        or slots.has(Tag.CHANNEL)
        or slots.has(Tag.APP)
        or slots.says("off", "stop", "pause")
    ):
        return []
    slots.use(Tag.TOPIC, Tag.WHEN, Tag.VERB, Tag.WH, Tag.ALL, Tag.WAY, Tag.UNKNOWN, Tag.FEEL)
    slots.use_words(Tag.KIND, "tv", "speaker")
    return [Frame(action="news")] if not slots.unexplained() else []


_GOING: Final = (
    *("다녀", "갔다"),
    *(f"{who} {how}" for who in ("i'm", "i am", "we're", "we are") for how in ("off", "back", "leaving", "heading")),
)


def _errand(slots: Slots, said: Token) -> list[Token]:
    """Return the one place to which or from which somebody goes ("학교 다녀왔습니다", "i'm off to the gym")."""
    places = slots.all(Tag.UNKNOWN, Tag.THING, Tag.AREA_WORD)
    others = any(token.text in {"이", "가", "은", "는"} for token in slots.tokens)  # "철수가 다녀왔어" tells of another
    return places if len(places) == 1 and not others and said.text.startswith(_GOING) else []


def _scene(slots: Slots, _clause: Clause, home: HomeIndex, context: Context) -> list[Frame]:
    """Decode a scene by its name, or a sentence that means one ("나갔다 올게")."""
    said = slots.last(Tag.SCENE_SAID)
    named = slots.last(Tag.SCENE)
    alone = content(slots.tokens)
    if len(alone) == 1 and alone[0].tag is Tag.MODE and context.entity is None:
        found = find_scene(home, alone[0].word)  # "외출": the scene, unless a boiler was spoken of
        return [Frame(action="scene", value=found)] if found else []
    if said is None and named is None:
        return []
    if named is None and said is not None:
        if slots.question and said.word == "home":
            raise RefusedError("not_a_command")  # "다녀왔어?" is asked of somebody
        slots.use(Tag.SCENE_SAID, Tag.FEEL, Tag.WHEN, Tag.ALL)
        slots.use_words(Tag.VERB, "stop")
        slots.use_tokens(_errand(slots, said))
        if slots.unexplained():
            raise RefusedError("not_a_command")
        return _scene_frame(said.word, home)
    if slots.has(Tag.KIND) or slots.has(Tag.DEVICE) or named is None:
        return []
    slots.use(Tag.SCENE, Tag.SCENE_SAID, Tag.ALL, Tag.HERE)
    if slots.says("off", "cancel", "stop", "unlock"):
        raise RefusedError("unsupported")
    slots.use(Tag.VERB, Tag.AREA)
    if left := slots.unexplained():
        raise RefusedError("unsupported" if left[0].tag is not Tag.UNKNOWN else "unknown_device")
    return _scene_frame(named.word, home)


def _scene_frame(scene: str, home: HomeIndex) -> list[Frame]:
    found = find_scene(home, scene)
    if found is None:
        raise RefusedError("hello" if scene == "morning" else "unsupported", device="scene")
    return [Frame(action="scene", value=found)]


_BARE: Final = frozenset({"뭐", "뭘", "무슨", "뭔", "왜"})


def _asks_about(slots: Slots) -> bool:
    """Tell whether unknown words are what is asked about; "저녁 뭐 먹지" only thinks aloud."""
    words = [index for index, token in enumerate(slots.tokens) if token.tag is Tag.UNKNOWN]
    asked = next((index for index, token in enumerate(slots.tokens) if token.tag is Tag.WH), None)
    if not words or asked is None:
        return bool(words)
    if slots.tokens[asked].text not in _BARE:
        return True
    wonders = words[-1] > asked and slots.tokens[words[-1]].text.endswith(("까", "지", "나", "자", "냐"))
    return words[0] < asked and not wonders


_HOME_STATES: Final = ("is_on", "is_off", "is_open", "is_closed", "is_locked", "is_running", "is_set", "remain")


def _asks_about_home(slots: Slots) -> bool:
    """Tell whether a question speaks of something like a device, known here or not ("are the shutters closed")."""
    return slots.says(*_HOME_STATES) or any(is_near_device(token.text) for token in slots.all(Tag.UNKNOWN))


def knowledge(slots: Slots, clause: Clause) -> list[Frame]:
    """Return an `ask` frame for a question about the world."""
    if slots.says("live") or any(verb.text.startswith(("불러", "부르")) for verb in slots.verbs()):
        return []  # "점심 뭐 먹을까" thinks aloud, "택시 불러줘" calls somebody
    unknown = _asks_about(slots)
    home = (
        slots.has(Tag.KIND)
        or slots.has(Tag.DEVICE)
        or slots.has(Tag.AREA)
        or slots.has(Tag.SCENE)
        or slots.has(Tag.ATTRIBUTE)
    )
    personal = any(token.tag is Tag.PERSON and token.text in _SELF for token in slots.tokens)
    asks = slots.has(Tag.WH) or (slots.says("tell", "find") and clause.role is not Role.HEARSAY)
    figures = len([token for token in slots.tokens if isinstance(token.value, Number)]) > 1
    if slots.has(Tag.WH, "who", "when", "where") and slots.says("be_born") and not personal:
        return [Frame(action="ask")]  # "who invented the air conditioner"
    if not slots.has(Tag.WH, "why") and _asks_about_home(slots):
        return []
    if not asks or home or personal or (slots.has(Tag.CHAT) and not slots.has(Tag.WH)) or not (unknown or figures):
        return []
    return [Frame(action="ask")]
