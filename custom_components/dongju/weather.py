"""Weather, as KT's service tells it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
import logging
from typing import Any, Final, override

from homeassistant.components.weather import (
    ATTR_CONDITION_CLOUDY,
    ATTR_CONDITION_FOG,
    ATTR_CONDITION_LIGHTNING_RAINY,
    ATTR_CONDITION_PARTLYCLOUDY,
    ATTR_CONDITION_POURING,
    ATTR_CONDITION_RAINY,
    ATTR_CONDITION_SNOWY,
    ATTR_CONDITION_SNOWY_RAINY,
    ATTR_CONDITION_SUNNY,
    Forecast,
    WeatherEntity,
    WeatherEntityDescription,
    WeatherEntityFeature,
)
from homeassistant.const import Platform, UnitOfSpeed, UnitOfTemperature
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr
from .queries import async_query
from .runtime import AccountEntry

_LOGGER: Final = logging.getLogger(__name__)

PARALLEL_UPDATES = 1
SCAN_INTERVAL = timedelta(minutes=30)

# KT publishes the range 1 to 22 of its icons, not their meanings; these are the mock's.
_CONDITIONS: Final[Mapping[int, str]] = {
    1: ATTR_CONDITION_SUNNY,
    2: ATTR_CONDITION_PARTLYCLOUDY,
    3: ATTR_CONDITION_CLOUDY,
    4: ATTR_CONDITION_CLOUDY,
    5: ATTR_CONDITION_RAINY,
    6: ATTR_CONDITION_POURING,
    7: ATTR_CONDITION_LIGHTNING_RAINY,
    8: ATTR_CONDITION_SNOWY,
    9: ATTR_CONDITION_SNOWY_RAINY,
    10: ATTR_CONDITION_FOG,
}
_DEGREES_PER_STEP: Final = 45


async def async_setup_entry(
    _hass: HomeAssistant, entry: AccountEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Hand the way of adding weather to the loader."""
    entry.runtime_data.entities.register(Platform.WEATHER, async_add_entities)


class DongjuWeather(DongjuEntity, WeatherEntity):
    """The weather service; it is asked, for nothing is pushed."""

    _attr_should_poll = True
    _attr_native_temperature_unit = UnitOfTemperature.CELSIUS
    _attr_native_wind_speed_unit = UnitOfSpeed.METERS_PER_SECOND
    _attr_supported_features = WeatherEntityFeature.FORECAST_DAILY | WeatherEntityFeature.FORECAST_HOURLY
    _detail: Mapping[str, Any] = {}

    @override
    async def async_added_to_hass(self) -> None:
        """Ask for the weather in the background: the other entities need not wait."""
        await super().async_added_to_hass()
        self.async_schedule_update_ha_state(force_refresh=True)

    async def async_update(self) -> None:
        """Ask the service; without an answer the last one stays."""
        try:
            answer = await async_query(self._runtime, self._device.id, "weather", type="today")
        except HomeAssistantError as err:
            _LOGGER.debug("No weather: %s", err)
            return
        self._detail = (answer.get("metaInfo") or {}).get("infoDetail") or {}
        self._update_attrs()
        await self.async_update_listeners(None)

    @override
    def _update_attrs(self) -> None:
        detail = self._detail
        self._attr_condition = _CONDITIONS.get(detail.get("icon", 0))
        self._attr_native_temperature = detail.get("temp")
        self._attr_humidity = detail.get("humidity")
        self._attr_native_wind_speed = detail.get("windSpeed")
        direction = detail.get("windDirection")
        self._attr_wind_bearing = (
            (direction - 1) * _DEGREES_PER_STEP if isinstance(direction, int) and direction else None
        )
        self._attr_uv_index = detail.get("uv")

    @override
    async def async_forecast_daily(self) -> list[Forecast] | None:
        """Return the coming days."""
        return [
            Forecast(
                datetime=_iso(str(row["date"]), "%Y%m%d"),
                condition=_CONDITIONS.get(row.get("icon", 0)),
                native_temperature=row.get("tempHigh"),
                native_templow=row.get("tempLow"),
                precipitation_probability=row.get("precipitationChance"),
            )
            for row in self._detail.get("dailyList", ())
        ]

    @override
    async def async_forecast_hourly(self) -> list[Forecast] | None:
        """Return the coming hours."""
        return [
            Forecast(
                datetime=_iso(str(row["time"]), "%Y%m%d%H%M%S"),
                condition=_CONDITIONS.get(row.get("icon", 0)),
                native_temperature=row.get("temp"),
                precipitation_probability=row.get("precipitationChance"),
            )
            for row in self._detail.get("weatherList", ())
        ]


def _iso(text: str, form: str) -> str:
    """Return KT's local time as ISO 8601."""
    return datetime.strptime(text, form).replace(tzinfo=dt_util.get_default_time_zone()).isoformat()


ROWS: Final = (
    EntityRow(
        platform=Platform.WEATHER,
        entity_class=DongjuWeather,
        attribute=Attr.WEATHER,
        description=WeatherEntityDescription(key="weather", translation_key="weather"),
    ),
)
