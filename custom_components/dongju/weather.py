"""Weather, as KT's service tells it."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
import logging
from math import isfinite
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

from .discovery import EntityRow
from .entity import DongjuEntity
from .model.vocabulary import Attr
from .queries import async_query, info_detail
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
_KOREA: Final = timezone(timedelta(hours=9))


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
        self._detail = info_detail(answer)
        self._update_attrs()
        await self.async_update_listeners(None)

    @override
    def _update_attrs(self) -> None:
        detail = self._detail
        self._attr_condition = _condition(detail)
        self._attr_native_temperature = _number(detail, "temp")
        self._attr_humidity = _number(detail, "humidity")
        self._attr_native_wind_speed = _number(detail, "windSpeed")
        direction = _number(detail, "windDirection")
        self._attr_wind_bearing = (direction - 1) * _DEGREES_PER_STEP if direction else None
        self._attr_uv_index = _number(detail, "uv")

    @override
    async def async_forecast_daily(self) -> list[Forecast] | None:
        """Return the coming days."""
        return self._forecast("dailyList", "date", "%Y%m%d", "tempHigh")

    @override
    async def async_forecast_hourly(self) -> list[Forecast] | None:
        """Return the coming hours."""
        return self._forecast("weatherList", "time", "%Y%m%d%H%M%S", "temp")

    def _forecast(self, name: str, time_key: str, form: str, temperature_key: str) -> list[Forecast]:
        """Return one of KT's lists as a forecast; a row without a time is left out."""
        rows = self._detail.get(name)
        return [
            Forecast(
                datetime=moment.isoformat(),
                condition=_condition(row),
                native_temperature=_number(row, temperature_key),
                native_templow=_number(row, "tempLow"),
                precipitation_probability=_whole(row, "precipitationChance"),
            )
            for row in (rows if isinstance(rows, list) else ())
            if isinstance(row, Mapping) and (moment := _moment(row.get(time_key), form))
        ]


def _condition(row: Mapping[str, Any]) -> str | None:
    icon = _whole(row, "icon")
    return _CONDITIONS.get(icon) if icon is not None else None


def _number(row: Mapping[str, Any], key: str) -> float | None:
    """Return a number that KT may write as text."""
    try:
        value = float(row.get(key, ""))
    except TypeError, ValueError:
        return None
    return value if isfinite(value) else None


def _whole(row: Mapping[str, Any], key: str) -> int | None:
    value = _number(row, key)
    return None if value is None else round(value)


def _moment(text: object, form: str) -> datetime | None:
    """Return KT's local time."""
    try:
        return datetime.strptime(str(text), form).replace(tzinfo=_KOREA)
    except ValueError:
        return None


ROWS: Final = (
    EntityRow(
        platform=Platform.WEATHER,
        entity_class=DongjuWeather,
        attribute=Attr.WEATHER,
        description=WeatherEntityDescription(key="weather", translation_key="weather"),
    ),
)
