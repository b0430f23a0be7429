"""The families of appliances, one module per kind; `FAMILIES` lists them by their type."""

from typing import Final

from . import air_conditioner, laundry, refrigerator
from .family import Family

FAMILIES: Final[dict[str, Family]] = {
    family.type: family for module in (laundry, refrigerator, air_conditioner) for family in module.FAMILIES
}
