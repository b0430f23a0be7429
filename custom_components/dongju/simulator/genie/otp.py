"""The remote-control service of the set-top box, `/otp/v1`, in its documented shapes."""

from collections.abc import Callable, Mapping
from datetime import datetime
import hmac
from typing import Any, Final

from aiohttp import web

from ..clock import SEOUL, Clock
from .channels import CHANNELS, Genre
from .devices import SET_TOP_BOX, Devices, GenieDevice
from .envelope import GenieError, JsonDict, digits, dump, read_object
from .identifiers import Identifiers
from .iptv import SetTopBoxDesk
from .programmes import current, day

SERVICE: Final = "OTP"
OK: Final = "000"
# KT's codes other than "000" are not published; these are ours.
LOGIN_FAILED: Final = "102"
BAD_REQUEST: Final = "200"
NO_DATA: Final = "300"

type Row = JsonDict | list[JsonDict]


class OtpError(Exception):
    """A refusal: `code` and a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class OtpService:
    """Answer the calls of one household's set-top boxes."""

    def __init__(self, seed: int, clock: Clock, ids: Identifiers, devices: Devices, desk: SetTopBoxDesk) -> None:
        self._seed = seed
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._desk = desk
        self._calls: Mapping[str, Callable[[GenieDevice, JsonDict], Row | None]] = {
            "etc/datetime": lambda _box, _body: {"DATETIME": digits(clock.now())},
            "rmt/getCurrentState": self._current_state,
            "rmt/inputButton": self._input_button,
            "rmt/getMuteState": lambda box, _body: {"STATE": "1" if box.state["muted"] else "0"},
            "rmt/changeChannel": self._change_channel,
            "epg/list": self._list,
            "epg/getMyChannel": self._my_channels,
            "epg/detail": self._detail,
            "srch/epg": self._search,
        }

    def credentials(self, box: GenieDevice) -> JsonDict:
        """Return what a remote control signs its calls with."""
        return {
            "DEVICE_ID": f"OTP{self._ids.fixed(f'otp-id:{box.id}')[:12].upper()}",
            "SVC_ID": SERVICE,
            "SVC_PW": self._ids.fixed(f"otp-password:{box.id}")[:16],
        }

    async def handle(self, request: web.Request) -> web.Response:
        """Serve one call; an answer is always HTTP 200, the code in `STATUS` tells."""
        try:
            body = await read_object(request)
            call = self._calls.get(request.match_info["call"])
            if call is None:
                return web.Response(status=404)
            data = call(self._box(body), body)
        except OtpError as err:
            return _answer(err.code, err.message, None)
        except GenieError as err:
            return _answer(BAD_REQUEST, err.message, None)
        return _answer(OK, "OK", data)

    def _box(self, body: Mapping[str, Any]) -> GenieDevice:
        for box in self._devices.of(kind=SET_TOP_BOX):
            known = self.credentials(box)
            if all(hmac.compare_digest(str(body.get(key, "")).encode(), str(known[key]).encode()) for key in known):
                return box
        raise OtpError(LOGIN_FAILED, "LOGIN FAIL")

    def _current_state(self, box: GenieDevice, _body: JsonDict) -> JsonDict:
        state: JsonDict = {"STB_STATE": box.state["stbState"] if box.online else "0"}
        blank = dict.fromkeys(("CHNL_NO", "CHNL_NM", "PRGM_ID", "PRGM_NM", "STRT_TM", "FIN_TM"), "")
        if state["STB_STATE"] != "2":
            return {**blank, **state}
        channel = self._desk.channel(box.state["channelNumber"])
        row = current(self._seed, channel, self._clock.now()).as_row(channel)
        row.pop("GENRE_ID")
        return {**row, **state}

    def _input_button(self, box: GenieDevice, body: JsonDict) -> None:
        key = _number(body, "KEY_CD")
        if box.online:
            self._desk.press(box, key)

    def _change_channel(self, box: GenieDevice, body: JsonDict) -> None:
        number = _number(body, "CH_NO")
        if str(body.get("TYPE")) != "0":
            raise OtpError(BAD_REQUEST, "TYPE")
        if box.online and box.state["on"]:
            self._desk.tune(box, number)

    def _list(self, _box: GenieDevice, body: JsonDict) -> list[JsonDict]:
        genre = _number(body, "GENRE_ID")
        if genre not in {int(known) for known in Genre}:
            raise OtpError(BAD_REQUEST, "GENRE_ID")
        text = str(body.get("SRCH_DATE") or digits(self._clock.now()))[:8]
        try:
            on = datetime.strptime(text, "%Y%m%d").replace(tzinfo=SEOUL).date()
        except ValueError as err:
            raise OtpError(BAD_REQUEST, "SRCH_DATE") from err
        return [
            programme.as_row(channel)
            for channel in CHANNELS
            if genre in {Genre.ALL, channel.genre}
            for programme in day(self._seed, channel, on)
        ]

    def _my_channels(self, box: GenieDevice, _body: JsonDict) -> list[JsonDict]:
        now = self._clock.now()
        mine = [self._desk.channel(number) for number in box.state["favourites"]]
        return [current(self._seed, channel, now).as_row(channel) for channel in mine]

    def _detail(self, _box: GenieDevice, body: JsonDict) -> list[JsonDict]:
        channel = self._desk.channel(_number(body, "CH_NO"))
        return [row.as_row(channel) for row in day(self._seed, channel, self._clock.now().date())]

    def _search(self, _box: GenieDevice, body: JsonDict) -> list[JsonDict]:
        word = str(body.get("SRCH_WORD") or "").strip()
        if not word:
            raise OtpError(BAD_REQUEST, "SRCH_WORD")
        now = self._clock.now()
        found = [
            row.as_row(channel)
            for channel in CHANNELS
            for row in day(self._seed, channel, now.date())
            if row.end > now and (word in row.title or word in channel.name)
        ]
        if not found:
            raise OtpError(NO_DATA, "NO DATA")
        return found


def _number(body: Mapping[str, Any], name: str) -> int:
    text = str(body.get(name, ""))
    if not text.isdecimal():
        raise OtpError(BAD_REQUEST, name)
    return int(text)


def _answer(code: str, message: str, data: Row | None) -> web.Response:
    body: JsonDict = {"STATUS": {"CODE": code, "MESSAGE": message}, "DATA": data}
    return web.json_response(body, dumps=dump)
