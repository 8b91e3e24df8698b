"""What a feed says: the windows of a supplier as calendar events, with the MAINTNOTE properties that machines read."""

from collections.abc import Iterator

from app.adapters.icalendar import CalendarEvent, EventCalendar
from app.domain.lifecycle import State
from app.domain.register import RegisteredWindow
from app.domain.situation import dated
from app.domain.spans import Span
from app.domain.windows import Impact, occurrence_key
from app.phrases.language import Language
from app.phrases.lifecycle import say_impact, say_state, say_type
from app.phrases.times import say_span, say_zone
from app.queries.feeds import GONE, WindowFeed

# https://github.com/maintnotekb/maintnote-std (draft-gunter-calext-maintenance-notifications)
MAINTNOTE_IMPACT = {
    Impact.OUTAGE: "OUTAGE",
    Impact.DEGRADED: "DEGRADED",
    Impact.REDUCED_REDUNDANCY: "REDUCED-REDUNDANCY",
    Impact.NO_IMPACT: "NO-IMPACT",
}
MAINTNOTE_STATUS = {State.IN_PROGRESS: "IN-PROCESS", State.IMPLEMENTED: "COMPLETED", State.CLOSED: "COMPLETED"}
TENTATIVE = frozenset({State.DRAFT, State.UNDER_REVIEW, State.WAIVER_REQUESTED, State.ON_HOLD})


def window_calendar(language: Language, feed: WindowFeed, host: str) -> EventCalendar:
    """One event for each occurrence within the feed's span."""
    party = feed.names.party(feed.owner.party)
    events = [event for window in feed.windows for event in _events(language, feed, window, host)]
    name = language.t("Maintenance windows of {party}", party=party)
    about = language.t("Windows handed in at {host}, from a month back to thirteen months ahead.", host=host)
    return EventCalendar(f"feed/{feed.feed.id}", name, about, events)


def _events(language: Language, feed: WindowFeed, window: RegisteredWindow, host: str) -> Iterator[CalendarEvent]:
    """The occurrences, and for a month those that were taken out of the window."""
    for occurrence in dated(window.window).occurrences:
        if occurrence.exposed.overlaps(feed.span):
            key = occurrence_key(window.window, occurrence)
            yield _event(language, feed, window, host, key, occurrence.planned, _status(window.state))
    for gone in window.dropped:
        if gone.at > feed.span.start and gone.planned.overlaps(feed.span):
            yield _event(language, feed, window, host, gone.key, gone.planned, "CANCELLED")


def _event(
    language: Language, feed: WindowFeed, window: RegisteredWindow, host: str, key: str, planned: Span, status: str
) -> CalendarEvent:
    title = window.title.in_language(language.code)
    marked = title if status == "CONFIRMED" else f"{language.t(status)}: {title}"
    return CalendarEvent(
        key=f"window/{window.id}/{key}",
        span=planned,
        summary=f"{window.id} {marked}",
        description=_description(language, feed, window, planned),
        status=status,
        sequence=window.sequence,
        changed_at=window.changed_at,
        categories=("MAINTENANCE",),
        properties=tuple(_maintnote(feed, window, host, status)),
    )


def _status(state: State) -> str:
    if state in GONE:
        return "CANCELLED"
    return "TENTATIVE" if state in TENTATIVE else "CONFIRMED"


def _description(language: Language, feed: WindowFeed, window: RegisteredWindow, planned: Span) -> str:
    zone = window.window.zone
    services = ", ".join(feed.names.service(one, language.code) for one in sorted(window.window.services))
    lines = [
        f"{say_state(language, window.state)}, {say_type(language, window.window.type)}, {say_impact(language, window.impact)}",
        f"{say_span(language, planned, zone)} ({say_zone(language, zone)})",
        language.t("Rollback reserve: {minutes} minutes", minutes=window.window.rollback_minutes),
        language.t("Services: {services}", services=services),
        window.business_text,
    ]
    return "\n".join(line for line in lines if line)


def _maintnote(feed: WindowFeed, window: RegisteredWindow, host: str, status: str) -> Iterator[tuple[str, str]]:
    yield "x-maintnote-provider", host
    yield "x-maintnote-account", _word(feed.names.party(feed.owner.party))
    yield "x-maintnote-maintenance-id", window.id
    yield "x-maintnote-impact", MAINTNOTE_IMPACT[window.impact]
    yield "x-maintnote-status", status if status == "CANCELLED" else MAINTNOTE_STATUS.get(window.state, status)
    for service in sorted(window.window.services):
        yield "x-maintnote-object-id", service


def _word(text: str) -> str:
    """X- properties are written as they are, so nothing in them may end a line or a value."""
    return "".join(one if one >= " " and one not in ",;\\" else " " for one in text)
