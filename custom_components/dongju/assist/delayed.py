"""Commands for later ("한 시간 뒤에 꺼줘"): kept over restarts, carried out once, listed and cancelled by voice."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
import logging
from typing import Any, Final
import uuid

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_time
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..vendors.base import Utterance
from ..voice.frames import Frame

_LOGGER: Final = logging.getLogger(__name__)

STORAGE_VERSION: Final = 1
STORAGE_KEY: Final = f"{DOMAIN}.delayed"
_MOST: Final = 50
# After a long stop a command this old is no longer what the person wants.
_TOO_LATE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """A frame that waits, with who asked for it."""

    id: str
    due: str
    frame: Frame
    utterance: Utterance
    only_entry: str | None

    def as_dict(self) -> dict[str, Any]:
        """Return it for the disk."""
        return asdict(self)

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> Delayed:
        """Read it from the disk."""
        frame = {**raw["frame"], "targets": tuple(raw["frame"].get("targets", ()))}
        return cls(**{**raw, "frame": Frame(**frame), "utterance": Utterance(**raw["utterance"])})


type Run = Callable[[Delayed], Awaitable[None]]


class DelayedCommands:
    """The commands that wait."""

    def __init__(self, hass: HomeAssistant, run: Run, missed: Run) -> None:
        """Carry a command out with `run` when it is due; hand one whose time passed during a stop to `missed`."""
        self._hass = hass
        self._run = run
        self._missed = missed
        self._store: Store[list[dict[str, Any]]] = Store(hass, STORAGE_VERSION, STORAGE_KEY, private=True)
        self._waiting: dict[str, Delayed] = {}
        self._cancel: dict[str, CALLBACK_TYPE] = {}

    @property
    def waiting(self) -> list[Delayed]:
        """Return what waits, the next first."""
        return sorted(self._waiting.values(), key=lambda delayed: delayed.due)

    async def async_start(self) -> None:
        """Take up again what waited when Home Assistant stopped, but for what is long overdue."""
        now = dt_util.utcnow()
        missed: list[Delayed] = []
        for raw in await self._store.async_load() or ():
            try:
                delayed = Delayed.from_dict(raw)
                due = datetime.fromisoformat(delayed.due)
            except (KeyError, TypeError, ValueError) as err:
                _LOGGER.debug("Dropping a delayed command that makes no sense: %r", err)
                continue
            if due > now - _TOO_LATE:
                self._wait(delayed, due)
            else:
                missed.append(delayed)
        if missed:
            await self._async_save()  # before it is told: it is told once
        for delayed in missed:
            await self._missed(delayed)

    @callback
    def stop(self) -> None:
        """Wait no longer; what waits stays on disk."""
        for cancel in self._cancel.values():
            cancel()
        self._cancel.clear()

    @property
    def latest(self) -> Delayed | None:
        """Return what was put off last."""
        return next(reversed(self._waiting.values()), None)

    async def async_add(
        self, frame: Frame, utterance: Utterance, only_entry: str | None, due: datetime
    ) -> Delayed | None:
        """Keep a command for later; return None when too many wait."""
        if len(self._waiting) >= _MOST:
            return None
        delayed = Delayed(
            id=uuid.uuid4().hex,
            due=due.astimezone(dt_util.UTC).isoformat(),
            frame=frame,
            utterance=utterance,
            only_entry=only_entry,
        )
        self._wait(delayed, due)
        await self._async_save()
        return delayed

    async def async_cancel(self, *ids: str) -> None:
        """Forget commands that wait; one that has run is none any more."""
        for delayed_id in ids:
            if cancel := self._cancel.pop(delayed_id, None):
                cancel()
            self._waiting.pop(delayed_id, None)
        await self._async_save()

    def _wait(self, delayed: Delayed, due: datetime) -> None:
        async def run(_now: datetime) -> None:
            self._cancel.pop(delayed.id, None)
            self._waiting.pop(delayed.id, None)
            await self._async_save()  # before it runs: a crash must not run it twice
            await self._run(delayed)

        self._waiting[delayed.id] = delayed
        self._cancel[delayed.id] = async_track_point_in_time(self._hass, run, max(due, dt_util.utcnow()))

    async def _async_save(self) -> None:
        await self._store.async_save([delayed.as_dict() for delayed in self._waiting.values()])
