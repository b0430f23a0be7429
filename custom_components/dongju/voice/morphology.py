# ruff: noqa: E501 - tables of words read best one row to a line
"""Korean verbs and adjectives: every form a stem takes, generated instead of listed.

A form is a *base* (stem, infinitive, past ...) followed by an *ending*. The bases of every stem are few and are
written out; endings are looked up where a base ends. An ending carries the mood of the sentence.
"""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from typing import Final

from .hangul import final_of, is_syllable, split, with_final, with_vowel


class Mood(StrEnum):
    """What the speaker does with a verb."""

    DO = "do"  # asks, orders, proposes
    LINK = "link"  # and then
    BECAUSE = "because"  # background of what follows
    IF = "if"
    FORBID = "forbid"
    FORBID_LINK = "forbid_link"  # "don't ... but ..."
    TOLD = "told"  # what happened or is so: a question about a state, or a story
    HEARSAY = "hearsay"
    MODIFY = "modify"  # before a noun
    MANNER = "manner"  # "-ly"
    NOUN = "noun"
    SO_THAT = "so_that"


class Base(StrEnum):
    """Shapes of a stem that endings follow."""

    STEM = "stem"  # 닫, 끄, 열
    SHORT = "short"  # the stem, without a final ㄹ: 닫, 끄, 여
    EU = "eu"  # 닫으, 끄, 열
    EU_SHORT = "eu_short"  # 닫으, 끄, 여
    INFINITIVE = "infinitive"  # 닫아, 꺼, 열어
    WITH_L = "with_l"  # 닫을, 끌, 열
    WITH_N = "with_n"  # 닫은, 끈, 연
    WITH_B = "with_b"  # 닫읍, 끕, 엽
    PAST = "past"  # 닫았, 껐, 열었


_BRIGHT: Final = frozenset("ㅏㅗㅑ")
_CONTRACTED: Final = {"ㅣ": "ㅕ", "ㅜ": "ㅝ", "ㅗ": "ㅘ"}
_UNCHANGED: Final = frozenset("ㅏㅐㅓㅔㅕㅙ")


def infinitive(stem: str, irregular: str = "") -> str:
    """Return the 아/어 form of a stem; `irregular` is the final that changes (ㅂ, ㄷ, ㅎ) or 르."""
    if stem.endswith("하"):
        return stem[:-1] + "해"
    _, vowel, final = split(stem[-1])
    before = split(stem[-2])[1] if len(stem) > 1 and is_syllable(stem[-2]) else ""
    if irregular == "르":
        return with_final(stem[:-1], "ㄹ") + ("라" if before in _BRIGHT else "러")
    if irregular == "ㅂ":
        return with_final(stem, "") + "워"
    if irregular == "ㄷ":
        return with_final(stem, "ㄹ") + ("아" if vowel in _BRIGHT else "어")
    if final:
        return stem + ("아" if vowel in _BRIGHT else "어")
    if vowel == "ㅡ":
        return with_vowel(stem, "ㅏ" if before in _BRIGHT else "ㅓ")
    if vowel in _UNCHANGED:
        return stem
    return with_vowel(stem, _CONTRACTED[vowel]) if vowel in _CONTRACTED else stem + "어"


def honorific(stem: str, irregular: str = "") -> str:
    """Return the stem that speaks of somebody with respect: 추우시, 아프시."""
    return next(text for text, base in bases(stem, irregular) if base is Base.EU_SHORT) + "시"


def bases(stem: str, irregular: str = "") -> Iterator[tuple[str, Base]]:
    """Yield every base of a stem with its shape."""
    final = final_of(stem)
    form = infinitive(stem, irregular)
    yield stem, Base.STEM
    yield form, Base.INFINITIVE
    yield with_final(form, "ㅆ"), Base.PAST
    for auxiliary in ("놨", "뒀", "놓았", "두었"):
        yield form + auxiliary, Base.PAST
    if not final or final == "ㄹ":
        short = with_final(stem, "")
        yield short, Base.SHORT
        yield stem, Base.EU
        yield short, Base.EU_SHORT
        yield with_final(stem, "ㄹ"), Base.WITH_L
        yield with_final(stem, "ㄴ"), Base.WITH_N
        yield with_final(stem, "ㅂ"), Base.WITH_B
        return
    soft = (
        with_final(stem, "") + "우"
        if irregular == "ㅂ"
        else with_final(stem, "ㄹ") + "으"
        if irregular == "ㄷ"
        else stem + "으"
    )
    yield stem, Base.SHORT
    yield soft, Base.EU
    yield soft, Base.EU_SHORT
    yield with_final(soft, "ㄹ"), Base.WITH_L
    yield with_final(soft, "ㄴ"), Base.WITH_N
    yield (stem + "습", Base.WITH_B) if irregular != "ㅂ" else (with_final(soft, "ㅂ"), Base.WITH_B)


_GIVE: Final = """
줘 줘라 줘요 줘용 줘잉 줘봐 줘봐라 줘보세요 줘야지 줘야겠어 줘도돼 줘도될까 주라 주라고 주라니까 주라잉 줄래 줄래요 줄래용 줄랴 주세요 주세용 주셔 주셔요 주실래요 주실래
주실수있나요 주실수있어요 주실수있을까요 주실수있으세요 주시겠어요 주시겠습니까 주시겠어 주십시오 주십쇼 주시죠 주시오 주시면돼요 주시면좋겠어요 주시면감사하겠습니다 주시면감사하겠어요
주시면고맙겠습니다 주시면고맙겠어요 주시면안될까요 주시면안돼요 주시길바랍니다 주시기바랍니다 주쇼 주소 주이소 주이소예 주슈 줍쇼 주삼 주렴 주려무나 주겠니 주겠어 주겠어요 주겠나 줄수있어 줄수있어요
줄수있니 줄수있나 줄수있나요 줄수있냐 줄수있을까 줄수있을까요 줄수있겠니 줄수있겠어 줄수있겠어요 줄수있지 줄수있는지 줄수없을까 줄수없나 줄수없어 줄수없니 줄거지 줄거야 줄까 주면안될까 주면안될까요 주면안돼
주면안돼요 주면안되나 주면안되겠니 주면안되겠어 주면안되니 주면좋겠어 주면좋겠어요 주면좋겠다 주면좋겠네 주면좋겠는데 주면고맙겠어 주면고맙겠다 주면돼 주면돼요 주면될것같아 줬으면좋겠어 줬으면좋겠어요 줬으면좋겠다
줬으면좋겠는데 줬으면해 줬으면해요 줬으면 줬음좋겠다 줬음좋겠어 줬음좋겠는데 줬음좋겠네 줬음좋겠어요 줬음해 줬음하는데 줬으면좋겠네 줬으면하는데 줬으면싶은데 주면좋겠는데요 줬으면좋겠는데요 주길바라 주길바래 주기바람 달라고 달라니까 달라 달라구 다오 도고 주게 줘유 줘부러 줍서 드려 드려라 드려요 드리세요 드리자 드릴래 드릴까 드려줘 드리렴 주시면 주라우 주세여 줘여 줄텨 줄라우 주시구려 주심돼요 죠 죠요 죵 줘염 줘욤 주셈 주세염 주세영 주세욤 줄랑가 줄라나 줄란가 달랑께 달라카이 달라이 주실수있으신가요 주실수있으신지요 주실수있는지요 주실수있을지요 주실수있으실까요 줄수있으려나 주시면참좋겠어요 줬으면한다 주시면합니다 주시라고 주시라니까
뿌라 뿌려라 뿌소 뿌이소 뿌자 뿌래이 부러잉 삐라 삐소
""".split()
_KEEP: Final = """
놔 놔라 놔요 놔유 놓아 놓아라 놔봐 놔주 놓자 놓으세요 놓으라고 놓으라니까 놓을래 놔야겠다 놔야지 놔야돼 둬 둬라 둬요 두자 두세요 두라고 둘래 둬야지 봐 봐유 봐라 봐봐 봐요 봐라잉 보자 보자고 볼까 볼까요 볼래 볼래요 보세요
보셔 보시죠 보십시오 봅시다 보라고 보라니까 보시게 버려 버려라 버려요 버리자 버리세요 버릴래 버릴까 부러 부러라 불어 보드라고 보그라 보소 보이소
""".split()
_AUXILIARIES: Final = ("", "놔", "둬", "봐", "버려")


def _give_forms() -> Iterator[str]:
    for auxiliary in _AUXILIARIES:
        for give in _GIVE:
            yield auxiliary + give
    yield from (keep for keep in _KEEP if not keep.endswith("주"))


_ROWS: Final[tuple[tuple[Base, Mood, str], ...]] = (
    (Base.INFINITIVE, Mood.DO, "- 라 요 라고 라고요 라고해 라니까 라구 라잉 라이 용 욧 유 여 야지 야지요 야죠 야겠다 야겠어 야겠네 야겠는데 야겠다고 야돼 야돼요 야해 야해요 야한다 야할것같아 야될것같아 야될듯 야겠지 야되겠다 야되겠어"),
    (Base.INFINITIVE, Mood.DO, "도돼 도돼요 도될까 도될까요 도될것같아 도될것같아요 도될거같아 도될듯 도될듯해 도될듯요 도되겠다 도되겠어 도괜찮아 도괜찮을것같아 도좋아 도좋을것같아 도됨 도된다 도될거야 도되고 도되지"),
    (Base.INFINITIVE, Mood.LINK, "서 다가 다 놓고 놓은다음 두고 놓고나서 주고 주고나서 준다음 준다음에 준뒤 준뒤에 줬다가 버리고 보고 놓은뒤에"),
    (Base.INFINITIVE, Mood.TOLD, "있어 있어요 있니 있나 있나요 있냐 있냐고 있지 있지요 있죠 있드나 있더나 있는지 있는가 있을까 있을까요 있습니까 있노 있나예 있는교 있당가 있으려나 있는거야 있는거지 있는건가 있네 있네요 있대 있던데 있던가 있는거맞지 있는거아냐 있는거아니지 있는거아니죠 있는거아닌가 있는거아니겠지 있는건아니지 있는건아니겠지 있는건아닌가 있는건아니야 있는거맞나 있는거맞아 있는거지요 있는거아니야 있는중이야 있음 계셔"),
    (Base.INFINITIVE, Mood.TOLD, "뿟나 뿟다 뿟어 뿟네 뿟노 뿟는교 뿟지 부렀냐 부렀어 부렀당가 부렀제 부렀나 삤나 삤다 삤노"),
    (Base.INFINITIVE, Mood.LINK, "뿌고 부리고 삐고"),
    (Base.INFINITIVE, Mood.TOLD, "죽겠어 죽겠네 죽겠다 죽겠어요 죽을것같아 미치겠어 미치겠네 미치겠다 놨어 놨어요 놨니 놨나 놨나요 놨냐 놨지 놨죠 놨는지 놨을까 놨던가 놨네 뒀어 뒀니 뒀나 뒀냐 뒀지 뒀던가 놓았어 놓았니 놓았나 놓았지 졌어 줬어 줬니 줬나 줬지 줬냐 줬어요 버렸어 버렸네 봤어 봤니"),
    (Base.INFINITIVE, Mood.TOLD, "야되나 야하나 야될까 야할까 야되니 야하니 야되나요 야하나요 야되지 야하지 야되는지 야하는지 야할지 야될지 야되려나 야하려나 야됐나 야했나 야되냐 야하냐"),
    (Base.INFINITIVE, Mood.BECAUSE, "야되는데 야하는데 야되는데요 야하는데요 야되니까 야하니까 야돼서 야되서 야해서 야하거든 야되거든 야할것같아서 죽겠는데 죽겠으니까 미치겠는데 가지고 갖고 있는데 있으니까 있길래 있어서 놨는데 놨더니 놨으니까 놨으니 뒀으니까 뒀으니 뒀는데 줬으니까 있다보니 보니 보니까 서그런지 서그런가 서요"),
    (Base.INFINITIVE, Mood.IF, "있으면 놨으면 있거든 뒀으면"),
    (Base.INFINITIVE, Mood.MODIFY, "있는 있던 놓은 둔 놨던 줄 준 본"),
    (Base.INFINITIVE, Mood.HEARSAY, "달래 달래요 달라던데 줬대 놨대 있대 달라더라 달라네"),
    (Base.STEM, Mood.LINK, "고 고서 고나서 고난다음 고난다음에 고난뒤 고난뒤에 고요 구 구서 거나 고그리고 고선 고이어서 면서 고그다음 고그다음에 고다음에"),
    (Base.STEM, Mood.DO, "자 자고 자꾸나 자구 지 지그래 지그러니 지뭐 게나 소 기 구려 그라 그래이 거라 자잉 는게좋겠어 는게좋겠다 는게낫겠다 고싶어 고싶다 고싶은데 고싶어요 고싶네"),
    (
        Base.STEM,
        Mood.FORBID,
        "지마 지마요 지마라 지마라고 지마세요 지마셔 지마십시오 지말아 지말아요 지말아라 지말아줘 지말아줘요 지말아주세요 지말아줄래 지말라고 지말라니까 지말라 지말자 지말래 지말것 지마시오 지말고있어 지말고그냥둬 지말고놔둬 지않아도돼 지않아도돼요 지않아도되는데 지않을래 지않을게 지않았으면좋겠어 지않았으면해 지않는게좋겠어 지않게해줘 지않도록 지않도록해줘 지않기 지않는다 지못하게해 지못하게해줘 지못하게 지않아 지마잉 지마쇼 지마이소 지말그래이 지말어 질마 지좀마 지좀말아줘 지좀마라 지는마 지는말아줘 지는마라 지는말고 지를마 지안아도돼",
    ),
    (Base.STEM, Mood.FORBID_LINK, "지말고 지를말고 지말구 지않고 지는말고 지말고요"),
    (Base.STEM, Mood.TOLD, "다 겠어 겠네 겠다 겠지 겠습니다 겠군 겠어요 겠네요 고있어 고있어요 고있니 고있나 고있나요 고있냐 고있지 고있는지 고있을까 고있습니까 고있는거야 고있는중이야 고있는중 고있네 고있는건가 고있냐고 고계셔 던가 더라 던데 고있대 는중이야 는중 는중인가 는중이니 고있었나 고있었어 고있던가 더냐"),
    (Base.STEM, Mood.BECAUSE, "겠는데 겠으니까 겠으니 겠지만 지만 길래 거든 거든요 고있는데 고있으니까 잖아 잖아요 다보니 다보니까 기때문에 기땜에 고싶으니까 고있어서 기도하고"),
    (Base.STEM, Mood.IF, "거들랑 다면"),
    (Base.STEM, Mood.MANNER, "게 게끔 게만 게좀"),
    (Base.STEM, Mood.MODIFY, "던 다만 다가만 기전에 기전 기좋은 기위한 기에좋은 기에딱좋은 기딱좋은 기좋게"),
    (Base.STEM, Mood.NOUN, "기 기로"),
    (Base.STEM, Mood.SO_THAT, "게 게끔 도록"),
    (Base.SHORT, Mood.TOLD, "는지 는가 는가요 나 나요 니 냐 는거야 는거지 는거니 는건가 는걸까 네 네요 는구나 는군 는거맞지 는지좀 나봐 나보네"),
    (Base.SHORT, Mood.BECAUSE, "는데 는데요 는것같은데 는것같으니까 는것같아서 는거같은데 는거같으니까 는거같아서 느라 느라고 는중이라 는중인데 는바람에 는거니까 는건데 는동안"),
    (Base.STEM, Mood.HEARSAY, "대 대요 다네 다던데 다더라 다는데 다는구나 답니다"),
    (Base.SHORT, Mood.HEARSAY, "는대 는다더라 는다던데 는다고했어 는다네"),
    (Base.SHORT, Mood.MODIFY, "는 는데서 는데로"),
    (Base.SHORT, Mood.DO, "는거부탁해 는거부탁해요 는걸로해줘 는걸로해 는걸로"),
    (Base.SHORT, Mood.DO, "시오"),
    (Base.EU_SHORT, Mood.DO, "세요 셔 셔요 십시오 십쇼 시오 시죠 시지요 실래요 실까요 시겠어요 소서 시게 이소 실수있나요 실수있어요 세여 세용 쇼 슈"),
    (Base.EU_SHORT, Mood.BECAUSE, "니까 니 니깐 니까는 니까요"),
    (Base.EU, Mood.DO, "라 라고 라고해 라고해줘 라니까 라구 라고요 려무나 렴 면돼 면돼요 면되는데 면됩니다 면될것같아 면좋겠어 면좋겠다 면좋겠어요 면좋겠네 면좋겠는데 면안될까 면안될까요 면안되나 면안되나요 면안되겠니 면안되겠어요 면어떨까 면어때 면될까 면될까요 면될듯 면하는데 면해 면고맙겠어 라우 라이 라잉 랑께 라카이 람마"),
    (Base.EU, Mood.FORBID, "면안돼 면안돼요 면안됩니다 면안된다 면안된다고 면안되지 면안되는데 면큰일나 면안좋아 면안됨"),
    (Base.EU, Mood.IF, "면 면은 려면 면야 면그때 려거든 려면은 면바로"),
    (Base.EU, Mood.BECAUSE, "려고 려고해 려고하는데 려고하니까 려는데 려니까 러 러가니까 므로 려던참인데 려구"),
    (Base.EU, Mood.NOUN, "ㅁ"),
    (Base.EU, Mood.HEARSAY, "래 래요 라던데 라더라 라네 라는데 라고했는데 라고했어"),
    (Base.WITH_L, Mood.DO, "까 까요 래 래요 게 게요 께 께요 랭 수있어 수있어요 수있니 수있나 수있나요 수있을까 수있을까요 수있겠니 수있겠어 수있지 수있냐 수없을까 수없나 시간이야 시간이다 시간됐다 시간이네 시간인데 때됐다 때가됐다 필요있어 필요가있어 텨 것 랍니다 타이밍"),
    (Base.WITH_L, Mood.FORBID, "필요없어 필요없어요 필요없다 필요는없어 필요까진없어 필요가없어 것없어 것까진없어 거까진없어 필요없고 필요는없는데"),
    (Base.WITH_L, Mood.BECAUSE, "거야 거다 거예요 거에요 겁니다 예정이야 생각이야 참이야 거임 거니까 거니깐 건데 거라 거라서 거거든 테니까 텐데 거같은데 거같아서 것같으니까 것같아서 거같으니까 시간이니까 시간인데 때가됐는데 참인데 참이니까 거여서 예정이니까 예정이라 라고 려고 려는데 라니까 수있게 수있도록"),
    (Base.WITH_L, Mood.IF, "라면 라믄 라카면"),
    (Base.WITH_L, Mood.TOLD, "까봐 려나 지 는지 지도몰라 것같아 거같아 거같은데요 것같은데"),
    (Base.WITH_L, Mood.MODIFY, "- 때 때는 때쯤 때까지 만한 때마다 만할"),
    (Base.WITH_N, Mood.MODIFY, "- 채 채로 다음에 다음 뒤에 뒤 후에 후 지"),
    (Base.WITH_N, Mood.BECAUSE, "데 데요 것같으니까 것같아서 것같네요 거같네요 것같아요 거같은데 것같은데 거같으니까 거같아서 편이라 지라 탓에 느낌인데"),
    (Base.WITH_N, Mood.TOLD, "가 가요 지 거야 거지 건가 걸까 거니 거같아 것같아 거같네 것같네 거아냐 거아니야 지좀 거맞지 거맞제 거맞나 거맞아 거맞나요 거맞냐 거맞죠 거맞는지 거맞능교 거맞지예 듯 듯해 편이야 느낌이야"),
    (Base.WITH_N, Mood.HEARSAY, "다 다고 다더라 대 대요 다던데 다고했어"),
    (Base.WITH_B, Mood.DO, "시다 시데이"),
    (Base.WITH_B, Mood.TOLD, "니까 니다 디다 니까요"),
    (Base.PAST, Mood.TOLD, "어 어요 니 나 나요 냐 냐고 지 지요 죠 는지 는가 을까 을까요 던가 던가요 습니까 는거야 는거지 는건가 네 네요 는지좀 다 습니다 던데 지만 더라 더라고 더라고요 더만 드만 드라 는교 제 능가 는겨 는갑다 드나 더나 심더 심니꺼 습니꺼 슴까 을려나 으려나 을라나 나봐 나보네 는감 었어 었나 었니 음 구나 군 당가 능교 노 나이"),
    (Base.PAST, Mood.BECAUSE, "는데 으니까 으니 길래 더니 거든 는데도 잖아 을테니까 을텐데 으니깐 어서 으므로 는데요 었는데"),
    (Base.PAST, Mood.LINK, "다가"),
    (Base.PAST, Mood.IF, "으면 거든 다면 으면은 을때"),
    (Base.PAST, Mood.DO, "으면좋겠어 으면좋겠다 으면좋겠어요 으면좋겠네 으면좋겠는데 으면해 으면해요 으면하는데 음좋겠다 음좋겠어 음좋겠는데 음좋겠네 음해 으면싶어 으면싶은데"),
    (Base.PAST, Mood.MODIFY, "던 을"),
    (Base.PAST, Mood.HEARSAY, "대 대요 다더라 다던데 다고했어 다네 다고하던데 다고"),
)  # fmt: skip


@cache
def endings() -> dict[Base, dict[str, tuple[Mood, ...]]]:
    """Return the endings that may follow each base, with the moods they can express."""
    table: dict[Base, dict[str, list[Mood]]] = {base: {} for base in Base}

    def add(base: Base, ending: str, mood: Mood) -> None:
        moods = table[base].setdefault(ending, [])
        if mood not in moods:
            moods.append(mood)

    for base, mood, words in _ROWS:
        for word in words.split():
            add(base, "" if word == "-" else word, mood)
    for word in _give_forms():
        add(Base.INFINITIVE, word, Mood.DO)
    return {base: {ending: tuple(moods) for ending, moods in rows.items()} for base, rows in table.items()}


LONGEST_ENDING: Final = 14


def match(text: str, start: int, base: Base) -> Iterator[tuple[int, Mood]]:
    """Yield (end, mood) for every ending of `base` that stands in `text` at `start`."""
    table = endings()[base]
    for end in range(start, min(len(text), start + LONGEST_ENDING) + 1):
        for mood in table.get(text[start:end], ()):
            yield end, mood
