"""A supplier's windows in its own calendar, read with somebody else's reader: icalendar and recurring-ical-events."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from flask import Flask
from icalendar import Calendar, Event
from werkzeug.test import TestResponse

from app.application import create_app
from app.demo.world import DemoWorld
from app.domain.access import SYSTEM, PartyKind, Role
from app.domain.proposals import Proposal
from app.domain.register import Name, Party, Service
from app.domain.spans import Instant
from app.domain.windows import ChangeType, Impact, Series
from app.store.database import Database
from app.store.people import Person as NewPerson
from app.usecases import chain, decisions, feeds, parties, proposals
from app.usecases.feeds import FeedKind
from config import Settings
from tests.conftest import Cast, Person
from tests.usecases.story import GATEWAY_A, GATEWAY_B, approved, drafted, everything, kept, moved, proposed, tell

DAY = 24 * 3600
ADDRESS = "https://ober.example.org"
HOST = "ober.example.org"


@dataclass
class Door:
    """The application with a clock that stands still until it is moved."""

    app: Flask
    now: Instant

    def get(self, path: str, **headers: str) -> TestResponse:
        self.app.extensions["ober"]["clock"] = lambda: self.now
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.app.test_client().get(path, base_url=ADDRESS, headers=named)

    def feed(self, secret: str, **headers: str) -> TestResponse:
        return self.get(f"/feeds/{secret}.ics", **headers)

    def calendar(self, secret: str) -> Calendar:
        answer = self.feed(secret)
        assert answer.status_code == 200
        return Calendar.from_ical(answer.data)


@pytest.fixture
def cast(demo_database: Database, story_now: Instant) -> Cast:
    return Cast(demo_database, story_now)


@pytest.fixture
def door(demo_database: Database, story_now: Instant) -> Door:
    settings = Settings(database_url="", secret_key="x" * 40, public_url=ADDRESS)
    return Door(create_app(settings, demo_database), story_now)


def subscribed(person: Person) -> str:
    with person.writing() as work:
        return feeds.make_feed(work, FeedKind.SUPPLIER_WINDOWS, "My calendar")


def events(calendar: Calendar) -> dict[str, list[Event]]:
    """By window."""
    found: dict[str, list[Event]] = {}
    for event in calendar.events:
        found.setdefault(str(event["X-MAINTNOTE-MAINTENANCE-ID"]), []).append(event)
    return found


def event_of(calendar: Calendar, window_id: str) -> Event:
    (event,) = events(calendar)[window_id]
    return event


def utc(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}+00:00")


ONCE = (
    "UID",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "STATUS",
    "SEQUENCE",
    "TRANSP",
    "CATEGORIES",
    "X-MAINTNOTE-PROVIDER",
    "X-MAINTNOTE-ACCOUNT",
    "X-MAINTNOTE-MAINTENANCE-ID",
    "X-MAINTNOTE-IMPACT",
    "X-MAINTNOTE-STATUS",
)

# --- what is in it


def test_a_supplier_finds_its_published_windows_and_nobody_elses(world: DemoWorld, door: Door, cast: Cast) -> None:
    """From thirty days back to four hundred ahead; drafts that were never handed in are nobody's business."""
    never = {"draft"}
    gone = {"rejected", "withdrawn", "cancelled", "expired"}
    for supplier in ("BRUG", "STROOM", "WOLK"):
        found = set(events(door.calendar(subscribed(cast(f"{supplier.lower()}-planner")))))
        own = {str(one["id"]): str(one["state"]) for one in world.section("windows") if one["supplier"] == supplier}
        assert found <= set(own)
        assert {key for key, state in own.items() if state not in never | gone} <= found
        assert found.isdisjoint(key for key, state in own.items() if state in never)


def test_nothing_of_other_parties_is_in_it(world: DemoWorld, door: Door, cast: Cast) -> None:
    """Not a name of a customer, a peak, another supplier or a service of theirs."""
    text = re.sub(rb"\r\n[ \t]", b"", door.feed(subscribed(cast("stroom-planner"))).data).decode()
    assert "Stroomlijn Media" in text
    assert "X-MAINTNOTE-OBJECT-ID:CDN-WEST" in text
    hidden = {str(one[name]) for part in ("customers",) for one in world.section(part) for name in ("id", "name")}
    hidden |= {
        str(one[name]) for one in world.section("peaks") for name in ("id", "name_nl", "name_en") if one["customer"] != "LICHTLIJN"
    }
    hidden |= {str(one[name]) for one in world.section("suppliers") if one["id"] != "STROOM" for name in ("id", "name")}
    hidden |= {str(one["id"]) for one in world.section("services") if one["supplier"] != "STROOM"}
    titles = " ".join(str(one["title_nl"]) for one in world.section("windows") if one["supplier"] == "STROOM")
    assert {name for name in hidden if name in text and name not in titles} == set()


def test_a_window_is_one_event_in_utc_with_what_machines_read(door: Door, cast: Cast) -> None:
    secret = subscribed(cast("betaal-planner"))
    window = proposed(cast("betaal-planner"), replace(GATEWAY_A, impact=Impact.DEGRADED, title="New firmware"))
    event = event_of(door.calendar(secret), window.id)
    assert (event.start, event.end) == (utc("2027-01-12T01:00"), utc("2027-01-12T02:00"))
    assert (event["DTSTART"].to_ical(), event["DTEND"].to_ical()) == (b"20270112T010000Z", b"20270112T020000Z")
    assert str(event["SUMMARY"]).startswith(window.id)
    assert str(event["SUMMARY"]).endswith("New firmware")
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("TENTATIVE", "TRANSPARENT", 0)
    assert event.categories == ["MAINTENANCE"]
    assert event.DTSTAMP == event.LAST_MODIFIED == datetime.fromtimestamp(door.now, UTC)
    maintnote = {str(name): str(value) for name, value in event.property_items() if str(name).startswith("X-")}
    assert maintnote == {
        "X-MAINTNOTE-PROVIDER": HOST,
        "X-MAINTNOTE-ACCOUNT": "Betaalbrug Payments",
        "X-MAINTNOTE-MAINTENANCE-ID": window.id,
        "X-MAINTNOTE-IMPACT": "DEGRADED",
        "X-MAINTNOTE-STATUS": "TENTATIVE",
        "X-MAINTNOTE-OBJECT-ID": "PAY-GW-A",
    }
    assert "02:00" in event["DESCRIPTION"]
    assert "Amsterdam" in event["DESCRIPTION"]


def test_a_window_names_every_service_it_is_about(door: Door, cast: Cast) -> None:
    secret = subscribed(cast("betaal-planner"))
    window = proposed(cast("betaal-planner"), replace(GATEWAY_A, services=frozenset({"PAY-GW-A", "PAY-GW-B", "BANK-PAY"})))
    assert event_of(door.calendar(secret), window.id)["X-MAINTNOTE-OBJECT-ID"] == ["BANK-PAY", "PAY-GW-A", "PAY-GW-B"]


@pytest.mark.parametrize(
    ("window_id", "supplier", "status", "maintnote"),
    [
        ("W-26-014", "betaal", "TENTATIVE", "TENTATIVE"),
        ("W-26-011", "brug", "TENTATIVE", "TENTATIVE"),
        ("W-27-038", "kabel", "TENTATIVE", "TENTATIVE"),
        ("W-26-013", "betaal", "CONFIRMED", "CONFIRMED"),
        ("W-26-009", "wolk", "CONFIRMED", "IN-PROCESS"),
        ("W-26-008", "betaal", "CONFIRMED", "COMPLETED"),
        ("W-26-003", "brug", "CONFIRMED", "COMPLETED"),
        ("W-26-024", "sleutel", "CANCELLED", "CANCELLED"),
    ],
)
def test_the_state_of_a_window_is_told_to_calendars_and_to_machines(
    door: Door, cast: Cast, window_id: str, supplier: str, status: str, maintnote: str
) -> None:
    event = event_of(door.calendar(subscribed(cast(f"{supplier}-planner"))), window_id)
    assert (event["STATUS"], event["X-MAINTNOTE-STATUS"]) == (status, maintnote)


def test_every_event_carries_what_the_standard_asks_for(door: Door, cast: Cast) -> None:
    """The draft of MAINTNOTE and RFC 5545: each of these once, and none of what makes a feed an invitation or an alarm."""
    for supplier in ("betaal", "brug", "wolk", "atelier"):
        answer = door.feed(subscribed(cast(f"{supplier}-planner"))).data
        calendar = Calendar.from_ical(answer)
        assert calendar.errors == []
        assert len(calendar.events) > 3
        for event in calendar.events:
            assert event.errors == []
            for name in ONCE:
                assert not isinstance(event[name], list), name
        for forbidden in (b"METHOD", b"RRULE", b"RDATE", b"VALARM", b"VTIMEZONE", b"ORGANIZER", b"ATTENDEE", b"URL", b"TZID"):
            assert forbidden not in answer


def test_the_calendar_says_what_it_is(door: Door, cast: Cast) -> None:
    calendar = door.calendar(subscribed(cast("betaal-planner")))
    assert (calendar["VERSION"], calendar.get("CALSCALE", "GREGORIAN")) == ("2.0", "GREGORIAN")
    assert "Betaalbrug Payments" in calendar["X-WR-CALNAME"]
    assert calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert HOST in calendar["DESCRIPTION"]
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "PT4H"


# --- series


def sundays() -> list[tuple[datetime, datetime]]:
    """W-27-001 by hand: 19 Sundays from 10 January, 02:00 to 04:00 in Amsterdam, without 25 April."""
    amsterdam, found = ZoneInfo("Europe/Amsterdam"), []
    for number in range(19):
        day = datetime(2027, 1, 10, 2, tzinfo=amsterdam) + timedelta(weeks=number)
        if (day.month, day.day) != (4, 25):
            found.append((day.astimezone(UTC), day.replace(hour=4).astimezone(UTC)))
    return found


def test_a_series_is_one_event_for_each_occurrence(door: Door, cast: Cast) -> None:
    """The wall clock stays: the night in which two o'clock does not exist, and summer time, included."""
    found = events(door.calendar(subscribed(cast("wolk-planner"))))["W-27-001"]
    assert [(event.start, event.end) for event in found] == sundays()
    assert len({event["UID"] for event in found}) == len(found) == 18
    assert (utc("2027-03-28T01:00"), utc("2027-03-28T02:00")) in sundays()


def test_another_reader_expands_to_the_same_occurrences(door: Door, cast: Cast) -> None:
    for supplier in ("wolk", "sleutel", "atelier"):
        calendar = door.calendar(subscribed(cast(f"{supplier}-planner")))
        expanded = recurring_ical_events.of(calendar).between(utc("2026-10-01T00:00"), utc("2028-03-01T00:00"))
        assert sorted((one["UID"], one.start, one.end) for one in expanded) == sorted(
            (one["UID"], one.start, one.end) for one in calendar.events
        )
        part = recurring_ical_events.of(calendar).between(utc("2027-02-01T00:00"), utc("2027-03-01T00:00"))
        assert {one["UID"] for one in part} == {
            one["UID"] for one in calendar.events if one.start < utc("2027-03-01T00:00") and one.end > utc("2027-02-01T00:00")
        }


def test_a_feed_reaches_thirty_days_back_and_four_hundred_ahead(door: Door, cast: Cast) -> None:
    """A long series is cut at both ends; what of it lies within stays the same event while time goes on."""
    weekly = replace(
        moved(GATEWAY_A, "2026-11-23T02:00", "2026-11-23T03:00"), series=Series("FREQ=WEEKLY;COUNT=150"), rollback_minutes=0
    )
    secret = subscribed(cast("betaal-planner"))
    window = proposed(cast("betaal-planner"), weekly)
    first = {event["UID"]: event.start for event in events(door.calendar(secret))[window.id]}
    assert len(first) == 58, "seven days apart, four hundred days"
    door.now += 300 * DAY
    later = {event["UID"]: event.start for event in events(door.calendar(secret))[window.id]}
    assert min(later.values()) > datetime.fromtimestamp(door.now - 31 * DAY, UTC)
    assert max(later.values()) > datetime.fromtimestamp(door.now + 393 * DAY, UTC)
    both = first.keys() & later.keys()
    assert len(both) > 10
    assert {uid: first[uid] for uid in both} == {uid: later[uid] for uid in both}


# --- changes


def test_uids_are_uuids_without_anything_of_a_person_or_host_in_them(door: Door, cast: Cast) -> None:
    calendar = door.calendar(subscribed(cast("betaal-planner")))
    for value in [calendar["UID"], *(event["UID"] for event in calendar.events)]:
        assert str(UUID(value)) == value


def test_a_window_that_moves_stays_the_same_event_and_outranks_what_was_there(door: Door, cast: Cast) -> None:
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    window = proposed(supplier, GATEWAY_A)
    seen = [event_of(door.calendar(secret), window.id)]
    approved(cast("krp-cm-1"), window.id)
    seen.append(event_of(door.calendar(secret), window.id))
    later = cast("betaal-planner", door.now + 3600)
    with later.writing() as work:
        there = moved(GATEWAY_A, "2027-01-20T02:00", "2027-01-20T03:00")
        proposals.reschedule_window(work, window.id, there, kept(later, window.id).version)
    seen.append(event_of(door.calendar(secret), window.id))
    assert len({event["UID"] for event in seen}) == 1
    assert [event["SEQUENCE"] for event in seen] == [0, 1, 2]
    assert [event["STATUS"] for event in seen] == ["TENTATIVE", "CONFIRMED", "TENTATIVE"]
    assert seen[-1].start == utc("2027-01-20T01:00")
    assert seen[-1]["DTSTAMP"].dt == seen[1]["DTSTAMP"].dt + timedelta(hours=1)


def test_a_cancelled_window_stays_thirty_days_as_cancelled_and_then_goes(door: Door, cast: Cast) -> None:
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    window = proposed(supplier, GATEWAY_A)
    approved(cast("krp-cm-1"), window.id)
    before = event_of(door.calendar(secret), window.id)
    with supplier.writing() as work:
        decisions.cancel_window(work, window.id, "No parts.", kept(supplier, window.id).version)
    after = event_of(door.calendar(secret), window.id)
    assert (after["STATUS"], after["X-MAINTNOTE-STATUS"]) == ("CANCELLED", "CANCELLED")
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["TRANSP"] == "TRANSPARENT"
    assert before["SUMMARY"] != after["SUMMARY"]
    door.now += 30 * DAY - 1
    assert event_of(door.calendar(secret), window.id)["STATUS"] == "CANCELLED"
    door.now += 1
    assert window.id not in events(door.calendar(secret))


@pytest.mark.parametrize("ending", ["reject", "withdraw"])
def test_a_window_that_will_not_happen_is_taken_out_the_same_way(door: Door, cast: Cast, ending: str) -> None:
    secret = subscribed(cast("betaal-planner"))
    window = proposed(cast("betaal-planner"), GATEWAY_A)
    with cast("krp-cm-1" if ending == "reject" else "betaal-planner").writing() as work:
        verb = decisions.reject_window if ending == "reject" else decisions.withdraw_window
        verb(work, window.id, "no", window.version)
    event = event_of(door.calendar(secret), window.id)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)


def test_a_draft_appears_when_it_is_handed_in_and_stays_when_it_is_sent_back(door: Door, cast: Cast) -> None:
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    draft = drafted(supplier, GATEWAY_A)
    assert draft.id not in events(door.calendar(secret))
    with supplier.writing() as work:
        proposals.submit_window(work, draft.id, draft.version)
    assert event_of(door.calendar(secret), draft.id)["SEQUENCE"] == 0
    with cast("krp-cm-1").writing() as work:
        decisions.return_window(work, draft.id, "Later, please.", draft.version + 1)
    event = event_of(door.calendar(secret), draft.id)
    assert (event["STATUS"], event["SEQUENCE"]) == ("TENTATIVE", 1)


def test_an_occurrence_that_is_taken_out_of_a_published_series_is_taken_out_of_calendars(door: Door, cast: Cast) -> None:
    """ICALENDAR 3.4: what was there is cancelled before it goes; an event that just is not there any more may stay for ever."""
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    series = replace(GATEWAY_A, series=Series("FREQ=WEEKLY;COUNT=3"))
    window = proposed(supplier, series)
    before = {event["UID"] for event in events(door.calendar(secret))[window.id]}
    approved(cast("krp-cm-1"), window.id)
    without = replace(series, series=Series("FREQ=WEEKLY;COUNT=3", except_on=frozenset({datetime(2027, 1, 19).date()})))  # noqa: DTZ001
    with supplier.writing() as work:
        proposals.reschedule_window(work, window.id, without, kept(supplier, window.id).version)
    after = {event["UID"]: str(event["STATUS"]) for event in events(door.calendar(secret))[window.id]}
    assert after.keys() == before, "the same events, of which one is cancelled"
    assert sorted(after.values()) == ["CANCELLED", "TENTATIVE", "TENTATIVE"]


def test_a_series_that_moves_out_of_sight_is_cancelled_where_it_was(door: Door, cast: Cast) -> None:
    """Beyond the four hundred days that a feed holds."""
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    series = replace(GATEWAY_A, series=Series("FREQ=WEEKLY;COUNT=3"))
    window = proposed(supplier, series)
    before = {event["UID"] for event in events(door.calendar(secret))[window.id]}
    approved(cast("krp-cm-1"), window.id)
    with supplier.writing() as work:
        far = moved(series, "2028-03-07T02:00", "2028-03-07T03:00")
        proposals.reschedule_window(work, window.id, far, kept(supplier, window.id).version)
    after = {event["UID"]: str(event["STATUS"]) for event in events(door.calendar(secret)).get(window.id, [])}
    assert after == dict.fromkeys(before, "CANCELLED")


def test_an_occurrence_that_comes_back_is_the_same_event_again(door: Door, cast: Cast) -> None:
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    series = replace(GATEWAY_A, series=Series("FREQ=WEEKLY;COUNT=3"))
    window = proposed(supplier, series)
    first = {event["UID"]: event.start for event in events(door.calendar(secret))[window.id]}
    shorter = replace(series, series=Series("FREQ=WEEKLY;COUNT=2"))
    for what in (shorter, series):
        approved(cast("krp-cm-1"), window.id)
        with supplier.writing() as work:
            proposals.reschedule_window(work, window.id, what, kept(supplier, window.id).version)
    found = events(door.calendar(secret))[window.id]
    assert {event["UID"]: event.start for event in found} == first
    assert [event["STATUS"] for event in found] == ["TENTATIVE"] * 3


def test_a_new_title_or_language_changes_no_uid(door: Door, cast: Cast, demo_database: Database) -> None:
    secret = subscribed(cast("brug-planner"))
    dutch = {event["UID"]: event["SUMMARY"] for event in door.calendar(secret).events}
    with demo_database.writing(SYSTEM, 0) as work:
        tell(work, "UPDATE person SET language = 'en' WHERE id = 'brug-planner'")
    english = {event["UID"]: event["SUMMARY"] for event in door.calendar(secret).events}
    assert dutch.keys() == english.keys()
    assert dutch != english


# --- bytes


def hostile_windows(supplier: Person) -> dict[str, str]:
    """By window: a title that tries to be more than a title."""
    titles = [
        "New firmware\r\nEND:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:owned",
        "END:VCALENDAR",
        "a\nb\n c",
        "a\rb",
        "comma, semicolon; colon: back\\slash \\n \\, quote \" caret ^n ' percent %0A",
        "\N{FAMILY}\N{TULIP}\N{FLEXED BICEPS}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}" * 12,
        "\u2028line\u2029separators\u0085and\u00a0blanks",
        "é" * 200,
        "x" * 200,
        "<script>alert(1)</script> =HYPERLINK(1)",
        "   outer blanks   ",
        "\u202eright to left",
    ]
    found = {}
    for number, title in enumerate(titles):
        words = {"title": title, "business_text": f"{title}\n{title}", "rollback_minutes": 0}
        day = f"2027-02-{number + 1:02d}"
        found[proposed(supplier, replace(moved(GATEWAY_A, f"{day}T02:00", f"{day}T03:00"), **words)).id] = title
    return found


def one_kind_of_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_hostile_titles_come_back_as_they_were_and_bring_nothing_with_them(door: Door, cast: Cast) -> None:
    secret = subscribed(cast("betaal-planner"))
    harmless = len(door.calendar(secret).events)
    titles = hostile_windows(cast("betaal-planner"))
    answer = door.feed(secret)
    calendar = Calendar.from_ical(answer.data)
    assert len(calendar.events) == harmless + len(titles)
    assert {one.name for one in calendar.walk()} == {"VCALENDAR", "VEVENT"}
    lines = answer.data.split(b"\r\n")
    assert [lines.count(line) for line in (b"BEGIN:VCALENDAR", b"END:VCALENDAR")] == [1, 1]
    for key, title in titles.items():
        event = event_of(calendar, key)
        assert event.errors == []
        assert one_kind_of_line_end(str(event["SUMMARY"])).endswith(one_kind_of_line_end(title)), repr(title)
        assert one_kind_of_line_end(str(event["DESCRIPTION"])).endswith(one_kind_of_line_end(f"{title}\n{title}")), repr(title)


def test_lines_are_folded_at_75_octets_between_letters_and_end_as_the_standard_says(door: Door, cast: Cast) -> None:
    hostile_windows(cast("betaal-planner"))
    data = door.feed(subscribed(cast("betaal-planner"))).data
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert len([line for line in lines if line.startswith(b" ")]) > 50
    for line in lines:
        assert b"\r" not in line
        assert b"\n" not in line
        assert line.decode()


def test_no_control_character_gets_into_a_feed(door: Door, cast: Cast) -> None:
    """RFC 5545 section 3.1: CONTROL is everything below a blank but a tab, and DEL; strict readers drop the whole feed for one."""
    secret = subscribed(cast("betaal-planner"))
    odd = "a" + "".join(map(chr, [1, 7, 8, 11, 12, 27, 31, 127])) + "b"
    proposed(cast("betaal-planner"), replace(GATEWAY_A, title=odd, business_text=odd))
    unfolded = door.feed(secret).data.replace(b"\r\n ", b"").replace(b"\r\n", b"")
    assert b"ab" in unfolded.replace(odd.encode(), b"ab")
    assert re.findall(rb"[\x00-\x08\x0a-\x1f\x7f]", unfolded) == []


def test_hostile_names_of_a_party_and_a_service_bring_nothing_with_them(door: Door, cast: Cast) -> None:
    name = "Koel, werk; \\ \N{TULIP}\r\nBEGIN:VEVENT\r\n" + "é" * 60
    with cast("krp-admin").writing() as work:
        parties.add_party(work, Party("KOEL", PartyKind.SUPPLIER, name))
        parties.add_person(work, NewPerson("koel", "KOEL", Name("x", "x"), frozenset({Role.PLANNER}), "en", "Europe/Amsterdam"))
        chain.add_service(work, Service("COLD", "KOEL", Name(name, name)))
    secret = subscribed(cast("koel"))
    start, end = datetime(2027, 1, 12, 2), datetime(2027, 1, 12, 3)  # noqa: DTZ001 - a wall clock
    what = Proposal(frozenset({"COLD"}), name, ChangeType.NORMAL, Impact.OUTAGE, "Europe/Amsterdam", start, end, 0, "Back.", name)
    proposed(cast("koel"), what)
    data = door.feed(secret).data
    calendar = Calendar.from_ical(data)
    assert [one.name for one in calendar.walk()] == ["VCALENDAR", "VEVENT"]
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert "Koel" in calendar["X-WR-CALNAME"]


def test_the_same_data_is_the_same_bytes(door: Door, cast: Cast) -> None:
    """Not a moment of the day in it: DTSTAMP is from the data."""
    secret = subscribed(cast("wolk-planner"))
    first = door.feed(secret)
    door.now += 3600
    again = door.feed(secret)
    assert again.data == first.data
    assert again.headers["ETag"] == first.headers["ETag"]


def test_two_feeds_of_one_person_differ_in_nothing_but_what_they_are(door: Door, cast: Cast) -> None:
    first, second = (door.feed(subscribed(cast("wolk-planner"))).data for _ in range(2))
    differing = [one for one, other in zip(first.splitlines(), second.splitlines(), strict=True) if one != other]
    assert [line[:4] for line in differing] == [b"UID:"]


# --- how it is answered

PRIVATE = {
    "Cache-Control": "private, max-age=0, must-revalidate",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox",
}


def test_a_feed_is_answered_as_a_private_calendar(door: Door, cast: Cast) -> None:
    answer = door.feed(subscribed(cast("betaal-planner")))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert {name: answer.headers[name] for name in PRIVATE} == PRIVATE
    assert "Set-Cookie" not in answer.headers
    assert "Content-Disposition" not in answer.headers


def test_a_reader_that_has_it_already_is_told_so(door: Door, cast: Cast) -> None:
    supplier, secret = cast("betaal-planner"), subscribed(cast("betaal-planner"))
    tag = door.feed(secret).headers["ETag"]
    for known in (tag, f"W/{tag}", f'"another", {tag}', "*"):
        answer = door.feed(secret, If_None_Match=known)
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
        assert answer.headers["Cache-Control"] == PRIVATE["Cache-Control"]
    assert door.feed(secret, If_None_Match='"another"').status_code == 200
    proposed(supplier, GATEWAY_B)
    changed = door.feed(secret, If_None_Match=tag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != tag


def test_a_reader_may_ask_for_the_head_alone(door: Door, cast: Cast) -> None:
    secret = subscribed(cast("betaal-planner"))
    whole = door.feed(secret)
    head = door.app.test_client().head(f"/feeds/{secret}.ics", base_url=ADDRESS)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", whole.headers["ETag"])


def test_a_feed_is_compressed_for_a_reader_that_asks(door: Door, cast: Cast) -> None:
    """DESIGN section 5: ETag, 304, gzip, private caching."""
    secret = subscribed(cast("atelier-planner"))
    assert door.feed(secret, Accept_Encoding="gzip").headers.get("Content-Encoding") == "gzip"
    assert "Content-Encoding" not in door.feed(secret).headers


def test_every_address_that_is_not_one_is_the_same_answer(door: Door, cast: Cast, demo_database: Database) -> None:
    """Revoked, of somebody who left, never made, half of one, much too long, odd letters: byte for byte."""
    supplier = cast("betaal-planner")
    working, revoked, left = subscribed(supplier), subscribed(supplier), subscribed(cast("brug-planner"))
    with supplier.writing() as work:
        feeds.revoke_feed(work, 2)
    with demo_database.writing(SYSTEM, 0) as work:
        tell(work, "UPDATE person SET disabled_at = 1 WHERE id = 'brug-planner'")
    assert door.feed(working).status_code == 200
    odd = [
        "x",
        "A" * 43,
        working[:-1],
        f"{working}x",
        working.swapcase(),
        "x" * 5000,
        "%00",
        "%ff",
        "%F0%9F%8C%B7",
        "a'--",
        "%0d%0aX: y",
    ]
    answers = [door.feed(secret) for secret in (revoked, left, *odd)]
    assert {answer.status_code for answer in answers} == {404}
    assert {(answer.data, tuple(sorted(answer.headers.items()))) for answer in answers} == {
        (answers[0].data, tuple(sorted(answers[0].headers.items())))
    }
    assert {name: answers[0].headers[name] for name in PRIVATE} == PRIVATE
    assert b"html" not in answers[0].data


@pytest.mark.parametrize("path", ["/feeds/", "/feeds/.ics", "/feeds/a/b.ics", "/feeds/abc", "/feeds/abc.ICS", "/feeds/..%2f...ics"])
def test_an_address_that_is_no_feeds_at_all_is_the_same_answer(door: Door, path: str) -> None:
    known = door.feed("never-made")
    answer = door.get(path)
    assert (answer.status_code, answer.data) == (404, known.data)
    assert {name: answer.headers.get(name) for name in PRIVATE} == PRIVATE


def test_a_feed_is_read_without_leaving_anything_but_that_it_was(door: Door, cast: Cast, demo_database: Database) -> None:
    secret = subscribed(cast("betaal-planner"))
    before = everything(demo_database)
    door.feed(secret)
    after = everything(demo_database)
    assert {name for name, rows in after.items() if rows != before[name]} == {"feed"}
    door.now += 600
    door.feed(secret)
    assert everything(demo_database) == after


def test_a_reader_who_is_not_there_any_more_leaves_nothing(door: Door, demo_database: Database) -> None:
    before = everything(demo_database)
    door.feed("never-made")
    assert everything(demo_database) == before


def test_a_feed_answers_to_its_own_name_only(door: Door, cast: Cast) -> None:
    secret = subscribed(cast("betaal-planner"))
    assert door.app.test_client().get(f"/feeds/{secret}.ics", base_url="https://evil.example").status_code == 400
