"""The families of appliances, one module per kind; `FAMILIES` lists them by their type."""

from typing import Final

from . import air, air_conditioner, cleaner, cooking, heating, iot, kitchen, laundry, refrigerator
from .family import Family

_MODULES: Final = (laundry, refrigerator, air_conditioner, air, heating, cooking, kitchen, cleaner, iot)

FAMILIES: Final[dict[str, Family]] = {family.type: family for module in _MODULES for family in module.FAMILIES}
