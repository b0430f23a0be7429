"""The mock KT GiGA Genie cloud: one server for the account API, push, the set-top box service and G-INSIDE."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Any, Final, override

from aiohttp import web

from ..clock import Clock
from ..cloud import ActionTable, MockCloud
from ..faults import HTTP_FAULTS, FaultBox
from ..home import HomeSpec
from ..http_faults import fault_middleware
from ..http_server import LoopbackServer
from .alerts import Alerts
from .answers import Answerer
from .api import PREFIX, AccountApi
from .auth import Accounts
from .control_house import HouseControl
from .control_knobs import KnobControl
from .devices import SET_TOP_BOX, SPEAKER, Devices
from .dialog import Dialog
from .endpoints import Endpoints, Parts
from .envelope import BODY_LIMIT, envelope_response
from .ginside import GinsideService
from .homeiot_desk import HomeIotDesk
from .identifiers import Identifiers
from .iptv import SetTopBoxDesk
from .media import MediaDesk, MusicLink
from .music import TRACKS, art
from .news import News
from .otp import OtpService
from .push import PushHub
from .skills import Skills
from .speaker_state import NO_MEDIA
from .speakers import SpeakerDesk
from .terminal import TerminalDesk
from .timers import TimerDesk
from .weather import Weather

FAULTS: Final = {
    **HTTP_FAULTS,
    "rate_limited": "answer a command with 429 and Retry-After of `retry_after` seconds (default 5)",
}


class GenieCloud(MockCloud):
    """KT's cloud for one home."""

    def __init__(self, home: HomeSpec, *, clock: Clock, seed: int, state: Mapping[str, Any] | None = None) -> None:
        """Load the home's `genie` section; `state` is an earlier `snapshot()`."""
        earlier = dict(state or {})
        self._clock = clock
        self._skew = timedelta()
        self._faults = FaultBox(clock, FAULTS)
        self._ids = Identifiers(seed, earlier.get("ids"))
        accounts = Accounts(clock, self._ids, earlier.get("accounts"))
        self._push = PushHub(clock, accounts, self.server_now, int(earlier.get("seq", 0)))
        self._parts = self._assemble(home, seed, accounts, earlier)
        self._ginside = GinsideService(self._ids, self.server_now, earlier.get("ginside"))
        parts = self._parts
        self._terminals = TerminalDesk(clock, self._ids, parts.devices, parts.dialog, parts.music_link)
        self._ginside.receive = self._terminals.receive
        knobs = KnobControl(parts, self._push, self._ginside, self._terminals, self._set_skew)
        self._actions = ActionTable(self._faults, [*HouseControl(parts).actions(), *knobs.actions()])
        self._server = LoopbackServer(self._application())
        self._started = False

    @property
    @override
    def name(self) -> str:
        """Return `genie`."""
        return "genie"

    @property
    @override
    def device_field(self) -> str:
        """Return `deviceId`."""
        return "deviceId"

    @property
    @override
    def faults(self) -> FaultBox:
        """Return the fault knobs."""
        return self._faults

    def server_now(self) -> datetime:
        """Return the time this cloud believes it is."""
        return self._clock.now() + self._skew

    @override
    async def start(self) -> None:
        """Open the server and let time work on the devices."""
        await self._server.start()
        await self._parts.skills.start()
        self._started = True
        self._parts.boxes.start()
        self._parts.timers.start()
        self._parts.homeiot.start()

    @override
    async def close(self) -> None:
        """Close everything; harmless when not started."""
        parts = self._parts
        for desk in (parts.homeiot, parts.timers, parts.boxes, parts.media, parts.speakers, parts.devices):
            desk.close()
        await self._push.close()
        await self._ginside.close()
        await parts.skills.close()
        if self._started:
            self._started = False
            await self._server.close()

    @override
    def connection(self) -> dict[str, Any]:
        """Return the addresses and keys of every service."""
        boxes = self._parts.devices.of(kind=SET_TOP_BOX)
        otp = self._parts.otp.credentials(boxes[0]) if boxes else {}
        url = self._server.url
        return {
            "base_url": f"{url}{PREFIX}",
            "pairing_token": self._parts.accounts.pairing_token,
            "otp_url": f"{url}/otp/v1",
            "otp_device_id": otp.get("DEVICE_ID"),
            "otp_password": otp.get("SVC_PW"),
            "ginside_url": f"{url.replace('http', 'ws', 1)}/ginside",
            "ginside_rest_url": url,
            "client_id": self._ginside.client_id,
            "client_key": self._ginside.client_key,
            "client_secret": self._ginside.client_secret,
        }

    @override
    def describe(self) -> dict[str, Any]:
        """Return the control actions and the state of every device."""
        return {
            "actions": self._actions.describe(),
            "state": {
                "devices": [self._parts.devices.shown(device) for device in self._parts.devices.of()],
                "faults": self._faults.active(),
                "push": {"seq": self._push.seq, "connections": self._push.connections, **self._push.faults.as_dict()},
                "skills": self._parts.skills.shown(),
                "music": self._parts.music_link.status(),
                "terminals": [
                    {"uuid": uuid, "connected": uuid in self._ginside.links, "volume": row.volume, "media": row.media}
                    | {"dssStatus": row.dss_status, "hardwareResults": row.hardware_results}
                    for uuid, row in self._ginside.terminals.items()
                ],
                "serverTime": self.server_now().isoformat(),
            },
        }

    @override
    async def control(self, action: str, data: dict[str, Any]) -> dict[str, Any]:
        """Act on the physical world or turn a knob; raise ControlError."""
        return await self._actions.run(action, data)

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return tokens, devices, skills and terminals."""
        return {
            "ids": self._ids.snapshot(),
            "accounts": self._parts.accounts.snapshot(),
            "seq": self._push.seq,
            "devices": self._parts.devices.snapshot(),
            "music": self._parts.music_link.snapshot(),
            "skills": self._parts.skills.snapshot(),
            "ginside": self._ginside.snapshot(),
        }

    def _assemble(self, home: HomeSpec, seed: int, accounts: Accounts, earlier: Mapping[str, Any]) -> Parts:
        clock, ids, push = self._clock, self._ids, self._push
        devices = Devices(home, clock, push, earlier.get("devices"))
        devices.media_base = lambda: self._server.url
        for speaker in devices.of(kind=SPEAKER):
            # Nothing plays or speaks across a restart.
            speaker.state.update(speaking=False, listening=False, media={**speaker.state["media"], **NO_MEDIA})
            speaker.memory["queue"] = []
        link = MusicLink(clock, ids, push, earlier.get("music"))
        link.base = lambda: self._server.url
        speakers = SpeakerDesk(clock, ids, devices, push)
        media = MediaDesk(clock, ids, devices, link)
        boxes = SetTopBoxDesk(seed, clock, devices)
        weather, news = Weather(ids), News(ids)
        answerer = Answerer(clock, weather, news, lambda: self._server.url)
        skills = Skills(ids, earlier.get("skills"))
        dialog = Dialog(
            clock,
            ids,
            push,
            devices,
            skills=skills,
            speakers=speakers,
            media=media,
            answerer=answerer,
            now=self.server_now,
        )
        api = AccountApi(clock, ids, accounts, self._faults)
        return Parts(
            seed=seed,
            clock=clock,
            accounts=accounts,
            devices=devices,
            homeiot=HomeIotDesk(clock, ids, devices),
            speakers=speakers,
            media=media,
            music_link=link,
            timers=TimerDesk(clock, ids, devices),
            boxes=boxes,
            otp=OtpService(seed, clock, ids, devices, boxes),
            weather=weather,
            news=news,
            answerer=answerer,
            alerts=Alerts(clock, ids, devices, push, speakers),
            skills=skills,
            dialog=dialog,
            api=api,
        )

    def _application(self) -> web.Application:
        parts = self._parts
        endpoints = Endpoints(parts)
        app = web.Application(
            middlewares=[fault_middleware(self._faults, _describe, _error)], client_max_size=BODY_LIMIT
        )
        app.on_response_prepare.append(self._date)
        app.add_routes(
            [
                *parts.api.routes(endpoints.rows(), endpoints.household_of),
                web.get(f"{PREFIX}/push", self._push.handle),
                web.post("/otp/v1/{call:.+}", parts.otp.handle),
                web.post("/v2/authorize", self._ginside.authorize),
                web.get("/v2/authorize/{uuid}", self._ginside.authorized),
                web.delete("/v2/authorize/{uuid}", self._ginside.authorized),
                web.get("/ginside", self._ginside.handle),
                web.get("/genie/art/{id}.svg", _art),
                web.get("/genie/media/{id}.wav", _silence),
                web.get("/genie/music/login", self._music_page),
                web.post("/genie/music/login", self._music_login),
            ]
        )
        return app

    async def _date(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Let every answer carry this cloud's own idea of the time."""
        response.headers["Date"] = format_datetime(self.server_now().astimezone(UTC), usegmt=True)

    def _set_skew(self, seconds: float) -> None:
        self._skew = timedelta(seconds=seconds)

    async def _music_page(self, request: web.Request) -> web.Response:
        """Show the page on which a person links the music account."""
        if request.query.get("state") != self._parts.music_link.state:
            return web.Response(status=403)
        state = escape(self._parts.music_link.state)
        return web.Response(
            text=f'<!DOCTYPE html><html lang="ko"><title>지니뮤직</title><body><h1>지니뮤직 (모의)</h1>'
            f'<form method="post"><input type="hidden" name="state" value="{state}">'
            "<button>연결</button></form></body></html>",
            content_type="text/html",
        )

    async def _music_login(self, request: web.Request) -> web.Response:
        """Link the music account, for whoever has the page's address."""
        form = await request.post()
        if form.get("state") != self._parts.music_link.state:
            return web.Response(status=403)
        self._parts.music_link.set(linked=True)
        return web.Response(text="연결되었습니다. 이 창을 닫아 주세요.")


def _describe(request: web.Request) -> dict[str, Any]:
    """Describe a request for the fault knobs: layer, path, method, device_id."""
    first = request.path.split("/")[1]
    layer = {"genie": "account", "otp": "otp", "v2": "ginside", "ginside": "ginside"}.get(first, first)
    if request.path == f"{PREFIX}/push":
        layer = "push"
    return {
        "layer": layer,
        "path": request.path,
        "method": request.method,
        "device_id": request.match_info.get("did"),
    }


def _error(status: int, code: str, message: str) -> web.Response:
    return envelope_response({"rc": status, "rcmsg": message, "error": code, "data": None, "trxId": "t-0"})


async def _art(request: web.Request) -> web.Response:
    """Serve the picture of a track."""
    track = TRACKS.get(request.match_info["id"])
    if track is None:
        return web.Response(status=404)
    return web.Response(text=art(track), content_type="image/svg+xml")


async def _silence(request: web.Request) -> web.Response:
    """Serve a second of silence in the place of music: 8 kHz, 8 bit, mono."""
    if request.match_info["id"] not in TRACKS:
        return web.Response(status=404)
    rate = 8000
    header = (
        b"RIFF"
        + (36 + rate).to_bytes(4, "little")
        + b"WAVEfmt "
        + b"".join(
            value.to_bytes(size, "little")
            for value, size in ((16, 4), (1, 2), (1, 2), (rate, 4), (rate, 4), (1, 2), (8, 2))
        )
        + b"data"
        + rate.to_bytes(4, "little")
    )
    return web.Response(body=header + b"\x80" * rate, content_type="audio/wav")
