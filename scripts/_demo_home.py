"""What the demo adds to its home, once: a dashboard, an assistant that speaks through Dongju, and the blueprints."""

from pathlib import Path
import shutil
from typing import Any, Final

import yaml

from tests.home_assistant_client import HomeAssistantClient, HomeAssistantError
from tests.real_home_assistant import ROOT

DASHBOARD: Final = "dongju-home"
"""Path of the dashboard; Home Assistant wants a hyphen in it."""

TITLES: Final = {"ko": "동주", "en": "Dongju"}
BLUEPRINTS: Final = ROOT / "blueprints"
ROOMS: Final = ROOT / "custom_components" / "dongju" / "simulator" / "homes" / "demo" / "rooms.yaml"
ICONS: Final = {
    "living_room": "mdi:sofa",
    "kitchen": "mdi:silverware-fork-knife",
    "master_bedroom": "mdi:bed-king",
    "kids_room": "mdi:teddy-bear",
    "study": "mdi:bookshelf",
    "bathroom": "mdi:shower",
    "entrance": "mdi:door",
    "utility_room": "mdi:washing-machine",
    "balcony": "mdi:flower",
}
"""Icons of the Demo home's rooms."""


def copy_blueprints(config_dir: Path) -> None:
    """Copy the blueprints to where Home Assistant looks for them."""
    for path in sorted(BLUEPRINTS.rglob("*.yaml")):
        copy = config_dir / "blueprints" / path.relative_to(BLUEPRINTS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)


async def furnish(home: HomeAssistantClient) -> None:
    """Add room icons, the dashboard and the assistant unless they are there; what the user changed stays as it is."""
    await _ensure_icons(home)
    await _ensure_dashboard(home)
    await _ensure_assistant(home)


async def _ensure_icons(home: HomeAssistantClient) -> None:
    """Give the rooms that have none an icon."""
    rooms = yaml.safe_load(ROOMS.read_text(encoding="utf-8"))["rooms"]
    icons = {room[home.language]: ICONS[room["id"]] for room in rooms if room["id"] in ICONS}
    [areas] = await home.websocket({"type": "config/area_registry/list"})
    await home.websocket(
        *(
            {"type": "config/area_registry/update", "area_id": area["area_id"], "icon": icons[area["name"]]}
            for area in areas
            if area["icon"] is None and area["name"] in icons
        )
    )


async def _ensure_dashboard(home: HomeAssistantClient) -> None:
    """Create the dashboard and make it the page the user sees first."""
    [dashboards] = await home.websocket({"type": "lovelace/dashboards/list"})
    if any(row["url_path"] == DASHBOARD for row in dashboards):
        return
    config = yaml.safe_load((ROOT / "docs" / f"dashboard.{home.language}.yaml").read_text(encoding="utf-8"))
    await home.websocket(
        {
            "type": "lovelace/dashboards/create",
            "url_path": DASHBOARD,
            "title": TITLES[home.language],
            "icon": "mdi:sail-boat",
            "show_in_sidebar": True,
            "require_admin": False,
        },
        {"type": "lovelace/config/save", "url_path": DASHBOARD, "config": config},
    )
    [answer] = await home.websocket({"type": "frontend/get_user_data", "key": "core"})
    value = {**(answer["value"] or {}), "default_panel": DASHBOARD}
    await home.websocket({"type": "frontend/set_user_data", "key": "core", "value": value})


async def _ensure_assistant(home: HomeAssistantClient) -> None:
    """Create an Assist pipeline with our agent and prefer it."""
    agent = await _agent(home)
    [listed] = await home.websocket({"type": "assist_pipeline/pipeline/list"})
    if any(row["conversation_engine"] == agent for row in listed["pipelines"]):
        return
    [made] = await home.websocket(
        {
            "type": "assist_pipeline/pipeline/create",
            "name": TITLES[home.language],
            "language": home.language,
            "conversation_engine": agent,
            "conversation_language": home.language,
            **dict.fromkeys(("stt_engine", "stt_language", "tts_engine", "tts_language", "tts_voice")),
            **dict.fromkeys(("wake_word_entity", "wake_word_id")),
        }
    )
    await home.websocket({"type": "assist_pipeline/pipeline/set_preferred", "pipeline_id": made["id"]})
    await _allow_scenes(home)


async def _allow_scenes(home: HomeAssistantClient) -> None:
    """Let voice run the Demo home's own scenes; at home a person chooses them in the same options."""
    [entities] = await home.websocket({"type": "config/entity_registry/list"})
    own = [row for row in entities if row["platform"] == "dongju"]
    scenes = [row["entity_id"] for row in own if row["entity_id"].startswith("scene.")]
    hub = next(row["config_entry_id"] for row in own if row["entity_id"].startswith("conversation."))
    form = await home.post("/api/config/config_entries/options/flow", {"handler": hub})
    answers = {field["name"]: field["default"] for field in form["data_schema"] if "default" in field}
    await home.post(f"/api/config/config_entries/options/flow/{form['flow_id']}", {**answers, "voice_scenes": scenes})


async def _agent(home: HomeAssistantClient) -> str:
    """Return the entity id of our conversation agent."""
    [entities] = await home.websocket({"type": "config/entity_registry/list"})
    agents: list[dict[str, Any]] = [
        row for row in entities if row["platform"] == "dongju" and row["entity_id"].startswith("conversation.")
    ]
    if not agents:
        raise HomeAssistantError("Dongju's hub has no conversation agent")
    return str(agents[0]["entity_id"])
