"""Spoken answers and their particles."""

import re

import pytest

from custom_components.dongju.voice.josa import josa
from custom_components.dongju.voice.reply import REPLIES, reply


@pytest.mark.parametrize(
    ("word", "pair", "said"),
    [
        ("세탁기", "을/를", "세탁기를"),
        ("에어컨", "을/를", "에어컨을"),
        ("냉장고", "이/가", "냉장고가"),
        ("TV", "을/를", "TV를"),
        ("KBS2", "을/를", "KBS2를"),
        ("KBS1", "을/를", "KBS1을"),
        ("U+", "을/를", "U+를"),
        ("50%", "으로/로", "50%로"),
        ("24°C", "으로/로", "24°C로"),
        ("11", "으로/로", "11로"),
        ("13", "으로/로", "13으로"),
        ("10", "은/는", "10은"),
        ("20", "이/가", "20이"),
        ("2", "이/가", "2가"),
        ("MBN", "으로/로", "MBN으로"),
        ("YTN", "을/를", "YTN을"),
        ("HTML", "으로/로", "HTML로"),
        ("SBS", "이/가", "SBS가"),
        ("거실", "으로/로", "거실로"),
        ("침실 불", "을/를", "침실 불을"),
        ("주방", "으로/로", "주방으로"),
        ("Netflix", "을/를", "Netflix를"),
        ("Book", "을/를", "Book을"),
        ("거실 (1층)", "을/를", "거실 (1층)을"),
        ("", "을/를", "를"),
    ],
)
def test_josa(word: str, pair: str, said: str) -> None:
    assert josa(word, pair) == said


def test_replies_in_both_languages() -> None:
    assert reply("turn_on", "ko", device="에어컨") == "에어컨을 켰어요."
    assert reply("turn_on", "ko-KR", device="TV") == "TV를 켰어요."
    assert reply("turn_on", "en", device="fan") == "Turned on the fan."
    assert (
        reply("out_of_range_degrees", "ko", device="냉장고", low=1, high=7)
        == "냉장고는 1도부터 7도까지만 맞출 수 있어요."
    )


@pytest.mark.parametrize("key", sorted(REPLIES))
def test_every_reply_fills_in(key: str) -> None:
    korean, english = REPLIES[key]
    names = set(re.findall(r"\{(\w+)", korean + english))
    for language, template in (("ko", korean), ("en", english)):
        text = reply(key, language, **dict.fromkeys(names, "7"))
        assert "{" not in text
        assert "|" not in text
        assert text.endswith((".", "?")), template
    assert not re.search(r"습니다|십시오", korean), "spoken replies are 해요체"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        reply("turn_on", "ko")
