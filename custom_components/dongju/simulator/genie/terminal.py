"""What the server does with a G-INSIDE terminal's messages: text queries, media, volume, timers. No sound."""

from collections.abc import Awaitable, Callable, Mapping
import re
from typing import Any, Final

from ..clock import Clock
from .devices import Devices
from .dialog import Dialog, Heard
from .envelope import JsonDict
from .ginside import BAD_PARAMETER, Link
from .ginside_wire import FromDevice, ToDevice
from .identifiers import Identifiers
from .media import MusicLink
from .music import TRACKS, Track

TTS_CHANNEL: Final = 0
MEDIA_CHANNEL: Final = 101
NOTI_MS: Final = 30_000
NOT_SERVED: Final = 500
_TIMER: Final = re.compile(r"(\d+)\s*(초|분|시간)\s*(?:뒤|후|타이머|동안)?.*(?:타이머|알려|재 ?줘|맞춰|깨워)")
_UNIT_S: Final[Mapping[str, int]] = {"초": 1, "분": 60, "시간": 3600}
_VOLUME: Final = re.compile(r"(?:볼륨|소리|음량).*?(키워|올려|크게|줄여|낮춰|작게)")
_LOUDER: Final = ("키워", "올려", "크게")


class TerminalDesk:
    """Answer terminals."""

    def __init__(self, clock: Clock, ids: Identifiers, devices: Devices, dialog: Dialog, music_link: MusicLink) -> None:
        self._clock = clock
        self._ids = ids
        self._devices = devices
        self._dialog = dialog
        self._music_link = music_link
        self._receivers: Mapping[str, Callable[[Link, JsonDict], Awaitable[None]]] = {
            FromDevice.TEXT_COMMAND: self._text,
            FromDevice.MEDIA_STATE: self._media_state,
            FromDevice.DIALOG_STATE: self._dialog_state,
            FromDevice.HARDWARE_EVENT: self._hardware_event,
            FromDevice.HARDWARE_RESULT: self._hardware_result,
            FromDevice.TIMER_EVENT: self._timer_event,
            FromDevice.OAUTH: self._oauth,
            FromDevice.CONFIGURATION: self._configuration,
            FromDevice.CANCEL: _ignore,
        }

    async def receive(self, link: Link, message_type: str, payload: JsonDict) -> None:
        """Take a message of a terminal."""
        receiver = self._receivers.get(message_type)
        if receiver is None:
            known = message_type in set(FromDevice)
            rc = NOT_SERVED if known else BAD_PARAMETER
            message = "voice is not served here" if known else "unknown msgType"
            await link.send(ToDevice.ERROR, {"errorCode": rc, "msgType": message_type, "mesg": message}, rc)
            return
        options = payload.get("cmdOpt")
        await receiver(link, {**payload, "cmdOpt": options if isinstance(options, dict) else {}})

    async def send(self, link: Link, message_type: str, options: JsonDict) -> JsonDict:
        """Send a terminal any message of the server's; a missing `trxid` or `actionTrx` is filled in."""
        if message_type not in set(ToDevice):
            raise ValueError(f"unknown msgType {message_type!r}; known: {', '.join(ToDevice)}")
        options = dict(options)
        if message_type == ToDevice.HARDWARE_CONTROL:
            options.setdefault("trxid", self._ids.name("trx"))
        if message_type == ToDevice.SET_TIMER:
            options.setdefault("actionTrx", self._ids.name("trx"))
        await link.send(message_type, options)
        return {"uuid": link.terminal.uuid, "msgType": message_type, "cmdOpt": options}

    async def _text(self, link: Link, payload: JsonDict) -> None:
        text = str(payload["cmdOpt"].get("text", "")).strip()
        if not text or payload["cmdOpt"].get("cmdType") != "query":
            await link.send(ToDevice.ERROR, {"errorCode": BAD_PARAMETER, "mesg": "no query"}, BAD_PARAMETER)
            return
        if await self._own_service(link, text):
            return
        info = self._dialog.answerer.answer(text)
        if info is None:
            await self._ask_skill(link, text)
        elif tracks := [TRACKS[track_id] for track_id in info.get("trackIds", [])]:
            await self._play_music(link, tracks)
        else:
            await self._speak(link, info)

    async def _own_service(self, link: Link, text: str) -> bool:
        """Serve what a terminal does by itself, timers and its volume; return whether it was that."""
        if match := _TIMER.search(text):
            seconds = int(match[1]) * _UNIT_S[match[2]]
            options = {"setOpt": "set", "reqAct": "0", "setTime": str(seconds)}
            await self.send(link, ToDevice.SET_TIMER, options)
            await self._speak(link, {"mesg": f"{match[1]}{match[2]} 타이머를 맞췄어요."})
            return True
        if match := _VOLUME.search(text):
            control = "UP" if match[1] in _LOUDER else "DN"
            control_options: JsonDict = {
                "target": "volume",
                "hwCmd": "setVolume",
                "hwCmdOpt": {"control": control, "value": "GN"},
            }
            await self.send(link, ToDevice.HARDWARE_CONTROL, control_options)
            return True
        return False

    async def _ask_skill(self, link: Link, text: str) -> None:
        household = next(iter(self._devices.households), "")
        heard = Heard(
            microphone=link.terminal.uuid,
            household_id=household,
            text=text,
            request_id=self._ids.name("r"),
            uuid=link.terminal.uuid,
        )
        self._dialog.hear(heard)
        spoken, answer = await self._dialog.ask(heard)
        info = (answer.body or {}).get("metaInfo") if answer else None
        await self._speak(link, {**(info if isinstance(info, dict) else {}), "mesg": spoken})

    async def _speak(self, link: Link, info: JsonDict) -> None:
        """Have a text spoken and shown: TTS as text, because the mock makes no sound."""
        options = {"channel": TTS_CHANNEL, "actOnOther": "pauseR", "metaInfo": {"actFeel": "calm", **info}}
        await link.send(ToDevice.PLAY_MEDIA, options)

    async def _play_music(self, link: Link, tracks: list[Track]) -> None:
        if tracks[0].content_type == "music" and not self._music_link.linked:
            await link.send(ToDevice.OAUTH, {"oauth_url": self._music_link.oauth_url})
            return
        link.terminal.queue = [track.id for track in tracks]
        await self._play_next(link)

    async def _play_next(self, link: Link) -> None:
        if not link.terminal.queue:
            return
        track = TRACKS[link.terminal.queue.pop(0)]
        link.terminal.media = {"trackId": track.id, "status": "requested", "noti": 0}
        base = self._devices.media_base()
        info = {
            "contentType": track.content_type,
            "mesg": f"{track.artist}의 {track.title} 들려드려요.",
            "infoDetail": track.detail(base),
        }
        options = {
            "channel": MEDIA_CHANNEL,
            "actOnOther": "pauseR",
            "url": f"{base}/genie/media/{track.id}.wav",
            "playNotiTime": [NOTI_MS],
            "metaInfo": info,
            "setDssStatus": ["SU:026" if track.content_type == "radio" else "SU:023"],
        }
        await link.send(ToDevice.PLAY_MEDIA, options)

    async def _media_state(self, link: Link, payload: JsonDict) -> None:
        options = payload["cmdOpt"]
        if options.get("channel") != MEDIA_CHANNEL or not link.terminal.media:
            return
        status = str(options.get("status", ""))
        if status == "noti":
            link.terminal.media["noti"] += 1
            return
        link.terminal.media["status"] = status
        if status == "complete":
            await self._play_next(link)

    async def _dialog_state(self, link: Link, payload: JsonDict) -> None:
        status: Any = payload.get("dssStatus") or payload["cmdOpt"].get("dssStatus")
        if isinstance(status, list):
            link.terminal.dss_status = [str(value) for value in status]

    async def _hardware_event(self, link: Link, payload: JsonDict) -> None:
        options = payload["cmdOpt"]
        event = options.get("hwEvent")
        if event == "setVolume":
            value = (options.get("hwEventOpt") or {}).get("value")
            if isinstance(value, int | str) and str(value).isdecimal():
                link.terminal.volume = min(100, int(value))
        elif event == "Btn_NX":
            await self._play_next(link)
        elif event == "Btn_PU":
            act = "resume" if link.terminal.media.get("status") == "paused" else "pause"
            await link.send(ToDevice.UPDATE_MEDIA, {"channel": MEDIA_CHANNEL, "act": act})

    async def _hardware_result(self, link: Link, payload: JsonDict) -> None:
        link.terminal.hardware_results = [*link.terminal.hardware_results, payload["cmdOpt"]][-20:]

    async def _timer_event(self, link: Link, _payload: JsonDict) -> None:
        await self._speak(link, {"mesg": "타이머가 끝났어요."})

    async def _oauth(self, link: Link, _payload: JsonDict) -> None:
        await link.send(ToDevice.OAUTH, self._music_link.status())

    async def _configuration(self, link: Link, _payload: JsonDict) -> None:
        await link.send(ToDevice.CONFIGURATION, {"wakeWordId": 0, "volume": link.terminal.volume})


async def _ignore(_link: Link, _payload: JsonDict) -> None:
    """Take a message that changes nothing here."""
