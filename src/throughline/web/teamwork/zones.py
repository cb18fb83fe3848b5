"""Where a day ends: the time zone of a district, by its state.

Source: 49 CFR Part 71 (standard time zone boundaries) and the IANA time zone database; where a state has two zones, the one in which
most of its people live. The server's setting THROUGHLINE_TIME_ZONE comes before it.
"""

import os
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

VARIABLE = "THROUGHLINE_TIME_ZONE"
_BY_ZONE = {
    "America/New_York": "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC VA VT WV",
    "America/Chicago": "AL AR IA IL KS LA MN MO MS ND NE OK SD TN TX WI",
    "America/Denver": "CO ID MT NM UT WY",
    "America/Phoenix": "AZ",
    "America/Los_Angeles": "CA NV OR WA",
    "America/Anchorage": "AK",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR VI",
    "Pacific/Guam": "GU MP",
    "Pacific/Pago_Pago": "AS",
}
ZONES = {state: zone for zone, states in _BY_ZONE.items() for state in states.split()}


def zone_of(state: str) -> ZoneInfo:
    """The zone of a state's districts; UTC when nothing is known."""
    return ZoneInfo(os.environ.get(VARIABLE) or ZONES.get(state.upper(), "UTC"))


def end_of_day(on: date, zone: ZoneInfo) -> datetime:
    """The moment the day is over there: the next day's midnight by the clock, whatever summer time does."""
    return datetime.combine(on + timedelta(days=1), time(), zone)
