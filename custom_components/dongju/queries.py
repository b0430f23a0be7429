"""Asking a vendor's services on behalf of an entity or an action, with translated errors."""

from collections.abc import Mapping
from typing import Any

from .errors import translated
from .model.errors import HubError
from .runtime import AccountRuntime


async def async_query(runtime: AccountRuntime, device_id: str, name: str, **arguments: Any) -> dict[str, Any]:
    """Ask the session of a device a question; raise a translated error when it refuses."""
    try:
        return await runtime.coordinator.session_of(device_id).async_query(name, arguments)
    except HubError as err:
        raise translated(err) from err


def info_detail(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the `metaInfo.infoDetail` of an answer of KT's services, empty where there is none."""
    info = answer.get("metaInfo")
    detail = info.get("infoDetail") if isinstance(info, Mapping) else None
    return detail if isinstance(detail, Mapping) else {}
