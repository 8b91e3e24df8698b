"""Does what was written make sense? Worlds, peaks and windows, checked in the fixed order of the contract (D23)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from app.domain.anchor_dates import anchors
from app.domain.anchors import Entries
from app.domain.chain import Chain, Requirement
from app.domain.occurrences import occurrences_meeting
from app.domain.peaks import Lead, Peak
from app.domain.refusal import Refusal
from app.domain.rule_parts import rules_within
from app.domain.situation import Customer
from app.domain.spans import Instant, Span
from app.domain.walltime import zone
from app.domain.windows import Window, window_occurrences
from app.domain.workdays import Calendars, calendar_named

LONGEST_WINDOW_DAYS = 366
LONGEST_BUSY_DAYS = 400
YEAR = 366 * 24 * 3600
PROBE = date(2027, 1, 1)
"""Any day will do: dating a rule for one day meets every calendar and holiday it names."""


def require_sound_world(chain: Chain, customers: Sequence[Customer], peaks: Sequence[Peak], calendars: Calendars) -> None:
    """Services known, redundancy possible, then each peak's customer, scope, zone and rule, each for all before the next."""
    known = chain.suppliers.keys()
    for requirement in chain.requirements:
        _require_known({requirement.service} | requirement.members, known)
    for customer in customers:
        _require_known(customer.uses, known)
    for requirement in chain.requirements:
        require_possible(requirement)
    uses = {customer.id: customer.uses for customer in customers}
    for peak in peaks:
        if peak.customer not in uses:
            raise Refusal("unknown_customer", "customer", customer=peak.customer)
    for peak in peaks:
        require_scope(peak, uses[peak.customer])
    for peak in peaks:
        zone(peak.zone)
    for peak in peaks:
        require_sound_rule(peak, calendars)


def require_possible(requirement: Requirement) -> None:
    """At least one member is needed, and not more than there are (`bad_redundancy_minimum`)."""
    if not 1 <= requirement.minimum <= len(requirement.members):
        facts = {"service": requirement.service, "minimum": requirement.minimum, "members": len(requirement.members)}
        raise Refusal("bad_redundancy_minimum", "min", **facts)


def require_scope(peak: Peak, uses: Iterable[str]) -> None:
    """A peak may only be about services its customer uses."""
    foreign = sorted((peak.services or frozenset()) - set(uses))
    if foreign:
        raise Refusal("scope_not_used", "services", service=foreign[0], customer=peak.customer)


def require_sound_rule(peak: Peak, calendars: Calendars) -> None:
    """Zone, calendars and holidays of a peak are known (its rule can be dated)."""
    zone(peak.zone)
    if isinstance(peak.rule, Entries) and peak.lead != Lead():
        raise Refusal("entries_have_hours", "lead_before")
    if isinstance(peak.rule, Entries) and peak.daily:
        raise Refusal("entries_have_hours", "daily_start")
    if peak.lead.calendar:
        calendar_named(calendars, peak.lead.calendar)
    some_day = peak.valid_from or next(iter(sorted(peak.also_on)), None) or PROBE
    for rule in rules_within(peak.rule):
        anchors(rule, some_day, some_day, calendars)


def require_sound_peak(peak: Peak, uses: Iterable[str], now: Instant, calendars: Calendars) -> None:
    """A peak to register: about services its customer uses, with a rule that can be dated, happens, and ends.

    A rule without a date in the next ten years (`never_happens`) is taken for a mistake.
    """
    require_scope(peak, uses)
    require_sound_rule(peak, calendars)
    if not peak.enabled:
        return
    found = occurrences_meeting(peak, Span(now - YEAR, now + 10 * YEAR), calendars)
    if not found:
        raise Refusal("never_happens", "rule")
    longest = max((one.last_day - one.first_day).days + 1 for one in found)
    if longest > LONGEST_BUSY_DAYS:
        raise Refusal("busy_too_long", "rule", most=LONGEST_BUSY_DAYS, days=longest)


def require_sound_window(window: Window, suppliers: Mapping[str, str]) -> None:
    """A window names services of its supplier and a time that exists.

    In order: `empty_services`, `unknown_service`, `supplier_mismatch`, `unknown_timezone`, `negative_rollback`,
    `nonexistent_local_time`, `ambiguous_local_time`, `end_not_after_start`.
    """
    if not window.services:
        raise Refusal("empty_services", "services")
    _require_known(window.services, suppliers.keys())
    foreign = sorted(one for one in window.services if suppliers[one] != window.supplier)
    if foreign:
        raise Refusal("supplier_mismatch", "services", service=foreign[0], supplier=window.supplier)
    zone(window.zone)
    if window.rollback_minutes < 0:
        raise Refusal("negative_rollback", "rollback_minutes")
    window_occurrences(window)
    if (window.end - window.start).days > LONGEST_WINDOW_DAYS:
        raise Refusal("window_too_long", "end", most=LONGEST_WINDOW_DAYS)


def _require_known(services: Iterable[str], known: Iterable[str]) -> None:
    unknown = sorted(set(services) - set(known))
    if unknown:
        raise Refusal("unknown_service", "services", service=unknown[0])
