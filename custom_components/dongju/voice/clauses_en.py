"""English sentences cut into clauses: before each verb that "and", "then" or a comma announces, and after remarks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .grammar import DEVICES, Clause, Role
from .lexicon.en.build import lexicon
from .morphology import Mood
from .tokens import SILENT, Tag, Token

_JOINTS: Final = frozenset({Tag.AND, Tag.THEN})
_BEING: Final = frozenset({"is", "are", "am", "was", "were", "been"})
_PAST: Final = frozenset({"was", "were", "has been", "had"})
# "pull it closed", "keep it locked": a state that is asked for.
_MADE: Final = {"is_closed": "close", "is_locked": "lock", "is_running": "start"}
_DONE: Final = ("turned", "switched")
_REPORTS: Final = frozenset({"tell", "call", "announce"})


def _content(tokens: Sequence[Token]) -> list[Token]:
    return [token for token in tokens if token.tag not in SILENT]


def _is_remark(tokens: Sequence[Token]) -> bool:
    """Tell whether words only say how something feels ("it's too hot")."""
    content = _content(tokens)
    allowed = {Tag.FEEL, Tag.HERE, Tag.KIND, Tag.DEVICE, Tag.AREA, Tag.ATTRIBUTE}
    return (
        bool(content)
        and any(token.tag is Tag.FEEL for token in content)
        and all(token.tag in allowed or token.word in {"floor", "music", "song"} for token in content)
    )


def drop_refused(tokens: list[Token]) -> list[Token]:
    """Drop what stands after "instead of" or "not", up to the next joint or verb."""
    kept: list[Token] = []
    dropping = False
    for index, token in enumerate(tokens):
        if token.tag is Tag.INSTEAD:
            dropping = True
            continue
        if dropping and (token.tag in _JOINTS or token.tag is Tag.REPAIR or (token.tag is Tag.VERB and index)):
            dropping = False
        if not dropping:
            kept.append(token)
    return kept


def _switches_another(current: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Tell whether "and" begins a second device with an on or off of its own ("turn A on and B off")."""
    if rest[0].tag not in _JOINTS or not current or current[-1].text not in {"on", "off"}:
        return False
    content = _content(rest)
    return bool(content) and content[0].tag in DEVICES | {Tag.AREA} and content[-1].text in {"on", "off"}


def cut(tokens: list[Token]) -> list[Clause]:
    """Return the clauses of an English sentence in order, each with its role."""
    clauses: list[Clause] = []
    current: list[Token] = []

    def close() -> None:
        nonlocal current
        clauses.extend(_clause(part) for part in _reported(current) if _content(part))
        current = []

    for index in range(len(tokens)):
        token = tokens[index]
        if token.tag in _JOINTS and _is_left(current, tokens[index + 1 :]):
            tokens, current = [*tokens[: index + 1], *_named_again(current, tokens[index + 1 :])], []
            continue
        if token.tag is Tag.THEN and token.word == "comma" and _is_afterthought(current, tokens[index + 1 :]):
            break
        if (token.text in _SAYS_SO or token.tag is Tag.SCENE_SAID) and _is_afterthought(current, tokens[index:]):
            break
        if _explains(tokens, index) and _is_afterthought(current, tokens[index + 1 :]):
            break
        if token.tag is Tag.THEN and token.word == "comma" and is_complaint(current, tokens[index + 1 :]):
            clauses.append(Clause(current, Role.BACKGROUND))
            current = []
            continue
        starts = (token.tag is Tag.VERB and token.mood is Mood.DO and token.word not in {"finish", "on", "off"}) or (
            token.tag is Tag.VERB and " " in token.text
        )
        starts = starts and not _says_until_when(tokens[index:])
        if starts and _only_greets(current, tokens[index - 1]):
            clauses.append(Clause(current, Role.BACKGROUND))
            current = []
        announced = bool(index) and (tokens[index - 1].tag in _JOINTS or tokens[index - 1].tag is Tag.FILLER)
        has_verb = any(other.tag in {Tag.VERB, Tag.SCENE_SAID} for other in current)
        if (starts and current and ((has_verb and announced and _content(current)) or _is_remark(current))) or (
            (token.tag is Tag.THEN and _is_remark(current)) or _switches_another(current, tokens[index:])
        ):
            close()
        if token.tag is not Tag.THEN:
            current.append(token)
    close()
    return clauses


def _only_greets(before: Sequence[Token], joint: Token) -> bool:
    """Tell whether what stands before an order is only what somebody is about to do ("I'm home, turn on the TV")."""
    said = _content(before)
    joined = joint.tag in _JOINTS and joint.word != "comma"  # "I'm home and turn on the TV" wants both
    return bool(said) and not joined and all(token.tag is Tag.SCENE_SAID for token in said)


def _says_until_when(tokens: Sequence[Token]) -> bool:
    """Tell whether words only say by when the machine of the order before is to be done ("have it done by 7 am")."""
    said = _content(tokens)
    return (
        len(said) > 2
        and said[0].word == "do"
        and said[1].tag is Tag.THAT
        and any(token.tag is Tag.CLOCK for token in said)
        and any(token.word in {"finish", "complete"} for token in said)
    )


def _is_left(tokens: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Tell whether words only say what is to stay as it is, before an order that says what is not."""
    content, order = _content(tokens), _content(rest)
    return (
        len(content) > 1
        and content[0].word == "leave"
        and all(token.tag in DEVICES or token.tag is Tag.AREA for token in content[1:])
        and any(token.tag is Tag.VERB for token in order)
        and not any(token.tag in {Tag.ALL, Tag.EXCEPT} for token in order)
    )


def _named_again(left: Sequence[Token], rest: Sequence[Token]) -> list[Token]:
    """Return the words of an order with "the kitchen one" named after the thing that is left alone."""
    thing = next((token for token in reversed(left) if token.tag in DEVICES), None)
    kind = lexicon().kinds.get(thing.text.rpartition(" ")[2], "") if thing is not None else ""
    return [
        replace(token, tag=Tag.KIND, value=kind) if kind and token.text in {"one", "ones"} else token for token in rest
    ]


def _reported(tokens: list[Token]) -> list[list[Token]]:
    """Cut "tell me once the dishwasher has finished" into the condition and the report; "tell me if" only asks."""
    report = next((i for i, token in enumerate(tokens) if token.tag is Tag.VERB and token.word in _REPORTS), None)
    waits = next((i for i, token in enumerate(tokens) if token.tag is Tag.CONDITION), None)
    if report is None or waits is None or len([token for token in tokens if token.tag is Tag.VERB]) < 2:
        return [tokens]
    if tokens[waits].text == "if":
        return [[*tokens[:waits], replace(tokens[waits], tag=Tag.WH, value="aux"), *tokens[waits + 1 :]]]
    return [tokens[waits:], tokens[:waits]] if report < waits else [tokens[:report], tokens[report:]]


def _clause(tokens: list[Token]) -> Clause:
    """Give a clause its role from its first words."""
    content = _content(tokens)
    first = content[0]
    if _exclaims(tokens):
        return Clause(tokens, Role.HEARSAY)
    tokens = [
        replace(token, tag=Tag.GLUE) if token.tag is Tag.WH and token.word == "aux" and token is not first else token
        for token in tokens
    ]
    if any(token.tag is Tag.CONDITION for token in content):
        return Clause(
            tokens, Role.CONDITION if not (first.tag is Tag.VERB and first.word in _REPORTS) else Role.COMMAND
        )
    leading = next((token for token in tokens if token.tag is not Tag.FILLER), first)
    if leading.tag is Tag.GLUE and leading.text in _BEING:
        return Clause(tokens, Role.TOLD)
    if _is_story(tokens, content):
        return Clause(tokens, Role.HEARSAY)
    reports = first.tag is Tag.VERB and first.word in _REPORTS
    if first.tag is Tag.WH or (
        reports and (any(token.tag is Tag.WH for token in content) or first.text.endswith((" if", " whether")))
    ):
        return Clause(tokens, Role.TOLD)
    if _is_remark(tokens) and not any(token.tag is Tag.VERB for token in content):
        told = [
            replace(token, mood=Mood.TOLD) if token.tag is Tag.FEEL and _said_of_something(tokens, token) else token
            for token in tokens
        ]
        if any(token.mood is Mood.TOLD for token in told):
            return Clause(told, Role.TOLD)
    if any(token.text in _PAST for token in tokens) or (
        any(token.text in _BEING for token in tokens) and not any(token.tag is Tag.VERB for token in content)
    ):
        return Clause(tokens, Role.HEARSAY)
    return Clause(
        [
            replace(token, value=_MADE[token.word], mood=Mood.DO)
            if token.word in _MADE and token.tag is Tag.VERB
            else token
            for token in tokens
        ]
    )


def _exclaims(tokens: Sequence[Token]) -> bool:
    """Tell whether nothing is asked: "what a long day", "what a mess"."""
    said = [token for token in tokens if token.tag is not Tag.FILLER]
    return len(said) > 1 and said[0].text == "what" and said[1].text in {"a", "an"}


# What begins a remark even where no comma was heard ("turn on the AC it's so hot").
_SAYS_SO: Final = frozenset({"it's", "it is", "its", "i'm", "i am", "we're", "we are", "there's", "there is", "that's"})


# What begins a complaint that an order follows: "I can't hear it, turn it up", "it isn't cold enough, ...".
_NOT_SO: Final = ("can't", "cannot", "can not", "isn't", "aren't", "won't", "doesn't", "hardly", "barely", "couldn't")


_ENOUGH: Final = (
    "that's enough",
    "that is enough",
    "enough",
    "we don't need",
    "i don't need",
    "there's no need",
    "no need",
    "no more",
    "don't need",
    "no longer",
)


def is_complaint(tokens: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Tell whether words before a comma only say what is wrong, and an order follows it."""
    content = _content(rest)
    if not content or content[0].tag is not Tag.VERB or content[0].mood is not Mood.DO or not tokens:
        return False
    if any(word in _NOT_SO for token in tokens[:6] for word in token.text.split()):
        return True
    if " ".join(token.text for token in tokens[:5]).startswith(_ENOUGH):
        return True
    said = next((token for token in tokens if token.tag is not Tag.FILLER), tokens[0])
    told = said.tag is Tag.PERSON or said.text in _SAYS_SO or said.text == "there are"
    told = told or any(token.text in _BEING for token in tokens)
    told = told or any(token.tag in DEVICES for token in content)  # "the juice turned sour, make the fridge ..."
    ordered = any(token.tag is Tag.VERB and token.mood is Mood.DO for token in tokens)
    return told and not ordered and any(token.tag is Tag.UNKNOWN for token in tokens)


_BECAUSE: Final = frozenset({"because", "cause", "'cause", "coz", "since"})


def _explains(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word begins a reason or a purpose ("because ...", "so I can read")."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    purpose = tokens[index].text in {"so", "so that"} and after is not None and after.tag is Tag.PERSON
    return tokens[index].text in _BECAUSE or purpose


def _is_afterthought(order: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Tell whether words after a comma only give the reason for the order before it ("..., my eyes hurt")."""
    content = _content(rest)
    ordered = any(token.tag is Tag.VERB and token.mood is Mood.DO for token in order)
    named = any(
        token.tag in DEVICES or token.word in {"volume", "mute"} or token.word.startswith("express") for token in order
    )
    if not (ordered and named and rest):
        return False
    of_home = any(token.tag in _OF_HOME or token.tag in _JOINTS for token in rest)
    story = rest[0].tag is Tag.PERSON and rest[0].text.endswith(("'ve", " have"))
    told = rest[0].tag is Tag.PERSON or rest[0].text in _SAYS_SO or any(token.text in _BEING for token in rest)
    plain = not any(token.tag is Tag.VERB and token.mood is Mood.DO for token in content[:1])
    return (told and bool(content) and not of_home and (story or plain)) or _is_of_speaker(rest)


_WISHES: Final = (
    *("i need", "i want", "i have to", "i'd like", "i gotta", "i'm"),
    *("we need", "we have", "we're", "i'm going to"),
)
_OF_LIFE: Final = frozenset({"do", "tell", "live", "summon", "come", "go", "carry", "wash", "handle", "leave"})
_RESTING: Final = frozenset({"sleep", "baby"})


def _is_of_speaker(rest: Sequence[Token]) -> bool:
    """Tell whether words only say what somebody is about to do ("I need to sleep", "the baby is sleeping")."""
    first = next((token for token in rest if token.text != "the"), rest[0])
    begins = (
        first.tag is Tag.PERSON or first.text.startswith(_WISHES) or first.word in _RESTING or first.text in _SAYS_SO
    )
    return begins and all(
        token.tag in SILENT
        or token.tag in {Tag.UNKNOWN, Tag.FEEL, Tag.SCENE_SAID, Tag.AREA_WORD, Tag.WHEN, Tag.HERE, Tag.DEGREE}
        or (token.tag is Tag.VERB and token.word in _OF_LIFE)
        or (token.tag in {Tag.MODE, Tag.COURSE} and token.word in _RESTING)
        or (token.tag is Tag.THING and first.tag is Tag.PERSON)
        for token in rest
    )


_OF_HOME: Final = DEVICES | {
    Tag.AREA,
    Tag.ATTRIBUTE,
    Tag.CLOCK,
    Tag.CONDITION,
    Tag.DURATION,
    Tag.EXCEPT,
    Tag.INSTEAD,
    Tag.NEGATION,
    Tag.NUMBER,
    Tag.REPAIR,
}


def _is_story(tokens: Sequence[Token], content: Sequence[Token]) -> bool:
    """Tell whether words only say what is ("the light is still on") or was ("mom turned off it"), or ask for advice."""
    first = content[0]
    if first.tag is Tag.WH:
        advice = first.text.startswith(("how do", "how can", "how should")) and first is not content[-1]
        return first.text.startswith("should") or (advice and any(token.mood is Mood.DO for token in content))
    verbs = [token for token in content if token.tag is Tag.VERB]
    if not verbs:  # "we had a boring week"
        unknown = any(token.tag is Tag.UNKNOWN for token in tokens)
        return tokens[0].tag is Tag.PERSON and unknown and not any(token.tag in DEVICES for token in tokens)
    if any(token.text in _BEING for token in tokens) and all(token.mood is Mood.TOLD for token in verbs):
        return True
    before = tokens[: tokens.index(verbs[0])]
    return verbs[0].text.startswith(_DONE) and any(token.tag is Tag.PERSON for token in before)


_NEVER_WANTED: Final = (
    *("freezing", "frozen", "shivering", "chilly", "boiling", "roasting", "sweltering", "sweating", "burning up"),
    *("can't", "cannot", "pitch black", "it smells", "it stinks", "smells", "smelly", "stinks", "stuffy", "smoky"),
    *("air is", "the air is"),
)


def _said_of_something(tokens: Sequence[Token], feeling: Token) -> bool:
    """Tell whether an adjective is a statement ("it's too cold", "freezing"), not an order ("warmer")."""
    if feeling.text.startswith(_NEVER_WANTED):
        return True
    return any(
        token.text in {"is", "i'm", "i am", "we're", "we are", "it's", "it is", "are", "that's", "was", "too", "so"}
        or token.text.startswith("too ")
        for token in tokens
    ) and not (any(token.tag in DEVICES for token in tokens) and feeling.text.endswith("er"))
