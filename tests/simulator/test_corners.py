"""Rare profiles and rare snapshots of the mock ThinQ cloud."""

from typing import Any

import pytest

from custom_components.dongju.simulator.thinq.kept import replace_tree
from custom_components.dongju.simulator.thinq.profile import check_written
from custom_components.dongju.simulator.thinq.refusal import ControlRefused

RANGE = {"min": 10, "max": 20, "step": 2, "except": [14]}


def described(kind: str | None, allowed: Any = None) -> dict[str, Any]:
    """Return the description of a property that is written."""
    value = {} if allowed is None else {"value": {"w": allowed}}
    return {"mode": ["w"], **({} if kind is None else {"type": kind}), **value}


@pytest.mark.parametrize(
    ("descriptor", "value"),
    [
        (described("schedule"), None),
        (described("schedule"), ["a", "b"]),
        (described("schedule", ["a", "b"]), ["b", "a"]),
        (described("number", "anything"), 3),
        (described(None, RANGE), 12),
        (described("range", {"max": 20}), 0.3),
        (described("range", {"max": 20, "step": 5}), 15),
        (described("range", {"min": 10, "step": 0}), 10.3),
    ],
)
def test_what_a_rare_profile_allows(descriptor: dict[str, Any], value: Any) -> None:
    check_written("rare", descriptor, value)


@pytest.mark.parametrize(
    ("descriptor", "value"),
    [
        (described("schedule"), {"a": 1}),
        (described("schedule", ["a", "b"]), ["a", "c"]),
        (described("number", "anything"), "3"),
        (described(None, RANGE), "12"),
        (described(None, RANGE), True),
        (described(None, RANGE), 14),
        (described(None, RANGE), 13),
        (described("range", {"max": 20, "step": 5}), 12),
        (described("boolean", [True, False]), 1),
        ("constant", 1),
    ],
)
def test_what_a_rare_profile_refuses(descriptor: Any, value: Any) -> None:
    with pytest.raises(ControlRefused):
        check_written("rare", descriptor, value)


def test_a_kept_tree_takes_the_place_of_another_without_moving() -> None:
    inner = {"a": 1, "gone": 2}
    rows = [1, {"b": 1}]
    node: dict[str, Any] = {"inner": inner, "rows": rows, "gone": {}}
    assert replace_tree(node, {"inner": {"a": 3}, "rows": [2, {"b": 2}], "new": [1]})
    assert node == {"inner": {"a": 3}, "rows": [2, {"b": 2}], "new": [1]}
    assert node["inner"] is inner
    assert node["rows"] is rows


@pytest.mark.parametrize(("node", "kept"), [({}, []), ([1], [1, 2]), ("text", "text"), ({}, None)])
def test_a_kept_tree_of_another_shape_changes_nothing(node: Any, kept: Any) -> None:
    before = repr(node)
    assert not replace_tree(node, kept)
    assert repr(node) == before
