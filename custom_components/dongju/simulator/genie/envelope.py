"""The reply envelope of the account API, its error codes, and reading request bodies."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
import json
from typing import Any, Final

from aiohttp import web

from ..clock import SEOUL

type JsonDict = dict[str, Any]

BODY_LIMIT: Final = 64 * 1024


class GenieError(Exception):
    """A refusal: `rc` is its code (and its HTTP status from 400 on), `error` its name, `data` its details."""

    def __init__(
        self,
        rc: int,
        error: str,
        message: str = "",
        *,
        data: JsonDict | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{rc} {error} {message}".strip())
        self.rc = rc
        self.error = error
        self.message = message or error
        self.data = data
        self.headers = dict(headers or {})

    def body(self) -> JsonDict:
        """Return the envelope of the refusal, without its transaction id."""
        return {"rc": self.rc, "rcmsg": self.message, "error": self.error, "data": self.data}


def bad_parameter(message: str) -> GenieError:
    """Return the error for a request that makes no sense."""
    return GenieError(HTTPStatus.BAD_REQUEST, "BAD_PARAMETER", message)


def not_found(what: str) -> GenieError:
    """Return the error for something that is not there."""
    return GenieError(HTTPStatus.NOT_FOUND, "NOT_FOUND", f"{what} not found")


def out_of_range(name: str, minimum: float, maximum: float) -> GenieError:
    """Return the error for a value outside its limits, which it names."""
    return GenieError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "OUT_OF_RANGE",
        f"{name} must be within {minimum} and {maximum}",
        data={"name": name, "min": minimum, "max": maximum},
    )


def unsupported(message: str, **data: Any) -> GenieError:
    """Return the error for what this device cannot do."""
    return GenieError(HTTPStatus.UNPROCESSABLE_ENTITY, "UNSUPPORTED", message, data=data or None)


def success(data: Any, rc: int = 200) -> JsonDict:
    """Return the envelope of an answer, without its transaction id."""
    return {"rc": rc, "rcmsg": "ACCEPTED" if rc == HTTPStatus.ACCEPTED else "OK", "data": data}


def envelope_response(body: JsonDict, headers: Mapping[str, str] | None = None) -> web.Response:
    """Return the HTTP answer of an envelope; its status is the `rc` where that is an HTTP error, else 200."""
    rc = int(body["rc"])
    status = rc if HTTPStatus.BAD_REQUEST <= rc < 600 else HTTPStatus.OK
    return web.json_response(body, status=status, headers=headers, dumps=dump)


def dump(value: Any) -> str:
    """Return JSON text with Hangul as it is."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


async def read_object(request: web.Request) -> JsonDict:
    """Return the JSON object of a request, an empty one where there is no body; raise BAD_PARAMETER."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except ValueError as err:
        raise bad_parameter("the body is not JSON") from err
    if not isinstance(body, dict):
        raise bad_parameter("the body is not an object")
    return body


def text_of(body: Mapping[str, Any], name: str, *, limit: int = 1024, required: bool = True) -> str:
    """Return a text argument, stripped; raise BAD_PARAMETER when it is missing, too long or no text."""
    value = body.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or (required and not value.strip()):
        raise bad_parameter(f"{name} is required")
    if len(value) > limit:
        raise bad_parameter(f"{name} is longer than {limit} characters")
    return value.strip()


def digits(moment: datetime) -> str:
    """Return a Korean local time as `yyyyMMddHHmmss`."""
    return moment.astimezone(SEOUL).strftime("%Y%m%d%H%M%S")


def stamp(moment: datetime) -> str:
    """Return KT's 17-digit local timestamp, `yyyyMMddHHmmssSSS`."""
    local = moment.astimezone(SEOUL)
    return f"{local:%Y%m%d%H%M%S}{local.microsecond // 1000:03d}"


def parse_stamp(text: str) -> datetime | None:
    """Return the moment of a 17-digit timestamp, or None."""
    if len(text) != 17 or not text.isdecimal():
        return None
    try:
        base = datetime.strptime(text[:14], "%Y%m%d%H%M%S").replace(tzinfo=SEOUL)
    except ValueError:
        return None
    return base + timedelta(milliseconds=int(text[14:]))


def parse_moment(text: str) -> datetime:
    """Return the moment of an ISO 8601 text or a 14-digit local time; raise BAD_PARAMETER."""
    try:
        if len(text) == 14 and text.isdecimal():
            return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=SEOUL)
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise bad_parameter(f"not a time: {text[:40]}") from err
    return moment.replace(tzinfo=SEOUL) if moment.tzinfo is None else moment


def iso(moment: datetime) -> str:
    """Return a moment as ISO 8601 in Korean time with milliseconds."""
    return moment.astimezone(SEOUL).isoformat(timespec="milliseconds")
