"""Forms from a vendor's declared fields: schemas to show, answers to flatten."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    CountrySelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol

from .const import CONF_ADVANCED
from .vendors.base import Field, FieldType

type Answers = dict[str, Any]

_TEXT_TYPES: Final = {
    FieldType.TEXT: TextSelectorType.TEXT,
    FieldType.SECRET: TextSelectorType.PASSWORD,
    FieldType.URL: TextSelectorType.URL,
}


def schema(fields: Iterable[Field], known: Mapping[str, Any]) -> vol.Schema:
    """Return the form of the fields; what is known is suggested, except secrets. Advanced ones are folded away."""
    plain: dict[Any, Any] = {}
    advanced: dict[Any, Any] = {}
    for field in fields:
        (advanced if field.advanced else plain)[_marker(field, known)] = _selector(field)
    if advanced:
        plain[vol.Required(CONF_ADVANCED)] = section(vol.Schema(advanced), {"collapsed": True})
    return vol.Schema(plain)


def choice_schema(choices: Mapping[str, Mapping[str, str]]) -> vol.Schema:
    """Return the form that asks what an account leaves open (which household)."""
    return vol.Schema(
        {
            vol.Required(key, default=next(iter(options))): SelectSelector(
                SelectSelectorConfig(
                    options=[SelectOptionDict(value=value, label=label) for value, label in options.items()],
                    mode=SelectSelectorMode.LIST,
                )
            )
            for key, options in choices.items()
        }
    )


def flatten(answers: Mapping[str, Any]) -> Answers:
    """Return the answers of a form without its section; an empty answer counts as none."""
    flat = {**answers, **answers.get(CONF_ADVANCED, {})}
    flat.pop(CONF_ADVANCED, None)
    return {
        key: value.strip() if isinstance(value, str) else value
        for key, value in flat.items()
        if value not in ("", None)
    }


def _marker(field: Field, known: Mapping[str, Any]) -> vol.Marker:
    marker = vol.Required if field.required else vol.Optional
    if field.type is FieldType.SECRET:
        return marker(field.key)
    value = known.get(field.key, field.default)
    if value is None:
        return marker(field.key)
    if field.required and field.type is not FieldType.TEXT:
        return marker(field.key, default=value)
    return marker(field.key, description={"suggested_value": value})


def _selector(field: Field) -> Any:
    if field.type in _TEXT_TYPES:
        return TextSelector(TextSelectorConfig(type=_TEXT_TYPES[field.type]))
    if field.type is FieldType.COUNTRY:
        return CountrySelector()
    if field.type is FieldType.BOOLEAN:
        return BooleanSelector()
    if field.type is FieldType.NUMBER:
        return NumberSelector(
            NumberSelectorConfig(
                min=field.minimum or 0, max=field.maximum or 1_000_000, step=1, mode=NumberSelectorMode.BOX
            )
        )
    return SelectSelector(
        SelectSelectorConfig(options=list(field.choices), multiple=field.multiple, translation_key=field.key)
    )
