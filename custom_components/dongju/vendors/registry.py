"""The registry: one line a vendor. Everything that differs between vendors is behind these definitions."""

from typing import Final

from ..model.vocabulary import Vendor
from . import genie, thinq, uplus
from .base import VendorDefinition

_DEFINITIONS: Final[tuple[VendorDefinition, ...]] = (thinq.DEFINITION, genie.DEFINITION, uplus.DEFINITION)

VENDORS: Final[dict[Vendor, VendorDefinition]] = {definition.vendor: definition for definition in _DEFINITIONS}
