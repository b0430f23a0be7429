"""Walks config and options flows as the frontend does, and reads every text that a person would be shown."""

from collections.abc import Mapping
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.config_entries import SOURCE_USER, ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, section
from homeassistant.helpers.selector import SelectSelector

DOMAIN = "dongju"
LANGUAGES = ("en", "ko")
_FOLDER = Path(__file__).parents[2] / "custom_components" / DOMAIN / "translations"
TEXTS = {language: json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8")) for language in LANGUAGES}
_PLACEHOLDER = re.compile(r"\{(\w+)\}")

type Result = Mapping[str, Any]


class Walk:
    """One flow: each step's result is checked for its texts and kept."""

    def __init__(self, manager: Any, kind: str, result: Result) -> None:
        """Take over a flow at its first result; `kind` is `config` or `options`."""
        self._manager = manager
        self._kind = kind
        self.result = result
        check_texts(kind, result)

    async def answer(self, answers: Mapping[str, Any]) -> Result:
        """Send a form, or choose from a menu with `next_step_id`."""
        self.result = await self._manager.async_configure(self.result["flow_id"], dict(answers))
        check_texts(self._kind, self.result)
        return self.result

    def asks(self, step_id: str, **errors: str) -> bool:
        """Tell whether a form is shown, with these errors."""
        result = self.result
        return (
            result["type"] is FlowResultType.FORM
            and result["step_id"] == step_id
            and (result["errors"] or {}) == errors
        )

    def aborts(self, reason: str) -> bool:
        """Tell whether the flow ended with a reason."""
        return self.result["type"] is FlowResultType.ABORT and self.result["reason"] == reason

    def default(self, field: str) -> Any:
        """Return what a field of the form holds before a person touches it."""
        return next(marker.default() for marker in self.result["data_schema"].schema if marker == field)

    def suggested(self, field: str) -> Any:
        """Return what a field of the form suggests, also one of the folded section; None for nothing."""
        for marker, selector in _fields(self.result["data_schema"].schema):
            if marker == field:
                del selector
                return (marker.description or {}).get("suggested_value")
        raise KeyError(field)

    def labels(self, field: str) -> dict[str, str]:
        """Return what can be chosen in a field: value -> label."""
        selector = next(value for marker, value in self.result["data_schema"].schema.items() if marker == field)
        return {option["value"]: option["label"] for option in selector.config["options"]}


async def start(hass: HomeAssistant, choice: str | None = None) -> Walk:
    """Add an account as a person does, as far as the form of `choice`."""
    walk = Walk(
        hass.config_entries.flow,
        "config",
        await hass.config_entries.flow.async_init(DOMAIN, context={"source": SOURCE_USER}),
    )
    if choice:
        await walk.answer({"next_step_id": choice})
    return walk


async def resume(hass: HomeAssistant, result: Result) -> Walk:
    """Take over a flow that something else started (signing in again, reconfiguring)."""
    return Walk(hass.config_entries.flow, "config", result)


async def options(hass: HomeAssistant, entry: ConfigEntry) -> Walk:
    """Open the options of an entry."""
    return Walk(hass.config_entries.options, "options", await hass.config_entries.options.async_init(entry.entry_id))


def check_texts(kind: str, result: Result) -> None:
    """Fail when a text of a step is missing in a language, or wants a placeholder that nobody fills."""
    for language in LANGUAGES:
        tree = TEXTS[language][kind]
        if result["type"] is FlowResultType.ABORT:
            # Home Assistant itself has the words for flows that run already, and for finished options.
            assert result["reason"] in tree["abort"], (language, result["reason"])
        if result["type"] is FlowResultType.MENU:
            assert set(result["menu_options"]) <= set(tree["step"][result["step_id"]]["menu_options"])
        if result["type"] is FlowResultType.FORM:
            _check_form(TEXTS[language], kind, result)


def _check_form(texts: Mapping[str, Any], kind: str, result: Result) -> None:
    step = texts[kind]["step"][result["step_id"]]
    assert step["title"]
    wanted = _PLACEHOLDER.findall(json.dumps(step))
    assert set(wanted) <= set(result["description_placeholders"] or {}), result["step_id"]
    for error in (result["errors"] or {}).values():
        assert error in texts[kind]["error"], error
    for marker, selector in result["data_schema"].schema.items():
        described = step["sections"][marker.schema] if isinstance(selector, section) else step
        inner = selector.schema.schema if isinstance(selector, section) else {marker: selector}
        for field, field_selector in inner.items():
            assert described["data"][field.schema]
            assert described["data_description"][field.schema]
            _check_choices(texts, field_selector)


def _check_choices(texts: Mapping[str, Any], selector: Any) -> None:
    if isinstance(selector, SelectSelector) and (key := selector.config.get("translation_key")):
        assert set(selector.config["options"]) <= set(texts["selector"][key]["options"])


def _fields(schema: Mapping[Any, Any]) -> list[tuple[Any, Any]]:
    found = []
    for marker, selector in schema.items():
        found += _fields(selector.schema.schema) if isinstance(selector, section) else [(marker, selector)]
    return found
