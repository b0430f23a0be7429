"""Set-up as a person does it: every kind of account, every way it can go wrong and right again, every text there."""

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping
from dataclasses import dataclass, field, replace
import logging
from typing import Any
from unittest.mock import AsyncMock, patch

from homeassistant.config_entries import SOURCE_SYSTEM, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components.dongju
from custom_components.dongju.const import CONF_KIND, CONF_VENDOR, CONF_VOICE_HIDDEN, DOMAIN, EntryKind
from custom_components.dongju.model.vocabulary import DeviceType, Vendor
from custom_components.dongju.simulator.home import HomeSpec
from custom_components.dongju.simulator.simulator import Simulator
from tests.components import flow_steps
from tests.components.flow_steps import Walk

pytestmark = pytest.mark.usefixtures("socket_enabled")

HOME = HomeSpec(
    thinq=[
        {"type": "refrigerator", "name": "냉장고", "room": "kitchen"},
        {"type": "oven", "name": "오븐", "room": "kitchen"},
        {"type": "washer", "name": "세탁기", "room": "balcony"},
    ],
    genie={
        "households": [
            {
                "id": "h1",
                "name": "서울집",
                "type": "home",
                "devices": [
                    {"id": "light-1", "kind": "light", "name": "거실 조명", "room": "living_room"},
                    {"id": "lock-1", "kind": "door_lock", "name": "도어락", "room": "entrance"},
                    {"id": "speaker-1", "kind": "speaker", "name": "기가지니", "room": "living_room"},
                ],
            },
            {
                "id": "h2",
                "name": "부산집",
                "type": "home",
                "devices": [{"id": "light-2", "kind": "light", "name": "부산 조명", "room": "living_room"}],
            },
        ]
    },
    uplus=[
        {"deviceSn": "UP1", "typeCd": "L01", "nickNm": "서재 조명", "room": "study"},
        {"deviceSn": "UP2", "typeCd": "D01", "nickNm": "다용도실 도어락", "room": "utility_room"},
    ],
)
REAL_SETUP = custom_components.dongju.async_setup_entry
NOBODY_THERE = "http://127.0.0.1:9"
OURS = "custom_components.dongju"
DOCUMENTATION_ADDRESS = "http://192.0.2.7:8080"


@pytest.fixture(autouse=True)
def setup_entry() -> Generator[AsyncMock]:
    """Keep entries from coming up: what they do then is the matter of other tests."""
    with patch("custom_components.dongju.async_setup_entry", return_value=True) as mock:
        yield mock


@pytest.fixture
async def clouds(hass: HomeAssistant, socket_enabled: None) -> AsyncGenerator[Simulator]:
    """Return running mock clouds."""
    assert await async_setup_component(hass, "homeassistant", {})
    simulator = Simulator(HOME, seed=3)
    await simulator.start()
    yield simulator
    await simulator.close()


def answers_for(clouds: Simulator, vendor: Vendor) -> dict[str, Any]:
    """Return what a person types in who knows the account."""
    said = clouds.connection()[vendor]
    if vendor is Vendor.THINQ:
        return {
            "access_token": said["token"],
            "country": said["country"],
            "advanced": {"server_url": said["rest_url"]},
        }
    if vendor is Vendor.GENIE:
        return {"server_url": said["base_url"], "pairing_token": said["pairing_token"], "advanced": {}}
    return {"server_url": said["base_url"], "token": said["token"]}


def entry_of(clouds: Simulator, vendor: Vendor, unique_id: str, **data: Any) -> MockConfigEntry:
    """Return an account that was set up before."""
    answers = answers_for(clouds, vendor)
    flat = {**answers, **answers.pop("advanced", {})}
    return MockConfigEntry(
        domain=DOMAIN,
        title="우리 집",
        unique_id=f"{vendor}_{unique_id}",
        data={CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: vendor, **flat, **data},
    )


def register(hass: HomeAssistant, entry: MockConfigEntry, *device_ids: str) -> None:
    """Have an account's devices in the registry, as they are once it was loaded."""
    for device_id in device_ids:
        dr.async_get(hass).async_get_or_create(config_entry_id=entry.entry_id, identifiers={(DOMAIN, device_id)})


async def id_of(clouds: Simulator, name: str) -> str:
    """Return the store id of a ThinQ appliance."""
    return f"thinq_{(await clouds.control('thinq', 'state', {'device': name}))['deviceId']}"


async def finish(walk: Walk) -> Mapping[str, Any]:
    """Go through the questions that follow a good account."""
    if walk.asks("choice"):
        await walk.answer({"household": "h1"})
    assert walk.asks("voice")
    result = await walk.answer({"voice_devices": walk.default("voice_devices")})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    return result


# The menu, the Demo home, the hub


async def test_menu_offers_the_demo_home_once(hass, clouds):
    walk = await flow_steps.start(hass)
    assert list(walk.result["menu_options"]) == ["demo", "thinq", "genie", "uplus"]
    await walk.answer({"next_step_id": "demo"})
    assert walk.asks("demo")
    result = await walk.answer({})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["data"][CONF_KIND] == EntryKind.DEMO
    assert 0 <= result["data"]["seed"] < 2**31
    assert result["options"] == {}
    assert list((await flow_steps.start(hass)).result["menu_options"]) == ["thinq", "genie", "uplus"]


@pytest.mark.parametrize(("language", "title"), [("ko", "데모 홈"), ("en", "Demo home")])
async def test_the_demo_home_is_named_in_the_language_of_the_home(hass, clouds, language, title):
    hass.config.language = language
    walk = await flow_steps.start(hass, "demo")
    assert (await walk.answer({}))["title"] == title


async def test_two_people_add_the_demo_home_at_once(hass, clouds):
    first, second = await flow_steps.start(hass), await flow_steps.start(hass)
    await first.answer({"next_step_id": "demo"})
    await first.answer({})
    await second.answer({"next_step_id": "demo"})
    assert second.aborts("already_configured")


@pytest.mark.smoke
@pytest.mark.parametrize(("language", "title"), [("ko", "동주 허브"), ("en", "Dongju hub")])
async def test_the_hub_is_there_once(hass, clouds, language, title):
    hass.config.language = language
    first = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_SYSTEM})
    assert (first["type"], first["title"]) == (FlowResultType.CREATE_ENTRY, title)
    assert first["data"] == {CONF_KIND: EntryKind.HUB}
    second = await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_SYSTEM})
    assert (await flow_steps.resume(hass, second)).aborts("already_configured")


# Accounts


@pytest.mark.smoke
async def test_thinq_account(hass, clouds, setup_entry):
    hass.config.country = "KR"
    walk = await flow_steps.start(hass, "thinq")
    assert walk.asks("thinq")
    assert walk.default("country") == "KR"
    assert walk.suggested("access_token") is None
    answers = answers_for(clouds, Vendor.THINQ)
    await walk.answer({**answers, "access_token": f"  {answers['access_token']}\n"})
    assert walk.asks("voice")
    assert sorted(walk.labels("voice_devices").values()) == ["냉장고", "세탁기", "오븐"]
    ticked = {walk.labels("voice_devices")[device_id] for device_id in walk.default("voice_devices")}
    assert ticked == {"냉장고", "세탁기"}
    result = await walk.answer({"voice_devices": [await id_of(clouds, "오븐")]})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "LG ThinQ (KR)"
    data = dict(result["data"])
    assert data.pop("client_id").startswith("dongju-")
    assert data == {
        CONF_KIND: EntryKind.ACCOUNT,
        CONF_VENDOR: Vendor.THINQ,
        "access_token": answers["access_token"],
        "country": "KR",
        "server_url": answers["advanced"]["server_url"],
    }
    hidden = sorted([await id_of(clouds, "냉장고"), await id_of(clouds, "세탁기")])
    assert result["options"] == {CONF_VOICE_HIDDEN: hidden}
    assert answers["access_token"] not in result["result"].unique_id
    await hass.async_block_till_done()
    assert len(setup_entry.mock_calls) == 1


async def test_nothing_may_be_ticked(hass, clouds):
    walk = await flow_steps.start(hass, "uplus")
    await walk.answer(answers_for(clouds, Vendor.UPLUS))
    result = await walk.answer({"voice_devices": []})
    assert result["options"] == {CONF_VOICE_HIDDEN: ["uplus_UP1", "uplus_UP2"]}


@pytest.mark.smoke
async def test_uplus_account(hass, clouds):
    walk = await flow_steps.start(hass, "uplus")
    assert walk.asks("uplus")
    answers = answers_for(clouds, Vendor.UPLUS)
    await walk.answer(answers)
    assert walk.labels("voice_devices") == {"uplus_UP1": "서재 조명", "uplus_UP2": "다용도실 도어락"}
    result = await finish(walk)
    assert result["title"] == "LG U+"
    assert result["data"] == {CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: Vendor.UPLUS, **answers}
    assert result["options"] == {CONF_VOICE_HIDDEN: ["uplus_UP2"]}


@pytest.mark.smoke
@pytest.mark.parametrize(
    ("household", "title", "asked", "hidden"),
    [
        (
            "h1",
            "서울집",
            {"genie_light-1": "거실 조명", "genie_lock-1": "도어락", "genie_speaker-1": "기가지니"},
            ["genie_lock-1"],
        ),
        ("h2", "부산집", {"genie_light-2": "부산 조명"}, []),
    ],
)
async def test_genie_account_with_two_households(hass, clouds, household, title, asked, hidden):
    walk = await flow_steps.start(hass, "genie")
    assert walk.asks("genie")
    await walk.answer(answers_for(clouds, Vendor.GENIE))
    assert walk.asks("choice")
    assert walk.labels("household") == {"h1": "서울집", "h2": "부산집"}
    await walk.answer({"household": household})
    assert walk.labels("voice_devices") == asked
    result = await finish(walk)
    assert result["title"] == f"KT GiGA Genie ({title})"
    assert result["result"].unique_id == f"genie_{household}"
    assert result["data"]["household"] == household
    assert "pairing_token" not in result["data"]
    assert result["options"] == {CONF_VOICE_HIDDEN: hidden}


async def test_both_households_of_an_account_can_be_added_but_none_twice(hass, clouds):
    for household in ("h1", "h2"):
        walk = await flow_steps.start(hass, "genie")
        await walk.answer(answers_for(clouds, Vendor.GENIE))
        await walk.answer({"household": household})
        await finish(walk)
    again = await flow_steps.start(hass, "genie")
    await again.answer(answers_for(clouds, Vendor.GENIE))
    await again.answer({"household": "h2"})
    assert again.aborts("already_configured")


async def test_a_household_without_devices_asks_nothing(hass, clouds):
    for device in ("light-1", "lock-1", "speaker-1"):
        await clouds.control("genie", "remove_device", {"deviceId": device})
    walk = await flow_steps.start(hass, "genie")
    await walk.answer(answers_for(clouds, Vendor.GENIE))
    result = await walk.answer({"household": "h1"})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["options"] == {CONF_VOICE_HIDDEN: []}


async def test_a_list_of_devices_that_fails_only_costs_the_question(hass, clouds):
    clouds.clouds["genie"].faults.set("http_status", match={"path": "/genie/v1/households/h1/devices"})
    walk = await flow_steps.start(hass, "genie")
    await walk.answer(answers_for(clouds, Vendor.GENIE))
    assert (await walk.answer({"household": "h1"}))["type"] is FlowResultType.CREATE_ENTRY


@pytest.mark.parametrize("vendor", [Vendor.THINQ, Vendor.UPLUS])
async def test_the_same_token_twice(hass, clouds, vendor):
    walk = await flow_steps.start(hass, vendor)
    await walk.answer(answers_for(clouds, vendor))
    await finish(walk)
    again = await flow_steps.start(hass, vendor)
    await again.answer(answers_for(clouds, vendor))
    assert again.aborts("already_configured")


async def test_another_token_of_the_same_account(hass, clouds):
    entry = entry_of(clouds, Vendor.THINQ, "known")
    entry.add_to_hass(hass)
    register(hass, entry, *[await id_of(clouds, name) for name in ("냉장고", "오븐", "세탁기")])
    token = (await clouds.control("thinq", "issue_token", {}))["token"]
    walk = await flow_steps.start(hass, "thinq")
    await walk.answer({**answers_for(clouds, Vendor.THINQ), "access_token": token})
    assert walk.aborts("already_configured")


async def test_another_account_may_share_a_device(hass, clouds):
    entry = entry_of(clouds, Vendor.THINQ, "known")
    entry.add_to_hass(hass)
    register(hass, entry, await id_of(clouds, "냉장고"))
    walk = await flow_steps.start(hass, "thinq")
    await walk.answer(answers_for(clouds, Vendor.THINQ))
    await finish(walk)


# What goes wrong, and right again


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that goes wrong: with the answers, or at the cloud."""

    vendor: Vendor
    error: str
    answers: Mapping[str, Any] = field(default_factory=dict)
    action: tuple[str, dict[str, Any]] | None = None
    fault: tuple[str, dict[str, Any]] | None = None
    undo: tuple[str, dict[str, Any]] | None = None


def _at(server: str) -> dict[str, Any]:
    return {"advanced": {"server_url": server}}


THINQ = Trouble(vendor=Vendor.THINQ, error="cannot_connect")
GENIE = Trouble(vendor=Vendor.GENIE, error="cannot_connect")
UPLUS = Trouble(vendor=Vendor.UPLUS, error="cannot_connect")

TROUBLES = {
    "thinq wrong token": replace(THINQ, answers={"access_token": "thinqpat_wrong"}, error="invalid_auth"),
    "thinq token with umlauts": replace(THINQ, answers={"access_token": "thinqpat_ü\u200b한"}, error="invalid_auth"),
    "thinq revoked token": replace(THINQ, action=("token", {"state": "revoked"}), error="invalid_auth"),
    "thinq expired token": replace(THINQ, action=("token", {"state": "expired"}), error="invalid_auth"),
    # Another region's cloud does not know the token at all, and says just that.
    "thinq country of another region": replace(THINQ, answers={"country": "US"}, error="invalid_auth"),
    "thinq country of the same region": replace(THINQ, answers={"country": "JP"}, error="wrong_country"),
    "thinq country without ThinQ": replace(THINQ, answers={"country": "KP"}, error="wrong_country"),
    "thinq terms": replace(
        THINQ, action=("terms", {"accepted": False}), undo=("terms", {"accepted": True}), error="terms_not_accepted"
    ),
    "thinq scope": replace(
        THINQ,
        action=("scope", {"forbidden": ["devices"]}),
        undo=("scope", {"forbidden": []}),
        error="api_not_allowed",
    ),
    "thinq too many calls": replace(
        THINQ, action=("rate_limit", {"per_hour": 0}), undo=("rate_limit", {"per_hour": 100}), error="rate_limited"
    ),
    "thinq nobody there": replace(THINQ, answers=_at(NOBODY_THERE)),
    "thinq plain http elsewhere": replace(THINQ, answers=_at(DOCUMENTATION_ADDRESS)),
    "thinq no address": replace(THINQ, answers=_at("not an address")),
    "thinq broken address": replace(THINQ, answers=_at("http://[::1")),
    "thinq server of somebody else": replace(THINQ, answers=_at("genie"), error="unexpected_answer"),
    "thinq html": replace(THINQ, fault=("html_body", {}), error="unexpected_answer"),
    "thinq half a json": replace(THINQ, fault=("malformed_json", {}), error="unexpected_answer"),
    "thinq empty body": replace(THINQ, fault=("empty_body", {}), error="unexpected_answer"),
    "thinq in trouble": replace(THINQ, fault=("http_status", {"status": 503}), error="server_error"),
    "thinq hangs up": replace(THINQ, fault=("drop_connection", {})),
    "genie wrong pairing token": replace(GENIE, answers={"pairing_token": "wrong"}, error="invalid_auth"),
    "genie nobody there": replace(GENIE, answers={"server_url": NOBODY_THERE}),
    "genie plain http elsewhere": replace(GENIE, answers={"server_url": DOCUMENTATION_ADDRESS}),
    "genie server of somebody else": replace(GENIE, answers={"server_url": "thinq"}, error="unexpected_answer"),
    "genie html": replace(GENIE, fault=("html_body", {}), error="unexpected_answer"),
    "genie half a json": replace(GENIE, fault=("malformed_json", {}), error="unexpected_answer"),
    "genie in trouble": replace(GENIE, fault=("http_status", {"status": 500}), error="server_error"),
    "uplus wrong token": replace(UPLUS, answers={"token": "wrong"}, error="invalid_auth"),
    "uplus nobody there": replace(UPLUS, answers={"server_url": NOBODY_THERE}),
    "uplus plain http elsewhere": replace(UPLUS, answers={"server_url": DOCUMENTATION_ADDRESS}),
    "uplus server of somebody else": replace(UPLUS, answers={"server_url": "thinq"}, error="unexpected_answer"),
    "uplus html": replace(UPLUS, fault=("html_body", {}), error="unexpected_answer"),
    "uplus half a json": replace(UPLUS, fault=("malformed_json", {}), error="unexpected_answer"),
    "uplus maintenance": replace(UPLUS, fault=("maintenance", {}), error="server_error"),
    "uplus too many calls": replace(UPLUS, fault=("rate_limited", {}), error="rate_limited"),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_trouble_is_named_and_passes(hass, clouds, caplog, trouble):
    good = answers_for(clouds, trouble.vendor)
    bad = {**good, **trouble.answers}
    address = trouble.answers.get("advanced", trouble.answers).get("server_url")
    if address in clouds.clouds:
        there = answers_server(clouds, Vendor(address))
        bad |= _at(there) if "advanced" in trouble.answers else {"server_url": there}
    if trouble.action:
        await clouds.control(trouble.vendor, *trouble.action)
    if trouble.fault:
        clouds.clouds[trouble.vendor].faults.set(trouble.fault[0], **trouble.fault[1])

    walk = await flow_steps.start(hass, trouble.vendor)
    for _attempt in range(2):
        await walk.answer(bad)
        assert walk.asks(trouble.vendor, base=trouble.error), walk.result["errors"]

    if trouble.action and trouble.action[0] == "token":
        await clouds.control("thinq", "token", {"token": good["access_token"], "state": "valid"})
    if trouble.undo:
        await clouds.control(trouble.vendor, *trouble.undo)
    clouds.clouds[trouble.vendor].faults.clear()
    await walk.answer(good)
    await finish(walk)
    assert not [record for record in caplog.records if record.name.startswith(OURS) and record.levelno > logging.INFO]


async def test_a_fault_of_ours_is_logged_and_named(hass, clouds, caplog):
    walk = await flow_steps.start(hass, "thinq")
    with patch(
        "custom_components.dongju.vendors.thinq.client.ThinQClient.devices", side_effect=RuntimeError("a fault")
    ):
        await walk.answer(answers_for(clouds, Vendor.THINQ))
    assert walk.asks("thinq", base="unknown_error")
    assert "a fault" in caplog.text
    assert answers_for(clouds, Vendor.THINQ)["access_token"] not in caplog.text
    await walk.answer(answers_for(clouds, Vendor.THINQ))
    await finish(walk)


async def test_what_was_typed_is_still_there_after_trouble_but_no_secret(hass, clouds):
    walk = await flow_steps.start(hass, "thinq")
    await walk.answer({"access_token": "thinqpat_wrong", "country": "JP", **_at("http://127.0.0.1:9")})
    assert walk.default("country") == "JP"
    assert walk.suggested("server_url") == "http://127.0.0.1:9"
    assert walk.suggested("access_token") is None


# Signing in again


async def _fresh_thinq(clouds: Simulator) -> dict[str, Any]:
    return {"access_token": (await clouds.control("thinq", "issue_token", {}))["token"]}


async def _fresh_genie(clouds: Simulator) -> dict[str, Any]:
    return {"pairing_token": (await clouds.control("genie", "new_pairing_token", {}))["pairing_token"]}


async def _fresh_uplus(clouds: Simulator) -> dict[str, Any]:
    return {"token": (await clouds.control("uplus", "renew_token", {}))["token"]}


FRESH: Mapping[Vendor, Callable[[Simulator], Coroutine[Any, Any, dict[str, Any]]]] = {
    Vendor.THINQ: _fresh_thinq,
    Vendor.GENIE: _fresh_genie,
    Vendor.UPLUS: _fresh_uplus,
}


async def known_entry(hass: HomeAssistant, clouds: Simulator, vendor: Vendor) -> MockConfigEntry:
    """Return an account that was set up, with one of its devices in the registry."""
    extra = {"household": "h2", "tokens": {"access_token": "old"}} if vendor is Vendor.GENIE else {}
    entry = entry_of(clouds, vendor, "h2" if vendor is Vendor.GENIE else "old", **extra)
    entry.add_to_hass(hass)
    devices = {Vendor.THINQ: await id_of(clouds, "냉장고"), Vendor.GENIE: "genie_light-2", Vendor.UPLUS: "uplus_UP1"}
    register(hass, entry, devices[vendor])
    return entry


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_signing_in_again(hass, clouds, vendor):
    entry = await known_entry(hass, clouds, vendor)
    fresh = await FRESH[vendor](clouds)
    walk = await flow_steps.resume(hass, await entry.start_reauth_flow(hass))
    assert walk.asks("reauth_confirm")
    assert walk.result["description_placeholders"]["account"] == "우리 집"
    await walk.answer(dict.fromkeys(fresh, "wrong"))
    assert walk.asks("reauth_confirm", base="invalid_auth")
    await walk.answer(fresh)
    assert walk.aborts("reauth_successful")
    if vendor is Vendor.GENIE:
        assert entry.data["tokens"]["access_token"] != "old"
        assert entry.data["household"] == "h2"
        assert "pairing_token" not in entry.data
    else:
        assert fresh.items() <= entry.data.items()
    assert entry.data["server_url"] == answers_server(clouds, vendor)


def answers_server(clouds: Simulator, vendor: Vendor) -> str:
    """Return the address of a vendor's mock cloud."""
    said = clouds.connection()[vendor]
    return str(said["rest_url" if vendor is Vendor.THINQ else "base_url"])


async def test_signing_in_again_keeps_the_client_id(hass, clouds):
    entry = entry_of(clouds, Vendor.THINQ, "old", client_id="dongju-kept")
    entry.add_to_hass(hass)
    walk = await flow_steps.resume(hass, await entry.start_reauth_flow(hass))
    await walk.answer(await FRESH[Vendor.THINQ](clouds))
    assert walk.aborts("reauth_successful")
    assert entry.data["client_id"] == "dongju-kept"


async def test_signing_in_with_a_token_of_another_lg_account(hass, clouds):
    entry = await known_entry(hass, clouds, Vendor.THINQ)
    other = await clouds.control("thinq", "open_account", {"country": "KR", "devices": ["세탁기"]})
    walk = await flow_steps.resume(hass, await entry.start_reauth_flow(hass))
    await walk.answer({"access_token": other["token"]})
    assert walk.aborts("wrong_account")
    assert entry.data["access_token"] != other["token"]


async def test_signing_in_to_a_server_that_lacks_the_household(hass, clouds):
    entry = entry_of(clouds, Vendor.GENIE, "h9", household="h9")
    entry.add_to_hass(hass)
    walk = await flow_steps.resume(hass, await entry.start_reauth_flow(hass))
    await walk.answer(await FRESH[Vendor.GENIE](clouds))
    assert walk.aborts("wrong_account")
    assert entry.data["household"] == "h9"


async def test_nobody_signs_in_to_the_demo_home(hass, clouds):
    entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: EntryKind.DEMO, "seed": 1})
    entry.add_to_hass(hass)
    walk = await flow_steps.resume(hass, await entry.start_reauth_flow(hass))
    assert walk.aborts("nothing_to_reconfigure")


# Changing an account


@pytest.mark.smoke
@pytest.mark.parametrize("vendor", list(Vendor))
async def test_changing_an_account(hass, clouds, vendor):
    entry = await known_entry(hass, clouds, vendor)
    good = {**answers_for(clouds, vendor), **await FRESH[vendor](clouds)}
    hass.config_entries.async_update_entry(entry, data={**entry.data, "server_url": "http://127.0.0.1:9"})
    walk = await flow_steps.resume(hass, await entry.start_reconfigure_flow(hass))
    step = f"reconfigure_{vendor}"
    assert walk.asks(step)
    bad = _at("http://127.0.0.1:9") if vendor is Vendor.THINQ else {"server_url": "http://127.0.0.1:9"}
    await walk.answer({**good, **bad})
    assert walk.asks(step, base="cannot_connect")
    await walk.answer(good)
    assert walk.aborts("reconfigure_successful")
    assert entry.data["server_url"] == answers_server(clouds, vendor)
    assert entry.data[CONF_KIND] == EntryKind.ACCOUNT


@pytest.mark.parametrize("vendor", list(Vendor))
async def test_changing_an_account_in_trouble(hass, clouds, vendor):
    entry = await known_entry(hass, clouds, vendor)
    before = dict(entry.data)
    walk = await flow_steps.resume(hass, await entry.start_reconfigure_flow(hass))
    clouds.clouds[vendor].faults.set("html_body")
    await walk.answer({**answers_for(clouds, vendor)})
    assert walk.asks(f"reconfigure_{vendor}", base="unexpected_answer")
    assert entry.data == before


async def test_an_address_can_be_taken_out_again(hass, clouds):
    """Without an address LG's own servers are asked; what is typed over is a country that has none."""
    entry = await known_entry(hass, clouds, Vendor.THINQ)
    walk = await flow_steps.resume(hass, await entry.start_reconfigure_flow(hass))
    assert walk.suggested("server_url") == answers_server(clouds, Vendor.THINQ)
    await walk.answer({"access_token": "thinqpat_any", "country": "KP", "advanced": {}})
    assert walk.asks("reconfigure_thinq", base="wrong_country")
    assert walk.suggested("server_url") is None


async def test_changing_to_another_account(hass, clouds):
    entry = await known_entry(hass, clouds, Vendor.THINQ)
    other = await clouds.control("thinq", "open_account", {"country": "KR", "devices": ["세탁기"]})
    walk = await flow_steps.resume(hass, await entry.start_reconfigure_flow(hass))
    await walk.answer({**answers_for(clouds, Vendor.THINQ), "access_token": other["token"]})
    assert walk.aborts("wrong_account")


@pytest.mark.parametrize("kind", [EntryKind.DEMO, EntryKind.HUB])
async def test_what_has_no_account_has_nothing_to_change(hass, clouds, kind):
    entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: kind})
    entry.add_to_hass(hass)
    walk = await flow_steps.resume(hass, await entry.start_reconfigure_flow(hass))
    assert walk.aborts("nothing_to_reconfigure")


# Options


@pytest.fixture
def real_setup(setup_entry: AsyncMock) -> None:
    """Let entries come up after all."""
    setup_entry.side_effect = REAL_SETUP


@pytest.mark.smoke
@pytest.mark.usefixtures("real_setup")
async def test_options_of_an_account(hass, clouds):
    walk = await flow_steps.start(hass, "thinq")
    await walk.answer(answers_for(clouds, Vendor.THINQ))
    entry = (await finish(walk))["result"]
    await hass.async_block_till_done()
    oven, fridge = await id_of(clouds, "오븐"), await id_of(clouds, "냉장고")
    assert entry.options == {CONF_VOICE_HIDDEN: [oven]}

    registry = dr.async_get(hass)
    known = registry.async_get_device_by_identifier((DOMAIN, fridge), entry.entry_id)
    assert known
    registry.async_update_device(known.id, name_by_user="큰 냉장고")
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE_HIDDEN: [oven, "thinq_gone"]})

    walk = await flow_steps.options(hass, entry)
    assert walk.asks("init")
    assert walk.labels("voice_devices")[fridge] == "큰 냉장고"
    assert oven not in walk.default("voice_devices")
    assert walk.default("calls_per_hour") == 300
    result = await walk.answer({"calls_per_hour": 120, "energy": False, "voice_devices": [oven]})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    washer = await id_of(clouds, "세탁기")
    assert entry.options == {
        "calls_per_hour": 120,
        "energy": False,
        CONF_VOICE_HIDDEN: sorted([fridge, washer, "thinq_gone"]),
    }
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()


@pytest.mark.usefixtures("real_setup")
async def test_what_stands_for_services_is_no_device_to_speak_to(hass, clouds):
    walk = await flow_steps.start(hass, "genie")
    await walk.answer(answers_for(clouds, Vendor.GENIE))
    await walk.answer({"household": "h2"})
    asked = walk.labels("voice_devices")
    entry = (await finish(walk))["result"]
    await hass.async_block_till_done()
    assert any(device.type is DeviceType.SERVICE for device in entry.runtime_data.store.devices.values())
    walk = await flow_steps.options(hass, entry)
    assert walk.labels("voice_devices") == asked
    assert await hass.config_entries.async_remove(entry.entry_id)
    await hass.async_block_till_done()


async def test_options_of_an_account_that_is_not_loaded_leave_voice_alone(hass, clouds):
    entry = await known_entry(hass, clouds, Vendor.UPLUS)
    hass.config_entries.async_update_entry(entry, options={CONF_VOICE_HIDDEN: ["uplus_UP2"]})
    walk = await flow_steps.options(hass, entry)
    assert list(walk.result["data_schema"].schema) == ["device_types"]
    await walk.answer({"device_types": ["light"]})
    assert entry.options == {"device_types": ["light"], CONF_VOICE_HIDDEN: ["uplus_UP2"]}


async def test_options_of_the_demo_home_ask_nothing_about_voice(hass, clouds):
    entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: EntryKind.DEMO, "seed": 1})
    entry.add_to_hass(hass)
    walk = await flow_steps.options(hass, entry)
    assert {str(marker) for marker in walk.result["data_schema"].schema} == {
        *("calls_per_hour", "energy"),
        *("kinds", "record_utterances"),
        "device_types",
    }
    await walk.answer({"calls_per_hour": 500, "energy": True, "record_utterances": True, "kinds": ["speaker"]})
    assert entry.options == {"calls_per_hour": 500, "energy": True, "record_utterances": True, "kinds": ["speaker"]}


async def test_options_of_the_hub(hass, clouds):
    entry = MockConfigEntry(domain=DOMAIN, data={CONF_KIND: EntryKind.HUB})
    entry.add_to_hass(hass)
    own = er.async_get(hass).async_get_or_create("conversation", DOMAIN, "hub", config_entry=entry)
    walk = await flow_steps.options(hass, entry)
    agents = next(selector for marker, selector in walk.result["data_schema"].schema.items() if marker == "llm_agent")
    assert set(agents.config["exclude_entities"]) == {own.entity_id, "conversation.home_assistant"}
    answers = {"use_default_agent": False, "llm_agent": "conversation.clever", "demo_reaches_all": True}
    await walk.answer(answers)
    assert entry.options == answers


@pytest.mark.parametrize(
    ("data", "offered"),
    [
        ({CONF_KIND: EntryKind.HUB}, True),
        ({CONF_KIND: EntryKind.DEMO}, True),
        ({CONF_KIND: EntryKind.ACCOUNT, CONF_VENDOR: Vendor.GENIE}, True),
        ({CONF_KIND: "of a later version"}, False),
    ],
)
async def test_options_are_offered_where_there_are_any(hass, clouds, data, offered):
    entry = MockConfigEntry(domain=DOMAIN, data=data)
    entry.add_to_hass(hass)
    assert entry.supports_options is offered
