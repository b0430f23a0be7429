"""Lists, the good and the odd, made sense of."""

from typing import Any

from hypothesis import given, strategies as st
import pytest

from custom_components.dongju.model.errors import UnexpectedAnswerError
from custom_components.dongju.vendors.uplus.listing import parse

ROW: dict[str, Any] = {
    "deviceSn": "S1",
    "modelCd": "UIOT-L01",
    "typeCd": "L01",
    "nickNm": "조명",
    "roomNm": "서재",
    "connYn": "Y",
    "statusList": [{"code": "PWR", "val": "Y"}, {"code": "BRT", "val": "40"}],
}

SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["deviceSn", "typeCd", "statusList", "code", "val", "nickNm", "connYn"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


def listed(*items: Any, **body: Any) -> Any:
    return parse({"items": list(items), **body})


def test_a_row() -> None:
    listing = listed(ROW, totalCnt="1", respDt="20260701090000", tokenExpDt="20260731090000")
    (device,) = listing.devices
    assert (device.serial, device.type, device.name, device.room) == ("S1", "L01", "조명", "서재")
    assert device.model == "UIOT-L01"
    assert device.online
    assert device.status == {"PWR": "Y", "BRT": "40"}
    assert listing.whole
    assert listing.malformed == 0
    assert (listing.token_expires - listing.answered).days == 30


@pytest.mark.parametrize("items", [None, {}, "items", 5])
def test_no_list_at_all(items: Any) -> None:
    with pytest.raises(UnexpectedAnswerError):
        parse({"items": items})


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "row",
        [],
        {},
        {**ROW, "deviceSn": None},
        {**ROW, "deviceSn": ""},
        {**ROW, "deviceSn": 7},
        {**ROW, "typeCd": None},
        {**ROW, "statusList": None},
        {**ROW, "statusList": {"PWR": "Y"}},
    ],
)
def test_a_row_that_makes_no_sense_harms_no_other(odd: Any) -> None:
    listing = listed(odd, {**ROW, "deviceSn": "S2"})
    assert [device.serial for device in listing.devices] == ["S2"]
    assert (listing.malformed, listing.whole) == (1, False)


def test_a_count_that_does_not_fit_is_no_whole_list() -> None:
    assert not listed(ROW, totalCnt="2").whole
    assert listed(ROW, totalCnt=1).whole
    assert listed(ROW).whole


def test_status_rows_that_make_no_sense_are_left_out() -> None:
    rows: list[Any] = [None, {}, {"code": 5, "val": "Y"}, {"code": "", "val": "Y"}, {"code": "A", "val": None}]
    rows += [{"code": "B", "val": True}, {"code": "C", "val": ["Y"]}, {"code": "D", "val": 40}]
    (device,) = listed({**ROW, "statusList": rows}).devices
    assert device.status == {"D": "40"}


def test_texts_that_are_missing() -> None:
    (device,) = listed({"deviceSn": "S1", "typeCd": "L01", "nickNm": " ", "roomNm": 5, "statusList": []}).devices
    assert (device.name, device.room, device.model, device.online) == ("S1", None, None, True)


def test_a_code_with_two_values_is_in_doubt() -> None:
    rows = [*ROW["statusList"], {"code": "PWR", "val": "N"}, {"code": "BRT", "val": "40"}]
    (device,) = listed({**ROW, "statusList": rows}).devices
    assert device.doubtful == {"PWR"}


def test_two_rows_of_one_device_that_agree() -> None:
    more = {**ROW, "statusList": [{"code": "PWR", "val": "Y"}, {"code": "RSSI", "val": "-61"}]}
    listing = listed(ROW, more)
    (device,) = listing.devices
    assert device.status == {"PWR": "Y", "BRT": "40", "RSSI": "-61"}
    assert device.doubtful == frozenset()
    assert listing.whole


def test_two_rows_of_one_device_that_do_not() -> None:
    (device,) = listed(ROW, {**ROW, "connYn": "N", "statusList": [{"code": "BRT", "val": "90"}]}).devices
    assert device.doubtful == {"BRT"}
    assert not device.online


def test_one_serial_number_of_two_types() -> None:
    listing = listed(ROW, {**ROW, "typeCd": "P01"}, {**ROW, "deviceSn": "S2"})
    assert [device.serial for device in listing.devices] == ["S2"]
    assert (listing.malformed, listing.whole) == (1, False)


def test_times_that_are_none() -> None:
    listing = listed(ROW, respDt=5, tokenExpDt="soon")
    assert (listing.answered, listing.token_expires) == (None, None)


def test_what_is_kept_can_be_read_again() -> None:
    (device,) = listed(ROW).devices
    assert listed(device.as_item()).devices == (device,)


@given(st.lists(ANYTHING, max_size=4))
def test_no_list_makes_it_fail(items: list[Any]) -> None:
    listing = parse({"items": items})
    assert len(listing.devices) + listing.malformed <= len(items)
