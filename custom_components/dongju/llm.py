"""Tools for LLM agents: the same abilities as the voice agent, under the same guards.

A tool never confirms for the person: what needs a spoken yes (cooking) and what voice never does (unlocking, opening
gas or the entrance) is refused here exactly as at a microphone.
"""

from typing import Any, Final, override
import uuid

from homeassistant.components.llm import LLMTools
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers.llm import LLM_API_ASSIST, LLMContext, Tool, ToolAnnotations, ToolInput, ToolResult
from homeassistant.util.json import JsonValueType
import voluptuous as vol

from .assist import speech
from .assist.assistant import Assistant
from .assist.execute import Execution
from .assist.information import async_inform
from .const import CONF_KIND, DOMAIN, EntryKind
from .model.errors import HubError
from .vendors.base import SpokenReply, Utterance
from .voice.frames import Frame
from .voice.text import detect_language

ACTIONS: Final = (
    "turn_on",
    "turn_off",
    "start",
    "stop",
    "pause",
    "resume",
    "dock",
    "set_temperature",
    "adjust_temperature",
    "set_mode",
    "set_fan_speed",
    "set_humidity",
    "enable",
    "disable",
    "open",
    "close",
    "set_position",
    "lock",
    "set_brightness",
    "set_channel",
    "channel_up",
    "channel_down",
    "set_volume",
    "volume_up",
    "volume_down",
    "mute",
    "unmute",
    "launch_app",
    "play_music",
    "media_pause",
    "media_resume",
    "media_next",
    "media_previous",
)
ATTRIBUTES: Final = (
    "state",
    "temperature",
    "target_temperature",
    "humidity",
    "air_quality",
    "pm25",
    "remaining_time",
    "battery",
    "channel",
    "door",
    "lock",
    "energy",
    "filter",
)
SERVICES: Final = ("weather", "news", "ask")
_MOST_DEVICES: Final = 20


@callback
def async_get_tools(hass: HomeAssistant, llm_context: LLMContext, api_id: str) -> LLMTools | None:
    """Return the tools when the hub runs; an agent outside Assist gets none."""
    assistant = _assistant(hass)
    if api_id != LLM_API_ASSIST or not llm_context.assistant or assistant is None:
        return None
    return LLMTools(
        tools=[
            RunSentence(assistant),
            ListDevices(assistant),
            QueryDevice(assistant),
            ControlDevices(assistant),
            AskService(assistant),
        ]
    )


def _assistant(hass: HomeAssistant) -> Assistant | None:
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.data.get(CONF_KIND) == EntryKind.HUB and entry.state is ConfigEntryState.LOADED:
            assistant: Assistant = entry.runtime_data.assistant
            return assistant
    return None


class _HubTool(Tool):
    """A tool that works through the hub's assistant."""

    integration = DOMAIN

    def __init__(self, assistant: Assistant) -> None:
        """Use the assistant behind every microphone."""
        self._assistant = assistant

    def _execution(self, hass: HomeAssistant, llm_context: LLMContext) -> Execution:
        language = "ko" if (llm_context.language or hass.config.language).startswith("ko") else "en"
        return Execution(hass, self._assistant.maps.get(), language, llm_context.context or Context())


class RunSentence(_HubTool):
    """Carries out a sentence as at a microphone."""

    name = f"{DOMAIN}__run_sentence"
    title = "Carry out a sentence"
    description = (
        "Carry out one plain Korean or English sentence as if it were spoken in the home: devices by name and room, "
        "timers, alarms, reminders, commands for later, what is scheduled, scenes, colors, several commands at "
        "once. Returns what is answered. Unlocking, opening gas or doors, and cooking are refused: do not retry."
    )
    parameters = vol.Schema({vol.Required("sentence"): vol.All(str, vol.Length(min=1, max=200))})
    annotations = ToolAnnotations(read_only=False, destructive=True, idempotent=False, open_world=False)

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return what was answered, and whether anything was done."""
        sentence = self.parameters(tool_input.tool_args)["sentence"]
        reply = await self._assistant.async_handle(
            Utterance(
                assistant="llm",
                text=sentence,
                language=detect_language(sentence),
                device_id=llm_context.device_id or "",
                conversation_id=uuid.uuid4().hex,  # one of its own: a tool must never say yes for a person
            ),
            context=llm_context.context,
        )
        return ToolResult(data={"done": reply.acted, "answer": reply.text}, error=not reply.acted and not reply.text)


class ListDevices(_HubTool):
    """Lists what can be reached by voice."""

    name = f"{DOMAIN}__list_devices"
    title = "List devices"
    description = "List the home's devices that voice may reach: id, kind, name and room. Use the ids with other tools."
    annotations = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return the devices."""
        home = self._assistant.maps.get()
        areas = ar.async_get(hass)
        rows: list[JsonValueType] = []
        for device in home.understander.home.devices:
            area = areas.async_get_area(device.area) if device.area else None
            row: dict[str, JsonValueType] = {"id": device.id, "kind": device.kind, "name": home.name(device.id)}
            if area:
                row["room"] = area.name
            if device.range:
                row["range"] = list(device.range)
            rows.append(row)
        return ToolResult(data={"devices": rows})


class QueryDevice(_HubTool):
    """Tells how a device is."""

    name = f"{DOMAIN}__query_device"
    title = "Ask a device"
    description = "Return how a device is, as a sentence."
    parameters = vol.Schema(
        {vol.Required("device_id"): str, vol.Optional("attribute", default="state"): vol.In(ATTRIBUTES)}
    )
    annotations = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return the answer."""
        arguments = self.parameters(tool_input.tool_args)
        execution = self._execution(hass, llm_context)
        if arguments["device_id"] not in execution.home.targets:
            return _unknown(arguments["device_id"])
        frame = Frame(action="query", attribute=arguments["attribute"], targets=(arguments["device_id"],))
        answer = execution.ask(frame, frame.targets)
        return ToolResult(data={"answer": speech.text(answer, execution.language)})


class ControlDevices(_HubTool):
    """Controls devices."""

    name = f"{DOMAIN}__control_devices"
    title = "Control devices"
    description = (
        "Control devices by id. `value` is a number (degrees, percent, channel) or a word (mode, channel name, app, "
        "fan speed low, medium, high or auto). Unlocking, opening gas or doors, and cooking are refused: do not retry."
    )
    parameters = vol.Schema(
        {
            vol.Required("device_ids"): vol.All([str], vol.Length(min=1, max=_MOST_DEVICES)),
            vol.Required("action"): vol.In(ACTIONS),
            vol.Optional("value"): vol.Any(int, float, str),
            vol.Optional("attribute"): vol.In(("express_cool", "express_freeze", "power")),
        }
    )
    annotations = ToolAnnotations(read_only=False, destructive=True, idempotent=False, open_world=False)

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return how it went, as a sentence."""
        arguments = self.parameters(tool_input.tool_args)
        execution = self._execution(hass, llm_context)
        kinds = {device.id: device.kind for device in execution.home.understander.home.devices}
        answers, acted = [], False
        for device_id in arguments["device_ids"]:
            if device_id not in kinds:
                return _unknown(device_id)
            frame = Frame(
                action=arguments["action"],
                device=kinds[device_id],
                value=arguments.get("value"),
                attribute=arguments.get("attribute"),
                title=_title(arguments),
                targets=(device_id,),
            )
            outcome = await execution.run(frame, frame.targets)
            answers.append(speech.text(outcome.answer, execution.language))
            acted = acted or outcome.acted
        return ToolResult(data={"done": acted, "answer": " ".join(dict.fromkeys(answers))}, error=not acted)


class AskService(_HubTool):
    """Asks KT's services."""

    name = f"{DOMAIN}__ask_service"
    title = "Ask a service"
    description = "Ask GiGA Genie for the weather (of a place and a day), the news or a fact, as a sentence in Korean."
    parameters = vol.Schema(
        {
            vol.Required("service"): vol.In(SERVICES),
            vol.Required("question"): str,
            vol.Optional("place"): str,
            vol.Optional("when"): vol.In(("today", "tomorrow", "weekend", "this_week")),
        }
    )
    annotations = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=True)

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return the answer."""
        arguments = self.parameters(tool_input.tool_args)
        utterance = Utterance(
            assistant="llm", text=arguments["question"], language="ko", device_id=llm_context.device_id or ""
        )
        try:
            frame = Frame(action=arguments["service"], place=arguments.get("place"), when=arguments.get("when"))
            answer = await async_inform(hass, utterance, frame, None)
        except HubError as err:
            return ToolResult(data={"error": err.key}, error=True)
        if not isinstance(answer, SpokenReply):
            return ToolResult(data={"error": "no_service"}, error=True)
        return ToolResult(data={"answer": answer.text})


def _title(arguments: dict[str, Any]) -> str | None:
    """Return what music is wanted."""
    return str(arguments["value"]) if arguments["action"] == "play_music" and "value" in arguments else None


def _unknown(device_id: str) -> ToolResult:
    return ToolResult(data={"error": "unknown_device", "device_id": device_id}, error=True)
