"""Whom does it concern? Messages are written with the change that they tell, and sent after it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from app.domain.access import SYSTEM, Actor, PartyKind
from app.domain.messages import TOPICS, Facts, MessageKind, Recipient, by_party
from app.domain.register import Name, RegisteredWindow, TrailEntry
from app.domain.waivers import WaiverRecord
from app.domain.window_news import TO_CUSTOMERS, TO_THOSE_WHO_PLAN, WindowNews
from app.store import messages, parties, peaks, receipts, recipients, windows
from app.store.database import Work


def tell_person(work: Work, person_id: str, kind: MessageKind, facts: Facts) -> None:
    """Tell somebody, in the transaction of what is told, by the ways he chose for the kind's topic.

    The facts are values that he may know (`domain.messages.Facts`). Whoever may no longer act is not told.
    """
    _tell(work, kind, recipients.named(work, [person_id]), lambda _reader: facts)


def tell_parties(work: Work, party_ids: Iterable[str], kind: MessageKind, facts: Facts) -> None:
    """The same to everyone of these parties, except who does it."""
    people = [one for one in recipients.of_parties(work, party_ids) if one.actor.id != work.actor.id]
    _tell(work, kind, people, lambda _reader: facts)


def tell_of_window(work: Work, window: RegisteredWindow, action: str, reason: str = "") -> None:
    """Tell of a change of a window, in its transaction: the integrator, its supplier, and the customers that it reaches.

    Each is told what he may know of it, except who did it himself. A customer hears of a window when it is approved, and from
    then on until it is off; one that it no longer reaches hears that, and nothing else.
    """
    if action not in TO_THOSE_WHO_PLAN:
        return
    planning = recipients.of_integrator(work) + recipients.of_parties(work, [window.window.supplier])
    news = _news(work, window, action, reason)
    _tell(work, TO_THOSE_WHO_PLAN[action], [one for one in planning if one.actor.id != work.actor.id], news.for_reader)
    if action in TO_CUSTOMERS:
        reached = windows.reached_by(work, [window.id]).get(window.id, frozenset())
        told = messages.last_told(work, window.id, PartyKind.CUSTOMER)
        _tell(work, TO_CUSTOMERS[action], recipients.of_parties(work, news.hears(reached, told)), news.for_reader)
        spared = recipients.of_parties(work, news.spares(reached, told))
        _tell(work, MessageKind.MAINTENANCE_SPARES, spared, lambda _reader: news.spared())


def tell_of_waiver(work: Work, one: WaiverRecord, kind: MessageKind, reason: str = "") -> None:
    """Tell of a request for a waiver, or of its answer: the customer what it is asked, the integrator what came of it.

    Of one that lapses both are told. Who did it himself is not.
    """
    window = windows.load(replace(work, actor=SYSTEM), one.window)
    news = WindowNews(window, TrailEntry(work.now, None, None, kind, window.id, "", {}), "")
    facts = {
        **news.waiver(one),
        "peak": peaks.names_of(work, [one.about.peak])[one.about.peak].by_language,
        "customer": parties.party_name(work, one.customer),
        "reason": reason,
    }
    told = recipients.of_parties(work, [one.customer]) if kind in TO_THE_CUSTOMER else []
    told += recipients.of_integrator(work) if kind in TO_THE_INTEGRATOR else []
    _tell(work, kind, [one for one in told if one.actor.id != work.actor.id], lambda _reader: facts)


TO_THE_CUSTOMER = frozenset({MessageKind.WAIVER_ASKED, MessageKind.WAIVER_WITHDRAWN, MessageKind.WAIVER_LAPSED})
TO_THE_INTEGRATOR = frozenset(
    {MessageKind.WAIVER_GRANTED, MessageKind.WAIVER_REFUSED, MessageKind.WAIVER_UNANSWERED, MessageKind.WAIVER_LAPSED}
)


def _tell(work: Work, kind: MessageKind, people: Iterable[Recipient], facts: Callable[[Actor], Facts]) -> None:
    """What there is to know is worked out once a party: nobody may know more of it than his colleagues."""
    told: list[messages.Told] = []
    for colleagues in by_party(people).values():
        said = facts(colleagues[0].actor)
        ways = [(one.actor.id, one.ways(TOPICS[kind])) for one in colleagues]
        told += [(person, said, going) for person, going in ways if going is not None]
    messages.put(work, kind, told)


def _news(work: Work, window: RegisteredWindow, action: str, reason: str) -> WindowNews:
    person, party = (None, None) if work.actor == SYSTEM else (work.actor.id, work.actor.party)
    entry = TrailEntry(work.now, person, party, action, window.id, reason, {})
    used = _used(work, window.id) if action in TO_CUSTOMERS else {}
    return WindowNews(window, entry, parties.party_name(work, window.window.supplier), used)


def _used(work: Work, window_id: str) -> Mapping[str, tuple[Name, ...]]:
    """By customer: the names of the services of its own that the window takes down, as its last check found."""
    by_customer: dict[str, set[str]] = defaultdict(set)
    for customer, service in receipts.last_affected(work, window_id):
        by_customer[customer].add(service)
    names = parties.service_names(work, set().union(*by_customer.values()))
    return {customer: tuple(names[one] for one in sorted(services & names.keys())) for customer, services in by_customer.items()}
