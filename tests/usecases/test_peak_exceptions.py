"""A planner takes a date out of a peak, moves it, or suspends the peak; and puts it back. All of it on the record."""

from datetime import date

import pytest

from app.domain.peak_exceptions import PeakException, TakenOut
from app.domain.peaks import Move, Suspension
from app.domain.register import RegisteredPeak
from app.domain.verdict import Verdict
from app.queries.checks import preview_check
from app.store import peak_exceptions, waivers
from app.store import peaks as stored
from app.store.database import Database
from app.usecases import peaks
from app.usecases.peak_exceptions import make_exception, put_exception_back
from tests.conftest import Cast, Person

from .story import EVENING_CERTIFICATES, consent, everything, on_sqlite, proposal, proposed, refused, tell, trail_of

VALENTINE, WAVE = "ZONNEKROON:flower-valentine", "POLDERPOORT:animal-evening-wave"
DAY = date(2027, 2, 14)
BEFORE_VALENTINE = proposal("MW-ESB", "2027-02-09T01:00", "2027-02-09T03:00", rollback_minutes=0)
AFTER_VALENTINE = proposal("MW-ESB", "2027-02-18T01:00", "2027-02-18T03:00", rollback_minutes=0)
EACH = (TakenOut(DAY), Move(DAY, date(2027, 2, 21)), Suspension(date(2027, 2, 1), date(2027, 2, 10)))


def kept(person: Person, peak_id: str) -> RegisteredPeak:
    with person.reading() as work:
        return stored.load(work, peak_id)


def excepted(person: Person, what: PeakException, peak: str = VALENTINE, reason: str = "We agreed so.") -> int:
    """Made, and its number."""
    with person.writing() as work:
        make_exception(work, peak, what, reason, stored.load(work, peak).version)
    with person.reading() as work:
        return peak_exceptions.in_force(work, peak)[0].id


def back(person: Person, exception: int, peak: str = VALENTINE) -> None:
    with person.writing() as work:
        put_exception_back(work, peak, exception, stored.load(work, peak).version)


def verdict(cast: Cast, what: object = BEFORE_VALENTINE) -> Verdict:
    with cast("krp-cm-1").reading() as work:
        return preview_check(work, what).shown.verdict


@pytest.mark.parametrize(
    ("what", "before", "after"), [(EACH[0], "clear", "clear"), (EACH[1], "clear", "blocked"), (EACH[2], "clear", "clear")]
)
def test_an_exception_counts_in_a_check_at_once_and_no_longer_when_it_is_put_back(
    cast: Cast, what: PeakException, before: str, after: str
) -> None:
    customer = cast("zonnekroon-planner")
    assert (verdict(cast), verdict(cast, AFTER_VALENTINE)) == ("blocked", "clear")
    number = excepted(customer, what)
    assert (verdict(cast), verdict(cast, AFTER_VALENTINE)) == (before, after)
    back(customer, number)
    assert (verdict(cast), verdict(cast, AFTER_VALENTINE)) == ("blocked", "clear")


def test_who_made_an_exception_when_and_why_is_on_the_record_and_so_is_its_putting_back(cast: Cast) -> None:
    customer = cast("zonnekroon-planner")
    number = excepted(customer, Move(DAY, date(2027, 2, 13)), reason="  The auction is on Saturday.  ")
    with customer.reading() as work:
        (record,) = peak_exceptions.in_force(work, VALENTINE)
    assert (record.what, record.reason) == (Move(DAY, date(2027, 2, 13)), "The auction is on Saturday.")
    assert (record.person, record.at, record.put_back_at) == ("zonnekroon-planner", customer.now, None)
    back(customer, number)
    with customer.reading() as work:
        assert peak_exceptions.in_force(work, VALENTINE) == []
        assert tell(work, "SELECT id, put_back_at FROM peak_exception") == [(number, customer.now)]
    facts = {"day": "2027-02-14", "to": "2027-02-13"}
    assert [(one.action, one.person, one.reason, one.facts) for one in trail_of(customer, "peak", VALENTINE)[-2:]] == [
        ("peak.date_moved", "zonnekroon-planner", "The auction is on Saturday.", facts),
        ("peak.put_back", "zonnekroon-planner", "", facts),
    ]
    assert [trail_of(customer, "peak", VALENTINE)[-1].at, kept(customer, VALENTINE).version] == [customer.now, 3]


def test_the_kept_occurrences_are_those_of_the_peak_with_its_exceptions(cast: Cast) -> None:
    customer = cast("zonnekroon-planner")
    excepted(customer, Suspension(date(2027, 2, 9), date(2027, 2, 9)))
    excepted(customer, Move(date(2028, 2, 14), date(2028, 2, 12)))
    with customer.reading() as work:
        asked = "SELECT anchor, end_at - start_at FROM occurrence WHERE peak_id = :key ORDER BY start_at"
        found = [(str(anchor), seconds // 86400) for anchor, seconds in tell(work, asked, key=VALENTINE)]
    assert found == [("2026-02-14", 8), ("2027-02-14", 2), ("2027-02-14", 5), ("2028-02-12", 8), ("2029-02-14", 8)]


def test_only_the_waivers_of_the_dates_that_are_touched_lapse(cast: Cast) -> None:
    window = proposed(cast("atelier-planner"), EVENING_CERTIFICATES)
    evening, other = EVENING_CERTIFICATES.start.date(), date(2027, 1, 14)
    with cast("krp-admin").writing() as work:
        for anchor in (evening, other):
            consent(work, window.id, "POLDERPOORT", WAVE, anchor)

    def granted() -> set[date]:
        with cast("krp-cm-1").reading() as work:
            return {one.anchor for one in waivers.granted(work, [window.id])}

    customer = cast("polderpoort-planner")
    excepted(customer, Suspension(date(2027, 1, 13), date(2027, 1, 13)), WAVE)
    assert granted() == {evening, other}
    number = excepted(customer, TakenOut(other), WAVE)
    assert granted() == {evening}
    back(customer, number, WAVE)
    assert granted() == {evening}
    excepted(customer, Suspension(date(2027, 1, 12), date(2027, 1, 20)), WAVE)
    assert granted() == set()


@on_sqlite
def test_a_changed_peak_keeps_its_exceptions(cast: Cast) -> None:
    customer = cast("zonnekroon-planner")
    for what in EACH[1:]:
        excepted(customer, what)
    known = kept(customer, VALENTINE)
    with customer.writing() as work:
        peaks.change_peak(work, VALENTINE, peaks.PeakDraft(known.peak, known.name, "Other words."), known.version)
    assert kept(customer, VALENTINE).peak == known.peak
    assert (len(known.peak.moved), len(known.peak.suspended)) == (1, 1)


@on_sqlite
@pytest.mark.parametrize(
    ("code", "person", "what", "reason", "version"),
    [
        ("reason_required", "zonnekroon-planner", TakenOut(DAY), "  ", 1),
        ("changed_meanwhile", "zonnekroon-planner", TakenOut(DAY), "x", 2),
        ("no_such_date", "zonnekroon-planner", TakenOut(date(2027, 2, 13)), "x", 1),
        ("day_is_over", "zonnekroon-planner", Suspension(date(2026, 11, 21), DAY), "x", 1),
        ("not_found", "noorderhaven-planner", TakenOut(DAY), "x", 1),
        ("not_allowed", "krp-cm-1", TakenOut(DAY), "x", 1),
        ("not_allowed", "brug-planner", TakenOut(DAY), "x", 1),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    cast: Cast, database: Database, code: str, person: str, what: PeakException, reason: str, version: int
) -> None:
    before = everything(database)
    with refused(code), cast(person).writing() as work:
        make_exception(work, VALENTINE, what, reason, version)
    assert everything(database) == before


@on_sqlite
def test_an_exception_is_put_back_once_by_whose_it_is_and_from_what_he_saw(cast: Cast, database: Database) -> None:
    customer = cast("zonnekroon-planner")
    number = excepted(customer, TakenOut(DAY))
    before = everything(database)
    for code, person, peak, exception, version in (
        ("changed_meanwhile", "zonnekroon-planner", VALENTINE, number, 1),
        ("not_found", "zonnekroon-planner", "ZONNEKROON:flower-mothers-day", number, 1),
        ("not_found", "zonnekroon-planner", VALENTINE, number + 1, 2),
        ("not_found", "noorderhaven-planner", VALENTINE, number, 2),
        ("not_allowed", "krp-cm-1", VALENTINE, number, 2),
    ):
        with refused(code), cast(person).writing() as work:
            put_exception_back(work, peak, exception, version)
    assert everything(database) == before
    back(customer, number)
    with refused("not_found"):
        back(customer, number)


@on_sqlite
def test_a_suspension_that_has_begun_ends_today_and_what_was_stays_as_it_was(cast: Cast) -> None:
    customer = cast("zonnekroon-planner")
    number = excepted(customer, Suspension(date(2027, 2, 1), date(2027, 2, 28)))
    later = cast("zonnekroon-planner", now=customer.now + 80 * 24 * 3600)  # Wednesday 10 February
    back(later, number)
    assert kept(customer, VALENTINE).peak.suspended == {Suspension(date(2027, 2, 1), date(2027, 2, 9))}


@on_sqlite
def test_the_same_suspension_may_come_again_after_it_was_put_back(cast: Cast) -> None:
    customer = cast("zonnekroon-planner")
    for _ in range(2):
        back(customer, excepted(customer, EACH[2]))
    with refused("already_suspended"):
        excepted(customer, EACH[2])
        excepted(customer, EACH[2])
