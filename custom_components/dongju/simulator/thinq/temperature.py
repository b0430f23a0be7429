"""Temperatures: LG's own pairs of Celsius and Fahrenheit, kept in step wherever the wire repeats them."""

from collections.abc import Mapping
from typing import Any, Final, override

from .machine import Machine
from .part import Change, Command, Part, Selector
from .profile import Wire, domain_of, is_readable, span

# Celsius -> Fahrenheit as appliances pair them, which is not always arithmetic.
AIR_PAIRS: Final = {
    16: 60, 17: 62, 18: 64, 19: 66, 20: 68, 21: 70, 22: 72, 23: 74,
    24: 76, 25: 77, 26: 78, 27: 80, 28: 82, 29: 84, 30: 86,
}  # fmt: skip
FRIDGE_PAIRS: Final = {1: 34, 2: 35, 3: 37, 4: 39, 5: 41, 6: 43, 7: 45}
FREEZER_PAIRS: Final = {-23: -9, -22: -8, -21: -6, -20: -4, -19: -2, -18: 0, -17: 1, -16: 3, -15: 5}
WINE_PAIRS: Final = {
    5: 41, 6: 43, 7: 45, 8: 46, 9: 48, 10: 50, 11: 52, 12: 54, 13: 55, 14: 57, 15: 59, 16: 61, 17: 63, 18: 64,
}  # fmt: skip
# Water is paired with even degrees only.
WATER_PAIRS: Final = {celsius: 2 * round((celsius * 9 / 5 + 32) / 2) for celsius in range(5, 81)}

_UNITS: Final = ("C", "F")


def fahrenheit(celsius: float) -> int:
    """Return the whole Fahrenheit degrees of a measured temperature."""
    return round(celsius * 9 / 5 + 32)


def pair_of(pairs: Mapping[int, int], value: float, unit: str) -> dict[str, float]:
    """Return a temperature in both units, by the table where it knows the value."""
    if unit == "C":
        return {"C": value, "F": pairs.get(int(value), fahrenheit(value)) if value == int(value) else fahrenheit(value)}
    if pairs and min(pairs.values()) <= value <= max(pairs.values()):
        # The appliance knows only the degrees of its table: a value in between is adjusted.
        celsius = min(pairs, key=lambda key: (abs(pairs[key] - value), key))
        return {"C": celsius, "F": pairs[celsius]}
    return {"C": round((value - 32) * 5 / 9), "F": value}


def fahrenheit_span(pairs: Mapping[int, int], low: int, high: int) -> Wire:
    """Describe the Fahrenheit side of a table: the degrees it leaves out are excepted."""
    known = [pairs[celsius] for celsius in range(low, high + 1)]
    missing = [value for value in range(known[0], known[-1] + 1) if value not in known]
    return span(known[0], known[-1], 1, missing)


def unit_of_name(name: str) -> str | None:
    """Return the unit a property carries in its name ("targetTemperatureC")."""
    return name[-1] if name.endswith(("TemperatureC", "TemperatureF")) else None


def nearest_allowed(descriptor: object, value: float) -> float:
    """Return the value of a range nearest to a calculated one; what is no range takes any."""
    domain = domain_of(descriptor, "w") if isinstance(descriptor, Mapping) else None
    if not isinstance(domain, Mapping) or "min" not in domain or "max" not in domain:
        return value
    low, high, step = domain["min"], domain["max"], domain.get("step") or 1
    if not all(isinstance(bound, int | float) for bound in (low, high, step)) or (high - low) / step > 1000:
        return value
    allowed = [low + step * index for index in range(int((high - low) / step) + 1)]
    known = [item for item in allowed if item not in (domain.get("except") or ())]
    return min(known, key=lambda item: abs(item - value), default=value)


class TemperatureLink(Machine):
    """Store a written target in both units and in every resource that shows it."""

    name = "temperature"

    def __init__(self, part: Part, pairs: Mapping[int, int] | None = None) -> None:
        """Link the temperatures of a part; without a table they are calculated."""
        super().__init__(part)
        self.pairs = pairs or {}

    @override
    def apply(self, command: Command) -> None:
        """Take every written target temperature."""
        for change in list(command.rest()):
            if "argetTemperature" in change.path and isinstance(change.value, int | float):
                self.spread(change)
                command.taken.add(change.path)

    def pairs_for(self, _change: Change) -> Mapping[int, int]:
        """Return the table that goes with a change."""
        return self.pairs

    def spread(self, change: Change) -> None:
        """Write one target wherever the state shows it."""
        resource, _, name = change.path.partition(".")
        selector = change.selector
        unit = unit_of_name(name)
        base = name[:-1] if unit else name
        if unit is None:
            unit = selector.value if selector and selector.key == "unit" else self.unit()
        values = pair_of(self.pairs_for(change), change.value, unit)
        location = selector if selector and selector.key == "locationName" else None
        sister = resource.removesuffix("InUnits") if resource.endswith("InUnits") else f"{resource}InUnits"
        for place in (resource, sister):
            if place in self.part.properties or place in self.part.state:
                self._write(place, base, values, location, unit)

    def unit(self) -> str:
        """Return the unit the appliance shows."""
        unit = self.part.get("temperature.unit")
        return unit if unit in _UNITS else "C"

    def _write(
        self, resource: str, base: str, values: Mapping[str, float], location: Selector | None, unit: str
    ) -> None:
        node = self.part.state.get(resource)
        if isinstance(node, list):
            for element in node:
                if not isinstance(element, dict):
                    continue
                if location is None or element.get(location.key) == location.value:
                    selector = location or Selector("unit", str(element.get("unit")))
                    self._write_element(resource, base, values, selector, element)
            return
        own = node if isinstance(node, dict) else {}
        if isinstance(self.part.properties.get(resource), list) and own.get("unit") in _UNITS:
            # An oven's profile has a row per unit, its state one object: it follows what was sent.
            self.part.set(f"{resource}.unit", unit)
            self._write_element(resource, base, values, Selector("unit", unit), {**own, "unit": unit})
            return
        self._write_element(resource, base, values, None, own)

    def _write_element(
        self,
        resource: str,
        base: str,
        values: Mapping[str, float],
        selector: Selector | None,
        element: Mapping[str, Any],
    ) -> None:
        own_unit = element.get("unit") if element.get("unit") in _UNITS else "C"
        names = {base: own_unit, f"{base}C": "C", f"{base}F": "F"}
        if "targetTemperature" in element or self.part.has(f"{resource}.targetTemperature"):
            names["targetTemperature"] = own_unit
        for name, unit in names.items():
            descriptor = self.part.descriptor(f"{resource}.{name}", selector)
            if name in element or (descriptor is not None and is_readable(descriptor)):
                written = self.part.descriptor(f"{resource}.{base}", selector)
                limits = descriptor if unit_of_name(name) else written
                self.part.set(f"{resource}.{name}", nearest_allowed(limits, values[str(unit)]), selector, force=True)
