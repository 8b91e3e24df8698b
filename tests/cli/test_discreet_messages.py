"""No message names whom its reader may not know: every kind of them, in a story of many parties, as mail and as webhook."""

from collections.abc import Iterator
from dataclasses import replace

from app.cli.postman import webhook_body
from app.demo.world import DemoWorld
from app.domain.access import SYSTEM, PartyKind
from app.domain.messages import OFFERED, TOPICS, Choice, MessageKind
from app.domain.promises import News
from app.domain.windows import ChangeType
from app.phrases.language import LANGUAGES, language
from app.phrases.messages import say_message
from app.store import messages, people, promises, windows
from app.store.database import Work
from app.usecases import alarming, decisions, expiring, hearing, peaks, promising, proposals, reminding, running, waiving
from app.usecases.promising import Word
from tests.conftest import Cast
from tests.usecases.story import BANK_APP, EVENING_CERTIFICATES, GATEWAY_A, approved, busy_on, moved, on_sqlite, proposal, proposed
from tests.usecases.test_running import DAY, END, HOUR, MINUTE, START, approved_window, finished, marked, started
from tests.usecases.test_waiving import asked, at, granted, seal_for
from tests.web.canaries import customer_names, found_in, supplier_names

PUBLIC = "https://ober.example.org"


def everybody_hears_everything(cast: Cast) -> None:
    with cast.database.reading(SYSTEM, cast.now) as work:
        actors = people.actors(work)
    for one in actors:
        with cast.database.writing(one, cast.now) as work:
            hearing.choose(work, dict.fromkeys(OFFERED[one.kind], Choice(by_mail=True, by_webhook=True)), f"{one.id}@example.org")


def a_customer_is_asked(cast: Cast) -> None:
    """Asked and asked no longer, refused, not answered, granted; approved, then its peak goes another way and it lapses."""
    manager, supplier, customer = cast("krp-cm-1"), cast("atelier-planner"), cast("polderpoort-planner")
    window = proposed(supplier, EVENING_CERTIFICATES)
    first = asked(cast, window)
    with manager.writing() as work:
        waiving.withdraw_request(work, first.id, "Not needed.")
    second = asked(cast, window)
    seal = seal_for(customer, second.id)
    with customer.writing() as work:
        waiving.refuse_waiver(work, second.id, "Dierenhotel Polderpoort is too busy.", None, seal)
    asked(cast, window, days=1)
    with at(manager, cast.now + DAY).writing() as work:
        waiving.close_unanswered(work)
    last = asked(cast, window)
    granted(cast, last.id, "Dierenhotel Polderpoort: not longer than an hour.")
    approved(manager, window.id, "Dierenhotel Polderpoort agreed.")
    with customer.writing() as work:
        known = peaks.seen_peak(work, last.about.peak, 1)
        peaks.change_peak(work, known.peak.id, peaks.PeakDraft(known.peak, known.name, "More animals than ever."), 1)
    with supplier.writing() as work:
        later = moved(EVENING_CERTIFICATES, "2027-01-12T23:00", "2027-01-12T23:30")
        proposals.reschedule_window(work, window.id, later, version(work, window.id))
    with manager.writing() as work:
        decisions.return_window(work, window.id, "Write down who is there.", version(work, window.id))
    with supplier.writing() as work:
        proposals.submit_window(work, window.id, version(work, window.id))
        decisions.withdraw_window(work, window.id, "Next year.", version(work, window.id))


def version(work: Work, window_id: str) -> int:
    return windows.load(work, window_id).version


def windows_hold_each_other_and_end(cast: Cast) -> None:
    """By another's emergency, by a customer's new peak; rejected, cancelled, and planned so that nobody is touched any more."""
    manager, supplier = cast("krp-cm-1"), cast("atelier-planner")
    night = {"rollback_minutes": 0, "type": ChangeType.EMERGENCY}
    emergency = proposed(cast("dijk-planner"), proposal("DB-AUC-2", "2027-01-24T01:00", "2027-01-24T02:00", **night))
    approved(cast("krp-duty"), emergency.id, "Veiling Zonnekroon knows.")
    held = approved_window(cast, moved(BANK_APP, "2027-02-02T22:00", "2027-02-02T23:00"))
    with cast("noorderhaven-planner").writing() as work:
        peaks.register_peak(work, busy_on("2027-02-02"))
    rejected = proposed(supplier, moved(BANK_APP, "2027-01-19T22:00", "2027-01-19T23:00"))
    with manager.writing() as work:
        decisions.reject_window(work, rejected.id, "Too late.", rejected.version)
        decisions.cancel_window(work, held, "The vendor is ill.", version(work, held))
    both = proposed(cast("betaal-planner"), replace(GATEWAY_A, services=frozenset({"PAY-GW-A", "PAY-GW-B"})))
    approved(manager, both.id, "Winkelwolk has seen it.")
    with cast("betaal-planner").writing() as work:
        proposals.reschedule_window(work, both.id, GATEWAY_A, version(work, both.id))
    approved(manager, both.id, "Winkelwolk has seen it.")


def a_window_runs(cast: Cast) -> None:
    """Too long, with words to all sides while it does; promises of words are reminded of and missed."""
    window = approved_window(cast)
    finished(cast("wolk-planner", START), "W-26-009")
    started(cast("atelier-planner", START), window)
    for now in (END + 1, END + 30 * MINUTE + 1):
        with cast.database.writing(SYSTEM, now) as work:
            alarming.watch_runs(work)
    manager, supplier = cast("krp-cm-1", END + 40 * MINUTE), cast("atelier-planner", END + 40 * MINUTE)
    with manager.reading() as work:
        sides = sorted(promises.addressees(work, windows.load(work, window)))
    with manager.writing() as work:
        promising.make(work, window, sides, HOUR)
    with manager.writing() as work:
        promising.give_update(work, window, Word(sides, News.CONTENT, "Nog een uur.", "Another hour."))
    with supplier.writing() as work:
        promising.give_update(work, window, Word(["KRP"], News.NO_NEWS))
    finished(cast("atelier-planner", END + HOUR), window)
    with cast("krp-duty", END + 2 * HOUR).writing() as work:
        running.say_usable(work, window, "1", END + HOUR, version(work, window))
    marked(cast("noorderhaven-planner", END + DAY), window, 4, "Noorderhaven Bank could not pay.")


def time_goes_by(cast: Cast) -> None:
    for days in (1, 3, 200):
        with cast.database.writing(SYSTEM, cast.now + days * DAY) as work:
            while reminding.look_after(work):
                pass
            while expiring.expire_windows(work):
                pass


def told(cast: Cast) -> Iterator[tuple[str, PartyKind, MessageKind, str]]:
    """Every message as its reader gets it, by both ways and in both languages: his party, its kind, which it is, and the text."""
    with cast.database.reading(SYSTEM, cast.now) as work:
        actors = people.actors(work)
    for actor in actors:
        with cast.database.reading(actor, cast.now) as work:
            for one in messages.own_messages(work, 10_000):
                for code in LANGUAGES:
                    said = say_message(language(code), actor.zone, one.kind, one.facts, PUBLIC)
                    body = webhook_body(one.kind, one.made_at, one.facts, said, PUBLIC).decode()
                    yield actor.party, actor.kind, one.kind, f"{said.subject} {said.body} {body}"


@on_sqlite
def test_no_message_names_a_customer_a_peak_or_a_supplier_that_its_reader_may_not_know(cast: Cast, world: DemoWorld) -> None:
    everybody_hears_everything(cast)
    for chapter in (a_customer_is_asked, windows_hold_each_other_and_end, a_window_runs, time_goes_by):
        chapter(cast)
    every = list(told(cast))
    assert {kind for _, _, kind, _ in every} == set(TOPICS), "the story has every kind of message in it"
    for_all = " ".join(text for _, kind, _, text in every if kind is PartyKind.INTEGRATOR)
    assert found_in(for_all, customer_names(world)), "there is something to see"
    assert found_in(for_all, supplier_names(world)), "there is something to see"
    hidden = {one["id"]: customer_names(world, str(one["id"])) for one in world.section("customers")}
    hidden |= {one["id"]: customer_names(world) | supplier_names(world, str(one["id"])) for one in world.section("suppliers")}
    given_away = {
        (party, kind, name) for party, _, kind, text in every if party in hidden for name in found_in(text, hidden[party])
    }
    assert not given_away
