"""A family of appliances as a row: its profile, first state, behaviour and energy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
import random
from typing import Any, Final

from ..appliance import Appliance
from ..energy import EnergyMeter, EnergyUse
from ..machine import Machine
from ..part import Part, WireState
from ..profile import Wire

type Options = Mapping[str, Any]

_COMMON_OPTIONS: Final = frozenset({"type", "name", "room", "model", "id", "offline", "strict", "energy", "voice"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Family:
    """Everything that tells one type of appliance from another."""

    # Name in a home description, type on the wire, model unless one is given.
    type: str
    device_type: str
    model: str
    profile: Callable[[Options], Wire]
    state: Callable[[Options, random.Random], WireState]
    machines: Callable[[Part, Options], Sequence[Machine]]
    energy: EnergyUse | None = None
    energy_properties: tuple[str, ...] = ("energyUsage",)
    options: frozenset[str] = frozenset()

    def create(self, raw: Options, device_id: str, rng: random.Random) -> Appliance:
        """Build an appliance; raise ValueError for an option this family does not know."""
        unknown = sorted(set(raw) - _COMMON_OPTIONS - self.options)
        if unknown:
            raise ValueError(f"{raw.get('name')}: unknown option {', '.join(unknown)} for type {self.type}")
        device_id = str(raw.get("id", device_id))
        metered = self.energy if raw.get("energy", True) else None
        room = raw.get("room")
        appliance = Appliance(
            device_id=device_id,
            device_type=self.device_type,
            model_name=str(raw.get("model", self.model)),
            alias=str(raw["name"]),
            room=str(room) if room is not None else None,
            profile=self.profile(raw),
            state=self.state(raw, rng),
            energy=EnergyMeter(device_id, self.energy_properties, metered) if metered else None,
        )
        for part in appliance.all_parts:
            for machine in self.machines(part, raw):
                appliance.add_machine(machine)
        appliance.strict = bool(raw.get("strict", False))
        appliance.online = not raw.get("offline", False)
        return appliance
