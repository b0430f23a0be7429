"""Supplies that run out: rinse aid, beer."""

from collections.abc import Mapping
from typing import Any, override

from ..machine import Machine


class RinseAidMachine(Machine):
    """The rinse aid of a dishwasher."""

    name = "rinse_aid"
    actions: Mapping[str, str] = {
        "use_up_rinse_aid": "let the rinse aid run out",
        "refill_rinse_aid": "fill rinse aid in",
    }

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Use up or refill."""
        empty = name == "use_up_rinse_aid"
        self.part.set("dishWashingStatus.rinseRefill", empty)
        if empty:
            self.push("RINSE_IS_NOT_ENOUGH")
        return None
