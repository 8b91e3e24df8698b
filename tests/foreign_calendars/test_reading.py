"""What becomes of what stands in a calendar file: read, read with something assumed, or skipped with the reason."""

import codecs

import pytest

from app.adapters.foreign_calendars.reading import Reading
from app.domain.refusal import Refusal
from app.domain.walltime import local

from .files_of_others import calendar, read, read_events

MATCH = """
    UID:psv
    SUMMARY:Ajax - PSV
    DTSTART;TZID=Europe/Amsterdam:20270210T204500
    DTEND;TZID=Europe/Amsterdam:20270210T224500
"""
OUTLOOK_ZONE = """
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
    BEGIN:STANDARD
    DTSTART:16010101T030000
    TZOFFSETFROM:+0200
    TZOFFSETTO:+0100
    RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010101T020000
    TZOFFSETFROM:+0100
    TZOFFSETTO:+0200
    RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
    END:DAYLIGHT
    END:VTIMEZONE
"""


def shown(found: Reading) -> list[str]:
    """The entries as `day from-until title`, on Amsterdam's clock."""

    def clock(instant: int) -> str:
        return f"{local(instant, 'Europe/Amsterdam'):%m-%d %H:%M}"

    return [f"{clock(one.start)} to {clock(one.end)} {one.summary}" for one in found.entries]


def reasons(found: Reading) -> list[str]:
    return [one.reason for one in found.skipped]


def assumed(found: Reading) -> list[tuple[str, str]]:
    return [(one.code, one.part) for one in found.assumed]


def test_a_match_is_read_with_its_title_and_its_hours() -> None:
    found = read_events(MATCH)
    assert shown(found) == ["02-10 20:45 to 02-10 22:45 Ajax - PSV"]
    assert (found.events, found.skipped, found.assumed) == (1, (), ())


def test_of_a_series_the_exception_is_left_out_the_moved_one_moved_and_the_deleted_one_gone() -> None:
    series = (
        "UID:wave\nSUMMARY:Evening wave\nDTSTART;TZID=Europe/Amsterdam:20270201T180000\nDURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=5"
    )
    found = read_events(
        series + "\nEXDATE;TZID=Europe/Amsterdam:20270202T180000",
        "UID:wave\nSUMMARY:Late wave\nRECURRENCE-ID:20270203T170000Z\nDTSTART;TZID=Europe/Amsterdam:20270203T210000\nDURATION:PT1H",
        "UID:wave\nSTATUS:CANCELLED\nSUMMARY:No wave\nRECURRENCE-ID;TZID=Europe/Amsterdam:20270204T180000"
        "\nDTSTART;TZID=Europe/Amsterdam:20270204T180000\nDURATION:PT2H",
    )
    assert shown(found) == [
        "02-01 18:00 to 02-01 20:00 Evening wave",
        "02-03 21:00 to 02-03 22:00 Late wave",
        "02-05 18:00 to 02-05 20:00 Evening wave",
    ]
    assert [local(one.recurrence_id or 0, "Europe/Amsterdam").hour for one in found.entries] == [18, 18, 18]
    assert [(one.reason, one.part) for one in found.skipped] == [("cancelled", "2027-02-04")]


def test_a_change_for_this_and_all_that_follow_moves_them_all() -> None:
    series = "UID:wave\nSUMMARY:Wave\nDTSTART;TZID=Europe/Amsterdam:20270201T180000\nDURATION:PT2H\nRRULE:FREQ=DAILY;COUNT=4"
    change = "UID:wave\nSUMMARY:Later wave\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20270203T180000"
    found = read_events(series, change + "\nDTSTART;TZID=Europe/Amsterdam:20270203T190000\nDURATION:PT3H")
    assert shown(found) == [
        "02-01 18:00 to 02-01 20:00 Wave",
        "02-02 18:00 to 02-02 20:00 Wave",
        "02-03 19:00 to 02-03 22:00 Later wave",
        "02-04 19:00 to 02-04 22:00 Later wave",
    ]


def test_a_day_lasts_from_midnight_to_midnight_also_when_the_clock_changes() -> None:
    found = read_events("UID:easter\nDTSTART;VALUE=DATE:20270328\nDTEND;VALUE=DATE:20270329")
    assert [one.end - one.start for one in found.entries] == [23 * 3600]
    assert found.entries[0].all_day


@pytest.mark.parametrize(
    ("times", "span"),
    [
        ("DTSTART:20270210T100000Z", "02-10 11:00 to 02-10 11:00"),
        ("DTSTART;VALUE=DATE:20270210", "02-10 00:00 to 02-11 00:00"),
        ("DTSTART;VALUE=DATE:20270210\nDTEND;VALUE=DATE:20270210", "02-10 00:00 to 02-11 00:00"),
        ("DTSTART:20270210T100000Z\nDURATION:P1DT1H", "02-10 11:00 to 02-11 12:00"),
        ("DTSTART;TZID=Europe/Amsterdam:20270327T120000\nDURATION:P1D", "03-27 12:00 to 03-28 12:00"),
        (
            "DTSTART;TZID=Europe/Amsterdam:20270328T000000\nDTEND;TZID=Europe/Amsterdam:20270328T040000",
            "03-28 00:00 to 03-28 04:00",
        ),
        ("DTSTART;TZID=Europe/Amsterdam:20270328T023000\nDURATION:PT1H", "03-28 03:30 to 03-28 04:30"),
        ("DTSTART;TZID=Europe/Amsterdam:20270210T204500\nDTEND:20270210T224500", "02-10 20:45 to 02-10 22:45"),
        ("DTSTART:20270210T235960Z\nDURATION:PT1S", "02-11 00:59 to 02-11 01:00"),
    ],
)
def test_the_end_follows_from_what_is_given(times: str, span: str) -> None:
    assert shown(read_events(f"UID:1\nSUMMARY:x\n{times}")) == [f"{span} x"]


@pytest.mark.parametrize(
    ("tzid", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam", "Europe/Amsterdam"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Amsterdam", "Europe/Amsterdam"),
        ("/mozilla.org/20050126_1/America/Argentina/Ushuaia", "America/Argentina/Ushuaia"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome", "Europe/Amsterdam"),
        ("GMT+0200", "Etc/GMT-2"),
    ],
)
def test_a_zone_goes_by_many_names(tzid: str, zone: str) -> None:
    found = read_events(f'UID:1\nDTSTART;TZID="{tzid}":20270710T120000')
    assert f"{local(found.entries[0].start, zone):%H:%M}" == "12:00"
    assert not found.assumed


def test_a_zone_that_only_the_file_describes_is_read_from_the_file() -> None:
    event = "UID:1\nSUMMARY:x\nDTSTART;TZID=Customized Time Zone:20270710T120000"
    assert shown(read_events(event, head=OUTLOOK_ZONE)) == ["07-10 12:00 to 07-10 12:00 x"]
    elsewhere = OUTLOOK_ZONE.replace("+0200", "+0430").replace("+0100", "+0330")
    assert shown(read_events(event, head=elsewhere)) == ["07-10 09:30 to 07-10 09:30 x"], "no other file's zone of that name"


@pytest.mark.parametrize("tzid", ["Nowhere/At/All", "../../etc/passwd", "Europe", "x" * 5000])
def test_a_zone_that_nobody_knows_is_said_and_read_in_that_of_the_calendar(tzid: str) -> None:
    found = read_events(f"UID:1\nSUMMARY:x\nDTSTART;TZID={tzid}:20270210T120000", head="X-WR-TIMEZONE:Europe/London")
    assert shown(found) == ["02-10 13:00 to 02-10 13:00 x"]
    assert assumed(found) == [("unknown_zone", tzid[:100])]


def test_times_without_a_zone_are_those_of_the_calendar_or_of_whoever_asks() -> None:
    event = "UID:1\nSUMMARY:x\nDTSTART:20270210T120000"
    assert shown(read_events(event)) == ["02-10 12:00 to 02-10 12:00 x"]
    found = read_events(event, head="X-WR-TIMEZONE:Eastern Standard Time")
    assert shown(found) == ["02-10 18:00 to 02-10 18:00 x"]
    assert assumed(found) == [("floating", "America/New_York")]


@pytest.mark.parametrize(
    ("until", "last"),
    [("20270212", "02-12 23:30"), ("20270212T223000Z", "02-12 23:30"), ("20270212T222959Z", "02-11 23:30")],
)
def test_a_repetition_ends_with_a_whole_local_day_or_at_an_instant(until: str, last: str) -> None:
    found = read_events(f"UID:1\nSUMMARY:x\nDTSTART;TZID=Europe/Amsterdam:20270210T233000\nRRULE:FREQ=DAILY;UNTIL={until}")
    assert shown(found)[-1].startswith(last)


def test_added_dates_count_with_their_own_length() -> None:
    found = read_events(
        "UID:1\nSUMMARY:x\nDTSTART:20270210T100000Z\nDURATION:PT1H\nRDATE:20270211T100000Z"
        "\nRDATE;VALUE=PERIOD:20270212T100000Z/PT3H,20270213T100000Z/20270213T120000Z"
    )
    assert [(one.end - one.start) // 3600 for one in found.entries] == [1, 1, 3, 2]


@pytest.mark.parametrize(
    "exdate", ["20270211T100000Z", "20270211T110000", ";VALUE=DATE:20270211", ";TZID=Europe/London:20270211T100000"]
)
def test_an_exception_is_found_however_it_is_written(exdate: str) -> None:
    line = exdate if exdate.startswith(";") else f":{exdate}"
    found = read_events(f"UID:1\nSUMMARY:x\nDTSTART;TZID=Europe/Amsterdam:20270210T110000\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE{line}")
    assert [one[:5] for one in shown(found)] == ["02-10", "02-12"]
    assert not found.assumed


def test_an_exception_that_takes_nothing_out_is_said() -> None:
    found = read_events("UID:1\nDTSTART:20270210T100000Z\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE:20270211T090000Z")
    assert assumed(found) == [("exception_hits_nothing", "2027-02-11 09:00")]


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        ("SUMMARY:x", "no_start"),
        ("DTSTART:tomorrow", "bad_date"),
        ("DTSTART:20270230T100000Z", "bad_date"),
        ("DTSTART:99990101", "far_year"),
        ("DTSTART;;:20270210", "bad_line"),
        ("DTSTART:20270210T100000Z\nDTEND:20270210T090000Z", "ends_before_start"),
        ("DTSTART:20270210T100000Z\nDURATION:-PT1H", "ends_before_start"),
        ("DTSTART:20270210T100000Z\nDURATION:soon", "bad_duration"),
        ("DTSTART:20270210T100000Z\nDTEND:20290210T090000Z", "too_long"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=SOMETIMES", "bad_rule"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=DAILY;INTERVAL=0", "bad_rule"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=DAILY;COUNT=0", "bad_rule"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=YEARLY;RSCALE=HEBREW", "other_calendar"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never_falls"),
        ("DTSTART:20270210T100000Z\nRRULE:FREQ=SECONDLY", "too_many"),
        ("DTSTART:20270210T100000Z\nSTATUS:CANCELLED", "cancelled"),
    ],
)
def test_a_bad_event_is_skipped_with_its_reason_and_loses_no_other(event: str, reason: str) -> None:
    found = read_events(f"UID:1\nSUMMARY:bad\n{event}", MATCH)
    assert [one.summary for one in found.entries] == ["Ajax - PSV"]
    assert [(one.uid, one.reason) for one in found.skipped] == [("1", reason)]


def test_other_things_than_events_are_named_and_not_read() -> None:
    to_do = "BEGIN:VTODO\nUID:todo\nSUMMARY:Call\nDUE:nonsense\nEND:VTODO\nBEGIN:VJOURNAL\nUID:diary\nEND:VJOURNAL"
    found = read_events(MATCH, head=to_do)
    assert [(one.uid, one.reason) for one in found.skipped] == [("todo", "to_do"), ("diary", "journal")]


def test_an_alarm_within_an_event_does_not_change_it() -> None:
    assert len(shown(read_events(MATCH + "\nBEGIN:VALARM\nTRIGGER:nonsense\nDTSTART:20200101\nEND:VALARM"))) == 1


def test_of_two_versions_of_one_event_the_later_counts() -> None:
    found = read_events(MATCH + "\nSEQUENCE:2", MATCH.replace("Ajax", "Feyenoord") + "\nSEQUENCE:1")
    assert [one.summary for one in found.entries] == ["Ajax - PSV"]
    assert reasons(found) == ["older_version"]


def test_events_that_share_a_uid_by_mistake_are_all_kept() -> None:
    found = read_events(MATCH, MATCH.replace("20270210", "20270217"), MATCH.replace("UID:psv", ""))
    assert len(found.entries) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: codecs.BOM_UTF8 + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data.replace(b"\r\n", b"\r\r\n"),
        lambda data: data.replace(b"SUMMARY:Ajax - PSV", b"SUMMARY:Aj\r\n ax - PSV"),
        lambda data: b"stray text\r\n" + data + b"\r\nmore",
        lambda data: data.replace(b"END:VEVENT\r\n", b""),
        lambda data: data + b"\r\n" + data.replace(b"UID:psv", b"UID:other").replace(b"20270210", b"20280210"),
    ],
    ids=["bom", "utf-16", "lf", "cr", "cr cr lf", "folded", "stray", "forgotten end", "two calendars"],
)
def test_whatever_program_wrote_it_the_match_is_read(spoil) -> None:
    assert shown(read(spoil(calendar(MATCH)))) == ["02-10 20:45 to 02-10 22:45 Ajax - PSV"]


def test_letters_that_are_not_utf_8_are_read_as_windows_1252_and_that_is_said() -> None:
    found = read(calendar(MATCH).replace(b"PSV", "Köln".encode("cp1252")))
    assert [one.summary for one in found.entries] == ["Ajax - Köln"]
    assert assumed(found) == [("old_letters", "")]


def test_a_letter_that_was_folded_in_the_middle_is_whole_again() -> None:
    data = calendar(MATCH).replace(b"PSV", "Köln".encode().replace(b"\xc3\xb6", b"\xc3\r\n \xb6"))
    assert [one.summary for one in read(data).entries] == ["Ajax - Köln"]


def test_a_file_that_was_cut_off_says_so_and_its_last_event_is_not_taken_for_whole() -> None:
    whole = calendar(MATCH, MATCH.replace("psv", "last"))
    found = read(whole[: whole.rindex(b"DTEND")])
    assert [one.uid for one in found.entries] == ["psv"]
    assert [(one.uid, one.reason) for one in found.skipped] == [("last", "cut_off")]
    assert ("cut_off", "") in assumed(found)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "calendar_empty"),
        (b" \r\n ", "calendar_empty"),
        (b"<!doctype html><html><body>Sign in</body></html>", "not_a_calendar"),
        (b"PK\x03\x04 a spreadsheet", "not_a_calendar"),
        (calendar(MATCH, head="CALSCALE:HEBREW"), "other_calendar_scale"),
        (b"BEGIN:VCALENDAR\n" + b"X:1\n" * 200_001, "calendar_too_long"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 20_001, "calendar_too_many_events"),
        (b"x" * (5 * 1024 * 1024 + 1), "calendar_too_large"),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read(data)
    assert refusal.value.code == code


def test_a_calendar_without_events_is_read_as_empty() -> None:
    assert read(calendar()) == Reading()


def test_what_touches_the_period_counts_and_what_ends_where_it_begins_does_not() -> None:
    night = calendar("UID:1\nDTSTART:20270210T220000Z\nDTEND:20270211T020000Z")

    def touches(first: str, last: str) -> bool:
        return bool(read(night, "UTC", first, last).entries)

    assert touches("2027-02-11", "2027-02-12")
    assert touches("2027-02-10", "2027-02-10T22:00:01")
    assert not touches("2027-02-11T02:00", "2027-02-12")
    assert not touches("2027-02-09", "2027-02-10T22:00")
    assert read(night, "UTC", "2028-01-01", "2028-02-01").outside == 1
