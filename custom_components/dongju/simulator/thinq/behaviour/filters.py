"""Filters that wear while an appliance works, and ask to be changed."""

from collections.abc import Mapping
from typing import Any, Final, override

from ..machine import Machine
from ..part import Part
from .power import PowerMachine

_HOUR: Final = 3600.0


class FilterMachine(Machine):
    """Count the hours of a filter, or the percent it has left."""

    name = "filter"
    actions: Mapping[str, str] = {"replace_filter": "put a new filter in"}
    _percents: Final = ("filterInfo.filterRemainPercent", "filterInfo.topFilterRemainPercent")

    def __init__(self, part: Part, power: PowerMachine) -> None:
        """Wear the filter of a part while it is switched on."""
        super().__init__(part)
        self._power = power
        self._hours = 0

    @override
    def begin(self) -> None:
        """Count every working hour."""
        self.after("hour", _HOUR)

    @override
    def wake(self, timer: str) -> None:
        """Wear for an hour; a percent lasts forty."""
        self.after("hour", _HOUR)
        if not self._power.is_on:
            return
        self._hours += 1
        used = self.part.get("filterInfo.usedTime")
        lifetime = self.part.get("filterInfo.filterLifetime")
        if used is not None:
            self.part.set("filterInfo.usedTime", used + 1)
            if lifetime and used + 1 == lifetime:
                self.push("TIME_TO_CLEAN_FILTER")
        for path in self._percents:
            percent = self.part.get(path)
            if percent and self._hours % 40 == 0:
                self.part.set(path, percent - 1)
                if percent == 1:
                    self.push("TIME_TO_CHANGE_FILTER")

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Start over with a new filter."""
        for path, value in (("filterInfo.usedTime", 0), *((path, 100) for path in self._percents)):
            if self.part.get(path) is not None:
                self.part.set(path, value)
        self.push("FILTER_RESET_COMPLETE")
        return None

    @override
    def snapshot(self) -> dict[str, Any]:
        """Return the hours counted."""
        return {"hours": self._hours}

    @override
    def restore(self, data: Mapping[str, Any]) -> None:
        """Go on counting."""
        self._hours = int(data["hours"])
