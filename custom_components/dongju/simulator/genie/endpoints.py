"""The rows of the account API: households, devices, scenes, speakers, the set-top box, services, skills."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from ..clock import Clock
from .alerts import Alerts
from .answers import Answerer
from .api import AccountApi, Call, Endpoint, Reply, check_version
from .auth import Accounts
from .channels import CHANNELS
from .devices import SET_TOP_BOX, SPEAKER, Devices, GenieDevice
from .dialog import Dialog
from .envelope import GenieError, JsonDict, bad_parameter, not_found, parse_moment, text_of
from .homeiot_desk import HomeIotDesk
from .iptv import SetTopBoxDesk
from .media import MediaDesk, MusicLink
from .music import PLAYLISTS, describe_playlist, music_list, playlist_tracks, search
from .news import TOPICS, News
from .otp import OtpService
from .programmes import between
from .skills import Skills
from .speakers import SpeakerDesk
from .timers import TimerDesk
from .vod import APPS, search_videos
from .weather import DEFAULT_AREA, TYPES, Weather

ACCEPTED = 202
MAX_BATCH = 20
LONGEST_GUIDE = timedelta(days=2)


@dataclass(slots=True, kw_only=True)
class Parts:
    """Everything the endpoints and the control actions work with."""

    seed: int
    clock: Clock
    accounts: Accounts
    devices: Devices
    homeiot: HomeIotDesk
    speakers: SpeakerDesk
    media: MediaDesk
    music_link: MusicLink
    timers: TimerDesk
    boxes: SetTopBoxDesk
    otp: OtpService
    weather: Weather
    news: News
    answerer: Answerer
    alerts: Alerts
    skills: Skills
    dialog: Dialog
    api: AccountApi


class CommandDesk(Protocol):
    """Who accepts the commands of a kind of device."""

    def command(
        self, device: GenieDevice, capability: str, command: str, args: Mapping[str, Any], cause: str | None
    ) -> None:
        """Accept a command, or raise why not."""


class Endpoints:
    """Answer calls."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._devices = parts.devices

    def rows(self) -> list[Endpoint]:
        """Return the table of the account API."""
        return [
            Endpoint("DELETE", "/oauth/token", self._sign_out),
            Endpoint("GET", "/households", self._households),
            Endpoint("GET", "/households/{hid}", lambda call: Reply(self._household(call.path["hid"]))),
            Endpoint("GET", "/households/{hid}/devices", self._list_devices),
            Endpoint("GET", "/households/{hid}/alerts", self._list_alerts),
            Endpoint("GET", "/households/{hid}/scenes", self._list_scenes),
            Endpoint("POST", "/households/{hid}/scenes/{sid}/run", self._run_scene, command=True),
            Endpoint("POST", "/households/{hid}/commands", self._batch),
            Endpoint("GET", "/devices/{did}/state", self._state),
            Endpoint("GET", "/devices/{did}/diagnosis", self._diagnosis),
            Endpoint("POST", "/devices/{did}/commands", self._command, command=True),
            *self._speaker_rows(),
            *self._box_rows(),
            *self._service_rows(),
            Endpoint("POST", "/skills", self._register_skill),
            Endpoint("GET", "/skills", lambda _call: Reply({"skills": self._parts.skills.shown()})),
            Endpoint("GET", "/skills/{kid}", lambda call: Reply(self._parts.skills.get(call.path["kid"]).shown())),
            Endpoint("DELETE", "/skills/{kid}", self._remove_skill),
        ]

    def household_of(self, path: Mapping[str, str]) -> str:
        """Return the household of a path; raise 404."""
        if "did" in path:
            return self._devices.get(path["did"]).household_id
        return self._devices.household(path["hid"]).id

    def _speaker_rows(self) -> list[Endpoint]:
        parts = self._parts
        return [
            Endpoint("POST", "/speakers/{did}/speak", self._speak, command=True),
            Endpoint(
                "DELETE",
                "/speakers/{did}/speak/{pid}",
                lambda call: Reply(parts.speakers.stop(self._speaker(call), call.path["pid"])),
            ),
            Endpoint(
                "POST",
                "/speakers/{did}/volume",
                lambda call: Reply(parts.speakers.volume(self._speaker(call), call.body, call.command_id), ACCEPTED),
                command=True,
            ),
            Endpoint(
                "POST",
                "/speakers/{did}/media",
                lambda call: Reply(parts.media.act(self._speaker(call), call.body, call.command_id), ACCEPTED),
                command=True,
            ),
            Endpoint("GET", "/speakers/{did}/queue", lambda call: Reply(parts.media.queue(self._speaker(call)))),
            Endpoint(
                "GET",
                "/speakers/{did}/voices",
                lambda _call: Reply({"voices": [voice.as_dict() for voice in parts.speakers.voices]}),
            ),
            Endpoint(
                "POST",
                "/speakers/{did}/timers",
                lambda call: Reply(
                    {"timer": parts.timers.set(self._speaker(call), call.body, call.command_id)}, ACCEPTED
                ),
                command=True,
            ),
            Endpoint(
                "DELETE",
                "/speakers/{did}/timers/{tid}",
                lambda call: Reply({"timer": parts.timers.clear(self._speaker(call), call.path["tid"])}),
            ),
            Endpoint("POST", "/speakers/{did}/query", self._query),
        ]

    def _box_rows(self) -> list[Endpoint]:
        return [
            Endpoint(
                "GET",
                "/iptv/{did}/channels",
                lambda call: Reply(
                    {
                        "channels": [channel.as_dict() for channel in CHANNELS],
                        "favourites": self._box(call).state["favourites"],
                    }
                ),
            ),
            Endpoint("GET", "/iptv/{did}/epg", self._guide),
            Endpoint(
                "GET", "/iptv/{did}/apps", lambda _call: Reply({"apps": [app.as_dict() for app in APPS.values()]})
            ),
            Endpoint("GET", "/iptv/{did}/otp", lambda call: Reply(self._parts.otp.credentials(self._box(call)))),
            Endpoint("POST", "/iptv/{did}/vod/search", self._search_videos),
            Endpoint("POST", "/iptv/{did}/vod/play", self._play_video, command=True),
        ]

    def _service_rows(self) -> list[Endpoint]:
        link = self._parts.music_link
        return [
            Endpoint("GET", "/services/weather", self._weather),
            Endpoint("GET", "/services/news", self._news),
            Endpoint("GET", "/services/knowledge", self._knowledge),
            Endpoint("GET", "/services/music/search", self._search_music),
            Endpoint("GET", "/services/music/playlists", self._playlists),
            Endpoint("GET", "/services/music/playlists/{pid}", self._playlist),
            Endpoint("GET", "/services/music/link", lambda _call: Reply(link.status())),
            Endpoint("DELETE", "/services/music/link", self._unlink_music),
        ]

    def _sign_out(self, call: Call) -> Reply:
        self._parts.accounts.revoke(call.grant_id)
        return Reply(None)

    def _households(self, _call: Call) -> Reply:
        return Reply({"households": [self._household(household_id) for household_id in self._devices.households]})

    def _household(self, household_id: str) -> JsonDict:
        household = self._devices.household(household_id)
        rooms = self._devices.rooms()
        return {"id": household.id, "name": household.name, "type": household.type, "rooms": rooms}

    def _list_devices(self, call: Call) -> Reply:
        household = self._devices.household(call.path["hid"])
        return Reply({"devices": [self._devices.shown(device) for device in self._devices.of(household.id)]})

    def _list_alerts(self, call: Call) -> Reply:
        self._devices.household(call.path["hid"])
        return Reply({"alerts": self._parts.alerts.active()})

    def _list_scenes(self, call: Call) -> Reply:
        household = self._devices.household(call.path["hid"])
        scenes = [
            {"id": scene["id"], "name": scene["name"], "aliases": scene.get("aliases", [])}
            for scene in household.scenes
        ]
        return Reply({"scenes": scenes})

    def _run_scene(self, call: Call) -> Reply:
        household = self._devices.household(call.path["hid"])
        scene = next((scene for scene in household.scenes if scene["id"] == call.path["sid"]), None)
        if scene is None:
            raise not_found("scene")
        results = []
        for action in scene["actions"]:
            result: JsonDict = {"deviceId": action["deviceId"], "rc": ACCEPTED}
            try:
                device = self._devices.reachable(action["deviceId"])
                self._dispatch(device, action.get("capability", device.kind), action, call.command_id)
            except GenieError as err:
                result = {"deviceId": action["deviceId"], **err.body()}
            results.append(result)
        return Reply({"status": "accepted", "results": results}, ACCEPTED)

    async def _batch(self, call: Call) -> Reply:
        commands = call.body.get("commands")
        if not isinstance(commands, list) or not 0 < len(commands) <= MAX_BATCH:
            raise bad_parameter(f"commands is a list of at most {MAX_BATCH}")
        household = self._devices.household(call.path["hid"])
        results = []
        for command in commands:
            item = command if isinstance(command, dict) else {}
            one = Call(body=item, path={"did": str(item.get("deviceId"))}, query={}, grant_id=call.grant_id)
            try:
                if self.household_of(one.path) != household.id:
                    raise not_found("device")
                result = await self._parts.api.run(household.id, one.command_id, partial(self._command, one))
            except GenieError as err:
                result = err.body()
            results.append({"deviceId": item.get("deviceId"), "commandId": item.get("commandId"), **result})
        return Reply({"results": results})

    def _state(self, call: Call) -> Reply:
        device = self._devices.get(call.path["did"])
        shown = self._devices.shown(device)
        return Reply({key: shown[key] for key in ("id", "kind", "online", "version", "state")})

    def _diagnosis(self, call: Call) -> Reply:
        return Reply({"entries": self._devices.get(call.path["did"]).memory.get("diagnosis", [])})

    def _command(self, call: Call) -> Reply:
        device = self._devices.reachable(call.path["did"])
        check_version(device, call.body)
        capability = call.body.get("capability")
        self._dispatch(device, capability if isinstance(capability, str) else "", call.body, call.command_id)
        return Reply({"status": "accepted", "version": device.version}, ACCEPTED)

    def _dispatch(self, device: GenieDevice, capability: str, body: Mapping[str, Any], cause: str) -> None:
        command, args = body.get("command"), body.get("args") or {}
        if not isinstance(command, str) or not isinstance(args, dict):
            raise bad_parameter("command is a text and args an object")
        desks: dict[str, CommandDesk] = {SPEAKER: self._parts.speakers, SET_TOP_BOX: self._parts.boxes}
        desks.get(device.kind, self._parts.homeiot).command(device, capability, command, args, cause)

    def _speaker(self, call: Call) -> GenieDevice:
        device = self._devices.reachable(call.path["did"], SPEAKER)
        check_version(device, call.body)
        return device

    def _box(self, call: Call) -> GenieDevice:
        return self._devices.get(call.path["did"], SET_TOP_BOX)

    def _speak(self, call: Call) -> Reply:
        return Reply(self._parts.speakers.speak(self._speaker(call), call.body, call.command_id), ACCEPTED)

    async def _query(self, call: Call) -> Reply:
        speaker = self._speaker(call)
        text = text_of(call.body, "text", limit=500)
        services_only = call.body.get("servicesOnly") is True
        language = str(call.body.get("lang", speaker.state["language"]))
        answer = await self._parts.dialog.query(speaker, text, language, services_only=services_only)
        if call.body.get("speak") is True:
            answer["playId"] = self._parts.speakers.say(speaker, str(answer["metaInfo"]["mesg"]))
        return Reply(answer)

    def _guide(self, call: Call) -> Reply:
        self._box(call)
        now = self._parts.clock.now()
        start = parse_moment(call.query["from"]) if "from" in call.query else now
        end = parse_moment(call.query["to"]) if "to" in call.query else start + timedelta(hours=6)
        if not start < end <= start + LONGEST_GUIDE:
            raise bad_parameter("from and to span two days at most")
        if wanted := call.query.get("ch"):
            numbers = [part.strip() for part in wanted.split(",")]
            if not all(number.isdecimal() for number in numbers):
                raise bad_parameter("ch is a list of channel numbers")
            channels = [self._parts.boxes.channel(int(number)) for number in numbers]
        else:
            channels = list(CHANNELS)
            end = min(end, start + timedelta(hours=3))
        programmes = [row.as_dict() for channel in channels for row in between(self._parts.seed, channel, start, end)]
        return Reply({"programmes": programmes})

    def _search_videos(self, call: Call) -> Reply:
        self._box(call)
        return Reply({"videos": [video.as_dict() for video in search_videos(text_of(call.body, "query", limit=200))]})

    def _play_video(self, call: Call) -> Reply:
        box = self._devices.reachable(call.path["did"], SET_TOP_BOX)
        self._parts.boxes.play_video(box, text_of(call.body, "vodId", limit=40), call.command_id)
        return Reply({"status": "accepted", "version": box.version}, ACCEPTED)

    def _weather(self, call: Call) -> Reply:
        kind = call.query.get("type", "today")
        if kind not in TYPES:
            raise bad_parameter(f"type is one of {', '.join(TYPES)}")
        area = call.query.get("area", DEFAULT_AREA)[:40]
        return Reply({"metaInfo": self._parts.weather.info(area, kind, self._parts.clock.now())})

    def _news(self, call: Call) -> Reply:
        topic = call.query.get("topic", "main")
        if topic not in TOPICS:
            raise bad_parameter(f"topic is one of {', '.join(TOPICS)}")
        count = _count(call.query, "count", 5, 10)
        return Reply({"metaInfo": self._parts.news.news(topic, count, self._parts.clock.now())})

    def _knowledge(self, call: Call) -> Reply:
        info = self._parts.news.know(_required(call.query, "q"))
        if info is None:
            raise not_found("answer")
        return Reply({"metaInfo": info})

    def _search_music(self, call: Call) -> Reply:
        query = _required(call.query, "q")
        tracks = search(query, _count(call.query, "limit", 20, 50))
        return Reply({"metaInfo": music_list(tracks, self._devices.media_base(), query)})

    def _playlists(self, _call: Call) -> Reply:
        return Reply({"playlists": [describe_playlist(playlist_id) for playlist_id in PLAYLISTS]})

    def _playlist(self, call: Call) -> Reply:
        playlist_id = call.path["pid"]
        if playlist_id not in PLAYLISTS:
            raise not_found("playlist")
        base = self._devices.media_base()
        tracks = [track.detail(base) for track in playlist_tracks(playlist_id)]
        return Reply({**describe_playlist(playlist_id), "list": tracks})

    def _unlink_music(self, _call: Call) -> Reply:
        self._parts.music_link.set(linked=False)
        return Reply(self._parts.music_link.status())

    def _register_skill(self, call: Call) -> Reply:
        household_id = call.body.get("householdId")
        known = self._devices.household(str(household_id)) if household_id else self._devices.first_household()
        return Reply(self._parts.skills.register(call.body, known.id))

    def _remove_skill(self, call: Call) -> Reply:
        self._parts.skills.remove(call.path["kid"])
        return Reply(None)


def _required(query: Mapping[str, str], name: str) -> str:
    value = query.get(name, "").strip()
    if not value or len(value) > 500:
        raise bad_parameter(f"{name} is required")
    return value


def _count(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    text = query.get(name, str(default))
    if not text.isdecimal() or not 1 <= int(text) <= most:
        raise bad_parameter(f"{name} is 1 to {most}")
    return int(text)
