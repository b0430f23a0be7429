"""What a terminal does with everything a G-INSIDE server may say."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from custom_components.dongju.model import errors
from custom_components.dongju.vendors.genie import terminal as terminal_module

from .living import Living, until
from .terminal_lines import MIRROR, Kt, ask, framed


@pytest.fixture
async def kt(socket_enabled: None) -> AsyncGenerator[Kt]:
    made = Kt()
    await made.server.start()
    yield made
    await made.server.close()


@pytest.fixture
async def at_kt(kt: Kt, home: Living) -> Living:
    """Return a running session whose terminals speak to a server of the test's own."""
    url = kt.server.url
    home.data.update(ginside_url=f"{url.replace('http', 'ws', 1)}/ginside", ginside_rest_url=url)
    home.renew()
    await home.start()
    return home


SPEECH = ("Req_PLMD", {"channel": 0, "metaInfo": {"mesg": "네."}})


async def test_every_medium_is_reported(at_kt: Living, kt: Kt) -> None:
    music = {"channel": 101, "url": "u", "setDssStatus": ["SU:023"], "clearDssStatus": ["SU:016"]}
    kt.down = [("Req_PLMD", music), ("Req_UPMD", {"channel": 101, "act": "pause"}), ("Req_UPMD", {"act": "seek"})]
    answer = await ask(at_kt, "음악")
    assert answer["media"] == {"url": "u", "channel": 101}
    await until(lambda: len(kt.sent("Upd_MEST")) == 4)
    assert [row["status"] for row in kt.sent("Upd_MEST")] == ["started", "stopped", "paused", "stopped"]


async def test_volume_by_kts_words(at_kt: Living, kt: Kt) -> None:
    def volume(control: str, value: Any) -> tuple[str, dict[str, Any]]:
        return "Req_HWCL", {
            "target": "volume",
            "hwCmd": "setVolume",
            "hwCmdOpt": {"control": control, "value": value},
            "trxid": "t",
        }

    kt.down = [
        volume("UP", "GN"), volume("DN", "LE"), volume("ST", 30), volume("UP", "MX"), volume("MT", None),
        volume("??", 3), ("Req_HWCL", {"hwCmdOpt": "nonsense", "trxid": "t-2"}),
    ]  # fmt: skip
    assert (await ask(at_kt, "소리"))["volume"] == 60
    await until(lambda: len(kt.sent("Res_HWCL")) == 7)
    results = kt.sent("Res_HWCL")
    assert [row["hwCmdOpt"]["value"] for row in results] == [60, 55, 30, 100, 0, 0, 0]
    assert results[0]["trxid"] == "t"


async def test_a_dialogkit_intent_is_handed_on(at_kt: Living, kt: Kt) -> None:
    intent = {"Intent": "applianceSetTemperature", "appInfo": {"NE-DEGREE": "2"}, "__systemMesg": "바꿀게요"}
    kt.down = [("Req_EXEC", {"execType": "dialogHandler", "execOpt": {"dssMsg": intent}})]
    answer = await ask(at_kt, "냉장고 2도")
    assert (answer["mesg"], answer["intent"], answer["appInfo"]) == ("바꿀게요", intent["Intent"], {"NE-DEGREE": "2"})


@pytest.mark.parametrize(
    ("down", "error"),
    [
        (("Snd_ERRO", {"errorCode": 500}), errors.ServerError),
        (("Snd_ERRO", {"errorCode": 400}), errors.UnexpectedAnswerError),
        (("Req_OAuth", {"oauth_url": "u"}), errors.LoginRequiredError),
        (("Snd_SVEV", {"type": "servDisc"}), errors.CannotConnectError),
        (("Req_DEAC", {}), errors.CannotConnectError),
    ],
)
async def test_what_ends_a_question(
    at_kt: Living, kt: Kt, down: tuple[str, dict[str, Any]], error: type[errors.HubError]
) -> None:
    kt.down = [down]
    with pytest.raises(error):
        await ask(at_kt, "뭐")
    kt.down = [SPEECH]
    assert (await ask(at_kt, "뭐"))["mesg"] == "네."


async def test_nonsense_between_is_passed_over(at_kt: Living, kt: Kt) -> None:
    kt.down = [
        b"\x09",
        framed(b"RIFF", 1),
        ("Res_CONF", {}),
        ("Req_PLMD", {"channel": "loud"}),
        ("Req_OAuth", {"oauth_status": "valid"}),
        SPEECH,
    ]
    assert (await ask(at_kt, "뭐"))["mesg"] == "네."


async def test_a_timer_by_the_clock_is_told_at_its_end(at_kt: Living, kt: Kt) -> None:
    kt.down = [
        ("Req_STTM", {"setOpt": "set", "reqAct": "1", "setTime": "60", "actionTrx": "old"}),
        ("Req_STTM", {"setOpt": "set", "reqAct": "1", "setTime": "0", "actionTrx": "new"}),
        ("Req_STTM", {"setOpt": "set", "reqAct": "2", "setTime": "never"}),
        SPEECH,
    ]
    await ask(at_kt, "타이머")
    await until(lambda: kt.sent("Snd_TMEV"))
    assert [row["actionTrx"] for row in kt.sent("Snd_TMEV")] == ["new"]


async def test_an_answer_that_is_overdue_answers_nothing_else(
    at_kt: Living, kt: Kt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal_module, "ANSWER_S", 0.1)
    with pytest.raises(errors.CannotConnectError):
        await ask(at_kt, "첫 번째")
    assert at_kt.session.diagnostics()["terminals"] == 0
    kt.down = [SPEECH]
    assert (await ask(at_kt, "두 번째"))["mesg"] == "네."


async def test_a_server_that_hangs_up_on_a_question(at_kt: Living, kt: Kt) -> None:
    kt.hang_up = True
    with pytest.raises(errors.CannotConnectError):
        await ask(at_kt, "뭐")


@pytest.mark.parametrize("operations", [["BYE"], ["!nonsense"], ["WHO", "BYE"], ["WHO", "!nonsense"]])
async def test_a_handshake_that_is_none(at_kt: Living, kt: Kt, operations: list[str]) -> None:
    kt.operations = operations
    with pytest.raises(errors.HubError):
        await ask(at_kt, "뭐")


@pytest.mark.parametrize("answer", [{"rc": 416}, {"rc": 200}, {"rc": 200, "uuid": 3}, [1]])
async def test_a_registration_that_is_none(at_kt: Living, kt: Kt, answer: Any) -> None:
    kt.authorize = answer
    with pytest.raises(errors.UnexpectedAnswerError):
        await ask(at_kt, "뭐")


async def test_a_terminal_the_server_ends_for_good_registers_again(at_kt: Living, kt: Kt) -> None:
    kt.down = [SPEECH, ("Req_DEAC", {})]
    await ask(at_kt, "뭐")
    await until(lambda: at_kt.session.diagnostics()["terminals"] == 0)
    kt.authorize = {"rc": 200, "uuid": "u-2"}
    kt.down = [SPEECH]
    await ask(at_kt, "뭐")
    assert at_kt.cache.data["terminals"] == {MIRROR: "u-2"}


async def test_a_service_that_does_not_answer_in_time(at_kt: Living, kt: Kt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal_module, "CONNECT_S", 0.1)
    kt.operations = []
    with pytest.raises(errors.CannotConnectError):
        await ask(at_kt, "뭐")


async def test_nobody_serves_terminals_there(at_kt: Living, kt: Kt) -> None:
    at_kt.cache.data["terminals"] = {MIRROR: "u-1"}
    at_kt.renew()
    await at_kt.start()
    await kt.server.close()
    with pytest.raises(errors.CannotConnectError):
        await ask(at_kt, "뭐")
