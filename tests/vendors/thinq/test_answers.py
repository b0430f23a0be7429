"""Every form of answer that was seen, and what it means."""

import json
from typing import Any

import pytest

from custom_components.dongju.model.errors import (
    AuthError,
    HubError,
    NotSupportedError,
    RateLimitedError,
    ServerError,
    UnexpectedAnswerError,
)
from custom_components.dongju.vendors.thinq.errors import ApiError, hub_error, parse_answer

HTML = b"<html><body>502</body></html>"


def envelope(**content: Any) -> bytes:
    return json.dumps({"messageId": "m", "timestamp": "t", **content}).encode()


@pytest.mark.parametrize("response", [{}, [], {"a": 1}, [1], None, "text"])
def test_a_response_is_returned(response: Any) -> None:
    assert parse_answer(200, envelope(response=response)) == response


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (401, b"", AuthError),
        (401, b"  \n", AuthError),
        (401, HTML, UnexpectedAnswerError),
        (403, b"", UnexpectedAnswerError),
        (404, b"", UnexpectedAnswerError),
        (406, b"", NotSupportedError),
        (200, b"", UnexpectedAnswerError),
        (302, b"", UnexpectedAnswerError),
        (500, b"", ServerError),
        (503, HTML, ServerError),
        (502, envelope(message="no error"), ServerError),
        (200, HTML, UnexpectedAnswerError),
        (200, b'{"response": {"a', UnexpectedAnswerError),
        (200, b"\xff\xfe\xfa", UnexpectedAnswerError),
        (200, b"[" * 100_000, UnexpectedAnswerError),
        (200, b"[]", UnexpectedAnswerError),
        (200, b'"text"', UnexpectedAnswerError),
        (200, envelope(), UnexpectedAnswerError),
        (400, envelope(), UnexpectedAnswerError),
        (400, envelope(error="text"), UnexpectedAnswerError),
        (400, envelope(error={"message": "no code"}), UnexpectedAnswerError),
        (429, b"", RateLimitedError),
        (429, HTML, RateLimitedError),
    ],
)
def test_odd_answers_have_a_meaning(status: int, body: bytes, error: type[HubError]) -> None:
    with pytest.raises(error):
        parse_answer(status, body)


@pytest.mark.parametrize(("header", "seconds"), [("30", 30), ("-5", 0), ("soon", 0), (None, 0), ("1.5", 1.5)])
def test_the_pause_a_server_asks_for(header: str | None, seconds: float) -> None:
    with pytest.raises(RateLimitedError) as limited:
        parse_answer(429, b"", header)
    assert limited.value.retry_after == seconds


@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_an_error_envelope_counts_whatever_the_status(status: int) -> None:
    with pytest.raises(ApiError) as raised:
        parse_answer(status, envelope(error={"code": 1314, "message": "Exceeded User API calls"}))
    assert isinstance(hub_error(raised.value, status), RateLimitedError)


def test_a_401_alone_is_no_bad_token() -> None:
    assert not isinstance(hub_error(ApiError("9999", ""), 401), AuthError)
    assert isinstance(hub_error(ApiError("1103", ""), 400), AuthError)
