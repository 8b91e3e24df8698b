"""The known cast: three customers, their suppliers' chain, what they are busy with, and short ways to name a time."""

from datetime import UTC, date, datetime

from app.domain.anchors import Anchor, AnchorRule, Dates, Fixed, Recurrence
from app.domain.chain import Chain, Requirement
from app.domain.conflicts import check
from app.domain.national_calendars import NATIONAL_CALENDARS
from app.domain.peaks import DailyHours, Lead, Peak, Severity
from app.domain.result import CheckResult
from app.domain.situation import Customer, Situation, Waiver, busy_peaks, dated, exposed_span
from app.domain.spans import Span
from app.domain.walltime import instant_of
from app.domain.windows import ChangeType, Series, Window

AMSTERDAM = "Europe/Amsterdam"


def wall(written: str) -> datetime:
    """A wall clock, without a zone."""
    return datetime.fromisoformat(written)


def utc(written: str) -> int:
    """An instant, written in UTC."""
    return instant_of(datetime.fromisoformat(written).replace(tzinfo=UTC))


def span(start: str, end: str) -> Span:
    return Span(utc(start), utc(end))


def day(written: str) -> date:
    return date.fromisoformat(written)


def days(*written: str) -> frozenset[date]:
    return frozenset(day(one) for one in written)


def dates(*written: str) -> Dates:
    """Dates, and ranges written as `first/last`."""
    ends = [one.partition("/") for one in written]
    return Dates(tuple(sorted(Anchor(day(first), day(last or first)) for first, _, last in ends)))


# --- suppliers and their services

SUPPLIERS = {
    "NET-CORE-A": "KABEL",
    "NET-CORE-B": "KABEL",
    "DC1-COMPUTE": "WOLK",
    "DC2-COMPUTE": "DIJK",
    "LAB-TEST": "WOLK",
    "DB-AUC-1": "WOLK",
    "DB-AUC-2": "DIJK",
    "MW-ESB": "BRUG",
    "ID-SSO": "SLEUTEL",
    "AUC-CLOCK": "ATELIER",
    "AUC-REMOTE": "ATELIER",
    "CERT-ENGINE": "ATELIER",
    "CERT-PORTAL": "ATELIER",
    "CDN-EAST": "STROOM",
    "CDN-WEST": "STROOM",
    "TV-LIVE": "STROOM",
}


def need(service: str, *members: str, least: int = 1) -> Requirement:
    return Requirement(service, frozenset(members), least)


def chain(*requirements: Requirement) -> Chain:
    services = {service for one in requirements for service in {one.service} | one.members}
    return Chain(dict.fromkeys(services, "KABEL"), requirements)


CHAIN = Chain(
    SUPPLIERS,
    (
        need("DC1-COMPUTE", "NET-CORE-A", "NET-CORE-B"),
        need("DC2-COMPUTE", "NET-CORE-A", "NET-CORE-B"),
        need("DB-AUC-1", "DC1-COMPUTE"),
        need("DB-AUC-2", "DC2-COMPUTE"),
        need("AUC-CLOCK", "DB-AUC-1", "DB-AUC-2"),
        need("AUC-CLOCK", "MW-ESB"),
        need("AUC-REMOTE", "AUC-CLOCK"),
        need("AUC-REMOTE", "ID-SSO"),
        need("CERT-ENGINE", "MW-ESB"),
        need("CERT-PORTAL", "CERT-ENGINE"),
        need("CERT-PORTAL", "ID-SSO"),
        need("CDN-EAST", "NET-CORE-A"),
        need("CDN-WEST", "NET-CORE-B"),
        need("TV-LIVE", "CDN-EAST", "CDN-WEST"),
    ),
)

# --- customers and what they are busy with

ZONNEKROON = Customer("ZONNEKROON", frozenset({"AUC-CLOCK", "AUC-REMOTE"}))
POLDERPOORT = Customer("POLDERPOORT", frozenset({"CERT-PORTAL"}))
LICHTLIJN = Customer("LICHTLIJN", frozenset({"TV-LIVE"}))


def peak(customer: Customer, name: str, rule: AnchorRule, severity: Severity = Severity.FREEZE, **more: object) -> Peak:
    return Peak(f"{customer.id}:{name}", customer.id, severity, AMSTERDAM, rule, **more)


VALENTINE = peak(ZONNEKROON, "valentine", Fixed(2, 14), lead=Lead(before=7))
CLOCK_HOURS = peak(
    ZONNEKROON,
    "clock-hours",
    Recurrence(day("2026-01-01"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    Severity.RESTRICTED,
    services=frozenset({"AUC-CLOCK"}),
    daily=DailyHours(4 * 60, 11 * 60 + 30),
)
EVENING_WAVE = peak(
    POLDERPOORT,
    "evening-wave",
    Recurrence(day("2026-01-01"), "FREQ=DAILY"),
    Severity.RESTRICTED,
    daily=DailyHours(17 * 60, 23 * 60 + 30),
)
MATCH_NIGHTS = peak(
    LICHTLIJN,
    "match-nights",
    dates("2027-04-13", "2027-04-14", "2027-04-27"),
    daily=DailyHours(18 * 60, 24 * 60),
    horizon_until=day("2027-06-30"),
)
PEAKS = (VALENTINE, CLOCK_HOURS, EVENING_WAVE, MATCH_NIGHTS)

# --- windows and their check


def window(services: str, start: str, end: str, **more: object) -> Window:
    """A normal change in Amsterdam time on one or more services (of the supplier of the first)."""
    names = services.split()
    given = {"id": "W1", "supplier": SUPPLIERS[names[0]], "type": ChangeType.NORMAL, "zone": AMSTERDAM} | more
    return Window(services=frozenset(names), start=wall(start), end=wall(end), **given)


def repeated(
    rrule: str | None = None, *, except_on: frozenset[date] = frozenset(), also_on: frozenset[date] = frozenset()
) -> Series:
    return Series(rrule, except_on, also_on)


def checked(
    *proposed: Window,
    committed: tuple[Window, ...] = (),
    waivers: tuple[Waiver, ...] = (),
    peaks: tuple[Peak, ...] = PEAKS,
    chain: Chain = CHAIN,
) -> CheckResult:
    """The proposed windows met with the cast."""
    span = exposed_span([dated(one) for one in proposed])
    busy = busy_peaks(peaks, span, NATIONAL_CALENDARS)
    customers = (ZONNEKROON, POLDERPOORT, LICHTLIJN)
    return check(proposed, Situation(chain, customers, busy, committed, frozenset(waivers)))
