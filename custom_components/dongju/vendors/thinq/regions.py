"""Which of LG's regional clouds serves a country."""

from typing import Final

from ...model.errors import WrongCountryError
from ..server_address import checked_server

_REGIONS: Final = {
    "kic": "AU BD CN HK ID IN JP KH KR LA LK MM MY NP NZ PH SG TH TW VN",
    "aic": (
        "AG AR AW BB BO BR BS BZ CA CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PR PY SR SV TT US UY VC VE"
    ),
    "eic": (
        "AE AF AL AM AO AT AZ BA BE BF BG BH BJ BY CD CF CG CH CI CM CV CY CZ DE DJ DK DZ EE EG ES ET FI FR GA GB GE "
        "GH GM GN GQ GR HR HU IE IL IQ IR IS IT JO KE KG KW KZ LB LR LT LU LV LY MA MD ME MK ML MR MT MU MW NE NG NL "
        "NO OM PK PL PS PT QA RO RS RU RW SA SD SE SI SK SL SN SO ST SY TD TG TN TR TZ UA UG UZ XK YE ZA ZM"
    ),
}

REGION_BY_COUNTRY: Final[dict[str, str]] = {
    country: region for region, countries in _REGIONS.items() for country in countries.split()
}

COUNTRIES: Final = tuple(sorted(REGION_BY_COUNTRY))


def base_url(country: str, server: str | None = None) -> str:
    """Return the address of the cloud of a country (ISO code), or the given server's.

    Raises WrongCountryError for a country without a cloud and CannotConnectError for an address that must not be used.
    """
    if server:
        return checked_server(server)
    region = REGION_BY_COUNTRY.get(country.upper())
    if region is None:
        raise WrongCountryError(country)
    return f"https://api-{region}.lgthinq.com"
