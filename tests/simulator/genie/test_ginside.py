"""G-INSIDE terminals by the wire: registration, handshake, frames, queries, music, volume and timers."""

from collections.abc import AsyncGenerator
from typing import Any

import aiohttp
import pytest

from custom_components.dongju.simulator.clock import ManualClock
from custom_components.dongju.simulator.genie import ginside_wire as wire
from custom_components.dongju.simulator.genie.cloud import GenieCloud

from .account import REAL_TIMEOUT_S, Account, Push

NOW = "20260701090000000"
REGISTRATION = {"userid": "AA:BB:CC:00:00:01", "devicemodel": "LG-MIRROR"}


class Terminal:
    """A G-INSIDE device."""

    def __init__(self, http: aiohttp.ClientSession, connection: dict[str, Any]) -> None:
        self.http = http
        self.connection = connection
        self.uuid = ""
        self.socket: aiohttp.ClientWebSocketResponse | None = None

    def sign(self, timestamp: str = NOW) -> str:
        keys = self.connection
        return wire.signature(keys["client_id"], keys["client_key"], keys["client_secret"], timestamp)

    async def authorize(self, **changes: Any) -> dict[str, Any]:
        body = {
            "client_key": self.connection["client_key"],
            "timestamp": NOW,
            "signature": self.sign(),
            **REGISTRATION,
            **changes,
        }
        url = f"{self.connection['ginside_rest_url']}/v2/authorize"
        async with self.http.post(url, json=body, headers={"x-auth-clienttype": "GINSIDE"}) as response:
            assert response.status == 200
            answer: dict[str, Any] = await response.json()
        self.uuid = answer.get("uuid", self.uuid)
        return answer

    async def check(self, method: str = "GET", uuid: str | None = None, signature: str | None = None) -> int:
        headers = {
            "x-auth-clienttype": "GINSIDE",
            "x-auth-timestamp": NOW,
            "x-auth-signature": signature or self.sign(),
        }
        url = f"{self.connection['ginside_rest_url']}/v2/authorize/{uuid or self.uuid}"
        async with self.http.request(method, url, headers=headers) as response:
            return int((await response.json())["rc"])

    async def connect(self, **changes: str) -> Any:
        """Shake hands and return the server's last word."""
        self.socket = await self.http.ws_connect(self.connection["ginside_url"], protocols=["device-protocol"])
        assert self.socket.protocol == "device-protocol"
        assert await self.socket.receive_json() == {"operation": "WHO"}
        iam = {
            "operation": "IAM",
            "clienttype": "GINSIDE",
            "clientuuid": self.uuid,
            "timestamp": NOW,
            "signature": self.sign(),
        }
        await self.socket.send_json({**iam, **changes})
        message = await self.socket.receive(timeout=REAL_TIMEOUT_S)
        return message.json() if message.type is aiohttp.WSMsgType.TEXT else message.data

    async def send(self, message_type: str, **options: Any) -> None:
        assert self.socket
        await self.socket.send_bytes(wire.command("devCommand", message_type, {"cmdOpt": options}))

    async def receive(self) -> wire.Message:
        assert self.socket
        message = await self.socket.receive(timeout=REAL_TIMEOUT_S)
        assert message.type is aiohttp.WSMsgType.BINARY, message
        return wire.parse_command("srvCommand", message.data)

    async def ask(self, text: str) -> wire.Message:
        await self.send("Req_TXCM", cmdType="query", text=text)
        return await self.receive()


@pytest.fixture
async def mirror(cloud: GenieCloud, http: aiohttp.ClientSession) -> Terminal:
    terminal = Terminal(http, cloud.connection())
    assert (await terminal.authorize())["rc"] == 200
    return terminal


@pytest.fixture
async def terminal(mirror: Terminal) -> AsyncGenerator[Terminal]:
    assert await mirror.connect() == {"operation": "WELCOME"}
    assert mirror.socket
    yield mirror
    await mirror.socket.close()


def test_the_published_vectors() -> None:
    keys = ("demo-id", "demo-key", "demo-secret-0001", "20261122093000123")
    assert wire.signature(*keys) == "b077be4aa5828cf4313fc0d646df184558f7bbd9d5625df5422b0215663f77ea"
    api = wire.api_signature("demo-id", "demo-secret-0001", "20261122093000123")
    assert api == "9cd17241f0925aa550baddf26b9086f79dd5c2b6a53ff5ac2063dd96603aaa07"
    framed = wire.command("devCommand", "Req_TXCM", {})
    assert framed[:4] == bytes.fromhex("00000037")
    assert framed[4:] == b'{"devCommand":{"msgType":"Req_TXCM","msgPayload":"{}"}}'


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00\x00",
        b"\x07\x00\x00\x01x",
        b"\x00\x00\x00\x05x",
        b"\x01\x00\x00\x01x",
        b"\x00\x00\x00\x02[]",
        b"\x00\x00\x00\x02{}",
    ],
)
def test_broken_frames(data: bytes) -> None:
    with pytest.raises(wire.FrameError):
        wire.parse_command("devCommand", data)


def test_a_frame_has_three_bytes_of_length() -> None:
    assert wire.unframe(wire.frame(wire.FrameOp.STREAM, b"a" * 70_000)) == (wire.FrameOp.STREAM, b"a" * 70_000)
    with pytest.raises(wire.FrameError):
        wire.frame(wire.FrameOp.STREAM, bytes(wire.MAX_PAYLOAD + 1))


async def test_registration(mirror: Terminal) -> None:
    uuid = mirror.uuid
    assert (await mirror.authorize())["uuid"] == uuid
    assert await mirror.check() == 200
    assert await mirror.check(uuid="unknown") == 404
    assert await mirror.check(signature="00") == 401
    assert await mirror.check("DELETE") == 200
    assert await mirror.check() == 404


@pytest.mark.parametrize(
    ("changes", "rc"),
    [
        ({"userid": ""}, 400),
        ({"devicemodel": None}, 400),
        ({"client_key": "other"}, 401),
        ({"signature": "0" * 64}, 401),
        ({"timestamp": "20260701085800000"}, 401),
        ({"timestamp": "now"}, 401),
        ({"devicemodel": "OTHER"}, 406),
    ],
)
async def test_registration_refused(mirror: Terminal, changes: dict[str, Any], rc: int) -> None:
    assert (await mirror.authorize(**changes))["rc"] == rc


async def test_ten_terminals_at_most(mirror: Terminal) -> None:
    codes = [(await mirror.authorize(userid=f"device-{number}"))["rc"] for number in range(10)]
    assert codes == [200] * 9 + [416]


async def test_the_handshake_follows_the_servers_clock(cloud: GenieCloud, mirror: Terminal) -> None:
    await cloud.control("clock_skew", {"seconds": 90})
    assert await mirror.connect() == 4401


@pytest.mark.parametrize(
    "changes", [{"clientuuid": "unknown"}, {"signature": "00"}, {"operation": "HELLO"}, {"clienttype": "TOASTER"}]
)
async def test_the_handshake_refused(mirror: Terminal, changes: dict[str, str]) -> None:
    assert await mirror.connect(**changes) == 4401


async def test_a_question_is_answered_in_text(terminal: Terminal) -> None:
    await terminal.send("Upd_DSST", dssStatus=["SU:016", "SU:027", "SI:002", "SG:000"])
    answer = await terminal.ask("오늘 날씨 어때")
    assert answer.type == "Req_PLMD"
    assert answer.payload["rc"] == 200
    options = answer.payload["cmdOpt"]
    assert (options["channel"], options["actOnOther"]) == (0, "pauseR")
    assert (options["metaInfo"]["contentType"], "날씨" in options["metaInfo"]["mesg"]) == ("weather", True)


async def test_music(cloud: GenieCloud, terminal: Terminal) -> None:
    options = (await terminal.ask("여름언니 노래 틀어줘")).payload["cmdOpt"]
    assert (options["channel"], options["playNotiTime"], options["setDssStatus"]) == (101, [30_000], ["SU:023"])
    detail = options["metaInfo"]["infoDetail"]
    assert (detail["artist"], options["metaInfo"]["contentType"]) == ("여름언니", "music")
    async with terminal.http.get(options["url"]) as response:
        assert (await response.read())[:4] == b"RIFF"
    for status in ("started", "noti", "paused"):
        await terminal.send("Upd_MEST", channel=101, status=status, playTime=1)
    await terminal.send("Snd_HWEV", target="button", hwEvent="Btn_PU")
    resume = await terminal.receive()
    assert (resume.type, resume.payload["cmdOpt"]) == ("Req_UPMD", {"channel": 101, "act": "resume"})
    (known,) = cloud.describe()["state"]["terminals"]
    assert (known["media"]["status"], known["media"]["noti"]) == ("paused", 1)
    await terminal.send("Upd_MEST", channel=101, status="complete", playTime=1)
    following = (await terminal.receive()).payload["cmdOpt"]["metaInfo"]["infoDetail"]
    assert following["trackId"] != detail["trackId"]
    await terminal.send("Snd_HWEV", target="button", hwEvent="Btn_NX")
    assert (await terminal.receive()).type == "Req_PLMD"


async def test_music_without_the_link(cloud: GenieCloud, terminal: Terminal) -> None:
    await cloud.control("music_link", {"linked": False})
    answer = await terminal.ask("재즈 틀어줘")
    assert answer.type == "Req_OAuth"
    assert "/genie/music/login" in answer.payload["cmdOpt"]["oauth_url"]
    await terminal.send("Req_OAuth")
    assert (await terminal.receive()).payload["cmdOpt"]["oauth_status"] == "invalid"
    assert (await terminal.ask("클래식 라디오 틀어줘")).payload["cmdOpt"]["setDssStatus"] == ["SU:026"]


async def test_volume(cloud: GenieCloud, terminal: Terminal) -> None:
    request = await terminal.ask("소리 좀 키워줘")
    assert request.type == "Req_HWCL"
    options = request.payload["cmdOpt"]
    assert (options["target"], options["hwCmd"], options["hwCmdOpt"]) == (
        "volume",
        "setVolume",
        {"control": "UP", "value": "GN"},
    )
    await terminal.send("Res_HWCL", trxid=options["trxid"], value="60")
    await terminal.send("Snd_HWEV", target="volume", hwEvent="setVolume", hwEventOpt={"value": "60"})
    # The answer to a later message shows that the earlier ones were read.
    await terminal.send("Req_CONF")
    assert (await terminal.receive()).payload["cmdOpt"]["volume"] == 60
    (known,) = cloud.describe()["state"]["terminals"]
    assert known["hardwareResults"][0]["trxid"] == options["trxid"]
    sent = await cloud.control(
        "ginside_send",
        {"msgType": "Req_HWCL", "cmdOpt": {"target": "volume", "hwCmd": "setVolume", "hwCmdOpt": {"control": "MT"}}},
    )
    assert (await terminal.receive()).payload["cmdOpt"]["trxid"] == sent["cmdOpt"]["trxid"]


async def test_timers(terminal: Terminal) -> None:
    request = await terminal.ask("3분 타이머 맞춰줘")
    assert request.type == "Req_STTM"
    options = request.payload["cmdOpt"]
    assert (options["setOpt"], options["reqAct"], options["setTime"]) == ("set", "0", "180")
    assert (await terminal.receive()).payload["cmdOpt"]["metaInfo"]["mesg"] == "3분 타이머를 맞췄어요."
    await terminal.send("Snd_TMEV", reqAct="0", actionTrx=options["actionTrx"], localTime="20260701090300")
    assert (await terminal.receive()).payload["cmdOpt"]["metaInfo"]["mesg"] == "타이머가 끝났어요."


async def test_the_dialogkit_hook(cloud: GenieCloud, terminal: Terminal) -> None:
    hook = {
        "execType": "dialogHandler",
        "execOpt": {
            "action": "kt.action.dialog.custom",
            "dssMsg": {"Intent": "applianceSetTemperature", "appInfo": {"NE-DEGREE": "2"}, "__systemMesg": "바꿀게요"},
        },
    }
    await cloud.control("ginside_send", {"msgType": "Req_EXEC", "cmdOpt": hook})
    message = await terminal.receive()
    assert (message.type, message.payload["cmdOpt"]) == ("Req_EXEC", hook)


async def test_home_control_goes_to_the_skill(cloud: GenieCloud, terminal: Terminal, push: Push) -> None:
    answer = await terminal.ask("거실 불 꺼줘")
    assert answer.payload["cmdOpt"]["metaInfo"]["mesg"] == "무슨 말씀인지 잘 모르겠어요."
    utterance = await push.next("utterance")
    assert (utterance["deviceId"], utterance["data"]["uword"]) == (terminal.uuid, "거실 불 꺼줘")


async def test_a_second_connection_puts_the_first_on_standby(cloud: GenieCloud, terminal: Terminal) -> None:
    second = Terminal(terminal.http, terminal.connection)
    second.uuid = terminal.uuid
    assert await second.connect() == {"operation": "WELCOME"}
    message = await terminal.receive()
    assert (message.type, message.payload["cmdOpt"]) == ("Snd_SVEV", {"type": "standby"})
    assert terminal.socket
    assert (await terminal.socket.receive(timeout=REAL_TIMEOUT_S)).type is aiohttp.WSMsgType.CLOSE
    assert (await second.ask("오늘 날씨 어때")).type == "Req_PLMD"
    assert second.socket
    await cloud.control("ginside_drop", {})
    assert (await second.socket.receive(timeout=REAL_TIMEOUT_S)).type is aiohttp.WSMsgType.CLOSE


@pytest.mark.parametrize(
    ("message_type", "options", "rc"),
    [
        ("Req_VOCM", {}, 500),
        ("Req_XXXX", {}, 400),
        ("Req_TXCM", {"cmdType": "query"}, 400),
        ("Req_TXCM", {"text": "x"}, 400),
    ],
)
async def test_messages_the_mock_refuses(
    terminal: Terminal, message_type: str, options: dict[str, str], rc: int
) -> None:
    await terminal.send(message_type, **options)
    error = await terminal.receive()
    assert (error.type, error.payload["rc"], error.payload["cmdOpt"]["errorCode"]) == ("Snd_ERRO", rc, rc)


async def test_a_broken_frame_is_answered(terminal: Terminal) -> None:
    assert terminal.socket
    await terminal.socket.send_bytes(b"\x00\x00\x00\x09broken")
    assert (await terminal.receive()).type == "Snd_ERRO"
    assert (await terminal.ask("오늘 날씨 어때")).type == "Req_PLMD"


async def test_unregistering_ends_the_connection(terminal: Terminal, clock: ManualClock, account: Account) -> None:
    assert await terminal.check("DELETE") == 200
    assert terminal.socket
    assert (await terminal.socket.receive(timeout=REAL_TIMEOUT_S)).type is aiohttp.WSMsgType.CLOSE
