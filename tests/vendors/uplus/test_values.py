"""Strings of the dialect as values, and back."""

from datetime import UTC, datetime

from hypothesis import given, strategies as st
import pytest

from custom_components.dongju.model.errors import UnsafeError
from custom_components.dongju.model.vocabulary import Kind
from custom_components.dongju.vendors.uplus import values


def test_flags() -> None:
    assert values.flag("Y") is True
    assert values.flag("N") is False
    assert (values.write_flag(True), values.write_flag(False)) == ("Y", "N")


@pytest.mark.parametrize("text", ["", "y", "1", "true", "YES"])
def test_what_is_no_flag(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        values.flag(text)


@pytest.mark.parametrize(("text", "degrees"), [("215", 21.5), ("220", 22), ("-5", -0.5), ("0", 0)])
def test_tenths_of_a_degree(text: str, degrees: float) -> None:
    assert values.number(-50, 100, 10)(text) == degrees
    assert values.write_number(10)(degrees) == text


@pytest.mark.parametrize(
    "text", ["", "21.5", "1_0", "+5", " 5", "\uff15", "9999", "-600", "1e2", "NaN", "0x10", "9" * 40]
)
def test_what_cannot_be_a_temperature(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        values.number(-50, 100, 10)(text)


def test_times_are_korean() -> None:
    moment = values.moment("20260701090000")
    assert moment == datetime(2026, 7, 1, 0, 0, tzinfo=UTC)
    assert moment.utcoffset() is not None
    assert values.moment("") is None


@pytest.mark.parametrize("text", ["2026070109", "20260701250000", "00000000000000", "2026-07-01 09:00"])
def test_what_is_no_time(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        values.moment(text)


def test_words() -> None:
    table = {"H": "heat", "A": "away"}
    assert values.word(table)("A") == "away"
    assert values.write_word(table)("away") == "A"
    with pytest.raises(ValueError, match="X"):
        values.word(table)("X")


@pytest.mark.parametrize("value", [True, None, 1, "open"])
def test_what_is_only_ever_closed(value: object) -> None:
    with pytest.raises(UnsafeError):
        values.write_closed(value)  # type: ignore[arg-type]
    assert values.write_closed(False) == "N"


def test_a_number_has_to_be_one() -> None:
    with pytest.raises(TypeError):
        values.write_number()("loud")


@pytest.mark.parametrize(
    ("text", "kind"), [("Y", Kind.BOOLEAN), ("-61", Kind.NUMBER), ("", Kind.TEXT), ("AUTO", Kind.TEXT)]
)
def test_guesses(text: str, kind: Kind) -> None:
    assert values.kind_of(text) is kind
    values.GUESSED[kind](text)


@given(st.text())
def test_every_text_can_be_read_as_what_it_is_guessed_to_be(text: str) -> None:
    assert values.GUESSED[values.kind_of(text)](text) is not None
