"""What is said of templates and their sectors, and which templates does somebody mean by these words?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from app.adapters.peak_templates import peak_templates
from app.domain.peak_templates import Certainty, PeakTemplate, Sector
from app.phrases.calendars import say_date
from app.phrases.language import LANGUAGES, Language
from app.phrases.rules import say_peak

SECTORS = {
    Sector.FLOWERS: "Flower auctions and flower trade",
    Sector.RETAIL: "Shops and retail chains",
    Sector.WEBSHOPS: "Webshops",
    Sector.FOOD: "Food shops, restaurants and cafés",
    Sector.MEDIA: "Telecom and television",
    Sector.BANKING: "Banks and payments",
    Sector.PAYROLL: "Payroll",
    Sector.PENSIONS: "Pensions",
    Sector.TAX: "Taxes and benefits",
    Sector.GOVERNMENT: "Municipalities and government",
    Sector.EDUCATION: "Schools and universities",
    Sector.CARE: "Hospitals and health insurers",
    Sector.ENERGY: "Energy and grids",
    Sector.FARMING: "Farming and produce auctions",
    Sector.AIRPORTS: "Airports, air cargo and animal hotels",
    Sector.TRAVEL: "Travel",
    Sector.TRANSPORT: "Public transport",
    Sector.PORTS: "Ports and shipping",
    Sector.EVENTS: "Events and ticket sales",
    Sector.WORLDWIDE: "Customers in other countries",
}
LIKE_LETTERS = 4
"""Two words that begin with the same four letters are taken for the same word: `bank` and `banks`."""


def say_sector(language: Language, sector: Sector) -> str:
    return language.t(SECTORS[sector])


def say_trust(language: Language, template: PeakTemplate, today: date) -> list[str]:
    """What to look at before relying on a template; nothing when it is sure and never ends."""
    said = {
        Certainty.SURE: "",
        Certainty.USUAL: language.t("This is how it usually is. Check it against your own calendar."),
        Certainty.EXAMPLE: language.t("This is an example. Fill in your own dates and hours."),
    }[template.certainty]
    until = template.peak.horizon_until
    known = ""
    if until and until < today:
        known = language.t("The dates in this template are over. Fill in new ones.")
    elif until:
        known = language.t("Dates are known until {day}; add later ones when they are published.", day=say_date(language, until))
    source = language.t("Source: {source}", source=template.source) if template.source else ""
    return [one for one in (said, known, source) if one]


def templates_by_sector(text: str = "", own: Sector | None = None) -> Mapping[Sector, list[PeakTemplate]]:
    """The templates with all of these words in their name, sector or rule, in either language; their own sector first."""
    wanted = plain(text).split()
    order = sorted(Sector, key=lambda sector: sector is not own)
    found: dict[Sector, list[PeakTemplate]] = {sector: [] for sector in order}
    for template in peak_templates().values():
        if all(word in _words(template) for word in wanted):
            found[template.sector].append(template)
    return {sector: some for sector, some in found.items() if some}


def sector_of(trade: str) -> Sector | None:
    """The sector that a customer's line of trade sounds like most; none when no word does."""
    beginnings = _beginnings([trade])
    shared = {sector: len(beginnings & _beginnings(one.t(SECTORS[sector]) for one in LANGUAGES.values())) for sector in Sector}
    best = max(Sector, key=lambda sector: shared[sector])
    return best if shared[best] else None


def plain(text: str) -> str:
    """Small letters without accents and apostrophes: `Café` and `Mother's` are found by `cafe` and `mothers`."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one) and one not in "'’")


@lru_cache(maxsize=1000)
def _words(template: PeakTemplate) -> str:
    said = [template.name.nl, template.name.en]
    for one in LANGUAGES.values():
        said += [say_sector(one, template.sector), say_peak(one, template.peak)]
    return plain(" ".join(said))


def _beginnings(texts: Iterable[str]) -> set[str]:
    return {word[:LIKE_LETTERS] for text in texts for word in re.findall(r"\w+", plain(text)) if len(word) >= LIKE_LETTERS}
