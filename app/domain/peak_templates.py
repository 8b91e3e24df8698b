"""What is a template? A peak that customers of a sector usually have, to be taken over and adjusted."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.peaks import Peak
from app.domain.register import Name


class Sector(StrEnum):
    """In the order in which they are offered."""

    FLOWERS = "flowers"
    RETAIL = "retail"
    WEBSHOPS = "webshops"
    FOOD = "food"
    MEDIA = "media"
    BANKING = "banking"
    PAYROLL = "payroll"
    PENSIONS = "pensions"
    TAX = "tax"
    GOVERNMENT = "government"
    EDUCATION = "education"
    CARE = "care"
    ENERGY = "energy"
    FARMING = "farming"
    AIRPORTS = "airports"
    TRAVEL = "travel"
    TRANSPORT = "transport"
    PORTS = "ports"
    EVENTS = "events"
    WORLDWIDE = "worldwide"


class Certainty(StrEnum):
    """sure: fixed by law or custom; usual: how it mostly is; example: everybody has other dates."""

    SURE = "sure"
    USUAL = "usual"
    EXAMPLE = "example"


@dataclass(frozen=True)
class PeakTemplate:
    """`peak` has the template's id and no customer. `source` is who publishes the dates, empty when nobody does."""

    sector: Sector
    name: Name
    certainty: Certainty
    source: str
    peak: Peak

    @property
    def id(self) -> str:
        return self.peak.id
