"""When a run ends, steadily; that it ended, once."""

from datetime import datetime, timedelta

import pytest

from custom_components.dongju.model.device import Happening
from custom_components.dongju.vendors.thinq.device import ThinQDevice
from custom_components.dongju.vendors.thinq.finish import FinishTime, FinishTracker

from .profiles import NOW, device_of, number, read_words, value


def times(*readings: tuple[float, float | None, str]) -> list[datetime | None]:
    """Return the ends for `(minutes since the start, remaining, state)`."""
    clock = FinishTime()
    return [clock.update(NOW + timedelta(minutes=at), remaining, state) for at, remaining, state in readings]


def test_the_end_stands_still_while_minutes_tick() -> None:
    ends = times(*((at + 0.4, 45 - at, "running") for at in range(40)))
    assert set(ends) == {NOW + timedelta(minutes=45)}


def test_the_end_moves_when_the_appliance_changes_its_mind() -> None:
    ends = times((0, 45, "running"), (10, 50, "running"))
    assert ends == [NOW + timedelta(minutes=45), NOW + timedelta(minutes=60)]


@pytest.mark.parametrize("state", ["power_off", "initial", "end", "pause", "error", "sleep", "complete"])
def test_nothing_that_runs_has_no_end(state: str) -> None:
    assert times((0, 45, state)) == [None]


@pytest.mark.parametrize("remaining", [0, None, -3])
def test_no_time_left_has_no_end(remaining: float | None) -> None:
    assert times((0, remaining, "running")) == [None]


def finishes(*events: tuple[str, float | None] | str) -> int:
    """Return how often a run was reported finished; a bare "push" is a notification."""
    tracker = FinishTracker()
    count = 0
    for event in events:
        count += tracker.notified() if isinstance(event, str) else tracker.state(*event)
    return count


RUN = (("initial", 0), ("detecting", 60), ("running", 40), ("rinsing", 20), ("spinning", 1))


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((*RUN, ("end", 0)), 1),
        ((*RUN, ("end", 0), "push"), 1),
        ((*RUN, "push", ("end", 0)), 1),
        ((*RUN, "push", "push", ("end", 0), ("end", 0), "push"), 1),
        ((*RUN, ("end", 0), ("power_off", 0), "push"), 1),
        ((*RUN, ("end", 0), ("spinning", 1), ("end", 0)), 1),
        ((*RUN, ("end", 0), ("refreshing", 0), ("end", 0)), 1),
        ((*RUN, ("end", 0), *RUN, ("end", 0)), 2),
        ((*RUN, ("end", 0), ("power_off", 0), *RUN, ("end", 0), "push"), 2),
        ((*RUN, ("power_off", 0)), 1),
        ((("running", 40), ("power_off", 0)), 0),
        ((("running", 40), ("pause", 40), ("power_off", 0)), 0),
        ((("running", 40), ("pause", 40), ("running", 40), ("end", 0)), 1),
        ((("end", 0),), 0),
        ((("end", 0), "push"), 1),
        ((("power_off", 0), ("initial", 0)), 0),
        ((("cook", 2), ("cook", 0), ("cook_complete", 0), ("cook", 3), ("cook_complete", 0)), 2),
        (("push",), 1),
        (((None, None), ("running", 5), (None, 3), ("end", 0)), 1),
    ],
)
def test_a_run_finishes_once(events: tuple[tuple[str, float | None] | str, ...], expected: int) -> None:
    assert finishes(*events) == expected


def washer() -> ThinQDevice:
    return device_of(
        "WASHER",
        {
            "runState": {"currentState": read_words("INITIAL", "RUNNING", "END", "POWER_OFF")},
            "timer": {"remainHour": number(), "remainMinute": number()},
        },
        {"runState": {"currentState": "RUNNING"}, "timer": {"remainHour": 1, "remainMinute": 5}},
        top={"notification": {"push": ["WASHING_IS_COMPLETE"]}, "error": ["DOOR_OPEN_ERROR"]},
    )


def test_a_washer_has_an_end_and_finishes() -> None:
    device = washer()
    assert value(device, "remaining_time") == 65
    assert value(device, "finish_time") == NOW + timedelta(minutes=65)
    update = device.take(
        {"runState": {"currentState": "END"}, "timer": {"remainHour": 0, "remainMinute": 0}}, whole=False
    )
    assert [(key[2], happening.type) for key, happening in update.happenings] == [("finished", "finished")]
    assert update.values[device.device_id, "", "finish_time"] is None
    late = device.notify("WASHING_IS_COMPLETE")
    assert [(key[2], happening.type) for key, happening in late] == [("notification", "washing_is_complete")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("WASHING_IS_COMPLETE", {("notification", "washing_is_complete"), ("finished", "finished")}),
        ("DOOR_OPEN_ERROR", {("error", "door_open_error")}),
        ("NEVER_HEARD_OF", {("notification", "other")}),
    ],
)
def test_push_codes_become_happenings(code: str, expected: set[tuple[str, str]]) -> None:
    device = washer()
    happenings = device.notify(code)
    assert {(key[2], happening.type) for key, happening in happenings} == expected
    assert all(isinstance(happening, Happening) for _, happening in happenings)
    assert bool(device.unknown_values) is (code == "NEVER_HEARD_OF")
