"""The rows against the mock's own kinds: what is written is what is read back, and nothing is invented."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.dongju.model.device import Attribute, Value
from custom_components.dongju.model.errors import NotSupportedError
from custom_components.dongju.model.vocabulary import Kind
from custom_components.dongju.simulator.genie.devices import default_state
from custom_components.dongju.simulator.genie.homeiot_kinds import KINDS as MOCK_KINDS
from custom_components.dongju.vendors.genie.describe import home_iot_rows
from custom_components.dongju.vendors.genie.mapping import KINDS, encode
from custom_components.dongju.vendors.genie.media import KEY_CODES, box_call, box_rows, speaker_call, speaker_rows
from custom_components.dongju.vendors.genie.rows import moment, number, remaining_rows, same, words
from custom_components.dongju.vendors.genie.speech import MAX_SPEECH, split_speech


def described(kind: str) -> dict[str, Attribute]:
    state = default_state(kind)
    return {str(row.attr): row.describe(state) for row in KINDS[kind].rows}


def examples(attribute: Attribute) -> list[Value]:
    """Return values that may be written."""
    match attribute.kind:
        case Kind.BOOLEAN:
            return [True, False]
        case Kind.NUMBER:
            return [attribute.minimum, attribute.maximum]
        case _:
            return list(attribute.write_options)


WRITABLE = [
    (kind, key, value)
    for kind in KINDS
    for key, attribute in described(kind).items()
    if attribute.writable and attribute.kind is not Kind.COMMAND
    for value in examples(attribute)
    # Opening gas is never sent: the safety rules refuse it.
    if (kind, key, value) != ("gas_valve", "open", True)
]


def test_every_kind_of_the_mock_has_rows() -> None:
    assert set(KINDS) == set(MOCK_KINDS)


@pytest.mark.parametrize(("kind", "key", "value"), WRITABLE)
def test_what_is_written_is_a_command_the_device_knows(kind: str, key: str, value: Value) -> None:
    state = default_state(kind)
    for command, args in encode(kind, {key: value}):
        checked = MOCK_KINDS[kind].arguments(command, args, state)
        if command == "set":
            # What `set` takes is in the state under the same name: reading it gives the value written.
            row = next(row for row in KINDS[kind].rows if row.attr == key)
            assert row.value({**state, **checked}) == value


@pytest.mark.parametrize("kind", KINDS)
def test_every_option_is_one_of_the_devices(kind: str) -> None:
    for key, attribute in described(kind).items():
        if attribute.kind is Kind.COMMAND:
            for option in attribute.write_options:
                for command, args in encode(kind, {key: option}):
                    MOCK_KINDS[kind].arguments(command, args, default_state(kind))


def test_several_values_are_one_command() -> None:
    assert encode("boiler", {"on_off": True, "mode": "hot_water", "target_temperature": 23.0}) == [
        ("set", {"on": True, "mode": "hotwater", "targetC": 23})
    ]


def test_what_a_kind_cannot_be_told() -> None:
    for kind, key in (("motion", "motion"), ("nonsense", "on_off"), ("light", "volume")):
        with pytest.raises(NotSupportedError):
            encode(kind, {key: True})


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("kind", [*KINDS, "unheard_of"])
@given(data=st.data())
def test_no_state_breaks_the_reading(kind: str, data: st.DataObject) -> None:
    keys = list(default_state(kind)) if kind in KINDS else ["a", "bC", "b.c", "", "한글"]
    state: dict[str, Any] = data.draw(st.fixed_dictionaries(dict.fromkeys(keys, json_values)))
    _type, rows = home_iot_rows(kind, state)
    for row in rows:
        row.describe(state)
        value: object = row.value(state)
        assert not isinstance(value, dict | list)


def test_readers() -> None:
    assert moment("2026-07-01T09:00:00") is None
    assert moment("soon") is None
    assert moment(3) is None
    assert number(True) is None
    assert number("3") is None
    assert same(float("inf")) is None
    assert words({"a": "b"})("A") == "a"
    assert words({"a": "b"})(None) is None


def test_remaining_values_of_a_state() -> None:
    rows = remaining_rows({"targetC": 1, "Xy-z": "t", "a.b": 1, "--": 2, "x": [1]}, KINDS["boiler"].rows)
    assert {row.attr: row.path for row in rows} == {"xy_z": "Xy-z"}


def test_the_earliest_timer_counts() -> None:
    timers = [
        {"kind": "timer", "fireAt": "2026-07-01T10:00:00+09:00"},
        {"kind": "timer", "fireAt": "2026-07-01T00:30:00+00:00"},
        {"kind": "alarm", "fireAt": "nonsense"},
        "nonsense",
    ]
    rows = {row.attr: row for row in speaker_rows({"wakeWords": ["지니야"]}, ())}
    earliest = rows["next_timer"].value({"timers": timers})
    assert earliest == moment("2026-07-01T00:30:00+00:00")
    assert rows["next_alarm"].value({"timers": timers}) is None
    assert rows["next_alarm"].value({"timers": 3}) is None


def test_every_key_of_the_remote_has_its_code() -> None:
    assert box_call("b", "key", "ok")[1]["args"] == {"keyCode": 10}
    assert len(set(KEY_CODES.values())) == len(KEY_CODES)


def test_what_speakers_and_boxes_cannot_be_told() -> None:
    for call in (speaker_call, box_call):
        with pytest.raises(NotSupportedError):
            call("x", "position", 3)
    with pytest.raises(NotSupportedError):
        box_call("x", "media", "track:1")


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("track:t-1", {"act": "play", "trackId": "t-1"}),
        ("playlist:pl-top", {"act": "play", "playlistId": "pl-top"}),
        ("query:밤: 편지", {"act": "play", "query": "밤: 편지"}),
        ("밤: 편지", {"act": "play", "query": "밤: 편지"}),
        ("track:", {"act": "play", "query": "track:"}),
    ],
)
def test_what_to_play(media: str, body: dict[str, Any]) -> None:
    assert speaker_call("sp", "media", media) == ("speakers/sp/media", body)


def test_box_rows_know_the_apps() -> None:
    (row,) = [row for row in box_rows(("netflix",)) if row.attr == "app"]
    assert row.options == ("netflix",)


def test_a_text_is_cut_at_sentence_ends() -> None:
    first, second = "가" * 600 + ".", "나" * 600 + "!"
    assert split_speech(f"{first} {second} 끝.") == [first, f"{second} 끝."]


def test_a_text_that_ends_exactly_at_the_limit_stays_whole() -> None:
    sentence = "가" * (MAX_SPEECH - 1) + "."
    assert split_speech(f"{sentence} 나.") == [sentence, "나."]


def test_without_sentences_it_is_cut_at_spaces_and_else_anywhere() -> None:
    words_only = " ".join(["단어"] * 600)
    pieces = split_speech(words_only)
    assert " ".join(pieces) == words_only
    assert split_speech("가" * 2500) == ["가" * 1024, "가" * 1024, "가" * 452]
    assert split_speech("  ") == []


@given(st.text(alphabet="가나. ?!\n。", max_size=400), st.integers(min_value=1, max_value=30))
def test_no_piece_is_too_long_and_no_letter_is_lost(text: str, limit: int) -> None:
    pieces = split_speech(text, limit)
    assert all(0 < len(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
