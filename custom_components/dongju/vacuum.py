"""Robot cleaners."""

from typing import Any, Final, override

from homeassistant.components.vacuum import StateVacuumEntity, StateVacuumEntityDescription
from homeassistant.components.vacuum.const import VacuumActivity, VacuumEntityFeature
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr, DeviceType, Kind
from .row_filters import options_to_write, readable
from .runtime import AccountEntry
from .values import as_word

# The command bus keeps the order per device; Home Assistant need not hold calls back.
PARALLEL_UPDATES = 0

_ACTIVITIES: Final = {
    "charging": VacuumActivity.DOCKED,
    "charging_complete": VacuumActivity.DOCKED,
    "docked": VacuumActivity.DOCKED,
    "homing": VacuumActivity.RETURNING,
    "pause": VacuumActivity.PAUSED,
    "error": VacuumActivity.ERROR,
    "working": VacuumActivity.CLEANING,
    "cleaning": VacuumActivity.CLEANING,
    "water_removal": VacuumActivity.CLEANING,
    "water_injection": VacuumActivity.CLEANING,
}

_ACTIVITIES_OF_BEGINNINGS: Final = (
    ("station", VacuumActivity.CLEANING),
    ("clean", VacuumActivity.CLEANING),
    ("charg", VacuumActivity.DOCKED),
    ("homing", VacuumActivity.RETURNING),
    ("error", VacuumActivity.ERROR),
    ("pause", VacuumActivity.PAUSED),
)
"""What a word that is not in the table most likely means; robots learn new ones. The rest is idling."""

START_WORDS: Final = ("start", "resume")
PAUSE_WORDS: Final = ("pause",)
STOP_WORDS: Final = ("stop",)
RETURN_WORDS: Final = ("homing", "home", "charge")
"""Commands this entity gives, by preference; the button platform offers the others."""

_FEATURES: Final = (
    (START_WORDS, VacuumEntityFeature.START),
    (PAUSE_WORDS, VacuumEntityFeature.PAUSE),
    (STOP_WORDS, VacuumEntityFeature.STOP),
    (RETURN_WORDS, VacuumEntityFeature.RETURN_HOME),
)

_WAY_TO_START: Final = {"sleep": "wake_up", "pause": "resume"}
"""What starts a robot in a state in which "start" would be refused."""


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding vacuum cleaners to the loader."""
    entry.runtime_data.entities.register(Platform.VACUUM, async_add_entities)


class DongjuVacuum(DongjuEntity, StateVacuumEntity):
    """A cleaner that goes by itself."""

    @override
    def _describe(self) -> None:
        operation = self._attribute(Attr.OPERATION) if self._can_write(Attr.OPERATION) else None
        self._commands = options_to_write(operation) if operation else ()
        features = VacuumEntityFeature.STATE
        for words, feature in _FEATURES:
            if any(word in self._commands for word in words):
                features |= feature
        self._attr_supported_features = features

    @override
    def _update_attrs(self) -> None:
        word = as_word(self._value(Attr.RUN_STATE))
        self._attr_activity = _activity(word) if word else None

    @override
    async def async_start(self) -> None:
        """Start cleaning, or go on."""
        way = _WAY_TO_START.get(as_word(self._value(Attr.RUN_STATE)) or "")
        await self._command((way, *START_WORDS) if way else START_WORDS)

    @override
    async def async_pause(self) -> None:
        """Pause."""
        await self._command(PAUSE_WORDS)

    @override
    async def async_stop(self, **kwargs: Any) -> None:
        """Stop."""
        await self._command(STOP_WORDS)

    @override
    async def async_return_to_base(self, **kwargs: Any) -> None:
        """Go back to the station."""
        await self._command(RETURN_WORDS)

    async def _command(self, words: tuple[str, ...]) -> None:
        """Give the first of these commands that the cleaner knows."""
        word = next((word for word in words if word in self._commands), words[0])
        await self._async_send({Attr.OPERATION: word})


def _activity(word: str) -> VacuumActivity:
    if word in _ACTIVITIES:
        return _ACTIVITIES[word]
    return next(
        (activity for beginning, activity in _ACTIVITIES_OF_BEGINNINGS if word.startswith(beginning)),
        VacuumActivity.IDLE,
    )


ROWS: Final[tuple[EntityRow, ...]] = (
    EntityRow(
        platform=Platform.VACUUM,
        entity_class=DongjuVacuum,
        attribute=Attr.RUN_STATE,
        description=StateVacuumEntityDescription(key="vacuum", translation_key="vacuum", name=None),
        also=(Attr.OPERATION,),
        types=frozenset({DeviceType.ROBOT_CLEANER}),
        where=readable(Kind.ENUM, Kind.TEXT),
        shared=True,
    ),
)
"""Shared: the sensor shows the state in the robot's own words, buttons give the commands a vacuum entity has not."""
