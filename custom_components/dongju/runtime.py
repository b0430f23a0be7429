"""Typed runtime data of the config entries."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigEntry

from .model.bus import CommandBus
from .model.store import Store

if TYPE_CHECKING:
    from .assist.assistant import Assistant
    from .coordinator import AccountCoordinator
    from .entity_loader import EntityLoader


@dataclass(slots=True)
class AccountRuntime:
    """What an account entry (or the Demo home) runs on. `bus` is the one road for commands."""

    store: Store
    bus: CommandBus
    coordinator: AccountCoordinator
    entities: EntityLoader


@dataclass(slots=True)
class HubRuntime:
    """What the Hub entry runs on."""

    assistant: Assistant


type AccountEntry = ConfigEntry[AccountRuntime]
type HubEntry = ConfigEntry[HubRuntime]
