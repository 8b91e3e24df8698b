"""A planner says that all peaks are right: kept with who and when, on the trail, and only for what was looked at."""

import pytest

from app.queries.freshness import freshness, review
from app.store.database import Database
from app.usecases import peaks
from app.usecases.confirming import confirm_peaks
from tests.conftest import Cast

from .story import busy_on, everything, on_sqlite, refused, trail_of

DAY = 24 * 3600


def test_a_confirmation_is_kept_with_its_person_and_time_and_ends_the_question_for_a_year(cast: Cast) -> None:
    later = cast.now + 400 * DAY
    customer = cast("zonnekroon-planner", now=later)
    with customer.reading() as work:
        found = review(work)
        assert "not_confirmed" in {one.kind for one in found.freshness.doubts}
    with customer.writing() as work:
        confirm_peaks(work, found.seen)
    with cast("krp-cm-1", now=later + 3 * DAY).reading() as work:
        known = freshness(work, "ZONNEKROON")
    assert known.confirmed is not None
    assert (known.confirmed.person, known.confirmed.at, known.doubts) == ("zonnekroon-planner", later, ())
    assert [(one.action, one.person) for one in trail_of(customer, "party", "ZONNEKROON")][-1] == (
        "peaks.confirmed",
        "zonnekroon-planner",
    )
    with cast("krp-cm-1", now=later + 366 * DAY).reading() as work:
        assert "not_confirmed" in {one.kind for one in freshness(work, "ZONNEKROON").doubts}


@on_sqlite
def test_what_changed_since_it_was_looked_at_is_not_confirmed(cast: Cast, database: Database) -> None:
    customer = cast("noorderhaven-planner")
    with customer.reading() as work:
        seen = review(work).seen
    with customer.writing() as work:
        peaks.register_peak(work, busy_on("2027-01-12"))
    before = everything(database)
    with refused("changed_meanwhile"), customer.writing() as work:
        confirm_peaks(work, seen)
    assert everything(database) == before


@on_sqlite
@pytest.mark.parametrize("person", ["krp-cm-1", "brug-planner"])
def test_only_the_customers_planner_confirms(cast: Cast, person: str) -> None:
    with refused("not_allowed"), cast(person).writing() as work:
        confirm_peaks(work, "")


@on_sqlite
@pytest.mark.parametrize("person", ["noorderhaven-planner", "brug-planner"])
def test_another_customers_confirmation_does_not_exist(cast: Cast, person: str) -> None:
    with refused("not_found"), cast(person).reading() as work:
        freshness(work, "ZONNEKROON")
