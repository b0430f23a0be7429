"""The parts of the mock ThinQ cloud that its REST API, its pushes and its controls share."""

from dataclasses import dataclass

from ..clock import Clock
from ..faults import FaultBox
from .accounts import AccountBook
from .broker import Broker
from .call_log import CallLog
from .fleet import Fleet
from .notifier import Notifier
from .subscriptions import ClientRegistry, Subscriptions
from .voice import VoiceDesk


@dataclass(frozen=True, kw_only=True, slots=True)
class CloudContext:
    """Everything behind the listeners."""

    clock: Clock
    faults: FaultBox
    accounts: AccountBook
    clients: ClientRegistry
    subscriptions: Subscriptions
    fleet: Fleet
    broker: Broker
    notifier: Notifier
    voice: VoiceDesk
    calls: CallLog
