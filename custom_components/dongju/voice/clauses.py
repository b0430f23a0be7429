"""From tokens to clauses: one verb each, remarks attached to the commands they explain."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from .grammar import DEVICES, MANNERS, PLACES, VALUES, Clause, Role, content
from .morphology import Mood
from .remarks import REASONS, gives_reason, is_ordered, is_predicate, is_purpose, is_remark, wonders
from .tokens import Tag, Token

_ROLES: Final = {
    Mood.BECAUSE: Role.BACKGROUND,
    Mood.IF: Role.CONDITION,
    Mood.FORBID: Role.FORBIDDEN,
    Mood.FORBID_LINK: Role.FORBIDDEN,  # "돌리지 말고", and nothing instead
    Mood.TOLD: Role.TOLD,
    Mood.HEARSAY: Role.HEARSAY,
}


def split(tokens: list[Token], cut: Callable[[list[Token]], list[Clause]] | None = None) -> list[Clause]:
    """Return the clauses of a sentence, remarks attached to the commands they explain.

    `cut` is Korean's by default.
    """
    clauses = (cut or _cut)(tokens)
    joined: list[Clause] = []
    background: list[Token] = []
    for index, clause in enumerate(clauses):
        last = index == len(clauses) - 1
        if not last and _goes_without_saying(clause, clauses[index + 1]):
            clauses[index + 1].tokens[:0] = clause.tokens[:-1]
            continue
        if joined and last and joined[-1].role is Role.COMMAND and not joined[-1].linked and _is_afterthought(clause):
            if joined[-1].tokens[-1].text.endswith(_BUT):
                joined[-1].role = Role.HEARSAY  # "켜고 싶은데 전기세가 무섭다": an objection
            continue  # "꺼줘 추워", "줄여줘 애 자니까"
        if (
            joined
            and clause.role is Role.TOLD
            and all(
                token.word in _AFTERWARDS
                or (joined[-1].role is Role.COMMAND and (token.tag is Tag.ALL or token.word in _AFTER_ORDERS))
                for token in content(clause.tokens)
            )
        ):
            continue  # an afterthought: "... 깜빡했네"
        if not content(clause.tokens) or (joined and _continues(joined[-1], clause)):
            if joined and joined[-1].role is Role.TOLD and is_ordered(clauses[index + 1 :]):
                background.extend(joined.pop().tokens)  # "켜놓고 나왔네 꺼줘"
            continue
        leads = clause.linked and not last and clauses[index + 1].role is Role.BACKGROUND
        leads = leads and not any(token.tag in DEVICES for token in clause.tokens)  # "김치 담그고 쉬니까 ..."
        leads = leads or (clause.linked and not last and _only_explains(clauses[index + 1]))
        leads = leads or (clause.linked and not last and _is_left(clause, clauses[index + 1 :]))
        remark = (
            leads
            or clause.role is Role.BACKGROUND
            or (clause.linked and _is_done_with(clause))
            or (
                clause.role in {Role.TOLD, Role.HEARSAY}
                and (is_remark(clause) or is_ordered(clauses[index + 1 :]) or wonders(clause, clauses[index + 1 :]))
            )
        )
        if remark and not last and index == len(clauses) - 2 and _only_asks(clauses[-1]) and _is_state(clause):
            clause.role, remark = Role.TOLD, False  # "안 닫은 것 같은데 확인해줘"
        if remark and not last:
            background.extend(clause.tokens)
            continue
        if clause.linked and not last and _only_sets(clause):
            clauses[index + 1].tokens[:0] = clause.tokens[:-1]  # "섬세로 맞춰서 세탁기 시작해"
            continue
        if not any(token.tag is not Tag.VERB for token in content(clause.tokens)):
            # "타이머는 됐으니까 취소해", "enough express freeze, turn it off"
            clause.tokens[:0] = [
                token for token in background if token.tag is Tag.TOPIC or token.word.startswith("express")
            ]
        clause.background, background = background, []
        joined.append(clause)
    return [part for clause in _share_verbs(joined) for part in _by_values(clause)]


# What may be said afterwards without asking or ordering anything more: "깜빡했네", and after an order "다 됐어".
_AFTERWARDS: Final = frozenset({"unsure", "tired"})
_AFTER_ORDERS: Final = frozenset({"is_done", "finish"})
_ERRAND: Final = ("와", "와줘", "와라", "와요", "오세요", "와주세요", "올래", "오자", "와봐", "와줄래")


# Orders that change nothing where the condition does not hold: "켜져 있으면 꺼줘", "안 잠겼으면 잠가줘".
_ENDS_STATE: Final = {
    ("is_on", False): frozenset({"off", "stop"}),
    ("is_off", True): frozenset({"off", "stop"}),
    ("off", True): frozenset({"off", "stop"}),
    ("is_off", False): frozenset({"on", "play_on"}),
    ("is_on", True): frozenset({"on", "play_on"}),
    ("is_open", False): frozenset({"close", "lock"}),
    ("is_closed", True): frozenset({"close", "lock"}),
    ("is_locked", True): frozenset({"close", "lock"}),
    ("lock", True): frozenset({"close", "lock"}),
    ("close", True): frozenset({"close", "lock"}),
}


def _goes_without_saying(clause: Clause, order: Clause) -> bool:
    """Tell whether a condition only says that the order after it is needed; takes the "not" out of it."""
    if clause.role is not Role.CONDITION or order.role is not Role.COMMAND:
        return False
    denied = [token for token in clause.tokens if token.text == "안"]
    ending = _ENDS_STATE.get((clause.tokens[-1].word, bool(denied)), frozenset())
    verbs = [token for token in content(order.tokens) if token.tag is Tag.VERB]
    named = any(token.tag in DEVICES for token in clause.tokens)
    alone = not any(token.tag in DEVICES or token.tag in VALUES for token in order.tokens)
    if not (named and alone and len(verbs) == 1 and verbs[0].word in ending):
        return False
    clause.tokens = [token for token in clause.tokens if token not in denied]
    return True


def _is_left(clause: Clause, rest: Sequence[Clause]) -> bool:
    """Tell whether a clause only says what is to stay as it is, or is no longer watched, before another order."""
    exception = any(token.tag is Tag.ALL for later in rest for token in later.tokens)  # "놔두고 다 꺼" excepts it
    verb = clause.tokens[-1]
    watched = any(token.text == "그만" for token in clause.tokens) and any(
        token.tag in {Tag.CHANNEL, Tag.APP, Tag.TOPIC} for token in clause.tokens
    )
    return (verb.word == "leave" and not exception) or watched


def _only_sets(clause: Clause) -> bool:
    """Tell whether a clause only chooses a value for the device that the next one names."""
    said = content(clause.tokens)
    return (
        len(said) > 1
        and said[-1].word in {"set", "change", "do"}
        and said[-1].text.endswith("서")
        and all(token.tag in VALUES for token in said[:-1])
    )


def _only_explains(clause: Clause) -> bool:
    """Tell whether a clause is nothing but "그래서 그러는데": what was said before it is why something is asked."""
    said = content(clause.tokens)
    return clause.role is Role.BACKGROUND and bool(said) and all(token.word == "so" for token in said)


def _only_asks(clause: Clause) -> bool:
    """Tell whether a clause is nothing but "확인 좀 해줘"."""
    said = content(clause.tokens)
    return bool(said) and all(token.tag is Tag.VERB and token.word in {"tell", "do"} for token in said)


def _is_state(clause: Clause) -> bool:
    """Tell whether a clause says how a device is, or what may have been done to it."""
    said = content(clause.tokens)
    return said[-1].tag is Tag.VERB and any(token.tag in DEVICES for token in said)


def _is_done_with(clause: Clause) -> bool:
    """Tell whether a clause only says what is not wanted any more ("에어컨은 됐고 선풍기 켜줘")."""
    said = content(clause.tokens)
    return said[-1].word == "is_done" and all(token.tag in DEVICES or token.tag in PLACES for token in said[:-1])


_BUT: Final = ("싶은데", "싶지만")
_MUST: Final = ("야돼", "야돼요", "야해", "야해요", "야하는데", "야되는데", "야지", "야되거든", "야하거든")
_CAME: Final = ("왔어", "왔어요", "왔다", "왔습니다", "했어", "했다")


def _is_afterthought(clause: Clause) -> bool:
    """Tell whether a last clause only gives the reason for the command before it."""
    said = content(clause.tokens)
    if not said:
        return clause.role is Role.BACKGROUND
    if clause.role is Role.TOLD and said[-1].word in {"is_there", "come", "use"}:
        return not any(token.tag in DEVICES or token.tag in {Tag.WH, Tag.AREA, Tag.TOPIC} for token in said)
    if said[-1].tag is Tag.SCENE_SAID and said[-1].text.endswith(_CAME):
        return True  # "청소기 멈춰 손님 왔어"
    if said[-1].tag is Tag.VERB and said[-1].text.endswith(_MUST):  # "음악 줄여줘 통화해야 돼"
        return [token.tag for token in said[:-1]] in ([], [Tag.UNKNOWN]) and said[-1].word in {"do", "live"}
    counted = said[0].tag is Tag.UNKNOWN  # "컵 하나 더 씻게"
    named = any(
        token.tag in DEVICES
        or (token.tag in VALUES and not (counted and token.tag is Tag.NUMBER))
        or token.tag is Tag.WH
        for token in said
    )
    if said[-1].tag is Tag.VERB and said[-1].mood is Mood.MANNER and said[-1].text.endswith("게"):  # "... 애 보게"
        return not named
    return not named and (clause.role is Role.BACKGROUND or (clause.role is Role.TOLD and is_remark(clause)))


def _continues(before: Clause, clause: Clause) -> bool:
    """Join a clause that is only a verb of the clause before ("멈춰 세워", "맞춰서 예열해줘"); tell whether it was."""
    verbs = content(clause.tokens)
    if before.linked and len(verbs) == 1 and verbs[0].word == "come" and verbs[0].text.endswith(_ERRAND):
        before.linked = False  # "끄고 와": the errand is the speaker's, the order stays
        return True
    if before.linked and verbs and verbs[-1].tag is Tag.SCENE_SAID and verbs[-1].text.endswith(_CAME):
        before.role, before.linked = Role.TOLD, False  # "끄고 나왔어" asks or tells
        return True
    if before.linked and clause.role is Role.TOLD and len(verbs) == 1 and verbs[0].word in {"come", "is_there"}:
        before.role, before.linked = Role.TOLD, False  # "켜놓고 왔나" asks
        before.tokens.extend(clause.tokens)
        return True
    last = before.tokens[-1] if before.tokens else None
    if (
        len(verbs) != 1
        or verbs[0].tag is not Tag.VERB
        or last is None
        or last.tag is not Tag.VERB
        or before.role is not Role.COMMAND
    ):
        return False
    if clause.role is not Role.COMMAND:
        return False
    if last.mood is Mood.LINK and last.text.endswith("서"):
        before.tokens.extend(clause.tokens)
        before.linked = False
        return True
    quoted = verbs[0].word == "do" and last.text.endswith("라")  # "멈추라 해"
    return last.mood is Mood.DO and verbs[0].mood is Mood.DO and (last.word == verbs[0].word or quoted)


def _cut(tokens: list[Token]) -> list[Clause]:
    """Cut after each verb that ends a clause."""
    clauses: list[Clause] = []
    current: list[Token] = []
    for index, token in enumerate(tokens):
        if token.tag is Tag.UNKNOWN and gives_reason(tokens, index):
            clauses.append(Clause([*current, token], Role.BACKGROUND))
            current = []
            continue
        if token.tag is Tag.THEN and not any(_orders(other) for other in current):
            continue  # "에어컨이랑 선풍기 같이", "불 또 켜놨네", "멈춘 거 이어서 ...": it joins orders only
        if token.tag is Tag.THEN:
            if content(current):
                clauses.append(Clause(current, linked=True))
                current = []
            continue
        current.append(token)
        if token.tag is Tag.SCENE_SAID and any(
            other.mood is Mood.DO or (other.tag is Tag.TOPIC and other.word == "mute") for other in tokens[index + 1 :]
        ):
            clauses.append(Clause(current, Role.BACKGROUND))  # "나 왔어 불 켜줘": what is ordered is done
            current = []
        if not _ends(token, tokens, index):
            continue
        if _lasts(current, tokens[index + 1 :]):
            current[-1] = replace(token, tag=Tag.AFTER, value="", mood=Mood.NOUN)
            continue
        role = _role(current, tokens[index + 1 :])
        clauses.append(Clause(current, role, linked=token.mood is Mood.LINK))
        current = []
    if current:
        said = content(current)
        reason = (
            bool(said)
            and all(token.tag is Tag.UNKNOWN for token in said)
            and (said[-1].text.endswith(REASONS) or current[-1].text == "게" or is_predicate(said[-1].text))
        )
        clauses.append(Clause(current, Role.BACKGROUND if reason else Role.COMMAND))
    return clauses


def _role(current: Sequence[Token], rest: Sequence[Token]) -> Role:
    """Return the role of the clause that its last word ends."""
    token, before = current[-1], current[-2] if len(current) > 1 else None
    if before is not None and before.tag is Tag.NEGATION and token.mood is Mood.DO:
        return Role.TOLD  # "안 보여 불 켜줘"
    because = token.mood is Mood.LINK and token.text.endswith("서")
    must = token.text == "해서" and before is not None and before.text.endswith("야")
    if because and (token.tag is Tag.FEEL or must):
        return Role.BACKGROUND  # "눈이 부셔서", "얼려야 해서"
    if token.mood is Mood.MANNER or (_leads_to(token, current) and any(other.tag is Tag.VERB for other in rest)):
        return Role.BACKGROUND
    if token.mood is Mood.HEARSAY and any(other.tag is Tag.WH for other in current):
        return Role.TOLD  # "몇 분 남았대"
    return _ROLES.get(token.mood, Role.COMMAND)


def _orders(token: Token) -> bool:
    """Tell whether a word can end what "and then" goes on from."""
    return token.tag in VALUES or (token.tag is Tag.VERB and token.mood is not Mood.MODIFY)


def _ends(token: Token, tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a verb (or a feeling) ends its clause."""
    if token.tag is Tag.FEEL:
        return token.mood not in MANNERS and token.mood is not Mood.NOUN
    if token.tag is Tag.VERB and token.mood is Mood.MANNER and is_purpose(tokens, index):
        return True
    if token.tag is not Tag.VERB or token.mood in MANNERS or token.mood is Mood.NOUN:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if (
        token.mood is Mood.DO
        and token.word in _SERIAL
        and after is not None
        and after.tag is Tag.VERB
        and after.mood is Mood.DO
    ):
        return False  # "맞춰 예열해"
    if token.mood is Mood.DO and token.text.endswith("데") and after is not None and after.word in _SHOWING:
        return False  # "보고 싶은데 틀어줘"
    return not (token.mood is Mood.DO and token.word == "do" and after is not None and after.tag is Tag.AFTER)


def _lasts(current: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Tell whether a clause only says how long until the next ends it ("한 시간만 더 틀고 꺼")."""
    verb = current[-1]
    after = next((token for token in rest if token.tag is Tag.VERB), None)
    until = verb.text.endswith("다") and bool(rest) and rest[0].text == "가"  # "돌다가 꺼"
    return (
        verb.tag is Tag.VERB
        and (verb.mood is Mood.LINK or until)
        and verb.word in _LASTING
        and after is not None
        and after.word in {"off", "stop"}
        and any(token.tag is Tag.DURATION for token in current)
        and all(token.tag in {Tag.DURATION, Tag.MORE} or token.tag in DEVICES for token in content(current[:-1]))
    )


_LASTING: Final = frozenset({"show", "play", "play_on", "run", "on", "do", "is_running"})
_TIME_HAS_COME: Final = (
    "때됐다",
    "때가됐다",
    "시간이다",
    "시간이야",
    "시간이네",
    "시간됐다",
    "시간인데",
    "타이밍",
    "고싶은데",
    "고싶어",
    "고싶다",
    "고싶네",
)


def _leads_to(token: Token, current: Sequence[Token]) -> bool:
    """Tell whether a verb only says what the speaker is about, where an order follows ("밥 때 됐다 MBC 틀어")."""
    if token.text.endswith(_TIME_HAS_COME):
        return True
    own = token.word in _OWN_DOINGS or (token.text.endswith(_MUST) and token.mood is Mood.DO)
    return own and token.mood in {Mood.DO, Mood.LINK} and not any(other.tag in DEVICES for other in current)


_OWN_DOINGS: Final = frozenset({"come", "live"})
_SHOWING: Final = frozenset({"play", "play_on", "show"})
_SERIAL: Final = frozenset({"set", "change", "do", "stop", "find", "run"})


def _share_verbs(clauses: list[Clause]) -> list[Clause]:
    """Give verbless clauses a verb: a tail joins the command before it, or repeats its verb for another device."""
    result: list[Clause] = []
    for clause in clauses:
        verbs = [token for token in clause.tokens if token.tag in _SAYING and not _tells_how(token, clause)]
        previous = result[-1] if result else None
        if (
            verbs
            or previous is None
            or previous.linked
            or previous.role not in {Role.COMMAND, Role.FORBIDDEN, Role.TOLD}
        ):
            result.append(clause)
            continue
        names = {token.tag for token in previous.tokens} & DEVICES
        if names and any(token.tag in DEVICES for token in clause.tokens) and previous.role is Role.COMMAND:
            verb = [token for token in previous.tokens if token.tag is Tag.VERB]
            result.append(Clause([*clause.tokens, *verb]))
        else:
            at = len(previous.tokens) - (previous.tokens[-1].tag is Tag.VERB and previous.tokens[-1].mood is Mood.DO)
            previous.tokens[at:at] = clause.tokens
    return result


_SAYING: Final = frozenset({Tag.VERB, Tag.FEEL, Tag.WH, Tag.SCENE_SAID})


def _tells_how(token: Token, clause: Clause) -> bool:
    """Tell whether a word only says how what was ordered is to be done ("세탁기 돌려줘 7시에 끝나게")."""
    return (
        token.mood is Mood.MANNER
        and token.tag is not Tag.WH
        and not any(other.tag in DEVICES or other.tag is Tag.NEGATION for other in clause.tokens)
    )


def _by_values(clause: Clause) -> list[Clause]:
    """Cut "A는 26도 B는 24도로 맞춰줘" before the second device; the verb serves both."""
    cuts: list[int] = []
    seen_device = seen_value = False
    start = 0
    for index, token in enumerate(clause.tokens):
        if token.tag in DEVICES or (token.tag in PLACES and seen_value):
            if seen_device and seen_value:
                cuts.append(index)
                seen_value = False
            seen_device = token.tag in DEVICES or seen_device
        elif token.tag in {Tag.NUMBER, Tag.MODE, Tag.LEVEL, Tag.COURSE} and seen_device:
            seen_value = True
    if not cuts:
        return [clause]
    tail = [token for token in clause.tokens if token.tag is Tag.VERB][-1:]
    parts: list[Clause] = []
    for end in (*cuts, len(clause.tokens)):
        tokens = clause.tokens[start:end]
        if not any(token.tag in DEVICES or token.tag in PLACES for token in tokens) or not any(
            token.tag in VALUES for token in tokens
        ):
            return [clause]
        if not any(token.tag is Tag.VERB for token in tokens):
            tokens = [*tokens, *tail]
        parts.append(Clause(tokens, clause.role, background=clause.background if start == 0 else []))
        start = end
    return parts
