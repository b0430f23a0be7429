"""GiGA Genie accounts that can be asked, which of their speakers is meant, and telling what nobody waits for there."""

from dataclasses import dataclass

from homeassistant.components import persistent_notification
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from ..const import CONF_KIND, DOMAIN, EntryKind
from ..model.command import Command
from ..model.device import Device
from ..model.errors import HubError, NotFoundError
from ..model.vocabulary import Attr, DeviceType, Vendor
from ..runtime import AccountRuntime
from ..vendors.base import Utterance, VendorSession


@dataclass(frozen=True, slots=True)
class Genie:
    """A GiGA Genie account that can be asked, and a speaker of it."""

    session: VendorSession
    runtime: AccountRuntime
    entry_id: str
    speakers: tuple[Device, ...]


def genies(hass: HomeAssistant, only_entry: str | None) -> list[Genie]:
    """Return the loaded GiGA Genie accounts, or the one of a Demo home."""
    found = []
    for entry in hass.config_entries.async_entries(DOMAIN):
        if entry.data.get(CONF_KIND) == EntryKind.HUB or entry.state is not ConfigEntryState.LOADED:
            continue
        if only_entry not in {None, entry.entry_id}:
            continue
        runtime = entry.runtime_data
        if session := runtime.coordinator.sessions.get(Vendor.GENIE):
            speakers = tuple(device for device in runtime.store.devices.values() if device.type is DeviceType.SPEAKER)
            found.append(Genie(session, runtime, entry.entry_id, speakers))
    return found


def speaker_near(genie: Genie, utterance: Utterance) -> Device:
    """Return the speaker that heard it, the one in its room, or the first."""
    if not genie.speakers:
        raise NotFoundError("no speaker", name="")
    heard_it = [speaker for speaker in genie.speakers if speaker.id == utterance.device_id]
    near = [speaker for speaker in genie.speakers if utterance.room is not None and speaker.room == utterance.room]
    return (heard_it or near or list(genie.speakers))[0]


async def async_tell(hass: HomeAssistant, text: str, utterance: Utterance, only_entry: str | None) -> None:
    """Say on the speaker nearest to who asked what became of it later; without a speaker that can, show it."""
    for genie in genies(hass, only_entry):
        if not genie.speakers:
            continue
        speaker = speaker_near(genie, utterance)
        try:
            await genie.runtime.bus.send(Command(device_id=speaker.id, values={Attr.SPEAK: text}))
        except HubError:
            continue
        return
    persistent_notification.async_create(hass, text, title="Dongju")
