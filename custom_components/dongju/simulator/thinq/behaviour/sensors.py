"""Readings that wander by themselves, slowly: a quiet home stays quiet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, override

from ..machine import Machine
from ..part import Part

# Between two readings of one appliance pass minutes, not the same for all of them.
_PERIOD_SECONDS: Final = (420.0, 900.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """A number that goes up and down between two bounds, a step at a time."""

    path: str
    low: int
    high: int
    step: int = 1
    # A word that says the same, by rising thresholds: (PM2Level, ((15, "GOOD"), ...)).
    level_path: str | None = None
    levels: Sequence[tuple[int, str]] = ()
    # The reading itself is one of these words on the wire.
    words: Sequence[str] = ()
    # From this value on it is worth a notification.
    alarm: tuple[int, str] | None = None


class SensorMachine(Machine):
    """Let the readings of a part wander."""

    name = "sensors"
    actions: Mapping[str, str] = {
        "sense": "let a sensor read a value: path (resource.property), value",
    }

    def __init__(self, part: Part, readings: Sequence[Reading]) -> None:
        """Look after those readings the profile has."""
        super().__init__(part)
        self._readings = [reading for reading in readings if part.has(reading.path)]

    @override
    def begin(self) -> None:
        """Read for the first time within a period."""
        if self._readings:
            self.after("read", self.host.rng.uniform(60.0, _PERIOD_SECONDS[1]))

    @override
    def wake(self, timer: str) -> None:
        """Let one or two readings take a step."""
        rng = self.host.rng
        for reading in rng.sample(self._readings, min(2, len(self._readings))):
            value = self._value(reading)
            step = rng.choice((-reading.step, 0, reading.step))
            self._show(reading, min(max(value + step, reading.low), reading.high))
        self.after("read", rng.uniform(*_PERIOD_SECONDS))

    @override
    def act(self, name: str, data: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """Let a sensor read a value."""
        path = str(data["path"])
        reading = next((item for item in self._readings if item.path == path), None)
        if reading is None:
            raise ValueError(f"no sensor {path}; known: {', '.join(item.path for item in self._readings)}")
        word = data["value"]
        self._show(reading, reading.words.index(str(word)) if reading.words else int(word))
        return {"value": word}

    def _value(self, reading: Reading) -> int:
        value = self.part.get(reading.path)
        if reading.words:
            return reading.words.index(value) if value in reading.words else reading.low
        return int(value or reading.low)

    def _show(self, reading: Reading, value: int) -> None:
        before = self._value(reading)
        self.part.set(reading.path, reading.words[value] if reading.words else value)
        if reading.level_path and self.part.has(reading.level_path):
            self.part.set(reading.level_path, level_of(reading.levels, value))
        if reading.alarm and before < reading.alarm[0] <= value:
            self.push(reading.alarm[1])


def level_of(levels: Sequence[tuple[int, str]], value: float) -> str:
    """Return the word for a reading; the last word has no upper bound."""
    return next((word for bound, word in levels if value <= bound), levels[-1][1])


_DUST: Final = ((15, "GOOD"), (35, "NORMAL"), (75, "BAD"), (10_000, "VERY_BAD"))
_COARSE: Final = ((30, "GOOD"), (80, "NORMAL"), (150, "BAD"), (10_000, "VERY_BAD"))
_TOTAL: Final = ((1, "GOOD"), (2, "NORMAL"), (3, "BAD"), (10, "VERY_BAD"))
_ODOR: Final = ((1, "WEAK"), (2, "NORMAL"), (3, "STRONG"), (10, "VERY_STRONG"))

# What an air quality sensor of any appliance reads; a profile has some of them.
AIR_READINGS: Final = (
    Reading(path="airQualitySensor.PM1", low=3, high=40, step=2, level_path="airQualitySensor.PM1Level", levels=_DUST),
    Reading(path="airQualitySensor.PM2", low=4, high=60, step=3, level_path="airQualitySensor.PM2Level", levels=_DUST),
    Reading(
        path="airQualitySensor.PM10", low=6, high=90, step=4, level_path="airQualitySensor.PM10Level", levels=_COARSE
    ),
    Reading(path="airQualitySensor.odor", low=1, high=3, level_path="airQualitySensor.odorLevel", levels=_ODOR),
    Reading(path="airQualitySensor.oder", low=1, high=3),
    Reading(
        path="airQualitySensor.totalPollution",
        low=1,
        high=2,
        level_path="airQualitySensor.totalPollutionLevel",
        levels=_TOTAL,
        alarm=(3, "POLLUTION_IS_HIGH"),
    ),
    Reading(path="airQualitySensor.humidity", low=32, high=62),
    Reading(path="airQualitySensor.temperature", low=20, high=27),
    Reading(path="airQualitySensor.CO2", low=0, high=2, words=("GOOD", "NORMAL", "BAD", "VERY_BAD")),
)


def air_state(names: Sequence[str]) -> dict[str, Any]:
    """Return first readings of an air quality sensor, in agreement with their words."""
    numbers: dict[str, Any] = {
        "PM1": 7, "PM2": 11, "PM10": 18, "odor": 1, "oder": 1, "totalPollution": 1, "humidity": 46,
        "temperature": 24, "CO2": "GOOD",
    }  # fmt: skip
    words = {
        "PM1Level": "GOOD", "PM2Level": "GOOD", "PM10Level": "GOOD", "odorLevel": "WEAK",
        "totalPollutionLevel": "GOOD", "monitoringEnabled": "ON_WORKING",
    }  # fmt: skip
    known: dict[str, Any] = {**numbers, **words}
    return {name: known[name] for name in names}
