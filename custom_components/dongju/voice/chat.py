# ruff: noqa: E501, ISC004 - tables of words read best one row to a line
"""Small talk: a greeting, thanks, and the question what can be asked; whatever was spoken of before, nothing is done."""

import re
from typing import Final

from .tokens import SILENT, Tag, Token

_PHRASES: Final[tuple[tuple[str, str], ...]] = (
    (
        "hello",
        "안녕 안녕하세요 안녕하십니까 안녕하신가요 안뇽 하이 하이요 헬로 헬로우 반가워 반가워요 반갑다 반갑습니다 만나서반가워 만나서반가워요 만나서반갑습니다 "
        "hello hi hey hiya howdy hellothere hithere heythere goodafternoon goodevening greetings nicetomeetyou",
    ),
    (
        "thanks",
        "고마워 고마워요 고맙다 고맙네 고맙습니다 감사 감사해 감사해요 감사합니다 땡큐 수고했어 수고했어요 수고했다 수고 수고해 수고하셨습니다 잘했어 잘했어요 잘했다 굿 최고야 최고다 "
        "thanks thankyou thankssomuch thankyousomuch thankyouverymuch thanksalot cheers goodjob welldone nicework greatjob muchappreciated",
    ),
    (
        "again",
        "다시말해 다시말해줘 다시말해줄래 다시말해주세요 다시말해봐 다시한번말해줘 다시한번말해주세요 다시한번말해줄래 한번더말해줘 한번더말해주세요 한번만더말해줘 다시얘기해줘 다시이야기해줘 뭐라고 뭐라구 뭐라고했어 뭐라고했지 뭐라고했어요 방금뭐라고했어 방금뭐라고했지 못들었어 못들었어요 잘못들었어 잘못들었어요 "
        "sayagain sayitagain saythatagain canyousaythatagain couldyousaythatagain repeatthat canyourepeatthat couldyourepeatthat pleaserepeatthat whatdidyousay whatdidyoujustsay pardon pardonme comeagain ididntcatchthat ididnthearthat ididnthearyou",
    ),
    (
        "help",
        "도와줘 도와줘요 도와주세요 도와줄래 도와줄수있어 도움 도움말 도움이필요해 헬프 사용법 사용법알려줘 사용방법 사용방법알려줘 기능알려줘 어떻게써 어떻게쓰는거야 어떻게사용해 어떻게말해 어떻게말하면돼 뭐라고말해 뭐라고말하면돼 뭐라고하면돼 "
        "help helpme pleasehelp canyouhelp canyouhelpme whatcanyoudo whatcanyoudoforme whatcanisay whatcaniask whatcaniaskyou whatcanyouhelpwith whatcanyouhelpmewith howcanyouhelp howcanyouhelpme whatdoyoudo whatareyouabletodo howdoesthiswork whatcommandsdoyouknow",
    ),
)
# Nothing more is wanted; "됐어?" asks.
_ENOUGH: Final = re.compile(
    "(?:아니|아니야|아니요|아뇨|아냐|응|네|그래|이제|그냥|그럼)*(?:됐어|됐어요|됐다|됐습니다|괜찮아|괜찮아요|괜찮습니다|필요없어|필요없어요|nothanks|nothankyou|thatsall|thatwillbeall|thatllbeall)+"
)
_LEADS: Final = "아|오|와|야|응|네|어|참|그래|정말|진짜|너무|아주|매우|다들|좀|나좀|저좀|oh|well|ok|okay|great|please"
# "너 뭐 할 수 있어?", "무슨 일을 할 줄 알아?", "할 수 있는 거 알려줘".
_ABLE: Final = (
    r"(?:너|너는|넌|네가|니가|당신은)?(?:뭐|뭘|뭐를|무엇을|무엇|무슨말을|무슨일을|무슨말|어떤걸|어떤것을|어떤말을|어떤일을|어떤기능이)"
    r"(?:할|해줄|시킬|물어볼|말할|있)(?:(?:수있|줄아|줄알)(?:어|어요|니|나|나요|냐|습니까|아|아요|는지알려줘|는지말해줘)?|어|어요)",
    r"(?:네가|니가|너가)?(?:할|해줄)수있는(?:거|것|걸|게|일|일을|기능)(?:이)?(?:뭐야|뭐예요|뭐니|뭔지알려줘|알려줘|말해줘)",
)
_SAID: Final = {
    key: re.compile(
        f"(?:{_LEADS})*(?:{'|'.join([*sorted(words.split(), key=len, reverse=True), *(_ABLE if key == 'help' else ())])})(?:요|{_LEADS})*"
    )
    for key, words in _PHRASES
}
_IDLE: Final = SILENT | {Tag.CHAT}


def without_greeting(tokens: list[Token]) -> list[Token]:
    """Return a sentence without the greeting or thanks before an order to a device ("안녕 거실 불 켜줘")."""
    ordered = any(token.tag in {Tag.DEVICE, Tag.KIND} for token in tokens)
    greets = bool(tokens) and any(_SAID[key].fullmatch(tokens[0].text) for key in ("hello", "thanks"))
    return tokens[1:] if ordered and greets else tokens


def small_talk(tokens: list[Token], *, question: bool) -> str | None:
    """Return the kind of small talk that a sentence is and nothing else, "not_a_command" for one without an answer."""
    said = "".join(token.text for token in tokens if token.text != ",").replace(" ", "").replace("'", "")
    for key, pattern in _SAID.items():
        if pattern.fullmatch(said):
            return key
    if not question and _ENOUGH.fullmatch(said):
        return "enough"
    chatting = any(token.tag is Tag.CHAT for token in tokens) and all(token.tag in _IDLE for token in tokens)
    return "not_a_command" if chatting else None
