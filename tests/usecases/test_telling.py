"""Who is told of what: each what he may know, in the transaction of the change itself."""

from collections.abc import Mapping

from sqlalchemy import select

from app.domain.access import SYSTEM
from app.domain.messages import TOPICS, MessageKind, Topic
from app.domain.window_news import TO_CUSTOMERS, TO_THOSE_WHO_PLAN
from app.phrases.messages import TEXTS
from app.store import windows
from app.store.tables import message
from app.usecases import decisions, proposals
from app.usecases.decisions import Seen
from app.usecases.telling import tell_person
from tests.conftest import Cast

from .story import BANK_APP, approved, drafted, kept, moved, proposed, refused

SUPPLIER, CUSTOMER, OTHER_CUSTOMER = "atelier-planner", "noorderhaven-planner", "zonnekroon-planner"
MANAGERS = ("krp-cm-1", "krp-cm-2")


def told(cast: Cast, window: str) -> list[tuple[str, str]]:
    """Whom and of what there is a message about the window, in order."""
    with cast.database.reading(SYSTEM, cast.now) as work:
        rows = work.connection.execute(select(message).where(message.c.window_id == window).order_by(message.c.id))
        return [(row.person_id, row.kind) for row in rows]


def facts(cast: Cast, person: str, kind: MessageKind) -> Mapping[str, object]:
    """What the last message of that kind to somebody says."""
    with cast.database.reading(SYSTEM, cast.now) as work:
        chosen = select(message.c.facts).where(message.c.person_id == person, message.c.kind == kind)
        found = work.connection.execute(chosen.order_by(message.c.id.desc()).limit(1)).scalar_one()
        return dict(found)


def test_each_hears_of_a_window_from_the_step_that_concerns_him(cast: Cast) -> None:
    """The customer when it is approved, not before; nobody of what he did himself; nobody else at all."""
    manager = cast("krp-cm-1")
    draft = drafted(cast(SUPPLIER), BANK_APP)
    assert told(cast, draft.id) == []
    with cast(SUPPLIER).writing() as work:
        proposals.submit_window(work, draft.id, draft.version)
    handed_in = [(one, "window.submitted") for one in MANAGERS]
    assert told(cast, draft.id) == handed_in
    approved(manager, draft.id)
    decided = [*handed_in, (SUPPLIER, "window.approved"), (CUSTOMER, "maintenance.announced")]
    assert told(cast, draft.id) == decided
    with manager.writing() as work:
        decisions.cancel_window(work, draft.id, "The vendor is ill.", kept(manager, draft.id).version)
    assert told(cast, draft.id) == [*decided, (SUPPLIER, "window.cancelled"), (CUSTOMER, "maintenance.off")]


def test_a_reason_is_for_the_supplier_and_a_customer_reads_its_own_services(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast(SUPPLIER), BANK_APP)
    approved(manager, window.id)
    with manager.writing() as work:
        decisions.cancel_window(work, window.id, "The vendor is ill.", kept(manager, window.id).version)
    assert facts(cast, SUPPLIER, MessageKind.WINDOW_CANCELLED)["reason"] == "The vendor is ill."
    off = facts(cast, CUSTOMER, MessageKind.MAINTENANCE_OFF)
    assert off["services"] == [{"nl": "Bank-app", "en": "Banking app"}]
    assert off.keys().isdisjoint({"reason", "type"})
    assert "vendor" not in repr(off)


def test_what_is_acknowledged_at_approval_is_not_told_to_the_supplier(cast: Cast) -> None:
    window = proposed(cast(SUPPLIER), BANK_APP)
    approved(cast("krp-cm-1"), window.id, "Duinwijk has its own peak that week.")
    assert facts(cast, SUPPLIER, MessageKind.WINDOW_APPROVED)["reason"] == ""


def test_a_customer_that_heard_of_a_window_hears_that_it_is_off_though_it_was_approved_no_more(cast: Cast) -> None:
    manager, supplier = cast("krp-cm-1"), cast(SUPPLIER)
    window = proposed(supplier, BANK_APP)
    approved(manager, window.id)
    with supplier.writing() as work:
        later = moved(BANK_APP, "2027-01-13T22:00", "2027-01-13T23:00")
        proposals.reschedule_window(work, window.id, later, kept(supplier, window.id).version)
    with manager.writing() as work:
        decisions.reject_window(work, window.id, "Too late.", kept(manager, window.id).version)
    heard = [kind for person, kind in told(cast, window.id) if person == CUSTOMER]
    assert heard == ["maintenance.announced", "maintenance.moving", "maintenance.off"]


def test_a_customer_hears_nothing_of_a_proposal_that_is_rejected(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast(SUPPLIER), BANK_APP)
    with manager.writing() as work:
        decisions.reject_window(work, window.id, "Too late.", window.version)
    assert told(cast, window.id)[-1] == (SUPPLIER, "window.rejected")
    assert not [person for person, _ in told(cast, window.id) if person == CUSTOMER]


def test_a_customer_that_is_no_longer_reached_hears_that_once_and_nothing_that_is_new(cast: Cast) -> None:
    manager, supplier = cast("krp-cm-1"), cast(SUPPLIER)
    window = proposed(supplier, BANK_APP)
    with cast.database.writing(SYSTEM, cast.now) as work:
        windows.reach(work, window.id, {"NOORDERHAVEN", "ZONNEKROON"})
        decisions.record(work, kept(manager, window.id), window.version, "window.held")
    for _ in range(2):
        approved_again(cast, window.id)
    heard = [kind for person, kind in told(cast, window.id) if person == OTHER_CUSTOMER]
    assert heard == ["maintenance.unsure", "maintenance.spares"]
    assert facts(cast, OTHER_CUSTOMER, MessageKind.MAINTENANCE_SPARES) == {"window": window.id}


def approved_again(cast: Cast, window: str) -> None:
    """Recorded once more as approved, with whom it reaches by its last check."""
    with cast.database.writing(SYSTEM, cast.now) as work:
        windows.reach(work, window, {"NOORDERHAVEN"})
        decisions.record(work, windows.load(work, window), windows.load(work, window).version, "window.approved")


def test_what_is_refused_tells_nobody(cast: Cast) -> None:
    manager = cast("krp-cm-1")
    window = proposed(cast(SUPPLIER), BANK_APP)
    before = told(cast, window.id)
    with refused("check_outdated"), manager.writing() as work:
        decisions.approve_window(work, window.id, "", Seen(window.version, "another"))
    assert told(cast, window.id) == before


def test_one_person_is_told_what_concerns_only_him(cast: Cast) -> None:
    with cast("krp-cm-1").writing() as work:
        tell_person(work, CUSTOMER, MessageKind.MAINTENANCE_OFF, {"title": {"nl": "Iets", "en": "Something"}, "window": "W-27-010"})
    assert told(cast, "W-27-010") == [(CUSTOMER, "maintenance.off")]


def test_everything_that_is_told_has_a_topic_and_words() -> None:
    assert TOPICS.keys() | {MessageKind.TEST} == set(MessageKind) == TEXTS.keys()
    assert {*TO_THOSE_WHO_PLAN.values(), *TO_CUSTOMERS.values()} <= TOPICS.keys()
    assert {TOPICS[one] for one in TO_CUSTOMERS.values()} == {Topic.MAINTENANCE}


def test_what_runs_is_told_to_the_customers_it_reaches(cast: Cast) -> None:
    window = proposed(cast(SUPPLIER), BANK_APP)
    approved(cast("krp-cm-1"), window.id)
    for action in ("window.started", "window.usable", "window.finished"):
        with cast(SUPPLIER).writing() as work:
            known = windows.load(work, window.id)
            decisions.record(work, known, known.version, action)
    heard = [kind for person, kind in told(cast, window.id) if person == CUSTOMER]
    assert heard[-3:] == ["maintenance.started", "maintenance.usable", "maintenance.finished"]
